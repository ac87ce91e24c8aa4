"""A table that is worked in like a spreadsheet: its keys, its blocks of cells, and its way of typing."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    Qt,
    QVariantAnimation,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.deeds import DEEDS, GridDeeds, make_actions
from spp_desktop.ui.grid.delegates import CellDelegate
from spp_desktop.ui.grid.editors import LineEditor, TextEditor
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.header import GridHeader
from spp_desktop.ui.grid.table_model import TableModel

FLASH = 900
"""The milliseconds in which the colour of changed cells fades."""
LEAST_SHARE = 120
"""The least pixels of a column that takes the width left by the others."""
MOST_LINES = 4
"""The most lines of text in a row."""


class GridView(Grid):
    """A grid with its header, its editors and its deeds.

    Args:
        model: its rows and columns.
        title: what a screen reader calls it.
        word: what a row is called: "activity".
        rows: whether rows can be inserted, duplicated and deleted.
        parent: the widget that it stands in.
    """

    doing: type[GridDeeds] = GridDeeds

    def __init__(
        self, model: TableModel, title: str, word: str = "row", *, rows: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parent)
        self._head_lines: list[int] = []
        self.typing = False
        self._kept_place: tuple[list[tuple[str, str]], tuple[str, str] | None, int, int] = ([], None, 0, 0)
        self._row = ""
        self._wide: tuple[str, ...] = ()
        self._sharing = False
        self.setAccessibleName(title)
        self.header = GridHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.does = self.doing(self)
        self.deeds = make_actions(self, self.does, word, rows=rows)
        self._flash = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=FLASH)
        self._connect()
        self._look()

    def _look(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self.header.setFixedHeight(self.fontMetrics().height() + 10)
        self.header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.header.reset_columns()
        self.set_lines(self.lines)

    def _connect(self) -> None:
        self.table.modelAboutToBeReset.connect(self._keep_place)
        self.table.modelReset.connect(self._find_place)
        self.table.flashed.connect(self._flash.start)
        self.table.added.connect(self.select_rows)
        self.header.sectionResized.connect(self._resized)
        self._flash.valueChanged.connect(self._fade)
        self._flash.finished.connect(self.table.flashing.clear)
        self.delegate.left.connect(self.move_on)
        self.delegate.filled.connect(self.does.fill_selection)

    # Where the person is

    def select(self, key: str, field: str | None = None) -> bool:
        """Go to a row, and unfold its group. Returns whether the row is shown."""
        at = self.table.line_of(key)
        if at < 0 and self.table.arrangement.folded:
            row = next((row for row in self.table.rows if row.key == key), None)
            if row is not None and self.table.arrangement.grouping:
                self.table.fold(self.table.arrangement.group_of(row), folded=False)
                at = self.table.line_of(key)
        if at < 0:
            return False
        column = self.table.column_of(field) if field else self.currentIndex().column()
        index = self.table.index(at, column if column >= 0 else self.header.logicalIndex(0))
        if self.currentIndex() != index:
            self.go(index)
        self.scrollTo(index)
        return True

    def select_rows(self, keys: list[str]) -> None:
        """Go to the first of these rows, and select the current column in all of them that are shown."""
        lines = [line for key in keys if (line := self.table.line_of(key)) >= 0]
        if not lines or not self.select(self.table.row_at(lines[0]).key):
            return
        column = self.currentIndex().column()
        more = QItemSelection()
        for line in lines[1:]:
            more.select(self.table.index(line, column), self.table.index(line, column))
        self.selectionModel().select(more, QItemSelectionModel.SelectionFlag.Select)

    def move_on(self, how: str) -> None:
        """Leave a cell "down", "up", to the "next" or the "previous"; "escape" gives up what waits in it; else stay."""
        self.setFocus()
        index = self.currentIndex()
        if how == "escape" and (current := self.current()) and self.table.pending_at(index):
            self.table.give_up([(current[0].key, current[1].field)])
        shown = self.shown_columns()
        if not index.isValid() or not shown:
            return
        line, place = index.row(), shown.index(index.column()) if index.column() in shown else 0
        if how in ("next", "previous"):
            place += 1 if how == "next" else -1
            line += place // len(shown)
            place %= len(shown)
            step = 1 if how == "next" else -1
        elif how in ("down", "up"):
            step = 1 if how == "down" else -1
            line += step
        else:
            return
        while 0 <= line < self.table.rowCount() and self.table.row_at(line) is None:
            line += step
        if 0 <= line < self.table.rowCount():
            self.go(self.table.index(line, shown[place]))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is the current one now."""
        super().currentChanged(current, previous)
        row = self.table.row_at(current) if current.isValid() else None
        key = row.key if row is not None else ""
        self.viewport().update()
        if key and key != self._row:
            self._row = key
            self.selected.emit(key)

    def _keep_place(self) -> None:
        """Note, before a reset, which cells are selected, which is current, and how far the view is scrolled."""
        cells = [
            (row.key, self.table.columns[column].field)
            for part in self.ranges()
            for line in range(part.top(), part.bottom() + 1)
            if (row := self.table.row_at(line)) is not None
            for column in range(part.left(), part.right() + 1)
        ]
        current = self.current()
        bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._kept_place = (cells, (current[0].key, current[1].field) if current else None, *bars)

    def _find_place(self) -> None:
        """Select the same cells after a reset, and scroll to the same place."""
        self._set_heights()
        cells, current, across, down = self._kept_place
        selection = QItemSelection()
        for key, field in cells:
            line = self.table.line_of(key)
            if line >= 0:
                index = self.table.index(line, self.table.column_of(field))
                selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current and self.table.line_of(current[0]) >= 0:
            index = self.table.index(self.table.line_of(current[0]), self.table.column_of(current[1]))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    # Rows and their heights

    def set_lines(self, lines: int) -> None:
        """Make every row this many lines of text high."""
        self.lines = lines if 1 <= lines <= MOST_LINES else 2
        self._set_heights()

    def _set_heights(self) -> None:
        line = self.fontMetrics().lineSpacing()
        header = self.verticalHeader()
        tall = self.lines * line + 7
        header.setDefaultSectionSize(tall)
        # A height set by hand outlives a reset: what was a head's may be a row's now.
        for at in self._head_lines:
            if at < header.count():
                header.resizeSection(at, tall)
        self._head_lines = list(self.table.heads())
        for at in self._head_lines:
            header.resizeSection(at, line + 10)

    def share_width(self, fields: Iterable[str]) -> None:
        """Let these columns share equally the width that the others leave, from now on."""
        self._wide = tuple(fields)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._share()

    def _resized(self, section: int, _before: int, _after: int) -> None:
        """Share the width again after a column was resized. A column that a person drags keeps its width."""
        if self._sharing:
            return
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._wide = tuple(field for field in self._wide if field != self.table.columns[section].field)
        self._share()

    def _share(self) -> None:
        shown = self.shown_columns()
        wide = [n for n in shown if self.table.columns[n].field in self._wide]
        if not wide:
            return
        rest = self.viewport().width() - sum(self.header.sectionSize(n) for n in shown if n not in wide)
        self._sharing = True
        for n in wide:
            self.header.resizeSection(n, max(rest // len(wide), LEAST_SHARE))
        self._sharing = False

    def hidden_width(self, section: int) -> int:
        """The width a hidden column would have."""
        return self.table.columns[section].width

    def changeEvent(self, event: QEvent) -> None:
        """Make the rows as high as another font needs."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_heights()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the heads in place while the columns move under them."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()

    # Typing

    def edit(self, *args: Any) -> Any:
        """Open an editor. Typing replaces the text of the cell; F2 and a double click go on from it."""
        if len(args) == 1:
            return super().edit(args[0])
        index, trigger, event = args
        typing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        if typing and isinstance(event, QKeyEvent) and not event.text().strip(" ").isprintable():
            return False
        current = self.current()
        triggers = QAbstractItemView.EditTrigger
        goes_on = trigger in (triggers.EditKeyPressed, triggers.DoubleClicked)
        if (goes_on or typing) and current and index == self.currentIndex():
            row, column = current
            if why := self.why_not(column, row):
                self.table.refused.emit(why)
                return False
        opened = bool(super().edit(index, trigger, event))
        if opened and goes_on:
            editor = self.delegate.editor()
            if isinstance(editor, (LineEditor, TextEditor)):
                editor.set_end()
        return opened

    def edit_here(self) -> QWidget | None:
        """Open the editor of the cell the person is in, if none is open; ``None`` where nothing can be typed."""
        if self.delegate.editor() is None:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        return self.delegate.editor()

    def commit_pending(self) -> None:
        """Keep what is being typed, if anything is."""
        self.delegate.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Enter and Tab, give up by Esc what is not kept, and fold heads."""
        key, head = event.key(), self.table.group_at(self.currentIndex()) if self.currentIndex().isValid() else None
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if head is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
            self._fold(head.title, folded=key == Qt.Key.Key_Left or (key != Qt.Key.Key_Right and not head.folded))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_on("up" if shift else "down")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not self._at_the_end(key == Qt.Key.Key_Tab):
            self.move_on("next" if key == Qt.Key.Key_Tab else "previous")
        elif key == Qt.Key.Key_Escape and self.table.pending:
            current = self.current()
            cell = [(current[0].key, current[1].field)] if current else []
            if not self.table.give_up(cell):
                self.table.give_up(list(self.table.pending))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab moves within the table, and leaves it only at its ends."""
        return False if self.state() == QAbstractItemView.State.EditingState else super().focusNextPrevChild(next_)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a head by a click."""
        index = self.indexAt(event.position().toPoint())
        head = self.table.group_at(index) if index.isValid() else None
        super().mousePressEvent(event)
        if head is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fold(head.title, folded=not head.folded)

    def _at_the_end(self, forward: bool) -> bool:
        index = self.currentIndex()
        last = self.table.rowCount() - 1
        ends = (last, self.header.count() - 1) if forward else (0, 0)
        return not index.isValid() or (index.row(), self.header.visualIndex(index.column())) == ends

    def _fold(self, title: str, *, folded: bool) -> None:
        self.table.fold(title, folded=folded)
        at = next((at for at in self.table.heads() if self.table.group_at(at).title == title), -1)  # type: ignore[union-attr]  # heads() are groups
        if at >= 0:
            flags = QItemSelectionModel.SelectionFlag.Clear
            self.selectionModel().setCurrentIndex(self.table.index(at, self.header.logicalIndex(0)), flags)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with these cells and rows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.set_deeds()
        menu.addActions(list(self.deeds.values()))
        menu.popup(event.globalPos())

    def column_menu(self, section: int) -> QMenu:
        """The menu of a column, as its heading opens it."""
        return self.header.menu_for(section)

    def set_deeds(self) -> None:
        """Grey the deeds that are impossible in a table that can only be read."""
        for deed in DEEDS:
            if deed.name in self.deeds and deed.edits:
                self.deeds[deed.name].setEnabled(not self.table.locked)

    def _fade(self, strength: float) -> None:
        self.strength = strength
        self.viewport().update()
