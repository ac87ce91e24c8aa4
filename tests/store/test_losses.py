"""What happens to a change that cannot be written: the plan stays whole, the person is told, and goes on later."""

import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import get_args

import pytest

from spp_desktop.store import backups, checking, database, history, locks, problems, queries, statements
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused, not_kept
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import fill, sql

HEAVY = "UPDATE activity SET text = hex(randomblob(200000)) WHERE ref='1.01'"
LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


def lost(workspace: Workspace, statement: str) -> NotKept:
    """What is said of an edit that cannot be kept; nothing is changed by it."""
    before = workspace.read_beside(history.tables_now), workspace.revision(), workspace.undo_label
    with pytest.raises(NotKept) as caught:
        workspace.edit("reword", sql, statement)
    assert (workspace.read_beside(history.tables_now), workspace.revision(), workspace.undo_label) == before
    return caught.value


def goes_on(workspace: Workspace) -> None:
    workspace.edit("reword", sql, LIGHT)
    assert workspace.read(queries.activities)[0].text == "Do it"
    workspace.close()
    assert checking.check_file(workspace.path).ok


def test_a_full_disk(small_disk: Path, closed: Path) -> None:
    path = Path(shutil.copy(closed, small_disk))
    with Workspace.open(path) as workspace:
        workspace.edit("begin", sql, "UPDATE plan SET title='B'")
        block = fill(small_disk, 50_000)
        refusal = lost(workspace, HEAVY)
        assert refusal.kind == "full"
        assert "The plan is whole" in str(refusal)
        for keep in (lambda: workspace.back_up("asked for"), lambda: workspace.save_copy(small_disk / "copy.plan")):
            with pytest.raises(NotKept) as caught:
                keep()
            assert caught.value.kind == "full"
        assert not [file for file in small_disk.rglob("*") if ".new" in file.name]
        workspace.save_copy(closed.with_name("elsewhere.plan"))
        block.unlink()
        goes_on(workspace)
    assert checking.check_file(closed.with_name("elsewhere.plan")).ok


def test_a_disk_full_from_the_start(small_disk: Path, closed: Path) -> None:
    path = Path(shutil.copy(closed, small_disk))
    block = fill(small_disk, 0)
    with Workspace.open(path) as workspace:
        assert workspace.read_only
        assert "No space left on device" in workspace.notices[0]
        assert len(workspace.read(queries.activities)) == 3
    assert not locks.lock_file(path).exists()
    block.unlink()
    with Workspace.open(path) as workspace:
        fill(small_disk, 60_000)
        workspace.edit("reword", sql, LIGHT)
        assert "No earlier version" in workspace.notices[-1]
        assert not list(backups.folder_of(path).iterdir())
    assert checking.check_file(path).ok


def test_a_file_that_may_not_grow(workspace: Workspace) -> None:
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    (pages,) = workspace._raw.execute("PRAGMA page_count").fetchone()
    workspace._raw.execute(f"PRAGMA max_page_count={pages + 3}")
    assert lost(workspace, HEAVY).kind == "full"
    workspace._raw.execute("PRAGMA max_page_count=1000000")
    goes_on(workspace)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete or rename a file that is open")
@pytest.mark.parametrize("how", ["deleted", "renamed"])
def test_a_file_moved_from_underneath(workspace: Workspace, how: str) -> None:
    path = workspace.path
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    if how == "deleted":
        path.unlink()
    else:
        path.rename(path.with_name("other.plan"))
    refusal = lost(workspace, LIGHT)
    assert refusal.kind == "moved"
    assert "Save a copy" in str(refusal)
    workspace.save_copy(path.with_name("saved.plan"))
    with Workspace.open(path.with_name("saved.plan")) as saved:
        assert saved.read(queries.plan).title == "B"
        assert saved.undo_label == "begin"
        goes_on(saved)


def test_permission_lost(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    workspace = Workspace.open(closed)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False if str(path) == str(closed) else real(path, mode))
        workspace._file.raw.close()
        workspace._file.raw = database.connect(closed, writing=False)
        workspace._file._engine = statements.engine_on(workspace._file.raw)
        workspace._file.see()
    refusal = lost(workspace, LIGHT)
    assert refusal.kind == "read-only"
    workspace.save_copy(closed.with_name("saved.plan"))
    workspace.close()
    assert checking.check_file(closed.with_name("saved.plan")).ok


def test_a_file_that_another_program_writes_to(workspace: Workspace) -> None:
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    workspace._raw.execute("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refusal = lost(workspace, LIGHT)
        assert refusal.kind == "in use"
        assert "Try again in a moment" in str(refusal)
    goes_on(workspace)


def test_a_file_written_over(workspace: Workspace) -> None:
    workspace.edit("begin", sql, "UPDATE plan SET title='B'")
    content = workspace.path.read_bytes()
    workspace.path.write_bytes(b"Dear all, " * 5000)
    with pytest.raises(NotKept) as caught:
        workspace.edit("reword", sql, LIGHT)
    assert caught.value.kind == "damaged"
    workspace.path.write_bytes(content)
    goes_on(workspace)


def test_a_folder_that_cannot_be_written(workspace: Workspace) -> None:
    with pytest.raises(NotKept) as caught:
        workspace.save_copy(workspace.path.parent / "no folder" / "copy.plan")
    assert caught.value.kind == "unreadable"
    backups.folder_of(workspace.path).write_bytes(b"")
    with pytest.raises(NotKept) as caught:
        workspace.back_up("asked for")
    assert "An earlier version of plan.plan could not be written" in str(caught.value)


@pytest.mark.parametrize("number", [28, 13])
def test_what_the_system_refuses(workspace: Workspace, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotKept) as caught:
        workspace.save_copy(workspace.path.with_name("copy.plan"))
    assert caught.value.kind == ("full" if number == 28 else "unreadable")
    assert [file.name for file in workspace.path.parent.glob("*.plan")] == ["plan.plan"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_FULL", "full"),
        ("SQLITE_READONLY_DBMOVED", "moved"),
        ("SQLITE_READONLY_DIRECTORY", "read-only"),
        ("SQLITE_BUSY_SNAPSHOT", "in use"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_IOERR_WRITE", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_every_loss_is_a_sentence(code: str, kind: str) -> None:
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorname = code
    loss = not_kept(error, "x.plan")
    assert loss.kind == kind
    assert "x.plan" in str(loss)
    assert "{" not in str(loss)
    assert str(loss).endswith(".")


def test_an_error_with_no_name() -> None:
    assert not_kept(sqlite3.ProgrammingError("?"), "x.plan").kind == "unreadable"
    assert {trouble.kind for trouble in problems._BY_CODE.values()} == set(get_args(problems.LossKind))


def spoilt(path: Path) -> None:
    """Write over the middle of a file from outside, as a failing disk does, and let the change be seen."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x37" * (len(content) - 4096)
    content[24:28] = b"\xff" * 4
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("act", ["edit", "undo", "redo", "revert", "back_up", "write_beside"])
def test_damaged_while_it_is_open(workspace: Workspace, act: str) -> None:
    workspace.edit("reword", sql, LIGHT)
    step = workspace.revision()
    if act == "redo":
        workspace.undo()
    spoilt(workspace.path)
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: workspace.edit("reword", sql, LIGHT),
        "undo": workspace.undo,
        "redo": workspace.redo,
        "revert": lambda: workspace.revert(step),
        "back_up": lambda: workspace.back_up("asked for"),
        "write_beside": lambda: workspace.write_beside(lambda raw: raw.execute("DELETE FROM export")),
    }
    with pytest.raises(NotKept) as caught:
        acts[act]()
    assert caught.value.kind == "damaged"
    assert "open an earlier version" in str(caught.value)


def test_looked_at_after_it_was_damaged(workspace: Workspace) -> None:
    workspace.edit("reword", sql, LIGHT)
    spoilt(workspace.path)
    for look in (workspace.look, workspace.history, workspace.revision, lambda: workspace.read(queries.activities)):
        with pytest.raises(PlanRefused) as caught:
            look()
        assert caught.value.kind == "damaged"
        assert "open an earlier version from the File menu" in str(caught.value)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE change SET before='{' WHERE action='remove'",
        "UPDATE change SET before='[1]' WHERE action='remove'",
        "UPDATE change SET before=x'00' WHERE action='remove'",
        "UPDATE change SET before=CAST(x'41ff' AS TEXT) WHERE action='remove'",
        "UPDATE change SET before='{}', cell=5 WHERE action='remove'",
        "UPDATE change SET row_table=x'00' WHERE action='remove'",
    ],
)
def test_a_damaged_step_of_the_history(workspace: Workspace, spoil: str) -> None:
    workspace.edit("remove a milestone", sql, "DELETE FROM milestone WHERE title LIKE '%2.01'")
    before = workspace.read_beside(history.tables_now)
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER change_is_never_changed")
        other.execute(spoil)
    (step, *_) = workspace.history()
    for act in (workspace.undo, lambda: workspace.revert(step.id)):
        with pytest.raises((NotKept, UndoRefused)) as caught:
            act()
        assert str(caught.value).endswith(".")
        del caught
    for read in (lambda: workspace.changes_of(step), lambda: workspace.as_at(workspace.history()[-1].id)):
        with suppress(PlanRefused, UndoRefused):
            read()
    gc.collect()  # what was caught holds on to the file, by the frames it came through
    assert workspace.read_beside(history.tables_now) == before
    workspace.edit("reword", sql, LIGHT)


def test_an_earlier_version_that_cannot_be_kept_is_told_once(workspace: Workspace) -> None:
    heard: list[str] = []
    workspace.heed(heard.append)
    backups.folder_of(workspace.path).write_bytes(b"a file where the folder should be")
    workspace.edit("reword", sql, LIGHT)
    workspace.edit("retitle", sql, "UPDATE plan SET title='B'")
    assert heard == workspace.notices
    (sentence,) = heard
    assert sentence.startswith("No earlier version of plan.plan could be kept before this change")
    assert "The change itself is kept" in sentence
