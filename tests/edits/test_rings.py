"""Nothing stands under itself: areas and groups of indicators, at the doors of this program and of others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import registers, rows
from spp_desktop.plan.performance import IndicatorGroup
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.results import Area
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import checking, queries
from spp_desktop.store.registered import register_rows
from spp_desktop.store.workspace import Workspace


def chain(session: Session, model: type[Row], length: int) -> list[str]:
    keys: list[str] = []
    for number in range(length):
        keys.append(rows.add(session, model, title=f"Part {number}", parent_id=keys[-1] if keys else None))
    return keys


@pytest.mark.parametrize("model", [Area, IndicatorGroup])
def test_a_row_is_never_put_under_itself(workspace: Workspace, model: type[Row]) -> None:
    keys = workspace.edit("add", chain, model, 4)
    head = workspace.revision()
    for below in keys:
        with pytest.raises(RuleBroken, match="leads back to it in a ring") as refused:
            workspace.edit("move", registers.set_cells, model, [(keys[0], "parent_id", below)])
        assert refused.value.field == "parent_id"
    assert workspace.revision() == head
    workspace.edit("move", registers.set_cells, model, [(keys[3], "parent_id", keys[0]), (keys[1], "parent_id", None)])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each run undoes all that it did
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_however_rows_are_moved_each_has_a_top(workspace: Workspace, moves: list[tuple[int, int]]) -> None:
    keys = workspace.edit("add", _six)
    above: dict[int, int] = {}
    for row, under in moves:
        path, at = [], under
        while at in above:
            path.append(at)
            at = above[at]
        ring = row in (*path, at, under)
        try:
            workspace.edit("move", registers.set_cells, Area, [(keys[row], "parent_id", keys[under])])
        except RuleBroken:
            assert ring
        else:
            assert not ring
            above[row] = under
    while workspace.undo_label:
        workspace.undo()


def _six(session: Session) -> list[str]:
    return [rows.add(session, Area, title=f"Area {number}") for number in range(6)]


def test_a_ring_that_another_program_made_is_found(workspace: Workspace, plan_path: Path) -> None:
    workspace.edit("add", chain, Area, 2)
    workspace.close()
    with closing(sqlite3.connect(plan_path, isolation_level=None)) as other:
        other.execute("UPDATE area SET parent_id = (SELECT id FROM area WHERE title = 'Part 1') WHERE title = 'Part 0'")
    found = "\n".join(checking.check_file(plan_path).lines)
    assert "In the area “Part 0” what it stands under leads back to it in a ring." in found


def test_a_new_area_is_of_the_kind_that_the_plan_has(workspace: Workspace) -> None:
    """None before there is a level of areas; then the first of them, and then whatever the last area is."""

    def kind_of_new(title: str, **said: str) -> str:
        """The kind of an area that is added by its title alone."""
        key = workspace.edit("area", registers.add, Area, {"title": title, **said})
        return str(next(row.kind for row in workspace.read(queries.register, Area) if row.id == key))

    assert kind_of_new("Centre") == ""
    workspace.undo()
    workspace.edit("level", registers.add, register_of("area_level").model, {"title": "District"})
    assert kind_of_new("North") == "District"
    assert kind_of_new("South", kind="Ward") == "Ward"
    assert kind_of_new("East") == "Ward"


def test_a_level_of_areas_says_how_many_are_listed_by_name(workspace: Workspace) -> None:
    levels = register_of("area_level")
    workspace.edit("level", registers.add, levels.model, {"title": "District", "stated": 7})
    for title in ("North", "South"):
        workspace.edit("area", registers.add, Area, {"title": title, "kind": "District"})
    workspace.edit("area", registers.add, Area, {"title": "Centre", "kind": "OCU"})
    (row,) = workspace.read(register_rows, levels)
    assert (row.values["stated"], row.worked["listed"].text) == (7, "2")
