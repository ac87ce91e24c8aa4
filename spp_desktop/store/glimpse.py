"""A first look at a plan's activities, read with nothing but SQLite, while the rest of the program is still loading.

What it shows is replaced as soon as the plan has been opened and looked over; nothing is ever changed here: what is
typed in the first look goes into the plan by its open pages.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from spp_desktop.plan.role_names import in_role
from spp_desktop.store import own_words, places
from spp_desktop.store.plain import ActivityRow, PostsInRoles, RoleRow, StatusRow

PATIENCE = 2_000_000
"""SQLite's own steps after which the first look is given up: a file made to be slow is not waited for."""

WAIT = 0.2
"""The seconds that a plan which another program is writing is waited for before its card stays empty."""

_APRIL = 4
"""The month in which years begin of a plan that does not say another; ``plan.periods`` is not loaded yet."""

_JOINED = {
    "key": "a.id",
    "priority_key": "p.id",
    "priority": "p.title",
    "status_key": "s.id",
    "status": "ifnull(s.title, '')",
    "finished": "ifnull(s.finished, 0)",
    "milestones": "(SELECT count(*) FROM milestone m WHERE m.activity_id = a.id)",
    "milestones_done": "(SELECT count(m.done_on) FROM milestone m WHERE m.activity_id = a.id)",
    "next_milestone": "(SELECT min(ifnull(m.forecast, m.due)) FROM milestone m "
    "LEFT JOIN status e ON e.id = m.status_id "
    "WHERE m.activity_id = a.id AND m.done_on IS NULL AND ifnull(e.finished, 0) = 0)",
    "updated": "(SELECT max(u.reported_on) FROM activity_update u WHERE u.activity_id = a.id)",
}
"""Where a field of ``ActivityRow`` comes from that is no column of the activity's own."""

_LATER = ("owners", "owner_keys", "linked", "serves", "roles", "home_key", "home", "attached", "marking_id")
_FIELDS = [name for name in ActivityRow._fields if name not in _LATER]
_DAYS = [name for name, kind in ActivityRow.__annotations__.items() if kind == date | None]
_ACTIVITIES = f"""
    SELECT {", ".join(_JOINED.get(name, f"a.{name}") for name in _FIELDS)}
    FROM activity a JOIN priority p ON p.id = a.priority_id LEFT JOIN status s ON s.id = a.status_id
    WHERE a.year = ? ORDER BY p.position, p.id, a.position, a.ref"""
_OWNERS = """
    SELECT o.activity_id, t.title, t.id FROM activity_owner o JOIN post t ON t.id = o.post_id
    ORDER BY o.role DESC, o.position, t.title"""
_STATUSES = """
    SELECT id, title, meaning, colour, dark_colour, shape, needs_reason, finished FROM status ORDER BY position, id"""
_HOMES = """
    SELECT a.id, ifnull(t.id, c.id), ifnull(t.title, c.text) FROM activity a LEFT JOIN theme t ON t.id = a.theme_id
    LEFT JOIN commitment c ON c.id = a.commitment_id WHERE a.theme_id IS NOT NULL OR a.commitment_id IS NOT NULL"""
_ROLES = "SELECT id, title, chased, meaning FROM role ORDER BY position, id"
_IN_ROLES = "SELECT row_id, role_id, post_id FROM post_in_role ORDER BY position, id"
_POSTS = "SELECT id, title FROM post ORDER BY position, id"
_PRIORITIES = "SELECT id, title FROM priority ORDER BY position, id"


class FirstLook(NamedTuple):
    """What is seen of a plan at first.

    Attributes:
        year: the year shown, by its first calendar year.
        today: the day it is judged by.
        rows: the activities of the year.
        statuses: the plan's statuses.
        roles: its roles.
        posts: its posts, by key.
        priorities: its priorities, by key.
    """

    year: int
    today: date
    rows: list[ActivityRow]
    statuses: list[StatusRow]
    roles: list[RoleRow]
    posts: Mapping[str, str]
    priorities: Mapping[str, str]


def first_look(path: Path, year: int | None) -> FirstLook | None:
    """What is seen of a plan at first; ``None`` where no quick look is had.

    ``year`` is the one that was shown last, if it is known and the plan has it.
    """
    if places.is_away(path):
        return None
    try:
        with _reading(path) as connection:
            own_words.go_by(connection)
            return _look(connection, year)
    except (sqlite3.Error, ValueError, TypeError, LookupError):
        return None


@contextmanager
def _reading(path: Path, wait: float = 0.0) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, waits so many seconds for others, and gives up what takes too long."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.set_progress_handler(lambda: 1, PATIENCE)
        yield connection


def plan_key(path: Path) -> str:
    """The key of the plan's own row; "" where it is not to be had at once."""
    if places.is_away(path):
        return ""
    try:
        with _reading(path) as connection:
            return str(connection.execute('SELECT id FROM "plan"').fetchone()[0])
    except (sqlite3.Error, ValueError, TypeError):
        return ""


class PlanCard(NamedTuple):
    """What is said of a plan before it is opened.

    ``changed`` is the kept time of its latest step, "" where there is none; ``author`` who took it. ``period`` are the
    first and the last calendar year.
    """

    title: str
    force: str
    period: tuple[int, int]
    changed: str
    author: str


def card_of(path: Path) -> PlanCard | None:
    """What can be said of a plan's file at a glance; ``None`` for one that is no plan, or cannot be read just now."""
    if places.is_away(path):
        return None
    try:
        with _reading(path, WAIT) as connection:
            own = _plan_of(connection)
            first, years, begins = int(own["first_year"]), int(own["years"]), own.get("first_month", _APRIL)
            step = connection.execute("SELECT at, author FROM revision ORDER BY n DESC LIMIT 1").fetchone()
            at, author = step if step is not None else ("", "")
            last = first + years - (begins == 1)  # the last of calendar years begins and ends in the same
            return PlanCard(str(own["title"]), str(own["force"]), (first, last), str(at), str(author))
    except (sqlite3.Error, ValueError, TypeError, LookupError, OSError):
        return None


def _look(connection: sqlite3.Connection, year: int | None) -> FirstLook:
    own = _plan_of(connection)
    today = _day(own["as_at"]) or date.today()
    now = today.year - (today.month < own.get("first_month", _APRIL))
    first, last = own.get("kept_from") or own["first_year"], own["first_year"] + own["years"] - 1
    shown = _year_shown(connection, first, last, now, year)
    owners: dict[str, list[tuple[str, str]]] = {}
    for activity, title, key in connection.execute(_OWNERS):
        owners.setdefault(activity, []).append((title, key))
    roles, standing = _in_roles(connection)
    posts, priorities = dict(connection.execute(_POSTS)), dict(connection.execute(_PRIORITIES))
    homes = _homes(connection)
    rows = [_row(row, owners, standing, homes) for row in connection.execute(_ACTIVITIES, (shown,))]
    statuses = [
        StatusRow(key, title, meaning, colour, dark, shape, bool(reason), bool(finished))
        for key, title, meaning, colour, dark, shape, reason, finished in connection.execute(_STATUSES)
    ]
    return FirstLook(int(shown), today, rows, statuses, roles, posts, priorities)


def _homes(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """The homes below a priority, key and words, by activity; none in a file of an older form."""
    try:
        return {key: (home, words) for key, home, words in connection.execute(_HOMES)}
    except sqlite3.OperationalError:
        return {}


def _in_roles(connection: sqlite3.Connection) -> tuple[list[RoleRow], Mapping[str, PostsInRoles]]:
    """The roles, and the posts that stand in roles to rows; none in a file of an older form."""
    try:
        roles = [RoleRow(key, title, bool(chased), text) for key, title, chased, text in connection.execute(_ROLES)]
    except sqlite3.OperationalError:
        roles = []
    standing: dict[str, dict[str, tuple[str, ...]]] = {}
    for row, role, post in connection.execute(_IN_ROLES) if roles else ():
        of_row = standing.setdefault(row, {})
        of_row[in_role(role)] = (*of_row.get(in_role(role), ()), post)
    return roles, standing


def _plan_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """The plan's own row by its columns. One of an older form lacks some."""
    cursor = connection.execute('SELECT * FROM "plan"')
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def _year_shown(connection: sqlite3.Connection, first: int, last: int, now: int, wished: int | None) -> int:
    """The year that the window shows: as ``queries.usual_year`` and ``plan.identity.nearest_year`` say it."""
    filled = [int(year) for (year,) in connection.execute("SELECT DISTINCT year FROM activity")]
    if wished is not None:
        return wished if wished in filled else min(max(wished, first), last)
    planned = [year for year in filled if first <= year <= last]
    if first <= now <= last or not planned:
        return min(max(now, first), last)
    return min(planned, key=lambda year: (abs(year - now), year))


def _row(
    cells: tuple[Any, ...],
    owners: Mapping[str, list[tuple[str, str]]],
    standing: Mapping[str, PostsInRoles],
    homes: Mapping[str, tuple[str, str]],
) -> ActivityRow:
    row = dict(zip(_FIELDS, cells, strict=True))
    row["finished"] = bool(row["finished"])
    for name in _DAYS:
        row[name] = _day(row[name])
    titles, keys = (tuple([post[n] for post in owners.get(row["key"], ())]) for n in (0, 1))
    home_key, home = homes.get(row["key"], (row["priority_key"], row["priority"]))
    return ActivityRow(
        **row, owners=titles, owner_keys=keys, linked=(), roles=standing.get(row["key"], {}),
        home_key=home_key, home=home,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
