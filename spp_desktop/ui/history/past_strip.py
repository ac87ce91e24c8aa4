"""The strip across the window while the plan is seen as it stood at a moment: it says so, and leads back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from spp_desktop.plan.words import capital
from spp_desktop.store import as_at
from spp_desktop.store.workspace import Workspace


class PastStrip(QFrame):
    """The strip. It is hidden while the plan is seen as it is now.

    Attributes:
        mark: whether the cells are marked that are otherwise now.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self.setStyleSheet(
            "#past { border: 0; background: #7a4b00; } #past QLabel { color: white; }"
            "#past QPushButton { padding: 3px 10px; }"
        )
        self.words = QLabel(wordWrap=True)
        bold = self.words.font()
        bold.setBold(True)
        self.words.setFont(bold)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 8, 4)
        self._row.addWidget(self.words, 1)
        self.mark = self._button("&Mark what differs now")
        self.mark.setCheckable(True)
        moment = as_at.moment_of(workspace)
        if moment is not None:
            self.words.setText(
                f"{capital(moment.seen)} · for reading only · {workspace.notices[0].rpartition('; ')[2]}"
            )
            self.words.setToolTip(workspace.notices[0])
        self.words.setAccessibleName(self.words.text())
        self.setVisible(moment is not None)

    def offer(self, text: str, does: Callable[[], object]) -> QPushButton:
        """Add a button to the strip."""
        button = self._button(text)
        button.clicked.connect(does)
        return button

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        return button
