"""Counts: nothing is up or down that may be chance."""

from fractions import Fraction
from math import comb, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import counts
from tests.figures.vectors import VECTORS, all_near, near


@pytest.mark.parametrize("row", VECTORS["poisson_change"], ids=lambda row: f"{row['now']} after {row['before']}")
def test_the_exact_test_of_two_counts(row: dict[str, Any]) -> None:
    assert near(counts.probability_by_chance(row["now"], row["before"]), row["p_exact"])
    assert near(counts.z_of_change(row["now"], row["before"]), row["z"])


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_exact_test_is_the_doubled_tail(now: int, before: int) -> None:
    both = now + before
    tail = sum(comb(both, at) for at in range(min(now, before) + 1))
    assert near(counts.probability_by_chance(now, before), min(1.0, float(Fraction(2 * tail, 2**both))))
    assert counts.probability_by_chance(before, now) == counts.probability_by_chance(now, before)


def test_large_counts_are_tested_too() -> None:
    assert counts.probability_by_chance(1_000_000, 1_000_000) == 1
    assert 0.04 < counts.probability_by_chance(1_002_780, 1_000_000) < 0.05
    assert counts.probability_by_chance(2_000_000, 1_000_000) == 0


@given(now=st.integers(10**5, 10**6), apart=st.floats(-4, 4), share=st.sampled_from([0.5, 0.1, 0.75]))
def test_counts_beyond_those_that_are_added_up_are_tested_nearly_alike(now: int, apart: float, share: float) -> None:
    before = round(now * (1 - share) / share + apart * sqrt(now / share))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "LARGE", 0)
        approximate = counts.probability_by_chance(now, before, share)
    assert abs(approximate - counts.probability_by_chance(now, before, share)) < 5e-4


@pytest.mark.parametrize("size", [10**12, 10**305, 10**400], ids=["a million million", "of a float", "of none"])
def test_counts_of_any_size_are_tested(size: int) -> None:
    assert counts.probability_by_chance(size, size) == 1
    assert counts.probability_by_chance(size, 0) == 0
    assert counts.probability_by_chance(0, size) == 0
    assert counts.change_in_counts(size, size, "lower").arrow == "no clear change"


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_periods_of_which_one_has_nobody_to_speak_of(share: float) -> None:
    assert 0 <= counts.probability_by_chance(3, 4, share) <= 1


def test_noughts_do_not_differ() -> None:
    assert counts.probability_by_chance(0, 0) == 1
    assert counts.z_of_change(0, 0) == 0


def test_a_fall_of_three_per_cent_in_2414_is_no_clear_change() -> None:
    change = counts.change_in_counts(2336, 2414, "lower")
    worked = VECTORS["ytd"]
    assert (change.change, change.arrow, change.meaning) == (worked["change"], "no clear change", "neither")
    assert near(change.percent, worked["change_pct"])
    assert counts.sentence(change) == (
        "no clear change: 2,336 after 2,414, down 3.2%; such a difference can well be chance"
    )


@pytest.mark.parametrize(
    ("now", "before", "better", "words"),
    [
        (300, 200, "lower", "up, which is worse: 300 after 200, up 50%"),
        (300, 200, "higher", "up, which is better: 300 after 200, up 50%"),
        (200, 300, "lower", "down, which is better: 200 after 300, down 33.3%"),
        (200, 300, "neutral", "down: 200 after 300, down 33.3%"),
        (9, 0, "lower", "up, which is worse: 9 after 0"),
        (0, 0, "lower", "no clear change: 0 after 0"),
        (25, 16, "lower", "no clear change: 25 after 16, up 56.3%; such a difference can well be chance"),
    ],
)
def test_a_change_in_words(now: int, before: int, better: Any, words: str) -> None:
    assert counts.sentence(counts.change_in_counts(now, before, better)) == words


@pytest.mark.parametrize(
    ("now", "before", "band", "arrow"),
    [
        (23.1, 23.0, 0.1, "no clear change"),
        (23.2, 23.0, 0.1, "up"),
        (22.8, 23.0, 0.1, "down"),
        (23.0, 23.0, 0, "no clear change"),
        (-2, -1, 0, "down"),
    ],
)
def test_a_level_moves_only_beyond_its_band(now: float, before: float, band: float, arrow: str) -> None:
    change = counts.change_in_level(now, before, "higher", band)
    assert (change.arrow, change.chance) == (arrow, None)
    assert "chance" not in counts.sentence(change)


def test_a_change_of_which_nothing_tells_is_never_up_or_down_and_says_why() -> None:
    change = counts.change_untold(50.5, 52.5, "higher", "nobody counted")
    assert (change.change, change.arrow, change.meaning) == (-2, "no clear change", "neither")
    assert counts.sentence(change, "%") == "no clear change: 50.5% after 52.5%, down 2 points; nobody counted"
    assert counts.sentence(counts.change_untold(50, 50, "higher", "nobody counted")) == "no clear change: 50 after 50"


@pytest.mark.parametrize("row", VECTORS["rate_ci"], ids=lambda row: f"{row['x']} in {row['pop']}")
def test_rates_and_their_intervals(row: dict[str, Any]) -> None:
    interval = counts.rate_interval(row["x"], row["pop"], row["per"])
    rule = "exact" if row["x"] < 10 else "byar"
    assert all_near(
        (interval.value, interval.low, interval.high), (row["rate"], row[f"{rule}_low"], row[f"{rule}_high"])
    )
    for limits, name in ((counts.exact_limits, "exact"), (counts.byar_limits, "byar")):
        scaled = [limit / row["pop"] * row["per"] for limit in limits(row["x"])]
        assert all_near(scaled, (row[f"{name}_low"], row[f"{name}_high"]))


@given(st.integers(0, 5000))
def test_both_ways_to_the_limits_of_a_count_agree_nearly(events: int) -> None:
    (low, high), (byar_low, byar_high) = counts.exact_limits(events), counts.byar_limits(events)
    assert low <= events < high
    assert abs(low - byar_low) < 0.02
    assert abs(high - byar_high) < 0.03


def test_rates_are_pooled_and_never_averaged() -> None:
    worked = VECTORS["rate_pooling"]
    months = list(zip(worked["detections"], worked["recorded"], strict=True))
    rate = counts.pooled(months)
    assert rate == Fraction(54000, 2336)
    assert near(rate, worked["ytd_rate"])
    each = [counts.pooled([month]) or 0 for month in months]
    assert near(sum(each) / len(each), worked["mean_of_monthly_rates"])
    assert not near(rate, worked["mean_of_monthly_rates"])
    assert counts.pooled([*months, (None, 400), (90, None)]) == rate
    assert counts.pooled([]) is None
    assert counts.pooled([(3, 0)]) is None


@given(st.data(), st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900)), min_size=1, max_size=12))
def test_pooled_rates_agree_whatever_the_order(data: st.DataObject, months: list[tuple[int, int]]) -> None:
    assert counts.pooled(data.draw(st.permutations(months)), 1000) == counts.pooled(months, 1000)
    parts = [counts.pooled([month], 1000) or 0 for month in months]
    assert min(parts) <= (counts.pooled(months, 1000) or 0) <= max(parts)


def test_part_of_a_year_made_whole() -> None:
    assert counts.for_a_year(2336, 6) == VECTORS["projection"]["linear"]
    with pytest.raises(ValueError, match="at least one month"):
        counts.for_a_year(3, 0)


def test_what_is_no_count_or_population_is_refused() -> None:
    with pytest.raises(ValueError, match="never below 0"):
        counts.change_in_counts(-1, 3, "lower")
    with pytest.raises(ValueError, match="never below 0"):
        counts.exact_limits(-1)
    with pytest.raises(ValueError, match="population above 0"):
        counts.rate(5, 0)
