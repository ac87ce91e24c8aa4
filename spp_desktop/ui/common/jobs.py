"""Long jobs: one worker beside the window, with progress and cancel.

A job takes values and gives values. It never holds a session, so that there is one writer and one connection.
"""

import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

T = TypeVar("T")

_log = logging.getLogger(__name__)

_IN_TURN = 0.001
"""Seconds after which a job gives way to the window where both run Python: a frame of it waits so several times."""


class Cancelled(Exception):
    """Raised inside a job at its next word of progress, once the person has cancelled it."""


class JobProgress:
    """How a job reports how far it is. Jobs call it often, for it also carries the person's Cancel into them."""

    def __init__(self, say: Callable[[str, int, int], None]) -> None:
        self._say = say
        self._stop = Event()
        self._stopping: list[Callable[[], object]] = []

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Report the step that is being done, and how much of it; a total of 0 means that nobody knows.

        Raises:
            Cancelled: if the person has cancelled the job. Let it pass, and leave nothing half made.
        """
        if self._stop.is_set():
            raise Cancelled
        self._say(step, done, total)

    def cancel(self) -> None:
        """Ask the job to stop at its next word."""
        self._stop.set()
        for stop in self._stopping:
            stop()

    def on_cancel(self, stop: Callable[[], object]) -> None:
        """Call ``stop`` when the job is cancelled, in the thread that cancels; at once if it is cancelled already.

        This is for work that reports nothing while it runs.
        """
        self._stopping.append(stop)
        if self.cancelled:
            stop()

    @property
    def cancelled(self) -> bool:
        """Whether the person has cancelled."""
        return self._stop.is_set()


@dataclass(frozen=True)
class _Task:
    """A job that waits or runs, and what is called when it ends: all but ``let_go`` in the window's thread."""

    title: str
    progress: JobProgress
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    given_up: Callable[[], None]
    let_go: Callable[[], None]


def _nothing() -> None:
    pass


class Jobs(QObject):
    """The window's one worker. Jobs run one after the other; how each ended is reported in the window's thread.

    Signals:
        moved: what is being done, how much, of how much (0: nobody knows).
        began: the title of the job that has just been given.
        idle: no job runs or waits any more.
    """

    began = Signal(str)
    moved = Signal(str, int, int)
    idle = Signal()
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_IN_TURN)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._tasks: list[_Task] = []
        self._stopped = False
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[JobProgress], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        title: str,
        given_up: Callable[[], None] = _nothing,
        *,
        let_go: Callable[[], None] = _nothing,
    ) -> JobProgress:
        """Do a job beside the window.

        Args:
            job: what is to be done; it gets a ``JobProgress`` and gives a value.
            done: called in the window's thread with the job's value.
            failed: called there with a sentence instead, if the job could not be done.
            title: what the job is, as the strip shows it: "Exporting the delivery plan".
            given_up: called there instead of both, if the job was cancelled.
            let_go: called before them however the job ended, in any thread: also where it never began, and where
                nothing is told any more. It lets go of what the job was given, such as an open file.

        Returns:
            The job's progress, by which it can be cancelled.
        """
        task = _Task(title, JobProgress(self.moved.emit), done, failed, given_up, let_go)
        self._tasks.append(task)
        self.began.emit(title)
        self._worker.submit(_attempt, task, job).add_done_callback(partial(self._tell, task))
        return task.progress

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._tasks)

    def cancel(self) -> None:
        """Cancel what runs and what waits."""
        for task in self._tasks:
            task.progress.cancel()

    def stop(self) -> None:
        """Cancel everything, wait for the running job to end, and report nothing any more. For closing."""
        self._stopped = True
        self.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()

    def _tell(self, task: _Task, outcome: "Future[Any]") -> None:
        """In the worker's thread, or in that which stops it: pass the outcome on to the window's."""
        try:
            task.let_go()
        finally:
            if not self._stopped:
                self._ended.emit(task, outcome)

    @Slot(object, object)
    def _finish(self, task: _Task, outcome: "Future[Any]") -> None:
        if self._stopped:
            return
        self._tasks.remove(task)
        if not self._tasks:
            self.idle.emit()
        error = outcome.exception()
        if error is None:
            task.done(outcome.result())
        elif isinstance(error, Cancelled):
            task.given_up()
        else:
            task.failed(sentence(task.title, error))


def _attempt(task: _Task, job: Callable[[JobProgress], T]) -> T:
    task.progress(task.title)
    return job(task.progress)


def sentence(title: str, error: BaseException) -> str:
    """What a job's failure means, for the person who asked for it.

    Refusals of this program are sentences already. An error that nobody foresaw goes to the log in full.
    """
    if type(error).__module__.startswith("spp_desktop."):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"{title} did not work: {error.strerror.lower()}{where}. The plan is as it was."
    _log.error("%s failed", title, exc_info=error)
    return f"{title} did not work, for a reason that this program does not know. The plan is as it was."


class ProgressStrip(QWidget):
    """A strip in the status bar, seen only while a job runs: what it does, how far it is, and Cancel."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._step = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("Progress")
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self._step, self._bar, self._cancel):
            row.addWidget(widget)
        self.hide()
        jobs.began.connect(self._begin)
        jobs.moved.connect(self._show)
        jobs.idle.connect(self.hide)
        self._cancel.clicked.connect(self._give_up)

    @Slot(str)
    def _begin(self, title: str) -> None:
        if self.isHidden():
            self._cancel.setEnabled(True)
            self._show(title, 0, 0)
            self.show()

    @Slot(str, int, int)
    def _show(self, step: str, done: int, total: int) -> None:
        if not self._cancel.isEnabled():
            return
        self._step.setText(f"{step}…" if not total else f"{step}: {done:,} of {total:,}")
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot()
    def _give_up(self) -> None:
        self._step.setText("Stopping…")
        self._cancel.setEnabled(False)
        self._bar.setRange(0, 0)
        self._jobs.cancel()
