"""The plan's own record of what was exported: what each file was issued with, believed over what the file says."""

import sqlite3
from dataclasses import astuple, dataclass, fields

SCHEMA = (
    """CREATE TABLE export (
        id TEXT PRIMARY KEY, revision TEXT NOT NULL, return_id TEXT NOT NULL, owner TEXT NOT NULL, year INTEGER,
        rows INTEGER NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL)""",
)


@dataclass(frozen=True)
class Export:
    """One file that was issued. ``owner`` is a post's title, or empty for the whole; ``at`` an ISO time in UTC."""

    id: str
    revision: str
    return_id: str
    owner: str
    year: int | None
    rows: int
    file_name: str
    file_hash: str
    at: str
    author: str


_COLUMNS = ", ".join(column.name for column in fields(Export))


def record(connection: sqlite3.Connection, export: Export) -> None:
    """Write down that a file was issued."""
    marks = ", ".join("?" * len(fields(Export)))
    connection.execute(f"INSERT INTO export ({_COLUMNS}) VALUES ({marks})", astuple(export))


def find(connection: sqlite3.Connection, key: str) -> Export | None:
    """The record of one export, if this plan has it."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM export WHERE id = ?", (key,)).fetchone()
    return Export(*row) if row else None


def every(connection: sqlite3.Connection) -> list[Export]:
    """All records, the newest first."""
    return [Export(*row) for row in connection.execute(f"SELECT {_COLUMNS} FROM export ORDER BY at DESC, id")]
