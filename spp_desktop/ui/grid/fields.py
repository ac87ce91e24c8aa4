"""The fields of the side panel: the editors of the table's cells, which keep what is typed when they are left."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Choice, Day, Doubt, Kind, TargetText, by_kind
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.editors import DateEditor, LineEditor, PopupEditor, SuffixEditor, editor_for
from spp_desktop.ui.grid.list_editor import ListEditor, shape_icon

Commit = Callable[[str, Any], object]
POPUP_HEIGHT = 220
EDGE = 7
"""The pixels beside the words of a choice."""

LINES: Mapping[type[Kind], Callable[[QWidget, str, Kind], LineEditor]] = {
    Kind: lambda parent, name, _kind: LineEditor(parent, name),
    Day: DateEditor,
    TargetText: SuffixEditor,
}
"""The line in which a value of each kind is typed."""


class LineField(QWidget):
    """A line or a day. Enter, or leaving the field, keeps what is typed; Esc puts back what the plan has.

    Signals:
        refused: why what was typed is not kept, though it stays in the field; "" once nothing is refused any more.
    """

    refused = Signal(str)

    def __init__(self, column: GridColumn, commit: Commit) -> None:
        super().__init__()
        self.column, self._commit = column, commit
        self._row: Any = None
        self._unkept: dict[str, str] = {}
        self.editor = by_kind(LINES, column.kind)(self, column.title, column.kind)
        self.editor.setFrame(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.editor)
        self.setFocusProxy(self.editor)
        self.editor.editingFinished.connect(self.keep)
        self.editor.installEventFilter(self)
        if isinstance(self.editor, PopupEditor):
            self.editor.chosen.connect(self.keep)

    def show_row(self, row: Any, *, locked: bool) -> None:
        """Show this row's value, unless something is being typed over it."""
        if row is not None and self._row is not None and row.key == self._row.key and self._changed():
            self._row = row
            return
        self._row = row
        typed = self.column.typed(row) if row is not None else ""
        self._show(self._unkept.get(row.key, typed) if row is not None else "")
        self.editor.setReadOnly(locked)
        self.setEnabled(row is not None)

    def keep(self) -> bool:
        """Write what was typed. Returns whether the plan now has all of it, of rows shown earlier too."""
        if self._row is None:
            return not self._unkept
        if not self._changed():
            self._unkept.pop(self._row.key, None)
            return not self._unkept
        key, text = self._row.key, self.editor.text()
        try:
            self._commit(self.column.field, self.column.read(text))
        except (RuleBroken, NotKept) as refusal:
            self._unkept[key] = text
            self.refused.emit(str(refusal))
            return False
        self._unkept.pop(key, None)
        self.refused.emit("")
        if self._row.key == key:
            self._show(self.column.typed(self._row))
        return not self._unkept

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up; Alt+Down opens the calendar; Ctrl+Z undoes a step of the plan where nothing was typed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.editor.isUndoAvailable()
        ):
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._row is not None:
            if event.key() == Qt.Key.Key_Escape and self._changed():
                self._unkept.pop(self._row.key, None)
                self.editor.setText(self.column.typed(self._row))
                self.refused.emit("")
                return True
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_Down and alt and isinstance(self.editor, PopupEditor):
                self.editor.open_list()
                return True
        return super().eventFilter(watched, event)

    def _show(self, text: str) -> None:
        """Show a text, from its beginning where the cursor is elsewhere: a long one does not fit."""
        self.editor.setText(text)
        if not self.editor.hasFocus():
            self.editor.home(False)

    def _changed(self) -> bool:
        return bool(self.editor.text().strip() != self.column.typed(self._row))


class DayField(DateEditor):
    """A day that a dialog asks for. It is shown in full when the field is left, however it was typed.

    Args:
        parent: the dialog.
        name: what it is called in a sentence.
        kind: the kind of cell; it reads the day, and knows the year of a day typed without one.
    """

    def __init__(self, parent: QWidget, name: str, kind: Day) -> None:
        super().__init__(parent, name, kind)
        self.setFrame(True)
        self.editingFinished.connect(self._settle)

    def day(self) -> date:
        """The day that is typed.

        Raises:
            RuleBroken: with a sentence, if what is typed is no day.
        """
        day = self.kind.understand(self.text())
        if isinstance(day, Doubt):
            raise RuleBroken("day", f"{self.accessibleName()}: {day.sentence}")
        assert isinstance(day, date)
        return day

    def put(self, day: date) -> None:
        """Offer a day."""
        self.setText(self.kind.typed(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        day = self.kind.read(self.text())
        if isinstance(day, date):
            self.put(day)


class ListField(QPushButton):
    """A button with the choice from a list; pressing it opens the list.

    Signals:
        refused: why a choice is not kept; "" once nothing is refused any more.
    """

    refused = Signal(str)

    def __init__(self, column: GridColumn, commit: Commit) -> None:
        super().__init__()
        self.column, self._commit = column, commit
        self._row: Any = None
        self._popup: QWidget | None = None
        self._list: ListEditor | None = None
        self.setAutoDefault(True)  # Enter opens the list, as Space does
        self.setStyleSheet("text-align: left; padding: 3px 6px;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long title widens no panel
        self.clicked.connect(self.open_list)

    def show_row(self, row: Any, *, locked: bool) -> None:
        """Show this row's value."""
        self._row = row
        text = self.column.show(row) if row is not None else ""
        self.setText(as_label(text))
        self.setToolTip(text)
        self.setAccessibleName(f"{self.column.title}: {text or 'none'}")
        self.setEnabled(row is not None and not locked)
        value = self.column.get(row) if row is not None else None
        option = self.column.kind.option(value)
        self.setIcon(shape_icon(option, self) if option is not None and option.shape else type(self.icon())())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Cut a title that is longer than the field with an ellipsis."""
        super().initStyleOption(option)
        room = self.width() - 2 * EDGE - (self.iconSize().width() + EDGE if not self.icon().isNull() else 0)
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list by Alt+Down too, as in the table."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def keep(self) -> bool:
        """Do nothing, and be content: a choice is kept when it is made."""
        return True

    def open_list(self) -> None:
        """Open the list under the field."""
        if self._row is None:
            return
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser = cast("ListEditor", editor_for(popup, self.column.title, self.column.kind))
        chooser.fill(self.column.typed(self._row))
        chooser.chosen.connect(self._take)
        chooser.line.installEventFilter(self)
        box = QVBoxLayout(popup)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(chooser)
        popup.resize(max(self.width(), 240), POPUP_HEIGHT)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self._popup, self._list = popup, chooser
        popup.show()
        chooser.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes what is chosen, Esc gives up."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape and self._popup is not None:
                self._popup.close()
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        if self._list is None or self._popup is None:
            return  # it was taken already
        text = self._list.typed()
        self._popup.close()
        self._popup = self._list = None
        try:
            value = self.column.read_or_add(text)
            if value != self.column.get(self._row):
                self._commit(self.column.field, value)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return
        self.refused.emit("")


FIELDS: Mapping[type[Kind], Callable[[GridColumn, Commit], LineField | ListField]] = {
    Kind: LineField,
    Choice: ListField,
}
"""The field of each kind."""


def field_for(column: GridColumn, commit: Commit) -> LineField | ListField:
    """A new field for a column; what is typed or chosen in it is given to ``commit``."""
    return by_kind(FIELDS, column.kind)(column, commit)
