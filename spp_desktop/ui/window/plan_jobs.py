"""What the menus of the main window do with files and lists. Each job loads what it needs when it is done."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMimeData

from spp_desktop import __version__
from spp_desktop.store import clock
from spp_desktop.store.problems import NotKept, PlanRefused, UndoOfClosed, UndoOfLocked
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import LEFT_IT, PLANS, ask_open, ask_open_several, ask_save
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import ask, tell
from spp_desktop.ui.window import drops

SAMPLES = {
    "published": "West Midlands 2008-2011 (published)",
    "worked": "West Midlands 2008-2011 (worked, illustrative)",
}
"""The names of the files in the person's documents in which opened samples are kept."""


KEEP_IT = "Keep it as…"
_NUMBERED = re.compile(r" ?\(\d{1,3}\)$|\[\d{1,3}\]$")
"""The number that a mail program puts behind the name of what it opens for the second time."""


def home() -> Path:
    """The folder that is offered for files until the person chooses another."""
    import platformdirs

    folder = platformdirs.user_documents_path() / "SPP Desktop"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# Plans


def new_plan(window: PlanWindow) -> None:
    """Ask what the new plan is, make it and open it."""
    from spp_desktop.ui.window.new_plan import NewPlanDialog

    dialog = NewPlanDialog(window, folder=home())
    if dialog.exec():
        window.begin_plan(dialog.made)


def open_a_plan(window: PlanWindow) -> None:
    """Ask for a plan and open it."""
    start = window.workspace.path.parent if window.workspace else home()
    path = ask_open(window, "Open a plan", PLANS, start)
    if path is not None:
        window.begin_plan(path)


def open_published(window: PlanWindow) -> None:
    """Open the plan as published."""
    _open_sample(window, "published")


def open_worked(window: PlanWindow) -> None:
    """Open the plan at work in October 2008, with made-up progress."""
    _open_sample(window, "worked")


def _open_sample(window: PlanWindow, sample: Literal["published", "worked"]) -> None:
    """Open a sample as the person left it. The first time, make it."""
    from sample_data.build import build

    path = home() / f"{SAMPLES[sample]}.plan"
    try:
        if not path.exists():
            with busy():
                build(path, sample)
    except (PlanRefused, NotKept) as refusal:
        tell(window, str(refusal))
        return
    window.begin_plan(path)


def begin_tour(window: PlanWindow) -> None:
    """Lead through a copy of the worked sample."""
    from spp_desktop.ui.window import tour

    tour.begin(window)


def say_kept(window: PlanWindow) -> None:
    """Keep what is being typed, and say that everything is kept without saving."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    if workspace.read_only:
        window.say_below("Open for reading only: there is nothing to save")
    elif view.commit_pending():
        window.say_below(f"Everything is in {workspace.path.name} as you work: nothing needs saving")
    else:
        window.say_below("Kept, but for what was refused: the sentence beside it says why")


def save_a_copy(window: PlanWindow) -> None:
    """Write the plan as it is now under another name; go on in the copy if the plan itself cannot be written."""
    workspace = window.workspace
    if workspace is None or window.plan_view is None:
        return
    window.plan_view.commit_pending()
    folder = workspace.path.parent if os.access(workspace.path.parent, os.W_OK) else home()
    offered = folder / f"{workspace.path.stem} copy.plan"
    path = ask_save(window, "Save a copy", PLANS, offered)
    if path is None:
        return
    if path.absolute() == workspace.path:
        tell(window, f"{path.name} is the plan that is open; choose another name for the copy.")
        return
    try:
        workspace.save_copy(path)
    except NotKept as refusal:
        window.plan_view.say(str(refusal), {"Save a copy…": lambda: save_a_copy(window)})
        return
    window.plan_view.say(f"Saved a copy as {path}.", {"Open the copy": lambda: window.open_plan(path)})


def keep_it(window: PlanWindow) -> None:
    """Write a plan that lies where it would be lost to where the person keeps plans, and go on in it there."""
    workspace = window.workspace
    if workspace is None or window.plan_view is None:
        return
    path = ask_save(window, "Keep the plan", PLANS, _free_name(home(), _NUMBERED.sub("", workspace.path.stem)))
    if path is None:
        return
    try:
        workspace.save_copy(path)
    except NotKept as refusal:
        window.plan_view.say(str(refusal), {KEEP_IT: lambda: keep_it(window)})
        return
    if window.open_plan(path) and window.workspace is not None and not window.workspace.notices:
        window.plan_view.say(f"Kept as {path}. What you change is in it from now on.")


def _free_name(folder: Path, stem: str) -> Path:
    """A file for a plan that is not there yet."""
    names = (f"{stem}{f' ({n})' if n > 1 else ''}.plan" for n in count(1))
    return next(file for name in names if not (file := folder / name).exists())


def show_earlier_versions(window: PlanWindow) -> None:
    """List the earlier versions, and open the one chosen as a copy."""
    from spp_desktop.store import backups
    from spp_desktop.ui.window.earlier_versions import EarlierVersionsDialog

    if window.workspace is None:
        return
    dialog = EarlierVersionsDialog(window.workspace.path, window)
    if dialog.exec() and dialog.chosen is not None:
        version = dialog.chosen
        target = window.workspace.path.with_name(f"{window.workspace.path.stem} of {version.at:%Y-%m-%d %H.%M.%S}.plan")
        path = ask_save(window, "Open an earlier version as a copy", PLANS, target)
        if path is None:
            return
        try:
            window.open_plan(backups.open_as_copy(version, path))
        except PlanRefused as refusal:
            tell(window, str(refusal))


def earlier_versions_in_words(path: Path) -> str:
    """A sentence on where earlier versions of a plan are, if there are any."""
    from spp_desktop.store import backups

    versions = backups.earlier_versions(path, counted=False)
    if not versions:
        return ""
    newest = clock.time_in_words(versions[0].at)
    return f"{len(versions)} earlier versions are in {versions[0].path.parent}; the newest is of {newest}."


def take_over(window: PlanWindow) -> None:
    """Open the plan for writing although somebody seems to have it open, if the person confirms it."""
    workspace = window.workspace
    if workspace is None or workspace.holder is None:
        return
    question = f"Take over {workspace.path.name} from {workspace.holder.in_words()}?"
    detail = "If they still have it open, what they do from now on may be lost. What is kept already is safe."
    if ask(window, question, "Take over", detail=detail):
        window.open_plan(workspace.path, take_over=True)


def expunge(window: PlanWindow) -> None:
    """Remove a word for good from the plan and its whole history."""
    from spp_desktop.ui.window.expunge import ExpungeDialog
    from spp_desktop.ui.window.past import back_to_now

    back_to_now(window)  # a moment that is shown is a copy that would go on holding it
    if window.workspace is None or window.plan_view is None or not window.plan_view.commit_pending():
        return
    dialog = ExpungeDialog(window.workspace, window)
    if dialog.exec():
        window.plan_view.say(dialog.told)


def check_plan(window: PlanWindow) -> None:
    """Check whether the plan's file is sound, and show the report."""
    _check(window, [])


def check_against(window: PlanWindow) -> None:
    """Ask for files that left the plan, hold the plan against them, and show the report."""
    if window.workspace is not None:
        files = ask_open_several(window, "Files that left this plan", LEFT_IT, window.workspace.path.parent)
        if files:
            _check(window, files)


def _check(window: PlanWindow, against: Sequence[Path]) -> None:
    from spp_desktop.store.checking import Report, check_file
    from spp_desktop.ui.window.check_report import CheckReportDialog

    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    path = workspace.path

    def told(report: Report) -> None:
        CheckReportDialog(report, path, window).exec()

    view.jobs.run(lambda _: check_file(path, against=against), told, view.say, f"Checking {path.name}")


# Dropped on the window


def take_dropped(window: PlanWindow, data: QMimeData) -> None:
    """Open or merge the plan, or receive all the returns, that were dropped; or say that it was no file."""
    window.whole()
    files = drops.files_of(data)
    plans = [file for file in files if file.suffix in drops.PLANS or window.plan_view is None]
    if drops.is_promise(data):
        tell(window, drops.NO_FILE)
    elif plans and plans[0].suffix.casefold() in drops.SHEETS:
        tell(window, drops.NO_PLAN.format(plans[0].name))
    elif plans and window.plan_view is not None and plans[0].suffix == drops.PLAN:
        from spp_desktop.ui.merging import jobs as merging

        merging.dropped(window, plans[0])
    elif plans:
        window.begin_plan(plans[0])
    elif files:
        from spp_desktop.ui.returned import jobs as returned

        returned.receive_returns(window, files)


# Lists, finding


def show_registers(window: PlanWindow) -> None:
    """Edit the plan's lists: posts, statuses, frameworks and so on."""
    from spp_desktop.ui.registers.dialog import show_lists

    if window.plan_view is not None:
        show_lists(window.plan_view.signals, window)


def find_anything(window: PlanWindow) -> None:
    """Find an item of the plan or a command by a few letters, and go there."""
    from spp_desktop.ui.window.find_anything import FindAnything

    if window.plan_view is not None:
        commands = list(window.actions_by_name.values())
        dialog = FindAnything(window.plan_view.signals, window.page_actions, commands, window)
        dialog.went.connect(window.plan_view.go_to)
        dialog.exec()


def about(window: PlanWindow) -> None:
    """Say what this program is."""
    tell(
        window,
        f"SPP Desktop {__version__}",
        detail="A planning workbook for the strategic policing plan of a police force. Every change is kept as it is "
        "made, with who made it and when; nothing needs to be saved, and everything can be undone.",
    )


def reopening(window: PlanWindow, refusal: UndoOfLocked | UndoOfClosed) -> Mapping[str, Callable[[], object]]:
    """What is offered where an undo would change what is locked or closed: to reopen it, for a reason."""
    if isinstance(refusal, UndoOfClosed):
        return {"Reopen the year…": partial(reopen_year, window, refusal.year)}
    return {"Reopen it…": partial(reopen_period, window, refusal.period)}


def reopen_year(window: PlanWindow, year: int) -> None:
    """Ask why a closed year is reopened: it stood in the way of what was undone."""
    from spp_desktop.ui.monitoring.closing_years import ask_to_reopen  # late: few sittings need it

    if window.plan_view is not None:
        ask_to_reopen(window.plan_view.signals, year, window)


def reopen_period(window: PlanWindow, period: str) -> None:
    """Ask why a locked period is reopened, by its key: it stood in the way of what was undone."""
    from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog  # late: few sittings need it

    if window.plan_view is not None:
        dialog = PeriodsDialog(window.plan_view.signals, window)
        dialog.open()
        dialog.reopen_period(period)
