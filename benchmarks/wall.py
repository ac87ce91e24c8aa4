"""Measures painting a wall of 22 charts, against the same curves as bare pyqtgraph plots."""

import os
import random
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from benchmarks import Ratio
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.series_parts import SeriesChart
from spp_desktop.figures.judging.judged import judge
from spp_desktop.figures.judging.series import Measured, Reading, Series
from spp_desktop.figures.targets.stated import Stated
from spp_desktop.plan.periods import month_end, months
from spp_desktop.ui.charts.wall_drawing import WallSection
from spp_desktop.ui.charts.wall_view import WallView

CHARTS, COLUMNS = 22, 4
SIZE = (1300, 1000)
"""The size of the view in pixels, with room for all charts."""
ROUNDS, FRAMES = 5, 20
MOST = 3.0
"""The most that the wall may take, as a multiple of the bare plots."""


def charts() -> list[SeriesChart]:
    """The charts of 22 indicators over 36 months, each with mean, limits, a target and a trajectory."""
    chance = random.Random(1)
    every = months(date(2006, 4, 1), date(2009, 3, 1))
    drawn = []
    for n in range(CHARTS):
        readings = tuple(Reading(month, month_end(month), chance.randint(300, 500)) for month in every)
        target = Stated("4%", 4.0, "change on previous year", star=False)
        known = Measured(
            str(n), f"PI{n}", f"Indicator {n}", "crimes", targets={2008: target}, trajectory="last year's profile"
        )
        drawn.append(series_chart(judge(Series(known, readings=readings), date(2009, 3, 31))))
    return drawn


def wall(decided: list[SeriesChart]) -> QWidget:
    """The wall, with all charts in view."""
    view = WallView()
    view.set_sections("All indicators", [WallSection("", tuple(decided))])
    return view


def bare(decided: list[SeriesChart]) -> QWidget:
    """The same curves, and nothing else, as pyqtgraph plots."""
    view: QGraphicsView = pg.GraphicsLayoutWidget()
    layout: Any = view
    for n, chart in enumerate(decided):
        plot = layout.addPlot(n // COLUMNS, n % COLUMNS)
        for line in chart.lines:
            plot.addItem(pg.PlotCurveItem(*map(list, zip(*line.points, strict=True))))
    return view


def opened(make: Callable[[list[SeriesChart]], QWidget], decided: list[SeriesChart]) -> tuple[float, float]:
    """Seconds until the charts are first painted, and the median of painting them again."""
    begin = time.perf_counter()
    view = make(decided)
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()
    first = time.perf_counter() - begin
    times = []
    for _ in range(FRAMES):
        begin = time.perf_counter()
        getattr(view, "viewport", lambda view=view: view)().update()
        QApplication.processEvents()
        times.append(time.perf_counter() - begin)
    view.close()
    view.deleteLater()
    QApplication.processEvents()
    return first, median(times)


def measure() -> list[Ratio]:
    """The ratios of the wall to bare plots, by turns: opened, and painted again."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    decided = charts()
    opened(bare, decided), opened(wall, decided)  # what is loaded once is loaded
    pairs = [(opened(wall, decided), opened(bare, decided)) for _ in range(ROUNDS)]
    ratios = []
    for at, what in enumerate(("opened", "painted again")):
        ours, theirs = [wall_times[at] for wall_times, _ in pairs], [bare_times[at] for _, bare_times in pairs]
        detail = (
            f"{CHARTS} charts of 36 months with titles, icons and points, {median(ours) * 1000:.1f} ms; only their "
            f"curves as bare pyqtgraph plots, {median(theirs) * 1000:.1f} ms; medians of {ROUNDS} "
            f"times, {SIZE[0]} x {SIZE[1]}"
        )
        ratio = median(our / their for our, their in zip(ours, theirs, strict=True))
        ratios.append(Ratio(f"wall of {CHARTS} charts, {what}", ratio, MOST, detail))
    return ratios


if __name__ == "__main__":
    for line in measure():
        print(f"{line.name}: {line.ratio:.2f} (no more than {line.bound:g})\n  {line.detail}")
