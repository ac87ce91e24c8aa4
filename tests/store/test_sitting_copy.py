"""The earlier version of a sitting, copied beside the work: it is the plan as it was, whatever came between."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Semaphore

import pytest
from sqlmodel import Session

from spp_desktop.store import (
    backups,
    checking,
    copying,
    database,
    expunging,
    queries,
    sitting_copy,
    turned_back,
    waiting,
)
from spp_desktop.store.copying import PlanCopying
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.test_second_copy import LIGHT, everything, worked

TITLE = "UPDATE plan SET title = 'B'"


class Portions:
    """Lets a copy of the plan go on by so many portions of one page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._waiting, self._begun = Semaphore(0), Semaphore(0)
        copied = PlanCopying._copied

        def wait(copy: PlanCopying, pages: int) -> None:
            self._begun.release()
            assert self._waiting.acquire(timeout=60)
            copied(copy, pages)

        monkeypatch.setattr(waiting, "PORTION", 1)
        monkeypatch.setattr(PlanCopying, "_copied", wait)

    def let(self, count: int) -> None:
        for _ in range(count):
            assert self._begun.acquire(timeout=60)
            self._waiting.release()

    def let_all(self) -> None:
        self._waiting.release(100_000)


@pytest.fixture
def beside(workspace: Workspace) -> Iterator[Workspace]:
    workspace.close()
    with Workspace.open(workspace.path, beside=True) as opened:
        yield opened


@pytest.fixture
def portions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portions]:
    held = Portions(monkeypatch)
    yield held
    held.let_all()


def the_version(path: Path) -> dict[str, list[object]]:
    """What the only earlier version holds, which is in order."""
    (version,) = backups.earlier_versions(path)
    assert version.reason == "before the first change of a sitting"
    assert not list(version.path.parent.glob("*.new"))
    return held(version.path)


def held(version: Path) -> dict[str, list[object]]:
    """What an earlier version holds, which is in order."""
    assert checking.check_file(version).ok
    with closing(database.connect(version, writing=False)) as copy:
        return everything(copy)


def test_made_ahead_it_is_named_at_the_first_change(beside: Workspace) -> None:
    before = everything(beside._raw)
    beside.look()
    assert backups.earlier_versions(beside.path) == []
    beside.edit("retitle", sql, TITLE)
    beside.edit("reword", sql, LIGHT)
    beside.close()
    assert the_version(beside.path) == before


def test_nothing_is_copied_while_a_change_is_kept(beside: Workspace, portions: Portions) -> None:
    """The disk is there for the change."""
    before, rested = everything(beside._raw), list[bool]()

    def retitle(session: Session) -> None:
        made = beside._before._copying
        assert made is not None
        rested.append(not made._may_go_on.is_set())
        session.connection().exec_driver_sql(TITLE)

    beside.look()
    portions.let(3)
    beside.edit("retitle", retitle)
    assert rested == [True]
    portions.let_all()
    beside.close()
    assert the_version(beside.path) == before


@pytest.mark.parametrize("page", [0, 7, 60])
def test_a_change_that_comes_first_waits_for_nothing_and_is_not_in_it(
    beside: Workspace, portions: Portions, page: int
) -> None:
    before = everything(beside._raw)
    beside.look()
    portions.let(page)
    beside.edit("retitle", sql, TITLE)
    portions.let(3)
    worked(beside)
    portions.let_all()
    beside.close()
    assert the_version(beside.path) == before
    assert checking.check_file(beside.path).ok


def test_what_is_written_behind_the_copy_and_before_the_first_change_is_in_it(beside: Workspace) -> None:
    beside.look()
    assert beside._before._copying is not None
    beside._before._copying.join()
    beside.edit("bring in", sql, LIGHT, as_kind="brought in")
    before = everything(beside._raw)
    beside.edit("retitle", sql, TITLE)
    beside.close()
    assert the_version(beside.path) == before


def test_where_nothing_is_changed_nothing_is_left(beside: Workspace, portions: Portions) -> None:
    beside.look()
    portions.let(2)
    portions.let_all()
    beside.close()
    assert not backups.folder_of(beside.path).exists()
    with Workspace.open(beside.path, read_only=True, beside=True) as reader:
        reader.look()
    assert not backups.folder_of(beside.path).exists()


def test_what_keeps_it_from_being_made_is_told_once(beside: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "keep", full)
    told: list[str] = []
    beside.heed(told.append)
    beside.edit("retitle", sql, TITLE)
    beside._before.wait()
    beside.look()
    beside.edit("reword", sql, LIGHT)
    assert len(told) == 1
    assert "No earlier version of plan.plan could be kept before this change ([Errno 28]" in told[0]
    assert beside.read(queries.plan).title == "B"
    beside.close()
    assert not backups.folder_of(beside.path).exists()


def test_where_there_is_little_room_it_is_made_in_front(beside: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(beside._raw)
    for module in (sitting_copy, copying):
        monkeypatch.setattr(module, "is_room_for", lambda *_: False)
    beside.look()
    beside.edit("retitle", sql, TITLE)
    assert the_version(beside.path) == before


def test_a_word_that_is_removed_is_in_no_copy_that_was_under_way(beside: Workspace, portions: Portions) -> None:
    beside.edit("name", sql, "UPDATE activity SET text = 'Ask Quillfeather' WHERE ref = '1.01'")
    portions.let_all()
    expunging.expunge(beside, StruckWord("Quillfeather"), "asked to")
    assert not backups.folder_of(beside.path).exists()
    before = everything(beside._raw)
    beside.edit("retitle", sql, TITLE)
    beside.close()
    assert the_version(beside.path) == before


KILLED = f"""
import os, signal, sys
from pathlib import Path
from spp_desktop.store import waiting
from spp_desktop.store.copying import PlanCopying
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
def killed(copy, pages):
    if pages >= 20:
        changed.wait()
        os.kill(os.getpid(), signal.SIGKILL)
from threading import Event
changed = Event()
waiting.PORTION, PlanCopying._copied = 1, killed
workspace = Workspace.open(Path(sys.argv[1]), beside=True)
workspace.look()
workspace.edit("retitle", sql, "{TITLE}")
changed.set()
workspace.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_in_the_middle_the_change_is_kept_and_the_version_is_made_up_for(workspace: Workspace) -> None:
    at_first = everything(workspace._raw)
    workspace.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(workspace.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    folder = backups.folder_of(workspace.path)
    assert [file.suffix for file in folder.iterdir()] == [".new"]
    assert backups.earlier_versions(workspace.path) == []
    with Workspace.open(workspace.path, take_over=True, beside=True) as again:
        assert again.read(queries.plan).title == "B"
        before = everything(again._raw)
        again.edit("reword", sql, LIGHT)
    versions = backups.earlier_versions(workspace.path)
    assert [held(version.path) for version in versions] == [before, at_first]
    assert checking.check_file(workspace.path).ok
    assert not list(folder.glob("*.new"))
    (folder / "plan before the first change of a sitting.plan.1.new").touch()
    with Workspace.open(workspace.path, beside=True) as once_more:
        once_more.look()
    assert len(backups.earlier_versions(workspace.path)) == 2, "who was killed had changed nothing"


def test_the_second_copy_made_beside_is_the_plan(beside: Workspace, portions: Portions) -> None:
    beside.edit("retitle", sql, TITLE)
    portions.let(20)
    worked(beside)
    assert beside._second.connection() is None
    portions.let_all()
    assert beside._second._copying is not None
    beside._second._copying.join()
    beside.edit("reword 1.01", sql, "UPDATE activity SET text = 'Again' WHERE ref = '1.01'")
    copy = beside._second.connection()
    assert copy is not None
    assert everything(copy) == everything(beside._raw)


def test_a_copy_that_cannot_be_turned_back_is_told(
    beside: Workspace, portions: Portions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise UndoRefused("This plan's history speaks of “nothing”, which this version does not know.")

    monkeypatch.setattr(turned_back, "to", refused)
    beside.look()
    portions.let(3)
    beside.edit("retitle", sql, TITLE)
    portions.let_all()
    beside._before.wait()
    beside.look()
    assert "could be kept before this change (This plan's history speaks of" in beside.notices[-1]
    assert not list(backups.folder_of(beside.path).glob("*"))
