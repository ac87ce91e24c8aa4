"""The earlier version that a sitting leaves: the plan as it was before its first change, copied beside the work.

The copy is begun when the plan is open and nobody is typing, on a thread, and gets its name once the first change is
made. A change that comes first waits for nothing: what it does while the copy is being made comes into the copy, and is
taken back there before the copy is looked over. Where nothing was changed, nothing is left.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread

from spp_desktop.store import backups, chain, clock, history, step_size, turned_back, waiting
from spp_desktop.store.changed import Waits, at_once
from spp_desktop.store.copying import PlanCopying, is_room_for
from spp_desktop.store.history import Revision

REASON = "before the first change of a sitting"


class SittingCopy:
    """The copy of one sitting. Its methods are called by the thread in which the plan is worked on.

    Attributes:
        is_beside: whether it is made beside the work.
        is_kept: whether there is an earlier version, or will be, or it was told that there can be none.

    Args:
        plan: the plan's file.
    """

    def __init__(self, plan: Path) -> None:
        self._plan = plan
        self.is_beside = self.is_kept = self._owes = False
        self._file = plan
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        """Know of no copy."""
        self._copying: PlanCopying | None = None
        self._naming: Thread | None = None
        self._holds: tuple[Revision | None] | None = None
        self._whole = self._keeping = self._kept = False
        self._wanted: tuple[datetime, Revision | None] | None = None
        self._problem: Exception | None = None

    def keep(self, raw: sqlite3.Connection, reason: str, *, is_large: bool, waits: Waits = at_once) -> str:
        """Keep the plan as it is before a change, or begin to. Returns why it is not kept, in a sentence, or "".

        Only what is large, which would take long to be taken back in the copy, waits for one that is made beside, in
        a way of the caller's.

        Raises:
            sqlite3.Error: if the plan cannot be read.
        """
        lost = ""
        if self.is_beside and reason == REASON and self._claim(raw):
            if is_large:
                waits(self.wait)
                lost = self.lost()
        else:
            waits(self.wait)  # what was to be kept of the plan before its first change is kept first
            self.drop()
            with waiting.unchanging(raw):
                lost = backups.made_before(raw, self._plan, reason)
        self.is_kept = True
        return lost

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Within it nothing is copied, so that the disk is there for a change that is kept."""
        with self._copying.resting() if self._copying is not None else nullcontext():
            yield

    def begin(self, raw: sqlite3.Connection) -> bool:
        """Begin to copy the plan, unless that was begun or it is kept. Returns whether it is under way.

        It is not begun where the disk has too little room, or nothing can be written.
        """
        if self._copying is not None or self.is_kept or not self.is_beside:
            return self._copying is not None
        try:
            self._file, self._owes = backups.begun(self._plan, REASON)
        except OSError:
            return False
        if not is_room_for(raw, self._file.parent):
            return False
        self._copying = PlanCopying(raw, self._file, self._finish)
        self._copying.start()
        return True

    def _claim(self, raw: sqlite3.Connection) -> bool:
        """Have the plan be kept as it is now, before its first change. Returns whether that is under way.

        If something was written to the plan since it was copied, or the copying failed, it is copied anew.

        Raises:
            sqlite3.Error: if the plan cannot be read.
        """
        last = chain.newest(raw)
        with self._lock:
            self._wanted = (clock.local_now(), last)
            old = self._holds is not None and self._holds != (last,)
        if old or self._why_not() is not None:
            wanted = self._wanted
            self.drop()
            self._wanted = wanted
        if not self.begin(raw):
            self._forget()
            return False
        with self._lock:
            if self._whole and not self._keeping:
                self._keeping = True
                self._naming = Thread(target=self._name, name="earlier version", daemon=True)
                self._naming.start()
        return True

    def lost(self) -> str:
        """Why the plan as it was is not kept, if that is known now, once; else ""."""
        problem = self._why_not() if self._wanted is not None else None
        if problem is None:
            return ""
        self.drop()
        self.is_kept = True
        return backups.not_made(self._plan, problem)

    def wait(self) -> None:
        """Wait until what is to be kept is kept, or cannot be."""
        for thread in (self._copying, self._naming):
            if thread is not None and self._wanted is not None:
                thread.join()

    def drop(self) -> None:
        """Leave nothing of it, unless it has its name already; what was to be kept is so before the next change."""
        if self._naming is not None:
            self._naming.join()
        if self._copying is not None:
            self._copying.stop()
            with suppress(OSError):
                self._file.parent.rmdir()  # where it holds nothing else
        if self._wanted is not None and not self._kept:
            self.is_kept = False
        self._forget()

    def _why_not(self) -> Exception | None:
        """What went wrong, once nothing is under way any more."""
        if any(thread is not None and thread.is_alive() for thread in (self._copying, self._naming)):
            return None
        return self._problem or (self._copying.problem if self._copying is not None else None)

    def _finish(self, copy: sqlite3.Connection) -> None:
        """Have the copy be what is to be kept, and keep it if that is wanted already. It runs beside the work.

        Raises:
            OSError, sqlite3.Error: if it cannot be done.
        """
        with self._lock:
            copied, wanted = chain.newest(copy), self._wanted
            last = copied if wanted is None else wanted[1]
            self._holds = (last,)
        if copied != last:
            if last is None or history.revision_numbered(copy, last.n) != last:
                raise sqlite3.DatabaseError("another copy was written over it")
            turned_back.to(copy, last.n)
        backups.demand_whole(copy)
        owed = _begin_of_sitting(copy) if self._owes else None
        copy.close()
        if owed is not None:
            with suppress(OSError, sqlite3.Error):
                self._keep_owed(owed)
        with self._lock:
            self._whole, wanted = True, self._wanted
            self._keeping = wanted is not None
        if wanted is not None:
            self._keep(wanted[0])

    def _keep_owed(self, begin: Revision) -> None:
        """Keep the plan as it was before the sitting of a program that was killed while it copied that.

        Raises:
            OSError, sqlite3.Error: if it cannot be done.
        """
        if any(
            _last_of(version.path) == begin.parent for version in backups.earlier_versions(self._plan, counted=False)
        ):
            return  # it had not changed anything
        owed = self._file.with_name(f"{self._file.name}.before")
        try:
            shutil.copyfile(self._file, owed)
            with closing(sqlite3.connect(owed, isolation_level=None)) as copy:
                copy.execute("PRAGMA secure_delete=ON")
                turned_back.to(copy, begin.n - 1)
                backups.demand_whole(copy)
            backups.keep(owed, self._plan, REASON, clock.moment(begin.at) or clock.local_now())
        finally:
            owed.unlink(missing_ok=True)

    def _name(self) -> None:
        if self._wanted is not None:
            with suppress(OSError):
                self._keep(self._wanted[0])

    def _keep(self, at: datetime) -> None:
        """Give the copy its name.

        Raises:
            OSError: if it cannot be done.
        """
        try:
            backups.keep(self._file, self._plan, REASON, at)
        except OSError as problem:
            self._problem = problem
            raise
        self._kept = True


_NO_CHANGES = "('built', 'brought in', 'beside')"
"""The kinds of revisions before which no earlier version is kept."""


_CHANGES_SINCE = "SELECT (SELECT max(n) FROM change) - (SELECT min(n) FROM change WHERE revision = ?)"
"""How many numbers of changes there are from a step on, found at the ends of the indexes."""


def _begin_of_sitting(plan: sqlite3.Connection) -> Revision | None:
    """The first change of the last sitting in a history; ``None`` if too much was changed then to be taken back."""
    of_sitting = f"""SELECT min(n) FROM revision WHERE kind NOT IN {_NO_CHANGES} AND sitting =
        (SELECT sitting FROM revision WHERE kind NOT IN {_NO_CHANGES} ORDER BY n DESC LIMIT 1)"""
    (first,) = plan.execute(of_sitting).fetchone()
    if first is None:
        return None
    (changes,) = plan.execute(_CHANGES_SINCE, (first,)).fetchone()
    return history.revision_numbered(plan, first) if (changes or 0) < step_size.MOST_TOLD else None


def _last_of(version: Path) -> str | None:
    """The id of the last revision that an earlier version holds; ``None`` if it cannot be read."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{version.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy,
    ):
        last = chain.newest(copy)
        return last.id if last is not None else None
    return None
