"""The chart of an indicator's targets, laid out and painted in a rectangle, on screen as on paper.

``figures.charts.target_chart`` decides what it says. Results with levels have one scale, stated changes have another.
"""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from spp_desktop.figures.charts.target_chart import Column, DrawnTarget, ResultSeries, TargetsChart, round_numbers
from spp_desktop.ui.common.theme import blend
from spp_desktop.ui.pictures.ink import Ink

GAP = 6.0
BAR_SHARE = 0.5
"""The part of its year that a bar is wide."""
ROOM_ABOVE = 1.2
"""Times the largest number that a scale reaches, so that what is written above it fits."""
SHARES = (3, 2)
"""The shares of the height for results and for changes, where there are both."""
POINT = 5.0
A_NUMBER = 30.0
"""The least pixels from one number on a scale to the next."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip


@dataclass(frozen=True)
class ScaledArea:
    """A rectangle with a scale: the unit above it, its ends, and the numbers beside it."""

    box: QRectF
    unit: str
    low: float
    high: float
    numbers: tuple[tuple[float, str], ...]

    def y(self, value: float) -> float:
        """The y of a value."""
        return self.box.bottom() - (value - self.low) / (self.high - self.low) * self.box.height()


class TargetsPlot:
    """A chart of targets in a rectangle.

    Attributes:
        results: the area of results and levels; ``None`` if there are none.
        changes: the area of stated changes; ``None`` if there are none.
        every: 1 where each column has its name below it; 2 where every second has, and so on.
    """

    def __init__(self, chart: TargetsChart, box: QRectF, metrics: QFontMetricsF) -> None:
        self.chart, self._metrics = chart, metrics
        levels = [aim.value for aim in chart.aims_as("level") if aim.value is not None]
        values = [*levels, *(point.value for line in chart.series for point in line.points)]
        changes = [aim.value for aim in chart.aims_as("change") if aim.value is not None]
        about = f"Change as stated, {chart.change_unit}"
        wanted = [(values, chart.unit, SHARES[0]), (changes, about, SHARES[1])]
        self._line, shares = metrics.height(), sum(share for values, _, share in wanted if values)
        self._label_lines = 1 if self._fits(box.width()) else 2
        room = box.height() - self._label_lines * self._line - GAP
        areas: list[ScaledArea | None] = []
        top = box.top()
        for numbers, unit, share in wanted:
            high = room * share / shares if numbers else 0.0
            areas.append(self._scaled(numbers, unit, QRectF(box.left(), top, box.width(), high)) if numbers else None)
            top += high
        left = max((self._wide(area) for area in areas if area), default=0.0)
        self.results, self.changes = (self._indented(area, left) for area in areas)
        self._first = chart.columns[0].first.toordinal()
        self._days = chart.columns[-1].last.toordinal() + 1 - self._first
        self._left, self._across = box.left() + left, box.width() - left
        each, wide = self._across / len(chart.columns), self._label_width()
        self.every = 1 if wide <= each else ceil(1.5 * wide / each)  # the last name moves left by up to half of it

    def _fits(self, width: float) -> bool:
        """Whether the columns' names fit on one line."""
        names = max((self._metrics.horizontalAdvance(column.label) for column in self.chart.columns), default=0.0)
        return (names + GAP) * len(self.chart.columns) < width * 0.9

    def _scaled(self, values: list[float], unit: str, room: QRectF) -> ScaledArea:
        low, high = min(0.0, *values) * ROOM_ABOVE, max(0.0, *values) * ROOM_ABOVE
        high = high if high > low else low + 1.0
        box = room.adjusted(0, self._line + GAP, 0, -GAP)
        return ScaledArea(box, unit, low, high, tuple(round_numbers(low, high, max(int(box.height() / A_NUMBER), 2))))

    def _wide(self, area: ScaledArea) -> float:
        return max((self._metrics.horizontalAdvance(text) for _, text in area.numbers), default=0.0) + GAP

    @staticmethod
    def _indented(area: ScaledArea | None, left: float) -> ScaledArea | None:
        if area is None:
            return None
        return ScaledArea(area.box.adjusted(left, 0, 0, 0), area.unit, area.low, area.high, area.numbers)

    def x(self, day: float) -> float:
        """The x of an ordinal day."""
        return self._left + (day - self._first) / self._days * self._across

    def bar(self, aim: DrawnTarget) -> QRectF:
        """The bar of a stated change."""
        assert self.changes is not None
        value, wide = (
            aim.value or 0.0,
            self._across * (aim.column.last - aim.column.first).days / self._days * BAR_SHARE,
        )
        ends = sorted((self.changes.y(0.0), self.changes.y(value)))
        return QRectF(self._middle(aim.column) - wide / 2, ends[0], wide, ends[1] - ends[0])

    def paint(self, painter: QPainter, ink: Ink) -> None:
        """Paint the chart in the painter's font."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for area in filter(None, (self.results, self.changes)):
            self._paint_area(painter, ink, area)
        for aim in self.chart.aims_as("level"):
            self._paint_level(painter, ink, aim)
        for line in self.chart.series:
            self._paint_line(painter, ink, line)
        for aim in self.chart.aims_as("change"):
            bar = self.bar(aim)
            painter.fillRect(bar, ink.accent if aim.column.is_plan else blend(ink.paper, ink.accent, 0.55))
            self._write(painter, ink, aim, bar.top())
        painter.restore()

    def _paint_area(self, painter: QPainter, ink: Ink, area: ScaledArea) -> None:
        box, line = area.box, self._line
        painter.setPen(ink.quiet)
        painter.drawText(QPointF(self._left, box.top() - GAP / 2 - self._metrics.descent()), area.unit)
        for value, text in area.numbers:
            painter.setPen(QPen(ink.rule if value else ink.quiet, 1))
            painter.drawLine(QPointF(box.left(), area.y(value)), QPointF(box.right(), area.y(value)))
            painter.setPen(ink.quiet)
            painter.drawText(QRectF(box.left() - GAP - 100, area.y(value) - line / 2, 100, line), int(_RIGHT), text)
        lowest = area is self.changes or self.changes is None
        last = len(self.chart.columns) - 1
        for number, column in enumerate(self.chart.columns):
            x = self.x(column.first.toordinal())
            painter.setPen(QPen(ink.rule, 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            if lowest and (last - number) % self.every == 0:
                painter.setPen(ink.quiet)
                middle = min(self._middle(column), box.right() - (self._label_width() - GAP) / 2)
                for at, words in enumerate(self._label(column)):
                    top = box.bottom() + GAP / 2 + at * line
                    painter.drawText(QRectF(middle - 60, top, 120, line), int(_MIDDLE), words)

    def _label(self, column: Column) -> list[str]:
        """The name of a column, in the lines that there is room for."""
        if self._label_lines == 1:
            return [column.label]
        return column.label.split(" ", 1) if column.is_plan else column.label.replace("-", "-\n").split("\n")

    def _label_width(self) -> float:
        """The pixels that the widest line of the columns' names needs."""
        lines = [words for column in self.chart.columns for words in self._label(column)]
        return max(self._metrics.horizontalAdvance(words) for words in lines) + GAP

    def _paint_level(self, painter: QPainter, ink: Ink, aim: DrawnTarget) -> None:
        """Paint a level over its year, with what was stated above it."""
        assert self.results is not None
        y = self.results.y(aim.value or 0.0)
        painter.setPen(QPen(ink.accent, 2, Qt.PenStyle.DashLine))
        ends = aim.column.first.toordinal(), aim.column.last.toordinal() + 1
        painter.drawLine(QPointF(self.x(ends[0]), y), QPointF(self.x(ends[1]), y))
        self._write(painter, ink, aim, y)

    def _paint_line(self, painter: QPainter, ink: Ink, line: ResultSeries) -> None:
        assert self.results is not None
        places = [QPointF(self.x(point.middle), self.results.y(point.value)) for point in line.points]
        painter.setPen(QPen(ink.text, 1.2))
        painter.drawPolyline(QPolygonF(places))
        for place, point in zip(places, line.points, strict=True):
            painter.setBrush(ink.paper if point.state == "provisional" else ink.text)
            painter.drawEllipse(place, POINT / 2, POINT / 2)

    def _write(self, painter: QPainter, ink: Ink, aim: DrawnTarget, bottom: float) -> None:
        painter.setPen(ink.text)
        box = QRectF(self._middle(aim.column) - 60, bottom - self._line - 2, 120, self._line)
        painter.drawText(box, int(_MIDDLE), aim.stated)

    def _middle(self, column: Column) -> float:
        return self.x((column.first.toordinal() + column.last.toordinal() + 1) / 2)
