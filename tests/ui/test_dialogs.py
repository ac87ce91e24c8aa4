"""The dialogs by real keys: lists, earlier versions, a new plan, finding anything, and questions."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from spp_desktop.edits import registers, rows
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.judging import JudgementRule, PeerForce
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion, Result
from spp_desktop.store import measured, queries
from spp_desktop.ui.common import question
from spp_desktop.ui.common.fitting import Fitting
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.list_editor import ListEditor
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.registers.view import RegisterView
from spp_desktop.ui.window import new_plan
from spp_desktop.ui.window.earlier_versions import EarlierVersionsDialog
from spp_desktop.ui.window.find_anything import FindAnything
from spp_desktop.ui.window.new_plan import NewPlanDialog
from tests.turned import turn

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def signals(workspace: "Workspace") -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def lists(qtbot: QtBot, signals: PlanSignals) -> Iterator[RegistersDialog]:
    made = RegistersDialog(signals)
    made.show()
    yield made
    if isValid(made):  # a dialog that has been closed goes by itself
        made.deleteLater()


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, modifiers)


def open_list(lists: RegistersDialog, title: str) -> RegisterView:
    lists.show_list(title)
    view = lists.view(lists.names.currentRow() - 1)
    assert view.isVisible()
    view.grid.setFocus()
    return view


def at(view: RegisterView, row: int, column: str) -> None:
    view.grid.go(view.table.index(row, view.table.column_of(column)))


def typed(view: RegisterView, text: str, end: Qt.Key = Key.Key_Return) -> QWidget:
    """Open the editor of the current cell with F2 and type over what is there."""
    press(view.grid, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor is not view.grid
    press(editor, Key.Key_A, CTRL)
    QTest.keyClicks(editor, text)
    press(editor, end)
    return editor


def cell(view: RegisterView, row: int, column: str) -> str:
    return str(view.table.index(row, view.table.column_of(column)).data())


# Lists.


def test_close_closes(qtbot: QtBot, lists: RegistersDialog) -> None:
    close = next(button for button in lists.findChildren(QPushButton) if button.text() == "Close")
    with qtbot.waitSignal(lists.finished):
        close.click()


def test_f6_goes_round_the_lists_and_enter_presses_the_button_in_which_the_person_is(
    qtbot: QtBot, lists: RegistersDialog
) -> None:
    Fitting(lists)  # as the program's style gives each dialog
    lists.names.setFocus()
    press(lists.names, Key.Key_F6)
    inside = QApplication.focusWidget()
    assert inside is not None
    assert lists.pages.isAncestorOf(inside)
    press(inside, Key.Key_F6)
    close = QApplication.focusWidget()
    assert close is not None
    with qtbot.waitSignal(lists.finished):
        press(close, Key.Key_Return)  # it is no default button


def test_a_cell_is_edited_and_undone(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Posts")
    at(view, 0, "title")
    typed(view, "ACC Local Policing")
    assert cell(view, 0, "title") == "ACC Local Policing"
    assert signals.workspace.undo_label == "rename post ACC Crime"
    press(view.grid, Key.Key_Z, CTRL)
    assert cell(view, 0, "title") == "ACC Crime"
    press(view.grid, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert cell(view, 0, "title") == "ACC Local Policing"


def test_a_row_is_typed_into_the_empty_last_one(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Posts")
    assert cell(view, 2, "title") == "New post"
    press(view.grid, Key.Key_Insert)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Head of Policy")
    press(editor, Key.Key_Return)
    assert [row.title for row in signals.read(queries.register, Post)][-1] == "Head of Policy"
    assert view.grid.currentIndex().row() == 3
    typed(view, "Head of Crime")
    assert [row.title for row in signals.read(queries.register, Post)][2:] == ["Head of Policy", "Head of Crime"]


def test_a_new_row_waits_for_all_that_it_needs(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Post holders")
    at(view, 0, "name")
    typed(view, "A. Person")
    assert "kept once “Post” is filled in" in view.notice.text()
    assert signals.read(queries.register, PostHolder) == []
    assert cell(view, 0, "name") == "A. Person"
    chosen(view, 0, "post_id", "ACC Security")
    [row] = signals.read(queries.register, PostHolder)
    assert row.name == "A. Person"
    assert view.notice.isHidden()
    at(view, 0, "held_from")
    typed(view, "1 April 2008")
    assert cell(view, 0, "held_from") == "01/04/2008"
    at(view, 0, "held_from")
    typed(view, "31 Mar 09")
    assert cell(view, 0, "held_from") == "31/03/2009"
    typed(view, "soon")
    assert "is not a date" in view.notice.text()


def test_what_is_refused_stays_in_its_cell_beside_its_sentence(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Posts")
    at(view, 0, "title")
    typed(view, "ACC Security")
    assert cell(view, 0, "title") == "ACC Security"
    assert "Not kept" in str(view.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert "already" in view.notice.text()
    assert not lists.commit_pending()
    press(view.grid, Key.Key_F2)
    reopened = QApplication.focusWidget()
    assert isinstance(reopened, QLineEdit)
    assert reopened.text() == "ACC Security"
    press(reopened, Key.Key_Escape)
    assert cell(view, 0, "title") == "ACC Crime"
    assert lists.commit_pending()


def test_a_status_shows_its_colour_and_says_whether_it_needs_a_reason(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    view = open_list(lists, "Statuses")
    at(view, 0, "colour")
    typed(view, "green")
    assert "#rrggbb" in view.notice.text()
    editor = QApplication.focusWidget()
    assert editor is not None
    press(editor, Key.Key_Escape)
    chosen(view, 0, "needs_reason", "yes")
    assert signals.read(queries.register, Status)[0].needs_reason


def test_an_unverified_item_says_so_in_words(lists: RegistersDialog, signals: PlanSignals) -> None:
    framework = signals.edit("add", registers.add, Framework, title="Public Service Agreements")
    signals.edit("add", registers.add, FrameworkItem, framework_id=framework, code="23", title="Safer communities")
    view = open_list(lists, "Framework items")
    assert cell(view, 0, "framework_id") == "Public Service Agreements"
    assert cell(view, 0, "verified") == "unverified"


def test_rows_move_and_the_chosen_one_goes_along(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Posts")
    at(view, 0, "title")
    press(view.grid, Key.Key_Down, ALT)
    assert [row.title for row in signals.read(queries.register, Post)] == ["ACC Security", "ACC Crime"]
    assert view.grid.currentIndex().row() == 1
    press(view.grid, Key.Key_Up, ALT)
    assert [row.title for row in signals.read(queries.register, Post)] == ["ACC Crime", "ACC Security"]


def test_a_post_in_use_stays_and_the_sentence_says_why(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Posts")
    at(view, 0, "title")
    press(view.grid, Key.Key_Delete)
    assert "“ACC Crime” is used by" in view.notice.text()
    assert len(signals.read(queries.register, Post)) == 2


def test_deleting_asks_when_something_hangs_on_it(
    lists: RegistersDialog, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch
) -> None:
    framework = signals.edit("add", registers.add, Framework, title="PSA")
    signals.edit("add", registers.add, FrameworkItem, framework_id=framework, code="23", title="Safer")
    asked: list[str] = []

    def refuse(_: QWidget, sentence: str, *__: str, **___: str) -> bool:
        asked.append(sentence)
        return False

    monkeypatch.setattr(question, "ask", refuse)
    view = open_list(lists, "Frameworks")
    at(view, 0, "title")
    press(view.grid, Key.Key_Minus, CTRL)
    assert asked == ["Delete framework “PSA” and its 1 framework item?"]
    assert len(signals.read(queries.register, Framework)) == 1


def chosen(view: RegisterView, row: int, column: str, typed: str) -> list[str]:
    """Choose from the list of a cell by keys, and give all that could be chosen."""
    at(view, row, column)
    press(view.grid, Key.Key_F2)
    chooser = view.grid.delegate.editor()
    assert isinstance(chooser, ListEditor)
    offered = [chooser.list.item(n).text() for n in range(chooser.list.count())]
    QTest.keyClicks(chooser.line, typed)
    press(chooser.line, Key.Key_Return)
    return offered


def test_a_population_is_of_an_area_or_of_the_whole_force(lists: RegistersDialog, signals: PlanSignals) -> None:
    for title in ("North", "East"):
        signals.edit("add an area", registers.add, Area, title=title)
    view = open_list(lists, "Populations")
    at(view, 0, "year")
    typed(view, "2009")
    assert "kept once “Number” is filled in" in view.notice.text()
    at(view, 0, "number")
    typed(view, "2,600,000")
    assert [cell(view, 0, name) for name in view.table.register.names] == [
        "the whole force", "2009-2010", "people", "2,600,000", "",
    ]  # fmt: skip
    assert signals.workspace.undo_label == "add population 2009-2010"
    at(view, 1, "number")
    typed(view, "120345.5")
    assert chosen(view, 1, "area_id", "East") == ["the whole force", "North", "East"]
    at(view, 1, "year")
    typed(view, "2008/09")
    assert [cell(view, 1, name) for name in ("area_id", "year", "number")] == ["East", "2008-2009", "120,345.5"]
    assert [row.number for row in signals.read(queries.register, AreaPopulation) if row.area_id] == [120345.5]
    at(view, 1, "year")
    for refused, sentence in (
        ("soon", "Year: “soon” is not a financial year; write it as 2008-2009."),
        ("1066", "Year may not be below 1990."),
    ):
        editor = typed(view, refused)
        assert view.notice.text() == sentence
        press(editor, Key.Key_Escape)
    at(view, 1, "number")
    press(typed(view, "12,5"), Key.Key_Escape)
    assert cell(view, 1, "number") == "120,345.5"


def test_rows_without_places_are_sorted_and_the_chosen_one_goes_along(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    for year in (2010, 2008, 2009):
        signals.edit("add", registers.add, AreaPopulation, year=year, number=year)
    view = open_list(lists, "Populations")
    assert [cell(view, row, "year") for row in range(3)] == ["2008-2009", "2009-2010", "2010-2011"]
    at(view, 0, "year")
    typed(view, "2011-2012", Key.Key_Tab)
    assert [cell(view, row, "number") for row in range(3)] == ["2,009", "2,010", "2,008"]
    assert view.grid.currentIndex().row() == 2
    assert signals.workspace.undo_label == "change year of population the whole force, 2008-2009"
    press(view.grid, Key.Key_Up, ALT)
    assert [cell(view, row, "number") for row in range(3)] == ["2,009", "2,010", "2,008"]
    buttons = [button for button in view.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["Add", "Delete"]
    at(view, 0, "year")
    typed(view, "2010")
    assert view.notice.text() == "There is already a population like this."


def test_a_definition_belongs_to_an_indicator_chosen_by_its_reference(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    view = open_list(lists, "Definitions and breaks")
    assert chosen(view, 0, "indicator_id", "R1 Most serious violence") == ["R1 Most serious violence"]
    at(view, 0, "starts_on")
    typed(view, "1 April 2008")
    at(view, 0, "reason")
    typed(view, "Recounted")
    [row] = signals.read(queries.register, DefinitionVersion)
    assert (row.reason, row.breaks_series) == ("Recounted", True)
    assert signals.workspace.undo_label == "add definition R1 Most serious violence, 01/04/2008"
    chosen(view, 0, "breaks_series", "no")
    assert signals.read(queries.register, DefinitionVersion)[0].breaks_series is False


def test_a_force_of_the_group_is_added_and_moved(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Most similar forces")
    for row, name in enumerate(("Merseyside", "Northumbria")):
        at(view, row, "year")
        typed(view, "2008")
        at(view, row, "force")
        typed(view, name)
    at(view, 1, "force")
    press(view.grid, Key.Key_Up, ALT)
    assert [row.force for row in signals.read(queries.register, PeerForce)] == ["Northumbria", "Merseyside"]
    assert signals.workspace.undo_label == "move force Northumbria, 2008-2009"


def test_the_first_colour_rule_is_the_plans_own(lists: RegistersDialog, signals: PlanSignals) -> None:
    view = open_list(lists, "Colour rules")
    assert any("The first is the plan's own" in label.text() for label in lists.findChildren(QLabel))
    assert cell(view, 0, "title") == "5% tolerance"
    at(view, 0, "size")
    typed(view, "10")
    at(view, 0, "first_month")
    typed(view, "13")
    assert view.notice.text() == "Judges from month may not be above 12."
    [first, _] = signals.read(queries.register, JudgementRule)
    assert (first.size, first.first_month) == (10, 1)


def test_deleting_says_what_goes_and_what_stays_without_it(
    lists: RegistersDialog, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch
) -> None:
    [indicator] = signals.read(queries.indicators)
    [_, rule] = signals.read(queries.register, JudgementRule)
    area = signals.edit("add an area", registers.add, Area, title="East")
    for month in (4, 5):
        may = {
            "period_from": date(2008, month, 1),
            "period_to": date(2008, month, 28),
            "value": 1,
            "state": "provisional",
        }
        signals.edit("enter", rows.add, Result, indicator_id=indicator.key, area_id=area, **may)
    signals.edit("add", registers.add, AreaPopulation, area_id=area, year=2008, number=5)
    signals.edit("give a rule", rows.change, Indicator, indicator.key, rule_id=rule.id)
    asked: list[tuple[str, str]] = []

    def agree(_: QWidget, sentence: str, __: str, *, detail: str) -> bool:
        asked.append((sentence, detail))
        return True

    monkeypatch.setattr(question, "ask", agree)
    view = open_list(lists, "Areas")
    at(view, 0, "code")
    press(view.grid, Key.Key_Delete)
    view = open_list(lists, "Colour rules")
    at(view, 1, "title")
    press(view.grid, Key.Key_Delete)
    assert asked == [
        ("Delete area “East” and its 1 population and 2 results?", "Undo brings everything back."),
        (
            "Delete colour rule “Better than last year (Metropolitan Police 2011)”?",
            "1 indicator refers to it and stays without it. Undo brings everything back.",
        ),
    ]
    assert signals.read(queries.register, Area) == []
    assert signals.read(measured.results) == []
    assert signals.read(queries.indicators)[0].rule_key is None


def test_the_plans_own_row_is_edited(lists: RegistersDialog, signals: PlanSignals) -> None:
    lists.show_list("The plan")
    force = lists.form.text("force")
    force.setFocus()
    QTest.keyClicks(force, "West Midlands Police")
    years = lists.form.text("years")
    years.setFocus()
    assert signals.read(queries.plan).force == "West Midlands Police"
    years.selectAll()
    QTest.keyClicks(years, "many")
    force.setFocus()
    assert lists.form.notice.text() == "Number of years: “many” is not a whole number; write it as 2,336."
    assert years.toPlainText() == "many"
    as_at = lists.form.text("as_at")
    as_at.setFocus()
    QTest.keyClicks(as_at, "31 Oct 08")
    force.setFocus()
    assert signals.read(queries.plan).as_at == date(2008, 10, 31)
    assert as_at.toPlainText() == "31/10/2008"


def test_closing_with_something_refused_stays_open_once_and_says_so(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    view = open_list(lists, "Post holders")
    at(view, 0, "name")
    typed(view, "A. Person")
    lists.show_list("Posts")
    lists.close()
    assert lists.isVisible()
    assert view.isVisible()
    assert view.notice.text()
    lists.close()
    assert not lists.isVisible()


# Earlier versions.


def test_earlier_versions_are_listed_and_one_is_chosen_by_enter(qtbot: QtBot, signals: PlanSignals) -> None:
    signals.workspace.back_up("before an import")
    dialog = EarlierVersionsDialog(signals.workspace.path)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table.model()
    reasons = [table.index(row, 1).data() for row in range(table.rowCount())]
    assert "before an import" in reasons
    assert "3 activities" in str(table.index(reasons.index("before an import"), 2).data())
    press(dialog.table, Key.Key_Return)
    assert dialog.chosen is not None
    assert dialog.result() == EarlierVersionsDialog.DialogCode.Accepted


def test_without_earlier_versions_it_says_when_the_first_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = EarlierVersionsDialog(tmp_path / "none.plan")
    qtbot.addWidget(dialog)
    assert dialog.notice.text().startswith("No earlier version is kept yet")
    assert not dialog.open_button.isEnabled()
    dialog.open_chosen()
    assert dialog.chosen is None


# A new plan.


def test_a_new_plan_is_made_where_the_title_says(qtbot: QtBot, tmp_path: Path) -> None:
    from spp_desktop.store.workspace import Workspace

    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.title, "Police and Crime Plan")
    QTest.keyClicks(dialog.force, "A force")
    dialog.first_year.setValue(2026)
    dialog.years.setValue(4)
    assert dialog.place.text() == str(tmp_path / "Police and Crime Plan 2026-2030.plan")
    press(dialog.title, Key.Key_Return)
    assert dialog.result() == NewPlanDialog.DialogCode.Accepted
    with Workspace.open(dialog.made) as made:
        plan = made.read(queries.plan)
        assert (plan.title, plan.force, plan.first_year, plan.years) == ("Police and Crime Plan", "A force", 2026, 4)


@pytest.mark.parametrize(("typed", "year"), [("2026-27", 2026), ("26/27", 2026), ("2031", 2031), ("208", 2026)])
def test_the_first_year_of_a_new_plan_is_typed_as_years_are(
    qtbot: QtBot, tmp_path: Path, typed: str, year: int
) -> None:
    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.first_year.setValue(2026)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog.first_year.setFocus()
    dialog.first_year.selectAll()
    QTest.keyClicks(dialog.first_year, typed)
    press(dialog.first_year, Key.Key_Tab)
    assert dialog.first_year.text() == f"{year} (from 1 April)"


def test_a_new_plan_that_cannot_be_made_says_why_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.make()
    assert dialog.notice.text() == "“Title” may not be empty."
    assert list(tmp_path.iterdir()) == []
    existing = tmp_path / "there.plan"
    existing.write_bytes(b"kept")
    dialog.title.setText("A title")
    dialog.place.setText(str(existing))
    dialog.make()
    assert "choose another name" in dialog.notice.text()
    assert existing.read_bytes() == b"kept"
    assert dialog.title.text() == "A title"


def test_the_place_is_chosen_and_then_stays(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(new_plan, "ask_save", lambda *_: tmp_path / "elsewhere" / "mine.plan")
    dialog.choose_place()
    QTest.keyClicks(dialog.title, "Another title")
    assert dialog.place.text() == str(tmp_path / "elsewhere" / "mine.plan")
    dialog.make()
    assert dialog.made.exists()


def test_a_new_plan_starts_from_a_sample(qtbot: QtBot, tmp_path: Path) -> None:
    from spp_desktop.store.workspace import Workspace

    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.start.setCurrentIndex(1)
    assert not dialog.first_year.isEnabled()
    QTest.keyClicks(dialog.title, "Our plan")
    dialog.make()
    with Workspace.open(dialog.made) as made:
        assert made.read(queries.plan).title == "Our plan"
        assert len(made.read(queries.priority_tree)) == 7


def test_a_new_plan_has_the_levels_that_are_chosen_or_typed(qtbot: QtBot, tmp_path: Path) -> None:
    from spp_desktop.plan.levels import Level
    from spp_desktop.store.workspace import Workspace

    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    QTest.keyClicks(dialog.title, "Pillars")
    assert dialog.levels.currentText() == "Priority / Theme / Commitment*"
    dialog.start.setCurrentIndex(1)
    assert not dialog.levels.isEnabled()
    dialog.start.setCurrentIndex(0)
    dialog.levels.setFocus()
    press(dialog.levels, Key.Key_Down)
    press(dialog.levels, Key.Key_Down)
    assert dialog.levels.currentText() == "Pillar / Promise*"
    field = dialog.levels.lineEdit()
    assert field is not None
    field.selectAll()
    QTest.keyClicks(dialog.levels, "Pillar")
    assert dialog.levels.currentText() == "Pillar"
    press(dialog.levels, Key.Key_Return)
    with Workspace.open(dialog.made) as made:
        assert [(row.title, row.plural) for row in made.read(queries.register, Level)] == [("Pillar", "Pillars")]


# Finding anything.


def finder(qtbot: QtBot, signals: PlanSignals, *actions: QAction) -> FindAnything:
    made = FindAnything(signals, {}, actions)
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_activity_is_found_by_its_reference_and_gone_to_by_enter(qtbot: QtBot, signals: PlanSignals) -> None:
    find = finder(qtbot, signals)
    QTest.keyClicks(find.box, "1.02")
    assert find.hits.currentItem().text() == "Activity 1.02:  Do what 1.02 says"
    wanted = next(row.key for row in signals.read(queries.activities) if row.ref == "1.02")
    with qtbot.waitSignal(find.went) as went:
        press(find.box, Key.Key_Return)
    assert went.args == ["activity", wanted]
    assert not find.isVisible()


def test_a_reference_of_several_years_is_found_with_its_year_and_the_running_one_first(
    qtbot: QtBot, signals: PlanSignals
) -> None:
    signals.edit("turn", turn)
    find = finder(qtbot, signals)
    QTest.keyClicks(find.box, "1.01")
    assert [entry.line for entry in find._shown] == [
        "Activity 1.01 (2009-2010):  Do what follows",
        "Activity 1.01 (2008-2009):  Do what 1.01 says",
    ]


def test_words_are_found_in_any_order_and_arrows_choose(qtbot: QtBot, signals: PlanSignals) -> None:
    find = finder(qtbot, signals)
    QTest.keyClicks(find.box, "harm serious")
    kinds = [entry.kind for entry in find._shown]
    assert kinds[0] == "priority"
    assert set(kinds) == {"priority", "theme", "commitment"}
    press(find.box, Key.Key_Down)
    with qtbot.waitSignal(find.went) as went:
        press(find.box, Key.Key_Return)
    assert went.args is not None
    assert went.args[0] == kinds[1]


def test_a_command_is_found_by_name_and_done(qtbot: QtBot, signals: PlanSignals) -> None:
    done: list[str] = []
    export, off = QAction("&Export the delivery plan…"), QAction("Export nothing")
    export.triggered.connect(lambda: done.append("export"))
    off.setEnabled(False)
    find = finder(qtbot, signals, export, off)
    QTest.keyClicks(find.box, "export")
    assert find.hits.count() == 1
    press(find.box, Key.Key_Return)
    qtbot.waitUntil(lambda: done == ["export"])


def test_nothing_found_says_so_and_enter_does_nothing(qtbot: QtBot, signals: PlanSignals) -> None:
    find = finder(qtbot, signals)
    QTest.keyClicks(find.box, "zzzz")
    assert find.count.text() == "Nothing in the plan or the menus holds “zzzz”."
    press(find.box, Key.Key_Return)
    assert find.isVisible()


# Questions.


@pytest.mark.parametrize(
    ("key", "harmless", "answer"),
    [
        (Key.Key_Return, False, False),
        (Key.Key_Return, True, True),
        (Key.Key_Escape, True, False),
        (Key.Key_D, False, True),
    ],
)
def test_a_question_has_its_verb_on_the_button(qtbot: QtBot, key: Qt.Key, harmless: bool, answer: bool) -> None:
    """Enter never does what cannot simply be taken back; the verb's own letter does."""
    seen: list[list[str]] = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append([button.text().replace("&", "") for button in box.buttons()])
        if key == Key.Key_D:
            next(button for button in box.buttons() if button.text() == "&Delete").animateClick()
        else:
            press(box, key)

    QTimer.singleShot(0, reply)
    sentence = "Delete theme Road safety and its 2 commitments?"
    assert question.ask(None, sentence, "Delete", harmless=harmless) is answer
    assert sorted(seen[0]) == ["Cancel", "Delete"]


def test_telling_has_one_way_out(qtbot: QtBot) -> None:
    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert [button.text().replace("&", "") for button in box.buttons()] == ["Close"]
        press(box, Key.Key_Escape)

    QTimer.singleShot(0, reply)
    question.tell(None, "The plan is sound.")


def test_the_lists_say_what_is_undone_and_take_back_a_refusal_first(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    view = open_list(lists, "Posts")
    posts = [row.values["title"] for row in view.table.rows]
    at(view, 0, "title")
    typed(view, "ACC Renamed")
    at(view, 0, "title")
    typed(view, posts[1])
    assert view.table.has_unkept
    lists._undo()
    assert not view.table.has_unkept
    assert view.table.rows[0].values["title"] == "ACC Renamed"
    lists._undo()
    assert [row.values["title"] for row in view.table.rows] == posts
    assert lists.below.text() == f"Undid: {signals.workspace.redo_label}"


def test_the_email_of_a_post_is_pasted_as_outlook_copies_it_and_refused_where_it_is_none(
    lists: RegistersDialog, signals: PlanSignals
) -> None:
    view = open_list(lists, "Posts")
    at(view, 0, "email")
    typed(view, "Jones, Ann <ann@x.police.uk>; so@x.police.uk")
    assert cell(view, 0, "email") == "ann@x.police.uk; so@x.police.uk"
    editor = typed(view, "the ACC's office")
    assert "cannot be an address" in editor.toolTip() + " ".join(label.text() for label in view.findChildren(QLabel))
    press(editor, Key.Key_Escape)
    assert signals.read(queries.register, Post)[0].email == "ann@x.police.uk; so@x.police.uk"
