"""Restoring the plan, a priority, a row or a cell as it stood at a moment: what comes back, what is refused, undo."""

from datetime import date

import pytest

from spp_desktop.edits import (
    delivery,
    links,
    performance,
    priorities,
    registers,
    reporting_periods,
    restoring,
    results,
    rows,
)
from spp_desktop.edits.restoring import Restoring
from spp_desktop.plan.delivery import Activity, Milestone, Status
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import as_at, dump, history, moments, queries
from spp_desktop.store.as_at import PastWorkspace
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace


class Then:
    """The small plan, and it as it stood before what a test does."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.content = workspace.read(dump.content)
        self.moment = workspace.read_beside(moments.now)
        self.keys = {row.ref: row.key for row in workspace.read(queries.activities)}
        self.priorities = [row.key for row in workspace.read(queries.priority_tree)]

    def proposed(self, row: str = "", cell: str = "") -> Restoring:
        with as_at.opened(self.workspace, self.moment) as then:
            assert isinstance(then, PastWorkspace)
            return restoring.proposed(self.workspace, then, row, cell)

    def restore(self, row: str = "", cell: str = "") -> Restoring:
        found = self.proposed(row, cell)
        self.workspace.edit(found.label, restoring.restore, found)
        return found

    def is_as_then(self) -> bool:
        return self.workspace.read(dump.content) == self.content


@pytest.fixture
def then(workspace: Workspace) -> Then:
    return Then(workspace)


def test_the_whole_plan_comes_back_and_undo_takes_that_back(workspace: Workspace, then: Then) -> None:
    one, two = then.keys["1.01"], then.keys["1.02"]
    workspace.edit("retitle", registers.set_plan, title="Other")
    workspace.edit("swap", delivery.set_cells, [(one, "ref", "1.02"), (two, "ref", "1.01")])
    workspace.edit("add", delivery.add_activity, 2008, then.priorities[0], "Something else", ref="1.09")
    workspace.edit("remove", priorities.remove_priority, then.priorities[1])
    changed = workspace.read(dump.content)
    found = then.restore()
    assert then.is_as_then()
    assert found.sentence.startswith(f"Restore the plan as at {then.moment.words}: ")
    assert "1 activity goes" in found.sentence
    assert "1 priority" in found.sentence
    assert workspace.history()[0].label == f"restore the plan as at {then.moment.words}"
    workspace.undo()
    assert workspace.read(dump.content) == changed
    workspace.redo()
    assert then.is_as_then()
    assert not then.proposed().differences
    assert "Nothing to restore" in then.proposed().sentence


def test_what_a_later_version_brought_in_stays(workspace: Workspace, then: Then) -> None:
    new = workspace.edit("bring in", rows.add, Status, as_kind="brought in", title="Paused")
    workspace.edit("add", rows.add, Status, title="Put off")
    then.restore()
    assert new in {row.key for row in workspace.read(queries.statuses)}
    assert "Put off" not in {row.title for row in workspace.read(queries.statuses)}


def test_one_priority_comes_back_with_what_hangs_below_it_and_what_that_needs(workspace: Workspace, then: Then) -> None:
    owner = next(row for row in workspace.read(queries.register, Post) if row.title == "ACC Crime")
    first, second = then.priorities[:2]
    for key in [row.key for row in workspace.read(queries.activities)]:
        workspace.edit("owners", delivery.set_owners, key, [])
    workspace.edit("remove the post", rows.remove, Post, owner.id)
    workspace.edit("remove the priority", priorities.remove_priority, first)
    workspace.edit("rename", priorities.set_priority, second, title="Another")
    found = then.restore(first)
    assert found.along == ("post ACC Crime",)
    assert "post" in found.sentence
    content = workspace.read(dump.content)
    kept = [each for each in content["activities"] if each["ref"].startswith("1.")]
    assert kept == [each for each in then.content["activities"] if each["ref"].startswith("1.")]
    assert "Another" in [each["title"] for each in content["priorities"]]
    workspace.undo()
    assert not [each for each in workspace.read(dump.content)["activities"] if each["ref"].startswith("1.")]


def test_one_cell_comes_back_alone(workspace: Workspace, then: Then) -> None:
    key = then.keys["1.01"]
    for name, column in (("% Complete", "percent"), ("status", "status_id"), ("text", "text"), ("colour", "colour")):
        assert restoring.column_named(workspace, key, name) == column
    workspace.edit("change", rows.change, Activity, key, text="Otherwise", percent=40)
    found = then.restore(key, "text")
    assert found.label == f"restore the activity of activity 1.01 as at {then.moment.words}"
    row = workspace.read(lambda connection: queries.activities(connection, key=key))[0]
    assert (row.text, row.percent) == ("Do what 1.01 says", 40)
    assert not then.proposed(key, "text").differences


def test_a_row_that_was_not_there_goes_and_one_that_went_comes_back(workspace: Workspace, then: Then) -> None:
    new = workspace.edit("add", delivery.add_activity, 2008, then.priorities[0], "New", ref="1.09")
    workspace.edit("add", delivery.add_milestone, new, "A step")
    workspace.edit("remove", delivery.remove_activities, [then.keys["1.01"]])
    assert "1 activity and 1 milestone go" in then.restore(new).sentence
    then.restore(then.keys["1.01"])
    assert then.is_as_then()


def test_a_link_comes_back_only_with_both_its_rows(workspace: Workspace) -> None:
    keys = {row.ref: row.key for row in workspace.read(queries.activities)}
    one, two = keys["1.01"], keys["2.01"]
    workspace.edit("link", links.join, "depends on", one, two)
    then = Then(workspace)
    workspace.edit("remove", delivery.remove_activities, [one, two])
    found = then.restore(one)
    assert [name.startswith("link “depends on”") for name in found.left_out] == [True]
    then.restore(two)
    assert then.is_as_then()


def test_what_stands_in_the_way_is_told_and_nothing_is_changed(workspace: Workspace, then: Then) -> None:
    one = then.keys["1.01"]
    workspace.edit("renumber", delivery.set_cells, [(one, "ref", "1.08")])
    other = workspace.edit("add", delivery.add_activity, 2008, then.priorities[0], "New", ref="1.01")
    before = workspace.read(dump.content)
    with pytest.raises(UndoRefused, match="another one has its year and ref now"):
        then.restore(one)
    assert workspace.read(dump.content) == before
    found = then.proposed(other)
    workspace.edit("change", rows.change, Activity, other, text="Changed since")
    with pytest.raises(UndoRefused, match="has been changed since this was looked at"):
        workspace.edit(found.label, restoring.restore, found)


def test_a_status_in_use_stays(workspace: Workspace, then: Then) -> None:
    status = workspace.edit("add", rows.add, Status, title="New", colour="#1a7f37", shape="disc")
    workspace.edit("use", rows.change, Activity, then.keys["1.01"], status_id=status)
    with pytest.raises(UndoRefused, match="cannot be as it was then by itself"):
        then.restore(status)
    then.restore()
    assert then.is_as_then()


def test_figures_come_back_with_the_account_that_is_kept_of_them(workspace: Workspace) -> None:
    indicator = workspace.read(queries.indicators)[0].key
    month = {"indicator_id": indicator, "period_from": "2008-04-01", "period_to": "2008-04-30"}
    workspace.edit("enter", results.enter, [{**month, "value": 5.0}])
    then = Then(workspace)
    workspace.edit("correct", results.enter, [{**month, "value": 7.0}], "It was counted twice")
    (result,) = workspace.read(queries.register, Result)
    for row, cell in ((result.id, ""), (result.id, "value")):
        with pytest.raises(RuleBroken, match="Restore its indicator as a whole"):
            then.proposed(row, cell)
    then.restore(indicator)
    assert then.is_as_then()


def test_rules_of_the_plan_are_kept(workspace: Workspace, then: Then) -> None:
    theme = workspace.edit("theme", priorities.add_theme, then.priorities[0], "A theme")
    workspace.edit("home", delivery.set_cells, [(then.keys["1.01"], "stands_under", theme)])
    under = Then(workspace)
    workspace.edit("move", delivery.set_cells, [(then.keys["1.01"], "priority_id", then.priorities[1])])
    with pytest.raises(RuleBroken):
        under.restore(then.keys["1.01"], "theme_id")
    under.restore(then.keys["1.01"])
    assert under.is_as_then()


def test_a_date_comes_back_with_the_account_of_its_move(workspace: Workspace, then: Then) -> None:
    key = then.keys["1.01"]
    workspace.edit("due", delivery.set_cells, [(key, "due", date(2009, 1, 31))])
    first = Then(workspace)
    workspace.edit("slip", delivery.set_cells, [(key, "due", date(2009, 3, 31))])
    assert "1 moved date goes" in first.restore(key).sentence
    assert first.is_as_then()


def test_a_locked_period_stays_as_it_is(workspace: Workspace) -> None:
    period = workspace.edit("q1", reporting_periods.add_period, "Q1", date(2008, 4, 1), date(2008, 6, 30))
    workspace.edit("open", reporting_periods.open_period, period)
    open_then = Then(workspace)
    workspace.edit("close", reporting_periods.close_period, period)
    workspace.edit("lock", reporting_periods.lock_period, period)
    before = workspace.read(dump.content)
    for row in ("", open_then.keys["1.01"]):
        with pytest.raises(UndoRefused, match="Reopen th"):
            open_then.restore(row)
    assert workspace.read(dump.content) == before


def test_what_cannot_be_named_is_refused(workspace: Workspace, then: Then) -> None:
    with pytest.raises(RuleBroken, match="Neither the plan now"):
        then.proposed("no such key")
    with pytest.raises(RuleBroken, match="has no cell “colour”"):
        then.proposed(then.keys["1.01"], "colour")
    new = workspace.edit("add", delivery.add_milestone, then.keys["1.01"], "A step")
    workspace.edit("move", rows.change, Activity, then.keys["1.01"], due=date(2009, 1, 31))
    with pytest.raises(RuleBroken, match="Restore the whole activity"):
        then.proposed(then.keys["1.01"], "due")
    with pytest.raises(RuleBroken, match="restored as a whole"):
        then.proposed(new, "title")
    assert workspace.read_beside(history.table_of, new) == Milestone.__tablename__


def test_what_names_it_names_it_again(workspace: Workspace) -> None:
    indicator = workspace.read(queries.indicators)[0]
    workspace.edit("rule", performance.set_indicator, indicator.key, title="A rule of its own")
    then = Then(workspace)
    workspace.edit("remove", rows.remove, Indicator, indicator.key)
    then.restore(indicator.key)
    assert then.is_as_then()
