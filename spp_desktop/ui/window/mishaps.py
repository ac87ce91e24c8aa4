"""What nobody foresaw: an exception that reaches nobody is told to the person in a sentence, and the window goes on."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.window import file_messages
from spp_desktop.ui.window.main_window import MainWindow

SENTENCE = (
    "That did not work, because of a mistake in this program. Every step that was kept before is safe in the plan. "
    "Look whether what you did last is there, and do it again if it is not."
)
COPY = "Copy the details"

FORESEEN = (PlanRefused, NotKept, UndoRefused, RuleBroken)
"""What has a sentence of its own, wherever it comes up."""


class Mishaps(QObject):
    """Takes the place of ``sys.excepthook``, to which Qt gives what a slot or a handler of an event raises.

    The traceback goes to the error output as before, and to the clipboard if the person asks for it.
    """

    _happened = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._details = ""
        self._sentence = SENTENCE
        self._telling = False
        # Queued, since a sentence cannot be shown from within the painting of a widget.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def take(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Note an exception, and have it told once the program is back where it waits for the person."""
        sys.__excepthook__(kind, problem, trace)
        if issubclass(kind, Exception):
            self._details = "".join(traceback.format_exception(kind, problem, trace))
            # What the plan's file refuses is a sentence already, and no mistake.
            self._sentence = str(problem) if isinstance(problem, FORESEEN) else SENTENCE
            self._happened.emit()

    def _tell(self) -> None:
        """Say it above the tabs, or in a box where those cannot be reached. What is said already is not said again."""
        view, before = self._window.plan_view, QApplication.activeModalWidget()
        if self._telling or (view is not None and view.banner.sentence() == self._sentence):
            return
        foreseen = self._sentence != SENTENCE
        if view is not None and before is None:
            copy = {COPY: lambda: QGuiApplication.clipboard().setText(self._details)}
            view.say(self._sentence, file_messages.trouble_choices(self._window) if foreseen else copy)
            return
        self._telling = True
        tell(before or self._window, self._sentence, detail="" if foreseen else self._details.splitlines()[-1])
        self._telling = False
