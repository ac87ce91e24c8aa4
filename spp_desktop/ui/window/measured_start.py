"""Starts of the program that end by themselves, for measuring: once a plan can be read, typed in, or lies idle."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.window.main_window import MainWindow

LETTER = "x"
TURNS = 2000
"""So many turns of the loop of events are waited for the rest of the program at most."""


def _readable(window: MainWindow, _plan: Path) -> bool:
    """Whether the table can be read."""
    return window.readable()


def _typed(window: MainWindow, plan: Path) -> bool:
    """Have a letter typed by keys in the first cell of the second column, while the rest begins to load behind."""
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Home, beside=Qt.KeyboardModifier.ControlModifier)  # wherever the table was left
    _press(Qt.Key.Key_Right)
    window.begin_plan(plan)
    _press(Qt.Key.Key_X, LETTER)
    QApplication.processEvents()
    return _in_editor(window) == LETTER


def _idle(window: MainWindow, plan: Path) -> bool:
    """Type and keep a first cell, let the window come to rest, and print what memory it has."""
    typed = _typed(window, plan)
    _press(Qt.Key.Key_Return, "\r")
    for _ in range(TURNS):
        QApplication.processEvents()
        if window.workspace is not None and window.workspace.undo_label is not None and not _in_editor(window):
            break
    for _ in range(10):
        QApplication.processEvents()
    print(memory())  # noqa: T201 - what is measured
    return typed and window.workspace is not None and window.close()


ENDS: Mapping[str, Callable[[MainWindow, Path], bool]] = {"readable": _readable, "typed": _typed, "idle": _idle}
"""What a start ends with, by its name; each says whether it came to that."""


def has_come(window: MainWindow, until: str, plan: Path | None) -> bool:
    """Whether a start came to what it was to end with. Without a plan the start page can be read, and nothing typed."""
    return until == "readable" if plan is None else ENDS[until](window, plan)


def end(status: int) -> NoReturn:
    """End the process at once."""
    sys.stdout.flush()
    os._exit(status)


def memory() -> str:
    """The memory of this process now, in kB: what it has of its own and shared, and its share of that; Linux alone."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    sizes = {line.split()[0]: line.split()[1] for line in lines[1:]}
    return f"{sizes['Rss:']} {sizes['Pss:']}"


def _press(key: Qt.Key, text: str = "", beside: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Send a key to where the keyboard is, as the system does once the events before it are done."""
    at = QApplication.focusWidget()
    if at is not None:
        QApplication.postEvent(at, QKeyEvent(QEvent.Type.KeyPress, key, beside, text))
        QApplication.sendPostedEvents(at, 0)


def _in_editor(window: MainWindow) -> str:
    """What stands in the editor that is open; "" if none is."""
    at: QWidget | None = QApplication.focusWidget()
    while at is not None and not isinstance(at, GridView):
        at = at.parentWidget()
    editor = at.delegate.editor() if at is not None and window.isAncestorOf(at) else None
    return str(editor.typed()) if editor is not None else ""  # type: ignore[attr-defined]  # each editor has it
