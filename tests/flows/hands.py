"""What a person does in any journey: looks at the plan, presses keys, answers the dialog that opens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.store import dump
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView

D = TypeVar("D", bound=QDialog)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def view_of(window: MainWindow) -> PlanView:
    """The open plan."""
    assert window.plan_view is not None
    return window.plan_view


def content(window: MainWindow) -> object:
    """All that the plan holds."""
    return view_of(window).signals.read(dump.content)


@contextmanager
def in_dialog(qtbot: QtBot, kind: type[D], steps: Callable[[D], None]) -> Iterator[None]:
    """Within it a dialog of this kind opens, and a person takes these steps in it."""
    done, wrong = [], []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind) or not dialog.isActiveWindow():
            if isinstance(dialog, kind):
                dialog.activateWindow()  # as a desktop does with a dialog that follows another
            QTimer.singleShot(10, look)
            return
        try:
            steps(dialog)
        except BaseException as problem:  # noqa: BLE001 - told below, in the test's own stack
            wrong.append(problem)
            dialog.done(0)
        done.append(dialog)

    QTimer.singleShot(0, look)
    yield
    qtbot.waitUntil(lambda: bool(done))
    if wrong:
        raise wrong[0]


def to_front(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for the window to be in front again, as it is once a dialog has closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def press(qtbot: QtBot, window: MainWindow, code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press the keys of a command, once the window is in front again."""
    to_front(qtbot, window)
    QTest.keyClick(window, code, modifiers)


def turn_to(qtbot: QtBot, window: MainWindow, tab: Qt.Key, page: str) -> None:
    """Go to a tab by its key, and through its pages to one of them."""
    press(qtbot, window, tab, CTRL)
    for _ in range(8):
        if view_of(window).current() == page:
            return
        press(qtbot, window, Qt.Key.Key_PageDown, CTRL)
    raise AssertionError(page)


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the person is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def type_text(text: str) -> None:
    """Type where the person is: the first letter may open an editor, to which the others go."""
    for letter in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, letter)


def tab_to(place: QWidget, most: int = 40) -> None:
    """Get to a place in the panel that one is in, by the Tab key alone."""
    for _ in range(most):
        if place.hasFocus():
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {place.accessibleName() or place}")
