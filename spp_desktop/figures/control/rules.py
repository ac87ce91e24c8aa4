"""The rules of a control chart for one part of a series: limits, zones, and which points signal a special cause.

As in the R package NHSRplotthedots 0.2.2: 2.66 exactly, one pass of screening, runs and trends of seven, two of three.
Everything is compared in whole numbers, and strictly.
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

# In the letters of zones_of a series is a text, and a rule is a pattern in it.
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
    """Process limits (mean ± 2.66 mean moving ranges) and warning limits (± two thirds of it), in the series' unit.

    They are never cut at 0 or 100%: that is for the drawing.
    """

    lower: float
    lower_warning: float
    upper_warning: float
    upper: float


class PartMeasure(NamedTuple):
    """What a part of a series is judged by, in whole numbers: no value is rounded before it is compared.

    A value x lies ``known * x - total`` from the mean; more than ``warning`` and ``limit`` is beyond them. Without
    limits these are ``None``, and nothing is beyond.
    """

    known: int
    total: int
    warning: int | None
    limit: int | None


def steps_of(part: Sequence[int | None]) -> list[int | None]:
    """From each value to the next; a missing value voids both steps that touch it."""
    try:
        return list(map(sub, part[1:], part))
    except TypeError:  # a value is missing
        return [None if a is None or b is None else b - a for a, b in pairwise(part)]


def screened(ranges: list[int]) -> list[int]:
    """The moving ranges strictly below 3.267 times their mean."""
    if not ranges:
        return ranges
    most = (3267 * sum(ranges) - 1) // (1000 * len(ranges))
    return ranges if max(ranges) <= most else [one for one in ranges if one <= most]


def measured(
    base: Sequence[int | None], ranges: list[int], scale: int
) -> tuple[PartMeasure | None, ControlLimits | None]:
    """The limits of the values and moving ranges of a base period, exactly and in the unit of the series.

    ``scale`` is how many of the whole numbers make one of that unit. Without values there is no measure, without
    ranges a mean and no limits.
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
    """One letter a point: B beyond the upper limit, W between warning and process limit, a above the mean, m on it.

    Below it are u, w and b. Without a mean ? stands for a value, and . for a missing one always.
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
    """One rule a point: beyond before trend, trend before two of three, that before a run; weaker are written over.

    A trend goes the way of its own steps, and a point that two trends share belongs to the later.

    Args:
        zones: As ``zones_of`` gives them.
        steps: As ``steps_of`` gives them.
        beyond_counts: Whether a point beyond a limit also counts towards two of three.
    """
    rules: list[ControlRule] = ["none"] * len(zones)
    for found in _RUNS.finditer(zones):
        side: ControlRule = "run_high" if zones[found.start()] in "BWa" else "run_low"
        rules[found.start() : found.end()] = [side] * (found.end() - found.start())
    for rule, marked, pattern in _TWO_OF_THREE_2023 if beyond_counts else _TWO_OF_THREE:
        for found in pattern.finditer(zones) if marked in zones else ():
            for at in range(found.start(), found.start() + 3):
                if zones[at] in marked:
                    rules[at] = rule
    ways = "".join([" " if not step else "r" if step > 0 else "f" for step in steps])
    for found in _TRENDS.finditer(ways):
        rising: ControlRule = "trend_up" if ways[found.start()] == "r" else "trend_down"
        rules[found.start() : found.end() + 1] = [rising] * (found.end() - found.start() + 1)
    if "B" in zones or "b" in zones:
        for at, zone in enumerate(zones):
            if zone in "Bb":
                rules[at] = "beyond_upper" if zone == "B" else "beyond_lower"
    return rules
