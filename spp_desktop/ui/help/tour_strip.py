"""The strip below the pages that leads through the tour: what to do at each stop, and whether it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.ui.help.library import PageSection

DONE = "✓ Done. F8 goes on."
LAST = "✓ That was the tour."


class TourStrip(QFrame):
    """The words of one stop, and the way to the next. It never takes the keyboard by itself.

    Attributes:
        keys: what F8 and Shift+F8 do, for the window that it stands in.

    Signals:
        stopped_at: another stop is shown; its number, from 0.
        ended: the person ends the tour.
    """

    stopped_at = Signal(int)
    ended = Signal()

    def __init__(self, stops: Sequence[PageSection], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops = stops
        self.at = 0
        self.setObjectName("tour")
        self.setStyleSheet("#tour { border: 0; border-top: 4px solid palette(accent); background: palette(midlight); }")
        self.title, self.words, self.state = QLabel(), QLabel(wordWrap=True), QLabel()
        self.words.setTextFormat(Qt.TextFormat.MarkdownText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.state.setForegroundRole(QPalette.ColorRole.Link)
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        self.back, self.onward = QPushButton("Back (Shift+F8)"), QPushButton("Next (F8)")
        self.there, self.end = QPushButton("Go there"), QPushButton("End the tour")
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.title)
        above.addWidget(self.state)
        above.addStretch(1)
        for button in (self.there, self.back, self.onward, self.end):
            above.addWidget(button)
        below.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.addLayout(above)
        column.addLayout(below)
        self.back.clicked.connect(self._go_back)
        self.onward.clicked.connect(self._go_on)
        self.keys: list[QAction] = []
        for keys, does in (("Shift+F8", self._go_back), ("F8", self._go_on)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(does)
            self.keys.append(action)
        self.there.clicked.connect(lambda: self.stopped_at.emit(self.at))
        self.end.clicked.connect(self.ended)

    def show_stop(self, number: int) -> None:
        """Show a stop by its number, from 0."""
        self.at = min(max(number, 0), len(self._stops) - 1)
        stop = self._stops[self.at]
        self.title.setText(f"Tour, {stop.title}")
        self.words.setText(stop.body)
        self.words.setAccessibleName(f"{stop.title}. {stop.text}")
        self.state.clear()
        self.back.setEnabled(self.at > 0)
        self.onward.setText("End (F8)" if self.at == len(self._stops) - 1 else "Next (F8)")
        self.stopped_at.emit(self.at)
        self._tell(self.words)

    def say_done(self) -> None:
        """Say that what the stop asks for is done."""
        if not self.state.text():
            self.state.setText(LAST if self.at == len(self._stops) - 1 else DONE)
            self._tell(self.state)

    def _go_back(self) -> None:
        self.show_stop(self.at - 1)

    def _go_on(self) -> None:
        if self.at == len(self._stops) - 1:
            self.ended.emit()
        else:
            self.show_stop(self.at + 1)

    def _tell(self, label: QLabel) -> None:
        """Have a screen reader say it, though the keyboard is elsewhere."""
        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.Alert))
