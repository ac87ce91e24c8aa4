"""Will we make it: the year's end by each method, with its range, and what the months to come must be.

For figures that add up over the year, such as counts, and for rates made of two such. The methods can disagree, so all
are given and none is chosen.
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
        method: "straight": the other months as those so far; "last year's profile": as last year's months were to
            those so far; "rest as last year": the other months as last year.
        value: for the whole year, in the unit of the results; ``None`` where the method has nothing to go by.
        low: the lower end of its 95% range, never below what there is already; ``None`` without a value.
        high: the upper end.
        remark: why there is no value, or "".
    """

    method: ProjectionMethod
    value: Fraction | None
    low: float | None
    high: float | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """What is left to reach a target at the year's end.

    Attributes:
        rest: the target less the results so far; below nought it has been passed.
        each: what each month without a result must be, all alike; ``None`` where none is left.
        months: the months without a result, 0 for April.
        by_month: what each of them must be by last year's profile; empty without one.
    """

    rest: Fraction
    each: Fraction | None
    months: tuple[int, ...]
    by_month: tuple[Fraction, ...]

    @property
    def passed(self) -> bool:
        """Whether there is already more than the target: too much where less is better, met where more is."""
        return self.rest < 0


@dataclass(frozen=True, slots=True)
class NeededRate:
    """What is left to reach a rate at the year's end: so many more, which is so large a rate of what is to come."""

    more: Fraction
    rate: Fraction | None


def projections(
    now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None = None
) -> list[Projection]:
    """The year's end by every method.

    The range allows for chance in the months so far and in those to come. Each month is taken as a count whose
    variance is its mean times a dispersion, never below 1, that the months so far show about the method's own
    expectation (McCullagh and Nelder, Generalized Linear Models, 1989, section 6.2). It does not know of changes to
    come, and is least to be trusted early in the year.

    Args:
        now: This year by month from April, every month of it, ``None`` where there is no result (yet).
        before: Last year the same way, if it is known.
    """
    known = [at for at, value in enumerate(now) if value is not None]
    if not known:
        return [Projection(method, None, None, None, "There is no result yet.") for method in _METHODS]
    so_far = [exact(value) for value in now if value is not None]
    even = [Fraction(1)] * len(now)
    found = [_by_shares("straight", so_far, even, known)]
    why = _unknown(now, before)
    if before is None or why:
        return [*found, *(Projection(method, None, None, None, why) for method in _METHODS[1:])]
    last = [exact(value) for value in before if value is not None]
    return [*found, _by_shares("last year's profile", so_far, last, known), _as_last_year(so_far, last, known)]


def rate_projections(
    counted: Sequence[GivenNumber | None],
    of: Sequence[GivenNumber | None],
    counted_before: Sequence[GivenNumber | None] | None = None,
    of_before: Sequence[GivenNumber | None] | None = None,
) -> list[Projection]:
    """A rate at the year's end by every method, in per cent: what is counted and what it is counted of, each projected.

    The range is that of what is counted, over the value of the other: where more crimes come, more are detected, so
    letting both vary freely would make it too wide.

    Args:
        counted: This year by month from April, such as detections; a month that lacks either number counts in neither.
        of: The same of what it is counted of, such as crimes.
        counted_before: The same of last year, if it is known.
        of_before: The same of last year.

    Raises:
        ValueError: with a sentence, where the two are of different months.
    """
    if len(counted) != len(of):
        raise ValueError("What is counted and what it is counted of are given for the same months.")
    both = [pair if None not in pair else (None, None) for pair in zip(counted, of, strict=True)]
    above = projections([one for one, _ in both], counted_before)
    below = projections([other for _, other in both], of_before)
    return [_divided(one, other) for one, other in zip(above, below, strict=True)]


def _divided(above: Projection, below: Projection) -> Projection:
    if above.value is None or above.low is None or above.high is None or not below.value:
        why = above.remark or below.remark or "There is nothing to be counted of."
        return Projection(above.method, None, None, None, why)
    whole = below.value / 100
    return Projection(above.method, above.value / whole, above.low / float(whole), above.high / float(whole))


_METHODS: tuple[ProjectionMethod, ...] = ("straight", "last year's profile", "rest as last year")


def _unknown(now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None) -> str:
    """Why last year cannot be gone by, or ""."""
    if before is None:
        return "There are no results of last year."
    missing = [period_name(at, len(now)) for at, value in enumerate(before) if value is None]
    if missing or len(before) != len(now):
        return f"Last year has no result for {' and '.join(missing) or 'every month'}."
    return ""


def _by_shares(
    method: ProjectionMethod, so_far: list[Fraction], weights: list[Fraction], known: list[int]
) -> Projection:
    """The rest in proportion to the weights of its months, as the months so far are in all to theirs."""
    done = sum(so_far, Fraction())
    ours, whole = sum([weights[at] for at in known], Fraction()), sum(weights, Fraction())
    if ours <= 0:
        return Projection(method, None, None, None, "Last year's figures for these months are 0.")
    rest = done * (whole - ours) / ours
    expected = [done * weights[at] / ours for at in known]
    spread = _dispersion([(value - mean, mean) for value, mean in zip(so_far, expected, strict=True)], len(known) - 1)
    # The rest varies by itself, and with how far the months so far are from what they stand for.
    return _ranged(method, done, rest, spread * float(rest * whole / ours))


def _as_last_year(so_far: list[Fraction], last: list[Fraction], known: list[int]) -> Projection:
    done = sum(so_far, Fraction())
    rest = sum([value for at, value in enumerate(last) if at not in known], Fraction())
    pairs = [(value - last[at], value + last[at]) for at, value in zip(known, so_far, strict=True)]
    # Last year's months are themselves one draw, so the rest varies twice.
    return _ranged("rest as last year", done, rest, _dispersion(pairs, len(known)) * 2 * float(rest))


def _dispersion(residuals: list[tuple[Fraction, Fraction]], freedom: int) -> float:
    """Pearson's dispersion of (difference, its variance if by chance alone), at least 1."""
    squares = fsum(float(off * off / mean) for off, mean in residuals if mean > 0)
    return max(1.0, squares / freedom) if freedom > 0 else 1.0


def _ranged(method: ProjectionMethod, done: Fraction, rest: Fraction, variance: float) -> Projection:
    value, half = done + rest, Z95 * sqrt(max(0.0, variance))
    return Projection(method, value, max(float(min(done, value)), float(value) - half), float(value) + half)


def needed(
    target: GivenNumber, now: Sequence[GivenNumber | None], before: Sequence[GivenNumber | None] | None = None
) -> Needed:
    """What the months without a result must be for the year to come to the target.

    Args:
        target: For the whole year.
        now: This year by month from April, every month of it, ``None`` where there is no result (yet).
        before: Last year the same way, for what each month must be by its profile.
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
    """What is left to reach a rate, such as a share of crimes detected.

    Args:
        target: The rate at the year's end, in per cent.
        counted: What counts so far, such as detections.
        of: What it is counted of so far, such as crimes.
        of_all: The same projected for the whole year.
    """
    more = exact(target) * exact(of_all) / 100 - exact(counted)
    to_come = exact(of_all) - exact(of)
    return NeededRate(more, more * 100 / to_come if to_come > 0 else None)
