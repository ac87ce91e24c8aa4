"""Financial years, quarters and months: the periods a plan is made and reported in.

The financial year of English and Welsh police bodies runs from 1 April to 31 March.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Literal

APRIL = 4
PLAN_LENGTH = 3
"""Years of a policing plan: Police Act 1996 s.6ZB(1)(b), as in force on 14 March 2008."""

FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL = 1990, 2200
"""Outside these a "year" is a slip of the keyboard."""

YEARS_BEFORE, YEARS_AFTER = 2, 5
"""Years before and behind those of a plan in which a day may be meant without being asked about."""


def year_of(day: date) -> int:
    """The calendar year in which the financial year of a day began."""
    return day.year if day.month >= APRIL else day.year - 1


def year_name(year: int) -> str:
    """The financial year as the plan writes it: 2008 is "2008-2009"."""
    return f"{year}-{year + 1}"


def year_start(year: int) -> date:
    """The first day of a financial year."""
    return date(year, APRIL, 1)


def year_end(year: int) -> date:
    """The last day of a financial year."""
    return date(year + 1, APRIL, 1) - timedelta(days=1)


def far_from(day: date, years: Collection[int], *, before: int = YEARS_BEFORE, after: int = YEARS_AFTER) -> str:
    """The sentence where a day is so far from a plan's years that it can hardly be meant; empty if it is not.

    ``years`` are first calendar years; of a plan whose years are not known no day is far. ``before`` and ``after`` are
    the years before and behind those of the plan in which a day may be meant.
    """
    if not years or year_start(min(years) - before) <= day <= year_end(max(years) + after):
        return ""
    return f"{day:%d/%m/%Y} is far from the years of the plan."


def quarter_of(day: date) -> int:
    """1 for April to June, 2 for July to September, 3 for October to December, 4 for January to March."""
    return ((day.month - APRIL) % 12) // 3 + 1


QUARTERS = (1, 2, 3, 4)


def quarter_name(quarter: int) -> str:
    """A quarter as a return writes it: 2 is "Q2"."""
    return f"Q{quarter}"


def quarter_start(year: int, quarter: int) -> date:
    """The first day of a quarter of a financial year."""
    month = APRIL + 3 * (quarter - 1)
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter of a financial year: 30 September for the second."""
    return month_end(next_month(next_month(quarter_start(year, quarter))))


def month_name(month: int) -> str:
    """A month of a financial year as a return keeps it, so that months are in order: 6 is "M06", September."""
    return f"M{month:02d}"


PERIODS: Mapping[str, tuple[str, ...]] = {
    "quarter": tuple(map(quarter_name, QUARTERS)),
    "month": tuple(map(month_name, range(1, 13))),
}
"""The parts of a financial year in their order, by what they are: "Q1" to "Q4", "M01" to "M12"."""


def period_to_report(span: str, today: date) -> tuple[int, str]:
    """The financial year and the quarter or month (of ``PERIODS``) that ended last before a day.

    Of a year as a whole it is the one that is running, and no part of it.
    """
    year = year_of(today)
    if span not in PERIODS:
        return year, ""
    ended = [(of, period) for of in (year - 1, year) for period in PERIODS[span] if period_end(of, period) < today]
    return ended[-1]


def period_start(year: int, period: str) -> date:
    """The first day of a period of a financial year, such as "Q2" or "M06"; of the year where it is empty.

    Raises:
        ValueError: where it names no period.
    """
    return _bounds(year, period)[0]


def period_end(year: int, period: str) -> date:
    """The last day of a period of a financial year, such as "Q2" or "M06"; of the year where it is empty.

    Raises:
        ValueError: where it names no period.
    """
    return _bounds(year, period)[1]


def _bounds(year: int, period: str) -> tuple[date, date]:
    if not period:
        return year_start(year), year_end(year)
    if re.fullmatch(r"Q[1-4]", period):
        quarter = int(period[1:])
        return quarter_start(year, quarter), quarter_end(year, quarter)
    if re.fullmatch(r"M(?:0[1-9]|1[0-2])", period):
        first = months(year_start(year), year_end(year))[int(period[1:]) - 1]
        return first, month_end(first)
    raise ValueError(f"“{period}” is no period of a year; write it as Q2 or M06.")


def time_name(year: int | None, period: str) -> str:
    """A year or a period of it as a person writes it: "2008-2009", "2008-2009 Q2", "September 2008"; "" for neither."""
    if year is not None and period.startswith("M"):
        return f"{period_start(year, period):%B %Y}"
    return " ".join(filter(None, ("" if year is None else year_name(year), period)))


def short_year_name(year: int) -> str:
    """The financial year as short as it is clear, for file names: 2008 is "2008-09"."""
    return f"{year}-{(year + 1) % 100:02d}"


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
"""What a result is of. A part year begins in April; twelve months that do not are a rolling year."""

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
        return "year" if first.month == APRIL else "rolling year"
    return "part year" if first.month == APRIL and count < _MONTHS_OF_A_YEAR else "other period"


def months_between(first: date, last: date) -> int:
    """How many months two days' months bound, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_of_year(day: date) -> int:
    """A day's month by its place in the financial year: 0 for April, 11 for March."""
    return (day.month - APRIL) % 12
