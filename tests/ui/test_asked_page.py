"""The page of what the law asks, by keys: the checklist comes in, a page is named, and Enter leads there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.page_names import named_pages
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import asked
from spp_desktop.ui.asked.page import NAME_A_PAGE, AskedPage
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.thread.picker import LinkPicker
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.hands import CTRL, in_dialog, key, type_text

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


def test_every_page_that_an_item_can_name_is_one_of_the_window() -> None:
    named = named_pages()
    assert named.keys() <= {line.name for line in every_page()}
    assert {page.table for page in named.values()} <= kinds_of_row().keys()
    assert len({page.title for page in named.values()}) == len(named)


def test_a_narrative_section_is_linked_by_its_key(qtbot: QtBot, window: MainWindow, page: AskedPage) -> None:
    page.begin()
    section = page.signals.edit("add", registers.add, Section, number="4", title="Influences")
    assert window.plan_view is not None
    window.plan_view.go_to("section", section)

    def find(picker: LinkPicker) -> None:
        QTest.keyClicks(picker.box, "consistent strategic")
        for _ in range(2):
            QTest.keyClick(picker.box, Key.Key_Return)

    with in_dialog(qtbot, LinkPicker, find):
        key(Key.Key_J, CTRL)
    third = page.signals.read(asked.asked)[2]
    assert (third.code, third.where) == ("PP3", ["section Influences"])
