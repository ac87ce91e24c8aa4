"""Copies that a folder kept in step leaves beside a plan are named, and no others."""

import shutil
from pathlib import Path

import pytest

from spp_desktop.store import conflicts, places
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import put_over, sql

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
        assert workspace.copies.conflicting == [other]
        (sentence,) = workspace.notices
        assert f"Beside plan.plan lies {name}" in sentence
        assert "2 steps that plan.plan lacks, the last “retitle”" in sentence
        assert not workspace.read_only
        workspace.edit("go on", sql, "UPDATE plan SET title='C'")
    with Workspace.open(other) as workspace:
        assert workspace.copies.conflicting == [closed]


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
        assert workspace.copies.look() == []


def test_a_copy_that_comes_while_the_plan_is_open_is_told_once(closed: Path) -> None:
    other = Path(shutil.copy(closed, closed.with_name("plan-LAPTOP2.plan")))
    with Workspace.open(closed) as workspace:
        heard: list[str] = []
        workspace.heed(heard.append)
        workspace.copies.due = True
        assert workspace.copies.look() == [], "what has not changed since is not read again"
        assert not workspace.copies.due, "nor is the folder listed again"
        with Workspace.open(other) as there:
            there.edit("reword", sql, LIGHT)
        assert workspace.copies.look() == []
        workspace.edit("go on", sql, "UPDATE plan SET title='C'")
        workspace.look(workspace.copies.look())
        assert workspace.copies.conflicting == [other]
        assert ["1 step that plan.plan lacks" in sentence for sentence in heard] == [True]
        with Workspace.open(other) as there:
            there.edit("retitle", sql, "UPDATE plan SET title='B'")
        workspace.copies.due = True
        workspace.look(workspace.copies.look())
        assert len(heard) == 1


def test_a_copy_that_had_nothing_of_its_own_until_the_plan_was_replaced(closed: Path) -> None:
    older = closed.read_bytes()
    with Workspace.open(closed) as workspace:
        workspace.edit("reword", sql, LIGHT)
        other = Path(shutil.copy(closed, closed.with_name("plan-LAPTOP2.plan")))
        workspace.look(workspace.copies.look())
        assert workspace.copies.conflicting == []
        (there := closed.with_name("arriving")).write_bytes(older)
        put_over(closed, there)
        workspace.look()
        workspace.look(workspace.copies.look())
        assert workspace.copies.conflicting == [other]


def test_nothing_is_read_of_a_copy_that_would_have_to_be_fetched(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(closed, closed.with_name("plan-LAPTOP2.plan"))
    monkeypatch.setattr(places, "is_away", lambda _: True)
    assert conflicts.OtherCopies(closed).look() == []


def test_a_copy_that_goes_while_the_folder_is_listed(closed: Path) -> None:
    closed.with_name("plan-LAPTOP2.plan").symlink_to("gone")
    assert conflicts.OtherCopies(closed).look() == []
