"""The cells of an OpenDocument spreadsheet, a row at a time (OpenDocument 1.3 part 3, sections 9 and 19).

Cells and rows may be said to stand many times over; only those that hold anything are given, and no more of them than
a return has.
"""

import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.ods_styles import Styles
from spp_desktop.returns.parts import PartNames
from spp_desktop.returns.records import CHUNK, GENERAL, MOST_TEXT, Cells, Record, Told, TooMuch
from spp_desktop.returns.tag_parser import tag_parser
from spp_desktop.returns.words import without_guards

_OFFICE, _TABLE, _WORDS, _META = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "meta")
)
_MORE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_TERMS = "{http://purl.org/dc/elements/1.1/}"
_CELLS = (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell")
_ASIDE = tuple(
    f"{space} {tag}"
    for space, tag in (
        (_OFFICE, "annotation"),
        (_OFFICE, "dde-source"),
        (_TABLE, "tracked-changes"),
        (_TABLE, "dde-links"),
        (_TABLE, "shapes"),
        (_TABLE, "detective"),
        ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "frame"),
    )
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]+(?:\.[0-9]+)?)?")
_SHOWN = re.compile(r"-?[0-9]+[.,]([0-9]{1,9}) ?%?")
_LAST_COLUMN = 16_384
_EXACT = 2**53
_EPOCH_1904 = "1904-01-01"


def records(file: BinaryIO, limits: FileLimits) -> Iterator[Record]:
    """What stands in a spreadsheet.

    Raises:
        Exception: of several kinds, if it is damaged.
    """
    with zipfile.ZipFile(file) as archive:
        parts = PartNames(archive)
        meta = parts.tree("meta.xml")
        yield {"about": _about(meta)}
        rows = _OdsRows(limits, _styles(parts), words_added=_is_gnumeric(meta))
        with parts.open("content.xml") as stream:
            while chunk := stream.read(CHUNK):
                rows.parser.Parse(chunk, False)
                yield from rows.done()
        rows.parser.Parse(b"", True)
        yield from rows.done()


def _styles(parts: PartNames) -> Styles:
    """The styles that stand by themselves, and those of the content, which may call upon them."""
    styles = Styles()
    for part in ("styles.xml", "content.xml"):
        if part in parts:
            with parts.open(part) as stream:
                styles.add(stream)
    return styles


def _is_gnumeric(meta: ET.Element) -> bool:
    """Whether Gnumeric wrote it, in whose texts stand the words that formats add."""
    return (meta.findtext(f".//{{{_META}}}generator") or "").casefold().startswith("gnumeric")


def _about(root: ET.Element) -> dict[str, Any]:
    """The document's own properties by name, who saved it last, and when."""
    return {
        "properties": {
            element.get(f"{{{_META}}}name", ""): "".join(element.itertext())
            for element in root.iter(f"{{{_META}}}user-defined")
        },
        "modified_by": root.findtext(f".//{_TERMS}creator") or "",
        "modified_at": (root.findtext(f".//{_TERMS}date") or "").strip(),
    }


class _OdsRows:
    """The content as it is read: each row is given when it ends."""

    def __init__(self, limits: FileLimits, styles: Styles, *, words_added: bool) -> None:
        self._limits, self._styles, self._words_added = limits, styles, words_added
        self.parser = tag_parser(self._start, self._end, self._spoken)
        self._done: list[Record] = []
        self._aside = self._tables = self._paragraphs = 0
        self._row, self._column, self._times = 0, 0, 1
        self._cells = Cells()
        self._cell: Mapping[str, str] = {}
        self._row_hidden = False
        self._parts: list[str] = []
        self._comment: list[str] = []
        self._noting = self._annotated = self._struck = False
        self._marks: dict[str, list[list[Any]]] = {}
        self._size = 0
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            f"{_TABLE} table": self._begin_table,
            f"{_TABLE} table-row": self._begin_row,
            f"{_TABLE} null-date": self._epoch,
            f"{_WORDS} p": self._begin_paragraph,
            f"{_WORDS} span": self._begin_span,
            f"{_WORDS} s": lambda element: self._spoken(" " * min(int(element.get(f"{_WORDS} c", "1")), MOST_TEXT + 1)),
            f"{_WORDS} tab": lambda _: self._spoken("\t"),
            f"{_WORDS} line-break": lambda _: self._spoken("\n"),
        } | dict.fromkeys(_CELLS, self._begin_cell)

    def done(self) -> list[Record]:
        """What has been read since the last time."""
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        nested = tag == f"{_TABLE} table" and self._tables
        if self._aside or nested or tag in _ASIDE:
            self._aside += 1
            self._noting |= self._annotated and tag == f"{_WORDS} p"
            self._annotated |= tag == f"{_OFFICE} annotation"
        elif tag in self._starts:
            self._starts[tag](attributes)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
            if self._noting and tag == f"{_WORDS} p":
                self._noting = False
                self._comment.append("\n")
            self._annotated &= tag != f"{_OFFICE} annotation"
        elif tag in _CELLS:
            self._end_cell(covered=tag == _CELLS[1])
        elif tag == f"{_TABLE} table-row":
            self._end_row()
        elif tag == f"{_TABLE} table":
            self._tables -= 1
            if not self._tables and any(self._marks.values()):
                self._done.append({"marks": self._marks})

    def _epoch(self, attributes: Mapping[str, str]) -> None:
        if attributes.get(f"{_TABLE} date-value") == _EPOCH_1904:
            self._done.append({"about": {"from_1904": True}})

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        self._tables, self._row, self._times = 1, 0, 1
        self._marks = {"merged": [], "comments": [], "struck": []}
        hidden = self._styles.is_unseen(attributes.get(f"{_TABLE} style-name", ""))
        self._done.append({"sheet": attributes.get(f"{_TABLE} name", ""), "hidden": hidden})

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._times, self._column = self._repeated(attributes, "rows"), 0
        self._row_hidden = attributes.get(f"{_TABLE} visibility", "visible") != "visible"

    def _end_row(self) -> None:
        cells = self._cells.take()
        if cells and self._times > self._limits.alike:
            raise TooMuch("rows alike than a return does", self._limits.alike)
        if self._row + self._times > self._limits.lowest:
            raise TooMuch("rows than a sheet can", self._limits.lowest)
        self._done += [[self._row + turn, self._row_hidden, cells] for turn in range(1, self._times + 1) if cells]
        self._row += self._times

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell, self._paragraphs, self._size = attributes, 0, 0
        self._parts.clear()
        self._comment.clear()
        self._struck = self._styles.is_struck(attributes.get(f"{_TABLE} style-name", ""))

    def _begin_span(self, attributes: Mapping[str, str]) -> None:
        self._struck |= self._styles.is_struck(attributes.get(f"{_WORDS} style-name", ""))

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraphs += 1
        if self._paragraphs > 1:
            self._spoken("\n")

    def _mark(self, column: int, *, told: bool) -> None:
        """What stands beside the value of a cell, and which others it is one with."""
        row = self._row + 1
        spans = [int(self._cell.get(f"{_TABLE} number-{of}-spanned", "1")) for of in ("rows", "columns")]
        if max(spans) > 1:
            self._marks["merged"].append([row, column, row + spans[0] - 1, column + spans[1] - 1])
        words = "".join(self._comment).strip()
        if words:
            self._marks["comments"].append([row, column, words])
        if self._struck and told:
            self._marks["struck"].append([row, column])

    def _spoken(self, text: str) -> None:
        if self._noting:
            self._comment.append(text[:MOST_TEXT])
        if self._paragraphs and not self._aside:
            self._size += len(text)
            if self._size > MOST_TEXT:
                raise TooMuch("text in a cell than a spreadsheet can hold", MOST_TEXT)
            self._parts.append(text)

    def _end_cell(self, *, covered: bool) -> None:
        attributes, times = self._cell, self._repeated(self._cell, "columns")
        first, self._column = self._column + 1, self._column + times
        told = None if covered else self._told(attributes, "".join(self._parts))
        self._parts.clear()
        self._paragraphs = 0
        if not covered:
            self._mark(first, told=told is not None)
        if told is None:
            return
        if self._column > _LAST_COLUMN:
            raise TooMuch("columns than a sheet can", _LAST_COLUMN)
        if times > self._limits.alike:
            raise TooMuch("cells alike than a return does", self._limits.alike)
        computed = f"{_TABLE} formula" in attributes and told[0] != "formula"
        for column in range(first, first + times):
            self._cells.add(column, told, computed=computed)

    def _told(self, attributes: Mapping[str, str], shown: str) -> Told | None:
        """What a cell says; nothing, if nothing stands in it."""
        kind = attributes.get(f"{_OFFICE} value-type", "")
        if attributes.get(f"{_MORE} value-type") == "error":
            return "error", shown or "#VALUE!", ""
        if not kind and f"{_TABLE} formula" in attributes:
            return "formula", "=", ""
        style = attributes.get(f"{_TABLE} style-name", "")
        if kind == "float" and self._styles.is_share(style):
            kind = "percentage"
        if kind in _TYPES:
            name, told = _TYPES[kind]
            return told(attributes.get(f"{_OFFICE} {name}", ""), shown)
        if self._words_added:
            shown = without_guards(self._styles.typed(style, shown))
        text = attributes.get(f"{_OFFICE} string-value") or shown
        return ("text", text, GENERAL) if text else None

    def _repeated(self, attributes: Mapping[str, str], of: str) -> int:
        times = int(attributes.get(f"{_TABLE} number-{of}-repeated", "1"))
        if not 0 < times <= self._limits.lowest:
            raise TooMuch(f"{of} than a sheet can", self._limits.lowest)
        return times


def _day(iso: str, shown: str) -> Told:
    """A day, as it was counted; or what was shown in its place."""
    return ("date", iso.removesuffix("T00:00:00"), "") if _DAY.fullmatch(iso) else ("other", shown or iso, "")


def _number(numeral: str, shown: str, sign: str = "") -> Told:
    """A number, with the decimals that its cell shows."""
    number = float(numeral) if _NUMBER.fullmatch(numeral) else math.nan
    if not math.isfinite(number):
        return "other", shown or numeral, ""
    match = _SHOWN.fullmatch(shown)
    form = "0." + "0" * len(match[1]) if match else "0" if sign else GENERAL
    whole = number.is_integer() and abs(number) < _EXACT
    return "number", int(number) if whole else number, form + sign


_TYPES: dict[str, tuple[str, Callable[[str, str], Told]]] = {
    "float": ("value", _number),
    "currency": ("value", _number),
    "percentage": ("value", lambda value, shown: _number(value, shown, "%")),
    "date": ("date-value", _day),
    "time": ("time-value", lambda value, shown: ("other", shown or value, "")),
    "boolean": ("boolean-value", lambda value, _: ("yes/no", value == "true", "")),
}
