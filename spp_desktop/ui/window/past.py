"""What the menus of the window do with the history: the plan as at a moment, compared, restored; a row's own.

What compares and restores brings half of what writes documents with it: it is loaded when that is asked for.
"""

from collections.abc import Callable
from functools import partial

from spp_desktop.store import as_at, history
from spp_desktop.store.as_at import plan_now
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import PlanRefused
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.plan_window import Job, PlanWindow
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.past_strip import PastStrip
from spp_desktop.ui.pages import every_page

NO_ROW = (
    "Go to a row of the plan first, such as an activity: its history is shown then. Of a number of the overview, open "
    "the list behind it (Enter)."
)


def see_as_at(window: PlanWindow) -> None:
    """Ask for a moment, and show the whole plan as it stood then."""
    if window.workspace is None or window.plan_view is None or not window.plan_view.commit_pending():
        return
    from spp_desktop.ui.history.moment_list import MomentDialog  # late: as above

    dialog = MomentDialog(plan_now(window.workspace), window)
    if dialog.exec() and dialog.moment is not None:
        see(window, dialog.moment)


def see(window: PlanWindow, moment: Moment) -> None:
    """Show the whole plan as it stood at a moment."""
    if window.workspace is None:
        return
    try:
        with busy():
            window.show_workspace(as_at.opened(plan_now(window.workspace), moment))
    except PlanRefused as refusal:
        tell(window, str(refusal))


def back_to_now(window: PlanWindow) -> None:
    """Show the plan as it is now again."""
    if window.workspace is not None and window.workspace is not plan_now(window.workspace):
        window.show_workspace(plan_now(window.workspace))


def restore_all(window: PlanWindow) -> None:
    """Restore the whole plan as it stood at the moment that is shown, or at one that is asked for."""
    if window.workspace is None or window.plan_view is None or not window.plan_view.commit_pending():
        return
    from spp_desktop.ui.history.moment_list import MomentDialog  # late: as above
    from spp_desktop.ui.history.restoring import restore  # late: as above

    now, moment = plan_now(window.workspace), as_at.moment_of(window.workspace)
    if moment is None:
        dialog = MomentDialog(now, window)
        dialog.exec()
        moment = dialog.moment
    told = restore(now, moment, window) if moment is not None else ""
    if told:
        back_to_now(window)
        _say(window, told)


def compare_moments(window: PlanWindow) -> None:
    """Compare two states of the plan, and go to what differs."""
    view, workspace = window.plan_view, window.workspace
    if view is None or workspace is None or not view.commit_pending():
        return
    from spp_desktop.ui.history.compare_dialog import CompareDialog  # late: as above

    moment = as_at.moment_of(workspace)
    kinds = [kind for line in every_page() for kind in line.shows]
    dialog = CompareDialog(plan_now(workspace), view.jobs, kinds, moment, window)
    dialog.went.connect(view.go_to)
    dialog.exec()


def show_row_life(window: PlanWindow) -> None:
    """Show the history of the row that the person is in."""
    view, workspace = window.plan_view, window.workspace
    if view is None or workspace is None or not view.commit_pending():
        return
    from spp_desktop.ui.history.row_life_dialog import RowLifeDialog  # late: as above

    now = plan_now(workspace)
    key = next((key for key in view.page(view.current()).row_keys() if now.read_beside(history.table_of, key)), "")
    if not key:
        tell(window, NO_ROW)
        return
    dialog = RowLifeDialog(now, key, window)
    dialog.exec()
    if dialog.wanted is not None:
        see(window, dialog.wanted)
    elif dialog.told:
        _say(window, dialog.told)


def _say(window: PlanWindow, sentence: str) -> None:
    """Say something above the tabs that are shown now."""
    if window.plan_view is not None:
        window.plan_view.say(sentence)


def fill_strip(strip: PastStrip, signals: PlanSignals, ask: Callable[[Job], object]) -> None:
    """Give the strip of a plan that is seen as at a moment what can be done about that."""
    if as_at.moment_of(signals.workspace) is None:
        return
    strip.mark.toggled.connect(lambda on: signals.compare_with(_otherwise(signals) if on else {}))
    for text, job in (
        ("&Compare…", compare_moments),
        ("Another mo&ment…", see_as_at),
        ("Restore all of it…", restore_all),
        ("&Back to now", back_to_now),
    ):
        strip.offer(text, partial(ask, job))


def _otherwise(signals: PlanSignals) -> dict[tuple[str, str], str]:
    """What stands now in cells of a plan that is seen as at a moment, where that is something else."""
    from spp_desktop.store.state_differences import cells_otherwise  # late: as above

    now = plan_now(signals.workspace)
    with busy():
        return signals.workspace.read_beside(lambda then: now.read_beside(partial(cells_otherwise, then)))
