"""What is asked of a drive that may take long to answer, asked beside the window, so that the window never waits."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class SlowDrive(QObject):
    """Asks one thing at a time in a thread of its own, and gives the answer in the window's thread.

    Nobody waits for an answer when the program ends.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._then: Callable[[Any], None] | None = None
        self._answered.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def waits(self) -> bool:
        """Whether an answer is still awaited."""
        return self._then is not None

    def ask(self, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Ask, unless an answer is still awaited.

        Args:
            question: what is asked; it touches no widget and no open plan.
            then: called with the answer; with ``None`` where there is none.
        """
        if self.waits:
            return
        self._then = then
        Thread(target=self._ask, args=(question,), name="aside", daemon=True).start()

    def _ask(self, question: Callable[[], Any]) -> None:
        answer = None
        with suppress(OSError):
            answer = question()
        with suppress(RuntimeError):  # the window has gone meanwhile
            self._answered.emit(answer)

    def _tell(self, answer: Any) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(answer)
