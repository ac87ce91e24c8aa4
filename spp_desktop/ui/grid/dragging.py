"""What the mouse does in the cells of a grid: it selects a block, and continues one by dragging its corner."""

from PySide6.QtCore import QItemSelection, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen, QRegion

from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.deeds import GridDeeds
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.moving import GridMoves

CORNER = 7
"""The pixels of the square at a selection's corner."""
NEAR = 3
"""So many pixels beside the corner count as the corner."""
ON_EVERY = 60
"""The milliseconds after which the table scrolls on while the pointer is held beyond its edge."""


class CellDrag(QObject):
    """A drag in the cells of a grid: nothing, "select" or "fill"."""

    def __init__(self, grid: Grid, moves: GridMoves, does: GridDeeds) -> None:
        super().__init__(grid)
        self._grid, self._moves, self._does = grid, moves, does
        self._doing = ""
        self._to = -1
        self._at = QPoint()
        self._painted = QRect()
        self._timer = QTimer(self, interval=ON_EVERY)
        self._timer.timeout.connect(self._go_on)

    def press(self, event: QMouseEvent) -> bool:
        """Begin a drag, or select as far as here. Returns whether the grid itself has nothing more to do."""
        self._doing = ""
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        at = event.position().toPoint()
        index = self._grid.indexAt(at)
        if self.on_corner(at):
            self._doing = "fill"
        elif index.isValid() and self._grid.table.row_at(index) is not None:
            self._doing = "select"
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._grid.current() is not None:
                self._moves.extend(index)
                return True
        return self._doing == "fill"

    def move(self, event: QMouseEvent) -> bool:
        """Go on with a drag. Returns whether there is one."""
        if not self._doing or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        self._at = event.position().toPoint()
        if not self._grid.viewport().rect().contains(self._at):
            self._timer.start()
        self._reach()
        return True

    def release(self) -> bool:
        """End a drag, and continue what its corner was dragged over. Returns whether anything was continued."""
        doing, to, self._doing, self._to = self._doing, self._to, "", -1
        self._timer.stop()
        self._grid.viewport().update()
        if doing == "fill" and to >= 0:
            self._does.fill_to(to)
        return doing == "fill"

    def on_corner(self, at: QPoint) -> bool:
        """Whether a point is on the corner by which the selection is continued."""
        return self._corner().adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(at)

    def moved_corner(self) -> QRegion:
        """Where the corner was painted last, and where it is now."""
        return QRegion(self._painted) | QRegion(self._corner())

    def paint(self, painter: QPainter, palette: QPalette) -> None:
        """Paint the corner, and a frame round what is being continued."""
        corner = self._painted = self._corner()
        if corner.isNull():
            return
        accent = palette.color(QPalette.ColorRole.Accent)
        painter.fillRect(corner, accent)
        painter.setPen(palette.color(QPalette.ColorRole.Base))
        painter.drawRect(corner.adjusted(0, 0, -1, -1))
        if self._doing == "fill" and self._to >= 0:
            painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
            painter.drawRect(self._block().united(self._line_rect(self._to)).adjusted(0, 0, -1, -1))

    def _reach(self) -> None:
        """Take in the cell that the pointer is over."""
        inside = self._grid.viewport().rect()
        at = QPoint(
            max(min(self._at.x(), inside.right()), inside.left()), max(min(self._at.y(), inside.bottom()), inside.top())
        )
        index = self._grid.indexAt(at)
        if not index.isValid():
            return
        if self._doing == "select":
            self._moves.extend(index, scroll=False)
        elif self._grid.table.row_at(index) is not None:
            self._to = index.row()
            self._grid.viewport().update()

    def _go_on(self) -> None:
        """Scroll while the pointer is held beyond the edge."""
        inside = self._grid.viewport().rect()
        if not self._doing or inside.contains(self._at):
            self._timer.stop()
            return
        for bar, beyond, before in (
            (self._grid.verticalScrollBar(), self._at.y() > inside.bottom(), self._at.y() < inside.top()),
            (self._grid.horizontalScrollBar(), self._at.x() > inside.right(), self._at.x() < inside.left()),
        ):
            bar.setValue(bar.value() + (bool(beyond) - bool(before)) * max(bar.singleStep(), 12))
        self._reach()

    def _corner(self) -> QRect:
        """The square at the lower right of the selection, where it is one block that can be continued."""
        ranges = self._grid.ranges()
        lines = {(part.top(), part.bottom()) for part in ranges}
        if len(lines) > 1 or self._grid.table.locked or not self._grid.in_use() or self._grid.current() is None:
            return QRect()
        block = self._block()
        if block.isNull():
            return QRect()
        return QRect(block.right() - CORNER + 2, block.bottom() - CORNER + 2, CORNER, CORNER)

    def _block(self) -> QRect:
        """The selected cells on screen."""
        block = QRect()
        for part in self._grid.ranges() or [QItemSelection(self._current(), self._current()).at(0)]:
            block = block.united(self._grid.visualRect(part.topLeft())).united(
                self._grid.visualRect(part.bottomRight())
            )
        return block

    def _line_rect(self, line: int) -> QRect:
        block = self._block()
        return QRect(block.left(), self._grid.rowViewportPosition(line), block.width(), self._grid.rowHeight(line))

    def _current(self) -> Index:
        return self._grid.currentIndex()
