"""How large a step is: which rows it touched, and whether they are too many to be told one by one."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from spp_desktop.store import history, moved

MOST_TOLD = 20_000
"""Rows of one step that listeners are told one by one."""


def touched(connection: sqlite3.Connection, revision: int) -> Mapping[str, frozenset[str]]:
    """The keys of the rows that a revision touched, by table; none at all where there are too many to be told."""
    if history.numbers_of_changes(connection, revision - 1, revision).get(revision, 0) > MOST_TOLD:
        return {}
    rows: dict[str, set[str]] = defaultdict(set)
    query = "SELECT row_table, row_id FROM step_change WHERE revision = ?"
    for table, key in connection.execute(query, (revision,)):
        rows[moved.table_now(table)].add(key)
    return {table: frozenset(keys) for table, keys in rows.items()}


def is_large(connection: sqlite3.Connection, revision: str | None) -> bool:
    """Whether a step, by its id, has more changes than are told one by one; found without reading them."""
    step = None if revision is None else history.revision_named(connection, revision)
    return step is not None and history.numbers_of_changes(connection, step.n - 1, step.n)[step.n] > MOST_TOLD
