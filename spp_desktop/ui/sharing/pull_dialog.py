"""The review of what the hub and this plan both changed, before its steps are taken in."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.merging.merge_screen import MergeScreen
from spp_desktop.ui.sharing.at_hub import HubPull
from spp_desktop.ui.sharing.pull_desk import PullDesk


class PullDialog(MergeScreen):
    """The screen on which conflicts with the hub are decided; ``applied`` is what was decided, as the hub takes it."""

    def __init__(
        self,
        signals: PlanSignals,
        pulled: HubPull,
        made: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], object],
        parent: QWidget | None = None,
    ) -> None:
        desk = PullDesk(signals.workspace, pulled, made, keep)
        super().__init__(signals, desk, pulled.pull.sentence, parent)
