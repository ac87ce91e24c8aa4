"""The plan's own record of the files that were exported; it is believed over what such a file says of itself."""

import sqlite3
from dataclasses import astuple, dataclass, field, fields

from spp_desktop.plan.periods import APRIL

CALENDAR = "calendar"
"""What stands for the return in the record of a calendar: nobody answers it, and what it showed is known by it."""

PUBLICATION = "publication"
"""What stands for the return in the record of a file of published tables; ``due`` is then their day of release."""

NO_RETURNS = (CALENDAR, PUBLICATION)
"""What stands for the return where nobody answers."""

SCHEMA = (
    """CREATE TABLE export (
        id TEXT PRIMARY KEY, revision TEXT NOT NULL, return_id TEXT NOT NULL, owner TEXT NOT NULL, year INTEGER,
        rows INTEGER NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, period TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '')""",
)


@dataclass(frozen=True)
class Export:
    """A file that was issued.

    Attributes:
        id: The key of the export, which the file carries too.
        revision: The id of the plan's newest revision when it was issued.
        return_id: The id of the return.
        owner: The title of the post that it was made for; empty for the whole plan.
        year: The financial year by its first calendar year; ``None`` for the whole plan.
        rows: The number of its rows.
        file_name: The name of the file, without its folder.
        file_hash: The SHA-256 of the file, in hexadecimal.
        at: When it was issued, an ISO time in UTC.
        author: The log-in name of the person who issued it.
        period: The quarter or month of the year that it asks about, "Q2" or "M06"; empty for neither.
        due: The day by which the answer is due, an ISO date; empty if none was set.
        begins: The month in which the plan's years began when it was issued, as the plan's history has it.
        first_year: The plan's first year then, as its history has it.
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
    begins: int = APRIL
    first_year: int = field(default=0, compare=False)


_KEPT = [column.name for column in fields(Export) if column.name not in {"begins", "first_year"}]
_COLUMNS = ", ".join(_KEPT)
_OF_PLAN = """WITH of_plan AS MATERIALIZED (
    SELECT n, revision, cell, before FROM step_change WHERE row_id = (SELECT id FROM "plan"))"""
"""The changes of the plan's own row."""
_THEN = """ifnull(
    (SELECT change.before FROM of_plan AS change JOIN revision ON revision.id = export.revision
     WHERE change.cell = '{0}' AND change.revision > revision.n ORDER BY change.n LIMIT 1),
    (SELECT {0} FROM "plan"))"""
"""What a column of the plan's own row was then: what the first change of it since then says that it was."""


def record(connection: sqlite3.Connection, export: Export) -> None:
    """Record that a file was issued."""
    marks = ", ".join("?" * len(_KEPT))
    connection.execute(f"INSERT INTO export ({_COLUMNS}) VALUES ({marks})", astuple(export)[: len(_KEPT)])


def calendars(connection: sqlite3.Connection) -> list[tuple[Export, int]]:
    """The records of calendars, each with the local number of the revision at which it was made."""
    columns = ", ".join(f"export.{name}" for name in _KEPT)
    query = f"""SELECT {columns}, revision.n FROM export JOIN revision ON revision.id = export.revision
        WHERE return_id = ? ORDER BY revision.n"""
    return [(Export(*row[:-1]), row[-1]) for row in connection.execute(query, (CALENDAR,))]


def find(connection: sqlite3.Connection, key: str) -> Export | None:
    """The record of an export; ``None`` if this plan has none."""
    return next(iter(_select(connection, "WHERE id = ?", key)), None)


def every(connection: sqlite3.Connection) -> list[Export]:
    """All records of returns, the newest first."""
    return _select(connection, f"WHERE return_id NOT IN ({', '.join('?' * len(NO_RETURNS))})", *NO_RETURNS)


def latest_year(connection: sqlite3.Connection) -> int | None:
    """The year that the newest file of any is about which went out for a year."""
    row = connection.execute("SELECT year FROM export WHERE year IS NOT NULL ORDER BY at DESC LIMIT 1").fetchone()
    return None if row is None else int(row[0])


def published(connection: sqlite3.Connection) -> list[Export]:
    """The records of files of published tables, the newest first."""
    return _select(connection, "WHERE return_id = ?", PUBLICATION)


def issued(connection: sqlite3.Connection, return_id: str, year: int | None, period: str) -> list[Export]:
    """The files of a return that were issued for a year and period, the newest first."""
    return _select(connection, "WHERE return_id = ? AND year IS ? AND period = ?", return_id, year, period)


def _select(connection: sqlite3.Connection, where: str, *values: str | int | None) -> list[Export]:
    then = ", ".join(_THEN.format(name) for name in ("first_month", "first_year"))
    query = f"{_OF_PLAN} SELECT {_COLUMNS}, {then} FROM export {where} ORDER BY at DESC, id"
    return [Export(*row) for row in connection.execute(query, values)]
