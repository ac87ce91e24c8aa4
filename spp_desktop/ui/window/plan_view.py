"""One open plan: its tabs, the year they show, and what is to be said about the file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.identity import Plan, years_of
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.store import queries
from spp_desktop.store.measured import FORCE
from spp_desktop.ui.common.jobs import Jobs, ProgressStrip
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryTab
from spp_desktop.ui.delivery.picture import DeliveryPicture
from spp_desktop.ui.grid.table_tab import TableTab
from spp_desktop.ui.pages import TABS
from spp_desktop.ui.performance.page import PerformanceTab
from spp_desktop.ui.priorities.page import PrioritiesTab
from spp_desktop.ui.window import panes
from spp_desktop.ui.window.banner import Banner

if TYPE_CHECKING:
    from spp_desktop.ui.areas.page import AreasTab
    from spp_desktop.ui.results.page import ResultsTab


YEARLY = frozenset({"delivery"})
"""The tabs that show the year chosen at the corner."""


class Tab(Protocol):
    """What every tab can do."""

    def select(self, key: str) -> Any:
        """Bring a row to where the person is looking."""

    def focus_filter(self) -> Any:
        """Put the cursor into the filter box."""

    def panes(self) -> Sequence[QWidget]:
        """Its parts between which one goes by a key, the one for working in first."""

    def save_state(self) -> dict[str, Any]:
        """How the tab is left: columns, splitters, selection."""

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as it was left."""

    def actions(self) -> list[QAction]:
        """What can be done in the tab, for the Edit menu."""

    def summary(self) -> str:
        """A few words for the status bar."""


class PlanView(QWidget):
    """The tabs of one plan, and the worker for what takes long.

    Signals:
        shown: another tab, or what a tab says of itself, is to be seen.
        asked: a tab asks for a command of the window, and says what it is about, or "".
    """

    shown = Signal()
    asked = Signal(str, str)

    def __init__(self, signals: PlanSignals, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signals = signals
        self.jobs = Jobs(self)
        self.progress = ProgressStrip(self.jobs, self)
        self._memory = memory
        self.banner = Banner()
        self.year = QComboBox()
        self.year.setAccessibleName("Financial year of the delivery plan")
        self.illustrative = QLabel()
        self.illustrative.setObjectName("illustrative")
        self.illustrative.setContentsMargins(8, 0, 8, 0)
        bold = self.illustrative.font()
        bold.setBold(True)
        self.illustrative.setFont(bold)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.plan = signals.read(queries.plan)
        self._fill_years(self.plan)
        self._made: dict[str, QWidget] = {}
        self._slots: dict[str, QVBoxLayout] = {}
        for name, title in TABS:
            slot = QWidget()
            self._slots[name] = QVBoxLayout(slot)
            self._slots[name].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(slot, title)
        self._lay_out(self.plan)
        self._connect()
        self.show_page(str(memory.tab_state("page").get("tab", "delivery")))

    def _lay_out(self, plan: Plan) -> None:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self.illustrative)
        self._of_year = QLabel("Year")
        row.addWidget(self._of_year)
        row.addWidget(self.year)
        self.tabs.setCornerWidget(corner)
        self._say_illustrative(plan)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.banner)
        page.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._year_chosen)
        self.tabs.currentChanged.connect(self._tab_shown)
        self.signals.refused.connect(self.banner.say)
        self.signals.changed.connect(self._plan_changed)

    def page(self, name: str) -> Tab:
        """A tab by the name the program has for it, made when it is first asked for."""
        if name not in self._made:
            made = self._make(name)
            self._slots[name].addWidget(made)
            self._made[name] = made
            cast("Tab", made).restore_state(self._memory.tab_state(name))
            if isinstance(made, TableTab):
                # The page hears of a change before the tab: what a tab says of itself is true once it has read it.
                made.model.arranged.connect(self.shown)
        return cast("Tab", self._made[name])

    def _make(self, name: str) -> QWidget:
        """Make a tab; what has no part in the first picture of the window is loaded with it."""
        makers: dict[str, Callable[[], QWidget]] = {
            "priorities": self._priorities,
            "performance": lambda: PerformanceTab(self.signals),
            "results": self._results,
            "charts": self._charts,
            "areas": self._areas,
            "returns": self._returns,
        }
        return makers.get(name, self._delivery)()

    def _priorities(self) -> QWidget:
        tab = PrioritiesTab(self.signals)
        tab.go_to_activity.connect(self.go_to_activity)
        return tab

    def _delivery(self) -> QWidget:
        today = self.plan.today()
        delivery = DeliveryTab(self.signals, int(self.year.currentData()), today)
        # The table first: the picture's library takes as long to load as all the rest.
        QTimer.singleShot(0, delivery, lambda: DeliveryPicture(delivery, today))
        return delivery

    def _results(self) -> QWidget:
        from spp_desktop.ui.results.page import ResultsTab

        return ResultsTab(self.signals)

    def _charts(self) -> QWidget:
        from spp_desktop.ui.charts.page import ChartsTab

        charts = ChartsTab(self.signals)
        charts.opened.connect(self._open_chart)
        charts.asked.connect(lambda: self.show_page("results"))
        return charts

    def _areas(self) -> QWidget:
        from spp_desktop.ui.areas.page import AreasTab

        areas = AreasTab(self.signals)
        areas.asked.connect(self._enter_results)
        areas.told.connect(self.shown)
        return areas

    def _returns(self) -> QWidget:
        # What reads and writes workbooks takes long to load: with the first look at them.
        from spp_desktop.ui.returned.page import ReturnsTab

        returns = ReturnsTab(self.signals)
        returns.asked.connect(self.asked)
        returns.told.connect(self.shown)
        return returns

    def current(self) -> str:
        """The name of the tab that is shown."""
        return TABS[self.tabs.currentIndex()][0]

    def show_page(self, name: str) -> None:
        """Bring a tab to the front, with the keys going where one works in it."""
        tab = cast("QWidget", self.page(name))
        self.tabs.setCurrentIndex([known for known, _ in TABS].index(name))
        tab.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self) -> None:
        """Go to the next pane of the tab that is shown."""
        panes.step(self.page(self.current()).panes())

    def _tab_shown(self) -> None:
        tab = cast("QWidget", self.page(self.current()))
        if not self.tabs.tabBar().hasFocus():
            tab.setFocus(Qt.FocusReason.ShortcutFocusReason)
        for part in (self._of_year, self.year):
            part.setVisible(self.current() in YEARLY)
        self.shown.emit()

    def _open_chart(self, indicator: str, area: str) -> None:
        """Show the chart of an indicator whole, of the force or of an area."""
        if not area:
            self.go_to("indicator", indicator)
            return
        self.show_page("areas")
        areas = cast("AreasTab", self.page("areas"))
        if areas.select(indicator) and areas.select(area):
            areas.show_chart()

    def _enter_results(self, indicator: str) -> None:
        """Show the results of an indicator in all areas, where they are typed."""
        self.show_page("results")
        cast("ResultsTab", self.page("results")).choosers.show_only((indicator, FORCE))

    def go_to(self, kind: str, key: str) -> None:
        """Show an item of the plan: an activity, an indicator, or a row of the tree of priorities."""
        if kind == "activity":
            self.go_to_activity(key)
            return
        name = "performance" if kind == "indicator" else "priorities"
        self.show_page(name)
        self.page(name).select(key)

    def go_to_activity(self, key: str) -> None:
        """Show an activity in the delivery plan."""
        found = self.signals.read(queries.activities, None, key)
        if found:
            self.year.setCurrentIndex(max(self.year.findData(found[0].year), 0))
            self.show_page("delivery")
            self.page("delivery").select(key)

    def commit_pending(self) -> bool:
        """Finish what is being typed in any editor, so that it is kept; gives whether all of it is."""
        kept = [_committed(widget) for widget in self._made.values()]
        return all(kept)

    def stop(self) -> None:
        """Let go of the plan: what runs is stopped, and nothing is heard or read any more."""
        self.jobs.stop()
        self.signals.stop()

    def remember(self) -> None:
        """Keep how the tabs are left."""
        for name, tab in self._made.items():
            self._memory.keep_tab_state(name, cast("Tab", tab).save_state())
        self._memory.keep_tab_state("page", {"tab": self.current(), "year": self.year.currentData()})

    def _fill_years(self, plan: Plan) -> None:
        chosen = self.year.currentData() or self._memory.tab_state("page").get("year") or year_of(plan.today())
        self.year.blockSignals(True)
        self.year.clear()
        for year in years_of(plan):
            self.year.addItem(year_name(year), year)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0))
        self.year.blockSignals(False)

    def _year_chosen(self) -> None:
        if "delivery" in self._made:
            cast("DeliveryTab", self._made["delivery"]).set_year(int(self.year.currentData()))
        self.shown.emit()

    def _plan_changed(self, changed: Any) -> None:
        if not changed.rows or "plan" in changed.rows:
            self.plan = self.signals.read(queries.plan)
            self._fill_years(self.plan)
            self._say_illustrative(self.plan)
        self.shown.emit()

    def _say_illustrative(self, plan: Plan) -> None:
        self.illustrative.setText("Illustrative" if plan.illustrative else "")
        self.illustrative.setToolTip(plan.illustrative)
        self.illustrative.setVisible(bool(plan.illustrative))


def _committed(tab: QWidget) -> bool:
    """Have a tab finish what is being typed; cells whose text was refused still hold it."""
    commit = getattr(tab, "commit_pending", lambda: True)
    return commit() is not False and not getattr(getattr(tab, "model", None), "pending", None)
