"""Counts of events: whether two differ by more than chance, and how far a rate can be trusted.

Counts are whole numbers of events in periods of equal length; rates are events per 1,000 (or another number of) people
or households.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import erfc, exp, lgamma, log, sqrt
from typing import Literal

from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.figures.survey import Z95, Interval
from spp_desktop.plan.performance import Polarity

Arrow = Literal["up", "down", "no clear change"]
Meaning = Literal["better", "worse", "neither"]

CHANCE = 0.05
"""A difference that chance alone makes with at least this probability is not called a change."""
TAIL = CHANCE / 2
LARGE = 10**8
"""Counts that are more than this together are compared by the normal approximation."""
_LEAST_SHARE = 1e-12
_FAR = 1500
"""The square of so many standard deviations that a float knows no probability beyond."""
MONTHS_OF_A_YEAR = 12
FEW = 10
"""Byar's approximation is used from this many events, as by the Office for Health Improvement and Disparities."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change from one count or figure to another.

    Attributes:
        now: The later figure.
        before: The earlier figure.
        change: The later figure less the earlier, in their unit.
        percent: The change in per cent of the earlier figure; ``None`` if that is 0.
        chance: The probability that chance alone makes a difference at least as large; ``None`` if a stated band or
            another test decides instead.
        arrow: The direction of the change, if it is clear.
        meaning: Whether that is better or worse.
        untold: Why nothing can tell whether it is more than chance, as the end of a sentence; "" where something does.
    """

    now: GivenNumber
    before: GivenNumber
    change: GivenNumber
    percent: float | None
    chance: float | None
    arrow: Arrow
    meaning: Meaning
    untold: str = ""


def change_in_counts(now: int, before: int, better: Polarity) -> Change:
    """The change between counts of two equally long periods, called up or down only if it is more than chance.

    Raises:
        ValueError: if a count is below 0; the message is for people.
    """
    chance = probability_by_chance(now, before)
    return _change(now, before, better, chance, chance < CHANCE)


def change_in_level(now: GivenNumber, before: GivenNumber, better: Polarity, band: GivenNumber = 0) -> Change:
    """The change between two rates or levels, called up or down only if it is larger than ``band``, in their unit."""
    return _change(now, before, better, None, abs(exact(now) - exact(before)) > exact(band))


def change_told_apart(now: GivenNumber, before: GivenNumber, better: Polarity, *, clear: bool) -> Change:
    """The change between two shares or gaps; ``clear`` is whether a test elsewhere found it to be more than chance."""
    return _change(now, before, better, None, clear)


def change_untold(now: GivenNumber, before: GivenNumber, better: Polarity, why: str) -> Change:
    """The change between two figures of which nothing tells whether they differ by more than chance: never clear."""
    return replace(_change(now, before, better, None, clear=False), untold=why)


def _change(now: GivenNumber, before: GivenNumber, better: Polarity, chance: float | None, clear: bool) -> Change:
    """The change between two figures; ``clear`` is whether it is more than chance, so that it is called up or down."""
    step, base = exact(now) - exact(before), exact(before)
    arrow: Arrow = "no clear change" if not clear or not step else "up" if step > 0 else "down"
    meaning: Meaning = "neither"
    if arrow != "no clear change" and better != "neutral":
        meaning = "better" if (arrow == "up") == (better == "higher") else "worse"
    percent = float(100 * step / abs(base)) if base else None
    return Change(now, before, step, percent, chance, arrow, meaning)


def sentence(change: Change, unit: str = "") -> str:
    """A change in a few words: "no clear change: 2,336 after 2,414, down 3.2%; such a difference can well be chance".

    A change of shares (``unit`` "%" or "percentage points") is given in points: "up, which is better: 28.1% after
    27.2%, up 0.9 points".
    """
    share = unit in _SHARES
    figures = f"{_figure(change.now, unit)} after {_figure(change.before, unit)}"
    step = exact(change.change)
    size = abs(step) if share else None if change.percent is None else abs(exact(change.percent))
    if size and shown(size, 1) != "0":
        points = " point" if shown(size, 1) == "1" else " points"
        figures += f", {'up' if step > 0 else 'down'} {shown(size, 1)}{points if share else '%'}"
    if change.arrow == "no clear change":
        chance = "" if change.chance is None else "such a difference can well be chance"
        why = (change.untold or chance) if change.change else ""
        return f"no clear change: {figures}{'; ' if why else ''}{why}"
    meaning = "" if change.meaning == "neither" else f", which is {change.meaning}"
    return f"{change.arrow}{meaning}: {figures}"


_SHARES = ("%", "percentage points")


def _figure(value: GivenNumber, unit: str) -> str:
    return shown(exact(value), 1 if unit in _SHARES else 2) + ("%" if unit == "%" else "")


def probability_by_chance(now: int, before: int, share: float = 0.5) -> float:
    """The probability that two counts of one process differ at least this much by chance.

    This is the exact conditional test with the tail doubled (Przyborowski and Wilenski, Biometrika 31 (1940) 313-323):
    given their sum, each event belongs to the later count with the probability ``share``. For two counts of 0 it is 1.
    Beyond ``LARGE`` it is its normal approximation with correction for continuity, which differs by less than 0.0001.

    Args:
        now: The later count.
        before: The earlier count.
        share: The part of the people (or households, or days) of both that belongs to the later count, from 0 to 1;
            one half for equally long periods.

    Raises:
        ValueError: if a count is below 0; the message is for people.
    """
    if min(now, before) < 0:
        raise ValueError("A count is never below 0.")
    both, share = now + before, min(max(share, _LEAST_SHARE), 1 - _LEAST_SHARE)
    if both > LARGE:
        return _by_normal(now, both, share)
    few, part = (now, share) if now <= share * both else (before, 1 - share)
    # P(X <= few), from its largest term down: each term is the last one times k / (n - k + 1) times (1 - part) / part.
    choices = lgamma(both + 1) - lgamma(few + 1) - lgamma(both - few + 1)
    term, odds = exp(choices + few * log(part) + (both - few) * log(1 - part)), (1 - part) / part
    tail = 0.0
    while term > tail * 1e-17:
        tail += term
        term *= odds * few / (both - few + 1)
        few -= 1
    return min(1.0, 2 * tail)


def _by_normal(now: int, both: int, share: float) -> float:
    """The same of counts so large that their terms cannot be added one by one, nor be numbers of the machine."""
    part = Fraction(share)
    apart = max(abs(now - part * both) - Fraction(1, 2), Fraction(0))
    squared = apart**2 / (both * part * (1 - part))
    return erfc(sqrt(squared / 2)) if squared < _FAR else 0.0


def z_of_change(now: int, before: int) -> float:
    """How many standard errors two counts are apart, (a - b) / sqrt(a + b); near the exact test for large counts."""
    return (now - before) / sqrt(now + before) if now + before else 0.0


def rate(events: GivenNumber, population: GivenNumber, per: GivenNumber = 1000) -> float:
    """Events per 1,000 (or ``per``) people or households of a population.

    Raises:
        ValueError: if the population is not above 0; the message is for people.
    """
    if not exact(population) > 0:
        raise ValueError("A rate needs a population above 0.")
    return float(exact(events) / exact(population) * exact(per))


def pooled(parts: Iterable[tuple[GivenNumber | None, GivenNumber | None]], per: GivenNumber = 100) -> Fraction | None:
    """A rate over several months or areas: the sum of numerators over the sum of denominators.

    It is not the mean of their rates, in which a month of few crimes would weigh as much as a month of many. A part
    without a numerator or a denominator is left out.

    Args:
        parts: (numerator, denominator) for each month or area, such as (detections, crimes recorded).
        per: 100 for per cent, 1,000 for a rate per 1,000.

    Returns:
        The rate; ``None`` if the denominators are 0 together.
    """
    known = [(exact(counted), exact(of)) for counted, of in parts if counted is not None and of is not None]
    below = sum([of for _, of in known], Fraction())
    return sum([counted for counted, _ in known], Fraction()) * exact(per) / below if below else None


def for_a_year(events: GivenNumber, months: int) -> Fraction:
    """The events of a whole year at the pace of its first ``months``: 12 times the mean month. Show it as an estimate.

    Raises:
        ValueError: if there are no months; the message is for people.
    """
    if months < 1:
        raise ValueError("Part of a year has at least one month.")
    return exact(events) * MONTHS_OF_A_YEAR / months


def rate_interval(events: int, population: float, per: float = 1000) -> Interval:
    """A rate and its 95% interval: exact below 10 events, Byar's approximation from 10.

    Raises:
        ValueError: if events are below 0, or the population is not above 0; the message is for people.
    """
    value = rate(events, population, per)
    low, high = exact_limits(events) if events < FEW else byar_limits(events)
    return Interval(value, low / population * per, high / population * per)


def byar_limits(events: int) -> tuple[float, float]:
    """The 95% limits of a count by Byar's approximation: Breslow and Day, Statistical Methods in Cancer Research II."""

    def limit(count: int, sign: int) -> float:
        """One end of the interval: the lower one for sign -1."""
        return count * (1 - 1 / (9 * count) + sign * Z95 / (3 * sqrt(count))) ** 3

    return limit(events, -1) if events else 0.0, limit(events + 1, 1)


def exact_limits(events: int) -> tuple[float, float]:
    """The exact 95% limits of a count of a Poisson process: Garwood, Biometrika 28 (1936) 437-442.

    Raises:
        ValueError: if the count is below 0; the message is for people.
    """
    if events < 0:
        raise ValueError("A count is never below 0.")
    # At the upper limit this few events, and at the lower limit this many, have the probability of one tail.
    far = 10 * sqrt(events) + 10
    high = _root(lambda mean: _at_most(events, mean) - TAIL, events, events + far)
    low = _root(lambda mean: _at_most(events - 1, mean) - (1 - TAIL), max(0.0, events - far), events) if events else 0.0
    return low, high


def _at_most(events: int, mean: float) -> float:
    """The probability of at most this many events, if ``mean`` are expected."""
    term, total = exp(events * log(mean) - mean - lgamma(events + 1)), 0.0
    while term > total * 1e-17:
        total += term
        term *= events / mean
        events -= 1
    return total


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses 0 between two ends, by halving."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return middle
