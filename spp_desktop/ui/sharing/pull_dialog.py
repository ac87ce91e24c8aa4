"""The review of what the hub and this plan both changed, before its steps are taken in."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.review.screen import ReviewScreen
from spp_desktop.ui.sharing.at_hub import HubPull
from spp_desktop.ui.sharing.pull_desk import PullDesk


class PullDialog(ReviewScreen):
    """The screen on which conflicts with the hub are decided; ``applied`` is what was decided, as the hub takes it."""

    desk: PullDesk

    def __init__(
        self,
        signals: PlanSignals,
        pulled: HubPull,
        made: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(signals, PullDesk(signals.workspace, pulled, made, keep), parent)
        self.counted = QLabel(pulled.pull.sentence, self)
        self.counted.setWordWrap(True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.counted)
