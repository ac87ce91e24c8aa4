"""A merge made on a plan: its rows, the steps that come along, and the marks, all in one transaction."""

import sqlite3
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from spp_desktop.store import putting_back
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.merging import record
from spp_desktop.store.merging.items import Merge, MergeRefused
from spp_desktop.store.merging.knowledge import OpenMark
from spp_desktop.store.merging.outcome import Decisions, MergeOutcome, outcome_of
from spp_desktop.store.merging.record import CLOSED, DECIDED, MERGED, RawChange
from spp_desktop.store.state_differences import RowDifference


@waiting_collector()
def take_in(plan: sqlite3.Connection, merge: Merge, decisions: Decisions) -> MergeOutcome:
    """Make a merge on a plan, within the transaction in which its changes are recorded as one step of kind "merged".

    What is asked and not decided stays as it is here, and is asked again with the next merge. A merge that brings
    nothing writes nothing.

    Args:
        plan: The connection on which a step is being recorded.
        merge: What was found when the two were held against each other.
        decisions: What was decided.

    Raises:
        MergeRefused: if the plan has changed since; UndoRefused: if a row cannot become what it is to be. The caller
            rolls back.
    """
    (number,) = plan.execute("SELECT revision FROM recording").fetchone()
    newest = plan.execute("SELECT id FROM revision WHERE kind <> 'beside' ORDER BY n DESC LIMIT 1").fetchone()
    if (newest[0] if newest else "") != merge.our_newest:
        raise MergeRefused(
            f"{merge.ours} has changed since {merge.theirs} was held against it. Nothing was changed now; hold it "
            "against it again."
        )
    outcome = outcome_of(merge, decisions)
    marks = _new_marks(plan, outcome.marks)
    if not (merge.says_something or outcome.differences or marks):
        return outcome
    record.keep(plan, number, merge.coming, merge.changes)
    last = merge.their_newest
    head: list[RawChange] = [(MERGED, "revision", last.id, "", last.hash, None)] if last is not None else []
    record.mark(plan, number, [*head, *marks])
    put(plan, outcome.differences)
    return outcome


def _new_marks(plan: sqlite3.Connection, marks: Sequence[RawChange]) -> list[RawChange]:
    """The marks without those that say again what the newest mark of the same cell says."""
    if not marks:
        return []
    query = """SELECT row_table, row_id, cell, action, before, after FROM change
        WHERE action IN ('merged', 'decided', 'asked', 'waiting', 'closed') AND action <> 'merged'
        ORDER BY n"""
    known = {tuple(row[:3]): OpenMark(*row[3:]) for row in plan.execute(query)}
    return [each for each in marks if each[0] in (DECIDED, CLOSED) or known.get(each[1:4]) != OpenMark(each[0], each[4], each[5])]


def put(plan: sqlite3.Connection, differences: Collection[RowDifference]) -> None:
    """Make differences on a plan: many rows alike by one statement, and one by one where one is in another's way."""
    plan.execute("SAVEPOINT put")
    try:
        _put_alike(plan, differences)
    except sqlite3.IntegrityError:
        plan.execute("ROLLBACK TO put")
        putting_back.put(plan, list(differences))
    finally:
        plan.execute("RELEASE put")


def _put_alike(plan: sqlite3.Connection, differences: Collection[RowDifference]) -> None:
    """Make differences by as few statements as there are sets of cells; what hangs on rows goes first and comes last.

    Raises:
        sqlite3.IntegrityError: if one is in another's way.
    """
    sets: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for each in putting_back.in_order(differences):
        if each.fate == "changed":
            names = each.table, *(change.cell for change in each.changes)
            sets.setdefault(names, []).append((*(change.after for change in each.changes), each.key))
    for (table, *cells), rows in sets.items():
        wanted = ", ".join(f'"{name}" = ?' for name in cells)
        plan.executemany(f'UPDATE "{table}" SET {wanted} WHERE id = ?', rows)
    rest = [each for each in putting_back.in_order(differences) if each.fate != "changed"]
    for (table, fate), several in groupby(rest, lambda each: (each.table, each.fate)):
        if fate == "removed":
            plan.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(each.key,) for each in several])
            continue
        added = [each.changes[0].after for each in several]
        names, marks = ", ".join(f'"{name}"' for name in added[0]), ", ".join("?" * len(added[0]))
        plan.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [tuple(row.values()) for row in added])
