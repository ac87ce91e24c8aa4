"""What an indicator measures and serves, and what is linked to it."""

from PySide6.QtCore import Signal

from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.thread.pane import LinksPane


class IndicatorLinks(IndicatorPage):
    """The links of an indicator.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    title = "Serves"
    went = Signal(str, str)

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__(signals)
        self.links = LinksPane(signals)
        self.links.went.connect(self.went)
        self.links.refused.connect(self.refused)
        self.files = AttachmentsPane(signals)
        self.files.refused.connect(self.refused)
        self.column.addWidget(self.links, 1)
        self.column.addWidget(self.files)

    def fill(self, row: JudgedRow) -> None:
        """Show what it is linked to."""
        self.links.show_row("indicator", row.key)
        self.files.show_row(row.key)

    def keep(self) -> bool:
        """Link what is typed; whether the plan has all of it."""
        return self.links.keep()
