"""Pictures of windows that nobody sees: by which platform of Qt, and that nothing comes up on a screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import fitting
from spp_desktop.ui.window import pictures


@pytest.mark.parametrize(
    ("system", "said_outside", "platform"),
    [
        ("linux", "", "offscreen"),
        ("win32", "", None),
        ("darwin", "", None),
        ("linux", "xcb", "xcb"),
        ("win32", "offscreen", "offscreen"),
    ],
)
def test_only_where_a_display_may_be_missing_it_is_done_without_one(
    system: str, said_outside: str, platform: str | None
) -> None:
    """Qt's offscreen platform draws boxes for letters on Windows, where it finds no fonts."""
    assert pictures.platform_for(system, {"QT_QPA_PLATFORM": said_outside} if said_outside else {}) == platform


def test_a_window_is_laid_out_without_being_seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WITHOUT_A_SCREEN", {})
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Save", window)
    button.move(300, 10)
    pictures._lay_out(window)
    assert window.isVisible()
    assert button.isVisible()
    assert window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint, "Windows bounds one that has a frame by its screen"


def test_a_picture_is_as_large_on_every_screen(tmp_path: Path, worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen of whoever takes it, with its task bar, does not bound a window that is not shown on it."""
    monkeypatch.setattr(pictures, "WITHOUT_A_SCREEN", {})
    monkeypatch.setattr(fitting, "UNSEEN", ())
    assert QGuiApplication.primaryScreen().availableGeometry().width() < pictures.SIZE[0]
    pictures.take(worked, "delivery", tmp_path / "delivery.png")
    assert QImage(str(tmp_path / "delivery.png")).size().toTuple() == pictures.SIZE
