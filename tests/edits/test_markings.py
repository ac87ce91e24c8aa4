"""The plan's marking is one of its list, and stays one whichever of the two is changed."""

import pytest

from spp_desktop.edits import registers
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace


def key_of(workspace: Workspace, title: str) -> str:
    return next(str(row.id) for row in workspace.read(queries.register, Marking) if row.title == title)


def test_the_plan_bears_a_marking_of_its_list(workspace: Workspace) -> None:
    workspace.edit("mark", registers.set_plan, marking=" restricted ")
    assert workspace.read(queries.plan).marking == "RESTRICTED"
    with pytest.raises(RuleBroken, match="“MOST SECRET” is not on the plan's list of protective markings"):
        workspace.edit("mark", registers.set_plan, marking="MOST SECRET")
    workspace.edit("unmark", registers.set_plan, marking="")
    assert workspace.read(queries.plan).marking == ""


def test_a_marking_that_is_renamed_is_renamed_on_the_plan(workspace: Workspace) -> None:
    workspace.edit("mark", registers.set_plan, marking="RESTRICTED")
    key = key_of(workspace, "RESTRICTED")
    workspace.edit("rename", registers.change, Marking, key, title="RESTRICTED - POLICY")
    assert workspace.read(queries.plan).marking == "RESTRICTED - POLICY"
    workspace.undo()
    assert workspace.read(queries.plan).marking == "RESTRICTED"
    with pytest.raises(RuleBroken, match="The plan itself is marked “RESTRICTED”"):
        workspace.edit("remove", registers.remove, Marking, key)
    workspace.edit("remove", registers.remove, Marking, key_of(workspace, "PROTECT"))
    assert workspace.read(queries.plan).marking == "RESTRICTED"
