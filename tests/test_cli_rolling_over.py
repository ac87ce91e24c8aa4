"""A plan rolled over by command."""

import json
from pathlib import Path

from spp_desktop.edits.turning import deciding
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


def run(*arguments: str | Path) -> tuple[int, str]:
    ended = spp(*arguments)
    return ended.status, ended.out + ended.err


def test_a_plan_is_rolled_over_as_proposed_and_as_decided(workspace: Workspace) -> None:
    key = workspace.read(queries.activities)[0].key
    workspace.edit("decide", deciding.decide, [key], "dropped", reason="No money")
    workspace.close()
    plan = workspace.path
    before = plan.read_bytes()
    code, text = run("roll-over", plan)
    lines = text.splitlines()
    assert (code, lines[0], lines[2]) == (
        0,
        "1.01     Dropped  Do what 1.01 says",
        "1.02     Kept     Do what 1.02 says",
    )
    assert lines[1].strip().startswith("No money (decided by ")
    assert lines[-1] == (
        "From 2008-2009 to 2009-2010: 3 kept and 1 dropped; 1 of these decided by a person. Nothing is changed; do it "
        "with --apply proposed."
    )
    assert run("roll-over", plan, "--apply", "everything")[0] == 2
    assert plan.read_bytes() == before
    told = json.loads(run("roll-over", plan, "--json")[1])
    assert (told["next_year"], told["done"], told["rows"][0]["fate"], told["rows"][3]["baseline"]) == (
        *("2009-2010", False, "dropped", "No result of 2008-2009."),
    )
    code, text = run("roll-over", plan, "--apply", "proposed")
    assert (code, text.splitlines()[-1]) == (
        0,
        "Rolled over from 2008-2009 to 2009-2010: 3 kept and 1 dropped. Made: 2 activities of 2009-2010 and 0 "
        "reporting periods. spp undo takes it back in one step.",
    )
    assert run("undo", plan)[0] == 0
    with Workspace.open(plan) as undone:
        assert undone.read(queries.plan).first_year == 2008
