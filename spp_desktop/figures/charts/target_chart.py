"""What an indicator's chart says: its targets as they were stated, beside its results in their own unit.

No target is worked out from another, and none is turned into something it was not stated as: a level stands on the
scale of the results, a change has a scale of its own, and what has no number is shown as words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Literal, Protocol

from spp_desktop.figures.targets.kinds import KINDS, LEVELS, PER_CENT_CHANGES
from spp_desktop.figures.targets.stated import StatedTarget
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import year_end, year_name, year_of, year_start

AimRole = Literal["level", "change", "words"]

CHANGE_UNITS: Mapping[TargetKind, str] = {
    **dict.fromkeys(PER_CENT_CHANGES, "%"),
    "point change": "percentage points",
}
"""The kinds of target that state a change, and the unit each states it in."""

BETTER = {"lower": "Lower is better.", "higher": "Higher is better."}
_NEARLY = 0.75
"""Round numbers may lie so much closer than asked for."""
PERIODS = ((31, "each month"), (92, "each quarter"), (184, "each half year"), (366, "each year"))
"""The longest number of days of a period, and how results over such periods are called."""

NO_TARGETS = "No targets and no results yet: type a target such as 4% in the table."
NO_BASELINE = "The targets are changes as stated, on a scale of their own: no baseline is stated to place them by."


class _Indicator(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def polarity(self) -> str: ...
    @property
    def population(self) -> str: ...
    @property
    def targets(self) -> Mapping[int | None, StatedTarget]: ...


class _Result(Protocol):
    @property
    def period_from(self) -> date: ...
    @property
    def period_to(self) -> date: ...
    @property
    def value(self) -> float | None: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A financial year of the chart; or, behind the last, the place of the target over the plan, which is no time."""

    label: str
    first: date
    last: date
    is_plan: bool


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """A target as it was stated, and how it may honestly be drawn, in its column.

    "level": on the scale of the results. "change": a bar among stated changes, in ``unit``. "words": as what was
    stated and nothing else (``value`` is then ``None``).
    """

    column: Column
    role: AimRole
    stated: str
    value: float | None
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Point:
    """A result over a period, both days included. ``state`` is provisional, final or revised."""

    first: date
    last: date
    value: float
    state: str

    @property
    def middle(self) -> float:
        """The middle of the period, as an ordinal day: where the point is drawn."""
        return (self.first.toordinal() + self.last.toordinal() + 1) / 2


@dataclass(frozen=True, slots=True)
class ResultSeries:
    """Results over periods of one length: "each month"."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class TargetsChart:
    """An indicator's targets and results.

    ``unit`` is that of results and levels, ``change_unit`` that of stated changes ("" where there are none). ``notes``
    are sentences printed with the picture; ``empty`` is "" or says what to do.
    """

    title: str
    unit: str
    change_unit: str
    columns: tuple[Column, ...]
    series: tuple[ResultSeries, ...]
    aims: tuple[DrawnTarget, ...]
    notes: tuple[str, ...]
    empty: str

    def aims_as(self, role: AimRole) -> list[DrawnTarget]:
        """The targets drawn in one way, in their order."""
        return [aim for aim in self.aims if aim.role == role]


def figure(value: float) -> str:
    """A number as people write it: "1,234", "4.5"."""
    return f"{value:,.10g}"


def round_numbers(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round numbers from ``low`` to ``high``, each with its text: about ``most`` of them."""
    wanted = (high - low) / max(most, 1)
    power = 10.0 ** floor(log10(wanted))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= wanted * _NEARLY)
    places = max(-floor(log10(step) + 1e-9), 0)
    numbers = [round(at * step, places) for at in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    return [(number, figure(number)) for number in numbers]


def plan_target_name(years: int) -> str:
    """The name of the target over the whole plan: "3-year target"."""
    return f"{years}-year target"


def targets_chart(
    indicator: _Indicator, results: Iterable[_Result], years: Sequence[int], illustrative: str = ""
) -> TargetsChart:
    """The chart of one indicator: its targets in the plan's ``years`` and over the plan, and its results.

    ``illustrative`` is the plan's own note of what in it is made up; the title then says so.
    """
    points = [Point(row.period_from, row.period_to, row.value, row.state) for row in results if row.value is not None]
    columns = _columns(points, years, indicator.targets)
    aims = _aims(indicator, columns)
    series = _series(points)
    change_unit = next((aim.unit for aim in aims if aim.role == "change"), "")
    return TargetsChart(
        title=_title(indicator, illustrative, points),
        unit=indicator.unit,
        change_unit=change_unit,
        columns=columns,
        series=series,
        aims=aims,
        notes=tuple(_notes(indicator, series, aims, change_unit)),
        empty="" if points or aims else NO_TARGETS,
    )


def _title(indicator: _Indicator, illustrative: str, points: list[Point]) -> str:
    title = indicator.title
    if indicator.population and indicator.population.lower() not in title.lower():
        title += f" ({indicator.population})"
    return title + (" (illustrative results)" if illustrative and points else " (illustrative)" if illustrative else "")


def _notes(
    indicator: _Indicator, series: tuple[ResultSeries, ...], aims: tuple[DrawnTarget, ...], change_unit: str
) -> list[str]:
    notes = [f"{aim.column.label}: {aim.stated}." for aim in aims if aim.role == "words"]
    unit = f" ({indicator.unit})" if indicator.unit else ""
    notes += [f"Results {line.name}{unit}." for line in series]
    if any(point.state == "provisional" for line in series for point in line.points):
        notes.append("Open points are provisional.")
    if indicator.polarity in BETTER:
        notes.append(BETTER[indicator.polarity])
    if change_unit and series:
        notes.append(NO_BASELINE)
    return notes


def _columns(
    points: list[Point], years: Sequence[int], targets: Mapping[int | None, StatedTarget]
) -> tuple[Column, ...]:
    named = {*years, *(year for year in targets if year is not None)}
    named |= {year_of(day) for point in points for day in (point.first, point.last)}
    shown = range(min(named), max(named) + 1)
    columns = [Column(year_name(year), year_start(year), year_end(year), is_plan=False) for year in shown]
    if None in targets:
        after = shown[-1] + 1
        columns.append(Column(plan_target_name(len(years)), year_start(after), year_end(after), is_plan=True))
    return tuple(columns)


def _aims(indicator: _Indicator, columns: tuple[Column, ...]) -> tuple[DrawnTarget, ...]:
    aims: list[DrawnTarget] = []
    change_unit = ""
    for column in columns:
        target = indicator.targets.get(None if column.is_plan else column.first.year)
        if target is None:
            continue
        role = _role(target, indicator.unit, change_unit)
        unit = CHANGE_UNITS[target.kind] if role == "change" else indicator.unit if role == "level" else ""
        change_unit = change_unit or (unit if role == "change" else "")
        value = None if role == "words" else target.value
        aims.append(DrawnTarget(column, role, target.stated, value, unit, KINDS[target.kind].meaning))
    return tuple(aims)


def _role(target: StatedTarget, unit: str, change_unit: str) -> AimRole:
    """How a target may be drawn: only among numbers of its own unit."""
    if target.value is None:
        return "words"
    if target.kind in CHANGE_UNITS:
        return "change" if change_unit in {"", CHANGE_UNITS[target.kind]} else "words"
    if target.kind not in LEVELS or _EACH.search(target.stated):
        return "words"
    return "level" if not unit or _is_share(target.stated) == _is_share(unit) else "words"


_EACH = re.compile(r"\b(?:month|quarter)", re.IGNORECASE)
"""An amount for each month or quarter is no level of the year."""


def _is_share(text: str) -> bool:
    return "%" in text or "per cent" in text.lower()


def _series(points: list[Point]) -> tuple[ResultSeries, ...]:
    """The results in lines, since a month's count and a year's do not belong on one."""
    lines: dict[str, list[Point]] = {}
    for point in sorted(points, key=lambda point: (point.first, point.last)):
        days = (point.last - point.first).days + 1
        name = next((name for most, name in PERIODS if days <= most), "over several years")
        lines.setdefault(name, []).append(point)
    return tuple(ResultSeries(name, tuple(line)) for name, line in lines.items())


def describe(chart: TargetsChart) -> str:
    """The chart in sentences, for those who hear it."""
    sentences = [f"{chart.title}."]
    if chart.empty:
        return " ".join([*sentences, chart.empty])
    aims = [f"{aim.column.label} {aim.stated}" for aim in chart.aims]
    sentences.append(f"Targets: {', '.join(aims)}." if aims else "No targets.")
    for line in chart.series:
        values = [point.value for point in line.points]
        latest = line.points[-1]
        sentences.append(
            f"Results {line.name}: {len(values)}, from {figure(min(values))} to {figure(max(values))}; "
            f"the latest, to {short_day(latest.last)}, is {figure(latest.value)}."
        )
    return " ".join([*sentences, *(note for note in chart.notes if not note.startswith("Results"))])


def table(chart: TargetsChart) -> list[tuple[str, str, str, str]]:
    """The numbers behind the chart: (what, period, number as stated, unit or meaning), with a heading row first."""
    rows = [("What", "Period", "Number", "Unit or meaning")]
    rows += [("Target", aim.column.label, aim.stated, aim.meaning) for aim in chart.aims]
    for line in chart.series:
        rows += [
            (
                "Result" if point.state == "final" else f"Result, {point.state}",
                f"{short_day(point.first)} to {short_day(point.last)}",
                figure(point.value),
                chart.unit,
            )
            for point in line.points
        ]
    return rows
