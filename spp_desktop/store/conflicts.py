"""Copies of a plan that a folder kept in step makes where two people changed one at once: told by name and content."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import counted
from spp_desktop.store import clock, history, places
from spp_desktop.store.changed import Changed
from spp_desktop.store.database import ENDING

_MARKS = (
    r" ?[(\[][^)\]]*(?i:conflict)[^)\]]*[)\]]",  # Dropbox, Nextcloud: "plan (Jane's conflicted copy 2009-03-31).plan"
    r"[._](?:sync-)?(?i:conflict).*",  # Syncthing, ownCloud: "plan.sync-conflict-20090331-101500-ABCDEFG.plan"
    r"-[A-Z][A-Z0-9-]{2,14}",  # OneDrive, with the name of the machine: "plan-LAPTOP2.plan"
    r" ?\(\d{1,3}\)",  # Google Drive: "plan (1).plan"
    r" \d{1,2}",  # iCloud: "plan 2.plan"
)
_MARKED = re.compile("|".join(_MARKS))

PATIENCE = 2_000_000
"""SQLite's own steps after which reading another copy is given up."""


_KNOWN = "SELECT id FROM revision UNION SELECT id FROM merged_revision"
"""The steps that a plan has, its own and those that merges brought along."""

KnownStep = tuple[str, ...]
"""A step of a history, as far as it is told: key, author, time and label."""


@dataclass(frozen=True)
class SeenCopy:
    """A copy beside a plan as it was read: what it holds, and when the file was changed.

    Attributes:
        path: its file.
        mark: its length and the time of its last change, by which the same content is not read twice.
        plan_key: the key of the plan that it holds; "" if it could not be read as a plan.
        steps: the steps in it, the oldest first.
    """

    path: Path
    mark: tuple[int, int]
    plan_key: str
    steps: Sequence[KnownStep]


class OtherCopies:
    """The copies beside an open plan, each told once.

    Attributes:
        conflicting: those that were told: they hold steps which the plan lacked.
        due: whether they are to be looked for with the next look: not with each, for a folder may be large.
    """

    def __init__(self, path: Path) -> None:
        self.conflicting: list[Path] = []
        self.due = True
        self._path = path
        self._known: dict[Path, tuple[int, int]] = {}

    def look(self) -> list[SeenCopy]:
        """Those that came, or changed, since they were last compared: if due, one listing of the folder; else none.

        No plan is touched: where the folder takes long to answer, it may be called beside the window.
        """
        seen: list[SeenCopy] = []
        with suppress(OSError):
            beside = [file for file in self._path.parent.iterdir() if self._may_be(file)] if self.due else []
            marked = [(file, _mark_of(file)) for file in sorted(beside)]
            seen = [_seen(file, mark) for file, mark in marked if mark is not None and mark != self._known.get(file)]
        self.due = bool(seen)
        return seen

    def _may_be(self, file: Path) -> bool:
        return file.suffix == ENDING and _marked(self._path.stem, file.stem) and file not in self.conflicting

    def compare(self, connection: sqlite3.Connection, copies: Sequence[SeenCopy]) -> list[str]:
        """Hold copies against the plan of a connection; a sentence about each that holds steps which it lacks."""
        sentences: list[str] = []
        if not copies:
            return sentences
        key = history.plan_key(connection)
        steps = {step for (step,) in connection.execute(_KNOWN)}
        for copy in copies:
            self._known[copy.path] = copy.mark
            own = [step for step in copy.steps if step[0] not in steps] if copy.plan_key == key else []
            if own:
                self.conflicting.append(copy.path)
                sentences.append(self._told(copy.path, own))
        self.due = False
        return sentences

    def heed(self, changed: Changed) -> None:
        """Have copies be looked for after a change; all anew, if another program made it."""
        self.due = True
        if not changed.rows:
            self._known.clear()

    def _told(self, other: Path, own: Sequence[KnownStep]) -> str:
        """What a copy holds that the plan does not."""
        _, author, at, label = own[-1]
        return (
            f"Beside {self._path.name} lies {other.name}, another copy of this plan, as a folder that is kept in step "
            "leaves it where two people changed one plan at once. "
            f"It holds {counted(len(own), 'step')} that {self._path.name} lacks, the last {quoted(label)} by {author}, "
            f"{clock.time_in_words(at)}."
        )


def _mark_of(file: Path) -> tuple[int, int] | None:
    """A file's length and the time of its last change; ``None`` if it has gone, or would have to be fetched first."""
    try:
        known = file.stat()
    except OSError:
        return None
    return None if places.is_away(file) else (known.st_size, known.st_mtime_ns)


def _marked(stem: str, other: str) -> bool:
    """Whether one of two names is the other with a mark of a folder kept in step behind it."""
    shorter, longer = sorted((stem, other), key=len)
    mark = longer.removeprefix(shorter)
    return mark != longer and _MARKED.fullmatch(mark) is not None


def _seen(file: Path, mark: tuple[int, int]) -> SeenCopy:
    """A copy, read as far as it can be."""
    try:
        return SeenCopy(file, mark, *_read(file))
    except (sqlite3.Error, ValueError, TypeError):
        return SeenCopy(file, mark, "", ())


def _read(file: Path) -> tuple[str, list[KnownStep]]:
    """The key of the plan in a file, and its steps."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.set_progress_handler(lambda: 1, PATIENCE)
        key = history.plan_key(connection)
        query = "SELECT id, author, at, label FROM revision WHERE kind <> 'beside' ORDER BY n"
        return key, [tuple(map(str, step)) for step in connection.execute(query)]
