"""Measures the longest that the window stands still while 1,000,000 results are undone, done again and added to.

The plan holds 1,000,000 results, taken in by one import, and is open in the real window, which is beaten by a timer of
5 ms; a standstill is the time between two beats. The import is undone and done again by the window's own commands; then
another extract of 100,000 results is counted and taken in by the dialog for it, and the plan is saved under another
name. The window stands still, too, while what is shown is read again, which is counted with the rest.

The plan is made once, and kept between runs.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks import Ratio, importing, plans
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.window.main_window import MainWindow

RESULTS, MORE = 1_000_000, 100_000
AREAS = 200
LONGEST = 0.1
"""Seconds that the window may stand still."""
BEAT = 5
"""Milliseconds between two beats."""
AFTERWARDS = 1.0
"""Seconds for which the window is watched when something is done."""


def measure() -> list[Ratio]:
    """The longest standstill of each, over what it may be."""
    with tempfile.TemporaryDirectory() as name:
        plan = plans.kept(f"{RESULTS} results", partial(_grown, RESULTS), Path(name))
        extract = importing.write(Path(name) / "more.csv", RESULTS + MORE, RESULTS, AREAS)
        return [
            Ratio(f"longest standstill of the window, {what} / {LONGEST * 1000:.0f} ms", longest / LONGEST, 1.0,
                  f"{longest * 1000:.0f} ms in {took:.1f} s")
            for what, longest, took in _measured(plan, extract)
        ]  # fmt: skip


def _grown(results: int, path: Path) -> None:
    """A plan into which so many results were imported."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name, importing.plan(path, AREAS) as workspace:
        importing.come_in(workspace, importing.write(Path(name) / "extract.csv", results, areas=AREAS))


class Beats:
    """The beats of the window: how long it stood still at most since this was last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now

    @contextmanager
    def of(self, what: str, told: list[tuple[str, float, float]]) -> Iterator[None]:
        """Add to what is told how long the window stands still at most within it, and how long it takes."""
        QApplication.processEvents()
        began = self._last = time.perf_counter()
        self._longest = 0.0
        yield
        took = time.perf_counter() - began
        live(lambda: time.perf_counter() < began + took + AFTERWARDS)
        told.append((what, self._longest, took))


def live(while_: Callable[[], bool]) -> None:
    """Let the window live as long as something is so."""
    while while_():
        QCoreApplication.processEvents()
        time.sleep(0.001)


def _measured(plan: Path, extract: Path) -> list[tuple[str, float, float]]:
    """What was done, how long the window stood still at most, and how long it took."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    told: list[tuple[str, float, float]] = []
    window = MainWindow(Memory(QSettings(str(plan.with_suffix(".ini")), QSettings.Format.IniFormat)))
    window.show()
    window.open_plan(plan)
    live(lambda: window.workspace is None or window.plan_view is None)
    view = window.plan_view
    assert view is not None
    assert window.workspace is not None
    beats = Beats()
    with beats.of("opened and at rest", []):
        rest = time.perf_counter() + 8
        live(lambda: time.perf_counter() < rest)
    with beats.of("undo", told):
        window.undo()
    with beats.of("redo", told):
        window.redo()
    dialog = ImportResultsDialog(view.signals, view.jobs, extract, window)
    dialog.open()
    live(lambda: dialog.desk.busy)
    with beats.of("import counted", told):
        dialog.count()
        live(lambda: dialog.desk.busy)
    with beats.of("import taken in", told):
        dialog.take()
    with beats.of("saved under another name", told):
        window.workspace.save_copy(plan.with_name("copy.plan"))
    window.close()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return told


if __name__ == "__main__":
    for ratio in measure():
        sys.stdout.write(f"{ratio.name}: {ratio.detail}\n")
