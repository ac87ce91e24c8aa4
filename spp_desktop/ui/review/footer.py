"""The foot of a review: what is kept so far, what is left, and what can be done with the files."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.ui.review.desk import Desk

KEYS = (
    "A or Space accepts · R refuses · E edits first · U takes back · on a head, all below it · "
    "N next to decide · Ctrl+Z undoes · Ctrl+Enter applies · Esc closes"
)


class Footer(QWidget):
    """A line of keys, a line for what has just happened, and the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = QLabel(KEYS, self)
        self.message, self.state, self.left = QLabel(self), QLabel(self), QLabel(self)
        self.again = QPushButton("Compare with the plan now", self)
        self.aside = QPushButton("&Set aside…", self)
        self.later = QPushButton("Keep for &later", self)
        self.close_button = QPushButton("&Close", self)
        self.apply = QPushButton(self)
        self._lay_out()

    def show_desk(self, desk: Desk) -> None:
        """Show what is kept, what is left, and what Apply would do."""
        self.state.setText(_state(desk))
        if desk.locked and not self.message.text():
            self.say(desk.locked)
        left = desk.left
        self.left.setText(f"{left:,} left to decide, {'it stays' if left == 1 else 'they stay'} here for later")
        self.left.setVisible(bool(left))
        text, able = _apply(desk)
        self.apply.setText(text)
        self.apply.setEnabled(able and not desk.locked)
        self.later.setEnabled(not desk.locked and any(review.receipt is None for review in desk.reviews))

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Show what has just happened, or what went wrong."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.message.setForegroundRole(QPalette.ColorRole.BrightText if wrong else QPalette.ColorRole.WindowText)
        self.again.setVisible(False)

    def _lay_out(self) -> None:
        self.keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.keys.setWordWrap(True)
        for label in (self.message, self.state):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setMinimumHeight(self.message.fontMetrics().lineSpacing())
        self.again.hide()
        for button in (self.again, self.aside, self.later, self.close_button, self.apply):
            button.setAutoDefault(False)
        self.aside.setToolTip("Close the current file without taking anything in")
        self.later.setToolTip("Keep the files with the plan as they came, and close")
        self.apply.setToolTip("Take in what is accepted, as one step that can be undone (Ctrl+Enter)")
        bold = self.apply.font()
        bold.setBold(True)
        self.apply.setFont(bold)
        message_row = QHBoxLayout()
        message_row.addWidget(self.message, 1)
        message_row.addWidget(self.again)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.state, 1)
        buttons.addWidget(self.left)
        for button in (self.aside, self.later, self.close_button, self.apply):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.keys)
        column.addLayout(message_row)
        column.addLayout(buttons)


def _state(desk: Desk) -> str:
    """What would be left if the review was closed now."""
    if desk.locked:
        return "Open for reading only."
    if desk.decided:
        count = "1 decision is kept" if desk.decided == 1 else f"{desk.decided:,} decisions are kept"
        return f"{count}. The plan does not change until you apply."
    if any(review.receipt is not None for review in desk.reviews):
        return "The files are kept. The plan does not change until you apply."
    return "Nothing is decided yet: closing leaves the plan as it is, and keeps no file."


def _apply(desk: Desk) -> tuple[str, bool]:
    """The words on the button Apply, and whether it can be pressed."""
    changes, refused = desk.to_apply, desk.counts()["refused"]
    if changes:
        return f"&Apply {changes:,} change{'' if changes == 1 else 's'}", True
    if refused:
        return f"&Apply {refused:,} refusal{'' if refused == 1 else 's'}", True
    if not desk.left and any(desk.is_open(file) for file in range(len(desk.reviews))):
        return "&Record as received", True
    return "Nothing to apply", False
