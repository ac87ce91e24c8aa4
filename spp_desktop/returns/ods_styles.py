"""What the styles of an OpenDocument spreadsheet say of its cells and sheets (OpenDocument 1.3 part 3, section 16).

Most programs keep a percentage as such, and a text as it was typed. Gnumeric keeps a percentage as a number that a
style shows in per cent, and a text with the words that a format, or the format of a condition, puts around it.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree import ElementTree as ET

from spp_desktop.returns.parts import local

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_STYLE, _TABLE, _OFFICE, _FORM = (_NAMES % name for name in ("style", "table", "office", "datastyle"))
_BODY = f"{_OFFICE}body"


class Around(NamedTuple):
    """The words that a format puts before and behind a text."""

    before: str
    behind: str


class Styles:
    """The styles of a spreadsheet, by their names."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}
        self._mapped: dict[str, tuple[str, ...]] = {}
        self._shares: set[str] = set()
        self._around: dict[str, Around] = {}
        self._unseen: set[str] = set()
        self._struck: set[str] = set()

    def add(self, stream: IO[bytes]) -> None:
        """Take in those that stand before the body of a part; they stand above those of the same name before."""
        for element in _ended(stream):
            self._take(element)

    def is_unseen(self, style: str) -> bool:
        """Whether a sheet of this style is hidden."""
        return style in self._unseen

    def is_struck(self, style: str) -> bool:
        """Whether words of this style are struck out."""
        return style in self._struck

    def is_share(self, style: str) -> bool:
        """Whether a cell of this style shows its number in per cent."""
        return self._forms.get(style) in self._shares

    def typed(self, style: str, shown: str) -> str:
        """What was typed into a cell of this style that shows a text."""
        for before, behind in self._words(style):
            if len(before + behind) < len(shown) and shown.startswith(before) and shown.endswith(behind):
                return shown.removeprefix(before).removesuffix(behind)
        return shown

    def _words(self, style: str) -> Iterator[Around]:
        """What is put around a text of this style where a condition holds, and otherwise."""
        for name in (*self._mapped.get(style, ()), style):
            form = self._forms.get(name)
            if form in self._around:
                yield self._around[form]

    def _take(self, element: ET.Element) -> None:
        name, kind = element.get(f"{_STYLE}name", ""), local(element.tag)
        if kind == "percentage-style":
            self._shares.add(name)
        elif kind == "text-style":
            self._around[name] = _around(element)
        elif kind == "style":
            self._forms[name] = element.get(f"{_STYLE}data-style-name", "")
            self._mapped[name] = tuple(
                mapped.get(f"{_STYLE}apply-style-name", "") for mapped in element.iterfind(f"{_STYLE}map")
            )
            lines = [
                words.get(f"{_STYLE}text-line-through-{kind}", "none")
                for words in element.iterfind(f"{_STYLE}text-properties")
                for kind in ("style", "type")  # of a part of a text LibreOffice says the second alone
            ]
            if any(line != "none" for line in lines):
                self._struck.add(name)
            if any(seen.get(f"{_TABLE}display") == "false" for seen in element.iterfind(f"{_STYLE}table-properties")):
                self._unseen.add(name)


def _ended(stream: IO[bytes]) -> Iterator[ET.Element]:
    """The styles that stand before the body of a part, each let go of when it has been looked at."""
    depth = 0
    for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - it has been scanned
        if event == "start":
            if element.tag == _BODY:
                return
            depth += 1
            continue
        depth -= 1
        if depth <= _STYLES_DEEP:
            yield element
            element.clear()


_STYLES_DEEP = 2
"""How deep a style stands: in a part, in one of its lists of styles."""


def _around(element: ET.Element) -> Around:
    words, place = ["", ""], 0
    for child in element:
        if local(child.tag) == "text-content":
            place = 1
        elif local(child.tag) == "text":
            words[place] += "".join(child.itertext())
    return Around(*words)
