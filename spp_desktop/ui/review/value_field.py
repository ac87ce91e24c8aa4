"""The field in which an answer is typed or chosen before it is accepted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QStackedLayout, QWidget

from spp_desktop.plan.kinds import Day, Kind, Long, Option, by_kind
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.ui.grid.editors import DateEditor
from spp_desktop.ui.grid.list_editor import shape_icon

CHOOSE = "Choose…"
LINES = 4
_LEAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ValueField(QWidget):
    """A line, a day, several lines or a list, as the kind of value needs it.

    Signals:
        changed: another value is typed or chosen.
        entered: the value is to be taken in (Enter).
        left: the value is given up (Escape).
    """

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.day = DateEditor(self, "")
        self.day.setFrame(True)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.list = QComboBox(self)
        self.list.setPlaceholderText(CHOOSE)
        self._fields: Mapping[type[Kind], QWidget] = {Kind: self.line, Day: self.day, Long: self.text}
        self._field: QWidget = self.line
        self._kept = ""
        self._stack = QStackedLayout(self)
        for field in (self.line, self.day, self.text, self.list):
            self._stack.addWidget(field)
            field.installEventFilter(self)
        for line in (self.line, self.day):
            line.textChanged.connect(self.changed)
        self.text.textChanged.connect(self.changed)
        self.list.currentIndexChanged.connect(self.changed)
        self.day.chosen.connect(self.changed)

    def load(self, kind: Kind, name: str, at_first: str, choices: Sequence[Option] = ()) -> None:
        """Ask for a value.

        Args:
            kind: the kind of cell.
            name: what a screen reader calls the field.
            at_first: what the field holds at first.
            choices: the values to choose from, if it is a list.
        """
        self.blockSignals(True)
        self._field = self.list if choices else by_kind(self._fields, kind)
        self._stack.setCurrentWidget(self._field)
        self._field.setAccessibleName(name)
        self.list.clear()
        for choice in choices:
            self.list.addItem(shape_icon(choice, self) if choice.shape else QIcon(), choice.title)
        titles = [caseless(choice.title) for choice in choices]
        self.list.setCurrentIndex(titles.index(caseless(at_first)) if caseless(at_first) in titles else -1)
        self.line.setText(at_first)
        self.day.setText(at_first)
        self.text.setPlainText(at_first)
        high = self.fontMetrics().lineSpacing() * LINES + 12
        self.setFixedHeight(high if self._field is self.text else self.line.sizeHint().height() + 2)
        self.setFocusProxy(self._field)
        self._kept = self.typed()
        self.blockSignals(False)

    def typed(self) -> str:
        """The value that is typed or chosen."""
        if self._field is self.list:
            return self.list.currentText()
        if self._field is self.text:
            return self.text.toPlainText().strip()
        return (self.day if self._field is self.day else self.line).text().strip()

    def kept(self) -> str:
        """What the field held at first."""
        return self._kept

    def put(self, text: str) -> None:
        """Put another value into the field, as if it was typed."""
        if self._field is self.list:
            self.list.setCurrentIndex(self.list.findText(text))
        elif self._field is self.text:
            self.text.setPlainText(text)
        else:
            (self.day if self._field is self.day else self.line).setText(text)

    def settle(self) -> None:
        """Take what is in the field as what it held at first."""
        self._kept = self.typed()

    def touched(self) -> bool:
        """Whether the value is another than at first."""
        return self.typed() != self._kept

    def begin(self) -> None:
        """Go into the field with all of it selected; a list opens."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(self._field, QLineEdit | QPlainTextEdit):
            self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the value in by Enter, begin a line by Shift+Enter, leave by Escape."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        other = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier))
        if event.key() in _LEAVES and not control:
            if other and watched is self.text:
                self.text.insertPlainText("\n")
            else:
                self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() == Qt.Key.Key_Down and watched is self.day and other:
            self.day.open_list()
            return True
        return super().eventFilter(watched, event)
