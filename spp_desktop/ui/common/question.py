"""The one way to ask a person, and the one way to tell a person something that cannot wait."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from spp_desktop.ui.common.style import as_label


def ask(parent: QWidget | None, sentence: str, verb: str, *, detail: str = "") -> bool:
    """Ask before something that cannot simply be taken back.

    Args:
        parent: where the question appears.
        sentence: what would happen, naming it: "Delete theme Road safety and its 2 commitments?"
        verb: what the button does: "Delete".
        detail: what is safe, in smaller letters.

    Returns:
        Whether the person chose the verb. Escape, Enter on Cancel and closing all mean no.
    """
    box = _box(parent, sentence, detail)
    box.setIcon(QMessageBox.Icon.Question)
    chosen = box.addButton(as_label(verb), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(chosen)
    box.setEscapeButton(box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is chosen


def tell(parent: QWidget | None, sentence: str, *, detail: str = "") -> None:
    """Show a sentence that belongs beside no field."""
    box = _box(parent, sentence, detail)
    box.setIcon(QMessageBox.Icon.Information)
    close = box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(close)
    box.exec()


def _box(parent: QWidget | None, sentence: str, detail: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle("SPP Desktop")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(detail)
    return box
