"""A person at the window: what they have in front of them, and how what went wrong is noted."""

import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType

from PySide6.QtCore import QEvent, QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.store import dump
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView

STANDSTILL = 1.0
"""Seconds after which a person wonders whether the program still runs."""

LONG = ("button &Make the plan",)
"""Deeds that take long by their nature: the published plan is made, under a pointer that says so."""

HARMLESS = (
    "This plugin does not support",  # what the platform without a screen cannot do
    "QPaintDevice: Cannot destroy paint device",
)
"""Beginnings of warnings of Qt that say nothing about the program."""


@dataclass
class Fault:
    """Something that should not have happened.

    Attributes:
        kind: "exception", "warning", "standstill", "screen" or "undo".
        words: what happened.
        deeds: what was done until then, the last deed last.
    """

    kind: str
    words: str
    deeds: list[str]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}\n    after {'; '.join(self.deeds)}"


@dataclass
class Person:
    """A person with one plan, and a window on it."""

    plan: Path
    chance: Random
    fast: bool = False
    deeds: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    done: int = 0
    steps: int = 0

    def __post_init__(self) -> None:
        settings = QSettings(str(self.plan.with_suffix(".ini")), QSettings.Format.IniFormat)
        self.window = MainWindow(Memory(settings))
        settings = QSettings(str(self.plan.with_suffix(".2.ini")), QSettings.Format.IniFormat)
        self.second = MainWindow(Memory(settings))
        self.be_there()
        self.first = self.content()
        self._within, self._depth = 0.0, 0

    @property
    def view(self) -> PlanView:
        """The open plan."""
        assert self.window.plan_view is not None
        return self.window.plan_view

    def content(self) -> object:
        """All that the plan holds."""
        return self.view.signals.read(dump.content)

    def be_there(self) -> None:
        """See to it that the window is open, in front, and on the plan."""
        if not self.window.isVisible():
            self.window.show()
        if self.window.workspace is None or self.window.workspace.path != self.plan.absolute():
            self.window.open_plan(self.plan)
            self.deeds.append("opened the plan")
            self.view.signals.changed.connect(self._count)
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self.window.activateWindow()
        QApplication.processEvents()

    def _count(self, _changed: object) -> None:
        self.steps += 1

    def where(self) -> QWidget:
        """The widget that keys go to."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        focused: QWidget | None = QApplication.focusWidget()
        if front is not None and (focused is None or not (front is focused or front.isAncestorOf(focused))):
            inside: QWidget | None = front.focusWidget()
            return front if inside is None else inside
        return focused or self.window

    def front(self) -> QWidget:
        """The window, dialog or menu that is in front."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def do(self, deed: "Deed") -> None:
        """Do something, and note what went wrong by it."""
        began, worked, before = time.perf_counter(), time.process_time(), self._within
        self._within, self._depth = 0.0, self._depth + 1
        try:
            told = deed(self)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is a fault
            self.note_exception(type(problem), problem, problem.__traceback__)
            told = f"{deed.__name__} (failed)"
        self.deeds.append(told or deed.__name__)
        QApplication.processEvents()
        self._depth -= 1
        if not self._depth:  # where a dialog's own loop runs, it deletes what it may
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        whole = time.perf_counter() - began
        took = whole - self._within  # without what was done in a dialog that this opened
        self._within = before + whole
        self.slowest = max(self.slowest, (took, self.deeds[-1]))
        worked = time.process_time() - worked
        shared = os.getloadavg()[0] > (os.cpu_count() or 1)  # others take what this program waits for
        if not self.fast and (worked if shared else took) > STANDSTILL and not self.deeds[-1].startswith(LONG):
            self.note("standstill", f"{took:.1f} s for {self.deeds[-1]}")
        self.done += 1

    def note(self, kind: str, words: str) -> None:
        """Note a fault, once for each kind of it."""
        if not any((fault.kind, fault.words) == (kind, words) for fault in self.faults):
            self.faults.append(Fault(kind, words, [f"({self.done})", *self.deeds[-12:]]))

    def note_exception(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Note an exception that nobody handled."""
        lines = traceback.format_exception(kind, problem, trace)
        self.note("exception", "".join(lines[-9:]).rstrip())

    def leave(self) -> None:
        """Close all that is open, and give the plan free."""
        for _ in range(20):
            front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if front is None:
                break
            front.close()
            QApplication.processEvents()
        for window in (self.window, self.second):
            if window.plan_view is not None:
                window.plan_view.stop()
            window.let_go()
            window.plan_view = window.workspace = None
            window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Deed = Callable[[Person], str | None]
"""Something a person does; it gives what was done, in a few words."""


@contextmanager
def watched(person: Person) -> Iterator[None]:
    """Note on a person every exception that reaches nobody, and every warning of Qt."""

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not words.startswith(HARMLESS):
            where = [f"{Path(at.filename).name}:{at.lineno}" for at in traceback.extract_stack()[-6:-1]]
            person.note("warning", f"{words} ({' '.join(where)})")

    before = sys.excepthook
    sys.excepthook = person.note_exception
    handler = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        sys.excepthook = before
        qInstallMessageHandler(handler)


def copy_of(person: Person) -> Path:
    """A copy of the person's plan, as it is in its file now."""
    return shutil.copyfile(person.plan, person.plan.with_name("read afresh.plan"))
