"""An editor left by mouse, and what nobody foresaw: nothing stays locked, and the person is told in a sentence."""

import gc
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.store import locks
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.window import main_window, mishaps
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, press, view_of

Key = Qt.Key


@pytest.fixture
def window(opener: Opener, plan_path: Path, small_plan: Path) -> MainWindow:
    """A window on the small plan, at its priorities."""
    plan_path.write_bytes(small_plan.read_bytes())
    opened = opener(plan_path)
    view_of(opened).show_page("priorities")
    return opened


def page_of(window: MainWindow) -> PrioritiesPage:
    page = view_of(window).page("priorities")
    assert isinstance(page, PrioritiesPage)
    return page


def typed_and_left(window: MainWindow, text: str) -> None:
    """Type over the first priority, and click on the last row instead of pressing Enter."""
    view = page_of(window).view
    assert view.choose(page_of(window).first_row())
    QTest.keyClick(view, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text)
    items = view.tree().items()
    last = view.visualRect(view.tree().index_of(next(item for item in reversed(items) if item.kind == "priority")))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=last.center())


def test_an_editor_left_by_mouse_keeps_its_text_and_holds_up_nothing(qtbot: QtBot, window: MainWindow) -> None:
    typed_and_left(window, "Violent crime")
    items = page_of(window).view.tree().items
    assert any(item.text == "Violent crime" for item in items())
    QApplication.processEvents()  # the editor is gone now
    press(qtbot, window, Key.Key_Z, CTRL)
    assert not any(item.text == "Violent crime" for item in items())
    typed_and_left(window, "Violence")
    QApplication.processEvents()
    workspace = window.workspace
    assert workspace is not None
    assert window.close_plan()
    assert locks.holder_of(workspace.path) is None


def test_a_refusal_is_said_no_longer_once_a_step_is_undone(window: MainWindow) -> None:
    view = view_of(window)
    view.show_page("delivery")
    page = view.page("delivery")
    assert isinstance(page, DeliveryPage)
    assert page.select(page.first_row())
    page.edit("change the text", delivery.set_cells, [(page.first_row(), "text", "Another text")])
    page.panel.say("Refused in the panel.")
    page.say("Refused beneath the table.")
    window.undo()
    assert (page.panel.sentence.text(), page.sentence.text()) == ("", "")


def test_what_nobody_foresaw_is_told_above_the_tabs_and_can_be_copied(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", mishaps.Mishaps(window).take)
    window.actions_by_name["next_pane"].triggered.connect(fail)
    window.actions_by_name["next_pane"].trigger()
    QApplication.processEvents()
    banner = view_of(window).banner
    assert banner.sentence() == mishaps.SENTENCE
    button = next(b for b in banner.findChildren(QPushButton) if b.text() == mishaps.COPY)
    button.click()
    assert "nobody foresaw this" in QGuiApplication.clipboard().text()
    assert "nobody foresaw this" in capsys.readouterr().err


def test_what_nobody_foresaw_is_told_in_a_box_where_a_dialog_is_open(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", mishaps.Mishaps(window).take)
    shown = []

    def look(box: QMessageBox) -> None:
        shown.append(box.text())
        box.reject()

    assert window.close_plan()
    with in_dialog(qtbot, QMessageBox, look):
        window.actions_by_name["look_light"].triggered.connect(fail)
        window.actions_by_name["look_light"].trigger()
    assert shown == [mishaps.SENTENCE]


def fail() -> NoReturn:
    """A mistake of the program."""
    raise KeyError("nobody foresaw this")


@pytest.mark.parametrize("part", ["commit_pending", "remember", "stop"])
def test_no_mistake_leaves_the_plan_locked(window: MainWindow, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    monkeypatch.setattr(main_window, "ask", lambda *_, **__: True)  # close without it
    stop = PlanView.stop
    fails = PrioritiesPage if part == "commit_pending" else PlanView
    monkeypatch.setattr(fails, part, lambda view: (stop(view) if part == "stop" else None, fail()))
    workspace = window.workspace
    assert workspace is not None
    assert window.close()
    assert told == [KeyError]
    assert window.workspace is None
    assert locks.holder_of(workspace.path) is None


def test_going_from_pane_to_pane_leaves_the_menus_whole(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("performance", "delivery", "priorities"):
        view_of(window).show_page(name)
        for _ in view_of(window).page(name).panes():
            press(qtbot, window, Key.Key_F6)
    workspace = window.workspace
    assert workspace is not None
    assert window.close_plan()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the buttons that were gone through
    gc.collect()
    assert window.open_plan(workspace.path)
