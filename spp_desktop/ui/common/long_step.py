"""A step of the plan that may take long: it is told how far it is, it can be cancelled, and the window lives on."""

import time
from collections.abc import Callable
from threading import Thread
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from spp_desktop.ui.common.jobs import Cancelled

PATIENCE = 0.05
"""Seconds of a step after which it is shown: most are done by then."""
FRAME = 0.015
"""Seconds from one word of it to the next that is shown."""


class LongStep:
    """What hears how far a step is, and shows it if it takes long; to be used in a ``with`` statement.

    Args:
        parent: the window that the step is made in; nothing else of it can be used meanwhile.
        title: what is done: "Undo".
    """

    def __init__(self, parent: QWidget | None, title: str) -> None:
        self._parent, self._title = parent, title
        self._told = time.monotonic()
        self.shown: QProgressDialog | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is, and let the window live.

        Raises:
            Cancelled: if the person has cancelled it.
        """
        now = time.monotonic()
        if now - self._told < (PATIENCE if self.shown is None else FRAME):
            return
        self._told = now
        if self.shown is None:
            self.shown = self._made()
            self.shown.show()
        self.shown.setLabelText(f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}")
        self.shown.setMaximum(total)
        self.shown.setValue(done)
        QCoreApplication.processEvents()
        if self.shown.wasCanceled():
            raise Cancelled

    def _made(self) -> QProgressDialog:
        shown = QProgressDialog("", "Cancel", 0, 0, self._parent)
        shown.setWindowTitle(self._title)
        shown.setWindowModality(Qt.WindowModality.ApplicationModal)
        shown.setMinimumWidth(360)
        shown.setMinimumDuration(0)
        shown.setAutoClose(False)
        shown.setAutoReset(False)
        shown.rejected.connect(shown.cancel)
        return shown


class _End(QObject):
    """Tells in the window's thread that something is done beside it."""

    come = Signal()


def while_the_window_lives(work: Callable[[], object]) -> None:
    """Do something beside the window, and come back once it is done; what is typed meanwhile waits.

    It is for what SQLite does alone, which leaves Python to the window.
    """
    problems: list[BaseException] = []
    end, loop = _End(), QEventLoop()
    end.come.connect(loop.quit, Qt.ConnectionType.QueuedConnection)

    def attempt() -> None:
        """Do it, keep what went wrong, and let the window go on either way."""
        try:
            work()
        except BaseException as problem:  # noqa: BLE001 - it is raised where it is waited for
            problems.append(problem)
        finally:
            end.come.emit()

    thread = Thread(target=attempt, name="long step")
    thread.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    thread.join()
    for problem in problems:
        raise problem
