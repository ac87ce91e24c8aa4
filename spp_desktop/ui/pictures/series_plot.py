"""The chart of one series, laid out and painted in a rectangle: large in the panel, small on the wall.

``figures.charts.series_chart`` decides what it says; this module only gives it places, pens and colours.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.figures.charts.series_chart import scale
from spp_desktop.figures.charts.series_parts import ChartKey, LineRole, SeriesChart, Spot
from spp_desktop.figures.control.chart import PointType
from spp_desktop.figures.control.words import POINTS, TARGET_COLOURS
from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures.ink import Ink

GAP = 6.0
"""Pixels between words and what they belong to."""
NEAR = 14.0
"""Pixels that a click may be away from a point."""
_ROOM_FOR_A_NUMBER, _ROOM_FOR_A_MONTH = 34.0, 1.5
"""The pixels from one number on the scale to the next, and the width of a month as a multiple of its words'."""
_SMALLER = 0.62
"""The size of points on the wall, as a part of their size in the panel."""
_SAMPLE = 18.0
"""The width of a sample in the legend, in pixels."""


def pen_of(ink: Ink, role: LineRole) -> QPen:
    """The pen for a line of this role; each role has its own dashes."""
    colour, width, style = {
        "result": (ink.quiet, 1.5, Qt.PenStyle.SolidLine),
        "mean": (ink.quiet, 1.0, Qt.PenStyle.SolidLine),
        "limit": (ink.quiet, 1.0, Qt.PenStyle.DashLine),
        "target": (QColor(TARGET_COLOURS[ink.dark]), 1.6, Qt.PenStyle.DashDotLine),
        "trajectory": (ink.accent, 1.6, Qt.PenStyle.DotLine),
    }[role]
    return QPen(colour, width, style)


@dataclass(frozen=True)
class _Mark:
    """A word or a number above the plot, at its day: where it stands and in which row."""

    x: float
    text: str
    row: int
    boxed: bool


class Plot:
    """A chart in a rectangle.

    Attributes:
        area: where the lines and points are.
    """

    def __init__(self, chart: SeriesChart, box: QRectF, metrics: QFontMetricsF, *, small: bool = False) -> None:
        self.chart, self._metrics, self._small = chart, metrics, small
        line = metrics.height()
        self._numbers = scale(chart, max(int(box.height() / _ROOM_FOR_A_NUMBER), 3))
        left = max((metrics.horizontalAdvance(text) for _, text in self._numbers), default=0.0) + GAP
        names = [metrics.horizontalAdvance(line.name) for line in chart.lines if line.name and not small]
        self.area = box.adjusted(left, line / 2, -GAP - max(names, default=0.0), -line - GAP / 2)
        self._days = charts.ticks(
            chart.first, chart.last, int(self.area.width() / metrics.horizontalAdvance("Mar 2000") / _ROOM_FOR_A_MONTH)
        )
        self._marks = [] if small else self._placed()
        rows = max((mark.row + 1 for mark in self._marks), default=0)
        self.area.setTop(self.area.top() + rows * line)
        days = chart.last.toordinal() + 1 - chart.first.toordinal()
        self._across, self._up = self.area.width() / days, self.area.height() / (chart.high - chart.low)

    def _placed(self) -> list[_Mark]:
        """The words of dividers and the numbers of notes, placed in rows so that none overlaps another."""
        labels = [(mark.day, mark.label, False) for mark in self.chart.dividers]
        labels += [(mark.day, str(mark.number), True) for mark in self.chart.flags]
        days = self.chart.last.toordinal() + 1 - self.chart.first.toordinal()
        ends: list[float] = []
        placed = []
        for day, text, boxed in sorted(labels):
            x = self.area.left() + (day.toordinal() - self.chart.first.toordinal()) / days * self.area.width()
            row = next((row for row, end in enumerate(ends) if end <= x), len(ends))
            ends[row : row + 1] = [x + self._metrics.horizontalAdvance(text) + 3 * GAP]
            placed.append(_Mark(x, text, row, boxed))
        return placed

    def place(self, day: float, value: float) -> QPointF:
        """The point of a day's value."""
        across = (day - self.chart.first.toordinal()) * self._across
        return QPointF(self.area.left() + across, self.area.bottom() - (value - self.chart.low) * self._up)

    def spot(self, spot: Spot) -> QPointF:
        """The point of a period's result; a period without a result lies on the axis."""
        return self.place(spot.middle, self.chart.low if spot.value is None else spot.value)

    def nearest(self, at: QPointF) -> int | None:
        """The index of the spot nearest to a point, or ``None`` if none is near."""
        away = [((self.spot(spot) - at).manhattanLength(), n) for n, spot in enumerate(self.chart.spots)]
        distance, nearest = min(away, default=(NEAR + 1, 0))
        return nearest if distance <= NEAR else None

    def paint(self, painter: QPainter, ink: Ink, marked: int | None = None) -> None:
        """Paint the chart; ``marked`` is the index of the current spot."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, ink)
        self._paint_dividers(painter, ink)
        if marked is not None:
            painter.setPen(QPen(ink.accent, 1.0))
            x = self.spot(self.chart.spots[marked]).x()
            painter.drawLine(QPointF(x, self.area.top()), QPointF(x, self.area.bottom()))
        for line in self.chart.lines:
            painter.setPen(pen_of(ink, line.role))
            painter.drawPolyline(QPolygonF([self.place(*point) for point in line.points]))
            if line.name and not self._small:
                painter.setPen(ink.text)
                painter.drawText(self.place(*line.points[-1]) + QPointF(GAP, 0), line.name)
        self._paint_spots(painter, ink, marked)
        painter.restore()

    def _paint_axes(self, painter: QPainter, ink: Ink) -> None:
        area, line = self.area, self._metrics.height()
        right, vertical = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        for value, text in self._numbers:
            y = round(self.place(0, value).y()) + 0.5
            painter.setPen(QPen(ink.rule, 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink.quiet)
            painter.drawText(QRectF(area.left() - 200, y - line / 2, 200 - GAP, line), right | vertical, text)
        for tick in self._days:
            x = round(self.place(tick.day.toordinal(), 0).x()) + 0.5
            painter.setPen(QPen(ink.rule, 1.0))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 3))
            painter.setPen(ink.quiet)
            if x + self._metrics.horizontalAdvance(tick.label) <= area.right() + GAP:
                painter.drawText(QPointF(x, area.bottom() + 2 + self._metrics.ascent()), tick.label)

    def _paint_dividers(self, painter: QPainter, ink: Ink) -> None:
        area, line = self.area, self._metrics.height()
        painter.setPen(QPen(ink.text, 1.0, Qt.PenStyle.DashLine))
        for divider in self.chart.dividers:
            x = self.place(divider.day.toordinal(), 0).x()
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        rows = max((mark.row + 1 for mark in self._marks), default=0)
        for mark in self._marks:
            top = area.top() - (rows - mark.row) * line
            painter.setPen(QPen(ink.quiet, 1.0, Qt.PenStyle.DotLine if mark.boxed else Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(mark.x, top), QPointF(mark.x, area.bottom() if mark.boxed else area.top()))
            wide = self._metrics.horizontalAdvance(mark.text) + GAP
            box = QRectF(mark.x, top + 1, wide, line - 2)
            if mark.boxed:
                painter.fillRect(box, ink.quiet)
            painter.setPen(ink.paper if mark.boxed else ink.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _paint_spots(self, painter: QPainter, ink: Ink, marked: int | None) -> None:
        for at, spot in enumerate(self.chart.spots):
            if spot.value is None:
                continue
            size = _size(spot.kind) * (_SMALLER if self._small else 1.0)
            _paint_point(painter, self.spot(spot), spot.kind, size, ink, hollow=spot.hollow)
            if at == marked:
                painter.setPen(QPen(ink.accent, 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self.spot(spot), size, size)


def _paint_point(painter: QPainter, at: QPointF, kind: PointType, size: float, ink: Ink, *, hollow: bool) -> None:
    """Paint a point. Its shape and colour say what it is; it is hollow if it may still change."""
    colour = QColor(POINTS[kind].colours[ink.dark])
    painter.setPen(QPen(ink.quiet if kind == "common_cause" else colour, 1.3))
    painter.setBrush(ink.paper if hollow else colour)
    painter.drawPath(_path(POINTS[kind].shape, size).translated(at))


@lru_cache(maxsize=64)
def _path(shape: str, size: float) -> QPainterPath:
    return theme.shape_path(shape, size)


# The legend


def legend_rows(keys: tuple[ChartKey, ...], width: float, metrics: QFontMetricsF) -> list[list[tuple[float, ChartKey]]]:
    """The keys to lines and marks, laid out in rows of this width: of each, its distance from the left, and the key."""
    rows: list[list[tuple[float, ChartKey]]] = []
    x = width
    for key in keys:
        wide = _SAMPLE + GAP + metrics.horizontalAdvance(key.words) + 2 * GAP
        if not rows or x + wide > width + 2 * GAP:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key))
        x += wide
    return rows


def paint_legend(painter: QPainter, corner: QPointF, rows: list[list[tuple[float, ChartKey]]], ink: Ink) -> None:
    """Paint the legend from its upper left corner."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = QFontMetricsF(painter.font())
    for n, row in enumerate(rows):
        middle = corner.y() + (n + 0.5) * metrics.lineSpacing()
        for x, key in row:
            begin = QPointF(corner.x() + x, middle)
            _paint_sample(painter, begin, key, ink)
            painter.setPen(ink.text)
            words = QPointF(begin.x() + _SAMPLE + GAP, middle + (metrics.ascent() - metrics.descent()) / 2)
            painter.drawText(words, key.words)
    painter.restore()


def _paint_sample(painter: QPainter, begin: QPointF, key: ChartKey, ink: Ink) -> None:
    if key.line is not None:
        painter.setPen(pen_of(ink, key.line))
        painter.drawLine(begin, begin + QPointF(_SAMPLE, 0))
    if key.point is not None:
        _paint_point(painter, begin + QPointF(_SAMPLE / 2, 0), key.point, _size(key.point), ink, hollow=key.hollow)


def _size(kind: PointType) -> float:
    """The size of a point: special ones are larger."""
    return 5.5 if kind == "common_cause" else 8.5
