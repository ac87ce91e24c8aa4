"""The page of a register by real keys: typed, grouped, reported, linked, found late and left."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.plan.appendices.efficiency import EFFICIENCY, BusinessGroup, EfficiencyGain
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.days import DATE_FORMAT
from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.plan.posts import Post
from spp_desktop.plan.register import Register
from spp_desktop.store import queries, threads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.draft import NEW
from spp_desktop.ui.registers.page import RegisterPage
from spp_desktop.ui.thread.picker import LinkPicker
from tests.ui.thread_lines import go_to_line

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def register(findings: tuple[Workspace, Register]) -> Register:
    return findings[1]


@pytest.fixture
def signals(findings: tuple[Workspace, Register]) -> Iterator[PlanSignals]:
    workspace, _ = findings
    workspace.edit("stand at a day", registers.set_plan, as_at=date(2008, 10, 31))
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def keys(signals: PlanSignals, register: Register) -> list[str]:
    """Two findings of PEEL, the second one late, and one of HMIC."""
    post = signals.read(queries.register, Post)[0].id
    made: list[dict[str, Any]] = [
        {"ref": "F1", "text": "Publish a plan", "weight": 4, "owner_id": post},
        {"ref": "F2", "text": "Train call takers", "due": date(2008, 9, 30)},
        {"ref": "F3", "text": "Answer letters", "inspection": "HMIC", "due": date(2008, 9, 30), "state": "closed"},
    ]
    return [signals.edit(f"add finding {row['ref']}", registers.add, register.model, row) for row in made]


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals, register: Register, keys: list[str]) -> RegisterPage:
    del keys
    return shown(qtbot, RegisterPage(signals, register))


def shown(qtbot: QtBot, page: RegisterPage) -> RegisterPage:
    qtbot.addWidget(page)
    page.resize(1300, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.grid.setFocus()
    return page


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def type_text(text: str) -> None:
    for letter in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, letter)


def lines(page: RegisterPage, field: str = "ref") -> list[str]:
    column = page.model.column_of(field)
    return [
        str(page.model.index(line, column if page.model.row_at(line) else 0).data())
        for line in range(page.model.rowCount())
    ]


def test_rows_stand_in_groups_with_their_count_and_a_bar(page: RegisterPage) -> None:
    assert lines(page) == [
        "PEEL · 2 · 1 late · 1 high, 1 low", "F1", "F2", "HMIC · 1 · 1 low", "F3", "New finding",
    ]  # fmt: skip
    assert lines(page, "due")[2:5] == ["30 Sep 2008 late", "HMIC · 1 · 1 low", "30 Sep 2008"]
    assert page.summary() == "3 findings, 1 late"
    assert [page.group.itemText(n) for n in range(page.group.count())] == ["Inspection", "Owner", "State", "Nothing"]
    page.group.setFocus()
    press(Key.Key_Down)
    assert lines(page) == ["ACC Crime · 1 · 1 high", "F1", "None · 2 · 1 late · 2 low", "F2", "F3", "New finding"]
    assert lines(page, "owner_id")[3] == ""


def test_a_new_row_is_typed_into_the_last_line_and_undone_as_one_step(page: RegisterPage, signals: PlanSignals) -> None:
    press(Key.Key_Plus, CTRL)
    type_text("F4")
    press(Key.Key_Tab)
    assert page.sentence.text() == "The new finding is kept once “Shortcoming” is filled in."
    assert not page.commit_pending()
    type_text("Review files")
    press(Key.Key_Tab)
    assert signals.workspace.undo_label == "add finding F4"
    assert lines(page)[:4] == ["PEEL · 3 · 1 late · 1 high, 2 low", "F1", "F2", "F4"]
    assert page.panel.head.text() == "<b>Finding F4</b>"
    assert page.commit_pending()
    signals.workspace.undo()
    assert "F4" not in lines(page)


def test_the_whole_row_is_edited_beside_the_table(page: RegisterPage, signals: PlanSignals, keys: list[str]) -> None:
    page.select(keys[1])
    assert page.panel.head.text() == "<b>Finding F2</b> · late"
    assert page.panel.worked["urgency"].text() == "2 low"
    weight = page.panel.fields["weight"]
    weight.setFocus()
    press(Key.Key_A, CTRL)
    type_text("5")
    press(Key.Key_Return)
    assert page.panel.worked["urgency"].text() == "10 high"
    assert lines(page, "urgency")[2] == "10 high"
    assert signals.workspace.undo_label == "change weight of finding F2"
    press(Key.Key_A, CTRL)
    type_text("9")
    press(Key.Key_Return)
    assert page.panel.sentence.text() == "Weight may not be above 5."
    press(Key.Key_Escape)
    text = page.panel.texts["effect"]
    text.setFocus()
    type_text("Fewer crimes go unrecorded.")
    page.select(keys[0])
    assert [row.effect for row in signals.read(queries.register, page.register.model)][1] == (
        "Fewer crimes go unrecorded."
    )
    page.select(keys[1])
    assert "change effect of finding F2" in page.panel.history.text()
    assert "add finding F2" in page.panel.history.text()


def test_the_log_is_typed_with_the_plans_day_and_the_owner_ready(
    page: RegisterPage, signals: PlanSignals, keys: list[str]
) -> None:
    page.select(keys[0])
    log = page.panel.log
    assert log is not None
    assert page.panel.log_heading.text() == "<b>Log</b> · Nothing reported yet."
    log.grid.setFocus()
    log.grid.go(log.table.index(log.table.line_of(NEW), log.table.column_of("text")))
    type_text("Steps 1 to 4 done.")
    press(Key.Key_Return)
    assert page.panel.log_heading.text() == "<b>Log</b> · 1"
    assert [str(log.table.index(0, n).data()) for n in range(3)] == ["31 Oct 2008", "Steps 1 to 4 done.", "ACC Crime"]
    assert signals.workspace.undo_label == "add log entry of finding F1"
    assert "add log entry of finding F1" in page.panel.history.text()
    page.select(keys[1])
    assert log.table.rows == []
    page.select(keys[0])
    log.grid.go(log.table.index(0, 1))
    log.grid.setFocus()
    press(Key.Key_Delete)
    assert page.panel.log_heading.text() == "<b>Log</b> · Nothing reported yet."


def test_what_a_row_is_linked_to_is_found_gone_to_and_taken_away(
    qtbot: QtBot, page: RegisterPage, signals: PlanSignals, keys: list[str]
) -> None:
    page.select(keys[0])
    pane = page.panel.links
    offered: list[str] = []

    def choose() -> None:
        """Type in the dialog, with nothing but keys."""
        picker = QApplication.activeModalWidget()
        assert isinstance(picker, LinkPicker)
        offered.extend(picker.hits.item(n).text() for n in range(picker.hits.count()))
        QTest.keyClicks(picker.box, "most violence")
        QTest.keyClick(picker.box, Key.Key_Return)
        QTest.keyClick(picker.box, Key.Key_Return)

    pane.line.setFocus()
    QTimer.singleShot(0, choose)
    QTest.keyClick(pane.line, Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert "Priority P1:  Serious harm" in offered
    assert "Activity 1.01:  Do what 1.01 says" in offered
    assert "Indicator R1:  Most serious violence" in offered
    [link] = signals.read(threads.links_of, keys[0])
    assert (link.words, link.row.table, link.row.title) == ("concerns", "indicator", "R1 Most serious violence")
    assert signals.workspace.undo_label == "link finding F1 to R1"
    go_to_line(pane.tree, 0, 0)
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(pane.tree, Key.Key_Return)
    assert went.args == ["indicator", link.row.key]
    QTest.keyClick(pane.tree, Key.Key_Delete)
    assert signals.read(threads.links_of, keys[0]) == []
    assert signals.workspace.undo_label == "unlink finding F1 from R1"


def test_a_page_without_rows_says_what_it_will_hold_and_begins_one(
    qtbot: QtBot, signals: PlanSignals, register: Register
) -> None:
    page = shown(qtbot, RegisterPage(signals, register))
    assert page.empty_text.text().startswith("No findings yet.\n\nWhat an inspectorate found")
    page.empty_button.setFocus()
    press(Key.Key_Space)
    type_text("F1")
    press(Key.Key_Tab)
    type_text("Publish a plan")
    press(Key.Key_Return)
    assert lines(page)[1:] == ["F1", "New finding"]


def test_the_page_is_filtered_by_words_and_by_columns(page: RegisterPage, keys: list[str]) -> None:
    page.focus_filter()
    type_text("due:late")
    assert page.model.visible_keys() == [keys[1]]
    press(Key.Key_Escape)
    page.model.choose("urgency", ["high"])
    assert page.model.visible_keys() == [keys[0]]
    [chip] = [chip for chip in page.findChildren(QToolButton) if chip.accessibleName() == "Take away filter high"]
    chip.click()
    assert len(page.model.visible_keys()) == 3
    page.focus_filter()
    type_text("nothing like it")
    assert page.empty_text.text() == "No finding matches what the table is filtered by."


def test_the_page_is_found_as_it_was_left(
    qtbot: QtBot, page: RegisterPage, signals: PlanSignals, keys: list[str]
) -> None:
    page.model.group_by("owner_id")
    page.select(keys[2])
    again = shown(qtbot, RegisterPage(signals, page.register))
    again.restore_state(page.save_state())
    assert again.group.currentText() == "Owner"
    assert again.panel.head.text() == "<b>Finding F3</b>"


def test_a_plan_that_is_only_read_shows_all_and_lets_nothing_be_typed(
    qtbot: QtBot, signals: PlanSignals, register: Register, keys: list[str]
) -> None:
    with Workspace.open(signals.workspace.path, read_only=True) as reading:
        opened = PlanSignals(reading)
        page = shown(qtbot, RegisterPage(opened, register))
        assert "New finding" not in lines(page)
        page.select(keys[0])
        press(Key.Key_F2)
        assert page.sentence.text().startswith("This plan is open for reading only")
        assert not page.add.isEnabled()
        assert not page.panel.links.line.isEnabled()
        assert not page.panel.links.finder.isEnabled()
        opened.stop()


def test_another_day_of_the_plan_makes_other_rows_late(page: RegisterPage, signals: PlanSignals) -> None:
    assert page.summary().endswith("1 late")
    assert signals.read(queries.register, Plan)
    signals.edit("stand at another day", registers.set_plan, as_at=date(2008, 9, 1))
    assert page.summary() == "3 findings"


def test_a_sheet_holds_days_and_numbers_and_says_of_which_plan_it_is(page: RegisterPage, signals: PlanSignals) -> None:
    signals.edit("make it up", registers.set_plan, illustrative="Illustrative: all of it.")
    [sheet] = page.grid.as_sheet()
    assert sheet.notes == (signals.read(queries.plan).title, page.register.about, "Illustrative: all of it.")
    headings, *rows = sheet.rows
    by_ref = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    assert AsCell(date(2008, 9, 30), DATE_FORMAT) in by_ref["F3"].values()
    assert AsCell(4, "0") in by_ref["F1"].values()


def test_a_picture_and_a_sheet_of_the_page_hold_what_is_in_the_plan_alone(page: RegisterPage) -> None:
    [sheet] = page.grid.as_sheet()
    assert [row[0] for row in sheet.rows] == ["Reference", "F1", "F2", "F3"]
    drawing = page.grid.drawing()
    assert drawing is not None
    assert drawing.title == sheet.title
    assert "A table of 3 rows." in drawing.words
    assert "New finding" not in drawing.words


def test_a_day_a_hundred_years_from_the_plan_is_kept_and_marked(page: RegisterPage, keys: list[str]) -> None:
    page.signals.edit("date it", registers.change, page.register.model, keys[0], due=date(2150, 3, 31))
    page.refresh()
    column = next(column for column in page.model.columns if column.field == "due")
    marks = {row.key: column.marked(row) for row in page.model.rows}
    mark = marks[keys[0]]
    assert mark is not None
    assert tuple(mark) == ("check", "31/03/2150 is far from the years of the plan.")
    assert marks[keys[1]] is None


def test_what_waits_in_the_log_of_a_row_waits_there_until_the_row_is_shown_again(
    page: RegisterPage, keys: list[str]
) -> None:
    page.select(keys[0])
    log = page.panel.log
    assert log is not None
    log.grid.setFocus()
    log.grid.go(log.table.index(log.table.line_of(NEW), log.table.column_of("logged_on")))
    type_text("rubbish")
    page.select(keys[1])
    assert not log.table.pending
    assert not page.commit_pending()
    page.select(keys[0])
    assert [waiting.text for waiting in log.table.pending.values()] == ["rubbish"]
    log.table.forget_draft()
    page.select(keys[1])
    assert page.commit_pending()


def test_amounts_of_years_are_typed_summed_by_group_and_follow_the_years_of_the_plan(
    qtbot: QtBot, workspace: Workspace
) -> None:
    group = workspace.edit("add", registers.add, BusinessGroup, title="Crime")
    rows = [{"ref": ref, "text": "A gain", "group_id": group, "planned:2008": 1000} for ref in ("E1", "E2")]
    for row in rows:
        workspace.edit("add", registers.add, EfficiencyGain, row)
    opened = PlanSignals(workspace)
    page = shown(qtbot, RegisterPage(opened, EFFICIENCY))
    assert lines(page)[0] == "Crime · 2 · planned £2,000"
    page.grid.go(page.model.index(1, page.model.column_of("planned:2009")))
    type_text("2500")
    press(Key.Key_Return)
    assert lines(page)[0] == "Crime · 2 · planned £4,500"
    assert workspace.undo_label == "change planned 2009-10 of efficiency gain E1"
    workspace.edit("shorten", registers.set_plan, first_year=2008, years=1)
    assert [c.field for c in page.model.columns if c.field.startswith("planned:")] == ["planned:2008", "planned:2009"]
    workspace.edit("clear", registers.set_cells, EfficiencyGain, [(page.model.keys()[0], "planned:2009", None)])
    assert [c.field for c in page.model.columns if c.field.startswith("planned:")] == ["planned:2008"]
    opened.stop()
