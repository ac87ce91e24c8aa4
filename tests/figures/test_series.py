"""Results put in their places, put together, and asked of how many."""

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.judging.series import Measured, Reading, asked, history, is_pooled, place_of, together
from spp_desktop.figures.survey import wilson
from spp_desktop.plan.periods import month_end
from tests.figures.results_made import LAST_YEAR, by_month, by_quarter, month, over

SEPTEMBER = (date(2008, 9, 1), date(2008, 9, 30))


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"ref": "PI06", "title": "Detections of burglary (home)"}, "PI06  Detections of burglary (home)"),
        ({"ref": "PI20", "title": "Confidence", "population": "BME community"}, "PI20  Confidence (BME community)"),
        (
            {"ref": "", "title": "Confidence of young people", "population": "Young people"},
            "Confidence of young people",
        ),
    ],
)
def test_a_chart_is_called_by_reference_title_and_population(known: dict[str, str], name: str) -> None:
    assert Measured(**known).name == name  # type: ignore[arg-type]  # the texts among its fields


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        (*SEPTEMBER, ("month", 2008, 5)),
        (date(2009, 3, 1), date(2009, 3, 31), ("month", 2008, 11)),
        (date(2009, 1, 1), date(2009, 3, 31), ("quarter", 2008, 3)),
        (date(2008, 4, 1), date(2009, 3, 31), ("year", 2008, 11)),
        (date(2007, 10, 1), date(2008, 9, 30), ("rolling year", 2008, 5)),
        (date(2008, 4, 1), date(2008, 8, 31), ("part year", 2008, 4)),
        (date(2008, 5, 1), date(2008, 6, 15), ("other period", 2008, 2)),
    ],
)
def test_where_a_period_lies(first: date, last: date, place: tuple[Any, ...]) -> None:
    assert place_of(first, last) == place


def test_readings_by_year() -> None:
    year = over(date(2006, 4, 1), date(2007, 3, 31), 4800)
    rolling = over(date(2006, 10, 1), date(2007, 9, 30), 4850)
    found = history([rolling, *by_month(2007, [1, None, 3]), *by_quarter(2008, [5]), year])
    assert [one and one.value for one in found.months[2007]] == [1, None, 3, *[None] * 9]
    assert [one and one.value for one in found.quarters[2008]] == [5, None, None, None]
    assert found.others == (year, rolling)
    assert (found.days, found.values) == ([date(2007, 4, 1), date(2007, 5, 1), date(2007, 6, 1)], [1, None, 3])
    assert found.latest is found.quarters[2008][0]
    assert found.parts("month") is found.months
    assert found.parts("quarter") is found.quarters


def test_the_latest_ends_last_and_is_the_shorter() -> None:
    months = by_month(2008, [5, 6, 7])
    quarter = by_quarter(2008, [18])[0]
    assert history([quarter, *months]).latest is months[-1]
    assert history([*months[:2], quarter]).latest is quarter
    assert history([]).latest is None


def test_months_that_are_not_there_are_gaps_of_the_chart() -> None:
    found = history([month(2008, 4, 9), month(2008, 0, 7)])
    assert [day.month for day in found.days] == [4, 5, 6, 7, 8]
    assert found.values == [7, None, None, None, 9]


def test_a_month_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="2008-04 comes twice"):
        history([month(2008, 0, 7), month(2008, 0, 9)])


def test_counts_add_up_and_percentages_are_pooled() -> None:
    assert together("count", 1, by_month(2007, LAST_YEAR)) == 4900
    assert together("count", 1, by_month(2008, [0.1] * 10)) == 1
    detections = by_month(2008, [(90, 398), (88, 380), (86, 371), (90, 390), (92, 396), (94, 401)])
    assert together("percentage", 1, detections) == Fraction(540 * 100, 2336)
    mixed = [*detections, month(2008, 6, 30)]
    assert together("percentage", 1, mixed) == 30
    assert together("count", 1, []) is together("count", 1, by_month(2008, [None])) is None


def test_a_rate_adds_up_over_the_mean_population() -> None:
    rates = [Reading(*SEPTEMBER, 5.0, 50, 10_000), Reading(*SEPTEMBER, 4.0, 48, 12_000)]
    assert together("rate", 1000, rates) == Fraction(98 * 1000 * 2, 22_000)
    assert together("rate", 1000, [one._replace(counted=None, of=None) for one in rates]) == 9


def test_a_level_stands_for_itself() -> None:
    assert together("level", 1, by_month(2008, [3, 9, 4])) == 4
    assert together("survey", 1, by_month(2008, [80, 90])) == 90
    assert [is_pooled(measure, by_month(2008, [80, 90])) for measure in ("count", "rate", "level", "survey")] == [
        *(True, True, False, False)
    ]
    assert is_pooled("survey", by_month(2008, [80, 90], size=100))
    assert is_pooled("percentage", by_month(2008, [(1, 2)]))
    assert not is_pooled("percentage", by_month(2008, [50]))


def test_surveys_make_one_sample() -> None:
    quarters = [over(*SEPTEMBER, 80, size=100, effect=1.0), over(*SEPTEMBER, 90, size=300, effect=2.0)]
    sample = asked(quarters)
    assert sample is not None
    assert (sample.share, sample.size, sample.design_effect) == (0.875, 400, 1.75)
    assert together("survey", 1, quarters) == Fraction("87.5")
    counted = asked([over(*SEPTEMBER, (81, 263))])
    assert counted is not None
    assert wilson(counted).low == pytest.approx(0.255289, abs=1e-6)
    assert asked(by_month(2008, [80])) is asked(by_month(2008, [120], size=100)) is asked([]) is None
    rated = Reading(*SEPTEMBER, 5, 5, 1)  # a rate per 1, whose figure looks like a share and is none
    assert asked([rated]) is None


parts = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900)), min_size=1, max_size=12)


@given(parts, st.randoms())
def test_the_order_of_entry_does_not_matter(pairs: list[tuple[int, int]], random: Random) -> None:
    readings = by_month(2008, pairs)
    mixed = random.sample(readings, len(readings))
    for measure in ("count", "percentage", "rate", "survey", "level"):
        assert together(measure, 1000, readings) == together(measure, 1000, mixed)
    assert history(readings) == history(mixed)
    assert asked(readings) == asked(mixed)


@given(parts)
def test_a_pooled_rate_is_that_of_all_events(pairs: list[tuple[int, int]]) -> None:
    readings = by_month(2008, pairs)
    above, below = (sum(pair[side] for pair in pairs) for side in (0, 1))
    assert together("percentage", 1, readings) == Fraction(100 * above, below)
    halves = [readings[: len(readings) // 2], readings[len(readings) // 2 :]]
    whole = [
        Reading(
            half[0].first, month_end(half[-1].first), 0, sum(r.counted or 0 for r in half), sum(r.of or 0 for r in half)
        )
        for half in halves
        if half
    ]
    assert together("percentage", 1, whole) == together("percentage", 1, readings)
