"""A step of the history turned round: what it changed put back, or made again, where nothing has changed since."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from spp_desktop.store import by_reference, changed, history, locked_periods, turning_round
from spp_desktop.store.by_reference import Way
from spp_desktop.store.changed import Moved, Waits, at_once, unheard
from spp_desktop.store.history import Revision
from spp_desktop.store.moved import table_now
from spp_desktop.store.problems import UndoRefused


def reverse(connection: sqlite3.Connection, revision: Revision, moved: Moved = unheard, waits: Waits = at_once) -> None:
    """Put back what a revision changed, the last change first.

    Args:
        connection: Of the plan, in a revision that is being made.
        revision: The step.
        moved: Hears how far it is; what it raises ends it.
        waits: Waits for each portion of a large step.

    Raises:
        UndoRefused: if something it changed has changed since; says what. The caller rolls back.
    """
    _turn(connection, revision, "back", moved, waits)


def repeat(connection: sqlite3.Connection, revision: Revision, moved: Moved = unheard, waits: Waits = at_once) -> None:
    """Make a revision's changes again, as they were made.

    Args:
        connection: Of the plan, in a revision that is being made.
        revision: The step.
        moved: Hears how far it is; what it raises ends it.
        waits: Waits for each portion of a large step.

    Raises:
        UndoRefused: if something it changed is no longer as it was before; says what.
    """
    _turn(connection, revision, "again", moved, waits)


def _turn(connection: sqlite3.Connection, revision: Revision, way: Way, moved: Moved, waits: Waits) -> None:
    from spp_desktop.plan.rows import hanging_on_any  # late: a plan is read without what it needs
    from spp_desktop.store import closed_years

    made = by_reference.turning(connection, revision, way)
    do = waits if made.changes > changed.LARGE else at_once
    again: dict[str, list[str]] = {str(model.__tablename__): [] for model in hanging_on_any()}
    tables: set[str] = set()
    coming = turning_round.runs(connection, made)
    done, is_over = 0, False

    def look_over() -> None:
        """See that nothing locked or closed would change."""
        undoing = way == "back"
        locked_periods.demand_unlocked(connection, revision.n, revision.label, undoing=undoing)
        closed_years.demand_open(connection, revision.n, revision.label, undoing=undoing)

    def go_on() -> None:
        """Make the next changes that are alike, or know that there are none."""
        nonlocal done, is_over
        run = next(coming, None)
        if run is None:
            is_over = True
            return
        table = history.known_table(table_now(run.table))
        guard(table)
        begin(table)
        turning_round.make(connection, made, run, revision.label)
        tables.add(table)
        if run.action == "add" and table in again:
            again[table] += turning_round.rows_of(connection, run)
        done += run.last - run.first + 1

    do(look_over)
    with closed_years.guarded_if_any(connection) as guard, by_reference.recorded(connection, made) as begin:
        while not is_over:
            moved(turning_round.TOLD[way], done, made.changes)
            do(go_on)
    _keep_hanging(connection, revision, again)
    _keep_homes(connection, revision, tables)


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
