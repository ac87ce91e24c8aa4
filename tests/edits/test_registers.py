from datetime import date
from typing import Any

import pytest

from spp_desktop.edits import delivery, links, registers, rows
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.register import Register
from spp_desktop.plan.results import AreaPopulation
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import history, queries, registered, threads
from spp_desktop.store.workspace import Workspace


def _titles(plan: Workspace, model: type[Placed]) -> list[str]:
    return [row.title for row in plan.read(queries.register, model)]


def test_a_list_is_added_to_changed_moved_and_taken_from(workspace: Workspace) -> None:
    force = workspace.edit("add", registers.add, Body, title="Police")
    authority = workspace.edit("add", registers.add, Body, {"title": "Authority", "kind": "authority"})
    workspace.edit("add", registers.add, Body, title="Council", after=force)
    assert _titles(workspace, Body) == ["Police", "Council", "Authority"]
    assert [row.kind for row in workspace.read(queries.register, Body)] == ["", "", "authority"]
    workspace.edit("move", registers.move, Body, authority, None)
    workspace.edit("change", registers.change, Body, force, title="The police")
    assert _titles(workspace, Body) == ["Authority", "The police", "Council"]
    workspace.edit("remove", registers.remove, Body, force)
    assert _titles(workspace, Body) == ["Authority", "Council"]
    workspace.undo()
    assert _titles(workspace, Body) == ["Authority", "The police", "Council"]


def test_a_second_post_of_the_same_name_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match=r"There is already a post of this name\.") as refused:
        workspace.edit("add", registers.add, Post, title="ACC Crime")
    assert refused.value.field == "title"
    other = workspace.read(queries.register, Post)[1].id
    with pytest.raises(RuleBroken, match="already a post"):
        workspace.edit("rename", registers.change, Post, other, title="ACC Crime")


def test_cells_of_a_list_are_set_as_one_step(workspace: Workspace) -> None:
    first = workspace.edit("add", registers.add, Body, title="Police")
    second = workspace.edit("add", registers.add, Body, title="Council")
    cells = [(first, "kind", " force "), (second, "kind", "partner"), (second, "title", "City council")]
    workspace.edit("paste", registers.set_cells, Body, cells)
    rows = workspace.read(queries.register, Body)
    assert [(row.title, row.kind) for row in rows] == [("Police", "force"), ("City council", "partner")]
    with pytest.raises(RuleBroken, match="may not be empty"):
        workspace.edit("paste", registers.set_cells, Body, [(first, "kind", "x"), (second, "title", "")])
    assert workspace.read(queries.register, Body) == rows
    posts = [(row.id, "title", "The same") for row in workspace.read(queries.register, Post)]
    with pytest.raises(RuleBroken, match="already a post of this name"):
        workspace.edit("paste", registers.set_cells, Post, posts)


def test_a_post_that_owns_activities_stays_and_says_how_many(workspace: Workspace) -> None:
    crime, security = workspace.read(queries.register, Post)
    with pytest.raises(RuleBroken, match="“ACC Crime” is used by 2 activities, so it stays"):
        workspace.edit("remove", registers.remove, Post, crime.id)
    with pytest.raises(RuleBroken, match="is used by 1 activity,"):
        workspace.edit("remove", registers.remove, Post, security.id)
    assert _titles(workspace, Post) == ["ACC Crime", "ACC Security"]


def test_a_post_that_owns_nothing_goes_with_its_holders(workspace: Workspace) -> None:
    post = workspace.edit("add", registers.add, Post, title="ACC Operations")
    workspace.edit("add", registers.add, PostHolder, post_id=post, name="A. Holder", held_from="01/04/2008")
    workspace.edit("remove", registers.remove, Post, post)
    assert workspace.read(queries.register, PostHolder) == []


def test_a_status_in_use_stays_and_says_where(workspace: Workspace) -> None:
    status = workspace.read(queries.statuses)[1]
    activity, other, _ = (row.key for row in workspace.read(queries.activities))
    cells = [(activity, "status_id", status.key), (other, "status_id", status.key)]
    workspace.edit("set", delivery.set_cells, cells)
    workspace.edit("report", delivery.add_update, activity, "2008-07-01", status_id=status.key)
    with pytest.raises(RuleBroken, match=rf"“{status.title}” is used by 2 activities and 1 update, so it stays"):
        workspace.edit("remove", registers.remove, Status, status.key)


def test_a_colour_is_checked(workspace: Workspace) -> None:
    status = workspace.read(queries.statuses)[0].key
    with pytest.raises(RuleBroken, match="#rrggbb"):
        workspace.edit("colour", registers.change, Status, status, colour="red")


def test_a_row_that_needs_something_left_out_says_what(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="“Name” of a post holder may not be empty"):
        workspace.edit("add", registers.add, PostHolder, post_id=workspace.read(queries.register, Post)[0].id)


def test_the_plan_itself_is_set(workspace: Workspace) -> None:
    workspace.edit("set", registers.set_plan, title="Police and Crime Plan", first_year="2026", years=4)
    plan = workspace.read(queries.plan)
    assert (plan.title, plan.first_year, plan.years) == ("Police and Crime Plan", 2026, 4)
    with pytest.raises(RuleBroken, match="may not be above 10"):
        workspace.edit("set", registers.set_plan, years=11)


def test_a_list_without_places_is_added_to_changed_and_taken_from(workspace: Workspace) -> None:
    key = workspace.edit("add", registers.add, AreaPopulation, year=2008, number="2600000")
    with pytest.raises(RuleBroken, match="There is already a population like this"):
        workspace.edit("add", registers.add, AreaPopulation, {"counted": "people"}, year=2008, number=5)
    workspace.edit("change", registers.change, AreaPopulation, key, number=2_700_000)
    [row] = workspace.read(queries.register, AreaPopulation)
    assert (row.area_id, row.year, row.number) == (None, 2008, 2_700_000)
    workspace.edit("remove", registers.remove, AreaPopulation, key)
    assert workspace.read(queries.register, AreaPopulation) == []


def _finding(plan: Workspace, register: Register, **values: Any) -> str:
    return plan.edit("add", registers.add, register.model, {"ref": "F1", "text": "Do it", **values})


def test_a_row_has_a_log_and_links_that_go_with_it_and_come_back(findings: tuple[Workspace, Register]) -> None:
    plan, register = findings
    post = plan.edit("add", registers.add, Post, title="Chief")
    priority = plan.edit("add", rows.add, Priority, title="Road safety")
    key = _finding(plan, register)
    entry = plan.edit("report", registers.report, register, key, "Begun.", date(2008, 5, 1), post_id=post)
    link = plan.edit("link", links.join, "concerns", key, priority)
    with pytest.raises(RuleBroken, match="The finding “F1” and the priority “Road safety” are linked as “concerns” al"):
        plan.edit("link", links.join, "concerns", key, priority)
    [linked] = plan.read(threads.links_of, key)
    assert (linked.key, linked.words, linked.row.key, linked.row.text) == (link, "concerns", priority, "Road safety")
    assert plan.read(registered.parts_of, register, key) == [entry, link]
    assert [step.label for step, _ in plan.read_beside(history.row_history, [entry])] == ["report"]
    plan.edit("delete", registers.remove_all, register.model, [key])
    assert plan.read(registered.register_rows, register) == []
    assert plan.read(registered.parts_of, register, key) == []
    plan.undo()
    assert plan.read(registered.parts_of, register, key) == [entry, link]
    plan.edit("delete", rows.remove, Priority, priority)
    assert plan.read(threads.links_of, key) == []
    plan.edit("delete", rows.remove, Post, post)
    assert register.log_model is not None
    [logged] = plan.read(queries.register, register.log_model)
    assert (logged.text, logged.post_id) == ("Begun.", None)
    plan.edit("unlink", links.part, plan.edit("link", links.join, "concerns", key, _activity(plan)))
    assert plan.read(threads.links_of, key) == []


def _activity(plan: Workspace) -> str:
    priority = plan.edit("add", rows.add, Priority, title="Another")
    return plan.edit("add", delivery.add_activity, 2008, priority, "Do something")


def test_a_copy_has_the_next_reference_and_the_links_but_not_the_log(findings: tuple[Workspace, Register]) -> None:
    plan, register = findings
    key = _finding(plan, register, weight=4)
    _finding(plan, register, ref="F2")
    plan.edit("report", registers.report, register, key, "Begun.", date(2008, 5, 1))
    plan.edit("link", links.join, "concerns", key, _activity(plan))
    plan.edit("copy", registers.duplicate_all, register, [key])
    read = plan.read(registered.register_rows, register)
    assert [row.values["ref"] for row in read] == ["F1", "F3", "F2"]
    assert [row.worked["urgency"].text for row in read] == ["8 high", "8 high", "2 low"]
    copy = read[1].key
    assert [link.row.table for link in plan.read(threads.links_of, copy)] == ["activity"]
    assert len(plan.read(registered.parts_of, register, copy)) == 1


def test_a_row_is_late_when_its_day_has_passed_and_it_is_waited_for(findings: tuple[Workspace, Register]) -> None:
    plan, register = findings
    _finding(plan, register, due=date(2008, 5, 1))
    _finding(plan, register, ref="F2", due=date(2008, 5, 1), state="closed")
    _finding(plan, register, ref="F3")
    rows_now = plan.read(registered.register_rows, register)
    assert [registered.late(register, row, date(2008, 5, 2)) for row in rows_now] == [True, False, False]
    assert not any(registered.late(register, row, date(2008, 5, 1)) for row in rows_now)


def test_a_block_sets_cells_and_adds_rows_as_one_step(workspace: Workspace) -> None:
    crime, _ = workspace.read(queries.register, Post)
    keys = workspace.edit(
        "paste", registers.put, Post, [(crime.id, "title", "Chief")], [{"title": "A"}, {"title": "B"}]
    )
    assert _titles(workspace, Post) == ["Chief", "ACC Security", "A", "B"]
    assert [row.id for row in workspace.read(queries.register, Post)][2:] == keys
    with pytest.raises(RuleBroken, match="already a post"):
        workspace.edit("paste", registers.put, Post, [(crime.id, "title", "Deputy")], [{"title": "C"}, {"title": "A"}])
    assert _titles(workspace, Post) == ["Chief", "ACC Security", "A", "B"]
    workspace.undo()
    assert _titles(workspace, Post) == ["ACC Crime", "ACC Security"]
