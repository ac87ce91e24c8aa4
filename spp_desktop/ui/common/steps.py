"""The steps that changed some rows, as a few lines of rich text for a panel."""

from collections.abc import Iterable
from html import escape

from spp_desktop.store import clock, row_steps
from spp_desktop.ui.common.signals import PlanSignals

MOST_STEPS = 40


def history_of(signals: PlanSignals, keys: Iterable[str]) -> str:
    """The steps that changed these rows and their files, the newest first: when, by whom, and what each did."""
    of_rows = list(keys)
    of_rows += signals.workspace.read_beside(signals.removed_files.of, of_rows)
    steps = signals.workspace.read_beside(row_steps.last_of_rows, of_rows, MOST_STEPS)
    lines = [
        f"{clock.local_time(step.at)} · {escape(step.author)}: "
        + (f"{step.kind} “{escape(step.label)}”" if step.kind in ("undo", "redo") else escape(step.label))
        for step in steps
    ]
    return f"<b>History</b> · {clock.LOCAL}" + "".join(f"<br>{line}" for line in lines)
