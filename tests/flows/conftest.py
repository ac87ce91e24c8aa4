"""A window on a plan, as a person has it in front of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.window.main_window import MainWindow
from tests.answering import asked_why, leaves_reasons

__all__ = ["Opener", "asked_why", "leaves_reasons", "opener"]

Opener = Callable[[Path | None], MainWindow]


@pytest.fixture
def opener(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Opens windows that share one memory, and closes them at the end."""
    settings = QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)
    opened: list[MainWindow] = []

    def open_window(plan: Path | None) -> MainWindow:
        window = MainWindow(Memory(settings))
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        if plan is not None:
            assert window.open_plan(plan)
        return window

    yield open_window
    for window in opened:
        window.close()
