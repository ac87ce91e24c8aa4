"""A table whose lines are ticked, each for what is to be written, with the buttons that tick all of them or none."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from spp_desktop.ui.common.plain_table import dress

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TickedTable(QWidget):
    """The table with its buttons below.

    Attributes:
        table: the table.

    Signals:
        ticked: another line is ticked, or one is no more.
    """

    ticked = Signal()

    def __init__(self, name: str, titles: tuple[str, ...], stretch: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, len(titles), self)
        self.all_button, self.none_button = QPushButton("Tick &all", self), QPushButton("Tick &none", self)
        dress(self.table, name, titles, stretch=stretch)
        self.setFocusProxy(self.table)
        below = QHBoxLayout()
        below.setSpacing(8)
        for button, state in (
            (self.all_button, Qt.CheckState.Checked), (self.none_button, Qt.CheckState.Unchecked),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, state=state: self.tick(state))
            below.addWidget(button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.table.itemChanged.connect(self.ticked)

    def fill(self, lines: Sequence[tuple[bool, Sequence[str]]], numbers: int | None = None) -> None:
        """Show other lines: whether each is ticked, and its texts; ``numbers`` is the column of numbers, if any."""
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(lines))
            for row, (is_ticked, texts) in enumerate(lines):
                for column, text in enumerate(texts):
                    item = QTableWidgetItem(text)
                    item.setToolTip(text)
                    if column == numbers:
                        item.setTextAlignment(_RIGHT)
                    if not column:
                        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
                    self.table.setItem(row, column, item)
        if lines:
            self.table.setCurrentCell(0, 0)

    def chosen(self) -> list[int]:
        """The numbers of the lines that are ticked, from 0."""
        items = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        return [n for n, item in enumerate(items) if item is not None and item.checkState() == Qt.CheckState.Checked]

    def tick(self, state: Qt.CheckState) -> None:
        """Tick all lines, or none."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None:
                item.setCheckState(state)
