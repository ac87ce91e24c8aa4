"""The ranking of areas laid out in a width and painted row by row, on screen as on paper.

``figures.charts.ranking_chart`` decides what it says; this module only gives it places, pens and colours.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from spp_desktop.figures.charts.ranking_chart import Bar, RankingChart
from spp_desktop.figures.rag.colours import Look
from spp_desktop.ui.common.theme import blend
from spp_desktop.ui.pictures import marks
from spp_desktop.ui.pictures.ink import Ink

PAD, GAP, SHAPE = 8.0, 6.0, 12.0
BAR = 0.55
"""The height of a bar, as a part of its row's."""
NAMES = 0.32
"""The largest part of the width that names of areas take."""
_NAME, _NUMBER = (
    int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


class RankingPlot:
    """The columns of a ranking in a width: place, name, bar and figure.

    Attributes:
        line: the height of a line of text.
        row: the height of a row.
    """

    def __init__(self, chart: RankingChart, left: float, across: float, font: QFont) -> None:
        self.chart, self._left, self._width, self._font = chart, left, across, font
        self._metrics = metrics = QFontMetricsF(font)
        self.line = metrics.lineSpacing()
        self.row = self.line + 4
        wide = [
            max([metrics.horizontalAdvance(text) + 2 for text in texts if text], default=0.0)
            for texts in zip(*((bar.place, bar.area, bar.figure) for bar in chart.bars), strict=True)
        ] or [0.0, 0.0, 0.0]
        name = min(wide[1], across * NAMES)
        begin = left + wide[0] + GAP * bool(wide[0])
        begins, ends = begin + name + GAP + SHAPE, left + across - wide[2] - GAP - SHAPE
        self._place, self._name = (left, wide[0]), (begin, name)
        self._bar, self._figure = (begins, max(ends, begins + 1)), (left + across - wide[2], wide[2])

    def legend(self) -> list[list[tuple[float, Look]]]:
        """The keys to the colours in use, in lines, each with its distance from the left."""
        rows: list[list[tuple[float, Look]]] = []
        x = self._width + 1
        for look in self.chart.legend:
            wide = SHAPE + GAP + self._metrics.horizontalAdvance(look.word)
            if x + wide > self._width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, look))
            x += wide + 2 * PAD
        return rows

    def across(self, value: float) -> float:
        """The x of a value on the scale."""
        begins, ends = self._bar
        return begins + (value - self.chart.low) / (self.chart.high - self.chart.low) * (ends - begins)

    def paint_row(self, painter: QPainter, ink: Ink, bar: Bar, row: QRectF, *, current: bool = False) -> None:
        """Paint the row of an area, with its part of the lines that bars are compared with."""
        painter.setFont(self._font)
        if current:
            painter.fillRect(row.adjusted(2, 0, -2, 0), blend(ink.paper, ink.accent, 0.18))
        for (left, wide), text, side, pen in (
            (self._place, bar.place, _NUMBER, ink.quiet),
            (self._name, bar.area, _NAME, ink.text),
            (self._figure, bar.figure, _NUMBER, ink.text if bar.value is not None else ink.quiet),
        ):
            painter.setPen(pen)
            box = QRectF(left, row.top(), wide, row.height())
            painter.drawText(box, side, self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide))
        self._paint_bar(painter, ink, bar, row, current=current)
        self._paint_lines(painter, ink, row)

    def _paint_bar(self, painter: QPainter, ink: Ink, bar: Bar, row: QRectF, *, current: bool) -> None:
        zero = self.across(0.0)
        end = zero if bar.value is None else self.across(bar.value)
        high = row.height() * BAR
        if bar.value is not None:
            colour = ink.accent if current else blend(ink.paper, ink.accent, 0.45)
            painter.fillRect(QRectF(min(zero, end), row.center().y() - high / 2, abs(end - zero), high), colour)
        away = -1 if bar.value is not None and bar.value < 0 else 1
        middle = end + away * (SHAPE / 2 + 3)
        shape = QRectF(middle - SHAPE / 2, row.center().y() - SHAPE / 2, SHAPE, SHAPE)
        marks.paint_look(painter, shape.adjusted(1, 1, -1, -1), bar.look, ink.dark)

    def _paint_lines(self, painter: QPainter, ink: Ink, row: QRectF) -> None:
        """Paint the line of nought, and the line that bars are compared with."""
        lines = [(0.0, QPen(ink.quiet, 1))]
        if self.chart.reference is not None:
            lines.append((self.chart.reference.value, QPen(ink.text, 1.4, Qt.PenStyle.DashLine)))
        for value, pen in lines:
            x = round(self.across(value)) + 0.5
            pen.setDashOffset(row.top() / pen.widthF())  # the dashes of one row go on in the next
            painter.setPen(pen)
            painter.drawLine(QRectF(x, row.top(), 0, row.height()).topLeft(), QRectF(x, row.bottom(), 0, 0).topLeft())

    def paint_reference(self, painter: QPainter, ink: Ink, top: float) -> None:
        """Paint the words of the line that bars are compared with, where it begins."""
        if self.chart.reference is None:
            return
        words = self.chart.reference.words
        wide = self._metrics.horizontalAdvance(words)
        left = min(max(self.across(self.chart.reference.value) - wide / 2, self._left), self._left + self._width - wide)
        painter.setFont(self._font)
        painter.setPen(ink.text)
        painter.drawText(QRectF(left, top, wide, self.line), _NAME, words)

    def paint_legend(self, painter: QPainter, ink: Ink, top: float) -> None:
        """Paint the keys to the colours."""
        painter.setFont(self._font)
        painter.setPen(ink.text)
        for n, row in enumerate(self.legend()):
            begin = top + n * self.line
            for x, look in row:
                box = QRectF(self._left + x, begin + (self.line - SHAPE) / 2, SHAPE, SHAPE)
                marks.paint_look(painter, box.adjusted(1, 1, -1, -1), look, ink.dark)
                painter.drawText(QRectF(box.right() + GAP, begin, self._width, self.line), _NAME, look.word)
