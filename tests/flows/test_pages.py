"""The tabs of the window and the pages in them: one list, and everything that is made from it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers as edits_registers
from spp_desktop.plan.register import Register
from spp_desktop.store import queries
from spp_desktop.store.glimpse import plan_key
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.pages import FIRST_SHOWN, TABS, every_page, plain
from spp_desktop.ui.registers.page import RegisterPage
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.window import pictures
from spp_desktop.ui.window.find_anything import FindAnything
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, in_dialog, key, press, type_text, view_of

Key = Qt.Key
PAGES = every_page()
DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7)


def pages_of(tab: str) -> list[str]:
    return [page.name for page in PAGES if page.tab == plain(tab)]


def letters(actions: list[QAction]) -> list[str]:
    """The keys after "&" of the entries of a menu."""
    return [text[text.index("&") + 1].lower() for action in actions if "&" in (text := action.text())]


def shown_tabs(view: PlanView) -> list[str]:
    return [view.tabs.tabText(n) for n in range(view.tabs.count())]


def test_the_list_holds_together() -> None:
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))
    assert {page.tab for page in PAGES} <= set(map(plain, TABS))
    assert len(TABS) == len(DIGITS)
    kinds = [kind for page in PAGES for kind in page.shows]
    assert len(kinds) == len(set(kinds))
    assert FIRST_SHOWN in names


def test_each_tab_has_its_key_and_one_without_a_page_is_not_shown(opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    assert shown_tabs(view) == [plain(tab) for tab in TABS if pages_of(tab)]
    for digit, tab in zip(DIGITS, TABS, strict=True):
        before = view.current()
        QTest.keyClick(window, digit, CTRL)
        assert view.current() == (pages_of(tab) or [before])[0]


def test_the_keys_for_pages_go_round_within_the_tab(opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    names = pages_of("P&erformance plan")
    QTest.keyClick(window, Key.Key_4, CTRL)
    seen = [view.current()]
    for _ in names:
        QTest.keyClick(window, Key.Key_PageDown, CTRL)
        seen.append(view.current())
    assert seen == [*names, names[0]]
    QTest.keyClick(window, Key.Key_PageUp, CTRL)
    assert view.current() == names[-1]
    QTest.keyClick(window, Key.Key_7, CTRL)
    QTest.keyClick(window, Key.Key_PageDown, CTRL)
    assert view.current() == pages_of("&History")[1]


def test_the_row_of_pages_is_there_only_where_there_are_several(opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    for page in PAGES:
        view.show_page(page.name)
        row = view._shown_tab().row
        assert row.isVisible() == (len(pages_of(page.tab)) > 1)
        assert row.tabText(row.currentIndex()) == page.title


def test_a_page_is_shown_by_a_click_and_takes_the_keys(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    view.show_page("performance")
    row = view._shown_tab().row
    place = row.tabRect(pages_of("Performance plan").index("charts")).center()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=place)
    assert view.current() == "charts"
    qtbot.waitUntil(lambda: view.page("charts").isAncestorOf(view.window().focusWidget()))


def test_the_row_of_pages_is_walked_by_arrow_keys(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    view.show_page("performance")
    row = view._shown_tab().row
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    QTest.keyClick(row, Key.Key_Right)
    assert view.current() == "results"
    assert row.hasFocus(), "whoever walks the row stays in it"


def test_each_tab_is_found_again_at_its_page(opener: Opener, worked: Path) -> None:
    window = opener(worked)
    for name in ("charts", "priorities"):
        window.show_page(name)
    window.close()
    again = opener(worked)
    assert view_of(again).current() == "priorities"
    QTest.keyClick(again, Key.Key_4, CTRL)
    assert view_of(again).current() == "charts"


@pytest.mark.parametrize(
    ("remembered", "shown"),
    [
        ({"tab": "results", "year": 2009}, "results"),  # as older versions remembered it
        ({"tab": "a page of a later version", "pages": {"A tab of one": "x", "Returns": "gone"}}, FIRST_SHOWN),
        ({}, FIRST_SHOWN),
    ],
)
def test_what_was_remembered_is_shown_as_far_as_it_is_there(
    opener: Opener, worked: Path, remembered: dict[str, object], shown: str
) -> None:
    PlanMemory(Memory(), plan_key(worked)).keep_page_state("page", remembered)
    window = MainWindow(Memory())
    window.show_plan(worked)
    assert view_of(window).current() == shown
    window.close()


def test_the_view_menu_leads_to_every_page(opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view, menu = view_of(window), window.menuBar().findChild(QMenu, "View")
    assert isinstance(menu, QMenu)
    submenus = [action.menu() for action in menu.actions() if action.menu() is not None]
    for each in (menu, *submenus):
        assert isinstance(each, QMenu)
        assert len(letters(each.actions())) == len(set(letters(each.actions())))
    names = [action.text().partition("\t")[0] for action in menu.actions()]
    assert names[: len(shown_tabs(view))] == [tab for tab in TABS if pages_of(tab)]
    for page in PAGES:
        title = page.tab if len(pages_of(page.tab)) == 1 else f"{page.title}, {page.tab}"
        window.page_actions[title].trigger()
        assert view.current() == page.name
    window.close_plan()
    assert not any(action.isEnabled() for action in window.page_actions.values())
    for _ in range(2):
        assert window.open_plan(worked)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert [action.text().partition("\t")[0] for action in menu.actions()] == names
        QTest.keyClick(window, Key.Key_4, CTRL)
        assert view_of(window)._shown_tab().names == pages_of("Performance plan")
        window.close_plan()


def test_a_page_is_found_by_its_name(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)

    def find(dialog: FindAnything) -> None:
        type_text("page charts")
        assert dialog.hits.currentItem().text() == "Page:  Charts, Performance plan"
        key(Key.Key_Return)

    with in_dialog(qtbot, FindAnything, find):
        press(qtbot, window, Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: view_of(window).current() == "charts")


def test_an_item_is_shown_on_the_page_that_shows_its_kind(opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    signals: PlanSignals = view.signals
    activity = signals.read(queries.activities, 2008)[7]
    view.year.setCurrentIndex(view.year.findData(2009))
    view.go_to("activity", activity.key)
    assert (view.current(), view.shown_year()) == ("delivery", 2008)
    view.go_to("activity", "gone")
    assert view.current() == "delivery"
    priority = signals.read(queries.priority_tree)[2]
    view.go_to("theme", priority.children[0].key)
    assert view.current() == "priorities"
    indicator = signals.read(queries.indicators)[3]
    view.go_to("results", indicator.key)
    assert view.current() == "results"
    view.go_to("indicator", indicator.key)
    assert view.current() == "performance"


def test_every_page_says_its_first_row(opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    for page in PAGES:
        view.show_page(page.name)
        first = view.page(page.name).first_row()
        assert not first or view.page(page.name).select(first)
    assert view.page("delivery").first_row()


@pytest.mark.parametrize("keys", [True, False])
def test_a_page_is_laid_out_before_it_scrolls(opener: Opener, worked: Path, keys: bool) -> None:
    """The cell of the month that ended is in view, and so is the first column."""
    window = opener(worked)
    window.resize(1366, 768)
    QApplication.processEvents()
    if keys:
        for each in (Key.Key_4, Key.Key_PageDown):
            QTest.keyClick(window, each, CTRL)
    else:
        window.show_page("results")
    QApplication.processEvents()
    page = view_of(window).page("results")
    assert isinstance(page, ResultsPage)
    assert page.grid.current() is not None
    assert page.grid.horizontalScrollBar().value() == 0


def test_the_history_is_a_page_with_keys_of_its_own(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    delivery = view.page("delivery")
    assert isinstance(delivery, DeliveryPage)
    activity = delivery.model.rows[0].key
    delivery.grid.select(activity, "text")
    type_text("half a sentence")
    for keys, modifiers in ((Key.Key_H, CTRL | SHIFT), (Key.Key_7, CTRL)):
        window.show_page("delivery")
        press(qtbot, window, keys, modifiers)
        assert view.current() == "history"
    page = view.page("history")
    assert isinstance(page, HistoryPage)
    step = page.step()
    assert step is not None
    assert window.workspace is not None
    assert step.label == window.workspace.undo_label, "what was half typed was kept when the page was left"
    assert activity in [row.key for row in view.signals.read(queries.activities) if row.text == "half a sentence"]


def test_a_register_with_a_page_joins_by_itself(
    qtbot: QtBot, opener: Opener, findings: tuple[Workspace, Register], tmp_path: Path
) -> None:
    """Nothing but its declaration says so: a page more in the tab that it names, with its entry and its rows."""
    workspace, register = findings
    row = {"ref": "F7", "text": "Answer letters within ten days"}
    workspace.edit("add a finding", edits_registers.add, register.model, row)
    workspace.close()
    window = opener(workspace.path)
    view = view_of(window)
    assert shown_tabs(view).index("Appendices") == shown_tabs(view).index("Performance plan") + 1
    QTest.keyClick(window, Key.Key_5, CTRL)
    for _ in range(20):
        if view.current() != "inspections":
            QTest.keyClick(window, Key.Key_PageDown, CTRL)
    assert view.current() == "inspections"

    def find(dialog: FindAnything) -> None:
        type_text("letters F7")
        assert dialog.hits.currentItem().text() == "Finding F7:  Answer letters within ten days"
        key(Key.Key_Return)

    QTest.keyClick(window, Key.Key_2, CTRL)
    with in_dialog(qtbot, FindAnything, find):
        press(qtbot, window, Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: view.current() == "inspections")
    page = view.page("inspections")
    assert isinstance(page, RegisterPage)
    assert page.current().key == page.first_row()
    indicator = view.signals.read(queries.indicators)[0]
    page.went.emit("indicator", indicator.key)
    assert view.current() == "performance"
    window.close()
    pictures.take(workspace.path, "inspections", tmp_path / "inspections.png")
    assert (tmp_path / "inspections.png").exists()
