"""The performance plan by real keys and clicks."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.new_indicator import NewIndicatorDialog
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from tests.flows.hands import in_dialog


def opened(qtbot: QtBot, workspace: Workspace) -> PerformancePage:
    tab = PerformancePage(PlanSignals(workspace))
    qtbot.addWidget(tab)
    tab.resize(1280, 640)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


@pytest.fixture
def plan(published: Path) -> Iterator[Workspace]:
    with Workspace.open(published) as workspace:
        yield workspace


@pytest.fixture
def tab(qtbot: QtBot, plan: Workspace) -> PerformancePage:
    return opened(qtbot, plan)


def key_of(tab: PerformancePage, ref: str) -> str:
    return str(next(row.key for row in tab.model.rows if row.ref == ref))


def said(tab: PerformancePage, ref: str, field: str) -> str:
    at = tab.model.line_of(key_of(tab, ref))
    return str(tab.model.data(tab.model.index(at, tab.model.column_of(field))))


def aimed(tab: PerformancePage, ref: str, when: object) -> str:
    """A target as its cell shows it, without its kind."""
    return said(tab, ref, f"target:{when}").partition("\n")[0]


def type_in(tab: PerformancePage, ref: str, field: str, text: str) -> None:
    tab.grid.setFocus()
    tab.grid.select(key_of(tab, ref), field)
    QTest.keyClick(tab.grid, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_every_indicator_stands_under_its_group_as_it_is_printed(tab: PerformancePage) -> None:
    heads = [tab.model.group_at(line) for line in tab.model.heads()]
    assert [head.title for head in heads if head] == [
        "REDUCING CRIME AND DISORDER · Reduction",
        "REDUCING CRIME AND DISORDER · Sanction detection rate",
        "FEELING SAFE",
        "SATISFACTION",
        "LOCAL CONCERNS",
    ]
    assert [said(tab, "PI03", f"target:{at}") for at in ("2008", "2009", "2010", "plan")] == [
        *("4% *\non year before", "4%\non year before", "4%\non year before", "10%\nover the plan"),
    ]
    assert said(tab, "PI04", "target:2008") == "45%\nlevel"
    assert said(tab, "PI14", "target:2008") == "Benchmark & report of performance"
    assert said(tab, "PI22", "title") == "Improve road safety ¹²"
    assert [tab.model.columns[n].title for n in tab.grid.shown_columns()] == [
        *("Ref", "Indicator"),
        *("RAG", "Latest", "Year to date", "Target", "Direction", "Variation", "Assurance", "Trend"),
        *("2008-2009", "2009-2010", "2010-2011", "3-year target"),
    ]
    assert tab.summary() == "22 indicators, 21 no data, 1 benchmark year"


def test_the_notes_are_printed_beneath(tab: PerformancePage) -> None:
    lines = tab.notes.text().splitlines()
    assert lines[0] == "* To be included in the Assessments of Policing and Community Safety as local priorities"
    assert lines[1].startswith("¹² A reduction of at least 5% compared to the previous year")


def test_a_target_is_typed_as_people_write_it(tab: PerformancePage, plan: Workspace, qtbot: QtBot) -> None:
    type_in(tab, "PI01", "target:2008", "6% *")
    qtbot.waitUntil(lambda: aimed(tab, "PI01", "2008") == "6% *")
    assert plan.undo_label == "change 2008-2009 of PI01 to 6% *"
    assert said(tab, "PI01", "local_priority") == "Yes"
    type_in(tab, "PI10", "target:2009", "Benchmark & report of performance")
    qtbot.waitUntil(lambda: said(tab, "PI10", "target:2009") == "Benchmark & report of performance")
    plan.undo()
    plan.undo()
    assert aimed(tab, "PI01", "2008") == "4%"
    assert said(tab, "PI01", "local_priority") == ""


def test_what_is_no_target_stays_and_is_explained(tab: PerformancePage, plan: Workspace, qtbot: QtBot) -> None:
    before = plan.revision()
    type_in(tab, "PI01", "target:2008", "soon")
    qtbot.waitUntil(tab.sentence.isVisible)
    assert "“soon” is not a target" in tab.sentence.text()
    assert said(tab, "PI01", "target:2008") == "soon"
    assert plan.revision() == before


def test_the_star_has_a_column_of_its_own(tab: PerformancePage, plan: Workspace) -> None:
    tab.model.put([(key_of(tab, "PI03"), "local_priority", "no")])
    assert aimed(tab, "PI03", "2008") == "4%"
    assert plan.undo_label == "change star of PI03 to No"
    plan.undo()
    assert aimed(tab, "PI03", "2008") == "4% *"


def named(dialog: NewIndicatorDialog) -> None:
    """A title is typed, which is not enough, and then a way is chosen, by keys."""
    QTest.keyClicks(dialog.title, "Trust in the police")
    assert not dialog.add.isEnabled()
    QTest.keyClick(dialog.ways["higher"], Qt.Key.Key_Space)
    assert dialog.add.isEnabled()
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)


def test_an_indicator_is_added_behind_the_chosen_one_once_somebody_says_which_way_is_better(
    tab: PerformancePage, plan: Workspace, qtbot: QtBot
) -> None:
    tab.grid.setFocus()
    tab.select(key_of(tab, "PI10"))
    with in_dialog(qtbot, NewIndicatorDialog, named):
        QTest.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    rows = [row for row in tab.model.rows if row.group == "FEELING SAFE"]
    assert (rows[1].title, rows[1].polarity, rows[1].ref) == ("Trust in the police", "higher", "PI23")
    assert tab.current().ref == "PI23"
    assert plan.undo_label == "add indicator Trust in the police"


def test_without_a_way_that_is_better_no_indicator_is_added(tab: PerformancePage, qtbot: QtBot) -> None:
    def give_up(dialog: NewIndicatorDialog) -> None:
        QTest.keyClicks(dialog.title, "Trust")
        QTest.keyClick(dialog.title, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, NewIndicatorDialog, give_up):
        tab.insert(key_of(tab, "PI10"))
    assert len(tab.model.rows) == 22


def test_a_copy_has_the_targets_and_not_the_results(tab: PerformancePage, plan: Workspace) -> None:
    tab.duplicate([key_of(tab, "PI03")])
    assert aimed(tab, "PI23", "plan") == "10%"
    assert [row.ref for row in tab.model.rows][:4] == ["PI01", "PI02", "PI03", "PI23"]
    assert plan.undo_label == "duplicate indicator PI03"


def test_deleting_says_what_hangs_on_it(tab: PerformancePage, plan: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(_parent: object, sentence: str, _verb: str, *, detail: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(question, "ask", ask)
    tab.delete([key_of(tab, "PI03")])
    assert asked == ["Delete indicator PI03 and its 4 targets and 1 note mark?"]
    assert len(tab.model.rows) == 22
    tab.delete([key_of(tab, "PI03")])
    assert len(tab.model.rows) == 21
    assert plan.undo_label == "delete indicator PI03"
    plan.undo()
    assert aimed(tab, "PI03", "2008") == "4% *"


def test_the_filter_narrows_and_escape_clears(tab: PerformancePage, qtbot: QtBot) -> None:
    tab.focus_filter()
    assert QApplication.focusWidget() is tab.filter
    QTest.keyClicks(tab.filter, "burglary")
    assert tab.summary().startswith("22 indicators, 1 shown")
    QTest.keyClicks(tab.filter, "zzz")
    assert tab.stack.currentIndex() == 1
    QTest.keyClick(tab.filter, Qt.Key.Key_Escape)
    assert tab.model.matching() == 22
    crosses = tab.filter.findChildren(QToolButton)
    qtbot.waitUntil(lambda: bool(crosses) and not crosses[0].isVisible())  # its cross goes with the words
    QTest.keyClicks(tab.filter, "burglary")
    assert tab.select(key_of(tab, "PI01")), "what is gone to is shown, whatever the filter says"
    assert isinstance(tab.filter, QLineEdit)
    assert tab.filter.text() == ""


def test_the_tab_is_left_and_found(tab: PerformancePage, plan: Workspace, qtbot: QtBot) -> None:
    tab.select(key_of(tab, "PI05"))
    tab.show_panel.setChecked(False)
    state = tab.save_state()
    again = opened(qtbot, plan)
    again.restore_state(state)
    assert not again.show_panel.isChecked()
    again.restore_state({})


def test_a_plan_for_reading_only_is_shown_and_not_changed(published: Path, qtbot: QtBot) -> None:
    with Workspace.open(published, read_only=True) as plan:
        tab = opened(qtbot, plan)
        tab.select(key_of(tab, "PI01"))
        assert not tab.add.isEnabled()
        assert not tab.model.put([(key_of(tab, "PI01"), "target:2008", "9%")])
        assert "reading only" in tab.sentence.text()


def test_an_empty_plan_says_how_to_begin(plan_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as plan:
        tab = opened(qtbot, plan)
        assert tab.stack.currentIndex() == 1
        assert tab.empty_text.text().startswith("No indicators yet.")
        monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Feeling safe", True))
        with in_dialog(qtbot, NewIndicatorDialog, named):
            QTest.mouseClick(tab.empty_button, Qt.MouseButton.LeftButton)
        assert [(row.group, row.title) for row in tab.model.rows] == [("Feeling safe", "Trust in the police")]
        assert [column.title for column in tab.model.columns[10:12]] == ["2026-2027", "2027-2028"]


def test_the_whole_table_can_be_taken_as_a_picture_and_as_a_sheet(
    tab: PerformancePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = {action.text(): action for action in QMenu.menuInAction(tab.picture_menu).actions()}
    assert list(offered) == ["Save picture…", "Print…", "Copy picture", "Save the numbers as a sheet…"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan.xlsx"), ""))
    offered["Save the numbers as a sheet…"].trigger()
    drawing = tab.grid.drawing()
    assert drawing is not None
    assert "Improve road safety" in bytes(SavedPicture(drawing, SIZES[1]).svg().data()).decode()
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert str(told[0][0]).startswith("Strategic Policing Plan 2008-2011: performance plan, as at ")
    heading = next(n for n, row in enumerate(told) if row[0] == "Ref")
    assert [row[0] for row in told[heading + 1 :]] == [f"PI{n:02d}" for n in range(1, 23)]


def test_a_saved_sheet_holds_numbers_and_marks_that_can_be_read_out(qtbot: QtBot, worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        tab = opened(qtbot, workspace)
        (sheet,) = tab.grid.as_sheet()
    headings, *rows = sheet.rows
    cells = {str(row[0]): dict(zip(headings, row, strict=True)) for row in rows}
    assert {name: cells["PI03"][name] for name in ("Latest", "Latest period", "Latest is", "Year to date")} == {
        "Latest": AsCell(19866, "#,##0"),
        "Latest period": "Sep 2008",
        "Latest is": "provisional",
        "Year to date": AsCell(124969, "#,##0"),
    }
    assert (cells["PI03"]["Indicator"], cells["PI03"]["Local priority"]) == ("Reduce total recorded crime", "Yes")
    assert (cells["PI03"]["2008-2009"], cells["PI03"]["Target as stated"]) == (AsCell(0.04, "0%"),) * 2
    assert (cells["PI06"]["Latest"], cells["PI06"]["Target"]) == (AsCell(0.115, "0.0%"), AsCell(0.14, "0.0%"))
    assert cells["PI14"]["2008-2009"] == "Benchmark & report of performance"
    marked = [row for row in cells.values() if row["Notes"]]
    assert marked
    for row in marked:
        for mark in re.findall(r"\[note \d+\]", str(row["Notes"])):
            assert any(note.startswith(f"{mark} ") for note in sheet.notes)
    said = " ".join(map(str, [sheet.title, *sheet.notes, *headings, *(value for row in rows for value in row)]))
    assert not set(said) & set("*\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}")
    assert "(illustrative)" in sheet.title
