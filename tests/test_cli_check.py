"""spp check: what is found as text and as JSON, accepted with a reason, and how the command ends."""

from pathlib import Path

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


def test_what_is_found_is_listed_by_rule_and_counted(published: Path) -> None:
    ended = spp("check", published)
    assert (ended.status, ended.err) == (ASK, "")
    first, *_, last = ended.out.splitlines()
    assert first.startswith("Indicators: target over the plan against its years (5; contradicts itself).")
    assert "  PI01 Reduce serious violence: The plan's 11% matches its years only if cut off" in ended.out
    assert last == f"{len(spp('check', published, '--json').data)} findings."


def test_a_finding_is_accepted_by_its_key_and_stays_so(published: Path) -> None:
    found = spp("check", published, "--json").data
    post = next(one for one in found if one["rule"] == "owner overloaded")
    assert post["severity"] == "question"
    assert post["sentence"].startswith("“ACC Citizen Focus” owns 39 activities of 2008-2009")
    assert [(row["table"], row["text"]) for row in post["rows"]] == [("post", "ACC Citizen Focus"), ("year", "")]
    assert post["accepted"] is None
    ended = spp("check", published, "--accept", post["key"], "--reason", "It is the largest portfolio")
    assert ended.status == ASK
    assert ended.out.splitlines()[-1] == f"{len(found) - 1} findings, and 1 accepted."
    assert "Posts: own far more" not in ended.out
    assert "It is the largest portfolio" in spp("check", published, "--all").out
    again = next(one for one in spp("check", published, "--json").data if one["key"] == post["key"])
    assert again["accepted"]["reason"] == "It is the largest portfolio"


def test_what_cannot_be_accepted_changes_nothing(published: Path) -> None:
    before = published.read_bytes()
    ended = spp("check", published, "--accept", "nothing:1", "--reason", "So be it")
    assert (ended.status, ended.out) == (REFUSED, "")
    assert ended.err.startswith("Nothing is found under “nothing:1”.")
    key = spp("check", published, "--json").data[0]["key"]
    ended = spp("check", published, "--accept", key)
    assert (ended.status, ended.out) == (REFUSED, "")
    assert "“Reason” may not be empty." in ended.err
    assert published.read_bytes() == before


def test_a_plan_in_which_nothing_is_found(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "new.plan", "A new plan", 2026):
        pass
    ended = spp("check", tmp_path / "new.plan")
    assert (ended.status, ended.out) == (DONE, "0 findings.\n")
