"""A wall of small charts. One widget paints them all, each when it comes into view."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from spp_desktop.figures.charts.series_chart import legend_of_all, overview, table
from spp_desktop.figures.charts.series_parts import ChartKey, SeriesChart
from spp_desktop.ui.charts.wall_drawing import LINES, NARROWEST, PAD, CellWords, WallSection, paint_cell, wall_drawing
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.series_plot import legend_rows, paint_legend
from spp_desktop.ui.pictures.widget import LaidOutPicture, announce

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

MOST_KEPT = 100
"""The most painted cells that are kept for the next frame."""
HELP = "Arrows go from chart to chart, Enter opens the indicator in the performance plan."


@dataclass(frozen=True)
class WallCell:
    """A chart and its place on the wall."""

    chart: SeriesChart
    title: str
    box: QRect
    row: int
    column: int


class WallView(LaidOutPicture):
    """Small charts in rows and columns, to be gone through by keys and by mouse.

    Signals:
        opened: the keys of the indicator and the area ("" for the force) whose chart is to be shown large.
        moved: the ``QRect`` of the cell that is current now.
    """

    WIDE = 1000

    opened = Signal(str, str)
    moved = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.cells: list[WallCell] = []
        self.at: int | None = None
        self._name = "Charts"
        self.sections: Sequence[WallSection] = ()
        self._heads: list[tuple[str, QRect]] = []
        self._legend: list[list[tuple[float, ChartKey]]] = []
        self._painted: dict[int, QPixmap] = {}
        super().__init__(parent)
        self.setWhatsThis(HELP)

    # What is shown

    def set_sections(self, name: str, sections: Sequence[WallSection]) -> None:
        """Show other charts. The current one stays current if it is still there."""
        current = self.current()
        self._name, self.sections = name, sections
        self.setAccessibleName(f"Wall of charts: {name}")
        self.lay_out()
        self._choose(None if current is None else self._place_of(current.chart.key, current.chart.area_key))

    def current(self) -> WallCell | None:
        """The current cell, if there is one."""
        return None if self.at is None else self.cells[self.at]

    def select(self, key: str, area: str = "") -> bool:
        """Go to the chart of an indicator in an area. Returns whether there is one."""
        at = self._place_of(key, area)
        if at is not None:
            self._choose(at)
        return at is not None

    def _place_of(self, key: str, area: str) -> int | None:
        places = (n for n, cell in enumerate(self.cells) if (cell.chart.key, cell.chart.area_key) == (key, area))
        return next(places, None)

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        charts = [cell.chart for cell in self.cells]
        each = [
            PlainSheet(chart.title, [*chart.answers, *chart.notes], table(chart)) for chart in charts if not chart.empty
        ]
        notes = dict.fromkeys(note for chart in charts for note in chart.notes)
        common = [note for note in notes if all(note in chart.notes for chart in charts if not chart.empty)]
        return [PlainSheet(self._name, common, overview(charts)), *each]

    # Where it lies

    def lay_out(self) -> None:
        """Lay the charts out in as many columns as the width has room for."""
        line = self.fontMetrics().lineSpacing()
        across = self.width() - PAD
        columns = max(across // (self.fontMetrics().averageCharWidth() * NARROWEST), 1)
        wide, high, top = across // columns, line * LINES, 2 * PAD + line
        self._legend = legend_rows(
            legend_of_all(chart for section in self.sections for chart in section.charts),
            across - PAD,
            QFontMetricsF(self.font()),
        )
        self._heads = [(self._name, QRect(PAD, PAD, across - PAD, line))]
        top += len(self._legend) * line + PAD
        self.cells = []
        self._painted.clear()
        row = -1
        for section in self.sections:
            if section.title:
                self._heads.append((section.title, QRect(PAD, top, across - PAD, line + PAD)))
                top += line + PAD
            for at, chart in enumerate(section.charts):
                column = at % columns
                if column == 0:
                    row += 1
                    top += high if at else 0
                box = QRect(PAD + column * wide, top, wide - PAD, high - PAD)
                self.cells.append(WallCell(chart, section.name_of(chart), box, row, column))
            top += high
        self.setMinimumHeight(top)
        self.updateGeometry()
        self.update()

    # Where the person is

    def _choose(self, at: int | None) -> None:
        """Go to a cell, and have a screen reader say what it shows."""
        self.at = at
        cell = self.current()
        words = "" if cell is None else _words(cell)
        self.setAccessibleDescription(words or HELP)
        if cell is not None:
            announce(self, words)
            self.moved.emit(cell.box)
        self.update()

    def _cell_at(self, at: QPoint) -> int | None:
        return next((n for n, cell in enumerate(self.cells) if cell.box.contains(at)), None)

    def _beyond(self, rows: int) -> int:
        """The cell ``rows`` rows below (or above) the current one, in its column or in the last one before that."""
        assert self.at is not None
        current, last = self.cells[self.at], self.cells[-1].row
        row = min(max(current.row + rows, 0), last)
        places = [n for n, cell in enumerate(self.cells) if cell.row == row and cell.column <= current.column]
        return places[-1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from chart to chart by the arrows, Page Up and Down, Home and End; open one by Enter."""
        page = max(self.visibleRegion().boundingRect().height() // max(self.fontMetrics().lineSpacing() * LINES, 1), 1)
        last, at = len(self.cells) - 1, self.at or 0
        steps: dict[Qt.Key, Callable[[], int]] = {
            Qt.Key.Key_Left: lambda: max(at - 1, 0),
            Qt.Key.Key_Right: lambda: min(at + 1, last),
            Qt.Key.Key_Up: lambda: self._beyond(-1),
            Qt.Key.Key_Down: lambda: self._beyond(1),
            Qt.Key.Key_PageUp: lambda: self._beyond(-page),
            Qt.Key.Key_PageDown: lambda: self._beyond(page),
            Qt.Key.Key_Home: lambda: 0,
            Qt.Key.Key_End: lambda: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if not self.cells or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif step is not None:
            self._choose(0 if self.at is None else step())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            self._open(self.at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the chart clicked on."""
        at = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._choose(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the chart clicked on."""
        at = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._open(at)

    def _open(self, at: int) -> None:
        chart = self.cells[at].chart
        self.opened.emit(chart.key, chart.area_key)

    def words_at(self, at: QPoint) -> str:
        """Why the chart at a point has its colour."""
        cell = self._cell_at(at)
        return "" if cell is None else _words(self.cells[cell])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the wall has the keyboard, and which cell is current."""
        super().focusInEvent(event)
        if self.at is None and self.cells:
            self._choose(0)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter, ink = QPainter(self), Ink.of(self.palette())
        bold = QFont(self.font())
        bold.setBold(True)
        for title, box in self._heads:
            if box.intersects(event.rect()):
                painter.setFont(bold)
                painter.setPen(ink.text)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self.font())
        paint_legend(painter, QPointF(PAD, 2 * PAD + self.fontMetrics().lineSpacing()), self._legend, ink)
        for at, cell in enumerate(self.cells):
            if not cell.box.intersects(event.rect()):
                continue
            painter.drawPixmap(cell.box.topLeft(), self._kept(at, ink))
            if at == self.at and self.hasFocus():
                painter.setPen(QPen(ink.accent, 2))
                painter.drawRect(cell.box)
        painter.end()

    def _kept(self, at: int, ink: Ink) -> QPixmap:
        """The picture of a cell. It is painted once; scrolling only copies it."""
        picture = self._painted.get(at)
        if picture is None or picture.devicePixelRatio() != self.devicePixelRatioF():
            if len(self._painted) >= MOST_KEPT:
                self._painted.clear()
            cell = self.cells[at]
            sharp = self.devicePixelRatioF()
            self._painted[at] = picture = QPixmap(QSizeF(cell.box.size() * sharp).toSize())
            picture.setDevicePixelRatio(sharp)
            picture.fill(ink.paper)
            painter = QPainter(picture)
            room = QRectF(QPointF(), QSizeF(cell.box.size()))
            paint_cell(painter, ink, cell.chart, self._words_in(cell), room, font=self.font())
            painter.end()
        return picture

    def _words_in(self, cell: WallCell) -> CellWords:
        """The words of a cell, each cut to one line."""
        return CellWords.in_one_line(cell.title, cell.chart, cell.box.width(), self.font())

    def drawing(self) -> Drawing | None:
        """The wall as it is printed and saved: all its charts, at a size at which they can be read."""
        drawn = any(not chart.empty for section in self.sections for chart in section.charts)
        return wall_drawing(self._name, self.sections, self._numbers) if drawn else None


def _words(cell: WallCell) -> str:
    """The words for what a cell shows, in sentences."""
    return " ".join([f"{cell.title}.", *cell.chart.answers])
