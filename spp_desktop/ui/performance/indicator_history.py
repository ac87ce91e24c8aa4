"""Every step of the plan's history that touched an indicator, its targets, its results or what is said of them."""

from PySide6.QtWidgets import QListWidget

from spp_desktop.store import attached, clock, history, measured
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow


class IndicatorHistory(IndicatorPage):
    """The steps, the newest first."""

    title = "History"

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__(signals)
        self.steps = QListWidget()
        self.steps.setWordWrap(True)
        self.steps.setAccessibleName("History of this indicator")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.steps)

    def fill(self, row: JudgedRow) -> None:
        """List the steps."""
        self.steps.clear()
        keys = list(self.signals.read(measured.keys_about, row.key))
        keys += self.signals.read(attached.keys_at, [row.key])
        keys += self.signals.workspace.read_beside(self.signals.removed_files.of, [row.key])
        for step in self.signals.workspace.read_beside(history.steps_of_rows, keys):
            self.steps.addItem(f"{clock.time_in_words(step.at)}  {step.author}\n{step.label}")
