"""Review…: all that differs in the files received, decided by a person, and taken in as one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from spp_desktop.edits.deciding import Applied
from spp_desktop.edits.receiving import Review, together
from spp_desktop.ui.signals import PlanSignals


class ReviewDialog(QDialog):
    """One screen for some files received.

    Attributes:
        applied: what was taken in, if anything was; ``None`` while the plan is as it was.
    """

    def __init__(self, signals: PlanSignals, reviews: Sequence[Review], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._reviews = together(reviews)
        self.applied: Applied | None = None
