"""A return as a person has it on the desk: laid out as it went out, then typed into, sorted, cut and copied.

It knows what was typed where, and which row of the plan each row of the file truly is about.
"""

import hashlib
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from spp_desktop.plan.kinds import Percent
from spp_desktop.plan.periods import year_name
from spp_desktop.returns.definition import (
    Content,
    Identity,
    Listing,
    PlanFacts,
    Return,
    ReturnColumn,
    ReturnRow,
    Value,
    without_empty,
)
from spp_desktop.returns.intake import Received, Sheet
from spp_desktop.returns.placement import HELP, row_key
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.table_sheet import ADVICE
from spp_desktop.returns.values import same
from spp_desktop.returns.words import clean

KEY = "key"
KEY_LENGTH = 36
HEADINGS_AT = 6

Meaning = Literal["value", "blank", "doubtful", "unclear"]
"""What was typed is a value; nothing; a value that nobody should take without asking; no value at all."""


@dataclass(frozen=True)
class Said:
    """What stands in a cell, and what the person meant by it."""

    cell: SheetCell | None
    meaning: Meaning
    value: Value = None


BLANK = Said(None, "blank")


@dataclass
class Row:
    """One row of a file. ``truth`` is the plan's row it is about, empty for one that the person added."""

    truth: str
    cells: dict[str, SheetCell]
    said: dict[str, Said] = field(default_factory=dict)

    def __repr__(self) -> str:
        stands = {name: cell.value for name, cell in self.cells.items()}
        return f"Row({self.truth[:8] or 'new'}: {stands}; typed: {', '.join(self.said)})"

    def put(self, name: str, said: Said) -> None:
        self.said[name] = said
        self.cells.pop(name, None)
        if said.cell is not None:
            self.cells[name] = said.cell

    def key(self) -> str:
        """The key that stands there, whether or not it is this row's."""
        return str(self.cells[KEY].value)[:KEY_LENGTH] if KEY in self.cells else ""


@dataclass
class Table:
    """One sheet of a file: its columns by name in their order, its rows, and what stands above the headings.

    ``apart``: keys were left behind by sorting. ``reworded``: the words of rows were changed. Both together would make
    of one row what can only be another, so no person does both.
    """

    listing: Listing
    title: str
    columns: list[str]
    heads: dict[str, str]
    rows: list[Row]
    above: list[dict[int, SheetCell]]
    hidden: frozenset[int] = frozenset()
    apart: bool = False
    reworded: bool = False

    def __repr__(self) -> str:
        return f"Table({self.title}, {len(self.rows)} rows)"

    @property
    def words(self) -> tuple[str, str]:
        """The columns by which a person tells one row from another."""
        return self.listing.ref, self.listing.text

    def reword(self, name: str) -> bool:
        """Whether a cell of a column may be changed; its rows may then read otherwise."""
        if name in self.words:
            self.reworded = self.reworded or not self.apart
            return not self.apart
        return True

    @property
    def source(self) -> str:
        return self.listing.source

    @property
    def first(self) -> int:
        """The number of the first row below the headings."""
        return len(self.above) + 2

    def sheet(self) -> Sheet:
        lines = [*self.above, {place: SheetCell("text", self.heads[name]) for place, name in self.placed()}]
        lines += [{place: row.cells[name] for place, name in self.placed() if name in row.cells} for row in self.rows]
        return Sheet(self.title, False, {number: cells for number, cells in enumerate(lines, 1) if cells}, self.hidden)

    def placed(self) -> list[tuple[int, str]]:
        return list(enumerate(self.columns, 1))

    def empty(self, row: Row) -> bool:
        """Whether nothing but its key stands in a row."""
        names = [name for name in self.columns if name != KEY and not name.startswith("note")]
        return not any(name in row.cells and str(row.cells[name].value).strip() for name in names)


@dataclass
class File:
    """A whole file. ``export`` is the issue it truly came from; ``identity`` what it still says of itself."""

    export: str
    definition: Return
    plan: PlanFacts
    identity: Identity | None
    tables: list[Table]

    def __repr__(self) -> str:
        return f"File({self.definition.id} {self.export[:8]})"

    def received(self) -> Received:
        sheets = (Sheet(HELP, False, {}), *(table.sheet() for table in self.tables))
        found = Received(f"{self.export[:8]}.xlsx", sheets, self.identity)
        shape = [(sheet.title, sorted(sheet.hidden_rows), sheet.rows) for sheet in sheets]
        mark = hashlib.sha256(repr((self.export, self.identity, shape)).encode("utf-8", "surrogatepass")).hexdigest()
        return Received(found.name, sheets, self.identity, file_hash=mark, modified_by="staff officer")

    def copy(self) -> "File":
        copied = File(self.export, self.definition, self.plan, self.identity, [])
        for table in self.tables:
            rows = deepcopy([(row.truth, dict(row.cells), dict(row.said)) for row in table.rows])
            copied.tables.append(
                Table(
                    table.listing,
                    table.title,
                    list(table.columns),
                    dict(table.heads),
                    [Row(*parts) for parts in rows],
                    list(table.above),
                    table.hidden,
                    table.apart,
                    table.reworded,
                )
            )
        return copied

    def table(self, source: str) -> Table:
        return next(table for table in self.tables if table.source == source)

    def row_at(self, place: str) -> Row:
        """The row at a place such as "Activities!B7"."""
        title, _, where = place.rpartition("!")
        table = next(table for table in self.tables if table.title == title)
        return table.rows[int(where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - table.first]


def laid_out(definition: Return, content: Content) -> File:
    """The file that goes out, as the program's own reader gives it back when nobody has touched it."""
    definition, content = without_empty(definition, content)
    tables = [
        _table(definition, listing, lines, content)
        for listing, lines in zip(definition.listings, content.tables, strict=True)
    ]
    return File(content.identity.export, definition, content.plan, content.identity, tables)


def _table(definition: Return, listing: Listing, lines: tuple[ReturnRow, ...], content: Content) -> Table:
    columns = listing.columns_for(content.plan.years)
    rows = []
    for line in lines:
        ref, text = (str(line.values.get(name) or "") for name in (listing.ref, listing.text))
        cells = {KEY: text_cell(row_key(line.key, content.identity, ref, text))}
        for column in columns:
            value = line.values.get(column.field)
            if value is not None:
                cells[column.field] = as_cell(column, value)
        rows.append(Row(line.key, cells))
    names = [KEY, *(column.field for column in columns)]
    heads = {KEY: "key", **{column.field: column.title for column in columns}}
    return Table(listing, listing.title, names, heads, rows, _above(definition, listing, columns, content))


def _above(
    definition: Return, listing: Listing, columns: tuple[ReturnColumn, ...], content: Content
) -> list[dict[int, SheetCell]]:
    plan, said = content.plan, content.identity
    when = " ".join(filter(None, (year_name(said.year) if said.year else "", said.period)))
    due = f"Please return by {content.due:%d/%m/%Y}" if content.due else ""
    several = listing.title if len(definition.listings) > 1 else ""
    titles = (
        (plan.title, plan.force),
        (due, several, definition.title, when, said.owner),
        (plan.marking, plan.illustrative),
        (ADVICE,),
    )
    lines = [" · ".join(filter(None, parts)) for parts in titles]
    above: list[dict[int, SheetCell]] = [{2: text_cell(line)} if line else {} for line in lines]
    return [*above, {place: text_cell("▼ fill in") for place, column in enumerate(columns, 2) if column.editable}]


def text_cell(said: str) -> SheetCell:
    return SheetCell("text", clean(said))


def as_cell(column: ReturnColumn, value: Value) -> SheetCell:
    """A value of the plan as its cell reads when it comes back; the values of a performance plan's targets apart."""
    if isinstance(value, tuple):
        return text_cell("; ".join(value))
    if isinstance(value, bool):
        return text_cell("Yes" if value else "No")
    if isinstance(value, date):
        return SheetCell("date", value.isoformat(), "")
    if isinstance(value, float):
        return SheetCell("number", int(value), "£#,##0")  # whole pounds
    if isinstance(value, int):
        return (
            SheetCell("number", value / 100, "0%")
            if isinstance(column.kind, Percent)
            else SheetCell("number", value, "0")
        )
    return text_cell(str(value))


def alike(column: ReturnColumn, one: Value, other: Value) -> bool:
    """Whether two values say the same to a person."""
    return same(column, one, other)
