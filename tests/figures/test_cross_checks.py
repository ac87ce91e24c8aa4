"""The arithmetic against scipy and statsmodels, over wide ranges and at published values.

The normal approximation to the test of two counts is not in the program, which uses the exact test; here the
approximation is made of its z, so that the worked values of both are held.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels import api as sm
from statsmodels.stats import proportion, rates

from spp_desktop.figures import counts, peers, projection, survey
from spp_desktop.figures.projection import Projection
from spp_desktop.figures.survey import Sample
from tests.figures.vectors import VECTORS, all_near, near

effects = st.floats(0.5, 8)
many = st.integers(0, 1_000_000)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    """So many of so many."""
    asked = draw(st.integers(1, 20) | st.integers(1, 1_000_000))
    return draw(st.integers(0, asked)), asked


def of(said_so: int, asked: int, effect: float = 1.0) -> Sample:
    return Sample(said_so / asked, asked, effect)


def as_counted(sample: Sample) -> tuple[float, float]:
    """A sample as so many of so many, of the size that it is worth."""
    return sample.share * sample.effective_size, sample.effective_size


def test_the_point_of_the_normal_distribution() -> None:
    assert near(survey.Z95, stats.norm.ppf(0.975))


# Surveys


@given(shares(), effects)
@example((81, 263), 1.0).via("Newcombe 1998, Statistics in Medicine 17, 857-872")
@example((15, 148), 1.0).via("the same")
@example((0, 20), 1.0).via("the same")
@example((1, 29), 1.0).via("the same")
@example((850, 1000), 1.69).via("a design factor of 1.3")
def test_wilson(counted: tuple[int, int], effect: float) -> None:
    sample = of(*counted, effect)
    interval = survey.wilson(sample)
    assert all_near((interval.low, interval.high), proportion.proportion_confint(*as_counted(sample), method="wilson"))


@given(shares(), effects, shares(), effects)
@example((56, 70), 1.0, (48, 80), 1.0).via("Newcombe 1998, Statistics in Medicine 17, 873-890")
@example((9, 10), 1.0, (3, 10), 1.0).via("the same")
@example((6, 7), 1.0, (2, 7), 1.0).via("the same")
@example((5, 56), 1.0, (0, 29), 1.0).via("the same")
@example((0, 10), 1.0, (0, 20), 1.0).via("the same")
@example((0, 10), 1.0, (0, 10), 1.0).via("the same")
@example((10, 10), 1.0, (0, 20), 1.0).via("the same")
@example((10, 10), 1.0, (0, 10), 1.0).via("the same")
def test_newcombe(first: tuple[int, int], first_effect: float, second: tuple[int, int], second_effect: float) -> None:
    samples = of(*first, first_effect), of(*second, second_effect)
    interval = survey.gap(*samples)
    theirs = proportion.confint_proportions_2indep(
        *as_counted(samples[0]), *as_counted(samples[1]), method="newcomb", compare="diff"
    )
    assert all_near((interval.low, interval.high), theirs)


@given(shares(), effects, shares(), effects)
def test_the_pooled_test_of_a_gap(
    first: tuple[int, int], first_effect: float, second: tuple[int, int], second_effect: float
) -> None:
    samples = of(*first, first_effect), of(*second, second_effect)
    assume(0 < first[0] + second[0] < first[1] + second[1])
    z_and_p = survey.gap_test(*samples)
    assert z_and_p
    counted, sizes = zip(*map(as_counted, samples), strict=True)
    for ours, theirs in zip(z_and_p, proportion.proportions_ztest(counted, sizes), strict=True):
        assert math.isclose(ours, theirs, rel_tol=1e-8, abs_tol=1e-9), "nearly all in both: digits cancel"


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=60))
def test_weights_cost_size(weights: list[float]) -> None:
    size, effect = survey.effect_of_weights(weights)
    assert near(effect, 1 + stats.variation(weights) ** 2), "Kish: 1 + the squared coefficient of variation"
    assert near(size, len(weights) / effect)


# Counts


@given(many, many)
@example(25, 16).via("worked value")
@example(0, 3).via("worked value")
@example(2336, 2414).via("worked value")
def test_the_exact_test_of_two_counts(now: int, before: int) -> None:
    assume(now + before)
    probability = counts.probability_by_chance(now, before)
    tail = stats.binomtest(min(now, before), now + before, 0.5, alternative="less").pvalue
    assert math.isclose(probability, min(1.0, 2 * tail), rel_tol=1e-7, abs_tol=1e-12)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_doubled_tail_is_the_two_sided_test(now: int, before: int) -> None:
    theirs = rates.test_poisson_2indep(now, 1, before, 1, method="exact-cond").pvalue
    assert math.isclose(counts.probability_by_chance(now, before), theirs, rel_tol=1e-9, abs_tol=1e-12)


@given(many, st.integers(1, 1_000_000))
def test_the_standard_errors_between_two_counts(now: int, before: int) -> None:
    theirs = rates.test_poisson_2indep(now, 1, before, 1, method="score")
    z = counts.z_of_change(now, before)
    assert near(z, theirs.statistic)
    assert near(2 * stats.norm.sf(abs(z)), theirs.pvalue)


@pytest.mark.parametrize("row", VECTORS["poisson_change"], ids=lambda row: f"{row['now']} after {row['before']}")
def test_the_approximate_test_of_two_counts(row: dict[str, Any]) -> None:
    assert near(2 * stats.norm.sf(abs(counts.z_of_change(row["now"], row["before"]))), row["p_normal"])


@given(st.integers(0, 30) | st.integers(0, 100_000))
@example(0).via("no event")
@example(1250).via("worked value")
def test_the_exact_limits_of_a_count(events: int) -> None:
    limits = counts.exact_limits(events)
    low = stats.gamma.ppf(0.025, events) if events else 0.0
    assert all_near(limits, (low, stats.chi2.ppf(0.975, 2 * (events + 1)) / 2))


@given(st.integers(0, 9), st.floats(1, 1e8), st.sampled_from([100, 1000, 100_000]))
def test_the_exact_limits_of_a_rate(events: int, population: float, per: int) -> None:
    interval = counts.rate_interval(events, population, per)
    low, high = rates.confint_poisson(events, population / per, method="exact-c")
    assert all_near((interval.low, interval.high), (low if events else 0.0, high))


@given(st.integers(10, 1_000_000), st.floats(1, 1e8))
def test_byar_is_the_cube_of_wilson_and_hilferty(events: int, population: float) -> None:
    """Byar's limits are the exact ones with chi squared by its cube root, which is near normal."""

    def chi_squared(probability: float, freedom: int) -> float:
        part = 2 / (9 * freedom)
        return float(freedom * stats.norm.ppf(probability, 1 - part, math.sqrt(part)) ** 3)

    low, high = chi_squared(0.025, 2 * events) / 2, chi_squared(0.975, 2 * (events + 1)) / 2
    assert all_near(counts.byar_limits(events), (low, high))
    assert math.isclose(low, stats.chi2.ppf(0.025, 2 * events) / 2, rel_tol=2e-3)
    assert math.isclose(high, stats.chi2.ppf(0.975, 2 * (events + 1)) / 2, rel_tol=2e-4)
    interval = counts.rate_interval(events, population)
    assert all_near((interval.low, interval.high), (1000 * low / population, 1000 * high / population))


# Rates


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)), min_size=1, max_size=40))
def test_a_pooled_rate_is_the_mean_of_rates_by_their_weights(parts: list[tuple[int, int]]) -> None:
    above, below = np.array(parts).T
    rate = counts.pooled(parts)
    assert isinstance(rate, Fraction)
    assert rate == Fraction(100 * int(above.sum()), int(below.sum()))
    assert near(rate, np.average(100 * above / below, weights=below))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.sampled_from(["higher", "lower"]))
def test_ranks_and_means_of_forces(rates: list[int], better: Any) -> None:
    forces = {f"Force {at}": rate for at, rate in enumerate(rates)}
    ranks = stats.rankdata(rates if better == "lower" else [-rate for rate in rates], method="min")
    for (name, _), rank in zip(forces.items(), ranks, strict=True):
        standing = peers.standing(name, forces, better)
        assert standing
        assert standing.rank == rank
        assert near(standing.average, np.mean(rates))


# Projections

months = st.lists(st.integers(1, 900), min_size=2, max_size=11)
year = st.lists(st.integers(1, 900), min_size=12, max_size=12)


def range_of_glm(now: Sequence[int], weights: Sequence[int]) -> tuple[float, float]:
    """The year's end and the half of its 95% range by a quasi-Poisson regression on a constant, by weights."""
    known = len(now)
    fitted = sm.GLM(now, np.ones(known), family=sm.families.Poisson(), offset=np.log(weights[:known])).fit(scale="X2")
    scatter = max(1.0, fitted.scale)
    rest = math.exp(fitted.params[0]) * sum(weights[known:])
    # The months to come vary about what is expected of them, and what is expected with the estimate.
    variance = scatter * rest + rest**2 * fitted.cov_params()[0, 0] * scatter / fitted.scale
    return sum(now) + rest, stats.norm.ppf(0.975) * math.sqrt(variance)


def half(projected: Projection) -> float:
    assert projected.value is not None
    assert projected.high is not None
    return projected.high - float(projected.value)


@given(months, year)
@example(VECTORS["ytd"]["this_year"], VECTORS["trajectory"]["last_year"]).via("worked year")
def test_the_ranges_are_those_of_a_quasi_poisson_regression(now: list[int], last: list[int]) -> None:
    assume(len(set(now)) > 1)
    assume(len({Fraction(value, last[at]) for at, value in enumerate(now)}) > 1)
    straight, seasonal, _ = projection.projections([*now, *[None] * (12 - len(now))], last)
    for projected, weights in ((straight, [1] * 12), (seasonal, last)):
        value, theirs = range_of_glm(now, weights)
        assert math.isclose(projected.value or 0, value, rel_tol=1e-7)
        assert math.isclose(half(projected), theirs, rel_tol=1e-6)


@given(months, year)
def test_the_scatter_between_two_years_is_chi_squared(now: list[int], last: list[int]) -> None:
    *_, projected = projection.projections([*now, *[None] * (12 - len(now))], last)
    squares = sum(stats.chisquare([value, last[at]]).statistic for at, value in enumerate(now))
    variance = max(1.0, squares / len(now)) * 2 * sum(last[len(now) :])
    assert math.isclose(half(projected), stats.norm.ppf(0.975) * math.sqrt(variance), rel_tol=1e-7)
