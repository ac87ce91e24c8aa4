"""What hands do to a plan that should not: careless ones, and those that know how it is made."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from spp_desktop.store import chain, exports, history
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace

NOWHERE = Export("x1", "", "status", "ACC Crime", 2008, 2, "crime.xlsx", "h", "2008-10-01", "me", "Q2")


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A plan opened by a hand that takes the guards of the history away, and puts them back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in triggers:
            connection.execute(statement)


def end_here(connection: sqlite3.Connection) -> None:
    """Make the last revision the head, as a hand that knows of the head would."""
    last = chain.newest(connection)
    assert last is not None
    chain.make_head(connection, last)


def send(workspace: Workspace) -> Export:
    """Record that a return went out."""
    export = replace(NOWHERE, revision=workspace.revision())
    workspace.write_beside(exports.record, export)
    return export


def cut_off(path: Path, *undoing: str, head: bool = False) -> None:
    """Cut off the last revision with its content, and with the file's own word of it if ``head``."""
    with unguarded(path) as connection:
        connection.execute("DELETE FROM change WHERE revision = (SELECT max(n) FROM revision)")
        connection.execute("DELETE FROM revision WHERE n = (SELECT max(n) FROM revision)")
        for statement in undoing:
            connection.execute(statement)
        if head:
            end_here(connection)


def sealed_anew(path: Path, *statements: str) -> None:
    """Change a plan and its history, and seal the whole chain anew."""
    with unguarded(path) as connection:
        for statement in statements:
            connection.execute(statement)
        for revision in history.revisions(connection):
            seal = chain.seal(connection, revision)
            connection.execute("UPDATE revision SET hash = ? WHERE n = ?", (seal, revision.n))
        end_here(connection)


FORGED = (
    "UPDATE plan SET force = 'Y'",
    "UPDATE change SET after = 'Y' WHERE revision = 3 AND cell = 'force'",
)
"""What makes the small plan of ``closed`` say that its third step named another force."""
