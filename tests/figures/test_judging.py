"""A series judged whole: the year, the colour and its sentence, the chart beside it, remarks, overrides, ranks."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control.chart import ControlRebase
from spp_desktop.figures.judging.judged import NO_MONTHS, TOO_FAR_APART, Judged, judge, month_unit_of
from spp_desktop.figures.judging.series import Reading, Series
from spp_desktop.figures.rag.colours import ColourOverride, LastYear, Tolerance
from tests.figures.results_made import (
    LAST_YEAR,
    OCTOBER,
    SO_FAR,
    aims,
    by_month,
    by_quarter,
    made,
    month,
    over,
    robberies,
)

SENTENCE = (
    "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target 4,704); "
    "0.8% over, inside the 5% tolerance."
)
REASON = "The recount of September is not finished"
GBH = Break(date(2008, 4, 1), "Serious assaults are counted anew")


def said(series: Series, as_at: date = OCTOBER) -> str:
    return judge(series, as_at).sentence


def remark(series: Series, as_at: date = OCTOBER) -> str:
    return judge(series, as_at).judgement.facts.remark


# The worked year


def test_the_sentence_of_the_worked_year() -> None:
    found: Any = judge(robberies(), OCTOBER)
    assert found.sentence == SENTENCE
    assert (found.year, found.kind, found.latest.value, len(found.used)) == (2008, "month", 401, 6)
    assert (found.look.word, found.look.shape, found.remark) == ("Amber", "triangle", "")
    assert found.direction == "no clear change: 2,336 after 2,414, down 3.2%; such a difference can well be chance"


def test_the_other_method_gives_the_other_colour() -> None:
    assert said(robberies(trajectory="straight")) == (
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,352 (straight, target 4,704); "
        "0.7% under, which meets it."
    )


def test_a_year_that_is_over_is_held_against_its_target() -> None:
    series = replace(robberies(), readings=(*by_month(2007, LAST_YEAR), *by_month(2008, [400] * 12)))
    assert said(series, date(2009, 5, 20)) == (
        "Amber: 4,800 robberies 2008-2009 against a target of 4,704; 2% over, inside the 5% tolerance."
    )


def test_a_plan_that_is_over_is_judged_by_its_last_year() -> None:
    since = (*by_month(2007, LAST_YEAR), *by_month(2008, [400] * 12), *by_month(2009, [100] * 12))
    over = replace(robberies(), readings=since, ends=2008)
    assert judge(over, date(2010, 5, 20)).year == 2008
    assert said(over, date(2010, 5, 20)).startswith("Amber: 4,800 robberies 2008-2009")
    # Without results of its last year it is still judged by that year.
    assert judge(replace(over, readings=tuple(by_month(2007, LAST_YEAR))), date(2010, 5, 20)).year == 2008
    # While the plan runs, a year without a target is the one judged.
    assert judge(replace(over, ends=2010), date(2010, 3, 31)).year == 2009


@pytest.mark.parametrize(
    ("known", "unit"),
    [
        ({}, "robberies a month"),
        ({"unit": ""}, "a month"),
        ({"measure": "level"}, "robberies"),
        ({"measure": "level", "unit": "%"}, "%"),
        ({"measure": "percentage", "unit": ""}, "%"),
    ],
)
def test_a_chart_is_in_the_unit_of_single_months(known: dict[str, Any], unit: str) -> None:
    assert month_unit_of(judge(robberies(**known), OCTOBER)) == unit


# Which year


@pytest.mark.parametrize(
    ("as_at", "year", "period"),
    [
        (date(2007, 3, 31), 2006, "2006-2007"),
        (date(2008, 4, 5), 2008, "2008-2009"),
        (date(2008, 5, 1), 2008, "April 2008"),
        (date(2008, 9, 29), 2008, "April to August 2008"),
        (date(2009, 4, 5), 2008, "April to September 2008"),
        (date(2010, 4, 5), 2009, "2009-2010"),
        (date(2026, 4, 5), 2009, "2009-2010"),
    ],
)
def test_the_year_judged(as_at: date, year: int, period: str) -> None:
    found = judge(robberies(targets=aims(y2008="4%", y2009="4%")), as_at)
    assert (found.year, found.judgement.facts.period) == (year, period)


def test_a_year_without_a_result_yet_leaves_the_one_before_judged() -> None:
    series = robberies(targets=aims(y2008="4%", y2009="4%"))
    assert said(series, date(2009, 4, 5)) == SENTENCE
    assert said(series, date(2009, 5, 5)) == f"{SENTENCE} There is no result of 2009-2010 yet."
    later = replace(series, readings=(*series.readings, month(2009, 0, 390)))
    assert judge(later, date(2009, 5, 5)).year == 2009
    assert said(robberies(), date(2009, 5, 5)) == SENTENCE


def test_an_indicator_with_only_a_year_s_result() -> None:
    last = over(date(2007, 4, 1), date(2008, 3, 31), 70)
    this = over(date(2008, 4, 1), date(2009, 3, 31), 74)
    series = made([last, this], measure="percentage", polarity="higher", unit="%", targets=aims("higher", y2008="75%"))
    assert said(series) == "No data: there is no result for 2008-2009."
    assert judge(series, OCTOBER).latest is last
    assert said(series, date(2009, 4, 5)) == (
        "Amber: 74% 2008-2009 against a target of 75%; 1 point under, 1.3% of it, inside the 5% tolerance."
    )


def test_nothing_at_all() -> None:
    found = judge(made(targets=aims(y2008="4%")), OCTOBER)
    assert (found.latest, found.used, found.chart, found.no_chart, found.direction) == (None, (), None, NO_MONTHS, "")
    assert (found.judgement.state, found.change, found.across, found.standing) == ("no data", None, (), None)
    assert found.sentence == (
        "No data: there is no result for 2008-2009. The target is 4% on 2007-2008, which has no whole year of results."
    )
    assert judge(made(), OCTOBER).judgement.state == "no target"


# The states without a colour, and what is said of the figures


def test_a_benchmark_year_and_too_early() -> None:
    assert said(robberies(targets=aims(y2008="Benchmark & report"))) == (
        "Benchmark year: the year sets a benchmark and has no target."
    )
    early = replace(robberies(), rule=Tolerance(5, first_month=7))
    assert judge(early, OCTOBER).judgement.state == "too early"
    part = replace(early, readings=(*by_month(2007, LAST_YEAR), over(date(2008, 4, 1), date(2008, 9, 30), 2336)))
    assert judge(part, OCTOBER).judgement.state == "too early"


def test_provisional_and_revised_figures_are_said_to_be() -> None:
    series = robberies()
    for state in ("revised", "provisional"):
        series = replace(series, readings=(*series.readings[:-1], series.readings[-1]._replace(state=state)))
        assert f"2,336 robberies April to September 2008 ({state}) against" in said(series)


def test_a_missing_month_counts_on_neither_side_and_is_said() -> None:
    one = made([*by_month(2007, LAST_YEAR), *by_month(2008, [398, None, 371])], targets=aims(y2008="4%"))
    assert remark(one) == "1 month has no result and counts on neither side."
    two = made([*by_month(2007, LAST_YEAR), *by_month(2008, [398, None, None, 371])], targets=aims(y2008="4%"))
    assert remark(two) == "2 months have no result and count on neither side."
    assert judge(one, OCTOBER).chart is not None


def test_a_break_is_said_where_the_aim_rests_on_what_came_before() -> None:
    told = (
        "Counted in another way from 1 Apr 2008 (Serious assaults are counted anew): "
        "what came before cannot be compared."
    )
    broken = replace(robberies(), breaks=(GBH,))
    assert said(broken) == f"{SENTENCE} {told}"
    assert judge(broken, OCTOBER).direction.endswith(told)
    assert judge(broken, OCTOBER).across == (GBH,)
    level = robberies(targets=aims(y2008="4704", kind="level"))
    assert remark(replace(level, breaks=(GBH,))) == told
    straight = robberies(targets=aims(y2008="4704", kind="level"), trajectory="straight")
    assert remark(replace(straight, breaks=(GBH,))) == ""
    within = Break(date(2008, 6, 1), "Again")
    assert remark(replace(straight, breaks=(within,))).startswith("Counted in another way from 1 Jun 2008")
    share = made(
        [*by_month(2007, [(1, 5)] * 12), *by_month(2008, [(1, 5)])],
        {"breaks": (GBH,)},
        measure="percentage",
        unit="%",
        targets=aims("higher", y2008="23%"),
    )
    assert remark(share) == told
    survey = made(by_quarter(2008, [85]), {"breaks": (GBH,)}, measure="survey", targets=aims("higher", y2008="85%"))
    assert remark(survey) == ""


def test_an_override_is_of_its_own_period_only() -> None:
    over_it = ColourOverride("green", REASON, "ACC Crime", date(2008, 10, 14))
    series = replace(robberies(), overrides={date(2008, 9, 30): over_it})
    assert said(series) == f"Green by override of ACC Crime, 14 Oct 2008: {REASON}. By the rule {SENTENCE}"
    later = replace(series, readings=(*series.readings, month(2008, 6, 460)))
    assert judge(later, date(2008, 11, 30)).judgement.override is None
    assert judge(replace(made(), overrides={date(2008, 9, 30): over_it}), OCTOBER).judgement.override is None


def test_the_rule_of_last_year() -> None:
    series = replace(robberies(targets=aims(y2008="10%")), rule=LastYear())
    assert said(series).endswith("7.5% over, but better than 2,414 at the same time last year.")
    hole = [*by_month(2007, [*LAST_YEAR[:2], None, *LAST_YEAR[3:]]), *by_month(2008, SO_FAR)]
    level = made(hole, {"rule": LastYear()}, targets=aims(y2008="4000", kind="level"))
    assert judge(level, OCTOBER).judgement.because == "nothing of last year"


# Surveys, gaps and ranks


def test_a_survey_may_be_too_close_to_call() -> None:
    survey = made(
        by_quarter(2008, [85], size=1000),
        measure="survey",
        polarity="higher",
        unit="%",
        targets=aims("higher", y2008="85%"),
    )
    assert judge(survey, OCTOBER).judgement.state == "too close to call"
    pooled = replace(survey, readings=tuple(by_quarter(2008, [88, 88], size=1000)))
    found = judge(pooled, OCTOBER)
    assert found.judgement.state == "green"
    assert found.judgement.facts.period == "April to September 2008"
    widened = replace(pooled, readings=tuple(by_quarter(2008, [88, 88], size=1000, effect=10.0)))
    assert judge(widened, OCTOBER).judgement.state == "too close to call"


def gap_series(stated: Any, *years: int, white: float = 86, bme: float = 81) -> Series:
    readings = [
        one._replace(population=name, size=size)
        for year in years
        for name, value, size in (("white", white, 2000), ("BME", bme + (year < 2008), 400))
        for one in by_quarter(year, [value])
    ]
    return made(readings, measure="survey", polarity="higher", unit="%", targets=stated)


@pytest.mark.parametrize(
    ("stated", "state", "target"),
    [
        (aims("higher", y2008="gap of 10 points"), "green", 10),
        (aims("higher", y2008="gap of 4 points"), "too close to call", 4),
        (aims("higher", y2008="gap of 1 point"), "red", 1),
        (aims("higher", y2008="-1%pts"), "too close to call", 3),
    ],
)
def test_a_gap_is_narrow_enough_or_not(stated: Any, state: str, target: int) -> None:
    found: Any = judge(gap_series(stated, 2007, 2008), OCTOBER)
    assert (found.judgement.state, found.aim.target) == (state, target)
    assert found.judgement.facts.better == "lower"
    assert (found.chart, found.no_chart) == (None, NO_MONTHS)
    assert (found.latest.last, found.kind) == (date(2008, 6, 30), "quarter")
    assert found.direction == "no clear change: 5 after 4, up 1 point"


def test_a_gap_in_the_first_year_and_without_results() -> None:
    first = judge(gap_series(aims("higher", y2008="-1%pts"), 2008), OCTOBER)
    assert first.judgement.facts.remark == "The target is -1%pts on 2007-2008, which has no whole year of results."
    none = gap_series(aims("higher", y2008="gap of 4 points"), 2007)
    assert judge(none, OCTOBER).judgement.state == "no data"


RATES = {"Own": 12.4, "A": 10.1, "B": 15.3, "C": 11.9}


@pytest.mark.parametrize(
    ("stated", "state", "end"),
    [
        (
            "best or second best",
            "red",
            "3rd 2007-2008 against a target of 2nd; 1 place behind, outside the 5% tolerance.",
        ),
        ("3rd", "green", "3rd 2007-2008 against a target of 3rd; exactly on it, which meets it."),
        ("top quartile", "red", "3rd 2007-2008 against a target of 1st; 2 places behind, outside the 5% tolerance."),
        ("top half", "red", "3rd 2007-2008 against a target of 2nd; 1 place behind, outside the 5% tolerance."),
    ],
)
def test_a_rank_among_the_most_similar_forces(stated: str, state: str, end: str) -> None:
    series = replace(robberies(targets=aims(y2008=stated)), peers={2007: RATES}, force="Own")
    found: Any = judge(series, OCTOBER)
    assert found.sentence == f"{state.capitalize()}: {end}"
    assert (found.standing.words, found.used, found.direction) == ("3rd of 4", (), "")
    assert found.chart.settings.target is None


def test_a_rank_that_cannot_be_told() -> None:
    average = replace(robberies(targets=aims(y2008="better than peers' average")), peers={2007: RATES}, force="Own")
    assert judge(average, OCTOBER).judgement.state == "no target"
    assert "has no number to judge by" in said(average)
    alone = robberies(targets=aims(y2008="3rd"))
    assert said(alone) == "No data: there is no result for 2008-2009."
    unknown = replace(alone, peers={2007: {**RATES, "Own": None}}, force="Own")
    assert said(unknown).endswith("There is no rate of this force among those of 2007-2008.")
    neutral = replace(robberies(polarity="neutral"), peers={2007: RATES}, force="Own")
    assert judge(neutral, OCTOBER).standing is None
    assert judge(replace(alone, peers={2007: RATES}, force="Another"), OCTOBER).standing is None


# The chart beside it


def test_the_chart_is_of_single_months_with_a_twelfth_of_the_target() -> None:
    found: Any = judge(replace(robberies(), readings=(*robberies().readings, *by_quarter(2006, [1, 2]))), OCTOBER)
    assert (len(found.chart.days), found.chart.settings.target, found.no_chart) == (18, 392, "")
    assert found.chart.assurance_icon == "inconsistent"
    cut: Any = judge(robberies(targets=aims(y2008="5%")), OCTOBER)
    assert cut.chart.settings.target == Fraction(4655, 12)
    share: Any = judge(
        made(by_month(2008, [20.5, 21.5]), measure="percentage", targets=aims("higher", y2008="23%")), OCTOBER
    )
    assert share.chart.settings.target == 23
    assert judge(made(by_month(2008, SO_FAR)), OCTOBER).chart.settings.target is None  # type: ignore[union-attr] # there is one


def test_the_settings_of_the_indicator_are_those_of_the_chart() -> None:
    rebases = tuple(ControlRebase(day, "A new unit", "ACC Crime") for day in (date(2008, 4, 1), date(2008, 12, 1)))
    found: Any = judge(replace(robberies(screened=False, fix_after=12, beyond_counts=True), rebases=rebases), OCTOBER)
    settings = found.chart.settings
    assert (settings.better, settings.screened, settings.fix_after, settings.beyond_counts) == (
        "lower",
        False,
        12,
        True,
    )
    assert settings.rebases == rebases[:1]
    assert [segment.start for segment in found.chart.segments] == [0, 12]


def test_a_green_that_is_hit_or_miss_is_remarked_on() -> None:
    found = judge(robberies(trajectory="straight"), OCTOBER)
    assert found.judgement.state == "green"
    assert found.remark == "Green now, but hit or miss: the process as it is will also miss this target."


def test_exact_decimals_lie_on_their_limits() -> None:
    values = [0.1, 0.3] * 7
    found: Any = judge(made(by_month(2006, values[:12]) + by_month(2007, values[12:]), measure="level"), OCTOBER)
    assert found.chart.segments[0].mean == 0.2
    limit = Fraction("0.2") + Fraction("2.66") * Fraction("0.2")
    assert found.chart.segments[0].limits.upper == float(limit)


def test_values_too_far_apart_have_no_chart() -> None:
    found = judge(made(by_month(2008, [1e308, -1e308, 1e308]), measure="level"), OCTOBER)
    assert (found.chart, found.no_chart) == (None, TOO_FAR_APART)


# What must hold of any series

counts = st.lists(st.integers(0, 600) | st.none(), min_size=1, max_size=12)
years = st.tuples(st.lists(st.integers(1, 600), min_size=12, max_size=12), counts)


def of_years(last: list[int], this: list[int | None], **indicator: Any) -> Series:
    return (
        robberies(**indicator)
        if not this
        else replace(robberies(**indicator), readings=(*by_month(2007, last), *by_month(2008, this)))
    )


def judged(series: Series) -> Judged:
    return judge(series, date(2009, 3, 31))


@given(years, st.randoms())
def test_the_order_of_entry_changes_nothing(made_of: Any, random: Random) -> None:
    series = of_years(*made_of)
    mixed = random.sample(series.readings, len(series.readings))
    one, other = judged(series), judged(replace(series, readings=tuple(mixed)))
    assert (one.sentence, one.direction, one.chart, one.aim) == (
        other.sentence,
        other.direction,
        other.chart,
        other.aim,
    )


@given(years, st.sampled_from([2, 3, 10]))
def test_counting_in_another_unit_changes_no_colour(made_of: Any, times: int) -> None:
    series = of_years(*made_of)

    def scaled(one: Reading) -> Reading:
        return one._replace(value=None if one.value is None else one.value * times)

    other = judged(replace(series, readings=tuple(map(scaled, series.readings))))
    assert judged(series).judgement.state == other.judgement.state
    assert getattr(judged(series).chart, "rules", None) == getattr(other.chart, "rules", None)


@given(years, st.integers(1, 100))
def test_shifting_every_value_shifts_the_limits(made_of: Any, step: int) -> None:
    series = of_years(*made_of, measure="level", targets={})
    shifted = tuple(one if one.value is None else one._replace(value=one.value + step) for one in series.readings)
    one, other = judged(series).chart, judged(replace(series, readings=shifted)).chart
    assert one is not None
    assert other is not None
    assert (one.zones, one.rules) == (other.zones, other.rules)
    for before, after in zip(one.segments, other.segments, strict=True):
        assert (before.limits is None) == (after.limits is None)
        if before.limits is not None and after.limits is not None:
            assert after.limits.upper == pytest.approx(before.limits.upper + step)


@given(years, st.integers(0, 200))
def test_fewer_crimes_are_never_worse(made_of: Any, fewer: int) -> None:
    order = ["green", "amber", "red"]
    series = of_years(*made_of)
    at = next((at for at, one in enumerate(series.readings) if one.first.year > 2007 and one.value), None)
    one = judged(series).judgement
    if at is None or one.state not in order:
        return
    less = [*series.readings]
    less[at] = less[at]._replace(value=max(0, float(less[at].value or 0) - fewer))
    if less[at].first.month < 4 and less[at].first.year == 2008:
        return  # last year's: it moves the target too
    other = judged(replace(series, readings=tuple(less))).judgement
    assert order.index(other.state) <= order.index(one.state)


@given(years)
def test_turning_the_direction_over_swaps_improvement_and_concern(made_of: Any) -> None:
    swap = {"special_cause_improvement": "special_cause_concern", "special_cause_concern": "special_cause_improvement"}
    charts = [judged(of_years(*made_of, polarity=better, targets={})).chart for better in ("lower", "higher")]
    one, other = ([point.kind for point in chart.points()] for chart in charts if chart is not None)
    assert [swap.get(kind, kind) for kind in one] == other
