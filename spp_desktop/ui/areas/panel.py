"""The panel beside the areas: their ranking with a sentence on the chosen one, and its chart."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.figures.charts.ranking_chart import RankingChart
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.comparison import break_words
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.ui.areas.ranking_view import RankingView
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.performance.indicator_page import StateMark
from spp_desktop.ui.pictures.series_view import SeriesView

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

CHART_HEIGHT = 230
CHOOSE = "Choose an area in the table to see here how it stands."


class AreaPanel(QWidget):
    """Two pages: the ranking, and the chart of the area that is chosen.

    Signals:
        chosen: the key of the area that was chosen in the ranking.
        opened: the key of the area whose chart is to be shown.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, numbers: "Callable[[], list[PlainSheet]]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Ranking and chart")
        self._judged: Judged | None = None
        self._illustrative = ""
        self.ranking, self.view, self.chart = RankingView(numbers), QScrollArea(), SeriesView()
        self.view.setWidget(self.ranking)
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mark, self.heading, self.sentence = StateMark(), words(bold=True), words()
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._ranking_page(), "Ranking")
        self.pages.addTab(self._chart_page(), "Chart")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.pages)
        self.pages.currentChanged.connect(self._turned)
        self.ranking.moved.connect(self._show_row)
        self.ranking.chosen.connect(self.chosen)
        self.ranking.opened.connect(self.opened)

    def _ranking_page(self) -> QWidget:
        page = QWidget()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.heading, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view, 1)
        column.addLayout(top)
        column.addWidget(self.sentence)
        return page

    def _chart_page(self) -> QWidget:
        self.chart.picture.setMinimumHeight(CHART_HEIGHT)
        self.chart_view = QScrollArea()
        self.chart_view.setWidget(self.chart)
        self.chart_view.setWidgetResizable(True)
        self.chart_view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.chart_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self.chart_view

    def show_ranking(self, chart: RankingChart, illustrative: str) -> None:
        """Show another ranking, or the same one as it is now."""
        self._illustrative = illustrative
        self.ranking.set_chart(chart)

    def show_area(self, key: str, title: str, judged: Judged | None, sentence: str = "") -> None:
        """Show how an area (or the force) stands, with its chart, or ``sentence`` if nobody judges it."""
        self._judged = judged
        self.ranking.select(key)
        self.heading.setText(title or CHOOSE)
        self.mark.setVisible(judged is not None)
        if judged is not None:
            self.mark.set_look(judged.look)
            sentence = "\n".join(filter(None, (judged.sentence, _direction(judged), judged.remark)))
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._turned()

    def show_chart(self) -> None:
        """Bring the chart to the front."""
        self.pages.setCurrentWidget(self.chart_view)

    def _turned(self) -> None:
        if self.pages.currentWidget() is self.chart_view and self._judged is not None:
            self.chart.set_chart(series_chart(self._judged, self._illustrative))
        self.chart.setVisible(self._judged is not None)

    def _show_row(self, row: QRect) -> None:
        self.view.ensureVisible(row.left(), row.center().y(), 0, 2 * row.height())


def _direction(judged: Judged) -> str:
    """The change on last year as a sentence, without the breaks that the sentence before it has named."""
    change = judged.direction
    for break_sentence in map(break_words, judged.across):
        if break_sentence in judged.sentence:
            change = change.replace(f". {break_sentence}", "")
    return f"{change[:1].upper()}{change[1:].rstrip('.')}." if change else ""
