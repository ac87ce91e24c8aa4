"""What is said where a hub cannot be used: every failure is a sentence, and the plan stays as it was."""

import sys
from collections.abc import Iterator
from typing import Never

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.hub import exchanging, pulling
from spp_desktop.hub.exchanging import HubStatus
from spp_desktop.hub.problems import HubRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.sharing import at_hub, share_dialog
from spp_desktop.ui.sharing.share_dialog import ShareDialog
from spp_desktop.ui.window.plan_view import PlanView
from tests.flows.hands import in_dialog

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


@pytest.mark.parametrize("letter", ["L", "S", "T"])
def test_whoever_may_make_the_hub_is_offered_it_and_asked_before_the_plan_is_sent(
    qtbot: QtBot, dialog: ShareDialog, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_yet(*_: object) -> Never:
        raise HubRefused("can be made", "There is no hub yet: you can make one.")

    def make(*_: object) -> str:
        made.append(dialog.address.text())
        return "The hub is made."

    made: list[str] = []
    for module, name in ((exchanging, "status"), (exchanging, "push"), (pulling, "review")):
        monkeypatch.setattr(module, name, none_yet)
    monkeypatch.setattr(at_hub, "make", make)
    dialog.address.setText("plans")
    assert dialog.make_button.isHidden()
    assert "you can make one" in said(qtbot, dialog, letter)
    assert dialog.make_button.isVisible()

    def refuse(box: QMessageBox) -> None:
        assert box.text().endswith("to plans, and make its hub there?")
        assert "its whole history" in box.informativeText()
        QTest.keyClick(box, Qt.Key.Key_Return)

    with in_dialog(qtbot, QMessageBox, refuse):
        QTest.keyClick(dialog, Qt.Key.Key_M, ALT)
    assert not made
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    with in_dialog(qtbot, QMessageBox, lambda box: QTest.keyClick(box, Qt.Key.Key_M, ALT)):
        assert said(qtbot, dialog, "M") == "The hub is made."
    assert made == ["plans"]
    assert dialog.make_button.isHidden()


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
