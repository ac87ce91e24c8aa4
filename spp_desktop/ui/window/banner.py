"""A line above the tabs that says what is wrong or was done, and offers what can be done about it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from spp_desktop.ui.common.style import as_label


class Banner(QFrame):
    """The line: a sentence, the buttons for it, and one to put it away. It is hidden until it has a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setStyleSheet(
            "#banner { border: 0; border-left: 4px solid palette(accent); background: palette(midlight); }"
        )
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self._sentence, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    def say(self, sentence: str, choices: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence with a button for each choice; choosing one puts the banner away first."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._buttons = [self._button(text, act) for text, act in (choices or {}).items()]
        self._buttons.append(self._button("Dismiss", lambda: None))
        self.setVisible(bool(sentence))

    def sentence(self) -> str:
        """The sentence that is shown now, or ""."""
        return "" if self.isHidden() else self._sentence.text()

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(as_label(text))
        button.setAutoDefault(False)

        def chosen() -> None:
            self.hide()
            act()

        button.clicked.connect(chosen)
        self._row.addWidget(button)
        return button
