"""What the program goes by as long as a plan is open: the plan's own words for its levels, and its own years."""

import sqlite3
from contextlib import suppress

from spp_desktop.plan import periods, spoken
from spp_desktop.store.changed import Changed

_TABLES = frozenset({"level", "plan"})
"""The tables in which it stands."""


def go_by(connection: sqlite3.Connection) -> None:
    """From now on, speak and count years as a plan says. One of an older form, which does not say it, is as usual."""
    known: list[tuple[str, str, str]] = []
    with suppress(sqlite3.Error):
        known = connection.execute("SELECT title, plural, written FROM level ORDER BY position, id").fetchall()
    spoken.speak(spoken.level_words(known))
    month: int = periods.APRIL
    with suppress(sqlite3.Error, TypeError):
        month = connection.execute('SELECT first_month FROM "plan"').fetchone()[0]
    with suppress(ValueError, TypeError):  # of a damaged plan it stays as it was
        periods.begin_years_in(month)


def heed(connection: sqlite3.Connection, changed: Changed) -> None:
    """Go by what a plan says once it may say something else."""
    if not _TABLES.isdisjoint(changed.rows):
        go_by(connection)
