"""The words of what steps changed, read bit by bit beside the work, so that a step is found by its cells."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from spp_desktop.store import changes_in_words
from spp_desktop.store.history import Revision
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.columns import StepRow

AT_A_TIME = 0.08
"""The seconds that are read at a time, so that typing goes on smoothly."""
MOST_OF_A_STEP = 300
"""So many changes of a step are searched; one that took in results may have a hundred thousand."""


class StepWords(QObject):
    """The words of steps, as far as they have been read. What a step changed stays so: each is read once.

    Signals:
        read: more has been read.
    """

    read = Signal()

    def __init__(self, signals: PlanSignals, steps: Callable[[], Sequence[StepRow]], parent: QObject) -> None:
        super().__init__(parent)
        self._signals, self._steps = signals, steps
        self._texts: dict[int, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    def of(self, row: StepRow) -> str:
        """The words of a step; "" while they have not been read."""
        return self._texts.get(row.step.n, "")

    def want(self) -> None:
        """Read the words of all steps, the newest first."""
        if not self.whole():
            self._timer.start()

    def whole(self) -> bool:
        """Whether all has been read."""
        return not self._left()

    def stop(self) -> None:
        """Read no more for now."""
        self._timer.stop()

    def _left(self) -> list[Revision]:
        return [row.step for row in self._steps() if row.step.n not in self._texts]

    def _go_on(self) -> None:
        if self._signals.stopped:
            return
        until = monotonic() + AT_A_TIME
        self._texts |= self._signals.workspace.read_beside(
            changes_in_words.texts_of_steps,
            [step.n for step in self._left()],
            MOST_OF_A_STEP,
            lambda: monotonic() > until,
        )
        self.read.emit()
        self.want()
