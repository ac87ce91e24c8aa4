"""The panel beside the performance plan: all of the indicator that is chosen, and its chart."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QListWidget, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.figures.target_chart import targets_chart
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.performance import Indicator
from spp_desktop.store import measured, queries
from spp_desktop.store.plain import IndicatorRow
from spp_desktop.ui.signals import PlanSignals
from spp_desktop.ui.tabs.performance_columns import RAISED

if TYPE_CHECKING:
    from spp_desktop.ui.chart_view import ChartView

STAR_NOTE = "* To be included in the Assessments of Policing and Community Safety as local priorities"
BETTER = {"lower": "Lower is better", "higher": "Higher is better", "neutral": "Neither way is better"}
CHOOSE = "Choose an indicator in the table to see all of it here."


class IndicatorPanel(QWidget):
    """Title, measure, notes, chart and history of one indicator."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._key = ""
        self._chart: ChartView | None = None
        self.setAccessibleName("Indicator")
        self.heading, self.details, self.notes = (QLabel(wordWrap=True) for _ in range(3))
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        for label in (self.heading, self.details, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.history = QListWidget()
        self.history.setWordWrap(True)
        self.history.setAccessibleName("History of this indicator")
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self._slot = QWidget()
        QVBoxLayout(self._slot).setContentsMargins(0, 0, 0, 0)
        self.pages.addTab(self._slot, "Chart")
        self.pages.addTab(self._about(), "About")
        self.pages.addTab(self.history, "History")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.pages, 1)
        self.show_indicator("")

    def show_indicator(self, key: str) -> None:
        """Show an indicator as it is now; "" shows none."""
        self._key = key
        found = self._signals.read(queries.indicators, key) if key else []
        self.pages.setVisible(bool(found))
        self.heading.setText(f"{found[0].ref}  {found[0].title}" if found else CHOOSE)
        if not found:
            return
        row = found[0]
        self.details.setText("\n".join(f"{name}: {value}" for name, value in self._said(row) if value))
        notes = self._signals.read(queries.notes_at, "indicator_id", key)
        said = [f"{str(note.number or '').translate(RAISED)} {note.text}".strip() for note in notes]
        self.notes.setText("\n\n".join([*said, *([STAR_NOTE] if row.local_priority else [])]))
        self._draw(row)
        self.history.clear()
        keys = {row.key, *(target.key for target in row.targets.values())}
        steps = {step.id: step for step, _ in self._signals.workspace.row_history(keys)}
        for revision in steps.values():
            self.history.addItem(f"{revision.at[:16].replace('T', ' ')}  {revision.author}\n{revision.label}")

    def reload(self) -> None:
        """Show the same indicator again."""
        self.show_indicator(self._key)

    def _about(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 8, 4, 8)
        column.addWidget(self.details)
        column.addSpacing(8)
        column.addWidget(self.notes)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        return scroll

    def _said(self, row: IndicatorRow) -> list[tuple[str, str]]:
        return [
            ("Group", " · ".join(filter(None, (row.group, row.subgroup)))),
            ("Unit", row.unit),
            ("Better", BETTER[row.polarity]),
            ("Population", row.population),
            ("Source", row.source),
            ("National indicator", self._national(row.key)),
            ("Local priority (APACS)", "yes" if row.local_priority else "no"),
        ]

    def _national(self, key: str) -> str:
        """The national indicator that this one answers to, and whether anybody read its words at the source."""
        indicator = next(row for row in self._signals.read(queries.register, Indicator) if row.id == key)
        items = self._signals.read(queries.register, FrameworkItem)
        item = next((item for item in items if item.id == indicator.framework_item_id), None)
        if item is None:
            return ""
        return f"{item.code} {item.title}" + ("" if item.verified else " (unverified)")

    def _draw(self, row: IndicatorRow) -> None:
        if self._chart is None:
            from spp_desktop.ui.chart_view import ChartView  # pyqtgraph, which takes long: with the first indicator

            self._chart = ChartView(self._slot)
            layout = self._slot.layout()
            assert layout is not None
            layout.addWidget(self._chart)
        plan = self._signals.read(queries.plan)
        results = self._signals.read(measured.results, row.key, measured.FORCE)
        self._chart.set_chart(targets_chart(row, results, years_of(plan), plan.illustrative))
