"""What is said where a hub cannot be used: every failure is a sentence, and the plan stays as it was."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.hub.exchanging import HubStatus
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.sharing import share_dialog
from spp_desktop.ui.sharing.share_dialog import ShareDialog
from spp_desktop.ui.window.plan_view import PlanView

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> Iterator[ShareDialog]:
    view = PlanView(PlanSignals(workspace), Memory())
    qtbot.addWidget(view)
    made = ShareDialog(view, view)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    view.stop()


def said(qtbot: QtBot, dialog: ShareDialog, letter: str) -> str:
    """What is said once a button was pressed by its letter."""
    dialog.message.clear()
    QTest.keyClick(dialog, Qt.Key[f"Key_{letter}"], ALT)
    qtbot.waitUntil(lambda: bool(dialog.message.text()))
    return dialog.message.text()


def test_a_missing_library_a_wrong_address_and_a_secret_are_told(
    qtbot: QtBot, dialog: ShareDialog, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workspace.revision()
    assert not dialog.send_button.isEnabled()
    QTest.keyClicks(dialog.address, "postgresql://me:secret@nowhere/plans")
    assert "holds a password" in said(qtbot, dialog, "S")
    dialog.address.setText("no such address=")
    assert "cannot be read" in said(qtbot, dialog, "L")
    dialog.address.setText("postgresql:///plans?host=/nowhere")
    assert "cannot be reached just now" in said(qtbot, dialog, "T")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "by the library psycopg, which is not installed here" in said(qtbot, dialog, "L")
    assert workspace.revision() == before
    assert dialog.send_button.isEnabled()


def test_what_is_open_for_reading_only_takes_nothing_in(
    qtbot: QtBot, dialog: ShareDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "read_only", property(lambda _: True))
    dialog.address.setText("plans")
    assert said(qtbot, dialog, "T") == share_dialog.READING


@pytest.mark.parametrize(
    ("ahead", "behind", "told"),
    [
        (1, 2, "take in first, then send."),
        (3, 0, "3 steps of this plan are not in the hub yet: send."),
        (0, 1, "1 step of the hub is not in this plan yet: take in."),
        (0, 0, "This plan is in step with the hub."),
    ],
)
def test_how_a_plan_and_its_hub_stand_is_told_with_what_to_do(ahead: int, behind: int, told: str) -> None:
    assert told in HubStatus("the hub", "reader", ahead, behind, "A. Khan, yesterday", "").sentence()
