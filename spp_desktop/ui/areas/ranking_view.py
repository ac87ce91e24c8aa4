"""The ranking of areas as bars, to be moved about in by keys and by mouse.

``figures.charts.ranking_chart`` decides what it says; this module only gives it places, pens and colours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from spp_desktop.figures.charts import ranking_chart
from spp_desktop.figures.charts.ranking_chart import Bar, RankingChart
from spp_desktop.figures.rag.colours import Look
from spp_desktop.ui.grid.delegates import blend
from spp_desktop.ui.pictures import marks
from spp_desktop.ui.pictures.series_plot import Ink
from spp_desktop.ui.pictures.widget import LaidOutPicture, announce

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

PAD, GAP, SHAPE = 8, 6, 12
BAR = 0.55
"""The height of a bar, as a part of its row's."""
NAMES = 0.32
"""The largest part of the width that names of areas take."""
HELP = "Up and Down go from area to area, Home and End to the first and the last, Enter opens its chart."
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_NAME, _NUMBER = (
    int(side | Qt.AlignmentFlag.AlignVCenter) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


@dataclass(frozen=True)
class _Places:
    """The layout: the words above, the column of each part of a row, the rows, the words below."""

    title: QRect
    by: QRect
    mark: QRect
    place: tuple[int, int]
    name: tuple[int, int]
    bar: tuple[int, int]
    figure: tuple[int, int]
    top: int
    row: int
    legend: int
    notes: QRect


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
        super().__init__(lambda: self.chart.title if self.chart else "Ranking", numbers, parent)
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
        metrics, across = self.fontMetrics(), max(self.width() - 2 * PAD, 1)
        line, row = metrics.lineSpacing(), metrics.lineSpacing() + 4
        title = _wrapped(QFontMetrics(_bold(self.font())), chart.title, PAD, PAD, across)
        by = QRect(PAD, title.bottom() + 1, across, line)
        mark = QRect(PAD, by.bottom() + GAP, across, line)
        wide = [
            max([metrics.horizontalAdvance(text) + 2 for text in texts if text], default=0)
            for texts in zip(*((bar.place, bar.area, bar.figure) for bar in chart.bars), strict=True)
        ] or [0, 0, 0]
        name = min(wide[1], int(across * NAMES))
        left = PAD + wide[0] + GAP * bool(wide[0])
        begins, ends = left + name + GAP + SHAPE, PAD + across - wide[2] - GAP - SHAPE
        top = (mark.bottom() if chart.reference else by.bottom()) + GAP // 2
        legend = top + row * len(chart.bars) + GAP
        below = legend + line * len(self._legend(across)) + GAP
        notes = _wrapped(metrics, self._below(), PAD, below, across)
        self._places = _Places(
            title, by, mark, (PAD, wide[0]), (left, name), (begins, max(ends, begins + 1)),
            (PAD + across - wide[2], wide[2]), top, row, legend, notes,
        )  # fmt: skip
        self.setMinimumHeight(notes.bottom() + PAD)
        self.updateGeometry()
        self.update()

    def _below(self) -> str:
        chart = self.chart
        return "" if chart is None else "\n".join(filter(None, (chart.empty, *chart.notes)))

    def _legend(self, across: int) -> list[list[tuple[int, Look]]]:
        """The keys to the colours in use, in lines, each with its distance from the left."""
        rows: list[list[tuple[int, Look]]] = []
        x = across + 1
        for look in self.chart.legend if self.chart else ():
            wide = SHAPE + GAP + self.fontMetrics().horizontalAdvance(look.word)
            if x + wide > across:
                rows.append([])
                x = 0
            rows[-1].append((x, look))
            x += wide + 2 * PAD
        return rows

    def _row(self, at: int) -> QRect:
        places = self._places
        return QRect() if places is None else QRect(0, places.top + at * places.row, self.width(), places.row)

    def _across(self, value: float) -> float:
        """The x of a value on the scale."""
        assert self.chart is not None
        assert self._places is not None
        begins, ends = self._places.bar
        return begins + (value - self.chart.low) / (self.chart.high - self.chart.low) * (ends - begins)

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
                self._paint_bar(painter, ink, bar, at)
        if not chart.empty:
            self._paint_lines(painter, ink, chart, places)
            self._paint_legend(painter, ink, places)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_bar(self, painter: QPainter, ink: Ink, bar: Bar, at: int) -> None:
        places, row = self._places, self._row(at)
        assert places is not None
        current = at == self.at
        if current:
            painter.fillRect(row.adjusted(2, 0, -2, 0), blend(ink.paper, ink.accent, 0.18))
        for (left, wide), text, side, pen in (
            (places.place, bar.place, _NUMBER, ink.quiet),
            (places.name, bar.area, _NAME, ink.text),
            (places.figure, bar.figure, _NUMBER, ink.text if bar.value is not None else ink.quiet),
        ):
            painter.setPen(pen)
            box = QRect(left, row.top(), wide, row.height())
            painter.drawText(box, side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide))
        zero = self._across(0.0)
        end = zero if bar.value is None else self._across(bar.value)
        high = row.height() * BAR
        top = row.center().y() + 0.5 - high / 2
        if bar.value is not None:
            colour = ink.accent if current else blend(ink.paper, ink.accent, 0.45)
            painter.fillRect(QRectF(min(zero, end), top, abs(end - zero), high), colour)
        away = -1 if bar.value is not None and bar.value < 0 else 1
        middle = end + away * (SHAPE / 2 + 3)
        shape = QRectF(middle - SHAPE / 2, row.center().y() + 0.5 - SHAPE / 2, SHAPE, SHAPE)
        marks.paint_look(painter, shape.adjusted(1, 1, -1, -1), bar.look, ink.dark)

    def _paint_lines(self, painter: QPainter, ink: Ink, chart: RankingChart, places: _Places) -> None:
        """Paint the line of nought, and the lines that bars are compared with, their words above."""
        bottom = places.top + places.row * len(chart.bars)
        painter.setPen(QPen(QColor(ink.quiet), 1))
        zero = self._across(0.0)
        painter.drawLine(round(zero), places.top, round(zero), bottom)
        if chart.reference is None:
            return
        x = self._across(chart.reference.value)
        painter.setPen(QPen(ink.text, 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(round(x), places.top, round(x), bottom)
        wide = painter.fontMetrics().horizontalAdvance(chart.reference.words)
        left = min(max(round(x) - wide // 2, places.mark.left()), places.mark.right() - wide)
        painter.drawText(QRect(left, places.mark.top(), wide + 1, places.mark.height()), _NAME, chart.reference.words)

    def _paint_legend(self, painter: QPainter, ink: Ink, places: _Places) -> None:
        line = self.fontMetrics().lineSpacing()
        painter.setPen(ink.text)
        for n, row in enumerate(self._legend(places.notes.width())):
            top = places.legend + n * line
            for x, look in row:
                box = QRect(PAD + x, top + (line - SHAPE) // 2, SHAPE, SHAPE)
                marks.paint_look(painter, box.adjusted(1, 1, -1, -1), look, ink.dark)
                painter.drawText(QRect(box.right() + GAP, top, self.width(), line), _NAME, look.word)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _wrapped(metrics: QFontMetrics, text: str, left: int, top: int, wide: int) -> QRect:
    """The rectangle of a text that is wrapped to a width."""
    high = metrics.boundingRect(QRect(0, 0, wide, 1), _WRAPPED, text).height() if text else 0
    return QRect(left, top, wide, high)
