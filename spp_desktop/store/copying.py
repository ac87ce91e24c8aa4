"""A copy of an open plan that a thread makes beside the work, in portions; the work waits for none of it."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from spp_desktop.store import waiting

SYNCED = 512
"""The pages after which the disk is to have what was copied, so that a step of the work never waits for much of it."""


class CopyingStopped(Exception):
    """The copying was stopped: the copy is not wanted any more."""


class PlanCopying(threading.Thread):
    """Copies an open plan into a file, or into a nameless database, and then does with the copy what is asked for.

    Attributes:
        copy: the copy, while it is open.
        problem: why there is no copy, if there is none.

    Args:
        plan: the connection to the plan, which the work goes on using.
        target: the file; ``None`` for a nameless database, which is left open.
        then: done with the copy once it is whole, in the thread too.
    """

    def __init__(
        self, plan: sqlite3.Connection, target: Path | None, then: Callable[[sqlite3.Connection], None]
    ) -> None:
        super().__init__(name="copy of the plan", daemon=True)
        self.copy: sqlite3.Connection | None = None
        self.problem: Exception | None = None
        self._plan, self._target, self._then = plan, target, then
        self._stopping = threading.Event()
        self._may_go_on = threading.Event()
        self._may_go_on.set()

    @property
    def is_done(self) -> bool:
        """Whether it has come to its end."""
        return self.ident is not None and not self.is_alive()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Within it nothing more is copied than what is under way: the disk is there for a change that is kept."""
        self._may_go_on.clear()
        try:
            yield
        finally:
            self._may_go_on.set()

    def stop(self) -> None:
        """Give it up, and wait until it has left nothing behind."""
        self._stopping.set()
        self._may_go_on.set()
        copy = self.copy
        if copy is not None and self.is_alive():
            with suppress(sqlite3.Error):
                copy.interrupt()
        self.join()
        self._let_go()

    def take_over(self) -> sqlite3.Connection | None:
        """The copy, once it is done, for whoever asks first."""
        copy, self.copy = self.copy, None
        return copy

    def run(self) -> None:
        """Copy the plan, see that the copy is whole, and do what is asked for."""
        try:
            self._copied(0)
            self.copy = sqlite3.connect(self._target or "", isolation_level=None, check_same_thread=False)
            if self._target is None:
                waiting.copy_in_portions(self._plan, self.copy, self._copied)
            else:
                self._copy_to(self._target)
            self._then(self.copy)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it ends only the copy, and is told
            self.problem = problem
            self._let_go()
        else:
            if self._target is not None:
                self.copy.close()

    def _copy_to(self, target: Path) -> None:
        """Copy the plan into a file, and have the disk take it bit by bit."""
        assert self.copy is not None
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=ON"):
            self.copy.execute(f"PRAGMA {pragma}")
        file, synced = os.open(target, os.O_RDWR | getattr(os, "O_BINARY", 0)), 0

        def copied(pages: int) -> None:
            """Have the disk take what was copied since it last did, where that is much."""
            nonlocal synced
            self._copied(pages)
            if not synced <= pages < synced + SYNCED:
                os.fsync(file)
                synced = pages

        try:
            waiting.copy_in_portions(self._plan, self.copy, copied)
        finally:
            os.close(file)

    def _copied(self, _: int) -> None:
        self._may_go_on.wait()
        if self._stopping.is_set():
            raise CopyingStopped

    def _let_go(self) -> None:
        """Leave nothing behind."""
        if self.copy is not None:
            if self._target is None:
                close_beside(self.copy)
            else:
                self.copy.close()
            self.copy = None
        if self._target is not None:
            with suppress(OSError):
                self._target.unlink(missing_ok=True)


def close_beside(copy: sqlite3.Connection) -> None:
    """Close a nameless database beside the work: the system may take long to give the room of a large one free."""
    threading.Thread(target=copy.close, name="copy let go", daemon=True).start()


def is_room_for(plan: sqlite3.Connection, folder: Path) -> bool:
    """Whether a disk has room for a copy of a plan and for as much again, so that the work is not left without any.

    Raises:
        sqlite3.Error: if the plan cannot be read.
    """
    pages, size = (plan.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    try:
        return shutil.disk_usage(folder).free > 2 * int(pages) * int(size)
    except OSError:
        return False
