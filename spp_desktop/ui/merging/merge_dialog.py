"""The review of a copy that is merged: a person decides about what both changed, and takes the copy in as one step."""

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from spp_desktop.edits.merging import breaches
from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.store import clock
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.problems import PlanRefused
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.jobs import Cancelled
from spp_desktop.ui.common.long_step import LongStep
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.merging.holding import HeldCopy
from spp_desktop.ui.merging.merge_desk import MergeDesk
from spp_desktop.ui.merging.merge_screen import MergeScreen


class MergeDialog(MergeScreen):
    """The screen on which a copy is reviewed. Decisions are kept at once and found again with the same copy.

    Attributes:
        copy: the copy, which is open as long as it is looked at.
    """

    REFUSALS: ClassVar[tuple[type[Exception], ...]] = (MergeRefused, PlanRefused)

    def __init__(self, signals: PlanSignals, copy: HeldCopy, parent: QWidget | None = None) -> None:
        self.copy = copy
        review = copy.review(signals.workspace)
        super().__init__(signals, MergeDesk(signals.workspace, review), _told(review), parent)

    def compare_again(self) -> bool:
        """Hold the copy against the plan as it is now, and count anew. Returns whether they could be compared."""
        if not super().compare_again():
            return False
        self.counted.setText(_told(self.desk.review))
        with busy():
            before = self._attempt(lambda: breaches.found_before(self.desk.workspace))
        if before is not None:
            self.copy = replace(self.copy, before=before)
        return True

    def _take_in(self) -> Any:
        """Take the copy in, told how far that is; stopped, the plan and the decisions are as they were."""
        try:
            with LongStep(self, "Merge") as heard:
                return self.desk.apply(heard)
        except Cancelled:
            self.footer.say("You stopped it. The plan is as it was, and what you decided is kept.")
            return None


def _told(review: MergeReview) -> str:
    """Which copy it is, by its newest step, and all that it comes to, counted."""
    last = review.merge.their_newest
    newest = f", whose newest step is by {last.author}, {clock.time_in_words(last.at)}" if last is not None else ""
    return " ".join((f"{review.copy.name}{newest}.", review.summary, *review.copy.notices))
