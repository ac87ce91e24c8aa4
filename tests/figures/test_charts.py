"""What the timeline and an indicator's chart say, by their values; no pixels."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.charts import target_chart
from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.performance import TargetKind

TODAY = date(2008, 10, 14)


@dataclass(frozen=True)
class Status:
    key: str = "on"
    title: str = "On track"
    colour: str = "#1a7f37"
    dark_colour: str = "#56d364"
    shape: str = "disc"


@dataclass(frozen=True)
class Activity:
    key: str = "a"
    year: int = 2008
    ref: str = "3.04"
    text: str = "Develop a strategy"
    status_key: str | None = "on"
    finished: bool = False
    start: date | None = None
    due: date | None = None
    forecast: date | None = None


@dataclass(frozen=True)
class Milestone:
    key: str = "m"
    activity_key: str = "a"
    title: str = "Draft agreed"
    due: date | None = None
    forecast: date | None = None
    done_on: date | None = None
    finished: bool = False
    status: str = ""


@dataclass(frozen=True)
class Target:
    kind: TargetKind
    stated: str
    value: float | None


@dataclass(frozen=True)
class Result:
    period_from: date
    period_to: date
    value: float
    state: str = "final"


@dataclass(frozen=True)
class Indicator:
    title: str = "Reduce total recorded crime"
    unit: str = "recorded crimes"
    polarity: str = "lower"
    population: str = ""
    targets: dict[int | None, Target] = field(default_factory=dict)


def lane_of(activity: Activity, *milestones: Milestone) -> charts.Lane:
    return charts.timeline([activity], milestones, [Status()], TODAY).lanes[0]


def mark_of(milestone: Milestone) -> charts.MilestoneMark:
    (mark,) = lane_of(Activity(), milestone).marks
    return mark


# The timeline


def test_a_bar_ends_at_the_due_date_and_slips_to_the_forecast() -> None:
    lane = lane_of(Activity(start=date(2008, 5, 1), due=date(2009, 3, 31), forecast=date(2009, 6, 30)))
    assert (lane.begin, lane.end, lane.slips_to, lane.start_stated) == (
        date(2008, 5, 1),
        date(2009, 3, 31),
        date(2009, 6, 30),
        True,
    )
    assert lane.words() == "3.04: On track, due 31 Mar 2009, now expected 30 Jun 2009"


def test_a_lane_is_told_in_a_few_words() -> None:
    lane = lane_of(Activity(due=date(2008, 9, 30)), Milestone(), Milestone(key="n", due=date(2008, 9, 1)))
    assert lane.words() == "3.04: On track, due 30 Sep 2008, late, 1 milestone"
    assert lane_of(Activity(status_key=None)).words() == "3.04: No status"


def test_a_bar_without_a_start_is_thin_and_begins_with_the_year() -> None:
    lane = lane_of(Activity(due=date(2008, 12, 31)))
    assert (lane.begin, lane.start_stated) == (date(2008, 4, 1), False)


def test_a_forecast_that_is_earlier_or_of_a_finished_activity_is_no_slip() -> None:
    due = date(2009, 3, 31)
    assert lane_of(Activity(due=due, forecast=date(2009, 1, 31))).slips_to is None
    assert lane_of(Activity(due=due, forecast=date(2009, 6, 30), finished=True)).slips_to is None


def test_late_is_a_passed_due_date_of_what_is_not_finished() -> None:
    passed = TODAY - timedelta(days=1)
    assert lane_of(Activity(due=passed)).late
    assert not lane_of(Activity(due=TODAY)).late
    assert not lane_of(Activity(due=passed, finished=True)).late
    assert lane_of(Activity(due=passed, forecast=date(2009, 1, 1))).late, "a forecast does not excuse the due date"


def test_a_lane_looks_like_its_status_or_says_that_it_has_none() -> None:
    assert (lane_of(Activity()).status, lane_of(Activity()).shape) == ("On track", "disc")
    assert lane_of(Activity()).colours == ("#1a7f37", "#56d364")
    assert lane_of(Activity(status_key=None)).status == "No status"
    assert lane_of(Activity(status_key=None)).shape == "ring"


@pytest.mark.parametrize(
    ("milestone", "state", "day", "words"),
    [
        (Milestone(due=date(2008, 11, 1)), "ahead", date(2008, 11, 1), "due 1 Nov 2008"),
        (Milestone(forecast=date(2008, 11, 1)), "ahead", date(2008, 11, 1), "expected 1 Nov 2008"),
        (Milestone(due=date(2008, 10, 1)), "late", date(2008, 10, 1), "late: was due 1 Oct 2008"),
        (
            Milestone(due=date(2008, 10, 1), forecast=date(2008, 12, 1)),
            "late",
            date(2008, 10, 1),
            "late: was due 1 Oct 2008, now expected 1 Dec 2008",
        ),
        (
            Milestone(due=date(2008, 11, 1), forecast=date(2008, 12, 1)),
            "slipping",
            date(2008, 11, 1),
            "due 1 Nov 2008, now expected 1 Dec 2008",
        ),
        (
            Milestone(due=date(2008, 6, 1), done_on=date(2008, 6, 9)),
            "done",
            date(2008, 6, 9),
            "done 9 Jun 2008, due 1 Jun 2008",
        ),
        (Milestone(due=TODAY), "ahead", TODAY, "due 14 Oct 2008"),
    ],
)
def test_a_milestone_says_its_state(milestone: Milestone, state: str, day: date, words: str) -> None:
    mark = mark_of(milestone)
    assert (mark.state, mark.day, mark.words) == (state, day, words)


def test_a_milestone_without_any_date_is_not_drawn() -> None:
    assert lane_of(Activity(), Milestone()).marks == ()


def test_milestones_stand_on_their_own_lanes_in_order_of_their_days() -> None:
    late, early = Milestone("l", due=date(2009, 1, 1)), Milestone("e", due=date(2008, 6, 1))
    chart = charts.timeline(
        [Activity(), Activity("b", ref="3.05")], [late, early, Milestone("o", "other", due=TODAY)], [Status()], TODAY
    )
    assert [[mark.key for mark in lane.marks] for lane in chart.lanes] == [["e", "l"], []]


def test_the_picture_spans_whole_quarters_and_today_only_where_it_is_near() -> None:
    chart = charts.timeline([Activity(start=date(2008, 5, 20), due=date(2008, 8, 5))], [], [], TODAY)
    assert (chart.first, chart.last) == (date(2008, 4, 1), date(2008, 12, 31))
    far = charts.timeline([Activity(start=date(2008, 5, 20), due=date(2008, 8, 5))], [], [], date(2026, 1, 1))
    assert (far.first, far.last) == (date(2008, 4, 1), date(2008, 9, 30))


def test_an_empty_timeline_says_what_to_do() -> None:
    assert charts.timeline([Activity()], [], [], TODAY).empty == (
        "No dates yet: type a due date or add a milestone in the panel."
    )
    assert "No activities are shown" in charts.timeline([], [], [], TODAY).empty
    assert charts.describe(charts.timeline([], [], [], TODAY)) == charts.NO_LANES


def test_the_timeline_is_told_in_sentences_and_as_a_table() -> None:
    chart = charts.timeline(
        [Activity(due=date(2008, 10, 1)), Activity("b", ref="3.05")], [Milestone(due=TODAY)], [Status()], TODAY
    )
    assert charts.describe(chart) == (
        "Timeline from 1 Apr 2008 to 31 Dec 2008, today 14 Oct 2008. 2 activities, 1 with a date, 1 late. "
        "1 milestone, 0 done, 0 late."
    )
    assert charts.table(chart)[1:] == [
        ("3.04", "Develop a strategy", date(2008, 10, 1), "On track, late"),
        ("3.04", "Draft agreed", date(2008, 10, 14), "due 14 Oct 2008"),
        ("3.05", "Develop a strategy", None, "On track"),
    ]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(min_value=1, max_value=20_000), st.integers(1, 60))
def test_ticks_are_months_that_fit(first: date, days: int, most: int) -> None:
    last = first + timedelta(days=days)
    ticks = charts.ticks(first, last, most)
    assert all(tick.day.day == 1 and first <= tick.day <= last for tick in ticks)
    assert all(tick.strong == (tick.day.month == 4) for tick in ticks)
    assert len(ticks) <= most + 1 or days > 60 * 30 * most


def test_ticks_are_named_in_words_and_follow_the_financial_quarters() -> None:
    assert [t.label for t in charts.ticks(date(2008, 4, 1), date(2009, 3, 31), 4)] == [
        "Apr 2008",
        "Jul 2008",
        "Oct 2008",
        "Jan 2009",
    ]
    assert len(charts.ticks(date(2008, 4, 1), date(2009, 3, 31), 12)) == 12


# An indicator's chart

YEARS = [2008, 2009, 2010]
CHANGES: dict[int | None, Target] = {
    **{year: Target("change on previous year", "4%", 4.0) for year in YEARS},
    None: Target("change over plan", "10%", 10.0),
}
LEVELS: dict[int | None, Target] = {
    2008: Target("level", "45%", 45.0),
    2009: Target("level", "50%", 50.0),
    2010: Target("level", "55%", 55.0),
    None: Target("level", "55%", 55.0),
}
APRIL = Result(date(2008, 4, 1), date(2008, 4, 30), 14_210.0)
MAY = Result(date(2008, 5, 1), date(2008, 5, 31), 13_900.0, "provisional")


def test_stated_changes_have_a_scale_of_their_own_and_are_never_worked_out() -> None:
    chart = target_chart.targets_chart(Indicator(targets=CHANGES), [MAY, APRIL], YEARS)
    assert [(aim.column.label, aim.role, aim.stated, aim.value, aim.unit) for aim in chart.aims] == [
        ("2008-2009", "change", "4%", 4.0, "%"),
        ("2009-2010", "change", "4%", 4.0, "%"),
        ("2010-2011", "change", "4%", 4.0, "%"),
        ("3-year target", "change", "10%", 10.0, "%"),
    ]
    assert (chart.unit, chart.change_unit) == ("recorded crimes", "%")
    assert target_chart.NO_BASELINE in chart.notes
    assert [point.value for point in chart.series[0].points] == [14_210.0, 13_900.0]


def test_levels_stand_on_the_scale_of_the_results_and_the_plan_in_its_own_column() -> None:
    chart = target_chart.targets_chart(Indicator("Detections", "%", "higher", targets=LEVELS), [], YEARS)
    assert [(aim.column.label, aim.value) for aim in chart.aims_as("level")] == [
        ("2008-2009", 45.0),
        ("2009-2010", 50.0),
        ("2010-2011", 55.0),
        ("3-year target", 55.0),
    ]
    assert [column.is_plan for column in chart.columns] == [False, False, False, True]
    assert chart.notes == ("Higher is better.",)
    assert chart.change_unit == ""


@pytest.mark.parametrize(
    ("unit", "target"),
    [
        ("%", Target("benchmark", "Benchmark & report of performance", None)),
        ("recorded crimes", Target("level", "45%", 45.0)),
        ("%", Target("gap", "Gap of 3.8 points", 3.8)),
        ("%", Target("peer rank", "Best in group", 1.0)),
    ],
)
def test_what_has_no_place_on_the_scale_is_shown_as_words(unit: str, target: Target) -> None:
    chart = target_chart.targets_chart(Indicator(unit=unit, targets={2008: target}), [], YEARS)
    assert (chart.aims[0].role, chart.aims[0].value) == ("words", None)
    assert f"2008-2009: {target.stated}." in chart.notes


def test_changes_in_two_units_do_not_share_a_scale() -> None:
    mixed: dict[int | None, Target] = {
        2008: Target("change on previous year", "4%", 4.0),
        2009: Target("point change", "+2 points", 2.0),
    }
    chart = target_chart.targets_chart(Indicator(targets=mixed), [], YEARS)
    assert [aim.role for aim in chart.aims] == ["change", "words"]


def test_months_and_years_are_lines_of_their_own() -> None:
    year = Result(date(2007, 4, 1), date(2008, 3, 31), 170_000.0)
    chart = target_chart.targets_chart(Indicator(), [APRIL, year], YEARS)
    assert [(line.name, len(line.points)) for line in chart.series] == [("each year", 1), ("each month", 1)]
    assert chart.columns[0].label == "2007-2008", "results before the plan have a column too"


def test_the_title_says_whose_answers_count_and_what_is_illustrative() -> None:
    indicator = Indicator("Confidence", "%", "higher", "BME community", LEVELS)
    assert target_chart.targets_chart(indicator, [], YEARS).title == "Confidence (BME community)"
    title = target_chart.targets_chart(indicator, [APRIL], YEARS, "Results are made up.").title
    assert title == "Confidence (BME community) (illustrative results)"
    named = Indicator("Confidence (BME community)", population="BME community")
    assert target_chart.targets_chart(named, [], YEARS).title == "Confidence (BME community)"


def test_an_indicator_with_nothing_says_what_to_do() -> None:
    chart = target_chart.targets_chart(Indicator(), [], YEARS)
    assert chart.empty == target_chart.NO_TARGETS
    assert chart.empty in target_chart.describe(chart)


def test_an_indicator_is_told_in_sentences_and_as_a_table() -> None:
    chart = target_chart.targets_chart(Indicator(targets=CHANGES), [APRIL, MAY], YEARS)
    sentences = target_chart.describe(chart)
    assert "2008-2009 4%" in sentences
    assert "3-year target 10%" in sentences
    assert "the latest, to 31 May 2008, is 13,900" in sentences
    rows = target_chart.table(chart)
    assert rows[1] == ("Target", "2008-2009", "4%", "change on the year before")
    assert rows[-1] == ("Result, provisional", "1 May 2008 to 31 May 2008", "13,900", "recorded crimes")
