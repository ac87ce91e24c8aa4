"""A planning officer brings in last year's forty rows from a Word table, with real keys; then the same, pasted."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.edits.plan_in import kept_columns
from spp_desktop.edits.plan_in.questions import PlanQuestion
from spp_desktop.store import monitored, queries
from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.results import import_plan
from spp_desktop.ui.results.import_plan import ImportPlanDialog
from spp_desktop.ui.results.plan_questions import PlanQuestionsDialog
from tests.existing_plans import HEADINGS, forty_rows
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, in_dialog, key, press, to_front, type_text, view_of
from tests.word_document import cell, document, row, table

Key = Qt.Key
NAME = "Delivery plan in Word"


def word_plan(folder: Path) -> Path:
    lines = forty_rows()
    lines[1][2] = "ACC Crme"
    rows = [row([cell(line[0], '<w:gridSpan w:val="8"/>')]) if len(line) == 1 else row(line) for line in lines]
    return document(folder / "plan.docx", table([row(HEADINGS), *rows]))


def test_forty_rows_of_a_word_table(
    qtbot: QtBot, opener: Opener, small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(Path(shutil.copy(small_plan, tmp_path / "small.plan")))
    monkeypatch.setattr(import_plan, "ask_open", lambda *_: word_plan(tmp_path))
    workspace = view_of(window).signals.workspace
    before = workspace.read(queries.counts)
    view_of(window).turn_to_year(2010)

    def answer(dialog: PlanQuestionsDialog) -> None:
        assert dialog.boxes[0].currentText() == "(choose)"
        type_text("ACC")
        assert dialog.boxes[0].currentText() == "ACC Crime"
        key(Key.Key_Return)

    def first(dialog: ImportPlanDialog) -> None:
        key(Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.proposal is not None)
        assert dialog.report.rowCount() > 40
        assert not dialog.import_button.isEnabled()
        with in_dialog(qtbot, PlanQuestionsDialog, answer):
            key(Key.Key_Space)
        dialog.activateWindow()  # as a desktop does once a dialog in front of it has closed
        qtbot.waitUntil(dialog.isActiveWindow)
        assert dialog.import_button.text().startswith("&Import 3 priorities, 40 activities")
        assert workspace.read(queries.counts) == before, "nothing comes in before it is asked for"
        QTest.keyClick(dialog, Key.Key_K, ALT)
        type_text(NAME)
        QTest.keyClick(dialog, Key.Key_I, ALT)

    with in_dialog(qtbot, ImportPlanDialog, first):
        window.actions_by_name["import_plan"].trigger()
    to_front(qtbot, window)
    assert "40 activities" in view_of(window).banner.sentence()
    assert view_of(window).shown_year() == 2008, "the year in which most is due, where what came in is seen"
    activities = {each.ref: each for each in workspace.read(queries.activities, 2008)}
    assert len(activities) == 43
    assert activities["1.51"].owners == ("ACC Crime",)
    assert activities["4.60"].due == date(2008, 12, 31)
    assert list(workspace.read(kept_columns.kept_columns)) == [NAME]

    def pasted(dialog: ImportPlanDialog) -> None:
        QGuiApplication.clipboard().setMimeData(clipboard.mime([line[:3] for line in [HEADINGS, *forty_rows()]]))
        QTest.keyClick(dialog, Key.Key_P, ALT)
        qtbot.waitUntil(lambda: dialog.proposal is not None)
        assert dialog.proposal is not None
        assert [each.entry for each in dialog.proposal.rows if each.fate == "new"] == []
        assert dialog.proposal.count("differs") == 1
        assert not dialog.import_button.isEnabled()
        key(Key.Key_Escape)

    with in_dialog(qtbot, ImportPlanDialog, pasted):
        window.actions_by_name["import_plan"].trigger()
    to_front(qtbot, window)
    press(qtbot, window, Key.Key_Z, CTRL)
    assert workspace.read(queries.counts) == before
    QGuiApplication.clipboard().clear()  # what Python put there would outlive Python


def test_dates_that_moved_before_come_in_with_the_one_reason_that_is_typed(
    qtbot: QtBot, opener: Opener, small_plan: Path, tmp_path: Path
) -> None:
    window = opener(Path(shutil.copy(small_plan, tmp_path / "small.plan")))
    workspace = view_of(window).signals.workspace
    own = workspace.read(queries.activities, 2008)[0].key
    for month in (9, 10):
        workspace.edit("move it", delivery.set_cells, [(own, "due", date(2008, month, 30))])

    def pasted(dialog: ImportPlanDialog) -> None:
        lines = [["Priority", "Ref", "Activity", "Due"], ["Serious harm", "1.01", "Do what 1.01 says", "31/12/2008"]]
        QGuiApplication.clipboard().setMimeData(clipboard.mime(lines))
        QTest.keyClick(dialog, Key.Key_P, ALT)
        qtbot.waitUntil(lambda: dialog.proposal is not None)
        QTest.keyClick(dialog, Key.Key_C, ALT)
        qtbot.waitUntil(dialog.update_tick.isChecked)
        assert not dialog.import_button.isEnabled(), "nothing comes in without a reason"
        first = dialog.report.item(0, 4)
        assert first is not None
        assert "stays as it is unless a reason is given" in first.text()
        QTest.keyClick(dialog, Key.Key_W, ALT)
        type_text("The board agreed")
        QTest.keyClick(dialog, Key.Key_I, ALT)

    with in_dialog(qtbot, ImportPlanDialog, pasted):
        window.actions_by_name["import_plan"].trigger()
    assert [move.reason for move in workspace.read(monitored.moves)[own]] == ["", "The board agreed"]
    QGuiApplication.clipboard().clear()


def test_a_day_typed_for_what_is_in_doubt_is_the_answer_by_enter_too(qtbot: QtBot) -> None:
    question = PlanQuestion("day", "day", "31/2/2026", "D7", "It is no day.", (("", "(left empty)"),), None)
    dialog = PlanQuestionsDialog([question])
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.boxes[0], Key.Key_A, CTRL)
    QTest.keyClicks(dialog.boxes[0], "31/3/2027")
    QTest.keyClick(dialog.boxes[0], Key.Key_Return)
    assert dialog.answers() == {"day": "31/3/2027"}
