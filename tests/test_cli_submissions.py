"""The commands on submissions: what is due, steps, what was sent, what has changed since."""

import json
from datetime import date
from pathlib import Path

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import results
from spp_desktop.plan.performance import Indicator
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


@pytest.fixture
def plan(workspace: Workspace) -> Path:
    """The small plan, with a result of April 2008."""
    enter(workspace, 12.0)
    workspace.close()
    return workspace.path


def enter(workspace: Workspace, value: float, reason: str = "") -> None:
    key = workspace.read(queries.register, Indicator)[0].id
    period = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "state": "final"}
    workspace.edit("enter a result", results.enter, [{"indicator_id": key, "value": value, **period}], reason)


def test_steps_and_what_was_sent(plan: Path, tmp_path: Path) -> None:
    about = ("monthly-results", "--part", "2008-04")
    ended = spp("submit", plan, about[0], "prepared", *about[1:], "--by", "A. Clerk", "--on", "2008-05-09")
    assert (ended.status, ended.out) == (DONE, "Monthly results April 2008: prepared 09/05/2008 by A. Clerk.\n")
    book = tmp_path / "April.xlsx"
    assert spp("export", plan, "monthly-results", book, "--month", "2008-04").status == DONE
    ended = spp("submit", plan, about[0], "sent", *about[1:], "--by", "A. Clerk", "--on", "2008-05-12")
    assert ended.out == "Submission 1: Monthly results April 2008, sent 12/05/2008 by A. Clerk, with “April.xlsx”.\n"
    assert spp("submissions", plan).out == "   1  Monthly results April 2008: sent 12/05/2008 by A. Clerk  April.xlsx\n"
    (sent,) = json.loads(spp("submissions", plan, "--json").out)
    assert (sent["number"], sent["prepared"], len(sent["sha256"])) == (1, {"on": "2008-05-09", "by": "A. Clerk"}, 64)
    assert spp("restatements", plan).out == "No figure that was sent has changed since.\n"
    with Workspace.open(plan) as workspace:
        enter(workspace, 14.0, "Recounted")
    ended = spp("restatements", plan)
    assert ended.status == 1
    assert "submission 1: R1 Most serious violence, Result: 12 → 14 (enter a result, " in ended.out
    assert ended.out.count(": Recounted)") == 2
    told = json.loads(spp("restatements", plan, "--json").out)
    assert {(each["column"], each["was"], each["is"]) for each in told["restatements"]} == {
        ("Result", "12", "14"), ("State", "final", "revised"),
    }  # fmt: skip
    one = spp("submissions", plan, "1").out
    assert "prepared: 09/05/2008 by A. Clerk\n      checked: not said\n" in one
    assert "Result: 12 → 14" in one
    once_more = ("submit", plan, about[0], "sent", *about[1:], "--by", "A. Clerk", "--on", "2008-06-01")
    assert (spp(*once_more).status, spp(*once_more).err[:35]) == (REFUSED, "Submission 1 of it was sent on 12 M")
    assert spp(*once_more, "--again").status == DONE
    assert "Result: 12 → 14\n" in spp("submissions", plan, "1", "--compare", "2").out
    assert spp("submissions", plan, "2", "--compare", "2").out == "Submissions 2 and 2 say the same.\n"
    assert json.loads(spp("submissions", plan, "1", "--json").out)["restatements"]


def test_what_cannot_be_said_is_refused(plan: Path) -> None:
    for arguments, sentence in (
        (("monthly-results", "posted"), "“posted” is no step; the steps are prepared, checked, signed, sent."),
        (("another", "sent"), "There is no return called “another”; spp returns lists those there are."),
        (
            ("monthly-results", "sent", "--part", "soon"),
            "“soon” is not a month; write it as 2008-09 or September 2008.",
        ),
    ):
        ended = spp("submit", plan, *arguments)
        assert (ended.status, ended.err) == (REFUSED, f"{sentence}\n")
    assert spp("submissions", plan).out == "No submission was sent.\n"
    assert (
        spp("submissions", plan, "4").err == "There is no submission 4; spp submissions PLAN lists those there are.\n"
    )
    assert "Say which submission" in spp("submissions", plan, "--compare", "2").err
