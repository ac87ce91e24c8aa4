from typing import Any

import pytest

from spp_desktop.edits import priorities, registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.priorities import Note, NoteUse, PriorityAlias, Theme
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace


def _tree(plan: Workspace) -> list[Node]:
    return plan.read(queries.priority_tree)


def _titles(nodes: tuple[Node, ...] | list[Node]) -> list[str]:
    return [node.text for node in nodes]


def test_a_priority_is_added_last_or_behind_another_and_moved(workspace: Workspace) -> None:
    first, second = (node.key for node in _tree(workspace))
    workspace.edit("add", priorities.add_priority, "Last", narrative="Why")
    middle = workspace.edit("add", priorities.add_priority, "Middle", after=first)
    assert _titles(_tree(workspace)) == ["Serious harm", "Middle", "Local policing", "Last"]
    assert _tree(workspace)[3].narrative == "Why"
    workspace.edit("move", priorities.move_priority, middle, None)
    workspace.edit("move", priorities.move_priority, first, second)
    assert _titles(_tree(workspace)) == ["Middle", "Local policing", "Serious harm", "Last"]
    workspace.undo()
    assert _titles(_tree(workspace)) == ["Middle", "Serious harm", "Local policing", "Last"]


def test_many_moves_to_one_place_keep_the_order(workspace: Workspace) -> None:
    first, second = (node.key for node in _tree(workspace))
    third = workspace.edit("add", priorities.add_priority, "Third")
    for _ in range(40):
        workspace.edit("move", priorities.move_priority, third, first)
        workspace.edit("move", priorities.move_priority, second, first)
    assert _titles(_tree(workspace)) == ["Serious harm", "Local policing", "Third"]


def test_a_priority_is_set_and_removed_with_all_below_it(workspace: Workspace) -> None:
    first, second = (node.key for node in _tree(workspace))
    workspace.edit("set", priorities.set_priority, first, title="Harm", narrative="Told")
    assert (_tree(workspace)[0].text, _tree(workspace)[0].narrative) == ("Harm", "Told")
    workspace.edit("remove", priorities.remove_priority, second)
    assert _titles(_tree(workspace)) == ["Harm"]
    assert {row.priority for row in workspace.read(queries.activities)} == {"Harm"}
    workspace.undo()
    assert _titles(_tree(workspace)) == ["Harm", "Local policing"]
    assert len(workspace.read(queries.activities)) == 3


def test_an_empty_title_is_refused_in_a_sentence_and_nothing_changes(workspace: Workspace) -> None:
    before = workspace.revision()
    key = _tree(workspace)[0].key
    with pytest.raises(RuleBroken, match=r"^“Priority” may not be empty\.$") as refused:
        workspace.edit("set", priorities.set_priority, key, title="  ")
    assert refused.value.field == "title"
    assert workspace.revision() == before


def test_a_priority_that_is_gone_is_said_to_be_gone(workspace: Workspace) -> None:
    key = _tree(workspace)[0].key
    workspace.edit("remove", priorities.remove_priority, key)
    with pytest.raises(RuleBroken, match="This priority is no longer in the plan"):
        workspace.edit("set", priorities.set_priority, key, title="Harm")


def test_themes_nest_and_move_with_what_is_under_them(workspace: Workspace) -> None:
    first, second = _tree(workspace)
    resources = workspace.edit("add", priorities.add_theme, first.key, "Resources", narrative="Money")
    finance = workspace.edit("add", priorities.add_theme, first.key, "Finance", parent_id=resources)
    workspace.edit("add", priorities.add_theme, first.key, "Assets", parent_id=finance)
    promise = workspace.edit("add", priorities.add_commitment, finance, "Balance the budget")
    workspace.edit("move", priorities.move_theme, resources, second.key, None, None)

    here, there = _tree(workspace)
    assert _titles(here.children) == ["Serious harm: people"]
    assert _titles(there.children) == ["Resources", "Local policing: people"]
    assert [node.key for node in there.children[0].children] == [finance]
    assert there.children[0].children[0].children[0].key == promise
    assert {row.priority_id for row in workspace.read(queries.register, Theme)} == {first.key, second.key}
    workspace.undo()
    assert _titles(_tree(workspace)[0].children) == ["Serious harm: people", "Resources"]


def test_a_theme_may_not_stand_under_itself_or_in_two_priorities(workspace: Workspace) -> None:
    first, second = _tree(workspace)
    top = workspace.edit("add", priorities.add_theme, first.key, "Top")
    low = workspace.edit("add", priorities.add_theme, first.key, "Low", parent_id=top)
    for above in (top, low):
        with pytest.raises(RuleBroken, match="cannot stand under itself"):
            workspace.edit("move", priorities.move_theme, top, first.key, above, None)
    with pytest.raises(RuleBroken, match="belongs to another priority"):
        workspace.edit("add", priorities.add_theme, second.key, "Stray", parent_id=top)
    with pytest.raises(RuleBroken, match="belongs to another priority"):
        workspace.edit("move", priorities.move_theme, low, second.key, top, None)


def test_a_theme_is_set_and_removed_with_its_commitments(workspace: Workspace) -> None:
    theme = _tree(workspace)[0].children[0]
    workspace.edit("set", priorities.set_theme, theme.key, title="People")
    assert _tree(workspace)[0].children[0].text == "People"
    workspace.edit("remove", priorities.remove_theme, theme.key)
    assert _tree(workspace)[0].children == ()
    workspace.undo()
    assert len(_tree(workspace)[0].children[0].children) == 1


def test_commitments_are_placed_set_moved_and_removed(workspace: Workspace) -> None:
    here, there = (node.children[0] for node in _tree(workspace))
    first = here.children[0].key
    workspace.edit("add", priorities.add_commitment, here.key, "Third")
    second = workspace.edit("add", priorities.add_commitment, here.key, "Second", after=first)
    workspace.edit("set", priorities.set_commitment, first, text="First")
    assert _titles(_tree(workspace)[0].children[0].children) == ["First", "Second", "Third"]
    workspace.edit("move", priorities.move_commitment, second, there.key, None)
    workspace.edit("remove", priorities.remove_commitment, first)
    assert _titles(_tree(workspace)[0].children[0].children) == ["Third"]
    assert _titles(_tree(workspace)[1].children[0].children)[0] == "Second"


def test_an_alias_keeps_where_it_is_printed(workspace: Workspace) -> None:
    key = _tree(workspace)[0].key
    workspace.edit("add", priorities.add_alias, key, "SERIOUS HARM", printed_in="contents")
    assert [(row.title, row.printed_in) for row in workspace.read(queries.register, PriorityAlias)] == [
        ("SERIOUS HARM", "contents")
    ]


def test_one_note_serves_many_places(workspace: Workspace) -> None:
    priority = _tree(workspace)[0].key
    section = workspace.edit("add", registers.add, Section, title="Foreword")
    note = workspace.edit("add", priorities.add_note, "Defined as harm.")
    workspace.edit("use", priorities.use_note, note, number=3, printed_in="page 1", priority_id=priority)
    workspace.edit("use", priorities.use_note, note, number=3, printed_in="page 1", section_id=section)
    for place, key in (("priority_id", priority), ("section_id", section)):
        (found,) = workspace.read(queries.notes_at, place, key)
        assert (found.number, found.text, found.printed_in) == (3, "Defined as harm.", "page 1")
    workspace.edit("remove", priorities.remove_priority, priority)
    assert [use.section_id for use in workspace.read(queries.register, NoteUse)] == [section]


@pytest.mark.parametrize("place", [{}, {"priority_id": "a", "theme_id": "b"}, {"activity_id": "a"}])
def test_a_notes_mark_stands_at_exactly_one_place(workspace: Workspace, place: dict[str, Any]) -> None:
    note = workspace.edit("add", priorities.add_note, "Defined as harm.")
    with pytest.raises(RuleBroken, match="stands at one place"):
        workspace.edit("use", priorities.use_note, note, **place)


def test_a_note_is_written_at_its_place_in_one_step(workspace: Workspace) -> None:
    priority = _tree(workspace)[0].key
    workspace.edit("add", priorities.add_note_at, "Defined as harm.", priority_id=priority)
    (found,) = workspace.read(queries.notes_at, "priority_id", priority)
    assert (found.number, found.text, found.printed_in) == (None, "Defined as harm.", "")
    workspace.undo()
    assert workspace.read(queries.notes_at, "priority_id", priority) == []
    assert workspace.read(queries.register, Note) == []


def test_a_note_is_marked_under_its_own_number_or_the_next_free_one(workspace: Workspace) -> None:
    first, second = workspace.read(queries.priority_tree)

    def mark(note: str, key: str) -> int:
        return workspace.edit("mark", priorities.mark_note, note, priority_id=key)

    defined, counted = (workspace.edit("add", priorities.add_note, text) for text in ("Defined.", "Counted."))
    assert mark(defined, first.key) == 1
    assert mark(counted, first.key) == 2
    assert mark(defined, first.key) == 1  # it has its number there
    assert mark(defined, second.key) == 1  # and no other note has it elsewhere
    workspace.edit("use", priorities.use_note, counted, number=1, theme_id=first.children[0].key)
    assert workspace.edit("mark", priorities.mark_note, defined, theme_id=second.children[0].key) == 3
    unnumbered = workspace.edit("add", priorities.add_note_at, "New.", priority_id=second.key)
    assert mark(unnumbered, second.key) == 4
    notes = workspace.read(queries.notes_at, "priority_id", second.key)
    assert [(row.number, row.text) for row in notes] == [(1, "Defined."), (4, "New.")]
