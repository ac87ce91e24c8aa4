"""What the window does with versions and editions: it moves the plan on, issues an edition, goes back to one."""

from spp_desktop.store.as_at import moment_of
from spp_desktop.store.moments import Moment
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.editions.issue_dialog import IssueEditionDialog
from spp_desktop.ui.editions.move_on_dialog import MoveOnDialog

OF_NOW = "The plan is moved on, and an edition issued, as it is now. Go back to now, and do it there."
READ_ONLY = "This plan is open for reading only: it cannot be moved on here, and no edition issued."
PAGE = "editions"


def _changing(window: PlanWindow) -> OpenPlan | None:
    """The open plan, with all that was typed kept, where it can be changed; why it cannot is said above the tabs."""
    view, workspace = window.plan_view, window.workspace
    if view is None or workspace is None or not view.commit_pending():
        return None
    if workspace.read_only:
        view.say(OF_NOW if moment_of(workspace) is not None else READ_ONLY)
        return None
    return view


def move_on(window: PlanWindow) -> None:
    """Ask to which state the plan is moved on, and show its way."""
    if (view := _changing(window)) is None:
        return
    dialog = MoveOnDialog(view.signals, window)
    dialog.exec()
    if dialog.outcome:
        view.show_page(PAGE)
        view.say_of_step(dialog.outcome)


def issue_edition(window: PlanWindow) -> None:
    """Issue an edition, and show the plan's way."""
    if (view := _changing(window)) is None:
        return
    dialog = IssueEditionDialog(view, window)
    dialog.exec()
    if dialog.outcome:
        view.show_page(PAGE)
        view.say_of_step(dialog.outcome)


def publish_as_of(window: PlanWindow, moment: Moment) -> None:
    """Show the plan as at a moment, and make a document of it."""
    if window.plan_view is not None:
        window.plan_view.see_then(moment)
        window.actions_by_name["publish"].trigger()
