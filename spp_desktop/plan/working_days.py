"""Working days: Mondays to Fridays that are no bank holiday in England and Wales.

The bank holidays are those of the library ``holidays``, which is kept up to date with what is proclaimed; among them
days for once, such as 29 April 2011. It is loaded when a day is first asked about: it takes a moment.
"""

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays.countries.united_kingdom import UnitedKingdom

    return frozenset(UnitedKingdom(subdiv="ENG", years=year))  # type: ignore[no-untyped-call]  # so it is declared


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday in England and Wales, which have the same; also where that is a weekend."""
    return day in _bank_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether a day is a Monday to Friday and no bank holiday in England and Wales."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def working_days_from(day: date, count: int) -> date:
    """The working day so many working days behind a day, or before it where ``count`` is below 0; 0 is the day itself.

    The day itself is not counted: one working day behind a Friday is the next Monday, or the Tuesday where that is a
    bank holiday.
    """
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
