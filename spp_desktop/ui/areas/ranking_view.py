"""The ranking of areas as bars, to be moved about in by keys and by mouse.

``figures.charts.ranking_chart`` decides what it says; this module only gives it places, pens and colours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from spp_desktop.figures.charts import ranking_chart
from spp_desktop.figures.charts.ranking_chart import Bar, RankingChart
from spp_desktop.ui.areas.ranking_plot import GAP, PAD, RankingPlot
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, notes_bands, space, titled, words_bands
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.widget import LaidOutPicture, announce

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

HELP = "Up and Down go from area to area, Home and End to the first and the last, Enter opens its chart."
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_NAME = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class _Places:
    """The layout: the words above, the rows, the words below, and what paints the rows."""

    title: QRect
    by: QRect
    reference: QRect
    top: int
    row: int
    legend: int
    notes: QRect
    plot: RankingPlot


class RankingView(LaidOutPicture):
    """Shows one ``RankingChart``.

    Signals:
        chosen: the key of the area that was chosen.
        opened: the key of the area whose chart is to be shown.
        moved: the ``QRect`` of its row.
    """

    chosen = Signal(str)
    opened = Signal(str)
    moved = Signal(QRect)

    def __init__(self, numbers: "Callable[[], list[PlainSheet]] | None" = None, parent: QWidget | None = None) -> None:
        self.chart: RankingChart | None = None
        self.at: int | None = None
        self._places: _Places | None = None
        self._numbers = numbers
        super().__init__(parent)
        self.setWhatsThis(HELP)

    # What is shown

    def set_chart(self, chart: RankingChart) -> None:
        """Draw another ranking. The chosen area stays chosen if it is still there."""
        bar = self.bar()
        self.chart = chart
        self.at = self._place_of(bar.key) if bar else None
        self.setAccessibleName(f"Ranking: {chart.title}")
        self.setAccessibleDescription(ranking_chart.describe(chart))
        for action in self.actions_here():
            action.setEnabled(not chart.empty)
        self.lay_out()

    def bar(self) -> Bar | None:
        """The bar of the area that is chosen."""
        return None if self.at is None or self.chart is None else self.chart.bars[self.at]

    def select(self, key: str) -> None:
        """Show the area that was chosen elsewhere; none if it has no bar."""
        self.at = self._place_of(key)
        if self.at is not None:
            self.moved.emit(self._row(self.at))
        self.update()

    def _place_of(self, key: str) -> int | None:
        bars = self.chart.bars if self.chart else ()
        return next((n for n, bar in enumerate(bars) if bar.key == key), None)

    # Where it lies

    def lay_out(self) -> None:
        """Lay everything out in the present width."""
        chart = self.chart
        if chart is None:
            return
        metrics, across = self.fontMetrics(), max(self.width() - 2 * int(PAD), 1)
        plot = RankingPlot(chart, PAD, across, self.font())
        pad, gap, line, row = int(PAD), int(GAP), metrics.lineSpacing(), int(plot.row)
        title = _wrapped(QFontMetrics(_bold(self.font())), chart.title, pad, pad, across)
        by = QRect(pad, title.bottom() + 1, across, line)
        reference = QRect(pad, by.bottom() + gap, across, line)
        top = (reference.bottom() if chart.reference else by.bottom()) + gap // 2
        legend = top + row * len(chart.bars) + gap
        below = legend + line * len(plot.legend()) + gap
        notes = _wrapped(metrics, self._below(), pad, below, across)
        self._places = _Places(title, by, reference, top, row, legend, notes, plot)
        self.setMinimumHeight(notes.bottom() + pad)
        self.updateGeometry()
        self.update()

    def _below(self) -> str:
        chart = self.chart
        return "" if chart is None else "\n".join(filter(None, (chart.empty, *chart.notes)))

    def _row(self, at: int) -> QRect:
        places = self._places
        return QRect() if places is None else QRect(0, places.top + at * places.row, self.width(), places.row)

    def row_at(self, at: QPoint) -> int | None:
        """The index of the bar at a point; ``None`` if there is none."""
        number = len(self.chart.bars) if self.chart else 0
        return next((n for n in range(number) if self._row(n).contains(at)), None)

    # What the person does

    _steps: ClassVar[dict[Qt.Key, Callable[[int, int], int]]] = {
        Qt.Key.Key_Up: lambda at, _last: at - 1,
        Qt.Key.Key_Down: lambda at, _last: at + 1,
        Qt.Key.Key_PageUp: lambda at, _last: at - 10,
        Qt.Key.Key_PageDown: lambda at, _last: at + 10,
        Qt.Key.Key_Home: lambda _at, _last: 0,
        Qt.Key.Key_End: lambda _at, last: last,
    }
    """The index that each key leads to, from the current index and that of the last bar."""

    def choose(self, at: int) -> None:
        """Go to the bar of an index, and have a screen reader say what it shows."""
        assert self.chart is not None
        self.at = min(max(at, 0), len(self.chart.bars) - 1)
        bar = self.chart.bars[self.at]
        self.setAccessibleDescription(bar.words)
        announce(self, bar.words)
        self.moved.emit(self._row(self.at))
        self.update()
        self.chosen.emit(bar.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar by the arrows, Page Up and Down, Home and End; open a chart by Enter."""
        step, bar = self._steps.get(Qt.Key(event.key())), self.bar()
        if self.chart is None or not self.chart.bars or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif step is not None:
            self.choose(0 if self.at is None else step(self.at, len(self.chart.bars) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bar is not None:
            self.opened.emit(bar.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the bar clicked on."""
        at = self.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.choose(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the chart of the area clicked on."""
        bar = self.bar()
        if event.button() == Qt.MouseButton.LeftButton and bar and self.row_at(event.position().toPoint()) == self.at:
            self.opened.emit(bar.key)

    def words_at(self, at: QPoint) -> str:
        """Why the area at a point has its colour."""
        row = self.row_at(at)
        return "" if row is None or self.chart is None else self.chart.bars[row].words

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, and the bars that are in view."""
        chart, places = self.chart, self._places
        if chart is None or places is None:
            return
        painter, ink = QPainter(self), Ink.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink.text)
        painter.setFont(_bold(self.font()))
        painter.drawText(places.title, _WRAPPED, chart.title)
        painter.setFont(self.font())
        painter.setPen(ink.quiet)
        painter.drawText(places.by, _NAME, chart.by)
        painter.drawText(places.notes, _WRAPPED, self._below())
        for at, bar in enumerate(chart.bars):
            if self._row(at).intersects(event.rect()):
                places.plot.paint_row(painter, ink, bar, QRectF(self._row(at)), current=at == self.at)
        if not chart.empty:
            places.plot.paint_reference(painter, ink, places.reference.top())
            places.plot.paint_legend(painter, ink, places.legend)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def drawing(self) -> Drawing | None:
        """The ranking as it is printed and saved: all areas, none of them chosen."""
        chart = self.chart
        if chart is None or chart.empty:
            return None
        figures = (" ".join(filter(None, (bar.place, bar.area, bar.figure))) for bar in chart.bars)
        words = f"{ranking_chart.describe(chart)} All areas: {'; '.join(figures)}."
        name = f"Ranking: {chart.title}"
        return Drawing(name, words, lambda canvas: [_laid_out(chart, canvas)], upright=True, numbers=self._numbers)


def _laid_out(chart: RankingChart, canvas: Canvas) -> Flow:
    ink, plot = canvas.ink, RankingPlot(chart, 0.0, canvas.width, lettering.letters())

    def moved(painter: QPainter, box: QRectF) -> float:
        """Paint from the left edge of a band; the top of the band."""
        painter.translate(box.left(), 0)
        return box.top()

    def row_of(bar: Bar) -> Band:
        """The band of one bar."""
        return Band(
            plot.row,
            lambda painter, box: plot.paint_row(
                painter, ink, bar, QRectF(0, moved(painter, box), box.width(), box.height())
            ),
        )

    by = words_bands(chart.by, canvas.width, ink.quiet, stays=True)
    reference = Band(plot.line + 2, lambda painter, box: plot.paint_reference(painter, ink, moved(painter, box)))
    legend = Band(
        plot.line * len(plot.legend()) + GAP, lambda painter, box: plot.paint_legend(painter, ink, moved(painter, box))
    )
    below = (space(GAP), legend, *notes_bands(chart.notes, canvas))
    return Flow((*titled(chart.title, canvas), *by, space(GAP)), (reference,), (*map(row_of, chart.bars), *below))


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _wrapped(metrics: QFontMetrics, text: str, left: int, top: int, wide: int) -> QRect:
    """The rectangle of a text that is wrapped to a width."""
    high = metrics.boundingRect(QRect(0, 0, wide, 1), _WRAPPED, text).height() if text else 0
    return QRect(left, top, wide, high)
