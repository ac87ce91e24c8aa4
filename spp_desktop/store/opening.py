"""Opening a plan's file: who may write, what was left beside it, whether it is up to date and sound."""

import os
import sqlite3
from pathlib import Path

from spp_desktop.store import backups, database, history, locks, recovery, upgrades
from spp_desktop.store.problems import PlanRefused


def take(path: Path, *, take_over: bool) -> tuple[Path | None, locks.Holder | None, list[str]]:
    """The lock on a plan, or who has it, with a sentence that says why there is none."""
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        sentence = f"{path.name} or its folder may not be written to, so it is open for reading only. "
        return None, None, [sentence + "Save a copy to work on."]
    try:
        return locks.take(path, take_over=take_over), None, []
    except locks.Held as held:
        holder = held.holder
        if holder.gone():
            sentence = (
                f"{path.name} was left open by {holder.said()}, whose program no longer runs. It is open for "
                "reading only until you take it over."
            )
        else:
            said = holder.said()
            sentence = f"{said[0].upper()}{said[1:]} has {path.name} open, so it is open here for reading only."
        return None, holder, [sentence]
    except OSError as problem:
        sentence = f"Nothing can be written beside {path.name} ({problem.strerror}), so it is open for reading only. "
        return None, None, [sentence + "Save a copy to work on."]


def connect(path: Path, version: int, *, writing: bool) -> tuple[sqlite3.Connection, list[str], list[str]]:
    """A connection that has been looked over, why it may only be read, and what else there is to tell."""
    told, as_it_is = recovery.settle(path, writing=writing)
    with database.damage_told(path.name):
        raw = database.connect(path, writing=writing, as_it_is=as_it_is)
    try:
        if version < upgrades.VERSION:
            raw = _brought_up_to_date(raw, path, writing=writing)
            told = told if writing else [*told, _as_it_was(path)]
        reasons = database.look_over(raw, path.name)
        with database.damage_told(path.name):
            history.revisions(raw)
        raw.execute("PRAGMA query_only=ON")
    except BaseException:
        raw.close()
        raise
    return raw, reasons, told


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
        raise PlanRefused(
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
