"""The chips above the review's table, each with the number it would show, and the field for words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from spp_desktop.ui.review.kinds import Filter

_ALWAYS = 2
"""So many chips are always there: all, and what is to be decided."""


class FilterBar(QWidget):
    """The chips, of which one is down at a time, and the field for words.

    Signals:
        chose: the filter of the chip that was pressed.
        searched: the words to be searched for.
        left: the person goes on in the table.
    """

    chose = Signal(object)
    searched = Signal(str)
    left = Signal()

    def __init__(self, filters: Sequence[Filter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = filters
        self._group = QButtonGroup(self)
        self.chips = [self._chip(n, filter_) for n, filter_ in enumerate(filters)]
        self.chips[0].setChecked(True)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("Find words (Ctrl+F)")
        self.words.setAccessibleName("Find words in the differences")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(110)
        self.words.textChanged.connect(self.searched)
        self.words.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in self.chips:
            row.addWidget(chip)
        row.addSpacing(8)
        row.addWidget(self.words, 1)
        self._group.idClicked.connect(lambda n: self.chose.emit(filters[n]))

    def show_counts(self, counts: list[int]) -> None:
        """Say on each chip how many differences it would show; one that would show none is left out, but for two."""
        for n, (chip, filter_, count) in enumerate(zip(self.chips, self._filters, counts, strict=True)):
            chip.setVisible(n < _ALWAYS or bool(count) or chip.isChecked())
            chip.setText(f"{filter_.title} {count:,}")
            chip.setAccessibleName(f"Show {filter_.title.lower()}: {count}")

    def press(self, chosen: Filter) -> None:
        """Press a chip down, as if it were clicked."""
        self.chips[self._filters.index(chosen)].click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go into the table by Enter and Down; by Escape, clear the field first."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape) and not control:
                if key == Qt.Key.Key_Escape:
                    self.words.clear()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _chip(self, n: int, filter_: Filter) -> QPushButton:
        chip = QPushButton(filter_.title, self)
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setToolTip(f"{filter_.about} (Ctrl+{n + 1})")
        chip.setStyleSheet(
            "QPushButton { border: 1px solid palette(mid); border-radius: 10px; padding: 3px 9px; }"
            "QPushButton:checked { border: 2px solid palette(accent); padding: 2px 8px; background: palette(base); }"
            "QPushButton:focus { border-color: palette(accent); background: palette(midlight); }"
        )
        self._group.addButton(chip, n)
        QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self).activated.connect(chip.click)
        return chip
