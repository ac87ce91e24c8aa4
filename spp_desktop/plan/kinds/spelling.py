"""Text as two people may spell the same thing, and as it is quoted in a sentence."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_RAISED = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Forms of characters that say more than the plain one does: the 1 of a note is no digit of the number before it."""

_LOOSE = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
_NUMBER, _DIGITS = re.compile(r"\d+"), 9
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
"""A letter with the marks that are written behind it."""

_LONGEST = 60


def fold(text: str) -> str:
    """The text as far as its meaning goes: Unicode forms, space, invisible characters and capitals forgiven."""
    if not text.isascii():
        text = _seen(unicodedata.normalize("NFKC", text))
    return " ".join(text.split()).casefold()


def caseless(text: str) -> str:
    """A text in which capitals, and the two ways in which a letter with a mark can be written, do not differ."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def searched(text: str) -> str:
    """A text as it is searched for ``caseless`` words: a letter with a mark is also met without it, ŵ by w."""
    letters = caseless(text)
    bare = unmarked(letters)
    return letters if bare == letters else f"{letters}\n{bare}"


def unmarked(text: str) -> str:
    """A text without the marks above and below its letters."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def replaced(text: str, sought: str, by: str) -> str:
    """A text with another in the place of each that is sought, compared as ``caseless``, letter by letter.

    A letter with a mark is not the one without, and is never taken apart. All else stays as it came.
    """
    letters, asked = _LETTER.findall(text), [caseless(letter) for letter in _LETTER.findall(sought)]
    plainly = [caseless(letter) for letter in letters]
    parts, n = [], 0
    while n < len(letters):
        here = bool(asked) and plainly[n : n + len(asked)] == asked
        parts.append(by if here else letters[n])
        n += len(asked) if here else 1
    return "".join(parts)


def ordered(text: str) -> str:
    """A text's sort key as in an English index: capitals do not count, and ŵ stands with w, behind it where equal."""
    letters = caseless(text.strip())
    bare = unmarked(letters)
    return letters if bare == letters else f"{bare}\0{letters}"


def shows(text: str) -> bool:
    """Whether anything of a text can be seen: what cannot says nothing."""
    return bool(text.strip()) and (text.isascii() or bool(fold(text)))


def plain(text: str) -> str:
    """The text without odd spaces and forms of characters, to be read as a day or a number; capitals are kept."""
    if not text.isascii():
        text = _seen("".join(map(_plain_form, text)))
    return " ".join(text.split())


def _plain_form(character: str) -> str:
    raised = unicodedata.decomposition(character).startswith(_RAISED)
    return character if raised else unicodedata.normalize("NFKC", character)


def _seen(text: str) -> str:
    """The text without the characters that nobody sees."""
    for unseen in [c for c in set(text) if unicodedata.category(c) == "Cf"]:
        text = text.replace(unseen, "")
    return text


def spelt_as(text: str, titles: Sequence[str]) -> str | None:
    """The title that a text is but for spaces, hyphens, capitals, and forms and marks of letters, if it is only one."""
    return only(title for title in titles if _tight(title) == _tight(text))


def _tight(text: str) -> str:
    return _LOOSE.sub("", unmarked(fold(text)))


def only(texts: Iterable[str]) -> str | None:
    """The text, where it is but one; ``None`` where there are several or none."""
    several = list(texts)
    return several[0] if len(several) == 1 else None


def quoted(text: str) -> str:
    """A typed text in a sentence: “31 Foo”, cut where it is long."""
    bare = text.strip()
    return f"“{bare if len(bare) <= _LONGEST else f'{bare[:_LONGEST]}…'}”"


def natural(text: str) -> str:
    """A text's sort key in which 1.10 follows 1.9; else as ``ordered``."""
    return _NUMBER.sub(lambda digits: digits[0].zfill(_DIGITS), ordered(text))
