"""The chart of an indicator's targets on screen and on paper. ``figures.charts.target_chart`` decides what it says."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from spp_desktop.figures.charts import target_chart
from spp_desktop.figures.charts.target_chart import TargetsChart
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import (
    GAP,
    Band,
    Canvas,
    Drawing,
    Flow,
    height_of,
    notes_bands,
    plot_height,
    titled,
)
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.targets_plot import TargetsPlot
from spp_desktop.ui.pictures.widget import PictureWidget

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet


class ChartView(PictureWidget):
    """Shows one ``TargetsChart``: its title, the picture and the notes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.notes, self.picture = QLabel(wordWrap=True), QLabel(wordWrap=True), TargetsPicture()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._below = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._below.setSpacing(4)
        self._below.addWidget(self.picture, 1)
        self._below.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(self._below, 1)
        for label in (self.title, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def set_beside(self, *, beside: bool) -> None:
        """Let the notes stand beside the picture, where there is little height; or else below it."""
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._below.setSpacing(16 if beside else 4)
        self._below.setStretch(1, int(beside))

    def set_chart(self, chart: TargetsChart) -> None:
        """Draw another chart."""
        self.picture.set_chart(chart)
        self.title.setText(chart.title)
        self.notes.setText("\n".join([chart.empty] if chart.empty else chart.notes))
        self.setAccessibleName(f"Chart of {chart.title}")
        self.setAccessibleDescription(target_chart.describe(chart))
        for action in self.actions_here():
            action.setEnabled(not chart.empty)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it no longer has the keyboard."""
        super().focusOutEvent(event)
        self.update()

    def drawing(self) -> Drawing | None:
        """The chart as it is printed and saved."""
        chart = self.picture.chart
        if chart is None or chart.empty:
            return None
        points = [point for line in chart.series for point in line.points]
        figures = "; ".join(f"to {short_day(point.last)} {target_chart.figure(point.value)}" for point in points)
        words = target_chart.describe(chart) + (f" All results: {figures}." if figures else "")
        return Drawing(chart.title, words, lambda canvas: [_laid_out(chart, canvas)], numbers=self._numbers)

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        chart = self.picture.chart
        return [] if chart is None else [PlainSheet(chart.title, chart.notes, target_chart.table(chart))]


class TargetsPicture(QWidget):
    """The picture alone. It takes no room where nothing can be drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: TargetsChart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for six columns."""
        return QSize(360, 260)

    def set_chart(self, chart: TargetsChart) -> None:
        """Draw another chart."""
        self.chart = chart
        areas = sum((bool(chart.series or chart.aims_as("level")), bool(chart.aims_as("change"))))
        self.setMinimumHeight(100 * areas)
        self.setVisible(areas > 0)
        self.update()

    def plot(self) -> TargetsPlot | None:
        """The chart as laid out here; ``None`` if there is nothing to draw."""
        if self.chart is None or self.isHidden():
            return None
        return TargetsPlot(self.chart, QRectF(self.rect()), QFontMetricsF(self.font()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart."""
        plot = self.plot()
        if plot is not None:
            painter = QPainter(self)
            plot.paint(painter, Ink.of(self.palette()))
            painter.end()


def _laid_out(chart: TargetsChart, canvas: Canvas) -> Flow:
    lead, notes = titled(chart.title, canvas), notes_bands(chart.notes, canvas)
    plots = chart.series or chart.aims_as("level") or chart.aims_as("change")
    return Flow(lead, (), (*([_picture(chart, canvas, height_of([*lead, *notes]))] if plots else []), *notes))


def _picture(chart: TargetsChart, canvas: Canvas, texts: float) -> Band:
    def paint(painter: QPainter, box: QRectF) -> None:
        """Paint the chart into its band."""
        painter.setFont(lettering.letters())
        TargetsPlot(chart, box.adjusted(0, 0, 0, -GAP), lettering.metrics()).paint(painter, canvas.ink)

    return Band(plot_height(canvas, texts), paint)
