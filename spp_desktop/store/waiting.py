"""Waiting while another program holds a file: each read and each write waits a little, and none for ever."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WAIT = 3.0
"""The seconds for which another program's hold on a file is waited out."""


def wait_for_others(connection: sqlite3.Connection, seconds: float | None = None) -> None:
    """Have a connection wait while another program holds the file: as long as a person waits, or so many seconds."""
    connection.execute(f"PRAGMA busy_timeout={(WAIT if seconds is None else seconds) * 1000:.0f}")


def is_free(connection: sqlite3.Connection) -> bool:
    """Whether no other program holds the file at this moment; nothing else is said of it."""
    wait_for_others(connection, 0.0)
    try:
        connection.execute("PRAGMA data_version").fetchone()
    except sqlite3.Error as problem:
        return getattr(problem, "sqlite_errorcode", None) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    finally:
        wait_for_others(connection)
    return True


def copy_all(connection: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy the whole of one database into another; a hold on either is waited out, but not for ever.

    Raises:
        sqlite3.OperationalError: if one of them is still held then.
    """
    until = time.monotonic() + WAIT

    def wait(status: int, *_: int) -> None:
        """Go on copying until the time is over."""
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = "SQLITE_BUSY"
            raise error

    connection.backup(target, progress=wait)


@contextmanager
def unchanging(connection: sqlite3.Connection) -> Iterator[None]:
    """A context in which a file is read and no other program can change it.

    Raises:
        sqlite3.Error: if it cannot be read.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


PORTION, PAUSE = 256, 0.001
"""The pages of a file that are copied at a time beside the work, and the seconds behind each in which that goes on."""


def copy_in_portions(connection: sqlite3.Connection, target: sqlite3.Connection, copied: Callable[[int], None]) -> None:
    """Copy the whole of one database into another while the first is worked on, on the same connection.

    What that connection writes meanwhile is written to the copy too; what another one writes has SQLite begin again.

    Args:
        connection: What is copied. Another thread may go on using it: it waits for no more than a portion.
        target: Where to.
        copied: Called behind each portion with the number of pages so far. What it raises ends the copying.
    """

    def pause(_: int, remaining: int, total: int) -> None:
        copied(total - remaining)
        time.sleep(PAUSE)

    connection.backup(target, pages=PORTION, progress=pause, sleep=10 * PAUSE)
