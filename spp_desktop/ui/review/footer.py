"""The foot of a review: what is kept so far, what is left, and what can be done with the files."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.ui.review.surface import ReviewDesk, ReviewWords


class Footer(QWidget):
    """A line of keys, a line for what has just happened, and the buttons."""

    def __init__(self, words: ReviewWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = QLabel(words.keys, self)
        self.message, self.state, self.left = QLabel(self), QLabel(self), QLabel(self)
        self.again = QPushButton("Compare with the plan now", self)
        self.aside = QPushButton("&Set aside…", self)
        self.later = QPushButton("Keep for &later", self)
        self.close_button = QPushButton("&Close", self)
        self.apply = QPushButton(self)
        self._lay_out()
        for button in (self.aside, self.later):
            button.setVisible(words.files)

    def show_desk(self, desk: ReviewDesk) -> None:
        """Show what is kept, what is left, and what Apply would do."""
        self.state.setText(desk.state_words())
        if desk.locked and not self.message.text():
            self.say(desk.locked)
        self.left.setText(desk.left_words())
        self.left.setVisible(bool(self.left.text()))
        text, able = desk.apply_words()
        self.apply.setText(text)
        self.apply.setEnabled(able and not desk.locked)
        self.later.setEnabled(not desk.locked and desk.can_keep())

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
