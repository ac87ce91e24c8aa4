"""The history of a plan that took in 100,000 results as one step, against the same of one that took in 100.

Opening is from making the page to its picture, with the step of the results chosen. Stepping is one key down onto that
step from the one above it, until what it changed is painted below. The history of a row is that of one of the results.
All by turns, each in a plan that is open already; the first of each loads what the others find loaded.

Memory is what a fresh process grows by while the page is opened, that step is come to, and all that is told of it is
scrolled through: the most at any time, over what the process held with the plan open and all libraries loaded.
``python -m benchmarks.history`` prints one line for each ratio.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import psutil
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import Ratio, importing
from spp_desktop.edits import registers
from spp_desktop.store import history
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.page import HistoryPage

FEW, MANY = 100, 100_000
STEPS_SINCE = 20
ROUNDS = 25
MEMORY_ROUNDS = 5
BOUND = 1.5
LOOK_EVERY = 0.001
"""Seconds between two looks at how much memory a process holds."""


def measure() -> list[Ratio]:
    """The ratios of time, and that of memory."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    deeds: dict[str, Callable[[QApplication, Workspace], float]] = {
        "opening the history": opened,
        "stepping in it": stepped,
        "the history of one result": of_one_result,
    }
    times: dict[tuple[str, int], list[float]] = {(name, count): [] for name in deeds for count in (FEW, MANY)}
    with TemporaryDirectory() as folder:
        plans = {count: plan(Path(folder), count) for count in (FEW, MANY)}
        with ExitStack() as stack:
            opened_plans = {
                count: stack.enter_context(Workspace.open(path, read_only=True)) for count, path in plans.items()
            }
            for turn in range(ROUNDS + 1):
                for name, deed in deeds.items():
                    for count, workspace in opened_plans.items():
                        took = deed(app, workspace)
                        times[name, count] += [took] if turn else []
        grown: dict[int, list[int]] = {count: [] for count in plans}
        for _ in range(MEMORY_ROUNDS):
            for count, path in plans.items():
                grown[count].append(_grown(path))
    over = f"a step of {MANY:,} results / of {FEW}"
    said = f"medians of {MEMORY_ROUNDS}, fresh processes, by turns"
    mb = [median(grown[count]) / 1e6 for count in (MANY, FEW)]
    return [
        *(_ratio(f"{name}, {over}", times[name, MANY], times[name, FEW]) for name in deeds),
        Ratio(f"memory of the history, {over}", mb[0] / mb[1], BOUND, f"{mb[0]:.1f} MB over {mb[1]:.1f} MB, {said}"),
    ]


def _ratio(name: str, many: Sequence[float], few: Sequence[float]) -> Ratio:
    above, below = min(many), min(few)
    return Ratio(name, above / below, BOUND, f"{above:.2f} ms over {below:.2f} ms, best of {ROUNDS}, by turns")


def plan(folder: Path, count: int) -> Path:
    """A plan that took in so many results as one step, and went on from there by small ones."""
    path, extract = folder / f"{count}.plan", importing.write(folder / f"{count}.csv", count)
    with importing.plan(path) as workspace:
        importing.come_in(workspace, extract)
        for n in range(STEPS_SINCE):
            workspace.edit(f"retitle the plan {n}", registers.set_plan, title=f"Title {n}")
    return path


def step_of_results(workspace: Workspace) -> int:
    """The place of the step that took the results in, from the newest."""
    place = next(n for n, step in enumerate(workspace.history()) if step.kind == "import")
    assert place == STEPS_SINCE
    return place


def opened(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds until the page is painted, with the step of the results chosen."""
    key = workspace.history()[step_of_results(workspace)].id
    start = time.perf_counter()
    page = _page(app, workspace)
    page.select(key)
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    _gone(app, page)
    return took


def stepped(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds until what the step of the results changed is painted, from the key that leads to it."""
    page = _page(app, workspace)
    page.select(workspace.history()[step_of_results(workspace) - 1].id)
    app.processEvents()
    start = time.perf_counter()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    assert "result “" in str(page.panel.model.index(0, 0).data())
    _gone(app, page)
    return took


def of_one_result(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds in which the steps that changed one result are found."""
    del app
    (key,) = workspace.read_beside(lambda raw: raw.execute("SELECT id FROM result ORDER BY id LIMIT 1").fetchone())
    start = time.perf_counter()
    steps = workspace.read_beside(history.row_history, [key])
    took = (time.perf_counter() - start) * 1000
    assert len(steps) == 1
    return took


def _page(app: QApplication, workspace: Workspace) -> HistoryPage:
    page = HistoryPage(PlanSignals(workspace))
    page.resize(1280, 640)
    page.show()
    app.processEvents()
    return page


def _gone(app: QApplication, page: HistoryPage) -> None:
    page.signals.stop()
    page.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _grown(path: Path) -> int:
    """Bytes that a fresh process grows by when it shows the history of a plan."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.history", str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def show_all(path: Path) -> None:
    """Show the history of a plan, and print the most bytes that the process grew by meanwhile."""
    app = QApplication([])
    process, over = psutil.Process(), Event()
    with Workspace.open(path, read_only=True) as workspace:
        before = most = process.memory_info().rss

        def look() -> None:
            nonlocal most
            while not over.wait(LOOK_EVERY):
                most = max(most, process.memory_info().rss)

        looking = Thread(target=look)
        looking.start()
        page = _page(app, workspace)
        page.select(workspace.history()[step_of_results(workspace)].id)
        while page.panel.model.canFetchMore():
            page.panel.changes.scrollToBottom()
            app.processEvents()
        over.set()
        looking.join()
        _gone(app, page)
    print(most - before)


def main(paths: Sequence[str]) -> None:
    """Print one line for each ratio; or, given a plan, what showing its history takes."""
    if paths:
        show_all(Path(paths[0]))
        return
    for found in measure():
        print(f"{found.name}: {found.ratio:.3f} (bound {found.bound:.3f}; {found.detail})")


if __name__ == "__main__":
    main(sys.argv[1:])
