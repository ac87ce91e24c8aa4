"""A plan that another copy is written over while it is open: what was kept is told of, and can be brought back."""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.store import backups, checking, dump, locks, queries, receipts, second_copy
from spp_desktop.store.copying import PlanCopying
from spp_desktop.store.problems import NotKept
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.second_copy import SecondCopy
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.tasks import add_many, take_in

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


def everything(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def written_over(path: Path, older: bytes) -> None:
    """Write another copy over a plan, as a person or a folder kept in step does: the same file with other content."""
    with path.open("r+b") as file:
        file.write(older)
        file.truncate()


@pytest.fixture
def older(workspace: Workspace) -> bytes:
    """The plan as it was before the steps of this sitting."""
    return workspace.path.read_bytes()


def worked(workspace: Workspace) -> None:
    """Steps of all kinds."""
    priority = workspace.read(queries.priority_tree)[0].key
    workspace.edit("reword 1.01", sql, LIGHT)
    workspace.edit("remove", sql, "DELETE FROM activity WHERE ref='1.02'")
    workspace.undo()
    workspace.edit("import", add_many, "x", priority)
    take_in(workspace, "y")
    workspace.write_beside(
        receipts.add, Receipt("z", "{}", "x", "a.xlsx", "z", "", "2008-10-01", "me"), os.urandom(500)
    )
    workspace.write_beside(receipts.decide, [Decision("z", "all", "accept", "", "", "2008-10-01", "me")])
    workspace.redo()
    workspace.edit("retitle", sql, "UPDATE plan SET title='B'")


@pytest.mark.parametrize("most", [2_000, 3])
def test_the_second_copy_is_the_plan(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(second_copy, "MOST_ROWS", most)
    worked(workspace)
    with pytest.raises(NotKept):
        workspace.edit("fail", sql, "UPDATE nothing SET a = 1")
    copy = workspace._second.connection()
    assert copy is not None
    assert everything(copy) == everything(workspace._raw)


def test_what_was_written_over_is_told_and_brought_back(workspace: Workspace, older: bytes) -> None:
    heard: list[str] = []
    workspace.heed(heard.append)
    worked(workspace)
    content, steps = workspace.read(dump.content), workspace.history()
    written_over(workspace.path, older)
    assert workspace.look()
    (sentence,) = heard
    assert sentence.startswith(
        "Steps that were kept are no longer in plan.plan: another copy of it was written over it."
    )
    assert f"{len(steps) - 2} steps are missing, the last “retitle” by" in sentence
    assert workspace.can_bring_back
    assert workspace.read(queries.plan).title == "A small plan"
    stood_there = workspace.bring_back()
    assert workspace.read(dump.content) == content
    assert workspace.history() == steps
    assert not workspace.can_bring_back
    assert checking.check_file(workspace.path).ok
    with Workspace.open(stood_there, read_only=True) as version:
        assert version.read(queries.plan).title == "A small plan"
    workspace.undo()
    assert workspace.read(queries.plan).title == "A small plan"
    assert len(heard) == 1


def test_an_edit_onto_another_copy_is_refused_once(workspace: Workspace, older: bytes) -> None:
    worked(workspace)
    written_over(workspace.path, older)
    with pytest.raises(NotKept, match="another copy of it was written over it"):
        workspace.edit("reword", sql, LIGHT)
    workspace.edit("go on", sql, "UPDATE plan SET force='Y'")
    assert not workspace.can_bring_back
    with pytest.raises(NotKept, match="among the earlier versions"):
        workspace.bring_back()
    kept = {version.reason: version for version in backups.earlier_versions(workspace.path)}
    with Workspace.open(kept["before another copy was written over it"].path, read_only=True) as version:
        assert version.read(queries.plan).title == "B"
    lines = "\n".join(checking.check_file(workspace.path).lines)
    assert "1 thing is wrong" in lines
    assert "is another from step 3 on" in lines


def test_a_copy_with_steps_of_its_own_is_kept_when_steps_are_brought_back(workspace: Workspace, older: bytes) -> None:
    other = workspace.path.with_name("other.plan")
    other.write_bytes(older)
    with Workspace.open(other) as elsewhere:
        elsewhere.edit("another step", sql, "UPDATE plan SET force='Z'")
    worked(workspace)
    written_over(workspace.path, other.read_bytes())
    assert workspace.look()
    assert workspace.history()[0].label == "another step"
    version = workspace.bring_back()
    assert workspace.history()[0].label == "retitle"
    with Workspace.open(version, read_only=True) as stood_there:
        assert stood_there.history()[0].label == "another step"


def test_steps_of_an_earlier_sitting_are_looked_for_among_the_earlier_versions(
    workspace: Workspace, older: bytes
) -> None:
    worked(workspace)
    workspace.back_up("asked for")
    workspace.close()
    with Workspace.open(workspace.path) as again:
        written_over(again.path, older)
        assert again.look()
        assert "They are in the earlier version of" in again.notices[-1]
        assert "(asked for)" in again.notices[-1]
        assert not again.can_bring_back
        for version in backups.earlier_versions(again.path):
            version.path.unlink()
    with Workspace.open(workspace.path, read_only=True) as reader:
        assert not reader.can_bring_back


def test_steps_that_nobody_has_any_more(workspace: Workspace, older: bytes) -> None:
    worked(workspace)
    workspace.close()
    shutil.rmtree(backups.folder_of(workspace.path))
    with Workspace.open(workspace.path) as again:
        written_over(again.path, older)
        assert again.look()
        assert "No earlier version holds them" in again.notices[-1]


def test_where_more_is_missing_than_is_known_it_is_said(
    workspace: Workspace, older: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(workspace)
    workspace.close()
    monkeypatch.setattr(second_copy, "MOST_KNOWN", 2)
    with Workspace.open(workspace.path) as again:
        again.edit("go on", sql, "UPDATE plan SET force='Y'")
        written_over(again.path, older)
        assert again.look()
        assert "At least 2 steps are missing, the last “go on” by" in again.notices[-1]
        again.bring_back()
        assert again.history()[0].label == "go on"


def test_what_another_program_adds_is_no_loss(workspace: Workspace) -> None:
    worked(workspace)
    locks.lock_file(workspace.path).unlink()
    with Workspace.open(workspace.path) as other:
        other.edit("another step", sql, "UPDATE plan SET force='Z'")
    assert workspace.look()
    assert workspace.notices == []
    workspace.edit("go on", sql, "UPDATE plan SET force='Y'")
    copy = workspace._second.connection()
    assert copy is not None
    assert everything(copy) == everything(workspace._raw)


def test_without_room_for_a_second_copy_the_person_works_on(
    workspace: Workspace, older: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(second_copy, "_take_rows", full)
    worked(workspace)
    written_over(workspace.path, older)
    assert workspace.look()
    assert not workspace.can_bring_back
    assert workspace.read(history_length) == 2


def history_length(connection: Any) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM revision").scalar())


@pytest.mark.parametrize("harm", ["its middle", "all of it"])
def test_a_copy_of_a_plan_that_was_damaged_while_it_was_open(workspace: Workspace, harm: str) -> None:
    worked(workspace)
    content, size = workspace.read(dump.content), workspace.path.stat().st_size
    with workspace.path.open("r+b") as file:
        file.seek(0 if harm == "all of it" else 4096)
        file.write(b"\x37" * (size - file.tell()))
    copy = workspace.path.with_name("copy.plan")
    workspace.save_copy(copy)
    with Workspace.open(copy, read_only=True) as saved:
        assert saved.read(dump.content) == content
        assert checking.check_file(copy).ok


def test_a_copy_that_was_made_beside_and_lacks_a_step_is_not_taken_for_whole(workspace: Workspace) -> None:
    second = SecondCopy()
    second.see(workspace._raw)
    made = PlanCopying(workspace._raw, None, lambda copy: None)
    made.start()
    made.join()
    workspace.edit("go on", sql, "UPDATE plan SET force='Y'")
    second.see(workspace._raw)
    second._copying = made
    assert second.connection() is None
    second.is_beside = True
    second.make(workspace._raw)  # it is followed, and holds all then
    copy = second.connection()
    assert copy is not None
    assert copy.execute("SELECT force FROM plan").fetchone() == ("Y",)
    second.forget()


@pytest.mark.parametrize("most", [2_000, 0])
def test_a_copy_beside_is_begun_when_the_change_was_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """So that what shows the change is read first; also where a step is too large to be followed row by row."""
    monkeypatch.setattr(second_copy, "MOST_ROWS", most)
    second, begun = workspace._second, list[bool]()
    second.is_beside = True
    workspace.listen(lambda _: begun.append(second._copying is not None))
    for title in ("C", "D"):
        workspace.edit("retitle", sql, f"UPDATE plan SET title='{title}'")
        assert second._copying is not None
        second._copying.join()
        second.make(workspace._raw)
        copy = second.connection()
        assert copy is not None
        assert everything(copy) == everything(workspace._raw)
    assert begun == [False, most > 0]  # a second change that is small is followed
