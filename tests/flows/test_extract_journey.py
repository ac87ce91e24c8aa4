"""A release of recorded crime, as the Home Office lays it out, taken in by its own shape with real keys."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import importing_results
from spp_desktop.store import measured
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.returned import jobs as return_jobs
from tests.extracts.shapes import FOLDER, SHAPES, in_words, set_up
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key
SHAPE = next(shape for shape in SHAPES if shape.file == "cover_notes_and_two_rows_of_headings.xlsx")
NAME = "Recorded crime by area"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.plan"
    with Workspace.create(path, "Plan", 2008) as workspace:
        workspace.edit("set up", set_up, as_kind="built")
    return path


def test_a_release_with_a_cover_notes_and_two_rows_of_headings(
    qtbot: QtBot, opener: Opener, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(small)
    monkeypatch.setattr(return_jobs, "ask_open", lambda *_: FOLDER / SHAPE.file)
    workspace = view_of(window).signals.workspace

    def first(dialog: ImportResultsDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.desk.busy)
        assert dialog.sheets.currentText() == "Table 1"
        assert dialog.headings.currentText() == "3\N{EN DASH}4"
        assert dialog.notice.text() == "Choose the indicator that all rows are of, or the column that says which."
        QTest.keyClick(dialog, Key.Key_D, ALT)
        type_text("PI06")
        assert dialog.indicator.currentData() == "PI06"
        key(Key.Key_Down)
        key(Key.Key_Up)
        QTest.keyClick(dialog, Key.Key_G, ALT)
        key(Key.Key_Down)
        assert dialog.state.currentText() == "final"
        QTest.keyClick(dialog, Key.Key_U, ALT)
        qtbot.waitUntil(lambda: dialog.desk.counts is not None and not dialog.desk.busy)
        assert workspace.read(measured.results) == [], "nothing comes in before it is asked for"
        assert dialog.import_button.text() == "&Import 4 results"
        assert dialog.notice.text().startswith("Columns not used: “2006/07: Rate per 1,000”")
        QTest.keyClick(dialog, Key.Key_K, ALT)
        type_text(NAME)
        QTest.keyClick(dialog, Key.Key_I, ALT)

    def again(dialog: ImportResultsDialog) -> None:
        qtbot.waitUntil(lambda: dialog.desk.counts is not None and not dialog.desk.busy)
        assert dialog.mappings.currentText() == NAME
        assert dialog.desk.counts is not None
        assert (dialog.desk.counts.new, dialog.desk.counts.same) == (0, 4)
        assert not dialog.import_button.isEnabled()
        key(Key.Key_Escape)

    for steps in (first, again):
        with in_dialog(qtbot, ImportResultsDialog, steps):
            window.actions_by_name["import_results"].trigger()
        to_front(qtbot, window)
    assert "Took in 4 results from" in view_of(window).banner.sentence()
    assert in_words(workspace, "final") == SHAPE.words
    assert {row.period_to for row in workspace.read(measured.results)} == {date(2007, 3, 31), date(2008, 3, 31)}
    assert list(workspace.read(importing_results.mappings)) == [NAME]
    press(qtbot, window, Key.Key_Z, CTRL)
    assert workspace.read(measured.results) == []
