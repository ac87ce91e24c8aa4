"""Measures judging every indicator in every area, with control charts and sentences, against reading the same rows."""

import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlmodel import Session, SQLModel

from benchmarks import Ratio
from spp_desktop.edits import performance, results, rows
from spp_desktop.figures.judging.judged import judge
from spp_desktop.figures.judging.series import Series
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, Result
from spp_desktop.store import judged, measured
from spp_desktop.store.workspace import Workspace

INDICATORS, AREAS = 22, 22
"""As many indicators as a force of the time had, in the force and 21 areas."""
MONTHS = months(date(2006, 4, 1), date(2009, 3, 1))
AS_AT = date(2009, 3, 31)
TURNS = 25
RESULT = SQLModel.metadata.tables[str(Result.__tablename__)]


def measure() -> list[Ratio]:
    """The time of judging over that of reading the rows that are judged."""
    with tempfile.TemporaryDirectory() as name, Workspace.create(Path(name) / "a.plan", "A plan", 2008) as workspace:
        workspace.edit("fill", _fill, as_kind="built")
        series = workspace.read(_gathered)
        charted = sum(judge(each, AS_AT).chart is not None for each in series)
        assert charted == INDICATORS * AREAS
        read, judging, whole = _best(
            lambda: workspace.read(_core), lambda: _judge(series), lambda: _judge(workspace.read(_gathered))
        )
    detail = (
        f"{charted} charts with their sentences, {judging * 1000:.0f} ms; reading their {len(MONTHS) * charted:,} rows "
        f"through SQLAlchemy Core, {read * 1000:.0f} ms; best of {TURNS}, by turns. "
        f"Read past Core, gathered and judged: {whole * 1000:.0f} ms, {whole / read:.2f}"
    )
    return [
        Ratio("22 indicators in 22 areas judged over 36 months / Core reading their rows", judging / read, 1.5, detail)
    ]


def _best(*works: Callable[[], object]) -> list[float]:
    """The shortest time of each, in seconds, measured by turns."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, times in zip(works, spent, strict=True):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    return [min(times) for times in spent]


def _core(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(measured.in_order(select(RESULT))).all())


def _gathered(connection: Connection) -> list[Series]:
    return list(judged.gathered(connection, judged.Scope(area=None)))


def _judge(series: list[Series]) -> None:
    for each in series:
        judged_series = judge(each, AS_AT)
        assert judged_series.chart is not None
        assert judged_series.sentence


def _fill(session: Session) -> None:
    chance = random.Random(2008)
    group = performance.add_group(session, "Crime")
    columns: dict[str, Any] = {
        "unit": "crimes",
        "polarity": "lower",
        "measure": "count",
        "trajectory": "last year's profile",
    }
    indicators = [performance.add_indicator(session, group, f"Crime {n}", **columns) for n in range(INDICATORS)]
    for key in indicators:
        performance.set_target(session, key, 2008, "4%")
    areas = [None, *(rows.add(session, Area, title=f"OCU {n}", position=float(n)) for n in range(1, AREAS))]
    results.enter(
        session,
        [
            {"indicator_id": key, "area_id": area, "period_from": month, "period_to": month_end(month), "value": value}
            for key in indicators
            for area in areas
            for month in MONTHS
            for value in (float(chance.randint(300, 500)),)
        ],
    )
