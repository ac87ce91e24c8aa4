"""Measures the export of a delivery plan of 11,100 activities, and how the window fares meanwhile.

Ours is what the window does when it is asked for: the plan is read, and the workbook written with its styles, rules and
protection, read again and compared, all beside the window, until the file is in its place. The other side is openpyxl,
write-only, writing bare values into as many cells, and nothing else. Both take turns. The processor's time is given
beside: of ours with that of the process that writes.

A frame of the window is its table scrolled by a few rows and painted, with all events that wait; the longest one while
a file is written is told in milliseconds.
"""

import os
import resource
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from benchmarks import Ratio, plans
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.returned.writing import Order, written
from spp_desktop.ui.window.main_window import MainWindow

TIMES, YEAR = 100, 2008
RUNS = 5
BOUND, LONGEST = 2.5, 33.0
STEP, PAUSE = 120, 0.004
"""By how much the table is scrolled for a frame, and the seconds between two of them."""


def measure() -> list[Ratio]:
    """The ratio of the times, and the longest frame."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = plans.make(folder / "large.plan", TIMES)
        window = MainWindow(Memory(QSettings(str(folder / "memory.ini"), QSettings.Format.IniFormat)))
        window.resize(1366, 768)
        window.show()
        window.show_plan(plan)
        assert window.plan_view is not None
        window.plan_view.show_page("delivery")
        for _ in range(20):
            app.processEvents()
            time.sleep(0.05)
        ours, bare, frames = [], [], list[float]()
        exported = folder / "exported.xlsx"
        for _ in range(RUNS + 1):
            wall, cpu, own = _exported(app, window, exported)
            ours.append((wall, cpu))
            frames.append(max(own))
            bare.append(_bare(_cells(exported), folder / "bare.xlsx"))
        rows = sum(1 for row in load_workbook(exported, read_only=True)["Delivery plan"].iter_rows(min_row=7) if row)
        window.close()
        app.processEvents()
    took, worked = _medians(ours)
    other, other_worked = _medians(bare)
    name = f"{rows:,} rows exported, styled and read back"
    how = f"medians of {RUNS}, by turns"
    said = f"{took:.2f} s over {other:.2f} s, {how}; of processor time {worked:.2f} s over {other_worked:.2f} s"
    return [
        Ratio(f"{name} / openpyxl write-only bare", took / other, BOUND, said),
        Ratio("the longest frame of the window meanwhile, in ms", max(frames[1:]), LONGEST, f"of {RUNS} exports"),
    ]


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return median(wall for wall, _ in times[1:]), median(cpu for _, cpu in times[1:])


def _exported(app: QApplication, window: MainWindow, path: Path) -> tuple[float, float, list[float]]:
    """Seconds of an export, those of the processor with the painting meanwhile, and the frames in milliseconds."""
    view, plan = window.plan_view, window.workspace
    assert view is not None
    assert plan is not None
    page: Any = view.page("delivery")
    bar = page.grid.verticalScrollBar()
    over, frames = list[object](), list[float]()
    order = Order(DELIVERY_PLAN, "", YEAR, None, None, path)
    began, worked = time.perf_counter(), _worked()
    view.jobs.run(partial(written, plan.path, order, "Writing"), over.append, over.append, "Writing")
    while not over:
        start = time.perf_counter()
        bar.setValue((bar.value() + STEP) % max(bar.maximum(), 1))
        app.processEvents()
        frames.append((time.perf_counter() - start) * 1000)
        time.sleep(PAUSE)
    assert not isinstance(over[0], str), over
    return time.perf_counter() - began, _worked() - worked, frames


def _worked() -> float:
    """The seconds of a processor that this program and its processes that have ended have had."""
    return sum(sum(resource.getrusage(of)[:2]) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _cells(path: Path) -> list[tuple[str, list[list[Any]]]]:
    """The values of a workbook, by sheet."""
    book = load_workbook(path, read_only=True)
    cells = [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    book.close()
    return cells


def _bare(cells: list[tuple[str, list[list[Any]]]], path: Path) -> tuple[float, float]:
    """Seconds, and those of the processor, that openpyxl takes to write some values and nothing else."""
    began, worked = time.perf_counter(), time.process_time()
    book = Workbook(write_only=True)
    for title, rows in cells:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return time.perf_counter() - began, time.process_time() - worked
