"""The periods of an extract's rows, in the way in which its columns, its headings or its titles say them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from spp_desktop.returns.blocks import BlockCell, parts
from spp_desktop.returns.column_mapping import PERIOD_ROLES, FigureColumns, Role
from spp_desktop.returns.period_text import (
    NoPeriod,
    Period,
    PeriodColumn,
    period_of_day,
    period_of_parts,
    period_of_text,
)
from spp_desktop.returns.row_cells import Known, Unread, day_of, readable

_ISO_DAY = 10
_YEARS_BEFORE, _YEARS_AFTER = 20, 10

DaySpan = tuple[str, str]
"""The first and the last day of a period, as ISO texts."""


class RowPeriods:
    """Reads the periods of the rows of one block after another.

    Args:
        columns: Where the columns are, counted from 1, by what they hold.
        result: The columns of the result whose period it is.
        usual: The period that the mapping gives for all rows, or the year of their months.
        first_year: The first year of the plan; periods far from it are taken for slips of the keyboard.
    """

    def __init__(self, columns: Mapping[Role, int], result: FigureColumns, usual: str, first_year: int) -> None:
        self._years = range(first_year - _YEARS_BEFORE, first_year + _YEARS_AFTER)
        self._usual = usual
        role = next((role for role in PERIOD_ROLES if role in columns), None)
        self._kind: PeriodColumn = "any" if role is None else PERIOD_ROLES[role]
        self.always: DaySpan | Unread | None = None
        self._places: tuple[int, ...] = ()
        self._year = ""
        read: Callable[[Any], Any] = self._alone
        if result.period is not None:
            self._year = _year_words(result.period)
            part = next((part for part in ("month", "quarter") if part in columns), None)
            self._places = () if part is None else (columns[cast("Role", part)],)
            read = self._of_part
        elif "from" in columns and "to" in columns:
            self._places, read = (columns["from"], columns["to"]), self._between
        elif role in ("month", "quarter", "year to date", "year ending") and "year" in columns:
            self._places, read = (columns["year"], columns[role]), self._of_parts
        elif role is not None:
            self._places = (columns[role],)
        self._known = Known(read)
        if not self._places:
            self.always = self._of_all(result.period)

    def read(self, cells: list[list[BlockCell]], at: Mapping[int, int], count: int) -> list[DaySpan | Unread]:
        """The period of each of so many rows of a block."""
        if self.always is not None:
            return [self.always] * count
        columns = [cells[at[place]] for place in self._places]
        keys: Iterable[Any] = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        return list(map(self._known.__getitem__, keys))

    def _of_all(self, period: Period | None) -> DaySpan | Unread:
        """The period of all rows."""
        try:
            return self._checked(*(period or period_of_text(self._usual)), 0)
        except NoPeriod as problem:
            return Unread(0, str(problem))

    def _alone(self, cell: BlockCell) -> DaySpan | Unread:
        """A period that stands in one cell."""
        place = self._places[0]
        text = self._wanted(cell, place, "period" if self._kind == "any" else self._kind)
        if isinstance(text, Unread):
            return text
        try:
            kind, value, _ = parts(cast("str | float", cell))
            if kind == "date":
                return self._checked(*period_of_day(date.fromisoformat(value[:_ISO_DAY]), self._kind), place)
            return self._checked(*self._of_text(text), place)
        except NoPeriod as problem:
            return Unread(place, str(problem))

    def _of_text(self, text: str) -> Period:
        """The period of a text; of a month or quarter that does not say its year, in the year of all rows.

        Raises:
            NoPeriod: with a sentence, if it says none.
        """
        try:
            return period_of_text(text, self._kind)
        except NoPeriod:
            if not self._usual:
                raise
            return period_of_parts(self._usual, text, self._kind)

    def _of_part(self, cell: BlockCell) -> DaySpan | Unread:
        """A month or quarter of the year that heads a column."""
        place = self._places[0]
        text = self._wanted(cell, place, self._kind)
        return text if isinstance(text, Unread) else self._parts(self._year, text, place)

    def _of_parts(self, key: tuple[BlockCell, BlockCell]) -> DaySpan | Unread:
        """A period whose year, and whose month or quarter, stand in two cells."""
        year = self._wanted(key[0], self._places[0], "year")
        part = self._wanted(key[1], self._places[1], self._kind)
        if isinstance(year, Unread):
            return year
        return part if isinstance(part, Unread) else self._parts(year, part, self._places[1])

    def _parts(self, year: str, part: str, place: int) -> DaySpan | Unread:
        try:
            return self._checked(*period_of_parts(year, part, self._kind), place)
        except NoPeriod as problem:
            return Unread(place, str(problem))

    def _between(self, key: tuple[BlockCell, BlockCell]) -> DaySpan | Unread:
        """A period whose first and last days stand in two cells."""
        ends: list[tuple[date, date]] = []
        for cell, place, what in zip(key, self._places, ("first day", "last day"), strict=True):
            text = self._wanted(cell, place, what)
            days = text if isinstance(text, Unread) else day_of(cast("str | float", cell), text, place)
            if isinstance(days, Unread):
                return days
            ends.append(days)
        return self._checked(ends[0][0], ends[1][1], self._places[1])

    def _wanted(self, cell: BlockCell, place: int, what: str) -> str | Unread:
        return readable(cell, place) or Unread(place, f"There is a figure, but no {what}.")

    def _checked(self, first: date, last: date, place: int) -> DaySpan | Unread:
        """A period as ISO texts, if it is near the years of the plan."""
        if last < first:
            return Unread(place, "The period ends before it begins.")
        if first.year not in self._years or last.year not in self._years:
            return Unread(place, f"{first:%d/%m/%Y} to {last:%d/%m/%Y} is far from the years of the plan.")
        return first.isoformat(), last.isoformat()


def _year_words(period: Period) -> str:
    """A year as a text beside which a month of it stands."""
    first, last = (day.year for day in period)
    return f"{first}" if first == last else f"{first}-{last}"
