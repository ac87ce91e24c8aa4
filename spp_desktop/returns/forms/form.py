"""A form that somebody sends, as it was read: its sheets with what stands in them, how they look, and what they ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from spp_desktop.returns.cell_places import Block, CellPlace, address
from spp_desktop.returns.forms.references import KnownNames, in_excel, in_open_formula
from spp_desktop.returns.sheet_cell import SheetCell

Shows = Literal["", "date", "share", "text"]
"""What a cell shows a number as; "text" where whatever is typed in it stays text."""


class CellStyle(NamedTuple):
    """What matters of a style of cells: what it shows, whether it locks, its fill as "#RRGGBB", its letters."""

    shows: Shows = ""
    locked: bool = True
    fill: str = ""
    bold: bool = False
    aligned: str = ""


PLAIN = CellStyle()


class CellRule(NamedTuple):
    """What cells of a form may be given, by the form itself.

    Attributes:
        blocks: the cells.
        kind: as a workbook has it: "list", "whole", "decimal", "date", "textLength" and others.
        comparing: how numbers compare: "between", "greaterThan" and so on.
        first, second: the formulas that it goes by.
        entries: what is listed in the rule itself; ``None`` where it is not a list or one that stands in cells.
    """

    blocks: tuple[Block, ...]
    kind: str
    comparing: str
    first: str
    second: str
    entries: tuple[str, ...] | None = None


class Formula(NamedTuple):
    """A formula of a cell: its text, its kind ("", "shared", "array", "dataTable"), its range, its shared number."""

    text: str
    kind: str = ""
    range: str = ""
    number: str = ""


class FormTable(NamedTuple):
    """A table of a sheet: what it is called, its range, its rows of headings, and of totals."""

    names: tuple[str, ...]
    block: Block
    headings: int
    totals: int


class ColumnLook(NamedTuple):
    """ColumnLook that look alike: the first, the last, their style, their width in pixels, whether they are hidden."""

    first: int
    last: int
    style: int | None
    width: float
    hidden: bool


@dataclass(frozen=True)
class FormSheet:
    """A sheet of a form.

    Attributes:
        title: its name.
        part: the part of the package that holds it.
        hidden, protected: whether it is.
        cells: what stands in it.
        styles: the place of each cell's style in the form's list.
        row_styles: the same of rows that have one of their own.
        columns: how columns look.
        merged: cells that were made one.
        hidden_rows: the rows that are not shown.
        formulas: the formulas.
        rules: what may be given.
        tables: its tables.
        width: the usual width of a column in pixels; 0 where nothing is said.
        heights: heights of rows in points, where they are said.
    """

    title: str
    part: str
    hidden: bool
    protected: bool
    cells: Mapping[CellPlace, SheetCell] = field(repr=False)
    styles: Mapping[CellPlace, int] = field(repr=False)
    row_styles: Mapping[int, int] = field(default_factory=dict)
    columns: tuple[ColumnLook, ...] = ()
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    formulas: Mapping[CellPlace, Formula] = field(default_factory=dict, repr=False)
    rules: tuple[CellRule, ...] = ()
    tables: tuple[FormTable, ...] = ()
    width: float = 0.0
    heights: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def _merged_at(self) -> dict[CellPlace, Block]:
        return {place: block for block in self.merged if block.size <= _MOST_MERGED for place in block.places()}

    def merged_at(self, place: CellPlace) -> Block | None:
        """The cells that a cell is one with, if it is."""
        return self._merged_at.get(place)

    def told_at(self, place: CellPlace) -> CellPlace:
        """The cell that holds what a cell shows: the first one of merged ones."""
        block = self._merged_at.get(place)
        return place if block is None else block.first

    def text(self, place: CellPlace) -> str:
        """What a cell shows as a text of one line, also where it is one with others; "" for nothing or a number."""
        cell = self.cells.get(self.told_at(place))
        return " ".join(str(cell.value).split()) if cell is not None and cell.kind == "text" else ""

    @cached_property
    def size(self) -> CellPlace:
        """The last row and column in which anything stands or is asked: cells with contents, or a fill of their own."""
        used = [*self.cells, *self.formulas, *(place for place, style in self.styles.items() if style)]
        used += [(block.bottom, block.right) for block in self.merged]
        return max((row for row, _ in used), default=1), max((column for _, column in used), default=1)

    def style_at(self, place: CellPlace) -> int | None:
        """The place of a cell's style in the list of the form."""
        known = self.styles.get(place)
        if known is None:
            known = self.row_styles.get(place[0])
        if known is None:
            known = next((each.style for each in self.columns if each.first <= place[1] <= each.last), None)
        return known

    def rules_at(self, place: CellPlace) -> Iterator[CellRule]:
        """The rules of the form for a cell."""
        return (rule for rule in self.rules if any(block.has(place) for block in rule.blocks))


_MOST_MERGED = 20_000


@dataclass(frozen=True)
class NamedCell:
    """A name of the workbook that is one cell, or a range of a sheet."""

    name: str
    sheet: str
    block: Block


@dataclass(frozen=True)
class FormBook:
    """A form as it was read.

    Attributes:
        name: the name of its file.
        kind: the form of its file: "xlsx", "xlsm" or "ods".
        content: the bytes of the file.
        sheets: its sheets of cells.
        styles: the styles of cells that sheets name by their places.
        names: what the workbook calls cells and ranges.
        formulas_named: the names whose meaning is a formula, or stands on one sheet, by their names in small letters.
        from_1904: whether it counts its days from 1904.
        book: the part that says which sheets there are.
        notices: what is to be said of the file.
    """

    name: str
    kind: str
    content: bytes = field(repr=False)
    sheets: tuple[FormSheet, ...]
    styles: tuple[CellStyle, ...] = ()
    names: tuple[NamedCell, ...] = ()
    formulas_named: Mapping[str, str] = field(default_factory=dict)
    from_1904: bool = False
    book: str = ""
    notices: tuple[str, ...] = ()

    def sheet(self, title: str) -> FormSheet | None:
        """The sheet of a title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def style(self, sheet: FormSheet, place: CellPlace) -> CellStyle:
        """How a cell looks."""
        number = sheet.style_at(place)
        return self.styles[number] if number is not None and number < len(self.styles) else PLAIN

    def is_locked(self, sheet: FormSheet, place: CellPlace) -> bool:
        """Whether a person could not type into a cell: it is locked, and its sheet is protected."""
        return sheet.protected and self.style(sheet, place).locked

    def listed(self, sheet: FormSheet, rule: CellRule) -> tuple[str, ...]:
        """What a list of the form holds, also where it stands in cells, maybe of a hidden sheet."""
        if rule.entries is not None:
            return rule.entries
        seen = self.range_of(rule.first, sheet.title)
        if seen is None or (other := self.sheet(seen[0])) is None:
            return ()
        block = seen[1]
        inside = sorted(place for place in other.cells if block.has(place))
        return tuple(other.cells[place].typed() for place in inside)

    def range_of(self, text: str, sheet: str) -> tuple[str, Block] | None:
        """The sheet and the range that a name or an address of the form means; ``None`` where it means neither."""
        plain = text.strip().lstrip("=")
        known = KnownNames(self.formulas_named, {})
        seen = in_open_formula(plain, sheet, known) if self.kind == "ods" else in_excel(plain, sheet, known)
        if seen is None or len(seen) != 1:
            return None
        return seen[0].sheet, seen[0].block


def where(sheet: FormSheet, place: CellPlace) -> str:
    """A cell as a person finds it: "Crime!B7"."""
    return f"{sheet.title}!{address(place)}"


def widest(sheets: Sequence[FormSheet]) -> int:
    """How many cells there are at most that may be filled."""
    return sum(sheet.size[0] * sheet.size[1] for sheet in sheets)
