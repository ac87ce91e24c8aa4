"""Years that begin in any month: what holds of all twelve, and what is known by hand of calendar years and July's."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.judging.series import place_of
from spp_desktop.figures.rag.words import period_words
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Subject
from spp_desktop.plan import periods
from spp_desktop.plan.identity import Plan, period_name
from spp_desktop.plan.kinds import Doubt, Year
from spp_desktop.plan.kinds.days import read_day
from spp_desktop.returns.period_text import (
    NoPeriod,
    PeriodColumn,
    column_of,
    period_of_parts,
    period_of_text,
    two_meanings,
)
from spp_desktop.returns.whole_table import period_words as said_again

MONTHS = st.integers(1, 12)
YEARS = st.integers(1990, 2199)
DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))


@given(MONTHS, YEARS)
def test_a_year_holds_its_own_first_and_last_day_and_no_other(month: int, year: int) -> None:
    periods.begin_years_in(month)
    first, last = periods.year_start(year), periods.year_end(year)
    assert (first.month, first.day) == (month, 1)
    assert periods.year_of(first) == periods.year_of(last) == year
    assert periods.year_of(first - timedelta(days=1)) == year - 1
    assert last + timedelta(days=1) == periods.year_start(year + 1)


@given(MONTHS, YEARS)
def test_quarters_and_months_part_the_year(month: int, year: int) -> None:
    periods.begin_years_in(month)
    for names, kind in ((periods.PERIODS["quarter"], "quarter"), (periods.PERIODS["month"], "month")):
        bounds = [periods.period_bounds(year, name) for name in names]
        assert (bounds[0][0], bounds[-1][1]) == periods.period_bounds(year, "")
        for (_, last), (first, _) in pairwise(bounds):
            assert last + timedelta(days=1) == first
        assert {periods.period_kind(*days) for days in bounds} == {kind}
        for at, (first, last) in enumerate(bounds):
            assert place_of(first, last) == (kind, year, at)
    assert [periods.quarter_of(periods.quarter_start(year, n)) for n in periods.QUARTERS] == list(periods.QUARTERS)
    assert periods.period_kind(*periods.period_bounds(year, "")) == "year"


@given(MONTHS, DAYS)
def test_a_day_lies_in_the_month_and_quarter_that_it_is_said_to(month: int, day: date) -> None:
    periods.begin_years_in(month)
    year = periods.year_of(day)
    quarter = periods.period_bounds(year, periods.quarter_name(periods.quarter_of(day)))
    counted = periods.period_bounds(year, periods.month_name(periods.month_of_year(day) + 1))
    assert quarter[0] <= counted[0] <= day <= counted[1] <= quarter[1]
    assert periods.calendar_year(year, day.month) == day.year


@given(MONTHS, st.integers(1990, 2098))
def test_what_is_shown_is_read_as_the_same(month: int, year: int) -> None:
    periods.begin_years_in(month)
    assert Year().read(Year().show(year)) == year
    assert Year().read(periods.short_year_name(year)) == year
    for name in ("", *periods.PERIODS["quarter"], *periods.PERIODS["month"]):
        days = periods.period_bounds(year, name)
        assert period_of_text(said_again(period_of_text(f"{days[0]:%d/%m/%Y} to {days[1]:%d/%m/%Y}"))) == days


@given(MONTHS, MONTHS, st.integers(1990, 2100))
def test_what_an_issue_of_other_years_was_about_stays(then: int, now: int, year: int) -> None:
    periods.begin_years_in(then)
    meant = {name: periods.period_bounds(year, name) for name in ("", "Q1", "Q4", "M01", "M12")}
    periods.begin_years_in(now)
    assert meant == {name: periods.period_bounds(year, name, then) for name in meant}


@given(MONTHS, DAYS)
def test_the_year_of_today_is_the_same_where_no_plan_is_open(month: int, day: date) -> None:
    current = periods.current_year(day, month)
    periods.begin_years_in(month)
    assert periods.year_of(day) == current


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_other_month(month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        periods.begin_years_in(month)
    assert periods.first_month() == periods.APRIL


def test_calendar_years_by_their_names() -> None:
    periods.begin_years_in(1)
    assert (periods.year_name(2009), periods.short_year_name(2009)) == ("2009", "2009")
    assert (periods.time_name(2009, "Q1"), periods.time_name(2009, "M06")) == ("2009 Q1", "June 2009")
    assert period_words(date(2009, 1, 1), date(2009, 12, 31)) == "2009"
    assert period_words(date(2009, 1, 1), date(2009, 3, 31)) == "January to March 2009"
    assert periods.period_kind(date(2008, 4, 1), date(2009, 3, 31)) == "rolling year"
    assert periods.period_kind(date(2009, 1, 1), date(2009, 6, 30)) == "part year"
    assert periods.months_in_words(range(3)) == "January to March"
    assert read_day("31/3", 2009) == date(2009, 3, 31)


def test_years_from_july_by_their_names() -> None:
    periods.begin_years_in(7)
    assert (periods.year_name(2009), periods.short_year_name(2009)) == ("2009-2010", "2009-10")
    assert periods.period_bounds(2009, "Q1") == (date(2009, 7, 1), date(2009, 9, 30))
    assert read_day("31/3", 2009) == date(2010, 3, 31)
    assert period_of_text("Q3 2009-10") == (date(2010, 1, 1), date(2010, 3, 31))
    assert period_of_parts("2009-10", "Jun", "month") == (date(2010, 6, 1), date(2010, 6, 30))


@pytest.mark.parametrize(
    ("month", "years", "name"),
    [(4, 3, "2008-2011"), (4, 1, "2008-2009"), (1, 1, "2008"), (1, 3, "2008-2010"), (7, 10, "2008-2018")],
)
def test_the_whole_period_of_a_plan(month: int, years: int, name: str) -> None:
    assert period_name(Plan(title="x", first_year=2008, years=years, first_month=month)) == name


def test_in_a_plan_of_calendar_years_a_year_of_two_names_is_none() -> None:
    periods.begin_years_in(1)
    for text in ("2009-10", "2009/10", "2009-2010"):
        doubt = Year().read(text)
        assert isinstance(doubt, Doubt)
        assert doubt.sentence.endswith("is two calendar years, and a year of this plan is one; write it as 2009.")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("Q1 2009", date(2009, 1, 1), date(2009, 3, 31)),
        ("2009 Q4", date(2009, 10, 1), date(2009, 12, 31)),
        ("2008-09", date(2008, 4, 1), date(2009, 3, 31)),
        ("Q1 2008/09", date(2008, 4, 1), date(2008, 6, 30)),
        ("YTD Sep 2009", date(2009, 1, 1), date(2009, 9, 30)),
        ("YTD Jan to Sep 2009", date(2009, 1, 1), date(2009, 9, 30)),
    ],
)
def test_an_extract_of_a_plan_of_calendar_years(text: str, first: date, last: date) -> None:
    column: PeriodColumn = "year" if text == "2008-09" else "any"
    periods.begin_years_in(1)
    assert period_of_text(text, column) == (first, last)
    assert two_meanings(text) == ""


def test_what_was_read_for_one_calendar_is_read_anew_for_another() -> None:
    with pytest.raises(NoPeriod, match="calendar or of a financial year"):
        period_of_text("Q1 2009")
    periods.begin_years_in(1)
    assert period_of_text("Q1 2009") == (date(2009, 1, 1), date(2009, 3, 31))
    assert column_of(["2008", "2009"]) == "year"
    periods.begin_years_in(4)
    assert column_of(["2008", "2009"]) is None


def test_a_sum_since_april_is_none_of_a_plan_of_calendar_years() -> None:
    periods.begin_years_in(1)
    with pytest.raises(NoPeriod):
        period_of_text("YTD Apr to Sep 2009")


@pytest.mark.parametrize(
    ("month", "text", "due"),
    [
        (1, "Yes by the end of 2010", date(2010, 12, 31)),
        (1, "Yes by Q2 2010", date(2010, 6, 30)),
        (1, "Yes by Q2", date(2009, 6, 30)),
        (1, "Yes by March", date(2009, 3, 31)),
        (1, "Yes by March 2010", date(2010, 3, 31)),
        (7, "Yes by Q2 2009-10", date(2009, 12, 31)),
        (7, "Yes by March", date(2010, 3, 31)),
        (7, "Yes by the end of 2009-10", date(2010, 6, 30)),
    ],
)
def test_the_day_by_which_a_target_is_to_be_met(month: int, text: str, due: date) -> None:
    periods.begin_years_in(month)
    stated = read(text, Subject(measure="yes/no", year=2009, years=(2009, 2010)))
    assert isinstance(stated, Stated)
    assert stated.due == due


@pytest.mark.parametrize(
    ("text", "base"), [("4% reduction on 2007", 2007), ("4% reduction compared with 2007 levels", 2007)]
)
def test_a_target_on_a_calendar_year(text: str, base: int) -> None:
    periods.begin_years_in(1)
    stated = read(text, Subject(polarity="lower", unit="crimes", measure="count", year=2009, years=(2009, 2010)))
    assert isinstance(stated, Stated)
    assert (stated.value, stated.base_year) == (4, base)


@pytest.mark.parametrize("text", ["no more than 2000", "below 2000"])
def test_a_number_of_four_digits_stays_a_number(text: str) -> None:
    periods.begin_years_in(1)
    stated = read(text, Subject(polarity="lower", unit="crimes", measure="count", year=2009, years=(2009, 2010)))
    assert isinstance(stated, Stated)
    assert (stated.value, stated.base_year) == (2000, None)
