"""Work beside the window that may never end, such as reading a file on a share: nobody waits for it."""

from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, Signal


class PanelWithFiles(QObject):
    """One piece of work after another, each in a thread of its own that ends with the program.

    Signals:
        ended: what was asked for, and what came of it; emitted in the window's thread.
    """

    ended = Signal(object, object)
    _done = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = Event()
        self._done.connect(self.ended, Qt.ConnectionType.QueuedConnection)
        parent.destroyed.connect(self._left.set)

    def go_on(self) -> bool:
        """Whether anybody still waits."""
        return not self._left.is_set()

    def begin(self, asked: object, work: Callable[[], object]) -> None:
        """Do something beside the window; an ``OSError`` is what comes of it where one is raised."""

        def do() -> None:
            """Do it, and tell if anybody still waits."""
            try:
                result = work()
            except OSError as problem:
                result = problem
            if self.go_on():
                try:
                    self._done.emit(asked, result)
                except RuntimeError:
                    return  # the window was closed at this very moment

        Thread(target=do, daemon=True, name="attachment").start()
