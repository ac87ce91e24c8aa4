"""The monthly results from going out to being taken in, with real keys in real windows."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import results
from spp_desktop.store import measured, queries
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import content, in_dialog, key, press, type_text, view_of
from tests.flows.test_returns_journeys import receive

CTRL = Qt.KeyboardModifier.ControlModifier
JUNE = (date(2008, 6, 1), date(2008, 6, 30))


def june(window: MainWindow, ref: str) -> Any:
    """What the plan holds of an indicator for the force in June."""
    (indicator,) = view_of(window).signals.read(queries.indicators, place(window, ref)["indicator_id"])
    rows = view_of(window).signals.read(measured.results, indicator.key, measured.FORCE)
    return next(row for row in rows if (row.period_from, row.period_to) == JUNE)


def place(window: MainWindow, ref: str) -> dict[str, Any]:
    """Which result that is."""
    keys = {row.ref: row.key for row in view_of(window).signals.read(queries.indicators)}
    return {"indicator_id": keys[ref], "period_from": JUNE[0], "period_to": JUNE[1]}


def issue_june(qtbot: QtBot, window: MainWindow) -> Path:
    """Send out the return of June from the menu; September is offered."""
    folder: list[Path] = []

    def steps(dialog: IssueReturnsDialog) -> None:
        assert dialog.windowTitle() == "Issue monthly results"
        assert dialog.part.currentText() == "September"
        dialog.part.setFocus()
        for _ in range(3):
            key(Qt.Key.Key_Up)
        assert (dialog.part.currentText(), dialog.due.text()) == ("June", "14/07/2008")
        assert dialog.chosen() == [""]
        assert dialog.write_button.text() == "&Write 1 workbook"
        folder.append(Path(dialog.place.text()))
        dialog.write_button.setFocus()
        key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
        assert "The workbook was written" in dialog.outcome.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, IssueReturnsDialog, steps):
        window.actions_by_name["issue_results"].trigger()
    (book,) = folder[0].glob("*.xlsx")
    return book


def fill(book: Path, *answers: tuple[str, str, str, Any]) -> None:
    """Fill in answers by sheet, reference and heading."""
    opened = openpyxl.load_workbook(book)
    for title, ref, heading, answer in answers:
        sheet = opened[title]
        header = next(row for row in sheet.iter_rows() if "Ref" in [cell.value for cell in row])
        places = {str(cell.value): cell.column for cell in header if cell.value}
        row = next(row for row in sheet.iter_rows() if row[places["Ref"] - 1].value == ref)
        row[places[heading] - 1].value = answer
    opened.save(book)


def test_a_month_from_going_out_to_being_taken_in(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    book = issue_june(qtbot, window)
    was = {ref: june(window, ref) for ref in ("PI01", "PI02", "PI03", "PI04")}
    assert {row.state for row in was.values()} == {"final"}
    by_hand = {**place(window, "PI02"), "value": was["PI02"].value + 5}
    view_of(window).signals.edit("enter by hand", results.enter, [by_hand], "Counted again")
    fill(
        book,
        ("Counts and levels", "PI01", "Result", was["PI01"].value + 2),
        ("Counts and levels", "PI02", "Result", was["PI02"].value + 9),
        ("Counts and levels", "PI02", "Reason for a change", "Late reports"),
        ("Counts and levels", "PI03", "Result", "nil"),
        ("Percentages and rates", "PI04", "Counted", was["PI04"].numerator + 1),
        ("Percentages and rates", "PI04", "Reason for a change", "One more detection"),
    )
    before = content(window)

    def decide(dialog: ReviewDialog) -> None:
        kinds = [(item.difference.ref, item.difference.field, item.difference.kind) for item in dialog.desk.items]
        assert [reasons for reasons in kinds if reasons[2] != "change"] == [
            ("PI01", "reason", "question"),
            ("PI02", "value", "conflict"),
            ("PI03", "value", "question"),
            ("PI03", "reason", "question"),
        ]
        assert "Say why it changes" in dialog.detail.remark.text()
        key(Qt.Key.Key_E)
        type_text("Two were recorded late")
        key(Qt.Key.Key_Return)
        assert "PI02" in dialog.detail.title.text()
        key(Qt.Key.Key_A)
        for field in ("Result", "Reason"):
            assert f"PI03  {field}" in dialog.detail.title.text()
            key(Qt.Key.Key_R)
            type_text("Not nil")
            key(Qt.Key.Key_Return)
        assert dialog.desk.counts()["to decide"] == 0
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    receive(qtbot, window, [book], monkeypatch, decide)
    assert (june(window, "PI01").value, june(window, "PI01").state) == (was["PI01"].value + 2, "revised")
    assert june(window, "PI02").value == was["PI02"].value + 9
    assert (june(window, "PI03").value, june(window, "PI03").state) == (was["PI03"].value, "final")
    assert june(window, "PI04").numerator == was["PI04"].numerator + 1
    reasons = {(row.ref, row.reason) for row in view_of(window).signals.read(measured.restatements)}
    assert {("PI01", "Two were recorded late"), ("PI02", "Late reports"), ("PI04", "One more detection")} <= reasons
    after = content(window)

    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: content(window) == before and window.actions_by_name["redo"].isEnabled())
    press(qtbot, window, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: content(window) == after)
