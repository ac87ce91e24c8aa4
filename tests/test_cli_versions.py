"""The command on a plan's way: its versions, and moving it on."""

import json

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


def test_a_plan_is_moved_on_and_its_versions_are_listed(workspace: Workspace) -> None:
    workspace.close()
    plan = workspace.path
    assert spp("versions", plan).out == "The plan has no version yet: move it on to a state by --move-on.\n"
    ended = spp("versions", plan, "--move-on", "draft", "--by", "A. Clerk", "--on", "2008-02-14", "--as", "acc crime")
    assert (ended.status, ended.out) == (DONE, "   1  Draft: 14/02/2008, signed by A. Clerk, ACC Crime\n")
    moved = ("versions", plan, "--move-on", "Issued", "--by", "The chair", "--note", "By resolution", "--on")
    ended = spp(*moved, "2008-02-13")
    assert (ended.status, ended.err[:35]) == (REFUSED, "Version 1 (Draft) is dated 14 Febru")
    assert spp(*moved, "2008-03-14", "--json").status == DONE
    draft, issued = json.loads(spp("versions", plan, "--json").out)
    assert (draft["as"], issued["issues"], issued["dated"]) == ("ACC Crime", True, "2008-03-14")
    assert (issued["note"], issued["as"], len(issued["revision"])) == ("By resolution", None, 36)
    assert spp("as-at", plan, draft["revision"], "versions").out.startswith("The plan has no version yet")
    assert spp("versions", plan, "--move-on", "Printed").err == (
        "“Printed” is no state of this plan. Its list has Draft, Submitted, Consulted on, Amended, Issued and Varied.\n"
    )
    assert spp("versions", plan, "--move-on", "Issued", "--as", "Chair").status == REFUSED
    assert spp("versions", plan, "--by", "A. Clerk").status == REFUSED
