"""Measures a plan with 200,000 steps of one cell each against one with 15, and against one with none.

Opening is what opening a plan and reading its activities takes, of files that are as they were left: a file that comes
from elsewhere is looked through whole first, which is measured apart. *History* is opened until it is painted; a letter
is typed into its filter until what it leaves is painted; a step is made while it is open. The last steps of a row
are read as a panel lists them. Memory is what a fresh process grows by while the history is
opened and a letter is typed. All by turns; seconds of the processor are told beside those of the clock.
``python -m benchmarks.long_history`` prints one line for each ratio.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import Ratio, any_day, history, plans
from spp_desktop.edits import delivery
from spp_desktop.store import heads, queries, row_steps
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.history.page import HistoryPage

FEW, MANY = 15, 200_000
TURNS = 15
MEMORY_TURNS = 3
BOUND = 2
AT_ONCE = 0.03
"""Seconds for which what goes on beside the work is let go on, so that it does not count to the next deed."""

Spent = tuple[float, float]
"""Milliseconds of the clock and of the processor."""


def plan(count: int) -> Path:
    """The worked sample with so many steps more, kept between runs."""
    return plans.seed(f"{count} steps", partial(_made, count))


def _made(count: int, path: Path) -> None:
    any_day.grown(plans.make(path), count)


def timed(work: Callable[[], object]) -> Spent:
    """What a deed takes."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def measure() -> list[Ratio]:
    """The ratios of time, and that of memory."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    paths = {count: plan(count) for count in (0, FEW, MANY)}
    return [_opening(paths), *_working(app, paths), _memory(paths)]


def _opening(paths: dict[int, Path]) -> Ratio:
    """Opening, of files that are as they were left."""
    for path in paths.values():
        _open(path)
        assert heads.left_whole(path), "it was changed just now: run it again"
    spent: dict[int, list[Spent]] = {count: [] for count in paths}
    for _ in range(TURNS):
        for count, path in paths.items():
            spent[count].append(timed(partial(_open, path)))
    return _ratio(f"opening a plan with {MANY:,} steps / with none", spent[MANY], spent[0])


def _open(path: Path) -> None:
    with Workspace.open(path, read_only=True) as workspace:
        workspace.read(queries.activities)
        assert workspace.undo_label is None


def _working(app: QApplication, paths: dict[int, Path]) -> list[Ratio]:
    """What a person waits for in the history, and what is read of it elsewhere; the first turn does not count."""
    deeds: dict[str, Callable[[QApplication, Workspace], Spent]] = {
        "History opened": _opened,
        "a letter in its filter": _filtered,
        "a step made while it is open": _stepped,
        "the last steps of a row": _last_steps,
    }
    spent: dict[tuple[str, int], list[Spent]] = {(name, count): [] for name in deeds for count in (FEW, MANY)}
    with TemporaryDirectory() as folder, ExitStack() as stack:
        copies = {count: Path(shutil.copy(paths[count], Path(folder) / f"{count}.plan")) for count in (FEW, MANY)}
        opened = {count: stack.enter_context(Workspace.open(copy)) for count, copy in copies.items()}
        for turn in range(TURNS + 1):
            for name, deed in deeds.items():
                for count, workspace in opened.items():
                    took = deed(app, workspace)
                    spent[name, count] += [took] if turn else []
    over = f"{MANY:,} steps / {FEW}"
    return [_ratio(f"{name}, {over}", spent[name, MANY], spent[name, FEW]) for name in deeds]


def _ratio(name: str, many: Sequence[Spent], few: Sequence[Spent]) -> Ratio:
    above, below = ([median(each[n] for each in side) for n in (0, 1)] for side in (many, few))
    cpu = f"of the processor {above[1]:.1f} ms over {below[1]:.1f} ms, {above[1] / max(below[1], 1e-3):.2f}"
    detail = f"{above[0]:.1f} ms over {below[0]:.1f} ms, medians of {TURNS}, by turns; {cpu}"
    return Ratio(name, above[0] / below[0], BOUND, detail)


def _opened(app: QApplication, workspace: Workspace) -> Spent:
    pages: list[HistoryPage] = []
    took = timed(lambda: pages.append(history.shown_page(app, workspace)))
    history.let_go(app, pages[0])
    return took


def _filtered(app: QApplication, workspace: Workspace) -> Spent:
    """One letter more in the filter, which all steps hold: painted, though older steps are looked through since."""
    page = history.shown_page(app, workspace)
    page.focus_filter()
    QTest.keyClicks(page.filter, "cel")
    _settle(app)
    took = timed(lambda: (QTest.keyClick(page.filter, Qt.Key.Key_L), page.grid.viewport().repaint()))
    assert page.model.rowCount()
    page.searched.stop()
    history.let_go(app, page)
    return took


def _settle(app: QApplication) -> None:
    until = time.perf_counter() + AT_ONCE
    while time.perf_counter() < until:
        app.processEvents()


def _stepped(app: QApplication, workspace: Workspace) -> Spent:
    """A step, and the page painted with it."""
    page = history.shown_page(app, workspace)
    key = workspace.read(queries.activities)[0].key
    before = page.model.rowCount()

    def step() -> None:
        workspace.edit("change reason", delivery.set_cells, [(key, "reason", f"at {time.perf_counter()}")])
        app.processEvents()

    took = timed(step)
    assert page.model.rowCount() == before + 1
    history.let_go(app, page)
    return took


def _last_steps(app: QApplication, workspace: Workspace) -> Spent:
    del app
    key = workspace.read(queries.activities)[0].key
    return timed(lambda: workspace.read_beside(row_steps.last_of_rows, [key], 40))


def _memory(paths: dict[int, Path]) -> Ratio:
    grown: dict[int, list[int]] = {FEW: [], MANY: []}
    for _ in range(MEMORY_TURNS):
        for count, each in grown.items():
            command = [sys.executable, "-m", "benchmarks.long_history", str(paths[count])]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            each.append(int(done.stdout))
    above, below = (median(grown[count]) / 1e6 for count in (MANY, FEW))
    name = f"memory of the history open and filtered, {MANY:,} steps / {FEW}"
    how = f"medians of {MEMORY_TURNS}, fresh processes, by turns"
    return Ratio(name, above / below, BOUND, f"{above:.1f} MB over {below:.1f} MB, {how}")


def show(path: Path) -> None:
    """Show the history of a plan and type a letter into its filter; print by how many bytes the process grew."""
    app = QApplication([])
    process = psutil.Process()
    with Workspace.open(path, read_only=True) as workspace:
        before = process.memory_info().rss
        page = history.shown_page(app, workspace)
        page.filter.setText("cell")
        for _ in range(10):
            _settle(app)
        after = process.memory_info().rss
        history.let_go(app, page)
    print(after - before)


def main(paths: Sequence[str]) -> None:
    """Print one line for each ratio; or, given a plan's path, the memory that showing its history takes."""
    if paths:
        show(Path(paths[0]))
        return
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main(sys.argv[1:])
