"""The receipt of a file that came back: shown, copied, saved as a text."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import outcomes, receipt_texts
from spp_desktop.store import receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.files import TEXTS, ask_save


def of_step(workspace: Workspace, revision: str) -> list[Receipt]:
    """The receipts of the files that a step took in."""
    return [
        receipt
        for receipt in workspace.read_beside(receipts.every)
        if revision == receipt.revision
        or any(revision == outcome.revision for outcome in outcomes.read(receipt.outcome))
    ]


class ReceiptView(QWidget):
    """Receipts as a text, with a button that saves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ""
        self._start = Path()
        self._head = ""
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Receipt")
        self.text.setTabChangesFocus(True)
        self.save_button = QPushButton("Save &receipt…")
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.done = QLabel(wordWrap=True)
        below = QHBoxLayout()
        below.addWidget(self.done, 1)
        below.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text, 1)
        column.addLayout(below)

    def show_receipts(self, workspace: Workspace, receipts_shown: Sequence[Receipt]) -> None:
        """Show receipts, one below the other."""
        self.text.setPlainText("\n\n".join(receipt_texts.text_of(workspace, receipt) for receipt in receipts_shown))
        self._file = Path(receipts_shown[0].file_name).stem if receipts_shown else ""
        self._start = workspace.path.parent
        self._head = workspace.head()
        self.done.clear()

    def save(self) -> None:
        """Ask where the text is to be written, and write it; say what became of that."""
        path = ask_save(self, "Save the receipt", TEXTS, self._start / f"Receipt for {self._file}.txt")
        if path is None:
            return
        try:
            path.write_text(f"{self.text.toPlainText()}\n\nHistory of the plan: {self._head}\n", encoding="utf-8")
        except OSError as problem:
            self.done.setText(f"{path.name} could not be written: {problem.strerror}. Choose another place.")
        else:
            self.done.setText(f"Saved as {path.name}.")


class ReceiptDialog(QDialog):
    """The receipts of some files, in front of the window. ``more`` gives their text with what else is to be said."""

    def __init__(
        self,
        workspace: Workspace,
        shown: Sequence[Receipt],
        parent: QWidget | None = None,
        more: Callable[[str], str] = str,
    ) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Receipt" if len(shown) == 1 else f"{len(shown)} receipts")
        self.resize(820, 480)
        self.view = ReceiptView(self)
        self.view.show_receipts(workspace, shown)
        self.view.text.setPlainText(more(self.view.text.toPlainText()))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(buttons)
