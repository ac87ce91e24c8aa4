"""Files that came back, read one after another beside the window, and each compared with the plan."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from spp_desktop.edits import receiving
from spp_desktop.edits.reviewing import Review
from spp_desktop.returns import intake
from spp_desktop.returns.intake import Enclosed, FileReading, MailReceived, Received
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Cancelled, JobProgress, Jobs

TRIES = 3
"""The number of times that a password is asked for."""

Asking = Callable[[str, int], str | None]
"""Asks a person for a file's password: its name, how many tries are left; ``None`` if they give up."""


@dataclass(frozen=True)
class FileToRead:
    """A file that is to be read: one on the disk, or one that a mail there encloses."""

    path: Path
    enclosed: Enclosed | None = None

    @property
    def name(self) -> str:
        """What it is called; with its mail, if it stands in one."""
        return self.path.name if self.enclosed is None else self.enclosed.called


class FilesReading(QObject):
    """Reads files, and those that mails among them enclose. It changes nothing in the plan.

    Args:
        workspace: the plan.
        jobs: the worker that reads them.
        paths: the files.
        ask: asks a person for a password.
        parent: the owner.

    Attributes:
        files: the files, and in the place of a mail those that it encloses.
        reviews: the files that were read, each compared with the plan.
        refused: the files that were not read, by name, and why.

    Signals:
        ended: all files are read; stopped: the person cancelled the reading.
    """

    ended = Signal()
    stopped = Signal()

    def __init__(
        self, workspace: Workspace, jobs: Jobs, paths: Sequence[Path], ask: Asking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._ask = ask
        self.files = [FileToRead(path) for path in paths]
        self._at = 0
        self._tries = TRIES
        self._ahead: tuple[FileToRead, FileReading] | None = None
        self._while_reading = ExitStack()
        self._while_reading.enter_context(intake.kept_ready())
        self._while_reading.enter_context(workspace.holding())
        self._while_reading.callback(self._stop_ahead)
        for over in (self.ended, self.stopped, self.destroyed):  # the last where the plan is closed meanwhile
            over.connect(self._while_reading.close)
        self.reviews: list[Review] = []
        self.refused: list[tuple[str, str]] = []

    def go_on(self) -> None:
        """Read the next file; after the last, emit ``ended``."""
        if self._at == len(self.files):
            self.ended.emit()
            return
        self._at += 1
        self._tries = TRIES
        self._read()

    def _read(self, password: str = "") -> None:
        file = self.files[self._at - 1]
        count = f" {self._at} of {len(self.files)}:" if len(self.files) > 1 else ""
        ahead, self._ahead = self._ahead, None
        reading = ahead[1] if ahead is not None and ahead[0] is file else None
        self._jobs.run(
            partial(_received, file, password, reading),
            self._done,
            self._refuse,
            f"Reading{count} {file.name}",
            self.stopped.emit,
        )

    def _done(self, came: Received | ReturnRefused) -> None:
        if isinstance(came, PasswordNeeded):
            self._open(came)
        elif isinstance(came, MailReceived):
            self._at -= 1
            self.files[self._at : self._at + 1] = [
                FileToRead(self.files[self._at].path, enclosed) for enclosed in came.enclosed
            ]
            self.go_on()
        elif isinstance(came, ReturnRefused):
            self._refuse(str(came))
        else:
            self._read_ahead()
            try:
                self.reviews.append(receiving.held_against(self._workspace, came))
            except (ReturnRefused, PlanRefused) as refusal:
                self._refuse(str(refusal))
            else:
                self.go_on()

    def _read_ahead(self) -> None:
        """Have the next file read while this one is compared with the plan."""
        if self._at < len(self.files):
            file = self.files[self._at]
            self._ahead = file, intake.begin(file.path, LIMITS, "", file.enclosed)

    def _stop_ahead(self) -> None:
        """Have nothing read any more for later."""
        if self._ahead is not None:
            self._ahead[1].stop()

    def _open(self, need: PasswordNeeded) -> None:
        """Ask for the password and try again, while tries are left."""
        name = self.files[self._at - 1].name
        password = self._ask(name, self._tries) if self._tries else None
        if password:
            self._tries -= 1
            self._read(password)
        elif self._tries:
            self._refuse(f"{name} is protected by a password, which was not given; it was not read.")
        else:
            self._refuse(str(need))

    def _refuse(self, sentence: str) -> None:
        self.refused.append((self.files[self._at - 1].name, sentence))
        self.go_on()


def _received(
    file: FileToRead, password: str, reading: FileReading | None, progress: JobProgress
) -> Received | ReturnRefused:
    """What a file holds, or why it was not read; ``reading`` where it is being read already."""
    reading = reading or intake.begin(file.path, LIMITS, password, file.enclosed)
    progress.on_cancel(reading.stop)
    try:
        return reading.received()
    except ReturnRefused as refusal:
        if progress.cancelled:
            raise Cancelled from None
        return refusal
