"""One writer: who has a plan, whose lock is stale, and that none is broken unasked."""

import getpass
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from spp_desktop.store import locks, queries
from spp_desktop.store.problems import NotKept
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

GONE = 2**22 + 5
"""No process of Linux has so high a number."""


def held_by(path: Path, **columns: object) -> Path:
    lock = locks.lock_file(path)
    me = {"user": "anna", "machine": platform.node(), "process": GONE, "started": 1.0, "since": "2008-10-01T09:30"}
    lock.write_text(json.dumps({**me, **columns}))
    return lock


def test_the_lock_goes_with_the_plan(workspace: Workspace) -> None:
    lock = locks.lock_file(workspace.path)
    content = json.loads(lock.read_text())
    assert (content["process"], content["machine"]) == (os.getpid(), platform.node())
    workspace.close()
    workspace.close()
    assert not lock.exists()


def test_a_second_window_reads_and_is_told_who_has_it(workspace: Workspace) -> None:
    with Workspace.open(workspace.path) as second:
        assert second.read_only
        assert second.holder is not None
        assert not second.holder.gone()
        assert second.notices == [f"{name_of(second)} has plan.plan open, so it is open here for reading only."]
        with pytest.raises(NotKept, match=r"has plan\.plan open"):
            second.edit("try", sql, "UPDATE plan SET title='x'")
        workspace.edit("reword", sql, "UPDATE activity SET text='Do it' WHERE ref='1.01'")
        assert second.look()
        assert second.read(queries.activities)[0].text == "Do it"
    assert locks.lock_file(workspace.path).exists()
    with Workspace.open(workspace.path, take_over=True) as third:
        assert third.read_only, "a lock whose holder runs was broken"
    workspace.edit("reword", sql, "UPDATE activity SET text='Do that' WHERE ref='1.01'")


def name_of(workspace: Workspace) -> str:
    assert workspace.holder is not None
    words = workspace.holder.in_words()
    return words[0].upper() + words[1:]


def test_a_stale_lock_is_offered_and_never_broken_unasked(closed: Path) -> None:
    lock = held_by(closed)
    for _ in range(2):
        with Workspace.open(closed) as workspace:
            assert workspace.read_only
            assert workspace.holder is not None
            assert workspace.holder.gone()
            assert workspace.notices == [
                f"plan.plan was left open by anna on {platform.node()} since 1 Oct 2008 09:30 local time, whose "
                "program no longer runs. It is open for reading only until you take it over."
            ]
    assert lock.exists()
    with Workspace.open(closed, take_over=True) as workspace:
        assert not workspace.read_only
        workspace.edit("go on", sql, "UPDATE plan SET title='x'")
    assert not lock.exists()


def test_a_lock_of_another_machine(closed: Path) -> None:
    lock = held_by(closed, machine="elsewhere", process=os.getpid())
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert "elsewhere" in workspace.notices[0]
        assert workspace.holder is not None
        assert not workspace.holder.gone()
    assert lock.exists(), "a lock with our process number on another machine is not ours"
    with Workspace.open(closed, take_over=True) as workspace:
        assert not workspace.read_only


def test_a_process_number_used_again_is_not_its_holder(closed: Path) -> None:
    lock = held_by(closed, process=os.getpid(), started=psutil.Process().create_time() - 3600)
    with Workspace.open(closed) as workspace:
        assert workspace.holder is not None
        assert workspace.holder.gone()
    lock.unlink()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nothing is left of a program that ended")
def test_a_program_that_ended_holds_nothing_though_its_parent_has_not_looked_yet(closed: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    held_by(closed, process=child.pid, started=psutil.Process(child.pid).create_time())
    holder = locks.holder_of(closed)
    assert holder is not None
    assert not holder.gone()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays to be looked at
    assert holder.gone()
    child.communicate()


def test_a_program_that_runs_holds_its_lock(closed: Path) -> None:
    script = (
        "import sys\nfrom spp_desktop.store.workspace import Workspace\n"
        "w = Workspace.open(sys.argv[1])\nprint(w.read_only, flush=True)\nsys.stdin.readline()\nw.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stdout.readline().strip() == b"False"
        for take_over in (False, True):
            with Workspace.open(closed, take_over=take_over) as workspace:
                assert workspace.read_only
                assert workspace.holder is not None
                assert workspace.holder.process == child.pid
        child.communicate(b"\n")
    with Workspace.open(closed) as workspace:
        assert not workspace.read_only


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"5", b'{"process": 5}', b'{"user":1,"machine":2,"process":"x"}']
)
def test_a_lock_that_cannot_be_read(closed: Path, content: bytes) -> None:
    lock = locks.lock_file(closed)
    lock.write_bytes(content)
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert "Somebody on an unknown machine" in workspace.notices[0]
    locks.release(lock)
    assert lock.read_bytes() == content
    with Workspace.open(closed, take_over=True) as workspace:
        assert not workspace.read_only


@pytest.mark.parametrize("process", [-1, 0, 2**40, 2**80])
def test_a_lock_with_a_number_that_no_process_has(closed: Path, process: int) -> None:
    held_by(closed, process=process)
    with Workspace.open(closed) as workspace:
        assert workspace.holder is not None
        assert workspace.holder.gone()


def test_a_process_that_may_not_be_looked_at_is_not_gone(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_by(closed)

    def denied(*_: object) -> None:
        raise psutil.AccessDenied

    holder = locks.holder_of(closed)
    assert holder is not None
    with monkeypatch.context() as patch:
        patch.setattr(psutil, "Process", denied)
        assert not holder.gone()


def test_a_lock_that_cannot_be_written_is_not_left_half_made(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", full)
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert "No space left on device" in workspace.notices[0]
    assert not locks.lock_file(closed).exists()


def test_a_lock_taken_over_by_another_is_not_released(workspace: Workspace) -> None:
    lock = held_by(workspace.path, process=os.getpid() + 1)
    workspace.close()
    assert lock.exists()


def test_a_person_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert locks.author() == "unknown"


def test_where_nothing_can_be_written(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = closed.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Workspace.open(closed) as workspace:
        assert workspace.read_only
        assert "may not be written to" in workspace.notices[0]
        assert workspace.holder is None
        assert len(workspace.read(queries.activities)) == 3
    assert not locks.lock_file(closed).exists()
    assert closed.read_bytes() == before


def test_what_fails_while_a_plan_is_closed_leaves_no_lock(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("gone")

    path = workspace.path
    assert locks.holder_of(path) is not None
    with monkeypatch.context() as patch:
        patch.setattr(workspace._file.engine, "dispose", fail)
        with pytest.raises(OSError, match="gone"):
            workspace.close()
    assert locks.holder_of(path) is None
