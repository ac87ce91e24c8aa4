"""What a survey's answer can bear: intervals, and whether a target is met, missed or too close to call.

Shares are fractions of one (0.85), gaps differences of shares (0.05 is 5 percentage points). All intervals are of 95%.
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
    """What the true share or gap may be, both ends included; ``value`` is what the sample says."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A share of the answers to a survey.

    Attributes:
        share: those who said so, of one.
        size: the answers, of those who stated what is asked about.
        design_effect: how many times the variance of a simple sample this one has. It is the square of the design
            factor, by which the standard error is multiplied.

    Raises:
        ValueError: with a sentence, where the share is not between 0 and 1, or size or effect is not above 0.
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
        """The size of the simple random sample that would say as much: size / design effect."""
        return self.size / self.design_effect


def design_effect(factor: float) -> float:
    """The design effect of a design factor: variances go with the square of standard errors."""
    return factor * factor


def effect_of_weights(weights: Iterable[float]) -> tuple[float, float]:
    """The effective size of a weighted sample and its design effect: Kish, Survey Sampling (1965).

    Raises:
        ValueError: with a sentence, where no weight is above 0.
    """
    counted = list(weights)
    total, squares = fsum(counted), fsum(weight * weight for weight in counted)
    if not total > 0:
        raise ValueError("A weighted survey needs weights above 0.")
    size = total * total / squares
    return size, len(counted) / size


def wilson(sample: Sample) -> Interval:
    """The interval of a share: Wilson, Journal of the American Statistical Association 22 (1927) 209-212.

    With the effective size for the size of a sample that is not simple.
    """
    share, size = sample.share, sample.effective_size
    below = 1 + Z95 * Z95 / size
    centre = (share + Z95 * Z95 / (2 * size)) / below
    half = Z95 * sqrt(share * (1 - share) / size + Z95 * Z95 / (4 * size * size)) / below
    # At no or all answers the ends are 0 and 1, which binary arithmetic misses by a hair.
    return Interval(share, max(0.0, centre - half) if share else 0.0, min(1.0, centre + half) if share < 1 else 1.0)


def gap(one: Sample, other: Sample) -> Interval:
    """How far one group's share is above another's: Newcombe's hybrid score interval.

    Method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890. The groups must not share members: white against
    minority ethnic users, never whole community against one of its parts.
    """
    return apart(wilson(one), wilson(other))


def apart(first: Interval, second: Interval) -> Interval:
    """How far one figure is above another that is known apart from it, by the intervals of both.

    The square-and-add interval of Newcombe's method 10, for any two: Zou and Donner, Statistics in Medicine 27 (2008)
    1693-1702.
    """
    value = first.value - second.value
    return Interval(
        value,
        value - sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2),
        value + sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2),
    )


def is_real(gap_found: Interval) -> bool:
    """Whether a gap is more than chance: its interval does not reach nought."""
    return gap_found.low > 0 or gap_found.high < 0


def gap_test(one: Sample, other: Sample) -> tuple[float, float] | None:
    """The pooled two-proportion test of a gap: (z, two-sided p).

    ``None`` where everybody in both groups says the same: the test has no value, and the interval judges.
    """
    first, second = one.effective_size, other.effective_size
    pooled = (one.share * first + other.share * second) / (first + second)
    error = sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))
    if not error:
        return None
    z = (one.share - other.share) / error
    return z, 2 * NormalDist().cdf(-abs(z))


def against(found: Interval, target: GivenNumber, better: Polarity) -> SurveyVerdict:
    """A share or gap against its target, both of one: met or missed only if the whole interval says so.

    Raises:
        ValueError: with a sentence, where neither way is better.
    """
    if better == "neutral":
        raise ValueError("A target cannot be met where neither higher nor lower is better.")
    low, high, aim = exact(found.low), exact(found.high), exact(target)
    met, missed = (low >= aim, high < aim) if better == "higher" else (high <= aim, low > aim)
    return "met" if met else "missed" if missed else "too close to call"


@dataclass(frozen=True, slots=True)
class Groups:
    """The three judgements that one target for two groups is: each against the target, and the gap between them."""

    one: SurveyVerdict
    other: SurveyVerdict
    gap: Interval
    gap_is_real: bool


def groups(one: Sample, other: Sample, target: GivenNumber, better: Polarity = "higher") -> Groups:
    """Two groups that share no members, against one target for both."""
    between = gap(one, other)
    return Groups(
        against(wilson(one), target, better), against(wilson(other), target, better), between, is_real(between)
    )


def give_or_take(found: Interval) -> str:
    """A share or gap as reports of the time print it, in percentage points: "5.2 ± 1.9", the wider side of the two."""
    wider = max(found.high - found.value, found.value - found.low)
    return f"{found.value * 100:.1f} ± {wider * 100:.1f}"
