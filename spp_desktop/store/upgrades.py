"""Numbered steps from one form of the file to the next; ``user_version`` says which form a file has."""

import sqlite3
from collections.abc import Callable, Mapping

from spp_desktop.store import form_3

Step = Callable[[sqlite3.Connection], None]

FIRST_VERSION = 1


def _keep_what_came_back(connection: sqlite3.Connection) -> None:
    """To version 2: the period and the day due of an export, the files received, and the decisions about them.

    The statements are those of that version, whatever later ones make of these tables. ``ADD COLUMN`` leaves the
    text of the table that a new plan of version 2 has.
    """
    for column in ("period", "due"):
        connection.execute(f"ALTER TABLE export ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    connection.execute("""CREATE TABLE receipt (
        id TEXT PRIMARY KEY, identity TEXT NOT NULL, export TEXT NOT NULL, file_name TEXT NOT NULL,
        file_hash TEXT NOT NULL, sender TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, state TEXT NOT NULL,
        closed_at TEXT NOT NULL, revision TEXT NOT NULL, outcome TEXT NOT NULL, content BLOB NOT NULL)""")
    connection.execute("""CREATE TABLE decision (
        receipt TEXT NOT NULL, subject TEXT NOT NULL, verdict TEXT NOT NULL, value TEXT NOT NULL,
        reason TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (receipt, subject))""")


STEPS: Mapping[int, Step] = {1: _keep_what_came_back, 2: form_3.bring_up}
"""The step that leads away from each version."""

VERSION = FIRST_VERSION + len(STEPS)
"""The form that this program writes."""


def upgrade(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS) -> list[int]:
    """Bring a file up to date, all steps in one transaction, and say which versions it passed through.

    It must run before recording starts: a step changes the form of the file, not what the plan says. Foreign keys are
    off meanwhile, as SQLite demands of whoever makes a table anew: to drop one would take along the rows of others.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (keys,) = connection.execute("PRAGMA foreign_keys").fetchone()
    passed: list[int] = []
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        while version in steps:
            steps[version](connection)
            version += 1
            passed.append(version)
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(f"PRAGMA foreign_keys = {keys:d}")
    return passed
