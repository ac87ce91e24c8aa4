"""The review of a copy that is merged: a person decides about what both changed, and takes the copy in as one step."""

from typing import ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.store import clock
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.merging.holding import HeldCopy
from spp_desktop.ui.merging.merge_desk import MergeDesk
from spp_desktop.ui.review.screen import ReviewScreen


class MergeDialog(ReviewScreen):
    """The screen on which a copy is reviewed. Decisions are kept at once and found again with the same copy."""

    desk: MergeDesk
    REFUSALS: ClassVar[tuple[type[Exception], ...]] = (MergeRefused,)

    def __init__(self, signals: PlanSignals, copy: HeldCopy, parent: QWidget | None = None) -> None:
        self.copy = copy  # which is open as long as it is looked at
        review = copy.review(signals.workspace)
        super().__init__(signals, MergeDesk(signals.workspace, review), parent)
        self.counted = QLabel(_told(review), self)
        self.counted.setWordWrap(True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.counted)

    def compare_again(self) -> None:
        """Hold the copy against the plan as it is now, and count anew."""
        super().compare_again()
        self.counted.setText(_told(self.desk.review))


def _told(review: MergeReview) -> str:
    """Which copy it is, by its newest step, and all that it comes to, counted."""
    last = review.merge.their_newest
    newest = f", whose newest step is by {last.author}, {clock.time_in_words(last.at)}" if last is not None else ""
    return " ".join((f"{review.copy.name}{newest}.", review.summary, *review.copy.notices))
