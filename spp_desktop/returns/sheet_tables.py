"""The tables on a sheet, found in its first rows: where their headings are, which columns they have, what stands above.

A sheet may begin with titles, hold several tables below or beside each other, and head a table with two rows or three,
of which the upper ones reach over several columns.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds import Doubt, Rate
from spp_desktop.plan.periods import remembered
from spp_desktop.plan.shorthand import absence, figure_unmarked
from spp_desktop.returns.headings import across, joined
from spp_desktop.returns.known_terms import heading_sort
from spp_desktop.returns.period_text import PeriodColumn

Rows = Sequence[Sequence[str]]
"""Cells of rows as texts, empty ones too."""

DEEPEST = 3
"""Rows of headings that a table may have."""

_LOOKED_BELOW = 12
_MOST_TABLES = 24
_YEARS = range(1900, 2101)
_YEAR_DIGITS, _MONTH_DIGITS, _LAST_MONTH = 4, 6, 12
_FIGURE = Rate()

_ANY_PERIOD: tuple[PeriodColumn, ...] = ("any", "calendar year", "month", "year")

CellSort = Literal["", "text", "figure", "when"]
"""What a cell is at first sight: nothing, words, a figure or a sign for none, a number that may be a year or month."""


@dataclass(frozen=True)
class SheetTable:
    """A table as its beginning is seen.

    Attributes:
        at: The place of its last row of headings among the rows that were looked at.
        depth: How many rows of headings it has.
        headings: The heading of each column; "" outside of the table.
        body: The rows below that are its own, as far as they were looked at.
        above: What is said above it.
    """

    at: int
    depth: int
    headings: tuple[str, ...]
    body: tuple[tuple[str, ...], ...] = ()
    above: tuple[str, ...] = ()

    def column(self, place: int) -> list[str]:
        """The texts of a column of the body, counted from 0, without blanks."""
        return [row[place] for row in self.body if place < len(row) and row[place].strip()]

    @property
    def known(self) -> int:
        """How many of its headings are known terms or periods."""
        return known_headings(self.headings)


class _TablePlace(NamedTuple):
    at: int
    depth: int


@lru_cache(maxsize=16384)
def cell_sort(text: str) -> CellSort:
    """What a cell is at first sight."""
    bare = text.strip()
    if not bare:
        return ""
    if bare.isdigit() and len(bare) in (_YEAR_DIGITS, _MONTH_DIGITS) and int(bare[:_YEAR_DIGITS]) in _YEARS:
        month = bare[_YEAR_DIGITS:]
        if not month or 1 <= int(month) <= _LAST_MONTH:
            return "when"
    if absence(bare) or not isinstance(_FIGURE.read(figure_unmarked(bare).text), Doubt):
        return "figure"
    return "text"


@remembered(16384)
def is_known(heading: str) -> bool:
    """Whether a heading is a known term, or has a period in it."""
    return bool(heading_sort(heading)) or any(across(heading, column) for column in _ANY_PERIOD)


def known_headings(headings: Iterable[str]) -> int:
    """How many of these headings are known terms or periods."""
    return sum(is_known(heading) for heading in headings if heading.strip())


def _worth(heading: str) -> int:
    """What a heading says of its figures: a period is more than a known term, and both are more than one."""
    if not heading.strip():
        return 0
    within = next(filter(None, (across(heading, column) for column in _ANY_PERIOD)), None)
    return bool(heading_sort(heading)) if within is None else 2 + bool(within.label and heading_sort(within.label))


def heading_texts(rows: Rows, at: int, depth: int) -> tuple[str, ...]:
    """The headings of the rows that end with this one.

    A text in an upper row reaches to the right over columns that have a heading below it and none of their own.
    """
    whole = rows[max(0, at - depth + 1) : at + 1]
    width = max(map(len, whole), default=0)
    cells = [[row[place] if place < len(row) else "" for place in range(width)] for row in whole]
    for n, row in enumerate(cells[:-1]):
        below = cells[n + 1 :]
        reaching = ""
        for place in range(width):
            headed = any(lower[place].strip() for lower in below)
            if row[place].strip():
                reaching = row[place] if headed else ""
            elif headed:
                row[place] = reaching
    return tuple(joined([row[place] for row in cells]) for place in range(width))


def table_at(rows: Rows, at: int, depth: int = 1, numbers: Sequence[int] = ()) -> SheetTable:
    """The table whose headings end with this row, whatever they look like."""
    above = [text for row in rows[: max(0, at - depth + 1)] for text in row if text.strip()]
    return _Finder(rows, numbers).table(_TablePlace(at, depth), above)


def tables(rows: Rows, numbers: Sequence[int] = ()) -> list[SheetTable]:
    """The tables of a sheet, from its first rows; ``numbers`` are those of the rows in the file."""
    finder = _Finder(rows, numbers)
    tables: list[SheetTable] = []
    end = 0
    while len(tables) < _MOST_TABLES and (place := finder.next_place(end)) is not None:
        begins = place.at - place.depth + 1
        above = [text.strip() for row in rows[end:begins] for text in row if text.strip()]
        whole = finder.table(place, above)
        end = place.at + 1 + len(whole.body)
        tables += _beside(whole)
    return tables


class _Finder:
    """Finds where tables begin and end in the rows of a sheet; what is found of a row is found once."""

    def __init__(self, rows: Rows, numbers: Sequence[int]) -> None:
        self._rows, self._numbers = rows, numbers
        sorts = [[cell_sort(text) for text in row] for row in rows]
        self._filled = [[place for place, sort in enumerate(row) if sort] for row in sorts]
        self._words = [{place for place, sort in enumerate(row) if sort == "text"} for row in sorts]
        self._figures = [{place for place, sort in enumerate(row) if sort in ("figure", "when")} for row in sorts]
        self._whens = [[place for place, sort in enumerate(row) if sort == "when"] for row in sorts]
        self._below = [self._figures_below(at) for at in range(len(rows))]
        self._starts = [at for at in range(len(rows)) if self._may_head(at)]

    def table(self, place: _TablePlace, above: Sequence[str]) -> SheetTable:
        """The table whose headings stand at a place."""
        body = self._rows[place.at + 1 : self._end(place.at)]
        return SheetTable(
            place.at, place.depth, heading_texts(self._rows, *place), tuple(map(tuple, body)), tuple(above)
        )

    def next_place(self, begin: int) -> _TablePlace | None:
        """Where the headings of the next table end, and how many rows they are."""
        first = next((at for at in self._starts if at >= begin), None)
        if first is None:
            return None
        last = first
        while last + 1 in self._starts:
            last += 1
        places = [
            _TablePlace(at, depth)
            for at in range(first, last + 1)
            if at == last or not self._is_title(at)
            for depth in range(1, DEEPEST + 1)
            if at - depth + 1 >= begin and self._is_one_heading(at, depth)
        ]
        return max(places, key=lambda place: (*self._merit(place), -place.depth, -place.at), default=None)

    def _merit(self, place: _TablePlace) -> tuple[int, int]:
        """How much headings say, less for each that stands twice; and over how many columns of figures they stand."""
        headings = heading_texts(self._rows, *place)
        twice = sum(count - 1 for heading, count in Counter(headings).items() if heading.strip())
        over = sum(bool(heading.strip()) for n, heading in enumerate(headings) if n in self._below[place.at])
        return sum(map(_worth, headings)) - 2 * twice, over

    def _may_head(self, at: int) -> bool:
        """Whether a row may be the last one of headings: words or periods, of which one at least is over figures."""
        headed, whens = self._filled[at], self._whens[at]
        if not headed or self._figures[at] - set(whens) or not _in_turn([int(self._rows[at][n]) for n in whens]):
            return False
        if (len(whens) == len(headed) > 1 and headed[0] == 0) or self._below[at].isdisjoint(headed):
            return False
        return len(headed) > 1 or (headed[0] > 0 and is_known(self._rows[at][headed[0]]))

    def _figures_below(self, at: int) -> set[int]:
        """The columns in which the first rows below a row hold figures, up to what may be other headings."""
        places: set[int] = set()
        for below in range(at + 1, min(at + 1 + _LOOKED_BELOW, len(self._rows))):
            here = self._figures[below]
            if places & self._words[below] and not here & places:
                break
            places |= here
        return places

    def _is_one_heading(self, at: int, depth: int) -> bool:
        """Whether the rows that end with this one may be one heading: next to each other, and none of them a title."""
        for upper in range(at - depth + 1, at):
            figures = self._figures[upper] - set(self._whens[upper])
            if self._gap_below(upper) or not self._filled[upper] or self._filled[upper] == [0] or figures:
                return False
        return True

    def _is_title(self, at: int) -> bool:
        """Whether a row above other headings is a title that commas part: no term begins it, and a gap follows."""
        return self._gap_below(at) and self._filled[at][0] == 0 and not is_known(self._rows[at][0])

    def _gap_below(self, at: int) -> bool:
        """Whether blank rows follow a row."""
        return bool(self._numbers) and self._numbers[at + 1] - self._numbers[at] > 1

    def _end(self, at: int) -> int:
        """Where the body of a table ends: at the titles and headings of the next one."""
        for start in self._starts:
            if start < at + 2:
                continue
            begins = start
            while begins - 1 > at and len(self._filled[begins - 1]) == len(self._words[begins - 1]) == 1:
                begins -= 1
            row = self._rows[start]
            over = [row[place] for place in self._below[start] if place < len(row)]
            apart = self._gap_below(begins - 1) or begins < start
            if known_headings(over) and (apart or known_headings(row[place] for place in self._words[start]) > 1):
                return begins
        return len(self._rows)


def _in_turn(whens: Sequence[int]) -> bool:
    """Whether years or months follow one another, be it several times over, as figures hardly do."""
    turns = max((whens.count(when) for when in whens), default=1)
    once = list(whens[: len(whens) // turns])
    in_order = once in (sorted(set(once)), sorted(set(once), reverse=True))
    return in_order and list(whens) == once * turns


def _beside(whole: SheetTable) -> Iterator[SheetTable]:
    """The tables that stand side by side, parted by empty columns: each begins with a column of words."""
    width = max(len(whole.headings), *(len(row) for row in whole.body), 1)
    used = [
        bool((whole.headings[place] if place < len(whole.headings) else "").strip() or whole.column(place))
        for place in range(width)
    ]
    begins = [0]
    begins += [
        place
        for place in range(1, width)
        if used[place] and not used[place - 1] and any(used[:place]) and _begins_table(whole, place, used)
    ]
    for first, following in zip(begins, [*begins[1:], width], strict=True):
        headings, *body = (_within(row, first, following) for row in (whole.headings, *whole.body))
        yield SheetTable(whole.at, whole.depth, headings, tuple(body), whole.above)


def _within(row: Sequence[str], first: int, following: int) -> tuple[str, ...]:
    """A row with nothing outside of these columns."""
    return tuple(text if first <= place < following else "" for place, text in enumerate(row))


def _begins_table(whole: SheetTable, place: int, used: Sequence[bool]) -> bool:
    """Whether a column is one of words beside which figures follow."""
    words = [cell_sort(text) == "text" for text in whole.column(place)]
    end = next((n for n in range(place, len(used)) if not used[n]), len(used))
    figures = any(cell_sort(text) == "figure" for n in range(place + 1, end) for text in whole.column(n))
    return bool(words) and all(words) and figures
