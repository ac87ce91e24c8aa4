"""The history by real keys: what each step changed in words, a step put back, and as little read as is looked at."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers, results, rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.posts import Post
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history import seen_steps, step_words
from spp_desktop.ui.history.changes import READ_AT_ONCE, SHOWN_AT_MOST
from spp_desktop.ui.history.page import HistoryPage

Key = Qt.Key


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> HistoryPage:
    return shown(qtbot, signals)


def shown(qtbot: QtBot, signals: PlanSignals) -> HistoryPage:
    page = HistoryPage(signals)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def rename(signals: PlanSignals, title: str) -> None:
    post = signals.read(queries.register, Post)[0]
    signals.edit(f"rename to {title}", registers.change, Post, post.id, title=title)


def enter(signals: PlanSignals, number: int) -> None:
    """Results of so many months of the one indicator, as one step."""
    indicator = signals.read(queries.indicators)[0].key
    begins = [date(1940 + n // 12, n % 12 + 1, 1) for n in range(number)]
    days = [{"period_from": day, "period_to": month_end(day)} for day in begins]
    signals.edit("enter", results.enter, [{"indicator_id": indicator, "value": 1.0, **each} for each in days])


def line(model: QAbstractItemModel, row: int = 0) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def labels(page: HistoryPage) -> list[str]:
    return [line(page.model, row)[2] for row in range(page.model.rowCount())]


def test_what_a_step_changed_is_shown_in_words_and_put_back(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "ACC Serious Crime")
    page.select(signals.workspace.revision())
    assert line(page.model)[2:5] == ["Rename to ACC Serious Crime", "1", "post"]
    assert line(page.panel.model) == ["post ACC Serious Crime", "post", "ACC Crime", "ACC Serious Crime"]
    page.undo_button.setFocus()
    QTest.keyClick(page.undo_button, Key.Key_Space)
    assert signals.read(queries.register, Post)[0].title == "ACC Crime"
    assert labels(page)[0] == "Put back: rename to ACC Serious Crime"
    assert page.panel.heading.text().endswith("Put back: rename to ACC Serious Crime")


def test_why_a_step_cannot_be_put_back_is_said(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    rename(signals, "Two")
    page.focus_filter()
    QTest.keyClicks(page.filter, "rename one")
    assert labels(page) == ["Rename to One"]
    page.undo_action.trigger()
    assert "changed since" in page.sentence.text()
    assert page.sentence.isVisible()
    assert signals.read(queries.register, Post)[0].title == "Two"
    page.clear_filter()
    QTest.keyClick(page.grid, Key.Key_Up)
    assert not page.sentence.isVisible(), "it was about another step"


def test_no_step_matches(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    page.filter.setText("no such step")
    assert page.model.rowCount() == 0
    QApplication.processEvents()
    assert page.searched.whole()
    assert page.empty_text.text() == "No step holds “no such step”."
    assert not page.undo_button.isEnabled()
    assert not page.undo_action.isEnabled()
    assert page.panel.model.rowCount() == 0
    page.empty_button.click()
    assert labels(page)[0] == "Rename to One"
    assert page.undo_button.isEnabled()


def test_a_step_that_built_the_plan_is_not_put_back(page: HistoryPage) -> None:
    assert labels(page)[-2:] == ["Set up a small plan", "Begin the plan"]
    assert not page.undo_button.isEnabled()


def test_stepping_by_keys(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    rename(signals, "Two")
    page.select(signals.workspace.revision())
    QTest.keyClick(page.grid, Key.Key_Down)
    assert line(page.panel.model)[2:] == ["ACC Crime", "One"]
    QTest.keyClick(page.grid, Key.Key_Up)
    assert line(page.panel.model)[2:] == ["One", "Two"]


def test_undone_and_done_again(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    signals.workspace.undo()
    signals.workspace.redo()
    assert labels(page)[:3] == ["Redo: rename to One", "Undo: rename to One", "Rename to One"]


def test_a_moved_reference_is_said_by_name(page: HistoryPage, signals: PlanSignals) -> None:
    row, status = signals.read(queries.activities)[0], signals.read(queries.statuses)[1]
    signals.edit("change status", rows.change, Activity, row.key, status_id=status.key)
    page.select(signals.workspace.revision())
    assert line(page.panel.model) == [f"activity {row.ref}", "status", "", status.title]


def test_only_what_is_looked_at_is_read(page: HistoryPage, signals: PlanSignals) -> None:
    enter(signals, 2 * SHOWN_AT_MOST)
    statements: list[str] = []
    signals.workspace._raw.set_trace_callback(statements.append)
    page.select(signals.workspace.revision())
    QApplication.processEvents()
    signals.workspace._raw.set_trace_callback(None)
    assert line(page.model)[3] == f"{2 * SHOWN_AT_MOST:,}"
    changes = page.panel.model
    lines_of_a_result = changes.rowCount() // READ_AT_ONCE
    assert 4 <= lines_of_a_result <= 8
    assert 0 < len(statements) < 3 * READ_AT_ONCE, "it reads more than the rows of which it tells"
    for place in range(SHOWN_AT_MOST // READ_AT_ONCE):
        assert changes.rowCount() >= (place + 1) * READ_AT_ONCE * lines_of_a_result
        page.panel.changes.scrollToBottom()
        QApplication.processEvents()
    assert changes.rowCount() == SHOWN_AT_MOST * lines_of_a_result + 1
    assert line(changes, changes.rowCount() - 1) == [f"and {SHOWN_AT_MOST} more", "", "", ""]
    assert not changes.canFetchMore()


def test_all_of_a_step_of_just_so_many_changes(page: HistoryPage, signals: PlanSignals) -> None:
    enter(signals, READ_AT_ONCE)
    page.select(signals.workspace.revision())
    assert not page.panel.model.canFetchMore()
    assert line(page.panel.model, page.panel.model.rowCount() - 1)[0] == "result “01/02/1944” of R1"


def test_what_happens_while_it_is_hidden_is_read_when_it_is_seen(page: HistoryPage, signals: PlanSignals) -> None:
    page.hide()
    steps = page.model.rowCount()
    rename(signals, "One")
    assert page.model.rowCount() == steps
    page.show()
    assert page.model.rowCount() == steps + 1
    page.hide()
    rename(signals, "Two")
    assert page.select(signals.workspace.revision()), "a step is gone to though the page is not seen"


def test_who_looks_at_the_newest_step_goes_on_to_what_is_done_next(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    assert page.panel.heading.text().endswith("Rename to One")
    signals.workspace.undo()
    assert page.panel.heading.text().endswith("Undo: rename to One")
    QTest.keyClick(page.grid, Key.Key_Down)
    rename(signals, "Two")
    assert page.panel.heading.text().endswith(": Rename to One"), "who looks at an older one stays with it"


def test_rows_are_called_what_they_are_called_now(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    step = signals.workspace.revision()
    rename(signals, "Two")
    page.select(step)
    assert line(page.panel.model) == ["post Two", "post", "ACC Crime", "One"]
    rename(signals, "Three")
    assert line(page.panel.model) == ["post Three", "post", "ACC Crime", "One"]


def test_a_plan_for_reading_only(qtbot: QtBot, workspace: Workspace) -> None:
    rename(PlanSignals(workspace), "One")
    workspace.close()
    with Workspace.open(workspace.path, read_only=True) as reading:
        page = shown(qtbot, PlanSignals(reading))
        assert line(page.panel.model)[2:] == ["ACC Crime", "One"]
        assert not page.undo_button.isEnabled()


def test_it_is_left_and_found_again(qtbot: QtBot, page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    page.filter.setText("rename")
    page.show_panel.setChecked(False)
    page.model.sort(page.model.column_of("cells"))
    again = shown(qtbot, signals)
    again.restore_state(page.save_state())
    assert labels(again) == ["Rename to One"]
    assert again.filter.text() == "rename"
    assert not again.panel.isVisible()


def test_its_panes_and_its_place_in_the_menus(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    assert [pane.isVisible() for pane in page.panes()] == [True, True, True]
    assert "&Undo this step" in [action.text() for action in page.actions()]
    assert page.summary() == "3 steps"


def test_nothing_is_typed_into_the_record(page: HistoryPage, signals: PlanSignals) -> None:
    before = signals.workspace.revision()
    QTest.keyClicks(page.grid, "x")
    QTest.keyClick(page.grid, Key.Key_Delete)
    assert signals.workspace.revision() == before
    assert not page.model.pending


def test_a_milestone_that_is_gone_is_called_what_it_was(page: HistoryPage, signals: PlanSignals) -> None:
    milestone = next(row for row in signals.read(queries.register, Milestone) if row.title == "First step of 1.01")
    signals.edit("move it", rows.change, Milestone, milestone.id, due=date(2009, 1, 1))
    moved = signals.workspace.revision()
    signals.edit("drop it", rows.remove, Milestone, milestone.id)
    page.select(moved)
    name = "milestone “First step of 1.01” of 1.01"
    assert line(page.panel.model) == [name, "due", "01/07/2008", "01/01/2009"]


def test_steps_are_grouped_by_who_and_by_what_they_changed(page: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One")
    for field, head in (("author", signals.workspace.history()[0].author), ("of", "post"), ("kind", "Edit")):
        page.group.setCurrentIndex(page.group.findData(field))
        page.group.activated.emit(page.group.currentIndex())
        first = page.model.group_at(0)
        assert first is not None
        assert first.title == head
    assert page.row_keys()
    asked: list[object] = []
    page.asked.connect(asked.append)
    page.select(signals.workspace.revision())
    page.see_button.click()
    assert len(asked) == 1


@pytest.fixture
def long(qtbot: QtBot, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch) -> HistoryPage:
    """The page of a plan with forty steps more, of which it reads a few at first.

    Their numbers are none that a time of day or a date can hold, since both are among what is sought.
    """
    for n in range(60, 100):
        rename(signals, f"Post {n}")
    monkeypatch.setattr(seen_steps, "AT_FIRST", 25)
    monkeypatch.setattr(step_words, "BARE", 4)
    return shown(qtbot, signals)


def sought(page: HistoryPage, text: str) -> list[str]:
    page.filter.setText(text)
    while not page.searched.whole():
        QApplication.processEvents()
    return labels(page)


def test_only_the_newest_steps_are_read_until_more_are_asked_for(long: HistoryPage, signals: PlanSignals) -> None:
    assert labels(long) == [f"Rename to Post {n}" for n in range(99, 74, -1)]
    assert long.summary() == "the newest 25 steps; older ones come as you go down"
    assert long.titled()[1][0] == "Not all steps: the newest 25 steps; older ones come as you go down."
    oldest = long.model.rows[-1].key
    long.grid.select(oldest)
    QTest.keyClick(long.grid, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert labels(long)[-2:] == ["Set up a small plan", "Begin the plan"]
    assert long.current().key == oldest, "who is at a step stays with it"
    assert long.summary() == "42 steps"
    rename(signals, "One more")
    assert labels(long)[0] == "Rename to One more"
    assert len(labels(long)) == 43


def test_an_older_step_is_gone_to_and_new_ones_come_on_top(long: HistoryPage, signals: PlanSignals) -> None:
    rename(signals, "One more")
    assert len(labels(long)) == 26
    first = signals.workspace.history()[-3]
    assert long.select(first.id)
    assert long.panel.heading.text().endswith("Rename to Post 60")
    assert labels(long) == [
        step[:1].upper() + step[1:] for step in [each.label for each in signals.workspace.history()]
    ]
    assert not long.select("no step")


def test_older_steps_are_found_by_their_words_and_by_their_cells(long: HistoryPage, signals: PlanSignals) -> None:
    assert sought(long, "post 63") == ["Rename to Post 64", "Rename to Post 63"], "what was in the cell is found too"
    assert long.summary() == "2 steps found"
    rename(signals, "One more")
    assert "Rename to Post 63" in labels(long)
    assert sought(long, 'what:"post 67"') == ["Rename to Post 68", "Rename to Post 67"]
    assert sought(long, "no such step") == []
    assert long.empty_text.text() == "No step holds “no such step”."
    long.clear_filter()
    assert len(labels(long)) == 26
    assert not long.seen.found


def test_no_more_older_steps_are_sought_than_are_looked_at(long: HistoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_words, "MOST_FOUND", 5)
    long.filter.setText("rename")
    while len(long.seen.found) < 5:
        QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
    assert 5 <= len(long.seen.found) < 10
    assert "steps found so far" in long.summary()
    long.grid.scrollToBottom()
    while len(long.seen.found) < 15:
        QApplication.processEvents()


def test_what_is_arranged_is_so_among_all_steps(long: HistoryPage) -> None:
    long.model.choose("label", ["Rename to Post 63"])
    assert labels(long) == ["Rename to Post 63"]
    assert long.seen.whole
    long.model.show_all()
    long.model.sort(long.model.column_of("at"))
    assert labels(long)[0] == "Begin the plan"
    long.model.group_by("kind")
    assert {head.title for at in long.model.heads() if (head := long.model.group_at(at))} == {"Edit", "Begun"}
