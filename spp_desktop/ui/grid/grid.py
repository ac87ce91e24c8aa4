"""A grid as its parts know it: its model, where the person is in it, and what the person asks for."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Signal
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.pictures.pictured import Pictured

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet
    from spp_desktop.ui.pictures.drawing import Drawing


class Grid(QTableView, Pictured):
    """A ``TableModel`` on screen. ``GridView`` gives it its header, its delegate and its keys.

    Attributes:
        table: the model.
        lines: how many lines of text a row is high.
        strength: how strongly the cells that have just changed are still coloured, from 1 to 0.
        typing: whether an editor is being opened by a letter, which replaces what the cell holds.
        held: whether a key leads on that is still down.
        legend: what signs in its cells mean, said where it is printed.
        titled: gives the title and the notes under which the table is printed and saved.
        numbers: gives the table as sheets to be saved.

    Signals:
        selected: the key of the row that the person is in, or "" for none.
        rested: a key was let go.
        insert_asked: a row is to be added behind the row of this key ("" if there is none).
        duplicate_asked, delete_asked: the rows of these keys are to be duplicated or deleted.
    """

    selected = Signal(str)
    rested = Signal()
    insert_asked = Signal(str)
    duplicate_asked = Signal(list)
    delete_asked = Signal(list)

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.lines = 2
        self.strength = 0.0
        self.typing = False
        self.held = False
        self.legend = ""
        self.titled: Callable[[], tuple[str, Sequence[str]]] = lambda: (self.accessibleName(), ())
        self.numbers: Callable[[], list[PlainSheet]] = self.as_sheet

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

    # What is printed and saved

    def drawing(self) -> "Drawing | None":
        """The whole table as it is printed and saved."""
        from spp_desktop.ui.grid.table_drawing import table_drawing  # late: the first look needs none

        if not self.table.rows:
            return None
        title, notes = self.titled()
        all_notes = [*notes, self.legend] if self.legend else notes
        return table_drawing(self.table, self.shown_columns(), title, all_notes, self.numbers)

    def as_sheet(self) -> "list[PlainSheet]":
        """The table as a sheet: the columns shown, in their order, and each row as it is written; no group heads."""
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        model, (title, notes) = self.table, self.titled()
        shown = [column for n in self.shown_columns() for column in model.columns[n].in_sheet]
        lines = [model.row_at(n) for n in range(model.rowCount()) if n not in model.unwritten()]
        rows = [[column.get(row) for column in shown] for row in lines if row is not None]
        return [PlainSheet(title, tuple(notes), [[column.title for column in shown], *rows])]

    # Where the person is

    def current(self) -> tuple[Any, GridColumn] | None:
        """The row and column the person is in; ``None`` on a head or nowhere."""
        index = self.currentIndex()
        row = self.table.row_at(index) if index.isValid() else None
        return (row, self.table.columns[index.column()]) if row is not None else None

    def current_is(self, key: str, field: str) -> bool:
        """Whether the person is in this cell."""
        current = self.current()
        return current is not None and (current[0].key, current[1].field) == (key, field)

    def go(self, index: QModelIndex) -> None:
        """Go to a cell and select it alone, whichever keys are pressed."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select_cells(self, keys: Iterable[str], fields: Iterable[str]) -> None:
        """Select the cells of these rows and columns that are shown, and make the first of them the active one."""
        lines = sorted(line for key in keys if (line := self.table.line_of(key)) >= 0)
        columns = [n for field in fields if (n := self.table.column_of(field)) >= 0]
        if lines and columns:
            self.go(self.table.index(lines[0], columns[0]))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(self.block(lines, columns), flags)

    def ranges(self) -> list[QItemSelectionRange]:
        """The ranges of cells that are selected."""
        selection = self.selectionModel().selection()
        return [selection.at(n) for n in range(selection.count())]

    def block(self, lines: Iterable[int], columns: Iterable[int]) -> QItemSelection:
        """The selection of all cells of these lines and columns, in as few ranges as there can be."""
        selection, across = QItemSelection(), list(_runs(columns))
        for top, bottom in _runs(lines):
            for left, right in across:
                selection.select(self.table.index(top, left), self.table.index(bottom, right))
        return selection

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


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of whole numbers without a gap."""
    ordered = sorted(set(numbers))
    first = 0
    for n, number in enumerate(ordered):
        if n + 1 == len(ordered) or ordered[n + 1] != number + 1:
            yield ordered[first], number
            first = n + 1
