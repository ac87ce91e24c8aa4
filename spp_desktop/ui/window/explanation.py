"""What F1 says, in front of the window or of the dialog in which it was asked for, and the way from it to the page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.window.explaining import Explanation


class ExplanationDialog(QDialog):
    """What a place is and what may be typed there. It is accepted where more is wanted: by its button, or by F1 again.

    Args:
        here: what is said.
        more: the title of the page that says more, and its heading.
        parent: what the person is in.
    """

    def __init__(self, here: Explanation, more: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("What is this")
        self.resize(560, 300)
        self.words = QTextBrowser()
        self.words.setAccessibleName("What is here")
        self.words.setOpenLinks(False)
        self.words.setTabChangesFocus(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setPlainText("\n\n".join((here.title, *here.sentences)))
        buttons = QDialogButtonBox()
        self.more = buttons.addButton(f"&More: {as_label(more)} (F1)", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("F1"), self, self.accept)
        column = QVBoxLayout(self)
        column.addWidget(self.words, 1)
        column.addWidget(buttons)
        self.words.setFocus()
