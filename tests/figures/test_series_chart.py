"""What the chart of a judged series says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spp_desktop.figures.charts import series_chart as said
from spp_desktop.figures.charts.series_chart import describe, legend_of_all, overview, scale, series_chart, table
from spp_desktop.figures.charts.series_parts import LineRole, SeriesChart
from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control.chart import ControlRebase
from spp_desktop.figures.judging.judged import Judged, judge
from spp_desktop.figures.judging.series import ChartAnnotation, Measured, Reading, Series
from spp_desktop.figures.targets.stated import Stated
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import month_end, months, quarter_end, quarter_start

LAST_YEAR = [410, 395, 388, 402, 399, 420, 455, 470, 430, 380, 360, 391]
THIS_YEAR = [398, 380, 371, 390, 396, 401]
OCTOBER = date(2008, 10, 31)


def target(text: str, value: float | None, kind: TargetKind) -> Stated:
    return Stated(text, value, kind, star=False)


FALL = {2008: target("4%", 4.0, "change on previous year")}


def by_month(values: Sequence[float | None], first: date = date(2007, 4, 1), **more: Any) -> list[Reading]:
    days = months(first, date(first.year + len(values) // 12 + 1, first.month, 1))
    return [
        Reading(day, month_end(day), value, **more)
        for day, value in zip(days, values, strict=False)
        if value is not None
    ]


def judged(
    readings: Sequence[Reading], as_at: date = OCTOBER, *, series: dict[str, Any] | None = None, **known: Any
) -> Judged:
    measured = Measured(key="k", ref="PI7", title="Reduce robbery", unit="robberies", **known)
    return judge(Series(measured, readings=tuple(readings), **(series or {})), as_at)


def robbery(**more: Any) -> Judged:
    readings = by_month([*LAST_YEAR, *THIS_YEAR])
    return judged(readings, targets=FALL, trajectory="last year's profile", **more)


def values(chart: SeriesChart, role: LineRole) -> list[list[float]]:
    return [[value for _, value in line.points] for line in chart.lines if line.role == role]


def test_counts_stand_by_month_with_a_twelfth_of_the_target_and_the_steps_of_the_trajectory() -> None:
    judged_robbery = robbery()
    chart = series_chart(judged_robbery)
    assert values(chart, "result") == [[*LAST_YEAR, *THIS_YEAR]]
    assert values(chart, "target") == [[392.0, 392.0]]
    (steps,) = values(chart, "trajectory")
    assert steps == pytest.approx([month * 0.96 for month in LAST_YEAR])
    assert judged_robbery.chart is not None
    (segment,) = judged_robbery.chart.segments
    assert segment.limits is not None
    assert values(chart, "mean") == [[segment.mean, segment.mean]]
    assert values(chart, "limit") == [[segment.limits.upper] * 2, [segment.limits.lower] * 2]
    ends = [line.points[end][0] for line in chart.lines if line.role == "target" for end in (0, 1)]
    assert ends == [date(2008, 4, 1).toordinal(), date(2009, 4, 1).toordinal()]
    assert (chart.first, chart.last) == (date(2007, 4, 1), date(2009, 3, 31))
    assert chart.spots[-1].words == (
        "September 2008: 401 robberies. Improvement: seven points or more below the mean. Trajectory 403.2. "
        "A year before 420."
    )
    assert [key.words for key in chart.legend] == [
        "Result",
        "Improvement",
        "Concern",
        "Mean 402",
        f"Limits {segment.limits.lower:.1f} to {segment.limits.upper:.1f}",
        "Target 392 a month",
        "Trajectory (last year's profile)",
    ]


def test_a_straight_way_of_counts_is_its_target_line_and_drawn_once() -> None:
    chart = series_chart(judged(by_month([*LAST_YEAR, *THIS_YEAR]), targets=FALL))
    assert values(chart, "target") == [[392.0, 392.0]]
    assert values(chart, "trajectory") == []


def test_a_level_has_its_target_and_goes_there_from_the_year_before() -> None:
    shares = [20.0] * 11 + [21.0, *[22.0] * 6]
    aims = {2008: target("23%", 23.0, "level")}
    chart = series_chart(judged(by_month(shares), targets=aims, measure="level", polarity="higher"))
    assert values(chart, "target") == [[23.0, 23.0]]
    (way,) = values(chart, "trajectory")
    assert len(way) == 12
    assert way[-1] == 23.0
    assert way == sorted(way)


def test_limits_are_drawn_no_lower_than_nought_and_told_as_they_are() -> None:
    chart = series_chart(judged(by_month([0, 9, 1, 12, 0, 8, 2, 11, 0, 10, 1, 9, 0, 12])))
    upper, lower = values(chart, "limit")
    assert lower == [0.0, 0.0]
    assert upper[0] > 12
    assert chart.low == 0.0
    limits = chart.spots[0].limits
    assert limits is not None
    assert limits.lower < 0
    row = dict(zip(*table(chart)[:2], strict=True))
    assert row["Lower limit"] == limits.lower
    assert any(note.startswith("Limits are drawn no further") for note in chart.notes)


def test_shares_are_drawn_no_higher_than_all() -> None:
    shares = [99.0, 92, 100, 91, 99, 93, 100, 92, 98, 94, 100, 91, 99]
    known = Measured(title="Confidence", unit="%", measure="level", polarity="higher")
    chart = series_chart(judge(Series(known, readings=tuple(by_month(shares))), OCTOBER))
    assert values(chart, "limit")[0] == [100.0, 100.0]
    assert chart.title == "Confidence: % by month"
    assert chart.latest_words == "99%, Apr 2008"


def test_a_missing_month_ends_the_line_and_is_said() -> None:
    chart = series_chart(judged(by_month([5, 6, None, 7, 8])))
    assert values(chart, "result") == [[5, 6], [7, 8]]
    assert [spot.words for spot in chart.spots][2] == "June 2007: no result."


def test_a_month_that_is_not_available_says_so() -> None:
    gone = Reading(date(2007, 6, 1), date(2007, 6, 30), None, state="not available")
    chart = series_chart(judged([*by_month([5, 6, None, 7]), gone]))
    assert [spot.words for spot in chart.spots][2] == "June 2007: not available."


def test_what_may_still_change_is_hollow() -> None:
    readings = [*by_month([5, 6]), *by_month([7], date(2007, 6, 1), state="provisional")]
    chart = series_chart(judged(readings))
    assert [spot.hollow for spot in chart.spots] == [False, False, True]
    assert "7 robberies (provisional)" in chart.spots[-1].words
    assert "Provisional" in [key.words for key in chart.legend]


def test_special_causes_have_their_kind_and_their_rule() -> None:
    chart = series_chart(judged(by_month([10, 12, 11, 13, 10, 12, 11, 13, 12, 10, 11, 12, 30])))
    last = chart.spots[-1]
    assert (last.kind, last.rule) == ("special_cause_concern", "beyond_upper")
    assert "Concern: above the upper limit." in last.words
    assert "Concern" in [key.words for key in chart.legend]
    assert chart.variation == "concern_high"


def test_breaks_and_rebases_of_one_day_share_a_line() -> None:
    around = {
        "breaks": (Break(date(2008, 4, 1), "Counting rules"),),
        "rebases": (
            ControlRebase(date(2008, 4, 1), "New rules", "A. Officer"),
            ControlRebase(date(2007, 9, 1), "Why", ""),
        ),
    }
    chart = series_chart(robbery(series=around))
    assert [(divider.day, divider.label) for divider in chart.dividers] == [
        (date(2007, 9, 1), "new limits"),
        (date(2008, 4, 1), "counted anew, new limits"),
    ]
    assert len(values(chart, "mean")) == 3
    assert sum("Counting rules" in text for text in (*chart.answers, *chart.notes)) == 1


def test_annotations_are_numbered_by_day_and_told_in_the_notes() -> None:
    notes = (
        ChartAnnotation("b", date(2008, 5, 12), "New patrols.", "A. Officer"),
        ChartAnnotation("a", date(2006, 1, 1), "Long before", ""),
    )
    chart = series_chart(robbery(series={"annotations": notes}))
    assert [(flag.day, flag.number) for flag in chart.flags] == [(date(2008, 5, 12), 2)]
    assert chart.notes[:2] == ("1. 1 Jan 2006: Long before.", "2. 12 May 2008: New patrols (A. Officer).")


def by_quarter(values: Sequence[float], year: int) -> list[Reading]:
    return [Reading(quarter_start(year, n), quarter_end(year, n), value) for n, value in enumerate(values, 1)]


def test_quarters_are_drawn_where_there_are_no_months() -> None:
    chart = series_chart(judged([*by_quarter([100, 110, 120, 130], 2007), *by_quarter([90, 95], 2008)], targets=FALL))
    assert values(chart, "result") == [[100, 110, 120, 130, 90, 95]]
    assert values(chart, "target") == [[pytest.approx(460 * 0.96 / 4)] * 2]
    assert values(chart, "limit") == []
    assert chart.by == "by quarter"
    assert chart.latest_words == "95, to Sep 2008"
    assert any("single months" in note for note in chart.notes)


def test_a_quarter_without_a_result_ends_the_line() -> None:
    first, _, third = by_quarter([100, 110, 120], 2007)
    chart = series_chart(judged([first, third]))
    assert values(chart, "result") == [[100], [120]]
    assert chart.spots[1].words == "July to September 2007: no result."


def test_years_alone_are_drawn() -> None:
    readings = [Reading(date(year, 4, 1), date(year + 1, 3, 31), 1000.0 - year) for year in (2005, 2006, 2007)]
    chart = series_chart(judged(readings))
    assert (chart.by, len(chart.spots)) == ("by year", 3)


def test_two_populations_have_a_line_each_and_no_target_of_another_unit() -> None:
    readings = [
        Reading(quarter_start(2008, n), quarter_end(2008, n), value + n, size=500, population=name)
        for name, value in (("white", 80.0), ("minority ethnic", 75.0))
        for n in (1, 2)
    ]
    known = Measured(title="Satisfaction gap", unit="%", measure="survey", targets={2008: target("3%", 3.0, "gap")})
    chart = series_chart(judge(Series(known, readings=tuple(readings)), OCTOBER))
    named = {line.name: [value for _, value in line.points] for line in chart.lines if line.role == "result"}
    assert named == {"white": [81.0, 82.0], "minority ethnic": [76.0, 77.0]}
    assert values(chart, "target") == []
    assert chart.spots[0].words.startswith("April to June 2008, minority ethnic: 76%")
    assert "Population" in table(chart)[0]


def test_a_rank_is_not_drawn_among_results() -> None:
    chart = series_chart(judged(by_month(THIS_YEAR), targets={2008: target("1st", 1.0, "peer rank")}))
    assert values(chart, "target") == []
    assert chart.low > 1


def test_without_results_it_says_what_to_do_and_keeps_the_targets() -> None:
    aims = {2008: target("45%", 45.0, "level"), 2009: target("50%", 50.0, "level"), None: target("55%", 55.0, "level")}
    chart = series_chart(judged([], targets=aims, measure="level"), "Made up.")
    assert chart.empty == said.NO_RESULTS
    assert sorted(values(chart, "target")) == [[45.0, 45.0], [50.0, 50.0]]
    assert "Targets as stated: 2008-2009 45%, 2009-2010 50%, over the plan 55%." in chart.notes
    assert "illustrative" not in chart.title
    assert said.NO_RESULTS in describe(chart)
    assert scale(chart, 4)


def test_the_title_names_area_unit_and_what_is_made_up() -> None:
    chart = series_chart(robbery(series={"area": "OCU D1", "area_key": "d1"}), "Results are made up.")
    assert chart.title == "PI7  Reduce robbery, OCU D1: robberies by month (illustrative results)"
    assert chart.notes[-1] == "Results are made up."
    assert (chart.key, chart.area_key, chart.area) == ("k", "d1", "OCU D1")


def test_those_who_hear_it_are_told_what_is_seen() -> None:
    chart = series_chart(robbery())
    heard = describe(chart)
    assert heard.startswith("PI7  Reduce robbery: robberies by month. 18 results. September 2008: 401 robberies.")
    assert "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317" in heard
    assert "Target 392 robberies a month: Hit or miss" in heard


def test_the_numbers_behind_it_are_plain_and_whole() -> None:
    readings = [
        Reading(date(2008, 4, 1), date(2008, 4, 30), 25.0, 50, 200, state="final"),
        Reading(date(2008, 5, 1), date(2008, 5, 31), 20.0, 40, 200, state="provisional"),
    ]
    known = Measured(title="Detections", unit="%", measure="percentage", polarity="higher")
    chart = series_chart(judge(Series(known, readings=tuple(readings)), OCTOBER))
    heads, *rows = table(chart)
    assert heads[:6] == ("From", "To", "Result", "Counted", "Of", "State")
    assert rows[1][:6] == (date(2008, 5, 1), date(2008, 5, 31), 20.0, 40.0, 200.0, "provisional")


def test_several_charts_are_told_in_one_table_and_one_legend() -> None:
    full, empty = series_chart(robbery()), series_chart(judged([]))
    heads, first, second = overview([full, empty])
    assert dict(zip(heads, first, strict=True))["Latest result"] == 401.0
    assert dict(zip(heads, first, strict=True))["Against target"] == "Amber"
    assert dict(zip(heads, second, strict=True))["To"] is None
    assert [key.words for key in legend_of_all([full, empty])] == [
        *("Result", "Improvement", "Concern", "Mean", "Limits", "Target", "Trajectory")
    ]


@pytest.mark.parametrize("figures", [[1e308, -1e308], [1.7e308] * 8, [1e16, 2], [-1.7e308]])
def test_figures_that_no_scale_holds_are_told_and_not_drawn(figures: list[float]) -> None:
    chart = series_chart(judged(by_month(figures)))
    assert chart.empty == said.TOO_LARGE
    assert chart.lines == ()
    assert chart.spots
    assert scale(chart, 4)
    assert len(table(chart)) == len(figures) + 1


@pytest.mark.parametrize("figures", [[5e-324, 0], [5e-324], [1e-300] * 3, [0, 0, 0], [1e15, 1e15 - 1]])
def test_figures_of_any_other_size_are_drawn(figures: list[float]) -> None:
    chart = series_chart(judged(by_month(figures)))
    assert not chart.empty
    assert chart.low < chart.high
    assert all(len(text) < 24 for _, text in scale(chart, 4))


numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@given(st.lists(st.none() | numbers, min_size=1, max_size=40))
def test_all_that_is_drawn_lies_on_the_scale(figures: list[float | None]) -> None:
    chart = series_chart(judged(by_month(figures, date(2005, 4, 1))))
    drawn = [value for line in chart.lines for _, value in line.points]
    assert chart.low < chart.high
    assert all(chart.low <= value <= chart.high for value in drawn)
    assert all(
        chart.first.toordinal() <= day <= chart.last.toordinal() + 1 for line in chart.lines for day, _ in line.points
    )


@given(st.lists(numbers, min_size=2, max_size=12), st.integers(2, 8))
@example([372341.0, 372341.0], 2)
def test_the_numbers_of_the_scale_are_round_few_and_told_apart(figures: list[float], most: int) -> None:
    chart = series_chart(judged(by_month(figures)))
    marks = scale(chart, most)
    assert 2 <= len(marks) <= max(most + 2, 5)
    assert len({text for _, text in marks}) == len(marks)
    slack = (chart.high - chart.low) * 1e-6
    assert all(chart.low - slack <= value <= chart.high + slack for value, _ in marks)
