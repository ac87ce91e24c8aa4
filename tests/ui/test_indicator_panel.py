"""The pages of an indicator's panel by real keys and clicks: the reason, targets, peers, settings, history."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import judging, registers, results, rows
from spp_desktop.plan.judging import JudgementRule
from spp_desktop.plan.kinds import Option
from spp_desktop.plan.performance import Target
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import DefinitionVersion
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.grid.fields import LineField, ListField
from spp_desktop.ui.performance import indicator_peers
from spp_desktop.ui.performance.indicator_figures import FiguresPage
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.registers.dialog import RegistersDialog
from tests.ui.robberies import SENTENCE, answer, peers, robberies, shown

# Without a display there are no popups in front of others; Qt says so of each.
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
SEPTEMBER = date(2008, 9, 30)
SINCE_MAY = months(date(2008, 5, 1), date(2008, 9, 1))


@pytest.fixture
def key(workspace: Workspace) -> str:
    return robberies(workspace)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, key: str) -> PerformancePage:
    return shown(qtbot, workspace)


@pytest.fixture
def plan(published: Path) -> Iterator[Workspace]:
    with Workspace.open(published) as workspace:
        yield workspace


def turn_to(tab: PerformancePage, page: IndicatorPage) -> None:
    tab.panel.pages.setCurrentWidget(page)


def click(button: QWidget) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def line(tab: PerformancePage, name: str) -> QLineEdit:
    field = tab.panel.measure.fields[name]
    assert isinstance(field, LineField)
    return field.editor


def choose(tab: PerformancePage, name: str, title: str) -> None:
    """Open a field's list and choose from it by typing."""
    field = tab.panel.measure.fields[name]
    assert isinstance(field, ListField)
    field.open_list()
    assert field._list is not None
    QTest.keyClicks(field._list.line, title)
    QTest.keyClick(field._list.line, Qt.Key.Key_Return)


# The reason


def test_the_first_page_gives_the_sentence_and_what_it_rests_on(tab: PerformancePage) -> None:
    page = tab.panel.figures
    assert tab.panel.heading.text() == "R1  Robbery"
    assert page.sentence.text() == SENTENCE
    assert page.mark.accessibleName() == "Amber"
    for words in (
        "April to September 2008 after April to September 2007: no clear change",
        "Special cause of improving nature",
        "Target 392 robberies a month: Hit or miss",
        "Straight: 4,672 by 31 March 2009",
        "which meets 4,704",
        "Each of the 6 months left must be 394.7 or less.",
        "fewer than two years of months",
        "amber within 5% of it",
        "4,704",
    ):
        assert words in page.rest.text()
    assert not page.take_back.isVisible()
    assert not page.remark.isVisible()


def test_another_colour_is_given_for_a_reason_and_taken_back(tab: PerformancePage, workspace: Workspace) -> None:
    page = tab.panel.figures
    asked = answer("green", "Two months were counted twice.")
    click(page.give)
    assert asked
    assert "By the rule, R1 April to September 2008 is amber." in asked[0].about.text()
    assert page.sentence.text().startswith("Green by override of ")
    assert "Two months were counted twice. By the rule Amber: 2,336" in page.sentence.text()
    assert "Green now, but hit or miss" in page.remark.text()
    assert workspace.undo_label == "give R1 green"
    click(page.take_back)
    assert page.sentence.text() == SENTENCE
    workspace.undo()
    assert page.sentence.text().startswith("Green by override of ")


def test_a_colour_needs_a_reason(tab: PerformancePage, workspace: Workspace) -> None:
    before = workspace.revision()
    answer("red", "   ")
    click(tab.panel.figures.give)
    assert workspace.revision() == before


def test_a_refusal_is_said_in_the_dialog(tab: PerformancePage, workspace: Workspace) -> None:
    asked = answer("red", "x" * 1001)
    click(tab.panel.figures.give)
    assert asked[0].property("said") == "Reason may have at most 1000 characters."
    assert tab.panel.figures.sentence.text() == SENTENCE


def test_without_results_there_is_no_colour_to_give(qtbot: QtBot, workspace: Workspace) -> None:
    page = shown(qtbot, workspace).panel.figures
    assert page.sentence.text()
    assert not page.give.isEnabled()
    assert page.give.toolTip() == "There is no result to give a colour to."
    assert "no result of the same period of last year" in page.rest.text()


def _said_of_the_break(page: FiguresPage) -> list[int]:
    """How often the sentence and what stands under it say that figures were counted in another way."""
    return [label.text().count("Counted in another way") for label in (page.sentence, page.rest)]


def test_a_break_is_said_once_with_the_sentence(qtbot: QtBot, worked: Path) -> None:
    with Workspace.open(worked) as plan:
        tab = shown(qtbot, plan)
        tab.select(next(row.key for row in tab.model.rows if row.ref == "PI01"))
        page = tab.panel.figures
        assert _said_of_the_break(page) == [1, 0]
        assert "from 1 Apr 2008 (The counting rules for grievous bodily harm" in page.sentence.text()
        assert "April to September 2008 after April to September 2007: no clear change" in page.rest.text()
        assert "<td style='padding: 1px 12px 1px 0'>Remark</td>" not in page.rest.text()
        row = page.row
        assert row is not None
        assert "Counted in another way" in row.judged.direction, "where it stands alone it is said"
        tab.close()


def test_a_break_that_the_sentence_does_not_say_is_said_once_beneath(
    tab: PerformancePage, workspace: Workspace, key: str
) -> None:
    earlier = {"period_from": date(2006, 4, 1), "period_to": date(2006, 4, 30), "value": 400}
    workspace.edit("enter", results.enter, [{"indicator_id": key, **earlier}], as_kind="built")
    version: dict[str, Any] = {"indicator_id": key, "starts_on": date(2008, 4, 1), "reason": "Counted anew"}
    workspace.edit("add", rows.add, DefinitionVersion, **version, as_kind="built")
    (target,) = workspace.read(queries.targets, key)
    workspace.edit("set", rows.remove, Target, target.key, as_kind="built")
    assert _said_of_the_break(tab.panel.figures) == [0, 1]


# Levels


def test_a_level_by_month_says_that_its_months_do_not_add_up(
    tab: PerformancePage, workspace: Workspace, key: str
) -> None:
    level = tab.panel.figures.level
    assert not level.isVisible()
    workspace.edit("set", judging.set_measuring, key, measure="level", as_kind="built")
    assert level.isVisible()
    assert level.text() == (
        "Measured as a level: the latest result stands, and months are not added up. If they do add up, say so under "
        "Measure."
    )
    workspace.edit("set", judging.set_measuring, key, measure="count", as_kind="built")
    assert not level.isVisible()


def test_a_level_with_one_month_this_year_says_nothing_of_adding_up(
    tab: PerformancePage, workspace: Workspace, key: str
) -> None:
    workspace.edit("set", judging.set_measuring, key, measure="level", as_kind="built")
    places = [{"indicator_id": key, "period_from": day, "period_to": month_end(day)} for day in SINCE_MAY]
    workspace.edit("clear", results.clear, places, "A mistake", as_kind="built")
    assert not tab.panel.figures.level.isVisible()


# Targets


def test_the_targets_are_checked_and_the_explanation_is_kept_when_left(qtbot: QtBot, plan: Workspace) -> None:
    tab = shown(qtbot, plan)
    tab.select(next(row.key for row in tab.model.rows if row.ref == "PI03"))
    page = tab.panel.targets
    turn_to(tab, page)
    assert page.sentence.text().startswith("The plan's 10% is easier than its own years: 4%, 4% and 4% compound")
    assert "Only a yearly change from 3.50% to 3.63% would be printed both ways." in page.sentence.text()
    for words in ("Compounded", "11.53%", "Required each year", "3.45%", "Each year after 2 on target", "2.34%"):
        assert words in page.numbers.text()
    page.explanation.setFocus()
    QTest.keyClicks(page.explanation, "Agreed with the Authority")
    tab.grid.setFocus()
    explained = plan.read(queries.indicators, tab.model.rows[2].key)[0].targets[None]
    assert (explained.explanation, explained.stated) == ("Agreed with the Authority", "10%")
    assert plan.undo_label == "explain the target of PI03"
    assert page.chart is not None
    assert "3-year target 10%" in page.chart.accessibleDescription()


def test_a_level_is_held_against_its_last_year_and_a_target_without_years_against_nothing(
    qtbot: QtBot, plan: Workspace
) -> None:
    tab = shown(qtbot, plan)
    page = tab.panel.targets
    turn_to(tab, page)
    refs = {row.ref: row.key for row in tab.model.rows}
    tab.select(refs["PI04"])
    assert page.sentence.text() == "Consistent: the plan's 55% is the level of its last year."
    assert not page.numbers.isVisible()
    tab.select(refs["PI14"])
    assert page.sentence.text().startswith("There is no target over the plan that could be held")


# Peers


def test_rates_of_the_group_are_typed_and_ranked(
    tab: PerformancePage, workspace: Workspace, key: str, qtbot: QtBot
) -> None:
    page = tab.panel.peers
    turn_to(tab, page)
    assert page.stands.text().startswith("No group is known for 2008-2009.")
    peers(workspace)
    assert page.year.currentText() == "2008-2009"
    page.year.setCurrentIndex(page.year.findText("2007-2008"))
    page.year.activated.emit(page.year.currentIndex())
    assert page.stands.text() == "Type in this force's own rate to see where it stands."
    page.grid.setFocus()
    for force, rate in (("Mercia", "12.4"), ("Kent", "10.1"), ("Essex", "15.3")):
        page.grid.select(next(peer.key for peer in page.model.rows if peer.force == force), "rate")
        QTest.keyClick(page.grid, Qt.Key.Key_F2)
        editor = QApplication.focusWidget()
        assert editor is not None
        QTest.keyClicks(editor, rate)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.stands.text() == "2nd of 3. The average is 12.6; Mercia is 1.6% below it."
    places = page.model.column_of("rank")
    ranks = {peer.force: page.model.columns[places].show(peer) for peer in page.model.rows}
    assert ranks == {"Mercia": "2nd", "Kent": "1st", "Essex": "3rd"}
    assert workspace.undo_label == "change the rate of Essex for R1"
    workspace.undo()
    assert page.stands.text() == "2nd of 2. The average is 11.25; Mercia is 10.2% above it. Without a rate: Essex."


def test_a_rate_that_is_none_stays_and_is_explained(tab: PerformancePage, workspace: Workspace) -> None:
    peers(workspace, 2008)
    page = tab.panel.peers
    turn_to(tab, page)
    page.model.setData(page.model.index(0, 1), "many")
    assert tab.panel.sentence.text() == "Rate: “many” is not a number; write it as 2,336 or 23.1."
    assert not page.keep()


def test_the_list_of_forces_opens(tab: PerformancePage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    class Dialog(RegistersDialog):
        def exec(self) -> int:
            opened.append(self.names.currentItem().text())
            self.reject()
            return 0

    monkeypatch.setattr(indicator_peers, "RegistersDialog", Dialog)
    turn_to(tab, tab.panel.peers)
    click(tab.panel.peers.forces)
    assert opened == ["Most similar forces"]


# Settings


def test_settings_are_kept_when_they_are_left(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    turn_to(tab, tab.panel.measure)
    line(tab, "fix_after").setFocus()
    QTest.keyClicks(line(tab, "fix_after"), "12")
    line(tab, "unit").setFocus()
    assert workspace.read(queries.indicators, key)[0].fix_after == 12
    assert workspace.undo_label == "change limits fixed after of R1"
    QTest.keyClick(line(tab, "unit"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line(tab, "unit"), "recorded robberies")
    QTest.keyClick(line(tab, "unit"), Qt.Key.Key_Return)
    assert workspace.read(queries.indicators, key)[0].unit == "recorded robberies"


def test_a_setting_that_breaks_a_rule_stays_and_is_explained(
    tab: PerformancePage, workspace: Workspace, key: str
) -> None:
    turn_to(tab, tab.panel.measure)
    line(tab, "fix_after").setFocus()
    QTest.keyClicks(line(tab, "fix_after"), "5")
    QTest.keyClick(line(tab, "fix_after"), Qt.Key.Key_Return)
    assert tab.panel.sentence.text() == "Limits fixed after may not be below 12."
    assert line(tab, "fix_after").text() == "5"
    assert workspace.read(queries.indicators, key)[0].fix_after is None
    QTest.keyClick(line(tab, "fix_after"), Qt.Key.Key_Escape)
    assert line(tab, "fix_after").text() == ""
    assert not tab.panel.sentence.isVisible()


@popups
def test_lists_of_settings_are_chosen_from(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    workspace.edit("add", registers.add, JudgementRule, {"title": "Strict", "size": 0.0})
    turn_to(tab, tab.panel.measure)
    for name, title in (("rule_id", "Strict"), ("screened", "No"), ("trajectory", "Straight")):
        choose(tab, name, title)
    row = workspace.read(queries.indicators, key)[0]
    assert (row.rule_key is not None, row.screened, row.trajectory) == (True, False, "straight")
    tab.explain_judgement()
    assert "Red: 2,336" not in tab.panel.figures.sentence.text()
    turn_to(tab, tab.panel.measure)
    choose(tab, "rule_id", "The plan's own: 5% tolerance")
    assert workspace.read(queries.indicators, key)[0].rule_key is None


@popups
def test_settings_that_mean_nothing_for_a_measure_are_not_shown(tab: PerformancePage) -> None:
    page = tab.panel.measure
    turn_to(tab, page)
    assert not page.fields["per"].isVisible()
    assert page.fields["profile_years"].isVisible()
    choose(tab, "measure", "Rate: events per so many people")
    assert page.fields["per"].isVisible()
    assert line(tab, "per").text() == "1000"


def test_the_national_indicator_and_the_notes_are_shown(qtbot: QtBot, plan: Workspace) -> None:
    tab = shown(qtbot, plan)
    page = tab.panel.measure
    turn_to(tab, page)
    tab.select(next(row.key for row in tab.model.rows if row.ref == "PI22"))
    assert "¹² A reduction of at least 5%" in page.notes.text()
    national = page.fields["framework_item_id"]
    assert isinstance(national, ListField)
    assert isinstance(national.column.kind.options()[0], Option)


# History, and a panel that shows nothing or may not be changed


def test_the_history_of_an_indicator_is_listed(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    turn_to(tab, tab.panel.history)
    workspace.edit("call it so", judging.set_measuring, key, profile_years=2)
    assert "call it so" in tab.panel.history.steps.item(0).text()
    workspace.edit("write beside it", judging.annotate, key, None, SEPTEMBER, "Operation began")
    steps = tab.panel.history.steps
    assert "write beside it" in steps.item(0).text()
    assert any(steps.item(n).text().endswith("\nenter") for n in range(steps.count()))


def test_a_plan_for_reading_only_is_shown_and_not_changed(qtbot: QtBot, workspace: Workspace, key: str) -> None:
    workspace.edit("give", judging.set_override, key, None, SEPTEMBER, "green", "Recounted")
    peers(workspace, 2008)
    workspace.close()
    with Workspace.open(workspace.path, read_only=True) as plan:
        tab = shown(qtbot, plan)
        panel = tab.panel
        assert panel.figures.take_back.isVisible()
        assert not panel.figures.take_back.isEnabled()
        assert not panel.figures.give.isEnabled()
        for page in (panel.targets, panel.peers, panel.measure, panel.chart, panel.history):
            turn_to(tab, page)
        assert panel.targets.explanation.isReadOnly()
        assert line(tab, "unit").isReadOnly()
        assert not panel.measure.fields["measure"].isEnabled()
        assert not panel.peers.model.setData(panel.peers.model.index(0, 1), "3")
        assert not panel.chart.note.isEnabled()


def test_an_empty_panel_says_what_to_do(qtbot: QtBot, plan_path: Path) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as plan:
        panel = shown(qtbot, plan).panel
        assert panel.heading.text() == "Choose an indicator in the table to see all of it here."
        assert not panel.pages.isVisible()
        assert panel.commit_pending()


def test_what_is_typed_is_kept_when_another_indicator_is_chosen(qtbot: QtBot, plan: Workspace) -> None:
    tab = shown(qtbot, plan)
    page = tab.panel.targets
    turn_to(tab, page)
    page.explanation.setFocus()
    QTest.keyClicks(page.explanation, "Cut off")
    tab.select(tab.model.rows[1].key)
    assert plan.read(queries.indicators)[0].targets[None].explanation == "Cut off"
    assert page.explanation.toPlainText() == ""


def test_targets_are_typed_where_they_are_shown(tab: PerformancePage, workspace: Workspace, key: str) -> None:
    turn_to(tab, tab.panel.targets)
    fields = tab.panel.targets.fields
    assert [field.column.title for field in fields.values()][-1] == "3-year target"
    field = list(fields.values())[-2]
    field.editor.setFocus()
    field.editor.selectAll()
    QTest.keyClicks(field.editor, "at least 85%")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert tab.row(key).targets[2010].stated == "at least 85%"
    assert field.editor.text().startswith("at least 85%")
    QTest.keyClicks(field.editor, " and more")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.editor.text().startswith("at least 85%")
    assert "and more" not in field.editor.text()
