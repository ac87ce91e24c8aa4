"""A step of the history turned round: what it changed put back, or made again, where nothing has changed since."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from spp_desktop.plan.links import RowLink
from spp_desktop.plan.rows import hanging_on_any
from spp_desktop.store import history, link_faults
from spp_desktop.store.history import Action, RecordedChange, Revision
from spp_desktop.store.problems import UndoRefused


class Turns:
    """Which steps can be undone and which can be done again, as a history goes on.

    Attributes:
        done: what can be undone, the next one last.
        undone: what can be done again, the next one last.
    """

    def __init__(self, steps: Iterable[Revision] = ()) -> None:
        self.done: list[Revision] = []
        self.undone: list[Revision] = []
        for step in steps:
            self.go_on(step)

    def go_on(self, step: Revision) -> None:
        """Take in the next step of the history."""
        if step.kind == "built":
            self.done, self.undone = [], []
        elif step.kind in ("brought in", "beside"):
            pass
        elif step.kind == "undo":
            self.undone += [self.done.pop()] if self.done else []
        elif step.kind == "redo":
            self.done += [self.undone.pop()] if self.undone else []
        else:
            self.done.append(step)
            self.undone = []


def reverse(connection: sqlite3.Connection, revision: Revision) -> None:
    """Put back what a revision changed, the last change first.

    Raises:
        UndoRefused: if something it changed has changed since; says what. The caller rolls back.
    """
    back: dict[str, list[str]] = defaultdict(list)
    for change in history.changes_backwards(connection, revision.n):
        _put_back(connection, change, revision)
        back[change.table] += [change.row] * (change.action == "remove")
    _keep_hanging(connection, revision, back)


def repeat(connection: sqlite3.Connection, revision: Revision) -> None:
    """Make a revision's changes again, as they were made.

    Raises:
        UndoRefused: if something it changed is no longer as it was before; says what.
    """
    swapped: dict[Action, Action] = {"add": "remove", "remove": "add", "set": "set"}
    made: dict[str, list[str]] = defaultdict(list)
    for change in history.changes(connection, revision.n):
        back = replace(change, action=swapped[change.action], before=change.after, after=change.before)
        _put_back(connection, back, revision)
        made[change.table] += [change.row] * (change.action == "add")
    _keep_hanging(connection, revision, made)


def _keep_hanging(connection: sqlite3.Connection, revision: Revision, keys: Mapping[str, Sequence[str]]) -> None:
    """See that links that are there again join two rows and make no ring, and that attachments hang on a row.

    ``keys`` are those of the rows that are there again, by table.

    Raises:
        UndoRefused: if one does not; says which.
    """
    for model in hanging_on_any():
        again = keys.get(str(model.__tablename__), ())
        looking = link_faults.faults if model is RowLink else partial(link_faults.strays, model=model)
        fault = next(looking(connection, only=again), "") if again else ""
        if fault:
            raise UndoRefused(f"“{revision.label}” cannot be undone or done again by itself. {fault}")


def _put_back(connection: sqlite3.Connection, change: RecordedChange, revision: Revision) -> None:
    """Turn one change around, having seen that the plan still holds what the change left."""
    table = history.known_table(change.table)
    if change.action == "remove":
        names = ", ".join(f'"{name}"' for name in change.before)
        marks = ", ".join("?" * len(change.before))
        values = tuple(change.before.values())
        try:
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        except sqlite3.IntegrityError:
            raise _changed_since(revision, change) from None
        return
    row = history.current_row(connection, table, change.row)
    if change.action == "add":
        if row != change.after:
            raise _changed_since(revision, change)
        written = connection.total_changes
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.row,))
        # One row and its record: more means that the database took other rows along.
        if connection.total_changes - written > 2:  # noqa: PLR2004
            raise _changed_since(revision, change)
    else:
        if row is None or row.get(change.cell) != change.after:
            raise _changed_since(revision, change)
        connection.execute(f'UPDATE "{table}" SET "{change.cell}" = ? WHERE id = ?', (change.before, change.row))


def _changed_since(revision: Revision, change: RecordedChange) -> UndoRefused:
    what = change.cell.removesuffix("_id").replace("_", " ") or change.table.replace("_", " ")
    return UndoRefused(
        f"“{revision.label}” cannot be undone by itself: its {what} has changed since. Undo the later change first."
    )
