"""A word that is struck out of what a file holds, however it is spelled there and whatever it is packed in."""

import json
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from spp_desktop.plan.removed import ROOMS, mark_named, numbers_in
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.receipts import MOST_CONTENT

SHORTEST, LONGEST = 2, 200
"""How many characters a word or phrase has."""

_UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
"""Characters that are not seen and may stand between letters: soft hyphens and the like."""
_KEY = r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
"""Keys of rows and seals, in which a word of a few letters may stand by chance. They stay."""
_JSON = {"{": "}", "[": "]", '"': '"'}


class StruckWord:
    """A word or phrase, found in any case, with any blanks between its parts, and in either way of writing accents.

    Attributes:
        word: as it was typed.

    Raises:
        RuleBroken: if it is too short or too long.
    """

    def __init__(self, word: str, *, inside: bool = False) -> None:
        """``inside`` finds it inside longer words too."""
        parts = unicodedata.normalize("NFC", word).split()
        self.word = " ".join(parts)
        if not SHORTEST <= len(self.word) <= LONGEST:
            raise RuleBroken("word", f"Say a word or phrase of {SHORTEST} to {LONGEST} characters.")
        if not any(letter.isalnum() for letter in self.word):
            raise RuleBroken("word", "Say a word: it has no letter and no figure.")
        forms = dict.fromkeys(unicodedata.normalize(form, self.word) for form in ("NFC", "NFD"))
        spelled = "|".join(_spelled(form.split(), inside=inside) for form in forms)
        self._found = re.compile(f"{_KEY}|(?P<word>{spelled})", re.IGNORECASE)
        self._begins = parts[0].casefold()
        self._numbers: dict[str, int] = {}
        self._taken: set[int] = set()

    def is_in(self, value: Any) -> bool:
        """Whether it stands in a value: a text, what a text holds as JSON, or what is packed in bytes."""
        there = False
        if isinstance(value, str) and value.isascii() and "\\u" not in value and self._begins not in value.lower():
            return False

        def look(text: str) -> str:
            """Whether the word stands in one of its texts."""
            nonlocal there
            there = there or any(match["word"] for match in self._found.finditer(text))
            return text

        _through(value, look)
        return there

    def heed(self, value: Any) -> None:
        """Take in the marks of earlier removals that stand in a value, so that no mark is given twice."""

        def look(text: str) -> str:
            """Take in the numbers of the marks in one of its texts."""
            self._taken |= numbers_in(text)
            return text

        if isinstance(value, bytes) or "[removed" in str(value):
            _through(value, look)

    def without(self, value: Any, room: str = ROOMS[0]) -> Any:
        """A value with a mark in its place; the same spelling has the same mark everywhere, another has another."""

        def strike(match: re.Match[str]) -> str:
            return room.format(mark_named(self._number(match["word"]))) if match["word"] else match[0]

        return _through(value, lambda text: self._found.sub(strike, text))

    def part_around(self, value: str, most: int = 60) -> str:
        """The part of a text in which it stands."""
        match = next((each for each in self._found.finditer(value) if each["word"]), None)
        if match is None:
            return value[:most]
        beside = max(0, most - len(match[0])) // 2
        begin, end = max(0, match.start() - beside), match.end() + beside
        return f"{'…' * (begin > 0)}{' '.join(value[begin:end].split())}{'…' * (end < len(value))}"

    def _number(self, spelling: str) -> int:
        if spelling not in self._numbers:
            given = self._taken | set(self._numbers.values())
            self._numbers[spelling] = next(n for n in range(1, len(given) + 2) if n not in given)
        return self._numbers[spelling]


def _spelled(parts: list[str], *, inside: bool) -> str:
    """The pattern of a phrase."""
    phrase = r"\s+".join(_UNSEEN.join(map(re.escape, part)) for part in parts)
    begins = "" if inside or not parts[0][0].isalnum() else r"(?<![^\W_])"
    ends = "" if inside or not parts[-1][-1].isalnum() else r"(?![^\W_]|[\u0300-\u036f])"
    return f"{begins}{phrase}{ends}"


def _through(value: Any, change: Callable[[str], str]) -> Any:
    """A value with each text in it changed; the very value, where nothing in it is another then."""
    if isinstance(value, str):
        return _text(value, change)
    return _packed(value, change) if isinstance(value, bytes) else value


def _text(text: str, change: Callable[[str], str]) -> str:
    if _JSON.get(text[:1]) == text[-1:] and len(text) > 1:
        try:
            parsed = json.loads(text)
        except ValueError:
            return change(text)
        changed = _in_json(parsed, change)
        return text if changed == parsed else _written(changed, like=text, parsed=parsed)
    return change(text)


def _in_json(parsed: Any, change: Callable[[str], str]) -> Any:
    if isinstance(parsed, dict):
        return {change(key): _in_json(value, change) for key, value in parsed.items()}
    if isinstance(parsed, list):
        return [_in_json(value, change) for value in parsed]
    return _text(parsed, change) if isinstance(parsed, str) else parsed


def _written(changed: Any, *, like: str, parsed: Any) -> str:
    """JSON written as it was before."""
    for ascii_only, separators in _ways():
        if json.dumps(parsed, ensure_ascii=ascii_only, separators=separators) == like:
            return json.dumps(changed, ensure_ascii=ascii_only, separators=separators)
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":"))


def _ways() -> Iterator[tuple[bool, tuple[str, str]]]:
    for separators in ((",", ":"), (", ", ": ")):
        yield from ((False, separators), (True, separators))


def _packed(content: bytes, change: Callable[[str], str]) -> bytes:
    """Bytes that are a text, or are packed."""
    unpacking = zlib.decompressobj()
    try:
        inner = unpacking.decompress(content, MOST_CONTENT)
    except zlib.error:
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return content
        changed_text = _text(text, change)
        return content if changed_text == text else changed_text.encode()
    changed = _packed(inner, change) if unpacking.eof else inner
    return content if changed == inner else zlib.compress(changed)
