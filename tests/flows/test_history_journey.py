"""From a cell that is being typed into, to its step in the history, and back to what the plan held."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history.page import HistoryPage
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, content, key, press, type_text, view_of

Key = Qt.Key


def test_what_is_being_typed_is_kept_told_and_put_back(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    before = content(window)
    delivery = view.page("delivery")
    assert isinstance(delivery, DeliveryPage)
    row = view.signals.read(queries.activities, 2008)[0]
    assert delivery.grid.select(row.key, "text")
    delivery.grid.setFocus()
    key(Key.Key_F2)
    key(Key.Key_A, CTRL)
    type_text("Work together")
    QTest.keyClick(window, Key.Key_H, CTRL | SHIFT)
    assert view.current() == "history"
    page = view.page("history")
    assert isinstance(page, HistoryPage)
    texts = [page.panel.model.index(0, column).data() for column in range(4)]
    assert texts == [f"activity {row.ref}", "activity", " ".join(row.text.split()), "Work together"]
    assert f"{page.model.rowCount()} steps" in window.kept.text()
    menu = next(action for action in window._edit_menu.actions() if action.text() == "&Undo this step")
    menu.trigger()
    assert content(window) == before
    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) != before, "putting back is a step like any other, and is itself undone"


def test_the_history_has_its_key_and_is_found_again(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    press(qtbot, window, Key.Key_7, CTRL)
    page = view_of(window).page("history")
    assert isinstance(page, HistoryPage)
    assert page.grid.hasFocus()
    press(qtbot, window, Key.Key_F, CTRL)
    type_text("milestones")
    key(Key.Key_Down)
    assert page.grid.hasFocus()
    assert page.panel.heading.text().endswith("Enter illustrative milestones")
    press(qtbot, window, Key.Key_F6)
    assert page.panel.changes.hasFocus()
    press(qtbot, window, Key.Key_F4)
    assert not page.panel.isVisible()
    window.close()
    again = view_of(opener(worked))
    assert again.current() == "history"
    page = again.page("history")
    assert isinstance(page, HistoryPage)
    assert page.filter.text() == "milestones"
    assert not page.panel.isVisible()
