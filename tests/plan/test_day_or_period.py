"""A day, or a period by whose end something is to be: read as people write them, shown as they were meant."""

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.kinds import DayOrPeriod, Doubt, LastDay
from spp_desktop.plan.kinds.day_or_period import first_day, read_day_or_period
from spp_desktop.plan.periods import FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL, month_end, quarter_end, year_end

KIND = DayOrPeriod()
Q3 = LastDay(2009, 12, 31, "quarter")
OCTOBER = LastDay(2009, 10, 31, "month")
YEAR = LastDay(2010, 3, 31, "year")
YEARS = st.integers(FIRST_YEAR_OF_ALL, LAST_YEAR_OF_ALL - 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Q3 2009-10", Q3),
        ("q3 09/10", Q3),
        ("2009-10 Q3", Q3),
        ("Quarter 3, 2009-2010", Q3),
        ("Q3 of 2009\u201310", Q3),
        ("Oct 2009", OCTOBER),
        ("October 2009", OCTOBER),
        ("Oct-09", OCTOBER),
        ("10/2009", OCTOBER),
        ("2009-10", YEAR),
        ("2009/10", YEAR),
        ("2009-2010", YEAR),
        ("FY 2009-10", YEAR),
        ("31/12/2009", date(2009, 12, 31)),
        ("31 Dec 09", date(2009, 12, 31)),
        ("2009-10-01", date(2009, 10, 1)),
    ],
)
def test_is_read_as_people_write_it(text: str, value: date) -> None:
    """A quarter, a month, a year or a day, in the ways that stand in plans."""
    assert read_day_or_period(text) == value


@pytest.mark.parametrize(("text", "value"), [("Q3", Q3), ("October", OCTOBER), ("9/10", date(2009, 10, 9))])
def test_takes_the_year_in_view(text: str, value: date) -> None:
    """What names no year is of the year in view, and in doubt without one."""
    assert read_day_or_period(text, 2009) == value
    assert isinstance(read_day_or_period(text), Doubt)


@pytest.mark.parametrize(("text", "meant"), [("Q3 2009", Q3), ("2009", YEAR)])
def test_a_single_year_is_asked_about(text: str, meant: date) -> None:
    """2009 may be the calendar year; it is never guessed."""
    doubt = read_day_or_period(text)
    assert isinstance(doubt, Doubt)
    assert doubt.meant == meant


@pytest.mark.parametrize("text", ["Q5 2009-10", "soon", "2009-12", "Q3 1850-51", "Okt 2009", "13/2009", "x" * 99])
def test_anything_else_is_refused(text: str) -> None:
    """What is no day and no period is refused with a sentence."""
    doubt = read_day_or_period(text)
    assert isinstance(doubt, Doubt)
    assert doubt.meant is None
    assert doubt.sentence.endswith(".")


@st.composite
def values(draw: st.DrawFn) -> date:
    """Days, and the last days of months, quarters and years."""
    year, number = draw(YEARS), draw(st.integers(1, 12))
    within = draw(st.sampled_from(["", "month", "quarter", "year"]))
    if not within:
        return draw(st.dates(date(FIRST_YEAR_OF_ALL, 1, 1), date(LAST_YEAR_OF_ALL, 12, 31)))
    ends = {"month": month_end(date(year, number, 1)), "quarter": quarter_end(year, number % 4 + 1)}
    day = LastDay.of(ends.get(within, year_end(year)), within)
    assert day is not None
    return day


@given(values())
def test_what_is_shown_is_read_back(value: date) -> None:
    """Shown and read again it is the same, and so is what is typed or stands in a workbook's cell."""
    assert read_day_or_period(KIND.show(value)) == value
    assert read_day_or_period(KIND.typed(value)) == value
    cell = KIND.to_cell(value).value
    assert (cell if isinstance(cell, date) else read_day_or_period(str(cell))) == value


@given(values())
def test_a_period_is_not_its_last_day(value: date) -> None:
    """It is a date, and sorted as one; but it differs from that day alone, and stays what it is when it is copied."""
    alone = date(value.year, value.month, value.day)
    assert not value < alone
    assert not alone < value
    assert (value == alone) == (alone == value) == (not isinstance(value, LastDay))
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert len({value, alone}) == (2 if isinstance(value, LastDay) else 1)
    assert first_day(value) <= value


def test_shows_a_period_as_it_was_meant() -> None:
    """In the words of plans."""
    assert [KIND.show(value) for value in (Q3, OCTOBER, YEAR, date(2009, 12, 31), None)] == [
        "Q3 2009-10",
        "October 2009",
        "2009-10",
        "31 Dec 2009",
        "",
    ]
    assert first_day(Q3) == date(2009, 10, 1)
