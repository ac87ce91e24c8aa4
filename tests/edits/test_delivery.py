from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spp_desktop.edits import delivery, priorities, registers
from spp_desktop.plan.delivery import ActivityOwner
from spp_desktop.plan.kinds import LastDay
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace
from tests.depth import depth


def _rows(plan: Workspace) -> list[ActivityRow]:
    return plan.read(queries.activities)


def _by_ref(plan: Workspace) -> dict[str, ActivityRow]:
    return {row.ref: row for row in _rows(plan)}


def _posts(plan: Workspace) -> tuple[str, str]:
    crime, security = plan.read(queries.register, Post)
    return crime.id, security.id


def test_an_activity_gets_the_next_free_reference_of_its_priority(workspace: Workspace) -> None:
    crime, security = _posts(workspace)
    priority = _rows(workspace)[0].priority_key
    first = workspace.edit("add", delivery.add_activity, 2008, priority, "Do more", owners=[security, crime])
    next_year = workspace.edit("add", delivery.add_activity, 2009, priority, "Go on")
    third = workspace.edit("add", priorities.add_priority, "Third")
    new = workspace.edit("add", delivery.add_activity, 2008, third, "Begin", percent="5", due="31/03/2009")
    refs = {row.key: row.ref for row in _rows(workspace)}
    assert (refs[first], refs[next_year], refs[new]) == ("1.03", "1.01", "3.01")
    assert _by_ref(workspace)["1.03"].owners == ("ACC Security", "ACC Crime")
    assert (_by_ref(workspace)["3.01"].percent, _by_ref(workspace)["3.01"].due) == (5, date(2009, 3, 31))


def test_the_next_reference_passes_over_those_that_are_not_numbers(workspace: Workspace) -> None:
    priority = _rows(workspace)[0].priority_key
    workspace.edit("add", delivery.add_activity, 2008, priority, "Odd", ref="1.x")
    workspace.edit("add", delivery.add_activity, 2008, priority, "Far", ref="1.99")
    workspace.edit("add", delivery.add_activity, 2008, priority, "Next")
    assert "1.100" in _by_ref(workspace)


def test_an_activity_goes_behind_another(workspace: Workspace) -> None:
    first = _rows(workspace)[0]
    workspace.edit("add", delivery.add_activity, 2008, first.priority_key, "Between", after=first.key)
    assert [row.ref for row in _rows(workspace)] == ["1.01", "1.03", "1.02", "2.01"]


def test_a_reference_that_is_taken_is_refused(workspace: Workspace) -> None:
    priority = _rows(workspace)[0].priority_key
    with pytest.raises(RuleBroken, match=r"2008-2009 already has an activity 1\.02\.") as refused:
        workspace.edit("add", delivery.add_activity, 2008, priority, "Twice", ref="1.02")
    assert refused.value.field == "ref"
    workspace.edit("add", delivery.add_activity, 2009, priority, "Another year", ref="1.02")


def test_a_priority_that_is_gone_is_said_to_be_gone(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="This priority is no longer in the plan"):
        workspace.edit("add", delivery.add_activity, 2008, "no such key", "Nothing")


def test_many_cells_are_one_step(workspace: Workspace) -> None:
    crime, security = _posts(workspace)
    first, second, third = _rows(workspace)
    status = next(row.key for row in workspace.read(queries.statuses) if row.needs_reason)
    cells = [
        (first.key, "text", " Do it well "),
        (first.key, "due", "31/3/2009"),
        (first.key, "percent", " 40 % "),
        (first.key, "owners", [security, crime]),
        (second.key, "status_id", status),
        (third.key, "start", date(2008, 4, 1)),
        (third.key, "owners", []),
    ]
    before = len(workspace.history())
    workspace.edit("paste", delivery.set_cells, cells)
    assert len(workspace.history()) == before + 1
    now = {row.key: row for row in _rows(workspace)}
    assert now[first.key].text == "Do it well"
    assert (now[first.key].due, now[first.key].percent) == (date(2009, 3, 31), 40)
    assert now[first.key].owner_keys == (security, crime)
    assert (now[second.key].status_key, now[second.key].reason) == (status, "")
    assert (now[third.key].start, now[third.key].owners) == (date(2008, 4, 1), ())
    workspace.undo()
    assert _rows(workspace) == [first, second, third]


def test_a_blank_cell_clears_what_may_be_empty(workspace: Workspace) -> None:
    key = _rows(workspace)[0].key
    full = [(key, "percent", 40), (key, "due", date(2009, 3, 31)), (key, "reason", "Late")]
    workspace.edit("fill", delivery.set_cells, full)
    workspace.edit("clear", delivery.set_cells, [(key, name, "") for _, name, _ in full])
    row = _rows(workspace)[0]
    assert (row.percent, row.due, row.reason) == (None, None, "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("percent", "140", "may not be above 100"),
        ("percent", "half", "“half” is not a percentage"),
        ("due", "soon", "“soon” is not a date; write it as 31/03/2009"),
        ("due", "31/02/2009", "“31/02/2009” is not a day of the calendar"),
        ("text", "", "may not be empty"),
        ("ref", "x" * 21, "at most 20 characters"),
        ("colour", "red", "no column called colour"),
    ],
)
def test_a_wrong_cell_is_refused_and_no_other_is_set(
    workspace: Workspace, name: str, value: str, sentence: str
) -> None:
    before = _rows(workspace)
    with pytest.raises(RuleBroken, match=sentence) as refused:
        workspace.edit("paste", delivery.set_cells, [(before[1].key, "percent", 10), (before[0].key, name, value)])
    assert refused.value.field == name
    assert _rows(workspace) == before


def test_an_activity_or_status_that_is_gone_is_refused(workspace: Workspace) -> None:
    first, second, _ = _rows(workspace)
    workspace.edit("remove", delivery.remove_activities, [first.key])
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        workspace.edit("set", delivery.set_cells, [(first.key, "percent", 10), (second.key, "percent", 10)])
    with pytest.raises(RuleBroken):
        workspace.edit("set", delivery.set_cells, [(second.key, "status_id", "no such status")])
    assert workspace.read(queries.activities, key=second.key) == [second]


def test_references_can_be_swapped_in_one_step(workspace: Workspace) -> None:
    first, second, third = _rows(workspace)
    goals = {first.key: "1.02", second.key: "2.01", third.key: "1.01"}
    workspace.edit("renumber", delivery.set_cells, [(key, "ref", ref) for key, ref in goals.items()])
    assert {row.key: row.ref for row in _rows(workspace)} == goals
    workspace.undo()
    assert _rows(workspace) == [first, second, third]
    workspace.redo()
    assert {row.key: row.ref for row in _rows(workspace)} == goals


@pytest.mark.parametrize("other", ["1.02", "9.99"])
def test_a_reference_stays_single_among_the_cells_and_with_the_rest(workspace: Workspace, other: str) -> None:
    first, second, third = _rows(workspace)
    refs = [(first.key, "ref", other), (third.key, "ref", other)]
    with pytest.raises(RuleBroken, match=rf"already has an activity {other}"):
        workspace.edit("renumber", delivery.set_cells, refs)
    assert _rows(workspace) == [first, second, third]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=depth(10, 100))
@given(st.permutations(["1.01", "1.02", "2.01", "5.05", "7"]))
def test_any_renumbering_that_keeps_references_single_is_made(workspace: Workspace, refs: list[str]) -> None:
    keys = sorted(row.key for row in _rows(workspace))
    goals = dict(zip(keys, refs, strict=False))
    workspace.edit("renumber", delivery.set_cells, [(key, "ref", ref) for key, ref in goals.items()])
    assert {row.key: row.ref for row in _rows(workspace)} == goals


def test_activities_that_change_priority_go_last_there_in_their_order(workspace: Workspace) -> None:
    first, second, third = _rows(workspace)
    cells = [(key, "priority_id", third.priority_key) for key in (first.key, second.key)]
    workspace.edit("move", delivery.set_cells, cells)
    assert [row.key for row in _rows(workspace)] == [third.key, first.key, second.key]


def test_owners_are_kept_in_order_without_repeats_and_rows_are_reused(workspace: Workspace) -> None:
    crime, security = _posts(workspace)
    key = _rows(workspace)[0].key
    held = {row.post_id: row.id for row in workspace.read(queries.register, ActivityOwner) if row.activity_id == key}
    workspace.edit("own", delivery.set_owners, key, [security, crime, security])
    owners = [row for row in workspace.read(queries.register, ActivityOwner) if row.activity_id == key]
    assert [(row.post_id, row.role) for row in owners] == [(security, "lead"), (crime, "joint")]
    assert held[crime] == owners[1].id
    workspace.edit("own", delivery.set_owners, key, [])
    assert _rows(workspace)[0].owners == ()


def test_owners_alone_can_be_pasted(workspace: Workspace) -> None:
    crime, security = _posts(workspace)
    cells = [(row.key, "owners", [security, crime]) for row in _rows(workspace)]
    workspace.edit("paste", delivery.set_cells, cells)
    assert {row.owner_keys for row in _rows(workspace)} == {(security, crime)}


def test_a_copy_takes_what_was_planned_and_not_what_was_reported(workspace: Workspace) -> None:
    first = _rows(workspace)[0]
    status = workspace.read(queries.statuses)[1].key
    told = {"status_id": status, "percent": 50, "forecast": date(2009, 3, 1), "due": date(2009, 2, 1), "reason": "So"}
    workspace.edit("set", delivery.set_cells, [(first.key, name, value) for name, value in told.items()])
    workspace.edit("step", delivery.add_milestone, first.key, "Second", due=date(2008, 9, 1), done_on=date(2008, 9, 2))
    copy = workspace.edit("copy", delivery.duplicate_activity, first.key)
    rows = _rows(workspace)
    assert [row.ref for row in rows] == ["1.01", "1.03", "1.02", "2.01"]
    made = rows[1]
    assert made.key == copy
    assert (made.text, made.owners, made.due) == (first.text, first.owners, date(2009, 2, 1))
    assert (made.status, made.percent, made.forecast, made.reason) == ("", None, None, "")
    steps = workspace.read(queries.milestones, activity=copy)
    assert [(step.title, step.due, step.done_on) for step in steps] == [
        ("First step of 1.01", date(2008, 7, 1), None),
        ("Second", date(2008, 9, 1), None),
    ]


def test_activities_are_removed_with_all_that_hangs_on_them_and_come_back(workspace: Workspace) -> None:
    first, second, third = _rows(workspace)
    workspace.edit("remove", delivery.remove_activities, [first.key, third.key, first.key])
    assert _rows(workspace) == [second]
    assert len(workspace.read(queries.milestones)) == 1
    workspace.undo()
    assert _rows(workspace) == [first, second, third]


def test_an_activity_is_moved_and_keeps_its_reference(workspace: Workspace) -> None:
    first, _, third = _rows(workspace)
    workspace.edit("move", delivery.move_activity, first.key, third.priority_key, third.key)
    assert [row.ref for row in _rows(workspace)] == ["1.02", "2.01", "1.01"]
    workspace.edit("move", delivery.move_activity, first.key, third.priority_key, None)
    assert [row.ref for row in _rows(workspace)] == ["1.02", "1.01", "2.01"]


def test_milestones_are_added_placed_set_and_removed(workspace: Workspace) -> None:
    key = _rows(workspace)[0].key
    (first,) = workspace.read(queries.milestones, activity=key)
    workspace.edit("add", delivery.add_milestone, key, "Third", due="30/09/2008")
    workspace.edit("add", delivery.add_milestone, key, "Second", after=first.key)
    workspace.edit("set", delivery.set_milestone, first.key, title="First", done_on=date(2008, 5, 1))
    steps = workspace.read(queries.milestones, activity=key)
    assert [step.title for step in steps] == ["First", "Second", "Third"]
    row = _by_ref(workspace)["1.01"]
    assert (row.milestones, row.milestones_done, row.next_milestone) == (3, 1, date(2008, 9, 30))
    workspace.edit("remove", delivery.remove_milestone, first.key)
    assert _by_ref(workspace)["1.01"].milestones == 2


def test_a_milestone_may_be_due_in_a_period_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    """A period is kept with its last day, sorts and is next by it, is copied with its activity, and undone as one."""
    key = _rows(workspace)[0].key
    (step,) = workspace.read(queries.milestones, activity=key)
    period = LastDay(2008, 12, 31, "quarter")
    workspace.edit("type", delivery.set_milestones, [(step.key, "due", period), (step.key, "forecast", period)])
    (now,) = workspace.read(queries.milestones, activity=key)
    assert (now.due, now.forecast) == (period, period)
    assert _by_ref(workspace)["1.01"].next_milestone == date(2008, 12, 31)
    copied = workspace.edit("duplicate", delivery.duplicate_activity, key)
    assert [each.due for each in workspace.read(queries.milestones, activity=copied)] == [period]
    workspace.undo()
    workspace.edit("type", delivery.set_milestones, [(step.key, "due", date(2008, 12, 31))])
    assert workspace.read(queries.milestones, activity=key)[0].due == date(2008, 12, 31)
    workspace.undo()
    assert workspace.read(queries.milestones, activity=key)[0].due == period
    workspace.undo()
    assert workspace.read(queries.milestones, activity=key) == [step]


def test_a_milestones_status_goes_with_the_day_on_which_it_was_done(workspace: Workspace) -> None:
    """“Complete” is done today where no day is given; a day makes what was going on complete; withdrawn is not done."""
    statuses = {row.title: row.key for row in workspace.read(queries.statuses)}
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 31))
    key = _rows(workspace)[0].key
    (step,) = workspace.read(queries.milestones, activity=key)

    def after(**values: object) -> tuple[str, date | None, bool]:
        """How it stands after cells were typed in one step, which is then taken back."""
        workspace.edit("type", delivery.set_milestones, [(step.key, name, value) for name, value in values.items()])
        (row,) = workspace.read(queries.milestones, activity=key)
        workspace.undo()
        return row.status, row.done_on, row.over

    assert after(status_id=statuses["Complete"]) == ("Complete", date(2008, 10, 31), True)
    given = date(2008, 7, 1)
    assert after(status_id=statuses["Complete"], done_on=given) == ("Complete", given, True)
    assert after(status_id=statuses["Withdrawn"]) == ("Withdrawn", None, True)
    assert after(done_on=given) == ("", given, True)
    workspace.edit("type", delivery.set_milestones, [(step.key, "status_id", statuses["On track"])])
    assert after(done_on=given) == ("Complete", given, True)
    assert after(percent="40%") == ("On track", None, False)
    workspace.edit("type", delivery.set_milestones, [(step.key, "status_id", statuses["Withdrawn"])])
    assert _by_ref(workspace)["1.01"].next_milestone is None


def test_updates_are_added_set_and_removed(workspace: Workspace) -> None:
    row = _rows(workspace)[0]
    told = workspace.edit(
        "report", delivery.add_update, row.key, date(2008, 7, 1), done="Begun", post_id=row.owner_keys[0]
    )
    workspace.edit("correct", delivery.set_update, told, next="Go on", reported_on="02/07/2008")
    (update,) = workspace.read(queries.updates, row.key)
    assert (update.done, update.next, update.post) == ("Begun", "Go on", "ACC Crime")
    assert _rows(workspace)[0].updated == date(2008, 7, 2)
    workspace.edit("remove", delivery.remove_update, told)
    assert workspace.read(queries.updates) == []


def test_cells_of_milestones_are_typed_and_milestones_removed_as_one_step(workspace: Workspace) -> None:
    first = _rows(workspace)[0].key
    second = workspace.edit("add", delivery.add_milestone, first, "Second", due="01/09/2008")
    begun = workspace.read(queries.milestones, None, first)[0].key
    cells = [(begun, "title", "Begun"), (begun, "done_on", "03/07/2008"), (second, "forecast", "01/10/2008")]
    workspace.edit("type", delivery.set_milestones, cells)
    one, two = workspace.read(queries.milestones, None, first)
    assert (one.title, one.done_on) == ("Begun", date(2008, 7, 3))
    assert (two.title, two.forecast) == ("Second", date(2008, 10, 1))
    with pytest.raises(RuleBroken):
        workspace.edit("type", delivery.set_milestones, [(begun, "title", "Gone again"), (second, "title", " ")])
    assert workspace.read(queries.milestones, None, first)[0].title == "Begun"
    workspace.edit("remove", delivery.remove_milestones, [begun, second, begun])
    assert workspace.read(queries.milestones, None, first) == []
    workspace.undo()
    assert len(workspace.read(queries.milestones, None, first)) == 2


def test_cells_of_updates_are_typed_and_updates_removed_as_one_step(workspace: Workspace) -> None:
    activity = _rows(workspace)[0].key
    july = workspace.edit("add", delivery.add_update, activity, date(2008, 7, 1), done="Begun")
    august = workspace.edit("add", delivery.add_update, activity, date(2008, 8, 1), done="Went on")
    workspace.edit(
        "type", delivery.set_updates, [(july, "done", "Began"), (july, "next", "Go on"), (august, "done", "")]
    )
    found = {row.key: (row.done, row.next) for row in workspace.read(queries.updates, activity)}
    assert found == {july: ("Began", "Go on"), august: ("", "")}
    workspace.edit("remove", delivery.remove_updates, [july, august])
    assert workspace.read(queries.updates, activity) == []
    workspace.undo()
    assert {row.key for row in workspace.read(queries.updates, activity)} == {july, august}
