"""Results entered, revised, marked and cleared; final figures that change leave a restatement."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import performance, results, rows
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import locks, measured, queries
from spp_desktop.store.workspace import Workspace
from tests.depth import depth

APRIL = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}
MAY = {"period_from": "01/05/2008", "period_to": "31/05/2008"}
WHY = "late records were added"


def indicator(workspace: Workspace) -> str:
    return workspace.read(queries.indicators)[0].key


def enter(workspace: Workspace, *entries: Mapping[str, Any], reason: str = "") -> results.Entered:
    key = indicator(workspace)
    return workspace.edit("enter results", results.enter, [{"indicator_id": key, **entry} for entry in entries], reason)


def figures(workspace: Workspace) -> list[tuple[Any, ...]]:
    return [
        (row.value, row.numerator, row.denominator, row.sample_size, row.state)
        for row in workspace.read(measured.results)
    ]


def said(workspace: Workspace) -> list[tuple[str, str, str]]:
    return [(row.before, row.after, row.reason) for row in workspace.read(measured.restatements)]


def test_results_are_entered_final_unless_said_otherwise_and_the_same_again_changes_nothing(
    workspace: Workspace,
) -> None:
    first = ({"value": 250, **APRIL}, {"value": "260", "state": "provisional", **MAY})
    assert enter(workspace, *first) == results.Entered(added=2)
    assert figures(workspace) == [(250, None, None, None, "final"), (260, None, None, None, "provisional")]
    before = workspace.revision()
    assert enter(workspace, *first) == results.Entered(same=2)
    assert enter(workspace, {"value": 250, "state": "provisional", **APRIL}) == results.Entered(same=1)
    assert enter(workspace) == results.Entered()
    assert workspace.revision() == before


def test_a_provisional_figure_changes_freely_and_stays_provisional(workspace: Workspace) -> None:
    enter(workspace, {"value": 250, "state": "provisional", **APRIL})
    assert enter(workspace, {"value": 255, **APRIL}) == results.Entered(changed=1)
    assert figures(workspace) == [(255, None, None, None, "provisional")]
    assert enter(workspace, {"value": 255, "state": "final", **APRIL}) == results.Entered(changed=1)
    assert figures(workspace) == [(255, None, None, None, "final")]
    assert said(workspace) == []


def test_a_final_figure_changes_only_with_a_reason_and_leaves_what_it_was(workspace: Workspace) -> None:
    enter(workspace, {"value": 2336, **APRIL})
    before = workspace.revision()
    with pytest.raises(RuleBroken, match="A final figure would change") as broken:
        enter(workspace, {"value": 2340, **APRIL}, reason="  ")
    assert broken.value.field == "reason"
    assert workspace.revision() == before
    assert enter(workspace, {"value": 2340, **APRIL}, reason=WHY) == results.Entered(changed=1, restated=1)
    assert figures(workspace) == [(2340, None, None, None, "revised")]
    (row,) = workspace.read(measured.restatements, indicator(workspace), measured.FORCE)
    assert (row.ref, row.title, row.area, row.period_from, row.period_to) == (
        "R1",
        "Most serious violence",
        "",
        *APRIL.values(),
    )
    assert (row.before, row.after, row.made_on, row.author, row.reason) == (
        "2,336",
        "2,340",
        date.today(),
        locks.author(),
        WHY,
    )
    workspace.undo()
    assert figures(workspace) == [(2336, None, None, None, "final")]
    assert said(workspace) == []
    workspace.redo()
    assert said(workspace) == [("2,336", "2,340", WHY)]


def test_a_revised_figure_is_as_firm_as_a_final_one(workspace: Workspace) -> None:
    enter(workspace, {"value": 1, "state": "revised", **APRIL})
    with pytest.raises(RuleBroken, match="reason"):
        enter(workspace, {"value": 2, "state": "provisional", **APRIL})
    enter(workspace, {"value": 2, "state": "provisional", **APRIL}, reason=WHY)
    assert figures(workspace) == [(2, None, None, None, "revised")]
    enter(workspace, {"state": "final", **APRIL})
    assert figures(workspace)[0][-1] == "revised"


@pytest.mark.parametrize(
    ("held", "given", "told", "then"),
    [
        (
            {"numerator": 540, "denominator": 2336},
            {"numerator": 541},
            ("540 of 2,336", "541 of 2,336"),
            (None, 541, 2336, None, "revised"),
        ),
        (
            {"numerator": 540, "denominator": 2336},
            {"denominator": None},
            ("540 of 2,336", "540 of (missing)"),
            (None, 540, None, None, "revised"),
        ),
        (
            {"numerator": 540, "denominator": 2336},
            {"value": 23.1},
            ("540 of 2,336", "23.1%"),
            (23.1, None, None, None, "revised"),
        ),
        (
            {"value": 85, "sample_size": 1000},
            {"sample_size": 1100},
            ("85% of 1,000 answers", "85% of 1,100 answers"),
            (85, None, None, 1100, "revised"),
        ),
        (
            {"value": 85, "sample_size": 1000},
            {"state": "not available"},
            ("85% of 1,000 answers", "not available"),
            (None, None, None, None, "not available"),
        ),
        ({"value": 85}, {"state": "provisional"}, ("85%", "85%, provisional"), (85, None, None, None, "provisional")),
        (
            {"value": -0.5},
            {"value": 1234567.25},
            ("\N{MINUS SIGN}0.5%", "1,234,567.25%"),
            (1234567.25, None, None, None, "revised"),
        ),
    ],
)
def test_every_way_in_which_a_final_figure_changes_is_kept(
    workspace: Workspace, held: dict[str, Any], given: dict[str, Any], told: tuple[str, str], then: tuple[Any, ...]
) -> None:
    workspace.edit("measure", performance.set_indicator, indicator(workspace), measure="percentage")
    enter(workspace, {**held, **APRIL})
    entry = {"indicator_id": indicator(workspace), **given, **APRIL}
    changes = workspace.read(results.final_changes, [entry])
    assert [(change.before, change.after) for change in changes] == [told]
    assert (changes[0].place.indicator_id, changes[0].place.area_id) == (indicator(workspace), measured.FORCE)
    with pytest.raises(RuleBroken, match="Say why"):
        enter(workspace, {**given, **APRIL})
    enter(workspace, {**given, **APRIL}, reason=WHY)
    assert figures(workspace) == [then]
    assert said(workspace) == [(*told, WHY)]


def test_one_half_of_a_pair_waits_for_the_other_and_completing_it_restates_nothing(workspace: Workspace) -> None:
    enter(workspace, {"numerator": 540, **APRIL})
    assert figures(workspace) == [(None, 540, None, None, "final")]
    enter(workspace, {"denominator": 2336, "state": "provisional", **APRIL})
    assert figures(workspace) == [(None, 540, 2336, None, "final")]
    enter(workspace, {"denominator": 100, **MAY}, {"sample_size": 20, "state": "provisional", **MAY}, reason=WHY)
    assert said(workspace) == []


def test_what_is_given_up_as_not_available_can_be_given_again(workspace: Workspace) -> None:
    enter(workspace, {"state": "not available", **APRIL})
    assert figures(workspace) == [(None, None, None, None, "not available")]
    enter(workspace, {"value": 5, **APRIL})
    assert figures(workspace) == [(5, None, None, None, "final")]
    assert said(workspace) == []


def test_results_are_cleared_final_ones_with_a_reason(workspace: Workspace) -> None:
    enter(workspace, {"value": 5, **APRIL}, {"value": 6, "state": "provisional", **MAY})
    key = indicator(workspace)
    places = [{"indicator_id": key, **APRIL}, {"indicator_id": key, **MAY}]
    with pytest.raises(RuleBroken, match="Say why"):
        workspace.edit("clear", results.clear, places)
    assert workspace.edit("clear", results.clear, places, WHY) == results.Entered(removed=2, restated=1)
    assert figures(workspace) == []
    assert said(workspace) == [("5", "", WHY)]
    workspace.undo()
    assert figures(workspace) == [(5, None, None, None, "final"), (6, None, None, None, "provisional")]
    before = workspace.revision()
    workspace.edit("clear", results.clear, [{"indicator_id": key, "population": "BME", **APRIL}])
    assert workspace.revision() == before


def test_a_result_with_nothing_left_goes(workspace: Workspace) -> None:
    enter(workspace, {"numerator": 1, "denominator": 2, "state": "provisional", **APRIL})
    enter(workspace, {"numerator": None, **APRIL})
    assert figures(workspace) == [(None, None, 2, None, "provisional")]
    assert enter(workspace, {"denominator": None, **APRIL}) == results.Entered(removed=1)
    assert figures(workspace) == []


def test_areas_and_populations_are_results_of_their_own(workspace: Workspace) -> None:
    area = workspace.edit("add an area", rows.add, Area, title="Northtown")
    enter(
        workspace,
        *({"value": n, **APRIL, **where} for n, where in enumerate(({}, {"area_id": area}, {"population": "BME"}))),
    )
    assert enter(workspace, {"value": 9, "area_id": area, **APRIL}, reason=WHY).restated == 1
    assert sorted(row[0] for row in figures(workspace)) == [0, 2, 9]
    (row,) = workspace.read(measured.restatements, None, area)
    assert row.area == "Northtown"
    assert workspace.read(measured.restatements, None, measured.FORCE) == []


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"value": 1, "period_from": date(2008, 4, 1), "period_to": date(2008, 3, 1)}, "period_to", "ends before"),
        ({"value": 1, "numerator": 1, **APRIL}, "value", "not both"),
        ({"denominator": 0, **APRIL}, "denominator", "above 0"),
        ({"value": 1, "state": "not available", **APRIL}, "state", "has no figure"),
        ({"value": "soon", **APRIL}, "value", "“soon” is not a number"),
        ({**APRIL}, "value", "needs a figure"),
        ({"value": 1}, "period_from", "“From” of a result may not be empty"),
    ],
)
def test_what_may_not_stand_adds_nothing_and_names_the_field(
    workspace: Workspace, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    before = workspace.revision()
    with pytest.raises(RuleBroken, match=sentence) as broken:
        enter(workspace, {"value": 1, **MAY}, wrong)
    assert broken.value.field == field
    assert workspace.revision() == before


MONTHS = [date(2008, month, 1) for month in (4, 5, 6)]
ENTRY = st.fixed_dictionaries(
    {"month": st.sampled_from(MONTHS), "area": st.booleans()},
    optional={
        "numerator": st.integers(0, 9),
        "denominator": st.integers(1, 9),
        "sample_size": st.integers(1, 9),
    },
).filter(lambda entry: len(entry) > 2)


def _entry(key: str, area: str, said: dict[str, Any]) -> dict[str, Any]:
    figures_given = {name: value for name, value in said.items() if name not in ("month", "area")}
    first = said["month"]
    return {
        "indicator_id": key,
        "area_id": area if said["area"] else None,
        "period_from": first,
        "period_to": month_end(first),
        **figures_given,
    }


@pytest.fixture(scope="module")
def an_indicator(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A plan of one indicator and one area, and their keys."""
    path = tmp_path_factory.mktemp("results") / "plan.plan"
    with Workspace.create(path, "A plan", 2008) as workspace:
        return path, *workspace.edit("set up", _set_up)


@settings(max_examples=depth(10, 100))
@given(
    typed=st.lists(ENTRY, min_size=1, max_size=12, unique_by=lambda e: (e["month"], e["area"])),
    chance=st.randoms(use_true_random=False),
    data=st.data(),
)
def test_whatever_the_order_and_the_blocks_the_same_rows_stand_and_nothing_typed_is_lost(
    an_indicator: tuple[Path, str, str], typed: list[dict[str, Any]], chance: Any, data: st.DataObject
) -> None:
    cells = [
        {"month": entry["month"], "area": entry["area"], name: value}
        for entry in typed
        for name, value in entry.items()
        if name not in ("month", "area")
    ]
    chance.shuffle(cells)
    cut = data.draw(st.integers(0, len(cells)))
    path, key, area = an_indicator
    with TemporaryDirectory() as folder:
        held = [
            _rows_after(shutil.copyfile(path, Path(folder) / f"{n}.plan"), key, area, blocks)
            for n, blocks in enumerate(([typed], [cells[:cut], cells[cut:]], [[cell] for cell in cells]))
        ]
    assert held[0] == held[1] == held[2]
    for entry in typed:
        row = held[0][entry["month"], entry["area"]]
        assert all(row[name] == value for name, value in entry.items() if name in row)


def _rows_after(
    path: Path, key: str, area: str, blocks: list[list[dict[str, Any]]]
) -> dict[tuple[date, bool], dict[str, Any]]:
    with Workspace.open(path) as workspace:
        for block in blocks:
            workspace.edit("enter", results.enter, [_entry(key, area, said) for said in block])
        return {
            (row.period_from, row.area_key is not None): {
                "numerator": row.numerator,
                "denominator": row.denominator,
                "sample_size": row.sample_size,
                "state": row.state,
            }
            for row in workspace.read(measured.results)
        }


def _set_up(session: Session) -> tuple[str, str]:
    group = performance.add_group(session, "Reductions")
    return performance.add_indicator(session, group, "Robbery", polarity="lower"), rows.add(
        session, Area, title="Northtown"
    )
