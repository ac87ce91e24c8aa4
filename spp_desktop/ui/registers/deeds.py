"""What a person does with whole rows of a register: begin a new one, copy, delete and move them."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QKeySequence

from spp_desktop.ui.common.deleting import reason_to_delete
from spp_desktop.ui.grid.draft import NEW, is_new
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.registers.table import RegisterTable


class RegisterDeeds:
    """Does what a person asks for with whole rows. The table tells what is refused."""

    def __init__(self, table: RegisterTable, grid: GridView) -> None:
        self._table = table
        self._grid = grid
        grid.insert_asked.connect(self.begin)
        grid.duplicate_asked.connect(self.duplicate)
        grid.delete_asked.connect(self.delete)
        if table.register.placed:
            for name, text, key, step in (("move_up", "Move up", "Up", -1), ("move_down", "Move down", "Down", 1)):
                action = QAction(text, grid)
                action.setShortcut(QKeySequence(f"Alt+Shift+{key}"))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                action.triggered.connect(lambda _on=False, step=step: self.move(step))
                grid.addAction(action)
                grid.deeds[name] = action

    def begin(self) -> None:
        """Begin a new row in the empty last line."""
        at = self._table.line_of(NEW)
        if at < 0:
            return
        self._grid.setFocus()
        self._grid.go(self._table.index(at, self._grid.shown_columns()[0]))
        self._grid.scrollTo(self._grid.currentIndex())
        self._grid.edit(self._grid.currentIndex())

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy rows to the places behind them, and go to the copies."""
        self._grid.select_rows(self._table.duplicate([key for key in keys if not is_new(key)]))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete rows, after saying what would go with them. The row that is being typed is forgotten."""
        known = [key for key in keys if not is_new(key)]
        if len(known) < len(keys):
            self._table.forget_draft()
        model, name = self._table.register.model, f"“{self._table.called(known[0])}”" if known else ""
        reason = reason_to_delete(self._grid, self._table.signals, model, known, name) if known else None
        if reason is None:
            return
        at = self._grid.currentIndex()
        if self._table.remove(known, reason) and self._table.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            index = self._table.index(max(min(at.row(), self._table.rowCount() - 1), 0), max(at.column(), 0))
            self._grid.selectionModel().setCurrentIndex(index, flags)

    def move(self, step: int) -> None:
        """Move the row the person is in one place up (-1) or down (+1)."""
        current = self._grid.current()
        if current is not None and self._table.move(current[0].key, step):
            self._grid.select(current[0].key)
