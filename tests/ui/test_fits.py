"""Windows on a small screen: a laptop of 1366x768 pixels at 150% has 911x512 points."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import fitting, theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.window.main_window import MainWindow
from tests.ui.screens import dialogs, kinds_of_dialog

SMALL = QRect(0, 0, 911, 472)
"""The points that the task bar leaves of the screen."""
KINDS = sorted(kinds_of_dialog())
pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def window(qtbot: QtBot, worked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    monkeypatch.setattr(fitting, "room", lambda _: SMALL)
    made = MainWindow(Memory())
    made.show()
    assert made.open_plan(worked)
    yield made
    made.close()
    made.deleteLater()


def shown(qtbot: QtBot, dialog: QDialog) -> QDialog:
    with qtbot.waitExposed(dialog):
        dialog.show()
    QApplication.processEvents()
    return dialog


def in_reach(dialog: QDialog, button: QAbstractButton) -> bool:
    """Whether a button is on the screen, or can be scrolled to."""
    above = button.parentWidget()
    while above is not None and above is not dialog:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return dialog.rect().contains(QRect(button.mapTo(dialog, QPoint(0, 0)), button.size()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_dialog_fits_a_small_screen_with_its_buttons_in_reach(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, kind: str
) -> None:
    dialog = shown(qtbot, dialogs(window, tmp_path)[kind]())
    try:
        frame = fitting.FRAME
        room = SMALL.adjusted(frame.left(), frame.top(), -frame.right(), -frame.bottom())
        assert room.contains(dialog.geometry()), (dialog.geometry(), dialog.minimumSizeHint())
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible():
                assert in_reach(dialog, button), button.text()
    finally:
        dialog.close()
        dialog.deleteLater()


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(SMALL.size())
    assert window.minimumSizeHint().width() <= SMALL.width()
    assert window.minimumSizeHint().height() <= SMALL.height()


def test_a_window_that_was_left_on_another_screen_comes_back_inside(window: MainWindow) -> None:
    window.hide()
    window.setGeometry(2000, 1500, 800, 400)
    window.show()
    assert SMALL.contains(window.geometry())
    assert window.size() == QSize(800, 400)
