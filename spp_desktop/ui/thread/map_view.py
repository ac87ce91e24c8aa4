"""The map of the golden thread, to be moved about in by keys and by mouse: arrows walk the thread, a drag links.

``figures.charts.thread_map`` decides what it says; this module only gives it places, pens and colours.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.figures.charts import thread_map
from spp_desktop.figures.charts.thread_map import MapNode, ThreadMap
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.widget import LaidOutPicture, announce
from spp_desktop.ui.thread.map_drawing import map_drawing
from spp_desktop.ui.thread.map_plot import PAD, MapPlot

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

HELP = (
    "Left and Right walk the thread, Up and Down go through a column, Enter opens a row, Ctrl+J links it; a row "
    "that is dragged onto another is linked to it."
)
MOST_NAMED = 20
"""The most rows that a row is linked to of which the references are said."""


class MapView(LaidOutPicture):
    """Shows one ``ThreadMap``.

    Signals:
        opened: the table and the key of a row that the person wants to see.
        dropped: the keys of two rows of which the first was dragged onto the second.
        moved: the ``QRect`` of the row that the person is in.
    """

    opened = Signal(str, str)
    dropped = Signal(str, str)
    moved = Signal(QRect)

    def __init__(self, numbers: "Callable[[], list[PlainSheet]]", parent: QWidget | None = None) -> None:
        self.shown = ThreadMap("", (), (), (), (), 0)
        self.at: int | None = None
        self.plot: MapPlot | None = None
        self._numbers = numbers
        self._near = self.shown.linked()
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        super().__init__(parent)
        self.setWhatsThis(HELP)
        self.setMouseTracking(False)

    # What is shown

    def set_map(self, shown: ThreadMap) -> None:
        """Show another map. The row that the person is in stays so, if it is still there."""
        node = self.node()
        self.shown, self._near = shown, shown.linked()
        self.at = self._place_of(node.row.key) if node else None
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(thread_map.describe(shown))
        for action in self.actions_here():
            action.setEnabled(not shown.empty)
        self.lay_out()

    def node(self) -> MapNode | None:
        """The row that the person is in."""
        return None if self.at is None else self.shown.nodes[self.at]

    def select(self, key: str) -> bool:
        """Go to a row by its key. Returns whether it is on the map."""
        at = self._place_of(key)
        if at is not None:
            self._choose(at)
        return at is not None

    def _place_of(self, key: str) -> int | None:
        return next((number for number, node in enumerate(self.shown.nodes) if node.row.key == key), None)

    def lay_out(self) -> None:
        """Lay everything out in the present width."""
        self.plot = MapPlot(self.shown, PAD, max(self.width() - 2 * PAD, 1), self.font(), self._near)
        self.setMinimumHeight(round(self.plot.height + PAD))
        self.updateGeometry()
        self.update()

    # What the person does

    def _choose(self, at: int) -> None:
        """Go to a row, and have a screen reader say what it is and what it is linked to."""
        self.at = at
        words = self._words(at)
        self.setAccessibleDescription(words)
        announce(self, words)
        if self.plot is not None:
            self.moved.emit(self.plot.box(at).toRect())
        self.update()

    def _words(self, at: int) -> str:
        near = self.plot.near.get(at, ()) if self.plot is not None else ()
        linked = [self.shown.nodes[number].row.ref for number in near]
        ends = f"Linked: {', '.join(linked[:MOST_NAMED])}." if linked else "Linked to nothing."
        return f"{self.shown.nodes[at].words}. {ends}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through a column, walk the thread, open a row."""
        plot = self.plot
        key = Qt.Key(event.key())
        if plot is None or not self.shown.nodes or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        at, page = self.at or 0, max(int(self.visibleRegion().boundingRect().height() // plot.row) - 1, 1)
        steps: dict[Qt.Key, Callable[[], int]] = {
            Qt.Key.Key_Up: lambda: plot.stepped(at, -1),
            Qt.Key.Key_Down: lambda: plot.stepped(at, 1),
            Qt.Key.Key_PageUp: lambda: plot.stepped(at, -page),
            Qt.Key.Key_PageDown: lambda: plot.stepped(at, page),
            Qt.Key.Key_Home: lambda: plot.end(at, last=False),
            Qt.Key.Key_End: lambda: plot.end(at, last=True),
            Qt.Key.Key_Left: lambda: self._beside(at, -1),
            Qt.Key.Key_Right: lambda: self._beside(at, 1),
        }
        if key in steps:
            self._choose(0 if self.at is None else steps[key]())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (node := self.node()) is not None:
            self.opened.emit(node.row.table, node.row.key)
        else:
            super().keyPressEvent(event)

    def _beside(self, at: int, way: int) -> int:
        """The nearest row to one side that a row is linked to, or else that stands beside it."""
        assert self.plot is not None
        node, plot = self.shown.nodes[at], self.plot
        near = [number for number in plot.near.get(at, ()) if (self.shown.nodes[number].column - node.column) * way > 0]
        if near:
            return min(
                near,
                key=lambda number: (
                    abs(self.shown.nodes[number].column - node.column), abs(self.shown.nodes[number].line - node.line),
                ),
            )  # fmt: skip
        column = node.column + way
        while 0 <= column < len(self.shown.heads):
            beside = plot.nearest(column, node.line)
            if beside is not None:
                return beside
            column += way
        return at

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the row clicked on."""
        at = self.plot.node_at(event.position()) if self.plot is not None else None
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._pressed = event.position()
            self._choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw a line from the row pressed on to the pointer, once it is dragged."""
        far = QApplication.startDragDistance()
        if self._pressed is not None and (event.position() - self._pressed).manhattanLength() >= far:
            self._dragged = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Link the row dragged to the one it is let go on."""
        begun, dragged = self.at, self._dragged
        self._pressed = self._dragged = None
        self.update()
        onto = self.plot.node_at(event.position()) if self.plot is not None and dragged is not None else None
        if begun is not None and onto is not None and onto != begun:
            self.dropped.emit(self.shown.nodes[begun].row.key, self.shown.nodes[onto].row.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row clicked on."""
        at = self.plot.node_at(event.position()) if self.plot is not None else None
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            row = self.shown.nodes[at].row
            self.opened.emit(row.table, row.key)

    def words_at(self, at: QPoint) -> str:
        """What lies at a point."""
        number = self.plot.node_at(QPointF(at)) if self.plot is not None else None
        return "" if number is None else self._words(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first row, where the person is in none."""
        super().focusInEvent(event)
        if self.at is None and self.shown.nodes:
            self._choose(0)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view: all links of rows in view lightly, those of the chosen row strongly, then the rows."""
        plot = self.plot
        if plot is None:
            return
        painter, ink = QPainter(self), Ink.of(self.palette())
        painter.setFont(self.font())
        area = QRectF(event.rect())
        numbers = plot.between(area.top() - plot.row, area.bottom() + plot.row)
        shown = set(numbers)
        plot.paint_links(painter, plot.links_of(numbers, shown, area), ink.quiet, 1)
        near = set(plot.near.get(self.at, ())) if self.at is not None else set()
        if self.at is not None:
            plot.paint_chosen(painter, ink, self.at, area)
        for number in numbers:
            current = number == self.at
            plot.paint_node(painter, ink, number, strong=number in near, current=current and self.hasFocus())
        if self._dragged is not None and self.at is not None:
            painter.setPen(QPen(ink.accent, 2, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(plot.box(self.at).center(), self._dragged))
        painter.end()

    def drawing(self) -> Drawing | None:
        """The map as it is printed and saved: all rows, none of them chosen."""
        return None if self.shown.empty or not self.shown.nodes else map_drawing(self.shown, self._numbers)


class MapHeads(QWidget):
    """The headings of the columns, which stay above the map while it is scrolled."""

    def __init__(self, view: MapView) -> None:
        super().__init__()
        self._view = view

    def show_heads(self) -> None:
        """Follow the map as it is now."""
        if self._view.plot is not None:
            self.setFixedHeight(round(self._view.plot.head_height))
        heads = self._view.shown.heads
        self.setAccessibleName("; ".join(f"{title}: {coverage}" for title, coverage in heads))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        del event
        if (plot := self._view.plot) is None:
            return
        painter, ink = QPainter(self), Ink.of(self.palette())
        for column in range(len(self._view.shown.heads)):
            plot.paint_head(painter, ink, column, 0)
        painter.end()
