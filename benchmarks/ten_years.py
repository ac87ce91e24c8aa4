"""Measures the tabs of a year in a plan of ten years, against those of the same year in a plan of one.

The plan of ten years has 1,110 activities with what belongs to them, 26,400 results and 40 editions: seven years have
passed, three are its own. That of one year has the last of these years, with the figures of the year before that its
targets are counted from. Both have the worked sample's activities and indicators. Each tab is made for the last year
and painted, in plans that are open already, by turns. ``python -m benchmarks.ten_years`` prints one line for each
ratio.
"""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlmodel import Session, SQLModel

from benchmarks import Ratio
from benchmarks.plans import ACTIVITY, PARTS
from sample_data import build
from spp_desktop.edits import editions, registers
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.performance import Target
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, Restatement, Result
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.results.page import ResultsPage

FIRST, YEARS, OWN = 2008, 10, 3
LAST = FIRST + YEARS - 1
INDICATORS, AREAS = 22, 9
EDITIONS = 40
BOUND = 1.2
ROUNDS = 15
RESULT, TARGET = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (Result, Target))
RESTATEMENT = SQLModel.metadata.tables[str(Restatement.__tablename__)]


def make(path: Path, years: int = YEARS) -> Path:
    """Make a plan of so many years that ends with 2017-2018, and issue four editions for each year of it."""
    build.build(path, "worked")
    with Workspace.open(path) as workspace:
        workspace.edit("make years of it", _fill, years, as_kind="built")
        for number in range(1, EDITIONS * years // YEARS + 1):
            workspace.edit(f"vary the plan {number}", registers.set_plan, source=f"As varied {number} times")
            edition = NewEdition(date(2018, 3, 1), "The authority")
            workspace.edit(f"issue edition {number}", editions.issue, edition)
    return path


def _fill(session: Session, years: int) -> None:
    """Make the year of the sample the last, and repeat it in those before, with results and targets of each."""
    connection = session.connection()
    activities = connection.execute(select(ACTIVITY)).all()
    parts = [(table, connection.execute(select(table)).all()) for table in PARTS]
    own = min(OWN, years)
    values: dict[str, Any] = {"first_year": LAST - own + 1, "years": own, "as_at": date(2018, 3, 31)}
    registers.set_plan(session, **values, kept_from=LAST - years + 1)
    indicators = [row.key for row in queries.indicators(connection)][:INDICATORS]
    areas = [None, *(row.id for row in queries.register(connection, Area))][: AREAS + 1]
    for table in (RESTATEMENT, RESULT, TARGET):
        connection.execute(delete(table))
    for year in range(LAST, LAST - years, -1):
        if year == LAST:
            connection.execute(update(ACTIVITY).values(year=LAST))
        else:
            keys = {row.id: str(uuid4()) for row in activities}
            connection.execute(insert(ACTIVITY), [_moved(row, year, id=keys[row.id], year=year) for row in activities])
            for table, rows in parts:
                hung = [_moved(row, year, id=str(uuid4()), activity_id=keys[row.activity_id]) for row in rows]
                connection.execute(insert(table), hung)
        connection.execute(insert(TARGET), [_target(indicator, year) for indicator in indicators])
        connection.execute(insert(RESULT), _results(indicators, areas, year))
    if years == 1:
        connection.execute(insert(RESULT), _results(indicators, areas, LAST - 1))


def _moved(row: Any, to: int, **changed: Any) -> dict[str, Any]:
    """A row of 2008-2009 in another year: with its days as many years later."""
    later = {
        name: date(value.year + to - FIRST, value.month, min(value.day, 28))
        for name, value in row._asdict().items()
        if isinstance(value, date)
    }
    return {**row._asdict(), **later, **changed}


def _target(indicator: str, year: int) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "indicator_id": indicator, "year": year, "kind": "change on previous year", "stated": "4%",
        "value": 4.0, "explanation": "", "strict": False, "every": "year",
    }  # fmt: skip


def _results(indicators: list[str], areas: list[str | None], year: int) -> list[dict[str, Any]]:
    spans = [(month, month_end(month)) for month in months(date(year, 4, 1), date(year + 1, 3, 1))]
    return [
        {
            "id": str(uuid4()), "indicator_id": indicator, "area_id": area, "population": "", "period_from": first,
            "period_to": last, "value": 300.0 + (year * 31 + n * 7919) % 200, "numerator": None, "denominator": None,
            "sample_size": None, "design_effect": 1.0, "state": "final",
        }
        for area in areas
        for indicator in indicators
        for n, (first, last) in enumerate(spans)
    ]  # fmt: skip


def measure() -> list[Ratio]:
    """The tabs of the last year in a plan of ten years, against one of one year."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    times: dict[tuple[str, int], list[float]] = {(name, years): [] for name in TABS for years in (1, YEARS)}
    with TemporaryDirectory() as folder:
        paths = {years: make(Path(folder) / f"{years}.plan", years) for years in (1, YEARS)}
        with ExitStack() as stack:
            plans = {y: stack.enter_context(Workspace.open(path, read_only=True)) for y, path in paths.items()}
            _see_to_size(plans[YEARS])
            for turn in range(ROUNDS + 1):
                for name, tab in TABS.items():
                    for years, workspace in plans.items():
                        took = _shown(app, workspace, tab)
                        times[name, years] += [took] if turn else []
    how = f"best of {ROUNDS}, by turns"
    return [
        *(
            Ratio(
                f"the {name} tab of a year, in a plan of {YEARS} years / of one",
                min(times[name, YEARS]) / min(times[name, 1]), BOUND,
                f"{min(times[name, YEARS]):.1f} ms over {min(times[name, 1]):.1f} ms, {how}",
            )
            for name in TABS
        ),
    ]  # fmt: skip


TABS: dict[str, Callable[[PlanSignals], TablePage]] = {
    "delivery": lambda signals: DeliveryPage(signals, LAST),
    "performance": lambda signals: PerformancePage(signals, LAST),
    "results": ResultsPage,
}
"""What makes each tab for the last year."""


def _shown(app: QApplication, workspace: Workspace, make_tab: Callable[[PlanSignals], TablePage]) -> float:
    """Milliseconds until a tab of an open plan is painted."""
    start = time.perf_counter()
    tab = make_tab(PlanSignals(workspace))
    tab.resize(1280, 640)
    tab.select(tab.model.rows[0].key)
    tab.show()
    app.processEvents()
    took = (time.perf_counter() - start) * 1000
    tab.signals.stop()
    tab.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return took


def _see_to_size(workspace: Workspace) -> None:
    """See that the plan is as large as it is said to be."""
    counts = [workspace.read(_count, table) for table in (ACTIVITY, RESULT)]
    assert counts == [111 * YEARS, INDICATORS * (AREAS + 1) * 12 * YEARS], counts


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def main() -> None:
    """Print one line for each ratio."""
    for ratio in measure():
        print(f"{ratio.name}: {ratio.ratio:.3f} (bound {ratio.bound:.3f}; {ratio.detail})")


if __name__ == "__main__":
    main()
