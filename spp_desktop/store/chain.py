"""The sealed chain: every step and every record of a file that went out or came in, each sealed with the one before.

A seal is a hash of the seal before it, of all that a step says of itself, and of each of its changes. There is no
secret in it: whoever writes the whole chain anew can seal it anew, which only a head that is kept elsewhere can tell.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import Revision

SCHEMA = (
    """CREATE TABLE head (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL
    )""",
)
"""The last revision once more, in a row of its own: where it is missing from the history, that was cut off."""

NO_SITTING = ""
"""The sitting of a revision that the program made by itself, bringing a file up to date: of a file that may only be
read, a copy in memory has it before the file does."""

_WRITTEN = "SELECT action, row_table, row_id, cell, before, after FROM change"
"""What is sealed: the changes and the marks of a step, as they are written."""

_COLUMNS = ", ".join(field.name for field in fields(Revision))
_ADD = f"INTO {{}} ({_COLUMNS}) VALUES ({', '.join('?' * len(fields(Revision)))})"


_JSON = json.JSONEncoder(default=repr)

cells_of: Callable[[Revision], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Revision)))
"""What a revision says of itself, in the order of its columns."""


def newest(connection: sqlite3.Connection) -> Revision | None:
    """The last revision of the chain, whatever its kind."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM revision ORDER BY n DESC LIMIT 1").fetchone()
    return Revision(*row) if row else None


def head(connection: sqlite3.Connection) -> Revision | None:
    """The last revision as the file keeps it beside its history; ``None`` if it keeps none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM head ORDER BY n DESC LIMIT 1").fetchone()
    return Revision(*row) if row else None


def seal(connection: sqlite3.Connection, revision: Revision, heard: Moved = unheard) -> str:
    """The hash of a revision: of its parent's hash, of all it says of itself, and of each of its changes.

    ``heard`` hears now and then how many changes are sealed; what it raises ends it.
    """
    parent = connection.execute("SELECT hash FROM revision WHERE id = ?", (revision.parent,)).fetchone()
    changes = connection.execute(f"{_WRITTEN} WHERE revision = ? ORDER BY n", (revision.n,))
    return sealed(statement_of(parent[0] if parent else "", revision), map(line_of, _counted(changes, heard)))


def _counted(changes: Iterable[Sequence[Any]], heard: Moved) -> Iterator[Sequence[Any]]:
    """Changes as they are, while it is told how many have been given."""
    for number, change in enumerate(changes, 1):
        if number % _EVERY == 0:
            heard("Sealing", number, 0)
        yield change


_EVERY = 2_000
"""Changes after which is told how many are sealed."""


def statement_of(parent: str, revision: Revision) -> str:
    """What is sealed of a revision beside its changes, as a text: the hash of its parent, and all it says of itself."""
    return _JSON.encode([parent, *cells_of(revision)[1:-1]])


def line_of(change: Sequence[Any]) -> str:
    """What is sealed of a change, as a text; the change is as it is written."""
    return _JSON.encode(change)


def sealed(statement: str, lines: Iterable[str]) -> str:
    """The hash of a revision, in hexadecimal: SHA-256 of its statement and of the lines of its changes."""
    digest = hashlib.sha256(statement.encode())
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def add(connection: sqlite3.Connection, revision: Revision) -> None:
    """Write a revision whose changes are recorded and whose hash is sealed, and make it the head."""
    connection.execute(f"INSERT {_ADD.format('revision')}", cells_of(revision))
    make_head(connection, revision)


def make_head(connection: sqlite3.Connection, revision: Revision) -> None:
    """Keep a revision as the head."""
    connection.execute("DELETE FROM head")
    connection.execute(f"INSERT {_ADD.format('head')}", cells_of(revision))
