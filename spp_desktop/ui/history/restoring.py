"""Restoring in the window: what comes back is said, the person confirms, and it is done as one step."""

from PySide6.QtWidgets import QWidget

from spp_desktop.edits import restoring
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.store import as_at
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.question import ask, tell

SAFE = "It is one step: undo takes it back, and the history keeps what it replaces."


def restore(plan: Workspace, moment: Moment, parent: QWidget, row: str = "", cell: str = "") -> str:
    """Ask whether the plan, a row with all that hangs on it, or a cell is to be as it was, and do it.

    Args:
        plan: The plan as it is now.
        moment: The moment.
        parent: Where the question appears.
        row: The key of the row; "" for the whole plan.
        cell: The column that is restored alone; "" for all.

    Returns:
        What was done, as a sentence; "" if nothing was.
    """
    try:
        with busy():
            then = as_at.opened(plan, moment)
            try:
                proposed = restoring.proposed(plan, then, row, cell)
            finally:
                then.close()
        if not proposed.differences:
            tell(parent, proposed.sentence)
            return ""
        if not ask(parent, proposed.sentence, "Restore", detail=_detail(proposed)):
            return ""
        with busy():
            plan.edit(proposed.label, restoring.restore, proposed)
    except (RuleBroken, NotKept, UndoRefused, PlanRefused) as refusal:
        tell(parent, str(refusal))
        return ""
    return f"Restored: {proposed.label.removeprefix('restore ')}. Undo takes it back."


def _detail(proposed: restoring.Restoring) -> str:
    along = f"Along with it comes back what it needs: {listed(proposed.along)}." if proposed.along else ""
    left = f"Left out, for what they join is not there: {listed(proposed.left_out)}." if proposed.left_out else ""
    return " ".join(filter(None, (along, left, SAFE)))
