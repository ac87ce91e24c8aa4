"""Journeys of fingers that know a spreadsheet, in the window and by real keys; some of them count the keys."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.plain import OWNERS, ActivityRow
from spp_desktop.ui.delivery import moved_dates
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, SHIFT, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key
MOST_KEYS = 14
"""The most keys of a row of status, per cent and forecast, as they are in Excel."""


class Fingers:
    """Fingers whose keys are counted; typed texts are counted apart."""

    def __init__(self) -> None:
        self.keys = self.letters = 0

    def key(self, code: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.keys += 1
        key(code, held)

    def type(self, text: str) -> None:
        self.letters += len(text)
        write(text)


@pytest.fixture
def window(opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(moved_dates, "reason_from", lambda _: "It was agreed")  # what is asked is tried elsewhere
    made = opener(worked)
    made.show_page("delivery")
    return made


def write(text: str) -> None:
    """Type letter by letter: the first opens the editor of a cell, which takes the rest."""
    for letter in text:
        type_text(letter)


def page_of(window: MainWindow) -> DeliveryPage:
    return cast("DeliveryPage", view_of(window).page("delivery"))


def activities(window: MainWindow) -> dict[str, ActivityRow]:
    return {row.key: row for row in view_of(window).signals.read(queries.activities, 2008)}


def go(window: MainWindow, line: int, field: str) -> str:
    """Go to a cell; which row it is in."""
    page = page_of(window)
    keys = page.visible_keys()
    assert page.grid.select(keys[line], field)
    page.grid.setFocus()
    return keys[line]


def test_twelve_rows_of_status_per_cent_and_forecast_take_no_more_keys_than_in_excel(window: MainWindow) -> None:
    fingers, page = Fingers(), page_of(window)
    rows = page.visible_keys()[:12]
    go(window, 0, "status_id")
    for n in range(12):
        before = fingers.keys + fingers.letters
        fingers.type("a")
        fingers.key(Key.Key_Tab)
        fingers.type(str(10 + n))
        fingers.key(Key.Key_Tab)
        fingers.key(Key.Key_Tab)
        fingers.type("31/3/09")
        fingers.key(Key.Key_Return)
        assert fingers.keys + fingers.letters - before <= MOST_KEYS
    assert fingers.keys == 12 * 4
    now = activities(window)
    assert [now[row].status for row in rows] == ["At risk"] * 12
    assert [now[row].percent for row in rows] == list(range(10, 22))
    assert {str(now[row].forecast) for row in rows} == {"2009-03-31"}
    assert window.workspace is not None
    assert page.grid.currentIndex().column() == page.model.column_of("status_id")


def test_twelve_statuses_in_a_table_grouped_by_status(window: MainWindow) -> None:
    page = page_of(window)
    page.model.group_by("status_id")
    rows, before = page.visible_keys()[:12], activities(window)
    go(window, 0, "status_id")
    for _ in rows:
        write("comp")
        key(Key.Key_Return)
    now = activities(window)
    assert [now[row].status for row in rows] == ["Complete"] * 12
    others = [row for row in before if row not in rows]
    assert [now[row].status for row in others] == [before[row].status for row in others]
    assert "Ctrl+Alt+L groups again" in window.kept.text()
    key(Key.Key_L, CTRL | ALT)
    head = page.model.arrangement.group_of(page.row(rows[0]))
    assert head == "Complete"
    assert "groups again" not in window.kept.text()


@pytest.mark.parametrize(
    ("typed", "owners"),
    [
        ("ACC Crime", ("ACC Crime",)),
        ("acc sec", ("ACC Security and Cohesion",)),
        ("ACC Security; ACC Crime", ("ACC Security and Cohesion", "ACC Crime")),
        ("crime;security", ("ACC Crime", "ACC Security and Cohesion")),
    ],
)
def test_owners_typed_in_every_way(window: MainWindow, typed: str, owners: tuple[str, ...]) -> None:
    row = go(window, 0, OWNERS)
    write(typed)
    key(Key.Key_Return)
    assert activities(window)[row].owners == owners


def test_undo_names_the_step_and_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    row = go(window, 5, "status_id")
    write("c")
    key(Key.Key_Return)
    ref = activities(window)[row].ref
    press(qtbot, window, Key.Key_2, CTRL)
    assert view_of(window).current() == "priorities"
    press(qtbot, window, Key.Key_Z, CTRL)
    assert view_of(window).current() == "delivery"
    assert window.kept.text().startswith(f"Undid: change status of activity {ref} to Complete")
    current = page_of(window).grid.current()
    assert current is not None
    assert (current[0].key, current[1].field) == (row, "status_id")
    press(qtbot, window, Key.Key_Y, CTRL)
    assert window.kept.text().startswith(f"Redid: change status of activity {ref} to Complete")
    go(window, 0, "percent")
    write("50")
    key(Key.Key_Return)
    assert not window.kept.text().startswith("Redid")


def test_undo_first_takes_back_what_was_refused(qtbot: QtBot, window: MainWindow) -> None:
    go(window, 0, "percent")
    write("50")
    key(Key.Key_Return)
    row = go(window, 1, "percent")
    write("4000")
    key(Key.Key_Return)
    page = page_of(window)
    assert page.model.has_unkept
    assert window.actions_by_name["undo"].text() == "&Undo what was not kept"
    assert "Something typed is not kept" in window.kept.text()
    press(qtbot, window, Key.Key_Z, CTRL)
    assert not page.model.has_unkept
    assert "All changes kept" in window.kept.text()
    assert not page.sentence.isVisible()
    assert next(iter(activities(window).values())).percent == 50
    assert page.grid.current() == (page.row(row), page.model.columns[page.model.column_of("percent")])
    press(qtbot, window, Key.Key_Z, CTRL)
    assert next(iter(activities(window).values())).percent != 50


def test_control_s_says_that_all_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    row = go(window, 0, "ref")
    write("9.99")
    press(qtbot, window, Key.Key_S, CTRL)
    assert activities(window)[row].ref == "9.99"
    assert window.kept.text().startswith("Everything is in ")


def test_find_goes_from_cell_to_cell_and_replace_is_one_step(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    go(window, 0, "ref")
    press(qtbot, window, Key.Key_F3)
    assert QApplication.focusWidget() is page.finding.sought
    write("intelligence")
    stops = []
    for _ in range(2):
        key(Key.Key_Return)
        stops.append((page.grid.currentIndex().row(), page.grid.currentIndex().column()))
    key(Key.Key_Escape)
    assert not page.finding.isVisible()
    press(qtbot, window, Key.Key_F3, SHIFT)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == stops[0] != stops[1]
    holding = [row.key for row in activities(window).values() if "intelligence" in row.text.lower()]
    press(qtbot, window, Key.Key_H, CTRL)
    write("intelligence")
    page.finding.by.setFocus()
    write("wisdom-of-owls")
    page.finding._all.click()
    now = activities(window)
    assert all("wisdom-of-owls" in now[row].text for row in holding)
    said = page.finding._remark.text()
    assert said.startswith(f"Replaced in {len(holding)} cells; Ctrl+Z undoes it. Left as they were: ")
    assert "“ACC wisdom-of-owls” is not one of those listed" in said
    press(qtbot, window, Key.Key_Z, CTRL)
    assert not any("wisdom-of-owls" in row.text for row in activities(window).values())


def test_the_status_bar_adds_up_what_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    for line, percent in enumerate((10, 20, 60)):
        go(window, line, "percent")
        write(str(percent))
        key(Key.Key_Return)
    go(window, 0, "percent")
    for _ in range(2):
        key(Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: window.kept.text().endswith("3 cells, sum 90, mean 30"))
    key(Key.Key_Down)
    qtbot.waitUntil(lambda: "cells" not in window.kept.text())


def test_how_a_page_was_left_belongs_to_its_plan(opener: Opener, worked: Path, published: Path) -> None:
    window = opener(worked)
    window.show_page("delivery")
    page_of(window).filter.setText("owner:security")
    window.close()
    other = opener(published)
    other.show_page("delivery")
    assert page_of(other).filter.text() == ""
    other.close()
    again = opener(worked)
    assert page_of(again).filter.text() == "owner:security"


def test_history_has_its_own_key(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_H, CTRL | SHIFT)
    assert view_of(window).current() == "history"


def test_a_name_that_is_no_post_is_asked_about_and_added(qtbot: QtBot, window: MainWindow) -> None:
    row = go(window, 0, OWNERS)
    asked: list[str] = []

    def answer(verb: str) -> Callable[[QMessageBox], None]:
        def press_it(box: QMessageBox) -> None:
            asked.append(box.text())
            next(button for button in box.buttons() if button.text() == verb).click()

        return press_it

    with in_dialog(qtbot, QMessageBox, answer("Cancel")):
        write("ACC Crime; Operatons")
        key(Key.Key_Return)
    assert asked == ["“Operatons” is no post of this plan. Add it as a post?"]
    before = activities(window)[row].owners
    assert "Operatons" in str(page_of(window).grid.currentIndex().data())
    to_front(qtbot, window)
    page_of(window).grid.setFocus()
    with in_dialog(qtbot, QMessageBox, answer("Add the post")):
        write("Estates; ACC Crime")
        key(Key.Key_Return)
    assert before != activities(window)[row].owners == ("Estates", "ACC Crime")
    assert not page_of(window).model.has_unkept
    assert "Estates" in [option.title for option in page_of(window).lists.posts]


def test_owners_come_in_with_a_pasted_block(qtbot: QtBot, window: MainWindow) -> None:
    row = go(window, 0, OWNERS)
    QApplication.clipboard().setText("Head of Custody\nHead of Custody; Analyst\nACC Crime\n")
    page = page_of(window)

    def accept(box: QMessageBox) -> None:
        assert box.text() == "“Head of Custody”, “Analyst” are no posts of this plan. Add them as posts?"
        box.defaultButton().click()

    with in_dialog(qtbot, QMessageBox, accept):
        key(Key.Key_V, CTRL)
    keys = page.visible_keys()[:3]
    assert keys[0] == row
    now = activities(window)
    assert [now[key].owners for key in keys] == [("Head of Custody",), ("Head of Custody", "Analyst"), ("ACC Crime",)]


def test_history_finds_a_step_by_the_cells_it_changed(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    refs = [activities(window)[each].ref for each in page.visible_keys()[:3]]
    go(window, 0, "percent")
    QApplication.clipboard().setText("11%\t24/12/2008\n12%\t\n13%\t\n")
    key(Key.Key_V, CTRL)
    go(window, 4, "percent")
    write("14")
    key(Key.Key_Return)
    press(qtbot, window, Key.Key_H, CTRL | SHIFT)
    history = cast("HistoryPage", view_of(window).page("history"))
    label = history.model.rows[1].label
    assert refs[1] not in label
    press(qtbot, window, Key.Key_F, CTRL)
    for words in (f"{refs[1]} 12%", "24/12/2008", f"due {refs[0]}", f"complete {refs[2]} 13%"):
        history.filter.setText("")
        write(words)
        qtbot.waitUntil(history.searched.whole)
        assert label in [history.row(each).label for each in history.model.visible_keys()]
        assert history.model.matching() < len(history.model.rows)
    history.filter.setText("no such cell anywhere")
    assert history.model.matching() == 0
    assert history.empty_text.text() == "No step holds “no such cell anywhere”."
