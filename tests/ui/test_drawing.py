"""No drawing fails on what a plan may hold: days as far away as there are any, and figures as large."""

from collections.abc import Sequence
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.ui.delivery.lane_view import LaneView
from spp_desktop.ui.delivery.timeline import TimelineView
from spp_desktop.ui.pictures.series_view import SeriesView
from tests.depth import depth
from tests.figures.test_charts import TODAY, Activity, Milestone, Status
from tests.figures.test_series_chart import by_month, judged

LAST = date(9999, 12, 31)
NEAR = st.dates(date(2008, 4, 1), date(2011, 3, 31))
DAYS = st.none() | NEAR | st.dates() | st.sampled_from([date.min, LAST, date(9999, 1, 1)])
ACTIVITIES = st.lists(
    st.builds(
        Activity, key=st.uuids().map(str), year=st.sampled_from([1990, 2008, 2010, 2200]), finished=st.booleans(),
        start=DAYS, due=DAYS, forecast=DAYS,
    ),
    max_size=4,
    unique_by=lambda row: row.key,
)  # fmt: skip
STEPS = st.lists(st.tuples(DAYS, DAYS, DAYS), max_size=4)
FIGURES = st.none() | st.integers(0, 900).map(float) | st.floats(allow_nan=False, allow_infinity=False)


def drawn(chart: charts.Timeline, qtbot: QtBot) -> TimelineView:
    """The timeline on screen, zoomed and moved about in."""
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(700, 200)
    view.set_chart(chart)
    view.grab()
    if view._view is not None:
        for factor in (0.01, 1000.0, 0.3):
            view._view.zoom(factor)
            view._view.pan(10_000_000.0)
            view.grab()
            view._view.pan(-20_000_000.0)
            view.grab()
    return view


def test_the_timeline_shows_what_is_near_whatever_else_a_plan_holds(qtbot: QtBot) -> None:
    @settings(max_examples=depth(25, 400))
    @given(ACTIVITIES, STEPS, st.dates() | st.just(TODAY))
    @example([Activity("a", due=LAST)], [], TODAY)
    @example([Activity("a", due=date(2009, 3, 31)), Activity("b", due=LAST)], [(date.min, None, None)], LAST)
    def draw(activities: list[Activity], steps: list[tuple[date | None, ...]], today: date) -> None:
        keys = [row.key for row in activities] or ["none"]
        milestones = [
            Milestone(f"m{n}", keys[n % len(keys)], due=due, forecast=forecast, done_on=done)
            for n, (due, forecast, done) in enumerate(steps)
        ]
        chart = charts.timeline(activities, milestones, [Status()], today)
        drawn(chart, qtbot)
        assert charts.describe(chart)
        if chart.empty:
            assert chart.empty in (charts.NO_DATES, charts.NO_LANES, charts.ALL_FAR)
        else:
            assert (chart.last - chart.first).days <= 366 * (2200 - 1990 + 2 * charts.REACH + 3)

    draw()


def test_one_day_at_the_end_of_time_does_not_empty_the_timeline(qtbot: QtBot) -> None:
    near = [Activity(f"a{n}", due=date(2009, 3, 31)) for n in range(3)]
    chart = charts.timeline([*near, Activity("far", due=LAST)], [], [Status()], TODAY)
    assert (chart.first, chart.last) == (date(2008, 4, 1), date(2009, 3, 31))
    assert chart.lanes[-1].words() == "3.04: On track, due 31 Dec 9999"
    view = drawn(chart, qtbot)._view
    assert isinstance(view, LaneView)
    view.fit_days()
    view.grab()
    assert view.lanes.painted == (4, 0)


def test_all_days_out_of_reach_are_said_to_be(qtbot: QtBot) -> None:
    chart = charts.timeline([Activity("far", start=LAST, due=LAST)], [], [Status()], TODAY)
    assert chart.empty == charts.ALL_FAR
    drawn(chart, qtbot)


def test_a_series_is_drawn_whatever_its_figures(qtbot: QtBot) -> None:
    view = SeriesView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()

    @settings(max_examples=depth(15, 300))
    @given(st.lists(FIGURES, max_size=19))
    @example([0.0, *[None] * 11, 1e305])
    def draw(figures: Sequence[float | None]) -> None:
        chart = series_chart(judged(by_month(figures)))
        view.set_chart(chart)
        view.grab()
        assert (view.picture.plot() is None) == (not chart.lines)
        assert chart.lines or chart.empty, "what is not drawn is said"
        assert view.picture.accessibleDescription()

    draw()
