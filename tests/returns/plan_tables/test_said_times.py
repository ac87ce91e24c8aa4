"""Times as plans' tables say them, and the year that they say."""

from datetime import date

import pytest

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.returns.plan_tables.entries import sayings
from spp_desktop.returns.plan_tables.reading import pasted, proposed
from spp_desktop.returns.plan_tables.said_times import read_when, year_said

DECEMBER = LastDay(2008, 12, 31, "month")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("By end of Dec 2008", DECEMBER),
        ("by the end of December 2008", DECEMBER),
        ("End Dec 08", DECEMBER),
        ("end of Q3", LastDay(2008, 12, 31, "quarter")),
        ("by 30 June 2008", date(2008, 6, 30)),
        ("w/e 27 June 2008", date(2008, 6, 27)),
        ("from April 2008", LastDay(2008, 4, 30, "month")),
        ("31/3", date(2009, 3, 31)),
    ],
)
def test_what_stands_before_a_time_does_not_matter(text: str, when: date) -> None:
    assert read_when(text, 2008) == when


@pytest.mark.parametrize("text", ["Ongoing", "by", "End of the world", "June/July 2008", "before 30 June 2008"])
def test_what_is_no_time_is_in_doubt_as_it_stands(text: str) -> None:
    value = read_when(text, 2008)
    assert isinstance(value, Doubt)
    assert text in value.sentence


@pytest.mark.parametrize(
    ("days", "year"),
    [
        (["31/3/2009", "30 Sept 2008", "Mar 10"], 2008),
        (["31/3", "June", "Ongoing"], None),
        (["31/3/2031", "Mar 10"], 2009),
        (["Mar 09", "Mar 10"], 2008),
    ],
)
def test_the_year_is_that_in_which_most_is_due(days: list[str], year: int | None) -> None:
    rows = [["Priority", "Activity", "Due"], *(["Harm", f"Do {n}", day] for n, day in enumerate(days))]
    assert year_said(sayings(proposed(pasted(rows), {})).entries, (2008, 2009, 2010)) == year
