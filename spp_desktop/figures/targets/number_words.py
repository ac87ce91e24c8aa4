"""Numbers written as words, made digits: "five", "two hundred and fifty", "a dozen", "half" of something cut by it."""

import re

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"nil": 0}
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join([*_SMALL, *_TIMES])
_NUMBER = re.compile(rf"\b(?:an? )?(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}))*\b")
_AFTER_DIGITS = re.compile(r"[0-9][ -]?$")
_CHANGES = (
    (re.compile(r"\bhal(?:ve|ving)\b"), "reduce by 50%"),
    (re.compile(r"\bdoubl(?:e|ing)\b"), "increase by 100%"),
    (re.compile(r"\bby (?:a |one )?half\b"), "by 50%"),
)


def as_digits(text: str) -> str:
    """The text, in small letters, with the numbers that are written as words written in digits: "two hundred" is "200".

    What follows digits, as in "2 million", stays as it is.
    """
    for pattern, digits in _CHANGES:
        text = pattern.sub(digits, text)
    return _NUMBER.sub(lambda match: _digits(match, text), text)


def _digits(match: re.Match[str], text: str) -> str:
    """The number that some words are; the words themselves where they are none, or belong to digits before them."""
    words = [word for word in re.split(r"[ -]", match[0]) if word not in {"a", "an", "and"}]
    if _AFTER_DIGITS.search(text[: match.start()]):
        return match[0]
    whole, part, last = 0, 0, 0
    for word in words:
        if word in _SMALL:
            number = _SMALL[word]
            # "five six" and "twenty thirty" are two numbers, "twenty six" is one.
            if part and not (part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and number < 10)):  # noqa: PLR2004 - twenty, ten, a hundred
                return match[0]
            part += number
        elif _TIMES[word] < 1000:  # noqa: PLR2004 - a thousand closes what came before
            part = (part or 1) * _TIMES[word]
        else:
            if last and _TIMES[word] >= last:
                return match[0]
            whole, part, last = whole + (part or 1) * _TIMES[word], 0, _TIMES[word]
    return str(whole + part)
