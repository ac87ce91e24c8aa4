"""``--take-over``: from a program that is gone at once; from somebody who may still be at work only if it is meant."""

import io
import json
import platform
import sys
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.store import locks
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp

GONE = 2**22 + 1
"""A number that no process has."""


class _Keyboard(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def plan(workspace: Workspace) -> Path:
    """The small plan with one step to undo, open nowhere."""
    workspace.edit("name the force", _named)
    workspace.close()
    return workspace.path


def _named(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE plan SET force = 'X'")


def locked(plan: Path, machine: str, process: int = GONE) -> str:
    """Lock a plan as a program on a machine would, and give what the lock says."""
    holder = {"user": "anna", "machine": machine, "process": process, "started": 1.0, "since": "2026-10-01T09:30"}
    locks.lock_file(plan).write_text(json.dumps(holder))
    return locks.lock_file(plan).read_text()


def undone(plan: Path) -> bool:
    with Workspace.open(plan, read_only=True) as workspace:
        return workspace.history()[0].kind == "undo"


def test_a_program_that_is_gone_gives_way_without_a_question(plan: Path) -> None:
    locked(plan, platform.node())
    assert spp("undo", plan).status == ASK
    assert spp("undo", plan, "--take-over").status == DONE
    assert undone(plan)


def test_somebody_who_may_be_at_work_is_not_taken_over_by_a_script(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = locked(plan, "another machine")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    ended = spp("undo", plan, "--take-over")
    assert ended.status == ASK
    assert ended.err.startswith("Anna on another machine since ")
    assert "may be lost" in ended.err
    assert ended.err.endswith("run the same command with --take-over --yes.\n")
    assert locks.lock_file(plan).read_text() == lock
    assert not undone(plan)
    assert spp("undo", plan, "--take-over", "--yes").status == DONE
    assert undone(plan)


@pytest.mark.parametrize(("typed", "status"), [("y\n", DONE), ("n\n", ASK), ("\n", ASK)])
def test_a_person_is_asked(plan: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int) -> None:
    locked(plan, "another machine")
    monkeypatch.setattr(sys, "stdin", _Keyboard(typed))
    ended = spp("undo", plan, "--take-over")
    assert ended.status == status
    assert "Take it over? [y/N]" in ended.err
    assert undone(plan) == (status == DONE)


def test_a_lock_that_cannot_be_read_is_asked_about(plan: Path) -> None:
    locks.lock_file(plan).write_bytes(b"\xff")
    assert spp("undo", plan, "--take-over").status == ASK
    assert spp("undo", plan, "--yes").status == REFUSED
    assert spp("undo", plan, "--take-over", "--yes").status == DONE


def test_a_program_that_runs_here_is_left_alone_whatever_is_said(plan: Path) -> None:
    with Workspace.open(plan):
        assert spp("undo", plan, "--take-over", "--yes").status == REFUSED
    assert not undone(plan)
