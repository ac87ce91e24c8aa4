"""XmR control charts by the method of the NHS's "Making Data Count": has the process changed, and can it do the job?

The rules are those of the R package NHSRplotthedots 0.2.2 (MIT licence) without its faults: a trend has the direction
of its own steps, a missing value does not spoil the chart, and points without limits are not compared with any. Every
comparison is strict and made in whole numbers, so a value on a limit is not beyond it. Control charts and colours
against a target answer different questions; neither is made from the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import lcm
from operator import ge
from typing import Literal, NamedTuple

from spp_desktop.figures.control.rules import (
    ControlLimits,
    ControlRule,
    PartMeasure,
    measured,
    rules_of,
    screened,
    steps_of,
    zones_of,
)
from spp_desktop.figures.exact import GivenNumber, exact, in_one_unit
from spp_desktop.plan.performance import Polarity
from spp_desktop.plan.periods import months

PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Icon = Literal[
    "common_cause", "improvement_high", "improvement_low", "concern_high", "concern_low", "neutral_high", "neutral_low"
]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]
"""The target compared with the process limits: always met, never met, or hit or miss."""

SHORTEST_BASE = 12
"""The fewest points that a fixed baseline may have."""
ENOUGH = 13
"""The fewest points for limits that are more than a trial, and for assurance to be shown."""

_DAY = timedelta(days=1)

_HIGH: frozenset[ControlRule] = frozenset({"beyond_upper", "trend_up", "two_of_three_high", "run_high"})


@dataclass(frozen=True, slots=True)
class ControlRebase:
    """The day from which a series is judged anew, and the reason that its author gives.

    ``first`` is the day of the first point judged anew. Limits, moving ranges, runs and trends never cross it.
    """

    first: date
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chart is made; all of it is printed under the chart.

    Attributes:
        better: Which way is better. With "neutral", special causes are high or low instead of improvement or concern,
            and there is no assurance.
        target: The target in the unit of the values, or ``None``.
        no_target: Why there is no one number to hold the chart against, where there is a target all the same.
        rebases: The days from which the series is judged anew. One that is not a day of the series has no effect, and
            a note says so.
        fix_after: The number of points (12 or more) at the start of each part of the series that its limits are made
            from; ``None`` for all.
        screened: Whether moving ranges of 3.267 times their mean or more are left out, once, before limits are made.
            The package does so; Making Data Count's own workbooks do not, and Wheeler advises against it.
        beyond_counts: Whether a point beyond the limits also counts towards two of three. Making Data Count announced
            this in November 2023; the package does not do it.
    """

    better: Polarity = "higher"
    target: GivenNumber | None = None
    no_target: str = ""
    rebases: tuple[ControlRebase, ...] = ()
    fix_after: float | None = None
    screened: bool = True
    beyond_counts: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the series, from one rebase to the next.

    Attributes:
        number: How many rebases come before it.
        start: The place of its first point in the series.
        stop: The place after its last point.
        known: The number of its points with a value.
        mean: The mean of its values in their unit; ``None`` if no value is known.
        limits: Its process and warning limits; ``None`` if nothing varies or too few values have a neighbour.
        flat: Whether limits are missing because nothing varies.
        assurance: The target compared with the limits; ``None`` without limits, without a target, and where neither
            way is better.
    """

    number: int
    start: int
    stop: int
    known: int
    mean: float | None
    limits: ControlLimits | None
    flat: bool
    assurance: Assurance | None

    @property
    def short(self) -> bool:
        """Whether it has fewer than 13 points, missing ones counted: the package warns of these."""
        return self.stop - self.start < ENOUGH

    @property
    def trial(self) -> bool:
        """Whether fewer than 13 points have a value: the limits are then only a trial, and assurance is not shown."""
        return self.known < ENOUGH


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One point as the rules see it.

    Attributes:
        day: The day that its value stands for.
        value: Its value; ``None`` where one is missing.
        segment: The part of the series that it belongs to.
        side: 1 above the mean, 0 on it, -1 below; ``None`` without a value or a mean.
        outside: Whether it is beyond a process limit; ``None`` without a value or limits.
        close: Whether it lies between a warning limit and the process limit; ``None`` without a value or limits.
        rule: The strongest rule that it breaks.
        kind: What that rule means for the indicator.
    """

    day: date
    value: GivenNumber | None
    segment: Segment
    side: int | None
    outside: bool | None
    close: bool | None
    rule: ControlRule
    kind: PointType


@dataclass(frozen=True, slots=True)
class Chart:
    """The control chart of a series; all tuples are in the order of the days.

    Attributes:
        days: The day that each value stands for.
        values: The values; ``None`` where one is missing.
        settings: How the chart was made.
        segments: The parts of the series between rebases.
        zones: One letter for each point, as ``zones_of`` gives them.
        rules: The rule that each point breaks.
        latest: The place of the last point with a value, whose state the variation icon shows; ``None`` without any.
        ignored: The rebases whose day is not a day of the series.
    """

    days: tuple[date, ...]
    values: tuple[GivenNumber | None, ...]
    settings: Settings
    segments: tuple[Segment, ...]
    zones: str
    rules: tuple[ControlRule, ...]
    latest: int | None
    ignored: tuple[ControlRebase, ...]

    @property
    def variation(self) -> PointType:
        """The state of the last known point."""
        return "common_cause" if self.latest is None else point_type(self.rules[self.latest], self.settings.better)

    @property
    def variation_icon(self) -> Icon | None:
        """The variation icon; ``None`` where there are no limits to see variation by."""
        return None if self.segments[-1].limits is None else icon(self.variation, self.settings.better)

    @property
    def assurance(self) -> Assurance | None:
        """The target compared with the last limits."""
        return self.segments[-1].assurance

    @property
    def assurance_icon(self) -> Assurance | None:
        """The assurance that is shown; ``None`` if the last segment has fewer than 13 points with a value."""
        return None if self.segments[-1].trial else self.assurance

    def points(self) -> list[ControlPoint]:
        """Every point of the chart, in order."""
        better = self.settings.better
        return [
            ControlPoint(
                day=self.days[at],
                value=self.values[at],
                segment=segment,
                side=None if zone in ".?" else 1 if zone in "BWa" else -1 if zone in "bwu" else 0,
                outside=None if segment.limits is None or zone == "." else zone in "Bb",
                close=None if segment.limits is None or zone == "." else zone in "Ww",
                rule=self.rules[at],
                kind=point_type(self.rules[at], better),
            )
            for segment in self.segments
            for at, zone in enumerate(self.zones[segment.start : segment.stop], segment.start)
        ]


def point_type(rule: ControlRule, better: Polarity) -> PointType:
    """What a broken rule means: high values are an improvement if higher is better, a concern if lower is."""
    if rule == "none":
        return "common_cause"
    high = rule in _HIGH
    if better == "neutral":
        return "special_cause_neutral_high" if high else "special_cause_neutral_low"
    return "special_cause_improvement" if high == (better == "higher") else "special_cause_concern"


_ICONS: Mapping[tuple[PointType, Polarity], Icon] = {
    ("special_cause_improvement", "higher"): "improvement_high",
    ("special_cause_improvement", "lower"): "improvement_low",
    ("special_cause_concern", "higher"): "concern_low",
    ("special_cause_concern", "lower"): "concern_high",
    ("special_cause_neutral_high", "neutral"): "neutral_high",
    ("special_cause_neutral_low", "neutral"): "neutral_low",
}


def icon(kind: PointType, better: Polarity) -> Icon:
    """The variation icon of Making Data Count for a point's state."""
    return _ICONS.get((kind, better), "common_cause")


def chart(days: Sequence[date], values: Sequence[GivenNumber | None], settings: Settings | None = None) -> Chart:
    """The control chart of a series; its points are sorted by day.

    Args:
        days: The day that each value stands for, each once.
        values: One value for each day. A missing one is ``None``: it breaks runs, trends and moving ranges, and
            nothing else.
        settings: How the chart is made.

    Raises:
        ValueError: if there is nothing to chart, a day comes twice, a value is not a number, or a baseline is shorter
            than 12 points; the message is a sentence for people.
    """
    settings = settings or Settings()
    if not days or len(days) != len(values):
        raise ValueError("A control chart needs a series of days with as many values.")
    if settings.fix_after is not None and not settings.fix_after >= SHORTEST_BASE:
        raise ValueError(f"A fixed baseline has at least {SHORTEST_BASE} points.")
    if any(map(ge, days, days[1:])):
        days, values = _sorted(days, values)
    series = _in_whole_numbers(values, settings)
    days_given = set(days) if settings.rebases else set()
    named = {rebase.first for rebase in settings.rebases if rebase.first in days_given}
    edges = [at for at, day in enumerate(days) if day in named and at > 0] if named else []
    before = 1 if days[0] in named else 0
    parts = [
        _segment(series, start, stop, before + place)
        for place, (start, stop) in enumerate(pairwise([0, *edges, len(days)]))
    ]
    return Chart(
        days=tuple(days),
        values=tuple(values),
        settings=settings,
        segments=tuple([segment for segment, _, _ in parts]),
        zones="".join([zones for _, zones, _ in parts]),
        rules=tuple([rule for _, _, rules in parts for rule in rules]),
        latest=next((at for at in range(len(values) - 1, -1, -1) if values[at] is not None), None),
        ignored=tuple([rebase for rebase in settings.rebases if rebase.first not in days_given]),
    )


def monthly(results: Iterable[tuple[date, date, GivenNumber | None]]) -> tuple[list[date], list[GivenNumber | None]]:
    """Results by month as the series of a chart: every month from the first to the last.

    Periods longer than a month are refused. Rolling and cumulative figures share months, so that one month counts in
    many points, and the adding up alone makes runs and trends.

    Args:
        results: (first day, last day, value) of each result, in any order.

    Returns:
        The first day of each month, and the value of each; ``None`` for a month without a result.

    Raises:
        ValueError: if a period is not one calendar month, or a month comes twice; the message is a sentence for people.
    """
    by_month: dict[date, GivenNumber | None] = {}
    for first, last, value in results:
        if first.day != 1 or (last + _DAY).day != 1 or last.month != first.month or last.year != first.year:
            raise ValueError(
                f"A control chart is made of single months, and {first.isoformat()} to {last.isoformat()} is none. "
                "Rolling, cumulative and longer periods have no control chart: enter the months they are made of."
            )
        if first in by_month:
            raise ValueError(f"A control chart has one value for each month; {first.isoformat()[:7]} comes twice.")
        by_month[first] = value
    days = sorted(by_month)
    if days and len(days) <= 12 * (days[-1].year - days[0].year) + days[-1].month - days[0].month:
        days = months(days[0], days[-1])
    return days, [by_month.get(day) for day in days]


class _Series(NamedTuple):
    """The values and the target as whole numbers of one small unit; ``scale`` of these make one unit of the series."""

    whole: Sequence[int | None]
    target: int | None
    scale: int
    settings: Settings


def _in_whole_numbers(values: Sequence[GivenNumber | None], settings: Settings) -> _Series:
    """The series in whole numbers.

    The target, a twelfth of the year's, is seldom a whole number where the values are; so it is converted last.
    """
    numbers, scale = in_one_unit([value for value in values if value is not None])
    target = None
    if settings.target is not None:
        aim = exact(settings.target)
        finer = lcm(scale, aim.denominator)
        if finer > scale:
            numbers = [number * (finer // scale) for number in numbers]
        scale, target = finer, aim.numerator * (finer // aim.denominator)
    if len(numbers) == len(values):
        return _Series(numbers, target, scale, settings)
    left = iter(numbers)
    return _Series([None if value is None else next(left) for value in values], target, scale, settings)


def _sorted(days: Sequence[date], values: Sequence[GivenNumber | None]) -> tuple[list[date], list[GivenNumber | None]]:
    order = sorted(range(len(days)), key=days.__getitem__)
    ordered = [days[at] for at in order]
    twice = next((day for day, other in pairwise(ordered) if day == other), None)
    if twice is not None:
        raise ValueError(f"A control chart has one value for each day; {twice.isoformat()} comes twice.")
    return ordered, [values[at] for at in order]


def _segment(series: _Series, start: int, stop: int, number: int) -> tuple[Segment, str, list[ControlRule]]:
    """The segment from ``start`` up to ``stop``, with the zones of its points and the rules that they break."""
    settings = series.settings
    part = series.whole[start:stop]
    base = stop - start if settings.fix_after is None else int(min(settings.fix_after, stop - start))
    steps = steps_of(part)
    ranges = [abs(step) for step in steps[: base - 1] if step is not None]
    kept = screened(ranges) if settings.screened else ranges
    flat = bool(ranges) and not any(kept)
    # If screening leaves only zero ranges, limits would have no width and every other point would lie beyond them.
    measure, limits = measured(part[:base], [] if flat and settings.screened else kept, series.scale)
    zones = zones_of(part, measure)
    segment = Segment(
        number=number,
        start=start,
        stop=stop,
        known=stop - start - zones.count("."),
        mean=measure.total / (measure.known * series.scale) if measure else None,
        limits=limits,
        flat=flat,
        assurance=_assurance(series.target, measure, settings.better),
    )
    return segment, zones, rules_of(zones, steps, settings.beyond_counts)


def _assurance(target: int | None, measure: PartMeasure | None, better: Polarity) -> Assurance | None:
    """The target compared with the limits; a target on a limit counts as between them."""
    if target is None or better == "neutral" or measure is None or measure.limit is None:
        return None
    away = measure.known * target - measure.total
    if abs(away) <= measure.limit:
        return "inconsistent"
    return "consistent_fail" if (away > 0) == (better == "higher") else "consistent_pass"
