"""What the tests of the window stand on: files read here, where each costs no process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.window.main_window import MainWindow
from tests.answering import asked_why, leaves_reasons

__all__ = ["asked_why", "leaves_reasons"]


@pytest.fixture
def window(qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on the small plan, of tests that need no other."""
    workspace.close()
    made = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert made.open_plan(plan_path)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def reads_here(read_here: None) -> None:
    """Every test of this folder reads files here; those in ``tests/flows`` start the process that reads."""
