"""When rows of the plan were last changed, and those that were there and are not: what the history says of each."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spp_desktop.store import whole_rows
from spp_desktop.store.history import StoredRow, known_table


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
