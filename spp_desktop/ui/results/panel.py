"""The panel beside the results: the figure that is chosen, its history, and the final figures that were changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QListWidget, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import clock, history, measured
from spp_desktop.store.plain import RestatementRow
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.lines import ResultsPeriod, ResultsRow
from spp_desktop.ui.results.restatements import RestatementsPage

CHOOSE = "Choose a figure to see here its state, who entered it and when."
STATES = {
    "provisional": "Provisional (p): it changes freely until it is final.",
    "final": "Final: it changes only with a reason, and leaves a restatement.",
    "revised": "Revised (r): a final figure that was changed, and is final again.",
    "not available": "Not available (x): there is no figure, which is no nought.",
    "not applicable": "Not applicable (z): there can be no figure here.",
    "suppressed": "Suppressed (c): there is a figure, and it is kept back.",
}


class ResultPanel(QWidget):
    """One figure, and all restatements."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.setAccessibleName("Figure")
        self.heading, self.said, self.about, self.state, self.missing = (QLabel(wordWrap=True) for _ in range(5))
        for label in (self.heading, self.said):
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        large = self.said.font()
        large.setPointSizeF(large.pointSizeF() * 1.4)
        self.said.setFont(large)
        for label in (self.heading, self.said, self.about, self.state, self.missing):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.history = QListWidget()
        self.history.setWordWrap(True)
        self.history.setSpacing(3)
        self.history.setAccessibleName("What happened to this figure, and to final figures of this line")
        self.nothing = QWidget()
        self.restatements = RestatementsPage(signals)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._figure_page(), "Figure")
        self.pages.addTab(self.restatements, "Restatements")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.addWidget(self.pages)
        self.setMinimumWidth(200)
        self.show_figure(None, None, 0)

    def show_figure(self, line: ResultsRow | None, period: ResultsPeriod | None, n: int) -> None:
        """Show a line's cell in a period, the ``n``th; ``None`` for no line, or no period of it."""
        self.restatements.refresh()
        for part in (self.said, self.about, self.state, self.missing, self.history):
            part.setVisible(line is not None)
        self.nothing.setVisible(line is None)
        if line is None:
            self.heading.setText(CHOOSE)
            return
        self.heading.setText(f"{line.ref}  {line.indicator}")
        cell = line.cells[n] if period is not None else line.total
        self.said.setText(cell.shown + ("%" if line.percent and cell.number is not None else "") or "No figure")
        where = [line.area, line.population, period.words if period else "year to date"]
        self.about.setText(
            " · ".join(filter(None, where)) + (f"\n{line.what}" if line.what and not line.percent else "")
        )
        self.state.setText(STATES.get(cell.state, "") if period else self._total_said(line))
        self.state.setVisible(bool(self.state.text()))
        self.missing.setText(cell.fixed)
        self.missing.setVisible(bool(cell.fixed))
        self._tell_history(line, cell.result)

    def _figure_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, self.said, self.about, self.state, self.missing):
            column.addWidget(part)
        column.addWidget(self.history, 1)
        column.addWidget(self.nothing, 1)
        return page

    @staticmethod
    def _total_said(line: ResultsRow) -> str:
        """How many of the periods that a total covers have no figure."""
        filled = [n for n, cell in enumerate(line.cells) if cell.number is not None]
        missing = filled[-1] + 1 - len(filled) if filled else 0
        if not missing:
            return ""
        periods = "one earlier period has" if missing == 1 else f"{missing} earlier periods have"
        return f"Without all of the year: {periods} no figure."

    def _tell_history(self, line: ResultsRow, result: str) -> None:
        self.history.clear()
        keys = [result] if result else []
        for step in self._signals.workspace.read_beside(history.steps_of_rows, keys):
            self.history.addItem(f"{clock.time_in_words(step.at)}  {step.author}\n{_capital(step.label)}")
        changes = self._signals.read(measured.restatements, line.indicator_key, line.area_key)
        for row in _of_line(changes, line):
            self.history.addItem(
                f"Restated {short_day(row.made_on)}, {row.author}\n{period_words(row.period_from, row.period_to)}: "
                f"{row.before} → {row.after or 'removed'}\n{row.reason}"
            )
        self.history.setVisible(self.history.count() > 0)
        self.nothing.setVisible(not self.history.count())


def _of_line(rows: Sequence[RestatementRow], line: ResultsRow) -> list[RestatementRow]:
    return [row for row in rows if row.population == line.population]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
