"""What can be done with the cells and rows of a grid: the list of deeds, and the methods that do them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.editors import PopupEditor
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.table_model import CellChange


@dataclass(frozen=True)
class SelectedBlock:
    """The rows and columns that the selected cells span, without heads and hidden columns."""

    rows: Sequence[Any]
    columns: Sequence[GridColumn]

    def cells(self) -> list[tuple[Any, GridColumn]]:
        """Every cell, row by row."""
        return [(row, column) for row in self.rows for column in self.columns]


def selected_block(grid: Grid) -> SelectedBlock:
    """The selected cells, else the current cell. Cells of a new row count only if nothing else is selected."""
    ranges = grid.ranges()
    index = grid.currentIndex()
    lines = {line for part in ranges for line in range(part.top(), part.bottom() + 1)} or {index.row()}
    places = {n for part in ranges for n in range(part.left(), part.right() + 1)} or {index.column()}
    lines = lines.difference(grid.table.unwritten()) or lines
    rows = [row for line in sorted(lines) if (row := grid.table.row_at(line)) is not None]
    return SelectedBlock(rows, [grid.table.columns[n] for n in grid.shown_columns() if n in places])


class GridDeeds:
    """What does each deed of the list: a method for each.

    Attributes:
        blanks: whether a blank cell in a pasted block empties the cell that it falls on.
    """

    blanks = True

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        block = selected_block(self.grid)
        texts = [[column.typed(row) for column in block.columns] for row in block.rows]
        if texts:
            numbers = [n for n, column in enumerate(block.columns) if column.numbers]
            QGuiApplication.clipboard().setMimeData(clipboard.mime(texts, numbers))

    def cut(self) -> None:
        """Put the selected cells on the clipboard, and empty them."""
        self.copy()
        self.empty()

    def paste(self) -> None:
        """Put the clipboard's block here, as much of it as fits, as one step."""
        texts = clipboard.from_text(QGuiApplication.clipboard().text())
        target = selected_block(self.grid)
        if not target.rows or not target.columns or not any(texts):
            return
        rows, columns, left_over = self._reach(target, len(texts), max(map(len, texts)))
        why = next((why for column in columns if (why := self.grid.why_not(column))), "")
        if why:
            self.grid.table.refused.emit(f"{why} Nothing was pasted.")
            return
        typed = [
            (row, column, texts[down % len(texts)][across % len(texts[0])])
            for down, row in enumerate(rows)
            for across, column in enumerate(columns)
            if across % len(texts[0]) < len(texts[down % len(texts)])
            and (self.blanks or texts[down % len(texts)][across % len(texts[0])].strip())
        ]
        if self.grid.table.keep(typed, show=len(typed) == 1) and left_over:
            self.grid.table.refused.emit(left_over)

    def _reach(self, target: SelectedBlock, height: int, width: int) -> tuple[list[Any], list[GridColumn], str]:
        """The rows and columns that a block fills from here, and a sentence on what does not fit.

        If the selection holds a whole number of blocks, it is filled with as many.
        """
        table = self.grid.table
        high, wide = len(target.rows), len(target.columns)
        down = high if high % height == 0 else height
        across = wide if wide % width == 0 else width
        first = table.line_of(target.rows[0].key)
        below = [row for line in range(first, table.rowCount()) if (row := table.row_at(line)) is not None]
        shown = [table.columns[n] for n in self.grid.shown_columns()]
        right = shown[shown.index(target.columns[0]) :]
        rows, columns = below[:down], right[:across]
        rows += table.new_rows(down - len(rows))
        over = [
            f"{extra} more {word}{'s' if extra > 1 else ''}"
            for extra, word in ((down - len(rows), "row"), (across - len(columns), "column"))
            if extra > 0
        ]
        remark = f"The block has {' and '.join(over)} than the table from here; they were not pasted." if over else ""
        return rows, columns, remark

    def empty(self) -> None:
        """Empty the selected cells."""
        block = selected_block(self.grid)
        self.grid.table.keep([(row, column, "") for row, column in block.cells()], show=len(block.cells()) == 1)

    def fill_down(self) -> None:
        """Put the value of the topmost selected cell in those below it; in a single row, that of the row above."""
        block = selected_block(self.grid)
        if len(block.rows) == 1:
            self._copy_from_above(block)
            return
        self._put([
            (row.key, column.field, column.get(block.rows[0])) for column in block.columns for row in block.rows[1:]
        ], block.columns)  # fmt: skip

    def fill_selection(self, text: str) -> None:
        """Put a typed text in all selected cells."""
        block = selected_block(self.grid)
        current = self.grid.current()
        cells = [cell for cell in block.cells() if current is None or cell[1] is current[1]] or block.cells()
        if current:
            cells.sort(key=lambda cell: cell[0] is not current[0])
        self.grid.setFocus()
        self.grid.table.keep([(row, column, text) for row, column in cells])

    def copy_above(self) -> None:
        """Put the value of the cell above in this cell."""
        current = self.grid.current()
        if current:
            self._copy_from_above(SelectedBlock([current[0]], [current[1]]))

    def put_today(self) -> None:
        """Put today's date in the selected cells."""
        block = selected_block(self.grid)
        wrong = next((column for column in block.columns if column.kind.today() is None), None)
        if wrong is not None:
            self.grid.table.refused.emit(f"{wrong.title} holds no date; choose cells of a date column.")
            return
        self._put([(row.key, column.field, column.kind.today()) for row, column in block.cells()], block.columns)

    def open_list(self) -> None:
        """Open the list or the calendar of this cell."""
        editor = self.grid.edit_here()
        if isinstance(editor, PopupEditor):
            QTimer.singleShot(0, editor, editor.open_list)

    def insert_row(self) -> None:
        """Ask for a new row behind this one."""
        current = self.grid.current()
        self.grid.insert_asked.emit(current[0].key if current else "")

    def duplicate_rows(self) -> None:
        """Ask for copies of the selected rows."""
        self.grid.duplicate_asked.emit(self.grid.selected_keys())

    def delete_rows(self) -> None:
        """Ask for the selected rows to be deleted."""
        self.grid.delete_asked.emit(self.grid.selected_keys())

    def select_column(self) -> None:
        """Select all rows of the selected columns."""
        self._widen(QItemSelectionModel.SelectionFlag.Columns)

    def select_row(self) -> None:
        """Select all columns of the selected rows."""
        self._widen(QItemSelectionModel.SelectionFlag.Rows)

    def filter_column(self) -> None:
        """Open the menu of this column."""
        section = max(self.grid.currentIndex().column(), 0)
        header, menu = self.grid.horizontalHeader(), self.grid.column_menu(section)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(QPoint(header.sectionViewportPosition(section), header.height())))

    def _widen(self, how: QItemSelectionModel.SelectionFlag) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | how
        self.grid.selectionModel().select(self.grid.selectionModel().selection(), flags)

    def _copy_from_above(self, block: SelectedBlock) -> None:
        line = self.grid.table.line_of(block.rows[0].key) - 1
        while line >= 0 and self.grid.table.row_at(line) is None:
            line -= 1
        if line >= 0:
            above, row = self.grid.table.row_at(line), block.rows[0]
            self._put([(row.key, column.field, column.get(above)) for column in block.columns], block.columns)

    def _put(self, cells: list[CellChange], columns: Sequence[GridColumn]) -> None:
        """Commit values, unless one of the columns cannot be typed in."""
        why = next((why for column in columns if (why := self.grid.why_not(column))), "")
        if why:
            self.grid.table.refused.emit(why)
        elif cells:
            self.grid.table.put(cells)


@dataclass(frozen=True)
class Deed:
    """One thing that can be done.

    Attributes:
        name: what the program calls it.
        text: what a menu says, with its key; "{word}" stands for what a row is called.
        does: the method that does it.
        keys: the keys that do it in the grid.
        edits: whether it changes the plan.
        rows: whether it is done with whole rows.
    """

    name: str
    text: str
    does: Callable[[GridDeeds], object]
    keys: tuple[str, ...] = ()
    edits: bool = False
    rows: bool = False


DEEDS: tuple[Deed, ...] = (
    Deed("cut", "Cu&t cells", lambda deeds: deeds.cut(), ("Ctrl+X",), edits=True),
    Deed("copy", "&Copy cells", lambda deeds: deeds.copy(), ("Ctrl+C",)),
    Deed("paste", "&Paste cells", lambda deeds: deeds.paste(), ("Ctrl+V",), edits=True),
    Deed("empty", "&Empty cells", lambda deeds: deeds.empty(), ("Del",), edits=True),
    Deed("fill_down", "Fill &down", lambda deeds: deeds.fill_down(), ("Ctrl+D",), edits=True),
    Deed("copy_above", "Copy from &above", lambda deeds: deeds.copy_above(), ("Ctrl+'",), edits=True),
    Deed("put_today", "Put &today's date", lambda deeds: deeds.put_today(), ("Ctrl+;",), edits=True),
    Deed("open_list", "Open the &list", lambda deeds: deeds.open_list(), ("Alt+Down",), edits=True),
    Deed("insert_row", "&Insert {word}", lambda deeds: deeds.insert_row(), ("Ctrl++", "Ctrl+="), edits=True, rows=True),
    Deed(
        "duplicate_rows",
        "D&uplicate {word}",
        lambda deeds: deeds.duplicate_rows(),
        ("Ctrl+Shift+D",),
        edits=True,
        rows=True,
    ),
    Deed("delete_rows", "Delete {word}…", lambda deeds: deeds.delete_rows(), ("Ctrl+-",), edits=True, rows=True),
    Deed("select_column", "Select column", lambda deeds: deeds.select_column(), ("Ctrl+Space",)),
    Deed("select_row", "Select row", lambda deeds: deeds.select_row(), ("Shift+Space",)),
    Deed("filter_column", "&Filter by this column…", lambda deeds: deeds.filter_column(), ("Ctrl+Shift+L",)),
)


def make_actions(grid: QWidget, deeds: GridDeeds, word: str, *, rows: bool) -> dict[str, QAction]:
    """The actions of a grid by name; their keys work while it has the focus.

    Args:
        grid: the grid.
        deeds: what does them.
        word: what a row is called: "activity".
        rows: whether rows can be inserted, duplicated and deleted.
    """
    made = {}
    for deed in DEEDS:
        if deed.rows and not rows:
            continue
        action = QAction(deed.text.format(word=word), grid)
        action.setObjectName(deed.name)
        action.setShortcuts([QKeySequence(keys) for keys in deed.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False, does=deed.does: does(deeds))
        grid.addAction(action)
        made[deed.name] = action
    return made
