"""A grid's header: sorting, choosing columns, filtering by what a column holds; and how a grid is left and found."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView, QMenu

from spp_desktop.ui.grid.arrangement import BLANK

if TYPE_CHECKING:
    from spp_desktop.ui.grid.view import GridView

ROW_LINES = {1: "One line", 2: "Two lines", 4: "Four lines"}
MOST_VALUES = 30
LEAST_WIDTH = 32


class GridHeader(QHeaderView):
    """The header above a grid. A right-click, or Ctrl+Shift+L, opens its menu."""

    def __init__(self, grid: "GridView") -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid
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
        """The menu of one column: what it holds, to filter by; and which columns are shown."""
        menu = QMenu(self)
        column = self._grid.table.columns[section]
        filters = menu.addMenu(f"&Filter by {column.title.lower()}")
        self._add_values(filters, column.field)
        menu.addSeparator()
        columns = menu.addMenu("&Columns")
        for n, each in enumerate(self._grid.table.columns):
            action = columns.addAction(each.title)
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
        """Columns as they were first: order, widths, and which are shown."""
        for n, column in enumerate(self._grid.table.columns):
            self.moveSection(self.visualIndex(n), n)
            self.resizeSection(n, column.width)
            self.setSectionHidden(n, not column.shown)

    def _reset_asked(self, _on: bool = False) -> None:
        self.reset_columns()

    def _asked(self, at: QPoint) -> None:
        section = self.logicalIndexAt(at)
        if section >= 0:
            menu = self.menu_for(section)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(at))

    def _add_values(self, menu: QMenu, field: str) -> None:
        table = self._grid.table
        column = table.arrangement.column(field)
        shows = column.group or column.show
        held = list(dict.fromkeys(shows(row) or BLANK for row in table.rows))
        chosen = table.arrangement.chosen.get(field)
        everything = menu.addAction("&All")
        everything.setEnabled(chosen is not None)
        everything.triggered.connect(lambda: table.choose(field, None))
        menu.addSeparator()
        for title in held[:MOST_VALUES]:
            action = menu.addAction(title.replace("&", "&&")[:80])
            action.setCheckable(True)
            action.setChecked(chosen is not None and title in chosen)
            action.triggered.connect(lambda on=False, title=title: self._choose(field, title, on=on))
        if len(held) > MOST_VALUES:
            menu.addAction(f"{len(held) - MOST_VALUES} more: use the filter box").setEnabled(False)

    def _choose(self, field: str, title: str, *, on: bool) -> None:
        table = self._grid.table
        chosen = set(table.arrangement.chosen.get(field, ()))
        (chosen.add if on else chosen.discard)(title)
        table.choose(field, chosen or None)


def save_state(grid: "GridView") -> dict[str, Any]:
    """How a grid is left, as plain values."""
    header, arrangement = grid.header, grid.table.arrangement
    columns = [
        {
            "field": grid.table.columns[n].field,
            "width": header.sectionSize(n) or grid.hidden_width(n),
            "shown": not header.isSectionHidden(n),
        }
        for n in map(header.logicalIndex, range(header.count()))
    ]
    row = grid.table.row_at(grid.currentIndex())
    return {
        "columns": columns,
        "sort": list(arrangement.sorting) if arrangement.sorting else None,
        "group": arrangement.grouping,
        "folded": sorted(arrangement.folded),
        "filter": arrangement.filter_text,
        "chosen": {field: sorted(texts) for field, texts in arrangement.chosen.items()},
        "lines": grid.lines,
        "current": [row.key, grid.table.columns[grid.currentIndex().column()].field] if row is not None else None,
        "scroll": [grid.horizontalScrollBar().value(), grid.verticalScrollBar().value()],
    }


def restore_state(grid: "GridView", state: Mapping[str, Any]) -> None:
    """Be as a grid was left. What no longer fits is passed over."""
    table, header = grid.table, grid.header
    at = 0
    for saved in state.get("columns", ()):
        n = table.column_of(str(saved.get("field")))
        if n >= 0:
            header.moveSection(header.visualIndex(n), at)
            header.resizeSection(n, max(int(saved.get("width", 0)), LEAST_WIDTH))
            header.setSectionHidden(n, not saved.get("shown", True))
            at += 1
    grid.set_lines(int(state.get("lines", grid.lines)))
    arrangement = table.arrangement
    arrangement.filter_text = str(state.get("filter", ""))
    fields = {column.field for column in table.columns}
    arrangement.chosen = {f: frozenset(texts) for f, texts in state.get("chosen", {}).items() if f in fields}
    if "group" in state and (state["group"] is None or state["group"] in fields):
        arrangement.grouping = state["group"]
    arrangement.folded = set(state.get("folded", ()))
    field, descending = state.get("sort") or (None, False)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    section = table.column_of(field) if field else -1
    header.setSortIndicator(section, order)
    table.sort(section, order)
    if state.get("current"):
        grid.select(*map(str, state["current"]))
    for bar, value in zip(
        (grid.horizontalScrollBar(), grid.verticalScrollBar()), state.get("scroll", ()), strict=False
    ):
        bar.setValue(int(value))
