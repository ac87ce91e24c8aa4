"""What form 2 of the file made of form 1: what came back, and what was decided about it.

The statements are those of that version, whatever later ones make of these tables. ``ADD COLUMN`` leaves the text of
the table that a new plan of form 2 has.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE export ADD COLUMN period TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE export ADD COLUMN due TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE receipt (
        id TEXT PRIMARY KEY, identity TEXT NOT NULL, export TEXT NOT NULL, file_name TEXT NOT NULL,
        file_hash TEXT NOT NULL, sender TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, state TEXT NOT NULL,
        closed_at TEXT NOT NULL, revision TEXT NOT NULL, outcome TEXT NOT NULL, content BLOB NOT NULL)""",
    """CREATE TABLE decision (
        receipt TEXT NOT NULL, subject TEXT NOT NULL, verdict TEXT NOT NULL, value TEXT NOT NULL,
        reason TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (receipt, subject))""",
)


def bring_up(connection: sqlite3.Connection) -> None:
    """To form 2, without a change to what the plan says."""
    for statement in _STATEMENTS:
        connection.execute(statement)
