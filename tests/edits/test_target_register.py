"""The register of targets: what is kept once a target is in force, of years and over the plan."""

from datetime import date

import pytest
from sqlmodel import Session

from spp_desktop.edits import editions, performance, targets
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.target_changes import TAKEN_AWAY, target_changes
from spp_desktop.store.workspace import Workspace

WHY = "The grant was cut"


@pytest.fixture
def indicator(workspace: Workspace) -> str:
    (row,) = workspace.read(queries.indicators)
    return row.key


def set_target(workspace: Workspace, indicator: str, year: int | None, text: str, reason: str = "") -> None:
    workspace.edit("set a target", performance.set_target, indicator, year, text, None, reason)


def issued(workspace: Workspace) -> None:
    workspace.edit("issue", editions.issue, NewEdition(date(2008, 3, 31), "The Authority"))


def test_a_draft_is_changed_without_being_asked(workspace: Workspace, indicator: str) -> None:
    set_target(workspace, indicator, 2009, "5%")
    set_target(workspace, indicator, 2009, "6%")
    set_target(workspace, indicator, None, "10%")
    set_target(workspace, indicator, None, "11%")
    assert workspace.read(target_changes) == []


def test_once_the_plan_is_out_each_target_changes_for_a_reason(workspace: Workspace, indicator: str) -> None:
    set_target(workspace, indicator, 2009, "5%")
    set_target(workspace, indicator, None, "10%")
    issued(workspace)
    with pytest.raises(RuleBroken, match="for 2009-2010, 5%, is in force"):
        set_target(workspace, indicator, 2009, "6%")
    with pytest.raises(RuleBroken, match="over the plan, 10%, is in force"):
        set_target(workspace, indicator, None, "")
    set_target(workspace, indicator, 2009, "6%", WHY)
    set_target(workspace, indicator, None, "", WHY)
    told = {(change.of, change.was, change.now, change.reason) for change in workspace.read(target_changes)}
    assert told == {("2009-2010", "5%", "6%", WHY), ("over the plan", "10%", TAKEN_AWAY, WHY)}
    workspace.undo()
    assert [change.of for change in workspace.read(target_changes)] == ["2009-2010"]


def test_who_agreed_is_said_afterwards(workspace: Workspace, indicator: str) -> None:
    issued(workspace)
    set_target(workspace, indicator, 2008, "3%", WHY)
    (change,) = workspace.read(target_changes)
    workspace.edit("say who agreed", targets.agree, {change.key: " The Authority "})
    (change,) = workspace.read(target_changes)
    assert change.agreed_by == "The Authority"
    assert change.in_force


def test_a_target_said_anew_is_over_the_plans_own_years(workspace: Workspace, indicator: str) -> None:
    set_target(workspace, indicator, None, "10%")
    workspace.edit("it is over other years", _over, 2005)
    issued(workspace)
    set_target(workspace, indicator, None, "12%", WHY)
    (change,) = workspace.read(target_changes)
    assert change.of == "over 2005-2008"
    (row,) = workspace.read(queries.indicators)
    assert (row.targets[None].over_first, row.targets[None].over_years) == (None, None)


def _over(session: Session, first: int) -> None:
    session.connection().exec_driver_sql(f"UPDATE target SET over_first = {first}, over_years = 3 WHERE year IS NULL")
