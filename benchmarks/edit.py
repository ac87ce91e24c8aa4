"""Measures editing one cell against a bare update, and opening large plans against opening a small one."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks import Ratio, plans
from spp_desktop.edits import delivery
from spp_desktop.store import database, queries
from spp_desktop.store.workspace import Workspace

EDITS = 200
OPENINGS = 7
T = TypeVar("T")

UPDATE = "UPDATE activity SET reason = ? WHERE id = ?"


def measure() -> list[Ratio]:
    """The ratio of an edit to a bare update, and the ratios of opening plans of different sizes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = {times: plans.make(folder / f"{times}.plan", times) for times in (1, 10, 100)}
        return [_one_cell(sizes[1], plans.make(folder / "bare.plan")), *_opening(sizes)]


def _one_cell(path: Path, other: Path) -> Ratio:
    """An edit over a bare update of the same column, by turns, each in a plan file of its own."""
    with Workspace.open(path) as workspace:
        key = workspace.read(queries.activities)[0].key
        bare = database.connect(other, writing=True)
        try:
            bare_key = bare.execute("SELECT id FROM activity").fetchone()[0]
            ours, theirs = [], []
            for turn in range(EDITS + 1):
                ours.append(_timed(lambda text: _edit(workspace, key, text), f"turn {turn}"))
                theirs.append(_timed(lambda text: _update(bare, bare_key, text), f"turn {turn}"))
        finally:
            bare.close()
    # The first edit of a sitting also keeps an earlier version.
    edited, updated = median(ours[1:]), median(theirs[1:])
    detail = f"{edited * 1000:.2f} ms over {updated * 1000:.2f} ms, medians of {EDITS}, by turns"
    return Ratio("one cell edited, recorded and committed / bare update and commit", edited / updated, 10, detail)


def _edit(workspace: Workspace, key: str, text: str) -> None:
    workspace.edit("change reason", delivery.set_cells, [(key, "reason", text)])


def _update(bare: sqlite3.Connection, key: str, text: str) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(UPDATE, (text, key))
    bare.execute("COMMIT")


def _opening(sizes: dict[int, Path]) -> list[Ratio]:
    """The time for each row of opening a plan and reading its activities; it may not grow with the number of rows."""
    spent: dict[int, list[float]] = {times: [] for times in sizes}
    rows = {}
    for _ in range(OPENINGS):
        for times, path in sizes.items():
            spent[times].append(_timed(_open, path))
    for times, path in sizes.items():
        with Workspace.open(path, read_only=True) as workspace:
            rows[times] = workspace.read(plans.rows_of)
    ratios = []
    for small, large in ((1, 10), (1, 100), (10, 100)):
        took = median(spent[small]), median(spent[large])
        detail = (
            f"{took[1] * 1000:.0f} ms for {rows[large]} rows, {took[0] * 1000:.0f} ms for {rows[small]}, "
            f"medians of {OPENINGS}"
        )
        per_row = (took[1] / rows[large]) / (took[0] / rows[small])
        ratios.append(Ratio(f"opening, time for each row: {large} times a plan / {small}", per_row, 1, detail))
    return ratios


def _open(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.read(queries.activities)


def _timed(work: Callable[[T], None], value: T) -> float:
    began = time.perf_counter()
    work(value)
    return time.perf_counter() - began
