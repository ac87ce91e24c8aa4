"""The page of the wall of charts: all indicators of the force by group, or one indicator in every area."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.identity import day_in, goes_on
from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.judged import Scope, judged
from spp_desktop.ui.charts.wall_drawing import PAD, WallSection
from spp_desktop.ui.charts.wall_view import WallView
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.window_page import WindowPage

ALL = "All indicators"
NOTHING = (
    "No results yet. This wall shows a small chart of every indicator, with its colour against the target and what its "
    "control chart says of it. Type results on the Results page, or take in a monthly results return."
)
TABLES = frozenset(
    {
        *("plan", "indicator", "indicator_group", "target", "result", "area", "definition_version"),
        *("rebase", "annotation", "override", "judgement_rule", "peer_force", "peer_rate"),
    }
)
"""The tables that charts are made from."""


class ChartsPage(WindowPage):
    """The page of a plan's charts.

    Signals:
        opened: the keys of the indicator and the area ("" for the force) whose chart is to be shown large.
        asked: results are to be entered.
    """

    opened = Signal(str, str)
    asked = Signal()

    def __init__(self, signals: PlanSignals, year: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signals = signals
        self._year = year
        self._stale = True
        self.chooser, self.wall, self.view = QComboBox(), WallView(), QScrollArea()
        self.chooser.setAccessibleName("Which charts")
        self.chooser.setMaximumWidth(520)
        self.view.setWidget(self.wall)
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.enter = QPushButton("&Enter results")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self._empty_page())
        label = QLabel("&Show")
        label.setBuddy(self.chooser)
        bar = QHBoxLayout()
        bar.addWidget(label)
        bar.addWidget(self.chooser)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)
        self.chooser.currentIndexChanged.connect(self._fill)
        self.wall.moved.connect(self._show_cell)
        self.wall.opened.connect(self.opened)
        self.enter.clicked.connect(self.asked)
        signals.changed.connect(self._plan_changed)
        signals.portfolio.turned.connect(lambda: self._plan_changed(Changed("", "beside")))

    def _empty_page(self) -> QWidget:
        page = QWidget()
        self.nothing = QLabel(NOTHING, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setFixedWidth(560)
        box = QVBoxLayout(page)
        box.addStretch(1)
        box.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)
        box.addSpacing(8)
        box.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        return page

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self._stale = False
        chosen = self.chooser.currentData()
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItem(ALL, "")
        for row in self._indicators():
            self.chooser.addItem(f"{row.ref}  {row.title}", row.key)
        self.chooser.setCurrentIndex(max(self.chooser.findData(chosen or ""), 0))
        self.chooser.blockSignals(False)
        self._fill()

    def set_year(self, year: int) -> None:
        """Show how it stood in a year: in one that has passed, at its end."""
        if year != self._year:
            self._year = year
            self._plan_changed(Changed("", "beside"))

    def select(self, key: str) -> bool:
        """Go to the chart of an indicator. Returns whether it has one."""
        if self._stale:
            self.refresh()
        if self.chooser.currentData() not in {"", key}:
            self.chooser.setCurrentIndex(0)
        return self.wall.select(key)

    def first_row(self) -> str:
        """The key of the plan's first indicator."""
        return next((row.key for row in self._indicators()), "")

    def focus_filter(self) -> None:
        """Put the keyboard into the list that chooses the charts."""
        self.chooser.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """The wall, and the list that chooses its charts."""
        return self.pages, self.chooser

    def row_keys(self) -> Sequence[str]:
        """The indicator of the chart that the person is at, and its area."""
        cell = self.wall.current()
        return tuple(filter(None, (cell.chart.key, cell.chart.area_key))) if cell else ()

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        cell = self.wall.current()
        return {"shown": self.chooser.currentData() or "", "at": [cell.chart.key, cell.chart.area_key] if cell else []}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        self.refresh()
        self.chooser.setCurrentIndex(max(self.chooser.findData(state.get("shown", "")), 0))
        if len(state.get("at", ())) == 2:  # noqa: PLR2004 - an indicator and an area
            self.wall.select(*state["at"])

    def actions(self) -> list[QAction]:
        """The page's actions, for the Edit menu."""
        return self.wall.actions_here()

    def summary(self) -> str:
        """The number of charts, for the status bar."""
        number = len(self.wall.cells)
        return f"{number} {'chart' if number == 1 else 'charts'}"

    # How it is done

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what changed while something else was shown."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or TABLES & changed.rows.keys():
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _indicators(self) -> list[IndicatorRow]:
        """The indicators of the plan, or of the portfolio that the window is confined to."""
        rows = [row for row in self.signals.read(queries.indicators) if self.signals.portfolio.holds((row.key,))]
        return rows if self._year is None else [row for row in rows if goes_on(row.last_year, self._year)]

    def _fill(self) -> None:
        plan, key = self.signals.read(queries.plan), self.chooser.currentData()
        scope = Scope(indicator=key, area=None) if key else Scope()
        day = plan.today() if self._year is None else day_in(plan, self._year)
        known = self.signals.read(judged, day, scope)
        judgements = [each for each in known if self.signals.portfolio.holds((each.series.indicator.key,))]
        sections = [
            _section(key, list(judged_together), plan.illustrative)
            for key, judged_together in groupby(judgements, _group)
        ]
        if key:
            sections = [WallSection("", sections[0].charts, by_area=True)]
        drawn = any(not chart.empty for section in sections for chart in section.charts)
        name = judgements[0].series.indicator.title if key and judgements else ALL
        where = f", {plan.force}" if plan.force else ""
        made_up = " (illustrative results)" if plan.illustrative and drawn else ""
        self.wall.set_sections(f"{name}{where}{made_up}", sections)
        self.pages.setCurrentIndex(0 if drawn else 1)
        of = self.signals.portfolio.shown
        others = of is not None and bool(known) and not judgements
        self.nothing.setText(f"None of these indicators is {of.title}'s." if of is not None and others else NOTHING)
        self.enter.setHidden(others)
        self.setFocusProxy(self.wall if drawn else self.enter)
        for action in self.wall.actions_here():
            action.setEnabled(drawn)

    def _show_cell(self, box: QRect) -> None:
        self.view.ensureVisible(box.center().x(), box.center().y(), 0, box.height() // 2 + 2 * PAD)


def _group(judgement: Judged) -> str:
    return judgement.series.indicator.group


def _section(title: str, judgements: list[Judged], illustrative: str) -> WallSection:
    return WallSection(title, tuple(series_chart(judgement, illustrative) for judgement in judgements))
