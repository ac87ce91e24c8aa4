"""What would change only for a reason: what each thing says and would say, and the one reason for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.words import Word
from spp_desktop.ui.common.plain_table import dress

GONE = "(removed)"
MOST_SHOWN = 500


class ToldChange(NamedTuple):
    """Something that would change, in words; ``after`` is "" where it would be removed."""

    what: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeWords:
    """What is said of things that change only for a reason.

    Attributes:
        word: what one is called.
        columns: the headings: what it is, its period, what it says, what it would say.
        example: a reason, as somebody might give it.
        ask: what becomes of the reason, in a sentence.
        verb: what the button does, with the key of its letter.
        without: what the button says that goes on without a reason; "" where none may.
    """

    word: Word
    columns: tuple[str, str, str, str]
    example: str
    ask: str
    verb: str = "&Change"
    without: str = ""


class ReasonedChangesDialog(QDialog):
    """Lists what would change, and takes a reason before anything is changed."""

    def __init__(self, changes: Sequence[ToldChange], words: ChangeWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        many = words.word.plural
        self.setWindowTitle(f"{many[0].upper()}{many[1:]} would change")
        count = words.word.counted(len(changes))
        self.heading = QLabel(f"{count} would change")
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.table = QTableWidget(min(len(changes), MOST_SHOWN), len(words.columns))
        dress(self.table, f"{many[0].upper()}{many[1:]} that would change", words.columns, 0)
        for line, change in enumerate(changes[:MOST_SHOWN]):
            for n, text in enumerate((change.what, change.period, change.before, change.after or GONE)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, n, item)
        self.reason = QLineEdit()
        self.reason.setMaxLength(1000)
        self.reason.setPlaceholderText(f"Such as: {words.example}")
        self.reason.setAccessibleName(f"Why these {many} change")
        ask = QLabel(f"&Why? {words.ask}", wordWrap=True)
        ask.setBuddy(self.reason)
        self.change = QPushButton(f"{words.verb} {'it' if len(changes) == 1 else count}")
        self.change.setEnabled(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.addButton(self.change, QDialogButtonBox.ButtonRole.AcceptRole)
        self.without = QPushButton(words.without)
        if words.without:
            self.buttons.addButton(self.without, QDialogButtonBox.ButtonRole.ActionRole)
            self.without.setAutoDefault(False)
            self.without.clicked.connect(self._go_on_without)
        self._lay_out(ask, len(changes) - MOST_SHOWN)
        self.reason.textChanged.connect(lambda text: self.change.setEnabled(says_something(text)))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.reason.setFocus()

    def _lay_out(self, ask: QLabel, more: int) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        if more > 0:
            column.addWidget(QLabel(f"and {more:,} more."))
        column.addWidget(ask)
        column.addWidget(self.reason)
        column.addWidget(self.buttons)
        height = self.table.horizontalHeader().sizeHint().height()
        height += self.table.verticalHeader().defaultSectionSize() * min(max(self.table.rowCount(), 2), 10)
        self.table.setMinimumHeight(height + 4)
        self.resize(640, height + 190)

    def accept(self) -> None:
        """Go on, if there is a reason."""
        if says_something(self.reason.text()):
            super().accept()

    def _go_on_without(self) -> None:
        """Go on without a reason."""
        self.reason.clear()
        super().accept()


def says_something(text: str) -> bool:
    """Whether a text can be a reason: it has letters, so that a figure typed on into a question is none."""
    return any(map(str.isalpha, text))


def reason_from(dialog: ReasonedChangesDialog) -> str | None:
    """Why things change, in the person's words, or "" without; ``None`` if they are to stay as they are."""
    try:
        return dialog.reason.text().strip() if dialog.exec() else None
    finally:
        dialog.deleteLater()
