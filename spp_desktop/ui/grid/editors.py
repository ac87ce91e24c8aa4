"""The editors that open in a cell: a line, a day with its calendar, several lines, and a list to choose from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.kinds import Choice, Day, Kind, Long, Option, Several, TargetText, by_kind
from spp_desktop.ui.common import theme

LIST_WIDTH, LINE_HEIGHT, MOST_LINES = 240, 26, 9
_VALUE = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


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
        screen = self.screen().availableGeometry()
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

    def set_end(self) -> None:
        """Put the cursor at the end, with nothing selected."""
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)


class ListEditor(QFrame):
    """A list that typing narrows. Enter chooses; where several can be chosen, Space ticks and the first ticked leads.

    Signals:
        chosen: an entry was chosen with the mouse.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget, name: str, choices: Sequence[Option], *, several: bool) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(name)
        self._choices, self._several = list(choices), several
        self._ticked: list[str] = []
        self._text = ""
        self.touched = False
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type to find, Space ticks, Enter keeps" if several else "Type to find")
        self.line.setAccessibleName(f"{name}: find")
        self.line.textEdited.connect(self._narrow)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self._clicked)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.list)
        self.setFocusProxy(self.line)

    def fill(self, text: str) -> None:
        """Begin with these titles chosen; semicolons part them."""
        self._text = text
        titles = [part.strip().casefold() for part in text.split(";")]
        known = {choice.title.casefold(): choice.value for choice in self._choices}
        self._ticked = [known[title] for title in titles if title in known]
        self._narrow("")

    def typed(self) -> str:
        """The chosen titles. Where one is chosen: the current entry of the list, or what was typed if it finds none."""
        if self._several:
            titles = {choice.value: choice.title for choice in self._choices}
            return "; ".join(titles[value] for value in self._ticked) if self.touched else self._text
        if self.touched and self.list.currentRow() >= 0:
            item = self.list.currentItem()
            return next(choice.title for choice in self._choices if choice.value == item.data(_VALUE))
        return self.line.text() if self.touched else self._text

    def set_end(self) -> None:
        """Do nothing: the list begins at what the cell holds."""

    def place(self, cell: QRect, around: QRect) -> None:
        """Place the list under the cell, or above it if there is more room, within the table."""
        width = min(max(cell.width(), LIST_WIDTH), around.width())
        wanted = (min(len(self._choices), MOST_LINES) + 1) * LINE_HEIGHT + 14
        below, above = around.bottom() - cell.top(), cell.bottom() - around.top()
        height = min(wanted, max(below, above))
        top = cell.top() if below >= wanted or below >= above else cell.bottom() - height
        left = max(min(cell.left(), around.right() - width), around.left())
        self.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys that move in the list or tick, while the cursor stays in the box above it."""
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in _LIST_KEYS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.touched = self.touched or not self._several
                self.list.event(event)
                return True
            if event.key() == Qt.Key.Key_Space and self._several and self.list.currentRow() >= 0:
                self._tick(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        """Show the entries that hold all the words typed, those ticked first."""
        self.touched = self.touched or (bool(text) and not self._several)
        words = text.casefold().split()
        self.list.clear()
        rest = [choice for choice in self._choices if choice.value not in self._ticked]
        known = {choice.value: choice for choice in self._choices}
        for choice in [*(known[value] for value in self._ticked), *rest] if self._several else self._choices:
            if all(word in choice.title.casefold() for word in words):
                self.list.addItem(self._item(choice))
        ticked = [n for n in range(self.list.count()) if self.list.item(n).data(_VALUE) in self._ticked]
        if self.list.count() and (self._several or words or ticked):
            self.list.setCurrentRow(ticked[0] if ticked and not words else 0)

    def _item(self, choice: Option) -> QListWidgetItem:
        item = QListWidgetItem(choice.title)
        item.setData(_VALUE, choice.value)
        item.setSizeHint(QSize(0, LINE_HEIGHT - 2))
        item.setToolTip(choice.note)
        if choice.shape:
            item.setIcon(shape_icon(choice, self))
        if self._several:
            on = choice.value in self._ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            if on and self._ticked[0] == choice.value:
                item.setText(f"{choice.title} (lead)")
        return item

    def _tick(self, item: QListWidgetItem) -> None:
        value = item.data(_VALUE)
        self.touched = True
        (self._ticked.remove if value in self._ticked else self._ticked.append)(value)
        self.line.clear()
        self._narrow("")
        for n in range(self.list.count()):
            if self.list.item(n).data(_VALUE) == value:
                self.list.setCurrentRow(n)

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._several:
            self._tick(item)
        else:
            self.touched = True
            self.chosen.emit()


def shape_icon(choice: Option, on: QWidget, size: int = 12) -> QIcon:
    """A status's shape in its colour, as an icon."""
    ratio = on.devicePixelRatioF()
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size / 2, size / 2)
    painter.fillPath(
        theme.shape_path(choice.shape, size - 2.0), theme.status_colour(choice.colour, choice.dark_colour, on.palette())
    )
    painter.end()
    return QIcon(pixmap)


Editor = LineEditor | TextEditor | ListEditor

EDITORS: Mapping[type[Kind], Callable[[QWidget, str, Kind], Editor]] = {
    Kind: lambda parent, name, _kind: LineEditor(parent, name),
    Long: lambda parent, name, _kind: TextEditor(parent, name),
    Day: DateEditor,
    TargetText: SuffixEditor,
    Choice: lambda parent, name, kind: ListEditor(parent, name, kind.options(), several=False),
    Several: lambda parent, name, kind: ListEditor(parent, name, kind.options(), several=True),
}
"""The editor of each kind of cell. A kind that is not listed has that of the kind it is derived from."""


def editor_for(parent: QWidget, name: str, kind: Kind) -> Editor:
    """A new editor for a cell of a kind; ``name`` is what a screen reader calls it."""
    return by_kind(EDITORS, kind)(parent, name, kind)
