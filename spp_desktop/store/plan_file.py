"""The file of an open plan: its connection and its lock; opened anew where it was replaced, or was out of reach."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from spp_desktop.plan import file_names
from spp_desktop.store import backups, locks, opening, own_words, places, problems, waiting
from spp_desktop.store.losses import losses_told
from spp_desktop.store.problems import NotKept, PlanRefused

if TYPE_CHECKING:
    from sqlalchemy import Engine

_REPLACED: Mapping[places.PlaceKind, str] = {
    "plain": "{} was replaced while it was open. You see what stands there now.",
    "passing": "{} was replaced while it was open. You see what stands there now.",
    "in step": "{} was replaced while it was open, by the program that keeps its folder in step. You see what stands "
    "there now.",
    "share": "{} can be reached again.",
}
"""What is said once a plan was opened anew, by where it lies."""


class PlanOnDisk:
    """A plan's file that is open.

    Attributes:
        path: the file.
        place: where it lies.
        raw: the connection to it.
        lock: the lock by which this program alone may write, if it has it.
        holder: who else has the plan open for writing, if somebody has.
        notices: what there was to say of the file when it was opened.
        taken: that another program has taken the plan over meanwhile, in a sentence; else "".

    Raises:
        PlanRefused: as ``opening.open_file``.
    """

    def __init__(self, path: Path, *, read_only: bool, take_over: bool) -> None:
        self.path, self.taken = path, ""
        self.place = places.place_of(path)
        self._take(opening.open_file(path, read_only=read_only, take_over=take_over))

    def _take(self, opened: opening.OpenedFile) -> None:
        self.raw, self.lock, self.notices, self.holder = opened
        self._engine: Engine | None = None
        self._mark = _mark_of(self.path)
        self._seen = -1

    @property
    def engine(self) -> "Engine":
        """The connection for SQLAlchemy, made when something is first read or written through it."""
        if self._engine is None:
            import spp_desktop.store.content  # noqa: F401 - every table, late: a history is read without any
            from spp_desktop.store import statements

            self._engine = statements.engine_on(self.raw)
        return self._engine

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.lock is None

    def see(self) -> None:
        """Take what the file says now for known, and speak as it says."""
        self._seen = self._version()
        own_words.go_by(self.raw)

    def is_changed(self) -> bool:
        """Whether another program has changed the file since it was last seen.

        Raises:
            sqlite3.Error: if it cannot be read.
        """
        return self._version() != self._seen

    def _version(self) -> int:
        return int(self.raw.execute("PRAGMA data_version").fetchone()[0])

    def is_another(self) -> bool:
        """Whether another file stands under the plan's name than the one that is open."""
        mark = _mark_of(self.path)
        return mark is not None and mark != self._mark

    def open_anew(self) -> None:
        """Open what stands under the plan's name now, with the lock that this program has.

        Raises:
            PlanRefused: if it cannot be opened; all is as it was then.
        """
        if self.lock is not None and not self.lock.exists():
            with suppress(OSError, locks.LockHeld):  # it went with the folder that it stood in
                locks.take(self.path)
        opened = opening.open_file(self.path, read_only=self.read_only, lock=self.lock)
        with suppress(sqlite3.Error):
            self.raw.close()
        if self._engine is not None:
            self._engine.dispose()
        self._take(opened)

    def reached_again(self) -> str:
        """Open the file anew if it was replaced, or cannot be read through the connection; "" or which of them it was.

        Raises:
            sqlite3.Error: if it cannot be read now.
        """
        if self.is_another():
            problem: sqlite3.Error | None = None
            what = _REPLACED[self.place.kind].format(self.path.name)
        else:
            try:
                self._version()
            except sqlite3.Error as error:
                if problems.trouble_of(error) not in (problems.UNREADABLE, problems.DAMAGED):
                    raise
                problem, what = error, _REPLACED["share"].format(self.path.name)
            else:
                return ""
        try:
            self.open_anew()
        except PlanRefused:
            if problem is None:
                raise
            raise problem from None
        return what

    def taken_over(self) -> str:
        """See whether another program has taken the plan over; if so it may only be read here from now on.

        Returns:
            A sentence that says so, or "".
        """
        other = locks.taken_by(self.path) if self.lock is not None else None
        if other is None:
            return ""
        self.lock, self.holder = None, other
        with suppress(sqlite3.Error):
            self.raw.execute("PRAGMA query_only=ON")
        words = other.in_words()
        self.taken = (
            f"{words[0].upper()}{words[1:]} has taken over {self.path.name}, so it is open here for reading only now. "
            "All that was kept is in it."
        )
        return self.taken

    def close(self) -> None:
        """Give the file free. Whichever part of this fails, the lock goes."""
        with ExitStack() as leaving:  # the last that is named is done first
            if self.lock is not None:
                leaving.callback(locks.release, self.lock)
                self.lock = None
            leaving.callback(self.raw.close)
            if self._engine is not None:
                leaving.callback(self._engine.dispose)


def save_copy(path: Path, sources: Sequence[sqlite3.Connection], target: Path) -> None:
    """Write a plan under another name.

    Args:
        path: The plan's file.
        sources: What it is copied from: the first of them that can be read.
        target: The file to write.

    Raises:
        NotKept: if it could not be written.
    """
    lost = "no copy is made"
    if sentence := file_names.unfit(target):
        raise NotKept("unreadable", sentence)
    with losses_told(target, lost):
        same = target.exists() and path.exists() and target.samefile(path)
    if same:
        raise NotKept("in use", f"{target.name} is the plan that is open. Choose another name for the copy.")
    holder = locks.holder_of(target)
    if holder is not None and not holder.gone() and target.exists():
        words = holder.in_words()
        raise NotKept(
            "in use",
            f"{words[0].upper()}{words[1:]} has {target.name} open, so {lost}. Choose another name for the copy.",
        )
    for source in sources:
        try:
            with losses_told(path, lost), waiting.unchanging(source), losses_told(target, lost):
                backups.copy_to(source, target)
        except NotKept as loss:
            if loss.kind not in ("damaged", "moved", "unreadable") or source is sources[-1]:
                raise
        else:
            return


def _mark_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of its name, as SQLite tells them; ``None`` where it cannot be seen."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
