"""What a year is judged against, for every kind of target and of period."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.judging.aims import Aim, aim, baseline, profile, whole_year
from spp_desktop.figures.judging.findings import by_results
from spp_desktop.figures.judging.series import Measured, Reading, Series, history
from tests.figures.results_made import LAST_YEAR, SO_FAR, aims, by_month, by_quarter, made, over, robberies

THE_YEAR = (date(2008, 4, 1), date(2009, 3, 31))


def held(series: Series, year: int = 2008) -> Any:
    """The aim, its exact numbers to be compared with plain ones."""
    known = history(series.readings)
    return aim(series, known, year, by_results(series, known, year))


def percentages(this: list[Any], last: list[Any], **more: Any) -> Series:
    stated = more.pop("targets", None) or aims("higher", y2008="23%")
    readings = [*by_month(2007, last), *by_month(2008, this)]
    return made(readings, measure="percentage", polarity="higher", unit="%", targets=stated, **more)


# The whole year before


def test_a_year_is_whole_by_its_months_its_quarters_or_itself() -> None:
    count = Measured(measure="count")
    months, quarters = by_month(2007, LAST_YEAR), by_quarter(2007, [1, 2, 3, 4])
    year = over(date(2007, 4, 1), date(2008, 3, 31), 4890)
    assert whole_year(count, history([*months, *quarters, year]), 2007) == 4900
    assert whole_year(count, history([*months[:11], *quarters, year]), 2007) == 10
    assert whole_year(count, history([*months[:11], *quarters[1:], year]), 2007) == 4890
    assert whole_year(count, history([*months[:11], *quarters[1:]]), 2007) is None
    rolling = over(date(2007, 10, 1), date(2008, 9, 30), 4000)
    assert whole_year(count, history([rolling]), 2008) is None


def test_a_level_has_its_latest_of_the_year_or_the_year_s_own() -> None:
    level, months = Measured(measure="level"), by_month(2007, [20, 21])
    assert whole_year(level, history(months), 2007) == 21
    year = over(date(2007, 4, 1), date(2008, 3, 31), 20.5)
    assert whole_year(level, history([*months, year]), 2007) == Fraction("20.5")


def test_what_a_change_is_cut_from() -> None:
    stated = aims(y2007="5%", y2008="4%")
    readings = [*by_month(2006, [400] * 12), *by_month(2007, LAST_YEAR)]
    by_result, by_target = (made(readings, targets=stated, cut_from=one) for one in ("result", "target"))
    known = history(readings)
    assert baseline(by_result, known, 2008) == 4900
    assert baseline(by_target, known, 2008) == 4560
    assert held(by_target).target == Fraction("4377.6")
    assert baseline(made(readings, targets=aims(y2008="4%"), cut_from="target"), known, 2008) == 4900
    unknown = made(by_month(2007, LAST_YEAR), targets=stated, cut_from="target")
    assert baseline(unknown, history(unknown.readings), 2008) == 4900


# Every kind of target


def test_the_worked_year_by_both_methods() -> None:
    found = held(robberies())
    assert (found.target, found.baseline, found.to_date) == (4704, 4900, Fraction("2317.44"))
    assert (found.method, found.remark) == ("last year's profile", "")
    straight = held(robberies(trajectory="straight"))
    assert (straight.to_date, straight.method) == (2352, "straight")


@pytest.mark.parametrize(
    ("targets", "target"),
    [
        (aims("higher", y2008="23%"), 23),
        (aims("higher", y2008="+2%pts"), 22),
        (aims("higher", y2008="10%", kind="change on previous year"), 22),
    ],
    ids=["level", "points", "change"],
)
def test_a_share_goes_straight_from_last_year_s(targets: Any, target: int) -> None:
    found = held(percentages([(10, 50)] * 6, [(10, 50)] * 12, targets=targets))
    assert (found.target, found.baseline, found.method) == (target, 20, "straight")
    assert found.to_date == 20 + Fraction(target - 20, 2)


def test_without_the_year_before() -> None:
    found = held(percentages([(10, 50)], []))
    assert (found.to_date, found.method) == (23, "")
    assert found.remark == "With no figure for the year before it has no trajectory."
    change = held(made(by_month(2008, SO_FAR), targets=aims(y2008="4%")))
    assert (change.target, change.to_date) == (None, None)
    assert change.remark == "The target is 4% on 2007-2008, which has no whole year of results."
    words = held(made(by_month(2008, SO_FAR), targets=aims(y2008="top quartile")))
    assert words.remark == "The target, “top quartile”, has no number to judge by."


def test_a_benchmark_and_no_target_are_no_aim() -> None:
    for stated in (aims(y2008="Benchmark & report"), {}):
        found = held(made(by_month(2008, SO_FAR), targets=stated))
        assert (found.target, found.to_date, found.remark) == (None, None, "")


def test_a_survey_is_held_against_its_target_whatever_the_month() -> None:
    survey = made(
        by_quarter(2008, [84], size=1000), measure="survey", polarity="higher", targets=aims("higher", y2008="85%")
    )
    assert held(survey) == Aim(Fraction(85), None, None, Fraction(85))


# Parts of a year


def test_missing_months_leave_both_sides() -> None:
    gap = held(made([*by_month(2007, LAST_YEAR), *by_month(2008, [398, None, 371])], targets=aims(y2008="4%")))
    assert gap.to_date == Fraction(4704 * 2, 12)


def test_a_profile_that_lacks_months_is_straight_and_says_so() -> None:
    short = held(robberies(profile_years=2))
    assert (short.method, short.to_date) == ("straight", 2352)
    assert short.remark == "A year before has no results by month, so the trajectory is straight."
    two = robberies(profile_years=2)
    both = held(replace(two, readings=(*by_month(2006, LAST_YEAR[::-1]), *two.readings)))
    assert both.method == "profile of 2 years"
    assert both.way is not None
    assert both.way.to_date(range(12)) == 4704


def test_quarters_follow_last_year_s_quarters_or_months() -> None:
    for last in (by_month(2007, LAST_YEAR), by_quarter(2007, [1193, 1221, 1355, 1131])):
        series = made(
            [*last, *by_quarter(2008, [1149, 1187])], targets=aims(y2008="4%"), trajectory="last year's profile"
        )
        found = held(series)
        assert (found.to_date, found.method) == (Fraction("2317.44"), "last year's profile")
    assert profile(history(by_month(2007, LAST_YEAR[:4])), "quarter", 2007) == [1193, None, None, None]
    assert profile(history([]), "month", 2007) == [None] * 12


def test_at_its_end_a_year_is_held_against_its_target() -> None:
    for this in (by_month(2008, [390] * 12), by_quarter(2008, [1170] * 4), [over(*THE_YEAR, 4680)]):
        found = held(made([*by_month(2007, LAST_YEAR), *this], targets=aims(y2008="4%")))
        assert (found.to_date, found.method) == (4704, "")
    share = held(percentages([(10, 50)] * 12, [(10, 50)] * 12))
    assert (share.to_date, share.method) == (23, "")
    gap = held(made([*by_month(2007, LAST_YEAR), *by_month(2008, [None] * 11 + [390])], targets=aims(y2008="4%")))
    assert (gap.to_date, gap.method) == (392, "straight")


@pytest.mark.parametrize(
    ("first", "last", "to_date", "method"),
    [
        (date(2008, 4, 1), date(2008, 9, 30), Fraction("2317.44"), "last year's profile"),
        (date(2008, 5, 1), date(2008, 6, 30), Fraction("751.68"), "last year's profile"),
        (date(2007, 10, 1), date(2008, 9, 30), Fraction(4802), "straight"),
        (date(2008, 4, 1), date(2009, 3, 31), Fraction(4704), ""),
    ],
    ids=["part year", "months within it", "rolling year", "year"],
)
def test_one_longer_result(first: date, last: date, to_date: Fraction, method: str) -> None:
    series = robberies()
    found = held(replace(series, readings=(*by_month(2007, LAST_YEAR), over(first, last, 2336))))
    assert (found.to_date, found.method) == (to_date, method)
    assert found.way is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2008, 2, 1), date(2008, 6, 30)),
        (date(2008, 4, 7), date(2008, 6, 30)),
        (date(2007, 4, 1), date(2008, 9, 30)),
    ],
)
def test_a_period_of_no_one_year_has_no_aim(first: date, last: date) -> None:
    series = robberies()
    found = held(replace(series, readings=(*by_month(2007, LAST_YEAR), over(first, last, 2336))))
    assert (found.target, found.to_date) == (None, None)
    assert found.remark == "The period is not one of whole months of one year, so nothing says where it should stand."


def test_a_share_of_part_of_a_year_is_on_the_way_of_its_last_month() -> None:
    part = over(date(2008, 4, 1), date(2008, 9, 30), (500, 2300))
    series = percentages([], [(10, 50)] * 12)
    found = held(replace(series, readings=(*series.readings, part)))
    assert (found.to_date, found.method) == (Fraction("21.5"), "straight")
    alone = held(replace(series, readings=(part,)))
    assert (alone.to_date, alone.method, alone.remark) == (23, "", "")


def test_no_result_yet() -> None:
    found = held(made(by_month(2007, LAST_YEAR), targets=aims(y2008="4%")))
    assert (found.target, found.to_date, found.method) == (4704, None, "")
    assert found.way is not None
    rolling = [Reading(date(2006, 10, 1), date(2007, 9, 30), 4900)]
    assert held(made(rolling, targets=aims(y2008="100", kind="level"))).target == 100


@given(st.lists(st.integers(1, 500), min_size=12, max_size=12), st.integers(1, 12), st.sampled_from([1, 5, 10]))
def test_the_way_rises_to_the_target(last: list[int], months: int, cut: int) -> None:
    series = made(
        [*by_month(2007, last), *by_month(2008, [1] * months)],
        targets=aims(y2008=f"{cut}%"),
        trajectory="last year's profile",
    )
    found = held(series)
    assert found.way is not None
    assert found.target == Fraction(sum(last) * (100 - cut), 100)
    assert list(found.way.points) == sorted(found.way.points)
    assert found.way.points[-1] == found.target
    assert found.to_date == found.way.points[months - 1]
