"""The numbers of a series' chart: its results by period, and the lines of all that they are judged by.

Nothing is cut to fit before it is judged: only what is drawn ends at 0 and at 100%.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from spp_desktop.figures.charts.series_parts import ChartLine, LineRole, Spot
from spp_desktop.figures.control.chart import Chart, Segment
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.judging.series import PARTS, SUMMED, Reading, Years
from spp_desktop.plan.periods import (
    PeriodKind,
    month_end,
    months,
    period_kind,
    quarter_end,
    quarter_of,
    year_end,
    year_of,
    year_start,
)

_OFF_SCALE = frozenset({"gap", "peer rank"})
"""Kinds of target that are in another unit than the results."""
_PERCENT = 100
_MARGIN = 0.06
"""The part of the scale that stays free above and below what is drawn."""
_LARGEST, _SMALLEST = 1e15, 1e-9
"""Of what a scale is made for: beyond, a computer's numbers no longer tell one place from the next."""


@dataclass(frozen=True, slots=True)
class Room:
    """What may be drawn: nothing below 0 where no result is, no share above 100%."""

    floor: float | None
    ceiling: float | None
    low: float | None
    high: float | None

    @classmethod
    def around(cls, unit: str, spots: Iterable[Spot]) -> "Room":
        """What may be drawn around these results."""
        values = [spot.value for spot in spots if spot.value is not None]
        low, high = min(values, default=None), max(values, default=None)
        floor = 0.0 if low is None or low >= 0 else None
        return cls(floor, float(_PERCENT) if unit == "%" and (high or 0) <= _PERCENT else None, low, high)

    def cut(self, value: float) -> float:
        """A limit as it is drawn."""
        value = value if self.floor is None else max(value, self.floor)
        return value if self.ceiling is None else min(value, self.ceiling)

    @property
    def fits(self) -> bool:
        """Whether numbers of this size can be drawn at all."""
        return max(abs(self.low or 0), abs(self.high or 0)) <= _LARGEST

    def scale(self, drawn: Iterable[float]) -> tuple[float, float]:
        """The ends of the scale."""
        values = [*drawn, *(value for value in (self.low, self.high) if value is not None)]
        if not values:
            return 0.0, 1.0
        low, high = min(values), max(values)
        margin = next((part * _MARGIN for part in (high - low, abs(high)) if part > _SMALLEST), 1.0)
        return self.cut(low - margin) if low >= (self.floor or low) else low - margin, high + margin


# Results


def kind_drawn(judged: Judged) -> PeriodKind:
    """By which periods it is drawn: the shortest that there are."""
    if judged.chart is not None:
        return "month"
    if judged.history.quarters:
        return "quarter"
    found = {period_kind(one.first, one.last) for one in _longer(judged)}
    return found.pop() if len(found) == 1 else "other period"


def _longer(judged: Judged) -> list[Reading]:
    """What is drawn where there are neither months nor quarters: longer periods, or those of two populations."""
    if judged.history.others:
        return list(judged.history.others)
    there = [one for one in judged.series.readings if one.last <= judged.as_at and one.value is not None]
    return sorted(there, key=lambda one: (one.population, one.last, one.first))


def spots_drawn(judged: Judged, kind: PeriodKind) -> list[Spot]:
    """The results by period, missing months and quarters between them too; populations one after the other."""
    aims = _aims(judged, kind)
    if judged.chart is not None:
        return _months(judged, judged.chart, aims)
    if judged.history.quarters:
        return _quarters(judged.history.quarters, aims)
    return [_spot(one, aims.get(one.first)) for one in _longer(judged)]


def _spot(one: Reading, aim: float | None = None) -> Spot:
    counted, of = (None if part is None else float(part) for part in (one.counted, one.of))
    value = None if one.value is None else float(one.value)
    return Spot(one.first, one.last, value, one.state, aim=aim, counted=counted, of=of, line=one.population)


def _months(judged: Judged, chart: Chart, aims: Mapping[date, float]) -> list[Spot]:
    readings = {
        one.first: one
        for one in judged.series.readings
        if not one.population and period_kind(one.first, one.last) == "month"
    }
    found = []
    for point in chart.points():
        bare = _spot(readings.get(point.day, Reading(point.day, month_end(point.day), None, state="")))
        segment = point.segment
        found.append(
            replace(
                bare,
                kind=point.kind,
                rule=point.rule,
                mean=segment.mean,
                limits=segment.limits,
                aim=aims.get(point.day),
            )
        )
    return found


def _quarters(years: Years, aims: Mapping[date, float]) -> list[Spot]:
    found = []
    for year in range(min(years), max(years) + 1):
        slots = years.get(year, [None] * PARTS["quarter"])
        for first, one in zip(_firsts(year, "quarter"), slots, strict=True):
            found.append(_spot(one or Reading(first, _last(first, "quarter"), None, state=""), aims.get(first)))
    there = [at for at, spot in enumerate(found) if spot.value is not None]
    return found[there[0] : there[-1] + 1]


def _firsts(year: int, kind: PeriodKind) -> list[date]:
    """The first days of a year's months or quarters."""
    return months(year_start(year), year_end(year))[:: PARTS["month"] // PARTS[kind]]


def _last(first: date, kind: PeriodKind) -> date:
    """The last day of the month or quarter that begins on a day."""
    return month_end(first) if kind == "month" else quarter_end(year_of(first), quarter_of(first))


# Lines


def _aims(judged: Judged, kind: PeriodKind) -> dict[date, float]:
    """What the trajectory of the year judged has for each of its periods, by its first day."""
    way = judged.aim.way
    if way is None or kind not in PARTS or len(way.way) != PARTS[kind]:
        return {}
    parts = way.steps if way.summed else way.points
    return {first: float(part) for first, part in zip(_firsts(judged.year, kind), parts, strict=True)}


def lines_drawn(judged: Judged, kind: PeriodKind, spots: Sequence[Spot], room: Room) -> Iterator[ChartLine]:
    """The lines, those that lie below others first; a line of results ends where one is missing."""
    if judged.chart is not None:
        for segment in judged.chart.segments:
            yield from _of_segment(judged.chart, segment, room)
    target = _target(judged, kind)
    if target is not None:
        ends = year_start(judged.year).toordinal(), year_end(judged.year).toordinal() + 1
        yield ChartLine("target", tuple((float(end), target) for end in ends))
    way = judged.aim.way
    if way is not None and (not way.summed or way.method != "straight"):
        aims = _aims(judged, kind).items()
        if aims:
            points = [((first.toordinal() + _last(first, kind).toordinal() + 1) / 2, value) for first, value in aims]
            yield ChartLine("trajectory", tuple(points))
    many = len({spot.line for spot in spots}) > 1
    for line, those in groupby(spots, lambda spot: spot.line):
        for there, part in groupby(those, lambda spot: spot.value is not None):
            if there:
                yield ChartLine(
                    "result", tuple((spot.middle, spot.value or 0.0) for spot in part), line if many else ""
                )
    if not spots:
        yield from _levels(judged)


def _of_segment(chart: Chart, segment: Segment, room: Room) -> Iterator[ChartLine]:
    begin, end = chart.days[segment.start].toordinal(), month_end(chart.days[segment.stop - 1]).toordinal() + 1

    def level(role: LineRole, value: float) -> ChartLine:
        return ChartLine(role, ((float(begin), value), (float(end), value)))

    if segment.mean is not None:
        yield level("mean", segment.mean)
    if segment.limits is not None:
        yield level("limit", room.cut(segment.limits.upper))
        yield level("limit", room.cut(segment.limits.lower))


def _target(judged: Judged, kind: PeriodKind) -> float | None:
    """The target of the year judged as it is for one period: a part of it where periods add up."""
    target, stated = judged.aim.target, judged.series.indicator.targets.get(judged.year)
    if target is None or stated is None or stated.kind in _OFF_SCALE:
        return None
    if judged.series.indicator.measure in SUMMED and kind in PARTS:
        return float(target / PARTS[kind])
    return float(target) if judged.series.indicator.measure not in SUMMED or kind == "year" else None


def _levels(judged: Judged) -> Iterator[ChartLine]:
    """Levels aimed at in other years, where no results are there to be seen beside them."""
    for year, stated in judged.series.indicator.targets.items():
        if year is not None and year != judged.year and stated.kind == "level" and stated.value is not None:
            ends = year_start(year).toordinal(), year_end(year).toordinal() + 1
            yield ChartLine("target", tuple((float(end), stated.value) for end in ends))


def ends(judged: Judged, spots: Sequence[Spot]) -> tuple[date, date]:
    """The ends of the time axis: from the first result to the end of the year judged; without any, the plan's years."""
    years = [year for year in judged.series.indicator.targets if year is not None] or [judged.year]
    if not spots:
        return year_start(min(years)), year_end(max(years))
    first = min(spot.first for spot in spots)
    return min(first, year_start(judged.year)), max(spots[-1].last, year_end(judged.year))
