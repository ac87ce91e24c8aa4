"""The figure a year is judged by: months, quarters, one longer result, a gap, a rank; and the change from last year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import counts
from spp_desktop.figures.judging.findings import NO_ANSWERS, POINTS, Found, by_gap, by_rank, by_results, change
from spp_desktop.figures.judging.series import Reading, Series, history
from spp_desktop.figures.peers import standing
from tests.figures.results_made import LAST_YEAR, SO_FAR, by_month, by_quarter, made, month, over, robberies
from tests.figures.vectors import VECTORS, near

HALF_YEAR = (date(2008, 4, 1), date(2008, 9, 30))


def found(series: Series, year: int = 2008) -> Any:
    """What is found, its exact numbers to be compared with plain ones."""
    return by_results(series, history(series.readings), year)


def sides(year: int = 2008, quarter: int = 2, white: Any = 86, bme: Any = 81, **more: Any) -> list[Reading]:
    """A quarter of a satisfaction gap."""
    one, other = (by_quarter(year, [None] * (quarter - 1) + [value])[-1] for value in (white, bme))
    held = {"size": 2000, **more}
    return [one._replace(population="white", **held), other._replace(population="BME", **{"size": 400, **more})]


# Which results


def test_the_months_of_the_worked_year() -> None:
    year = found(robberies())
    assert (year.kind, year.actual, year.last_year, year.months, year.missing) == ("month", 2336, 2414, 6, 0)
    assert (year.places, year.ends) == ((0, 1, 2, 3, 4, 5), date(2008, 9, 30))
    assert [len(year.used), len(year.before)] == [6, 6]


def test_a_month_without_a_result_is_missing_and_last_year_is_then_not_alike() -> None:
    year = found(made([*by_month(2007, LAST_YEAR[:1]), *by_month(2008, [398, None, 371, None])]))
    assert (year.actual, year.missing, year.months, year.last_year) == (769, 1, 2, None)
    assert found(robberies(), 2009) == Found("month")
    assert found(made(by_quarter(2007, [1]))) == Found("quarter")


def test_what_reaches_furthest_into_the_year_is_judged() -> None:
    months, quarters = by_month(2008, SO_FAR), by_quarter(2008, [1149, 1187])
    part = over(date(2008, 4, 1), date(2008, 10, 31), 2740)
    rolling = over(date(2007, 12, 1), date(2008, 11, 30), 4800)
    year = over(date(2008, 4, 1), date(2009, 3, 31), 4650)
    assert found(made([*quarters, *months])).kind == "month"
    assert found(made([*quarters, *months[:4]])).kind == "quarter"
    assert found(made([*months, rolling])).kind == "month"
    assert found(made([*months, part, rolling])).used == (part,)
    assert found(made([part, year])).used == (year,)
    assert found(made([part, rolling])).used == (part,)
    assert found(made([rolling])).used == (rolling,)


def test_one_result_and_that_of_a_year_before() -> None:
    before, now = over(date(2007, 4, 1), date(2007, 9, 30), 2414), over(*HALF_YEAR, 2336)
    year = found(made([before, now]))
    assert (year.kind, year.actual, year.last_year, year.months) == ("part year", 2336, 2414, 6)
    assert found(made([over(date(2007, 4, 1), date(2008, 9, 30), 1), now])).before == ()
    leap = [over(date(2007, 3, 1), date(2008, 2, 29), 5), over(date(2008, 3, 1), date(2009, 2, 28), 4)]
    assert found(made(leap)).last_year == 5


def test_a_level_is_its_latest_and_no_month_is_missing_from_it() -> None:
    year = found(made([month(2007, 2, 5), *by_month(2008, [7, None, 9])], measure="level"))
    assert (year.actual, year.missing, year.months, year.last_year, len(year.used)) == (9, 0, 2, 5, 1)


@pytest.mark.parametrize("row", VECTORS["wilson"], ids=lambda row: f"{row['x']} of {row['n']}")
def test_a_survey_has_its_interval_in_per_cent(row: dict[str, Any]) -> None:
    readings = by_quarter(2008, [(row["x"], row["n"])])
    year = found(made(readings, measure="survey", unit="%"))
    assert year.interval is not None
    assert near(year.interval.low, 100 * row["low"])
    assert near(year.interval.high, 100 * row["high"])
    longer = found(made([over(*HALF_YEAR, (row["x"], row["n"]))], measure="survey", unit="%"))
    assert longer.interval == year.interval


def test_a_survey_without_its_answers_has_no_interval() -> None:
    assert found(made(by_quarter(2008, [85]), measure="survey")).interval is None


# Gaps


def test_a_gap_between_two_populations() -> None:
    gap: Any = by_gap(sides(), 2008)
    assert (gap.actual, gap.unit, gap.kind, gap.ends) == (5, POINTS, "quarter", date(2008, 9, 30))
    assert (gap.interval.low, gap.interval.high) == pytest.approx((1.1170, 9.3800), abs=5e-5)
    turned = by_gap(sides(white=81, bme=86), 2008)
    assert turned.actual == 5
    assert by_gap(sides(size=None), 2008).interval is None


def test_a_gap_is_of_the_latest_period_that_both_have() -> None:
    known = [*sides(quarter=1, bme=80), *sides(quarter=2), sides(quarter=3)[0], *sides(2007)]
    assert by_gap(known, 2008).ends == date(2008, 9, 30)
    assert by_gap(known, 2008).last_year == 5
    assert by_gap(known, 2009) == Found("quarter", unit=POINTS)
    assert by_gap([one._replace(value=None) for one in sides()], 2008).actual is None


def test_a_gap_has_two_sides() -> None:
    assert by_gap(sides()[:1], 2008).remark == "A gap lies between two populations, and here is white."
    third = sides()[0]._replace(population="not stated")
    said = by_gap([*sides(), third], 2008)
    assert said.remark == "A gap lies between two populations, and here are BME, not stated, white."
    assert said.actual is None


# Ranks


def test_a_rank_is_of_the_latest_year_known() -> None:
    rates = {"Own": 12.4, "A": 10.1, "B": 15.3, "C": 11.9}
    series = made([], {"peers": {2006: {"Own": 1}, 2007: rates, 2010: {}}, "force": "Own"})
    rank: Any = by_rank(series, standing("Own", rates, "lower"), 2008)
    assert (rank.actual, rank.unit, rank.period, rank.ends) == (3, "rank", "2007-2008", date(2008, 3, 31))
    assert by_rank(series, None, 2008).remark == "There is no rate of this force among those of 2007-2008."
    assert by_rank(made(), None, 2008) == Found("year", unit="rank")


# The change from last year


def test_counts_are_tested_before_a_change_is_said() -> None:
    said: Any = change(robberies(), found(robberies()))
    assert (said.change, said.arrow) == (-78, "no clear change")
    assert said.chance == pytest.approx(0.2639, abs=1e-4)


def test_a_month_that_one_year_lacks_leaves_both_sides() -> None:
    series = made([*by_month(2007, [410, None, 388]), *by_month(2008, [398, 380, 371])])
    said: Any = change(series, found(series))
    assert (said.now, said.before) == (769, 798)
    assert change(made(by_month(2008, [1])), found(made(by_month(2008, [1])))) is None


@pytest.mark.parametrize(
    ("measure", "now", "before", "arrow"),
    [
        ("count", 25, 16, "no clear change"),
        ("count", 40, 16, "up"),
        ("count", 25.5, 16, "up"),
        ("count", -3, 16, "down"),
        ("rate", (25, 1000), (16, 1000), "no clear change"),
        ("rate", (50, 2000), (25, 1000), "no clear change"),
        ("rate", (50, 1000), (25, 1000), "up"),
        ("rate", 25, 16, "up"),
        ("rate", (25.5, 1000), (16, 1000), "up"),
        ("percentage", (56, 70), (48, 80), "up"),
        ("percentage", (5, 56), (0, 29), "no clear change"),
        ("percentage", (60, 56), (48, 80), "up"),
        ("percentage", 25, 24, "up"),
        ("level", 25, 24, "up"),
        ("level", 24, 24, "no clear change"),
        ("survey", 25, 24, "no clear change"),
        ("survey", 50, 52, "no clear change"),
    ],
)
def test_each_measure_is_tested_in_its_own_way(measure: Any, now: Any, before: Any, arrow: str) -> None:
    series = made([month(2007, 0, before), month(2008, 0, now)], measure=measure)
    said = change(series, found(series))
    assert said is not None
    assert said.arrow == arrow


def test_a_survey_s_change_is_told_by_its_answers() -> None:
    few = made([*by_quarter(2007, [80], size=100), *by_quarter(2008, [86], size=100)], measure="survey")
    many = replace(few, readings=tuple(one._replace(size=2000) for one in few.readings))
    assert [said.arrow for said in (change(few, found(few)), change(many, found(many))) if said] == [
        *("no clear change", "up")
    ]


def test_a_gap_s_change_is_told_by_the_intervals_of_both() -> None:
    series = made()
    close = by_gap([*sides(2007, white=85, bme=81), *sides()], 2008)
    said: Any = change(series, close)
    assert said is not None
    assert (said.now, said.before, said.arrow) == (5, 4, "no clear change")
    wider = change(series, by_gap([*sides(2007, white=86, bme=85), *sides(white=95, bme=60)], 2008))
    assert wider is not None
    assert (wider.arrow, wider.meaning) == ("up", "worse")
    bare = [one._replace(size=None) for one in (*sides(2007, white=85, bme=81), *sides())]
    unsure = change(series, by_gap(bare, 2008))
    assert unsure is not None
    assert (unsure.arrow, unsure.untold) == ("no clear change", NO_ANSWERS)
    assert change(series, by_gap(sides(), 2008)) is None


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.1, 0.9))
def test_the_unequal_test_is_that_of_scipy(now: int, before: int, share: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    both = now + before
    tails = stats.binom.cdf(now, both, share), stats.binom.sf(now - 1, both, share)
    mine = counts.probability_by_chance(now, before, share)
    expected = tails[0] if now <= share * both else tails[1]
    assert mine == pytest.approx(min(1.0, 2 * expected), rel=1e-8, abs=1e-12)
