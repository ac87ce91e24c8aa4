"""What a workbook that came in answers: which sheet and row is what, and what each cell says.

Nothing depends on where things stand: the table is found by its headings, rows by their keys.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.removed import numbers_in
from spp_desktop.returns.definition import Listing, PlanFacts, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.intake import Received, Sheet
from spp_desktop.returns.placement import (
    KEY,
    RowKey,
    address,
    headings,
    known_headings,
    letters,
    read_row_key,
    touched_headings,
)
from spp_desktop.returns.protective import marking_in
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import Answer, read, same, written
from spp_desktop.returns.words import clean

LOOKED_AT = 60
"""Rows from the top among which the headings are looked for."""

_SEVERAL = 5
"""Headings that make a table known, with a reference among them, where half of them are not there."""

_TOTALS = re.compile(r"(?:grand |overall |sub-?\s?)?totals?:?|sum:?")
"""The first words of a row that holds totals."""

Match = Literal["key", "moved", "mixed", "other", "lost", "new"]
"""How a row was matched: by its key; its key belongs to another row; by its key, though part of its words is not that
row's and sorting may have left the key there; by a key of another issue, from which it was copied; it has no key but is
known; it is new."""


@dataclass(frozen=True)
class Table:
    """Where a listing's table stands in a workbook: its sheet, heading row, and columns by place.

    Attributes:
        expected: how many headings there should be.
        above: the heading row of the first table above it on the same sheet, if there is one.
        end: the heading row of the table that follows on the same sheet, if one does.
        touched: headings that surely are of a column, and are not quite as they went out, by place.
        doubtful: headings that are only perhaps of the column that they are taken for, by place.
        unknown: headings that are of no column, by place.
    """

    listing: Listing
    sheet: Sheet
    header: int
    columns: Mapping[int, ReturnColumn]
    keys: int | None
    expected: int = 1
    above: float = math.inf
    end: int | None = None
    touched: Mapping[int, str] = field(default_factory=dict)
    doubtful: Mapping[int, str] = field(default_factory=dict)
    unknown: Mapping[int, str] = field(default_factory=dict)

    @property
    def fit(self) -> float:
        """Which part of the headings is there as it went out."""
        return self._whole / self.expected

    @property
    def _whole(self) -> int:
        return len(self.columns) - len(self.touched) - len(self.doubtful)

    @property
    def is_found(self) -> bool:
        """Whether enough headings are there: half of them, or several with the reference and something to fill in."""
        fields = {column.field for column in self.columns.values()}
        several = self._whole >= _SEVERAL and self.listing.ref in fields
        return self.fit >= 1 / 2 or (several and any(column.editable for column in self.columns.values()))

    def holds(self, row: int) -> bool:
        """Whether a row stands at the table's headings or below them, above the next table."""
        return self.header <= row < (self.end or math.inf)

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

    def is_totals(self, row: int) -> bool:
        """Whether a row's first words say that it holds totals."""
        cells = self.sheet.rows[row]
        texts = (str(cells[place].value) for place in sorted(cells) if cells[place].kind == "text")
        return _TOTALS.fullmatch(fold(next(texts, ""))) is not None

    @cached_property
    def _word_places(self) -> tuple[int, int]:
        """The columns of the reference and the text; 0 for one that is not there."""
        places = {column.field: place for place, column in self.columns.items()}
        return places.get(self.listing.ref, 0), places.get(self.listing.text, 0)


@dataclass(frozen=True, slots=True)
class Answered:
    """One row that came back: which row of the plan it answers for, and what its cells say, by field.

    Attributes:
        answers: without the cells that say what they said when the row went out, and those that were empty and are.
        places: the letters of each column, by field.
        remarked: the columns of the cells that are asked about with what stands beside their values.
    """

    number: int
    place: str
    key: str | None
    match: Match
    ref: str
    text: str
    answers: Mapping[str, Answer] = field(repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False)
    remarked: frozenset[int] = frozenset()

    def where(self, name: str) -> str:
        """Where the cell of a field stands."""
        sheet, _, _ = self.place.rpartition("!")
        return f"{sheet}!{self.places[name]}{self.number}" if name in self.places else self.place

    @property
    def words(self) -> tuple[str, str]:
        """Its reference and text."""
        return self.ref, self.text


def find_tables(definition: Return, plan: PlanFacts, received: Received) -> list[Table]:
    """The tables of a return that stand in a workbook, each below headings of its own, the best fitting found first.

    A table counts as found if half of its headings are there, or several with its reference.
    """
    tables: list[Table] = []
    texts = [(sheet, _near_the_top(sheet)) for sheet in received.sheets]
    fitting = [
        (table.fit, table)
        for listing in definition.listings
        for columns in (listing.columns_for(plan.years, plan.roles, plan.earlier_words),)
        for sheet, places in texts
        if (table := _table_on(listing, columns, sheet, places)) is not None
    ]
    for _, table in sorted(fitting, key=lambda fitted: -fitted[0]):
        taken = any(
            known.listing is table.listing or (known.sheet is table.sheet and known.header == table.header)
            for known in tables
        )
        if table.is_found and not taken:
            tables.append(table)
    return [_ended(table, tables) for table in tables]


def _ended(table: Table, tables: list[Table]) -> Table:
    """A table with its end, where another follows on the same sheet, and the column of its keys."""
    below = [other.header for other in tables if other.sheet is table.sheet and other.header > table.header]
    above = [other.header for other in tables if other.sheet is table.sheet and other.header < table.header]
    ended = replace(table, end=min(below, default=None), above=min(above, default=math.inf))
    return replace(ended, keys=_key_column(ended))


def _near_the_top(sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
    """Where texts stand in the rows among which headings are looked for: row and column, by the folded text."""
    places: dict[str, list[tuple[int, int]]] = {}
    for row in sorted(sheet.rows):
        if row <= LOOKED_AT:
            for place, cell in sheet.rows[row].items():
                if isinstance(cell.value, str):
                    places.setdefault(fold(cell.value), []).append((row, place))
    return places


def _table_on(
    listing: Listing,
    columns: Sequence[ReturnColumn],
    sheet: Sheet,
    places: Mapping[str, Sequence[tuple[int, int]]],
) -> Table | None:
    """The table whose headings fit a listing best on one sheet, if any fit at all; the first of those that fit alike.

    ``places`` are those of its texts.
    """
    known = known_headings(columns)
    texts: dict[int, dict[int, str]] = {}
    for text in known:
        for row, place in places.get(text, ()):
            texts.setdefault(row, {})[place] = text
    best: Table | None = None
    for row in sorted(texts):
        headed = headings(known, [(place, texts[row][place]) for place in sheet.rows[row] if place in texts[row]])
        if len(headed) > len(best.columns if best else ()):
            best = Table(listing, sheet, row, headed, None, len(columns))
    return None if best is None else _with_touched(best, columns)


def _with_touched(table: Table, columns: Sequence[ReturnColumn]) -> Table:
    """A table with the columns whose headings were touched by hand, and the headings of which nothing is known."""
    cells = table.sheet.rows[table.header]
    texts = {place: cell.typed() for place, cell in cells.items() if fold(cell.typed())}
    sure, doubtful = touched_headings(columns, texts, table.columns)
    doubtful = {place: column for place, column in doubtful.items() if place in texts or _is_used(table, place)}
    known = {**table.columns, **sure, **doubtful}
    return replace(
        table,
        columns=dict(sorted(known.items())),
        touched={place: texts[place] for place in sure},
        doubtful={place: texts.get(place, "") for place in doubtful},
        unknown={place: text for place, text in texts.items() if place not in known and fold(text) != KEY},
    )


def _is_used(table: Table, place: int) -> bool:
    """Whether anything stands in a column below the headings: one that was deleted is not there."""
    rows = table.sheet.rows.items()
    return any(fold(cells[place].typed()) for number, cells in rows if number > table.header and place in cells)


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
    doubts = Doubts(table, plan.marking)
    places = {column.field: letters(place) for place, column in table.columns.items()}
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
        if match == "new" and row_key is None and table.is_totals(row):
            continue
        values = issued[key].values if key else {}
        answers: dict[str, Answer] = {}
        remarked = set()
        for place, column in asked:
            before = values.get(column.field)
            cell = doubts.cell(row, place) if doubts.merged else cells.get(place)
            if cell is None and before is None:
                continue
            if cell is not None and cell.value == before and cell.kind == "text":  # as most of them
                continue
            if _untouched(column, cell, before):
                continue
            answer = read(column, cell, plan, before)
            answers[column.field] = asked_about = doubts.asked(row, place, answer, before)
            if asked_about is not answer:
                remarked.add(place)
        where = f"{table.sheet.title}!{address(row, min(table.columns))}"
        rows.append(Answered(row, where, key, match, ref, text, answers, places, frozenset(remarked)))
    return _doubted(table.listing, rows, issued, matching)


class Doubts:
    """What makes a cell of a table doubtful beside its value."""

    def __init__(self, table: Table, marking: str) -> None:
        self._table, self._marking = table, marking
        self._merged = dict(_merged(table))
        self.merged = bool(self._merged)

    def cell(self, row: int, place: int) -> SheetCell | None:
        """The cell that stands at a place, or into which it was merged."""
        row, place = self._merged.get((row, place), (row, place))
        return self._table.sheet.rows.get(row, {}).get(place)

    def asked(self, row: int, place: int, answer: Answer, issued: Value) -> Answer:
        """An answer, with what is to be asked about it; the same one where nothing is."""
        column = self._table.columns[place]
        if answer.blank or (not answer.doubt and same(column, answer.value, issued)):
            return answer
        why = " ".join(self._why(row, place, column, answer))
        if not why:
            return answer
        usable = answer.usable or not answer.doubt
        return answer._replace(doubt=" ".join(filter(None, (answer.doubt, why))), usable=usable)

    def _why(self, row: int, place: int, column: ReturnColumn, answer: Answer) -> Iterator[str]:
        table, sheet = self._table, self._table.sheet
        if (row, place) in self._merged:
            yield f"The cell was merged with {address(*self._merged[row, place])}; does that answer hold here too?"
        if self._merged.get((row, place), (row, place)) in sheet.struck:
            yield "It is struck out, in whole or in part; is it still meant?"
        if comment := sheet.comments.get((row, place)):
            yield f"A comment stands on it: {quoted(comment)}."
        if place in table.doubtful:
            heading = table.doubtful[place]
            what = f"Its heading is {quoted(heading)}" if heading else "It has no heading"
            yield f"{what}, and was taken for {quoted(column.title)} by its place."
        if isinstance(answer.value, str) and (marking := marking_in(answer.value, self._marking)):
            yield f"It bears the marking {quoted(marking)}, which the plan does not bear; may it stand in the plan?"


def _merged(table: Table) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The cells of a table that were merged into others, each with the cell that shows for it."""
    rows = table.rows
    for first, left, last, right in table.sheet.merged:
        for row in rows[bisect_left(rows, first) : bisect_right(rows, last)]:
            for place in table.columns:
                if left <= place <= right and (row, place) != (first, left):
                    yield (row, place), (first, left)


def _doubted(
    listing: Listing, rows: list[Answered], issued: Mapping[str, ReturnRow], matching: "_Matching"
) -> list[Answered]:
    """The rows, of which those whose words were changed keep their key only where nothing speaks of sorting.

    Where a reference is that of a group of rows, it does not tell one of them from another.
    """
    changed = {row.number for row in rows if row.match == "key" and matching.words(str(row.key)) != row.words}
    if not changed:
        return rows
    moved = any(row.match == "moved" for row in rows)
    times = Counter(row.key for row in rows)
    texts = {fold(_words(listing, line)[1]) for line in issued.values()}

    def doubtful(row: Answered) -> bool:
        """Whether something speaks of sorting that left the key on this row."""
        own = tuple(map(fold, matching.words(str(row.key))))
        ref, text = map(fold, row.words)
        elsewhere = text != own[1] and (text in texts or listing.group == listing.ref)
        return own != (ref, text) and (moved or times[row.key] > 1 or elsewhere)

    return [replace(row, match="mixed") if row.number in changed and doubtful(row) else row for row in rows]


def _headings_again(table: Table, row: int) -> bool:
    """Whether a row repeats the headings, as where a table was pasted below another."""
    cells = table.sheet.rows[row]
    same = sum(place in cells and _names(str(cells[place].value), c) for place, c in table.columns.items())
    return same > len(table.columns) / 2


def _names(text: str, column: ReturnColumn) -> bool:
    """Whether a text is the heading of a column, in whatever words for levels."""
    return fold(text) in map(fold, (column.title, *column.known_as))


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
        self._words: dict[str, tuple[str, str]] = {}

    def words(self, key: str) -> tuple[str, str]:
        """The reference and text with which a row went out, by its key."""
        if key not in self._words:
            self._words[key] = _words(self._listing, self._issued[key])
        return self._words[key]

    def of(self, row_key: RowKey | None, ref: str, text: str) -> tuple[str | None, Match]:
        """The plan's row, and how it was found.

        A key that sorting left on another row shows by its check characters.
        """
        line = self._issued.get(row_key.key) if row_key else None
        if row_key is None or line is None:
            known = self._known(ref, text)
            return (known, "lost") if known else (None, "new")
        own_ref, own_text = self.words(row_key.key)
        by_key: Match = "key" if self._went_out(row_key, own_ref, own_text) else "other"
        if (own_ref, own_text) == (ref, text) or row_key.fits(self._export, ref, text):
            return row_key.key, by_key
        known = self._known(ref, text)
        if known == row_key.key or (known is None and (fold(own_ref) == fold(ref) or fold(own_text) == fold(text))):
            return row_key.key, by_key
        return known, "moved"

    def _went_out(self, row_key: RowKey, ref: str, text: str) -> bool:
        """Whether a key went out in this export, with its row's words; of each revision one is looked at closely.

        A row of which a word was removed for good is believed by its key alone: with which words it went out is gone.
        """
        if row_key.revision not in self._own_revisions and row_key.fits(self._export, ref, text):
            self._own_revisions.add(row_key.revision)
        return row_key.revision in self._own_revisions or bool(numbers_in(f"{ref} {text}"))

    def _known(self, ref: str, text: str) -> str | None:
        return self._by_words.get((fold(ref), fold(text)))

    @cached_property
    def _by_words(self) -> dict[tuple[str, str], str]:
        """The rows that went out by their words; two that read alike are told apart by no words, and left out."""
        keys_of: dict[tuple[str, str], list[str]] = {}
        for key in self._issued:
            ref, text = self.words(key)
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


def totals(table: Table) -> list[int]:
    """The rows that hold totals of those above them: they are no answer to anything."""
    return [row for row in table.rows if table.key_of(row) is None and table.is_totals(row)]


def _said(cell: SheetCell | None) -> str:
    if cell is None:
        return ""
    number = isinstance(cell.value, float) and cell.value == int(cell.value)
    return str(int(cell.value)) if number else str(cell.value).strip()


def missing(table: Table, plan: PlanFacts) -> list[ReturnColumn]:
    """The columns to be filled in that the table lacks, and should not."""
    there = {column.field for column in table.columns.values()}
    columns = table.listing.columns_for(plan.years, plan.roles)
    wanted = [column for column in columns if column.editable and not column.optional]
    return [column for column in wanted if column.field not in there]
