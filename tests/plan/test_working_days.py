"""Working days, by the bank holidays of England and Wales, among them those that were days for once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.working_days import is_bank_holiday, is_working_day, working_days_from

FOR_ONCE = (
    date(2011, 4, 29), date(2012, 6, 4), date(2012, 6, 5), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19),
    date(2023, 5, 8),
)  # fmt: skip
"""By royal proclamation: a wedding, two jubilees, a funeral, a coronation."""


@pytest.mark.parametrize("day", FOR_ONCE)
def test_days_for_once_are_no_working_days(day: date) -> None:
    assert is_bank_holiday(day)
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2012, 5, 28), date(2022, 5, 30), date(2020, 5, 4)])
def test_days_that_were_moved_away_are_working_days(day: date) -> None:
    assert is_working_day(day)


def test_the_bank_holidays_of_a_usual_year() -> None:
    found = [day for n in range(365) if is_bank_holiday(day := date(2009, 1, 1) + timedelta(days=n))]
    assert [f"{day:%d %b}" for day in found if day.weekday() < 5] == [
        "01 Jan", "10 Apr", "13 Apr", "04 May", "25 May", "31 Aug", "25 Dec", "28 Dec",
    ]  # fmt: skip


def test_no_day_of_scotland_or_ireland() -> None:
    assert is_working_day(date(2009, 1, 2))
    assert is_working_day(date(2009, 3, 17))
    assert is_working_day(date(2009, 7, 13))


def test_over_a_weekend_with_a_bank_holiday() -> None:
    assert working_days_from(date(2011, 4, 28), 1) == date(2011, 5, 3)
    assert working_days_from(date(2011, 5, 3), -1) == date(2011, 4, 28)
    assert working_days_from(date(2008, 6, 30), 10) == date(2008, 7, 14)
    assert working_days_from(date(2008, 12, 25), 0) == date(2008, 12, 25)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    behind = working_days_from(day, count)
    between = [day + timedelta(days=n) for n in range(1, (behind - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(behind)
