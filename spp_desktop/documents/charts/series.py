"""The chart of a judged series as a picture: what ``ui.pictures.series_plot`` paints, laid out on paper.

``figures.charts.series_chart`` decides what it says: every number, label and mark. Here they get places and roles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spp_desktop.documents.charts.frame import (
    GAP,
    LINE,
    WIDE,
    PictureArea,
    boxed,
    cut_words,
    free_row,
    in_rows,
    room_for,
    side_scale,
    width_of,
    words_at,
)
from spp_desktop.documents.picture import Mark, MarkShape, PictureRole, PictureShape, Stroke, VectorPicture
from spp_desktop.figures.charts.series_chart import scale
from spp_desktop.figures.charts.series_parts import ChartKey, LineRole, SeriesChart, Spot
from spp_desktop.figures.charts.timeline import Tick, ticks
from spp_desktop.figures.control.chart import PointType
from spp_desktop.figures.rag.words import period_words

TALL = 140.0
"""The height of the plot, without what stands above and below it."""
_ROOM_FOR_A_NUMBER, _ROOM_FOR_A_MONTH = 24.0, 1.5
"""The points from one number on the scale to the next, and the width of a month as a multiple of its words'."""
_SAMPLE = 18.0
"""The width of a sample in the legend."""
_INSIDE = 0.55
"""The inside of an open mark, as a part of its size."""
_STROKES: Mapping[LineRole, tuple[PictureRole, float, tuple[float, ...]]] = {
    "result": ("result", 1.2, ()),
    "mean": ("mean", 1.0, ()),
    "limit": ("limit", 1.0, (4, 3)),
    "target": ("target", 1.5, (7, 2, 2, 2)),
    "trajectory": ("trajectory", 1.5, (1.5, 2.5)),
}
"""The role, the width and the dashes of each line."""
_MARKS: Mapping[PointType, tuple[MarkShape, PictureRole, float]] = {
    "common_cause": ("dot", "result", 4.5),
    "special_cause_improvement": ("triangle", "improvement", 8.0),
    "special_cause_concern": ("square", "concern", 8.0),
    "special_cause_neutral_high": ("diamond", "neither", 8.0),
    "special_cause_neutral_low": ("diamond", "neither", 8.0),
}
"""The shape, the role and the size of each point: the shapes are those of ``figures.control.words.POINTS``."""


@dataclass(frozen=True, slots=True)
class _MarkedDay:
    """A word or a number above the plot, at its day: where it stands and in which row."""

    x: float
    text: str
    row: int
    boxed: bool


def series_picture(chart: SeriesChart, tall: float = TALL) -> VectorPicture:
    """The chart of a series that has results or targets; ``tall`` is the height of its plot, in points."""
    cut = axis_words(chart)
    numbers = scale(chart, max(int(tall / _ROOM_FOR_A_NUMBER), 3))
    names = [width_of(each.name) for each in chart.lines if each.name]
    left, right = room_for(numbers), WIDE - GAP - max(names, default=0.0)
    marked = _marked_days(chart, left, right)
    rows = max((day.row + 1 for day in marked), default=0)
    top = (LINE if cut else 0) + rows * LINE + LINE / 2
    area = PictureArea(
        left, top, right, top + tall, chart.first.toordinal(), chart.last.toordinal() + 1, chart.low, chart.high
    )
    below = area.bottom + LINE + 2 * GAP
    keys = in_rows([_wide(key) for key in chart.legend], WIDE)
    shapes = [
        *([words_at(0, LINE / 2, cut, strong=True)] if cut else ()),
        *side_scale(area, numbers),
        *_days(chart, area),
        *_dividers(chart, area, marked, rows),
        *_lines(chart, area),
        *(shape for spot in chart.spots for shape in _spot(area, spot)),
        *(
            shape
            for key, (row, x) in zip(chart.legend, keys, strict=True)
            for shape in _key(key, x, below + (row + 0.5) * LINE)
        ),
    ]
    legend_rows = max((row + 1 for row, _ in keys), default=0)
    return VectorPicture(chart.title, WIDE, below + legend_rows * LINE, tuple(shapes))


def axis_words(chart: SeriesChart) -> str:
    """What is said on the chart of its axis where it leaves out 0; "" where it does not, or where results are steps."""
    if chart.steps is not None:
        return ""
    return cut_words(chart.low, chart.high, "%" if chart.unit == "%" else "")


def alternative(chart: SeriesChart) -> str:
    """What a person hears who does not see it: kind, indicator, area, period, numbers, main finding, a cut axis."""
    known = [spot for spot in chart.spots if spot.value is not None]
    kind = "Control chart" if any(line.role == "limit" for line in chart.lines) else "Line chart"
    sentences = [f"{kind}: {chart.title}", chart.area or "the whole force"]
    if known and chart.latest is not None:
        results = f"{len(known):,} {'result' if len(known) == 1 else 'results'}"
        sentences.append(f"{results}, {period_words(known[0].first, known[-1].last)}")
        return " ".join([f"{', '.join(sentences)}.", chart.spots[chart.latest].words, *chart.answers, *_cut(chart)])
    return " ".join([f"{', '.join(sentences)}.", "No results."])


def _cut(chart: SeriesChart) -> Iterator[str]:
    words = axis_words(chart)
    if words:
        yield f"{words}."


def _marked_days(chart: SeriesChart, left: float, right: float) -> list[_MarkedDay]:
    """The words of dividers and the numbers of notes, placed in rows so that none overlaps another."""
    labels = [(mark.day, mark.label, False) for mark in chart.dividers]
    labels += [(mark.day, str(mark.number), True) for mark in chart.flags]
    days = chart.last.toordinal() + 1 - chart.first.toordinal()
    ends: list[float] = []
    placed = []
    for day, text, is_note in sorted(labels):
        x = left + (day.toordinal() - chart.first.toordinal()) / days * (right - left)
        x = min(x, max(left, WIDE - width_of(text) - GAP))
        placed.append(_MarkedDay(x, text, free_row(ends, x, x + width_of(text) + 3 * GAP), is_note))
    return placed


def _days(chart: SeriesChart, area: PictureArea) -> Iterator[PictureShape]:
    most = int((area.right - area.left) / width_of("Mar 2000") / _ROOM_FOR_A_MONTH)
    yield area.across(area.bottom, "ink")
    for tick in ticks(chart.first, chart.last, most):
        x = area.x(tick.day.toordinal())
        yield area.upright(x, below=3)
        if _fits(tick, x, area):
            yield words_at(x, area.bottom + GAP + LINE / 2, tick.label)


def _fits(tick: Tick, x: float, area: PictureArea) -> bool:
    return x + width_of(tick.label) <= area.right + GAP


def _dividers(chart: SeriesChart, area: PictureArea, marked: list[_MarkedDay], rows: int) -> Iterator[PictureShape]:
    for divider in chart.dividers:
        x = area.x(divider.day.toordinal())
        yield Stroke(((x, area.top), (x, area.bottom)), "ink", 1, (4, 2))
    for flag in chart.flags:
        x = area.x(flag.day.toordinal())
        yield Stroke(((x, area.top), (x, area.bottom)), "quiet", 1, (1, 2))
    for day in marked:
        top = area.top - LINE / 2 - (rows - day.row) * LINE
        if day.boxed:
            yield from boxed(day.x, top, day.text)
        else:
            yield words_at(day.x, top + LINE / 2, day.text)


def _lines(chart: SeriesChart, area: PictureArea) -> Iterator[PictureShape]:
    for line in chart.lines:
        role, width, dashed = _STROKES[line.role]
        places = tuple((area.x(day), area.y(value)) for day, value in line.points)
        if len(places) > 1:
            yield Stroke(places, role, width, dashed)
        if line.name:
            yield words_at(places[-1][0] + GAP, places[-1][1], line.name)


def _spot(area: PictureArea, spot: Spot) -> Iterator[PictureShape]:
    if spot.value is not None:
        yield from _mark(area.x(spot.middle), area.y(spot.value), spot.kind, spot.words, hollow=spot.hollow)


def _mark(x: float, y: float, kind: PointType, words: str = "", *, hollow: bool = False) -> Iterator[PictureShape]:
    """A point: its shape and colour say what it is; it is open if it may still change."""
    shape, role, size = _MARKS[kind]
    yield Mark(x, y, shape, role, size + hollow, words)
    if hollow:
        yield Mark(x, y, shape, "paper", (size + 1) * _INSIDE)


def _wide(key: ChartKey) -> float:
    return _SAMPLE + GAP + width_of(key.words) + 2 * GAP


def _key(key: ChartKey, x: float, middle: float) -> Iterator[PictureShape]:
    """An entry of the legend: a sample, and what it means."""
    if key.line is not None:
        role, width, dashed = _STROKES[key.line]
        yield Stroke(((x, middle), (x + _SAMPLE, middle)), role, width, dashed)
    if key.point is not None:
        yield from _mark(x + _SAMPLE / 2, middle, key.point, hollow=key.hollow)
    yield words_at(x + _SAMPLE + GAP, middle, key.words)
