"""The menus of the window, as data: the words of each command, its keys, and the function that does it.

What a command needs is loaded when it is first done, so that the window is on the screen before.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from spp_desktop.plan.periods import year_name
from spp_desktop.ui.common.memory import Brightness
from spp_desktop.ui.common.plan_window import Job, PlanWindow
from spp_desktop.ui.pages import plain
from spp_desktop.ui.window import plan_jobs, printing

if TYPE_CHECKING:
    from spp_desktop.ui.common.open_plan import OpenPlan


class Command(NamedTuple):
    """One entry of a menu.

    Attributes:
        name: what the program calls it.
        text: its words, with the key of its entry after "&".
        does: the function that does it, called with the window.
        keys: the keys that do it.
        plan: whether it needs an open plan.
        checkable: whether it is on or off.
    """

    name: str
    text: str
    does: Job
    keys: str = ""
    plan: bool = True
    checkable: bool = False


def in_plan(does: "Callable[[OpenPlan], object]") -> Job:
    """A command that is done in the open plan, and does nothing if none is open."""
    return lambda window: does(window.plan_view) if window.plan_view is not None else None


def looks(look: Brightness) -> Job:
    """A command that gives the whole program a look."""
    return lambda window: window.wear(look)


def _in_past(name: str) -> Job:
    """A command on the plan's history."""

    def do(window: PlanWindow) -> None:
        """Do it, with what it needs loaded now."""
        from spp_desktop.ui.window import past

        getattr(past, name)(window)

    return do


def _find_before(window: PlanWindow) -> None:
    if window.plan_view is not None:
        window.plan_view.page(window.plan_view.current()).find_next(back=True)


def _issue_returns(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.issue_returns(window)


def _issue_another(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.issue_another(window)


def _issue_results(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.issue_results(window)


def _receive_returns(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.receive_returns(window)


def _chase_returns(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.chase_returns(window)


def _import_results(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.import_results(window)


def _import_plan(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.import_plan(window)


def _merge_copy(window: PlanWindow) -> None:
    from spp_desktop.ui.merging import jobs

    jobs.merge_copy(window)


def _share(window: PlanWindow) -> None:
    if window.plan_view is not None:
        from spp_desktop.ui.sharing.share_dialog import ShareDialog

        dialog = ShareDialog(window.plan_view, window)
        dialog.told.connect(lambda: window.say_below(""))
        dialog.exec()


def _fill_form(window: PlanWindow) -> None:
    from spp_desktop.ui.forms import jobs

    jobs.fill_form(window)


def _read_form(window: PlanWindow) -> None:
    from spp_desktop.ui.forms import jobs

    jobs.read_form(window)


def _save_calendar(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import save_calendar

    save_calendar.save_calendar(window)


def _publish(window: PlanWindow) -> None:
    from spp_desktop.ui.documents import publish_dialog

    publish_dialog.publish(window)


def _public_edition(window: PlanWindow) -> None:
    from spp_desktop.ui.documents import edition_dialog

    edition_dialog.public_edition(window)


def _move_on(window: PlanWindow) -> None:
    from spp_desktop.ui.editions import jobs

    jobs.move_on(window)


def _issue_edition(window: PlanWindow) -> None:
    from spp_desktop.ui.editions import jobs

    jobs.issue_edition(window)


def _publish_tables(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import publish_tables

    publish_tables.publish_tables(window)


def _export_delivery(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.export_delivery(window)


def _export_project(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.export_project(window)


def _export_performance(window: PlanWindow) -> None:
    from spp_desktop.ui.returned import jobs

    jobs.export_performance(window)


def _show_periods(window: PlanWindow) -> None:
    if window.plan_view is not None:
        from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog

        PeriodsDialog(window.plan_view.signals, window).open()


def _hand_over(window: PlanWindow) -> None:
    if window.plan_view is not None:
        from spp_desktop.ui.monitoring.hand_over_dialog import HandOverDialog

        HandOverDialog(window.plan_view.signals, window).open()


def _turn_portfolio(plan: "OpenPlan") -> None:
    from spp_desktop.ui.window import portfolio_choice

    portfolio_choice.turn(plan)


def _show_keys(window: PlanWindow) -> None:
    """Show the keys of the page that is shown, among all others."""
    from spp_desktop.ui.window.help_places import keys_place

    window.show_help(keys_place(window))


LINE = Command("", "-", lambda _: None)

ROLL_OVER = "Roll o&ver…"
"""The entry that begins the end of a year; while a plan is open it names the year that follows."""

EDIT = "&Edit"
"""The menu that ends with the commands of the page."""
VIEW = "&View"
"""The menu that begins with the tabs and pages."""

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("&File", (
        Command("new_plan", "&New plan…", plan_jobs.new_plan, "Ctrl+N", plan=False),
        Command("open_a_plan", "&Open…", plan_jobs.open_a_plan, "Ctrl+O", plan=False),
        Command("open_published", "Open the &published sample", plan_jobs.open_published, plan=False),
        Command("open_worked", "Open the &worked sample", plan_jobs.open_worked, plan=False),
        LINE,
        Command("say_kept", "&Save: all is kept as you work", plan_jobs.say_kept, "Ctrl+S"),
        Command("save_a_copy", "Save a &copy…", plan_jobs.save_a_copy, "Ctrl+Shift+S"),
        Command("show_earlier_versions", "&Earlier versions…", plan_jobs.show_earlier_versions),
        LINE,
        Command("print_page", "P&rint…", printing.print_page, printing.KEYS),
        Command("save_as_pdf", "Save as P&DF…", printing.save_as_pdf),
        Command("save_calendar", "Save calend&ar…", _save_calendar),
        Command("publish", "Pu&blish…", _publish),
        Command("public_edition", "P&ublic edition…", _public_edition),
        Command("publish_tables", "Publis&h tables…", _publish_tables),
        LINE,
        Command("close_plan", "C&lose plan", lambda window: window.close_plan(), "Ctrl+W"),
        Command("close", "&Quit", lambda window: window.close(), "Ctrl+Q", plan=False),
    )),
    (EDIT, (
        Command("undo", "&Undo", lambda window: window.undo(), "Ctrl+Z"),
        Command("redo", "&Redo", lambda window: window.redo(), "Ctrl+Y"),
        LINE,
        Command("filter_rows", "&Filter", in_plan(lambda view: view.page(view.current()).focus_filter()), "Ctrl+F"),
        Command("find_next", "Find &next", in_plan(lambda view: view.page(view.current()).find_next()), "F3"),
        Command("find_before", "Find the one &before", _find_before, "Shift+F3"),
        Command("replace", "R&eplace…", in_plan(lambda view: view.page(view.current()).replace()), "Ctrl+H"),
        Command("find_anything", "Find any&thing…", plan_jobs.find_anything, "Ctrl+K"),
    )),
    (VIEW, (
        LINE,
        Command("next_page", "Ne&xt page", in_plan(lambda view: view.step_page(1)), "Ctrl+PgDown"),
        Command("previous_page", "Pre&vious page", in_plan(lambda view: view.step_page(-1)), "Ctrl+PgUp"),
        Command("next_pane", "Next pa&ne", in_plan(lambda view: view.next_pane()), "F6"),
        Command("choose_year", "Another &year", in_plan(lambda view: view.choose_year()), "Ctrl+G"),
        LINE,
        Command("look_system", "Colours as the &system has them", looks("system"), plan=False, checkable=True),
        Command("look_light", "Dark on &light", looks("light"), plan=False, checkable=True),
        Command("look_dark", "Light on dar&k", looks("dark"), plan=False, checkable=True),
    )),
    ("&Plan", (
        Command("show_registers", "&Lists…", plan_jobs.show_registers, "Ctrl+L"),
        Command("show_history", "&History", in_plan(lambda view: view.show_page("history")), "Ctrl+Shift+H"),
        Command("import_plan", "&Import plan…", _import_plan),
        Command("merge_copy", "Merge a cop&y…", _merge_copy),
        Command("share", "&Share…", _share),
        Command("show_checks", "&Checks", in_plan(lambda view: view.show_page("checks")), "Ctrl+Shift+K"),
        Command("show_public", "What is p&ublic", in_plan(lambda view: view.show_page("public"))),
        Command("show_periods", "Reportin&g periods…", _show_periods),
        Command("roll_over", ROLL_OVER, in_plan(lambda view: view.show_page("year-end"))),
        Command("show_from_to", "From-&to table", in_plan(lambda view: view.show_page("from-to"))),
        Command("turn_portfolio", "My &portfolio…", in_plan(_turn_portfolio), "Ctrl+M"),
        Command("hand_over", "Hand over a port&folio…", _hand_over),
        LINE,
        Command("row_life", "History of this &row…", _in_past("show_row_life"), "Ctrl+Shift+R"),
        Command("see_as_at", "See the plan &as at…", _in_past("see_as_at"), "Ctrl+Shift+B"),
        Command("compare_moments", "Compare two &moments…", _in_past("compare_moments")),
        Command("restore_all", "Rest&ore the plan as at…", _in_past("restore_all")),
        LINE,
        Command("move_on", "Mov&e the plan on…", _move_on),
        Command("issue_edition", "Issue an e&dition…", _issue_edition),
        LINE,
        Command("expunge", "Remove a &word for good…", plan_jobs.expunge),
        Command("take_over", "Ta&ke over for writing", plan_jobs.take_over),
    )),
    ("&Returns", (
        Command("issue_returns", "&Issue status returns…", _issue_returns, "Ctrl+Shift+I"),
        Command("issue_results", "Issue the &monthly results…", _issue_results),
        Command("issue_another", "Issue an&other return…", _issue_another),
        Command("receive_returns", "&Receive returns…", _receive_returns, "Ctrl+I"),
        Command("chase_returns", "&Chase…", _chase_returns),
        LINE,
        Command("import_results", "Import resul&ts…", _import_results),
        LINE,
        Command("fill_form", "&Fill a form…", _fill_form),
        Command("read_form", "Read a form &back…", _read_form),
        LINE,
        Command("export_delivery", "Export the &delivery plan…", _export_delivery, "Ctrl+E"),
        Command("export_project", "Export the delivery plan for MS Pro&ject…", _export_project),
        Command("export_performance", "Export the &performance plan…", _export_performance, "Ctrl+Shift+E"),
    )),
    ("&Help", (
        Command("what_is_this", "&What is this", lambda window: window.explain(), "F1", plan=False),
        Command("show_contents", "C&ontents", lambda window: window.show_help(), plan=False),
        Command("show_keys", "&Keys", _show_keys, "Shift+F1", plan=False),
        Command("show_terms", "&Terms on screen", lambda window: window.show_help("glossary.md"), plan=False),
        Command("begin_tour", "A to&ur of five minutes", plan_jobs.begin_tour, plan=False),
        Command("show_first_plan", "A &first plan", lambda window: window.show_help("first-plan.md"), plan=False),
        LINE,
        Command("check_plan", "&Check this file", plan_jobs.check_plan),
        Command("check_against", "Check it a&gainst files…", plan_jobs.check_against),
        Command("about", "&About", plan_jobs.about, plan=False),
    )),
)  # fmt: skip


def build_menus(window: PlanWindow) -> dict[str, QAction]:
    """Put the menus on a window. Returns the commands by their names."""
    made: dict[str, QAction] = {}
    for title, commands in MENUS:
        menu = window.menuBar().addMenu(title)
        menu.setObjectName(plain(title))
        for command in commands:
            if command is LINE:
                menu.addSeparator()
            else:
                made[command.name] = _action(window, menu, command)
    return made


def _action(window: PlanWindow, menu: QMenu, command: Command) -> QAction:
    action = QAction(command.text, window)
    action.setCheckable(command.checkable)
    if command.keys:
        action.setShortcut(QKeySequence(command.keys))
    action.triggered.connect(lambda: _do(window, command))
    menu.addAction(action)
    return action


def _do(window: PlanWindow, command: Command) -> None:
    """Do a command; one that needs an open plan has that opened first which is seen in a first look."""
    if command.plan:
        window.whole()
    command.does(window)


def plan_commands() -> frozenset[str]:
    """The names of the commands that need an open plan."""
    return frozenset(command.name for _, commands in MENUS for command in commands if command.plan and command.name)


def name_following_year(actions: Mapping[str, QAction], year: int) -> None:
    """Say in the menu to which year the plan would be rolled over, by its first calendar year."""
    actions["roll_over"].setText(ROLL_OVER.replace("…", f" to {year_name(year)}…"))
