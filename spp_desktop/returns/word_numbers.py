"""The numbers that Word puts before paragraphs by itself, worked out as Word shows them (ECMA-376 part 1, 17.9).

A document does not hold them: a paragraph names a list and a level of it, itself or by its style, and what is shown is
counted from that. Bullets are no numbers.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from spp_desktop.returns.parts import PartNames
from spp_desktop.returns.records import CHUNK, Unreadable
from spp_desktop.returns.tag_parser import tag_parser

_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"
_LEVELS = 9
_MOST = 200_000
"""Levels and styles that are read at most; a document of Word has some hundreds."""
_PART = re.compile(r"%([1-9])")
_NONE, _NO_LIST = "none", "0"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass
class _Level:
    """A level of a list: where it begins, how its numbers are written, and what is shown: "%1.%2"."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _List:
    """A list as paragraphs name it: whose levels it has, and where it begins otherwise than these."""

    levels: str = ""
    starts: dict[int, int] = field(default_factory=dict)


@dataclass
class _Style:
    """A style of paragraphs: the list and level that it gives, and the style that it is based on."""

    listed: str = ""
    level: int = 0
    based_on: str = ""


class WordNumbers:
    """The lists of a document, counted on as its paragraphs are read in their order."""

    def __init__(self, parts: PartNames) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._read = 0
        for name, reader in ((_NUMBERING, self._numbering), (_STYLES, self._styling)):
            if name in parts:
                _each_tag(parts, name, reader())

    def of(self, listed: str, level: int | None, style: str) -> str:
        """The number before a paragraph, counted on by it; "" where it has none.

        Args:
            listed: The list that it names, "" for that of its style, "0" for none.
            level: The level that it names, from 0; ``None`` for that of its style.
            style: Its style.
        """
        by_style, seen = self._styles.get(style), 0
        while by_style is not None and not by_style.listed and by_style.based_on and seen < _LEVELS:
            by_style, seen = self._styles.get(by_style.based_on), seen + 1
        if not listed and by_style is not None:
            listed, level = by_style.listed, by_style.level if level is None else level
        known = self._lists.get(listed)
        levels = self._levels.get(known.levels, {}) if known is not None else {}
        at = level or 0
        if known is None or at not in levels or listed == _NO_LIST:
            return ""
        counts = self._counts.setdefault(known.levels, {})
        anew = at in known.starts and (listed, at) not in self._begun
        self._begun.add((listed, at))
        counts[at] = known.starts[at] if anew else counts.get(at, levels[at].start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        if levels[at].form in ("bullet", _NONE):
            return ""

        def shown(match: re.Match[str]) -> str:
            """The number of a level that what is shown names."""
            each = int(match[1]) - 1
            of_level = levels.get(each, _Level())
            return _written(counts.setdefault(each, of_level.start), of_level.form)

        return _PART.sub(shown, levels[at].text).strip()

    def _count(self) -> None:
        self._read += 1
        if self._read > _MOST:
            raise Unreadable(f"it has more than {_MOST:,} lists and styles")

    def _numbering(self) -> Callable[[str, dict[str, str]], None]:
        """What takes up the tags of the part in which the lists are."""
        levels, named, level = dict[int, _Level](), _List(), _Level()
        overridden: int | None = None

        def take(tag: str, attributes: dict[str, str]) -> None:
            """Take up a tag."""
            nonlocal levels, named, level, overridden
            value = attributes.get("val", "")
            if tag == "abstractNum":
                levels = self._levels.setdefault(attributes.get("abstractNumId", ""), {})
                overridden = None
            elif tag == "num":
                named = self._lists.setdefault(attributes.get("numId", ""), _List())
                overridden = None
            elif tag == "lvlOverride" and attributes.get("ilvl", "").isdigit():
                overridden = int(attributes["ilvl"])
            elif tag == "abstractNumId":
                named.levels = value
            elif tag == "startOverride" and overridden is not None and value.isdigit():
                named.starts[overridden] = int(value)
            elif tag == "lvl" and attributes.get("ilvl", "").isdigit():
                self._count()
                level = _Level()
                if overridden is None:
                    levels[int(attributes["ilvl"])] = level
            elif tag == "start" and value.isdigit():
                level.start = int(value)
            elif tag == "numFmt":
                level.form = value
            elif tag == "lvlText":
                level.text = value

        return take

    def _styling(self) -> Callable[[str, dict[str, str]], None]:
        """What takes up the tags of the part in which the styles are."""
        style = _Style()

        def take(tag: str, attributes: dict[str, str]) -> None:
            """Take up a tag."""
            nonlocal style
            value = attributes.get("val", "")
            if tag == "style":
                self._count()
                style = self._styles.setdefault(attributes.get("styleId", ""), _Style())
            elif tag == "basedOn":
                style.based_on = value
            elif tag == "numId":
                style.listed = value
            elif tag == "ilvl" and value.isdigit():
                style.level = int(value)

        return take


def _each_tag(parts: PartNames, name: str, take: Callable[[str, dict[str, str]], None]) -> None:
    """Give each tag of a part, with its attributes, by their names without namespaces."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        """Give a tag."""
        take(tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    parser = tag_parser(start, lambda _: None, lambda _: None)
    with parts.open(name) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _written(number: int, form: str) -> str:
    """A number as a level writes it."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < _MOST_ROMAN:
        roman = "".join(_roman(number))
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form in ("bullet", _NONE) else str(number)


_MOST_ROMAN = 4_000


def _roman(number: int) -> Iterator[str]:
    for value, letters in _ROMAN:
        while number >= value:
            yield letters
            number -= value
