"""A table that is worked in like a spreadsheet: its keys, its blocks of cells, and its way of typing."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    QVariantAnimation,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from spp_desktop.ui.common.composing import pass_on
from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.deeds import DEEDS, GridDeeds, make_actions
from spp_desktop.ui.grid.delegates import CellDelegate
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.grid.dragging import CellDrag
from spp_desktop.ui.grid.editors import LineEditor, TextEditor
from spp_desktop.ui.grid.frozen import FrozenColumns
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.header import GridHeader
from spp_desktop.ui.grid.moving import GridMoves
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.widths import ColumnWidths
from spp_desktop.ui.pictures.menu import picture_actions

FLASH = 900
"""The milliseconds in which the colour of changed cells fades."""
MOST_FADING = 100
"""Of more changed cells, all that is in view is painted as they fade."""
MOST_LINES = 4
"""The most lines of text in a row."""


class _GridPlace(NamedTuple):
    """Where the person was before a reset: the cells selected, by rows and columns, the active one, and the scroll."""

    blocks: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    active: tuple[str, str] | None = None
    across: int = 0
    down: int = 0


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
        self._kept_place = _GridPlace()
        self._row = ""
        self.widths = ColumnWidths(self)
        self.setAccessibleName(title)
        self.frozen = FrozenColumns(self)
        self.moves = GridMoves(self)
        self.header = GridHeader(self, self.frozen)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        # A header asks of each cell whether its column is selected whole, and shows nothing of it here.
        self.header.setSelectionModel(QItemSelectionModel(model, self.header))
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.does = self.doing(self)
        self.drag = CellDrag(self, self.moves, self.does)
        self.deeds = make_actions(self, self.does, word, rows=rows)
        self.pictured = picture_actions(self, self.drawing)
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
        self.viewport().setMouseTracking(True)
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
        self.header.sectionResized.connect(lambda section, _before, width: self.widths.resized(section, width))
        self.header.reset_asked.connect(self.widths.forget)
        self.header.sectionCountChanged.connect(lambda _before, _after: self.widths.share())
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
        kept = self._kept_place.active
        column = self.table.column_of(kept[1]) if kept is not None and len(keys) == 1 else -1
        if column >= 0:
            self.select(keys[0], self.table.columns[column].field)
        block = self.block(lines, [self.currentIndex().column()])
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.Select)

    def move_on(self, how: str) -> None:
        """Leave a cell "down", "up", to the "next" or the "previous"; "escape" gives up what waits in it; else stay."""
        self.setFocus()
        index = self.currentIndex()
        if how == "escape" and (current := self.current()) and self.table.pending_at(index):
            self.table.give_up([(current[0].key, current[1].field)])
        elif how == "escape" and self.table.drop_begun():
            return
        if not self.moves.on(how) and how:
            self.table.drop_begun()  # nothing was typed in it, and there is nowhere to go on to

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is the current one now."""
        super().currentChanged(current, previous)
        self.moves.gone()
        row = self.table.row_at(current) if current.isValid() else None
        key = row.key if row is not None else ""
        self._repaint_marks(current, previous)
        if key and key != self._row:
            if is_new(self._row):
                QTimer.singleShot(0, self, lambda: self.table.drop_begun(back=False))
            self._row = key
            self.selected.emit(key)

    def told_row(self) -> str:
        """The key of the row that was told of last: the current one, or on a head the one the person came from."""
        return self._row

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint the selection, also where its cells stay in view."""
        super().selectionChanged(selected, deselected)
        self._repaint_marks()

    def _repaint_marks(self, *went: Index) -> None:
        """Paint again the corner of the selection and the heads among the cells that a person went to or came from.

        Qt paints the cells themselves; not those that stay in view while others are scrolled under them.
        """
        if not self.isVisible():
            return
        if self.frozen.places():
            self.viewport().update()
            return
        changed = QRegion(self.drag.moved_corner())
        for index in went:
            if index.isValid() and self.table.group_at(index) is not None:
                top, high = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
                changed |= QRect(0, top, self.viewport().width(), high)
        self.viewport().update(changed)

    def stand_as(self, other: "GridView") -> None:
        """Select what is selected in another grid of the same rows, and scroll to the same place."""
        self._kept_place = other._keep_place()  # noqa: SLF001 - of its own kind
        self._find_place()

    def _keep_place(self) -> _GridPlace:
        """Note, before a reset, and give which cells are selected and active, and how far the view is scrolled."""
        blocks = []
        for part in self.ranges():
            lines = range(part.top(), part.bottom() + 1)
            rows = [row for line in lines if (row := self.table.row_at(line)) is not None]
            columns = self.table.columns[part.left() : part.right() + 1]
            blocks.append((tuple(row.key for row in rows), tuple(column.field for column in columns)))
        current = self.current()
        active = (current[0].key, current[1].field) if current else None
        bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._kept_place = _GridPlace(tuple(blocks), active, *bars)
        return self._kept_place

    def _find_place(self) -> None:
        """Select the same cells after a reset, and scroll to the same place."""
        self._set_heights()
        self.widths.fit_figures()
        was, selection = self._kept_place, QItemSelection()
        for keys, fields in was.blocks:
            lines = [line for key in keys if (line := self.table.line_of(key)) >= 0]
            columns = [n for field in fields if (n := self.table.column_of(field)) >= 0]
            selection.merge(self.block(lines, columns), QItemSelectionModel.SelectionFlag.Select)
        with self.moves.staying():
            self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            line = self.table.line_of(was.active[0]) if was.active else -1
            column = self.table.column_of(was.active[1]) if was.active else -1
            if line >= 0 and column >= 0:
                index = self.table.index(line, column)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if not self.currentIndex().isValid():
            self._row = ""  # whichever row the person comes to next is told of as another one
        self.horizontalScrollBar().setValue(was.across)
        self.verticalScrollBar().setValue(was.down)

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
        """Let these columns share the width that the others leave, from now on."""
        self.widths.share_among(fields)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self.widths.share()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Make room for a figure that has become longer."""
        super().dataChanged(first, last, list(roles))
        self.widths.fit_figures(first.row(), last.row())

    def changeEvent(self, event: QEvent) -> None:
        """Make the rows as high as another font needs, and paint all anew."""
        super().changeEvent(event)
        self.delegate.kept_cells.forget()
        if event.type() == QEvent.Type.FontChange:
            self._set_heights()

    # The columns that stay in view

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the heads and the first columns in place while the other columns move under them."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.updateEditorGeometries()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The cell at a point, which may be one that stays in view."""
        column = self.frozen.column_at(point.x())
        return super().indexAt(point) if column < 0 else self.table.index(self.rowAt(point.y()), column)

    def visualRect(self, index: Index) -> QRect:
        """Where a cell stands on screen."""
        return self.frozen.rect(index, super().visualRect(index))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint | None = None) -> None:
        """Bring a cell into view, beside the columns that stay there."""
        across = self.horizontalScrollBar()
        before, stays = across.value(), index.column() in self.frozen.places()
        super().scrollTo(index, hint or QAbstractItemView.ScrollHint.EnsureVisible)
        if stays:
            across.setValue(before)
        elif index.column() not in self.frozen.places():
            hidden = self.frozen.width() - self.visualRect(index).left()
            across.setValue(across.value() - max(hidden, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, those that stay in view over the others, and the corner of the selection."""
        self.delegate.kept_cells.look_about(self.viewport())
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.frozen.paint(painter)
        self.drag.paint(painter, self.palette())
        painter.end()

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
        self.typing = typing
        opened = bool(super().edit(index, trigger, event))
        self.typing = False
        if opened and goes_on:
            editor = self.delegate.editor()
            if isinstance(editor, (LineEditor, TextEditor)):
                editor.set_end()
        return opened

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open an editor for a letter of an input method, as for one of the keyboard."""
        pass_on(event, self.delegate.editor, super().inputMethodEvent)

    def edit_here(self) -> QWidget | None:
        """Open the editor of the cell the person is in, if none is open; ``None`` where nothing can be typed."""
        if self.delegate.editor() is None:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        return self.delegate.editor()

    def _edit_emptied(self) -> None:
        """Open the editor of the active cell with nothing in it."""
        editor = self.edit_here()
        if editor is not None:
            self.delegate.empty_editor()

    def commit_pending(self) -> None:
        """Keep what is being typed, if anything is."""
        self.delegate.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key asks for, which is down until it is let go."""
        self.held = True
        try:
            self._press(event)
        finally:
            self.held = False

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell that a key was let go."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.rested.emit()

    def _press(self, event: QKeyEvent) -> None:
        """Go about, empty by Backspace, give up by Esc what is not kept, and fold heads."""
        key, head = event.key(), self.table.group_at(self.currentIndex()) if self.currentIndex().isValid() else None
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if head is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
            self._fold(head.title, folded=key == Qt.Key.Key_Left or (key != Qt.Key.Key_Right and not head.folded))
        elif self.moves.press(event):
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_on("up" if shift else "down")
        elif key == Qt.Key.Key_Backspace:
            self._edit_emptied()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shift):
            self._open_menu()
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
        if self.state() == QAbstractItemView.State.EditingState:
            return False
        # At the last cell Qt's own table would begin again at the first.
        leaving = self._at_the_end(next_)
        return QWidget.focusNextPrevChild(self, next_) if leaving else super().focusNextPrevChild(next_)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a head by a click."""
        if self.drag.press(event):
            return
        index = self.indexAt(event.position().toPoint())
        head = self.table.group_at(index) if index.isValid() else None
        super().mousePressEvent(event)
        if head is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fold(head.title, folded=not head.folded)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select or continue what is dragged over; show that a corner can be dragged."""
        if self.drag.move(event):
            return
        super().mouseMoveEvent(event)
        corner = self.drag.on_corner(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if corner else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        if not self.drag.release():
            super().mouseReleaseEvent(event)

    def _at_the_end(self, forward: bool) -> bool:
        index = self.currentIndex()
        shown = self.shown_columns()
        if not index.isValid() or not shown:
            return True
        return (index.row(), index.column()) == ((self.table.rowCount() - 1, shown[-1]) if forward else (0, shown[0]))

    def _fold(self, title: str, *, folded: bool) -> None:
        self.table.fold(title, folded=folded)
        at = next((at for at in self.table.heads() if self.table.group_at(at).title == title), -1)  # type: ignore[union-attr]  # heads() are groups
        if at >= 0:
            flags = QItemSelectionModel.SelectionFlag.Clear
            self.selectionModel().setCurrentIndex(self.table.index(at, self.header.logicalIndex(0)), flags)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with these cells and rows."""
        self._menu().popup(event.globalPos())

    def _open_menu(self) -> None:
        """Offer the same by key, under the active cell."""
        if QApplication.activePopupWidget() is None:
            menu = self._menu()
            menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))
            menu.setActiveAction(next((deed for deed in menu.actions() if deed.isEnabled()), menu.actions()[0]))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.set_deeds()
        menu.addActions(list(self.deeds.values()))
        menu.addMenu("Picture of this ta&ble").addActions(self.pictured)
        return menu

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
        fading = self.table.flashing
        if len(fading) > MOST_FADING or self.frozen.places():
            self.viewport().update()
            return
        for key, field in fading:
            line, column = self.table.line_of(key), self.table.column_of(field)
            if line >= 0 and column >= 0:
                self.viewport().update(self.visualRect(self.table.index(line, column)))
