"""The header of a grid: sorting, choosing columns, filtering by the values of a column."""

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QMenu

from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.arrangement import BLANK
from spp_desktop.ui.grid.frozen import FrozenColumns
from spp_desktop.ui.grid.grid import Grid

ROW_LINES = {1: "One line", 2: "Two lines", 4: "Four lines"}
MOST_VALUES = 30
LEAST_WIDTH = 32


class GridHeader(QHeaderView):
    """The header above a grid. A right-click, or Ctrl+Shift+L, opens its menu.

    Signals:
        reset_asked: the person asks for the columns as they were at first.
    """

    reset_asked = Signal()

    def __init__(self, grid: Grid, frozen: FrozenColumns) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid
        self._frozen = frozen
        self._moved = 0
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._asked)
        self.setAccessibleName("Column headings")

    def menu_for(self, section: int) -> QMenu:
        """The menu of a column: its values to filter by, and which columns are shown."""
        menu = QMenu(self)
        column = self._grid.table.columns[section]
        filters = menu.addMenu(f"&Filter by {column.title.lower()}")
        self._add_values(filters, column.field)
        menu.addSeparator()
        columns = menu.addMenu("&Columns")
        for n, each in enumerate(self._grid.table.columns):
            action = columns.addAction(as_label(each.title))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(n))
            action.setEnabled(self.isSectionHidden(n) or self.count() - self.hiddenSectionCount() > 1)
            action.toggled.connect(lambda on, n=n: self.setSectionHidden(n, not on))
        hide = menu.addAction(f"&Hide {column.title.lower()}")
        hide.setEnabled(self.count() - self.hiddenSectionCount() > 1)
        hide.triggered.connect(lambda: self.setSectionHidden(section, True))
        lines = menu.addMenu("Row &height")
        for count, words in ROW_LINES.items():
            action = lines.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._grid.lines == count)
            action.triggered.connect(lambda _on=False, count=count: self._grid.set_lines(count))
        menu.addAction("&Reset columns").triggered.connect(self._reset_asked)
        return menu

    def reset_columns(self) -> None:
        """Put the columns back as they were at first: order, widths, and which are shown."""
        for n, column in enumerate(self._grid.table.columns):
            self.moveSection(self.visualIndex(n), n)
            self.resizeSection(n, column.width)
            self.setSectionHidden(n, not column.shown)

    def _reset_asked(self, _on: bool = False) -> None:
        self.reset_asked.emit()
        self.reset_columns()

    # The columns that stay in view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings of columns that stay in view over the others."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for section, (left, wide) in self._frozen.places().items():
            painter.fillRect(left, 0, wide, self.height(), self.palette().button())
            self.paintSection(painter, QRect(left, 0, wide, self.height()), section)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a heading that stays in view for the column that it is of."""
        self._moved = self.offset() if self._frozen.column_at(event.position().toPoint().x()) >= 0 else 0
        super().mousePressEvent(self._as_unscrolled(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the mouse began."""
        super().mouseMoveEvent(self._as_unscrolled(event) if event.buttons() else event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the mouse began."""
        super().mouseReleaseEvent(self._as_unscrolled(event))
        self._moved = 0

    def _as_unscrolled(self, event: QMouseEvent) -> QMouseEvent:
        """An event on a heading that stays in view, as if the table were not scrolled."""
        if not self._moved:
            return event
        at = event.position() - QPointF(self._moved, 0)
        return QMouseEvent(event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers())

    def _asked(self, at: QPoint) -> None:
        stays = self._frozen.column_at(at.x())
        section = self.logicalIndexAt(at) if stays < 0 else stays
        if section >= 0:
            menu = self.menu_for(section)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(at))

    def _add_values(self, menu: QMenu, field: str) -> None:
        table = self._grid.table
        column = table.arrangement.column(field)
        shows = column.group or column.show
        titles = list(dict.fromkeys(shows(row) or BLANK for row in table.own_rows))
        chosen = table.arrangement.chosen.get(field)
        everything = menu.addAction("&All")
        everything.setEnabled(chosen is not None)
        everything.triggered.connect(lambda: table.choose(field, None))
        menu.addSeparator()
        for title in titles[:MOST_VALUES]:
            action = menu.addAction(as_label(title[:80]))
            action.setCheckable(True)
            action.setChecked(chosen is not None and title in chosen)
            action.triggered.connect(lambda on=False, title=title: self._choose(field, title, on=on))
        if len(titles) > MOST_VALUES:
            menu.addAction(f"{len(titles) - MOST_VALUES} more: use the filter box").setEnabled(False)

    def _choose(self, field: str, title: str, *, on: bool) -> None:
        table = self._grid.table
        chosen = set(table.arrangement.chosen.get(field, ()))
        (chosen.add if on else chosen.discard)(title)
        table.choose(field, chosen or None)
