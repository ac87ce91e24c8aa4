"""The chart of an indicator's targets as a picture: what ``ui.pictures.targets_plot`` paints, laid out on paper.

Results with levels have one scale, stated changes have another, each beginning at 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spp_desktop.documents.charts.frame import (
    GAP,
    GRID,
    LINE,
    WIDE,
    PictureArea,
    room_for,
    side_scale,
    width_of,
    words_at,
)
from spp_desktop.documents.picture import FilledBar, Mark, PictureRole, PictureShape, Stroke, VectorPicture
from spp_desktop.figures.charts.target_chart import Column, DrawnTarget, TargetsChart, describe, round_numbers

_TALL = (120.0, 100.0)
"""The height of a plot of results and levels, and of one of changes."""
_ABOVE = 1.2
"""Times the largest number that a scale reaches, so that what is written above it fits."""
_BAR_SHARE = 0.5
"""The part of its year that a bar is wide."""
_A_NUMBER = 24.0
"""The least points from one number on a scale to the next."""
_POINT = 4.5
_AIM: PictureRole = "trajectory"
"""Targets have the colour of a way to be gone, as in the window: bars in the red of a target line would alarm."""


@dataclass(frozen=True, slots=True)
class _TargetsPlot:
    """A plot of the sheet: its area, the unit above it and the numbers beside it."""

    area: PictureArea
    unit: str
    numbers: tuple[tuple[float, str], ...]


def targets_picture(chart: TargetsChart) -> VectorPicture:
    """The chart of an indicator's targets; those that have no number stand in its notes."""
    levels = [aim.value for aim in chart.aims_as("level") if aim.value is not None]
    values = [*levels, *(point.value for line in chart.series for point in line.points)]
    changes = [aim.value for aim in chart.aims_as("change") if aim.value is not None]
    scales = [_scale(group, tall) for group, tall in zip((values, changes), _TALL, strict=True)]
    left = max(room_for(each.numbers) for each in scales if each is not None) if any(scales) else 0.0
    results = _plot(chart, scales[0], chart.unit, left, 0.0)
    top = 0.0 if results is None else results.area.bottom + 2 * GAP
    changed = _plot(chart, scales[1], f"Change as stated, {chart.change_unit}", left, top)
    shapes: list[PictureShape] = []
    for plot in filter(None, (results, changed)):
        shapes += _frame(chart, plot)
    if results is not None:
        shapes += [shape for aim in chart.aims_as("level") for shape in _level(results.area, aim)]
        shapes += list(_results(chart, results.area))
    if changed is not None:
        shapes += [shape for aim in chart.aims_as("change") for shape in _change(changed.area, aim)]
    lowest = changed or results
    if lowest is None:
        return VectorPicture(chart.title, WIDE, LINE, ())
    shapes += [
        words_at(_middle(lowest.area, column), lowest.area.bottom + GAP + LINE / 2, column.label, "middle")
        for column in _named(chart, lowest.area)
    ]
    return VectorPicture(chart.title, WIDE, lowest.area.bottom + GAP + LINE, tuple(shapes))


def targets_alternative(chart: TargetsChart) -> str:
    """What a person hears who does not see it."""
    return f"Chart of targets: {describe(chart)}"


@dataclass(frozen=True, slots=True)
class _TargetsScale:
    """The scale of a plot: its ends, its height and its numbers."""

    low: float
    high: float
    tall: float
    numbers: tuple[tuple[float, str], ...]


def _scale(values: list[float], tall: float) -> _TargetsScale | None:
    """A scale from 0 that holds all these values; ``None`` for none."""
    if not values:
        return None
    low, high = min(0.0, *values) * _ABOVE, max(0.0, *values) * _ABOVE
    high = high if high > low else low + 1.0
    return _TargetsScale(low, high, tall, tuple(round_numbers(low, high, max(int(tall / _A_NUMBER), 2))))


def _plot(chart: TargetsChart, scale: _TargetsScale | None, unit: str, left: float, top: float) -> _TargetsPlot | None:
    if scale is None:
        return None
    first, last = chart.columns[0].first.toordinal(), chart.columns[-1].last.toordinal() + 1
    begins = top + LINE + GAP
    area = PictureArea(left, begins, WIDE, begins + scale.tall, first, last, scale.low, scale.high)
    return _TargetsPlot(area, unit, scale.numbers)


def _frame(chart: TargetsChart, plot: _TargetsPlot) -> Iterator[PictureShape]:
    area = plot.area
    yield words_at(area.left, area.top - GAP - LINE / 2, plot.unit)
    yield from side_scale(area, plot.numbers)
    for column in chart.columns:
        yield area.upright(area.x(column.first.toordinal()))
    yield area.upright(area.right, width=GRID)


def _named(chart: TargetsChart, area: PictureArea) -> tuple[Column, ...]:
    """The columns whose names are written: all of them, or as many as there is room for, the last among them."""
    each = (area.right - area.left) / len(chart.columns)
    wide = max(width_of(column.label) for column in chart.columns) + GAP
    every = 1
    while every * each < wide:
        every += 1
    return tuple(reversed(chart.columns[::-1][::every]))


def _middle(area: PictureArea, column: Column) -> float:
    return area.x((column.first.toordinal() + column.last.toordinal() + 1) / 2)


def _level(area: PictureArea, aim: DrawnTarget) -> Iterator[PictureShape]:
    """A level over its year, with what was stated above it."""
    y = area.y(aim.value or 0.0)
    ends = aim.column.first.toordinal(), aim.column.last.toordinal() + 1
    yield Stroke(((area.x(ends[0]), y), (area.x(ends[1]), y)), _AIM, 1.8, (5, 3))
    yield words_at(_middle(area, aim.column), y - LINE / 2 - 1, aim.stated, "middle")


def _change(area: PictureArea, aim: DrawnTarget) -> Iterator[PictureShape]:
    """A bar of a stated change, with what was stated above it."""
    wide = area.x(aim.column.last.toordinal()) - area.x(aim.column.first.toordinal())
    top, bottom = sorted((area.y(0.0), area.y(aim.value or 0.0)))
    middle = _middle(area, aim.column)
    yield FilledBar(middle - wide * _BAR_SHARE / 2, top, wide * _BAR_SHARE, bottom - top, _AIM)
    yield words_at(middle, top - LINE / 2, aim.stated, "middle")


def _results(chart: TargetsChart, area: PictureArea) -> Iterator[PictureShape]:
    for line in chart.series:
        places = tuple((area.x(point.middle), area.y(point.value)) for point in line.points)
        if len(places) > 1:
            yield Stroke(places, "result", 1.2)
        for (x, y), point in zip(places, line.points, strict=True):
            yield Mark(x, y, "open dot" if point.state == "provisional" else "dot", "result", _POINT)
