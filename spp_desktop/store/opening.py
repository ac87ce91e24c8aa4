"""Opens a plan's file: who may write, what was left beside it, whether it is up to date and sound."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from spp_desktop.store import backups, database, heads, history, locks, losses, places, recovery, turns, upgrades
from spp_desktop.store.problems import PlanRefused


class OpenedFile(NamedTuple):
    """A plan's file that is open: the connection, the lock if it may be written, and what there is to say of it.

    ``holder`` is who else has it open for writing, if somebody has.
    """

    raw: sqlite3.Connection
    lock: Path | None
    notices: list[str]
    holder: locks.Holder | None


def open_file(path: Path, *, read_only: bool = False, take_over: bool = False, lock: Path | None = None) -> OpenedFile:
    """Open a plan's file, having looked it over; for writing, unless somebody else has it or it cannot be written.

    Args:
        path: The plan's file.
        read_only: Whether it is only to be read.
        take_over: Whether to replace a lock that was left behind.
        lock: The lock on it, if this program has it already.

    Raises:
        PlanRefused: if the file is no plan, too damaged, newer than this program, or out of reach. A lock that was
            taken here is let go then.
    """
    recovery.check_header(path)
    own, asks = lock, lock is None and not read_only
    lock, holder, notices = take(path, take_over=take_over) if asks else (own, None, [])
    try:
        raw, reasons, remarks = connect(path, writing=lock is not None)
    except BaseException:
        if lock is not None and own is None:
            locks.release(lock)
        raise
    if reasons and lock is not None:
        locks.release(lock)
        lock = None
        raw.execute("PRAGMA query_only=ON")
    return OpenedFile(raw, lock, notices + reasons + remarks, holder)


def take(path: Path, *, take_over: bool) -> tuple[Path | None, locks.Holder | None, list[str]]:
    """Take the lock on a plan for writing.

    Returns:
        The lock's file, or ``None``; who else holds it, if that is why; and sentences that say why there is no lock.
    """
    place = places.place_of(path)
    if place.kind == "passing" and path.suffix != database.BEING_MADE:
        return None, None, [places.told(path, place)]
    if not database.writable(path):
        sentence = f"{path.name} or its folder may not be written to, so it is open for reading only. "
        return None, None, [sentence + "Save a copy to work on."]
    try:
        return locks.take(path, take_over=take_over), None, []
    except locks.LockHeld as locked:
        holder = locked.holder
        if holder.gone():
            sentence = (
                f"{path.name} was left open by {holder.in_words()}, whose program no longer runs. It is open for "
                "reading only until you take it over."
            )
        else:
            words = holder.in_words()
            sentence = f"{words[0].upper()}{words[1:]} has {path.name} open, so it is open here for reading only."
        return None, holder, [sentence]
    except OSError as problem:
        sentence = f"Nothing can be written beside {path.name} ({problem.strerror}), so it is open for reading only. "
        return None, None, [sentence + "Save a copy to work on."]


def connect(path: Path, *, writing: bool) -> tuple[sqlite3.Connection, list[str], list[str]]:
    """Open and check a plan.

    Args:
        path: The plan's file.
        writing: Whether this program holds the lock.

    Returns:
        The connection; sentences that say why it can only be read; and other sentences for the person.

    Raises:
        PlanRefused: if it cannot be opened or read.
    """
    raw, reasons, notices = _begun(path, writing=writing)
    try:
        with database.damage_told(path):
            (form,) = raw.execute("PRAGMA user_version").fetchone()
        if form < upgrades.VERSION:
            writing = writing and not reasons
            raw = _brought_up_to_date(raw, path, writing=writing)
            notices = notices if writing else [*notices, _as_it_was(path)]
        reasons += database.look_over(raw, path, left_whole=heads.left_whole(path))
        with database.damage_told(path):
            history.last_revisions(raw, turns.AT_FIRST)
        raw.execute("PRAGMA query_only=ON")
    except BaseException:
        raw.close()
        raise
    return raw, reasons, notices


def _begun(path: Path, *, writing: bool) -> tuple[sqlite3.Connection, list[str], list[str]]:
    """A connection on which the plan can be read, with an unfinished change put back; and sentences as ``connect``.

    A plan that lies where nothing can be locked is read as it is at this moment.
    """
    try:
        notices, as_it_is = recovery.settle(path, writing=writing)
        with database.damage_told(path):
            raw = database.connect(path, writing=writing, as_it_is=as_it_is)
            try:
                raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except BaseException:
                raw.close()
                raise
    except PlanRefused as refusal:
        if refusal.kind != "unlockable":
            raise
        return recovery.as_it_stands(path), [_unlockable(path)], []
    return raw, [], notices


def _unlockable(path: Path) -> str:
    return (
        f"{path.name} lies where files cannot be locked, as on some network drives. You see it as it was when you "
        "opened it, for reading only. Save a copy in a folder of this computer to work on it."
    )


def _brought_up_to_date(raw: sqlite3.Connection, path: Path, *, writing: bool) -> sqlite3.Connection:
    """Upgrade a file of an older form, having kept it as it was; or a copy in memory, where it is only read."""
    try:
        if writing:
            backups.make(raw, path, "before bringing it up to date")
            upgrades.upgrade(raw)
            return raw
        copy = database.in_memory(raw)
        try:
            upgrades.upgrade(copy)
            copy.execute("PRAGMA query_only=ON")
        except BaseException:
            copy.close()
            raise
    except (OSError, sqlite3.Error) as problem:
        refusal = losses.held_refusal(problem, path) if isinstance(problem, sqlite3.Error) else None
        raise refusal or PlanRefused(
            "elsewhere",
            f"{path.name} was made by an older version and could not be brought up to date ({problem}). "
            "It is as it was.",
        ) from None
    raw.close()
    return copy


def _as_it_was(path: Path) -> str:
    return (
        f"{path.name} was made by an older version of this program. You see it as it was when you opened it; "
        "the file itself is brought up to date when it is opened where it can be written."
    )
