"""What the menus do with another copy of the plan: hold it against the plan beside the window, and merge it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from spp_desktop.edits.merging.breaches import MergeMade
from spp_desktop.store import receipts
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.files import PLANS, ask_open
from spp_desktop.ui.common.jobs import JobProgress
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.merging.holding import HeldCopy, hold, looked_at
from spp_desktop.ui.merging.merge_dialog import MergeDialog
from spp_desktop.ui.returned.receipt import ReceiptDialog

UNCHECKED = "What the plan's checks find since could not be worked out. The merge is not touched by that."
"""What is said where the checks after a merge went wrong, which has been made then."""


def merge_copy(window: PlanWindow, path: Path | None = None) -> None:
    """Hold another copy of the plan against it, beside the window, and show what differs to be decided."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None or not view.commit_pending():
        return
    if workspace.read_only:
        view.say(f"{workspace.path.name} is open for reading only, so nothing can be merged into it. Nothing changed.")
        return
    if view.jobs.busy:
        view.say("Something else is still being done. Merge the copy when that has ended.")
        return
    path = path or ask_open(window, "Merge a copy", PLANS, workspace.path.parent)
    if path is None:
        return

    def look(progress: JobProgress) -> HeldCopy:
        """Hold it against the plan."""
        return hold(workspace, path, progress)

    view.jobs.run(
        look,
        lambda copy: _review(window, view, workspace, copy),
        view.say,
        f"Reading {path.name}",
        lambda: view.say("Reading was stopped; nothing was merged."),
    )


def dropped(window: PlanWindow, path: Path) -> None:
    """Ask whether a plan that was dropped on an open one is to be opened, or merged into it; do so."""
    workspace = window.workspace
    if workspace is None or workspace.path == path.absolute():
        window.open_plan(path)
        return
    box = QMessageBox(window)
    box.setWindowTitle("SPP Desktop")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(f"Open {path.name}, or merge it into {workspace.path.stem}?")
    box.setInformativeText(
        "A copy of this plan can be merged: what only one of the two changed comes in by itself, what both changed is "
        "asked. Nothing changes before you have seen it."
    )
    opening = box.addButton("&Open it", QMessageBox.ButtonRole.AcceptRole)
    merging = box.addButton("&Merge it into this plan…", QMessageBox.ButtonRole.ActionRole)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(opening)
    box.setEscapeButton(cancel)
    box.exec()
    if box.clickedButton() is opening:
        window.open_plan(path)
    elif box.clickedButton() is merging:
        merge_copy(window, path)


def _review(window: PlanWindow, view: OpenPlan, workspace: Workspace, copy: HeldCopy) -> None:
    """Show what the copy has otherwise, unless it has nothing; then say what became of it."""
    with ExitStack() as ending:
        ending.callback(copy.close)
        if copy.merge.is_nothing and not copy.merge.waiting:
            view.say(f"{copy.review(workspace).summary} Nothing changed.")
            return
        dialog = MergeDialog(view.signals, copy, window)
        dialog.exec()
        if dialog.applied is not None:
            ending.pop_all()  # it is looked at still, beside the window
            _look(window, view, workspace, dialog)
        elif dialog.desk.review.made:
            kept = "What you decided is kept: merge the same copy again to go on."
            go_on = {"Go on…": lambda: merge_copy(window, copy.copy.path)}
            view.say(f"{copy.copy.name} is not merged yet. {kept}", go_on)


def _look(window: PlanWindow, view: OpenPlan, workspace: Workspace, dialog: MergeDialog) -> None:
    """Say that a copy was merged, and look beside the window what the plan's checks find since."""
    receipt, review, copy = dialog.applied, dialog.desk.review, dialog.copy
    merged = MergeMade(receipt, ())
    _say(window, view, copy.copy.path, merged)
    view.jobs.run(
        lambda progress: looked_at(workspace, copy, review, receipt, progress),
        lambda made: _say(window, view, copy.copy.path, made) if made.breaches else None,
        lambda _: _say(window, view, copy.copy.path, merged, UNCHECKED),
        "Running the plan's checks",
        let_go=copy.close,
    )


def _say(window: PlanWindow, view: OpenPlan, copy: Path, made: MergeMade, more: str = "") -> None:
    """Say what a merge came to; offer its receipt, what is left, and the checks where they find more than before.

    It is said anew beside the window's work: nothing of a merge that was undone meanwhile, and nothing of undo where
    another step is the newest. ``more`` follows on it.
    """
    workspace = view.signals.workspace
    step, receipt = made.receipt.revision, made.receipt.receipt
    if step and not workspace.stands(step):
        return
    if step and step != workspace.revision():
        made = made._replace(receipt=replace(made.receipt, sentence=made.receipt.sentence_later()))
    offers: dict[str, Callable[[], object]] = {}
    if receipt is not None:
        kept = receipt.id

        def show() -> None:
            """Show the receipt, with what the checks find since."""
            newest = workspace.read_beside(receipts.find, kept)
            if newest is not None:
                ReceiptDialog(workspace, [newest], window, made.in_words).exec()
            if made.breaches:  # the sentence went with the click, and what the checks find has not been seen
                _say(window, view, copy, made)

        offers["Receipt…"] = show
    if made.receipt.left:
        offers["Go on…"] = lambda: merge_copy(window, copy)
    if made.breaches or more:
        offers["Show the checks"] = lambda: view.show_page("checks")
    view.say_of_step(" ".join(filter(None, (made.sentence, more))), offers)
