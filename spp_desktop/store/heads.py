"""The head of a plan's sealed chain as it is known outside the plan, and what this machine remembers of it.

Each file that leaves carries it (``returns.chain_head``). What was the head when a plan was last open here is kept in
a small file with the person's own data, so that opening can tell at once that steps are gone which were kept.
"""

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import platformdirs

from spp_desktop.returns.chain_head import ChainHead, head_in
from spp_desktop.store import chain, expunged, history, places
from spp_desktop.store.merging import record
from spp_desktop.store.waiting import wait_for_others

MOST_REMEMBERED = 1_000
"""Plans that are remembered; those that were open longest ago are forgotten."""

_LONGEST = 8_000
_WHOLE = "\nwhole: "


def head_of(connection: sqlite3.Connection) -> ChainHead | None:
    """The head that a file may carry: not of a revision that only a copy in memory may have."""
    query = "SELECT n, hash FROM revision WHERE sitting <> ? ORDER BY n DESC LIMIT 1"
    last = connection.execute(query, (chain.NO_SITTING,)).fetchone()
    plan = history.plan_key(connection)
    return ChainHead(plan, *last) if plan and last else None


def text_of(connection: sqlite3.Connection) -> str:
    """It as files carry it; "" before there is a first step."""
    head = head_of(connection)
    return head.text() if head else ""


def remembered(path: Path) -> ChainHead | None:
    """The head that a plan had when it was last open on this machine, if that is known."""
    try:
        with _file_of(path).open(encoding="utf-8") as file:
            return head_in(file.read(_LONGEST))
    except (OSError, ValueError):
        return None


LATER = 2_000_000_000
"""Nanoseconds after its last change from which on a file is known again by the time of that change: some drives keep
times of two seconds."""


def mark_of(path: Path) -> str:
    """What a plan's file is known by if nobody changes it: which it is, its length, and when it was last changed."""
    try:
        file = path.stat()
    except OSError:
        return ""
    return f"{file.st_dev}-{file.st_ino}-{file.st_size}-{file.st_mtime_ns}-{file.st_ctime_ns}"


def left_whole(path: Path) -> bool:
    """Whether a plan's file is, by its mark, as this program left it on this machine, and it was whole then.

    That is not believed of a drive that others share, nor of a file that was changed just before it was left.
    """
    try:
        file = _file_of(path)
        with file.open(encoding="utf-8", errors="replace") as known:
            mark = known.read(_LONGEST).partition(_WHOLE)[2].strip()
        later = file.stat().st_mtime_ns - path.stat().st_mtime_ns
    except OSError:
        return False
    return bool(mark) and later > LATER and mark == mark_of(path) and places.place_of(path).kind == "plain"


def remember(path: Path, head: ChainHead, whole: str = "") -> None:
    """Remember the head of a plan, and the mark of its file if that is whole; where nothing can be written, nothing."""
    file = _file_of(path)
    if path.suffix == ".new":
        return  # it is only being made
    with suppress(OSError):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _forget_oldest(file.parent)
        aside = file.with_suffix(f".{os.getpid()}")
        known = f"{head.text()}\n{path}{_WHOLE if whole else ''}{whole}\n"
        aside.write_text(known, encoding="utf-8", errors="replace")
        aside.replace(file)


def _file_of(path: Path) -> Path:
    place = os.path.normcase(path.absolute())
    name = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return platformdirs.user_data_path("SPP Desktop") / "heads" / f"{name}.txt"


def _forget_oldest(folder: Path) -> None:
    known = sorted(folder.glob("*.txt"), key=lambda file: file.stat().st_mtime)
    for file in known[: max(0, len(known) + 1 - MOST_REMEMBERED)]:
        file.unlink(missing_ok=True)


def moved_back(connection: sqlite3.Connection, head: ChainHead) -> str:
    """How the chain of a plan no longer has a head that it had, for a sentence; "" if it has it, or is another plan's.

    "ends at step 7 and had come to step 12", "has another step 12".
    """
    now = head_of(connection)
    if now is None or now.plan != head.plan:
        return ""
    step = history.revision_numbered(connection, head.n)
    if head.hash in record.seals_brought(connection).get(head.n, ()):
        return ""
    if step is None:
        return f"ends at step {now.n} and had come to step {head.n}"
    return "" if expunged.had_seal(connection, step, head.hash) else f"has another step {head.n}"


def _broken_end(connection: sqlite3.Connection) -> list[str]:
    if chain.newest(connection) == chain.head(connection):
        return []
    from spp_desktop.store.checking_chain import broken_end  # late: seldom

    return list(broken_end(connection))


_SAYS_MORE = "“Check this file” in the Help menu says more."


class KnownHead:
    """The head of an open plan, as it is known on this machine. Nothing of it keeps a plan from opening or closing.

    Attributes:
        lost: whether steps that were kept were found to be gone.
    """

    def __init__(self, path: Path) -> None:
        self.lost = False
        self._path = path
        self._head = remembered(path)
        self._known_whole = left_whole(path)
        self._whole = mark_of(path)

    def compare(self, connection: sqlite3.Connection) -> list[str]:
        """What is to be said of a plan whose history does not end as the file says, or no longer has this head.

        Only the ends of the history are looked at. How it is now is remembered, so that it is said once.
        """
        with suppress(sqlite3.Error):
            sentences = [f"{sentence} {_SAYS_MORE}" for sentence in _broken_end(connection)]
            if not sentences and self._head is not None:
                sentences = self._moved_back(connection, self._head)
            self.keep(connection)
            self.lost = bool(sentences)
            return sentences
        return []

    def keep(self, connection: sqlite3.Connection) -> None:
        """Remember the head as it is now, and the mark of the file unless another program has changed it."""
        with suppress(sqlite3.Error):
            wait_for_others(connection, 0.0)
            head = head_of(connection)
            if head is not None and (head != self._head or not self._known_whole):
                remember(self._path, head, self._whole if self._whole == mark_of(self._path) else "")
                self._head, self._known_whole = head, True
            wait_for_others(connection)

    def changed_here(self) -> None:
        """Know the file by its mark as it is now, since this program has just changed it."""
        self._whole, self._known_whole = mark_of(self._path), False

    def _moved_back(self, connection: sqlite3.Connection, head: ChainHead) -> list[str]:
        difference = moved_back(connection, head)
        if not difference:
            return []
        return [
            f"Steps that were kept are no longer in {self._path.name}: its history {difference} when it was last open "
            "here. An older or another copy may have been put in its place. Look for what is missing among the earlier "
            f"versions in the File menu. {_SAYS_MORE}"
        ]
