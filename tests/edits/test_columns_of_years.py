"""Columns that a row of a register has once for each year: kept in a table of their own, and set like any other."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import issuing, receiving, registers, taking
from spp_desktop.plan.appendices.beside import BUDGET
from spp_desktop.plan.appendices.efficiency import EFFICIENCY, EfficiencyGain, EfficiencyYear
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import return_named
from spp_desktop.store import queries, registered
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import QUARTER, YEAR


@pytest.fixture
def gain(workspace: Workspace) -> str:
    post = workspace.read(queries.register, Post)[0].id
    columns = {"ref": "E1", "text": "Fewer forms", "owner_id": post, "planned:2008": "£1,200", "planned:2009": 900}
    key: str = workspace.edit("add a gain", registers.add, EfficiencyGain, columns)
    return key


def amounts(workspace: Workspace) -> dict[str, object]:
    (row,) = workspace.read(registered.register_rows, EFFICIENCY)
    return {name: value for name, value in row.values.items() if ":" in name and value is not None}


def years(workspace: Workspace) -> list[int]:
    return sorted(row.year for row in workspace.read(queries.register, EfficiencyYear))


def test_a_row_is_added_with_what_it_has_for_each_year(workspace: Workspace, gain: str) -> None:
    assert amounts(workspace) == {"planned:2008": 1200, "planned:2009": 900}
    (row,) = workspace.read(registered.register_rows, EFFICIENCY)
    assert row.worked["planned_sum"].text == "£2,100"
    assert row.key == gain
    workspace.undo()
    assert workspace.read(queries.register, EfficiencyYear) == []
    workspace.redo()
    assert amounts(workspace) == {"planned:2008": 1200, "planned:2009": 900}


def test_cells_of_years_are_set_beside_others_in_one_step(workspace: Workspace, gain: str) -> None:
    cells = [(gain, "actual:2008", 300.5), (gain, "text", "Fewer forms still"), (gain, "planned:2010", 5)]
    workspace.edit("paste", registers.set_cells, EfficiencyGain, cells)
    assert amounts(workspace) == {"planned:2008": 1200, "actual:2008": 300.5, "planned:2009": 900, "planned:2010": 5}
    workspace.undo()
    assert amounts(workspace) == {"planned:2008": 1200, "planned:2009": 900}


def test_nothing_is_kept_of_a_year_of_which_nothing_is_left(workspace: Workspace, gain: str) -> None:
    workspace.edit("clear", registers.set_cells, EfficiencyGain, [(gain, "planned:2009", None)])
    assert years(workspace) == [2008]
    workspace.edit("clear", registers.set_cells, EfficiencyGain, [(gain, "forecast:2010", "")])
    assert years(workspace) == [2008]
    workspace.undo()
    assert years(workspace) == [2008, 2009]


@pytest.mark.parametrize("typed", ["a lot", "12%", "1,5"])
def test_what_is_no_amount_is_refused_and_names_its_column(workspace: Workspace, gain: str, typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("type", registers.set_cells, EfficiencyGain, [(gain, "actual:2008", typed)])
    assert refused.value.field == "actual:2008"
    assert typed in str(refused.value)
    assert amounts(workspace) == {"planned:2008": 1200, "planned:2009": 900}


def test_a_copy_has_the_amounts_of_its_row(workspace: Workspace, gain: str) -> None:
    copy = workspace.edit("copy", registers.duplicate, EFFICIENCY, gain)
    first, second = workspace.read(registered.register_rows, EFFICIENCY)
    assert (second.key, second.values["ref"]) == (copy, "E2")
    assert second.values["planned:2009"] == first.values["planned:2009"] == 900
    workspace.edit("delete", registers.remove, EfficiencyGain, gain)
    assert years(workspace) == [2008, 2009], "those of the copy"


def test_the_owner_fills_in_the_actual_amounts_of_each_year(workspace: Workspace, gain: str, tmp_path: Path) -> None:
    definition = return_named("status")
    assert definition is not None
    path = tmp_path / "crime.xlsx"
    issuing.issue(workspace, definition, path, owner="ACC Crime", year=YEAR, period=QUARTER)
    book = load_workbook(path)
    sheet = book[EFFICIENCY.title]
    (heads,) = [row for row in sheet.iter_rows() if "2008-2009 actual" in [cell.value for cell in row]]
    (column,) = [cell.column for cell in heads if cell.value == "2008-2009 actual"]
    titles = [cell.value for cell in heads if cell.value]
    assert [title for title in titles if "2009-2010" in str(title)] == [
        "2009-2010 planned", "2009-2010 forecast", "2009-2010 actual",
    ]  # fmt: skip
    (line,) = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "E1"]
    sheet.cell(line, column).value = 450
    book.save(path)
    review = receiving.review(workspace, path)
    assert [(each.ref, each.field, each.returned) for each in review.differences] == [("E1", "actual:2008", 450)]
    taking.apply(workspace, [review])
    assert amounts(workspace)["actual:2008"] == 450
    workspace.undo()
    assert "actual:2008" not in amounts(workspace)
    assert gain


def test_a_register_may_not_sum_what_it_has_not() -> None:
    assert BUDGET.totals == ("expected", "allocated", "spent")
    with pytest.raises(ValueError, match="no column called weight"):
        type(BUDGET)(BUDGET.model, "Budget", BUDGET.columns, totals=("weight",))
