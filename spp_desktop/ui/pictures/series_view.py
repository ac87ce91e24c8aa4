"""The chart of one series, with the words under it, to be moved about in by keys and by mouse.

``figures.charts.series_chart`` decides what it says.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from spp_desktop.figures.charts.series_chart import describe, table
from spp_desktop.figures.charts.series_parts import ChartKey, SeriesChart, Spot
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.series_drawing import series_drawing
from spp_desktop.ui.pictures.series_plot import GAP, Plot, legend_rows, paint_legend
from spp_desktop.ui.pictures.widget import PictureWidget, PointedAt, announce

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

SHORTEST = 130
"""The least height of the lines and points, in pixels."""
HELP = "Left and Right go from month to month, Home and End to the first and the last."


class SeriesView(PictureWidget):
    """Shows one ``SeriesChart``: its title, the picture, the words for the chosen point, the answers and the notes.

    Signals:
        chosen: the ``Spot`` that the person went to, or ``None``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = SeriesPicture(self)
        self.setFocusProxy(self.picture)
        self.title, self.spot_words, self.answers, self.notes = (QLabel(wordWrap=True) for _ in range(4))
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.spot_words.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.spot_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.spot_words.setAccessibleName("The point chosen")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.title, self.picture, self.spot_words, self.answers, self.notes):
            column.addWidget(part, int(part is self.picture))
            if isinstance(part, QLabel):
                part.setTextFormat(Qt.TextFormat.PlainText)
                part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.picture.chosen.connect(self._chosen)

    def set_chart(self, chart: SeriesChart) -> None:
        """Draw another chart. If it is of the same series, the chosen point stays chosen."""
        self.title.setText(chart.title)
        self.answers.setText("\n".join(chart.answers))
        self.notes.setText("\n".join(chart.notes))
        self.setAccessibleName(f"Chart of {chart.title}")
        self.setAccessibleDescription(describe(chart))
        self.picture.set_chart(chart)
        for action in self.actions_here():
            action.setEnabled(not chart.empty)

    def chart(self) -> SeriesChart | None:
        """What is drawn."""
        return self.picture.chart

    def _chosen(self, spot: Spot | None) -> None:
        chart = self.picture.chart
        self.spot_words.setText(spot.words if spot else HELP if chart and chart.spots else "")
        self.chosen.emit(spot)

    def drawing(self) -> Drawing | None:
        """The chart as it is printed and saved, without what only its keys are for."""
        chart = self.picture.chart
        return None if chart is None or chart.empty else series_drawing(chart, self._numbers)

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        chart = self.picture.chart
        return [] if chart is None else [PlainSheet(chart.title, [*chart.answers, *chart.notes], table(chart))]


class SeriesPicture(PointedAt):
    """The picture alone.

    Signals:
        chosen: the ``Spot`` that the person went to, or ``None`` where none is chosen.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: SeriesChart | None = None
        self.at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setWhatsThis(HELP)

    _steps: ClassVar[dict[Qt.Key, Callable[[int, int], int]]] = {
        Qt.Key.Key_Left: lambda at, _last: at - 1,
        Qt.Key.Key_Right: lambda at, _last: at + 1,
        Qt.Key.Key_Home: lambda _at, _last: 0,
        Qt.Key.Key_End: lambda _at, last: last,
    }
    """The index that each key leads to, from the current index and that of the last spot."""

    def sizeHint(self) -> QSize:
        """Room for three years of months."""
        return QSize(520, 240)

    def minimumSizeHint(self) -> QSize:
        """The smallest size at which it can be read, whatever stands above the lines."""
        plot = self.plot()
        above = self.height() - plot.area.height() if plot else 0.0
        return QSize(260, SHORTEST + int(max(above, 0.0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more room if the words above the lines need it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_chart(self, chart: SeriesChart) -> None:
        """Draw another chart. If it is of the same series, the chosen point stays chosen."""
        before = self.chart
        chosen = (
            before.spots[self.at].first if before is not None and self.at is not None and _same(before, chart) else None
        )
        self.chart = chart
        self.updateGeometry()
        self.setAccessibleName(f"Chart of {chart.title}")
        self.choose(next((n for n, spot in enumerate(chart.spots) if spot.first == chosen), None))

    def choose(self, at: int | None) -> None:
        """Go to the spot of this index, or to none."""
        assert self.chart is not None
        self.at = at
        spot = None if at is None else self.chart.spots[at]
        self.setAccessibleDescription(spot.words if spot else describe(self.chart))
        announce(self, spot.words if spot else "")
        self.chosen.emit(spot)
        self.update()

    def plot(self) -> Plot | None:
        """The chart as laid out in the picture; ``None`` if there is nothing to draw."""
        chart = self.chart
        if chart is None or not chart.lines:
            return None
        top = len(self._legend()) * QFontMetricsF(self.font()).lineSpacing() + 2 * GAP
        return Plot(chart, QRectF(self.rect()).adjusted(GAP, top, -GAP, -GAP), QFontMetricsF(self.font()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from spot to spot, Home and End to the first and the last, Escape leaves them."""
        step, chart = self._steps.get(Qt.Key(event.key())), self.chart
        if chart is None or not chart.spots or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.at is not None:
            self.choose(None)
        elif step is None:
            super().keyPressEvent(event)
        else:
            last = len(chart.spots) - 1
            begin = (last + 1 if event.key() == Qt.Key.Key_Left else last - 1) if self.at is None else self.at
            self.choose(min(max(step(begin, last), 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the point clicked on."""
        plot = self.plot()
        if event.button() == Qt.MouseButton.LeftButton and plot is not None:
            self.choose(plot.nearest(event.position()))

    def words_at(self, at: QPoint) -> str:
        """The words for the point under the pointer."""
        plot = self.plot()
        spot = plot.nearest(QPointF(at)) if plot else None
        return "" if plot is None or spot is None else plot.chart.spots[spot].words

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the legend and the plot, or say what to do if there is nothing to draw."""
        painter, ink, plot = QPainter(self), Ink.of(self.palette()), self.plot()
        painter.setFont(self.font())
        if self.chart is not None and self.chart.empty:
            painter.setPen(ink.quiet)
            top = plot.area if plot else QRectF(self.rect())
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.chart.empty)
        if plot is not None:
            paint_legend(painter, QPointF(GAP, GAP), self._legend(), ink)
            plot.paint(painter, ink, self.at)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _legend(self) -> list[list[tuple[float, ChartKey]]]:
        metrics = QFontMetricsF(self.font())
        return legend_rows(self.chart.legend if self.chart else (), self.width() - 2 * GAP, metrics)


def _same(chart: SeriesChart, other: SeriesChart) -> bool:
    return (chart.key, chart.area_key) == (other.key, other.area_key)
