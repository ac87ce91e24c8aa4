"""The page of priorities by real keys: typed in place, added, moved, deleted, filtered, and nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from spp_desktop.edits import priorities, registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.levels import Level
from spp_desktop.plan.priorities import Note, PriorityAlias
from spp_desktop.store import queries
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.priorities.kinds import TreeItem
from spp_desktop.ui.priorities.page import PrioritiesPage

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace

Key = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def signals(workspace: "Workspace") -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> PrioritiesPage:
    made = PrioritiesPage(signals)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    made.view.setFocus()
    qtbot.waitUntil(made.view.hasFocus)
    return made


def find(page: PrioritiesPage, text: str) -> TreeItem:
    return next(item for item in page._model.items() if item.text == text)


def go(page: PrioritiesPage, text: str) -> TreeItem:
    item = find(page, text)
    assert page.select(item.key)
    return item


def type_in(page: PrioritiesPage, text: str, end: Qt.Key = Key.Key_Return) -> None:
    editor = page.view._delegate.editor
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, end)


def texts(page: PrioritiesPage, kind: str) -> list[str]:
    return [item.text for item in page._model.items() if item.kind == kind]


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


def test_the_tree_says_what_each_row_is(page: PrioritiesPage) -> None:
    index = page._model.index_of(find(page, "Serious harm"))
    assert index.data() == "Serious harm"
    assert index.siblingAtColumn(1).data() == "Priority, 1 theme"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Priority, 1 theme: Serious harm"
    assert page.summary() == "2 priorities · 2 themes · 2 commitments"


@pytest.mark.parametrize("start", [Key.Key_F2, Key.Key_Return])
def test_a_row_is_renamed_in_place_and_can_be_undone(page: PrioritiesPage, signals: PlanSignals, start: Qt.Key) -> None:
    key = go(page, "Serious harm: people").key
    press(page.view, start)
    type_in(page, "Violent crime")
    item = page.view.current()
    assert item is not None
    assert (item.key, item.text) == (key, "Violent crime")
    assert page.view.hasFocus()
    assert signals.workspace.undo_label == "rename theme Serious harm: people"
    signals.workspace.undo()
    assert "Serious harm: people" in texts(page, "theme")


def test_typing_replaces_and_tab_keeps_and_moves_on(page: PrioritiesPage) -> None:
    go(page, "Serious harm: people")
    page.view.expandAll()
    press(page.view, Key.Key_R)
    type_in(page, "oads", Key.Key_Tab)
    assert "roads" in texts(page, "theme")
    current = page.view.current()
    assert current is not None
    assert current.text == "We will attend to serious harm"


def test_escape_gives_up(page: PrioritiesPage, signals: PlanSignals) -> None:
    before = signals.workspace.revision()
    go(page, "Serious harm")
    press(page.view, Key.Key_F2)
    type_in(page, "Nonsense", Key.Key_Escape)
    assert texts(page, "priority") == ["Serious harm", "Local policing"]
    assert signals.workspace.revision() == before


def test_what_is_refused_stays_in_the_editor_with_the_sentence(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Serious harm")
    press(page.view, Key.Key_F2)
    editor = page.view._delegate.editor
    assert editor is not None
    editor.setPlainText("x" * 301)
    press(editor, Key.Key_Return)
    assert editor.isVisible()
    assert editor.toPlainText() == "x" * 301
    assert page._notice.text() == "Priority may have at most 300 characters."
    assert not page.commit_pending()
    editor.setPlainText("Short enough")
    press(editor, Key.Key_Return)
    assert "Short enough" in texts(page, "priority")
    assert page._notice.isHidden()
    assert page.commit_pending()


def test_what_is_refused_on_leaving_shows_as_not_kept_and_comes_back_on_f2(page: PrioritiesPage) -> None:
    item = go(page, "Serious harm")
    press(page.view, Key.Key_F2)
    editor = page.view._delegate.editor
    assert editor is not None
    editor.setPlainText("y" * 301)
    page._filter.setFocus()
    assert page._model.index_of(item).data() == "y" * 301 + " (not kept)"
    page.view.setFocus()
    press(page.view, Key.Key_F2)
    again = page.view._delegate.editor
    assert again is not None
    assert again.toPlainText() == "y" * 301
    press(again, Key.Key_Escape)
    assert page._model.index_of(item).data() == "Serious harm"


def test_insert_adds_a_sibling_after_and_writes_it_when_it_has_text(page: PrioritiesPage, signals: PlanSignals) -> None:
    before = signals.workspace.revision()
    go(page, "Serious harm")
    press(page.view, Key.Key_Insert)
    assert signals.workspace.revision() == before
    type_in(page, "Acquisitive crime")
    assert texts(page, "priority") == ["Serious harm", "Acquisitive crime", "Local policing"]
    current = page.view.current()
    assert current is not None
    assert current.text == "Acquisitive crime"
    assert signals.workspace.undo_label == "add priority Acquisitive crime"


def test_an_added_row_without_text_leaves_nothing(page: PrioritiesPage, signals: PlanSignals) -> None:
    before = signals.workspace.revision()
    go(page, "Serious harm")
    press(page.view, Key.Key_Insert)
    assert page._model.rowCount() == 4
    type_in(page, "", Key.Key_Escape)
    assert page._model.rowCount() == 3
    press(page.view, Key.Key_Insert)
    page._filter.setFocus()
    assert page._model.rowCount() == 3
    assert signals.workspace.revision() == before


def test_a_refused_new_row_stays_and_can_be_given_up(page: PrioritiesPage) -> None:
    go(page, "Serious harm: people")
    press(page.view, Key.Key_Plus, CTRL)
    editor = page.view._delegate.editor
    assert editor is not None
    editor.setPlainText("z" * 400)
    page._filter.setFocus()
    assert page._model.draft is not None
    assert "at most 300" in page._notice.text()
    assert not page.commit_pending()
    page.view.setFocus()
    press(page.view, Key.Key_Delete)
    assert page._model.draft is None
    assert page.commit_pending()


def test_add_under_makes_a_theme_and_then_a_commitment(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Local policing")
    press(page.view, Key.Key_Return, CTRL)
    type_in(page, "Neighbourhoods")
    press(page.view, Key.Key_Insert, ALT)
    type_in(page, "We will meet every neighbourhood")
    tree = signals.read(queries.priority_tree)
    added = tree[1].children[-1]
    assert added.text == "Neighbourhoods"
    assert [child.text for child in added.children] == ["We will meet every neighbourhood"]


def test_themes_move_in_and_out_as_deep_as_the_levels_reach(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Local policing: people")
    press(page.view, Key.Key_Insert)
    type_in(page, "Buildings")
    press(page.view, Key.Key_Right, ALT)
    assert "No level of this plan stands below that." in page._notice.text()
    assert len(signals.read(queries.priority_tree)[1].children) == 2
    signals.edit("add a level", registers.add, Level, {"title": "Part", "plural": "Parts"})
    press(page.view, Key.Key_Right, ALT)
    [theme] = signals.read(queries.priority_tree)[1].children
    assert [child.text for child in theme.children] == ["We will attend to local policing", "Buildings"]
    current = page.view.current()
    assert current is not None
    assert current.text == "Buildings"
    press(page.view, Key.Key_Left, ALT)
    assert [child.text for child in signals.read(queries.priority_tree)[1].children] == [
        "Local policing: people",
        "Buildings",
    ]


def test_rows_move_up_and_down_and_say_where_they_cannot(page: PrioritiesPage) -> None:
    go(page, "Serious harm")
    press(page.view, Key.Key_Down, ALT)
    assert texts(page, "priority") == ["Local policing", "Serious harm"]
    press(page.view, Key.Key_Down, ALT)
    assert "cannot go further down" in page._notice.text()
    press(page.view, Key.Key_Up, ALT)
    assert texts(page, "priority") == ["Serious harm", "Local policing"]


def test_a_drop_moves_a_commitment_to_another_theme(page: PrioritiesPage, signals: PlanSignals) -> None:
    model = page._model
    commitment = find(page, "We will attend to serious harm")
    data = model.mimeData([model.index_of(commitment)])
    theme = model.index_of(find(page, "Local policing: people"))
    priority = model.index_of(find(page, "Local policing"))
    move = Qt.DropAction.MoveAction
    assert not model.canDropMimeData(data, move, -1, 0, model.index_of(find(page, "Narrative sections")))
    assert model.canDropMimeData(data, move, -1, 0, priority)
    assert model.canDropMimeData(data, move, -1, 0, theme)
    model.dropMimeData(data, move, 0, 0, theme)
    assert [c.text for c in signals.read(queries.priority_tree)[1].children[0].children] == [
        "We will attend to serious harm",
        "We will attend to local policing",
    ]


def test_a_theme_cannot_be_dropped_into_itself(page: PrioritiesPage) -> None:
    model = page._model
    theme = model.index_of(find(page, "Serious harm: people"))
    data = model.mimeData([theme])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, theme)


def test_delete_says_what_hangs_on_it_first(
    page: PrioritiesPage, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(_: QWidget, sentence: str, verb: str, *, detail: str = "") -> bool:
        asked.append((sentence, verb))
        return len(asked) > 1

    monkeypatch.setattr(question, "ask", ask)
    go(page, "Serious harm")
    press(page.view, Key.Key_Delete)
    assert texts(page, "priority") == ["Serious harm", "Local policing"]
    press(page.view, Key.Key_Minus, CTRL)
    [first, second] = asked
    assert first == second
    assert first[1] == "Delete"
    assert first[0].startswith("Delete priority “Serious harm” and its ")
    for loss in ("1 theme", "1 commitment", "2 activities", "2 milestones"):
        assert loss in first[0]
    assert texts(page, "priority") == ["Local policing"]
    current = page.view.current()
    assert current is not None
    assert current.text == "Local policing"
    signals.workspace.undo()
    assert texts(page, "priority") == ["Serious harm", "Local policing"]


def test_what_nothing_hangs_on_is_deleted_without_a_question(
    page: PrioritiesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "ask", lambda *_, **__: pytest.fail("asked"))
    go(page, "We will attend to serious harm")
    press(page.view, Key.Key_Delete)
    assert texts(page, "commitment") == ["We will attend to local policing"]


def test_the_filter_narrows_and_gives_back_what_was_open(page: PrioritiesPage) -> None:
    page.view.open_only([])
    page.focus_filter()
    assert page._filter.hasFocus()
    QTest.keyClicks(page._filter, "attend local")
    assert texts(page, "commitment") == ["We will attend to local policing"]
    assert texts(page, "priority") == ["Local policing"]
    assert page.view.isExpanded(page._model.index_of(find(page, "Local policing: people")))
    press(page._filter, Key.Key_Escape)
    assert page.view.opened() == []
    QTest.keyClicks(page._filter, "no such words")
    assert "Nothing here holds “no such words”" in page._notice.text()


def test_selecting_what_the_filter_hides_clears_the_filter(page: PrioritiesPage) -> None:
    key = find(page, "We will attend to serious harm").key
    QTest.keyClicks(page._filter, "local")
    assert page.select(key)
    assert not page._filter.text()
    assert not page.select("no such key")


def test_the_narrative_is_kept_on_leaving_it(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Serious harm")
    page.panel.body.setFocus()
    QTest.keyClicks(page.panel.body, "Why it matters.")
    page.view.setFocus()
    assert signals.read(queries.priority_tree)[0].narrative == "Why it matters."
    assert signals.workspace.undo_label == "edit narrative of priority Serious harm"


def test_the_narrative_is_kept_by_ctrl_enter_and_the_cursor_stays(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    go(page, "Serious harm")
    page.panel.body.setFocus()
    QTest.keyClicks(page.panel.body, "First ")
    press(page.panel.body, Key.Key_Return, CTRL)
    assert signals.read(queries.priority_tree)[0].narrative == "First"
    qtbot.waitUntil(lambda: page.panel.body.toPlainText() == "First")
    QTest.keyClicks(page.panel.body, " second")
    assert page.panel.body.toPlainText() == "First second"


def test_a_refused_title_stays_with_its_sentence_also_after_looking_elsewhere(
    page: PrioritiesPage, signals: PlanSignals
) -> None:
    go(page, "Serious harm")
    title = page.panel.title
    title.setFocus()
    title.selectAll()
    press(title, Key.Key_Delete)
    page.view.setFocus()
    assert not page.panel._notice.isHidden()
    assert page.panel._notice.text() == "“Priority” may not be empty."
    go(page, "Local policing")
    assert page.panel._notice.isHidden()
    assert title.toPlainText() == "Local policing"
    go(page, "Serious harm")
    assert title.toPlainText() == ""
    assert page.panel._notice.text() == "“Priority” may not be empty."
    title.setFocus()
    QTest.keyClicks(title, "Harm")
    press(title, Key.Key_Return, CTRL)
    assert texts(page, "priority")[0] == "Harm"
    assert page.panel._notice.isHidden()


def test_closing_writes_what_was_being_typed(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Serious harm")
    QTest.keyClicks(page.panel.body, "Half a sentence")
    assert page.commit_pending()
    assert signals.read(queries.priority_tree)[0].narrative == "Half a sentence"
    press(page.view, Key.Key_F2)
    editor = page.view._delegate.editor
    assert editor is not None
    QTest.keyClicks(editor, "Typed in the tree")
    assert page.commit_pending()
    assert texts(page, "priority")[0] == "Typed in the tree"


def test_sections_are_read_added_and_edited_in_the_same_tree(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Narrative sections")
    press(page.view, Key.Key_Return, CTRL)
    type_in(page, "Introduction")
    QTest.keyClicks(page.panel.body, "The force area.")
    press(page.panel.body, Key.Key_Return, CTRL)
    [row] = signals.read(queries.register, Section)
    assert (row.title, row.body) == ("Introduction", "The force area.")


def test_a_shared_note_says_where_else_it_is_printed(qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals) -> None:
    priority, theme = find(page, "Serious harm"), find(page, "Local policing: people")
    note = signals.edit("add note", priorities.add_note, "A definition")
    signals.edit("mark", priorities.use_note, note, number=1, printed_in="section 5", priority_id=priority.key)
    signals.edit("mark", priorities.use_note, note, number=5, theme_id=theme.key)
    go(page, "Serious harm")
    QApplication.processEvents()
    text = next(iter(page.panel.notes._texts.values()))
    assert text.toPlainText() == "A definition"
    label = page.panel.notes._label(page.panel.notes._shown[1][0], page)
    assert "Note 1, printed in section 5" in label.text()
    assert "theme Local policing: people (note 5): changing it changes it everywhere" in label.text()
    text.selectAll()
    QTest.keyClicks(text, "A better definition")
    press(text, Key.Key_Return, CTRL)
    assert [row.text for row in signals.read(queries.register, Note)] == ["A better definition"]


def test_a_new_note_is_typed_and_then_printed_at_another_place_too(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    notes = page.panel.notes
    item = go(page, "Serious harm")
    page.panel.show_list(1)
    [new] = notes._texts.values()
    new.setFocus()
    QTest.keyClicks(new, "Murder and serious assault")
    press(new, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: notes.count() == 1)
    [note] = signals.read(queries.notes_at, "priority_id", item.key)
    assert note.text == "Murder and serious assault"
    other = go(page, "Local policing: people")
    known = notes.findChild(QComboBox)
    assert isinstance(known, QComboBox)
    known.setFocus()
    press(known, Key.Key_Down)
    assert notes.count() == 0
    button = notes.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    press(button, Key.Key_Space)
    qtbot.waitUntil(lambda: notes.count() == 1)
    assert [row.key for row in signals.read(queries.notes_at, "theme_id", other.key)] == [note.key]


def test_other_spellings_are_typed_into_their_table(page: PrioritiesPage, signals: PlanSignals) -> None:
    item = go(page, "Serious harm")
    page.panel.show_list(2)
    spellings = page.panel.spellings
    spellings.begin()
    editor = spellings.grid.viewport().focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Protect from serious harm")
    press(editor, Key.Key_Return)
    [row] = signals.read(queries.register, PriorityAlias)
    assert (row.priority_id, row.title) == (item.key, "Protect from serious harm")


def test_activities_are_listed_and_enter_goes_to_one(qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Serious harm")
    activities = page.panel.activities
    assert [activities.model().index(row, 0).data() for row in range(activities.rowCount())] == ["1.01", "1.02"]
    assert page.panel._lists.tabText(0) == "Activities (2)"
    activities.setCurrentCell(1, 0)
    wanted = next(row.key for row in signals.read(queries.activities) if row.ref == "1.02")
    with qtbot.waitSignal(page.go_to_activity) as went:
        press(activities, Key.Key_Return)
    assert went.args == [wanted]


def test_a_change_made_elsewhere_keeps_what_is_open_and_chosen(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    go(page, "We will attend to local policing")
    opened = page.view.opened()
    theme = find(page, "Serious harm: people")
    signals.edit("add", priorities.add_commitment, theme.key, "We will do more")
    assert page.view.opened() == opened
    current = page.view.current()
    assert current is not None
    assert current.text == "We will attend to local policing"


def test_the_state_is_saved_and_restored(qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals) -> None:
    item = go(page, "We will attend to local policing")
    page.view.collapse(page._model.index_of(find(page, "Serious harm")))
    state = page.save_state()
    again = PrioritiesPage(signals)
    qtbot.addWidget(again)
    again.restore_state(state)
    current = again.view.current()
    assert current is not None
    assert current.key == item.key
    assert sorted(again.view.opened()) == sorted(page.view.opened())
    again.restore_state({})


def test_an_empty_plan_begins_with_its_first_priority(qtbot: QtBot, tmp_path: Path) -> None:
    from spp_desktop.store.workspace import Workspace

    with Workspace.create(tmp_path / "empty.plan", "Empty", 2026) as empty:
        signals = PlanSignals(empty)
        page = PrioritiesPage(signals)
        qtbot.addWidget(page)
        page.show()
        button = next(button for button in page.findChildren(QPushButton) if button.text() == "Add priorit&y")
        assert not page.grab().isNull()
        button.setFocus()
        press(button, Key.Key_Space)
        type_in(page, "To be the first")
        assert texts(page, "priority") == ["To be the first"]
        assert page.summary() == "1 priority · 0 themes · 0 commitments"
        page.hide()
        signals.stop()


def test_a_plan_for_reading_only_changes_nothing(qtbot: QtBot, workspace: "Workspace") -> None:
    from spp_desktop.store.workspace import Workspace

    with Workspace.open(workspace.path, read_only=True) as reading:
        signals = PlanSignals(reading)
        page = PrioritiesPage(signals)
        qtbot.addWidget(page)
        page.show()
        item = go(page, "Serious harm")
        press(page.view, Key.Key_F2)
        assert page.view._delegate.editor is None
        assert page.panel.body.isReadOnly()
        assert [action for action in page.actions() if action.isEnabled()] == [page.panel.tools.as_printed]
        assert not page._model.flags(page._model.index_of(item)) & Qt.ItemFlag.ItemIsEditable
        signals.stop()


def test_enter_on_a_heading_opens_nothing(page: PrioritiesPage) -> None:
    page.view.setCurrentIndex(page._model.index(0, 0))
    press(page.view, Key.Key_Return)
    assert page.view._delegate.editor is None


def test_a_theme_begun_while_a_priority_is_being_typed_stands_under_it(page: PrioritiesPage) -> None:
    go(page, "Local policing")
    page.add_after()
    editor = page.view._delegate.editor
    assert editor is not None
    QTest.keyClicks(editor, "Counter terrorism")
    page.add_theme_below()
    type_in(page, "Prevent")
    theme = find(page, "Prevent")
    assert theme.parent is not None
    assert theme.parent.text == "Counter terrorism"


def test_no_theme_is_begun_under_a_priority_without_words(page: PrioritiesPage) -> None:
    go(page, "Local policing")
    page.add_after()
    page.add_theme_below()
    assert page.commit_pending()
    assert texts(page, "theme") == ["Serious harm: people", "Local policing: people"]


def test_words_are_found_and_replaced_in_the_tree_as_one_step(page: PrioritiesPage, signals: PlanSignals) -> None:
    go(page, "Serious harm")
    page.find_next()
    QTest.keyClicks(page.finding.sought, "local")
    press(page.finding.sought, Key.Key_Return)
    first = page.view.current()
    press(page.finding.sought, Key.Key_Return)
    second = page.view.current()
    assert first is not None
    assert second is not None
    assert first.key != second.key
    assert "local" in first.text.lower()
    assert "local" in second.text.lower()
    page.find_next(back=True)
    assert page.view.current() is first
    holding = [item.key for item in page._model.items() if "local" in item.text.lower()]
    page.replace()
    page.finding.by.setText("Neighbourhood")
    page.finding.replace_all()
    for each in holding:
        item = page._model.find(each)
        assert item is not None
        assert "Neighbourhood" in item.text
    assert signals.workspace.undo_label == f"replace words in {len(holding)} rows of the priorities"
    assert page.finding._remark.text() == f"Replaced in {len(holding)} rows; Ctrl+Z undoes it."
    signals.workspace.undo()
    assert [item.key for item in page._model.items() if "local" in item.text.lower()] == holding


def test_a_note_that_is_left_outlives_the_news_of_it(page: PrioritiesPage) -> None:
    before = page.panel.notes.widget()
    assert before is not None
    page.panel.notes._build(())
    assert isValid(before)
    assert not before.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(before)
