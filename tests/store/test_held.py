"""A plan that is held, lies where nothing can be locked, or is out of reach: none of them is taken for damaged."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from spp_desktop.store import backups, checking, copies, database, locks, queries, recovery, waiting
from spp_desktop.store.glimpse import first_look
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.faults import locks_refused

LIGHT = "UPDATE activity SET text = 'Do it' WHERE ref='1.01'"


@pytest.fixture(autouse=True)
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WAIT", 0.05)


@contextmanager
def held(path: Path, how: str = "BEGIN EXCLUSIVE") -> Iterator[None]:
    """A context in which another program holds a plan, and lets nobody read it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(how)
        yield
        other.execute("ROLLBACK")


def refused(path: Path, *, read_only: bool = False) -> PlanRefused:
    with pytest.raises(PlanRefused) as caught:
        Workspace.open(path, read_only=read_only)
    assert not locks.lock_file(path).exists()
    return caught.value


@pytest.mark.parametrize("read_only", [False, True])
def test_a_plan_that_is_held_cannot_be_opened_just_now(closed: Path, read_only: bool) -> None:
    before = closed.read_bytes()
    with held(closed):
        refusal = refused(closed, read_only=read_only)
        assert first_look(closed, None) is None
    assert refusal.kind == "in use"
    assert "Another program is using plan.plan just now" in str(refusal)
    assert "Try again in a moment" in str(refusal)
    assert "damaged" not in str(refusal)
    assert closed.read_bytes() == before
    with Workspace.open(closed) as workspace:
        assert not workspace.read_only


def test_a_plan_with_an_unfinished_change_that_is_held(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EBUSY, "another program is writing to it just now")

    closed.with_name("plan.plan-journal").write_bytes(b"\xd9\xd5\x05\xf9" + b"\0" * 600)
    monkeypatch.setattr(copies, "copied", busy)
    assert "Another program is using plan.plan" in str(refused(closed))
    monkeypatch.setattr(locks, "lockable", lambda _: False)
    assert refused(closed).kind == "unlockable"


def actions(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """What writes, or reads the whole file."""
    copy = workspace.path.with_name("copy.plan")
    return {
        "this change is not kept": lambda: workspace.edit("reword", sql, LIGHT),
        "no copy is made": lambda: workspace.save_copy(copy),
        "no earlier version is kept": lambda: workspace.back_up("asked for"),
    }


@pytest.mark.parametrize("how", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_nothing_waits_for_ever(workspace: Workspace, how: str) -> None:
    with held(workspace.path, how):
        for lost, act in actions(workspace).items():
            if how == "BEGIN IMMEDIATE" and lost != "this change is not kept":
                continue  # what is only being prepared can be read beside
            with pytest.raises(NotKept) as caught:
                act()
            assert caught.value.kind == "in use"
            assert f"Another program is using plan.plan just now, so {lost}. Try again" in str(caught.value)
        assert workspace.notices == []
    workspace.edit("reword", sql, LIGHT)
    kept = backups.earlier_versions(workspace.path)
    assert kept[0].reason == "before the first change of a sitting"
    workspace.save_copy(workspace.path.with_name("copy.plan"))
    assert checking.check_file(workspace.path.with_name("copy.plan")).ok


def test_a_look_at_a_held_plan_waits_for_the_next_one(workspace: Workspace) -> None:
    told: list[object] = []
    workspace.listen(told.append)
    with Workspace.open(workspace.path, read_only=True) as reader:
        workspace.edit("reword", sql, LIGHT)
        with held(workspace.path):
            assert reader.look() is False
            with pytest.raises(PlanRefused) as caught:
                reader.read(queries.activities)
            assert caught.value.kind == "in use"
        assert reader.look() is True
        assert reader.read(queries.activities)[0].text == "Do it"
    assert len(told) == 1


def test_undo_of_a_held_plan(workspace: Workspace) -> None:
    workspace.edit("reword", sql, LIGHT)
    with held(workspace.path), pytest.raises(NotKept) as caught:
        workspace.undo()
    assert caught.value.kind == "in use"
    assert workspace.undo() is not None
    with held(workspace.path), pytest.raises(NotKept):
        workspace.redo()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EINVAL, errno.EPERM])
def test_where_nothing_can_be_locked_a_plan_is_read_as_it_is(
    closed: Path, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    elsewhere = tmp_path_factory.mktemp("local") / "copy.plan"
    before = closed.read_bytes()
    with locks_refused(closed.parent, number):
        assert not locks.lockable(closed.parent)
        assert locks.lockable(elsewhere.parent)
        with Workspace.open(closed) as workspace:
            assert workspace.read_only
            assert "lies where files cannot be locked" in workspace.notices[0]
            assert "Save a copy in a folder of this computer" in workspace.notices[0]
            assert len(workspace.read(queries.activities)) == 3
            assert workspace.look() is False
            with pytest.raises(NotKept, match="cannot be locked"):
                workspace.edit("reword", sql, LIGHT)
            with pytest.raises(NotKept) as caught:
                workspace.save_copy(closed.with_name("copy.plan"))
            assert caught.value.kind == "unlockable"
            workspace.save_copy(elsewhere)
    assert closed.read_bytes() == before
    assert not list(closed.parent.glob("*.new*"))
    with Workspace.open(elsewhere) as workspace:
        workspace.edit("go on", sql, LIGHT)


def test_a_drive_that_locks_nothing_any_more(workspace: Workspace) -> None:
    with locks_refused(workspace.path.parent):
        for lost, act in actions(workspace).items():
            with pytest.raises(NotKept) as caught:
                act()
            assert caught.value.kind == "unlockable"
            assert f"so {lost}" in str(caught.value)
        with pytest.raises(PlanRefused) as read:
            workspace.read(queries.activities)
        assert read.value.kind == "unlockable"
    workspace.edit("reword", sql, LIGHT)


def test_a_file_that_may_not_be_read(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", denied)
        with pytest.raises(PlanRefused) as caught:
            database.check_header(closed)
    assert caught.value.kind == "unreadable"
    assert "Nothing was changed" in str(caught.value)


def test_a_drive_that_went_away(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = sqlite3.OperationalError("disk I/O error")
    gone.sqlite_errorname = "SQLITE_IOERR_READ"

    def read(*_: object) -> None:
        raise gone

    with pytest.raises(PlanRefused) as caught:
        workspace.read_beside(read)
    assert caught.value.kind == "unreadable"
    assert "Its drive or its network may be away" in str(caught.value)


def test_a_journal_where_nothing_can_be_locked(closed: Path) -> None:
    """What another program left unfinished is put back in the copy that is read."""
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size=1")
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE heavy (n)")
        other.execute("UPDATE activity SET text = hex(randomblob(9000))")
        left = {file: file.read_bytes() for file in (closed, closed.with_name("plan.plan-journal"))}
        other.execute("ROLLBACK")
    for file, content in left.items():
        file.write_bytes(content)
    with closing(recovery.as_it_stands(closed)) as connection:
        assert connection.execute("SELECT text FROM activity ORDER BY ref").fetchone() == ("Do what 1.01 says",)
    assert {file: file.read_bytes() for file in left} == left


def test_whether_a_folder_locks_is_not_asked_where_none_can_write(tmp_path: Path) -> None:
    assert locks.lockable(tmp_path / "none")
    assert locks.lockable(tmp_path)
    assert not list(tmp_path.iterdir())
