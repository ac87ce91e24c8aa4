"""What a merge brought along: the other copy's steps, kept beside the plan's own line with their authors, times, seals.

The plan's own line, the tables ``revision`` and ``change``, stays one step after the other. What another copy did is
kept here under the number of the merge that took it in, as it stood there: it is read where it is asked for.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import OF_MERGE, Revision

MERGED = "merged"
"""The mark of a merge that names the newest step of the other copy, its second parent, with that step's seal."""
DECIDED = "decided"
"""The mark of a cell that both copies had written and that the merge settled, by a decision or by itself."""
WAITING = "waiting"
"""The mark of a cell of a locked period or a closed year that stays as it is: ``after`` is the restatement proposed."""

SCHEMA = (
    """CREATE TABLE merged_revision (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL,
        merge INTEGER NOT NULL, UNIQUE (merge, id)
    )""",
    """CREATE TABLE merged_change (
        n INTEGER PRIMARY KEY, revision TEXT NOT NULL, action TEXT NOT NULL, row_table TEXT NOT NULL,
        row_id TEXT NOT NULL, cell TEXT NOT NULL, before, after
    )""",
    "CREATE INDEX merged_change_of_revision ON merged_change (revision)",
    "CREATE INDEX merged_revision_named ON merged_revision (id)",
    f"CREATE INDEX change_marked ON change (revision) WHERE {OF_MERGE}",
    *(
        f"CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END"
        for table in ("merged_revision", "merged_change")
        for verb, past in (("UPDATE", "changed"), ("DELETE", "removed"))
    ),
)
"""The tables of what was brought along. ``merge`` is the local number of the merge by which a plan knows a step: one
step may have come by two, of which one was undone. Its changes are kept once, whatever it came by."""

RawChange = tuple[str, str, str, str, object, object]
"""A change or a mark as it is written and sealed: action, table, key of the row, cell, before, after."""

_COLUMNS = "n, id, parent, sitting, at, author, label, kind, reverses, hash"
_CHANGE = "action, row_table, row_id, cell, before, after"
_EVERY = 100
"""Steps after which is told how many are kept."""


@dataclass(frozen=True)
class BroughtStep:
    """A step of another copy, as a merge brought it along: the step, and the local number of that merge."""

    step: Revision
    merge: int


def brought(connection: sqlite3.Connection, merge: int = 0) -> list[BroughtStep]:
    """The steps that merges brought along, in the order in which they were taken in: of all merges, or of one."""
    where = " WHERE merge = ?" if merge else ""
    query = f"SELECT {_COLUMNS}, merge FROM merged_revision{where} ORDER BY n"
    return [BroughtStep(Revision(*row[:-1]), row[-1]) for row in connection.execute(query, (merge,) if merge else ())]


def seals_brought(connection: sqlite3.Connection) -> dict[int, frozenset[str]]:
    """The seals of the steps that were brought along, by the numbers that they had where they were made."""
    if connection.execute("SELECT 1 FROM merged_revision LIMIT 1").fetchone() is None:
        return {}
    numbers: dict[str, int] = dict(connection.execute("SELECT id, n FROM revision").fetchall())
    seals: dict[int, set[str]] = {}
    for key, parent, seal in connection.execute("SELECT id, parent, hash FROM merged_revision ORDER BY n"):
        number = numbers.setdefault(key, numbers.get(parent, 0) + 1)
        seals.setdefault(number, set()).add(seal)
    return {number: frozenset(several) for number, several in seals.items()}


def brought_changes(connection: sqlite3.Connection, steps: Sequence[str]) -> Iterator[tuple[str, RawChange]]:
    """The changes and marks of steps that were brought along, each with the id of its step, in their order."""
    query = (
        f"SELECT revision, {_CHANGE} FROM merged_change WHERE revision IN (SELECT value FROM json_each(?)) ORDER BY n"
    )
    for key, *change in connection.execute(query, (json.dumps(list(steps)),)):
        yield key, tuple(change)


def every_seal(connection: sqlite3.Connection) -> dict[str, str]:
    """The seals of all steps that a plan holds, its own and those that were brought along, by their ids."""
    query = "SELECT id, hash FROM revision UNION SELECT id, hash FROM merged_revision"
    return dict(connection.execute(query).fetchall())


def steps_of_rows(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """The ids of the steps that were brought along and changed any of these rows."""
    query = "SELECT DISTINCT revision FROM merged_change WHERE row_id IN (SELECT value FROM json_each(?))"
    return {step for (step,) in connection.execute(query, (json.dumps(list(keys)),))}


def keep(
    connection: sqlite3.Connection,
    merge: int,
    steps: Iterable[Revision],
    changes: Mapping[str, Sequence[RawChange]],
    moved: Moved = unheard,
) -> None:
    """Keep steps of another copy under a merge; the changes of those that the plan does not hold yet.

    Args:
        connection: Of the plan, within the transaction of the merge.
        merge: The local number that the merge gets.
        steps: The steps, in their order.
        changes: Their changes and marks, by step.
        moved: Hears of each step that is kept; what it raises ends it.
    """
    coming = list(steps)
    query = "SELECT id FROM revision UNION SELECT id FROM merged_revision"
    there = {key for (key,) in connection.execute(query)}
    into = f"INSERT INTO merged_revision ({_COLUMNS.removeprefix('n, ')}, merge) VALUES ({', '.join('?' * 10)})"
    connection.executemany(into, [(*step[1:], merge) for step in coming])
    statement = f"INSERT INTO merged_change (revision, {_CHANGE}) VALUES ({', '.join('?' * 7)})"
    for done, step in enumerate(coming):
        if done % _EVERY == 0:
            moved("Bringing steps along", done, len(coming))
        if step.id not in there:
            connection.executemany(statement, ((step.id, *change) for change in changes.get(step.id, ())))


def mark(connection: sqlite3.Connection, merge: int, marks: Iterable[RawChange]) -> None:
    """Write marks of a merge, which are sealed with its changes."""
    into = f"INSERT INTO change (revision, {_CHANGE}) VALUES ({', '.join('?' * 7)})"
    connection.executemany(into, ((merge, *each) for each in marks))
