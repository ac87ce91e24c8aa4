"""The numbers of a series' chart: its results by period, and the lines for means, limits, targets and trajectories.

Values are cut at 0 and 100% only to be drawn, never before they are judged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from spp_desktop.figures.charts.series_parts import ChartLine, LineRole, Spot
from spp_desktop.figures.control.chart import Chart, Segment
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.judging.series import PARTS, SUMMED, Reading, Years
from spp_desktop.figures.targets.kinds import LEVELS
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

_OFF_SCALE = frozenset({"gap", "peer rank", "by a date"})
"""The kinds of target that are not in the unit of the results, or not of the whole year."""
_PERCENT = 100
_MARGIN = 0.06
"""The part of the scale that stays free above and below what is drawn."""
_LARGEST, _SMALLEST = 1e15, 1e-9
"""The largest value that a scale is made for, and the smallest span: beyond, floats no longer tell places apart."""


@dataclass(frozen=True, slots=True)
class Room:
    """The range that may be drawn: nothing below 0 unless a result is, no share above 100%.

    Attributes:
        floor: The lowest value that limits are drawn at; ``None`` for any.
        ceiling: The highest value that limits are drawn at; ``None`` for any.
        low: The lowest result; ``None`` without results.
        high: The highest result; ``None`` without results.
    """

    floor: float | None
    ceiling: float | None
    low: float | None
    high: float | None

    @classmethod
    def around(cls, unit: str, spots: Iterable[Spot]) -> "Room":
        """The range that may be drawn around the results of these spots."""
        values = [spot.value for spot in spots if spot.value is not None]
        low, high = min(values, default=None), max(values, default=None)
        floor = 0.0 if low is None or low >= 0 else None
        return cls(floor, float(_PERCENT) if unit == "%" and (high or 0) <= _PERCENT else None, low, high)

    def cut(self, value: float) -> float:
        """A value as it is drawn: no lower than the floor and no higher than the ceiling."""
        value = value if self.floor is None else max(value, self.floor)
        return value if self.ceiling is None else min(value, self.ceiling)

    @property
    def fits(self) -> bool:
        """Whether results of this size can be drawn at all."""
        return max(abs(self.low or 0), abs(self.high or 0)) <= _LARGEST

    def scale(self, drawn: Iterable[float]) -> tuple[float, float]:
        """The ends of a scale that holds the results and all values drawn, with a margin."""
        values = [*drawn, *(value for value in (self.low, self.high) if value is not None)]
        if not values:
            return 0.0, 1.0
        low, high = min(values), max(values)
        margin = next((part * _MARGIN for part in (high - low, abs(high)) if part > _SMALLEST), 1.0)
        return self.cut(low - margin) if low >= (self.floor or low) else low - margin, high + margin


# Results


def kind_drawn(judged: Judged) -> PeriodKind:
    """The kind of period that a chart is drawn by: the shortest that its results have."""
    if judged.chart is not None or judged.history.months:
        return "month"
    if judged.history.quarters:
        return "quarter"
    kinds = {period_kind(reading.first, reading.last) for reading in _longer(judged)}
    return kinds.pop() if len(kinds) == 1 else "other period"


def _longer(judged: Judged) -> list[Reading]:
    """The results drawn where there are neither months nor quarters: longer periods, or several populations."""
    if judged.history.others:
        return list(judged.history.others)
    known = [
        reading for reading in judged.series.readings if reading.last <= judged.as_at and reading.value is not None
    ]
    return sorted(known, key=lambda reading: (reading.population, reading.last, reading.first))


def spots_drawn(judged: Judged, kind: PeriodKind) -> list[Spot]:
    """The results by period, with the missing months and quarters between them; one population after another."""
    aims = _aims(judged, kind)
    if judged.chart is not None:
        return _months(judged, judged.chart, aims)
    if judged.history.months:
        return _parts(judged.history.months, "month", aims)
    if judged.history.quarters:
        return _parts(judged.history.quarters, "quarter", aims)
    return [_spot(reading, aims.get(reading.first)) for reading in _longer(judged)]


def _spot(reading: Reading, aim: float | None = None) -> Spot:
    counted, of = (None if part is None else float(part) for part in (reading.counted, reading.of))
    value = None if reading.value is None else float(reading.value)
    return Spot(
        reading.first, reading.last, value, reading.state, aim=aim, counted=counted, of=of, line=reading.population
    )


def _months(judged: Judged, chart: Chart, aims: Mapping[date, float]) -> list[Spot]:
    readings = {
        reading.first: reading
        for reading in judged.series.readings
        if not reading.population and period_kind(reading.first, reading.last) == "month"
    }
    spots = []
    for point in chart.points():
        bare = _spot(readings.get(point.day, Reading(point.day, month_end(point.day), None, state="")))
        segment = point.segment
        spots.append(
            replace(
                bare,
                kind=point.kind,
                rule=point.rule,
                mean=segment.mean,
                limits=segment.limits,
                aim=aims.get(point.day),
            )
        )
    return spots


def _parts(years: Years, kind: PeriodKind, aims: Mapping[date, float]) -> list[Spot]:
    """The results of months or quarters without a control chart, and those missing between them."""
    spots = []
    for year in range(min(years), max(years) + 1):
        slots = years.get(year, [None] * PARTS[kind])
        for first, reading in zip(_firsts(year, kind), slots, strict=True):
            spots.append(_spot(reading or Reading(first, _last(first, kind), None, state=""), aims.get(first)))
    known = [at for at, spot in enumerate(spots) if spot.value is not None]
    return spots[known[0] : known[-1] + 1]


def _firsts(year: int, kind: PeriodKind) -> list[date]:
    """The first days of a year's months or quarters."""
    return months(year_start(year), year_end(year))[:: PARTS["month"] // PARTS[kind]]


def _last(first: date, kind: PeriodKind) -> date:
    """The last day of the month or quarter that begins on a day."""
    return month_end(first) if kind == "month" else quarter_end(year_of(first), quarter_of(first))


# Lines


def _aims(judged: Judged, kind: PeriodKind) -> dict[date, float]:
    """The values of the trajectory in the year judged, by the first day of each period."""
    way = judged.aim.way
    if way is None or kind not in PARTS or len(way.way) != PARTS[kind]:
        return {}
    parts = way.steps if way.summed else way.points
    return {first: float(part) for first, part in zip(_firsts(judged.year, kind), parts, strict=True)}


def lines_drawn(judged: Judged, kind: PeriodKind, spots: Sequence[Spot], room: Room) -> Iterator[ChartLine]:
    """The lines, those drawn below others first; a line of results ends where a result is missing."""
    if judged.chart is not None:
        for segment in judged.chart.segments:
            yield from _of_segment(judged.chart, segment, room)
    for target in _targets(judged, kind):
        ends = year_start(judged.year).toordinal(), year_end(judged.year).toordinal() + 1
        yield ChartLine("target", tuple((float(end), target) for end in ends))
    way = judged.aim.way
    if way is not None and (not way.summed or way.method != "straight"):
        aims = _aims(judged, kind).items()
        if aims:
            points = [((first.toordinal() + _last(first, kind).toordinal() + 1) / 2, value) for first, value in aims]
            yield ChartLine("trajectory", tuple(points))
    several = len({spot.line for spot in spots}) > 1
    for line, of_line in groupby(spots, lambda spot: spot.line):
        for known, part in groupby(of_line, lambda spot: spot.value is not None):
            if known:
                yield ChartLine(
                    "result", tuple((spot.middle, spot.value or 0.0) for spot in part), line if several else ""
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


def _targets(judged: Judged, kind: PeriodKind) -> list[float]:
    """The target of the year judged for one period, or both ends of a range: a part where results are summed."""
    stated, summed = judged.series.indicator.targets.get(judged.year), judged.series.indicator.measure in SUMMED
    if stated is None or stated.kind in _OFF_SCALE or (summed and kind not in PARTS and kind != "year"):
        return []
    parts = PARTS[kind] if summed and kind in PARTS else 1
    return [float(target / parts) for target in (judged.aim.low, judged.aim.target) if target is not None]


def _levels(judged: Judged) -> Iterator[ChartLine]:
    """Lines at the target levels of the other years, for a chart without results."""
    for year, stated in judged.series.indicator.targets.items():
        level = stated.kind in LEVELS and stated.every == "year"
        if year is not None and year != judged.year and level and stated.value is not None:
            ends = year_start(year).toordinal(), year_end(year).toordinal() + 1
            yield ChartLine("target", tuple((float(end), stated.value) for end in ends))


def ends(judged: Judged, spots: Sequence[Spot]) -> tuple[date, date]:
    """The first and last day of the time axis: results and the year judged; without results, all years with targets."""
    years = [year for year in judged.series.indicator.targets if year is not None] or [judged.year]
    if not spots:
        return year_start(min(years)), year_end(max(years))
    first = min(spot.first for spot in spots)
    return min(first, year_start(judged.year)), max(spots[-1].last, year_end(judged.year))
