"""A year closed, reopened and listed by a command."""

from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.turned import turn


def test_a_year_is_closed_and_reopened_by_a_command(workspace: Workspace) -> None:
    """Without periods it has to be said; without a year what is closed is listed."""
    workspace.edit("turn", turn)
    workspace.close()
    plan = workspace.path
    refused = spp("close-year", plan, "2008-2009")
    assert (refused.status, "There is no reporting period of 2008-2009" in refused.err) == (2, True)
    done = spp("close-year", plan, "2008-2009", "--without-periods", "--by", "K Rowe")
    assert (done.status, done.out) == (
        0, "2008-2009 is closed; what belongs to it changes only once it is reopened for a reason.\n",
    )  # fmt: skip
    listed = spp("close-year", plan).out.splitlines()
    assert listed[:2] == ["2008-2009  closed since 10 Jul 2009 by K Rowe", "2009-2010  open"]
    assert spp("close-year", plan, "2008-2009", "--reopen", "A late figure").status == 0
    first = spp("close-year", plan, "--json").data[0]
    assert (first["closed"], first["since"], first["reason"]) == (False, "2009-07-10", "A late figure")
    assert "2008-2009" in spp("judge", plan, "--as-at", "2009-03-31").out
    for wrong in (("--reopen", "x"), ("2008-2009", "--reopen", "x", "--without-periods")):
        assert spp("close-year", plan, *wrong).status == 2


def test_a_reason_that_says_nothing_closes_no_year(workspace: Workspace) -> None:
    """To reopen a year with an empty reason is refused as that, and is not taken for closing it."""
    workspace.edit("turn", turn)
    workspace.close()
    for more in ((), ("--without-periods",)):
        assert spp("close-year", workspace.path, "2008-2009", "--reopen", "", *more).status == 2
    assert spp("close-year", workspace.path, "--json").data[0]["closed"] is False
