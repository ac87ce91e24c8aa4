"""Every kind of target judged in its own way: its sentence word for word, and its colour whatever the numbers."""

# ruff: noqa: E501 - what is written and the whole sentence that is said of it stand on one line each

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.charts.series_chart import scale, series_chart
from spp_desktop.figures.judging.judged import NO_STEPS, Judged, judge
from spp_desktop.figures.judging.outlook import Outlook, compared, outlook
from spp_desktop.figures.judging.series import EarlierTarget
from spp_desktop.figures.rag.colours import LastYear
from spp_desktop.figures.scale import YES_NO, Scale
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Subject
from spp_desktop.plan.performance import Polarity, TargetKind
from tests.figures.results_made import LAST_YEAR, OCTOBER, SO_FAR, by_month, by_quarter, made, over

GRADES = Scale(("Inadequate", "Requires improvement", "Good", "Outstanding"))
THE_YEAR = (date(2008, 4, 1), date(2009, 3, 31))
THE_YEAR_BEFORE = (date(2007, 4, 1), date(2008, 3, 31))
ENDED = date(2009, 3, 31)


def target(text: str, kind: TargetKind | None = None, **known: Any) -> Stated:
    scale = known.get("scale")
    grades = scale.names if scale else ()
    unit, measure = known.get("unit", "robberies"), known.get("measure", "count")
    return read(text, Subject(known.get("polarity", "lower"), unit, measure, grades=grades, year=2008), kind)


def judged(text: str, this: Any = SO_FAR, last: Any = LAST_YEAR, on: date = OCTOBER, **known: Any) -> Judged:
    """A year's months, with those of the year before, against a target as it is typed."""
    rule = known.pop("rule", None)
    readings = [*by_month(2007, last), *by_month(2008, this)]
    return judge(made(readings, {"rule": rule} if rule else None, targets={2008: target(text, **known)}, **known), on)


def whole_years(stated: Stated, this: float, last: float, **known: Any) -> Judged:
    """One result for each of two years, of which the second is judged by a target."""
    readings = [over(*THE_YEAR_BEFORE, last), over(*THE_YEAR, this)]
    return judge(made(readings, targets={2008: stated}, **known), ENDED)


FIGURES = st.integers(0, 2000)
COUNT: dict[str, Any] = {}
ARRESTS: dict[str, Any] = {"unit": "arrests", "polarity": "higher"}
CALLS: dict[str, Any] = {"unit": "calls", "polarity": "neutral"}
MINUTES: dict[str, Any] = {"unit": "minutes", "measure": "level"}
GRADED: dict[str, Any] = {"unit": "", "measure": "grade", "scale": GRADES, "polarity": "higher"}
YES: dict[str, Any] = {"unit": "", "measure": "yes/no", "scale": YES_NO, "polarity": "higher"}
SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    (
        "no more than 4,800",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,400 (straight, target no more than "
        "4,800); 2.7% under, which meets it.",
    ),
    (
        "no more than 390 a month",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,340 (straight, target no more than "
        "4,680); 0.2% under, which meets it.",
    ),
    (
        "under 4,600",
        COUNT,
        "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,300 (straight, target less than "
        "4,600); 1.6% over, inside the 5% tolerance.",
    ),
    (
        "at least 5,000",
        ARRESTS,
        "Red: 2,336 arrests April to September 2008 against a trajectory of 2,500 (straight, target at least 5,000); "
        "6.6% under, outside the 5% tolerance.",
    ),
    (
        "no more than 5,000",
        CALLS,
        "Green: 2,336 calls April to September 2008 against a trajectory of 2,500 (straight, target no more than "
        "5,000); 6.6% under, which meets it.",
    ),
    (
        "between 4,600 and 4,800",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,300 to 2,400 (straight, target 4,600 "
        "to 4,800); within it, which meets it.",
    ),
    (
        "5,000 to 6,000",
        CALLS,
        "Red: 2,336 calls April to September 2008 against a trajectory of 2,500 to 3,000 (straight, target 5,000 to "
        "6,000); 6.6% under, outside the 5% tolerance.",
    ),
    (
        "reduce by 200",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,350 (straight, target 4,700); 0.6% "
        "under, which meets it.",
    ),
    (
        "no more than 4% increase",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against a trajectory of 2,548 (straight, target 5,096); 8.3% "
        "under, which meets it.",
    ),
    (
        "reduce",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against less than 2,414 at the same time last year; 3.2% under, "
        "which meets it.",
    ),
    (
        "increase",
        ARRESTS,
        "Amber: 2,336 arrests April to September 2008 against more than 2,414 at the same time last year; 3.2% under, "
        "inside the 5% tolerance.",
    ),
    (
        "maintain",
        COUNT,
        "Green: 2,336 robberies April to September 2008 against no more than 2,414 at the same time last year; 3.2% "
        "under, which meets it.",
    ),
    (
        "maintain",
        ARRESTS,
        "Amber: 2,336 arrests April to September 2008 against no less than 2,414 at the same time last year; 3.2% under, "
        "inside the 5% tolerance.",
    ),
    (
        "2,300 by September 2008",
        COUNT,
        "Amber: 2,336 robberies April to September 2008 against a target of 2,300; 1.6% over, inside the 5% tolerance.",
    ),
    (
        "1,100 by June 2008",
        COUNT,
        "Amber: 1,149 robberies April to June 2008 against a target of 1,100; 4.5% over, inside the 5% tolerance.",
    ),
    (
        "3,500 by December 2008",
        COUNT,
        "Too early: 2,336 robberies April to September 2008 against a target of 3,500, which holds from 31 Dec 2008 on.",
    ),
    (
        "all OCUs by March 2010",
        COUNT,
        "Not judged: the target is for a day, 31 Mar 2010, and no figure says whether it is kept.",
    ),
    ("TBC", COUNT, "Not judged: the target is still to be set (“TBC”)."),
    ("monitor", COUNT, "Not judged: it is only watched (“monitor”), and nothing is aimed at."),
    ("forecast 4,700", COUNT, "Not judged: “forecast 4,700” is a forecast, and nothing is aimed at."),
    ("Benchmark & report", COUNT, "Benchmark year: the year sets a benchmark and has no target."),
    (
        "10% below 2005-06",
        COUNT,
        "No target: there is nothing to judge for April to September 2008 against. The target, “10% below 2005-06”, is a "
        "change of 2005-2006, which has no whole year of results.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known", "sentence"), SENTENCES)
def test_the_sentence_of_each_kind(text: str, known: dict[str, Any], sentence: str) -> None:
    assert judged(text, **known).sentence == sentence


@pytest.mark.parametrize(
    ("text", "this", "sentence"),
    [
        ("within 8 minutes", 8.0, "Green: 8 minutes April 2008 against a target of no more than 8; exactly on it, which meets it."),
        ("under 8 minutes", 8.0, "Amber: 8 minutes April 2008 against a target of less than 8; exactly on it, inside the 5% tolerance."),
        ("at or below 9.2 minutes", 8.3, "Green: 8.3 minutes April 2008 against a target of no more than 9.2; 9.8% under, which meets it."),
        ("between 7 and 8", 8.5, "Red: 8.5 minutes April 2008 against a target of 7 to 8; 6.3% over, outside the 5% tolerance."),
        ("8", 10.0, "Amber: 10 minutes April 2008 against a trajectory of 9.9 (straight, target 8); 0.8% over, inside the 5% tolerance."),
    ],
)  # fmt: skip
def test_a_limit_of_a_level_holds_at_any_time_and_a_level_is_on_its_way(text: str, this: float, sentence: str) -> None:
    assert judged(text, [this], [10.1] * 12, **MINUTES).sentence == sentence


@pytest.mark.parametrize(
    ("text", "this", "known", "sentence"),
    [
        ("Good", [3], GRADED, "Green: Good April 2008 against a target of Good, which meets it."),
        ("at least Good", [2], GRADED, "Red: Requires improvement April 2008 against a target of Good, which misses it."),
        ("Yes", [1], YES, "Green: Yes April 2008 against a target of Yes, which meets it."),
        ("Yes", [0], YES, "Red: No April 2008 against a target of Yes, which misses it."),
        ("yes by 31 December 2008", [0], YES, "Too early: No April 2008 against a target of Yes, which holds from 31 Dec 2008 on."),
        ("by 31 December 2008", [1], YES, "Green: Yes April 2008 against a target of Yes, which meets it."),
        ("by 30 April 2008", [0], YES, "Red: No April 2008 against a target of Yes, which misses it."),
        ("reduce", [], COUNT, "No data: there is no result for 2008-2009."),
    ],
)  # fmt: skip
def test_grades_and_yes_or_no(text: str, this: list[float], known: dict[str, Any], sentence: str) -> None:
    found = judged(text, this, **known)
    assert found.sentence == sentence
    if "scale" in known:
        assert (found.chart, found.no_chart) == (None, NO_STEPS)


def test_a_grade_by_the_other_rule() -> None:
    better = judged("Good", [2], [1] * 12, rule=LastYear(), **GRADED)
    assert better.sentence == (
        "Amber: Requires improvement April 2008 against a target of Good; but better than Inadequate at the same time "
        "last year."
    )


def test_a_direction_without_last_year_is_not_judged() -> None:
    assert judged("reduce", SO_FAR, []).sentence == (
        "Not judged: the target is “reduce”, and the same period of last year has no result."
    )


def test_a_survey_that_should_rise_is_held_against_last_year_with_both_their_intervals() -> None:
    def survey(this: float) -> str:
        readings = [*by_quarter(2007, [84], size=1000), *by_quarter(2008, [this], size=1000)]
        known: dict[str, Any] = {"unit": "%", "measure": "survey", "polarity": "higher"}
        return judge(made(readings, targets={2008: target("increase", **known)}, **known), OCTOBER).judgement.state

    assert [survey(84.5), survey(86), survey(88), survey(80)] == [
        "too close to call",
        "too close to call",
        "green",
        "amber",
    ]


def test_a_survey_is_within_a_range_only_with_all_of_its_interval() -> None:
    def survey(this: float, size: int = 1000) -> str:
        readings = by_quarter(2008, [this], size=size)
        known: dict[str, Any] = {"unit": "%", "measure": "survey", "polarity": "neutral"}
        return judge(
            made(readings, targets={2008: target("between 40% and 50%", **known)}, **known), OCTOBER
        ).judgement.state

    assert [survey(45), survey(49), survey(51), survey(70)] == [
        "green",
        "too close to call",
        "too close to call",
        "red",
    ]
    assert survey(45, 50) == "too close to call"


def test_an_amount_a_month_of_a_level_is_held_against_months_alone() -> None:
    stated = target("100 a month", **MINUTES)
    by_quarters = judge(made(by_quarter(2008, [290]), targets={2008: stated}, **MINUTES), OCTOBER)
    assert by_quarters.sentence == "Not judged: the target is 100 a month, and the result is not of one month."
    by_months = judge(made(by_month(2008, [105]), targets={2008: stated}, **MINUTES), OCTOBER)
    assert by_months.judgement.state == "amber"


# Will we make it, and how it is drawn


@pytest.mark.parametrize(
    ("text", "known", "said"),
    [
        ("no more than 4,600", CALLS, "misses 4,600 by 1.6%"),
        ("at least 4,600", CALLS, "meets 4,600"),
        ("between 4,600 and 4,700", COUNT, "is between 4,600 and 4,700"),
        ("between 4,400 and 4,600", CALLS, "misses 4,600 by 1.6%"),
        ("4,700 to 4,800", CALLS, "misses 4,700 by 0.6%"),
        ("no more than 4,672", COUNT, "meets 4,672"),
        ("under 4,672", COUNT, "is 4,672 itself and so does not meet it"),
    ],
)
def test_the_year_s_end_against_a_limit_and_a_range(text: str, known: dict[str, Any], said: str) -> None:
    lines = outlook(judged(text, **known)).lines()
    assert lines[0] == f"Straight: 4,672 by 31 March 2009 (4,538 to 4,806), which {said}."
    assert any("months left must be" in line for line in lines) == (" to " not in text and "between" not in text)


@pytest.mark.parametrize("text", ["3,500 by December 2008", "reduce", "TBC", "forecast 4,700"])
def test_the_year_s_end_is_held_against_nothing_that_is_not_for_it(text: str) -> None:
    assert outlook(judged(text)).lines()[0] == "Straight: 4,672 by 31 March 2009 (4,538 to 4,806)."


@given(FIGURES, FIGURES, FIGURES)
def test_a_year_s_end_meets_a_range_from_end_to_end(value: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    end = Outlook(ENDED, Fraction(high), "neutral", "", low=Fraction(low))
    assert end.meets(Fraction(value)) == (low <= value <= high)
    for better in ("lower", "higher"):
        strict = Outlook(ENDED, Fraction(high), better, "", strict=True)
        assert strict.meets(Fraction(value)) == (value < high if better == "lower" else value > high)


def test_grades_are_told_and_drawn_by_name() -> None:
    found = judged("Good", [2, 2, 3], [1] * 12, **GRADED)
    assert found.direction == "up, which is better: Good after Inadequate"
    assert compared(found)[0].sentence == "June 2008 after June 2007: up, which is better: Good after Inadequate."
    assert judged("Good", [2], [2], **GRADED).direction == (
        "no change: Requires improvement after Requires improvement"
    )
    worse = judged("Good", [1], [2], **{**GRADED, "polarity": "lower"})
    assert worse.direction == "down, which is worse: Inadequate after Requires improvement"
    chart = series_chart(found)
    assert scale(chart, 9) == list(zip((1.0, 2.0, 3.0, 4.0), GRADES.names, strict=True))
    assert (chart.low, chart.high, chart.latest_words) == (0.5, 4.5, "Good, Jun 2008")
    assert [key.words for key in chart.legend] == ["Result", "Target Good"]
    assert chart.spots[-1].words == "June 2008: Good. A year before Inadequate."


# Wrong before, and right now


def test_no_complaints_after_36_is_nought_and_18_of_them_are_red() -> None:
    found: Any = judged("0", [3] * 6, [3] * 12, unit="complaints")
    assert (found.aim.target, found.judgement.state) == (0, "red")
    none = judged("0", [0] * 6, [3] * 12, unit="complaints")
    assert none.judgement.state == "green"


@pytest.mark.parametrize(
    ("text", "known", "last", "aim"),
    [
        ("no more than 1,200", {"unit": "crimes"}, [110] * 12, 1200),
        ("at or below 9.2 days", {"unit": "days", "measure": "level"}, [10.1] * 12, 9.2),
        ("within 8 minutes", {"unit": "minutes", "measure": "level"}, [9] * 12, 8),
        ("6", {"unit": "", "measure": "level"}, [9] * 12, 6),
        ("five per cent (about 2,300 fewer victims)", {"unit": "victims"}, [4000] * 12, 45_600),
        ("increase by 10%", {"unit": "arrests", "polarity": "higher"}, [100] * 12, 1320),
    ],
)
def test_a_target_is_what_it_says(text: str, known: dict[str, Any], last: list[float], aim: float) -> None:
    target_now = judged(text, last[:1], last, **known).aim.target
    assert float(target_now or 0) == aim


def test_more_arrests_aimed_at_are_not_green_at_fewer() -> None:
    assert judged("increase by 10%", [50] * 6, [100] * 12, **ARRESTS).judgement.state == "red"


# Targets that were changed


def test_what_ended_before_a_target_was_changed_stays_judged_by_it() -> None:
    old, new = target("4%"), target("1%")
    earlier = {2008: (EarlierTarget(date(2008, 11, 3), old, "The grant was cut", "A. Planner"),)}
    series = made([*by_month(2007, LAST_YEAR), *by_month(2008, [400] * 6)], targets={2008: new}, earlier=earlier)
    before = judge(series, date(2008, 12, 1))
    assert before.aim.target == 4704
    assert before.sentence == (
        "Amber: 2,400 robberies April to September 2008 against a trajectory of 2,352 (straight, target 4,704); 2% over, "
        "inside the 5% tolerance. It is judged by 4%, the target until 3 November 2008."
    )
    months = [*by_month(2007, LAST_YEAR), *by_month(2008, [400] * 8)]
    after: Any = judge(made(months, targets={2008: new}, earlier=earlier), date(2008, 12, 1))
    assert (after.aim.target, "until" in after.sentence) == (4851, False)


def test_of_several_changes_the_one_in_force_on_the_day_judges() -> None:
    stated = [target(f"{n}%") for n in (4, 3, 2, 1)]
    days = [date(2008, 6, 15), date(2008, 8, 15), date(2008, 10, 15)]
    earlier = {2008: tuple(EarlierTarget(day, was) for day, was in zip(days, stated, strict=False))}
    for count, wanted in ((1, 4), (2, 4), (3, 3), (4, 3), (5, 2), (6, 2), (7, 1)):
        months = [*by_month(2007, LAST_YEAR), *by_month(2008, [400] * count)]
        found = judge(made(months, targets={2008: stated[-1]}, earlier=earlier), date(2008, 12, 1))
        assert found.series.indicator.targets[2008].value == wanted


def test_a_target_that_was_taken_away_still_judges_what_ended_before() -> None:
    earlier = {2008: (EarlierTarget(date(2008, 11, 3), target("4%")),)}
    series = made([*by_month(2007, LAST_YEAR), *by_month(2008, SO_FAR)], targets={}, earlier=earlier)
    assert judge(series, OCTOBER).judgement.state == "green"
    later = made([*by_month(2007, LAST_YEAR), *by_month(2008, [*SO_FAR, 400, 400])], targets={}, earlier=earlier)
    assert judge(later, date(2008, 12, 1)).judgement.state == "no target"


# Every kind, whatever the numbers: a year that is over, by a rule of its own here


def _colour(off: float, aim: float, *, strict: bool = False) -> str:
    """Green on the right side, amber up to 5% of the aim off it, red beyond."""
    if off < 0 or (off == 0 and not strict):
        return "green"
    return "amber" if off * 100 <= 5 * abs(aim) else "red"


POLARITIES = st.sampled_from(("lower", "higher"))
MEASURES = st.sampled_from(("count", "level"))


@given(FIGURES, FIGURES, FIGURES, st.booleans(), st.sampled_from(("lower", "higher", "neutral")), MEASURES)
def test_limits(  # noqa: PLR0917 - drawn by name
    this: int, last: int, aim: int, strict: bool, polarity: Polarity, measure: str
) -> None:
    for kind, sign in (("ceiling", 1), ("floor", -1)):
        stated = Stated("x", aim, kind, star=False, strict=strict)  # type: ignore[arg-type] # one of two kinds
        found = whole_years(stated, this, last, polarity=polarity, measure=measure)
        assert found.judgement.state == _colour(sign * (this - aim), aim, strict=strict)
        assert found.aim.target == aim


@given(FIGURES, FIGURES, FIGURES, FIGURES, st.sampled_from(("lower", "higher", "neutral")), MEASURES)
def test_ranges(  # noqa: PLR0917 - drawn by name
    this: int, last: int, one: int, other: int, polarity: Polarity, measure: str
) -> None:
    low, high = sorted((one, other))
    found = whole_years(
        Stated("x", low, "range", star=False, upper=high), this, last, polarity=polarity, measure=measure
    )
    off, edge = (this - high, high) if this > high else (low - this, low)
    assert found.judgement.state == _colour(off, edge)
    assert (found.judgement.by_rule == "green") == (low <= this <= high)


@given(FIGURES, st.integers(1, 2000), st.integers(-90, 90), POLARITIES, MEASURES)
def test_changes(this: int, last: int, change: int, polarity: Polarity, measure: str) -> None:
    sign = 1 if polarity == "lower" else -1
    for kind, aim in (
        ("change on previous year", last * (100 - sign * change) / 100),
        ("change on base year", last * (100 - sign * change) / 100),
        ("amount change", last + change),
        ("point change", last + change),
    ):
        base = 2007 if kind == "change on base year" else None
        stated = Stated("x", change, kind, star=False, base_year=base)  # type: ignore[arg-type] # one of four kinds
        found = whole_years(stated, this, last, polarity=polarity, measure=measure)
        assert float(found.aim.target or 0) == pytest.approx(aim)
        if abs(aim - this) > 1e-6 and abs(abs(this - aim) * 100 - 5 * abs(aim)) > 1e-6:
            assert found.judgement.state == _colour(sign * (this - aim), aim)


@given(FIGURES, FIGURES, POLARITIES, MEASURES)
def test_directions(this: int, last: int, polarity: Polarity, measure: str) -> None:
    def state(kind: TargetKind) -> str:
        return whole_years(
            Stated("x", None, kind, star=False), this, last, polarity=polarity, measure=measure
        ).judgement.state

    sign = 1 if polarity == "lower" else -1
    assert state("reduce") == _colour(this - last, last, strict=True)
    assert state("increase") == _colour(last - this, last, strict=True)
    assert state("maintain") == _colour(sign * (this - last), last)


@given(st.integers(1, 4), st.integers(1, 4))
def test_steps_of_a_scale(this: int, aim: int) -> None:
    known = {**GRADED, "polarity": "lower"}  # a better grade is better, whatever else is
    stated = Stated("x", aim, "grade", star=False)
    assert whole_years(stated, this, 1, **known).judgement.state == ("green" if this >= aim else "red")


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 400), st.sampled_from(("month", "quarter"))
)
def test_an_amount_a_month_is_as_many_for_each_month_so_far(this: list[int], each: int, every: Any) -> None:
    stated = Stated("x", each, "ceiling", star=False, every=every)
    found = judge(made(by_month(2008, this), targets={2008: stated}), ENDED)
    a_year = each * {"month": 12, "quarter": 4}[every]
    assert found.aim.target == a_year
    assert float(found.aim.to_date or 0) == pytest.approx(a_year * len(this) / 12)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 5000), st.integers(0, 11))
def test_a_count_by_a_day_is_what_there_was_by_then(this: list[int], aim: int, at: int) -> None:
    due = by_month(2008, [0] * 12)[at].last
    found = judge(made(by_month(2008, this), targets={2008: Stated("x", aim, "by a date", star=False, due=due)}), ENDED)
    by_then = sum(this[: at + 1])
    assert found.finding.actual == by_then
    early = len(this) <= at
    assert found.judgement.state == ("too early" if early else _colour(by_then - aim, aim))


@given(FIGURES, FIGURES, st.sampled_from(sorted(KINDS)))
def test_every_kind_gives_a_sentence_with_its_state(this: int, last: int, kind: TargetKind) -> None:
    more: dict[str, Any] = {"upper": last + 1} if kind == "range" else {}
    more |= {"base_year": 2007} if kind == "change on base year" else {}
    more |= {"due": ENDED} if kind == "by a date" else {}
    numbered = kind not in {"reduce", "increase", "maintain", "to be confirmed", "monitor", "benchmark"}
    found = whole_years(Stated("“x”", last if numbered else None, kind, star=False, **more), this, last)
    assert found.sentence.startswith(f"{found.look.word}: ")
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence
    unjudged = kind in {"to be confirmed", "monitor", "forecast"}
    assert (found.judgement.state == "not judged") == unjudged
