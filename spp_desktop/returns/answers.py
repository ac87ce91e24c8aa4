"""What a workbook that came in answers: which sheet and row is what, and what each cell says.

Nothing depends on where things stand: the table is found by its headings, rows by their keys.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.definition import Listing, PlanFacts, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.intake import Received, Sheet
from spp_desktop.returns.placement import RowKey, address, headings, read_row_key
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import Answer, read, written
from spp_desktop.returns.words import clean

LOOKED_AT = 60
"""Rows from the top among which the headings are looked for."""

Match = Literal["key", "moved", "mixed", "other", "lost", "new"]
"""How a row was matched: by its key; its key belongs to another row; by its key, though part of its words is not that
row's and sorting may have left the key there; by a key of another issue, from which it was copied; it has no key but is
known; it is new."""


@dataclass(frozen=True)
class Table:
    """Where a listing's table stands in a workbook: its sheet, heading row, and columns by place.

    ``end`` is the heading row of the table that follows on the same sheet, if one does.
    """

    listing: Listing
    sheet: Sheet
    header: int
    columns: Mapping[int, ReturnColumn]
    keys: int | None
    end: int | None = None

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows below the headings."""
        last = self.end or math.inf
        return sorted(number for number in self.sheet.rows if self.header < number < last)

    def key_of(self, row: int) -> RowKey | None:
        """The key that stands in a row, if one does."""
        return _row_key(self.sheet.rows[row].get(self.keys or 0))

    def words_of(self, row: int) -> tuple[str, str]:
        """A row's reference and text, as they stand there."""
        cells = self.sheet.rows[row]
        ref, text = self._word_places
        return _said(cells.get(ref)), _said(cells.get(text))

    @cached_property
    def _word_places(self) -> tuple[int, int]:
        """The columns of the reference and the text; 0 for one that is not there."""
        places = {column.field: place for place, column in self.columns.items()}
        return places.get(self.listing.ref, 0), places.get(self.listing.text, 0)


@dataclass(frozen=True, slots=True)
class Answered:
    """One row that came back: which row of the plan it answers for, and what its cells say, by field.

    ``answers`` leaves out the cells that say what they said when the row went out, and those that were empty and are.
    """

    number: int
    place: str
    key: str | None
    match: Match
    ref: str
    text: str
    answers: Mapping[str, Answer] = field(repr=False)

    @property
    def words(self) -> tuple[str, str]:
        """Its reference and text."""
        return self.ref, self.text


def find_tables(definition: Return, plan: PlanFacts, received: Received) -> list[Table]:
    """The tables of a return that stand in a workbook, each below headings of its own, the best fitting found first.

    A table counts as found if half of its headings are there.
    """
    tables: list[Table] = []
    fitting = [
        (len(table.columns) / len(listing.columns_for(plan.years)), table)
        for listing in definition.listings
        for sheet in received.sheets
        if (table := _table_on(listing, plan, sheet)) is not None
    ]
    for fit, table in sorted(fitting, key=lambda fitted: -fitted[0]):
        taken = any(
            known.listing is table.listing or (known.sheet is table.sheet and known.header == table.header)
            for known in tables
        )
        if fit >= 1 / 2 and not taken:
            tables.append(table)
    return [_ended(table, tables) for table in tables]


def _ended(table: Table, tables: list[Table]) -> Table:
    """A table with its end, where another follows on the same sheet, and the column of its keys."""
    below = [other.header for other in tables if other.sheet is table.sheet and other.header > table.header]
    ended = replace(table, end=min(below, default=None))
    return replace(ended, keys=_key_column(ended))


def _table_on(listing: Listing, plan: PlanFacts, sheet: Sheet) -> Table | None:
    """The table whose headings fit a listing best on one sheet, if any fit at all."""
    columns = listing.columns_for(plan.years)
    best: Table | None = None
    for row in [number for number in sorted(sheet.rows) if number <= LOOKED_AT]:
        texts = [(place, cell.value) for place, cell in sheet.rows[row].items() if isinstance(cell.value, str)]
        headed = headings(columns, texts)
        if len(headed) > len(best.columns if best else ()):
            best = Table(listing, sheet, row, headed, None)
    return best


def _key_column(table: Table) -> int | None:
    """The column below the headings that holds row keys, wherever it was moved to."""
    counts: dict[int, int] = {}
    for row in table.rows:
        for place, cell in table.sheet.rows[row].items():
            if _may_be_key(cell) and _row_key(cell) is not None:
                counts[place] = counts.get(place, 0) + 1
    return max(counts, key=lambda place: counts[place]) if counts else None


def _may_be_key(cell: SheetCell) -> bool:
    """A first look, without which most of the time would go into cells that are plainly none."""
    return isinstance(cell.value, str) and "|" in cell.value


def _row_key(cell: SheetCell | None) -> RowKey | None:
    return read_row_key(cell.value) if cell is not None and isinstance(cell.value, str) else None


def read_rows(table: Table, plan: PlanFacts, export: str, issued: Mapping[str, ReturnRow]) -> list[Answered]:
    """Every row of a table that came back, matched and read. ``issued`` are the rows as they went out, by key."""
    asked = [(place, column) for place, column in table.columns.items() if not column.computed]
    matching = _Matching(table.listing, export, issued)
    rows = []
    for row in table.rows:
        cells = table.sheet.rows[row]
        if not any(place in cells and str(cells[place].value).strip() for place in table.columns):
            continue
        row_key = table.key_of(row)
        if row_key is None and _headings_again(table, row):
            continue
        ref, text = table.words_of(row)
        key, match = matching.of(row_key, ref, text)
        values = issued[key].values if key else {}
        answers = {
            column.field: read(column, cells.get(place), plan, values.get(column.field))
            for place, column in asked
            if not _untouched(column, cells.get(place), values.get(column.field))
        }
        where = f"{table.sheet.title}!{address(row, min(table.columns))}"
        rows.append(Answered(row, where, key, match, ref, text, answers))
    return _doubted(table.listing, rows, issued)


def _doubted(listing: Listing, rows: list[Answered], issued: Mapping[str, ReturnRow]) -> list[Answered]:
    """The rows, of which those whose words were changed keep their key only where nothing speaks of sorting.

    Where a reference is that of a group of rows, it does not tell one of them from another.
    """
    changed = {row.number for row in rows if row.match == "key" and _words(listing, issued[str(row.key)]) != row.words}
    if not changed:
        return rows
    moved = any(row.match == "moved" for row in rows)
    times = Counter(row.key for row in rows)
    texts = {fold(_words(listing, line)[1]) for line in issued.values()}

    def doubtful(row: Answered) -> bool:
        """Whether something speaks of sorting that left the key on this row."""
        own = tuple(map(fold, _words(listing, issued[str(row.key)])))
        ref, text = map(fold, row.words)
        elsewhere = text != own[1] and (text in texts or listing.group == listing.ref)
        return own != (ref, text) and (moved or times[row.key] > 1 or elsewhere)

    return [replace(row, match="mixed") if row.number in changed and doubtful(row) else row for row in rows]


def _headings_again(table: Table, row: int) -> bool:
    """Whether a row repeats the headings, as where a table was pasted below another."""
    cells = table.sheet.rows[row]
    same = sum(place in cells and fold(str(cells[place].value)) == fold(c.title) for place, c in table.columns.items())
    return same > len(table.columns) / 2


def _untouched(column: ReturnColumn, cell: SheetCell | None, issued: Value) -> bool:
    """Whether a cell plainly holds what went out in it. Where this says no, ``read`` looks closer."""
    if cell is None or issued is None:
        return cell is None and issued is None
    if isinstance(issued, str):
        return cell.value == issued and cell.kind == "text"
    if isinstance(issued, date):
        return cell.value == issued.isoformat() and cell.kind == "date"
    if isinstance(issued, tuple):
        return cell.value == "; ".join(issued) and cell.kind == "text"
    number, form = written(column, issued)
    return cell.value == number and cell.kind == "number" and ("%" in cell.format) == ("%" in form)


class _Matching:
    """Which row of the plan a row answers for, of those that went out in an export."""

    def __init__(self, listing: Listing, export: str, issued: Mapping[str, ReturnRow]) -> None:
        self._listing, self._export, self._issued = listing, export, issued
        self._own_revisions: set[str] = set()

    def of(self, row_key: RowKey | None, ref: str, text: str) -> tuple[str | None, Match]:
        """The plan's row, and how it was found.

        A key that sorting left on another row shows by its check characters.
        """
        line = self._issued.get(row_key.key) if row_key else None
        if row_key is None or line is None:
            known = self._known(ref, text)
            return (known, "lost") if known else (None, "new")
        own_ref, own_text = _words(self._listing, line)
        by_key: Match = "key" if self._went_out(row_key, own_ref, own_text) else "other"
        if (own_ref, own_text) == (ref, text) or row_key.fits(self._export, ref, text):
            return row_key.key, by_key
        known = self._known(ref, text)
        if known == row_key.key or (known is None and (fold(own_ref) == fold(ref) or fold(own_text) == fold(text))):
            return row_key.key, by_key
        return known, "moved"

    def _went_out(self, row_key: RowKey, ref: str, text: str) -> bool:
        """Whether a key went out in this export, with its row's words; of each revision one is looked at closely."""
        if row_key.revision not in self._own_revisions and row_key.fits(self._export, ref, text):
            self._own_revisions.add(row_key.revision)
        return row_key.revision in self._own_revisions

    def _known(self, ref: str, text: str) -> str | None:
        return self._by_words.get((fold(ref), fold(text)))

    @cached_property
    def _by_words(self) -> dict[tuple[str, str], str]:
        """The rows that went out by their words; two that read alike are told apart by no words, and left out."""
        keys_of: dict[tuple[str, str], list[str]] = {}
        for key, line in self._issued.items():
            ref, text = _words(self._listing, line)
            keys_of.setdefault((fold(ref), fold(text)), []).append(key)
        return {words: keys[0] for words, keys in keys_of.items() if len(keys) == 1}


def _words(listing: Listing, row: ReturnRow) -> tuple[str, str]:
    """A row's reference and text, as they went out."""
    ref, text = listing.words_of(row)
    return clean(ref), clean(text)


def covered(table: Table, export: str, issued: Mapping[str, ReturnRow]) -> tuple[int, int]:
    """How many rows of a table were surely issued in an export, by their keys; and how many may have been, by words."""
    by_words = {tuple(map(fold, _words(table.listing, line))) for line in issued.values()}
    sure = likely = 0
    for row in table.rows:
        words, key = table.words_of(row), table.key_of(row)
        sure += key is not None and key.key in issued and key.fits(export, *words)
        likely += (fold(words[0]), fold(words[1])) in by_words
    return sure, likely


def _said(cell: SheetCell | None) -> str:
    if cell is None:
        return ""
    number = isinstance(cell.value, float) and cell.value == int(cell.value)
    return str(int(cell.value)) if number else str(cell.value).strip()


def missing(table: Table, plan: PlanFacts) -> list[ReturnColumn]:
    """The columns to be filled in that the table lacks."""
    there = {column.field for column in table.columns.values()}
    columns = table.listing.columns_for(plan.years)
    return [column for column in columns if column.editable and column.field not in there]
