"""The sealed chain: every step and every record of a file that went out or came in, each sealed with the one before.

A seal is a hash of the seal before it, of all that a step says of itself, and of each of its changes. There is no
secret in it: whoever writes the whole chain anew can seal it anew, which only a head that is kept elsewhere can tell.
"""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Sequence
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

_COLUMNS = ", ".join(Revision._fields)
_ADD = f"INSERT INTO {{}} ({_COLUMNS}) VALUES ({', '.join('?' * len(Revision._fields))})"


_JSON = json.JSONEncoder(default=repr, separators=("\0", ": "), check_circular=False)
"""A NUL parts what is written: within a text JSON writes it otherwise, so that it is found again without a doubt."""


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
    return sealed(parent[0] if parent else "", revision, changes, heard)


def sealed(parent: str, revision: Revision, changes: Iterable[Sequence[Any]], heard: Moved = unheard) -> str:
    """The hash of a revision, in hexadecimal: SHA-256 of its statement and of the lines of its changes.

    Args:
        parent: The hash of its parent.
        revision: It; its own hash is not looked at.
        changes: Its changes, as they are written.
        heard: As in ``seal``.
    """
    lines, done = iter(changes), 0
    several = [_said_of(parent, revision), *itertools.islice(lines, _AT_ONCE)]
    digest = hashlib.sha256(_text_of(several).encode())
    while len(several) >= _AT_ONCE:
        done += _AT_ONCE
        heard("Sealing", done, 0)
        several = list(itertools.islice(lines, _AT_ONCE))
        digest.update(_text_of(several).encode())
    return digest.hexdigest()


_AT_ONCE = 2_000
"""Changes that are put into a text at once, and after which is told how many are sealed."""


def statement_of(parent: str, revision: Revision) -> str:
    """What is sealed of a revision beside its changes, as a text: the hash of its parent, and all it says of itself."""
    return _text_of([_said_of(parent, revision)])


def line_of(change: Sequence[Any]) -> str:
    """What is sealed of a change, as a text; the change is as it is written."""
    return _text_of([change])


def _said_of(parent: str, revision: Revision) -> Sequence[Any]:
    return parent, *revision[1:-1]


def _text_of(lines: Sequence[Sequence[Any]]) -> str:
    """Lines as JSON, one behind the other: put into words together, parted by what is written otherwise in texts."""
    return _JSON.encode(lines)[1:-1].replace("]\0[", "][").replace("\0", ", ")


def add(connection: sqlite3.Connection, revision: Revision) -> None:
    """Write a revision whose changes are recorded and whose hash is sealed, and make it the head."""
    connection.execute(_ADD.format("revision"), revision)
    make_head(connection, revision)


def make_head(connection: sqlite3.Connection, revision: Revision) -> None:
    """Keep a revision as the head."""
    connection.execute("DELETE FROM head")
    connection.execute(_ADD.format("head"), revision)
