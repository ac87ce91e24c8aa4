"""XmR control charts by the method of the NHS's "Making Data Count": has the process changed, and can it do the job?

The rules are those of the R package NHSRplotthedots 0.2.2 (MIT licence), but not its faults: a trend goes its own way,
no chart fails for a missing value, and nothing is held against limits that there are none of. Every comparison is
strict and made in whole numbers, so that a value on a limit is not beyond it. Control charts and colours against a
target answer different questions: neither is made from the other.
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
"""The process limits against the target: always met, never met, or hit or miss."""

SHORTEST_BASE = 12
"""Points that a fixed baseline has at the least."""
ENOUGH = 13
"""Points from which limits are more than a trial, and assurance is shown."""

_DAY = timedelta(days=1)

_HIGH: frozenset[ControlRule] = frozenset({"beyond_upper", "trend_up", "two_of_three_high", "run_high"})


@dataclass(frozen=True, slots=True)
class ControlRebase:
    """From its ``first`` point on a series is judged by itself, for a reason that somebody gives.

    Limits, moving ranges, runs and trends never cross it.
    """

    first: date
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chart is made; all of it is printed under the chart.

    Attributes:
        better: which way is better; "neutral" gives high and low instead of improvement and concern, no assurance.
        target: in the unit of the values, or ``None``.
        rebases: where the series begins anew. A date that is none of the series' own does nothing, and is named.
        fix_after: the points, of each part of the series, that alone make its limits (12 or more); ``None`` for all.
        screened: whether moving ranges of 3.267 times their mean and more are left out, once, before limits are made.
            The package does; Making Data Count's own workbooks do not, and Wheeler advises against it.
        beyond_counts: whether a point beyond the limits also counts towards two of three, which Making Data Count
            announced in November 2023 and the package does not do.
    """

    better: Polarity = "higher"
    target: GivenNumber | None = None
    rebases: tuple[ControlRebase, ...] = ()
    fix_after: float | None = None
    screened: bool = True
    beyond_counts: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the series, from one rebase to the next: its points from ``start`` up to ``stop``, not included.

    ``number`` counts the rebases so far. ``mean`` is ``None`` where nothing is known, ``limits`` where nothing varies,
    which ``flat`` tells from too few neighbours to see. ``known`` is the number of points with a value. ``assurance``
    is ``None`` without limits, without a target, and where neither way is better.
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
        """Fewer than 13 points, missing ones counted, as the package warns of."""
        return self.stop - self.start < ENOUGH

    @property
    def trial(self) -> bool:
        """Fewer than 13 points with a value: the limits are only a trial, and assurance is not to be shown."""
        return self.known < ENOUGH


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One point as the rules see it; what is unknown is ``None``. ``side`` is 1 above the mean, 0 on it, -1 below."""

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
    """A series judged; all tuples are in the order of the days.

    Attributes:
        zones: one letter a point: B beyond the upper limit, W between warning and process limit, a above the mean,
            m on it; u, w and b the same below; ? known but without a mean; . missing.
        latest: the place of the last point with a value, whose state the variation icon shows; ``None`` without any.
        ignored: rebases whose date is none of the series' own.
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
        """The variation icon; ``None`` where there are no limits to see any variation by."""
        return None if self.segments[-1].limits is None else icon(self.variation, self.settings.better)

    @property
    def assurance(self) -> Assurance | None:
        """The target against the last limits."""
        return self.segments[-1].assurance

    @property
    def assurance_icon(self) -> Assurance | None:
        """The assurance that is shown: none from fewer than 13 points."""
        return None if self.segments[-1].trial else self.assurance

    def points(self) -> list[ControlPoint]:
        """Every point with all that is known of it."""
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
    """What a rule means where one way is better: high is an improvement if higher is, a concern if lower is."""
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
    """The control chart of a series, in the order of its days whatever the order given.

    Args:
        days: The day that each value stands for, each once.
        values: As many values; ``None`` is missing: it breaks runs, trends and moving ranges, and nothing else.
        settings: How it is judged.

    Raises:
        ValueError: with a sentence, where there is nothing to chart, a day comes twice, a value is no
            number, or a baseline is shorter than 12 points.
    """
    settings = settings or Settings()
    if not days or len(days) != len(values):
        raise ValueError("A control chart needs a series of days with as many values.")
    if settings.fix_after is not None and not settings.fix_after >= SHORTEST_BASE:
        raise ValueError(f"A fixed baseline has at least {SHORTEST_BASE} points.")
    if any(map(ge, days, days[1:])):
        days, values = _sorted(days, values)
    series = _in_whole_numbers(values, settings)
    own = set(days) if settings.rebases else set()
    named = {rebase.first for rebase in settings.rebases if rebase.first in own}
    edges = [at for at, day in enumerate(days) if day in named and at > 0] if named else []
    before = 1 if days[0] in named else 0
    judged = [
        _judged(series, start, stop, before + place)
        for place, (start, stop) in enumerate(pairwise([0, *edges, len(days)]))
    ]
    return Chart(
        days=tuple(days),
        values=tuple(values),
        settings=settings,
        segments=tuple([segment for segment, _, _ in judged]),
        zones="".join([zones for _, zones, _ in judged]),
        rules=tuple([rule for _, _, rules in judged for rule in rules]),
        latest=next((at for at in range(len(values) - 1, -1, -1) if values[at] is not None), None),
        ignored=tuple([rebase for rebase in settings.rebases if rebase.first not in own]),
    )


def monthly(results: Iterable[tuple[date, date, GivenNumber | None]]) -> tuple[list[date], list[GivenNumber | None]]:
    """Results by month as the series of a chart: every month from the first to the last, ``None`` where one is missing.

    Rolling and cumulative figures share months, and each month would then be counted in many points: their runs and
    trends are made by the adding up.

    Args:
        results: (first day, last day, value), in any order.

    Raises:
        ValueError: with a sentence, where a period is not one calendar month, or a month comes twice.
    """
    found: dict[date, GivenNumber | None] = {}
    for first, last, value in results:
        if first.day != 1 or (last + _DAY).day != 1 or last.month != first.month or last.year != first.year:
            raise ValueError(
                f"A control chart is made of single months, and {first.isoformat()} to {last.isoformat()} is none. "
                "Rolling, cumulative and longer periods have no control chart: enter the months they are made of."
            )
        if first in found:
            raise ValueError(f"A control chart has one value for each month; {first.isoformat()[:7]} comes twice.")
        found[first] = value
    days = sorted(found)
    if days and len(days) <= 12 * (days[-1].year - days[0].year) + days[-1].month - days[0].month:
        days = months(days[0], days[-1])
    return days, [found.get(day) for day in days]


class _Series(NamedTuple):
    """Values and target as whole numbers, ``scale`` of which make one of their unit."""

    whole: Sequence[int | None]
    target: int | None
    scale: int
    settings: Settings


def _in_whole_numbers(values: Sequence[GivenNumber | None], settings: Settings) -> _Series:
    """The target last, since it is seldom a whole number where the values are: a twelfth of the year's."""
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


def _judged(series: _Series, start: int, stop: int, number: int) -> tuple[Segment, str, list[ControlRule]]:
    """One segment, with the zones and the rules of its points."""
    settings = series.settings
    part = series.whole[start:stop]
    base = stop - start if settings.fix_after is None else int(min(settings.fix_after, stop - start))
    steps = steps_of(part)
    ranges = [abs(step) for step in steps[: base - 1] if step is not None]
    kept = screened(ranges) if settings.screened else ranges
    flat = bool(ranges) and not any(kept)
    # Screening that leaves only noughts leaves limits without width, and every point of a flat series beyond them.
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
    """The target against the limits, strictly."""
    if target is None or better == "neutral" or measure is None or measure.limit is None:
        return None
    away = measure.known * target - measure.total
    if abs(away) <= measure.limit:
        return "inconsistent"
    return "consistent_fail" if (away > 0) == (better == "higher") else "consistent_pass"
