"""An indicator's chart, and what people have said of it: where it begins anew, and what stands beside a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton

from spp_desktop.edits import judging
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.series_parts import Spot
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.kinds.days import short_day, short_month
from spp_desktop.plan.periods import month_end, month_start
from spp_desktop.store import queries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said
from spp_desktop.ui.pictures.series_view import SeriesView
from spp_desktop.ui.registers.dialog import RegistersDialog

BREAKS = "Definitions and breaks"
"""The list of the plan in which breaks are kept."""
CHART_HEIGHT, LIST_HEIGHT = 380, 96
NOTHING = "Nothing is said of this chart yet."


@dataclass(frozen=True)
class Beside:
    """Something said of the chart: an "annotation", a "rebase" or a "break"; ``key`` is an annotation's."""

    sort: str
    on: date
    text: str
    author: str = ""
    key: str = ""

    @property
    def words(self) -> str:
        """As it is listed."""
        by = f" ({self.author})" if self.author else ""
        if self.sort == "rebase":
            return f"{short_month(self.on)}  begun anew: {self.text}{by}"
        counted = "counted anew: " if self.sort == "break" else ""
        return f"{short_day(self.on)}  {counted}{self.text}{by}"


class ChartPage(IndicatorPage):
    """The chart of the force's results, with what is said of it under it."""

    title = "Chart"

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__(signals)
        self.chart = SeriesView()
        self.chart.setMinimumHeight(CHART_HEIGHT)
        self.anew, self.note = QPushButton("&Begin anew here…"), QPushButton("Anno&tate…")
        self.change, self.remove = QPushButton("E&dit…"), QPushButton("Re&move")
        self.heading = QLabel(textFormat=Qt.TextFormat.RichText)
        self.remarks = QListWidget()
        self.remarks.setAccessibleName("Annotations, new limits and breaks")
        self.remarks.setWordWrap(True)
        self.remarks.setMinimumHeight(LIST_HEIGHT)
        self._spot: Spot | None = None
        self._listed: list[Beside] = []
        self.column.addLayout(_row(self.anew, self.note))
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.remarks)
        self.column.addLayout(_row(self.change, self.remove))
        self._connect()

    def _connect(self) -> None:
        self.chart.chosen.connect(self._spot_chosen)
        self.remarks.currentRowChanged.connect(self._enable)
        self.remarks.itemDoubleClicked.connect(self.edit_chosen)
        self.anew.clicked.connect(self.begin_anew)
        self.note.clicked.connect(self.annotate)
        self.change.clicked.connect(self.edit_chosen)
        self.remove.clicked.connect(self.remove_chosen)

    def fill(self, row: JudgedRow) -> None:
        """Draw the chart, and list what is said of it."""
        self.chart.set_chart(series_chart(row.judged, self.signals.read(queries.plan).illustrative))
        at = self.remarks.currentRow()
        self._listed = sorted(_beside(row.judged), key=lambda beside: beside.on)
        self.remarks.clear()
        self.remarks.addItems([beside.words for beside in self._listed])
        self.remarks.setCurrentRow(min(at, self.remarks.count() - 1))
        self.remarks.setVisible(bool(self._listed))
        self.heading.setText(f"<b>Said of it</b> · {len(self._listed) or NOTHING}")
        self._enable()

    # What the person does

    def begin_anew(self) -> None:
        """Ask why the chart is to begin anew at the month chosen."""
        if self._spot is not None:
            self._ask_rebase(self._spot.first, "", "Begin anew")

    def annotate(self) -> None:
        """Ask what is to stand beside a day."""
        row = self.row
        if row is None:
            return
        latest = row.judged.latest
        day = self._spot.first if self._spot else latest.first if latest else row.judged.as_at

        def write(answer: Said) -> None:
            self.signals.edit(f"annotate {row.ref}", judging.annotate, row.key, None, answer.day, answer.words)

        about = "It stands beside its day on the chart, with your name, and is printed under it."
        ReasonDialog(ReasonAsked(f"Annotate {row.ref}", about, "Text", "Annotate", day=day), write, self).exec()

    def edit_chosen(self) -> None:
        """Ask for other words for what is chosen in the list."""
        beside = self._beside()
        if beside is None or self.locked:
            return
        if beside.sort == "annotation":
            self._ask_annotation(beside)
        elif beside.sort == "rebase":
            self._ask_rebase(beside.on, beside.text, "Change the reason")
        else:
            dialog = RegistersDialog(self.signals, self.window())
            dialog.show_list(BREAKS)
            dialog.exec()

    def remove_chosen(self) -> None:
        """Remove what is chosen in the list; nothing hangs on it, and undo brings it back."""
        beside, row = self._beside(), self.row
        if beside is None or row is None:
            return
        if beside.sort == "annotation":
            self.tried(f"remove an annotation of {row.ref}", judging.remove_annotation, beside.key)
        if beside.sort == "rebase":
            self.tried(f"let the chart of {row.ref} go on", judging.remove_rebase, row.key, None, beside.on)

    # How it is done

    def _ask_rebase(self, first: date, reason: str, verb: str) -> None:
        row = self.row
        assert row is not None
        about = f"From {short_month(first)} on, mean and limits of {row.ref} are made of the new months alone. "
        about += "Do so where the process is known to have changed, and say what changed it."

        def begin(answer: Said) -> None:
            label = f"begin the chart of {row.ref} anew"
            self.signals.edit(label, judging.rebase, row.key, None, first, answer.words)

        asked = ReasonAsked(f"Begin {row.ref} anew", about, "Reason", verb, draft=reason)
        ReasonDialog(asked, begin, self).exec()

    def _ask_annotation(self, beside: Beside) -> None:
        row = self.row
        assert row is not None

        def write(answer: Said) -> None:
            values = {"on_day": answer.day, "text": answer.words}
            self.signals.edit(f"change an annotation of {row.ref}", judging.change_annotation, beside.key, **values)

        about = "It is signed by who changed it last."
        asked = ReasonAsked("Change the annotation", about, "Text", "Change", day=beside.on, draft=beside.text)
        ReasonDialog(asked, write, self).exec()

    def _beside(self) -> Beside | None:
        at = self.remarks.currentRow()
        return self._listed[at] if 0 <= at < len(self._listed) else None

    def _spot_chosen(self, spot: Spot | None) -> None:
        self._spot = spot
        self._enable()

    def _enable(self) -> None:
        """What can be done with the point and the line chosen."""
        beside, spot = self._beside(), self._spot
        month = spot is not None and not spot.line and spot.value is not None and _is_month(spot)
        self.anew.setEnabled(month and not self.locked)
        self.anew.setToolTip("" if month else "Choose a month on the chart first: click on it, or use Left and Right.")
        self.note.setEnabled(not self.locked)
        self.change.setEnabled(beside is not None and not self.locked)
        self.remove.setEnabled(beside is not None and beside.sort != "break" and not self.locked)
        for button in (self.change, self.remove):
            button.setVisible(bool(self._listed))


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _beside(judged: Judged) -> Iterator[Beside]:
    """All that is said of a chart."""
    series = judged.series
    for note in series.annotations:
        yield Beside("annotation", note.on, note.text, note.author, note.key)
    for rebase in series.rebases:
        yield Beside("rebase", rebase.first, rebase.reason, rebase.author)
    for broken in series.breaks:
        yield Beside("break", broken.on, broken.reason)


def _is_month(spot: Spot) -> bool:
    return spot.first == month_start(spot.first) and spot.last == month_end(spot.first)
