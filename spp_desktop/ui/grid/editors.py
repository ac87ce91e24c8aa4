"""The editors that open in a cell: a line, a day with its calendar, several lines; those with a list are elsewhere."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from spp_desktop.plan.kinds import Choice, Day, Kind, Long, Referred, Several, TargetText, by_kind
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.grid.list_editor import LIST_WIDTH, MOST_LINES, ListEditor, ReferredEditor, SeveralEditor


class LineEditor(QLineEdit):
    """One line of text."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setAutoFillBackground(True)

    def typed(self) -> str:
        """What was typed."""
        return self.text()

    def fill(self, text: str) -> None:
        """Begin with this text."""
        self.setText(text)

    def go_on_from(self, other: "LineEditor") -> None:
        """Go on from what was typed in another editor of the same cell, with its cursor and what is selected there."""
        self.selectAll()
        self.insert(other.text())
        at, chosen = other.cursorPosition(), len(other.selectedText())
        if chosen and at == other.selectionStart():
            self.setSelection(at + chosen, -chosen)
        elif chosen:
            self.setSelection(at - chosen, chosen)
        else:
            self.setCursorPosition(at)

    def clear_all(self) -> None:
        """Take out all that is there."""
        self.clear()

    def set_end(self) -> None:
        """Put the cursor at the end with nothing selected, so that typing adds to the text."""
        self.deselect()
        self.end(False)


class PopupEditor(LineEditor):
    """A line in which one types, or chooses in something that opens beneath it (Alt+Down).

    Attributes:
        kind: the kind of cell, which reads the day.

    Signals:
        chosen: something was chosen there.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget, name: str, choose: str) -> None:
        super().__init__(parent, name)
        button = QToolButton(self)
        button.setArrowType(Qt.ArrowType.DownArrow)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(f"{choose} (Alt+Down)")
        button.setAccessibleName(choose)
        button.clicked.connect(self.open_list)
        self._button = button

    def resizeEvent(self, event: Any) -> None:
        """Keep the button at the right end."""
        super().resizeEvent(event)
        side = min(self.height(), 24)
        self._button.setGeometry(self.width() - side, (self.height() - side) // 2, side, side)
        self.setTextMargins(0, 0, side, 0)

    def open_list(self) -> None:
        """Open what is chosen from."""

    def show_beneath(self, popup: QWidget) -> None:
        """Show a popup under the line, or above it where the screen ends."""
        below = self.mapToGlobal(self.rect().bottomLeft())
        screen = room_for(self)
        if below.y() + popup.height() > screen.bottom():
            below.setY(self.mapToGlobal(self.rect().topLeft()).y() - popup.height())
        below.setX(max(min(below.x(), screen.right() - popup.width()), screen.left()))
        popup.move(below)
        popup.show()
        popup.setFocus()


class DateEditor(PopupEditor):
    """A day, typed or chosen in a calendar."""

    def __init__(self, parent: QWidget, name: str, kind: Kind | None = None) -> None:
        super().__init__(parent, name, "Choose a day")
        self.kind = kind or Day()
        self.setPlaceholderText("dd/mm/yyyy")
        self.calendar = QCalendarWidget(self)
        self.calendar.setWindowFlag(Qt.WindowType.Popup)
        self.calendar.setGridVisible(False)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setAccessibleName(f"{name}: calendar")
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)

    def open_list(self) -> None:
        """Show the calendar at the day typed, else at today."""
        typed = self.kind.read(self.text())
        day = typed if isinstance(typed, date) else date.today()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.adjustSize()
        self.show_beneath(self.calendar)

    def _take(self, day: QDate) -> None:
        self.setText(day.toString("dd/MM/yyyy"))
        self.calendar.hide()
        self.chosen.emit()


class SuffixEditor(PopupEditor):
    """A line of text behind which one of a list may stand in square brackets: "22% [Level]"."""

    def __init__(self, parent: QWidget, name: str, kind: Kind) -> None:
        super().__init__(parent, name, "Choose what is meant")
        self.list = QListWidget(self)
        self.list.setWindowFlag(Qt.WindowType.Popup)
        self.list.setAccessibleName(f"{name}: what is meant")
        for option in kind.options():
            item = QListWidgetItem(option.title)
            item.setToolTip(option.note)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)

    def open_list(self) -> None:
        """Show the list, at what stands in brackets."""
        title = self.text().rpartition("[")[2].rstrip("] *")
        items = self.list.findItems(title, Qt.MatchFlag.MatchFixedString) if "[" in self.text() else []
        self.list.setCurrentItem(items[0] if items else self.list.item(0))
        height = min(self.list.count(), MOST_LINES) * (self.list.sizeHintForRow(0) + 1)
        self.list.resize(max(self.width(), LIST_WIDTH), height + 2 * self.list.frameWidth())
        self.show_beneath(self.list)

    def _take(self, item: QListWidgetItem) -> None:
        words = self.text().partition("[")[0].strip()
        self.list.hide()
        self.setText(f"{words} [{item.text()}]")
        self.chosen.emit()


class TextEditor(QPlainTextEdit):
    """Several lines of text, over the cell and as high as they need."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(3)

    def typed(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def fill(self, text: str) -> None:
        """Begin with this text."""
        self.setPlainText(text)
        self.selectAll()

    def go_on_from(self, other: "TextEditor") -> None:
        """Go on from what was typed in another editor of the same cell, with its cursor and what is selected there."""
        before, cursor = other.textCursor(), self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(other.toPlainText())
        cursor.setPosition(before.anchor())
        cursor.setPosition(before.position(), cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(other.verticalScrollBar().value())

    def clear_all(self) -> None:
        """Take out all that is there."""
        self.clear()

    def set_end(self) -> None:
        """Put the cursor at the end, with nothing selected."""
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)


Editor = LineEditor | TextEditor | ListEditor

EDITORS: Mapping[type[Kind], Callable[[QWidget, str, Kind], Editor]] = {
    Kind: lambda parent, name, _kind: LineEditor(parent, name),
    Long: lambda parent, name, _kind: TextEditor(parent, name),
    Day: DateEditor,
    TargetText: SuffixEditor,
    Choice: lambda parent, name, kind: ListEditor(parent, name, kind.options()),
    Several: lambda parent, name, kind: SeveralEditor(parent, name, kind.options()),
    Referred: lambda parent, name, kind: ReferredEditor(parent, name, kind.options()),
}
"""The editor of each kind of cell. A kind that is not listed has that of the kind it is derived from."""


def editor_for(parent: QWidget, name: str, kind: Kind) -> Editor:
    """A new editor for a cell of a kind; ``name`` is what a screen reader calls it."""
    return by_kind(EDITORS, kind)(parent, name, kind)
