"""What the program goes by as long as a plan is open: the plan's own words for its levels."""

import sqlite3
from contextlib import suppress

from spp_desktop.plan import spoken
from spp_desktop.store.changed import Changed

_TABLES = frozenset({"level", "plan"})
"""The tables in which it stands."""


def go_by(connection: sqlite3.Connection) -> None:
    """From now on, speak as a plan says. A plan of an older form, which says nothing of it, is spoken of as usual."""
    known: list[tuple[str, str, str]] = []
    with suppress(sqlite3.Error):
        known = connection.execute("SELECT title, plural, written FROM level ORDER BY position, id").fetchall()
    spoken.speak(spoken.level_words(known))


def heed(connection: sqlite3.Connection, changed: Changed) -> None:
    """Go by what a plan says once it may say something else."""
    if not _TABLES.isdisjoint(changed.rows):
        go_by(connection)
