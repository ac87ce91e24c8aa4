from datetime import date

import pytest

from spp_desktop.edits import performance, results
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.workspace import Workspace

APRIL = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}


def _row(plan: Workspace, key: str | None = None) -> IndicatorRow:
    return plan.read(queries.indicators, key)[0]


def _stated(plan: Workspace) -> dict[int | None, tuple[str, str, float | None]]:
    return {year: (target.stated, target.kind, target.value) for year, target in _row(plan).targets.items()}


def test_groups_nest_and_indicators_are_numbered_and_placed(workspace: Workspace) -> None:
    top = workspace.edit("add", performance.add_group, "Detection")
    low = workspace.edit("add", performance.add_group, "Rates", parent_id=top)
    first = workspace.edit("add", performance.add_indicator, low, "Burglary", polarity="higher", unit="%")
    workspace.edit("add", performance.add_indicator, low, "Robbery", polarity="lower", population="all")
    workspace.edit("add", performance.add_indicator, low, "Homes", polarity="lower", after=first)
    rows = workspace.read(queries.indicators)[1:]
    assert [(row.ref, row.title) for row in rows] == [("PI01", "Burglary"), ("PI03", "Homes"), ("PI02", "Robbery")]
    assert {(row.group, row.subgroup) for row in rows} == {("Detection", "Rates")}
    workspace.edit("move", performance.move_indicator, first, top, None)
    assert _row(workspace, first).group_key == top
    workspace.edit("remove", performance.remove_indicator, first)
    assert workspace.read(queries.indicators, first) == []


def test_a_reference_that_is_taken_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match=r"There is already an indicator with this reference\."):
        workspace.edit("add", performance.add_indicator, _row(workspace).group_key, "Twice", ref="R1", polarity="lower")


def test_cells_of_indicators_and_targets_are_typed_as_one_step(workspace: Workspace) -> None:
    key = _row(workspace).key
    cells = [
        (key, "title", "Violence"),
        (key, "target:2008", "5% *"),
        (key, "target:2009", "Benchmark & report of performance"),
        (key, "target:plan", "11%"),
    ]
    workspace.edit("type", performance.set_cells, cells)
    row = _row(workspace)
    assert (row.title, row.local_priority) == ("Violence", True)
    assert _stated(workspace) == {
        2008: ("5%", "change on previous year", 5),
        2009: ("Benchmark & report of performance", "benchmark", None),
        None: ("11%", "change over plan", 11),
    }
    workspace.undo()
    assert _stated(workspace) == {2008: ("4%", "change on previous year", 4)}
    assert not _row(workspace).local_priority


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_nothing_typed_removes_the_target_only(workspace: Workspace, nothing: str | None) -> None:
    key = _row(workspace).key
    workspace.edit("clear", performance.set_target, key, 2008, nothing)
    workspace.edit("clear", performance.set_target, key, 2010, nothing)
    assert _row(workspace).targets == {}


def test_a_text_that_is_no_target_is_refused_and_what_stood_there_stays(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="“lots” is not a target") as refused:
        workspace.edit("type", performance.set_cells, [(_row(workspace).key, "target:2008", "lots")])
    assert refused.value.field == "stated"
    assert _stated(workspace) == {2008: ("4%", "change on previous year", 4)}


def test_the_usual_kind_is_that_of_the_other_years(workspace: Workspace) -> None:
    key = _row(workspace).key
    workspace.edit("say", performance.set_target, key, 2008, "40%", "level")
    for year, text in ((2009, "41%"), (None, "44%"), (2010, "+2%pts")):
        workspace.edit("type", performance.set_target, key, year, text)
    assert {year: kind for year, (_, kind, _) in _stated(workspace).items()} == {
        2008: "level",
        2009: "level",
        2010: "point change",
        None: "level",
    }


def test_a_target_over_the_plan_alone_says_what_a_year_is(workspace: Workspace) -> None:
    key = _row(workspace).key
    workspace.edit("clear", performance.set_target, key, 2008, "")
    workspace.edit("say", performance.set_target, key, None, "10%", "change over plan")
    workspace.edit("type", performance.set_target, key, 2009, "3%")
    assert _stated(workspace)[2009] == ("3%", "change on previous year", 3)


def test_the_star_goes_when_the_same_target_is_typed_without_it(workspace: Workspace) -> None:
    key = _row(workspace).key
    workspace.edit("star", performance.set_target, key, 2008, "4% *")
    workspace.edit("type", performance.set_target, key, 2009, "4%")
    workspace.edit("retype", performance.set_target, key, 2009, "4%")
    workspace.edit("raise", performance.set_target, key, 2008, "5%")
    assert _row(workspace).local_priority
    workspace.edit("rub out", performance.set_target, key, 2008, "5%")
    assert not _row(workspace).local_priority
    assert _stated(workspace)[2008] == ("5%", "change on previous year", 5)


def test_a_column_of_an_indicator_is_set_and_checked(workspace: Workspace) -> None:
    key = _row(workspace).key
    workspace.edit("set", performance.set_indicator, key, polarity="higher", unit="%")
    assert (_row(workspace).polarity, _row(workspace).unit) == ("higher", "%")
    with pytest.raises(RuleBroken, match="is not one of"):
        workspace.edit("set", performance.set_indicator, key, polarity="sideways")


def test_a_copy_of_an_indicator_stands_behind_it_with_its_targets_and_without_its_results(workspace: Workspace) -> None:
    first = _row(workspace)
    workspace.edit("add", performance.add_indicator, first.group_key, "Last", polarity="lower")
    workspace.edit("add", results.enter, [{"indicator_id": first.key, "value": 1, **APRIL}])
    copy = workspace.edit("duplicate", performance.duplicate_indicator, first.key)
    assert [row.title for row in workspace.read(queries.indicators)] == [first.title, first.title, "Last"]
    made = _row(workspace, copy)
    assert made.ref not in {"", first.ref}
    assert (made.polarity, made.group_key) == (first.polarity, first.group_key)
    assert {year: target.stated for year, target in made.targets.items()} == {2008: "4%"}
    assert workspace.read(measured.results, copy) == []
    assert len(workspace.read(measured.results, first.key)) == 1


def test_indicators_are_removed_together(workspace: Workspace) -> None:
    first = _row(workspace)
    second = workspace.edit("duplicate", performance.duplicate_indicator, first.key)
    workspace.edit("remove", performance.remove_indicators, [first.key, second, first.key])
    assert workspace.read(queries.indicators) == []
    workspace.undo()
    assert {row.key for row in workspace.read(queries.indicators)} == {first.key, second}
