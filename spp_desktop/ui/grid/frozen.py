"""The first columns of a grid, which stay in view while the others are scrolled beneath them."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.columns import AMONG
from spp_desktop.ui.grid.grid import Grid

MOST = 2 / 3
"""The largest share of the table's width that stays in view; of columns that need more, fewer stay."""


class FrozenColumns:
    """Which columns of a grid stay in view, and where they stand while the others are scrolled."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def places(self) -> dict[int, tuple[int, int]]:
        """The left edge and the width of each column that stands elsewhere than its place in the table says."""
        header = self._grid.horizontalHeader()
        if not header.offset():
            return {}
        shown = self._grid.shown_columns()
        named = [n for n, column in enumerate(shown[:AMONG]) if self._grid.table.columns[column].frozen]
        placed: dict[int, tuple[int, int]] = {}
        left = 0
        for column in shown[: max(named, default=0) + 1]:
            wide = header.sectionSize(column)
            if placed and left + wide > MOST * self._grid.viewport().width():
                break
            placed[column] = (left, wide)
            left += wide
        return placed

    def width(self) -> int:
        """The pixels at the left under which the other columns are scrolled."""
        return sum(wide for _, wide in self.places().values())

    def column_at(self, x: int) -> int:
        """The column that stays in view at a pixel from the left; -1 where there is none."""
        return next((n for n, (left, wide) in self.places().items() if left <= x < left + wide), -1)

    def rect(self, index: Index, rect: QRect) -> QRect:
        """Where a cell stands, of which ``rect`` is its place in the table."""
        place = self.places().get(index.column())
        return rect if place is None or not rect.isValid() else QRect(QPoint(place[0], rect.top()), rect.size())

    def paint(self, painter: QPainter) -> None:
        """Paint the cells that stay in view over those that are scrolled."""
        grid, places = self._grid, self.places()
        if not places:
            return
        option = QStyleOptionViewItem()
        grid.initViewItemOption(option)
        first, last = grid.rowAt(0), grid.rowAt(grid.viewport().height() - 1)
        last = last if last >= 0 else grid.table.rowCount() - 1
        for line in range(first, last + 1) if first >= 0 else ():
            for column, (left, wide) in places.items():
                index = grid.table.index(line, column)
                cell = QStyleOptionViewItem(option)
                cell.rect = QRect(left, grid.rowViewportPosition(line), wide, grid.rowHeight(line))
                if grid.selectionModel().isSelected(index):
                    cell.state |= QStyle.StateFlag.State_Selected
                grid.itemDelegate().paint(painter, cell, index)
            if places and grid.table.row_at(line) is not None:
                top, edge = grid.rowViewportPosition(line), self.width() - 1
                painter.setPen(option.palette.color(QPalette.ColorRole.Mid))
                painter.drawLine(edge, top, edge, top + grid.rowHeight(line) - 1)
