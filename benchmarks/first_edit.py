"""Measures the first edit of a sitting against a later one, in plans of 400 MB and, where the disk has room, 1.8 GB.

A plan is that large by the files that came in, which it keeps. It is opened as the window opens it, and what records
changes is laid, as the window does when it is shown. Then one cell is edited, by the verb that a typed cell uses: once
as soon as it is open, and once when the copy of the plan as it was had been made while nobody typed. Later edits are
those of the same sitting when nothing is copied any more. What an edit takes is until it is kept and told, with what
the disk takes to have it; milliseconds of the thread's own work are told behind it, and what the smaller plan's first
edit takes where its copy is made in front of it, as a command does. ``python -m benchmarks.first_edit`` prints one line
for each ratio.
"""

import os
import shutil
import threading
import time
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import Ratio, plans
from spp_desktop.edits import delivery
from spp_desktop.store import backups, queries, receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

SIZES = {"400 MB": 400_000_000, "1.8 GB": 1_800_000_000}
TURNS = {"400 MB": 3, "1.8 GB": 2}
LATER = 15
BOUND = 2
FILE = 20_000_000
"""Bytes of one file that came in."""

Spent = tuple[float, float]
"""Milliseconds of the clock, and of the thread's own work."""


def measure() -> list[Ratio]:
    """The ratios, at each size for which there is room: for the plan, a copy of it, and a temporary one."""
    ratios: list[Ratio] = []
    for name, size in SIZES.items():
        if plans.is_room_for(2 * size):
            ratios += _ratios(plans.seed(name, partial(_grown, size)), name)
    return ratios


def _grown(size: int, path: Path) -> None:
    """A plan of so many bytes."""
    plans.make(path)
    with Workspace.open(path) as workspace:
        for n in range(size // FILE):
            receipt = Receipt(f"file {n}", "{}", f"{n}", f"{n}.xlsx", "", "", "2008-10-01", "benchmark")
            workspace.write_beside(receipts.add, receipt, os.urandom(FILE))
    shutil.rmtree(backups.folder_of(path), ignore_errors=True)


def _ratios(path: Path, name: str) -> list[Ratio]:
    first: dict[str, list[Spent]] = {"at once": [], "when nobody typed": []}
    later: list[Spent] = []
    in_front = _in_front(path)
    for _ in range(TURNS[name]):
        for when, each in first.items():
            begun, others = _sitting(path, waits=when != "at once")
            each.append(begun)
            later += others
    below = [median(each[n] for each in later) for n in (0, 1)]
    ratios = []
    for when, each in first.items():
        above = [median(spent[n] for spent in each) for n in (0, 1)]
        detail = (
            f"{above[0]:.1f} ms over {below[0]:.1f} ms, medians of {TURNS[name]} and {len(later)}; of its own work "
            f"{above[1]:.1f} ms over {below[1]:.1f} ms, {above[1] / below[1]:.2f}{in_front}"
        )
        ratios.append(
            Ratio(f"first edit of a sitting, {when}, {name} / a later one", above[0] / below[0], BOUND, detail)
        )
    return ratios


def _in_front(path: Path) -> str:
    """What the first edit takes where its copy is made in front of it; it loads all libraries too."""
    if path.stat().st_size > 2 * SIZES["400 MB"]:
        return ""
    return f"; copied in front {_sitting(path, waits=False, beside=False)[0][0]:.0f} ms"


def _sitting(path: Path, *, waits: bool, beside: bool = True) -> tuple[Spent, list[Spent]]:
    """What the first edit of a sitting takes, and what later ones do. Its earlier version is deleted."""
    with Workspace.open(path, beside=beside) as workspace:
        key = workspace.read(queries.activities)[0].key
        workspace.be_ready_to_write()
        if waits:
            workspace.look()
            _rest()
        first = _edit(workspace, key)
        _rest()
        _edit(workspace, key)  # from here on the second copy follows
        later = [_edit(workspace, key) for _ in range(LATER)] if beside else []
    shutil.rmtree(backups.folder_of(path))
    return first, later


def _rest() -> None:
    """Wait until nothing is copied any more."""
    while any(thread.name in ("copy of the plan", "earlier version") for thread in threading.enumerate()):
        time.sleep(0.02)


def _edit(workspace: Workspace, key: str) -> Spent:
    began, worked = time.perf_counter(), time.thread_time()
    workspace.edit("change reason", delivery.set_cells, [(key, "reason", f"at {began}")])
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
