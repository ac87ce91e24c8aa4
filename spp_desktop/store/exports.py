"""The plan's own record of what was exported: what each file was issued with, believed over what the file says."""

import sqlite3
from dataclasses import astuple, dataclass, fields

SCHEMA = (
    """CREATE TABLE export (
        id TEXT PRIMARY KEY, revision TEXT NOT NULL, return_id TEXT NOT NULL, owner TEXT NOT NULL, year INTEGER,
        rows INTEGER NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, period TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '')""",
)


@dataclass(frozen=True)
class Export:
    """One file that was issued.

    Attributes:
        id: the export's key, which the file carries too.
        revision: the plan's newest revision when it was issued.
        return_id: which return it is.
        owner: a post's title, or empty for the whole.
        year: the financial year by its first calendar year, or ``None`` for the whole plan.
        rows: how many rows it held.
        file_name: the file's name, without its folder.
        file_hash: SHA-256 of the file, in hexadecimal.
        at: when it was issued, an ISO time in UTC.
        author: who issued it, by log-in name.
        period: the quarter or month of the year that it asks about, "Q2" or "M06"; empty where it is of neither.
        due: the day by which the answer is due, an ISO date; empty if none was set.
    """

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
    period: str = ""
    due: str = ""


_COLUMNS = ", ".join(column.name for column in fields(Export))


def record(connection: sqlite3.Connection, export: Export) -> None:
    """Write down that a file was issued."""
    marks = ", ".join("?" * len(fields(Export)))
    connection.execute(f"INSERT INTO export ({_COLUMNS}) VALUES ({marks})", astuple(export))


def find(connection: sqlite3.Connection, key: str) -> Export | None:
    """The record of one export, if this plan has it."""
    return next(iter(_those(connection, "WHERE id = ?", key)), None)


def every(connection: sqlite3.Connection) -> list[Export]:
    """All records, the newest first."""
    return _those(connection, "")


def issued(connection: sqlite3.Connection, return_id: str, year: int | None, period: str) -> list[Export]:
    """What was issued of one return for one year and period, the newest first."""
    return _those(connection, "WHERE return_id = ? AND year IS ? AND period = ?", return_id, year, period)


def _those(connection: sqlite3.Connection, where: str, *values: str | int | None) -> list[Export]:
    query = f"SELECT {_COLUMNS} FROM export {where} ORDER BY at DESC, id"
    return [Export(*row) for row in connection.execute(query, values)]
