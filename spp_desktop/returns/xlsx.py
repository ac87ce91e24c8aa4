"""The cells of an Excel workbook, a row at a time.

The parts that grow with the rows, the sheets and their table of texts, are read by expat, but for rows of the usual
shape (``plain_rows``): nothing of a row is kept once it is given, a formula and the result kept with it are met in one
pass, and codes of characters stay as they were written. ECMA-376 18.2 (workbook), 18.3 (sheets), 18.4 (texts), 18.8
(styles).

A cell that says what its kind does not allow is told as it stands; it never keeps the others from being read.
"""

import math
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from operator import lt
from typing import Any, BinaryIO, TypeVar
from xml.parsers import expat

from spp_desktop.returns import plain_rows
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.number_formats import BUILT_IN, FROM_1900, FROM_1904, is_lasting, is_of_days, moment
from spp_desktop.returns.parts import PartNames, Relation, children, local
from spp_desktop.returns.records import (
    GENERAL,
    MOST_TEXT,
    Cells,
    Record,
    RowsTogether,
    Told,
    TooMuch,
    Unreadable,
    one_by_one,
    told_day,
)
from spp_desktop.returns.told_together import NOT_WORKED_OUT, SheetTogether
from spp_desktop.returns.words import unescape

_R = TypeVar("_R")

_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of sheets, as nearly all programs write them, and in the strict form."""

_TAGS = {
    f"{space} {tag}": tag
    for space in _SPACES
    for tag in ("row", "c", "v", "t", "si", "rPh", "f", "sheetData", "strike", "mergeCell")
}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_AT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(rf"{_AT.pattern}:{_AT.pattern}")
_THREADED = "Comment:\n"
"""What stands before the words themselves where a comment can be answered, and older programs are told so."""
_DIGITS = "0123456789"
_YES_NO = {"1": True, "true": True, "0": False, "false": False}
_HIDDEN = ("hidden", "veryHidden")
_SHORT = 20
_EXACT = 2**53
_WORKBOOK, _STYLES, _STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
"""Where parts stand that nothing names."""


def records(file: BinaryIO, limits: FileLimits, first: int | None = None) -> Iterator[Record]:
    """What stands in a workbook; of each sheet's rows no more than the ``first``, where that is given.

    Raises:
        Unreadable: if it is damaged, or holds more than it may.
    """
    return _records(file, limits, lambda rows, stream: islice(one_by_one(rows.read(stream)), first))


def records_together(file: BinaryIO, limits: FileLimits) -> Iterator[Record | RowsTogether]:
    """The same, with several rows at once wherever they follow each other and have the same columns.

    Raises:
        Unreadable: as ``records``.
    """
    return _records(file, limits, lambda rows, stream: rows.read(stream))


def _records(
    file: BinaryIO, limits: FileLimits, read: "Callable[[_XlsxRows, Any], Iterator[_R]]"
) -> Iterator[_R | Record]:
    """What stands in a workbook, the rows of each sheet as they are read."""
    with zipfile.ZipFile(file) as archive:
        book = _Book(PartNames(archive))
        yield {"about": book.about() | {"from_1904": book.epoch == FROM_1904}}
        strings, struck_strings = book.strings()
        numbers = _Numbers(list(book.formats()), book.epoch)
        struck = _Struck(struck_strings, book.struck_styles())
        for title, hidden, part in book.sheets():
            yield {"sheet": title, "hidden": hidden}
            with book.parts.open(part) as stream:
                rows = _XlsxRows(strings, numbers, struck, limits.lowest)
                yield from read(rows, stream)
            marks = {**rows.marks, "comments": list(book.comments(part))}
            if any(marks.values()):
                yield {"marks": marks}


class _Book:
    """What a workbook says of itself and of its sheets, in its smaller parts."""

    def __init__(self, parts: PartNames) -> None:
        self.parts = parts
        self._about = list(parts.relations())
        self._part = _target(self._about, "officeDocument") or _WORKBOOK
        self._related = list(parts.relations(self._part))
        self._tree = parts.tree(self._part)
        old = any(_YES_NO.get(properties.get("date1904", "")) for properties in children(self._tree, "workbookPr"))
        self.epoch = FROM_1904 if old else FROM_1900

    def about(self) -> dict[str, Any]:
        """The document's own properties by name, who saved it last, and when."""
        core = self.parts.tree(_target(self._about, "core-properties") or "docProps/core.xml")
        custom = _target(self._about, "custom-properties", "customProperties") or "docProps/custom.xml"
        core_properties = {local(child.tag): (child.text or "").strip() for child in core}
        return {
            "properties": {child.get("name", ""): "".join(child.itertext()) for child in self.parts.tree(custom)},
            "modified_by": core_properties.get("lastModifiedBy", ""),
            "modified_at": core_properties.get("modified", ""),
        }

    def sheets(self) -> Iterator[tuple[str, bool, str]]:
        """The title of each sheet of cells, whether it is hidden, and its part."""
        known = {relation.id: relation for relation in self._related}
        for sheet in children(self._tree, "sheets", "sheet"):
            title = sheet.get("name", "")
            named = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
            relation = known.get(named)
            if relation is None or (relation.kind == "worksheet" and relation.target not in self.parts):
                raise Unreadable(f"its sheet “{title}” is not in the file")
            if relation.kind == "worksheet":
                yield title, sheet.get("state") in _HIDDEN, relation.target

    def comments(self, sheet: str) -> Iterator[list[Any]]:
        """What is said beside the cells of a sheet: row, column and words."""
        part = _target(list(self.parts.relations(sheet)), "comments")
        if not part or part not in self.parts:
            return
        for comment in children(self.parts.tree(part), "commentList", "comment"):
            place = _AT.fullmatch(comment.get("ref", ""))
            words = "".join(part for text in children(comment, "text") for part in text.itertext()).strip()
            words = words.partition(_THREADED)[2].strip() or words
            if place and words:
                yield [int(place[2]), _column(place[1]), words]

    def struck_styles(self) -> frozenset[int]:
        """The styles of cells whose letters are struck out."""
        root = self.parts.tree(_target(self._related, "styles") or _STYLES)
        fonts = [any(map(_is_on, children(font, "strike"))) for font in children(root, "fonts", "font")]
        named = [_place(style.get("fontId", "0")) or 0 for style in children(root, "cellXfs", "xf")]
        return frozenset(n for n, font in enumerate(named) if font < len(fonts) and fonts[font])

    def strings(self) -> tuple[list[str], frozenset[int]]:
        """The table of texts that cells name by number, and the numbers of those of which anything is struck out."""
        part = _target(self._related, "sharedStrings") or _STRINGS
        if part not in self.parts:
            return [], frozenset()
        texts = _Texts()
        with self.parts.open(part) as stream:
            texts.parser.ParseFile(stream)
        return texts.found, frozenset(texts.struck_texts)

    def formats(self) -> Iterator[str]:
        """The number format of each style, in their order."""
        root = self.parts.tree(_target(self._related, "styles") or _STYLES)
        own = {form.get("numFmtId"): form.get("formatCode") for form in children(root, "numFmts", "numFmt")}
        for style in children(root, "cellXfs", "xf"):
            named = style.get("numFmtId", "0")
            yield own.get(named) or BUILT_IN.get(_place(named) or 0, GENERAL)


def _is_on(attributes: Any) -> bool:
    """Whether a mark of a style is set, by its element."""
    return _YES_NO.get(attributes.get("val", "1"), False)


def _target(relations: list[Relation], *kinds: str) -> str:
    """The part of one of these kinds that is named first; nothing if none is."""
    return next((relation.target for relation in relations if relation.kind in kinds), "")


class _Spoken:
    """A parser with the texts of one cell or entry, whatever runs of letters they are parted into."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._parts: list[str] = []
        self._aloud = 0
        self._runs_struck = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        if tag == "t" and not self._aloud:
            self.parser.CharacterDataHandler = self._parts.append
        elif tag == "strike":
            self._runs_struck |= _YES_NO.get(attributes.get("val", "1"), False)
        elif tag == "rPh":  # how the text is read aloud, which is not part of it
            self._aloud += 1

    def _end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag == "t":
            self.parser.CharacterDataHandler = None
        elif tag == "rPh":
            self._aloud -= 1


def _joined(parts: list[str]) -> str:
    """The text that stands in pieces, which are let go of."""
    text = parts[0] if len(parts) == 1 else "".join(parts)
    parts.clear()
    return _no_longer(text)


def _no_longer(text: str) -> str:
    """The same text, if it is no longer than one may be."""
    if len(text) > MOST_TEXT:
        raise TooMuch("text in a cell than a workbook can hold", MOST_TEXT)
    return text


class _Texts(_Spoken):
    """The table of texts as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.struck_texts: list[int] = []

    def _end(self, name: str) -> None:
        super()._end(name)
        if _TAGS.get(name) == "si":
            if self._runs_struck:
                self.struck_texts.append(len(self.found))
                self._runs_struck = False
            self.found.append(unescape(_joined(self._parts)))


class _Struck:
    """Which cells are struck out, in whole or in part: by the text of the table that they name, or by their style."""

    def __init__(self, texts: frozenset[int], styles: frozenset[int]) -> None:
        self._texts, self._styles = texts, styles
        self.any = bool(texts or styles)

    def has(self, kind: str, text: str, style: int) -> bool:
        """Whether a cell of this kind, with this text or number of one, and of this style is."""
        if style in self._styles:
            return True
        return bool(self._texts) and kind == "s" and _place(text) in self._texts


class _Numbers:
    """What numbers mean by the style of their cell: so many, or a day."""

    def __init__(self, codes: list[str], epoch: datetime) -> None:
        dated = [is_of_days(code) for code in codes]
        lasting = [is_lasting(code) for code in codes]

        @lru_cache(maxsize=4096)
        def told(text: str, style: int) -> Told:
            """A number as its style shows it."""
            number = _number(text)
            if number is None:
                return "other", text[:_SHORT], ""
            if style < len(codes) and dated[style]:
                try:
                    return told_day(moment(number, epoch, lasting=lasting[style]))
                except (OverflowError, ValueError):
                    return "error", f"{text[:_SHORT]} as a date", ""
            return "number", number, codes[style] if style < len(codes) else GENERAL

        self.told = told


def _number(text: str) -> float | None:
    """The number that a text is; nothing, if it is none or has no end."""
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        return None
    return int(number) if abs(number) < _EXACT and number.is_integer() else number


class _XlsxRows(_Spoken):
    """A sheet as it is read: its rows, each given when it ends."""

    def __init__(self, strings: list[str], numbers: _Numbers, struck: _Struck, lowest: int) -> None:
        super().__init__()
        self._strings, self._numbers, self._struck, self._lowest = strings, numbers, struck, lowest
        self.marks: dict[str, list[list[int]]] = {"merged": [], "struck": []}
        self._done: list[Record] = []
        self._row = self._column = 0
        self._cells = Cells()
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._hidden = self._formula = self._valued = self._in_rows = False
        self._together = SheetTogether(self._told, _column)

    def read(self, stream: Any) -> Iterator[Record | RowsTogether]:
        """The rows, several at once where they follow each other and have the same columns."""
        for piece in plain_rows.parted(stream, lambda: self._in_rows, alike=not self._struck.any):
            if isinstance(piece, bytes):
                self.parser.Parse(piece, False)
                yield from self._done
                self._done.clear()
            elif isinstance(piece, plain_rows.AlikeRows):
                yield self._together.read(piece, self._numbered([row[0] for row in piece.parts]), self._at)
            else:
                self._begin_row({"r": piece.place, "hidden": piece.hidden})
                self._take_plain(piece.cells)
                if self._cells.recorded:
                    yield [self._row, self._hidden, self._cells.take()]
        self.parser.Parse(b"", True)

    def _numbered(self, places: Sequence[str | None]) -> list[int]:
        """The numbers of rows that follow each other."""
        numbers = [int(place or 0) for place in places]
        if self._row < numbers[0] and numbers[-1] <= self._lowest and all(map(lt, numbers, numbers[1:])):
            places = places[-1:]
        for place in places:
            self._begin_row({"r": place or ""})
        return numbers

    def _at(self, row: int) -> None:
        self._row = row

    def _take_plain(self, cells: list[plain_rows.CellParts]) -> None:
        """The cells of a row that needs no parser."""
        for letters, before, kind, behind, formula, value, own, _ in cells:
            column, style = _column(letters), int(before or behind or 0)
            if value or own:
                texts = plain_rows.unescaped(value), plain_rows.unescaped(own)
                self._say(column, kind or "n", style, *texts, computed=formula != "")
            elif formula:
                self._cells.add(column, NOT_WORKED_OUT)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._cell = attributes
            self._value.clear()
            self._parts.clear()  # what stands in no cell is nobody's
            self._formula = self._valued = self._runs_struck = False
        elif tag == "v":
            self._valued = True
            self.parser.CharacterDataHandler = self._value.append
        elif tag == "t":
            if not self._aloud:
                self.parser.CharacterDataHandler = self._parts.append
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "sheetData":
            self._in_rows = True
        elif tag == "rPh":
            self._aloud += 1
        elif tag == "strike":
            self._runs_struck |= _YES_NO.get(attributes.get("val", "1"), False)

    def _behind(self, name: str, attributes: dict[str, str]) -> None:
        """What stands behind the rows: which cells are one."""
        ends = _RANGE.fullmatch(attributes.get("ref", "")) if _TAGS.get(name) == "mergeCell" else None
        if ends:
            self.marks["merged"].append([int(ends[2]), _column(ends[1]), int(ends[4]), _column(ends[3])])

    def _end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif tag == "row":
            if self._cells.recorded:
                self._done.append([self._row, self._hidden, self._cells.take()])
        elif tag == "rPh":
            self._aloud -= 1
        elif tag == "sheetData":
            self.parser.StartElementHandler, self.parser.EndElementHandler = self._behind, None

    def _begin_row(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        row = _place(place) if place else self._row + 1
        if row is None or not self._row < row <= self._lowest:
            raise Unreadable(f"row “{str(place)[:_SHORT]}” of a sheet follows its row {self._row}")
        self._row, self._column = row, 0
        self._hidden = _YES_NO.get(attributes.get("hidden", ""), False)

    def _end_cell(self) -> None:
        get = self._cell.get
        place = get("r")
        column = self._column = _column(place.rstrip(_DIGITS).upper()) if place else self._column + 1
        if self._value or self._parts:
            value, own, style = _joined(self._value), _joined(self._parts), _place(get("s") or "0") or 0
            self._say(column, get("t") or "n", style, value, own, computed=self._formula, struck=self._runs_struck)
        elif self._formula and not (self._valued and get("t") == "str"):
            self._cells.add(column, NOT_WORKED_OUT)

    def _say(
        self, column: int, kind: str, style: int, value: str, own: str, *, computed: bool, struck: bool = False
    ) -> None:
        """Take what a cell of this kind and style says, by its value and by the text that stands in the cell itself."""
        if self._struck.any:
            struck |= self._struck.has(kind, value, style)
        told = self._told(kind, style, value, own)
        if told[1] != "":
            if struck:
                self.marks["struck"].append([self._row, column])
            self._cells.add(column, told, computed=computed)

    def _told(self, kind: str, style: int, value: str, own: str) -> Told:
        """What the cell says: its value, or its own text where its kind says so, or nothing else is there."""
        if own and (kind == "inlineStr" or not value):
            return "text", unescape(_no_longer(own)), GENERAL
        if kind == "n":
            return self._numbers.told(_no_longer(value), style)
        if kind == "s":
            return "text", self._named(value), GENERAL
        return _OTHERS.get(kind, _odd)(_no_longer(value))

    def _named(self, text: str) -> str:
        """The text of the table that a cell names by its number."""
        place = _place(text)
        if place is None or place >= len(self._strings):
            there = f"there are {len(self._strings):,}" if self._strings else "the part that holds texts is not there"
            raise Unreadable(f"a cell in row {self._row} is to show text {text[:_SHORT]} of the file, and {there}")
        return self._strings[place]


def _odd(text: str) -> Told:
    """What a cell says that is nothing of its kind."""
    return ("other", text, "") if text else ("text", "", "")


def _day(text: str) -> Told:
    """A day, or a day with a time, in the form of ISO 8601."""
    try:
        return told_day(datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return _odd(text)


_OTHERS: dict[str, Callable[[str], Told]] = {
    "inlineStr": lambda text: ("text", unescape(text), GENERAL),
    "str": lambda text: ("text", unescape(text), GENERAL),
    "b": lambda text: ("yes/no", _YES_NO[text], "") if text in _YES_NO else _odd(text),
    "e": lambda text: ("error", text, ""),
    "d": _day,
}


def _place(text: str) -> int | None:
    """A place in a table, or the number of a row; nothing, if a text is none. It is never counted from the end."""
    return int(text) if len(text) <= _SHORT and text.isascii() and text.isdecimal() else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The number of a column: "B" is 2."""
    if not _LETTERS.fullmatch(letters):
        raise Unreadable(f"a cell of it stands in column “{letters[:_SHORT]}”")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
