"""The review of files received: a person decides about all that differs in them, and takes it in as one step."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from spp_desktop.edits.reviewing import Review
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.review.returns_desk import ReturnsDesk
from spp_desktop.ui.review.screen import ReviewScreen


class ReviewDialog(ReviewScreen):
    """The screen on which some files are reviewed. Every decision is kept at once with its file."""

    desk: ReturnsDesk
    REFUSALS: ClassVar[tuple[type[Exception], ...]] = (ReturnRefused,)

    def __init__(self, signals: PlanSignals, reviews: Sequence[Review], parent: QWidget | None = None) -> None:
        super().__init__(signals, ReturnsDesk(signals.workspace, reviews), parent)
