"""How a cell is painted, and which editor opens in it."""

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from spp_desktop.plan.kinds import Option
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.committing import CommittingDelegate
from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.common.theme import blend
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.grid.editors import Editor, LineEditor, PopupEditor, TextEditor, editor_for
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.head_painter import paint_head
from spp_desktop.ui.grid.kept_cells import KeptCells
from spp_desktop.ui.grid.list_editor import ListEditor

MARGIN = 5
SHAPE = 11
_MOST_KEPT = 4000
TOO_NARROW = "###"
"""What stands where a figure does not fit, as in a spreadsheet; pointing at it shows the figure."""
_LEAVES = {
    Qt.Key.Key_Return: "down",
    Qt.Key.Key_Enter: "down",
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "previous",
}


class CellDelegate(CommittingDelegate):
    """Paints the cells of a grid and makes their editors.

    Signals:
        left: an editor was left and its text kept; where to go: "down", "up", "next", "previous" or "".
        filled: the text for all the selected cells, by Ctrl+Enter.
    """

    left = Signal(str)
    filled = Signal(str)

    def __init__(self, view: Grid) -> None:
        super().__init__(view)
        self._view = view
        self._editor: QWidget | None = None
        self._kept = True
        self._wrapped: dict[tuple[str, int, int, str], list[str]] = {}
        self.kept_cells = KeptCells(view.table, self)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell, or this cell's part of a head that runs across the whole table."""
        model = self._view.table
        head = model.group_at(index)
        painter.save()
        painter.setClipRect(option.rect)
        if head is not None:
            current = self._view.currentIndex().row() == index.row() and self._view.hasFocus()
            header = self._view.horizontalHeader()
            wide = min(self._view.viewport().width(), header.length() - header.offset())
            across = QRect(0, option.rect.top(), wide, option.rect.height())
            paint_head(painter, across, head, option, current=current)
        elif self._passes(index):
            self._paint_cell(painter, option, index)
        else:
            self.kept_cells.paint(painter, option, index, lambda on: self._paint_cell(on, option, index))
        if head is None and index == self._view.currentIndex() and self._view.in_use():
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _passes(self, index: Index) -> bool:
        """Whether a cell soon looks otherwise: its colour fades, or what was typed in it waits."""
        table = self._view.table
        if not table.pending and not table.flashing:
            return False
        cell = table.row_at(index).key, table.columns[index.column()].field
        return cell in table.pending or cell in table.flashing

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, rect, model = option.palette, option.rect, self._view.table
        column, row = model.columns[index.column()], model.row_at(index)
        waiting = model.pending_at(index)
        painter.fillRect(rect, self._ground(option, (row.key, column.field), waiting=waiting is not None))
        inner = rect.adjusted(MARGIN, 3, -MARGIN, -2)
        status = None if waiting else column.kind.option(column.get(row))
        if status is not None and status.shape:
            inner = self._paint_shape(painter, inner, palette, status)
        if column.picture is not None and not waiting:
            inner = column.picture(painter, inner, row, palette)
        alert = waiting is not None or (column.alert is not None and column.alert(row)) or model.mark_at(index)
        quiet = is_new(row.key) or (column.quiet is not None and column.quiet(row))
        role = QPalette.ColorRole.PlaceholderText if quiet else QPalette.ColorRole.Text
        painter.setPen(palette.color(QPalette.ColorRole.BrightText if alert else role))
        text = str(model.data(index) or "")
        if waiting is not None and not _paint_not_kept(painter, rect, inner, option):
            text = f"{text} (not kept)"
        elif waiting is not None:
            inner = inner.adjusted(0, 0, 0, -option.fontMetrics.height())
        if column.slanted is not None and column.slanted(row):
            option.font.setItalic(True)  # the option is a cell's own
        self._paint_text(painter, inner, option, text, right=column.align == "right")
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def _ground(self, option: QStyleOptionViewItem, cell: tuple[str, str], *, waiting: bool) -> QColor:
        palette = option.palette
        ground = palette.color(QPalette.ColorRole.Base)
        if option.state & QStyle.StateFlag.State_Selected:
            ground = palette.color(QPalette.ColorRole.Highlight)
        if waiting:
            return blend(ground, palette.color(QPalette.ColorRole.BrightText), 0.12)
        if self._view.strength and cell in self._view.table.flashing:
            return blend(ground, palette.color(QPalette.ColorRole.Accent), 0.35 * self._view.strength)
        return ground

    @staticmethod
    def _paint_shape(painter: QPainter, inner: QRect, palette: QPalette, status: Option) -> QRect:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(inner.left() + SHAPE / 2, inner.top() + painter.fontMetrics().height() / 2)
        colour = theme.status_colour(status.colour, status.dark_colour, palette)
        painter.fillPath(theme.shape_path(status.shape, SHAPE), colour)
        painter.restore()
        return inner.adjusted(SHAPE + MARGIN, 0, 0, 0)

    def _paint_text(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, text: str, *, right: bool
    ) -> None:
        if not text or rect.width() <= 0:
            return
        metrics = option.fontMetrics
        height = metrics.lineSpacing()
        most = max(rect.height() // height, 1)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(option.font)
        if right and cut(text, rect.width(), metrics):
            text = TOO_NARROW
        for n, line in enumerate(self._lines(text, rect.width(), most, option.font)):
            place = QRect(rect.left(), rect.top() + n * height, rect.width(), height)
            painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), line)

    def _lines(self, text: str, width: int, most: int, font: QFont) -> list[str]:
        """The text in lines of this width, kept for the next frame."""
        key = (text, width, most, font.key())
        if key not in self._wrapped:
            if len(self._wrapped) > _MOST_KEPT:
                self._wrapped.clear()
            self._wrapped[key] = wrap(text, width, most, font)
        return self._wrapped[key]

    # Editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor that fits the column."""
        column = self._view.table.columns[index.column()]
        editor = editor_for(parent, f"{column.title} of this row", column.kind)
        if isinstance(editor, ListEditor):
            editor.line.installEventFilter(self)
        if isinstance(editor, ListEditor | PopupEditor):
            editor.chosen.connect(lambda: self._leave("", keep=True))
        self._editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor with what the cell holds, or with what was typed there and not kept."""
        if editor is self._editor and not editor.property("filled"):
            editor.setProperty("filled", True)  # what is being typed outlives a change of the row beneath it
            cast("Editor", editor).fill("" if self._view.typing else str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Commit what was typed, as text."""
        with self.committing(editor):
            self._kept = model.setData(cast("QModelIndex", index), cast("Editor", editor).typed())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget an editor that the view has let go of, as when the keys went to another page."""
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the editor over the cell; a list and a long text are as large as they need."""
        around = self._view.viewport().rect()
        if isinstance(editor, ListEditor):
            editor.place(option.rect, around)
        elif isinstance(editor, TextEditor):
            wanted = max(option.rect.height(), 5 * option.fontMetrics.lineSpacing() + 10)
            height = min(wanted, around.height())
            top = max(min(option.rect.top(), around.bottom() - height), 0)
            editor.setGeometry(option.rect.left(), top, max(option.rect.width(), 220), height)
        else:
            editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys that leave an editor, as a spreadsheet has them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
            return True
        box = watched.parent()
        if isinstance(box, ListEditor):
            editing = self._view.state() == QAbstractItemView.State.EditingState  # else the view is closing it itself
            if event.type() == QEvent.Type.FocusOut and editing and box is self._editor and not _holds_focus(box):
                self._leave("", keep=True)
            return False
        return super().eventFilter(watched, event)

    def editor(self) -> QWidget | None:
        """The editor that is open."""
        return self._editor

    def let_go(self) -> QWidget | None:
        """Give up the editor that is open without keeping its text, and give it: another grid goes on with it."""
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.removeEventFilter(self)
            if isinstance(editor, ListEditor):
                editor.line.removeEventFilter(self)
        return editor

    def empty_editor(self) -> None:
        """Take out of the editor all that is in it."""
        if self._editor is not None:
            cast("Editor", self._editor).clear_all()

    def commit(self) -> None:
        """Keep what is being typed, if anything is."""
        if self._editor is not None:
            self._leave("", keep=True)

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key pressed in an editor. Returns whether it was one that leaves the editor."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if alt and event.key() == Qt.Key.Key_Down and isinstance(self._editor, PopupEditor):
            self._editor.open_list()
        elif enter and (alt or (shift and not isinstance(self._editor, (LineEditor, ListEditor)))):
            if isinstance(self._editor, TextEditor):
                self._editor.insertPlainText("\n")
        elif enter and control and self._editor is not None:
            text = cast("Editor", self._editor).typed()
            self._leave("", keep=False)
            self.filled.emit(text)
        elif event.key() in _LEAVES:
            how = _LEAVES[Qt.Key(event.key())]
            self._leave("up" if how == "down" and shift else how, keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave("escape", keep=False)
        else:
            return False
        return True

    def _leave(self, how: str, *, keep: bool) -> None:
        """Close the editor, keep its text or give it up, and tell where to go from there."""
        editor, self._editor = self._editor, None
        if editor is None:
            return
        self._kept = True
        if keep:
            self.commitData.emit(editor)
        if isValid(editor):  # a question that was asked about what was typed may have outlived it
            editor.removeEventFilter(self)  # if the rows were read again, the view has let go of it
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(how if self._kept else "")


def _paint_not_kept(painter: QPainter, rect: QRect, inner: QRect, option: QStyleOptionViewItem) -> bool:
    """Mark a cell whose text is not kept by words under it. Returns whether there is room for them."""
    alert = option.palette.color(QPalette.ColorRole.BrightText)
    painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), alert)
    small = QFont(option.font)
    small.setPointSizeF(max(option.font.pointSizeF() * 0.85, 6))
    height = QFontMetrics(small).height()
    if inner.height() < 2 * height:
        return False
    painter.setFont(small)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), "not kept")
    return True


def _holds_focus(editor: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and editor.isAncestorOf(focused)


def cut(text: str, width: int, metrics: QFontMetrics) -> bool:
    """Whether a figure would be cut in this width: half a figure is another one."""
    return any(character.isdigit() for character in text) and any(
        metrics.horizontalAdvance(word) > width for word in text.split()
    )


def wrap(text: str, width: int, most: int, font: QFont) -> list[str]:
    """A text wrapped into at most ``most`` lines of ``width`` pixels; the last ends in an ellipsis if text is left."""
    metrics = QFontMetrics(font)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if len(lines) >= most:
            return [*lines[:-1], metrics.elidedText(f"{lines[-1]} …", Qt.TextElideMode.ElideRight, width)]
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(_word_wrap())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            if len(lines) == most - 1 and start + line.textLength() < len(paragraph):
                lines.append(metrics.elidedText(paragraph[start:], Qt.TextElideMode.ElideRight, width))
                layout.endLayout()
                return lines
            lines.append(paragraph[start : start + line.textLength()].rstrip())
        layout.endLayout()
    return lines


def _word_wrap() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
