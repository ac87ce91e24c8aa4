"""Commands on a plan that is held or damaged: a sentence and status 2, never a traceback."""

import gc
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.store import waiting
from spp_desktop.store.workspace import Workspace
from tests.command_line import CommandResult, spp
from tests.store.conftest import sql


@pytest.fixture
def plan(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small plan with a step to undo, open nowhere."""
    monkeypatch.setattr(waiting, "WAIT", 0.05)
    workspace.edit("remove a milestone", sql, "DELETE FROM milestone WHERE title LIKE '%2.01'")
    workspace.close()
    return workspace.path


def harm(path: Path, statement: str) -> None:
    """Change a plan as another program would that takes its guards away and puts them back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, guard in guards:
            connection.execute(guard)


def refused(result: CommandResult, *words: str) -> None:
    gc.collect()  # what was refused holds on to the file, by the frames it came through
    assert result.status == REFUSED
    assert result.err.strip().endswith(".")
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err


@pytest.mark.parametrize("command", ["history", "dump", "undo", "backup"])
def test_a_plan_that_is_held(plan: Path, command: str) -> None:
    with closing(sqlite3.connect(plan, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(spp(command, plan), "Another program is using plan.plan just now", "Try again in a moment")
    assert spp(command, plan).status == DONE


@pytest.mark.parametrize("harmed", ["at = x'00'", "label = x'00'", "label = CAST(x'41ff' AS TEXT)"])
def test_a_history_with_a_damaged_step(plan: Path, harmed: str) -> None:
    harm(plan, f"UPDATE revision SET {harmed} WHERE n = 3")
    refused(spp("history", plan), "open an earlier version")


def test_a_step_of_nobody_is_refused_by_the_file_itself(plan: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        harm(plan, "UPDATE revision SET author = NULL WHERE n = 3")


def test_a_step_of_a_day_that_is_none(plan: Path) -> None:
    harm(plan, "UPDATE revision SET at = 'yesterday' WHERE n = 3")
    assert "yesterday" in spp("history", plan).out


@pytest.mark.parametrize("before", ["'{'", "'[1]'", "x'00'"])
def test_a_damaged_step_is_not_undone(plan: Path, before: str) -> None:
    harm(plan, f"UPDATE change SET before = {before} WHERE revision = 3")
    refused(spp("undo", plan), "“remove a milestone”" if before != "x'00'" else ".")


def test_a_dump_of_rows_that_cannot_be_said(plan: Path) -> None:
    harm(plan, "UPDATE activity SET text = x'00ff' WHERE ref = '1.01'")
    refused(spp("dump", plan), "an activity holds raw bytes", "Check the file from the Help menu")


def test_a_dump_tells_a_row_that_is_not_there(plan: Path) -> None:
    harm(plan, "UPDATE activity_owner SET post_id = 'gone' WHERE rowid = 1")
    told = spp("dump", plan)
    assert told.status == DONE
    assert "belongs to a post that is not there" in told.err
    owners = [owner["post"] for activity in told.data["activities"] for owner in activity["owners"]]
    assert "not in the plan: gone" in owners
    assert json.loads(told.out)
