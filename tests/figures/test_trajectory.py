"""Trajectories: straight or by a profile, which disagree on real figures; and targets as levels."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import trajectory
from spp_desktop.figures.trajectory import of_level, of_sum, period_name
from tests.figures.vectors import VECTORS, all_near, near

WORKED = VECTORS["trajectory"]
LAST = WORKED["last_year"]
TARGET = WORKED["target_total"]


def test_the_straight_way() -> None:
    found = of_sum(TARGET)
    assert all_near(found.points, WORKED["linear_cumulative"])
    assert (found.method, found.words, found.years, found.remark) == ("straight", "straight", 0, "")


def test_the_way_of_last_year() -> None:
    found = of_sum(TARGET, [LAST])
    assert all_near(found.points, WORKED["seasonal_cumulative"])
    assert all_near(found.steps, WORKED["seasonal_monthly"])
    assert all_near([step / TARGET for step in found.steps], WORKED["seasonal_share"])
    assert sum(LAST) == WORKED["last_year_total"]
    assert found.points[5] == Fraction("2317.44")
    assert (found.method, found.words, found.years) == ("last year's profile", "last year's profile", 1)


def test_the_two_disagree_about_the_worked_year() -> None:
    worked = VECTORS["ytd"]
    months = range(worked["months"])
    straight, seasonal = of_sum(TARGET).to_date(months), of_sum(TARGET, [LAST]).to_date(months)
    assert straight
    assert seasonal
    assert near(worked["ytd"] - straight, worked["against_linear"])
    assert near(100 * (worked["ytd"] - straight) / straight, worked["against_linear_pct"])
    assert near(worked["ytd"] - seasonal, worked["against_seasonal"])
    assert near(100 * (worked["ytd"] - seasonal) / seasonal, worked["against_seasonal_pct"])
    assert straight > worked["ytd"] > seasonal


def test_a_month_without_a_result_leaves_the_trajectory_too() -> None:
    found = of_sum(TARGET, [LAST])
    assert near(found.to_date([0, 2]), WORKED["seasonal_monthly"][0] + WORKED["seasonal_monthly"][2])
    assert found.to_date([]) is None
    assert of_sum(12).to_date([3, 1, 3]) == 2


def test_shares_of_several_years_are_averaged() -> None:
    found = of_sum(100, [[1, 3], [3, 1]], months=2)
    assert list(found.points) == [50, 100]
    assert found.words == "profile of 2 years"
    assert list(of_sum(100, [[1, 3]], months=2).points) == [25, 100]


@pytest.mark.parametrize(
    ("profile", "why"),
    [
        ([0] * 12, "The figures of a year before are 0, so the trajectory is straight."),
        (
            [*LAST[:4], None, *LAST[5:11], None],
            "A year before has no figure for August and March, so the trajectory is straight.",
        ),
        ([-1, 5] * 6, "A year before has figures below 0, so the trajectory is straight."),
    ],
)
def test_without_a_profile_the_way_is_straight_and_says_so(profile: list[Any], why: str) -> None:
    found = of_sum(TARGET, [profile])
    assert (found.method, found.points, found.remark) == ("straight", of_sum(TARGET).points, why)


def test_figures_below_the_point_make_a_profile_too() -> None:
    found = of_sum(100, [[0.5, 1.5]], months=2)
    assert list(found.points) == [25, 100]


def test_quarters_have_a_way_too() -> None:
    assert list(of_sum(100, months=4).points) == [25, 50, 75, 100]
    assert of_sum(100, [[1, None, 2, 3]], months=4).remark.startswith("A year before has no figure for Q2")


def test_profiles_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="each of 12 figures"):
        of_sum(5, [[1, 2]])
    with pytest.raises(ValueError, match="up to 3 years"):
        of_sum(5, [LAST] * 4)


def test_a_level_goes_straight_from_its_baseline() -> None:
    worked = VECTORS["level_trajectory"]
    found = of_level(worked["start"], worked["end"])
    assert all_near(found.points, worked["months"])
    assert found.to_date(range(6)) == found.to_date([5]) == 22
    assert not found.summed


@pytest.mark.parametrize(
    ("kind", "value", "better", "baseline", "level"),
    [
        ("level", 45, "higher", None, 45),
        ("change on previous year", 4, "lower", 4900, 4704),
        ("change on previous year", 4, "higher", 100, 104),
        ("change on previous year", -4, "neutral", 100, 96),
        ("change over plan", 11, "lower", 5000, 4450),
        ("change over plan", 11, "lower", None, None),
        ("point change", 2, "higher", 76.9, Fraction("78.9")),
        ("point change", -1, "lower", 4.8, Fraction("3.8")),
        ("gap", 3.8, "lower", 4.8, Fraction("3.8")),
        ("peer rank", 2, "lower", None, 2),
        ("peer rank", None, "lower", None, None),
        ("benchmark", None, "lower", 4, None),
    ],
)
def test_a_stated_target_in_the_unit_of_the_results(
    kind: Any, value: Any, better: Any, baseline: Any, level: Any
) -> None:
    assert trajectory.resolved(kind, value, better, baseline) == level


def test_yearly_changes_as_levels() -> None:
    (worked,) = VECTORS["reduction_levels"]
    annual = 100 * worked["annual"]
    found = trajectory.levels(worked["baseline"], [annual] * 3, "lower")
    assert all_near(found, worked["levels"])
    stated = trajectory.resolved("change over plan", 100 * worked["three_year_stated"], "lower", worked["baseline"])
    assert stated == worked["three_year_level"]
    assert near(found[-1] - stated, worked["gap_at_year3"])
    assert trajectory.levels(100, [10, 10], "higher") == [110, 121]


@given(st.lists(st.integers(0, 500), min_size=12, max_size=12), st.integers(1, 9000), st.sets(st.integers(0, 11)))
def test_every_way_ends_at_the_target_and_its_parts_add_up(last: list[int], target: int, there: set[int]) -> None:
    for found in (of_sum(target), of_sum(target, [last]), of_sum(target, [last, last[::-1]])):
        assert found.points[-1] == target
        assert sum(found.steps) == target
        rest = set(range(12)) - there
        assert (found.to_date(there) or 0) + (found.to_date(rest) or 0) == target


@pytest.mark.parametrize(("at", "of", "name"), [(0, 12, "April"), (1, 4, "Q2"), (1, 6, "part 2 of 6")])
def test_a_part_of_the_year_by_its_name(at: int, of: int, name: str) -> None:
    assert period_name(at, of) == name
