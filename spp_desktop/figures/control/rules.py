"""The rules of a control chart for one part of a series: limits, zones, and which points signal a special cause.

They are those of the R package NHSRplotthedots 0.2.2: limits at exactly 2.66 mean moving ranges, one pass of screening,
runs and trends of seven points, and two of three points near a limit. Every comparison is strict and in whole numbers.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import sub
from typing import Literal, NamedTuple

ControlRule = Literal[
    "none",
    "beyond_upper",
    "beyond_lower",
    "trend_up",
    "trend_down",
    "two_of_three_high",
    "two_of_three_low",
    "run_high",
    "run_low",
]

# zones_of writes a series as a text of one letter a point, so that a rule is a pattern in that text.
_RUNS = re.compile("[BWa]{7,}|[bwu]{7,}")
_TWO_OF_THREE: tuple[tuple[ControlRule, str, re.Pattern[str]], ...] = (
    ("two_of_three_high", "W", re.compile("(?=WW[BWa]|W[BWa]W|[BWa]WW)")),
    ("two_of_three_low", "w", re.compile("(?=ww[bwu]|w[bwu]w|[bwu]ww)")),
)
_TWO_OF_THREE_2023: tuple[tuple[ControlRule, str, re.Pattern[str]], ...] = (
    ("two_of_three_high", "W", re.compile("(?=[BW][BW][BWa]|[BW]a[BW]|a[BW][BW])")),
    ("two_of_three_low", "w", re.compile("(?=[bw][bw][bwu]|[bw]u[bw]|u[bw][bw])")),
)
_TRENDS = re.compile("r{6,}|f{6,}")
"""Six steps the same way, r rising and f falling, are seven points."""


class ControlLimits(NamedTuple):
    """Process limits (mean ± 2.66 mean moving ranges) and warning limits (two thirds as far), in the series' unit.

    They are never cut at 0 or 100% here; only their drawing is.
    """

    lower: float
    lower_warning: float
    upper_warning: float
    upper: float


class PartMeasure(NamedTuple):
    """The mean and the limits of a part of a series in whole numbers, so that no value is rounded before a comparison.

    All distances from the mean are ``known`` times too large. A value x lies ``known * x - total`` from the mean, and
    is beyond a limit if this is more than ``warning`` or ``limit``; these are ``None`` where there are no limits.

    Attributes:
        known: The number of values in the base period.
        total: Their sum.
        warning: How far the warning limits are from the mean, times ``known``.
        limit: How far the process limits are from the mean, times ``known``.
    """

    known: int
    total: int
    warning: int | None
    limit: int | None


def steps_of(part: Sequence[int | None]) -> list[int | None]:
    """The differences between neighbouring values; ``None`` where either is missing."""
    try:
        return list(map(sub, part[1:], part))
    except TypeError:  # a value is missing
        return [None if a is None or b is None else b - a for a, b in pairwise(part)]


def screened(ranges: list[int]) -> list[int]:
    """The moving ranges that are strictly below 3.267 times their mean."""
    if not ranges:
        return ranges
    most = (3267 * sum(ranges) - 1) // (1000 * len(ranges))
    return ranges if max(ranges) <= most else [moving_range for moving_range in ranges if moving_range <= most]


def measured(
    base: Sequence[int | None], ranges: list[int], scale: int
) -> tuple[PartMeasure | None, ControlLimits | None]:
    """The mean and limits of a base period, exactly and in the unit of the series.

    Args:
        base: The values in whole numbers; ``None`` where one is missing.
        ranges: The moving ranges that limits are made from, in the same whole numbers.
        scale: How many of the whole numbers make one unit of the series.

    Returns:
        The measure in whole numbers, ``None`` without values; and the limits in the unit of the series, ``None``
        without ranges.
    """
    known = [value for value in base if value is not None]
    if not known:
        return None, None
    count, total = len(known), sum(known)
    if not ranges:
        return PartMeasure(count, total, None, None), None
    # The process limit is 2.66 mean ranges from the mean, the warning two thirds of that; each as above / below.
    above, below = 266 * sum(ranges) * count, 100 * len(ranges)
    measure = PartMeasure(count, total, 2 * above // (3 * below), above // below)
    unit = below * count * scale
    middle = 3 * below * total
    limits = ControlLimits(
        lower=(below * total - above) / unit,
        lower_warning=(middle - 2 * above) / (3 * unit),
        upper_warning=(middle + 2 * above) / (3 * unit),
        upper=(below * total + above) / unit,
    )
    return measure, limits


def zones_of(part: Sequence[int | None], measure: PartMeasure | None) -> str:
    """Where each point lies, one letter a point.

    Above the mean, B is beyond the process limit, W is between warning and process limit, and a is nearer the mean.
    Below it these are b, w and u. m is on the mean, . a missing value, and ? a value of a part without a mean.
    """
    if measure is None:
        return "".join("." if value is None else "?" for value in part)
    count, total, warning, limit = measure
    if warning is None or limit is None:
        warning = limit = max((abs(count * value - total) for value in part if value is not None), default=0)
    return "".join(
        [
            "."
            if value is None
            else ("a" if away <= warning else "W" if away <= limit else "B")
            if (away := count * value - total) > 0
            else ("u" if away >= -warning else "w" if away >= -limit else "b")
            if away
            else "m"
            for value in part
        ]
    )


def rules_of(zones: str, steps: list[int | None], beyond_counts: bool) -> list[ControlRule]:
    """The rule that each point breaks, "none" where it breaks none.

    A point that breaks several has the strongest: beyond a limit, then a trend, then two of three, then a run. A trend
    has the direction of its own steps; a point that two trends share belongs to the later one.

    Args:
        zones: The zones of the points, as ``zones_of`` gives them.
        steps: The steps between the points, as ``steps_of`` gives them.
        beyond_counts: Whether a point beyond a limit also counts towards two of three.
    """
    rules: list[ControlRule] = ["none"] * len(zones)
    for stretch in _RUNS.finditer(zones):
        side: ControlRule = "run_high" if zones[stretch.start()] in "BWa" else "run_low"
        rules[stretch.start() : stretch.end()] = [side] * (stretch.end() - stretch.start())
    for rule, marked, pattern in _TWO_OF_THREE_2023 if beyond_counts else _TWO_OF_THREE:
        for stretch in pattern.finditer(zones) if marked in zones else ():
            for at in range(stretch.start(), stretch.start() + 3):
                if zones[at] in marked:
                    rules[at] = rule
    ways = "".join([" " if not step else "r" if step > 0 else "f" for step in steps])
    for stretch in _TRENDS.finditer(ways):
        rising: ControlRule = "trend_up" if ways[stretch.start()] == "r" else "trend_down"
        rules[stretch.start() : stretch.end() + 1] = [rising] * (stretch.end() - stretch.start() + 1)
    if "B" in zones or "b" in zones:
        for at, zone in enumerate(zones):
            if zone in "Bb":
                rules[at] = "beyond_upper" if zone == "B" else "beyond_lower"
    return rules
