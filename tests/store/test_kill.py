"""A program killed, or cut off from power, at any moment of its work loses nothing that it told was kept."""

import json
import lzma
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from spp_desktop.plan.posts import Body
from spp_desktop.store import (
    backups,
    chain,
    checking,
    database,
    dump,
    history,
    locks,
    queries,
    receipts,
    recovery,
    upgrades,
)
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.store.conftest import sql
from tests.store.disk import recorded
from tests.store.tasks import BULK, TASKS, VERSION

KILLS = depth(10, 500)
"""How often a program is killed, its tasks in turn."""
KILLED_AT = tuple(TASKS)[: depth(5, len(TASKS))]
"""The tasks at which one is killed."""
CUTS = depth(3, 300)
"""How often the power is cut in each task."""
TRIED_FORMS = depth(1, upgrades.VERSION)
"""How many of the older forms, the newest first, are brought up to date while the power is cut."""
MOMENT = 0.05
"""Seconds after the last step that is waited for, within which a program is killed: about as long as a step takes."""
TURNS = 8
"""How often a program is killed at one task on the same plan, before that begins with another."""
STEPS = {"editing": 8, "importing": 4, "upgrading": 2, "undoing": 4, "backing up": 5, "expunging": 4}
"""How many things each task tells before the power is cut, at most."""

OLDER = sorted(Path(__file__).parent.glob("form_*.plan.xz"))

linux = pytest.mark.skipif(sys.platform != "linux", reason="made for Linux")


def older_plan(form: Path, path: Path) -> Path:
    """A plan of an older form."""
    path.write_bytes(lzma.decompress(form.read_bytes()))
    return path


@contextmanager
def worker() -> Iterator["subprocess.Popen[str]"]:
    """The program that starts children."""
    command = [sys.executable, "-m", "tests.store.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        yield started


def killed(started: "subprocess.Popen[str]", job: str, steps: int, after: float) -> list[str]:
    """Let a child work until so many things are kept, kill it a moment later, and give what it told was kept.

    Args:
        started: the program that starts the child.
        job: what the child does: the task, the number of the child and the plan, with tabs between.
        steps: how many things are waited for.
        after: the seconds that pass after the last of them.
    """
    assert started.stdin
    assert started.stdout
    started.stdin.write(f"{job}\n")
    started.stdin.flush()
    told: list[str] = []
    child = 0
    while not child or len(told) < steps:
        line = started.stdout.readline().strip()
        if line.startswith("started "):
            child = int(line.removeprefix("started "))
        else:
            assert line, "the worker itself has died"
            told.append(line)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while (line := started.stdout.readline().strip()) != "dead":
        assert line, "the worker itself has died"
        told.append(line)
    return told


def not_thinned(told: list[str], words: list[str]) -> list[str]:
    """What was told before and now, but for earlier versions: of those only the last ones told now."""
    versions = [word for word in words if word.startswith(VERSION)]
    return [word for word in [*told, *words] if not word.startswith(VERSION)] + versions[-backups.KEEP_LATEST // 2 :]


def whole_after(path: Path, told: Iterable[str], looked_over: set[Path]) -> None:
    """Look over all that is left of a plan and beside it: nothing that was told is lost, nothing torn or misnamed.

    Args:
        path: the plan.
        told: what was told to be kept.
        looked_over: earlier versions that were found whole before.
    """
    report = checking.check_file(path)
    assert report.ok, report.lines
    with Workspace.open(path, take_over=True) as workspace:
        assert not workspace.read_only, workspace.notices
        assert all("was put back" in notice for notice in workspace.notices), workspace.notices
        steps = {step.id for step in workspace.read_beside(history.revisions)}
        newest, head = workspace.read_beside(chain.newest), workspace.read_beside(chain.head)
        assert newest == head
    report = checking.check_file(path)
    assert report.ok, report.lines
    versions = {version.path.name: version for version in backups.earlier_versions(path)}
    for word in told:
        if word.startswith(VERSION):
            assert word.removeprefix(VERSION) in versions, "an earlier version is lost"
        else:
            assert word in steps, "a step is lost"
    for version in versions.values():
        if version.path not in looked_over:
            assert checking.check_file(version.path).ok, version.path.name
            looked_over.add(version.path)
    whole_names(path, versions)


def whole_names(path: Path, versions: Iterable[str]) -> None:
    """See that beside a plan lies nothing under another name than its own, but what is known as unfinished."""
    folder = backups.folder_of(path)
    known = {path.name, folder.name, locks.lock_file(path).name}
    if recovery.tried(path) == "none":  # with nothing to put back, SQLite leaves a journal until the next change
        known.add(f"{path.name}-journal")
    assert {file.name for file in path.parent.iterdir()} <= known
    beside = {f"{name}{ending}" for name in versions for ending in ("", "-journal")}
    if folder.exists():
        strange = {file.name for file in folder.iterdir()} - beside
        assert all(".plan." in name and ".new" in name for name in strange), strange


def whole_imports(path: Path) -> None:
    """See that each import, and each file that was taken in, is there whole or not at all."""
    with Workspace.open(path) as workspace:
        bodies = {row.title for row in workspace.read(queries.register, Body)}
        came = workspace.read_beside(receipts.every)
        applied = {(receipt.revision, f"take in {receipt.id}") for receipt in came if receipt.state == "applied"}
        steps = {(step.id, step.label) for step in workspace.history() if step.label.startswith("take in")}
        refs = Counter(row.ref.split(".")[0] for row in workspace.read(queries.activities, 2009))
    assert applied == steps, "a file was taken in without its receipt, or the other way round"
    assert set(refs.values()) <= {BULK}, "half an import was kept"
    assert set(refs) <= bodies


def brought_up(path: Path, folder: Path) -> dump.Dump:
    """What a plan says once it is brought up to date, done with a copy; but for what the task rewords."""
    with Workspace.open(shutil.copyfile(path, folder / "copy.plan"), take_over=True) as workspace:
        return {**workspace.read(dump.content), "activities": []}


def whole_upgrade(path: Path, before: dump.Dump, folder: Path) -> None:
    """See that a plan brought up to date says what it said, and that it was kept as it was."""
    assert brought_up(path, folder) == before
    assert any(version.reason == "before bringing it up to date" for version in backups.earlier_versions(path))


@linux
def test_killed_at_random_moments(closed: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random()
    told: dict[str, list[str]] = {}
    paths: dict[str, Path] = {}
    looked_over: set[Path] = set()
    stale, kept, spare = 0, 0, tmp_path_factory.mktemp("spare")
    forms = cycle([(form, brought_up(older_plan(form, spare / form.stem), spare)) for form in OLDER])
    with worker() as started:
        for run, task in zip(range(KILLS), cycle(KILLED_AT), strict=False):
            turn = run // len(KILLED_AT)
            if turn % TURNS == 0 or task == "upgrading":
                paths[task] = tmp_path_factory.mktemp(task.replace(" ", "_")) / "plan.plan"
                shutil.copyfile(closed, paths[task])
                told[task] = []
            form, before = next(forms) if task == "upgrading" else (None, None)
            path = paths[task] if form is None else older_plan(form, paths[task])
            steps = 0 if form is not None else turn % STEPS[task]
            moment = chance.uniform(0.0, MOMENT if form is None else 2 * MOMENT)
            words = killed(started, f"{task}\t{run}\t{path}", steps, moment)
            kept += len(words)
            told[task] = not_thinned(told[task], words)
            holder = locks.holder_of(path)
            stale += holder is not None
            # Killed within the moment in which the lock is written, it says nothing.
            assert holder is None or holder.gone() or not holder.process
            whole_after(path, told[task], looked_over)
            if task == "importing":
                whole_imports(path)
            if before is not None:
                whole_upgrade(path, before, spare)
    assert stale > KILLS // 3
    assert kept > KILLS // 3  # fewer are told on a busy machine
    with Workspace.open(paths["editing"]) as workspace:
        while workspace.undo():
            pass
        assert workspace.read(queries.register, Body) == []
        workspace.edit("go on", sql, "UPDATE plan SET title='B'")


@pytest.fixture
def waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are written as they are outside tests."""
    others = [pragma for pragma in database._PRAGMAS if not pragma.startswith("synchronous")]
    monkeypatch.setattr(database, "_PRAGMAS", (*others, "synchronous=EXTRA"))


@linux
@pytest.mark.usefixtures("waits_for_the_disk")
@pytest.mark.parametrize("task", TASKS)
def test_cut_off_from_power(closed: Path, tmp_path_factory: pytest.TempPathFactory, task: str) -> None:
    chance, spare = random.Random(), tmp_path_factory.mktemp("spare")
    forms = OLDER[::-1][:TRIED_FORMS] if task == "upgrading" else [None]
    for form in forms:
        folder = tmp_path_factory.mktemp("worked_on")
        path = folder / "plan.plan"
        if form is None:
            shutil.copyfile(closed, path)
        else:
            older_plan(form, path)
        before = brought_up(path, spare) if form is not None else None
        backups.folder_of(path).mkdir(exist_ok=True)
        with recorded(folder) as disk:
            work = TASKS[task](path, "a")
            for kept in islice(work, STEPS[task]):
                disk.tell(kept)
            work.close()  # type: ignore[attr-defined] # a generator
        assert len(disk.told(len(disk.events))) == STEPS[task]
        for _ in range(max(CUTS // len(forms), 1)):
            cut = tmp_path_factory.mktemp("cut") / "plan.plan"
            moment = chance.randint(0, len(disk.events))
            disk.cut(moment, cut.parent, chance)
            left_locked(cut, chance)
            whole_after(cut, disk.told(moment), set())
            if task == "importing":
                whole_imports(cut)
            if before is not None:
                whole_upgrade(cut, before, spare)
            shutil.rmtree(cut.parent)


def left_locked(path: Path, chance: random.Random) -> None:
    """A lock as the power may leave it: whole, empty, or none."""
    lock = locks.lock_file(path)
    whole = {"user": "anna", "machine": "elsewhere", "process": 1, "started": 1.0, "since": "2008-10-01T09:30"}
    content = chance.choice([json.dumps(whole), "", None])
    if content is not None:
        lock.write_text(content)


@linux
def test_the_cut_itself_takes_what_was_not_waited_for(closed: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The simulation bites: without waiting for the disk, a cut does harm that the same checks see."""
    path = closed
    with recorded(path.parent) as disk:
        for _ in islice(TASKS["editing"](path, "a"), 4):
            pass
    assert disk.events
    harmed = 0
    for seed in range(40):
        cut = tmp_path_factory.mktemp("cut") / "plan.plan"
        chance = random.Random(seed)
        disk.cut(chance.randint(0, len(disk.events)), cut.parent, chance)
        harmed += not checking.check_file(cut).ok
    assert harmed


def test_every_form_is_tried() -> None:
    assert len(OLDER) == upgrades.VERSION - 1
