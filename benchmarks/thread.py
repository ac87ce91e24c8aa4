"""The golden thread of a very large plan: its map opened and panned, and its gaps found, against reading its rows.

A plan with 11,100 activities, 2,200 indicators and 50,000 links. Reading is what the map cannot do without: every
column of the activities, the indicators and the links, through SQLAlchemy Core.
"""

import gc
import os
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection, insert, select
from sqlmodel import Session, SQLModel

from benchmarks import Ratio, plans
from benchmarks.timeline import SIZE, chart, frame, move
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.performance import Indicator
from spp_desktop.store import gaps
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.delivery.timeline import TimelineView
from spp_desktop.ui.thread.map_page import MapPage

COPIES, LINKS = 100, 50_000
MEASURING = 0.2
"""The part of the links that begin at an indicator."""
ROUNDS = 7
OPENED, PANNED, FOUND = 3.0, 2.0, 1.0
"""The most that opening the map may take of reading its rows, a frame of it of the timeline's, and finding the gaps."""


def measure() -> list[Ratio]:
    """The three ratios."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with TemporaryDirectory() as folder:
        path = plans.make(Path(folder) / "thread.plan", COPIES)
        with Workspace.open(path) as workspace:
            workspace.edit("more indicators and links", _link, as_kind="built")
        with Workspace.open(path) as workspace:
            signals = PlanSignals(workspace)
            took: dict[str, list[float]] = {"read": [], "opened": [], "found": []}
            for _ in range(ROUNDS + 1):
                took["read"].append(_timed(partial(workspace.read, _read)))
                took["opened"].append(_timed(partial(_open, app, signals)))
                took["found"].append(_timed(partial(workspace.read, _gaps)))
            read, opened, found = (median(times[1:]) for times in took.values())
            panned = _pans(app, signals)
            signals.stop()
    rows = f"11,100 activities, 2,200 indicators and {LINKS:,} links; reading them through Core, {read:.0f} ms"
    return [
        _over("the map of a large plan opened", opened / read, OPENED, f"{opened:.0f} ms; {rows}"),
        _over("the gaps of a large plan found", found / read, FOUND, f"{found:.0f} ms; {rows}"),
        panned,
    ]


def _over(what: str, ratio: float, bound: float, detail: str) -> Ratio:
    return Ratio(f"{what} / Core reading its rows", ratio, bound, f"{detail}; medians of {ROUNDS}, by turns")


def _link(session: Session) -> None:
    """Copies of the indicators, and as many links as are wanted, drawn by lot."""
    connection, chance = session.connection(), random.Random(1)
    table = SQLModel.metadata.tables[str(Indicator.__tablename__)]
    own = connection.execute(select(table)).all()
    copies = [
        {**row._asdict(), "id": str(uuid4()), "ref": f"{row.ref}/{turn}"} for turn in range(1, COPIES) for row in own
    ]
    connection.execute(insert(table), copies)
    keys = {name: _keys(connection, name) for name in ("activity", "indicator", "priority", "theme", "commitment")}
    levels = [*keys["priority"], *keys["theme"], *keys["commitment"]]
    links = SQLModel.metadata.tables[str(RowLink.__tablename__)]
    there = {tuple(row) for row in connection.execute(select(links.c.kind, links.c.from_id, links.c.to_id))}
    drawn = set(there)
    while len(drawn) < LINKS:
        kind, begins = ("measures", "indicator") if chance.random() < MEASURING else ("serves", "activity")
        drawn.add((kind, chance.choice(keys[begins]), chance.choice(levels)))
    names = ("kind", "from_id", "to_id")
    rows = [{**dict(zip(names, link, strict=True)), "id": str(uuid4()), "note": ""} for link in drawn - there]
    connection.execute(insert(links), rows)


def _keys(connection: Connection, name: str) -> list[str]:
    return list(connection.execute(select(SQLModel.metadata.tables[name].c.id)).scalars())


def _read(connection: Connection) -> int:
    """Every column of the rows that the map shows most of, through Core. Returns their number."""
    count = 0
    for name in ("activity", "indicator", str(RowLink.__tablename__)):
        count += len(connection.execute(select(SQLModel.metadata.tables[name])).all())
    return count


def _gaps(connection: Connection) -> int:
    return sum(len(gaps.keys(connection, kind)) for kind in gaps.GAP_KINDS)


def _open(app: QApplication, signals: PlanSignals) -> None:
    """Open the page of the map, until it is painted."""
    page = MapPage(signals)
    page.resize(*SIZE)
    page.show()
    app.processEvents()
    assert page.view.shown.nodes
    page.close()
    page.deleteLater()


def _timed(does: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    does()
    return (time.perf_counter() - start) * 1000


def _pans(app: QApplication, signals: PlanSignals) -> Ratio:
    """A frame of the map, scrolled and all of it painted again, against one of the timeline."""
    page, view = MapPage(signals), TimelineView()
    view.set_chart(chart(11_100, 15_000))
    for widget in (page, view):
        widget.resize(*SIZE)
        widget.show()
    app.processEvents()
    lanes = view.focusProxy()
    assert isinstance(lanes, LaneView)
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)

    def pan(n: int) -> None:
        """Scroll a little, and paint all that is in view."""
        bar.setValue(bar.value() + (60 if n % 4 < 2 else -60))
        page.view.update()

    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(frame(lanes, partial(move, lanes)))
        ours.append(frame(page.area, pan))
    for widget in (page, view):
        widget.close()
    detail = (
        f"{median(ours) * 1000:.1f} ms over {median(theirs) * 1000:.1f} ms, medians of {ROUNDS} times 60 frames of "
        f"{SIZE[0]} x {SIZE[1]}, by turns"
    )
    return Ratio("pan frame of the map / of the timeline", median(ours) / median(theirs), PANNED, detail)
