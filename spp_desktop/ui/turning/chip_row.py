"""Chips above a table, each with the number of rows that it shows: pressed, one types its filter into the box."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

LOOK = (
    "QPushButton { border: 1px solid palette(mid); border-radius: 10px; padding: 2px 7px; }"
    "QPushButton:checked { border: 2px solid palette(accent); padding: 1px 6px; background: palette(base); }"
    "QPushButton:focus { border-color: palette(accent); background: palette(midlight); }"
)


class ChipRow(QWidget):
    """The chips: one for all rows, and one for each that there is any row of.

    Signals:
        chosen: the text for the filter; "" for all rows.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def show_counts(self, counts: Mapping[str, tuple[str, int]], every: int) -> None:
        """Say on each chip how many rows it shows; chips of none are hidden.

        Args:
            counts: by the word of the filter "fate:", a title and how many rows it finds.
            every: how many rows there are.
        """
        for word, (title, count) in {"": ("All", every), **counts}.items():
            chip = self._chips.get(word) or self._make(word)
            chip.setText(f"{title} {count:,}")
            chip.setAccessibleName(f"Show {title.lower()}: {count}")
            chip.setVisible(count > 0 or not word or chip.isChecked())

    def press(self, text: str) -> None:
        """Press down the chip of what the filter says; none, where it says something else."""
        for word, chip in self._chips.items():
            chip.setChecked(text.strip() == _filter(word))

    def _make(self, word: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setCheckable(True)
        chip.setChecked(not word)
        chip.setAutoDefault(False)
        chip.setStyleSheet(LOOK)
        chip.clicked.connect(lambda: self._choose(word))
        self._chips[word] = chip
        self._row.addWidget(chip)
        return chip

    def _choose(self, word: str) -> None:
        self.chosen.emit(_filter(word))
        self.press(_filter(word))


def _filter(word: str) -> str:
    return f"fate:{word}" if word else ""
