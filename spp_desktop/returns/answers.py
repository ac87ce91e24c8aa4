"""What a workbook that came in answers: which sheet and row is what, and what each cell says.

Nothing depends on where things stand: the table is found by its headings, rows by their keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from spp_desktop.returns.definition import Column, Line, Listing, PlanFacts, Return
from spp_desktop.returns.intake import Received, Sheet
from spp_desktop.returns.placement import RowKey, address, headings, read_row_key
from spp_desktop.returns.values import Answer, Cell, read
from spp_desktop.returns.words import fold

LOOKED_AT = 60
"""Rows from the top among which the headings are looked for."""

Match = Literal["key", "moved", "lost", "new"]
"""How a row was matched: by its key; its key belongs to another row; it has none but is known; it is new."""


@dataclass(frozen=True)
class Table:
    """Where a return's table stands in a workbook: its sheet, heading row, and columns by place."""

    sheet: Sheet
    header: int
    columns: Mapping[int, Column]
    keys: int | None


@dataclass(frozen=True)
class Answered:
    """One row that came back: which row of the plan it answers for, and what its cells say, by field."""

    row: int
    place: str
    key: str | None
    match: Match
    ref: str
    text: str
    answers: Mapping[str, Answer] = field(repr=False)


def find_table(listing: Listing, plan: PlanFacts, received: Received) -> Table | None:
    """The table whose headings fit a listing best; ``None`` if less than half of them are there."""
    columns = listing.columns_for(plan.years)
    best: Table | None = None
    for sheet in received.sheets:
        for row in [number for number in sorted(sheet.rows) if number <= LOOKED_AT]:
            texts = [(place, cell.value) for place, cell in sheet.rows[row].items() if isinstance(cell.value, str)]
            found = headings(columns, texts)
            if len(found) > len(best.columns if best else ()):
                best = Table(sheet, row, found, _key_column(sheet, row))
    if best is None or len(best.columns) * 2 < len(columns):
        return None
    return best


def _key_column(sheet: Sheet, header: int) -> int | None:
    """The column below the headings that holds row keys, wherever it was moved to."""
    counts: dict[int, int] = {}
    for row, cells in sheet.rows.items():
        for place, cell in cells.items():
            if row > header and _row_key(cell) is not None:
                counts[place] = counts.get(place, 0) + 1
    return max(counts, key=lambda place: counts[place]) if counts else None


def _row_key(cell: Cell | None) -> RowKey | None:
    return read_row_key(cell.value) if cell is not None and isinstance(cell.value, str) else None


def revisions_said(table: Table) -> set[str]:
    """The beginnings of the revisions that the row keys name."""
    keys = (_row_key(cells.get(table.keys or 0)) for row, cells in table.sheet.rows.items() if row > table.header)
    return {key.revision for key in keys if key is not None}


def read_rows(definition: Return, plan: PlanFacts, table: Table, issued: Mapping[str, Line]) -> list[Answered]:
    """Every row of a table that came back, matched and read. ``issued`` are the rows as they went out, by key."""
    listing = definition.listing
    by_words = {_words(listing, line): key for key, line in issued.items()}
    places = {column.field: place for place, column in table.columns.items()}
    found = []
    for row in sorted(number for number in table.sheet.rows if number > table.header):
        cells = table.sheet.rows[row]
        ref, text = (_said(cells.get(places.get(name, 0))) for name in (listing.ref, listing.text))
        if not any(place in cells and str(cells[place].value).strip() for place in table.columns):
            continue
        known = by_words.get((fold(ref), fold(text)))
        key, match = _matched(_row_key(cells.get(table.keys or 0)), (ref, text), known, listing, issued)
        line = issued.get(key or "", Line("", {}))
        answers = {
            column.field: read(column, cells.get(place), plan, line.values.get(column.field))
            for place, column in table.columns.items()
        }
        found.append(
            Answered(row, f"{table.sheet.title}!{address(row, min(table.columns))}", key, match, ref, text, answers)
        )
    return found


def _matched(
    said: RowKey | None, words: tuple[str, str], known: str | None, listing: Listing, issued: Mapping[str, Line]
) -> tuple[str | None, Match]:
    """Which row of the plan a row answers for; ``known`` is the one with its reference and words.

    A key that sorting left on another row shows by its check characters.
    """
    if said is None or said.key not in issued:
        return (known, "lost") if known else (None, "new")
    if said.fits(*words) or known == said.key:
        return said.key, "key"
    if known is None:
        own_ref, own_text = _words(listing, issued[said.key])
        if own_ref == fold(words[0]) or own_text == fold(words[1]):
            return said.key, "key"
    return known, "moved"


def _words(listing: Listing, line: Line) -> tuple[str, str]:
    ref, text = (fold(str(line.values.get(name) or "")) for name in (listing.ref, listing.text))
    return ref, text


def _said(cell: Cell | None) -> str:
    if cell is None:
        return ""
    number = isinstance(cell.value, float) and cell.value == int(cell.value)
    return str(int(cell.value)) if number else str(cell.value).strip()


def missing(table: Table, columns: Sequence[Column]) -> list[Column]:
    """The columns to be filled in that the table lacks."""
    there = {column.field for column in table.columns.values()}
    return [column for column in columns if column.editable and column.field not in there]
