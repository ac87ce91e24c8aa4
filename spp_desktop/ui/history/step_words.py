"""The words of what steps changed, read bit by bit beside the work, so that a step is found by its cells.

First those of the steps in the table are read. Then older steps are looked through, from the newest on: first by what
was done, when and by whom, and then by what they changed. Only those that are found are kept.
"""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from spp_desktop.store import changes_in_words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.columns import StepRow
from spp_desktop.ui.history.seen_steps import SeenSteps, bare_lines_before, lines_before

AT_A_TIME = 0.04
"""The seconds that are read at a time, so that typing goes on smoothly."""
BARE, WORDED = 500, 25
"""The steps that are looked through at a time without and with what they changed."""
MOST_OF_A_STEP = 300
"""So many changes of a step are searched; one that took in results may have a hundred thousand."""
MOST_FOUND = 1_000
"""After so many older steps no more are sought until the end of those shown comes into view."""


class StepWords(QObject):
    """The words of steps, as far as they have been read, and the search for older steps.

    Args:
        signals: of the plan.
        steps: those in the table.
        passing: gives those of some steps that hold what is sought.
        parent: the page.

    Signals:
        read: more has been read, or found.
    """

    read = Signal()

    def __init__(
        self,
        signals: PlanSignals,
        steps: SeenSteps,
        passing: Callable[[Sequence[StepRow]], list[StepRow]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._signals, self._steps, self._passing = signals, steps, passing
        self._texts: dict[int, str] = {}
        self._most = MOST_FOUND
        self._bare = self._worded = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    def of(self, row: StepRow) -> str:
        """The words of a step; "" while they have not been read."""
        return self._texts.get(row.step.n, "")

    def seek(self) -> None:
        """Look for what is sought now, from the newest step on."""
        self._most = MOST_FOUND
        self._bare = self._worded = self._steps.below()
        self._timer.start()

    def go_on(self) -> None:
        """Go on looking, since there are new steps."""
        self._timer.start()

    def seek_more(self) -> None:
        """Look for more than was enough so far."""
        self._most = max(self._most, len(self._steps.found) + MOST_FOUND)
        self._timer.start()

    def whole(self) -> bool:
        """Whether all has been looked through."""
        return not self._left() and (self._steps.whole or not self._worded)

    def rests(self) -> bool:
        """Whether nothing is being looked through just now."""
        return not self._timer.isActive()

    def forget(self) -> None:
        """Forget all words, since the history is another."""
        self._texts = {}

    def stop(self) -> None:
        """Look for nothing, and forget what was found."""
        self._timer.stop()
        self._steps.found = []
        kept = {row.step.n for row in self._steps.rows}
        self._texts = {n: text for n, text in self._texts.items() if n in kept}

    def _left(self) -> list[int]:
        return [row.step.n for row in self._steps.every() if row.step.n not in self._texts]

    def _go_on(self) -> None:
        """Read and look through as much as there is time for, and the rest when there is nothing else to do."""
        if self._signals.stopped:
            return
        until, news = monotonic() + AT_A_TIME, False
        while monotonic() < until and not self._enough():
            if left := self._left():
                self._texts |= self._words(left, until)
                news = True
            elif self._bare:
                news |= self._look_at_bare()
            else:
                news |= self._look_at_worded(until)
        if news:
            self.read.emit()
        if not self._enough():
            self._timer.start()

    def _enough(self) -> bool:
        return self.whole() or (not self._left() and len(self._steps.found) >= self._most)

    def _words(self, numbers: Sequence[int], until: float) -> dict[int, str]:
        """The words of the first of some steps, of as many as there is time for."""
        reading = self._signals.workspace.read_beside
        return reading(changes_in_words.texts_of_steps, numbers, MOST_OF_A_STEP, lambda: monotonic() > until)

    def _look_at_bare(self) -> bool:
        """Look through the next older steps without what they changed. Returns whether any was found."""
        begins, reading = self._bare, self._signals.workspace.read_beside
        rows = reading(bare_lines_before, begins, BARE)
        self._bare = rows[-1].step.n if rows else 0
        keys = {row.key for row in self._passing(rows)}
        return bool(keys) and self._steps.keep(row for row in reading(lines_before, begins, BARE) if row.key in keys)

    def _look_at_worded(self, until: float) -> bool:
        """Look through the next older steps with what they changed. Returns whether any was found."""
        rows = self._signals.workspace.read_beside(lines_before, self._worded, WORDED)
        words = self._words([row.step.n for row in rows], until)
        rows = [row for row in rows if row.step.n in words]
        self._worded = rows[-1].step.n if rows else 0
        known = self._texts
        self._texts = known | words
        passing = self._passing(rows)
        self._texts = known | {row.step.n: words[row.step.n] for row in passing}
        return self._steps.keep(passing)
