"""The one way to ask a person, and the one way to tell a person something that cannot wait."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from spp_desktop.ui.common.style import as_label


def ask(
    parent: QWidget | None, sentence: str, verb: str, *, detail: str = "", harmless: bool = False, copied: bool = False
) -> bool:
    """Ask before something that cannot simply be taken back, or whether something is meant.

    Args:
        parent: where the question appears.
        sentence: what would happen, naming it: "Delete theme Road safety and its 2 commitments?"
        verb: what the button does: "Delete".
        detail: what is safe, in smaller letters.
        harmless: whether the verb loses nothing, so that Enter may mean it.
        copied: whether what stands in it can be selected and copied.

    Returns:
        Whether the person chose the verb. Escape and closing mean no; so does Enter, unless the verb is harmless. The
        verb then has a key of its own, Alt and its first letter.
    """
    box = _box(parent, sentence, detail, copied=copied)
    box.setIcon(QMessageBox.Icon.Question)
    label = as_label(verb)
    chosen = box.addButton(label if harmless else f"&{label}", QMessageBox.ButtonRole.AcceptRole)
    chosen.setAutoDefault(False)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(chosen if harmless else cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is chosen


def tell(parent: QWidget | None, sentence: str, *, detail: str = "", copied: bool = False) -> None:
    """Show a sentence that belongs beside no field; ``copied`` as of ``ask``."""
    box = _box(parent, sentence, detail, copied=copied)
    box.setIcon(QMessageBox.Icon.Information)
    close = box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(close)
    box.exec()


def _box(parent: QWidget | None, sentence: str, detail: str, *, copied: bool) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle("SPP Desktop")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(detail)
    if copied:
        flags = Qt.TextInteractionFlag
        box.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    return box
