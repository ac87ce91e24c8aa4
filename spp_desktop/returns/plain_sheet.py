"""Plain tables as a workbook that anybody can read, with eyes or ears: the numbers behind a picture or a screen.

Each sheet follows the Government Statistical Service's rules for accessible spreadsheets: its title in A1 as a
heading, notes below it, then one table from column A on, marked up as such, with unique headings and nothing below it;
no colours, merged cells, filters or formulas; the cursor in A1.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Held
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Border
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.kinds.days import DATE_FORMAT
from spp_desktop.plan.kinds.kind import GENERAL, AsCell
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns import looks, reader
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.chain_head import PROPERTY
from spp_desktop.returns.intake import received
from spp_desktop.returns.looks import at, lines_of, put_text, set_height
from spp_desktop.returns.placement import address
from spp_desktop.returns.records import Unreadable
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import same_number
from spp_desktop.returns.words import LONGEST, clean, cut

__all__ = ["NotWritten", "PlainSheet", "PlainValue", "write"]

PlainValue = str | float | int | date | AsCell | None
"""What a cell is to hold; with a number format of its own, where it is not to look as the others of its column."""

MOST_ROWS, MOST_COLUMNS = 1_000_000, 1_000
"""A sheet holds 1,048,576 rows; notes stand above the table. No table of a plan is so wide."""

MOST = 9.99999999999999e307
"""The largest number that a workbook holds."""

_MOST_DECIMALS = 4
_NARROW = 10
_WIDE, _ACROSS = (60, 45, 32, 24), 200
"""How wide a column is at most, in characters: the first at which all of a table can be read on a page across."""

_FIRST_DAY = date(1900, 3, 1)
"""The first day that every program counts alike; an earlier one is written as a text."""

_YEARS = range(1900, 2101)
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME, _LONGEST_HEADING = 31, 255
_ONE_TABLE = "This sheet holds one table."
_EMPTY = "Some cells are empty because there is nothing to show in them."


@dataclass(frozen=True)
class PlainSheet:
    """A sheet with one table: its headings are the first of ``rows``. Rows that are too short end in empty cells."""

    title: str
    notes: Sequence[str]
    rows: Sequence[Sequence[PlainValue]]


def write(path: Path, sheets: Sequence[PlainSheet], head: str = "", marking: str = "") -> None:
    """Make a workbook of some sheets at a path. A file that stands there is replaced only by a whole one.

    ``head`` is the head of the plan's sealed chain (``returns.chain_head``), kept in the workbook's properties, as is
    its protective ``marking``, which stands below the title of each sheet: there are no headers and footers. Numbers
    are kept to 15 digits, texts without what no workbook can hold. Headings that are empty or said twice get a number.

    Raises:
        NotWritten: if it cannot be made or kept there, or would not say the same when read again.
    """
    marks = (f"Protective marking: {marking}",) if marking else ()
    tables = [_table(path, replace(sheet, notes=(*marks, *sheet.notes))) for sheet in sheets]
    if not tables:
        raise NotWritten(f"{path.name} was not made: there is nothing to put into it.")
    book = Workbook()
    book.remove(book.worksheets[0])
    names = unlike((_name(table.title) for table in tables), _LONGEST_NAME)
    for number, (name, table) in enumerate(zip(names, tables, strict=True), 1):
        _fill(book.create_sheet(name), table, number)
    book.properties.title = tables[0].title
    book.properties.category = clean(marking) or None
    book.properties.language = "en-GB"
    book.properties.creator = "SPP Desktop"
    if head:
        properties: Any = book  # the stubs know no document properties
        properties.custom_doc_props.append(StringProperty(name=PROPERTY, value=head))
    put(book.save, path, lambda aside: _compare(tables, aside, path))


def unlike(names: Iterable[str], longest: int) -> list[str]:
    """The names, each that was said before, whatever its capitals, with a number behind it; none longer than this."""
    known: set[str] = set()
    titles = []
    for name in names:
        own, number = cut(name, longest).rstrip(), 1
        while fold(own) in known:
            number += 1
            end = f" ({number})"
            own = cut(name, longest - len(end)).rstrip() + end
        known.add(fold(own))
        titles.append(own)
    return titles


def _name(title: str) -> str:
    """A title as a sheet may be called."""
    name = cut(" ".join(_UNFIT.sub(" ", clean(title)).split()).strip(" '"), _LONGEST_NAME)
    return name if name and fold(name) != "history" else f"Sheet {name}".strip()


@dataclass(frozen=True)
class _WholeTable:
    """A sheet as a workbook can hold it: all notes that stand above its table, and rows that are equally long."""

    title: str
    notes: tuple[str, ...]
    rows: tuple[tuple[PlainValue, ...], ...]

    @property
    def start(self) -> int:
        """The row of the headings: below the title and the notes."""
        return 2 + len(self.notes)


def _table(path: Path, sheet: PlainSheet) -> _WholeTable:
    notes = list(filter(None, map(clean, sheet.notes)))
    if not sheet.rows:
        return _WholeTable(clean(sheet.title), tuple(notes), ())
    wide = max(map(len, sheet.rows))
    if len(sheet.rows) > MOST_ROWS or not 0 < wide <= MOST_COLUMNS:
        raise NotWritten(f"{path.name} was not made: “{sheet.title}” has more rows or columns than a sheet can hold.")
    headings = (" ".join(str(text or "").split()) for text in (*sheet.rows[0], *[None] * (wide - len(sheet.rows[0]))))
    titles = unlike((clean(text) or f"Column {place}" for place, text in enumerate(headings, 1)), _LONGEST_HEADING)
    rows = [
        tuple(_plain(path, sheet, value) for value in (*row, *[None] * (wide - len(row)))) for row in sheet.rows[1:]
    ]
    notes.append(_ONE_TABLE)
    if any(value is None for row in rows for value in row):
        notes.append(_EMPTY)
    return _WholeTable(clean(sheet.title), tuple(notes), (tuple(titles), *rows))


def _plain(path: Path, sheet: PlainSheet, value: PlainValue) -> PlainValue:
    if isinstance(value, AsCell):
        plain = _plain(path, sheet, value.value)
        if isinstance(plain, int | float) and value.format != GENERAL:
            return AsCell(plain, value.format)
        return plain
    if isinstance(value, str):
        text = clean(value)
        if len(text) > LONGEST:
            raise NotWritten(
                f"{path.name} was not made: a text in “{sheet.title}” has more than {LONGEST:,} characters, "
                "which no workbook can hold."
            )
        return text or None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float | int) and not abs(value) <= MOST:
        raise NotWritten(f"{path.name} was not made: “{sheet.title}” holds a number that no workbook can.")
    if isinstance(value, datetime):
        return value.date()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) and value < _FIRST_DAY else value


def _fill(place: Worksheet, table: _WholeTable, number: int) -> None:
    """Put the title, the notes and the table on an empty sheet."""
    title = at(place, 1, 1)
    put_text(title, table.title)
    title.style = "Headline 1"
    title.font, title.border = looks.font(14, bold=True), Border()
    for row, note in enumerate(table.notes, 2):
        put_text(at(place, row, 1), note)
        at(place, row, 1).font = looks.BODY
    place.page_setup.orientation, place.page_setup.paperSize = "landscape", place.PAPERSIZE_A4
    place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1, 0
    place.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if table.rows:
        _put_table(place, table, number)


def _put_table(place: Worksheet, table: _WholeTable, number: int) -> None:
    start, columns = table.start, list(zip(*table.rows, strict=True))
    forms = [_ColumnForm.of(column[1:]) for column in columns]
    for row, values in enumerate(table.rows, start):
        for column, (form, value) in enumerate(zip(forms, values, strict=True), 1):
            form.put(at(place, row, column), value, heading=row == start)
    widths = _widths([max(map(_widest, values)) + 2 for values in columns])
    for column, wide in enumerate(widths, 1):
        place.column_dimensions[address(1, column)[:-1]].width = wide
    for row, values in enumerate(table.rows, start):
        set_height(place, row, max(_lines(value, wide) for value, wide in zip(values, widths, strict=True)))
    end = address(start + max(1, len(table.rows) - 1), len(columns))
    marked = Table(displayName=f"Table_{number}", ref=f"{address(start, 1)}:{end}")
    marked.tableColumns = [
        TableColumn(id=column, name=str(at(place, start, column).value)) for column in range(1, len(columns) + 1)
    ]
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    place.add_table(marked)


@dataclass(frozen=True)
class _ColumnForm:
    """How the cells of a column look: the format of its numbers, and whether they are what it holds."""

    number: str
    side: str

    @classmethod
    def of(cls, values: Sequence[PlainValue]) -> "_ColumnForm":
        """What suits all of a column's numbers: the same decimals, and commas unless they are years."""
        numbers = [value for value in values if isinstance(value, int | float)]
        decimals = min(_MOST_DECIMALS, max(map(_decimals, numbers), default=0))
        years = not decimals and all(value in _YEARS for value in numbers)
        whole = "0" if years else "#,##0"
        right = numbers or any(isinstance(value, AsCell) for value in values)
        return cls(f"{whole}.{'0' * decimals}" if decimals else whole, "right" if right else "left")

    def put(self, cell: Held, value: PlainValue, *, heading: bool) -> None:
        """Put a value into a cell of the column."""
        if isinstance(value, str):
            put_text(cell, value)
        elif isinstance(value, AsCell):
            cell.value, cell.number_format = value
        elif value is not None:
            cell.value = value
            cell.number_format = DATE_FORMAT if isinstance(value, date) else self.number
        cell.font = looks.BOLD if heading else looks.BODY
        cell.alignment = looks.wrapped("left" if isinstance(value, str) and not heading else self.side)


def _decimals(number: float) -> int:
    return len(f"{number:.10f}".rstrip("0").partition(".")[2])


def _shown(value: PlainValue) -> str:
    """A text about as long as what a cell shows."""
    if isinstance(value, AsCell):
        return _shown(value.value)
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "00/00/0000" if isinstance(value, date) else str(value or "")


def _widths(needed: Sequence[int]) -> list[int]:
    """How wide columns are that need so much: those with long texts are made narrower until the table fits a page."""
    widths: list[int] = []
    for most in _WIDE:
        widths = [min(max(wide, _NARROW), most) for wide in needed]
        if sum(widths) <= _ACROSS:
            break
    return widths


def _widest(value: PlainValue) -> int:
    return max(map(len, _shown(value).split("\n")))


def _lines(value: PlainValue, width: int) -> int:
    return lines_of(value, width) if isinstance(value, str) and (len(value) > width or "\n" in value) else 1


def _compare(tables: Sequence[_WholeTable], aside: Path, path: Path) -> None:
    """Read what was written, and see that every cell says what it should."""
    most = max(table.start + len(table.rows) for table in tables)
    try:
        workbook = received(path.name, reader.read(aside, most, MOST_COLUMNS))
    except Unreadable as problem:
        raise NotWritten(f"{path.name} was not made: {problem}. What stood there is untouched.") from None
    for table, sheet in zip(tables, workbook.sheets, strict=True):
        whole = ((table.title or None,), *((note,) for note in table.notes), *table.rows)
        for row, values in enumerate(whole, 1):
            cells = sheet.rows.get(row, {})
            if any(not _same(value, cells.get(column)) for column, value in enumerate(values, 1)):
                raise NotWritten(
                    f"{path.name} was not made: row {row} of “{sheet.title}” would not read the same again. "
                    "What stood there is untouched."
                )


def _same(value: PlainValue, cell: SheetCell | None) -> bool:
    if cell is None or value is None:
        return cell is None and value is None
    if isinstance(value, AsCell):
        return _same(value.value, cell)
    if isinstance(value, int | float):
        return cell.kind == "number" and same_number(float(cell.value), value)
    return cell.value == (value.isoformat() if isinstance(value, date) else value)
