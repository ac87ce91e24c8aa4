"""Projections: what is worked by hand, that they disagree, and that their ranges hold what they should."""

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.projection import needed, needed_rate, projections, rate_projections
from tests.figures.vectors import VECTORS, all_near, near

LAST = VECTORS["trajectory"]["last_year"]
TARGET = VECTORS["trajectory"]["target_total"]
NOW = [*VECTORS["ytd"]["this_year"], *[None] * 6]
WORKED = VECTORS["projection"]


def test_the_worked_year_by_every_method() -> None:
    straight, seasonal, rest = projections(NOW, LAST)
    assert straight.value == WORKED["linear"]
    assert near(seasonal.value, WORKED["seasonal"])
    assert rest.value == WORKED["ytd_plus_last_year_rest"]
    assert seasonal.value
    assert near(100 * (seasonal.value - TARGET) / TARGET, WORKED["seasonal_vs_target_pct"])
    assert [projection.method for projection in (straight, seasonal, rest)] == [
        "straight",
        "last year's profile",
        "rest as last year",
    ]
    assert straight.value <= TARGET < seasonal.value, "the methods disagree, so all are shown"


def test_the_ranges_of_the_worked_year() -> None:
    """Of these months the scatter is less than chance, so the dispersion is 1 and the ranges are those of counts."""
    straight, seasonal, rest = projections(NOW, LAST)
    half = 1.959963984540054
    assert near(straight.high, 4672 + half * math.sqrt(2336 * 2))
    assert near(straight.low, 4672 - half * math.sqrt(2336 * 2))
    to_come = WORKED["seasonal"] - 2336
    assert near(seasonal.high, WORKED["seasonal"] + half * math.sqrt(to_come * 4900 / 2414))
    assert near(rest.high, 4822 + half * math.sqrt(2 * 2486))


def test_scattered_months_widen_the_range() -> None:
    calm, wild = projections([100, 100, 100, 100] + [None] * 8)[0], projections([10, 190, 20, 180] + [None] * 8)[0]
    assert calm.value == wild.value == 1200
    dispersion = (90**2 * 2 + 80**2 * 2) / 100 / 3
    assert near((wild.high or 0) - 1200, ((calm.high or 0) - 1200) * math.sqrt(dispersion))
    assert wild.low == 400, "there are 400 already"


def test_the_range_holds_most_years() -> None:
    """Four hundred years of chance about one mean: nineteen in twenty lie in the range."""
    rng = random.Random(2008)
    years_in_range = 0
    for _ in range(400):
        year = [sum(rng.random() < 0.1 for _ in range(500)) for _ in range(12)]
        projection = projections([*year[:6], *[None] * 6])[0]
        years_in_range += (projection.low or 0) <= sum(year) <= (projection.high or 0)
    assert 0.92 <= years_in_range / 400 <= 0.99


def test_a_whole_year_is_itself() -> None:
    for projection in projections(LAST, LAST):
        assert projection.value == projection.low == projection.high == 4900


def test_without_results_there_is_no_projection() -> None:
    for projection in projections([None] * 12, LAST):
        assert (projection.value, projection.remark) == (None, "There is no result yet.")


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (None, "There are no results of last year."),
        ([*LAST[:11], None], "Last year has no result for March."),
        (LAST[:6], "Last year has no result for every month."),
    ],
)
def test_without_last_year_only_the_straight_way_is_left(before: Any, why: str) -> None:
    straight, seasonal, rest = projections(NOW, before)
    assert straight.value == 4672
    assert (seasonal.value, seasonal.low, seasonal.remark, rest.remark) == (None, None, why, why)


def test_months_of_nought_last_year_give_no_profile() -> None:
    _, seasonal, rest = projections([3, *[None] * 11], [0] + [1] * 11)
    assert (seasonal.value, seasonal.remark) == (None, "Last year's figures for these months are 0.")
    assert rest.value == 14


def test_noughts_so_far_stay_noughts() -> None:
    straight = projections([0, 0, *[None] * 10])[0]
    assert straight.value == straight.low == straight.high == 0
    assert projections([5, *[None] * 11])[0].value == 60, "one month alone has no scatter"


def test_what_each_month_must_be() -> None:
    need = needed(TARGET, NOW, LAST)
    assert need.rest == WORKED["required_remaining"]
    assert near(need.each, WORKED["required_per_month"])
    assert all_near(need.by_month, WORKED["required_seasonal"])
    assert need.months == (6, 7, 8, 9, 10, 11)
    assert not need.passed


def test_what_is_needed_when_it_is_too_late_or_not_known_how() -> None:
    assert needed(4000, LAST).each is None
    assert needed(4000, LAST).passed
    assert needed(2000, NOW).rest == -336
    assert needed(TARGET, NOW).by_month == ()
    assert needed(TARGET, NOW, [*LAST[:11], None]).by_month == ()
    assert needed(TARGET, NOW, [0] * 12).by_month == ()
    assert needed(TARGET, NOW, LAST[:7]).by_month == ()


def test_a_rate_needs_so_many_more() -> None:
    worked = VECTORS["rate_pooling"]["required_rest"]
    seasonal = projections(NOW, LAST)[1].value
    assert seasonal
    assert near(seasonal, worked["projected_recorded"])
    need = needed_rate(worked["target"], sum(VECTORS["rate_pooling"]["detections"]), 2336, seasonal)
    assert near(need.more, worked["detections_needed"])
    assert near(need.rate, worked["rate_needed_rest"])
    assert needed_rate(23, 5, 100, 100).rate is None


DETECTIONS = [*VECTORS["rate_pooling"]["detections"], *[None] * 6]


def test_a_rate_is_projected_from_both_its_parts() -> None:
    straight, seasonal, rest = rate_projections(DETECTIONS, NOW, [90] * 12, LAST)
    assert near(straight.value, VECTORS["rate_pooling"]["ytd_rate"])
    assert near(seasonal.value, 100 * 1080 / WORKED["seasonal"])
    assert near(rest.value, 100 * (540 + 540) / 4822)
    assert near(straight.high, 100 * (1080 + 1.959963984540054 * math.sqrt(540 * 2)) / 4672)


def test_a_month_that_lacks_a_part_counts_in_neither() -> None:
    straight = rate_projections([5, 90, None, 15], [50, None, 40, 50])[0]
    assert straight.value == 20
    with pytest.raises(ValueError, match="same months"):
        rate_projections([1], [2, 3])


def test_a_rate_of_nothing_has_no_projection() -> None:
    assert rate_projections([0, None], [0, None])[0].remark == "There is nothing to be counted of."
    assert rate_projections([None] * 12, NOW)[0].remark == "There is no result yet."
    assert rate_projections(DETECTIONS, NOW, [90] * 12)[1].remark == "There are no results of last year."


months = st.lists(st.none() | st.integers(0, 500), min_size=12, max_size=12)


@given(months, st.lists(st.integers(0, 500), min_size=12, max_size=12))
def test_a_projection_lies_in_its_range_and_above_what_there_is(now: list[Any], last: list[int]) -> None:
    done = sum(value for value in now if value is not None)
    for projection in projections(now, last):
        if projection.value is not None:
            assert projection.low is not None
            assert projection.high is not None
            assert done <= projection.low <= projection.value <= projection.high


@given(months, st.integers(0, 9000), st.lists(st.integers(1, 500), min_size=12, max_size=12))
def test_what_is_needed_makes_the_target(now: list[Any], target: int, last: list[int]) -> None:
    need = needed(target, now, last)
    done = sum(value for value in now if value is not None)
    if need.each is not None:
        assert done + need.each * len(need.months) == target
        assert done + sum(need.by_month) == target
