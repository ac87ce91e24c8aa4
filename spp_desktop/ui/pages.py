"""The tabs of the window and its pages. A page is one line of ``PAGES``; nothing else is wired by hand.

From that line come the page's place, its entry in the View menu, its keys, its name for Ctrl+K, how items are shown on
it, the name of its picture on the command line, and how it is left and found again. This module is read before
anything of a plan is loaded, so a page's own module is loaded only when the page is first shown. A register that has a
page says so in its own declaration, and is in no list here: see ``every_page``.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spp_desktop.plan.spoken import in_words_of_plan

if TYPE_CHECKING:
    from spp_desktop.plan.register import Page, Register
    from spp_desktop.ui.common.open_plan import OpenPlan
    from spp_desktop.ui.common.window_page import WindowPage
    from spp_desktop.ui.overview.kept_checks import KeptChecks


class PageLine(NamedTuple):
    """A page of the window.

    Attributes:
        name: its name in the program and for ``spp picture``.
        tab: the title of the tab that it is in.
        text: its title, with the key of its menu entry after "&".
        make: makes it for an open plan.
        shows: the kinds of items that are shown on it.
        year_of: gives the financial year of an item, if the page follows the year chosen at the corner; ``None`` if the
            plan has no such item.
        in_passed: whether it follows that year where years have passed, as what is not of one year alone does.
    """

    name: str
    tab: str
    text: str
    make: "Callable[[OpenPlan], WindowPage]"
    shows: tuple[str, ...] = ()
    year_of: "Callable[[OpenPlan, str], int | None] | None" = None
    in_passed: bool = False

    @property
    def title(self) -> str:
        """The title that a person reads."""
        return plain(self.text)


TABS = (
    "&Overview",
    "&Priorities",
    "Annual &delivery plan",
    "P&erformance plan",
    "&Appendices",
    "&Returns",
    "&History",
)
"""The tabs in the order of Ctrl+1 to Ctrl+7. A tab that has no page yet keeps its key and is not shown.

So the program calls them. A person reads what ``in_words_of_plan`` makes of that: "Outcomes" for "Priorities".
"""

FIRST_SHOWN = "delivery"
"""The page that is shown at first."""


def plain(text: str) -> str:
    """A title without the mark of its key."""
    return text.replace("&", "")


def shown_tab(tab: str, taken: Collection[str] = ()) -> str:
    """The title of a tab that a person reads, with the key of its menu entry after "&" if the program's has one.

    Where the plan has another word for it, its key is the first letter of that which none of ``taken`` has.
    """
    title = in_words_of_plan(plain(tab))
    if title == plain(tab):
        return tab
    label = title.replace("&", "&&")  # a plan's own word may hold one, which marks no key
    if "&" not in tab:
        return label
    keys = {text[text.index("&") + 1].lower() for text in taken if "&" in text}
    at = next((n for n, letter in enumerate(label) if letter.isalpha() and letter.lower() not in keys), None)
    return label if at is None else f"{label[:at]}&{label[at:]}"


def _kept_checks(plan: "OpenPlan") -> "KeptChecks":
    """What the checks find in a plan: one for all its pages."""
    from spp_desktop.ui.overview.kept_checks import KeptChecks

    known = [child for child in plan.children() if isinstance(child, KeptChecks)]
    return known[0] if known else KeptChecks(plan.signals, plan.jobs, plan)


def _overview(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.overview.overview_page import OverviewPage

    def show_row(name: str, key: str) -> None:
        """Show a row of a page that is no item of the plan: a step, a finding, a return."""
        plan.show_page(name)
        plan.page(name).select(key)

    page = OverviewPage(plan.signals, plan.jobs, _kept_checks(plan), plan.shown_year())
    plan.year_chosen.connect(page.set_year)
    page.went.connect(plan.go_to)
    page.turned.connect(show_row)
    return page


def _checks(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.overview.checks_page import ChecksPage

    shown = [kind for line in every_page() for kind in line.shows]
    page = ChecksPage(plan.signals, _kept_checks(plan), shown)
    page.went.connect(plan.go_to)
    page.asked.connect(plan.asked)
    return page


def _portfolio(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.overview.portfolio_page import PortfolioPage

    page = PortfolioPage(plan.signals)
    page.went.connect(plan.go_to)
    page.asked.connect(plan.asked)
    return page


def _priorities(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.priorities.page import PrioritiesPage

    page = PrioritiesPage(plan.signals)
    page.go_to_activity.connect(partial(plan.go_to, "activity"))
    page.went.connect(plan.go_to)
    return page


def _map(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.thread.map_page import MapPage

    page = MapPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _gaps(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.thread.gaps_page import GapsPage

    page = GapsPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _national(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.national.page import NationalPage

    page = NationalPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _asked(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.asked.page import AskedPage

    page = AskedPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _delivery(plan: "OpenPlan") -> "WindowPage":
    from PySide6.QtCore import QTimer

    from spp_desktop.ui.delivery.page import DeliveryPage
    from spp_desktop.ui.delivery.picture import DeliveryPicture

    def priority() -> str:
        """The priority that is chosen in the tree."""
        return plan.place_on("priorities").get("priority", "")

    page = DeliveryPage(plan.signals, plan.shown_year(), priority=priority)
    plan.year_chosen.connect(page.set_year)
    page.went.connect(plan.go_to)
    # The table first: the picture's library takes as long to load as all the rest.
    QTimer.singleShot(0, page, lambda: DeliveryPicture(page))
    return page


def _year_of_activity(plan: "OpenPlan", key: str) -> int | None:
    from spp_desktop.store import queries

    return next((row.year for row in plan.signals.read(queries.activities, None, key)), None)


def _performance(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.performance.page import PerformancePage

    page = PerformancePage(plan.signals, plan.shown_year())
    plan.year_chosen.connect(page.set_year)
    page.went.connect(plan.go_to)
    return page


def _results(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.plan.identity import years_kept, years_passed
    from spp_desktop.ui.results.page import ResultsPage

    def follow() -> None:
        """Have the corner show the year that was stepped to, once years have passed and it is offered there."""
        year = page.shown_year()
        if years_passed(plan.plan) and year in years_kept(plan.plan) and year != plan.shown_year():
            plan.turn_to_year(year)

    page = ResultsPage(plan.signals)
    if years_passed(plan.plan):
        page.set_year(plan.shown_year())
    plan.year_chosen.connect(page.set_year)
    page.choosers.changed.connect(follow)
    return page


def _charts(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.charts.page import ChartsPage

    def open_whole(indicator: str, area: str) -> None:
        """Show a chart large: that of an area on the Areas page, that of the force on the page of indicators."""
        if area:
            plan.go_to("chart of an area", f"{indicator} {area}")
        else:
            plan.go_to("indicator", indicator)

    page = ChartsPage(plan.signals, plan.shown_year())
    plan.year_chosen.connect(page.set_year)
    page.opened.connect(open_whole)
    page.asked.connect(partial(plan.show_page, "results"))
    return page


def _areas(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.areas.page import AreasPage

    page = AreasPage(plan.signals, plan.shown_year())
    plan.year_chosen.connect(page.set_year)
    page.asked.connect(partial(plan.go_to, "results"))
    return page


def _appendices(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.registers.overview import AppendicesPage

    page = AppendicesPage(plan.signals)
    page.asked.connect(lambda register: plan.show_page(page_of_register(register)))
    return page


def _target_register(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.performance.target_register_page import TargetRegisterPage

    page = TargetRegisterPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _returns(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.returned.page import ReturnsPage

    page = ReturnsPage(plan.signals)
    page.asked.connect(plan.asked)
    return page


def _calendar(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.submitted.page import CalendarPage

    return CalendarPage(plan.signals)


def _public(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.public.page import PublicPage

    page = PublicPage(plan.signals, [kind for line in every_page() for kind in line.shows])
    page.went.connect(plan.go_to)
    return page


def _history(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.history.page import HistoryPage

    page = HistoryPage(plan.signals)
    page.asked.connect(plan.see_then)
    return page


def _editions(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.editions.page import EditionsPage

    page = EditionsPage(plan.signals, plan.jobs, [kind for line in every_page() for kind in line.shows])
    page.went.connect(plan.go_to)
    page.asked.connect(plan.asked)
    page.went_then.connect(plan.see_then)
    return page


def _year_end(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.turning.year_end_page import YearEndPage

    def show_year(year: int) -> None:
        """Show the activities of the year that the plan has come to."""
        plan.turn_to_year(year)
        plan.show_page("delivery")

    page = YearEndPage(plan.signals)
    page.went.connect(plan.go_to)
    page.turned.connect(show_year)
    return page


def _from_to(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.turning.from_to_page import FromToPage

    page = FromToPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


def _restated(plan: "OpenPlan") -> "WindowPage":
    from spp_desktop.ui.editions.restated_page import RestatedPage

    page = RestatedPage(plan.signals)
    page.went.connect(plan.go_to)
    return page


PAGES: tuple[PageLine, ...] = (
    PageLine("overview", "Overview", "&Where we stand", _overview, year_of=_year_of_activity),
    PageLine("portfolio", "Overview", "My port&folio", _portfolio),
    PageLine("checks", "Overview", "&Checks", _checks),
    PageLine("priorities", "Priorities", "&Tree", _priorities, ("section", "priority", "theme", "commitment")),
    PageLine("map", "Priorities", "&Map", _map),
    PageLine("gaps", "Priorities", "&Gaps", _gaps),
    PageLine("national", "Priorities", "&National priorities", _national),
    PageLine("asked", "Priorities", "What the &law asks", _asked, ("asked",)),
    PageLine("delivery", "Annual delivery plan", "&Activities", _delivery, ("activity",), _year_of_activity),
    PageLine("year-end", "Annual delivery plan", "Year's &end", _year_end),
    PageLine("performance", "Performance plan", "&Indicators", _performance, ("indicator", "targets"), in_passed=True),
    PageLine("results", "Performance plan", "&Results", _results, ("results",), in_passed=True),
    PageLine("charts", "Performance plan", "&Charts", _charts, in_passed=True),
    PageLine("areas", "Performance plan", "&Areas", _areas, ("chart of an area",), in_passed=True),
    PageLine("target-register", "Performance plan", "Register of &targets", _target_register, ("target_version",)),
    PageLine("appendices", "Appendices", "&All appendices", _appendices),
    PageLine("returns", "Returns", "&Sent and received", _returns),
    PageLine("calendar", "Returns", "&Calendar", _calendar),
    PageLine("public", "Returns", "P&ublic", _public, ("disclosure",)),
    PageLine("history", "History", "&Steps", _history),
    PageLine("editions", "History", "&Editions", _editions, ("plan_version", "edition")),
    PageLine("restated", "History", "Restate&ments", _restated),
    PageLine("from-to", "History", "&From-to table", _from_to),
)
"""The pages that are no register's, in their order within each tab."""


def every_page() -> tuple[PageLine, ...]:
    """All pages: those of ``PAGES``, then those of registers. It loads the tables of a plan."""
    from spp_desktop.plan.registers import REGISTERS

    return (*PAGES, *(_of_register(register, register.page) for register in REGISTERS if register.page is not None))


def page_of_register(name: str) -> str:
    """The name of the page of a register that has one."""
    return next(page.name for page in every_page() if page.shows == (name,))


def _of_register(register: "Register", page: "Page") -> PageLine:
    """The page of a register, called by its title: "risks"."""
    yearly = register.yearly is not None

    def make(plan: "OpenPlan") -> "WindowPage":
        """The page of the register in an open plan."""
        from spp_desktop.ui.registers.page import RegisterPage

        shown = RegisterPage(plan.signals, register)
        if yearly:
            shown.set_year(plan.shown_year())
            plan.year_chosen.connect(shown.set_year)
        shown.went.connect(plan.go_to)
        return shown

    return PageLine(page.slug, page.tab, page.name, make, (register.name,), in_passed=yearly)
