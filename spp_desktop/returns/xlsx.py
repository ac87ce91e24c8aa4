"""The cells of an Excel workbook, a row at a time.

openpyxl's read-only reader says what the workbook's parts are. The parts that grow with the rows, the sheets and their
table of texts, are read here by expat: nothing of a row is kept once it is given, a formula and the result kept with
it are met in one pass, and codes of characters stay as they were written (openpyxl takes part of them away).
ECMA-376 18.3 (sheets), 18.4 (texts), 18.8 (styles).
"""

import math
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel, from_ISO8601
from openpyxl.xml.constants import ARC_CORE, ARC_CUSTOM, ARC_STYLE, SHARED_STRINGS, SHEET_MAIN_NS

from spp_desktop.returns.records import CHUNK, GENERAL, MOST_TEXT, Cells, Record, Told, TooMuch, told_day
from spp_desktop.returns.scan import FileLimits
from spp_desktop.returns.words import unescape

_ROW, _CELL, _VALUE, _TEXT, _SAID, _ALOUD, _FORMULA, _DATA = (
    f"{SHEET_MAIN_NS} {tag}" for tag in ("row", "c", "v", "t", "si", "rPh", "f", "sheetData")
)
_MAIN = f"{{{SHEET_MAIN_NS}}}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TERMS = "{http://purl.org/dc/terms/}"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"
_TRUE = ("1", "true")
_SHORT = 20
_EXACT = 2**53


def records(file: BinaryIO, limits: FileLimits, first: int | None = None) -> Iterator[Record]:
    """What stands in a workbook; of each sheet's rows no more than the ``first``, where that is given.

    Raises:
        Exception: of any kind that openpyxl meets in a damaged file.
    """
    book = ExcelReader(file, read_only=True, keep_links=False)
    book.read_manifest()
    book.read_workbook()
    epoch = book.wb.epoch
    yield {"about": _about(book.archive) | {"from_1904": epoch == CALENDAR_MAC_1904}}
    strings = _strings(book)
    numbers = _Numbers(book.archive, epoch)
    for sheet, relation in book.parser.find_sheets():
        if relation.target in book.valid_files and "chartsheet" not in relation.Type:
            yield {"sheet": str(sheet.name), "hidden": sheet.state != "visible"}
            with book.archive.open(relation.target) as stream:
                yield from islice(_Rows(strings, numbers, limits.lowest).read(stream), first)


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The document's own properties by name, who saved it last, and when."""
    core, custom = _tree(archive, ARC_CORE), _tree(archive, ARC_CUSTOM)
    return {
        "properties": {held.get("name", ""): "".join(held.itertext()) for held in custom},
        "modified_by": core.findtext(f"{_CORE}lastModifiedBy") or "",
        "modified_at": (core.findtext(f"{_TERMS}modified") or "").strip(),
    }


def _tree(archive: zipfile.ZipFile, part: str) -> ET.Element:
    """A small part as a tree; an empty one if it is not there."""
    if part not in archive.namelist():
        return ET.Element("none")
    return ET.fromstring(archive.read(part))  # noqa: S314 - the scan has refused whatever declares a document type


def _strings(book: ExcelReader) -> list[str]:
    """The table of texts that cells name by number."""
    part = book.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call] # its stubs say nothing of it
    if part is None:
        return []
    texts = _Texts()
    with book.archive.open(part.PartName.lstrip("/")) as stream:
        texts.parser.ParseFile(stream)
    return texts.found


class _Spoken:
    """A parser with the texts of one cell or entry, whatever runs of letters they are parted into."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._parts: list[str] = []
        self._aloud = 0

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if tag == _TEXT and not self._aloud:
            self.parser.CharacterDataHandler = self._parts.append
        elif tag == _ALOUD:  # how the text is read aloud, which is not part of it
            self._aloud += 1

    def _end(self, tag: str) -> None:
        if tag in (_TEXT, _VALUE):
            self.parser.CharacterDataHandler = None
        elif tag == _ALOUD:
            self._aloud -= 1

    def _said(self) -> str:
        text = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        self._parts.clear()
        if len(text) > MOST_TEXT:
            raise TooMuch("text in a cell than a workbook can hold")
        return text


class _Texts(_Spoken):
    """The table of texts as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def _end(self, tag: str) -> None:
        super()._end(tag)
        if tag == _SAID:
            self.found.append(unescape(self._said()))


class _Numbers:
    """What numbers mean by the style of their cell: so many, or a day."""

    def __init__(self, archive: zipfile.ZipFile, epoch: datetime) -> None:
        codes = list(_codes(archive))
        dated = [is_date_format(code) for code in codes]
        lasting = [is_timedelta_format(code) for code in codes]

        @lru_cache(maxsize=4096)
        def told(text: str, style: int) -> Told:
            """A number as its style shows it."""
            number = _number(text)
            if not math.isfinite(number):
                return "other", text[:_SHORT], ""
            if style < len(codes) and dated[style]:
                try:
                    return told_day(from_excel(number, epoch, timedelta=lasting[style]))
                except (OverflowError, ValueError):
                    return "error", f"{text[:_SHORT]} as a date", ""
            return "number", number, codes[style] if style < len(codes) else GENERAL

        self.told = told


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:_SHORT]} stands where a number should")
    number = float(text)
    return int(number) if abs(number) < _EXACT and number.is_integer() else number


def _codes(archive: zipfile.ZipFile) -> Iterator[str]:
    """The number format of each style, in their order."""
    root = _tree(archive, ARC_STYLE)
    own = {held.get("numFmtId"): held.get("formatCode") for held in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")}
    for held in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        named = held.get("numFmtId", "0")
        yield own.get(named) or BUILTIN_FORMATS.get(int(named), GENERAL)


class _Rows(_Spoken):
    """A sheet as it is read: its rows, each given when it ends."""

    def __init__(self, strings: list[str], numbers: _Numbers, lowest: int) -> None:
        super().__init__()
        self._strings, self._numbers, self._lowest = strings, numbers, lowest
        self._done: list[Record] = []
        self._row = self._column = 0
        self._cells = Cells()
        self._cell: dict[str, str] = {}
        self._hidden = self._formula = self._valued = False

    def read(self, stream: Any) -> Iterator[Record]:
        """The rows that hold anything."""
        while chunk := stream.read(CHUNK):
            self.parser.Parse(chunk, False)
            yield from self._done
            self._done.clear()
        self.parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _CELL:
            self._cell = attributes
        elif tag == _TEXT:
            if not self._aloud:
                self.parser.CharacterDataHandler = self._parts.append
        elif tag == _VALUE:
            self._valued = True
            self.parser.CharacterDataHandler = self._parts.append
        elif tag == _ROW:
            self._begin_row(attributes)
        elif tag == _FORMULA:
            self._formula = True
        elif tag == _ALOUD:
            self._aloud += 1

    def _end(self, tag: str) -> None:
        if tag == _CELL:
            self._end_cell()
        elif tag in (_TEXT, _VALUE):
            self.parser.CharacterDataHandler = None
        elif tag == _ROW:
            if self._cells.held:
                self._done.append([self._row, self._hidden, self._cells.take()])
        elif tag == _ALOUD:
            self._aloud -= 1
        elif tag == _DATA:
            self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def _begin_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r") or self._row + 1)
        if not self._row < row <= self._lowest:
            raise ValueError(f"row {row} follows row {self._row}")
        self._row, self._column = row, 0
        self._hidden = attributes.get("hidden") in _TRUE

    def _end_cell(self) -> None:
        get = self._cell.get
        place = get("r")
        column = self._column = _column(place.rstrip(_DIGITS)) if place else self._column + 1
        if self._parts:
            told = self._told(get("t", "n"), self._said(), get("s", "0"))
            if told[1] != "":
                self._cells.add(column, told, computed=self._formula)
        elif self._formula and not (self._valued and get("t") == "str"):
            self._cells.add(column, ("formula", "=", ""))
        self._formula = self._valued = False

    def _told(self, kind: str, text: str, style: str) -> Told:
        if kind == "s":
            return "text", self._strings[_at(text)], GENERAL
        if kind == "n":
            return self._numbers.told(text, _at(style))
        return _OTHERS[kind](text)


_OTHERS: dict[str, Callable[[str], Told]] = {
    "inlineStr": lambda text: ("text", unescape(text), GENERAL),
    "str": lambda text: ("text", unescape(text), GENERAL),
    "b": lambda text: ("yes/no", text in _TRUE, ""),
    "e": lambda text: ("error", text, ""),
    "d": lambda text: told_day(from_ISO8601(text)),  # type: ignore[no-untyped-call] # its stubs say nothing of it
}


def _at(text: str) -> int:
    """A place in a table; it is never counted from the end."""
    place = int(text)
    if place < 0:
        raise IndexError(f"{text[:_SHORT]} is no place in a table")
    return place


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The number of a column: "B" is 2."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"{letters[:_SHORT]} is no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
