"""Measures the history of a plan that took in 100,000 results as one step, against that of a plan that took in 100.

Opening lasts from making the page until it is painted, with the step of the results chosen. Stepping is one key down
onto that step from the one above it, until its changes are painted below. The history of a row is that of one of the
results. All are measured by turns in plans that are open already; the first turn, which loads libraries, does not
count.

Memory is measured in a fresh process: the page is opened, the step of the results chosen, and all of its changes
scrolled through. It is the most memory at any time, less the memory with the plan open and all libraries loaded.
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
"""Seconds between two looks at the memory of a process."""


def measure() -> list[Ratio]:
    """The ratios of time, and the ratio of memory."""
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
    how = f"medians of {MEMORY_ROUNDS}, fresh processes, by turns"
    mb = [median(grown[count]) / 1e6 for count in (MANY, FEW)]
    return [
        *(_ratio(f"{name}, {over}", times[name, MANY], times[name, FEW]) for name in deeds),
        Ratio(f"memory of the history, {over}", mb[0] / mb[1], BOUND, f"{mb[0]:.1f} MB over {mb[1]:.1f} MB, {how}"),
    ]


def _ratio(name: str, many: Sequence[float], few: Sequence[float]) -> Ratio:
    above, below = min(many), min(few)
    return Ratio(name, above / below, BOUND, f"{above:.2f} ms over {below:.2f} ms, best of {ROUNDS}, by turns")


def plan(folder: Path, count: int) -> Path:
    """A plan that took in ``count`` results as one step, and after that has some small steps."""
    path, extract = folder / f"{count}.plan", importing.write(folder / f"{count}.csv", count)
    with importing.plan(path) as workspace:
        importing.come_in(workspace, extract)
        for n in range(STEPS_SINCE):
            workspace.edit(f"retitle the plan {n}", registers.set_plan, title=f"Title {n}")
    return path


def step_of_results(workspace: Workspace) -> int:
    """The place of the step that took the results in, counted from the newest, which is 0."""
    place = next(n for n, step in enumerate(workspace.history()) if step.kind == "import")
    assert place == STEPS_SINCE
    return place


def opened(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds until the page is painted, with the step of the results chosen."""
    key = workspace.history()[step_of_results(workspace)].id
    start = time.perf_counter()
    page = shown_page(app, workspace)
    page.select(key)
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    let_go(app, page)
    return took


def stepped(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds from the key that chooses the step of the results until its changes are painted."""
    page = shown_page(app, workspace)
    page.select(workspace.history()[step_of_results(workspace) - 1].id)
    app.processEvents()
    start = time.perf_counter()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    assert "result “" in str(page.panel.model.index(0, 0).data())
    let_go(app, page)
    return took


def of_one_result(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds to find the steps that changed one result."""
    del app
    (key,) = workspace.read_beside(lambda raw: raw.execute("SELECT id FROM result ORDER BY id LIMIT 1").fetchone())
    start = time.perf_counter()
    steps = workspace.read_beside(history.row_history, [key])
    took = (time.perf_counter() - start) * 1000
    assert len(steps) == 1
    return took


def shown_page(app: QApplication, workspace: Workspace) -> HistoryPage:
    """The page of the history, painted."""
    page = HistoryPage(PlanSignals(workspace))
    page.resize(1280, 640)
    page.show()
    app.processEvents()
    return page


def let_go(app: QApplication, page: HistoryPage) -> None:
    """Let go of a page."""
    page.signals.stop()
    page.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()


def _grown(path: Path) -> int:
    """Bytes by which a fresh process grows when it shows the history of a plan."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.history", str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def show_all(path: Path) -> None:
    """Show the history of a plan, and print by how many bytes the process grew at most."""
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
        page = shown_page(app, workspace)
        page.select(workspace.history()[step_of_results(workspace)].id)
        while page.panel.model.canFetchMore():
            page.panel.changes.scrollToBottom()
            app.processEvents()
        over.set()
        looking.join()
        let_go(app, page)
    print(most - before)


def main(paths: Sequence[str]) -> None:
    """Print one line for each ratio; or, given a plan's path, the memory that showing its history takes."""
    if paths:
        show_all(Path(paths[0]))
        return
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main(sys.argv[1:])
