"""One open plan on screen: its tabs with their pages, the year they show, and the notices about the file."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.identity import Plan, nearest_year, years_kept, years_passed
from spp_desktop.plan.periods import year_name
from spp_desktop.store import queries, step_places
from spp_desktop.store.markings import marked_tables, markings
from spp_desktop.store.moments import Moment
from spp_desktop.ui.common import panes
from spp_desktop.ui.common.jobs import ProgressStrip
from spp_desktop.ui.common.memory import LeftState, Memory, take_up
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.history.past_strip import PastStrip
from spp_desktop.ui.pages import FIRST_SHOWN, PageLine, every_page
from spp_desktop.ui.window import past
from spp_desktop.ui.window.banner import Banner
from spp_desktop.ui.window.closed_strip import ClosedStrip
from spp_desktop.ui.window.page_row import TabPages, add_tabs
from spp_desktop.ui.window.portfolio_choice import LEFT, PortfolioStrip

_BEARING = marked_tables() | {"plan", "marking"}
"""The tables a change of which may change the highest marking of the plan."""

HISTORY = "history"
"""The page on which every step shows."""


class PlanView(OpenPlan):
    """The tabs of one plan. A page is made when it is first shown or asked for.

    Signals:
        shown: another page is shown, or its summary has changed.
    """

    shown = Signal()

    def __init__(self, signals: PlanSignals, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.progress = ProgressStrip(self.jobs, self)
        self._memory = PlanMemory(memory, self.plan.id)
        self.banner = Banner()
        self.portfolio = PortfolioStrip(signals.portfolio.leave)
        self.past = PastStrip(signals.workspace)
        self.closed = ClosedStrip(signals, self._reopen)
        self.year = QComboBox()
        self.year.setAccessibleName("Financial year that is shown")
        self.illustrative = QLabel()
        self.illustrative.setObjectName("illustrative")
        self.illustrative.setContentsMargins(8, 0, 8, 0)
        bold = self.illustrative.font()
        bold.setBold(True)
        self.illustrative.setFont(bold)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._fill_years(self.plan)
        self._lines: dict[str, PageLine] = {page.name: page for page in every_page()}
        self._showing = {kind: line for line in self._lines.values() for kind in line.shows}
        self._of_step = ""
        self._made: dict[str, WindowPage] = {}
        self._tabs = add_tabs(self.tabs, list(self._lines.values()))
        self._lay_out(self.plan)
        self._restore()
        self._connect()
        self._show_year()

    def _lay_out(self, plan: Plan) -> None:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(8, 2, 8, 2)
        self.illustrative.setMinimumHeight(self.year.sizeHint().height())  # in line with the tabs when the year goes
        row.addWidget(self.illustrative)
        self._of_year = QLabel("Year")
        row.addWidget(self._of_year)
        row.addWidget(self.year)
        self.tabs.setCornerWidget(corner)
        self._say_illustrative(plan)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.past)
        page.addWidget(self.banner)
        page.addWidget(self.portfolio)
        page.addWidget(self.closed)
        page.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        past.fill_strip(self.past, self.signals, self.asked.emit)
        self.year.currentIndexChanged.connect(self._year_chosen)
        self.tabs.currentChanged.connect(self._page_shown)
        for pages in self._tabs.values():
            pages.turned.connect(self._page_shown)
        self.signals.refused.connect(self.banner.say)
        self.signals.portfolio.turned.connect(self._portfolio_turned)
        self.signals.portfolio.counted.connect(self._say_portfolio)
        self.signals.changed.connect(self._plan_changed)

    # What pages and jobs ask

    def shown_year(self) -> int:
        """The first calendar year of the financial year that is chosen at the corner."""
        return int(self.year.currentData())

    def choose_year(self) -> None:
        """Go to the year at the corner: the arrow keys choose another."""
        if self.year.isVisible():
            self.year.setFocus()

    def turn_to_year(self, year: int) -> None:
        """Choose a year at the corner, by its first calendar year, if it is offered there."""
        self.year.setCurrentIndex(max(self.year.findData(year), 0))

    def say(self, sentence: str, choices: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence above the tabs, with a button for each choice."""
        self.banner.say(sentence, choices)

    def say_of_step(self, sentence: str, choices: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show above the tabs what the latest step did, as ``say``; it goes when the step is undone."""
        self._of_step = sentence
        self.banner.say(sentence, choices)

    def page(self, name: str) -> WindowPage:
        """A page by its name in the program. It is made when it is first asked for."""
        if name not in self._made:
            line = self._lines[name]
            made = self._made[name] = line.make(self)
            self._tabs[line.tab].put(name, made)
            take_up(self._memory.page_state(name), made.restore_state)
            # The view hears of a change before the page: what a page says of itself is true once it has read it.
            made.summary_changed.connect(self.shown)
            made.page_wanted.connect(self.show_page)
        return self._made[name]

    def place_on(self, name: str) -> Mapping[str, str]:
        """The items the person is in on a page, by kind; none while the page has not been shown."""
        return self._made[name].place() if name in self._made else {}

    def current(self) -> str:
        """The name of the page that is shown."""
        return self._shown_tab().current()

    def show_page(self, name: str) -> None:
        """Bring a page to the front, with the keyboard in the part where people work."""
        page = self.page(name)
        pages = self._tabs[self._lines[name].tab]
        pages.show_page(name)
        self.tabs.setCurrentWidget(pages)
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_tab(self, title: str) -> None:
        """Bring a tab to the front, at the page of it that was shown last."""
        self.show_page(self._tabs[title].current())

    def step_page(self, by: int) -> None:
        """Show the next page of the tab (1), or the one before (-1)."""
        self._shown_tab().step(by)

    def next_pane(self) -> None:
        """Go to the next pane of the page that is shown."""
        panes.step(self.page(self.current()).panes())

    def go_to(self, kind: str, key: str) -> None:
        """Show an item of the plan on the page that shows its kind, in the item's own year."""
        line = self._showing[kind]
        if line.year_of is not None:
            year = line.year_of(self, key)
            if year is None:
                return
            self.turn_to_year(year)
        self.show_page(line.name)
        of = self.signals.portfolio.shown
        if not self.page(line.name).show_item(kind, key) and of is not None:
            self.signals.portfolio.leave()
            if self.page(line.name).show_item(kind, key):
                self.say(f"The whole plan is shown again: this is not in the portfolio of {of.title}.")

    def go_to_step(self, revision: int) -> None:
        """Show what a step of the history changed; on the page of the history, where every step shows, stay."""
        place = self.signals.workspace.read_beside(step_places.place_of, revision, self._showing.keys())
        if place is None or self.current() == HISTORY:
            return
        self.go_to(place.kind, place.key)
        line = self._showing[place.kind]
        if self.current() != line.name:
            self.show_page(line.name)  # what was added is gone: where it stood
        elif place.field:
            self.page(line.name).show_cell(place.field)

    def see_then(self, moment: Moment) -> None:
        """Have the window show the whole plan as it stood at a moment."""
        self.asked.emit(partial(past.see, moment=moment))

    def has_refusal(self) -> bool:
        """Whether something was typed on the page that is shown, and refused."""
        return self.page(self.current()).has_refusal()

    def take_back(self) -> bool:
        """Give up the latest of what was typed on the page that is shown and refused. Returns whether there was any."""
        return self.page(self.current()).take_back()

    def forget_refusals(self) -> None:
        """Say no longer why something was refused: a step has been undone since, and nothing typed waits."""
        self.page(self.current()).forget_refusals()

    def commit_pending(self) -> bool:
        """Keep what is being typed in any editor. Returns whether the plan now has all of it."""
        kept = [_kept(page) for page in self._made.values()]
        return all(kept)

    def left(self, name: str) -> Mapping[str, Any]:
        """How something of this plan was left, such as a dialog, by its name; nothing where it never was."""
        return self._memory.page_state(name)

    def leave(self, name: str, state: Mapping[str, Any]) -> None:
        """Remember on this computer how something of this plan is left."""
        self._memory.keep_page_state(name, dict(state))

    # What the window asks

    def stop(self) -> None:
        """Let go of the plan: stop the jobs, and no longer listen to it or read it."""
        self.jobs.stop()
        self.signals.stop()

    def remember(self) -> None:
        """Remember which pages are shown, and how each is left."""
        for name, page in self._made.items():
            self._memory.keep_page_state(name, page.save_state())
        shown = {title: pages.current() for title, pages in self._tabs.items()}
        self._memory.keep_page_state("page", {"tab": self.current(), "pages": shown, "year": self.year.currentData()})

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page that is shown, now that its size is known."""
        super().showEvent(event)
        self.page(self.current())

    # How it is done

    def _restore(self) -> None:
        """Show the pages that were shown before, as far as they still exist, in the portfolio they were left in."""
        take_up(self._memory.page_state(LEFT), self._take_up_portfolio)
        self._show_tab_of(FIRST_SHOWN)
        take_up(self._memory.page_state("page"), self._take_up_pages)

    def _take_up_pages(self, state: LeftState) -> None:
        for title, name in state.get("pages", {}).items():
            if title in self._tabs:
                self._tabs[title].show_page(name)
        self._show_tab_of(state["tab"])

    def _take_up_portfolio(self, state: LeftState) -> None:
        if state.get("on"):
            self.signals.portfolio.choose(str(state["post"]))
        self._say_portfolio()

    def _portfolio_turned(self) -> None:
        """Say whose rows are shown now, and remember it."""
        of = self.signals.portfolio.shown
        before = str(self.left(LEFT).get("post", ""))
        self.leave(LEFT, {"post": before if of is None else of.post, "on": of is not None})
        self._say_portfolio()
        self.shown.emit()

    def _say_portfolio(self) -> None:
        self.portfolio.show_portfolio(self.signals.portfolio.shown)

    def _show_tab_of(self, page: str) -> None:
        """Show a page, if the program has it, and its tab."""
        line = self._lines[page]
        self._tabs[line.tab].show_page(page)
        self.tabs.setCurrentWidget(self._tabs[line.tab])

    def _shown_tab(self) -> TabPages:
        pages = self.tabs.currentWidget()
        assert isinstance(pages, TabPages)
        return pages

    def _page_shown(self) -> None:
        page = self.page(self.current())
        if not (self.tabs.tabBar().hasFocus() or self._shown_tab().row.hasFocus()):
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_year()
        self.shown.emit()

    def _show_year(self) -> None:
        """Show the choice of the year if the page follows it; where years have passed, more pages do."""
        line = self._lines[self.current()]
        follows = line.year_of is not None or (line.in_passed and bool(years_passed(self.plan)))
        for part in (self._of_year, self.year):
            part.setVisible(follows)
        self.closed.show_year(self.shown_year() if follows else None)

    def _reopen(self, year: int) -> None:
        """Ask why a closed year is reopened."""
        from spp_desktop.ui.monitoring.closing_years import ask_to_reopen  # late: few sittings need it

        ask_to_reopen(self.signals, year, self.window())

    def _fill_years(self, plan: Plan) -> None:
        """Offer all years kept, and those outside them that hold activities; the chosen one stays if it can."""
        chosen = self.year.currentData() or self._memory.page_state("page").get("year")
        chosen = chosen if isinstance(chosen, int) else None
        years = years_kept(plan)
        outside = self.signals.read(queries.years_outside, Activity)
        self.year.blockSignals(True)
        self.year.clear()
        for year in sorted([*years, *outside]):
            self.year.addItem(year_name(year) if year in years else f"{year_name(year)}, outside the plan", year)
        at = self.year.findData(chosen)
        usual = nearest_year(plan, int(chosen)) if chosen else self.signals.read(queries.usual_year)
        self.year.setCurrentIndex(at if at >= 0 else self.year.findData(usual))
        self.year.blockSignals(False)

    def _year_chosen(self) -> None:
        self._show_year()
        self.year_chosen.emit(self.shown_year())
        self.shown.emit()

    def _plan_changed(self, changed: Changed) -> None:
        if "closed_year" in changed.rows:
            self._show_year()
        if not changed.rows or {"plan", "activity"} & changed.rows.keys():
            self.plan = self.signals.read(queries.plan)
            shown = self.shown_year()
            self._fill_years(self.plan)
            self._say_illustrative(self.plan)
            self._show_year()
            if self.shown_year() != shown:
                self.year_chosen.emit(self.shown_year())
        if not changed.rows or _BEARING & changed.rows.keys():
            self.marking = self.signals.read(markings).highest()
        if changed.kind == "undo" and self._of_step and self.banner.sentence() == self._of_step:
            self._of_step = ""
            self.banner.say("")
        self.shown.emit()

    def _say_illustrative(self, plan: Plan) -> None:
        self.illustrative.setText("Illustrative" if plan.illustrative else "")
        self.illustrative.setToolTip(plan.illustrative)
        self.illustrative.setVisible(bool(plan.illustrative))


def _kept(page: WindowPage) -> bool:
    """Whether the plan has all that was typed on a page; a page that fails keeps no other from being asked."""
    try:
        return page.commit_pending()
    except Exception:  # noqa: BLE001 - whatever it is, the plan can still be closed
        sys.excepthook(*sys.exc_info())
        return False
