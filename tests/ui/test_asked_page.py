"""The page of what the law asks, by keys: the checklist comes in, a page is named, and Enter leads there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spp_desktop.store import asked
from spp_desktop.ui.asked.page import NAME_A_PAGE, AskedPage
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.hands import CTRL, key, type_text

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> AskedPage:
    window.show_page("asked")
    assert window.plan_view is not None
    page = window.plan_view.page("asked")
    assert isinstance(page, AskedPage)
    qtbot.waitUntil(page.empty_button.isVisible)
    return page


def test_the_checklist_comes_in_and_is_answered(window: MainWindow, page: AskedPage) -> None:
    assert "keeps no list of what the law asks" in page.empty_text.text()
    page.empty_button.setFocus()
    key(Key.Key_Return)
    assert page.sentence.text().startswith("14 items came into the plan.")
    assert page.summary() == "14 items, 0 answered"
    page.grid.setFocus()
    page.grid.select(page.model.rows[0].key, "answered_in")
    key(Key.Key_Return)
    assert page.sentence.text() == NAME_A_PAGE
    type_text("Somewhere")
    key(Key.Key_Return)
    assert "Answered in: “Somewhere” is not one of those listed." in page.sentence.text()
    key(Key.Key_F2)
    key(Key.Key_A, CTRL)
    type_text("annual")
    key(Key.Key_Return)
    assert (page.sentence.text(), page.summary()) == ("", "14 items, 1 answered")
    assert page.signals.workspace.undo_label == "say where PP1 is answered"
    page.grid.select(page.model.rows[0].key, "answered_in")
    assert page.panel.state.text() == "Answered in Annual delivery plan."
    page.grid.setFocus()
    key(Key.Key_Return)
    assert window.plan_view is not None
    assert window.plan_view.current() == "delivery"


def test_what_is_linked_answers_and_is_gone_to(window: MainWindow, page: AskedPage) -> None:
    page.begin()
    first = page.model.rows[0].key
    page.grid.select(first, "title")
    page.panel.links.line.setFocus()
    type_text("P1")
    key(Key.Key_Return)
    (answer,) = page.signals.read(asked.asked)[0].answers
    assert (answer.title, page.model.rows[0].item.state) == ("P1 Serious harm", "answered")
    page.go_there()
    assert window.plan_view is not None
    assert window.plan_view.current() == "priorities"
    window.plan_view.go_to("asked", first)
    assert (window.plan_view.current(), page.row_keys()) == ("asked", (first,))
