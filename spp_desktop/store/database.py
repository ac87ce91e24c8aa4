"""The plan's file: made, opened, and looked over before anything of it is believed."""

import hashlib
import os
import sqlite3
import stat
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spp_desktop.plan import file_names
from spp_desktop.store import (
    chain,
    changed,
    exports,
    forms,
    history,
    losses,
    places,
    receipts,
    recording,
    upgrades,
    waiting,
)
from spp_desktop.store.changed import Waits, at_once
from spp_desktop.store.merging import record as merged
from spp_desktop.store.problems import PlanRefused

if TYPE_CHECKING:
    from sqlmodel import Session

APPLICATION_ID = int.from_bytes(b"SPPD")
"""Bytes 68 to 71 of every plan, by which other programs can tell what it is."""

ENDING = ".plan"
BEING_MADE = ".new"
"""The ending of a plan that is being made."""

MAGIC = b"SQLite format 3\x00"
"""The first bytes of every plan, as of every file of SQLite's."""
_HEADER = 100
_PACKED, _PACKED_SHEETS = b"PK\x03\x04", frozenset({".xlsx", ".xlsm", ".ods"})
_PRAGMAS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # so that a row which OR REPLACE pushes out is recorded too
    "secure_delete=ON",
    "synchronous=EXTRA",
    "temp_store=MEMORY",
)
_DENIED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}


def check_header(path: Path) -> int:
    """The form of a file, read from its first 100 bytes before SQLite sees it.

    SQLite would open an empty file as an empty plan. Where an unfinished change stands beside the file, its header may
    be half changed: see ``recovery.form_of``.

    Raises:
        PlanRefused: if the file is missing, is no plan, is cut short, or was made by a newer version.
    """
    if path.suffix in places.STAND_INS:
        raise PlanRefused("missing", places.stand_in_told(path))
    header, size = _beginning(path)
    if size == 0:
        raise PlanRefused(
            "not a plan",
            f"{path.name} is empty (0 bytes), perhaps a copy that was cut off. "
            "Nothing was changed; look for it under Earlier versions, or ask for it again.",
        )
    if header.startswith(_PACKED) and path.suffix.lower() not in _PACKED_SHEETS:
        raise PlanRefused(
            "not a plan",
            f"{path.name} is a packed file (.zip), not a plan. Take the plan out of it into a folder of your own, and "
            "open it there. Nothing was changed.",
        )
    if not header.startswith(MAGIC) or len(header) < _HEADER:
        raise PlanRefused(
            "not a plan", f"{path.name} is not a plan: it was not made by this program. Nothing was changed."
        )
    page, pages, version, application = (
        struct.unpack_from(form, header, at)[0] for form, at in ((">H", 16), (">I", 28), (">I", 60), (">I", 68))
    )
    if application != APPLICATION_ID:
        raise PlanRefused(
            "not a plan", f"{path.name} belongs to another program, so it is not opened as a plan. Nothing was changed."
        )
    if version > upgrades.VERSION:
        raise PlanRefused(
            "newer",
            f"{path.name} was made by a newer version of this program "
            f"(form {version}; this one "
            f"knows form {upgrades.VERSION}). Update the program to open it; nothing was changed.",
        )
    counted = header[24:28] == header[92:96]
    if counted and size < pages * (page if page > 1 else 65536) and not journals(path):
        raise PlanRefused(
            "damaged",
            f"{path.name} is damaged: its end is missing ({size:,} bytes of "
            f"{pages * page:,}). Nothing was changed; open an earlier version instead.",
        )
    return int(version)


def _beginning(path: Path) -> tuple[bytes, int]:
    """The header of a file and the file's size in bytes.

    Raises:
        PlanRefused: if it is missing or cannot be read.
    """
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):  # to open a pipe would be to wait for whoever writes to it
            raise PlanRefused(
                "missing", f"{path.name} is a {'folder' if stat.S_ISDIR(kind) else 'device'}, not a plan."
            )
        with path.open("rb") as file:
            header = file.read(_HEADER)
        return header, path.stat().st_size
    except FileNotFoundError:
        absent = places.stand_in_told(path) or f"There is no file {path.name} in {path.parent}."
        raise PlanRefused("missing", absent) from None
    except OSError as problem:
        if places.is_away(path):
            raise PlanRefused("unreadable", places.away_told(path, problem.strerror or "no answer")) from None
        raise PlanRefused(
            "unreadable",
            f"{path.name} cannot be read just now ({problem.strerror or 'no access'}): another program may hold it, or "
            "its drive may be away. Nothing was changed; try again in a moment.",
        ) from None


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """A context in which a plan is made; it appears under its name only when all that belongs to it is there.

    It gives the name under which an empty plan stands meanwhile.

    Raises:
        PlanRefused: if something of that name stands there already, or nothing can be written there.
    """
    if sentence := file_names.unfit(path):
        raise PlanRefused("elsewhere", sentence)
    if path.exists():
        raise PlanRefused("exists", f"There is a file {path.name} in {path.parent} already; choose another name.")
    started = path.with_name(f"{path.name}.{os.getpid()}{BEING_MADE}")
    try:
        try:
            _make_empty(started)
        except (OSError, sqlite3.Error) as problem:
            raise PlanRefused("elsewhere", _why_not_made(path.parent, problem)) from None
        yield started
        started.replace(path)
    except BaseException:
        with suppress(OSError):  # where nothing can be written, nothing can be taken away
            started.unlink(missing_ok=True)
        raise


def _why_not_made(folder: Path, problem: OSError | sqlite3.Error) -> str:
    """Why no plan can be made in a folder, with what to do."""
    if not folder.is_dir():
        return f"No plan can be made in {folder}: there is no such folder. Make it first, or choose another."
    if not os.access(folder, os.W_OK):
        return f"No plan can be made in {folder}: nothing may be written there. Choose another folder."
    return f"No plan can be made in {folder}: {problem}. Choose another folder."


def _make_empty(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {upgrades.VERSION}")
        connection.execute("BEGIN")
        for statement in schema():
            connection.execute(statement)
        connection.execute("COMMIT")


def schema() -> list[str]:
    """The statements that make the form of file this program writes."""
    from spp_desktop.store import statements  # late: a file that is as it should be is read without

    made: list[str] = []
    for table in recording.recorded_tables():
        made += [statements.table_made(table), *statements.indexes_made(table)]
    return [*made, *history.SCHEMA, *chain.SCHEMA, *exports.SCHEMA, *receipts.SCHEMA, *merged.SCHEMA]


@cache
def known_schema() -> frozenset[tuple[str, str, str]]:
    """What stands in the file's own list of tables, views, indexes and triggers: kind, name and text."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema():
            connection.execute(statement)
        return schema_of(connection)


def schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """What stands in a file's list: kind, name and text; not what SQLite keeps there for itself."""
    own = "'sqlite_stat1', 'sqlite_stat4'"
    query = f"SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT IN ({own})"
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in connection.execute(query))


def shape_of(schema: frozenset[tuple[str, str, str]]) -> str:
    """The fingerprint of what a file is made of: that of the newest form is ``forms.SHAPE``."""
    return hashlib.sha256(repr(sorted(schema)).encode("utf-8", "surrogatepass")).hexdigest()


def writable(path: Path) -> bool:
    """Whether a plan and its folder may be written to, so far as the system says so without writing."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) and (os.name == "posix" or _opens(path))


def _opens(path: Path) -> bool:
    """Whether a file can be opened for writing. Windows tells in no other way what is protected by its owner.

    It is not tried where closing a file lets go of all locks on it that the program has.
    """
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def connect(path: Path, *, writing: bool, as_it_is: bool = False) -> sqlite3.Connection:
    """A connection to the file, set up as every connection to a plan is; it never creates one.

    One that only reads may still roll back a change that was cut off, where the file can be written; with
    ``as_it_is`` the file is read without what stands beside it. So is one in WAL mode where nothing can be
    written, which SQLite cannot read in any other way.
    """
    alone = as_it_is or (not writable(path) and _in_wal_mode(path))
    mode = "ro&immutable=1" if alone else "rw" if writable(path) else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=waiting.WAIT, isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection)
        connection.execute("PRAGMA journal_mode=DELETE" if writing else "PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A connection to a copy of a plan that is in memory only, set up as every connection is; it may be written."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        waiting.copy_all(connection, copy)
        _set_up(copy)
    except sqlite3.Error:
        copy.close()
        raise
    return copy


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)


def _in_wal_mode(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def _authorize(action: int, first: str | None, *_: str | None) -> int:
    denied = action in _DENIED or (action == sqlite3.SQLITE_PRAGMA and first == "writable_schema")
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


_GROWING = "'revision', 'change', 'merged_revision', 'merged_change'"
"""The tables that every step adds to, which a file is not looked through for that is as this program left it."""


def _verdict(connection: sqlite3.Connection, *, whole: bool) -> str:
    """What SQLite finds in a file: "ok", or what is wrong; of the whole of it, or of all but the history."""
    if whole:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    query = f"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ({_GROWING})"
    for (table,) in connection.execute(query).fetchall():
        verdict = connection.execute(f"""PRAGMA quick_check('{table.replace("'", "''")}')""").fetchone()[0]
        if verdict != "ok":
            return str(verdict)
    return "ok"


def look_over(connection: sqlite3.Connection, path: Path, *, left_whole: bool = False) -> list[str]:
    """Check what can be checked quickly, and give the reasons why the plan may be read but not written.

    Of a file that is as this program left it whole (``heads.left_whole``), the history is not looked through again.

    Raises:
        PlanRefused: if the file is too damaged or too strange to be read, or cannot be reached.
    """
    name = path.name
    with damage_told(path):
        verdict = _verdict(connection, whole=not left_whole)
        if verdict != "ok":
            raise PlanRefused("damaged", _damaged(name, verdict.splitlines()[-1]))
        here = schema_of(connection)
        reasons = [] if shape_of(here) == forms.SHAPE else _unlike_known(name, here)
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
        if dangling:
            from spp_desktop.store import naming  # late: seldom

            word, above = naming.word_of(dangling[0][0]), naming.word_of(dangling[0][2])
            reasons.append(
                f"In {name} {word.with_article} belongs to {above.with_article} that is not there, so the plan "
                "is opened for reading only. Check the file from the Help menu to see which."
            )
        return reasons


def _unlike_known(name: str, here: frozenset[tuple[str, str, str]]) -> list[str]:
    """Why a file that is not made as this program makes plans may be read but not written.

    Raises:
        PlanRefused: if a table, or the view that the history is read in, is missing or is another.
    """
    known = known_schema()
    lost = sorted(thing for kind, thing, _ in known - here if kind in _READ)
    if lost:
        raise PlanRefused(
            "altered",
            f"{name} is not as this program makes plans: "
            f"its table “{lost[0]}” is missing "
            "or was changed by another program. Nothing was changed; open an earlier version.",
        )
    unknown = [
        f"{name} holds a {kind} “{thing}” that this program does not know, so it is opened for reading only. "
        "Save a copy to work on."
        for kind, thing, _ in sorted(here - known)
    ]
    return unknown + [
        f"{name} lacks its {kind} “{thing}”, so it is opened for reading only. Save a copy to work on."
        for kind, thing, _ in sorted(known - here)
        if kind not in _READ
    ]


_READ = ("table", "view")
"""What is read: a plan without it cannot be."""


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Within it, what SQLite cannot read is told as damage to the file, unless it is held or out of reach."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        refusal = losses.held_refusal(problem, path)
        raise (refusal or PlanRefused("damaged", _damaged(path.name, str(problem)))) from None


def _damaged(name: str, detail: str) -> str:
    return (
        f"{name} is damaged ({detail}). Nothing was changed; open an earlier version from the File menu, "
        "or ask for the file again."
    )


def journals(path: Path) -> list[Path]:
    """Files that an unfinished change left beside the plan."""
    beside = (path.with_name(path.name + ending) for ending in ("-journal", "-wal"))
    return [file for file in beside if file.exists() and file.stat().st_size > 0]


def tables() -> list[str]:
    """The names of the plan's tables."""
    return [table.name for table in recording.recorded_tables()]


@contextmanager
def transaction(connection: sqlite3.Connection, waits: Waits = at_once) -> Iterator[None]:
    """A context whose changes are kept together or not at all; the end of many is waited for as the caller does."""
    before = connection.total_changes

    def end(statement: str) -> None:
        large = connection.total_changes - before > changed.LARGE
        (waits if large else at_once)(lambda: connection.execute(statement))

    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys=ON")
    try:
        yield
        end("COMMIT")
    except BaseException:
        # SQLite may have rolled back by itself, as it does on a full disk.
        if connection.in_transaction:
            end("ROLLBACK")
        raise


@contextmanager
def by_itself(session: "Session") -> Iterator[None]:
    """A part of a revision that is taken back alone where something in it is wrong; all that came before it stays."""
    with session.begin_nested():
        yield
