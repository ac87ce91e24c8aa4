"""An activity's home at any level: set, moved along, lost, undone; its priority is always that of its home."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from spp_desktop.edits import delivery, links, priorities
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import dependents, dump, gaps, glimpse, mapped, queries, threads
from spp_desktop.store.plain import STANDS_UNDER, ActivityRow
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.depth import depth

Keys = dict[str, str]


@pytest.fixture
def keys(workspace: Workspace) -> Keys:
    """The keys of the rows of the small plan by their references."""
    return keys_of(workspace)


def keys_of(workspace: Workspace) -> Keys:
    return {row.ref: row.key for row in workspace.read(threads.rows).values()}


def activity(workspace: Workspace, ref: str) -> ActivityRow:
    return next(row for row in workspace.read(queries.activities) if row.ref == ref)


def stands(workspace: Workspace, ref: str) -> tuple[str, str]:
    """The places of an activity's priority and home."""
    places, row = workspace.read(threads.places), activity(workspace, ref)
    return places[row.priority_key], places[row.home_key]


def settle(workspace: Workspace, *cells: tuple[str, str, Any]) -> None:
    workspace.edit("set", delivery.set_cells, cells)


def test_a_home_brings_its_priority_along(workspace: Workspace, keys: Keys) -> None:
    assert stands(workspace, "1.01") == ("P1", "P1")
    for home in ("P1.1", "P2.1.1", "P2.1", "P1"):
        settle(workspace, (keys["1.01"], STANDS_UNDER, keys[home]))
        assert stands(workspace, "1.01") == (home[:2], home)
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P2.1.1"]))
    assert [row.ref for row in workspace.read(queries.activities)] == ["1.02", "2.01", "1.01"]
    assert activity(workspace, "1.01").home == "We will attend to local policing"
    settle(workspace, (keys["1.01"], STANDS_UNDER, None))
    assert stands(workspace, "1.01") == ("P2", "P2")


def test_an_activity_that_changes_its_priority_leaves_its_home(workspace: Workspace, keys: Keys) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1"]), (keys["1.02"], STANDS_UNDER, keys["P1.1"]))
    settle(workspace, (keys["1.01"], "priority_id", keys["P1"]))
    assert stands(workspace, "1.01") == ("P1", "P1.1")
    settle(workspace, (keys["1.01"], "priority_id", keys["P2"]))
    workspace.edit("move", delivery.move_activity, keys["1.02"], keys["P2"], None)
    assert stands(workspace, "1.01") == stands(workspace, "1.02") == ("P2", "P2")
    with pytest.raises(RuleBroken, match="What it is to stand under is of another priority"):
        settle(workspace, (keys["1.01"], "priority_id", keys["P2"]), (keys["1.01"], STANDS_UNDER, keys["P1.1"]))
    with pytest.raises(RuleBroken, match="is no longer in the plan"):
        settle(workspace, (keys["1.01"], STANDS_UNDER, keys["1.02"]))


def test_an_activity_is_added_and_copied_at_a_home(workspace: Workspace, keys: Keys) -> None:
    new = workspace.edit("add", delivery.add_activity, 2008, keys["P1"], "Walk", home=keys["P2.1.1"])
    assert stands(workspace, "2.02") == ("P2", "P2.1.1")
    workspace.edit("copy", delivery.duplicate_activity, new)
    assert stands(workspace, "2.03") == ("P2", "P2.1.1")


def test_what_moves_takes_its_activities_along(workspace: Workspace, keys: Keys) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1"]), (keys["1.02"], STANDS_UNDER, keys["P1.1.1"]))
    workspace.edit("move", priorities.move_theme, keys["P1.1"], keys["P2"], None, None)
    assert (stands(workspace, "1.01"), stands(workspace, "1.02")) == (("P2", "P2.1"), ("P2", "P2.1.1"))
    assert [row.ref for row in workspace.read(queries.activities)] == ["2.01", "1.01", "1.02"]
    workspace.edit("move", priorities.move_commitment, keys["P1.1.1"], keys["P1"], None)
    assert stands(workspace, "1.02") == ("P1", "P1.1")
    workspace.undo()
    workspace.undo()
    assert (stands(workspace, "1.01"), stands(workspace, "1.02")) == (("P1", "P1.1"), ("P1", "P1.1.1"))
    assert not broken(workspace)


def broken(workspace: Workspace) -> list[str]:
    """The activities that break a rule of their kind."""

    def read(connection: Connection) -> list[str]:
        asked = [f"SELECT ref FROM activity WHERE {rule.broken}" for rule in Activity.rules]
        return [ref for query in asked for ref in connection.exec_driver_sql(query).scalars()]

    return workspace.read(read)


def test_where_a_home_goes_its_activities_fall_back_to_the_priority_and_the_question_says_so(
    workspace: Workspace, keys: Keys
) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1"]), (keys["1.02"], STANDS_UNDER, keys["P1.1.1"]))
    left = workspace.read(dependents.left_without, Theme, keys["P1.1"])
    assert left == "2 activities then stand under the priority."
    left = workspace.read(dependents.left_without, Commitment, keys["P1.1.1"])
    assert left == "1 activity then stands under the priority."
    workspace.edit("remove", priorities.remove_theme, keys["P1.1"])
    assert stands(workspace, "1.01") == stands(workspace, "1.02") == ("P1", "P1")
    workspace.undo()
    assert (stands(workspace, "1.01"), stands(workspace, "1.02")) == (("P1", "P1.1"), ("P1", "P1.1.1"))


def test_what_goes_with_a_priority_does_not_fall_back(workspace: Workspace, keys: Keys) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1"]))
    assert workspace.read(dependents.falling_back, Priority, keys["P1"]) == {}
    assert "2 activities" in workspace.read(dependents.lost_with, Priority, keys["P1"])


def test_a_home_is_what_the_activity_serves_and_closes_gaps(workspace: Workspace, keys: Keys) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1.1"]))
    served = workspace.read(threads.links_of, keys["1.01"])
    assert [(link.key, link.words, link.row.ref) for link in served] == [("", "serves", "P1.1.1")]
    assert [workspace.read(threads.at_home, keys[ref]) for ref in ("P1", "P1.1", "P1.1.1", "P2.1")] == [2, 1, 1, 0]
    for above in ("P1", "P1.1.1"):
        with pytest.raises(RuleBroken, match="are linked as “serves” already"):
            workspace.edit("link", links.join, "serves", keys["1.01"], keys[above])
    without = {kind.name: workspace.read(gaps.keys, kind) for kind in gaps.GAP_KINDS}
    assert without["commitment nobody serves"] == [keys["P2.1.1"]]
    assert keys["1.01"] not in without["activity for nothing"]
    whole = workspace.read(mapped.read)
    drawn = [(whole.nodes[begins].row.ref, whole.nodes[leads].row.ref) for begins, leads in whole.links]
    assert drawn == [("1.01", "P1.1.1")]


def test_the_first_look_and_the_plan_say_the_same_of_homes(workspace: Workspace, keys: Keys) -> None:
    settle(workspace, (keys["1.01"], STANDS_UNDER, keys["P1.1.1"]), (keys["1.02"], STANDS_UNDER, keys["P1.1"]))
    look = glimpse.first_look(workspace.path, 2008)
    assert look is not None
    known = [(row.ref, row.home_key, row.home) for row in workspace.read(queries.activities)]
    assert [(row.ref, row.home_key, row.home) for row in look.rows] == known
    assert known[0] == ("1.01", keys["P1.1.1"], "We will attend to serious harm")


def test_an_undo_out_of_its_turn_leaves_no_activity_under_two_priorities(workspace: Workspace, keys: Keys) -> None:
    workspace.edit("move the theme", priorities.move_theme, keys["P1.1"], keys["P2"], None, None)
    moved = workspace.revision()
    settle(workspace, (keys["2.01"], STANDS_UNDER, keys["P1.1"]))
    assert stands(workspace, "2.01") == ("P2", "P2.1")
    with pytest.raises(UndoRefused, match=r"activity 2\.01 has changed its place in the plan since"):
        workspace.revert(moved)
    assert not broken(workspace)


@settings(max_examples=depth(5, 60))
@given(data=st.data())
def test_moves_keep_every_activity_under_the_priority_of_its_home(small_plan: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "moved.plan"
        shutil.copyfile(small_plan, path)
        workspace = Workspace.open(path)
        try:
            keys = keys_of(workspace)
            begun = workspace.read(dump.content)

            def choose(*refs: str) -> str:
                """The key of one of these rows."""
                return keys[data.draw(st.sampled_from(refs))]

            for _ in range(data.draw(st.integers(1, 8))):
                deed = data.draw(st.sampled_from(("home", "priority", "theme", "commitment")))
                work = choose("1.01", "1.02", "2.01")
                if deed == "home":
                    settle(workspace, (work, STANDS_UNDER, choose("P1", "P2", "P1.1", "P2.1", "P1.1.1", "P2.1.1")))
                elif deed == "priority":
                    settle(workspace, (work, "priority_id", choose("P1", "P2")))
                elif deed == "theme":
                    theme, above = choose("P1.1", "P2.1"), choose("P1", "P2")
                    workspace.edit("move", priorities.move_theme, theme, above, None, None)
                else:
                    above = choose("P1", "P2", "P1.1", "P2.1")
                    workspace.edit("move", priorities.move_commitment, choose("P1.1.1", "P2.1.1"), above, None)
                assert not broken(workspace)
            while workspace.undo():
                assert not broken(workspace)
            assert workspace.read(dump.content) == begun
        finally:
            workspace.close()
