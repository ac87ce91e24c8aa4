"""A program killed at any moment of its work loses nothing that it said was kept."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from spp_desktop.plan.posts import Body
from spp_desktop.store import backups, checking, queries, receipts
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.store.conftest import sql
from tests.store.worker import BULK

KILLS = depth(8, 100)
EDITS = 8
MOMENT = 0.05
"""Seconds after the last edit that is waited for, within which a program is killed: about as long as an edit takes."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no kill -9")


def killed(worker: "subprocess.Popen[str]", run: int, edits: int, after: float) -> list[str]:
    """Let a child work until so many edits are kept, kill it a moment later, and give what it said was kept.

    Args:
        worker: the program that starts the child.
        run: the number of the child.
        edits: how many are waited for.
        after: the seconds that pass after the last of them.
    """
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(f"{run}\n")
    worker.stdin.flush()
    said: list[str] = []
    child = 0
    while not child or len(said) < edits:
        line = worker.stdout.readline().strip()
        if line.startswith("started "):
            child = int(line.removeprefix("started "))
        else:
            assert line, "the worker itself has died"
            said.append(line)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while (line := worker.stdout.readline().strip()) != "dead":
        assert line, "the worker itself has died"
        said.append(line)
    return said


def test_killed_at_random_moments(closed: Path) -> None:
    chance = random.Random()
    edits = [run % EDITS for run in range(KILLS)]
    chance.shuffle(edits)
    kept: set[str] = set()
    stale = 0
    took: set[tuple[str, str]] = set()
    command = [sys.executable, "-m", "tests.store.worker", str(closed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        for run in range(KILLS):
            kept |= set(killed(worker, run, edits[run], chance.uniform(0.0, MOMENT)))
            # Looked at as it was left, with whatever journal lies beside it.
            report = checking.check_file(closed)
            assert report.ok, report.lines
            with Workspace.open(closed) as workspace:
                stale += workspace.holder is not None
                # Killed within the moment in which the lock is written, it says nothing.
                assert workspace.holder is None or workspace.holder.gone() or not workspace.holder.process
            with Workspace.open(closed, take_over=True) as workspace:
                assert not workspace.read_only
                there = {row.title for row in workspace.read(queries.register, Body)}
                came = workspace.read_beside(receipts.every)
                took = {(one.revision, f"take in {one.id}") for one in came if one.state == "applied"}
                steps = {(step.id, step.label) for step in workspace.history() if step.label.startswith("take in")}
                refs = Counter(row.ref.split(".")[0] for row in workspace.read(queries.activities, 2009))
            assert kept <= there
            assert took == steps, "a file was taken in without its receipt, or the other way round"
            assert set(refs.values()) <= {BULK}, "half an import was kept"
            assert set(refs) <= there
    assert stale > KILLS // 2
    assert len(kept) > KILLS
    assert took
    for version in backups.earlier_versions(closed):
        assert version.reason == "as found" or checking.check_file(version.path).ok
    with Workspace.open(closed) as workspace:
        while workspace.undo():
            pass
        assert workspace.read(queries.register, Body) == []
        workspace.edit("go on", sql, "UPDATE plan SET title='B'")
