"""The plan's years changed: every tab follows, nothing is filed where no page shows it, and nothing is lost."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, performance, registers
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.checking import check_file
from spp_desktop.store.glimpse import first_look, plan_key
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.plan_memory import PlanMemory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.window.plan_view import PlanView
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, press, type_text, view_of
from tests.flows.hands import key as press_key


def years_offered(view: PlanView) -> list[str]:
    return [view.year.itemText(n) for n in range(view.year.count())]


def targets_across(page: PerformancePage) -> list[str]:
    shown = [page.model.columns[n] for n in page.grid.shown_columns()]
    return [column.title for column in shown if column.field.startswith("target:")]


def set_plan(view: PlanView, **values: object) -> None:
    view.signals.edit("change the plan", registers.set_plan, **values)


def test_every_tab_follows_the_years_of_the_plan(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    delivered, performed, results = view.page("delivery"), view.page("performance"), view.page("results")
    assert isinstance(delivered, DeliveryPage)
    assert isinstance(performed, PerformancePage)
    assert isinstance(results, ResultsPage)
    assert targets_across(performed) == ["2008-2009", "2009-2010", "2010-2011", "3-year target"]
    held = len(delivered.model.rows)

    set_plan(view, first_year=2009, years=4)

    assert years_offered(view) == ["2008-2009, outside the plan", "2009-2010", "2010-2011", "2011-2012", "2012-2013"]
    assert (view.shown_year(), delivered.year) == (2008, 2008)  # what is there stays in view
    assert len(delivered.model.rows) == held
    assert targets_across(performed) == [
        "2008-2009, outside the plan", "2009-2010", "2010-2011", "2011-2012", "2012-2013", "4-year target",
    ]  # fmt: skip
    assert results.choosers.year == 2008

    view.year.setCurrentIndex(view.year.findData(2012))
    set_plan(view, years=2)
    assert years_offered(view)[-1] == "2010-2011"
    assert (view.shown_year(), delivered.year) == (2010, 2010)
    view.signals.workspace.undo()
    view.signals.workspace.undo()
    assert years_offered(view) == ["2008-2009", "2009-2010", "2010-2011"]
    assert targets_across(performed) == ["2008-2009", "2009-2010", "2010-2011", "3-year target"]


def test_a_page_never_stays_at_a_year_that_is_gone(opener: Opener, plan_path: Path) -> None:
    Workspace.create(plan_path, "New", 2026).close()
    view = view_of(opener(plan_path))
    page = view.page("delivery")
    assert isinstance(page, DeliveryPage)
    set_plan(view, first_year=2030, years=2)
    assert (view.shown_year(), page.year) == (2030, 2030)
    key = view.signals.edit("add a priority", registers.add, Priority, title="Harm")
    page.begin()
    type_text("Do it")
    press_key(Qt.Key.Key_Return)
    (row,) = view.signals.read(queries.activities)
    assert (row.year, row.priority_key) == (2030, key)


def test_a_plan_that_is_over_opens_at_its_last_year(opener: Opener, plan_path: Path) -> None:
    Workspace.create(plan_path, "Old", 2008).close()
    view = view_of(opener(plan_path))
    results = view.page("results")
    assert isinstance(results, ResultsPage)
    assert (view.shown_year(), results.choosers.year) == (2010, 2010)
    set_plan(view, first_year=2004)
    assert (view.shown_year(), results.choosers.year) == (2006, 2006)


def test_late_is_judged_by_the_day_that_the_plan_stands_at_now(opener: Opener, worked: Path) -> None:
    view = view_of(opener(worked))
    page = view.page("delivery")
    late = page.summary()
    set_plan(view, as_at=date(2010, 3, 31))
    assert page.summary() != late


def test_nothing_is_filed_into_a_year_that_the_plan_does_not_have(workspace: Workspace) -> None:
    priority = workspace.read(queries.register, Priority)[0].id
    indicator = workspace.read(queries.register, Indicator)[0].id
    with pytest.raises(RuleBroken, match="2007-2008 is no year of the plan, which is for 2008-2011"):
        workspace.edit("add", delivery.add_activity, 2007, priority, "Do it")
    with pytest.raises(RuleBroken, match="2011-2012"):
        workspace.edit("aim", performance.set_target, indicator, 2011, "4%")
    activity = workspace.read(queries.activities)[0].key
    with pytest.raises(RuleBroken, match="2012-2013"):
        workspace.edit("move", delivery.set_cells, [(activity, "year", 2012)])
    # What is there already can be changed and emptied once the plan has moved on.
    workspace.edit("move the plan on", registers.set_plan, first_year=2009)
    workspace.edit("aim", performance.set_target, indicator, 2008, "5%")
    workspace.edit("say", delivery.set_cells, [(activity, "text", "Done")])
    workspace.edit("empty", performance.set_target, indicator, 2008, "")


def test_a_check_names_what_is_outside_the_years_of_the_plan(workspace: Workspace) -> None:
    assert not [line for line in check_file(workspace.path).lines if "not a year" in line]
    workspace.edit("move the plan on", registers.set_plan, first_year=2009)
    workspace.close()
    report = check_file(workspace.path)
    assert report.ok  # nothing is damaged: it was decided so, and can be undone
    named = [line for line in report.lines if line.endswith("is for 2008-2009, which is not a year of the plan.")]
    assert [line.split(" is for")[0] for line in named] == [
        "The activity “1.01”", "The activity “1.02”", "The activity “2.01”", "The target “4%” of indicator “R1”",
    ]  # fmt: skip


def test_the_plans_own_form_says_what_stands_outside(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = RegistersDialog(PlanSignals(workspace))
    qtbot.addWidget(dialog)
    assert dialog.form.outside.isHidden()
    dialog.form.text("first_year").setPlainText("2009-10")
    assert dialog.form.commit()
    assert not dialog.form.outside.isHidden()
    said = dialog.form.outside.text()
    assert f"{year_name(2008)} holds 3 activities and 1 target." in said


@pytest.mark.parametrize("first", [2001, 2006, 2008, 2030])
@pytest.mark.parametrize("wished", [None, 2008, 2009, 1999])
def test_the_first_look_shows_the_year_that_the_window_shows(
    opener: Opener, workspace: Workspace, first: int, wished: int | None
) -> None:
    workspace.edit("move the plan", registers.set_plan, first_year=first, years=3)
    workspace.close()
    look = first_look(workspace.path, wished)
    window = opener(None)
    if wished is not None:
        PlanMemory(window.memory, plan_key(workspace.path)).keep_page_state("page", {"year": wished})
    window.open_plan(workspace.path)
    assert look is not None
    assert look[0] == view_of(window).shown_year()


def test_another_year_is_chosen_by_keys(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    assert view.shown_year() == 2008
    press(qtbot, window, Qt.Key.Key_G, CTRL)
    assert view.year.hasFocus()
    press_key(Qt.Key.Key_Down)
    assert view.shown_year() == 2009
