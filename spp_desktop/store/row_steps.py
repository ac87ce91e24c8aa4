"""When rows of the plan were last changed, and those that were there and are not: what the history says of each."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from spp_desktop.store import history, whole_rows
from spp_desktop.store.history import Revision, StoredRow, known_table


@dataclass(frozen=True)
class EndedRow:
    """A row that is there no more.

    Attributes:
        row: as it was when it was removed.
        began: the local number of the revision that first added it; 0 where that is not known.
        ended: the one that removed it.
    """

    row: StoredRow
    began: int
    ended: int


def newest(connection: sqlite3.Connection, tables: Collection[str]) -> dict[str, int]:
    """The local number of the revision that last changed each row of some tables, by the row's key."""
    marks = ", ".join("?" * len(tables))
    query = f"SELECT row_id, max(revision) FROM step_change WHERE row_table IN ({marks}) GROUP BY row_id"
    return dict(connection.execute(query, tuple(tables)).fetchall())


def first(connection: sqlite3.Connection, table: str) -> dict[str, int]:
    """The local number of the revision that added each row of a table, by the row's key."""
    query = "SELECT row_id, min(revision) FROM step_change WHERE row_table = ? AND action = 'add' GROUP BY row_id"
    return dict(connection.execute(query, (known_table(table),)).fetchall())


def ended(connection: sqlite3.Connection, table: str) -> Iterator[EndedRow]:
    """The rows of a table that were removed and are not there, in the order in which they were removed."""
    began = first(connection, table)
    query = f"""SELECT row_id, before, max(revision) FROM step_change WHERE row_table = ? AND action = 'remove'
        AND row_id NOT IN (SELECT id FROM "{known_table(table)}") GROUP BY row_id ORDER BY max(revision), row_id"""
    for key, before, revision in connection.execute(query, (table,)).fetchall():
        row = whole_rows.read(table, before)
        if row is not None:
            yield EndedRow(row, began.get(key, 0), revision)


def emptied(connection: sqlite3.Connection, table: str, cells: Collection[str]) -> dict[str, tuple[str, int]]:
    """What was last taken out of some cells of each row of a table, and by which revision, by the row's key."""
    marks = ", ".join("?" * len(cells))
    query = f"""SELECT row_id, before, revision FROM step_change WHERE row_table = ? AND action = 'set'
        AND cell IN ({marks}) AND before IS NOT NULL AND after IS NULL ORDER BY n"""
    rows = connection.execute(query, (known_table(table), *cells))
    return {key: (before, revision) for key, before, revision in rows}


_TURNING = """SELECT mark.revision FROM change AS mark JOIN revision AS turned ON turned.id = mark.row_id
    WHERE mark.action = 'turned' AND mark.revision > ? AND EXISTS (SELECT 1 FROM change WHERE row_id = ?
        AND n >= (SELECT min(n) FROM change WHERE revision = turned.n)
        AND n <= (SELECT max(n) FROM change WHERE revision = turned.n))"""
"""The steps after one that turned round a step which had changed a row. The numbers of a step's changes follow one
another, so that each is looked up by the row and its number."""


def last_of_rows(connection: sqlite3.Connection, keys: Iterable[str], most: int) -> list[Revision]:
    """So many of the last steps that changed any of these rows, the newest first; of no row are many more read."""
    numbers: set[int] = set()
    for key in keys:
        changes = connection.execute("SELECT revision FROM change WHERE row_id = ? ORDER BY n DESC", (key,))
        own = [n for n, _ in islice(groupby(n for (n,) in changes), most)]
        numbers.update(own)
        if len(own) < most:
            others = connection.execute("SELECT revision FROM step_change WHERE row_id = ?", (key,))
        else:
            others = connection.execute(_TURNING, (own[-1], key))
        numbers.update(n for (n,) in others)
    steps = (history.revision_numbered(connection, n) for n in sorted(numbers)[: -most - 1 : -1])
    return history.readable(filter(None, steps))
