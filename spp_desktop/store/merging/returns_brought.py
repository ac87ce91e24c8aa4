"""The records of returns that another copy keeps, brought into the plan: a return of either is known in both."""

import sqlite3

from spp_desktop.store.receipts import MERGE

_TABLES = {
    "export": "SELECT {} FROM export ORDER BY rowid",
    "receipt": f"SELECT {{}} FROM receipt WHERE export <> '{MERGE}' ORDER BY rowid",
    "decision": f"SELECT {{}} FROM decision WHERE receipt IN (SELECT id FROM receipt WHERE export <> '{MERGE}')",
}


def bring(copy: sqlite3.Connection, plan: sqlite3.Connection) -> None:
    """Have a plan know which files went out from a copy and came back to it, and what was decided about them.

    What the plan knows already stays as it is; but a file that is closed in the copy and still open here is closed.

    Args:
        copy: The copy.
        plan: The plan, within a transaction that records what is kept beside the content.
    """
    for table, query in _TABLES.items():
        columns = [row[1] for row in plan.execute(f'PRAGMA table_info("{table}")')]
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        known = _keys(plan, table)
        rows = [row for row in copy.execute(query.format(names)) if _key(columns, table, row) not in known]
        plan.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    closed = "SELECT state, closed_at, revision, outcome, id FROM receipt WHERE state <> 'open' AND export <> ?"
    plan.executemany(
        "UPDATE receipt SET state = ?, closed_at = ?, revision = ?, outcome = ? WHERE id = ? AND state = 'open'",
        copy.execute(closed, (MERGE,)).fetchall(),
    )


_KEYS = {"export": ("id",), "receipt": ("id",), "decision": ("receipt", "subject")}


def _keys(plan: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    return set(plan.execute(f"SELECT {', '.join(_KEYS[table])} FROM {table}"))


def _key(columns: list[str], table: str, row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(row[columns.index(name)] for name in _KEYS[table])
