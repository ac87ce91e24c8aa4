"""New plans begun with levels of their own."""

from pathlib import Path

import pytest

from spp_desktop.edits import new_plans, priorities
from spp_desktop.plan.level_text import NewLevel, read_levels
from spp_desktop.plan.levels import Level
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import spoken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


def levels(plan: Workspace) -> list[tuple[str, str, str]]:
    return [(row.title, row.plural, row.written) for row in plan.read(queries.register, Level)]


@pytest.mark.parametrize("named", ["Theme / Priority / Commitment*", "Pillar / Promise*", "A > B > C > D > E", "Aim"])
def test_a_plan_begins_with_its_own_levels(tmp_path: Path, named: str) -> None:
    path = tmp_path / "own.plan"
    new_plans.begin(path, "Own", 2026, named, years=4)
    with Workspace.open(path) as plan:
        assert levels(plan) == list(read_levels(named))
        assert spoken().headings[0].singular == read_levels(named)[0].title.lower()
        assert plan.read(queries.plan).years == 4
        assert next(step.label for step in plan.history() if step.kind == "built") == "name the levels"
        assert plan.undo() is None
        assert levels(plan) == list(read_levels(named))
    assert spp("check-file", path).status == 0


@pytest.mark.parametrize("named", ["", "Priority / Theme / Commitment*"])
def test_a_plan_of_the_usual_levels_is_as_it_is_made(tmp_path: Path, named: str) -> None:
    new_plans.begin(tmp_path / "usual.plan", "Usual", 2026, named)
    with Workspace.open(tmp_path / "usual.plan") as plan:
        assert "name the levels" not in [step.label for step in plan.history()]
        assert levels(plan)[0] == ("Priority", "Priorities", "heading")


def test_levels_that_cannot_be_leave_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="Two levels are called “Aim”"):
        new_plans.begin(tmp_path / "no.plan", "No", 2026, "Aim / Aim")
    assert list(tmp_path.iterdir()) == []


def test_levels_are_named_only_while_nothing_stands(workspace: Workspace) -> None:
    before = levels(workspace)
    with pytest.raises(RuleBroken, match="2 priorities stand at the level “Priority”, so it stays as it is"):
        workspace.edit("name", new_plans.name_levels, read_levels("Aim / Step"))
    assert levels(workspace) == before
    for node in workspace.read(queries.priority_tree):
        workspace.edit("remove", priorities.remove_priority, node.key)
    for wrong in ([], [NewLevel("Promise", "Promises", "sentence")]):
        with pytest.raises(RuleBroken):
            workspace.edit("name", new_plans.name_levels, wrong)
    workspace.edit("name", new_plans.name_levels, read_levels("Aim / Step"))
    assert [title for title, *_ in levels(workspace)] == ["Aim", "Step"]
    workspace.undo()
    assert levels(workspace) == before


def test_a_plan_of_its_own_levels_by_command(tmp_path: Path) -> None:
    path = tmp_path / "own.plan"
    assert spp("new", path, "--levels", "Pillar / Promise*").status == 0
    with Workspace.open(path) as plan:
        assert levels(plan) == [("Pillar", "Pillars", "heading"), ("Promise", "Promises", "sentence")]
    for options, sentence in (
        (("--levels", "Promise* / Pillar"), "Only the last level may be one of sentences"),
        (("--levels", "Pillar", "--sample", "fire"), "A sample has levels of its own: --levels is for an empty plan."),
    ):
        refused = spp("new", tmp_path / "x.plan", *options)
        assert refused.status != 0
        assert sentence in refused.err
    assert not (tmp_path / "x.plan").exists()
