"""Pictures of windows that nobody sees: by which platform of Qt, and that nothing comes up on a screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

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
