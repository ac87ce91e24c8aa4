"""The errors of a plan's file, each with a sentence for the person who has it open.

Held by another program, in a place where nothing can be locked, out of reach, and damaged are four different things.
"""

import sqlite3
from collections.abc import Mapping
from typing import Literal, NamedTuple

LossKind = Literal["full", "moved", "read-only", "in use", "unlockable", "damaged", "unreadable"]
RefusalKind = Literal[
    "missing", "not a plan", "newer", "damaged", "altered", "in use", "unlockable", "unreadable", "exists", "elsewhere"
]

CHANGE = "this change is not kept"
"""What has become of a change that could not be written."""


class PlanRefused(Exception):
    """A file cannot be opened or read as a plan; the sentence says why, what is safe and what to do."""

    def __init__(self, kind: RefusalKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class NotKept(Exception):
    """A change could not be written. The plan is as it was before; the caller still has what was typed."""

    def __init__(self, kind: LossKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class UndoRefused(Exception):
    """A step cannot be undone, because what it changed has been changed again since."""


class UndoOfLocked(UndoRefused):
    """A step cannot be undone, because it changes a locked period; ``period`` is its key."""

    def __init__(self, words: str, period: str) -> None:
        super().__init__(words)
        self.period = period


class UndoOfClosed(UndoRefused):
    """A step cannot be undone, because it changes a closed year; ``year`` is its first calendar year."""

    def __init__(self, words: str, year: int) -> None:
        super().__init__(words)
        self.year = year


class NoSuchMoment(Exception):
    """What should name a moment of a plan's history names none; the sentence says why, and how one is named."""


class Trouble(NamedTuple):
    """What may be the matter with a plan's file.

    Attributes:
        kind: What sort of trouble it is.
        fact: What has happened, as the first half of a sentence with a place for the file's name.
        when_writing: What is safe and what to do, where something was to be written.
        when_reading: The same, where something was to be read.
    """

    kind: LossKind
    fact: str
    when_writing: str
    when_reading: str


BUSY = Trouble(
    "in use",
    "Another program is using {name} just now",
    "Try again in a moment.",
    "Nothing was changed. Try again in a moment, or close the other program: one that makes copies of files or keeps "
    "them in step with another place, perhaps.",
)
UNLOCKABLE = Trouble(
    "unlockable",
    "{name} lies where files cannot be locked, as on some network drives",
    "Save a copy in a folder of this computer, and go on working there.",
    "Nothing was changed. Copy it to a folder of this computer, and open it there.",
)
UNREADABLE = Trouble(
    "unreadable",
    "{name} cannot be reached just now",
    "Its drive or its network may be away. The plan is as it was; try again, or save a copy elsewhere.",
    "Its drive or its network may be away. Nothing was changed; try again when it is there.",
)
DAMAGED = Trouble(
    "damaged",
    "{name} is damaged",
    "Save a copy, or open an earlier version from the File menu.",
    "Check the file from the Help menu to see where, or open an earlier version from the File menu.",
)
_NO_PLAN = Trouble(
    "damaged",
    "{name} is no longer a plan: something else was written over it",
    DAMAGED.when_writing,
    "Open an earlier version from the File menu.",
)
_MOVED = Trouble(
    "moved",
    "{name} was moved, replaced or deleted while it was open",
    "Save a copy to keep the plan as you see it.",
    "Look for it, or open an earlier version from the File menu.",
)
_FULL = Trouble(
    "full",
    "The disk of {name} is full",
    "The plan is whole; free some space and try again, or save a copy elsewhere.",
    "The plan is whole; free some space and try again.",
)
_READ_ONLY = Trouble(
    "read-only",
    "{name} may no longer be written to",
    "Save a copy elsewhere to go on working.",
    "Copy it to a folder of your own, and open it there.",
)
_UNKNOWN = Trouble(
    "unreadable",
    "{name} could not be written",
    "The plan is as it was; try again, or save a copy elsewhere.",
    DAMAGED.when_reading,
)

_BY_CODE: Mapping[str, Trouble] = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY_DBMOVED": _MOVED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_IOERR_LOCK": UNLOCKABLE,
    "SQLITE_IOERR_RDLOCK": UNLOCKABLE,
    "SQLITE_IOERR_UNLOCK": UNLOCKABLE,
    "SQLITE_IOERR_CHECKRESERVEDLOCK": UNLOCKABLE,
    "SQLITE_PERM": UNLOCKABLE,
    "SQLITE_NOLFS": UNLOCKABLE,
    "SQLITE_PROTOCOL": UNLOCKABLE,
    "SQLITE_IOERR": UNREADABLE,
    "SQLITE_CANTOPEN": UNREADABLE,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": _NO_PLAN,
}
"""What SQLite's errors mean, by their names or by the first two words of those."""


def trouble_of(error: sqlite3.Error) -> Trouble | None:
    """What one of SQLite's errors says of the file; ``None`` if it says nothing of it."""
    code = getattr(error, "sqlite_errorname", "") or ""
    known = _BY_CODE.get(code) or _BY_CODE.get("_".join(code.split("_")[:2]))
    # Bytes that are no text have no code of SQLite's: Python finds them.
    return DAMAGED if known is None and "decode" in str(error) else known


def not_kept(error: sqlite3.Error | Trouble, name: str, lost: str = CHANGE) -> NotKept:
    """SQLite's error on writing the file of this name, as an error with a sentence that says what is lost."""
    trouble = error if isinstance(error, Trouble) else trouble_of(error) or _UNKNOWN
    return NotKept(trouble.kind, f"{trouble.fact.format(name=name)}, so {lost}. {trouble.when_writing}")


def not_read(error: sqlite3.Error | Trouble, name: str) -> PlanRefused | None:
    """The refusal to read the file of this name, where it is held, unlockable or out of reach; else ``None``."""
    trouble = error if isinstance(error, Trouble) else trouble_of(error)
    kinds: dict[LossKind, RefusalKind] = {
        "in use": "in use",
        "unlockable": "unlockable",
        "unreadable": "unreadable",
    }
    if trouble is None or trouble.kind not in kinds:
        return None
    return PlanRefused(kinds[trouble.kind], f"{trouble.fact.format(name=name)}. {trouble.when_reading}")
