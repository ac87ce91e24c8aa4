"""The panel beside the performance plan: all of the indicator that is chosen, page by page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.performance.indicator_chart import ChartPage
from spp_desktop.ui.performance.indicator_figures import FiguresPage
from spp_desktop.ui.performance.indicator_history import IndicatorHistory
from spp_desktop.ui.performance.indicator_links import IndicatorLinks
from spp_desktop.ui.performance.indicator_measure import MeasurePage
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.indicator_peers import PeersPage
from spp_desktop.ui.performance.indicator_targets import TargetsPage
from spp_desktop.ui.performance.judged_columns import JudgedRow

CHOOSE = "Choose an indicator in the table to see all of it here."


class IndicatorPanel(QWidget):
    """The title of one indicator, and its pages; a page is filled when it is looked at.

    Signals:
        went: the table and the key of a linked row that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(
        self,
        signals: PlanSignals,
        columns: Callable[[], Sequence[GridColumn]],
        commit: Callable[[CellChange], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row: JudgedRow | None = None
        self.setAccessibleName("Indicator")
        self.heading, self.sentence = words(bold=True), QLabel(wordWrap=True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setAccessibleName("Why the last change was not kept")
        self.sentence.hide()
        self.figures, self.chart, self.targets = (
            FiguresPage(signals),
            ChartPage(signals),
            TargetsPage(signals, columns, commit),
        )
        self.peers, self.measure, self.history = (
            PeersPage(signals),
            MeasurePage(signals, columns, commit),
            IndicatorHistory(signals),
        )
        self.links = IndicatorLinks(signals)
        self.links.went.connect(self.went)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setUsesScrollButtons(True)
        self._known: tuple[IndicatorPage, ...] = (
            *(self.figures, self.chart, self.targets),
            *(self.links, self.peers, self.measure, self.history),
        )
        for page in self._known:
            self.pages.addTab(page, page.title)
            page.refused.connect(self.say)
        self.pages.currentChanged.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.sentence)
        column.addWidget(self.pages, 1)
        self.show_indicator(None)

    def show_indicator(self, row: JudgedRow | None) -> None:
        """Show an indicator as it is now, or none."""
        if self._row is not None and (row is None or row.key != self._row.key):
            self.commit_pending()
            self.say("")
        self._row = row
        self.pages.setVisible(row is not None)
        self.heading.setText(f"{row.ref}  {row.title}" if row is not None else CHOOSE)
        self._turned()

    def explain(self) -> None:
        """Bring to the front why the indicator has its colour."""
        self.pages.setCurrentWidget(self.figures)

    def show_targets(self) -> None:
        """Bring to the front how the targets agree, and their explanation."""
        self.pages.setCurrentWidget(self.targets)

    def commit_pending(self) -> bool:
        """Keep what is being typed on any page; whether the plan has all of it."""
        kept = [page.keep() for page in self._known if page.row is not None]
        return all(kept)

    def _turned(self) -> None:
        page = self.pages.currentWidget()
        if self._row is not None and isinstance(page, IndicatorPage):
            page.show_row(self._row)

    def say(self, sentence: str) -> None:
        """Say at the top of the panel why something is not kept; "" takes the sentence away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
