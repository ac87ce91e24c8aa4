"""Intervals of survey results, and whether a target is met, missed or too close to call.

Shares are fractions of 1 (0.85), and gaps are differences of shares (0.05 is 5 percentage points). All intervals are
95% intervals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist
from typing import Literal

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.plan.performance import Polarity

SurveyVerdict = Literal["met", "missed", "too close to call"]

Z95 = NormalDist().inv_cdf(0.975)
"""The two-sided 95% point of the normal distribution, 1.959964."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The range in which the true share or gap may lie, both ends included; ``value`` is that of the sample."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A share of the answers to a survey.

    Attributes:
        share: The part of the answers that are counted, from 0 to 1.
        size: The number of answers.
        design_effect: The variance of this sample as a multiple of that of a simple random sample. It is the square of
            the design factor, by which the standard error is multiplied.

    Raises:
        ValueError: if the share is not between 0 and 1, or the size or design effect not above 0; the message is for
            people.
    """

    share: float
    size: float
    design_effect: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"A share of a survey lies between 0 and 100%; {self.share * 100:.10g}% does not.")
        if not self.size > 0:
            raise ValueError("A survey's result needs the number of those who answered.")
        if not self.design_effect > 0:
            raise ValueError("A design effect is above 0; a simple random sample has 1.")

    @property
    def effective_size(self) -> float:
        """The size of a simple random sample that is as precise: size / design effect."""
        return self.size / self.design_effect


def design_effect(factor: float) -> float:
    """The design effect for a design factor, its square: variances are squares of standard errors."""
    return factor * factor


def effect_of_weights(weights: Iterable[float]) -> tuple[float, float]:
    """The effective size of a weighted sample and its design effect: Kish, Survey Sampling (1965).

    Raises:
        ValueError: if no weight is above 0; the message is for people.
    """
    counted = list(weights)
    total, squares = fsum(counted), fsum(weight * weight for weight in counted)
    if not total > 0:
        raise ValueError("A weighted survey needs weights above 0.")
    size = total * total / squares
    return size, len(counted) / size


def wilson(sample: Sample) -> Interval:
    """The interval of a share: Wilson, Journal of the American Statistical Association 22 (1927) 209-212.

    It uses the effective size of a sample that is not simple.
    """
    share, size = sample.share, sample.effective_size
    below = 1 + Z95 * Z95 / size
    centre = (share + Z95 * Z95 / (2 * size)) / below
    half = Z95 * sqrt(share * (1 - share) / size + Z95 * Z95 / (4 * size * size)) / below
    # For a share of 0 or 1 one end is exactly that, which binary arithmetic misses by a hair.
    return Interval(share, max(0.0, centre - half) if share else 0.0, min(1.0, centre + half) if share < 1 else 1.0)


def gap(first: Sample, second: Sample) -> Interval:
    """How far the share of the first group is above that of the second: Newcombe's hybrid score interval.

    It is method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890. The groups must not share members: white and
    minority ethnic users can be compared, the whole community and one of its parts cannot.
    """
    return apart(wilson(first), wilson(second))


def apart(first: Interval, second: Interval) -> Interval:
    """How far the first of two independent figures is above the second, by the intervals of both.

    It is the square-and-add interval of Newcombe's method 10 for any two figures: Zou and Donner, Statistics in
    Medicine 27 (2008) 1693-1702.
    """
    value = first.value - second.value
    return Interval(
        value,
        value - sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2),
        value + sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2),
    )


def is_real(difference: Interval) -> bool:
    """Whether a gap is more than chance: its interval does not reach 0."""
    return difference.low > 0 or difference.high < 0


def gap_test(first: Sample, second: Sample) -> tuple[float, float] | None:
    """The pooled two-proportion test of a gap: (z, two-sided p).

    ``None`` if everybody in both groups gives the same answer: the test has no value then, and the interval decides.
    """
    first_size, second_size = first.effective_size, second.effective_size
    pooled = (first.share * first_size + second.share * second_size) / (first_size + second_size)
    error = sqrt(pooled * (1 - pooled) * (1 / first_size + 1 / second_size))
    if not error:
        return None
    z = (first.share - second.share) / error
    return z, 2 * NormalDist().cdf(-abs(z))


def against(interval: Interval, target: GivenNumber, better: Polarity) -> SurveyVerdict:
    """Whether a share or gap meets its target, both as fractions of 1: met or missed only if all its interval is.

    Raises:
        ValueError: if neither way is better; the message is for people.
    """
    if better == "neutral":
        raise ValueError("A target cannot be met where neither higher nor lower is better.")
    low, high, aim = exact(interval.low), exact(interval.high), exact(target)
    met, missed = (low >= aim, high < aim) if better == "higher" else (high <= aim, low > aim)
    return "met" if met else "missed" if missed else "too close to call"


@dataclass(frozen=True, slots=True)
class Groups:
    """The three judgements of two groups with one target: each group against the target, and the gap between them."""

    first: SurveyVerdict
    second: SurveyVerdict
    gap: Interval
    gap_is_real: bool


def groups(first: Sample, second: Sample, target: GivenNumber, better: Polarity = "higher") -> Groups:
    """The judgements of two groups that share no members, against one target for both."""
    between = gap(first, second)
    return Groups(
        against(wilson(first), target, better), against(wilson(second), target, better), between, is_real(between)
    )


def give_or_take(interval: Interval) -> str:
    """A share or gap in percentage points, as reports of the time print it: "5.2 ± 1.9", by its wider side."""
    wider = max(interval.high - interval.value, interval.value - interval.low)
    return f"{interval.value * 100:.1f} ± {wider * 100:.1f}"
