import pytest

from spp_desktop.edits import delivery, registers
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.results import AreaPopulation
from spp_desktop.plan.rows import Placed
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
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
    with pytest.raises(RuleBroken, match="A post holder needs its name"):
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
