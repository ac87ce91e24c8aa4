"""The chart of a judged series as plain values: its numbers, lines, marks and words. It is drawn elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor, log10

from spp_desktop.figures.charts.series_parts import ChartKey, ChartLine, Divider, Flag, SeriesChart, Spot
from spp_desktop.figures.charts.series_points import Room, ends, kind_drawn, lines_drawn, spots_drawn
from spp_desktop.figures.comparison import break_words
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.figures.judging.judged import Judged, month_unit_of, scale_in
from spp_desktop.figures.judging.series import PARTS, SUMMED, ChartAnnotation
from spp_desktop.figures.rag.words import period_words
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.kinds.days import short_day, short_month
from spp_desktop.plan.periods import PeriodKind, year_name
from spp_desktop.plan.results import NO_FIGURE, Result

NO_RESULTS = "No results yet: type them on the Results page, or take in a monthly results return."
TOO_LARGE = "These figures are too large to be drawn. Look whether one was mistyped."
BREAK, REBASE = "counted anew", "new limits"
_BY: Mapping[PeriodKind, str] = {"month": "by month", "quarter": "by quarter", "year": "by year"}
_NEARLY, _SLACK = 0.999, 1e-9
"""Round numbers may lie a little closer than asked for, and a hair beyond the ends of the scale."""


def series_chart(judged: Judged, illustrative: str = "") -> SeriesChart:
    """The chart of a judged series; ``illustrative`` is the plan's note on what in it is made up, or ""."""
    control_chart, indicator, kind, form = (
        judged.chart,
        judged.series.indicator,
        kind_drawn(judged),
        _ChartForm.of(judged),
    )
    spots = [replace(spot, words=form.of_spot(spot)) for spot in spots_drawn(judged, kind)]
    room = Room.around(indicator.unit, spots)
    lines = tuple(lines_drawn(judged, kind, spots, room)) if room.fits else ()
    first, last = ends(judged, spots)
    low, high = room.scale([value for line in lines for _, value in line.points]) if room.fits else (0.0, 1.0)
    steps = scale_in(judged)
    if steps is not None:
        low, high = steps.ends
    known = [at for at, spot in enumerate(spots) if spot.value is not None]
    latest = max(known, key=lambda at: (spots[at].last, at), default=None)
    annotations = sorted(judged.series.annotations, key=lambda annotation: annotation.on)
    return SeriesChart(
        key=indicator.key,
        area_key=judged.series.area_key,
        title=_title(judged, _BY.get(kind, ""), illustrative=bool(illustrative and known)),
        name=indicator.name,
        area=judged.series.area,
        unit=indicator.unit,
        by=_BY.get(kind, ""),
        first=first,
        last=last,
        low=low,
        high=high,
        spots=tuple(spots),
        lines=lines,
        dividers=tuple(_dividers(judged, first, last)),
        flags=tuple(
            Flag(annotation.on, n) for n, annotation in enumerate(annotations, 1) if first <= annotation.on <= last
        ),
        legend=tuple(_legend(judged, kind, spots, lines, form)),
        answers=tuple(_answers(judged)),
        notes=tuple(_notes(judged, annotations, room)) + ((illustrative,) if illustrative and known else ()),
        look=judged.look,
        variation=control_chart.variation_icon if control_chart else None,
        assurance=control_chart.assurance_icon if control_chart else None,
        latest=latest,
        latest_words="" if latest is None else form.latest(spots[latest]),
        empty=NO_RESULTS if not known else "" if room.fits else TOO_LARGE,
        steps=steps,
    )


def legend_of_all(charts: Iterable[SeriesChart]) -> tuple[ChartKey, ...]:
    """One legend for several charts: the meaning of their lines and marks, without the numbers of any chart."""
    meanings = {(key.line, key.point, key.hollow) for chart in charts for key in chart.legend}
    return tuple(key for key in _KEYS if (key.line, key.point, key.hollow) in meanings)


_KEYS = (
    ChartKey("Result", "result", "common_cause"),
    ChartKey("Provisional", point="common_cause", hollow=True),
    *(ChartKey(look.word, point=point) for point, look in control_words.POINTS.items() if point != "common_cause"),
    ChartKey("Mean", "mean"),
    ChartKey("Limits", "limit"),
    ChartKey("Target", "target"),
    ChartKey("Trajectory", "trajectory"),
)


def describe(chart: SeriesChart) -> str:
    """The chart in sentences, for screen readers."""
    values = [spot.value for spot in chart.spots if spot.value is not None]
    sentences = [f"{chart.title}."]
    if chart.latest is None:
        sentences.append(chart.empty)
    else:
        sentences.append(f"{Result.word.counted(len(values))}. {chart.spots[chart.latest].words}")
    return " ".join([*sentences, *chart.answers, *(note for note in chart.notes if note not in chart.answers)])


def scale(chart: SeriesChart, most: int) -> list[tuple[float, str]]:
    """Round numbers on the scale, each with its text: about ``most`` of them, and at least two; or all its steps."""
    if chart.steps is not None:
        return [(float(at), name) for at, name in enumerate(chart.steps.names, chart.steps.first)]
    wanted = (chart.high - chart.low) / max(most, 1)
    power = floor(log10(wanted))
    steps = [size * 10.0**at for at in (power - 1, power, power + 1) for size in (1, 2, 5)]
    at = next(n for n, step in enumerate(steps) if step >= wanted * _NEARLY)
    first, last = _within(chart, steps[at])
    if first >= last:
        at -= 1
        first, last = _within(chart, steps[at])
    step = steps[at]
    places = max(-floor(log10(step) + _SLACK), 0)
    share = "%" if chart.unit == "%" else ""
    return [(n * step, f"{shown(exact(round(n * step, places)), places)}{share}") for n in range(first, last + 1)]


def _within(chart: SeriesChart, step: float) -> tuple[int, int]:
    """The first and the last multiple of a step that lie on the scale, as numbers of steps."""
    return ceil(chart.low / step - _SLACK), floor(chart.high / step + _SLACK)


HEADINGS = (
    *("From", "To", "Population", "Result", "Counted", "Of", "State", "Mean"),
    *("Lower limit", "Lower warning", "Upper warning", "Upper limit", "Trajectory", "Signal", "Meaning"),
)


def table(chart: SeriesChart) -> list[tuple[TableCell, ...]]:
    """The numbers behind the chart: a row of headings, then a row for each period; empty columns are left out."""
    rows = [_row(spot) for spot in chart.spots]
    kept = [at for at in range(len(HEADINGS)) if at in {0, 1, 3} or any(row[at] not in {None, ""} for row in rows)]
    return [tuple(row[at] for at in kept) for row in (HEADINGS, *rows)]


OVERVIEW = ("Indicator", "Area", "Latest result", "From", "To", "Against target", "Variation", "Assurance", "Why")


def overview(charts: Iterable[SeriesChart]) -> list[tuple[TableCell, ...]]:
    """A summary of several charts: a row of headings, then a row for each chart."""
    return [OVERVIEW, *map(_line, charts)]


def _line(chart: SeriesChart) -> tuple[TableCell, ...]:
    spot = None if chart.latest is None else chart.spots[chart.latest]
    return (
        chart.name,
        chart.area or "Force",
        *((None,) * 3 if spot is None else (spot.value, spot.first, spot.last)),
        chart.look.word,
        control_words.ICON_WORDS[chart.variation][1] if chart.variation else "",
        control_words.ASSURANCE_WORDS[chart.assurance][1] if chart.assurance else "",
        " ".join(chart.answers),
    )


def _row(spot: Spot) -> tuple[TableCell, ...]:
    limits = spot.limits or (None,) * 4
    signal, meaning = control_words.RULE_WORDS[spot.rule], control_words.POINTS[spot.kind].word
    return (
        *(spot.first, spot.last, spot.line, spot.value, spot.counted, spot.of, spot.state, spot.mean),
        *limits,
        *(spot.aim, signal, meaning if spot.limits is not None and spot.value is not None else ""),
    )


# Words


@dataclass(frozen=True, slots=True)
class _ChartForm:
    """How the numbers of one chart are written.

    Attributes:
        unit: The unit of the results.
        places: The number of decimals.
        results: The results by population and period, so that the result of a year before can be found.
        steps: What the results are called, where they are steps of a scale.
    """

    unit: str
    places: int
    results: Mapping["_Place", GivenNumber]
    steps: Scale | None = None

    @classmethod
    def of(cls, judged: Judged) -> "_ChartForm":
        """The form of a judged series, with its results up to the day on which it is judged."""
        results = {
            _place(reading.population, reading.first, reading.last): reading.value
            for reading in judged.series.readings
            if reading.value is not None and reading.last <= judged.as_at
        }
        unit = judged.series.indicator.unit
        whole = all(float(value).is_integer() for value in results.values())
        return cls(unit, 1 if unit == "%" else 0 if whole else 2, results, scale_in(judged))

    def figure(self, value: GivenNumber | None, more: int = 0) -> str:
        """A number as it is written; with ``more`` decimals if results are whole but this was worked out of them."""
        if value is None:
            return ""
        if self.steps is not None:
            return self.steps.name(value)
        return shown(exact(value), self.places or more) + ("%" if self.unit == "%" else "")

    def latest(self, spot: Spot) -> str:
        """A figure with its month, or with the last month of its period: "227, Sep 2008", "94.1%, to Sep 2008"."""
        month = short_month(spot.last)
        single = (spot.first.year, spot.first.month) == (spot.last.year, spot.last.month)
        return f"{self.figure(spot.value)}, {month}" if single else f"{self.figure(spot.value)}, to {month}"

    def of_spot(self, spot: Spot) -> str:
        """A period and its result in sentences, for people who move from point to point."""
        period = period_words(spot.first, spot.last) + (f", {spot.line}" if spot.line else "")
        if spot.value is None:
            return f"{period}: {spot.state if spot.state in NO_FIGURE else 'no result'}."
        unit = "" if self.unit in {"", "%"} else f" {self.unit}"
        state = "" if spot.state == "final" else f" ({spot.state})"
        sentences = [f"{period}: {self.figure(spot.value)}{unit}{state}"]
        meaning = control_words.POINTS[spot.kind].word
        if spot.rule != "none":
            sentences.append(f"{meaning}: {control_words.RULE_WORDS[spot.rule]}")
        elif spot.limits is not None:
            sentences.append(meaning)
        if spot.aim is not None:
            sentences.append(f"Trajectory {self.figure(spot.aim, 1)}")
        year_before = self.results.get(_place(spot.line, spot.first, spot.last, years=-1))
        if year_before is not None:
            sentences.append(f"A year before {self.figure(year_before)}")
        return ". ".join(sentences) + "."


_Place = tuple[str, int, int, int, int, int]


def _place(line: str, first: date, last: date, years: int = 0) -> _Place:
    """The key of a result: its population and its period, moved on by ``years``.

    The last day is kept as its month alone, for February ends on another day in leap years.
    """
    return line, first.year + years, first.month, first.day, last.year + years, last.month


def _title(judged: Judged, by: str, *, illustrative: bool) -> str:
    where = f", {judged.series.area}" if judged.series.area else ""
    indicator = judged.series.indicator
    what = " ".join(filter(None, (indicator.unit, by)))
    return f"{indicator.name}{where}{f': {what}' if what else ''}{' (illustrative results)' if illustrative else ''}"


def _dividers(judged: Judged, first: date, last: date) -> Iterator[Divider]:
    """Breaks and rebases within the time axis; several on one day share a line."""
    labels: dict[date, list[str]] = defaultdict(list)
    for series_break in judged.series.breaks:
        labels[series_break.on].append(BREAK)
    if judged.chart is not None:
        for rebase in judged.chart.settings.rebases:
            if rebase not in judged.chart.ignored:
                labels[rebase.first].append(REBASE)
    for day in sorted(labels):
        if first < day <= last:
            yield Divider(day, ", ".join(labels[day]))


def _legend(
    judged: Judged, kind: PeriodKind, spots: Sequence[Spot], lines: Sequence[ChartLine], form: _ChartForm
) -> Iterator[ChartKey]:
    roles = {line.role for line in lines}
    if spots:
        yield ChartKey("Result", "result", "common_cause")
    if any(spot.hollow for spot in spots):
        yield ChartKey("Provisional", point="common_cause", hollow=True)
    for point in control_words.POINTS:
        if point != "common_cause" and any(spot.kind == point for spot in spots):
            yield ChartKey(control_words.POINTS[point].word, point=point)
    ending = judged.chart.segments[-1] if judged.chart else None
    if ending is not None and ending.mean is not None:
        yield ChartKey(f"Mean {form.figure(ending.mean, 1)}", "mean")
    if ending is not None and ending.limits is not None:
        yield ChartKey(
            f"Limits {form.figure(ending.limits.lower, 1)} to {form.figure(ending.limits.upper, 1)}", "limit"
        )
    targets = [form.figure(line.points[0][1], 1) for line in lines if line.role == "target"]
    if targets:
        each = f" a {kind}" if kind in PARTS and judged.series.indicator.measure in SUMMED else ""
        yield ChartKey(f"Target {' to '.join(targets)}{each}" if spots else "Target", "target")
    if "trajectory" in roles and judged.aim.way is not None:
        yield ChartKey(f"Trajectory ({judged.aim.way.words})", "trajectory")


def _answers(judged: Judged) -> Iterator[str]:
    yield judged.sentence
    direction = judged.direction
    for series_break in judged.across:  # they stand among the notes, once
        direction = direction.replace(f". {break_words(series_break)}", "")
    if direction:
        yield f"{direction[:1].upper()}{direction[1:].rstrip('.')}."
    if judged.remark:
        yield judged.remark


def _notes(judged: Judged, annotations: Iterable[ChartAnnotation], room: Room) -> Iterator[str]:
    for n, note in enumerate(annotations, 1):
        yield f"{n}. {short_day(note.on)}: {note.text.rstrip('.')}{f' ({note.author})' if note.author else ''}."
    breaks = map(break_words, judged.series.breaks)
    yield from (words for words in breaks if words not in judged.sentence)
    if judged.chart is not None:
        yield control_words.variation(judged.chart)
        yield control_words.assurance(judged.chart, month_unit_of(judged))
        yield from control_words.notes(judged.chart)
        limits = [segment.limits for segment in judged.chart.segments if segment.limits]
        if any(room.cut(value) != value for limit in limits for value in (limit.lower, limit.upper)):
            yield "Limits are drawn no further than 0 and 100%, and judged as they are."
    elif judged.no_chart and judged.latest is not None:
        yield judged.no_chart
    stated = judged.series.indicator.targets
    if stated:
        years = [
            f"{year_name(year)} {stated[year].stated}" for year in sorted(year for year in stated if year is not None)
        ]
        over_plan = [f"over the plan {stated[None].stated}"] if None in stated else []
        yield f"Targets as stated: {', '.join([*years, *over_plan])}."
