"""A step of the history turned round: what it changed put back, or made again, where nothing has changed since."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from spp_desktop.store import history, locked_periods
from spp_desktop.store.history import Action, RecordedChange, Revision
from spp_desktop.store.problems import UndoRefused


def reverse(connection: sqlite3.Connection, revision: Revision) -> None:
    """Put back what a revision changed, the last change first.

    Raises:
        UndoRefused: if something it changed has changed since; says what. The caller rolls back.
    """
    from spp_desktop.store import closed_years  # late: a plan is read without what it needs

    locked_periods.demand_unlocked(connection, revision.n, revision.label, undoing=True)
    closed_years.demand_open(connection, revision.n, revision.label, undoing=True)
    back: dict[str, list[str]] = defaultdict(list)
    for changes in _by_row(history.changes_backwards(connection, revision.n)):
        _put_back(connection, changes, revision)
        back[changes[0].table] += [changes[0].row] * (changes[0].action == "remove")
    _keep_hanging(connection, revision, back)
    _keep_homes(connection, revision, back)


def repeat(connection: sqlite3.Connection, revision: Revision) -> None:
    """Make a revision's changes again, as they were made.

    Raises:
        UndoRefused: if something it changed is no longer as it was before; says what.
    """
    from spp_desktop.store import closed_years  # late: a plan is read without what it needs

    locked_periods.demand_unlocked(connection, revision.n, revision.label, undoing=False)
    closed_years.demand_open(connection, revision.n, revision.label, undoing=False)
    swapped: dict[Action, Action] = {"add": "remove", "remove": "add", "set": "set"}
    made: dict[str, list[str]] = defaultdict(list)
    for changes in _by_row(history.changes(connection, revision.n)):
        back = [
            replace(change, action=swapped[change.action], before=change.after, after=change.before)
            for change in changes
        ]
        _put_back(connection, back, revision)
        made[changes[0].table] += [changes[0].row] * (changes[0].action == "add")
    _keep_hanging(connection, revision, made)
    _keep_homes(connection, revision, made)


_HOMES = frozenset({"activity", "theme", "commitment"})
"""The tables of whose rows a step may move an activity's home."""


def _keep_homes(connection: sqlite3.Connection, revision: Revision, tables: Collection[str]) -> None:
    """See that no activity is left under a priority that is not its home's, where a step touched what could make it so.

    Raises:
        UndoRefused: if one would be; says which.
    """
    from spp_desktop.plan.delivery import Activity  # late: as above

    for rule in Activity.rules if not _HOMES.isdisjoint(tables) else ():
        row = connection.execute(f"SELECT ref FROM activity WHERE {rule.broken} LIMIT 1").fetchone()
        if row is not None:
            raise UndoRefused(
                f"“{revision.label}” cannot be undone or done again by itself: activity {row[0]} has changed its place "
                "in the plan since. Undo the later change first."
            )


def _keep_hanging(connection: sqlite3.Connection, revision: Revision, keys: Mapping[str, Sequence[str]]) -> None:
    """See that links that are there again join two rows and make no ring, and that attachments hang on a row.

    ``keys`` are those of the rows that are there again, by table.

    Raises:
        UndoRefused: if one does not; says which.
    """
    from spp_desktop.plan.links import RowLink  # late: as above
    from spp_desktop.plan.rows import hanging_on_any
    from spp_desktop.store import link_faults

    for model in hanging_on_any():
        again = keys.get(str(model.__tablename__), ())
        looking = link_faults.faults if model is RowLink else partial(link_faults.strays, model=model)
        fault = next(looking(connection, only=again), "") if again else ""
        if fault:
            raise UndoRefused(f"“{revision.label}” cannot be undone or done again by itself. {fault}")


def _by_row(changes: Iterable[RecordedChange]) -> Iterator[list[RecordedChange]]:
    """Changes in their order, those together that set cells of one row one after another: they may need each other."""
    for (_, _, action), several in groupby(changes, _of_row):
        of_row = list(several)
        yield from [of_row] if action == "set" else ([change] for change in of_row)


def _of_row(change: RecordedChange) -> tuple[str, str, Action]:
    return change.table, change.row, change.action


def _put_back(connection: sqlite3.Connection, changes: Sequence[RecordedChange], revision: Revision) -> None:
    """Turn changes of one row around, having seen that the plan still holds what they left."""
    change = changes[0]
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
        try:
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.row,))
        except sqlite3.IntegrityError:  # what hangs on it stays, as what was said for a locked period does
            raise _changed_since(revision, change) from None
        # One row and its record: more means that the database took other rows along.
        if connection.total_changes - written > 2:  # noqa: PLR2004
            raise _changed_since(revision, change)
    else:
        _set_back(connection, table, row, changes, revision)


def _set_back(
    connection: sqlite3.Connection,
    table: str,
    row: Mapping[str, Any] | None,
    changes: Sequence[RecordedChange],
    revision: Revision,
) -> None:
    """Put cells of a row back, all of them at once: by themselves they might break a rule of the row."""
    cells: dict[str, Any] = {}
    for change in changes:
        if row is None or {**row, **cells}.get(change.cell) != change.after:
            raise _changed_since(revision, change)
        cells[change.cell] = change.before
    wanted = ", ".join(f'"{name}" = ?' for name in cells)
    connection.execute(f'UPDATE "{table}" SET {wanted} WHERE id = ?', (*cells.values(), changes[0].row))


def _changed_since(revision: Revision, change: RecordedChange) -> UndoRefused:
    from spp_desktop.store.naming import plain  # late: as above

    what = plain(change.cell or change.table)
    return UndoRefused(
        f"“{revision.label}” cannot be undone by itself: its {what} has changed since. Undo the later change first."
    )
