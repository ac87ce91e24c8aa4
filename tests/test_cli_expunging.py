"""``spp expunge``: it says where a word stands, asks before it is removed, and names what still holds it."""

from pathlib import Path

import pytest

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.store import backups
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.store.conftest import sql

WHY = ("--reason", "the name of a victim")


@pytest.fixture
def plan(workspace: Workspace) -> Path:
    workspace.edit("ask", sql, "UPDATE activity SET text = 'Ask Quillfeather' WHERE ref = '1.01'")
    workspace.back_up("on request")
    workspace.close()
    return workspace.path


def test_it_says_where_before_anything_is_done(plan: Path) -> None:
    before = plan.read_bytes()
    looked = spp("expunge", plan, "quillfeather", "--dry-run")
    assert looked.status == DONE, looked.err
    assert looked.out.startswith("It stands in 1 cell of 1 row and 1 change in 1 step.\n  activity “1.01”")
    assert "(on request) holds it." in looked.out
    asked = spp("expunge", plan, "quillfeather", *WHY)
    assert (asked.status, plan.read_bytes()) == (ASK, before)
    assert "cannot be undone" in asked.err
    assert spp("expunge", plan, "quillfeather", "--yes").status == REFUSED  # no reason is given
    assert spp("expunge", plan, "nobody", "--yes", *WHY).status == REFUSED


def test_it_removes_and_names_what_still_holds_it(plan: Path) -> None:
    done = spp("expunge", plan, "QUILLFEATHER", "--yes", "--delete-versions", *WHY)
    assert done.status == DONE, done.err
    assert "Deleted 1 earlier version." in done.out
    assert b"uillfeather" not in plan.read_bytes()
    assert backups.earlier_versions(plan)[0].reason == "after a word was removed"
    assert (
        "remove a word for good (1 cell of 1 row and 1 change in 1 step): the name of a victim"
        in spp("history", plan).out
    )
    assert spp("check-file", plan).status == DONE
