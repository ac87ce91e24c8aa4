"""Reporting periods and what is said in them: from opening to locking, through every door that could change them."""

from collections.abc import Callable
from datetime import date

import pytest

from spp_desktop.edits import delivery, priorities, registers, reporting_periods, reports, restoring, rows
from spp_desktop.edits.sources.activities import ACTIVITIES
from spp_desktop.edits.sources.source import AcceptedCell, IssueScope
from spp_desktop.plan.monitoring import ActivityReport, DeliveryRule, ReportingPeriod
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import as_at, expunging, moments, monitored, queries, signed_off
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

LOCKED = "is locked"


@pytest.fixture
def quarters(workspace: Workspace) -> list[str]:
    workspace.edit("show it as at a day", registers.set_plan, as_at=date(2008, 7, 3))
    return workspace.edit("make the periods", reporting_periods.make_periods)


def activities(workspace: Workspace) -> list[str]:
    return [row.key for row in workspace.read(queries.activities)]


def said(workspace: Workspace, period: str) -> list[tuple[str, str, int | None, bool, str]]:
    found = workspace.read(monitored.reports, period)
    return [(row.done, row.next, row.percent, row.carried, row.state) for row in found]


def test_periods_are_made_once_as_the_plan_reports(workspace: Workspace, quarters: list[str]) -> None:
    known = workspace.read(monitored.periods)
    assert [row.key for row in known] == quarters
    assert [(row.title, row.starts, row.ends, row.state) for row in known[:2]] == [
        ("2008-09 Q1", date(2008, 4, 1), date(2008, 6, 30), "planned"),
        ("2008-09 Q2", date(2008, 7, 1), date(2008, 9, 30), "planned"),
    ]
    assert len(known) == 12
    assert workspace.edit("make them", reporting_periods.make_periods, "months") == []
    assert monitored.period_asked(known, date(2008, 7, 3)) is None
    workspace.edit("open it", reporting_periods.open_period, quarters[1])
    workspace.edit("open it", reporting_periods.open_period, quarters[0], "The planning officer")
    known = workspace.read(monitored.periods)
    assert monitored.period_asked(known, date(2008, 7, 3)) == known[1]
    assert monitored.period_asked(known, date(2008, 4, 1)) == known[0]
    assert (known[0].state_on, known[0].state_by) == (date(2008, 7, 3), "The planning officer")
    assert monitored.period_of_day(known, date(2008, 9, 30)) == known[1]
    assert monitored.period_named(known, "2008-09 q2") == known[1]
    assert (monitored.earlier_period(known, known[1]), monitored.earlier_period(known, known[0])) == (known[0], None)
    with pytest.raises(RuleBroken, match="overlaps"):
        workspace.edit("add one", reporting_periods.add_period, "August", date(2008, 8, 1), date(2008, 8, 31))
    workspace.edit("remove it", reporting_periods.remove_period, quarters[2])
    workspace.edit("add one", reporting_periods.add_period, "Autumn", date(2008, 10, 1), date(2008, 12, 31))
    workspace.edit("name it", reporting_periods.set_period, quarters[1], title="Summer", state="locked")
    assert [row.title for row in workspace.read(monitored.periods)][:3] == ["2008-09 Q1", "Summer", "Autumn"]
    rule = workspace.read(monitored.delivery_rule)
    workspace.edit("by months", rows.change, DeliveryRule, rule.id, periods="own")
    assert workspace.edit("make them", reporting_periods.make_periods) == []


def test_a_report_from_typing_to_acceptance(workspace: Workspace, quarters: list[str]) -> None:
    first, second, third = activities(workspace)
    with pytest.raises(RuleBroken, match="has not been opened yet"):
        workspace.edit("say it", reports.set_texts, quarters[0], [(first, "done", "Begun")])
    workspace.edit("open it", reporting_periods.open_period, quarters[0])
    workspace.edit("say it", reports.set_texts, quarters[0], [(first, "done", "Begun"), (first, "next", "Go on")])
    workspace.edit("set %", delivery.set_cells, [(first, "percent", 20)])
    assert said(workspace, quarters[0]) == [("Begun", "Go on", None, False, "being written")]
    with pytest.raises(RuleBroken, match=r"Nothing of 1\.01 was submitted"):
        workspace.edit("accept", reports.accept, quarters[0], [first])
    assert workspace.edit("submit", reports.submit, quarters[0], [first, second], "ACC Crime") == 2
    with pytest.raises(RuleBroken, match="Say what is to be changed"):
        workspace.edit("send back", reports.send_back, quarters[0], [first], " ")
    workspace.edit("send back", reports.send_back, quarters[0], [first], "By when?")
    assert [row[-1] for row in said(workspace, quarters[0])] == ["sent back", "submitted"]
    workspace.edit("submit", reports.submit, quarters[0], [first])
    workspace.edit("accept", reports.accept, quarters[0], [first], "The planning officer")
    assert workspace.edit("submit", reports.submit, quarters[0], [first]) == 0
    workspace.edit("set %", delivery.set_cells, [(first, "percent", 30)])
    assert workspace.edit("close it", reporting_periods.close_period, quarters[0]) == 1
    assert said(workspace, quarters[0]) == [
        ("Begun", "Go on", 20, False, "accepted"), ("", "", None, False, "submitted"),
        ("", "", None, False, "being written"),
    ]  # fmt: skip
    row = workspace.read(monitored.reports, None, first)[0]
    assert (row.accepted_by, row.remark, row.returned_on) == ("The planning officer", "By when?", date(2008, 7, 3))
    workspace.edit("take it back", reports.take_back_acceptance, quarters[0], [first])
    assert said(workspace, quarters[0])[0][-1] == "submitted"
    workspace.edit("open it", reporting_periods.open_period, quarters[1])
    assert workspace.edit("carry", reports.carry_forward, quarters[1], [first, third]) == 1
    assert workspace.edit("carry", reports.carry_forward, quarters[1], [first]) == 0
    assert said(workspace, quarters[1]) == [("Begun", "Go on", None, True, "being written")]
    workspace.edit("say it", reports.set_texts, quarters[1], [(first, "next", "Go on")])
    assert said(workspace, quarters[1])[0][3]
    workspace.edit("say it", reports.set_texts, quarters[1], [(first, "next", "End it")])
    assert not said(workspace, quarters[1])[0][3]


def restored(workspace: Workspace, label: str) -> None:
    moment = moments.of_step(next(step for step in workspace.history() if step.label == label))
    with as_at.opened(workspace, moment) as then:
        found = restoring.proposed(workspace, then)
    workspace.edit("restore", restoring.restore, found)


DOORS: dict[str, Callable[[Workspace, str, str], object]] = {
    "typed": lambda w, p, a: w.edit("say", reports.set_texts, p, [(a, "done", "More")]),
    "submitted": lambda w, p, a: w.edit("submit", reports.submit, p, [a]),
    "closed": lambda w, p, a: w.edit("close", reporting_periods.close_period, p),
    "locked again": lambda w, p, a: w.edit("lock", reporting_periods.lock_period, p),
    "renamed": lambda w, p, a: w.edit("name", reporting_periods.set_period, p, title="Other"),
    "removed": lambda w, p, a: w.edit("remove", reporting_periods.remove_period, p),
    "by a verb of any table": lambda w, p, a: w.edit("set", rows.change, ReportingPeriod, p, state_by="Other"),
    "by a statement": lambda w, p, a: w.edit("set", sql, "UPDATE activity_report SET done='More'"),
    "with its activity": lambda w, p, a: w.edit("remove", delivery.remove_activities, [a]),
    "a row more": lambda w, p, a: w.edit("add", rows.add, ActivityReport, activity_id=a, period_id=p),
    "by undo": lambda w, p, a: w.undo(),
    "by putting a step back": lambda w, p, a: w.revert(next(step.id for step in w.history() if step.label == "say it")),
    "by restoring": lambda w, p, a: restored(w, "open it"),
}


def test_no_two_periods_are_called_alike(workspace: Workspace, quarters: list[str]) -> None:
    assert quarters
    name = workspace.read(monitored.periods)[0].title
    with pytest.raises(RuleBroken, match=f"There is a reporting period {name} already"):
        workspace.edit("add", reporting_periods.add_period, name.lower(), date(2030, 1, 1), date(2030, 3, 31))


def test_no_door_changes_a_locked_period(workspace: Workspace, quarters: list[str]) -> None:
    first = activities(workspace)[0]
    workspace.edit("open it", reporting_periods.open_period, quarters[0])
    workspace.edit("say it", reports.set_texts, quarters[0], [(first, "done", "Begun")])
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    before = workspace.read(monitored.reports), workspace.read(monitored.periods), workspace.revision()
    for door, go_through in DOORS.items():
        with pytest.raises((RuleBroken, UndoRefused), match=LOCKED):
            go_through(workspace, quarters[0], first)
        now = workspace.read(monitored.reports), workspace.read(monitored.periods), workspace.revision()
        assert now == before, door


def test_a_locked_period_is_reopened_for_a_reason_which_undo_takes_back(
    workspace: Workspace, quarters: list[str]
) -> None:
    first = activities(workspace)[0]
    with pytest.raises(RuleBroken, match="not locked"):
        workspace.edit("reopen", reporting_periods.reopen_period, quarters[0], "A slip")
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    with pytest.raises(RuleBroken, match="Say why"):
        workspace.edit("reopen", reporting_periods.reopen_period, quarters[0], " ")
    workspace.edit("reopen", reporting_periods.reopen_period, quarters[0], "A slip", "The planning officer", "open")
    period = workspace.read(monitored.periods)[0]
    assert (period.state, period.reason, period.state_by) == ("open", "A slip", "The planning officer")
    workspace.undo()
    assert workspace.read(monitored.periods)[0].locked
    workspace.redo()
    workspace.edit("say it", reports.set_texts, quarters[0], [(first, "done", "More")])
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    assert workspace.read(monitored.periods)[0].reason == ""
    with pytest.raises(UndoRefused, match=LOCKED):
        workspace.undo()
    # What is no part of a period goes on as ever, and so does a period that is not locked.
    workspace.edit("set %", delivery.set_cells, [(first, "percent", 30)])
    workspace.undo()
    workspace.edit("close it", reporting_periods.close_period, quarters[1])
    workspace.undo()
    assert workspace.read(monitored.periods)[1].state == "planned"


def test_a_period_that_is_reopened_keeps_what_stood_for_it(workspace: Workspace, quarters: list[str]) -> None:
    """What nobody submitted is not overwritten by what is so in a later period."""
    key = activities(workspace)[0]
    for quarter, percent in zip(quarters[:2], (10, 100), strict=True):
        workspace.edit("open it", reporting_periods.open_period, quarter)
        for each in (5, percent):  # until a later one has begun it takes over what is so now
            workspace.edit("say how far it is", delivery.set_cells, [(key, "percent", each)])
            workspace.edit("close it", reporting_periods.close_period, quarter)
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    workspace.edit("reopen it", reporting_periods.reopen_period, quarters[0], "One row was wrong", to="open")
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    assert [said(workspace, quarter)[0][2] for quarter in quarters[:2]] == [10, 100]
    workspace.edit("say for Zed", reports.set_texts, quarters[1], [(key, "done", "Zed saw to it")])
    found = workspace.read_beside(expunging.standing, StruckWord("Zed"))
    assert found.cells == ("report “2008-09 Q2” of activity “1.01”, what was done: “Zed saw to it”",)
    found = workspace.read_beside(expunging.standing, StruckWord("say how far"))
    assert found.counts() == "the words of 4 steps"


def test_a_priority_whose_activity_stands_in_a_locked_period_stays(workspace: Workspace, quarters: list[str]) -> None:
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    priority = workspace.read(queries.activities)[0].priority_key
    with pytest.raises(RuleBroken, match=LOCKED):
        workspace.edit("remove it", priorities.remove_priority, priority)
    added = workspace.edit("add one", delivery.add_activity, 2008, priority, "Something new")
    workspace.edit("remove it", delivery.remove_activities, [added])
    assert len(activities(workspace)) == 3


def test_what_changed_after_it_was_accepted_is_told_with_its_step(workspace: Workspace, quarters: list[str]) -> None:
    first, second, _ = activities(workspace)
    workspace.edit("open it", reporting_periods.open_period, quarters[0])
    workspace.edit("set %", delivery.set_cells, [(first, "percent", 20)])
    workspace.edit("submit", reports.submit, quarters[0], [first, second])
    workspace.edit("accept", reports.accept, quarters[0], [first, second])
    assert workspace.read(signed_off.changed_since_accepted, quarters[0]) == []
    workspace.edit("set %", delivery.set_cells, [(first, "percent", 30), (second, "percent", 5)])
    workspace.edit("set % again", delivery.set_cells, [(first, "percent", 40), (second, "percent", None)])
    workspace.edit("mend it", reports.set_texts, quarters[0], [(first, "done", "Begun")])
    told = workspace.read(signed_off.changed_since_accepted, quarters[0])
    assert [
        (each.activity_key, each.table, each.cell, each.before, each.after, each.revision.label) for each in told
    ] == [
        (first, "activity", "percent", 20, 40, "set % again"),
        (first, "activity_report", "done", "", "Begun", "mend it"),
    ]


def test_what_a_return_answers_stands_in_the_row_of_its_period(workspace: Workspace, quarters: list[str]) -> None:
    first, second, _ = activities(workspace)
    crime, security = (post.id for post in workspace.read(queries.register, Post))
    workspace.edit("two own it", delivery.set_owners, second, [crime, security])
    scope = IssueScope(year=2008, period="Q1")
    assert scope.ends == date(2008, 6, 30)

    def take(key: str, post: str, **answers: object) -> None:
        cells = [AcceptedCell(key, name, name, value, scope, post) for name, value in answers.items()]
        workspace.edit("take in", ACTIVITIES.take, cells)

    take(first, crime, percent=40, done="Begun")
    take(first, crime, next="Go on")
    take(second, security, done="By the other")
    take(second, crime, done="By the lead")
    found = workspace.read(monitored.reports, quarters[0])
    assert [(r.percent, r.done, r.next, r.state, r.submitted_by) for r in found] == [
        (40, "Begun", "Go on", "submitted", "ACC Crime"), (None, "By the lead", "", "submitted", "ACC Crime"),
    ]  # fmt: skip
    assert sorted(update.done for update in workspace.read(queries.updates)) == ["Begun", "By the lead", "By the other"]
    workspace.edit("lock it", reporting_periods.lock_period, quarters[0])
    with pytest.raises(RuleBroken, match=LOCKED):
        take(first, crime, done="Something else")


def test_an_activity_is_reported_on_only_in_a_period_of_its_own_year(workspace: Workspace, quarters: list[str]) -> None:
    """A report in a period of another year would stand on no page and in no document."""
    workspace.edit("open it", reporting_periods.open_period, quarters[0])
    priority = workspace.read(queries.activities)[0].priority_key
    later = workspace.edit("add", delivery.add_activity, 2009, priority, "Next year's")
    with pytest.raises(RuleBroken, match="is of 2009-2010, and 2008-09 Q1 is not in that year"):
        workspace.edit("say", reports.set_texts, quarters[0], [(later, "done", "Begun")])
    assert workspace.read(monitored.reports, None, later) == []
