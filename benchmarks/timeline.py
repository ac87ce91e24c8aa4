"""Measures panning the timeline with very many milestones by a frame, against panning an empty pyqtgraph plot."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks import Ratio
from spp_desktop.figures.charts import timeline as charts
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.delivery.timeline import TimelineView

SIZE = (1400, 800)
FRAMES = 60
ROUNDS = 5
MOST = 3.0
"""The most that a frame of the timeline may take, as a multiple of a frame of the empty plot."""
TODAY = date(2008, 10, 14)


@dataclass(frozen=True)
class Status:
    """A status, as far as the timeline reads it."""

    key: str = "on"
    title: str = "On track"
    colour: str = "#1a7f37"
    dark_colour: str = "#56d364"
    shape: str = "disc"


@dataclass(frozen=True)
class Activity:
    """An activity, as far as the timeline reads it."""

    key: str
    ref: str
    start: date
    due: date
    forecast: date | None
    year: int = 2008
    text: str = "Work with partners to produce a strategy for murder and attempted murder"
    status_key: str = "on"
    finished: bool = False


@dataclass(frozen=True)
class Milestone:
    """A milestone, as far as the timeline reads it."""

    key: str
    activity_key: str
    due: date
    done_on: date | None
    title: str = "Draft agreed with partners"
    forecast: date | None = None
    finished: bool = False
    status: str = ""


def chart(lanes: int, milestones: int) -> charts.Timeline:
    """A timeline of one year with so many lanes, and so many milestones spread evenly over them."""
    first = date(2008, 4, 1)
    activities = [
        Activity(
            f"a{n}",
            str(n),
            first + timedelta(days=n % 60),
            first + timedelta(days=120 + n % 240),
            first + timedelta(days=150 + n % 240) if n % 3 else None,
        )
        for n in range(lanes)
    ]
    steps = []
    for n in range(milestones):
        due = first + timedelta(days=n * 37 % 360)
        steps.append(Milestone(f"m{n}", f"a{n % lanes}", due, due if due < TODAY and n % 4 else None))
    return charts.timeline(activities, steps, [Status()], TODAY)


def frame(widget: QWidget, pan: Callable[[int], None]) -> float:
    """The median time of a frame in seconds: the view is moved, and all of it is painted again."""
    times = []
    for n in range(FRAMES):
        begin = time.perf_counter()
        pan(n)
        widget.update()
        QApplication.processEvents()
        times.append(time.perf_counter() - begin)
    return median(times)


def move(plot: LaneView, n: int) -> None:
    """Pan a little in time, and down the lanes and up again."""
    plot.pan(2 if n % 2 else -2, 3 if n < FRAMES / 2 else -3)


def measure() -> list[Ratio]:
    """The ratios of a frame of the timeline to a frame of an empty plot, by turns."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    empty = pg.PlotWidget()
    empty.resize(*SIZE)
    empty.show()
    lines = []
    for lanes, milestones in ((1_500, 15_000), (11_100, 15_000)):
        drawn = chart(lanes, milestones)
        view = TimelineView()
        view.resize(*SIZE)
        view.set_chart(drawn)
        view.show()
        app.processEvents()
        plot = view.focusProxy()
        assert isinstance(plot, LaneView)
        ratios, ours, theirs = [], [], []
        for _ in range(ROUNDS):
            theirs.append(frame(empty.viewport(), lambda n: empty.setXRange(n, n + 100, padding=0)))
            ours.append(frame(plot, partial(move, plot)))
            ratios.append(ours[-1] / theirs[-1])
        detail = (
            f"{milestones:,} milestones on {lanes:,} lanes, {median(ours) * 1000:.1f} ms; an empty pyqtgraph plot, "
            f"{median(theirs) * 1000:.1f} ms; medians of {ROUNDS} times {FRAMES} frames of {SIZE[0]} x {SIZE[1]}"
        )
        lines.append(Ratio(f"pan frame of the timeline, {lanes:,} lanes", median(ratios), MOST, detail))
        view.close()
    empty.close()
    return lines


if __name__ == "__main__":
    for line in measure():
        print(f"{line.name}: {line.ratio:.2f} (no more than {line.bound:g})\n  {line.detail}")
