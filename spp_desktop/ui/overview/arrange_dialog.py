"""The dialog in which a person chooses which parts the overview has, and in what order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.overview.parts import PARTS, OverviewPart, part_named

ABOUT = "Space shows or hides a part; Alt+Up and Alt+Down move it. It is kept for this plan on this computer."
NAME = Qt.ItemDataRole.UserRole


class ArrangeDialog(QDialog):
    """Asks which parts are shown, and in what order.

    Args:
        order: the names of all parts in their order.
        hidden: the names of those that are not shown.
        parent: the window that it belongs to.
    """

    def __init__(self, order: Sequence[str], hidden: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Arrange the overview")
        self.parts = QListWidget()
        self.parts.setAccessibleName("Parts of the overview")
        self.up, self.down = QPushButton("Move &up"), QPushButton("Move &down")
        self.usual = QPushButton("As at &first")
        about = QLabel(ABOUT, wordWrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.done_button = buttons.addButton("Arr&ange", QDialogButtonBox.ButtonRole.AcceptRole)
        side = QVBoxLayout()
        for button in (self.up, self.down, self.usual):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.parts, 1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.done_button.setDefault(True)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.usual.clicked.connect(lambda: self._fill(PARTS, ()))
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self.parts, lambda by=by: self._move(by))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._fill([part for part in map(part_named, order) if part is not None], hidden)
        self.resize(460, 380)

    def order(self) -> list[str]:
        """The names of all parts in the order chosen."""
        return [str(item.data(NAME)) for item in self._items()]

    def hidden(self) -> list[str]:
        """The names of those that are not shown."""
        return [str(item.data(NAME)) for item in self._items() if item.checkState() == Qt.CheckState.Unchecked]

    def _items(self) -> list[QListWidgetItem]:
        return [self.parts.item(at) for at in range(self.parts.count())]

    def _fill(self, parts: Sequence[OverviewPart], hidden: Sequence[str]) -> None:
        self.parts.clear()
        for part in parts:
            item = QListWidgetItem(part.title)
            item.setData(NAME, part.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if part.name in hidden else Qt.CheckState.Checked)
            self.parts.addItem(item)
        self.parts.setCurrentRow(0)

    def _move(self, by: int) -> None:
        """Move the part that is chosen up (-1) or down (1), and keep the keyboard on it."""
        at, to = self.parts.currentRow(), self.parts.currentRow() + by
        if at >= 0 and 0 <= to < self.parts.count():
            self.parts.insertItem(to, self.parts.takeItem(at))
            self.parts.setCurrentRow(to)
