"""The life of a row: which rows hang on it or ever hung on it, so that all that happened to it can be told."""

import json
import sqlite3
from collections.abc import Collection, Iterator

from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import history

DEEPEST = 4
"""So many times it is asked what hangs on what hangs on a row."""


def hanging_ever(connection: sqlite3.Connection, key: str) -> list[str]:
    """The keys of a row and of all that hangs on it now or hung on it once, the row itself first.

    A priority has its themes, commitments and activities, an activity its milestones, owners, updates, links.
    """
    keys = {key: None}
    newest: Collection[str] = [key]
    query = "SELECT DISTINCT row_table, action, ifnull(cell, '') FROM step_change WHERE action <> 'add'"
    ever = frozenset(connection.execute(query))  # of most tables no row has gone, or come to hang elsewhere
    for _ in range(DEEPEST):
        newest = {each for each in _parts(connection, newest, ever) if each not in keys}
        keys |= dict.fromkeys(sorted(newest))
        if not newest:
            break
    return list(keys)


def _parts(
    connection: sqlite3.Connection, keys: Collection[str], ever: Collection[tuple[str, str, str]]
) -> Iterator[str]:
    """The keys of rows that name one of these as what they are a part of, or hang on it, now or before they went.

    ``ever`` are the tables of which the history tells changes, each with what was done and, of cells, the column.
    """
    asked = json.dumps(list(keys))
    among = "IN (SELECT value FROM json_each(?))"
    for table, model in kinds_of_row().items():
        links = SQLModel.metadata.tables[table].foreign_keys
        goes_with = (link.parent.name for link in links if link.ondelete == "CASCADE")  # an activity with its priority
        for column in filter(None, dict.fromkeys((model.part_of, model.or_of, *model.names_any, *goes_with))):
            queries: list[tuple[str, tuple[str, ...]]] = [
                (f'SELECT id FROM "{table}" WHERE "{column}" {among}', (asked,))
            ]
            if (table, "remove", "") in ever:
                gone = f"{history.cell_of_row('remove', column)} {among}"
                query = f"SELECT row_id FROM step_change WHERE row_table = ? AND {gone}"
                queries.append((query, (table, asked)))
            if (table, "set", column) in ever:
                query = f"""SELECT row_id FROM step_change
                    WHERE action = 'set' AND row_table = ? AND cell = ? AND before {among}"""
                queries.append((query, (table, column, asked)))
            for query, values in queries:
                for (row,) in connection.execute(query, values):
                    yield row


def key_of(connection: sqlite3.Connection, name: str) -> str:
    """The key of a row by its key, or by the name that the last row had which is gone and was called so; "" if none."""
    if history.table_of(connection, name):
        return name
    for table, model in kinds_of_row().items():
        for column in model.called_by[:1]:
            query = (
                "SELECT row_id FROM step_change WHERE row_table = ? "
                f"AND {history.cell_of_row('remove', column)} = ? ORDER BY n DESC LIMIT 1"
            )
            row = connection.execute(query, (table, name)).fetchone()
            if row is not None:
                return str(row[0])
    return ""
