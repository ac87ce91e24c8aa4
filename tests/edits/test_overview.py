"""The overview: each number with the rows behind it, by priority and owner, by day, and by what changed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from spp_desktop.edits import (
    accepting,
    delivery,
    issuing,
    judging,
    performance,
    registers,
    reporting_periods,
    results,
    rows,
)
from spp_desktop.edits.overview.parts import PARTS, part_named
from spp_desktop.plan.delivery import Activity, ActivityOwner
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.registers import register_of
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import history, monitored, queries
from spp_desktop.store.checks import every
from spp_desktop.store.overview import changed
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk, RowBehind, TallyTable
from spp_desktop.store.workspace import Workspace

TODAY = date(2008, 10, 31)
Numbers = dict[str, dict[str, list[str]]]


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    workspace.edit("read it as at a day", _as_at)
    return workspace


def _as_at(session: Session) -> None:
    rows.change(session, Plan, session.exec(select(Plan)).one().id, as_at=TODAY)


def read(workspace: Workspace, name: str, since: date | None = None, year: int = 2008) -> TallyTable:
    part = part_named(name)
    assert part is not None
    return part.read(OverviewPlan(workspace, OverviewAsk(year, since), workspace.read(every.check)))


def refs(table: TallyTable) -> Numbers:
    """The references behind each number that is not nought, by line and column."""
    return {
        line.title: {
            head.title: [row.ref for row in cell] for head, cell in zip(table.heads, line.cells, strict=True) if cell
        }
        for line in table.lines
    }


def of(table: TallyTable, line: str) -> list[RowBehind]:
    """The rows behind the one number of a line; none where the line is not told."""
    return next((list(each.cells[0]) for each in table.lines if each.title == line), [])


def key_of(workspace: Workspace, ref: str) -> str:
    return next(row.key for row in workspace.read(queries.activities) if row.ref == ref)


def status_of(workspace: Workspace, title: str) -> str:
    return next(row.key for row in workspace.read(queries.statuses) if row.title == title)


def set_cell(workspace: Workspace, ref: str, column: str, value: Any) -> None:
    workspace.edit("set it", delivery.set_cells, [(key_of(workspace, ref), column, value)])


def test_statuses_are_counted_by_priority_and_by_who_leads_each_activity_once(plan: Workspace) -> None:
    set_cell(plan, "1.02", "status_id", status_of(plan, "On track"))
    set_cell(plan, "1.02", "due", date(2008, 9, 30))
    by_priority = read(plan, "by priority")
    assert refs(by_priority) == {
        "Serious harm": {"On track": ["1.02"], "No status": ["1.01"], "All": ["1.01", "1.02"], "Late": ["1.02"]},
        "Local policing": {"No status": ["2.01"], "All": ["2.01"]},
        "All": {"On track": ["1.02"], "No status": ["1.01", "2.01"], "All": ["1.01", "1.02", "2.01"], "Late": ["1.02"]},
    }
    assert [head.title for head in by_priority.heads][:3] == ["Not started", "On track", "At risk"]
    assert by_priority.heads[1].mark is not None
    assert by_priority.heads[1].mark.shape == "disc"
    owned = refs(read(plan, "by owner"))
    assert owned["All"] == refs(by_priority)["All"]
    plan.edit("nobody", _unown, key_of(plan, "2.01"))
    owned = refs(read(plan, "by owner"))
    assert list(owned)[-2:] == ["Nobody", "All"]
    assert owned["Nobody"]["All"] == ["2.01"]
    assert read(plan, "by owner", year=2009).empty == "No activities in 2009-2010 yet."


def _unown(session: Session, activity: str) -> None:
    for owner in session.exec(select(ActivityOwner).where(ActivityOwner.activity_id == activity)).all():
        session.delete(owner)


def test_how_it_became_green_is_told_with_the_reason(plan: Workspace) -> None:
    set_cell(plan, "1.01", "status_id", status_of(plan, "At risk"))
    set_cell(plan, "1.01", "status_id", status_of(plan, "On track"))
    set_cell(plan, "1.01", "reason", "Staff are  back.")
    (row,) = read(plan, "by priority").lines[0].cells[1]
    assert row.words.startswith("since ")
    assert " (was At risk); Staff are back; the plan's rule would have it otherwise: Off track: " in row.words
    plan.edit("report", delivery.add_update, row.key, date(2008, 9, 30), done="All  trained")
    (row,) = read(plan, "by priority").lines[0].cells[1]
    assert "; Staff are back; reported 30 Sep 2008: All trained; the plan's rule " in row.words
    (kept,) = (row for row in read(plan, "by priority").lines[1].cells[-2] if row.ref == "2.01")
    assert kept.words.startswith("the plan's rule: "), "it has had its status since it was entered"


def test_what_is_overdue_and_due_next_of_every_kind(plan: Workspace) -> None:
    set_cell(plan, "1.01", "due", TODAY - timedelta(days=1))
    set_cell(plan, "1.01", "forecast", TODAY + timedelta(days=60))
    set_cell(plan, "1.02", "due", TODAY)
    set_cell(plan, "2.01", "due", TODAY + timedelta(days=31))
    steps = {row.activity_key: row.key for row in plan.read(queries.milestones)}
    dates = [(steps[key_of(plan, ref)], "due", day) for ref, day in (("1.01", date(2008, 5, 1)), ("1.02", TODAY))]
    plan.edit("date them", delivery.set_milestones, dates)
    plan.edit("a risk", rows.add, register_of("risk").model, text="Flood", ref="R1", review_on=date(2008, 6, 1))
    overdue = read(plan, "overdue")
    assert [(row.ref, row.words) for row in of(overdue, "Activities")] == [
        ("1.01", "due 30 Oct 2008, 1 day ago; expected 30 Dec 2008")
    ]
    assert [(row.kind, row.ref, row.part_of) for row in of(overdue, "Milestones")] == [
        ("milestone", "1.01", key_of(plan, "1.01")), ("milestone", "2.01", key_of(plan, "2.01"))
    ]  # fmt: skip
    assert [(row.kind, row.ref, row.text[-5:]) for row in of(overdue, "Risks")] == [("risk", "R1", "Flood")]
    assert [row.ref for row in overdue.named] == ["1.01", "R1", "2.01", "1.01"], "what has waited longest first"
    soon = read(plan, "due")
    assert [row.ref for row in of(soon, "Activities")] == ["1.02"]
    assert of(soon, "Milestones")[0].words == "due 31 Oct 2008, today"
    assert of(soon, "Risks") == []
    set_cell(plan, "1.01", "status_id", status_of(plan, "Complete"))
    assert of(read(plan, "overdue"), "Activities") == []
    assert [row.ref for row in of(read(plan, "overdue"), "Milestones")] == ["2.01"], "nobody waits for the others"


def test_what_slipped_since_the_open_period_began_is_told_with_its_reasons(plan: Workspace) -> None:
    plan.edit("make periods", reporting_periods.make_periods)
    second = next(row for row in plan.read(monitored.periods) if row.starts == date(2008, 7, 1))
    plan.edit("open it", reporting_periods.open_period, second.key)
    for day in (date(2008, 9, 30), date(2008, 10, 31)):
        set_cell(plan, "1.01", "due", day)
    cells = [(key_of(plan, "1.01"), "due", date(2008, 12, 31))]
    plan.edit("move it", delivery.set_cells, cells, reason="The builder went away")
    for day in (date(2008, 12, 1), date(2008, 11, 1)):
        set_cell(plan, "1.02", "due", day)
    step = next(row for row in plan.read(queries.milestones) if row.activity_key == key_of(plan, "2.01"))
    plan.edit("move it", delivery.set_milestones, [(step.key, "forecast", date(2008, 8, 1))])
    table = read(plan, "slipped")
    assert table.note == f"{second.title}: moved from 1 Jul 2008 on."
    (row,) = of(table, "Activities later")
    assert (row.ref, row.day) == ("1.01", date(2008, 12, 31))
    first, again, in_all = row.words.split(" · ")
    assert first.startswith("due date was 30 Sep 2008, now 31 Oct 2008, 31 days later; ")
    assert first.endswith(", 31 Oct 2008, no reason given")
    assert again.endswith(", 31 Oct 2008: The builder went away")
    assert in_all.startswith("It has slipped twice, by 92 days")
    assert of(table, "Not for the first time") == [row]
    assert [each.ref for each in of(table, "Without a reason")] == ["1.01", "2.01"]
    (step_row,) = of(table, "Milestones later")
    assert step_row.words.startswith("expected date was 1 Jul 2008, now 1 Aug 2008, 31 days later; ")
    assert [row.ref for row in table.named] == ["1.01", "2.01"], "the farthest first"
    assert read(plan, "changed").note == "From 1 Jul 2008 to now."


def test_a_status_set_otherwise_than_the_rule_proposes_is_told_with_what_the_rule_says(plan: Workspace) -> None:
    for ref, status in (("1.01", "On track"), ("1.02", "On track"), ("2.01", "Deferred")):
        set_cell(plan, ref, "status_id", status_of(plan, status))
        set_cell(plan, ref, "due", date(2008, 6, 30))
    table = read(plan, "by rule")
    assert [row.ref for row in of(table, "Set otherwise, no reason given")] == ["1.01", "1.02"]
    assert [row.ref for row in of(table, "No status, or none proposed")] == ["2.01"]
    assert (
        "; the plan's rule would have it otherwise: Off track: " in of(table, "Set otherwise, no reason given")[0].words
    )
    set_cell(plan, "1.01", "reason", "It is nearly done")
    set_cell(plan, "1.02", "status_id", status_of(plan, "Off track"))
    table = read(plan, "by rule")
    assert [row.ref for row in of(table, "Set otherwise, with a reason")] == ["1.01"]
    assert [row.ref for row in of(table, "As the rule has it")] == ["1.02"]
    assert table.named == ()


def test_indicators_are_counted_by_colour_and_one_that_a_person_gave_is_told(plan: Workspace) -> None:
    (indicator,) = plan.read(queries.indicators)
    assert [(line.title, len(line.cells[0])) for line in read(plan, "indicators").lines][:3] == [
        ("Green, on target", 0), ("Amber, just off target", 0), ("Red, off target", 0),
    ]  # fmt: skip
    assert of(read(plan, "indicators"), "No data") or of(read(plan, "indicators"), "No target")
    entry = {
        "indicator_id": indicator.key, "period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "value": 5.0,
    }  # fmt: skip
    plan.edit("measure", results.enter, [entry])
    plan.edit("override", judging.set_override, indicator.key, None, date(2008, 4, 30), "red", "It was agreed")
    table = read(plan, "indicators")
    (given,) = of(table, "Colour given by a person")
    assert given.ref == indicator.ref
    assert given.words.endswith(": It was agreed")
    assert [row.key for row in table.named] == [row.key for row in of(table, "Red, off target")] == [indicator.key]


def test_a_plan_without_indicators_says_so(plan: Workspace) -> None:
    performance_rows = [row.key for row in plan.read(queries.indicators)]
    plan.edit("remove them", performance.remove_indicators, performance_rows)
    assert read(plan, "indicators").empty == "No indicators yet."


def test_what_changed_is_what_differs_since_a_day(plan: Workspace) -> None:
    set_cell(plan, "1.01", "status_id", status_of(plan, "At risk"))
    set_cell(plan, "1.02", "status_id", status_of(plan, "At risk"))
    set_cell(plan, "1.02", "status_id", None)
    set_cell(plan, "2.01", "due", date(2009, 3, 31))
    plan.edit("remove it", delivery.remove_activities, [key_of(plan, "1.02")])
    priority = plan.read(queries.activities)[0].priority_key
    plan.edit("add it", delivery.add_activity, 2008, priority, "A new one", ref="1.09")
    step = plan.read(queries.milestones)[0]
    plan.edit("done", delivery.set_milestones, [(step.key, "done_on", date(2008, 10, 1))])
    table = read(plan, "changed")
    (status,) = of(table, "Statuses of activities")
    assert (status.ref, status.day) == ("1.01", date.today())
    assert status.words.startswith("was No status, is At risk; ")
    (moved,) = of(table, "Dates moved")
    assert (moved.ref, moved.words.split(";")[0]) == ("2.01", "due nothing, now 31 Mar 2009")
    assert [row.ref for row in of(table, "Added")] == ["1.09"]
    gone = of(table, "Removed")
    assert [(row.kind, row.ref, row.state) for row in gone if row.state == "activity"] == [("gone", "1.02", "activity")]
    assert gone[0].part_of == plan.history()[2].id
    assert of(table, "Milestones done")[0].words.startswith("done 1 Oct 2008; ")
    assert len(of(table, "Steps in all")) == len(plan.history()) - 2, "what it was built with is no step"
    plan.undo()
    assert of(read(plan, "changed"), "Milestones done") == [], "what was undone is no change"
    later = read(plan, "changed", date.today() + timedelta(days=1))
    assert refs(later) == {"Statuses of activities": {}, "Dates moved": {}, "Steps in all": {}}


def test_targets_and_results_that_changed_are_told_by_indicator(plan: Workspace) -> None:
    (indicator,) = plan.read(queries.indicators)
    plan.edit("aim", performance.set_target, indicator.key, 2009, "7%")
    plan.edit("aim", performance.set_target, indicator.key, 2008, "5%")
    entries = [
        {"indicator_id": indicator.key, "period_from": date(2008, month, 1), "period_to": end, "value": 5.0}
        for month, end in ((4, date(2008, 4, 30)), (5, date(2008, 5, 31)))
    ]
    plan.edit("measure", results.enter, entries)
    plan.edit("clear", results.clear, [entries[0]], "Counted twice")
    table = read(plan, "changed")
    assert {row.words.split(";")[0].split(" ")[0] for row in of(table, "Targets")} == {"added:", "was"}
    assert {row.part_of for row in of(table, "Targets")} == {indicator.key}
    (measured,) = of(table, "Indicators with other results")
    assert measured.words.startswith("2 results, the latest by ")
    plan.edit("no aim", performance.set_target, indicator.key, 2008, "", reason="No aim")
    assert "gone" in {row.kind for row in of(read(plan, "changed"), "Targets")}


def test_returns_that_are_waited_for_and_that_are_to_be_sent(plan: Workspace, tmp_path: Path) -> None:
    for post, due in (("ACC Crime", date(2008, 10, 14)), ("ACC Security", date(2008, 11, 14))):
        path = tmp_path / f"{post}.xlsx"
        issuing.issue(plan, STATUS_RETURN, path, owner=post, year=2008, period="Q2", due=due)
    table = read(plan, "returns")
    (late,) = of(table, "Not answered, late")
    assert (late.kind, late.owner, late.ref, late.day) == ("issue", "ACC Crime", "2008-2009 Q2", date(2008, 10, 14))
    assert [row.owner for row in of(table, "Not answered, in time")] == ["ACC Security"]
    assert all(row.day is not None and row.day < TODAY for row in of(table, "To be sent, overdue"))
    soon = of(table, "To be sent by 30 Nov 2008")
    assert soon
    assert all(row.kind == "round" and row.day is not None and row.day >= TODAY for row in soon)
    plan.edit("show it as it is", registers.set_plan, as_at=None)
    table = read(plan, "returns")
    assert of(table, "To be sent, overdue") == []
    assert of(table, "Fell due before this plan was begun")


def test_findings_are_counted_by_severity_apart_from_those_accepted(plan: Workspace) -> None:
    before = read(plan, "checks")
    missing = of(before, "Missing")
    assert missing
    finding = next(each.finding for each in plan.read(every.check) if each.finding.key == missing[0].key)
    plan.edit("accept", accepting.accept, [finding], "It goes on")
    after = read(plan, "checks")
    assert len(of(after, "Missing")) == len(missing) - 1
    (accepted,) = of(after, "Accepted")
    assert accepted.words.endswith(": It goes on")
    looking = PARTS[-1].read(OverviewPlan(plan, OverviewAsk(2008)))
    assert looking.empty


def test_every_part_reads_an_empty_plan(plan_path: Path) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as workspace:
        for part in PARTS:
            table = read(workspace, part.name, year=2026)
            assert table.empty or all(head.title or len(table.heads) == 1 for head in table.heads), part.name
    assert part_named("no such part") is None


def test_a_history_that_no_clock_can_read_is_told_all_the_same(plan: Workspace) -> None:
    step = plan.history()[0]
    odd = changed.ChangedRow("activity", "key", step._replace(at="no time"))
    assert (odd.when, odd.by) == (None, step.author)
    assert changed._day("no day") == "no day"


def test_of_many_changes_the_first_and_the_last_say_what_became_of_a_row(plan: Workspace) -> None:
    """It is what each change, one after the other, makes of it: set to and fro, removed, back again, and undone."""
    first, second = (row.key for row in plan.read(queries.activities, 2008)[:2])
    last = plan.history()[0]
    for text in ("One", "Two", "Three"):
        plan.edit("reword", rows.change, Activity, first, text=text)
        plan.edit("reword", rows.change, Activity, second, text=text, percent=len(text))
    plan.edit("remove", delivery.remove_activities, [second])
    plan.undo()
    plan.redo()
    plan.undo()
    plan.edit("reword", rows.change, Activity, second, text="Four")
    tables = ("activity", "milestone", "target")
    steps = {step.n: step for step in plan.history()}
    made: dict[str, changed.ChangedRow] = {}
    for number, change in plan.read_beside(lambda raw: list(history.changes_of_tables(raw, tables, last.n))):
        made.setdefault(change.row, changed.ChangedRow(change.table, change.row, steps[number])).take(
            change, steps[number]
        )
    wanted = [row for row in made.values() if row.added or row.removed or row.differing]
    assert plan.read_beside(changed.rows_changed, tables, last.n) == wanted
    assert {first, second} <= {row.key for row in wanted}
    taken = plan.read_beside(changed.taken_after, last.n)
    assert list(taken[:2]) == list(taken)[:2]
    assert [row.ref for row in taken] == [str(n) for n in sorted(steps, reverse=True) if n > last.n]
