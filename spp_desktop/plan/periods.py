"""Years, quarters and months: the periods a plan is made and reported in.

The financial year of English and Welsh police bodies runs from 1 April to 31 March; a plan may have years that begin in
another month. As a program speaks the words of one plan at a time (``plan.spoken``), it goes by the years of one plan
at a time: ``begin_years_in`` sets them where a plan is opened or its years change. A year is kept and passed as the
calendar year in which it begins. No other module knows in which month that is.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, ParamSpec, TypeVar, cast

JANUARY, APRIL = 1, 4
PLAN_LENGTH = 3
"""Years of a policing plan: Police Act 1996 s.6ZB(1)(b), as in force on 14 March 2008."""

MOST_YEARS = 10
"""The most years that a plan may have."""

FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL = 1990, 2200
"""Outside these a "year" is a slip of the keyboard."""

YEARS_BEFORE, YEARS_AFTER = 2, 5
"""Years before and behind those of a plan in which a day may be meant without being asked about."""


P = ParamSpec("P")
T = TypeVar("T")

_first_month = APRIL
_forget: list[Callable[[], None]] = []


def begin_years_in(month: int) -> None:
    """From now on, go by years that begin in a month, 4 for April: those of the plan that is open.

    Raises:
        ValueError: if there is no such month; nothing is then changed.
    """
    global _first_month  # noqa: PLW0603 - there is one plan at a time, and a plain name is what judging reads fastest
    date(FIRST_YEAR_OF_ALL, month, 1)
    if month != _first_month:
        _first_month = month
        for forget in _forget:
            forget()


def first_month() -> int:
    """The month in which years begin now: 4 for April."""
    return _first_month


def by_calendar_years() -> bool:
    """Whether years are calendar years now."""
    return _first_month == JANUARY


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember so many of the results of a function that goes by the years, until these begin in another month."""

    def remember(function: Callable[P, T]) -> Callable[P, T]:
        """The function with its results kept until years begin in another month."""
        kept = lru_cache(maxsize=most)(function)
        _forget.append(kept.cache_clear)
        return cast("Callable[P, T]", kept)

    return remember


def year_of(day: date) -> int:
    """The calendar year in which the year of a day began."""
    return day.year if day.month >= _first_month else day.year - 1


def current_year(today: date, begins: int) -> int:
    """The calendar year in which the year of a day began, of years that begin in a month."""
    return today.year - (today.month < begins)


def year_name(year: int) -> str:
    """A year as the plan writes it: 2008 is "2008-2009", or "2008" where it is a calendar year."""
    return f"{year}" if _first_month == JANUARY else f"{year}-{year + 1}"


def years_name(first: int, years: int, begins: int | None = None) -> str:
    """So many years as one: "2008-2011" are three from April, "2009-2011" three calendar years.

    ``begins`` is the month in which they begin, where that is not the one in force.
    """
    begins = _first_month if begins is None else begins
    last = first + years - (begins == JANUARY)
    return f"{first}-{last}" if last > first else f"{first}"


def year_start(year: int) -> date:
    """The first day of a year."""
    return date(year, _first_month, 1)


def year_end(year: int) -> date:
    """The last day of a year."""
    return date(year + 1, _first_month, 1) - timedelta(days=1)


def calendar_year(year: int, month: int) -> int:
    """The calendar year in which a month of a year lies: March of 2008-2009 in 2009."""
    return year + (month < _first_month)


def years_begin(begins: int | None = None) -> str:
    """When years begin, in words: "1 April"."""
    return f"1 {_name_of_month(_first_month if begins is None else begins)}"


def in_years_of_plan(text: str) -> str:
    """Words of the program on years from April as they are of the plan's own: "From April to" is "From January to"."""
    if _first_month == APRIL:
        return text
    own = text.replace("April", _name_of_month(_first_month)).replace("(financial)", "(of the plan)")
    return own.replace("financial year", "year of the plan")


def _name_of_month(month: int) -> str:
    return f"{date(FIRST_YEAR_OF_ALL, month, 1):%B}"


def months_in_words(places: range) -> str:
    """Months by their place in the year, in words: those from 0 to 2 are "April to June"."""
    first, last = (_name_of_month((_first_month - 1 + at) % 12 + 1) for at in (places[0], places[-1]))
    return first if first == last else f"{first} to {last}"


def far_from(day: date, years: Collection[int], *, before: int = YEARS_BEFORE, after: int = YEARS_AFTER) -> str:
    """The sentence where a day is so far from a plan's years that it can hardly be meant; empty if it is not.

    ``years`` are first calendar years; of a plan whose years are not known no day is far. ``before`` and ``after`` are
    the years before and behind those of the plan in which a day may be meant.
    """
    if not years or year_start(min(years) - before) <= day <= year_end(max(years) + after):
        return ""
    return f"{day:%d/%m/%Y} is far from the years of the plan."


def quarter_of(day: date) -> int:
    """The quarter of its year that a day lies in, from 1: of years from April, 1 for April to June."""
    return ((day.month - _first_month) % 12) // 3 + 1


QUARTERS, HALVES = (1, 2, 3, 4), (1, 2)


def quarter_name(quarter: int) -> str:
    """A quarter as a return writes it: 2 is "Q2"."""
    return f"Q{quarter}"


def quarter_start(year: int, quarter: int) -> date:
    """The first day of a quarter of a year."""
    return _month_at(year, 3 * (quarter - 1), _first_month)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter of a year: 30 September for the second of a year from April."""
    return month_end(_month_at(year, 3 * quarter - 1, _first_month))


def _month_at(year: int, at: int, begins: int) -> date:
    """The first day of the month at a place, from 0, of a year that begins in a month."""
    month = begins - 1 + at
    return date(year + month // 12, month % 12 + 1, 1)


def month_name(month: int) -> str:
    """A month of a year as a return keeps it, so that they are in order: 6 is "M06", of years from April September."""
    return f"M{month:02d}"


def half_name(half: int) -> str:
    """A half of a year as a return keeps it: 1 is "H1", of years from April that to September."""
    return f"H{half}"


PERIODS: Mapping[str, tuple[str, ...]] = {
    "half": tuple(map(half_name, HALVES)),
    "quarter": tuple(map(quarter_name, QUARTERS)),
    "month": tuple(map(month_name, range(1, 13))),
}
"""The parts of a year in their order, by what they are: "H1" and "H2", "Q1" to "Q4", "M01" to "M12"."""


def period_to_report(span: str, today: date) -> tuple[int, str]:
    """The year and the half, quarter or month (of ``PERIODS``) that ended last before a day.

    Of a year as a whole it is the one that is running, and no part of it.
    """
    year = year_of(today)
    if span not in PERIODS:
        return year, ""
    ended = [(of, period) for of in (year - 1, year) for period in PERIODS[span] if period_end(of, period) < today]
    return ended[-1]


def period_start(year: int, period: str) -> date:
    """The first day of a period of a year, such as "Q2" or "M06"; of the year where it is empty.

    Raises:
        ValueError: where it names no period.
    """
    return period_bounds(year, period)[0]


def period_end(year: int, period: str) -> date:
    """The last day of a period of a year, such as "Q2" or "M06"; of the year where it is empty.

    Raises:
        ValueError: where it names no period.
    """
    return period_bounds(year, period)[1]


def period_bounds(year: int, period: str, begins: int | None = None) -> tuple[date, date]:
    """The first and the last day of a period of a year that begins in a month; in that of the plan if not given.

    Raises:
        ValueError: where it names no period.
    """
    begins = _first_month if begins is None else begins
    if not period:
        at, count = 0, 12
    elif re.fullmatch(r"Q[1-4]", period):
        at, count = 3 * int(period[1:]) - 3, 3
    elif re.fullmatch(r"H[12]", period):
        at, count = 6 * int(period[1:]) - 6, 6
    elif re.fullmatch(r"M(?:0[1-9]|1[0-2])", period):
        at, count = int(period[1:]) - 1, 1
    else:
        raise ValueError(f"“{period}” is no period of a year; write it as Q2 or M06.")
    return _month_at(year, at, begins), month_end(_month_at(year, at + count - 1, begins))


def period_from_april(year: int, period: str = "") -> tuple[date, date]:
    """The first and the last day of a financial year of the public service, whatever the plan's own; or of its part.

    Raises:
        ValueError: where ``period`` names no period.
    """
    return period_bounds(year, period, APRIL)


def time_name(year: int | None, period: str, begins: int | None = None) -> str:
    """A year or a period of it as a person writes it: "2008-2009", "2008-2009 Q2", "September 2008"; "" for neither.

    A half is said by its months: "April to September 2008". ``begins`` is the month in which years began when it was
    said: a quarter of other years than now goes by its months.
    """
    if year is not None and period and (period[0] in "HM" or begins not in (None, _first_month)):
        first, last = period_bounds(year, period, begins)
        return f"{first:%B %Y}" if first.month == last.month else f"{first:%B} to {last:%B %Y}"
    return " ".join(filter(None, ("" if year is None else year_name(year), period)))


def short_year_name(year: int) -> str:
    """A year as short as it is clear, for file names: 2008 is "2008-09", or "2008" where it is a calendar year."""
    return f"{year}" if _first_month == JANUARY else f"{year}-{(year + 1) % 100:02d}"


def short_time_name(year: int | None, period: str) -> str:
    """The same as short as it is clear, for file names: "2008-09 Q2", "September 2008"."""
    name = time_name(year, period)
    return name if year is None else name.replace(year_name(year), short_year_name(year))


def month_start(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return next_month(day) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the month after a day's month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months(first: date, last: date) -> list[date]:
    """The first days of all months from one day's month to another's, both included."""
    count = months_between(first, last)
    since = first.month - 1
    return [date(first.year + (since + n) // 12, (since + n) % 12 + 1, 1) for n in range(count)]


PeriodKind = Literal["month", "quarter", "year", "rolling year", "part year", "other period"]
"""What a result is of. A part year begins as years do; twelve months that do not are a rolling year."""

_MONTHS_OF_A_QUARTER, _MONTHS_OF_A_YEAR = 3, 12


def period_kind(first: date, last: date) -> PeriodKind:
    """What sort of period two days bound, both included."""
    if first.day != 1 or last != month_end(last) or last < first:
        return "other period"
    count = months_between(first, last)
    if count == 1:
        return "month"
    if count == _MONTHS_OF_A_QUARTER and first == quarter_start(year_of(first), quarter_of(first)):
        return "quarter"
    if count == _MONTHS_OF_A_YEAR:
        return "year" if first.month == _first_month else "rolling year"
    return "part year" if first.month == _first_month and count < _MONTHS_OF_A_YEAR else "other period"


def months_between(first: date, last: date) -> int:
    """How many months two days' months bound, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_of_year(day: date) -> int:
    """A day's month by its place in the year: of years from April 0 for April, 11 for March."""
    return (day.month - _first_month) % 12
