"""The rows of an extract, read through a mapping of its columns, a block at a time.

A row that cannot be read is named with its cell and why; it is never read as something that it may have meant. What
stands in many cells alike is read once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress, repeat
from typing import Any, NamedTuple, cast

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.results import NO_FIGURE
from spp_desktop.returns.blocks import BlockCell
from spp_desktop.returns.column_mapping import PERIOD_ROLES, ColumnMapping, Role, filtered
from spp_desktop.returns.known_terms import bare, text_sort
from spp_desktop.returns.row_cells import Absent, Known, Unread, readable, states, texts
from spp_desktop.returns.row_periods import DaySpan
from spp_desktop.returns.row_results import FIGURES, NO_FIGURES, POSITIVE, BlockResults, RowFigures, RowResult
from spp_desktop.returns.sheet_tables import cell_sort, is_known

__all__ = ["Batch", "BlockReader", "ExtractedResult", "Known", "Unread"]

_KEYS: tuple[Role, ...] = ("indicator", "area", "population")
_WANTED: dict[Role, str] = {"indicator": "indicator", "area": "area", "population": ""}


class ExtractedResult(NamedTuple):
    """One result as an extract gives it: its figures, of what it is, and where it stands. Days are ISO texts."""

    indicator: str
    area: str
    population: str
    first: str
    last: str
    value: float | None
    numerator: float | None
    denominator: float | None
    sample_size: float | None
    design_effect: float | None
    state: str
    row: int
    column: int


@dataclass
class Batch:
    """Rows of a file: what was read, what was not and where, and how many rows had no figure at all.

    Attributes:
        lines: What was read; it may be gone through once, and the rest is whole only then.
        unread: Rows, and cells of them, that cannot be read.
        rows: All rows.
        empty: Those without any figure, by number.
        hidden: Those that a filter or a hand has hidden, which come in like others.
        aside: Those that are not among the rows that are meant.
        totals: Those that sum up others, where rows are added up, by number.
        below: Those of another table, which begins with a row of headings of its own, by number.
        headings: Those that say the headings again.
        absent: Signs that stand where no figure does, and how many of each.
        absent_at: Where each of these stands first: row and column.
    """

    lines: Iterable[ExtractedResult | tuple[Any, ...]] = ()
    unread: list[tuple[int, Unread]] = field(default_factory=list)
    rows: int = 0
    empty: list[int] = field(default_factory=list)
    hidden: int = 0
    aside: int = 0
    totals: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    headings: int = 0
    absent: Counter[Absent] = field(default_factory=Counter)
    absent_at: dict[Absent, tuple[int, int]] = field(default_factory=dict)


class BlockReader:
    """Reads the blocks of one sheet.

    Args:
        mapping: What its columns hold; a period or an area "as titled" is said in it by now.
        headings: Its headings.
        first_year: The first year of the plan; periods far from it are taken for slips of the keyboard.
        last_row: The last row of the table, where that is known; 0 where it is not.

    Attributes:
        columns: The columns that a block must hold, in this order.
        texts: Those of them whose numbers are wanted as their cells show them.
    """

    def __init__(self, mapping: ColumnMapping, headings: Sequence[str], first_year: int, last_row: int = 0) -> None:
        placed = mapping.placed(headings, mapping.period)
        self._roles = placed.columns
        self._headings = headings
        self._only = [
            (filtered(mapping, headings)[name], frozenset(map(fold, wanted)))
            for name, wanted in mapping.only
            if name in filtered(mapping, headings)
        ]
        self._parts = _parts_beside(mapping, headings) if mapping.sums else []
        used = {*placed.columns.values(), *placed.figures, *(place for place, _ in self._only), *self._parts}
        self.columns = tuple(sorted(used))
        self._at = {place: n for n, place in enumerate(self.columns)}
        keys = [placed.columns[role] for role in _KEYS if role in placed.columns]
        self.texts = tuple({*keys, *(place for place, _ in self._only)})
        self._state = mapping.state
        self._said = {role: Known(texts(placed.columns.get(role, 0), wanted)) for role, wanted in _WANTED.items()}
        self._states = Known(states(placed.columns.get("state", 0), mapping.state))
        self._results = [RowResult(of, mapping, placed.columns, self._at, first_year) for of in placed.results]
        self._filled = self._blank_like_above(mapping)
        self._last: dict[int, BlockCell] = {}
        self._last_row, self._before, self._ended = last_row, 0, False
        self._is_total = Known(_is_total)
        self._is_meant = [Known(partial(_is_among, wanted)) for _, wanted in self._only]

    def _blank_like_above(self, mapping: ColumnMapping) -> list[int]:
        """The places in a block of columns whose blank cells say the same as those above them."""
        roles = (*_KEYS, *PERIOD_ROLES)
        named_so = [place for role, place in self._roles.items() if role in roles]
        return [self._at[place] for place in (*named_so, *(place for place, _ in self._only))] if mapping.blanks else []

    def read(self, block: dict[str, Any]) -> Batch:
        """What the rows of a block say."""
        batch = Batch(rows=len(block["rows"]), hidden=block["hidden"])
        cells, rows = self._meant(block["cells"], block["rows"], batch)
        keys = [self._column(self._said[role], role, cells, len(rows)) for role in _KEYS]
        stated = self._column(self._states, "state", cells, len(rows)) or [self._state] * len(rows)
        read = [result.read(cells, len(rows)) for result in self._results]
        if len(read) == 1 and self._whole([*(column for column in keys if column), stated], read[0]):
            batch.lines = self._plain_lines(keys, read[0], stated, rows)
            self._before = rows[-1] if rows else self._before
        else:
            batch.lines = self._lines(batch, rows, keys, stated, read)
        return batch

    # Which rows are meant

    def _meant(
        self, cells: list[list[BlockCell]], rows: Sequence[int], batch: Batch
    ) -> tuple[list[list[BlockCell]], Sequence[int]]:
        """The cells of the rows that are meant, blanks filled; the others are counted."""
        for place in self._filled:
            cells[place] = self._carried(place, cells[place])
        if self._last_row and rows and rows[-1] > self._last_row:
            batch.below += [row for row in rows if row > self._last_row]
            cells, rows = _kept(cells, rows, [row <= self._last_row for row in rows])
        for (place, _), meant in zip(self._only, self._is_meant, strict=True):
            keep = list(map(meant.__getitem__, cells[self._at[place]]))
            batch.aside += len(keep) - sum(keep)
            cells, rows = _kept(cells, rows, keep)
        for place in self._parts if rows else ():
            totals = list(map(self._is_total.__getitem__, cells[self._at[place]]))
            if any(totals):
                batch.totals += compress(rows, totals)
                cells, rows = _kept(cells, rows, [not total for total in totals])
        return cells, rows

    def _carried(self, place: int, column: list[BlockCell]) -> list[BlockCell]:
        """A column with its blanks filled from above, also from the block before."""
        last, filled = self._last.get(place), []
        for cell in column:
            last = cell if cell is not None else last
            filled.append(last)
        self._last[place] = last
        return filled

    def _column(self, known: Known, role: Role, cells: list[list[BlockCell]], count: int) -> list[Any]:
        """What the cells of a column say; nothing, where there is no such column."""
        if role not in self._roles:
            return [] if role == "state" else [""] * count
        return list(map(known.__getitem__, cells[self._at[self._roles[role]]]))

    # Rows that are whole, all together

    def _whole(self, texts_and_states: Sequence[list[Any]], read: "BlockResults") -> bool:
        """Whether all rows are whole, so that none need be looked at by itself."""
        if self._ended or not read.spans or any(set(map(type, column)) != {str} for column in texts_and_states):
            return False
        used = [column for role, column in zip(FIGURES, read.figures, strict=True) if role in read.result.places]
        if set(map(type, read.spans)) != {tuple} or any(set(map(type, column)) != {float} for column in used):
            return False
        above_nought = [column for role, column in zip(FIGURES, read.figures, strict=True)
                        if role in read.result.places and role in POSITIVE]  # fmt: skip
        available = NO_FIGURE.isdisjoint(texts_and_states[-1])
        return available and all(min(column) > 0 for column in above_nought)

    def _plain_lines(
        self, keys: Sequence[list[Any]], read: "BlockResults", stated: list[str], rows: Sequence[int]
    ) -> Iterator[tuple[Any, ...]]:
        firsts, lasts = zip(*read.spans, strict=True)
        of = read.result.of
        indicators = [of.indicator] * len(rows) if of.indicator else keys[0]
        areas = [of.area] * len(rows) if of.area else keys[1]
        marked = [of.state] * len(rows) if of.state else stated
        return zip(
            indicators, areas, keys[2], firsts, lasts, *read.figures, marked, rows, repeat(read.result.place),
            strict=False,
        )  # fmt: skip

    # Rows one by one

    def _lines(
        self,
        batch: Batch,
        rows: Sequence[int],
        key_columns: Sequence[list[Any]],
        stated: list[Any],
        read: Sequence["BlockResults"],
    ) -> Iterator[tuple[Any, ...]]:
        """Each result that can be read, as a ``ExtractedResult`` is made; what cannot is counted and named."""
        for n, row in enumerate(rows):
            here = [results.of_row(n) for results in read]
            if self._ended or (self._is_headed(here) and self._other_table(row, here)):
                self._ended = True
                batch.below.append(row)
                continue
            before, self._before = self._before, row
            if before + 1 == row and self._is_headed(here):
                batch.headings += 1
                continue
            keys, state = [column[n] for column in key_columns], stated[n]
            given = [result for result in here if not result.blank]
            if not given and state in NO_FIGURE:
                given = here[:1]
            if not given:
                batch.empty.append(row)
            elif unread := _wrong_row(keys, state, given):
                batch.unread.append((row, unread))
            else:
                yield from self._results_of(batch, row, keys, state, given)

    def _results_of(
        self, batch: Batch, row: int, keys: Sequence[Any], state: str, given: Sequence["RowFigures"]
    ) -> Iterator[tuple[Any, ...]]:
        indicator, area, population = keys
        for figures in given:
            of, place = figures.result.of, figures.result.place
            whose = of.indicator or indicator, of.area or area, population, *cast("DaySpan", figures.span)
            absent = figures.absence
            if absent is not None:
                batch.absent[absent] += 1
                batch.absent_at.setdefault(absent, (row, place))
                if absent.why != "not applicable":
                    yield (*whose, *NO_FIGURES, None, absent.why, row, place)
            elif (unread := figures.wrong(state)) is not None:
                batch.unread.append((row, unread))
            else:
                yield (*whose, *figures.values, figures.state or of.state or state, row, place)

    def _is_headed(self, here: Sequence["RowFigures"]) -> bool:
        """Whether a row says headings: under figures nothing but words, one of them such as head a column."""
        words = [cell for figures in here for cell in figures.cells if cell is not None]
        if not words or any(not isinstance(cell, str) or cell_sort(cell) != "text" for cell in words):
            return False
        if any(not isinstance(figures.span, Unread) and figures.result.spans_by_row for figures in here):
            return False
        return any(is_known(str(cell)) for cell in words)

    def _other_table(self, row: int, here: Sequence["RowFigures"]) -> bool:
        """Whether such a row heads another table, and does not only say the same headings again."""
        own = [bare(self._headings[place - 1]) for figures in here for place in figures.result.places.values()]
        texts = [bare(str(cell)) for figures in here for cell in figures.cells if cell is not None]
        same = all(any(text == heading or heading.endswith(f": {text}") for heading in own) for text in texts)
        return not (same and row == self._before + 1)


def _wrong_row(keys: Sequence[Any], state: Any, given: Sequence[RowFigures]) -> Unread | None:
    """Why none of a row's results can be read; ``None`` if some can. A single result's own faults come first."""
    if len(given) == 1 and given[0].absence is None and (unread := given[0].wrong("")):
        return unread
    spans = [figures.span for figures in given]
    return next((part for part in (*keys, *spans, state) if isinstance(part, Unread)), None)


def _is_total(cell: BlockCell) -> bool:
    return isinstance(cell, str) and text_sort(str(readable(cell, 0))) == "total"


def _is_among(wanted: frozenset[str], cell: BlockCell) -> bool:
    return fold(str(readable(cell, 0))) in wanted


def _parts_beside(mapping: ColumnMapping, headings: Sequence[str]) -> list[int]:
    """The columns of words that say of what parts rows are which are added up: all that hold nothing else."""
    placed = mapping.placed(headings, mapping.period)
    used = {*placed.columns.values(), *placed.figures, *filtered(mapping, headings).values()}
    return [place for place, heading in enumerate(headings, 1) if place not in used and heading.strip()]


def _kept(
    cells: list[list[BlockCell]], rows: Sequence[int], keep: Sequence[bool]
) -> tuple[list[list[BlockCell]], list[int]]:
    return [list(compress(column, keep)) for column in cells], list(compress(rows, keep))
