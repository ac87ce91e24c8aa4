"""What the program goes by as long as a plan is open: the plan's own words for its levels, and its own years."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from spp_desktop.plan import periods, spoken
from spp_desktop.plan.spoken import LevelWords

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from spp_desktop.store.changed import Changed

_TABLES = frozenset({"level", "plan"})
"""The tables in which it stands."""
_LEVELS = """
    SELECT title, plural, written FROM level
    WHERE typeof(title) = 'text' AND typeof(plural) = 'text' AND title <> '' AND plural <> '' ORDER BY position, id"""
"""The levels from the top, without those that a damaged file has no word for."""
_CELLS = ("title", "plural", "written", "position")


def go_by(connection: sqlite3.Connection) -> None:
    """From now on, speak and count years as a plan says. One of an older form, which does not say it, is as usual."""
    known: list[tuple[str, str, str]] = []
    with suppress(sqlite3.Error):
        known = connection.execute(_LEVELS).fetchall()
    spoken.speak(spoken.level_words(known))
    month: int = periods.APRIL
    with suppress(sqlite3.Error, TypeError):
        month = connection.execute('SELECT first_month FROM "plan"').fetchone()[0]
    with suppress(ValueError, TypeError):  # of a damaged plan it stays as it was
        periods.begin_years_in(month)


def earlier(connection: "Connection") -> tuple[LevelWords, ...]:
    """The words that a plan had for its levels before, as far as its history goes, the latest first."""
    query = "SELECT id, title, plural, written, position FROM level"
    rows = {key: dict(zip(_CELLS, cells, strict=True)) for key, *cells in connection.exec_driver_sql(query)}
    words: dict[LevelWords, None] = {}
    changes = connection.exec_driver_sql(
        "SELECT revision, row_id, action, cell, before FROM step_change WHERE row_table = 'level' ORDER BY n DESC"
    )
    for _, together in groupby(changes, lambda change: change[0]):
        for _, key, action, cell, before in together:
            if action == "add":
                rows.pop(key, None)
            elif action == "remove":
                rows[key] = json.loads(before)
            elif key in rows:
                rows[key][cell] = before
        words[_words_of(rows.values())] = None
    return tuple(each for each in words if each != spoken.spoken())


def _words_of(rows: Iterable[Mapping[str, Any]]) -> LevelWords:
    inorder = sorted(rows, key=lambda row: row["position"])
    return spoken.level_words((row["title"], row["plural"], row["written"]) for row in inorder)


def heed(connection: sqlite3.Connection, changed: "Changed") -> None:
    """Go by what a plan says once it may say something else."""
    if not _TABLES.isdisjoint(changed.rows):
        go_by(connection)
