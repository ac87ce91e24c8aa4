"""What the checks find in the plan that is open, looked for once for all pages that tell of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from spp_desktop.store import queries
from spp_desktop.store.as_at import moment_of
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import CheckedFinding, PlanChecks
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.signals import Changed, PlanSignals

LARGE = 400
"""Activities from which a plan is checked beside the window: below that it takes no longer than a page to be drawn."""


class KeptChecks(QObject):
    """The findings, looked for when a page asks for them; after a small change, only what it touches.

    Attributes:
        checked: what is found, with what of it was accepted; ``None`` until the first look is done.

    Signals:
        looked: another look is done.
        failed: why a look could not be done, in a sentence.
    """

    looked = Signal()
    failed = Signal(str)

    def __init__(self, signals: PlanSignals, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self.checked: list[CheckedFinding] | None = None
        self._checks: PlanChecks | None = None
        self._running: JobProgress | None = None
        self._changes: list[Changed] = []
        signals.changed.connect(self._heed)

    def look(self) -> None:
        """Look at what changed since the last look, or at everything where that is much or there was none."""
        changes, self._changes = self._changes, []
        if self._running is not None or self._checks is None:
            if changes or self._running is None:
                self.look_anew()
            return
        checks = self._checks
        looked = [self._signals.read(checks.again, change.rows) for change in changes]
        if not all(looked):
            self.look_anew()
        elif changes:
            self._take(checks)

    def look_anew(self) -> None:
        """Look at the whole plan: at once where it is small, otherwise beside the window."""
        if self._running is not None:
            self._running.cancel()
        small = self._signals.read(queries.counts)["activity"] < LARGE
        if small or moment_of(self._signals.workspace) is not None:  # what is seen as at a moment has no file
            checks = PlanChecks()
            self._signals.read(checks.run)
            self._take(checks)
        else:
            path = self._signals.workspace.path
            self._running = self._jobs.run(
                lambda tell: every.run_beside(path, partial(_told, tell)), self._take, self._fail, "Checking the plan"
            )

    def _heed(self, changed: Changed) -> None:
        self._changes.append(changed)

    def _take(self, checks: PlanChecks) -> None:
        self._running, self._checks = None, checks
        self.checked = self._signals.read(every.checked, checks.findings())
        self.looked.emit()

    def _fail(self, sentence: str) -> None:
        self._running = None
        self.failed.emit(sentence)


def _told(tell: JobProgress, title: str, done: int, total: int) -> None:
    tell(title, done, total)
