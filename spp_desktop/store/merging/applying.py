"""A merge made on a plan: its rows, the steps that come along, and the marks, all in one transaction."""

import sqlite3
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from spp_desktop.plan.words import counted
from spp_desktop.store import history, naming, putting_back
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.merging import record
from spp_desktop.store.merging.hanging import naming_columns
from spp_desktop.store.merging.items import Merge, MergeRefused
from spp_desktop.store.merging.knowledge import Knowledge, WaitingCell
from spp_desktop.store.merging.outcome import Decisions, MergeOutcome, outcome_of
from spp_desktop.store.merging.record import DECIDED, MERGED, RawChange
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.state_differences import RowDifference

PORTION = 500
"""Rows that are made by one call of SQLite: between two a window lives."""


@waiting_collector()
def take_in(plan: sqlite3.Connection, merge: Merge, decisions: Decisions, moved: Moved = unheard) -> MergeOutcome:
    """Make a merge on a plan, within the transaction in which its changes are recorded as one step of kind "merged".

    All that is asked must be decided: from then on the plan knows what the copy did, and is not asked again. A merge
    that brings nothing writes nothing.

    Args:
        plan: The connection on which a step is being recorded.
        merge: What was found when the two were held against each other.
        decisions: What was decided.
        moved: Hears how far it is; what it raises ends it.

    Raises:
        MergeRefused: if something is not decided, or the plan has changed since; UndoRefused: if a row cannot become
            what it is to be. The caller rolls back.
    """
    left = sum(item.subject not in decisions for item in merge.asked)
    if left:
        raise MergeRefused(
            f"{counted(left, 'question')} of {merge.theirs} {'is' if left == 1 else 'are'} not decided. Nothing was "
            "changed; decide first."
        )
    number = _number_demanded(plan, merge)
    outcome = outcome_of(merge, decisions)
    marks = _new_marks(plan, outcome.marks)
    if not (merge.says_something or outcome.differences or marks):
        return outcome
    record.keep(plan, number, merge.coming, merge.changes, moved)
    last = merge.their_newest
    head: list[RawChange] = [(MERGED, "revision", last.id, "", last.hash, None)] if last is not None else []
    record.mark(plan, number, [*head, *marks])
    put(plan, outcome.differences, moved)
    return outcome


@waiting_collector()
def take_clear(plan: sqlite3.Connection, merge: Merge, decisions: Decisions, moved: Moved = unheard) -> MergeOutcome:
    """Make what is clear of a merge on a plan: what comes in by itself, and what was decided, as an ordinary step.

    It is no merge: the plan does not know what the copy did, so that all that is left is asked with the next one.

    Args:
        plan: As for ``take_in``.
        merge: As for ``take_in``.
        decisions: What was decided so far.
        moved: As for ``take_in``.

    Raises:
        MergeRefused, UndoRefused: as ``take_in``, but for what is not decided.
    """
    _number_demanded(plan, merge)
    outcome = outcome_of(merge, decisions)
    standing = list(outcome.differences)
    before = -1
    while before != len(standing):
        before, coming = len(standing), {each.key for each in standing if each.fate == "added"}
        standing = [each for each in standing if _finds_what_it_names(plan, each, coming)]
    put(plan, standing, moved)
    return MergeOutcome(tuple(standing), ())


def _finds_what_it_names(plan: sqlite3.Connection, difference: RowDifference, coming: Collection[str]) -> bool:
    """Whether the rows are there, or come, that a row would name: one below what is still asked about waits with it."""
    for change in difference.changes:
        cells = {change.cell: change.after} if change.action == "set" else change.after or {}
        for column in naming_columns(difference.table):
            value = cells.get(column.name)
            if value is None or value in coming:
                continue
            outer = naming.table_named(plan, difference.table, column.name, value)
            if not outer or history.current_row(plan, outer, value) is None:
                return False
    return True


def _number_demanded(plan: sqlite3.Connection, merge: Merge) -> int:
    """The local number of the step that is being recorded, having seen that the plan is as it was.

    Raises:
        MergeRefused: if it has changed since.
    """
    (number,) = plan.execute("SELECT revision FROM recording").fetchone()
    query = "SELECT id FROM revision WHERE kind <> 'beside' ORDER BY n DESC LIMIT 1"
    newest = plan.execute(query).fetchone()
    if (newest[0] if newest else "") != merge.our_newest:
        raise MergeRefused(
            f"{merge.ours} has changed since {merge.theirs} was held against it. Nothing was changed now; compare "
            "the two again."
        )
    return int(number)


def _new_marks(plan: sqlite3.Connection, marks: Sequence[RawChange]) -> list[RawChange]:
    """The marks without those of what waits already."""
    if not marks:
        return []
    waits = Knowledge(FileSide(plan, "")).waiting
    return [each for each in marks if each[0] == DECIDED or waits.get(each[1:4]) != WaitingCell(*each[4:])]


def put(plan: sqlite3.Connection, differences: Collection[RowDifference], moved: Moved = unheard) -> None:
    """Make differences on a plan: many rows alike by one statement, and one by one where one is in another's way.

    ``moved`` hears how far it is; what it raises ends it.
    """
    opening, shutting = (
        [each for each in differences if each.table in _SHUT and _shuts(each) is shuts] for shuts in (False, True)
    )
    others = [each for each in differences if each.table not in _SHUT]
    for several in (opening, others, shutting):  # what is locked or closed from now on was changed before
        _put_together(plan, several, moved)


_SHUT = {"reporting_period": "locked", "closed_year": "closed"}
"""The tables whose rows lock what belongs to them, with the state in which they do."""


def _shuts(difference: RowDifference) -> bool:
    """Whether a period or a year is locked or closed by a difference."""
    change = difference.changes[0]
    cells = {each.cell: each.after for each in difference.changes if each.action == "set"} or change.after or {}
    return bool(cells.get("state") == _SHUT[difference.table])


def _put_together(plan: sqlite3.Connection, differences: Collection[RowDifference], moved: Moved) -> None:
    plan.execute("SAVEPOINT put")
    try:
        _put_alike(plan, differences, moved)
    except sqlite3.IntegrityError:
        plan.execute("ROLLBACK TO put")
        putting_back.put(plan, list(differences))
    finally:
        plan.execute("RELEASE put")


def _put_alike(plan: sqlite3.Connection, differences: Collection[RowDifference], moved: Moved) -> None:
    """Make differences by as few statements as there are sets of cells; what hangs on rows goes first and comes last.

    Raises:
        sqlite3.IntegrityError: if one is in another's way.
    """
    done = 0

    def make(statement: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Make one statement of many rows, a portion at a time."""
        nonlocal done
        for first in range(0, len(values), PORTION):
            moved("Taking in", done, len(differences))
            portion = values[first : first + PORTION]
            plan.executemany(statement, portion)
            done += len(portion)

    sets: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for each in putting_back.in_order(differences):
        if each.fate == "changed":
            cells_set = each.table, *(change.cell for change in each.changes)
            sets.setdefault(cells_set, []).append((*(change.after for change in each.changes), each.key))
    for (of_table, *cells), set_rows in sets.items():
        wanted = ", ".join(f'"{name}" = ?' for name in cells)
        make(f'UPDATE "{of_table}" SET {wanted} WHERE id = ?', set_rows)
    rest = [each for each in putting_back.in_order(differences) if each.fate != "changed"]
    for (table, fate), several in groupby(rest, lambda each: (each.table, each.fate)):
        if fate == "removed":
            make(f'DELETE FROM "{table}" WHERE id = ?', [(each.key,) for each in several])
            continue
        added = [each.changes[0].after for each in several]
        names, marks = ", ".join(f'"{name}"' for name in added[0]), ", ".join("?" * len(added[0]))
        make(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [tuple(row.values()) for row in added])
