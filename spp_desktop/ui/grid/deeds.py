"""What can be done with the cells and rows of a grid: the list of deeds, and the methods that do them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.grid.block import SelectedBlock, selected_block
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.editors import PopupEditor
from spp_desktop.ui.grid.filling import FillDeeds


class GridDeeds(FillDeeds):
    """What does each deed of the list: a method for each.

    Attributes:
        blanks: whether a blank cell in a pasted block empties the cell that it falls on.
    """

    blanks = True

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
        if not self.grid.table.keep(typed, show=len(typed) == 1):
            return
        self.grid.select_cells([row.key for row in rows], [column.field for column in columns])
        if left_over:
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

    def arrange(self) -> None:
        """Put rows that were changed where they belong now: under their heads, in order, and as the filter has it."""
        self.grid.table.arrange()

    def _widen(self, how: QItemSelectionModel.SelectionFlag) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | how
        self.grid.selectionModel().select(self.grid.selectionModel().selection(), flags)


class Deed(NamedTuple):
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
    Deed("fill_right", "Fill &right", lambda deeds: deeds.fill_right(), ("Ctrl+R",), edits=True),
    Deed("copy_above", "Copy from &above", lambda deeds: deeds.copy_above(), ("Ctrl+'",), edits=True),
    Deed("put_today", "Put &today's date", lambda deeds: deeds.put_today(), ("Ctrl+;",), edits=True),
    Deed("open_list", "Open the &list", lambda deeds: deeds.open_list(), ("Alt+Down",), edits=True),
    Deed(
        "insert_row",
        "&Insert {word}",
        lambda deeds: deeds.insert_row(),
        ("Ctrl++", "Ctrl+=", "Ins"),
        edits=True,
        rows=True,
    ),
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
    Deed("arrange", "Sort and &group again", lambda deeds: deeds.arrange(), ("Ctrl+Alt+L",)),
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
