"""One row of an extract after another, read through a mapping of its columns.

A row that cannot be read is named with its cell and why; it is never read as something that it may have meant. Periods
and numbers that stand in many rows are read once.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from spp_desktop.plan.periods import month_end
from spp_desktop.returns.column_mapping import FIGURE_ROLES, ColumnMapping, Role
from spp_desktop.returns.days import NoDay, day_of_text
from spp_desktop.returns.numbers import NoNumber, number_of_text
from spp_desktop.returns.period_text import (
    NoPeriod,
    PeriodColumn,
    period_of_day,
    period_of_parts,
    period_of_text,
)
from spp_desktop.returns.words import fold

_MOST_KNOWN = 50_000
_EXACT_DIGITS, _ISO_DAY, _SHOWN = 12, 10, 40
_PLAIN = 2
"""Of so many parts is a cell of a record that holds a text and nothing else."""

_STATES = {
    "provisional": "provisional", "prov": "provisional", "p": "provisional", "final": "final", "f": "final",
    "revised": "revised", "r": "revised", "not available": "not available",
}  # fmt: skip
_YEARS_BEFORE, _YEARS_AFTER = 20, 10

Held = dict[int, list[Any]]
"""The cells of one row of a record, by column."""

Span = tuple[str, str]
"""The first and the last day of a period, as ISO texts."""


class Line(NamedTuple):
    """One result as an extract gives it: where it stands, of what, and its figures. Days are ISO texts."""

    row: int
    column: int
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


class Unread(Exception):
    """A cell, and with it the row, that cannot be read: its column (0 for the whole row), and why in a sentence."""

    def __init__(self, column: int, said: str) -> None:
        super().__init__(said)
        self.column = column


def shown(cell: Sequence[Any]) -> str:
    """A cell of a record as a text: a day as 2008-04-01, a number with the places it has, a share in per cent."""
    if len(cell) == _PLAIN:
        return str(cell[1]).strip()
    kind, value, form = cell[1:4]
    if kind == "number":
        return f"{value * 100:.10g}%" if "%" in form else f"{value:.15g}"
    if kind == "yes/no":
        return "TRUE" if value else "FALSE"
    return str(value).strip()


def readable(cell: list[Any]) -> str:
    """A cell's text.

    Raises:
        Unread: if it holds an error, or a formula whose result is not in the file.
    """
    if len(cell) == _PLAIN:
        return cast("str", cell[1]).strip()
    if cell[1] == "error":
        raise Unread(cell[0], f"The cell holds the error {cell[2]}.")
    if cell[1] == "formula":
        raise Unread(
            cell[0], "The cell holds a formula whose result is not in the file. Open the file in Excel and save it."
        )
    return shown(cell)


class RowReader:
    """Reads the rows of one sheet.

    Args:
        mapping: What its columns hold.
        headings: Its headings.
        first_year: The first year of the plan; periods far from it are taken for slips of the keyboard.
    """

    def __init__(self, mapping: ColumnMapping, headings: Sequence[str], first_year: int) -> None:
        self._mapping = mapping
        self._periods = _Periods(mapping.placed(headings).columns, first_year)
        columns, across = mapping.placed(headings)
        self._across = [(place, period.first.isoformat(), period.last.isoformat()) for place, period in across]
        self._numbers: dict[str, float] = {}
        self._texts = tuple(columns.get(role, 0) for role in _TEXT_ROLES)
        self._figures = tuple(columns.get(role, 0) for role in (*FIGURE_ROLES, "design_effect"))

    def lines(self, row: int, held: Held) -> list[Line]:
        """What a row gives: nothing if it holds no figure.

        Raises:
            Unread: if it cannot be read.
        """
        if self._across:
            return self._lines_across(row, held)
        figures = [self._figure(held, place) if place else None for place in self._figures]
        value, above, below, size, effect = figures
        if value is None and above is None and below is None and size is None and not self._not_available(held):
            return []
        indicator, area, population, state = self._said(held)
        self._look_over(figures, state)
        first, last = self._periods.read(held)
        place = self._figures[0] or self._figures[1] or self._figures[3]
        return [Line(row, place, indicator, area, population, first, last, value, above, below, size, effect, state)]

    def _lines_across(self, row: int, held: Held) -> list[Line]:
        """The results of a row that has one under each period."""
        figures = [(place, first, last, self._figure(held, place)) for place, first, last in self._across]
        if all(value is None for *_, value in figures):
            return []
        indicator, area, population, state = self._said(held)
        if state == "not available":
            raise Unread(self._texts[3], "A result that is not available has no figure.")
        effect = self._figure(held, self._figures[-1])
        self._look_over([None, None, None, None, effect], state)
        return [
            Line(row, place, indicator, area, population, first, last, value, None, None, None, effect, state)
            for place, first, last, value in figures
            if value is not None
        ]

    def _said(self, held: Held) -> tuple[str, str, str, str]:
        """Indicator, area, population and state, as the row or the mapping says them."""
        indicator, area, population, state = self._texts
        return (
            text_of(held, indicator, "indicator") if indicator else "",
            text_of(held, area, "area") if area else "",
            shown(held[population]) if population in held else "",
            self._state(held, state),
        )

    def _state(self, held: Held, place: int) -> str:
        cell = held.get(place)
        text = "" if cell is None else readable(cell)
        if not text:
            return self._mapping.state
        if (known := _STATES.get(text) or _STATES.get(fold(text))) is None:
            raise Unread(place, f"“{text[:_SHOWN]}” is no state; write provisional, final, revised or not available.")
        return known

    def _not_available(self, held: Held) -> bool:
        place = self._texts[3]
        return place in held and fold(shown(held[place])) == "not available"

    def _figure(self, held: Held, place: int) -> float | None:
        """The number in a cell; ``None`` if it is blank.

        Raises:
            Unread: if it is none.
        """
        cell = held.get(place)
        if cell is None:
            return None
        if len(cell) == _PLAIN:
            known = self._numbers.get(cell[1])
            return self._number(place, cell[1]) if known is None else known
        if cell[1] == "number":
            value = float(cell[2])
            return float(f"{value * 100:.{_EXACT_DIGITS}g}") if "%" in cell[3] else value
        return self._number(place, readable(cell))

    def _number(self, place: int, text: str) -> float | None:
        plain = fold(text)
        if not plain:
            return None
        try:
            number = number_of_text(text.strip()[:_SHOWN], plain, may_be_share=True)
        except NoNumber as problem:
            raise Unread(place, str(problem)) from None
        if len(self._numbers) < _MOST_KNOWN:
            self._numbers[text] = number
        return number

    def _look_over(self, figures: Sequence[float | None], state: str) -> None:
        """What the figures of a result must be among themselves, as ``plan.results.check_result`` has it.

        Raises:
            Unread: if they are not.
        """
        value, above, below, size, effect = figures
        _, numerator, denominator, sample, design = self._figures
        if numerator and denominator and (above is None) != (below is None):
            place, said = (denominator, "what it is counted of") if below is None else (numerator, "what is counted")
            raise Unread(place, f"Only half of the result is there: {said} is blank.")
        for place, figure, what in (
            (denominator, below, "What it is counted of"),
            (sample, size, "The number of answers"),
            (design, effect, "The design effect"),
        ):
            if figure is not None and figure <= 0:
                raise Unread(place, f"{what} must be above 0.")
        if state == "not available" and any(one is not None for one in (value, above, below)):
            raise Unread(self._texts[3], "A result that is not available has no figure.")


_TEXT_ROLES: tuple[Role, ...] = ("indicator", "area", "population", "state")


def text_of(held: Held, place: int, what: str) -> str:
    """The text of a cell that must hold one.

    Raises:
        Unread: if it holds none.
    """
    cell = held.get(place)
    text = "" if cell is None else readable(cell)
    if not text:
        raise Unread(place, f"There is a figure, but no {what}.")
    return text


class _Periods:
    """Reads the period of a row, in the way in which its columns say it."""

    def __init__(self, columns: dict[Role, int], first_year: int) -> None:
        self._columns = columns
        self._years = range(first_year - _YEARS_BEFORE, first_year + _YEARS_AFTER)
        self._known: dict[int, dict[Any, Span]] = defaultdict(dict)
        self.read = self._way()

    def _way(self) -> Callable[[Held], Span]:
        columns = self._columns
        if "from" in columns and "to" in columns:
            return self._from_to
        part: Role | None = next((role for role in ("month", "quarter") if role in columns), None)
        if "year" in columns and part is not None:
            return self._of_parts(columns["year"], columns[part], cast("PeriodColumn", part))
        role: Role | None = next((role for role in ("month", "quarter", "year", "period") if role in columns), None)
        if role is None:
            return lambda _: ("", "")
        return self._of_one(columns[role], "any" if role == "period" else cast("PeriodColumn", role))

    def _of_one(self, place: int, kind: PeriodColumn) -> Callable[[Held], Span]:
        """A reader of periods that stand in one cell."""
        known = self._known[place]

        def read(held: Held) -> Span:
            cell = held.get(place)
            if cell is None:
                raise Unread(place, "There is a figure, but no period.")
            key = cell[1] if len(cell) == _PLAIN else tuple(cell[1:3])
            found = known.get(key)
            return found or self._remember(known, key, place, self._bounds(cell, kind))

        return read

    def _bounds(self, cell: list[Any], kind: PeriodColumn) -> tuple[date, date]:
        text = readable(cell)
        try:
            if len(cell) > _PLAIN and cell[1] == "date":
                return period_of_day(date.fromisoformat(text[:_ISO_DAY]), kind)
            return period_of_text(text, kind)
        except NoPeriod as problem:
            raise Unread(cell[0], str(problem)) from None

    def _of_parts(self, year: int, part: int, kind: PeriodColumn) -> Callable[[Held], Span]:
        """A reader of periods whose year, and whose month or quarter, stand in two cells."""
        known = self._known[part]

        def read(held: Held) -> Span:
            key = text_of(held, year, "year"), text_of(held, part, kind)
            found = known.get(key)
            if found is not None:
                return found
            try:
                bounds = period_of_parts(*key, kind)
            except NoPeriod as problem:
                raise Unread(part, str(problem)) from None
            return self._remember(known, key, part, bounds)

        return read

    def _from_to(self, held: Held) -> Span:
        begins, ends = self._columns["from"], self._columns["to"]
        key = text_of(held, begins, "first day"), text_of(held, ends, "last day")
        known = self._known[begins]
        return known.get(key) or self._remember(
            known, key, ends, (_day(held[begins], key[0])[0], _day(held[ends], key[1])[1])
        )

    def _remember(self, known: dict[Any, Span], key: Any, place: int, bounds: tuple[date, date]) -> Span:
        """A period as ISO texts, kept for the rows that say the same.

        Raises:
            Unread: if it ends before it begins, or is far from the years of the plan.
        """
        first, last = bounds
        if last < first:
            raise Unread(place, "The period ends before it begins.")
        if first.year not in self._years or last.year not in self._years:
            raise Unread(place, f"{first:%d/%m/%Y} to {last:%d/%m/%Y} is far from the years of the plan.")
        if len(known) < _MOST_KNOWN:
            known[key] = first.isoformat(), last.isoformat()
        return first.isoformat(), last.isoformat()


def _day(cell: list[Any], text: str) -> tuple[date, date]:
    """The day in a cell, twice; the first and the last, where it holds a month."""
    if len(cell) > _PLAIN and cell[1] == "date":
        day = date.fromisoformat(text[:_ISO_DAY])
        return day, day
    try:
        day = day_of_text(text, fold(text))
    except NoDay as problem:
        try:
            first = period_of_text(text, "month").first
        except NoPeriod:
            raise Unread(cell[0], str(problem)) from None
        return first, month_end(first)
    return day, day
