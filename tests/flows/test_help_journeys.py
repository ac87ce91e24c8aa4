"""Journeys through the help: from a cell to the page about it, a search, and the tour, all by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sample_data import tour as sample_tour
from spp_desktop.edits import delivery
from spp_desktop.store import exports, queries
from spp_desktop.ui.help.help_window import HelpWindow
from spp_desktop.ui.pictures.print_dialog import PrintDialog
from spp_desktop.ui.results.columns import PERIOD
from spp_desktop.ui.returned import jobs
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.explanation import ExplanationDialog
from spp_desktop.ui.window.find_anything import FindAnything
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.tour import Tour
from tests.conftest import sample
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, SHIFT, content, in_dialog, key, press, to_front, turn_to, type_text, view_of

Key = Qt.Key
SEPTEMBER = f"{PERIOD}5"


def type_in_cell(text: str) -> None:
    """Type into the cell in which the person is: the first letter opens its editor."""
    type_text(text[0])
    type_text(text[1:])
    key(Key.Key_Return)


def help_of(qtbot: QtBot, window: MainWindow) -> HelpWindow:
    shown = window.findChild(HelpWindow)
    assert isinstance(shown, HelpWindow)
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


@pytest.fixture
def tours(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample that a tour leads through is copied, and not made anew."""
    monkeypatch.setattr(sample_tour, "build", lambda path, name: sample(samples, name, path.parent).replace(path))


def test_from_a_cell_of_results_to_the_page_and_on_with_the_work(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    turn_to(qtbot, window, Key.Key_4, "results")
    with in_dialog(qtbot, ExplanationDialog, lambda _: key(Key.Key_F1)):
        press(qtbot, window, Key.Key_F1)
    shown = help_of(qtbot, window)
    assert shown.place() == "tabs/results.md"
    assert shown.page.hasFocus()
    to_front(qtbot, window)
    view_of(window).page("results").show_cell(SEPTEMBER)
    before = content(window)
    type_in_cell("231")
    assert content(window) != before
    assert shown.isVisible()
    press(qtbot, window, Key.Key_F1, SHIFT)
    assert help_of(qtbot, window) is shown
    assert shown.place() == "keys.md#performance-plan-results"
    key(Key.Key_Left, ALT)
    assert shown.place() == "tabs/results.md"
    key(Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.isVisible())


def test_a_search_leads_to_the_heading(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    window.actions_by_name["show_contents"].trigger()
    shown = help_of(qtbot, window)
    key(Key.Key_K, CTRL)
    type_text("carry forward")
    key(Key.Key_Return)
    assert shown.place() == "tabs/delivery.md#carry-forward-what-is-not-finished"
    assert shown.page.textCursor().selectedText().casefold() == "carry forward"
    key(Key.Key_Return)
    assert shown.page.hasFocus()
    window.close_plan()
    window.close()
    qtbot.waitUntil(lambda: not shown.isVisible())


@pytest.mark.usefixtures("tours")
def test_the_tour_is_walked_through_by_keys(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    before = content(window)
    window.actions_by_name["begin_tour"].trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    strip, copy = tour.strip, tour._plan
    assert window.workspace is not None
    assert window.workspace.path == copy != worked

    def done() -> None:
        tour.look()
        assert strip.state.text()

    assert strip.title.text() == "Tour, 1. Change a status"
    type_in_cell("at")
    done()
    press(qtbot, window, Key.Key_F8)
    press(qtbot, window, Key.Key_Z, CTRL)
    done()
    press(qtbot, window, Key.Key_F8)

    def find(dialog: FindAnything) -> None:
        type_text("knife")
        key(Key.Key_Return)

    with in_dialog(qtbot, FindAnything, find):
        press(qtbot, window, Key.Key_K, CTRL)
    press(qtbot, window, Key.Key_F8)
    assert strip.title.text() == "Tour, 4. Why is it amber?"
    assert view_of(window).current() == "performance"
    press(qtbot, window, Key.Key_F8)
    to_front(qtbot, window)
    type_in_cell("240")
    done()
    press(qtbot, window, Key.Key_F8)
    _issue(qtbot, window)
    done()
    press(qtbot, window, Key.Key_F8)
    _receive(qtbot, window, copy, monkeypatch)
    done()
    press(qtbot, window, Key.Key_F8)
    with in_dialog(qtbot, PrintDialog, lambda _: key(Key.Key_Escape)):
        press(qtbot, window, Key.Key_P, CTRL)
    press(qtbot, window, Key.Key_F8, SHIFT)
    assert strip.title.text() == "Tour, 7. Receive a return"
    press(qtbot, window, Key.Key_F8)
    press(qtbot, window, Key.Key_F8)
    assert window.workspace is not None
    assert window.workspace.path == worked
    assert content(window) == before
    assert not copy.exists()
    qtbot.waitUntil(lambda: not window.findChildren(Tour))


def _issue(qtbot: QtBot, window: MainWindow) -> None:
    def write(dialog: IssueReturnsDialog) -> None:
        dialog.write_button.click()
        qtbot.waitUntil(dialog.folder_button.isVisible)
        dialog.reject()

    with in_dialog(qtbot, IssueReturnsDialog, write):
        press(qtbot, window, Key.Key_I, CTRL | SHIFT)
    assert window.workspace is not None
    assert len(window.workspace.read_beside(exports.every)) > 1


def _receive(qtbot: QtBot, window: MainWindow, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = next(copy.parent.glob("*.xlsx"))
    monkeypatch.setattr(jobs, "ask_open_several", lambda *_: [ready])

    def decide(dialog: ReviewDialog) -> None:
        key(Key.Key_N)
        key(Key.Key_A)
        key(Key.Key_Return, CTRL)

    with in_dialog(qtbot, ReviewDialog, decide):
        press(qtbot, window, Key.Key_I, CTRL)


@pytest.mark.usefixtures("tours")
def test_the_tour_ends_with_the_plan_that_it_is_of(qtbot: QtBot, opener: Opener) -> None:
    """Also where no plan was open before, and where the window is closed on the way."""
    window = opener(None)
    window.actions_by_name["begin_tour"].trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    window.close_plan()
    tour.look()
    assert not tour._plan.exists()
    qtbot.waitUntil(lambda: not window.findChildren(Tour))
    window.actions_by_name["begin_tour"].trigger()
    again = window.findChild(Tour)
    assert isinstance(again, Tour)
    window.close()
    assert not again._plan.exists()


@pytest.mark.usefixtures("tours")
def test_a_tour_begun_again_starts_over_wherever_it_was_and_whatever_was_done_to_its_stops(
    qtbot: QtBot, opener: Opener
) -> None:
    window = opener(None)
    window.actions_by_name["begin_tour"].trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    assert window.workspace is not None
    (first,) = (row.key for row in window.workspace.read(queries.activities) if row.ref == "1.01")
    window.workspace.edit("renumber", delivery.set_cells, [(first, "ref", "9.99")])
    tour.strip.show_stop(4)
    window.actions_by_name["begin_tour"].trigger()
    assert window.findChildren(Tour) == [tour]
    assert tour.strip.title.text() == "Tour, 1. Change a status"
    assert view_of(window).current() == "delivery"
    window.close_plan()
    window.actions_by_name["begin_tour"].trigger()
    assert window.workspace is not None
    assert window.workspace.path != tour._plan
    window.close()


def test_where_the_copy_cannot_be_made_the_own_plan_stays(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    told: list[str] = []

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        box.reject()

    def full(_: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sample_tour, "lay_out", full)
    with in_dialog(qtbot, QMessageBox, read):
        window.actions_by_name["begin_tour"].trigger()
    assert told == ["The copy for the tour cannot be made: No space left on device. Your own plan is as it was."]
    assert window.workspace is not None
    assert window.workspace.path == worked
    assert not window.findChildren(Tour)
