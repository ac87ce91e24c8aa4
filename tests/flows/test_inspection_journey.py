"""An inspection report of thirty recommendations, from a spreadsheet to the last one closed: by keys and clipboard."""

from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.plan.appendices.inspections import FINDINGS
from spp_desktop.store import registered
from spp_desktop.store.registered import RegisterRow
from spp_desktop.ui.grid.draft import NEW
from spp_desktop.ui.registers.page import RegisterPage
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, key, turn_to, type_text, view_of
from tests.flows.test_returns_journeys import issue_all, receive

REPORT = "Child protection 2009"
COUNT = 30
OWNERS = ("ACC Crime", "ACC Operations", "ACC Citizen Focus")


def of_report(window: MainWindow) -> list[RegisterRow]:
    """The recommendations of the report, as the plan has them."""
    rows = view_of(window).signals.read(registered.register_rows, FINDINGS)
    return [row for row in rows if row.values["inspection"] == REPORT]


def close_all(book: Path) -> None:
    """Fill in the sheet of recommendations as a staff officer would: each of the report is closed, with evidence."""
    opened = openpyxl.load_workbook(book)
    if FINDINGS.title not in opened.sheetnames:
        return
    sheet = opened[FINDINGS.title]
    head = next(row for row in sheet.iter_rows() if "Evidence" in [cell.value for cell in row])
    places = {str(cell.value): cell.column - 1 for cell in head if cell.value and cell.column}
    for row in sheet.iter_rows(min_row=int(head[0].row or 0) + 1):
        if row[places["Inspection"]].value == REPORT:
            row[places["State"]].value = "Closed"
            row[places["Evidence"]].value = "Seen by the board."
    opened.save(book)


def test_thirty_recommendations_are_pasted_given_owners_returned_and_closed(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    turn_to(qtbot, window, Qt.Key.Key_5, "findings")
    page = cast("RegisterPage", view_of(window).page("findings"))
    before = len(page.model.keys())
    lines = [f"C{n}\t{REPORT}\tRecommendation {n} of the report" for n in range(1, COUNT + 1)]
    page.grid.setFocus()
    page.grid.go(page.model.index(page.model.line_of(NEW), page.model.column_of("ref")))
    QGuiApplication.clipboard().setText("\n".join(lines))
    key(Qt.Key.Key_V, CTRL)
    assert len(page.model.keys()) == before + COUNT
    assert view_of(window).signals.workspace.undo_label == f"add {COUNT} recommendations"

    # The owners are a column of another sheet; the report's rows are those that the filter leaves.
    page.filter.setFocus()
    type_text(REPORT)
    page.grid.setFocus()
    shown = [page.model.line_of(row.key) for row in of_report(window)]
    page.grid.go(page.model.index(min(shown), page.model.column_of("owner_id")))
    QGuiApplication.clipboard().setText("\n".join(OWNERS[n % 3] for n in range(COUNT)))
    key(Qt.Key.Key_V, CTRL)
    assert {row.titles["owner_id"] for row in of_report(window)} == set(OWNERS)

    files = issue_all(qtbot, window)
    for file in files:
        close_all(file)

    def accept(dialog: ReviewDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    receive(qtbot, window, files, monkeypatch, accept)
    assert {row.values["state"] for row in of_report(window)} == {"Closed"}
    assert {row.values["evidence"] for row in of_report(window)} == {"Seen by the board."}
    closed = len(of_report(window))
    assert closed == COUNT
    view_of(window).signals.workspace.undo()
    assert {row.values["state"] for row in of_report(window)} == {"Open"}


def test_a_report_is_pasted_into_the_empty_page(qtbot: QtBot, opener: Opener, published: Path) -> None:
    window = opener(published)
    turn_to(qtbot, window, Qt.Key.Key_5, "findings")
    page = cast("RegisterPage", view_of(window).page("findings"))
    assert page.empty_button.hasFocus()
    QGuiApplication.clipboard().setText("\n".join(f"C{n}\t{REPORT}\tRecommendation {n}" for n in range(3)))
    key(Qt.Key.Key_V, CTRL)
    assert [row.values["ref"] for row in of_report(window)] == ["C0", "C1", "C2"]
    assert page.grid.hasFocus()
