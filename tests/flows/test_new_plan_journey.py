"""A new plan from nothing to its first issued return: by keys alone, and led by what the window says is missing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.plan.spoken import spoken
from spp_desktop.store import queries
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.window import plan_jobs
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.new_plan import NewPlanDialog
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key


def write(text: str) -> None:
    """Type letter by letter: the first opens the editor of a cell, which takes the rest."""
    for letter in text:
        type_text(letter)


def new_plan(qtbot: QtBot, window: MainWindow) -> None:
    """Make an empty plan by Ctrl+N."""

    def steps(dialog: NewPlanDialog) -> None:
        write("Policing Plan")
        assert dialog.title.text() == "Policing Plan"
        key(Key.Key_Return)

    with in_dialog(qtbot, NewPlanDialog, steps):
        press(qtbot, window, Key.Key_N, CTRL)
    to_front(qtbot, window)


def press_offered(text: str) -> None:
    """Press the button that has the keyboard, having read it."""
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == text
    key(Key.Key_Space)


def test_a_new_plan_by_keys_from_nothing_to_its_first_issued_return(
    qtbot: QtBot, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_jobs, "home", lambda: tmp_path)
    window = opener(None)
    new_plan(qtbot, window)
    view = view_of(window)
    assert view.current() == "delivery"

    press_offered("Write the priorities first")
    assert view.current() == "priorities"
    for title in ("Protect from harm", "Earn trust"):
        key(Key.Key_Insert)
        write(title)
        key(Key.Key_Return)
    key(Key.Key_Return, CTRL)
    write("Neighbourhoods")
    key(Key.Key_Return)
    tree = view.signals.read(queries.priority_tree)
    assert [(node.text, [child.text for child in node.children]) for node in tree] == [
        ("Protect from harm", []),
        ("Earn trust", ["Neighbourhoods"]),
    ]

    press(qtbot, window, Key.Key_3, CTRL)
    press_offered("Add an activity")
    write("Meet every neighbourhood once a quarter")
    key(Key.Key_Tab)
    with in_dialog(qtbot, QMessageBox, lambda box: box.defaultButton().click()):
        write("ACC Communities")
        key(Key.Key_Tab)
    to_front(qtbot, window)
    write("on")
    key(Key.Key_Tab)
    write("10")
    key(Key.Key_Tab)
    year = view.shown_year()
    write(f"31/3/{year + 1}")
    key(Key.Key_Return)
    key(Key.Key_Insert)
    write("Publish what was asked and done")
    key(Key.Key_Return)
    first, second = view.signals.read(queries.activities, year)
    assert (first.ref, first.priority, first.owners, first.status, first.percent) == (
        *("2.01", "Earn trust", ("ACC Communities",)),
        *("On track", 10),
    )
    assert second.text == "Publish what was asked and done"

    press(qtbot, window, Key.Key_6, CTRL)

    def issue(dialog: IssueReturnsDialog) -> None:
        assert dialog.write_button.text() == "&Write 1 workbook"
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
        key(Key.Key_Escape)

    with in_dialog(qtbot, IssueReturnsDialog, issue):
        press_offered("Issue status returns…")
    to_front(qtbot, window)
    books = list(tmp_path.rglob("*.xlsx"))
    assert len(books) == 1
    assert "ACC Communities" in books[0].name


def test_a_plan_of_outcomes_is_begun_by_keys_and_is_one_when_it_is_opened_again(
    qtbot: QtBot, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_jobs, "home", lambda: tmp_path)
    window = opener(None)

    def steps(dialog: NewPlanDialog) -> None:
        write("Council plan")
        key(Key.Key_L, Qt.KeyboardModifier.AltModifier)
        assert dialog.levels.hasFocus()
        write("Outcome / Outcome")
        key(Key.Key_Return)
        assert dialog.notice.text() == "Two levels are called “Outcome”. Give each a name of its own."
        key(Key.Key_A, CTRL)
        write("Outcome / Objective / Measure")
        key(Key.Key_Return)

    with in_dialog(qtbot, NewPlanDialog, steps):
        press(qtbot, window, Key.Key_N, CTRL)
    to_front(qtbot, window)
    view = view_of(window)
    press(qtbot, window, Key.Key_2, CTRL)
    key(Key.Key_Insert)
    write("Safer streets")
    key(Key.Key_Return)
    key(Key.Key_Return, CTRL)
    write("Light every path")
    key(Key.Key_Return)
    path = view.signals.workspace.path
    window.close()

    again = view_of(opener(path))
    words = spoken()
    assert [word.plural for word in words.headings] == ["outcomes", "objectives", "measures"]
    assert words.sentence is None
    tree = again.signals.read(queries.priority_tree)
    assert [(node.text, [child.text for child in node.children]) for node in tree] == [
        ("Safer streets", ["Light every path"])
    ]
    assert [(node.kind, [child.kind for child in node.children]) for node in tree] == [("priority", ["theme"])]
