"""An open plan that is listened to: of what changed, and of sentences that answer nothing that was asked."""

from collections.abc import Callable

from spp_desktop.store.changed import Changed, Waits, at_once
from spp_desktop.store.plan_file import PlanOnDisk
from spp_desktop.store.plan_reads import PlanReads


class ListenedPlan(PlanReads):
    """A plan that is open, and who listens to it.

    Attributes:
        notices: sentences that the person should see about this file, such as who has it open.
        waits: how it waits for what SQLite does alone at the end of a large step: a window lives on meanwhile.
    """

    def __init__(self, file: PlanOnDisk) -> None:
        super().__init__(file)
        self.notices = list(file.notices)
        self.waits: Waits = at_once
        self._working = False
        self._listeners: list[Callable[[Changed], None]] = []
        self._heeding: list[Callable[[str], None]] = []

    def _waits_for(self, work: Callable[[], object]) -> None:
        """Wait for what copies the plan as a whole; nothing else is done with it meanwhile."""
        was, self._working = self._working, True
        try:
            self.waits(work)
        finally:
            self._working = was

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Tell a listener of every change from now on; calling what is given back stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def heed(self, listener: Callable[[str], None]) -> None:
        """Tell a listener at once, from now on, of each sentence that is added to ``notices``."""
        self._heeding.append(listener)

    def _notice(self, sentence: str) -> None:
        """Tell something about the file that is no answer to what was asked."""
        self.notices.append(sentence)
        for listener in list(self._heeding):
            listener(sentence)

    def _tell(self, changed: Changed) -> None:
        for listener in list(self._listeners):
            listener(changed)
