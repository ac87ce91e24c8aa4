"""Who made the changes between two states of a plan, and when: as the history of the later one has it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from spp_desktop.documents.marking_up import ChangeSigned
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import clock, history, locks
from spp_desktop.store.history import RecordedChange, Revision
from spp_desktop.store.state_differences import RowDifference


class SignedChange(NamedTuple):
    """A change between two states, and the step that made it what it is; ``None`` where the history knows none."""

    change: RecordedChange
    step: Revision | None


class SignedChanges:
    """The changes between two states of a plan, each with the step that made it.

    Args:
        plan: the later state.
        differences: what differs.
    """

    def __init__(self, plan: DocumentPlan, differences: Sequence[RowDifference]) -> None:
        self._printed = plan.asked.printed
        self._steps = plan.reader.read_beside(partial(_steps, keys=[each.key for each in differences]))
        self._of_rows: dict[str, list[SignedChange]] = defaultdict(list)
        for difference, outer in plan.reader.read_beside(partial(_with_outer, differences=differences)):
            for change in difference.changes:
                for key in {difference.key, outer}:
                    self._of_rows[key].append(SignedChange(change, self.step(change)))

    def step(self, change: RecordedChange) -> Revision | None:
        """The step that made a change: the last one that set this cell, or with which the whole row came or went."""
        return self._steps.get((change.row, change.cell)) or self._steps.get((change.row, ""))

    def signed(self, row: str, before: str, after: str) -> ChangeSigned:
        """Who changed words of a row, or of what hangs on it: of several changes the one whose words these are.

        Where the history does not know it, it is who makes the document, on the day on which it is made.
        """
        known = [each for each in self._of_rows.get(row, ()) if each.step is not None]
        fitting = [each for each in known if _holds(each.change.after, after) or _holds(each.change.before, before)]
        steps = [each.step for each in fitting or known if each.step is not None]
        if not steps:
            return ChangeSigned(locks.author(), f"{self._printed.isoformat()}T00:00:00")
        latest = max(steps, key=lambda step: step.n)
        at = clock.moment(latest.at)
        return ChangeSigned(latest.author, at.replace(tzinfo=None).isoformat(timespec="seconds") if at else "")


def _steps(plan: sqlite3.Connection, keys: Sequence[str]) -> dict[tuple[str, str], Revision]:
    """The last step that changed each cell of some rows, by row and cell; for whole rows the cell is ""."""
    steps: dict[tuple[str, str], Revision] = {}
    for step, change in history.row_history(plan, keys):
        steps.setdefault((change.row, change.cell), step)
    return steps


def _with_outer(plan: sqlite3.Connection, differences: Sequence[RowDifference]) -> Iterator[tuple[RowDifference, str]]:
    """Differences, each with the key of the row of which its row is a part; "" for none."""
    models = kinds_of_row()
    made = []
    for difference in differences:
        change = difference.changes[0]
        cells: dict[str, Any] = change.after or change.before if difference.fate != "changed" else {}
        cells = cells or history.current_row(plan, difference.table, difference.key) or {}
        column = models[difference.table].above(cells)
        made.append((difference, str(cells.get(column, ""))))
    return iter(made)


def _holds(value: Any, words: str) -> bool:
    return bool(words) and isinstance(value, str) and words in value
