"""A grid as its parts know it: its model, where the person is in it, and what the person asks for."""

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QModelIndex, Signal
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import TableModel


class Grid(QTableView):
    """A ``TableModel`` on screen. ``GridView`` gives it its header, its delegate and its keys.

    Attributes:
        table: the model.
        lines: how many lines of text a row is high.
        strength: how strongly the cells that have just changed are still coloured, from 1 to 0.

    Signals:
        selected: the key of the row that the person is in, or "" for none.
        insert_asked: a row is to be added behind the row of this key ("" if there is none).
        duplicate_asked, delete_asked: the rows of these keys are to be duplicated or deleted.
    """

    selected = Signal(str)
    insert_asked = Signal(str)
    duplicate_asked = Signal(list)
    delete_asked = Signal(list)

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.lines = 2
        self.strength = 0.0

    # What a view gives

    @abstractmethod
    def set_lines(self, lines: int) -> None:
        """Make every row this many lines of text high."""

    @abstractmethod
    def edit_here(self) -> QWidget | None:
        """Open the editor of the current cell, if none is open. Returns it, or ``None`` where nothing can be typed."""

    @abstractmethod
    def column_menu(self, section: int) -> QMenu:
        """The menu of a column: its values to filter by, and which columns are shown."""

    # Where the person is

    def current(self) -> tuple[Any, GridColumn] | None:
        """The row and column the person is in; ``None`` on a head or nowhere."""
        index = self.currentIndex()
        row = self.table.row_at(index) if index.isValid() else None
        return (row, self.table.columns[index.column()]) if row is not None else None

    def go(self, index: QModelIndex) -> None:
        """Go to a cell and select it alone, whichever keys are pressed."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def ranges(self) -> list[QItemSelectionRange]:
        """The ranges of cells that are selected."""
        selection = self.selectionModel().selection()
        return [selection.at(n) for n in range(selection.count())]

    def selected_keys(self) -> list[str]:
        """The keys of the rows in which anything is selected, from top to bottom; else that of the current row."""
        lines = sorted({line for part in self.ranges() for line in range(part.top(), part.bottom() + 1)})
        rows = [self.table.row_at(line) for line in lines] or [self.table.row_at(self.currentIndex())]
        return [row.key for row in rows if row is not None]

    def shown_columns(self) -> list[int]:
        """The indices of the columns that are shown, from left to right."""
        header = self.horizontalHeader()
        order = map(header.logicalIndex, range(header.count()))
        return [n for n in order if not header.isSectionHidden(n)]

    def in_use(self) -> bool:
        """Whether the grid, or an editor in it, has the keyboard."""
        focused = QApplication.focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    def why_not(self, column: GridColumn, row: Any = None) -> str:
        """Why a cell of this column cannot be typed in (in this row, if one is given); "" if it can."""
        if self.table.locked:
            return self.table.locked
        if column.editable:
            return column.why(row) if column.why is not None and row is not None else ""
        return f"{column.title} is worked out from the rest and cannot be typed over."
