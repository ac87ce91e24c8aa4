"""The results by real keys: typing, pasting, marking, clearing, and the reason that a final figure asks for."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from spp_desktop.edits import performance, registers, results, rows
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area
from spp_desktop.store import measured, queries
from spp_desktop.store.plain import ResultRow
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.final_changes import FinalChangesDialog
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results import restatements
from spp_desktop.ui.results.columns import PERIOD
from spp_desktop.ui.results.page import ResultsPage, month_that_ended

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
APRIL, MAY, JUNE, JULY = range(4)
WHY = "late records were added"
KINDS: tuple[dict[str, str], ...] = (
    {"measure": "count", "unit": "recorded crimes"},
    {"measure": "percentage", "unit": "%", "numerator": "detections", "denominator": "crimes"},
    {"measure": "survey", "unit": "%"},
    {"measure": "survey", "unit": "%"},
)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """Four indicators (a count, a percentage, a survey, a gap) and three areas, read as at 31 July 2008."""
    workspace.edit("set up results", _set_up, as_kind="built")
    return workspace


def _set_up(session: Session) -> None:
    (first,) = session.exec(select(Indicator)).all()
    group = first.group_id
    more = [performance.add_indicator(session, group, f"Indicator {n}", polarity="higher") for n in (2, 3, 4)]
    keys = [first.id, *more]
    for n, (key, columns) in enumerate(zip(keys, KINDS, strict=True), 1):
        performance.set_indicator(session, key, ref=f"R{n}", **columns)
    performance.set_target(session, keys[3], 2008, "3 point gap")
    for place, title in enumerate(("Eastern", "Northern", "Western"), 1):
        rows.add(session, Area, title=title, position=float(place))
    registers.set_plan(session, as_at=date(2008, 7, 31))


def opened(qtbot: QtBot, workspace: Workspace) -> ResultsPage:
    tab = ResultsPage(PlanSignals(workspace))
    qtbot.addWidget(tab)
    tab.resize(1280, 660)
    tab.show()
    qtbot.waitExposed(tab)
    tab.grid.setFocus()
    return tab


@pytest.fixture
def tab(qtbot: QtBot, plan: Workspace) -> ResultsPage:
    return opened(qtbot, plan)


def keys_of(plan: Workspace) -> dict[str, str]:
    return {row.ref: row.key for row in plan.read(queries.indicators)}


def line(tab: ResultsPage, ref: str, part: str = "value", **where: str) -> str:
    return next(
        str(row.key)
        for row in tab.model.rows
        if (row.ref, row.part) == (ref, part) and all(getattr(row, name) == value for name, value in where.items())
    )


def go(tab: ResultsPage, key: str, month: int) -> None:
    assert tab.grid.select(key, f"{PERIOD}{month}")


def said(tab: ResultsPage, key: str, month: int) -> str:
    at = tab.model.index(tab.model.line_of(key), tab.model.column_of(f"{PERIOD}{month}"))
    return str(tab.model.data(at))


def total(tab: ResultsPage, key: str) -> str:
    return str(tab.model.data(tab.model.index(tab.model.line_of(key), tab.model.column_of("total"))))


def type_here(text: str, leave: Qt.Key = Key.Key_Return) -> None:
    """Type into the cell that the person is in, as in a spreadsheet: what is there is replaced."""
    grid = QApplication.focusWidget()
    assert grid is not None
    QTest.keyClicks(grid, text[:1])
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, leave)


def type_in(tab: ResultsPage, key: str, month: int, text: str) -> None:
    tab.grid.setFocus()
    go(tab, key, month)
    type_here(text)


def paste(tab: ResultsPage, key: str, month: int, text: str) -> None:
    tab.grid.setFocus()
    go(tab, key, month)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(tab.grid, Key.Key_V, CTRL)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, modifiers)


def choose(tab: ResultsPage, first: tuple[str, int], last: tuple[str, int]) -> None:
    """Select a block of cells."""
    corners = [
        tab.model.index(tab.model.line_of(key), tab.model.column_of(f"{PERIOD}{month}")) for key, month in (first, last)
    ]
    tab.grid.setFocus()
    tab.grid.setCurrentIndex(corners[0])
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    tab.grid.selectionModel().select(QItemSelection(*corners), select)


def held(plan: Workspace) -> list[ResultRow]:
    return plan.read(measured.results)


def state_of(plan: Workspace) -> list[tuple[object, ...]]:
    return sorted(
        ((row.period_from.month, row.value, row.numerator, row.denominator, row.state) for row in held(plan)), key=str
    )


def enter(plan: Workspace, ref: str, month: int, **columns: object) -> None:
    first = date(2008, 4 + month, 1)
    entry = {"indicator_id": keys_of(plan)[ref], "period_from": first, "period_to": month_end(first), **columns}
    plan.edit("enter", results.enter, [entry], "set up")


def answer(reply: Callable[[FinalChangesDialog], None]) -> list[list[tuple[str, ...]]]:
    """Answer the question that comes next; gives what it listed."""
    listed: list[list[tuple[str, ...]]] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FinalChangesDialog)
        listed.append([
            tuple(item.text() for n in range(4) if (item := dialog.table.item(at, n)))
            for at in range(dialog.table.rowCount())
        ])  # fmt: skip
        reply(dialog)

    QTimer.singleShot(0, act)
    return listed


def give_reason(dialog: FinalChangesDialog) -> None:
    assert not dialog.change.isEnabled()
    QTest.keyClicks(dialog.reason, WHY)
    QTest.keyClick(dialog.reason, Key.Key_Return)


def cancel(dialog: FinalChangesDialog) -> None:
    QTest.keyClick(dialog, Key.Key_Escape)


# Where one begins


def test_one_begins_in_the_month_that_ended_last() -> None:
    assert month_that_ended(date(2008, 10, 31)) == date(2008, 10, 1)
    assert month_that_ended(date(2008, 10, 30)) == date(2008, 9, 1)
    assert month_that_ended(date(2009, 1, 1)) == date(2008, 12, 1)


def test_lines_are_those_that_are_typed_into(tab: ResultsPage) -> None:
    shown = [(row.ref, row.part, row.population) for row in tab.model.rows]
    assert shown == [
        ("R1", "value", ""),
        ("R2", "value", ""),
        ("R2", "numerator", ""),
        ("R2", "denominator", ""),
        ("R3", "value", ""),
        ("R3", "sample_size", ""),
        ("R4", "value", "white"),
        ("R4", "sample_size", "white"),
        ("R4", "value", "minority ethnic"),
        ("R4", "sample_size", "minority ethnic"),
    ]
    titles = [tab.model.data(tab.model.index(n, 1)) for n in range(4)]
    assert titles == ["Most serious violence", "Indicator 2", "\N{EM SPACE}detections", "\N{EM SPACE}crimes"]
    assert [column.title for column in tab.model.columns[2:14]] == [
        *("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
    ]
    here = tab.grid.current()
    assert here is not None
    assert (here[0].key, here[1].field) == (line(tab, "R1"), f"{PERIOD}{JULY}")


# Typing


def test_a_column_of_figures_is_typed_down_and_is_provisional(tab: ResultsPage, plan: Workspace) -> None:
    go(tab, line(tab, "R2", "numerator"), JULY)
    type_here("540")
    type_here("2,336")
    assert state_of(plan) == [(7, None, 540, 2336, "provisional")]
    assert said(tab, line(tab, "R2"), JULY) == "23.1 p"
    assert said(tab, line(tab, "R2", "denominator"), JULY) == "2,336 p"
    assert plan.undo_label == "enter 2,336 for R2, July 2008"
    assert total(tab, line(tab, "R2")) == "23.1"
    plan.undo()
    plan.undo()
    assert held(plan) == []
    assert said(tab, line(tab, "R2", "denominator"), JULY) == ""


def test_one_half_of_a_pair_is_kept_and_the_sentence_says_what_is_missing(tab: ResultsPage, plan: Workspace) -> None:
    type_in(tab, line(tab, "R2", "denominator"), MAY, "100")
    assert state_of(plan) == [(5, None, None, 100, "provisional")]
    assert said(tab, line(tab, "R2"), MAY) == "…"
    go(tab, line(tab, "R2"), MAY)
    assert "the detections are missing" in tab.panel.missing.text()


@pytest.mark.parametrize(
    ("text", "shown", "kept"),
    [
        ("2,336", "2,336 p", (2336, "provisional")),
        ("2336p", "2,336 p", (2336, "provisional")),
        ("12 [r]", "12 r", (12, "revised")),
        ("x", "x", (None, "not available")),
        ("[x]", "x", (None, "not available")),
        ("[z]", "z", (None, "not applicable")),
        ("c", "c", (None, "suppressed")),
        ("0", "0 p", (0, "provisional")),
    ],
)
def test_figures_are_typed_as_people_write_them(
    tab: ResultsPage, plan: Workspace, text: str, shown: str, kept: tuple[float | None, str]
) -> None:
    type_in(tab, line(tab, "R1"), APRIL, text)
    assert said(tab, line(tab, "R1"), APRIL) == shown
    assert [(row.value, row.state) for row in held(plan)] == [kept]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-", "Type 0 for nought, x for not available"),
        ("soon", "“soon” is not a figure"),
        ("23%", "is a percentage, and this line counts recorded crimes"),
        ("9" * 400, "is too large"),
    ],
)
def test_what_is_no_figure_stays_in_its_cell_with_a_sentence(
    tab: ResultsPage, plan: Workspace, text: str, sentence: str
) -> None:
    before = plan.revision()
    type_in(tab, line(tab, "R1"), APRIL, text)
    assert tab.sentence.isVisible()
    assert sentence in tab.sentence.text()
    assert "R1 Most serious violence, April 2008" in tab.sentence.text()
    assert said(tab, line(tab, "R1"), APRIL) == text
    assert plan.revision() == before
    tab.choosers.set_year(2009)
    assert said(tab, line(tab, "R1"), APRIL) == ""
    tab.choosers.set_year(2008)
    assert said(tab, line(tab, "R1"), APRIL) == text
    press(tab.grid, Key.Key_Escape)
    assert said(tab, line(tab, "R1"), APRIL) == ""


def test_a_rate_that_is_worked_out_is_not_typed_over(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R2", MAY, numerator=540, denominator=2336)
    before = plan.revision()
    go(tab, line(tab, "R2"), MAY)
    press(tab.grid, Key.Key_F2)
    assert "This is worked out from 540 of 2,336" in tab.sentence.text()
    paste(tab, line(tab, "R2"), MAY, "23.5%")
    assert "This is worked out from 540 of 2,336" in tab.sentence.text()
    choose(tab, (line(tab, "R2"), APRIL), (line(tab, "R2"), MAY))
    QTest.keyClick(tab.grid, Key.Key_2)
    assert plan.revision() == before
    type_in(tab, line(tab, "R2"), APRIL, "24%")
    assert (4, 24, None, None, "provisional") in state_of(plan)


def test_a_percentage_above_100_is_asked_about_and_a_survey_has_none(tab: ResultsPage, plan: Workspace) -> None:
    type_in(tab, line(tab, "R2"), APRIL, "540")
    assert "540 is more than 100%. If it is meant so, write it with %" in tab.sentence.text()
    type_in(tab, line(tab, "R2"), MAY, "104%")
    type_in(tab, line(tab, "R3"), MAY, "104%")
    assert tab.sentence.text().endswith("104% is more than 100%.")
    assert [row.value for row in held(plan)] == [104]


def test_going_down_a_column_passes_over_what_is_worked_out(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R2", APRIL, numerator=1, denominator=2, state="provisional")
    go(tab, line(tab, "R1"), APRIL)
    type_here("5")
    assert tab.current().key == line(tab, "R2", "numerator")
    press(tab.grid, Key.Key_Return, SHIFT)
    assert tab.current().key == line(tab, "R1")


def test_figures_of_a_gap_are_of_two_populations(tab: ResultsPage, plan: Workspace) -> None:
    type_in(tab, line(tab, "R4", population="white"), APRIL, "86%")
    type_in(tab, line(tab, "R4", population="minority ethnic"), APRIL, "81")
    type_in(tab, line(tab, "R4", "sample_size", population="white"), APRIL, "2,000")
    assert [(row.population, row.value, row.sample_size) for row in held(plan)] == [
        ("minority ethnic", 81, None),
        ("white", 86, 2000),
    ]


# Pasting


def test_a_column_from_a_spreadsheet_goes_in_and_blanks_leave_what_is_there(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R2", APRIL, numerator=1, denominator=7, state="provisional")
    tab.choosers.parts.setChecked(False)
    assert [row.part for row in tab.model.rows] == ["value"] * 5
    enter(plan, "R3", APRIL, value=50, state="provisional")
    paste(tab, line(tab, "R1"), APRIL, "2,336\r\n\r\n 51.5% \r\nx\r\n[x]\r\n")
    assert [said(tab, row.key, APRIL) for row in tab.model.rows] == ["2,336 p", "14.3 p", "51.5 p", "x", "x"]
    assert plan.undo_label == "enter 4 figures of 3 indicators"
    plan.undo()
    assert [said(tab, row.key, APRIL) for row in tab.model.rows] == ["", "14.3 p", "50 p", "", ""]


def test_a_block_of_one_indicator_for_all_areas_goes_in_by_months(tab: ResultsPage, plan: Workspace) -> None:
    tab.choosers.showing.setCurrentIndex(tab.choosers.showing.findText("R1", Qt.MatchFlag.MatchStartsWith))
    assert [row.title for row in tab.model.rows] == ["The force", "Eastern", "Northern", "Western"]
    assert tab.model.columns[0].title == "Area"
    paste(tab, line(tab, "R1", area="Eastern"), APRIL, "1\t2\t3\n4\t\t6\n7\t8p\t9\n")
    assert [said(tab, row.key, MAY) for row in tab.model.rows] == ["", "2 p", "", "8 p"]
    assert [total(tab, row.key) for row in tab.model.rows] == ["", "6", "10", "24"]
    assert len(held(plan)) == 8
    assert plan.undo_label == "enter 8 figures of R1"


def test_a_block_with_one_cell_that_is_no_figure_changes_nothing_and_says_where(
    tab: ResultsPage, plan: Workspace
) -> None:
    paste(tab, line(tab, "R1"), APRIL, "1\t2\t-\t4\n")
    assert held(plan) == []
    assert "R1 Most serious violence, June 2008" in tab.sentence.text()


def test_what_is_copied_can_be_pasted_in_its_place_without_a_change(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R2", APRIL, numerator=540, denominator=2336)
    enter(plan, "R1", APRIL, value=2336)
    before = plan.revision()
    choose(tab, (line(tab, "R1"), APRIL), (line(tab, "R2", "denominator"), MAY))
    press(tab.grid, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "2336\t\n23.116438\t\n540\t\n2336\t\n"
    assert "mso-number-format" not in QGuiApplication.clipboard().mimeData().html().replace('""', "").split("<td")[1]
    press(tab.grid, Key.Key_V, CTRL)
    assert plan.revision() == before
    assert tab.sentence.text() == ""


# Final figures


def test_a_final_figure_is_changed_with_a_reason_and_leaves_a_restatement(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R1", APRIL, value=2336)
    listed = answer(give_reason)
    type_in(tab, line(tab, "R1"), APRIL, "2,340")
    assert listed == [[("R1  Most serious violence", "April 2008", "2,336", "2,340")]]
    assert said(tab, line(tab, "R1"), APRIL) == "2,340 r"
    (row,) = plan.read(measured.restatements)
    assert (row.before, row.after, row.reason) == ("2,336", "2,340", WHY)
    go(tab, line(tab, "R1"), APRIL)
    assert "Revised (r)" in tab.panel.state.text()
    told = [tab.panel.history.item(n).text() for n in range(tab.panel.history.count())]
    assert any("2,336 → 2,340" in text and WHY in text for text in told)
    assert any("Enter 2,340 for R1, April 2008" in text for text in told)
    plan.undo()
    assert said(tab, line(tab, "R1"), APRIL) == "2,336"
    assert plan.read(measured.restatements) == []


def test_without_a_reason_everything_stays_as_it_was(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R1", APRIL, value=2336)
    enter(plan, "R1", MAY, value=10, state="provisional")
    before = plan.revision()
    listed = answer(cancel)
    paste(tab, line(tab, "R1"), APRIL, "1\t2\t3\n")
    assert listed == [[("R1  Most serious violence", "April 2008", "2,336", "1")]]
    assert plan.revision() == before
    assert [said(tab, line(tab, "R1"), month) for month in (APRIL, MAY, JUNE)] == ["2,336", "10 p", ""]
    assert not tab.model.pending


def test_one_reason_serves_all_final_figures_of_a_block(tab: ResultsPage, plan: Workspace) -> None:
    for month in (APRIL, MAY, JUNE):
        enter(plan, "R2", month, numerator=10, denominator=20)
    listed = answer(give_reason)
    paste(tab, line(tab, "R2", "numerator"), APRIL, "11\t10\tx\n")
    assert [change[2:] for change in listed[0]] == [("10 of 20", "11 of 20"), ("10 of 20", "not available")]
    assert len(plan.read(measured.restatements)) == 2
    assert [said(tab, line(tab, "R2", "numerator"), month) for month in (APRIL, MAY, JUNE)] == ["11 r", "10", "x"]


def test_figures_are_final_where_the_bar_says_so(tab: ResultsPage, plan: Workspace) -> None:
    tab.choosers.state.setFocus()
    press(tab.choosers.state, Key.Key_Down)
    type_in(tab, line(tab, "R1"), APRIL, "5")
    type_in(tab, line(tab, "R1"), MAY, "6p")
    assert [(row.value, row.state) for row in held(plan)] == [(5, "final"), (6, "provisional")]
    assert said(tab, line(tab, "R1"), APRIL) == "5"


# Marking and clearing


def test_figures_are_marked_by_keys(tab: ResultsPage, plan: Workspace) -> None:
    for month in (APRIL, MAY):
        enter(plan, "R1", month, value=5, state="provisional")
    choose(tab, (line(tab, "R1"), APRIL), (line(tab, "R1"), JUNE))
    press(tab.grid, Key.Key_F, CTRL | SHIFT)
    assert [row.state for row in held(plan)] == ["final", "final"]
    assert plan.undo_label == "mark 2 figures as final"
    go(tab, line(tab, "R1"), JUNE)
    press(tab.grid, Key.Key_N, CTRL | SHIFT)
    assert said(tab, line(tab, "R1"), JUNE) == "x"
    press(tab.grid, Key.Key_F, CTRL | SHIFT)
    assert tab.sentence.text() == "There is no figure in these cells to mark."
    go(tab, line(tab, "R1"), APRIL)
    listed = answer(cancel)
    press(tab.grid, Key.Key_P, CTRL | SHIFT)
    assert listed == [[("R1  Most serious violence", "April 2008", "5", "5, provisional")]]
    assert said(tab, line(tab, "R1"), APRIL) == "5"


def test_figures_are_cleared_by_keys_with_a_reason_where_one_is_final(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R2", APRIL, numerator=5, denominator=10, state="provisional")
    enter(plan, "R1", APRIL, value=7)
    choose(tab, (line(tab, "R1"), APRIL), (line(tab, "R2", "denominator"), APRIL))
    listed = answer(give_reason)
    press(tab.grid, Key.Key_Delete)
    assert listed == [[("R1  Most serious violence", "April 2008", "7", "(removed)")]]
    assert held(plan) == []
    assert [row.after for row in plan.read(measured.restatements)] == [""]
    plan.undo()
    assert len(held(plan)) == 2


def test_a_figure_that_is_not_available_is_cleared(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R3", MAY, state="not available")
    go(tab, line(tab, "R3"), MAY)
    press(tab.grid, Key.Key_Delete)
    assert held(plan) == []


def test_a_cell_that_is_emptied_in_its_editor_is_cleared(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R1", APRIL, value=7, state="provisional")
    go(tab, line(tab, "R1"), APRIL)
    press(tab.grid, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    press(editor, Key.Key_A, CTRL)
    press(editor, Key.Key_Delete)
    press(editor, Key.Key_Return)
    assert held(plan) == []


# Looking elsewhere


def test_years_and_periods_are_chosen_and_what_is_elsewhere_is_said(tab: ResultsPage, plan: Workspace) -> None:
    quarter = {"period_from": date(2008, 4, 1), "period_to": date(2008, 6, 30)}
    plan.edit("enter", results.enter, [{"indicator_id": keys_of(plan)["R3"], "value": 80, **quarter}])
    assert tab.hint.text() == "Not shown here: results by quarter of 1 indicator. Choose other periods above."
    tab.choosers.sort.setCurrentIndex(1)
    assert [column.title for column in tab.model.columns[2:-2]] == ["Q1", "Q2", "Q3", "Q4"]
    assert said(tab, line(tab, "R3"), 0) == "80"
    assert not tab.hint.isVisible()
    type_in(tab, line(tab, "R1"), 0, "12")
    assert [(row.period_from, row.period_to) for row in held(plan) if row.value == 12] == [
        (date(2008, 4, 1), date(2008, 6, 30))
    ]
    tab.choosers.sort.setCurrentIndex(2)
    assert [column.title for column in tab.model.columns[2:-1]][-1] == "2008-2009"
    type_in(tab, line(tab, "R1"), 0, "99")
    assert [row.period_from for row in held(plan) if row.value == 99] == [date(2004, 4, 1)]
    tab.choosers.sort.setCurrentIndex(0)
    press(tab.choosers.back, Key.Key_Space)
    assert tab.choosers.shown_year.text() == "2007-2008"


def test_the_panel_says_what_a_year_to_date_lacks(tab: ResultsPage, plan: Workspace) -> None:
    enter(plan, "R1", APRIL, value=5)
    enter(plan, "R1", JUNE, value=6)
    tab.grid.select(line(tab, "R1"), "total")
    assert tab.panel.said.text() == "11"
    assert "one earlier period has no figure" in tab.panel.state.text()


def test_all_restatements_are_listed_copied_and_saved(
    tab: ResultsPage, plan: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tab.panel.restatements.said.text() in ("", restatements.NONE)
    enter(plan, "R1", APRIL, value=5)
    enter(plan, "R1", APRIL, value=6)
    tab.panel.pages.setCurrentIndex(1)
    page = tab.panel.restatements
    assert page.said.text() == "1 final figure was changed."
    assert "5 → 6" in page.list.item(0).text()
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Reference\tIndicator\tArea")
    assert lines[1].startswith("R1\tMost serious violence\tThe force\t\t01/04/2008\t30/04/2008\t5\t6")
    saved = []
    monkeypatch.setattr(restatements, "ask_and_save_numbers", lambda _on, name, sheets: saved.append((name, sheets)))
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    assert saved[0][0] == "Restatements"
    assert saved[0][1][0].rows[1][6:8] == ["5", "6"]


def test_a_plan_open_for_reading_only_takes_nothing(qtbot: QtBot, plan: Workspace) -> None:
    enter(plan, "R1", APRIL, value=5)
    with Workspace.open(plan.path, read_only=True) as reading:
        tab = opened(qtbot, reading)
        before = reading.revision()
        go(tab, line(tab, "R1"), APRIL)
        QTest.keyClicks(tab.grid, "7")
        assert "open for reading only" in tab.sentence.text()
        press(tab.grid, Key.Key_Delete)
        press(tab.grid, Key.Key_P, CTRL | SHIFT)
        paste(tab, line(tab, "R1"), APRIL, "8")
        assert not tab.choosers.state.isEnabled()
        assert not any(action.isEnabled() for action in tab.marks.values())
        assert said(tab, line(tab, "R1"), APRIL) == "5"
        assert reading.revision() == before


def test_a_plan_without_indicators_says_what_to_do(qtbot: QtBot, plan_path: Path) -> None:
    with Workspace.create(plan_path, "An empty plan", 2008) as workspace:
        tab = opened(qtbot, workspace)
        assert tab.stack.currentIndex() == 1
        assert tab.empty_text.text().startswith("No indicators yet.")


def test_the_tab_is_found_as_it_was_left(qtbot: QtBot, plan: Workspace) -> None:
    tab = opened(qtbot, plan)
    tab.choosers.showing.setCurrentIndex(2)
    tab.choosers.parts.setChecked(False)
    state = tab.save_state()
    again = opened(qtbot, plan)
    again.restore_state(state)
    assert again.choosers.view() == tab.choosers.view()
    assert [row.key for row in again.model.rows] == [row.key for row in tab.model.rows]


@pytest.fixture
def published_tab(qtbot: QtBot, worked: Path) -> Iterator[ResultsPage]:
    with Workspace.open(worked) as workspace:
        yield opened(qtbot, workspace)


def test_the_sample_is_shown_with_its_states(published_tab: ResultsPage) -> None:
    tab = published_tab
    assert said(tab, line(tab, "PI01"), 4).endswith(" p")
    assert not said(tab, line(tab, "PI01"), 0).endswith(" p")
    assert tab.summary().endswith("lines")
    assert "by quarter of 9 indicators" in tab.hint.text()
