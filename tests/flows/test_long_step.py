"""Steps that take long: shown, cancelled, and waited for while the window lives."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import changed, queries, turning_round
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import long_step
from spp_desktop.ui.common.long_step import while_the_window_lives
from spp_desktop.ui.window.turning_steps import STOPPED
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, press, view_of

MANY = 40


def add_many(session: Session) -> None:
    for n in range(MANY):
        rows.add(session, Priority, title=f"Priority {n}", position=100.0 + n)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step takes long, and is made in many portions."""
    for module, name, value in (
        (long_step, "PATIENCE", 0.0),
        (long_step, "FRAME", 0.0),
        (turning_round, "AT_ONCE", 3),
        (changed, "LARGE", 0),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.mark.usefixtures("slow")
def test_a_long_undo_is_shown_and_can_be_cancelled(qtbot: QtBot, opener: Opener, workspace: Workspace) -> None:
    workspace.edit("add many", add_many)
    workspace.close()
    window = opener(workspace.path)
    plan = window.workspace
    assert plan is not None
    told: list[str] = []

    def cancel() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, QProgressDialog):
            told.append(shown.labelText())
            QTest.keyClick(shown, Qt.Key.Key_Escape)

    looking = QTimer(window)
    looking.timeout.connect(cancel)
    looking.start(0)
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    looking.stop()
    assert told
    assert f"of {MANY}" in told[0]
    assert STOPPED in view_of(window).banner.sentence()
    assert len(plan.read(queries.priority_tree)) == MANY + 2
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert len(plan.read(queries.priority_tree)) == 2
    assert QApplication.activeModalWidget() is None
    press(qtbot, window, Qt.Key.Key_Y, CTRL)
    assert len(plan.read(queries.priority_tree)) == MANY + 2


def test_the_window_lives_while_something_is_waited_for(qtbot: QtBot) -> None:
    beats: list[float] = []
    beating = QTimer()
    beating.timeout.connect(lambda: beats.append(time.perf_counter()))
    beating.start(0)

    def work() -> None:
        begun = len(beats)
        while len(beats) < begun + 3:
            time.sleep(0.001)

    while_the_window_lives(work)
    assert len(beats) >= 3

    def fail() -> None:
        raise FileNotFoundError(Path("gone"))

    with pytest.raises(FileNotFoundError):
        while_the_window_lives(fail)
