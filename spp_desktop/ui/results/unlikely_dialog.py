"""Figures that are hardly meant: each with why, asked before they are entered."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.common.plain_table import dress

TITLES = ("Figure", "Period", "Would be", "Why it is asked")
MOST_SHOWN = 500
WIDE = 760


class ToldFigure(NamedTuple):
    """A figure that is hardly meant, in words."""

    what: str
    period: str
    figure: str
    why: str


class UnlikelyFiguresDialog(QDialog):
    """Lists the figures, and asks whether they are meant."""

    def __init__(self, figures: Sequence[ToldFigure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Are these figures meant?" if len(figures) > 1 else "Is this figure meant?")
        self.heading = QLabel(f"{len(figures)} figures are unlikely" if len(figures) > 1 else "This figure is unlikely")
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.table = QTableWidget(min(len(figures), MOST_SHOWN), len(TITLES))
        dress(self.table, "Figures that are unlikely", TITLES, 3)
        for line, figure in enumerate(figures[:MOST_SHOWN]):
            for n, text in enumerate(figure):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, n, item)
        what = "it" if len(figures) == 1 else f"{len(figures)} figures"
        self.enter = QPushButton(f"&Enter {what} all the same")
        self.enter.setAutoDefault(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.addButton(self.enter, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(len(figures) - MOST_SHOWN)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setFocus()

    def _lay_out(self, more: int) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        if more > 0:
            column.addWidget(QLabel(f"and {more:,} more."))
        column.addWidget(
            QLabel("Nothing is entered yet. Cancel leaves the plan as it is, to put right what is not meant.")
        )
        column.addWidget(self.buttons)
        height = self.table.horizontalHeader().sizeHint().height()
        height += self.table.verticalHeader().defaultSectionSize() * min(max(self.table.rowCount(), 2), 10)
        self.table.setMinimumHeight(height + 4)
        self.resize(WIDE, height + 150)


def are_meant(parent: QWidget, figures: Sequence[ToldFigure]) -> bool:
    """Whether a person says that these figures are meant."""
    dialog = UnlikelyFiguresDialog(figures, parent)
    try:
        return bool(dialog.exec())
    finally:
        dialog.deleteLater()
