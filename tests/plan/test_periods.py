"""Financial years, quarters and months, by values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan import periods
from spp_desktop.plan.identity import Plan, period_name, years_of

DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2008, 3, 31), 2007, 4),
        (date(2008, 4, 1), 2008, 1),
        (date(2008, 6, 30), 2008, 1),
        (date(2008, 7, 1), 2008, 2),
        (date(2008, 9, 30), 2008, 2),
        (date(2008, 10, 1), 2008, 3),
        (date(2008, 12, 31), 2008, 3),
        (date(2009, 1, 1), 2008, 4),
        (date(2008, 2, 29), 2007, 4),
    ],
)
def test_the_year_and_quarter_of_a_day(day: date, year: int, quarter: int) -> None:
    assert (periods.year_of(day), periods.quarter_of(day)) == (year, quarter)


@pytest.mark.parametrize(
    ("year", "period", "days", "said", "short"),
    [
        (2008, "", (date(2008, 4, 1), date(2009, 3, 31)), "2008-2009", "2008-09"),
        (2008, "Q2", (date(2008, 7, 1), date(2008, 9, 30)), "2008-2009 Q2", "2008-09 Q2"),
        (2008, "M01", (date(2008, 4, 1), date(2008, 4, 30)), "April 2008", "April 2008"),
        (2007, "M11", (date(2008, 2, 1), date(2008, 2, 29)), "February 2008", "February 2008"),
        (2008, "M12", (date(2009, 3, 1), date(2009, 3, 31)), "March 2009", "March 2009"),
    ],
)
def test_a_period_of_a_year(year: int, period: str, days: tuple[date, date], said: str, short: str) -> None:
    assert (periods.period_start(year, period), periods.period_end(year, period)) == days
    assert (periods.time_name(year, period), periods.short_time_name(year, period)) == (said, short)
    if period.startswith("M"):
        assert periods.month_name(periods.month_of_year(days[0]) + 1) == period


@pytest.mark.parametrize("period", ["Q0", "Q5", "M00", "M13", "M1", "q2", "September", "Q2 "])
def test_no_other_text_is_a_period(period: str) -> None:
    with pytest.raises(ValueError, match="is no period of a year"):
        periods.period_end(2008, period)


def test_the_whole_plan_has_no_time() -> None:
    assert periods.time_name(None, "") == periods.short_time_name(None, "") == ""


@given(DAYS)
def test_a_day_lies_in_its_year_and_month(day: date) -> None:
    year = periods.year_of(day)
    assert periods.year_start(year) <= day <= periods.year_end(year)
    assert periods.month_start(day) <= day <= periods.month_end(day)
    assert periods.month_end(day) + timedelta(days=1) == periods.next_month(day)
    assert periods.next_month(day).day == 1


def test_the_ends_of_a_year() -> None:
    assert periods.year_start(2008) == date(2008, 4, 1)
    assert periods.year_end(2008) == date(2009, 3, 31)
    assert periods.month_end(date(2008, 2, 3)) == date(2008, 2, 29)
    assert periods.month_end(date(2008, 12, 3)) == date(2008, 12, 31)


def test_months() -> None:
    assert periods.months(date(2008, 11, 15), date(2009, 2, 1)) == [
        date(2008, 11, 1),
        date(2008, 12, 1),
        date(2009, 1, 1),
        date(2009, 2, 1),
    ]
    assert periods.months(date(2008, 4, 30), date(2008, 4, 1)) == [date(2008, 4, 1)]
    assert periods.months(date(2008, 5, 1), date(2008, 4, 30)) == []
    assert len(periods.months(periods.year_start(2008), periods.year_end(2008))) == 12


@pytest.mark.parametrize(
    ("years", "name", "all_years"),
    [(3, "2008-2011", [2008, 2009, 2010]), (1, "2008-2009", [2008])],
)
def test_the_years_of_a_plan(years: int, name: str, all_years: list[int]) -> None:
    plan = Plan(title="T", first_year=2008, years=years)
    assert period_name(plan) == name
    assert years_of(plan) == all_years
