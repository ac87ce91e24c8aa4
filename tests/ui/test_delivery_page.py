"""The annual delivery plan, by its keys, on a small plan that is really written."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Self

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import delivery, rows
from spp_desktop.plan import identity
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds import LastDay
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import monitored, queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.moved_dates import DateMovesDialog
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.fields import ListField
from tests.ui.thread_lines import go_to_line, thread_lines

Key, Mod = Qt.Key, Qt.KeyboardModifier
TODAY = date(2008, 10, 31)
Q3 = LastDay(2008, 12, 31, "quarter")


def enter(session: Session) -> None:
    harm, trust = (rows.add(session, Priority, title=t, position=n) for n, t in enumerate(("Harm", "Trust"), 1))
    crime, security = (
        rows.add(session, Post, title=t, position=n) for n, t in enumerate(("ACC Crime", "ACC Security"))
    )
    for n in range(4):
        key = delivery.add_activity(
            session, 2008, harm if n < 2 else trust, f"Do thing {n}", owners=[crime, security] if n == 1 else [crime],
            due=date(2008, 4 + n, 30),
        )  # fmt: skip
        if n == 0:
            delivery.add_milestone(session, key, "First step", due=date(2008, 5, 1))
            delivery.add_update(session, key, date(2008, 7, 1), done="Begun")


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of ``workspace``, made once."""
    path = tmp_path_factory.mktemp("entered") / "small.plan"
    with Workspace.create(path, "A plan", 2008) as made:
        made.edit("enter", enter, as_kind="built")
    return path


@pytest.fixture
def workspace(entered: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copyfile(entered, tmp_path / entered.name)) as opened:
        yield opened


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> Iterator[DeliveryPage]:
    signals = PlanSignals(workspace)
    made = DeliveryPage(signals, 2008, TODAY)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    qtbot.waitExposed(made)
    yield made
    signals.stop()


def refs(page: DeliveryPage) -> list[str]:
    shown = {row.key: row.ref for row in page.model.rows}
    return [shown[key] for key in page.visible_keys()]


def key_of(page: DeliveryPage, ref: str) -> str:
    return str(next(row.key for row in page.model.rows if row.ref == ref))


def activity(page: DeliveryPage, ref: str) -> ActivityRow:
    return next(row for row in page.signals.read(queries.activities, 2008) if row.ref == ref)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    QTest.keyClick(focused(), key, mod)
    QApplication.processEvents()


def write(text: str) -> None:
    QApplication.processEvents()
    for letter in text:
        QTest.keyClicks(focused(), letter)


def go(page: DeliveryPage, ref: str, field: str) -> None:
    assert page.grid.select(key_of(page, ref), field)
    page.grid.setFocus()


def test_a_status_is_changed_by_keys_and_undone_by_its_name(page: DeliveryPage, workspace: Workspace) -> None:
    go(page, "2.01", "status_id")
    write("at r")
    press(Key.Key_Return)
    assert activity(page, "2.01").status == "At risk"
    assert workspace.undo_label == "change status of activity 2.01 to At risk"
    workspace.undo()
    assert page.model.data(page.model.index(page.model.line_of(key_of(page, "2.01")), 4)) == ""


def test_the_filter_narrows_and_says_so(page: DeliveryPage) -> None:
    assert page.summary() == "4 activities, 4 late"
    page.focus_filter()
    write("owner:security")
    assert refs(page) == ["1.02"]
    assert page.summary() == "4 activities, 1 shown, 4 late"
    press(Key.Key_Escape)
    assert len(refs(page)) == 4


def test_when_nothing_matches_a_button_clears_the_filter(page: DeliveryPage) -> None:
    page.filter.setText("zzz")
    assert page.stack.currentIndex() == 1
    assert any("No activity matches “zzz”" in label.text() for label in page.stack.findChildren(QLabel))
    QTest.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert len(refs(page)) == 4
    assert page.filter.text() == ""


def test_an_empty_year_offers_to_add_an_activity(page: DeliveryPage, workspace: Workspace) -> None:
    page.set_year(2009)
    assert page.empty_text.text() == "No activities in 2009-2010 yet."
    page.empty_button.setFocus()
    press(Key.Key_Return)
    write("Begin")
    press(Key.Key_Return)
    assert [row.text for row in workspace.read(queries.activities, 2009)] == ["Begin"]
    assert workspace.undo_label == "add an activity"


def test_an_activity_is_added_behind_this_one_and_typed_at_once(page: DeliveryPage) -> None:
    go(page, "1.01", "ref")
    press(Key.Key_Plus, Mod.ControlModifier)
    write("Something new")
    press(Key.Key_Return)
    assert [row.text for row in page.model.rows][:3] == ["Do thing 0", "Something new", "Do thing 1"]


def test_deleting_says_what_hangs_on_it_first(
    page: DeliveryPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(question, "ask", lambda _p, sentence, verb, **_: asked.append((sentence, verb)))
    go(page, "1.01", "ref")
    press(Key.Key_Minus, Mod.ControlModifier)
    assert asked == [("Delete activity 1.01 and its 1 milestone and 1 update?", "Delete")]
    assert len(page.model.rows) == 4
    monkeypatch.setattr(question, "ask", lambda *_, **__: True)
    press(Key.Key_Minus, Mod.ControlModifier)
    assert refs(page) == ["1.02", "2.01", "2.02"]
    assert workspace.undo_label == "delete activity 1.01"
    workspace.undo()
    assert activity(page, "1.01").milestones == 1


def test_duplicates_are_named_and_selected(page: DeliveryPage, workspace: Workspace) -> None:
    go(page, "1.02", "ref")
    press(Key.Key_D, Mod.ControlModifier | Mod.ShiftModifier)
    assert workspace.undo_label == "duplicate activity 1.02"
    assert page.grid.current()[0].ref == "1.03"  # type: ignore[index]


def test_a_reference_that_is_taken_is_refused_beside_the_table_and_stays(page: DeliveryPage) -> None:
    go(page, "1.02", "ref")
    write("1.01")
    press(Key.Key_Return)
    assert "already has an activity 1.01" in page.sentence.text()
    assert page.sentence.isVisible()
    assert page.grid.currentIndex().data() == "1.01"
    press(Key.Key_Escape)
    assert page.grid.currentIndex().data() == "1.02"
    assert not page.sentence.isVisible()


def test_groups_by_owner_put_each_under_its_lead(page: DeliveryPage) -> None:
    page.group.setCurrentIndex(1)
    page.group.activated.emit(1)
    assert [page.model.group_at(at).title for at in page.model.heads()] == ["ACC Crime"]  # type: ignore[union-attr]
    assert page.model.group_at(0).note == "4 · 4 late"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["31/3", "31 Mar", "31 Mar 09", "31st March 2009"])
def test_a_day_is_shown_in_full_however_it_was_typed(page: DeliveryPage, text: str) -> None:
    go(page, "2.01", "due")
    write(text)
    press(Key.Key_Return)
    assert activity(page, "2.01").due == date(2009, 3, 31)
    shown = page.model.index(page.model.line_of(key_of(page, "2.01")), page.model.column_of("due")).data()
    assert shown == "31 Mar 2009"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("percent", "1,2", "% done: “1,2” is not a percentage; write it as 35%."),
        ("percent", "0,5", "% done: “0,5” is not a percentage: a comma groups thousands, as in 1,200. Write 0.5 if"),
        ("percent", "1", "% done: 1 may mean 1% or 100%; write it with the % sign."),
        ("due", "31/3/101", "Due: “31/3/101” is not a date: a year has four digits, or the last two of 20xx."),
        ("due", "03/31/2009", "Due: “03/31/2009” has no such month, read day before month. Is 31 March 2009 meant?"),
    ],
)
def test_what_may_be_misread_is_refused(page: DeliveryPage, field: str, text: str, sentence: str) -> None:
    before = activity(page, "2.01")
    go(page, "2.01", field)
    write(text)
    press(Key.Key_Return)
    assert page.sentence.text().startswith(sentence)
    assert activity(page, "2.01") == before


def test_a_date_that_moves_again_asks_why_and_escape_leaves_it(
    page: DeliveryPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["", "No builder came"]

    def answer(dialog: DateMovesDialog) -> int:
        dialog.reason.setText(answers.pop(0))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(DateMovesDialog, "exec", answer)
    due = []
    for text in ("31/10/2008", "30/11/2008", "30/11/2008"):
        go(page, "1.01", "due")
        write(text)
        press(Key.Key_Return)
        due.append(activity(page, "1.01").due)
    assert due == [date(2008, 10, 31), date(2008, 10, 31), date(2008, 11, 30)]
    assert answers == []
    told = [(move.now, move.reason) for move in workspace.read(monitored.moves)[key_of(page, "1.01")]]
    assert told == [(date(2008, 10, 31), ""), (date(2008, 11, 30), "No builder came")]


def test_many_cells_are_one_step_with_a_name(page: DeliveryPage, workspace: Workspace) -> None:
    go(page, "2.01", "percent")
    page.grid.does.select_column()
    write("50%")
    press(Key.Key_Return, Mod.ControlModifier)
    assert {row.percent for row in page.model.rows} == {50}
    assert workspace.undo_label == "change % done of 4 activities to 50"


def test_the_panel_shows_the_whole_and_keeps_what_is_typed_there(page: DeliveryPage, workspace: Workspace) -> None:
    page.select(key_of(page, "1.01"))
    panel = page.panel
    assert panel.text.toPlainText() == "Do thing 0"
    assert len(panel.milestones.model.rows) == 1
    due = panel.fields["due"].editor  # type: ignore[union-attr]
    due.setFocus()
    due.selectAll()
    write("nonsense")
    press(Key.Key_Return)
    assert "is not a date" in panel.sentence.text()
    assert due.text() == "nonsense"
    assert panel.sentence.geometry().bottom() < panel.viewport().geometry().top()
    assert panel.viewport().rect().contains(due.mapTo(panel.viewport(), due.rect().center()))
    due.selectAll()
    write("1/6")
    press(Key.Key_Return)
    assert activity(page, "1.01").due == date(2008, 6, 1)
    assert workspace.undo_label == "change due of activity 1.01 to 1 Jun 2008"
    assert not panel.sentence.isVisible()
    assert "change due of activity 1.01" in panel.history.text()


def test_the_panel_stays_with_its_activity_while_the_table_is_on_a_head(page: DeliveryPage) -> None:
    go(page, "1.01", "text")
    page.grid.go(page.model.index(next(iter(page.model.heads())), 0))
    due = page.panel.fields["due"].editor  # type: ignore[union-attr]
    due.setFocus()
    due.selectAll()
    write("1/6")
    press(Key.Key_Return)
    assert activity(page, "1.01").due == date(2008, 6, 1)
    assert page.panel.text.toPlainText() == "Do thing 0"
    assert due.isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("key", "mod"), [(Key.Key_Return, Mod.NoModifier), (Key.Key_Down, Mod.AltModifier)])
def test_a_list_of_the_panel_opens_by_its_keys(key: Qt.Key, mod: Qt.KeyboardModifier, page: DeliveryPage) -> None:
    page.select(key_of(page, "1.01"))
    page.panel.fields["status_id"].setFocus()
    press(key, mod)
    write("at r")
    press(Key.Key_Return)
    assert activity(page, "1.01").status == "At risk"


def test_milestones_and_updates_are_edited_in_the_panel(page: DeliveryPage, workspace: Workspace) -> None:
    page.select(key_of(page, "1.01"))
    panel = page.panel
    QTest.mouseClick(panel.milestones.add, Qt.MouseButton.LeftButton)
    write("Second step")
    press(Key.Key_Tab)
    write("1/9/08")
    press(Key.Key_Return)
    rows = workspace.read(queries.milestones, None, key_of(page, "1.01"))
    assert [(row.title, row.due) for row in rows][1] == ("Second step", date(2008, 9, 1))
    assert activity(page, "1.01").milestones == 2
    QTest.mouseClick(panel.updates.add, Qt.MouseButton.LeftButton)
    write("Half done")
    press(Key.Key_Return)
    assert workspace.read(queries.updates, key_of(page, "1.01"))[0].done == "Half done"
    panel.milestones.grid.setFocus()
    panel.milestones.grid.does.delete_rows()
    assert workspace.undo_label == "delete a milestone of 1.01"


def test_links_are_made_followed_and_cut(page: DeliveryPage, qtbot: QtBot) -> None:
    page.select(key_of(page, "1.01"))
    pane = page.panel.links
    pane.line.setFocus()
    write("2.02, P2")
    press(Key.Key_Return)
    assert activity(page, "1.01").linked == ("2.02",)
    assert page.signals.workspace.undo_label == "link activity 1.01 to 2.02 and P2"
    assert thread_lines(pane.tree) == [
        "Serves (2)", "  P1 (its home)  Harm", "  P2  Trust",
        "Depends on (1)", "  2.02  Do thing 3",
    ]  # fmt: skip
    go_to_line(pane.tree, 1, 0)
    with qtbot.waitSignal(page.went) as went:
        press(Key.Key_Return)
    assert went.args == ["activity", key_of(page, "2.02")]
    press(Key.Key_Delete)
    assert activity(page, "1.01").linked == ()
    assert page.signals.workspace.undo_label == "unlink activity 1.01 from 2.02"
    go_to_line(pane.tree, 0, 0)
    press(Key.Key_Delete)
    assert "An activity serves its home by standing there" in page.panel.sentence.text()


def test_a_reference_typed_to_link_to_stays_with_its_activity(page: DeliveryPage) -> None:
    page.select(key_of(page, "1.01"))
    line = page.panel.links.line
    line.setFocus()
    write("2.02")
    page.select(key_of(page, "1.02"))
    assert activity(page, "1.01").linked == ("2.02",)
    assert activity(page, "1.02").linked == ()
    assert line.text() == ""
    line.setFocus()
    write("9.99")
    page.select(key_of(page, "1.01"))
    assert line.text() == ""
    assert not page.commit_pending()
    page.select(key_of(page, "1.02"))
    assert line.text() == "9.99"
    line.clear()
    assert page.commit_pending()


def test_a_milestone_is_given_a_period_a_status_and_an_owner_in_its_cells(
    page: DeliveryPage, workspace: Workspace
) -> None:
    """A quarter typed where a day stands is shown as it was typed; one undo takes it back."""
    page.select(key_of(page, "1.01"))
    steps = page.panel.milestones
    step = steps.model.rows[0].key
    for field, text in (
        ("due", "q3 08/09"),
        ("status_id", "On track"),
        ("percent", "40"),
        ("owner_id", "ACC Security"),
    ):
        assert steps.grid.select(step, field)
        steps.grid.setFocus()
        write(text)
        press(Key.Key_Return)
    (row,) = workspace.read(queries.milestones, None, key_of(page, "1.01"))
    assert (row.due, row.status, row.percent, row.owner) == (Q3, "On track", 40, "ACC Security")
    shown = {column.field: column.show(row) for column in steps.model.columns}
    assert (shown["due"], shown["owner_id"]) == ("Q3 2008-09", "ACC Security")
    for _ in range(4):
        workspace.undo()
    assert workspace.read(queries.milestones, None, key_of(page, "1.01"))[0].due == date(2008, 5, 1)


def test_what_the_panel_refused_waits_at_its_activity_and_is_asked_about(page: DeliveryPage) -> None:
    page.select(key_of(page, "1.01"))
    steps = page.panel.milestones
    assert steps.grid.select(steps.model.rows[0].key, "due")
    steps.grid.setFocus()
    write("nonsense")
    page.select(key_of(page, "2.02"))
    assert not page.commit_pending()
    page.select(key_of(page, "1.01"))
    assert [waiting.text for waiting in steps.model.pending.values()] == ["nonsense"]
    assert not page.commit_pending()
    steps.model.give_up(list(steps.model.pending))
    assert page.commit_pending()


def test_a_date_the_panel_refused_is_asked_about_before_the_plan_is_closed(page: DeliveryPage) -> None:
    page.select(key_of(page, "1.01"))
    due = page.panel.fields["due"].editor  # type: ignore[union-attr]
    due.setFocus()
    due.selectAll()
    write("nonsense")
    assert not page.commit_pending()
    page.select(key_of(page, "1.02"))
    assert not page.commit_pending()
    page.select(key_of(page, "1.01"))
    assert due.text() == "nonsense"
    due.setFocus()
    press(Key.Key_Escape)
    assert page.commit_pending()


def test_going_to_an_activity_clears_a_filter_that_hides_it(page: DeliveryPage, qtbot: QtBot) -> None:
    page.filter.setText('"thing 0"')
    assert refs(page) == ["1.01"]
    with qtbot.waitSignals([page.selected, page.visible_changed]):
        assert page.select(key_of(page, "2.02"))
    assert page.filter.text() == ""
    assert not page.select("nothing of this year")


def test_how_the_tab_is_left_is_how_it_is_found(page: DeliveryPage, qtbot: QtBot) -> None:
    page.filter.setText("thing")
    page.group.setCurrentIndex(2)
    page.group.activated.emit(2)
    page.show_panel.setChecked(False)
    state = page.save_state()
    other = DeliveryPage(page.signals, 2008, TODAY)
    qtbot.addWidget(other)
    other.restore_state(state)
    assert other.filter.text() == "thing"
    assert other.group.currentText() == "Status"
    assert other.panel.isHidden()
    assert other.save_state()["grid"] == state["grid"]


def test_a_plan_for_reading_only_says_why_and_lets_nothing_be_typed(workspace: Workspace, qtbot: QtBot) -> None:
    with Workspace.open(workspace.path, read_only=True) as reading:
        signals = PlanSignals(reading)
        page = DeliveryPage(signals, 2008, TODAY)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        go(page, "1.01", "text")
        write("x")
        assert page.sentence.text() == "This plan is open for reading only; nothing can be changed here."
        assert not page.add.isEnabled()
        assert page.panel.text.isReadOnly()
        signals.stop()


def test_rows_keep_their_height_when_a_head_is_folded(qtbot: QtBot, worked: Path) -> None:
    with Workspace.open(worked) as workspace:
        page = DeliveryPage(PlanSignals(workspace), 2008)
        qtbot.addWidget(page)
        page.show()
        page.filter.setText("owner:crime")
        page.model.fold("To protect our communities from serious harm", folded=True)
        header, heads = page.grid.verticalHeader(), set(page.model.heads())
        heights: dict[bool, set[int]] = {True: set(), False: set()}
        for line in range(page.model.rowCount()):
            heights[line in heads].add(header.sectionSize(line))
        assert all(len(values) == 1 for values in heights.values()), heights
        assert min(heights[False]) > max(heights[True])
        page.hide()


def test_escape_after_add_leaves_nothing(page: DeliveryPage, workspace: Workspace) -> None:
    before = workspace.revision()
    rows = page.visible_keys()
    for leave in (Key.Key_Escape, Key.Key_Return, Key.Key_Tab):
        page.grid.select(rows[1], "text")
        page.grid.setFocus()
        press(Key.Key_Insert)
        assert page.model.line_of("new") == page.model.line_of(rows[1]) + 1
        press(leave)
        QApplication.processEvents()
        assert page.model.line_of("new") == -1 or leave == Key.Key_Tab
    page.grid.select(rows[0], "text")
    QApplication.processEvents()
    assert page.model.line_of("new") == -1
    assert page.visible_keys() == rows
    assert workspace.revision() == before
    assert page.grid.current() is not None


def test_a_new_activity_goes_on_by_tab_in_its_own_row(page: DeliveryPage, workspace: Workspace) -> None:
    page.grid.select(page.visible_keys()[3], "text")
    page.grid.setFocus()
    press(Key.Key_Insert)
    write("Begin something")
    press(Key.Key_Tab)
    write("acc crime")
    press(Key.Key_Return)
    made = next(row for row in workspace.read(queries.activities, 2008) if row.text == "Begin something")
    assert made.owners == ("ACC Crime",)
    assert [step.label for step in workspace.history()[:2]][1] == "add an activity"


def test_a_new_row_that_is_refused_is_kept_on_screen_and_given_up_by_escape(
    page: DeliveryPage, workspace: Workspace
) -> None:
    before = workspace.revision()
    page.grid.select(page.visible_keys()[0], "text")
    page.grid.setFocus()
    press(Key.Key_Insert)
    page.grid.select("new", "percent")
    write("50")
    press(Key.Key_Return)
    assert page.model.has_unkept
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert not page.model.has_unkept
    page.model.forget_draft()
    assert workspace.revision() == before


def test_an_activity_begun_on_a_head_serves_its_priority(page: DeliveryPage, workspace: Workspace) -> None:
    head = list(page.model.heads())[-1]
    priority = page.model.row_at(head + 1).priority
    page.grid.go(page.model.index(head, 0))
    page.grid.setFocus()
    press(Key.Key_Insert)
    write("Of the last priority")
    press(Key.Key_Return)
    made = next(row for row in workspace.read(queries.activities, 2008) if row.text == "Of the last priority")
    assert made.priority == priority


def test_the_reference_follows_the_priority_on_request(page: DeliveryPage, workspace: Workspace) -> None:
    row = page.model.rows[0]
    page.select(row.key)
    assert page.panel.follow.isHidden()
    other = page.lists.priorities[-1]
    page.panel._set("priority_id", other.value)
    assert page.row(row.key).ref == row.ref
    field = page.panel.fields["priority_id"]
    assert isinstance(field, ListField)
    assert field.text() == other.title
    assert not page.panel.follow.isHidden()
    page.panel.follow.click()
    assert page.row(row.key).ref.startswith("2.")
    assert page.panel.follow.isHidden()


def test_a_milestone_begun_and_left_by_escape_is_none(page: DeliveryPage, workspace: Workspace) -> None:
    before = workspace.revision()
    page.select(page.model.rows[0].key)
    page.panel.milestones.add.click()
    press(Key.Key_Escape)
    QApplication.processEvents()
    assert workspace.revision() == before
    page.panel.milestones.add.click()
    write("First draft")
    press(Key.Key_Tab)
    write("1/2/2009")
    press(Key.Key_Return)
    steps = workspace.read(queries.milestones, None, page.model.rows[0].key)
    assert [(step.title, str(step.due)) for step in steps][-1] == ("First draft", "2009-02-01")


def test_a_row_that_a_filter_hid_while_the_plan_changed_is_shown_beside_the_table_again(page: DeliveryPage) -> None:
    first = key_of(page, "1.01")
    assert page.select(first)
    page.filter.setText("nothing holds this")
    page.signals.edit("reword", rows.change, Activity, key_of(page, "1.02"), text="Do it otherwise")
    page.refresh()
    assert page.panel.row is None
    page.filter.clear()
    assert page.select(first)
    assert page.panel.row is not None
    assert page.panel.row.key == first
    assert page.panel.milestones.grid.table.rowCount() == 1


def test_the_day_after_what_is_proposed_is_read_anew(
    page: DeliveryPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [date(2008, 4, 2)]

    class SomeDay(date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(days[-1].toordinal())

    monkeypatch.setattr(identity, "date", SomeDay)
    page.refresh()
    key, proposals = key_of(page, "1.01"), page.lists.proposals
    before = proposals()[key]
    assert proposals()[key] is before
    days.append(date(2009, 3, 30))
    assert proposals()[key].sentence != before.sentence
    late = proposals()
    days.append(date(2008, 4, 2))
    page.lists.renew([key])
    assert proposals() is not late
    assert proposals()[key] == before
