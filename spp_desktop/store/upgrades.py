"""Numbered steps from one form of the file to the next; ``user_version`` says which form a file has."""

import sqlite3
from collections.abc import Callable, Mapping

Step = Callable[[sqlite3.Connection], None]

FIRST_VERSION = 1

STEPS: Mapping[int, Step] = {}
"""The step that leads away from each version. None yet: version 1 is the first that was given out."""

VERSION = FIRST_VERSION + len(STEPS)
"""The form that this program writes."""


def upgrade(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS) -> list[int]:
    """Bring a file up to date, all steps in one transaction, and say which versions it passed through.

    It must run before recording starts: a step changes the form of the file, not what the plan says.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    passed: list[int] = []
    connection.execute("BEGIN IMMEDIATE")
    try:
        while version in steps:
            steps[version](connection)
            version += 1
            passed.append(version)
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return passed
