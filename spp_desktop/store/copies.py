"""Copies of a plan's file that are looked at: taken while nobody writes, put in order, and read within limits."""

import errno
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.store import database


@dataclass(frozen=True)
class Patience:
    """How long a check may take: far longer than any plan needs, so that only a file made to hang is cut short.

    Attributes:
        seconds: The time after which reading is cut short.
        steps: The number of SQLite's own steps between two looks at the clock.
    """

    seconds: float = 300.0
    steps: int = 100_000


PATIENCE = Patience()


def broken_structure(connection: sqlite3.Connection) -> Iterator[str]:
    """The faults that SQLite itself finds in the file."""
    try:
        lines = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as problem:
        lines = [problem]
    for line in "\n".join(map(str, lines)).splitlines():
        if line != "ok" and not line.startswith("***"):
            yield f"The file is damaged inside: {line}."


def settled(copy: Path) -> bool:
    """Let SQLite put back an unfinished change in a copy, and say whether its structure is sound then."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            return not list(broken_structure(connection))
    except sqlite3.Error:
        return False


def form_of(path: Path) -> int:
    """The form of a file, by its header as it is once an unfinished change that stands beside it is put back in a copy.

    Raises:
        PlanRefused: as ``database.check_header``; OSError: as ``copied``.
    """
    if not database.journals(path):
        return database.check_header(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if copied(path, copy) and not settled(copy):
            for journal in database.journals(copy):
                journal.unlink()
            copied(path, copy, journals=False)
        return database.check_header(copy)


def copied(path: Path, copy: Path, *, journals: bool = True) -> list[str]:
    """Copy a plan's file and, after an unfinished change, its journals; nobody can write to it meanwhile.

    Args:
        path: The plan's file.
        copy: The path of the copy.
        journals: Whether to copy journals.

    Returns:
        The endings of the names of the journals copied, such as "-journal".

    Raises:
        OSError: if it cannot be copied, or another program is writing to it just now.
    """
    # To close any handle on a file lets go of all locks that a program holds on it, so this one is closed last.
    with _without_writers(path) as finished, path.open("rb") as source:
        with copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        copy.chmod(0o600)
        if finished or not journals:
            return []
        left = database.journals(path)
        for file in left:
            beside = copy.with_name(copy.name + file.name.removeprefix(path.name))
            shutil.copyfile(file, beside)
            beside.chmod(0o600)
        return [file.name.removeprefix(path.name) for file in left]


@contextmanager
def _without_writers(path: Path) -> Iterator[bool]:
    """A context in which nobody else can write to a file that SQLite can read.

    It gives whether SQLite can read the file and no change in it is unfinished. A file in WAL mode counts as
    unfinished: it is not opened, because that would write beside it.
    """
    with path.open("rb") as file:
        wal = file.read(20)[18:] != b"\x01\x01"
    if wal:
        yield False
        return
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finished = True
        except sqlite3.Error as problem:
            if problem.sqlite_errorname == "SQLITE_BUSY":
                raise BlockingIOError(errno.EBUSY, "another program is writing to it just now") from None
            finished = False
        yield finished


@contextmanager
def reading(copy: Path, patience: Patience = PATIENCE) -> Iterator[sqlite3.Connection]:
    """A connection for reading damaged files: bytes that are not text become lone surrogates, and time is limited."""
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        until = time.monotonic() + patience.seconds
        connection.set_progress_handler(lambda: time.monotonic() > until, patience.steps)
        yield connection
