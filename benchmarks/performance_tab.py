"""Measures opening the performance tab of a plan with 1,000,000 results, against that of a plan with 10,000.

Both plans have 22 indicators with 36 months of results of the force. All other results are of areas, which the tab does
not show. ``python -m benchmarks.performance_tab`` prints one line.
"""

import os
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import create_engine, insert
from sqlmodel import Session, SQLModel

from benchmarks import Ratio
from spp_desktop.edits import performance, registers
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, Result
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.page import PerformancePage

INDICATORS = 22
FEW, MANY = 10_000, 1_000_000
BOUND = 2.0
ROUNDS = 7
AT_ONCE = 20_000
MONTHS = [(month, month_end(month)) for month in months(date(2006, 4, 1), date(2009, 3, 1))]
RESULT = SQLModel.metadata.tables[str(Result.__tablename__)]


def measure() -> list[Ratio]:
    """The ratio; the plans are open already and take turns."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    with TemporaryDirectory() as folder:
        plans = {count: plan(Path(folder) / f"{count}.plan", count) for count in times}
        for turn in range(ROUNDS + 1):
            for count, path in plans.items():
                with Workspace.open(path, read_only=True) as workspace:
                    took = opened(app, workspace)
                if turn:  # the first of each loads what the others find loaded
                    times[count].append(took)
    few, many = median(times[FEW]), median(times[MANY])
    return [
        Ratio(
            f"opening the performance tab with {MANY:,} results, against {FEW:,}",
            many / few, BOUND, f"{many:.0f} ms against {few:.0f} ms; {INDICATORS} indicators, median of {ROUNDS}",
        )
    ]  # fmt: skip


def plan(path: Path, count: int) -> Path:
    """A plan with so many results: those of the force, and those of as many areas as it takes."""
    areas = -(-(count - INDICATORS * len(MONTHS)) // (INDICATORS * len(MONTHS)))
    with Workspace.create(path, "Results", 2008, force="Mercia") as workspace:
        indicators, units = workspace.edit("begin", _begin, areas, as_kind="built")
    engine = create_engine(f"sqlite:///{path}")
    rows = islice(_rows(indicators, [None, *units]), count)
    with engine.begin() as connection:
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(RESULT), some)
    engine.dispose()
    return path


def opened(app: QApplication, workspace: Workspace) -> float:
    """Milliseconds until the tab of an open plan is painted, its first indicator in the panel."""
    start = time.perf_counter()
    tab = PerformancePage(PlanSignals(workspace))
    tab.resize(1280, 640)
    tab.select(tab.model.rows[0].key)
    tab.show()
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    assert len(tab.model.rows) == INDICATORS
    assert tab.panel.figures.sentence.text()
    tab.signals.stop()
    tab.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return took


def _begin(session: Session, areas: int) -> tuple[list[str], list[str]]:
    """Add indicators, each with a target, and areas; gives the keys of both."""
    registers.set_plan(session, as_at=date(2008, 10, 31))
    group = performance.add_group(session, "Reduction")
    keys = []
    for n in range(INDICATORS):
        values: dict[str, Any] = {"unit": "crimes", "polarity": "lower", "measure": "count"}
        keys.append(performance.add_indicator(session, group, f"Indicator {n + 1}", **values))
        performance.set_target(session, keys[-1], 2008, "4%")
    units = [Area(title=f"Area {n + 1}", position=float(n)) for n in range(areas)]
    session.add_all(units)
    session.flush()
    return keys, [unit.id for unit in units]


def _rows(indicators: list[str], areas: list[str | None]) -> Iterator[dict[str, Any]]:
    """Results with figures that go up and down; those of the force come first."""
    n = 0
    for area in areas:
        for indicator in indicators:
            for first, last in MONTHS:
                n += 1
                yield {
                    "id": f"{n:036d}", "indicator_id": indicator, "area_id": area, "population": "",
                    "period_from": first, "period_to": last, "value": 300.0 + n * 7919 % 200, "numerator": None,
                    "denominator": None, "sample_size": None, "design_effect": 1.0, "state": "final",
                }  # fmt: skip


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
