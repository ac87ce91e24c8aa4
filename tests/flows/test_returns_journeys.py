"""A quarter's returns from going out to being taken in, with real keys in real windows."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.comments import Comment
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.overview.portfolio_page import PortfolioPage
from spp_desktop.ui.overview.portfolio_rows import PortfolioLine
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.page import ReturnsPage
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, content, in_dialog, key, press, type_text, view_of

RETURNS = Qt.Key.Key_6
CRIME, OPERATIONS = "ACC Crime", "ACC Operations"


def returns_of(window: MainWindow) -> ReturnsPage:
    return cast("ReturnsPage", view_of(window).page("returns"))


def line_of(page: ReturnsPage, post: str) -> Any:
    return next(row for row in page.model.rows if row.post == post)


def activity(window: MainWindow, ref: str) -> ActivityRow:
    return next(row for row in view_of(window).signals.read(queries.activities, 2008) if row.ref == ref)


def issue_all(qtbot: QtBot, window: MainWindow) -> list[Path]:
    """Send the quarter's returns to every post, from the keyboard."""
    folder: list[Path] = []

    def steps(dialog: IssueReturnsDialog) -> None:
        assert dialog.write_button.text() == "&Write 5 workbooks"
        folder.append(Path(dialog.place.text()))
        dialog.write_button.setFocus()
        key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
        assert "5" in dialog.outcome.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, IssueReturnsDialog, steps):
        press(qtbot, window, Qt.Key.Key_I, CTRL | SHIFT)
    return sorted(folder[0].glob("*.xlsx"))


def fill(book: Path, answers: Mapping[tuple[str, str], str]) -> None:
    """Fill in a return as its staff officer would: by reference and heading."""
    opened = openpyxl.load_workbook(book)
    sheet = opened["Activities"]
    header = next(row for row in sheet.iter_rows() if "Ref" in [cell.value for cell in row])
    places = {str(cell.value): cell.column for cell in header if cell.value}
    rows = {str(row[places["Ref"] - 1].value): row for row in sheet.iter_rows(min_row=int(header[0].row or 0) + 1)}
    for (ref, heading), answer in answers.items():
        rows[ref][places[heading] - 1].value = answer
    opened.save(book)


def receive(
    qtbot: QtBot,
    window: MainWindow,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    steps: Callable[[ReviewDialog], None],
) -> None:
    """Receive files from the keyboard, and take these steps in the review."""
    monkeypatch.setattr(return_jobs, "ask_open_several", lambda *_: files)
    with in_dialog(qtbot, ReviewDialog, steps):
        press(qtbot, window, Qt.Key.Key_I, CTRL)


def test_a_quarter_from_going_out_to_being_taken_in(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    files = issue_all(qtbot, window)
    assert len(files) == 5
    assert files[1].name.startswith("2008-09 Q2 status return - ACC C")
    crime, operations = (next(file for file in files if post in file.name) for post in (CRIME, OPERATIONS))
    theirs = next(
        row
        for row in view_of(window).signals.read(queries.activities, 2008)
        if row.owners[:1] == (OPERATIONS,) and row.status != "Complete"
    )
    fill(
        crime,
        {
            ("1.01", "Status"): "Complete",
            ("1.01", "% complete"): "100%",
            ("1.01", "What was done"): "Strategy signed.",
            ("1.07", "Status"): "On track",
            ("1.07", "% complete"): "20%",
        },
    )
    fill(operations, {(theirs.ref, "Status"): "complete", (theirs.ref, "% complete"): "100%"})

    page = view_of(window).page("delivery")
    assert page.select(activity(window, "1.07").key)
    cast("QWidget", page).model.put([(activity(window, "1.07").key, "percent", "15%")])  # type: ignore[attr-defined]  # a page has a model
    before = content(window)

    def decide(dialog: ReviewDialog) -> None:
        key(Qt.Key.Key_N)
        assert "1.07" in dialog.detail.title.text()
        assert content(window) == before
        key(Qt.Key.Key_A)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    receive(qtbot, window, [crime, operations], monkeypatch, decide)
    assert activity(window, "1.01").status == "Complete"
    assert activity(window, "1.07").percent == 20
    assert (activity(window, theirs.ref).status, activity(window, theirs.ref).percent) == ("Complete", 100)
    updates = view_of(window).signals.read(queries.updates, activity(window, "1.01").key)
    assert ("Strategy signed.", "Complete", CRIME) in [(row.done, row.status, row.post) for row in updates]
    after = content(window)

    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: content(window) == before)
    press(qtbot, window, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: content(window) == after)

    press(qtbot, window, RETURNS, CTRL)
    states = {row.post: row.state for row in returns_of(window).model.rows}
    assert (states[CRIME], states[OPERATIONS], states["ACC Intelligence"]) == ("answered", "answered", "late")
    sign_off(qtbot, window, "1.01", "Strategy signed.")


def sign_off(qtbot: QtBot, window: MainWindow, ref: str, done: str) -> None:
    """What came back for the quarter is submitted with that, and stands on My portfolio: accept it."""
    window.show_page("portfolio")
    page = cast("PortfolioPage", view_of(window).page("portfolio"))

    def line() -> PortfolioLine:
        lines = cast("Sequence[PortfolioLine]", page.model.rows)
        return next(each for each in lines if each.row.ref == ref)

    assert (line().done, line().state) == (done, "submitted")
    assert page.select(line().key)
    QTest.keyClick(page.panel.pane.accept, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: line().state == "accepted")
    assert not line().changed


def test_a_review_is_gone_on_with_after_a_restart(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    files = issue_all(qtbot, window)
    crime = next(file for file in files if CRIME in file.name)
    fill(
        crime,
        {
            ("1.01", "Status"): "Off track",
            ("1.05", "% complete"): "about half",
            ("1.07", "Status"): "On track",
            ("1.07", "% complete"): "20%",
        },
    )
    before = content(window)

    def refuse_one(dialog: ReviewDialog) -> None:
        assert "1.01" in dialog.detail.title.text()
        key(Qt.Key.Key_R)
        type_text("Ask them for a figure")
        key(Qt.Key.Key_Return)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    receive(qtbot, window, [crime], monkeypatch, refuse_one)
    assert content(window) == before
    window.close()
    crime.unlink()

    again = opener(worked)
    assert content(again) == before
    press(qtbot, again, RETURNS, CTRL)
    page = returns_of(again)
    assert line_of(page, CRIME).state == "in review"
    assert page.select(line_of(page, CRIME).key)

    def finish(dialog: ReviewDialog) -> None:
        assert dialog.desk.counts()["refused"] == 1
        assert "1.05" in dialog.detail.title.text()
        key(Qt.Key.Key_E)
        type_text("50%")
        key(Qt.Key.Key_Return)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    with in_dialog(qtbot, ReviewDialog, finish):
        button = next(button for button in page.panel.buttons if "review" in button.text())
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert (activity(again, "1.05").percent, activity(again, "1.07").percent) == (50, 20)
    qtbot.waitUntil(lambda: line_of(page, CRIME).state == "answered")
    receipt = line_of(page, CRIME).issue.receipt
    assert receipt is not None
    assert "Ask them for a figure" in receipt.outcome


def test_a_return_touched_by_hand_is_decided_and_applied(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A touched heading, a comment, an answer merged over three rows, and a text longer than the plan keeps."""
    window = opener(worked)
    crime = next(file for file in issue_all(qtbot, window) if CRIME in file.name)
    fill(
        crime,
        {
            ("1.01", "Status"): "Complete",
            ("1.01", "What was done"): "All three are signed.",
            ("1.05", "% complete"): "50%",
            ("1.07", "What is next"): "x" * 4001,
        },
    )
    merged = _touch(crime)

    def decide(dialog: ReviewDialog) -> None:
        counts = dialog.desk.counts()
        assert (counts["to decide"], counts["accepted"]) == (4, 2)
        for _ in range(4):
            title = dialog.detail.title.text()
            if "What is next" in title:
                key(Qt.Key.Key_E)
                key(Qt.Key.Key_A, CTRL)
                type_text("The rest by March.")
                key(Qt.Key.Key_Return)
            else:
                key(Qt.Key.Key_A)
        assert dialog.desk.left == 0
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    receive(qtbot, window, [crime], monkeypatch, decide)
    assert (activity(window, "1.01").status, activity(window, "1.05").percent) == ("Complete", 50)
    updates = view_of(window).signals.read(queries.updates)
    said = {(row.activity_key, row.done or row.next) for row in updates if row.post == CRIME}
    keys = {ref: activity(window, ref).key for ref in (*merged, "1.07")}
    assert {(keys[ref], "All three are signed.") for ref in merged} <= said
    assert view_of(window).banner.sentence().startswith("Took in 6 changes")
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: view_of(window).banner.sentence() == "")


def _touch(book: Path) -> list[str]:
    """What a hurried hand does to a return; gives the references of the rows over which an answer was merged."""
    opened = openpyxl.load_workbook(book)
    sheet = opened["Activities"]
    header = next(row for row in sheet.iter_rows() if "Ref" in [cell.value for cell in row])
    places = {str(cell.value): int(cell.column or 0) for cell in header if cell.value}
    first = next(cell.row for cell in sheet["B"] if cell.value == "1.01")
    sheet.cell(int(header[0].row or 0), places["Status"]).value = "Status (RAG):"
    sheet.cell(first, places["Status"]).comment = Comment("Signed off on Friday", "Staff officer")
    done = places["What was done"]
    sheet.merge_cells(start_row=first, end_row=first + 2, start_column=done, end_column=done)
    merged = [str(sheet.cell(row, places["Ref"]).value) for row in range(first, first + 3)]
    opened.save(book)
    return merged
