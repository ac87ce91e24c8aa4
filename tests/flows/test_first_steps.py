"""The start page, and the help that F1 gives at any place."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.store.glimpse import card_of
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import theme
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.help.help_window import HelpWindow
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window.explaining import explained
from spp_desktop.ui.window.explanation import ExplanationDialog
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.start_page import NO_PLANS, lines_of
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, view_of

Key = Qt.Key


@pytest.fixture(autouse=True)
def in_our_style(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    keys, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPoint(9, 9), action, data, Qt.MouseButton.LeftButton, keys))


def listed(qtbot: QtBot, window: MainWindow) -> list[list[str]]:
    qtbot.waitUntil(lambda: not window.start._waiting)
    return [window.start.recent.item(n).text().split("\n") for n in range(window.start.recent.count())]


def test_a_newcomer_is_led_to_a_first_plan(qtbot: QtBot, opener: Opener) -> None:
    window = opener(None)
    assert window.start.recent.isHidden()
    assert window.start._none.text() == NO_PLANS
    assert window.start.steps.isVisible()

    button = next(each for each in window.start.findChildren(QPushButton) if "first plan" in each.text())
    button.setFocus()
    assert "Space or Enter presses it." in explained(button).sentences
    QTest.keyClick(button, Key.Key_Return)
    shown = window.findChild(HelpWindow)
    assert isinstance(shown, HelpWindow)
    assert shown.isVisible()
    assert "File > New plan" in shown.page.toPlainText()
    shown.close()


def test_recent_plans_say_whose_they_are_when_they_changed_and_who_has_them_open(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path
) -> None:
    window = opener(worked)
    window.close_plan()
    other = tmp_path / "other.plan"
    shutil.copyfile(worked, other)
    window.memory.opened(other)
    (tmp_path / "broken.plan").write_text("nothing")
    window.memory.opened(tmp_path / "broken.plan")
    with Workspace.open(other):
        window._show_state()
        broken, held, mine = listed(qtbot, window)
    assert not window.start.steps.isVisible()
    assert broken[:2] == ["broken", "It cannot be read just now. Opening it says why."]
    assert mine[:2] == ["Strategic Policing Plan 2008-2011", "West Midlands Police · 2008-2011"]
    assert mine[2].startswith("Changed ")
    assert mine[-1] == str(worked)
    assert held[3].startswith("Open now: ")
    window.start.recent.setFocus()
    window.start.recent.setCurrentRow(2)
    key(Key.Key_Return)
    assert window.workspace is not None
    assert window.workspace.path == worked


def test_a_card_of_a_plan_reads_nothing_it_should_not(tmp_path: Path, small_plan: Path) -> None:
    card = card_of(small_plan)
    assert card is not None
    assert (card.title, card.period) == ("A small plan", (2008, 2011))
    assert card_of(tmp_path / "none.plan") is None
    assert lines_of(tmp_path / "none.plan")[0] == "none"


def test_a_plan_dropped_on_the_start_page_opens_and_a_return_says_what_to_do(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path
) -> None:
    window = opener(None)
    told: list[str] = []

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        box.reject()

    with in_dialog(qtbot, QMessageBox, read):
        drop(window, tmp_path / "back.xlsx")
    assert told == [
        "back.xlsx is no plan. Open the plan that it belongs to first; then drop it here again to take it in."
    ]
    drop(window, worked)
    assert window.workspace is not None


def test_f1_says_what_is_here_and_what_may_be_typed(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    said: list[str] = []

    def read(dialog: ExplanationDialog) -> None:
        said.append(dialog.words.toPlainText())
        key(Key.Key_Escape)

    for field in ("status_id", "due", "percent"):
        page.grid.select(page.model.rows[0].key, field)
        page.grid.setFocus()
        with in_dialog(qtbot, ExplanationDialog, read):
            press(qtbot, window, Key.Key_F1)
    assert "The list has: Not started, On track" in said[0]
    assert "Type a date." in said[1]
    assert said[2].startswith("% done, in Activities of the annual delivery plan")


def test_f1_answers_in_a_dialog_too_and_leads_to_its_page_beside_it(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    said: list[str] = []

    def read(dialog: ExplanationDialog) -> None:
        said.append(dialog.words.toPlainText())
        key(Key.Key_F1)

    def ask(dialog: RegistersDialog) -> None:
        dialog.form.text("force").setFocus()
        with in_dialog(qtbot, ExplanationDialog, read):
            key(Key.Key_F1)
        shown = dialog.findChild(HelpWindow)
        assert isinstance(shown, HelpWindow)
        assert shown.place() == "lists.md#the-plan"
        qtbot.waitUntil(shown.isActiveWindow)
        key(Key.Key_Escape)
        qtbot.waitUntil(lambda: not shown.isVisible())
        dialog.reject()

    with in_dialog(qtbot, RegistersDialog, ask):
        press(qtbot, window, Key.Key_L, CTRL)
    assert said[0].startswith("force")
