"""Named reads that give again what they gave while nothing has changed: for many files held against one state.

Nothing is given again but while ``holding`` lasts; and what is held is believed only as long as the file is as it was
when it was read, by SQLite's own counts of changes. What is small stays for the next time that something is held: a
panel that shows one row after another asks for the same lists each time.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from copy import copy
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")

_HELD = "held reads"
_SMALL, _FEW = 100, 500
"""So long a list or mapping stays for the next time at most, and so many of them."""


class _HeldReads:
    """What was read on one connection, and what the file's counts of changes were then."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._state: tuple[int, int, int] | None = None
        self._given: dict[Any, Any] = {}
        self.holders = 0

    def given(self) -> dict[Any, Any]:
        """What was given since the file has changed last: by this program, or by another; nothing within an edit.

        The counts do not go back where an edit is given up.
        """
        if self._raw.in_transaction:
            return {}
        # The first two pass over a file that this connection puts in the place of its own; the schema's does not.
        version, schema = (self._raw.execute(f"PRAGMA {of}_version").fetchone()[0] for of in ("data", "schema"))
        state = self._raw.total_changes, version, schema
        if state != self._state:
            self._state = state
            self._given = {}  # a read that has begun before does not add to what is given from now on
        return self._given

    def shed(self) -> None:
        """Keep what is small for the next time."""
        if len(self._given) > _FEW:
            self._given.clear()
        self._given = {
            key: given for key, given in self._given.items() if isinstance(given, Sized) and len(given) <= _SMALL
        }


@contextmanager
def holding(connection: "Connection") -> Iterator[None]:
    """Hold what is read on the connection below this one, until this ends."""
    known, raw = connection.info, connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    held_reads: _HeldReads = known.setdefault(_HELD, _HeldReads(raw))
    held_reads.holders += 1
    try:
        yield
    finally:
        held_reads.holders -= 1
        if not held_reads.holders:
            held_reads.shed()


def given_again(read: "Callable[Concatenate[Connection, P], T]") -> "Callable[Concatenate[Connection, P], T]":
    """Let a named read give again what it gave, while that is held.

    Args:
        read: gives a list or mapping whose members nobody alters, and depends on nothing but the file.
    """

    def again(connection: "Connection", /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, from what is held, where anything is."""
        held_reads: _HeldReads | None = connection.info.get(_HELD)
        if held_reads is None or not held_reads.holders:
            return read(connection, *args, **kwargs)
        key = read, args, tuple(kwargs.items())
        try:
            given_before = held_reads.given()
            known = given_before.get(key, _HELD)
        except TypeError:  # asked for by what has no hash, such as a list of keys
            return read(connection, *args, **kwargs)
        if known is _HELD:
            known = given_before[key] = read(connection, *args, **kwargs)
        given: T = copy(known)
        return given

    update_wrapper(again, read)
    return again
