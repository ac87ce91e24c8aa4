"""The errors of a plan's file, each with a sentence for the person who has it open."""

import sqlite3
from typing import Literal

RefusalKind = Literal["missing", "not a plan", "newer", "damaged", "altered", "in use", "exists", "elsewhere"]
LossKind = Literal["full", "moved", "read-only", "in use", "damaged", "unreadable"]


class PlanRefused(Exception):
    """A file cannot be opened as a plan; the sentence says why, what is safe and what to do."""

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


_LOSSES: dict[str, tuple[LossKind, str]] = {
    "SQLITE_FULL": (
        "full",
        "The disk is full, so this change is not in {name}. The plan is whole; "
        "free some space and try again, or save a copy elsewhere.",
    ),
    "SQLITE_READONLY_DBMOVED": (
        "moved",
        "{name} was moved, replaced or deleted while it was open, so this change "
        "is not kept. Save a copy to keep the plan as you see it.",
    ),
    "SQLITE_READONLY": (
        "read-only",
        "{name} may no longer be written to, so this change is not kept. Save a copy elsewhere to go on working.",
    ),
    "SQLITE_BUSY": (
        "in use",
        "Another program is using {name} just now, so this change is not kept. Try again in a moment.",
    ),
    "SQLITE_CORRUPT": (
        "damaged",
        "{name} is damaged, so this change is not kept. Save a copy, or open an earlier version from the File menu.",
    ),
    "SQLITE_NOTADB": (
        "damaged",
        "{name} is no longer a plan: something else was written over it, so this change "
        "is not kept. Save a copy, or open an earlier version from the File menu.",
    ),
}
_OTHER_LOSS: tuple[LossKind, str] = (
    "unreadable",
    "{name} could not be written, so this change is not kept. The plan is as it was; "
    "try again, or save a copy elsewhere.",
)


def not_kept(error: sqlite3.Error, name: str) -> NotKept:
    """SQLite's error on writing the file of this name, as an error with a sentence."""
    code = getattr(error, "sqlite_errorname", "") or ""
    for known in (code, "_".join(code.split("_")[:2])):
        if known in _LOSSES:
            kind, sentence = _LOSSES[known]
            return NotKept(kind, sentence.format(name=name))
    kind, sentence = _OTHER_LOSS
    return NotKept(kind, sentence.format(name=name))
