"""Copies that a folder kept in step leaves beside a plan are named, and no others."""

import shutil
from pathlib import Path

import pytest

from spp_desktop.store import conflicts
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


@pytest.mark.parametrize(
    "name",
    [
        "plan (Jane's conflicted copy 2009-03-31).plan",
        "plan (conflicted copy 2009-03-31 101500).plan",
        "plan [Conflict].plan",
        "plan.sync-conflict-20090331-101500-ABCDEFG.plan",
        "plan_conflict-20090331-101500.plan",
        "plan-LAPTOP2.plan",
        "plan-DESKTOP-4F2A1.plan",
        "plan (1).plan",
        "plan 2.plan",
    ],
)
def test_a_copy_with_steps_of_its_own(closed: Path, name: str) -> None:
    other = Path(shutil.copy(closed, closed.with_name(name)))
    with Workspace.open(closed) as workspace:
        assert workspace.notices == [], "a copy with nothing of its own is no matter"
    with Workspace.open(other) as workspace:
        workspace.edit("reword", sql, LIGHT)
        workspace.edit("retitle", sql, "UPDATE plan SET title='B'")
    with Workspace.open(closed) as workspace:
        assert workspace.conflicting == [other]
        (sentence,) = workspace.notices
        assert f"Beside plan.plan lies {name}" in sentence
        assert "2 steps that plan.plan lacks, the last “retitle”" in sentence
        assert not workspace.read_only
        workspace.edit("go on", sql, "UPDATE plan SET title='C'")
    with Workspace.open(other) as workspace:
        assert workspace.conflicting == [closed]


@pytest.mark.parametrize("name", ["plan of today.plan", "planning.plan", "plan-draft.plan", "plan copy.plan", "p.plan"])
def test_a_copy_that_a_person_made(closed: Path, name: str) -> None:
    other = Path(shutil.copy(closed, closed.with_name(name)))
    with Workspace.open(other) as workspace:
        workspace.edit("reword", sql, LIGHT)
    with Workspace.open(closed) as workspace:
        assert workspace.notices == []


def test_another_plan_or_no_plan_of_such_a_name(closed: Path) -> None:
    with Workspace.create(closed.with_name("plan (1).plan"), "Another", 2008):
        pass
    closed.with_name("plan (2).plan").write_bytes(b"Dear all, please find attached\n" * 20)
    closed.with_name("plan (3).plan").mkdir()
    with Workspace.open(closed) as workspace:
        assert workspace.notices == []


def test_a_folder_that_cannot_be_listed(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with Workspace.open(closed) as workspace:
        monkeypatch.setattr(Path, "iterdir", denied)
        assert conflicts.conflicting(closed, workspace._raw) == []
