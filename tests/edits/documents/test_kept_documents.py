"""Documents of one's own: parts chosen and put in order under a name."""

import pytest

from spp_desktop.edits import rows
from spp_desktop.edits.documents import kept
from spp_desktop.plan.kept_documents import KeptDocument
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.workspace import Workspace

PARTS = ("decisions", "summary")


def test_a_choice_of_parts_is_kept_in_its_order_under_a_name(workspace: Workspace) -> None:
    key = workspace.edit("keep", kept.keep, "  Members'  pack ", "board", (*PARTS, "summary"))
    (own,) = workspace.read(kept.kept)
    assert (own.key, own.title, own.kind.name, own.parts) == (key, "Members' pack", "board", PARTS)
    assert workspace.read(kept.kept_named, "MEMBERS' PACK") == own
    assert workspace.edit("again", kept.keep, "members' pack", "board", ("key",)) == key
    assert [(each.title, each.parts) for each in workspace.read(kept.kept)] == [("members' pack", ("key",))]
    workspace.edit("remove", kept.remove, key)
    assert workspace.read(kept.kept_named, "Members' pack") is None


@pytest.mark.parametrize(
    ("title", "document", "parts", "sentence"),
    [
        (" ", "board", PARTS, "needs a name"),
        ("Board", "board", PARTS, "is there anyway"),
        ("Mine", "minutes", PARTS, "There is no document “minutes”"),
        ("Mine", "board", ("poem",), "has no part “poem”"),
        ("Mine", "board", (), "Choose at least one part"),
    ],
)
def test_what_cannot_be_kept_is_said(
    workspace: Workspace, title: str, document: str, parts: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        workspace.edit("keep", kept.keep, title, document, parts)
    assert workspace.read(kept.kept) == []


def test_what_this_program_does_not_know_is_left_aside(workspace: Workspace) -> None:
    workspace.edit("newer", rows.add, KeptDocument, title="Newer", document="minutes", parts="one")
    workspace.edit("older", rows.add, KeptDocument, title="Older", document="board", parts="poem\nsummary")
    assert [(each.title, each.parts) for each in workspace.read(kept.kept)] == [("Older", ("summary",))]
