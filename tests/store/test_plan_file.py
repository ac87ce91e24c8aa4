"""A plan's file that is replaced while it is open, or out of reach; and a lock that another program takes."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from spp_desktop.store import checking, database, heads, locks, places, queries
from spp_desktop.store.places import FilePlace
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import put_over, sql
from tests.store.faults import Share, a_share

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"
OTHER = "UPDATE activity SET text = 'Do that' WHERE ref='1.02'"


def gone_on(path: Path, *statements: str) -> Path:
    """A copy of a plan in which somebody else has gone on."""
    copy = Path(shutil.copyfile(path, path.with_name("elsewhere.plan")))
    with Workspace.open(copy) as workspace:
        for statement in statements:
            workspace.edit("done elsewhere", sql, statement)
    return copy


def texts(workspace: Workspace) -> list[str]:
    return [row.text for row in workspace.read(queries.activities)]


def sound(workspace: Workspace) -> bool:
    workspace.close()
    return checking.check_file(workspace.path).ok


def test_a_newer_copy_put_in_its_place_is_shown_and_gone_on_with(workspace: Workspace) -> None:
    heard: list[object] = []
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    put_over(workspace.path, gone_on(workspace.path, OTHER))
    workspace.listen(heard.append)
    assert workspace.look()
    assert len(heard) == 1
    assert texts(workspace)[1] == "Do that"
    assert workspace.notices == ["plan.plan was replaced while it was open. You see what stands there now."]
    assert not workspace.look()
    workspace.edit("go on", sql, LIGHT)
    assert [step.label for step in workspace.history()[:3]] == ["go on", "done elsewhere", "begin"]
    assert sound(workspace)


def test_an_edit_onto_a_newer_copy_that_nobody_has_looked_at_yet(workspace: Workspace) -> None:
    put_over(workspace.path, gone_on(workspace.path, OTHER))
    workspace.edit("reword", sql, LIGHT)
    assert texts(workspace)[:2] == ["Do it", "Do that"]
    assert workspace.undo() is not None
    assert sound(workspace)


def test_steps_that_a_copy_in_its_place_lacks_are_brought_back(workspace: Workspace) -> None:
    older = gone_on(workspace.path)
    workspace.edit("reword", sql, LIGHT)
    put_over(workspace.path, older)
    with pytest.raises(NotKept, match="This change is not kept") as caught:
        workspace.edit("go on", sql, OTHER)
    assert caught.value.kind == "moved"
    assert workspace.notices[-1].startswith("Steps that were kept are no longer in plan.plan")
    assert workspace.can_bring_back
    workspace.bring_back()
    assert texts(workspace)[0] == "Do it"
    workspace.edit("go on", sql, OTHER)
    assert sound(workspace)


def test_something_else_in_its_place_is_no_plan_until_the_plan_is_back(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    own = gone_on(workspace.path)
    (tmp_path / "letter.txt").write_text("Dear all")
    put_over(workspace.path, tmp_path / "letter.txt")
    with pytest.raises(PlanRefused, match="not a plan"):
        workspace.look()
    with pytest.raises(NotKept, match="not a plan"):
        workspace.edit("reword", sql, LIGHT)
    workspace.save_copy(tmp_path / "saved.plan")
    assert database.check_header(tmp_path / "saved.plan")
    put_over(workspace.path, own)
    assert workspace.look()
    workspace.edit("reword", sql, LIGHT)
    assert sound(workspace)


@pytest.fixture
def share(small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    folder = tmp_path / "share"
    folder.mkdir()
    shutil.copyfile(small_plan, folder / "plan.plan")
    monkeypatch.setattr(places, "place_of", lambda _: FilePlace("share", "SMB"))
    with a_share(folder) as made:
        yield made
        if made.is_away():
            made.come_back()


def test_a_share_that_goes_and_comes_back_between_two_edits(share: Share, tmp_path: Path) -> None:
    with Workspace.open(share.folder / "plan.plan") as workspace:
        workspace.edit("begin", sql, LIGHT)
        share.go()
        for _ in range(2):
            with pytest.raises(PlanRefused, match="cannot be reached just now") as refused:
                workspace.look()
            assert refused.value.kind == "unreadable"
        with pytest.raises(NotKept, match="cannot be reached just now, so this change is not kept") as caught:
            workspace.edit("reword", sql, OTHER)
        assert caught.value.kind == "unreadable"
        workspace.save_copy(tmp_path / "saved.plan")
        share.come_back()
        assert workspace.look()
        assert workspace.notices == ["plan.plan can be reached again."]
        workspace.edit("reword", sql, OTHER)
        assert texts(workspace)[:2] == ["Do it", "Do that"]
        assert sound(workspace)
    assert not list(share.folder.glob("*.lock"))
    with Workspace.open(tmp_path / "saved.plan") as saved:
        assert texts(saved)[0] == "Do it"


def test_a_copy_can_be_saved_before_the_first_edit_while_the_share_is_away(share: Share, tmp_path: Path) -> None:
    with Workspace.open(share.folder / "plan.plan") as workspace:
        workspace.be_ready_to_write()
        share.go()
        workspace.save_copy(tmp_path / "saved.plan")
        share.come_back()
        assert workspace.look()
    assert checking.check_file(tmp_path / "saved.plan").ok


@pytest.mark.parametrize("writes", range(0, 12, 2))
def test_a_share_that_goes_in_the_middle_of_an_edit(share: Share, writes: int) -> None:
    with Workspace.open(share.folder / "plan.plan") as workspace:
        workspace.edit("begin", sql, LIGHT)
        share.writes_left = writes
        try:
            workspace.edit("reword", sql, OTHER)
        except NotKept as loss:
            assert loss.kind == "unreadable"  # noqa: PT017 - late in an edit the share may not be asked any more
            share.come_back()
            workspace.edit("again", sql, OTHER)
        assert texts(workspace)[:2] == ["Do it", "Do that"]
        share.writes_left = -1
        assert sound(workspace)


def taken_by(path: Path, machine: str) -> None:
    """Write a lock as another machine does."""
    locks.lock_file(path).unlink(missing_ok=True)
    holder = locks.Holder("a.planner", machine, 4711, 0.0, "2009-03-31T10:15+01:00")
    locks.lock_file(path).write_text(json.dumps(asdict(holder)), encoding="utf-8")


@pytest.mark.parametrize("looked", [True, False])
def test_a_plan_taken_over_on_another_machine_is_only_read_here(workspace: Workspace, looked: bool) -> None:
    workspace.edit("begin", sql, LIGHT)
    taken_by(workspace.path, "LAPTOP-2")
    if looked:
        workspace.look()
    with pytest.raises(NotKept) as caught:
        workspace.edit("reword", sql, OTHER)
    assert caught.value.kind == "read-only"
    assert str(caught.value).startswith("A.planner on LAPTOP-2 since ")
    assert "has taken over plan.plan" in str(caught.value)
    assert workspace.read_only
    assert workspace.holder is not None
    assert len(workspace.notices) == 1
    workspace.close()
    assert locks.holder_of(workspace.path) is not None  # theirs


def test_a_lock_of_another_machine_is_named_and_never_called_stale(closed: Path) -> None:
    taken_by(closed, "LAPTOP-2")
    with Workspace.open(closed) as reading:
        assert reading.read_only
        assert reading.holder is not None
        assert not reading.holder.gone()
        assert reading.notices[0].startswith("A.planner on LAPTOP-2 since ")
    with Workspace.open(closed, take_over=True) as writing:
        writing.edit("reword", sql, LIGHT)
    assert not locks.lock_file(closed).exists()


def test_a_lock_that_lost_its_file_is_made_again(workspace: Workspace) -> None:
    folder = workspace.path.parent
    away = folder.with_name("away")
    folder.rename(away)
    shutil.copytree(away, folder)
    locks.lock_file(workspace.path).unlink()
    assert workspace.look()
    assert locks.holder_of(workspace.path) is not None
    assert not workspace.read_only


def test_a_plan_whose_own_file_is_protected_is_read(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def protected(path: Path) -> bool:
        return path != closed

    monkeypatch.setattr(database, "writable", protected)
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert workspace.notices == [
            "plan.plan or its folder may not be written to, so it is open for reading only. Save a copy to work on."
        ]
    assert not locks.lock_file(closed).exists()


def test_where_a_plan_lies_is_known(workspace: Workspace) -> None:
    assert workspace.place == places.place_of(workspace.path)


def test_a_file_is_looked_through_anew_unless_it_is_as_this_program_left_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "LATER", -1)
    whole: list[bool] = []
    look_over = database.look_over

    def looked_over(connection: sqlite3.Connection, path: Path, *, left_whole: bool) -> list[str]:
        whole.append(not left_whole)
        return look_over(connection, path, left_whole=left_whole)

    monkeypatch.setattr(database, "look_over", looked_over)
    workspace.edit("reword", sql, LIGHT)
    workspace.close()
    path = workspace.path
    Workspace.open(path).close()
    copy = Path(shutil.copy2(path, path.with_name("copy.plan")))
    for opened in (copy, copy, path):
        Workspace.open(opened, read_only=True).close()
    assert whole == [False, True, False, False]
    with closing(sqlite3.connect(path)) as raw:  # another program
        raw.execute("PRAGMA secure_delete=ON")
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'change_of_row'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x37" * 4096)
    with pytest.raises(PlanRefused, match="damaged"):
        Workspace.open(path)
    monkeypatch.setattr(heads, "LATER", 3_600_000_000_000)
    Workspace.open(copy).close()
    assert whole[-2:] == [True, True], "what was changed just before it was left may have been changed since"
