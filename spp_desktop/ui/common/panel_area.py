"""A panel that scrolls beneath its sentence: why something is not kept stays in view wherever the person is in it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

MARGINS = (10, 8, 10, 4)


class PanelArea(QScrollArea):
    """What scrolls, and above it the sentence, which does not."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = QLabel(self, wordWrap=True)
        self.sentence.setContentsMargins(*MARGINS)
        self.sentence.hide()

    def say(self, sentence: str) -> None:
        """Say above the panel why something is not kept; "" takes the sentence away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._make_room()
        at = self.focusWidget()
        if at is not None:
            self.ensureWidgetVisible(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence as many lines as the width asks for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        frame = self.frameWidth()
        width = self.width() - 2 * frame
        height = self.sentence.heightForWidth(width) if self.sentence.text() else 0
        self.sentence.setGeometry(frame, frame, width, height)
        if self.viewportMargins().top() != height:
            self.setViewportMargins(0, height, 0, 0)
