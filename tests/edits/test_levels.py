"""Plans of any levels: what the list of levels keeps to, and what may stand in the plan by it."""

from collections.abc import Callable, Sequence

import pytest

from spp_desktop.edits import links, priorities, registers
from spp_desktop.plan.levels import Level
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import spoken
from spp_desktop.store import dependents, gaps, queries, threads
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace

PRIORITY, THEME, COMMITMENT = range(3)


def levels(plan: Workspace) -> list[tuple[str, str]]:
    return [(row.title, row.written) for row in plan.read(queries.register, Level)]


def key_of(plan: Workspace, number: int) -> str:
    return str(plan.read(queries.register, Level)[number].id)


def emptied(plan: Workspace) -> None:
    for node in plan.read(queries.priority_tree):
        plan.edit("remove", priorities.remove_priority, node.key)


def texts(nodes: Sequence[Node]) -> list[str]:
    return [node.text for node in nodes]


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (
            lambda plan: plan.edit("remove", registers.remove, Level, key_of(plan, THEME)),
            "2 themes stand at the level “Theme”, so it stays as it is. Move or delete them first.",
        ),
        (
            lambda plan: plan.edit("remove", registers.remove_all, Level, [key_of(plan, COMMITMENT)]),
            "2 commitments stand at the level “Commitment”",
        ),
        (
            lambda plan: plan.edit("change", registers.change, Level, key_of(plan, COMMITMENT), written="heading"),
            "2 commitments stand at the level “Commitment”",
        ),
        (
            lambda plan: plan.edit(
                "set", registers.set_cells, Level,
                [(key_of(plan, THEME), "written", "sentence"), (key_of(plan, COMMITMENT), "written", "heading")],
            ),
            "Only the last level may be one of sentences: nothing stands under “Theme”.",
        ),
        (
            lambda plan: plan.edit("change", registers.change, Level, key_of(plan, PRIORITY), written="sentence"),
            "“Priority” would be the top level, which is one of headings",
        ),
        (
            lambda plan: plan.edit("move", registers.move, Level, key_of(plan, COMMITMENT), key_of(plan, PRIORITY)),
            "Only the last level may be one of sentences: nothing stands under “Commitment”.",
        ),
        (
            lambda plan: plan.edit("duplicate", registers.add, Level, {
                "title": "Promise", "plural": "Promises", "written": "sentence",
            }),
            "Only the last level may be one of sentences: nothing stands under “Commitment”.",
        ),
    ],
)  # fmt: skip
def test_a_level_that_is_needed_stays_and_says_why(
    workspace: Workspace, verb: Callable[[Workspace], object], sentence: str
) -> None:
    before = levels(workspace)
    with pytest.raises(RuleBroken) as refused:
        verb(workspace)
    assert str(refused.value).startswith(sentence)
    assert levels(workspace) == before


def test_headings_deeper_than_the_level_above_keep_a_level(workspace: Workspace) -> None:
    part = workspace.edit("add", registers.add, Level, {"title": "Part", "plural": "Parts"})
    priority = workspace.read(queries.priority_tree)[0]
    workspace.edit("add", priorities.add_theme, priority.key, "Roads", parent_id=priority.children[0].key)
    with pytest.raises(RuleBroken, match=r"^1 part stands at the level “Part”, so it stays"):
        workspace.edit("remove", registers.remove, Level, part)
    workspace.undo()
    workspace.edit("remove", registers.remove, Level, part)
    assert len(levels(workspace)) == 3


def test_a_new_level_of_headings_comes_before_the_sentences(workspace: Workspace) -> None:
    workspace.edit("add", registers.put, Level, [], [{"title": "Part", "plural": "Parts"}])
    assert [title for title, _ in levels(workspace)] == ["Priority", "Theme", "Part", "Commitment"]
    assert spoken().heading(2).plural == "parts"


def test_an_empty_plan_takes_any_levels_but_keeps_one(workspace: Workspace) -> None:
    emptied(workspace)
    for number in (COMMITMENT, THEME):
        workspace.edit("remove", registers.remove, Level, key_of(workspace, number))
    with pytest.raises(RuleBroken, match="A plan has at least one level"):
        workspace.edit("remove", registers.remove, Level, key_of(workspace, 0))
    workspace.edit("rename", registers.change, Level, key_of(workspace, 0), title="Pillar", plural="Pillars")
    pillar = workspace.edit("add", priorities.add_priority, "Safe streets")
    with pytest.raises(RuleBroken, match=r"no level of headings below “Pillar”\. Levels are added in Plan > Lists…"):
        workspace.edit("add", priorities.add_theme, pillar, "Roads")
    with pytest.raises(RuleBroken, match="no level of sentences below “Pillar”"):
        workspace.edit("add", priorities.add_commitment, pillar, "We will see to it")
    workspace.edit("add", registers.add, Level, {"title": "Promise", "plural": "Promises", "written": "sentence"})
    workspace.edit("add", priorities.add_commitment, pillar, "We will see to it")
    assert texts(workspace.read(queries.priority_tree)[0].children) == ["We will see to it"]


def test_a_commitment_stands_straight_under_a_priority_moves_and_goes_with_it(workspace: Workspace) -> None:
    first, second = workspace.read(queries.priority_tree)
    theme = first.children[0]
    promise = workspace.edit("add", priorities.add_commitment, first.key, "Straight")
    before = workspace.edit("add", priorities.add_commitment, first.key, "Straighter")
    workspace.edit("move", priorities.move_commitment, before, first.key, None)
    assert texts(workspace.read(queries.priority_tree)[0].children) == ["Straighter", "Straight", theme.text]
    assert workspace.read(threads.places)[promise] == "P1.2"
    workspace.edit("move", priorities.move_commitment, promise, theme.key, theme.children[0].key)
    workspace.edit("move", priorities.move_commitment, before, second.key, None)
    first, second = workspace.read(queries.priority_tree)
    assert texts(first.children[0].children) == ["We will attend to serious harm", "Straight"]
    assert texts(second.children) == ["Straighter", "Local policing: people"]
    assert "2 commitments" in workspace.read(dependents.lost_with, Priority, second.key)
    workspace.edit("remove", priorities.remove_priority, second.key)
    assert before not in {row.id for row in workspace.read(queries.register, Commitment)}
    workspace.undo()
    assert texts(workspace.read(queries.priority_tree)[1].children)[0] == "Straighter"


def test_what_measures_a_commitment_straight_under_a_priority_measures_the_priority(workspace: Workspace) -> None:
    first, second = workspace.read(queries.priority_tree)
    [indicator] = workspace.read(queries.indicators)
    promise = workspace.edit("add", priorities.add_commitment, first.key, "Straight")
    workspace.edit("link", links.join, "measures", indicator.key, promise)
    assert workspace.read(gaps.keys, gaps.GAP_KINDS[0]) == [second.key]


def test_commitment_needs_something_above_that_is_there(workspace: Workspace) -> None:
    theme = workspace.read(queries.priority_tree)[0].children[0].key
    workspace.edit("remove", priorities.remove_theme, theme)
    assert [row.title for row in workspace.read(queries.register, Theme)] == ["Local policing: people"]
    with pytest.raises(RuleBroken, match="What this is to stand under is no longer in the plan"):
        workspace.edit("add", priorities.add_commitment, theme, "Nowhere")
