"""A year closed, reopened and listed by a command; its returns, and a portfolio handed over."""

from datetime import date
from pathlib import Path

from spp_desktop.edits import delivery, registers
from spp_desktop.plan.posts import Post
from spp_desktop.store import queries
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


def test_a_return_of_a_passed_year_is_written_by_a_command(workspace: Workspace, tmp_path: Path) -> None:
    """As the window offers it; a year that the plan never had is refused."""
    workspace.edit("turn", turn)
    workspace.close()
    for year, status in (("2008-2009", 0), ("2007-2008", 2)):
        words = ("--year", year, "--quarter", "Q4")
        assert spp("export", workspace.path, "status", tmp_path / f"{year}.xlsx", *words).status == status


def test_what_cannot_be_handed_over_is_not_announced(workspace: Workspace) -> None:
    """The list without a reason refuses what the deed would refuse."""
    post, _ = [workspace.edit("add", registers.add, Post, title=title) for title in ("Crime", "Justice")]
    first = workspace.read(queries.activities)[0].key
    workspace.edit("own", delivery.set_owners, first, [post])
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 11, 1))
    workspace.close()
    assert spp("hand-over", workspace.path, "Crime", "Justice").status == 0
    assert "is still to come" in spp("hand-over", workspace.path, "Crime", "Justice", "--on", "2009-01-05").err
    assert "has it already" in spp("hand-over", workspace.path, "Crime", "Crime").err


def test_what_is_found_of_a_passed_year_names_it(workspace: Workspace) -> None:
    """A row that was carried forward has the words of the one that it came from."""
    workspace.edit("turn", turn)
    workspace.close()
    lines = [line for line in spp("check", workspace.path).out.splitlines() if line.startswith("  1.01 ")]
    assert {line.split(":")[0].strip() for line in lines} == {
        "1.01 Do what 1.01 says (2008-2009)", "1.01 Do what follows",
    }  # fmt: skip
