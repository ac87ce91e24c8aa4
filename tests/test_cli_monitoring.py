"""Reporting periods and what has slipped, by commands."""

import json
from datetime import date
from pathlib import Path

from spp_desktop.edits import delivery, registers, rows
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


def run(*arguments: str | Path) -> tuple[int, str]:
    ended = spp(*arguments)
    return ended.status, ended.out + ended.err


def test_a_period_from_making_to_reopening(workspace: Workspace) -> None:
    workspace.edit("show it as at a day", registers.set_plan, as_at=date(2008, 7, 3))
    workspace.close()
    plan = workspace.path
    assert run("periods", plan) == (0, "The plan has no reporting periods. Make them with --make.\n")
    code, text = run("periods", plan, "--make")
    assert (code, text.splitlines()[:2]) == (
        0, ["Made: 12.", "2008-09 Q1      2008-04-01 to 2008-06-30  planned "],
    )  # fmt: skip
    assert run("periods", plan, "--open", "2008-09 q1", "--by", "A. Planner") == (0, "2008-09 Q1 is open.\n")
    assert run("periods", plan, "--close", "2008-09 Q1")[1].startswith("2008-09 Q1 is closed; rows were kept for 3")
    assert run("periods", plan, "--lock", "2008-09 Q1") == (0, "2008-09 Q1 is locked.\n")
    assert run("periods", plan, "--close", "2008-09 Q1")[0] == 2
    code, text = run("periods", plan, "--reopen", "2008-09 Q1")
    assert (code, "Say why" in text) == (2, True)
    assert run("periods", plan, "--reopen", "2008-09 Q1", "--reason", "A slip") == (0, "2008-09 Q1 is reopened.\n")
    code, text = run("periods", plan, "--open", "Q9")
    assert (code, "There is no reporting period “Q9”" in text) == (2, True)
    for alone in ("--reason", "--by"):
        assert run("periods", plan, alone, "x")[0] == 2
    assert run("periods", plan, "--open", "2008-09 Q1", "--lock", "2008-09 Q1")[0] == 2
    first = json.loads(run("periods", plan, "--json")[1])[0]
    assert (first["state"], first["reason"], first["since"]) == ("closed", "A slip", "2008-07-03")
    assert first["reports"] == {"being written": 3, "sent back": 0, "submitted": 0, "accepted": 0}


def test_what_has_slipped_is_listed_and_what_waits_for_approval_asks(workspace: Workspace) -> None:
    key = workspace.read(queries.activities)[0].key
    for day, why in ((30, ""), (31, ""), (30, "No room")):
        month = {"": 9 if day == 30 else 10, "No room": 11}[why]
        workspace.edit("set", delivery.set_cells, [(key, "due", date(2008, month, day))], reason=why)
    step = workspace.read(queries.milestones)[0].key
    workspace.edit("set", delivery.set_milestones, [(step, "forecast", date(2008, 8, 1))])
    workspace.close()
    code, text = run("slipped", workspace.path, "--year", "2008-2009")
    assert code == 0
    assert text.splitlines()[0] == (
        "1.01  Do what 1.01 says: It has slipped twice, by 61 days: first agreed for 30 September 2008, expected on "
        "30 November 2008."
    )
    assert "No room" in text.splitlines()[2]
    assert "milestone “First step of 1.01”" in text
    assert run("slipped", workspace.path, "--since", "2099-01-01") == (0, "Nothing has slipped.\n")
    with Workspace.open(workspace.path) as again:
        rule = again.read(monitored.delivery_rule).id
        again.edit("ask for approval", rows.change, DeliveryRule, rule, moves_approved=True)
    code, text = run("slipped", workspace.path, "--json")
    told = json.loads(text)
    assert (code, told[0]["times"], told[0]["days"], told[0]["baseline"]) == (1, 2, 61, "2008-09-30")
    assert [move["waits_for_approval"] for move in told[0]["moves"]] == [False, True]
