"""Every step of the plan's history that touched an indicator, its targets, its results or what is said of them."""

from PySide6.QtWidgets import QListWidget

from spp_desktop.plan.judging import Annotation, Override, PeerRate, Rebase
from spp_desktop.plan.results import DefinitionVersion
from spp_desktop.store import clock, measured, queries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow

SAID = (DefinitionVersion, Override, Rebase, Annotation, PeerRate)
"""What is said of an indicator and its results, in tables of their own."""


class HistoryPage(IndicatorPage):
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
        keys = {row.key, *(target.key for target in row.targets.values())}
        keys |= {result.key for result in self.signals.read(measured.results, row.key, measured.FORCE)}
        for model in SAID:
            keys |= {said.id for said in self.signals.read(queries.register, model) if said.indicator_id == row.key}
        steps = {step.id: step for step, _ in self.signals.workspace.row_history(keys)}
        for revision in steps.values():
            self.steps.addItem(f"{clock.told(revision.at)}  {revision.author}\n{revision.label}")
