"""Will we make it: the figure at the year's end by each method, with its range, and what the months to come must be.

This is for figures that are summed over the year, such as counts, and for rates made of two of them. The methods can
disagree, so all are given and none is chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt
from typing import Literal

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.survey import Z95
from spp_desktop.figures.trajectory import period_name

ProjectionMethod = Literal["straight", "last year's profile", "rest as last year"]


@dataclass(frozen=True, slots=True)
class Projection:
    """The year's end by one method.

    Attributes:
        method: How the other months are taken. "straight": like the mean of those so far; "last year's profile": in
            proportion to those so far as last year; "rest as last year": as large as last year.
        value: The figure of the whole year, in the unit of the results; ``None`` if the method cannot be used.
        low: The lower end of its 95% range, never below the sum so far; ``None`` without a value.
        high: The upper end of its 95% range; ``None`` without a value.
        remark: Why there is no value, or "".
    """

    method: ProjectionMethod
    value: Fraction | None
    low: float | None
    high: float | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """What the months without a result must be to reach a target at the year's end, in the unit of the results.

    Attributes:
        rest: The target less the results so far; below 0 if it has been passed.
        each: What each of those months must be if all are alike; ``None`` if no month is left.
        months: The months without a result, 0 for April.
        by_month: What each of them must be by last year's profile; empty without one.
    """

    rest: Fraction
    each: Fraction | None
    months: tuple[int, ...]
    by_month: tuple[Fraction, ...]

    @property
    def passed(self) -> bool:
        """Whether the results are already above the target: met if more is better, missed if less is."""
        return self.rest < 0


@dataclass(frozen=True, slots=True)
class NeededRate:
    """What is needed to reach a rate at the year's end.

    Attributes:
        more: How many more must be counted, such as detections.
        rate: The rate that this is of the denominator to come, in per cent; ``None`` if none is to come.
    """

    more: Fraction
    rate: Fraction | None


def projections(
    now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None = None
) -> list[Projection]:
    """The figure at the year's end by every method.

    The range allows for chance in the months so far and in the months to come. Each month is taken as a count whose
    variance is its mean times a dispersion. The dispersion, never below 1, is how much the months so far vary about
    what the method expects of them (McCullagh and Nelder, Generalized Linear Models, 1989, section 6.2). The range
    does not allow for changes to come, and is least reliable early in the year.

    Args:
        now: This year's results for every month from April; ``None`` where there is none (yet).
        before: Last year's results likewise, if they are known.
    """
    known = [at for at, value in enumerate(now) if value is not None]
    if not known:
        return [Projection(method, None, None, None, "There is no result yet.") for method in _METHODS]
    so_far = [exact(value) for value in now if value is not None]
    even = [Fraction(1)] * len(now)
    straight = [_by_shares("straight", so_far, even, known)]
    why = _unknown(now, before)
    if before is None or why:
        return [*straight, *(Projection(method, None, None, None, why) for method in _METHODS[1:])]
    last = [exact(value) for value in before if value is not None]
    return [*straight, _by_shares("last year's profile", so_far, last, known), _as_last_year(so_far, last, known)]


def rate_projections(
    counted: Sequence[GivenNumber | None],
    of: Sequence[GivenNumber | None],
    counted_before: Sequence[GivenNumber | None] | None = None,
    of_before: Sequence[GivenNumber | None] | None = None,
) -> list[Projection]:
    """A rate at the year's end by every method, in per cent, from projections of its numerator and its denominator.

    The range is that of the numerator over the value of the denominator. If more crimes come, more are detected, so a
    range in which both vary freely would be too wide.

    Args:
        counted: The numerator, such as detections, for every month of this year from April. A month without a numerator
            or a denominator counts in neither.
        of: The denominator, such as crimes, for the same months.
        counted_before: The numerator for the months of last year, if it is known.
        of_before: The denominator for the months of last year, if it is known.

    Raises:
        ValueError: if the two have different numbers of months; the message is for people.
    """
    if len(counted) != len(of):
        raise ValueError("What is counted and what it is counted of are given for the same months.")
    both = [pair if None not in pair else (None, None) for pair in zip(counted, of, strict=True)]
    numerators = projections([numerator for numerator, _ in both], counted_before)
    denominators = projections([denominator for _, denominator in both], of_before)
    return [_divided(numerator, denominator) for numerator, denominator in zip(numerators, denominators, strict=True)]


def _divided(numerator: Projection, denominator: Projection) -> Projection:
    if numerator.value is None or numerator.low is None or numerator.high is None or not denominator.value:
        why = numerator.remark or denominator.remark or "There is nothing to be counted of."
        return Projection(numerator.method, None, None, None, why)
    whole = denominator.value / 100
    return Projection(
        numerator.method, numerator.value / whole, numerator.low / float(whole), numerator.high / float(whole)
    )


_METHODS: tuple[ProjectionMethod, ...] = ("straight", "last year's profile", "rest as last year")


def _unknown(now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None) -> str:
    """Why a projection cannot use last year, or ""."""
    if before is None:
        return "There are no results of last year."
    missing = [period_name(at, len(now)) for at, value in enumerate(before) if value is None]
    if missing or len(before) != len(now):
        return f"Last year has no result for {' and '.join(missing) or 'every month'}."
    return ""


def _by_shares(
    method: ProjectionMethod, so_far: list[Fraction], weights: list[Fraction], known: list[int]
) -> Projection:
    """A projection in which the months to come are to their weights as the months so far are to theirs."""
    done = sum(so_far, Fraction())
    weight_so_far, whole = sum([weights[at] for at in known], Fraction()), sum(weights, Fraction())
    if weight_so_far <= 0:
        return Projection(method, None, None, None, "Last year's figures for these months are 0.")
    rest = done * (whole - weight_so_far) / weight_so_far
    expected = [done * weights[at] / weight_so_far for at in known]
    spread = _dispersion([(value - mean, mean) for value, mean in zip(so_far, expected, strict=True)], len(known) - 1)
    # The rest varies by itself and, being a multiple of the months so far, with their own chance.
    return _ranged(method, done, rest, spread * float(rest * whole / weight_so_far))


def _as_last_year(so_far: list[Fraction], last: list[Fraction], known: list[int]) -> Projection:
    done = sum(so_far, Fraction())
    rest = sum([value for at, value in enumerate(last) if at not in known], Fraction())
    pairs = [(value - last[at], value + last[at]) for at, value in zip(known, so_far, strict=True)]
    # Last year's months vary by chance as well, so the rest varies twice.
    return _ranged("rest as last year", done, rest, _dispersion(pairs, len(known)) * 2 * float(rest))


def _dispersion(residuals: list[tuple[Fraction, Fraction]], freedom: int) -> float:
    """Pearson's dispersion, at least 1, of pairs: a difference, and its variance if chance alone makes it."""
    squares = fsum(float(off * off / mean) for off, mean in residuals if mean > 0)
    return max(1.0, squares / freedom) if freedom > 0 else 1.0


def _ranged(method: ProjectionMethod, done: Fraction, rest: Fraction, variance: float) -> Projection:
    value, half = done + rest, Z95 * sqrt(max(0.0, variance))
    return Projection(method, value, max(float(min(done, value)), float(value) - half), float(value) + half)


def needed(
    target: GivenNumber, now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None = None
) -> Needed:
    """What the months without a result must be for the year to reach its target.

    Args:
        target: The target of the whole year.
        now: This year's results for every month from April; ``None`` where there is none (yet).
        before: Last year's results likewise, for its profile.
    """
    rest = exact(target) - sum([exact(value) for value in now if value is not None], Fraction())
    left = tuple(at for at, value in enumerate(now) if value is None)
    weights = [exact(value) for at in left if before and at < len(before) and (value := before[at]) is not None]
    whole = sum(weights, Fraction())
    by_profile = len(weights) == len(left) and whole > 0
    return Needed(
        rest=rest,
        each=rest / len(left) if left else None,
        months=left,
        by_month=tuple(rest * weight / whole for weight in weights) if by_profile else (),
    )


def needed_rate(target: GivenNumber, counted: GivenNumber, of: GivenNumber, of_all: GivenNumber) -> NeededRate:
    """What is needed to reach a rate, such as a share of crimes detected.

    Args:
        target: The rate at the year's end, in per cent.
        counted: The numerator so far, such as detections.
        of: The denominator so far, such as crimes.
        of_all: The denominator projected for the whole year.
    """
    more = exact(target) * exact(of_all) / 100 - exact(counted)
    to_come = exact(of_all) - exact(of)
    return NeededRate(more, more * 100 / to_come if to_come > 0 else None)
