"""A first look at a plan's activities, read with nothing but SQLite, while the rest of the program is still loading.

What it shows is replaced as soon as the plan has been opened and looked over; nothing is ever changed here.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from spp_desktop.store.plain import ActivityRow, StatusRow

PATIENCE = 2_000_000
"""SQLite's own steps after which the first look is given up: a file made to be slow is not waited for."""

_ACTIVITIES = """
    SELECT a.id, a.year, a.ref, a.text, a.priority_id, p.title, a.status_id, s.title, s.finished, a.percent,
        a.start, a.due, a.forecast, a.reason,
        (SELECT count(*) FROM milestone m WHERE m.activity_id = a.id),
        (SELECT count(m.done_on) FROM milestone m WHERE m.activity_id = a.id),
        (SELECT min(ifnull(m.forecast, m.due)) FROM milestone m WHERE m.activity_id = a.id AND m.done_on IS NULL),
        (SELECT max(u.reported_on) FROM activity_update u WHERE u.activity_id = a.id)
    FROM activity a JOIN priority p ON p.id = a.priority_id LEFT JOIN status s ON s.id = a.status_id
    WHERE a.year = ? ORDER BY p.position, p.id, a.position, a.ref"""
_OWNERS = """
    SELECT o.activity_id, t.title, t.id FROM activity_owner o JOIN post t ON t.id = o.post_id
    ORDER BY o.role DESC, o.position, t.title"""
_STATUSES = """
    SELECT id, title, meaning, colour, dark_colour, shape, needs_reason, finished FROM status ORDER BY position, id"""


def first_look(path: Path, year: int | None) -> tuple[int, date, list[ActivityRow], list[StatusRow]] | None:
    """The year shown, the day it is judged by, its activities and the statuses; ``None`` where no quick look is had.

    ``year`` is the one that was shown last, if it is known and the plan has it.
    """
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.set_progress_handler(lambda: 1, PATIENCE)
            return _look(connection, year)
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _look(
    connection: sqlite3.Connection, year: int | None
) -> tuple[int, date, list[ActivityRow], list[StatusRow]] | None:
    first, years, as_at = connection.execute('SELECT first_year, years, as_at FROM "plan"').fetchone()
    today = _day(as_at) or date.today()
    current = today.year if today.month >= 4 else today.year - 1  # noqa: PLR2004 - April; plan.periods, not yet loaded
    wished = current if year is None else year
    shown = wished if first <= wished < first + years else first
    owners: dict[str, list[tuple[str, str]]] = {}
    for activity, title, key in connection.execute(_OWNERS):
        owners.setdefault(activity, []).append((title, key))
    rows = [_row(row, owners.get(row[0], [])) for row in connection.execute(_ACTIVITIES, (shown,))]
    statuses = [
        StatusRow(key, title, meaning, colour, dark, shape, bool(reason), bool(finished))
        for key, title, meaning, colour, dark, shape, reason, finished in connection.execute(_STATUSES)
    ]
    return int(shown), today, rows, statuses


def _row(row: tuple[Any, ...], owners: list[tuple[str, str]]) -> ActivityRow:
    key, year, ref, text, priority_key, priority, status_key, status, finished, percent, *days = row
    start, due, forecast, reason, steps, done, following, updated = days
    return ActivityRow(
        key, year, ref, text, priority_key, priority,
        tuple(title for title, _ in owners), tuple(post for _, post in owners),
        status_key, status or "", bool(finished), percent, _day(start), _day(due), _day(forecast), reason,
        steps, done, _day(following), _day(updated), (),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
