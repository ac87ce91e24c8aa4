"""Numbered steps from one form of the file to the next; ``user_version`` says which form a file has."""

import sqlite3
from collections.abc import Callable, Mapping

from spp_desktop.store import beside, forms

Step = Callable[[sqlite3.Connection], None]

FIRST_VERSION = 1


STEPS: Mapping[int, Step] = forms.STEPS
"""The step that leads away from each version."""

VERSION = FIRST_VERSION + len(STEPS)
"""The form that this program writes."""

_SEALED_BESIDE = 5
"""The form from which on what is kept beside the content is in the sealed chain, which has a head."""


def upgrade(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS) -> list[int]:
    """Bring a file up to date, all steps in one transaction, and say which versions it passed through.

    It must run before recording starts: a step changes the form of the file, not what the plan says; what was kept
    beside the content without being sealed is sealed then. Foreign keys are off meanwhile, as SQLite demands of whoever
    makes a table anew: to drop one would take along the rows of others.
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
        if _SEALED_BESIDE in passed:
            beside.bring_in(connection)
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(f"PRAGMA foreign_keys = {keys:d}")
    return passed
