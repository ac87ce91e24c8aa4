"""The line above a page that shows a closed year."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from spp_desktop.plan.periods import year_name
from spp_desktop.store import closed_years
from spp_desktop.ui.common.elided_label import ElidedLabel
from spp_desktop.ui.common.signals import PlanSignals


class ClosedStrip(QFrame):
    """The line above a page that shows a closed year: since when and by whom, and the button that reopens it.

    Args:
        signals: the plan.
        reopen: asks why a year is reopened, by its first calendar year.
        parent: what it stands in.
    """

    def __init__(self, signals: PlanSignals, reopen: Callable[[int], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._reopen = signals, reopen
        self._year: int | None = None
        self.setObjectName("closed")
        self.setStyleSheet("#closed { border: 0; background: palette(midlight); }")
        self.words, self.reopen = ElidedLabel(), QPushButton("Reopen the year…")
        self.reopen.setAutoDefault(False)
        self.reopen.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.addWidget(self.words, 1)
        row.addWidget(self.reopen)
        self.hide()

    def show_year(self, year: int | None) -> None:
        """Say that a year is closed, if it is; ``None`` says nothing."""
        known = None if year is None else self._signals.read(closed_years.every).get(year)
        self._year = year
        if known is not None and known.closed:
            self.words.setText(
                f"{year_name(known.year)} is {closed_years.in_words(known)}. It changes only once it is reopened."
            )
            self.words.setAccessibleName(self.words.text())
            self.reopen.setVisible(not self._signals.workspace.read_only)
        self.setVisible(known is not None and known.closed)

    def _ask(self) -> None:
        if self._year is not None:
            self._reopen(self._year)
