"""The rules of a control chart as a person would apply them: point by point, in fractions, window by window."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from spp_desktop.figures.control.chart import Settings
from spp_desktop.figures.exact import GivenNumber, exact

Values = Sequence[Fraction | None]


def rules(series: Sequence[GivenNumber | None], settings: Settings) -> list[str]:
    """The rule of each point of a series without a rebase."""
    values = [None if value is None else exact(value) for value in series]
    base = values if settings.fix_after is None else values[: int(settings.fix_after)]
    mean, limit = _mean(base), _limit(base, settings.screened)
    away = [None if value is None or mean is None else value - mean for value in values]
    broken = ["none"] * len(values)
    for places, name in (*_runs(away), *_two_of_three(away, limit, settings), *_trends(values), *_beyond(away, limit)):
        for place in places:
            broken[place] = name
    return broken


def _mean(base: Values) -> Fraction | None:
    known = [value for value in base if value is not None]
    return sum(known, Fraction()) / len(known) if known else None


def _limit(base: Values, screened: bool) -> Fraction | None:
    ranges = [abs(b - a) for a, b in pairwise(base) if a is not None and b is not None]
    if not ranges:
        return None
    average = sum(ranges, Fraction()) / len(ranges)
    if screened:
        kept = [moved for moved in ranges if moved < Fraction("3.267") * average]
        if not any(kept):
            return None
        average = sum(kept, Fraction()) / len(kept)
    return Fraction("2.66") * average


def _one_side(window: Values, sign: int) -> bool:
    return all(distance is not None and distance * sign > 0 for distance in window)


def _runs(away: Values) -> Iterator[tuple[Sequence[int], str]]:
    for at in range(len(away) - 6):
        for sign, name in ((1, "run_high"), (-1, "run_low")):
            if _one_side(away[at : at + 7], sign):
                yield range(at, at + 7), name


def _two_of_three(away: Values, limit: Fraction | None, settings: Settings) -> Iterator[tuple[Sequence[int], str]]:
    for at in range(len(away) - 2) if limit is not None else ():
        near = [
            place
            for place in range(at, at + 3)
            if (distance := away[place]) is not None
            and limit is not None
            and abs(distance) > limit * 2 / 3
            and (settings.beyond_counts or abs(distance) <= limit)
        ]
        for sign, name in ((1, "two_of_three_high"), (-1, "two_of_three_low")):
            if len(near) >= 2 and _one_side(away[at : at + 3], sign):
                yield near, name


def _trends(values: Values) -> Iterator[tuple[Sequence[int], str]]:
    for at in range(len(values) - 6):
        window = [value for value in values[at : at + 7] if value is not None]
        if len(window) == 7:
            for sign, name in ((1, "trend_up"), (-1, "trend_down")):
                if _one_side([b - a for a, b in pairwise(window)], sign):
                    yield range(at, at + 7), name


def _beyond(away: Values, limit: Fraction | None) -> Iterator[tuple[Sequence[int], str]]:
    for at, distance in enumerate(away):
        if distance is not None and limit is not None and abs(distance) > limit:
            yield [at], "beyond_upper" if distance > 0 else "beyond_lower"
