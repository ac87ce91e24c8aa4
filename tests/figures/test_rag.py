"""Colours by the plan's rule, the states without one, overrides, and the sentence for each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.exact import exact
from spp_desktop.figures.rag import colours as rag
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import ColourOverride, Facts, LastYear, Tolerance, judge
from spp_desktop.figures.survey import Interval, Sample, gap, wilson
from spp_desktop.figures.trajectory import of_sum
from tests.figures.vectors import VECTORS

WAYS = {"increase": "higher", "decrease": "lower"}
ROBBERIES = Facts(
    actual=2336,
    aim=of_sum(4704, [VECTORS["trajectory"]["last_year"]]).to_date(range(6)),
    better="lower",
    unit="robberies",
    period="April to September 2008",
    target=4704,
    method="last year's profile",
    last_year=2414,
    months=6,
)
ON = date(2008, 10, 14)


def said(facts: Facts, rule: rag.ColourRule | None = None, override: ColourOverride | None = None) -> str:
    return rag_words.sentence(judge(facts, rule or Tolerance(), override))


# The rules


@pytest.mark.parametrize("row", VECTORS["rag"], ids=lambda row: f"{row['actual']} for {row['target']}")
def test_tolerance_bands(row: dict[str, Any]) -> None:
    size = row["tolerance"] * 100 if row["kind"] == "relative" else row["tolerance"]
    facts = Facts(row["actual"], row["target"], WAYS[row["direction"]])  # type: ignore[arg-type] # a polarity
    assert judge(facts, Tolerance(size, row["kind"])).state == row["expect"]


@pytest.mark.parametrize("row", VECTORS["rag_mps2011"], ids=lambda row: f"{row['actual']} after {row['last_year']}")
def test_the_metropolitan_police_rule(row: dict[str, Any]) -> None:
    facts = Facts(row["actual"], row["target"], WAYS[row["direction"]], last_year=row["last_year"])  # type: ignore[arg-type] # a polarity
    assert judge(facts, LastYear()).state == row["expect"]


def test_the_edge_of_a_band_is_inside_it_in_any_kind_of_number() -> None:
    for number in (float, Decimal, Fraction):
        made = judge(Facts(number("21.85"), number("23"), "higher"), Tolerance(5))
        assert (made.state, made.off, made.allowed) == ("amber", Fraction("1.15"), Fraction("1.15"))
        assert judge(Facts(number("21.84"), number("23"), "higher"), Tolerance(5)).state == "red"


def test_a_tolerance_about_an_aim_below_nought() -> None:
    assert judge(Facts(-9.7, -10, "lower"), Tolerance(5)).state == "amber"
    assert judge(Facts(-9.4, -10, "lower"), Tolerance(5)).state == "red"


def test_the_same_as_last_year_is_red_and_says_so() -> None:
    assert said(replace(ROBBERIES, last_year=2336), LastYear()) == (
        "Red: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target "
        "4,704); 0.8% over, and the same as last year, which the rule leaves open and is taken as red."
    )


def test_without_last_year_that_rule_gives_only_green() -> None:
    assert judge(replace(ROBBERIES, last_year=None, actual=2300), LastYear()).state == "green"
    made = judge(replace(ROBBERIES, last_year=None), LastYear())
    assert (made.state, made.because) == ("no data", "nothing of last year")
    assert rag_words.sentence(made).endswith("the rule needs the same period of last year, which has no result.")


# The states without a colour


@pytest.mark.parametrize(
    ("facts", "state", "sentence"),
    [
        (Facts(5, None, "lower", benchmark=True), "benchmark year", "the year sets a benchmark and has no target."),
        (Facts(None, None, "lower"), "no target", "there is nothing to judge against."),
        (Facts(None, 5, "lower", period="May 2008"), "no data", "there is no result for May 2008."),
        (
            Facts(3, 5, "neutral", period="May 2008"),
            "no target",
            "neither higher nor lower is better, so there is nothing to judge for May 2008 against.",
        ),
        (
            Facts(41, 40, "lower", "crimes", "April 2008", months=1),
            "too early",
            "41 crimes April 2008 against a target of 40; but the rule judges from 3 months of results.",
        ),
    ],
)
def test_states_that_are_no_colour(facts: Facts, state: str, sentence: str) -> None:
    made = judge(facts, Tolerance(first_month=3))
    assert made.state == state
    assert made.off is None
    assert rag_words.sentence(made) == f"{made.look.word}: {sentence}"


def test_a_rule_judges_from_its_first_month() -> None:
    assert judge(replace(ROBBERIES, months=3), Tolerance(first_month=3)).state == "amber"
    assert judge(replace(ROBBERIES, months=2), LastYear(first_month=3)).state == "too early"
    assert judge(replace(ROBBERIES, months=None), Tolerance(first_month=3)).state == "amber"


# Surveys


def in_percent(found: Interval) -> Interval:
    return Interval(found.value * 100, found.low * 100, found.high * 100)


def of_survey(said_so: int, target: float = 85) -> Facts:
    found = in_percent(wilson(Sample(said_so / 1000, 1000)))
    return Facts(found.value, target, "higher", "%", "2008-2009", interval=found)


def test_a_survey_may_be_too_close_to_call() -> None:
    assert said(of_survey(850)) == (
        "Too close to call: 85% 2008-2009 against a target of 85%; exactly on it, "
        "and the interval from 82.7% to 87.1% reaches both sides of it."
    )
    assert said(of_survey(880)) == (
        "Green: 88% 2008-2009 against a target of 85%; 3 points over, "
        "and all of the interval from 85.8% to 89.9% meets it."
    )


def test_a_survey_that_misses_is_amber_or_red_by_the_rule() -> None:
    assert said(of_survey(820)) == (
        "Amber: 82% 2008-2009 against a target of 85%; 3 points under, 3.5% of it, inside the 5% tolerance."
    )
    assert judge(of_survey(700), Tolerance()).state == "red"
    assert judge(replace(of_survey(700), last_year=65), LastYear()).state == "amber"


def test_a_gap_is_judged_by_its_interval() -> None:
    found = in_percent(gap(Sample(0.86, 2000), Sample(0.81, 400)))
    facts = Facts(round(found.value, 1), 3.8, "lower", "percentage points", interval=found)
    assert said(facts, Tolerance(1, "points")) == (
        "Too close to call: 5 percentage points against a target of 3.8; 1.2 points over, "
        "and the interval from 1.1 to 9.4 reaches both sides of it."
    )


# The sentence


def test_the_sentence_of_the_worked_year() -> None:
    assert said(ROBBERIES) == (
        "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, "
        "target 4,704); 0.8% over, inside the 5% tolerance."
    )


@pytest.mark.parametrize(
    ("change", "rule", "end"),
    [
        ({"actual": 2500}, Tolerance(), "7.9% over, outside the 5% tolerance."),
        ({"actual": 2300}, Tolerance(), "0.8% under, which meets it."),
        ({"actual": 2317}, Tolerance(), "less than 0.1% under, which meets it."),
        ({"aim": 2336}, Tolerance(), "exactly on it, which meets it."),
        ({"aim": 0}, Tolerance(), "2,336 robberies over, outside the 5% tolerance."),
        ({}, Tolerance(20, "points"), "18.6 robberies over, inside the tolerance of 20 robberies."),
        ({}, Tolerance(2.5, version="rule 2, 1 April 2009"), "inside the 2.5% tolerance (rule 2, 1 April 2009)."),
        ({}, LastYear(), "0.8% over, but better than 2,414 at the same time last year."),
        ({"last_year": 2300}, LastYear(), "0.8% over, and worse than 2,300 at the same time last year."),
        (
            {"remark": "The trajectory is straight."},
            Tolerance(),
            "inside the 5% tolerance. The trajectory is straight.",
        ),
    ],
)
def test_how_a_sentence_ends(change: dict[str, Any], rule: rag.ColourRule, end: str) -> None:
    assert said(replace(ROBBERIES, **change), rule).endswith(f"; {end}") or said(
        replace(ROBBERIES, **change), rule
    ).endswith(f", {end}")


@pytest.mark.parametrize(
    ("facts", "rule", "sentence"),
    [
        (
            Facts(21.85, 23, "higher", "%", "2008-2009", state="provisional"),
            Tolerance(),
            "Amber: 21.85% 2008-2009 (provisional) against a target of 23%; 1.2 points under, 5% of it, "
            "inside the 5% tolerance.",
        ),
        (
            Facts(23.116438, 22, "higher", "%", target=23, method="straight"),
            Tolerance(1, "points"),
            "Green: 23.1% against a trajectory of 22% (straight, target 23%); 1.1 points over, which meets it.",
        ),
        (
            Facts(22, 23, "higher", "%"),
            Tolerance(1, "points"),
            "Amber: 22% against a target of 23%; 1 point under, inside the tolerance of 1 point.",
        ),
        (
            Facts(3, 2, "lower", "rank", "2008-2009"),
            Tolerance(1, "points"),
            "Amber: 3rd 2008-2009 against a target of 2nd; 1 place behind, inside the tolerance of 1 place.",
        ),
        (
            Facts(4, 2, "lower", "rank"),
            Tolerance(),
            "Red: 4th against a target of 2nd; 2 places behind, outside the 5% tolerance.",
        ),
        (
            Facts(1, 2, "lower", "rank"),
            Tolerance(2, "points"),
            "Green: 1st against a target of 2nd; 1 place ahead, which meets it.",
        ),
        (
            Facts(5, 4.75, "lower"),
            Tolerance(2),
            "Red: 5 against a target of 4.75; 5.3% over, outside the 2% tolerance.",
        ),
        (Facts(5, 4, "lower"), Tolerance(), "Red: 5 against a target of 4; 25% over, outside the 5% tolerance."),
        (
            Facts(5, 5, "lower", method="straight"),
            Tolerance(),
            "Green: 5 against a trajectory of 5 (straight); exactly on it, which meets it.",
        ),
    ],
)
def test_sentences_in_other_units(facts: Facts, rule: rag.ColourRule, sentence: str) -> None:
    assert said(facts, rule) == sentence


@pytest.mark.parametrize(
    ("actual", "end"),
    [
        (21.84, "5.04% of it, outside the 5% tolerance."),
        (21.85, "5% of it, inside the 5% tolerance."),
        (21.86, "4.96% of it, inside the 5% tolerance."),
        (21.849, "5.004% of it, outside the 5% tolerance."),
        (21.7, "5.7% of it, outside the 5% tolerance."),
        (21.84999999999, "5% of it, outside the 5% tolerance."),
    ],
)
def test_a_difference_is_told_from_the_tolerance(actual: float, end: str) -> None:
    assert said(Facts(actual, 23, "higher", "%")).endswith(f" points under, {end}")


# Overrides


def test_an_override_is_shown_as_one() -> None:
    made = judge(ROBBERIES, Tolerance(), ColourOverride("green", "A recount is due.", "K Lee", ON))
    assert (made.state, made.by_rule, made.look) == ("green", "amber", rag.LOOKS["green"])
    assert rag_words.sentence(made).startswith(
        "Green by override of K Lee, 14 Oct 2008: A recount is due. By the rule Amber: 2,336 robberies"
    )


@pytest.mark.parametrize(("reason", "author"), [("", "K Lee"), ("A recount", " ")])
def test_an_override_has_a_name_and_a_reason(reason: str, author: str) -> None:
    with pytest.raises(ValueError, match="named person, for a reason"):
        ColourOverride("green", reason, author, ON)


# Periods


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2008, 4, 1), (2008, 4, 30), "April 2008"),
        ((2009, 1, 1), (2009, 1, 31), "January 2009"),
        ((2008, 4, 1), (2008, 9, 30), "April to September 2008"),
        ((2008, 4, 1), (2009, 3, 31), "2008-2009"),
        ((2008, 10, 1), (2009, 9, 30), "October 2008 to September 2009"),
        ((2008, 4, 1), (2009, 4, 30), "April 2008 to April 2009"),
        ((2008, 4, 1), (2008, 4, 29), "1 Apr 2008 to 29 Apr 2008"),
        ((2008, 4, 2), (2008, 4, 30), "2 Apr 2008 to 30 Apr 2008"),
    ],
)
def test_a_period_as_sentences_name_it(first: tuple[int, int, int], last: tuple[int, int, int], words: str) -> None:
    assert rag_words.period_words(date(*first), date(*last)) == words


# For an export


def test_a_judgement_as_rows() -> None:
    override = ColourOverride("red", "Recount", "K Lee", ON)
    made = dict(rag_words.rows(judge(ROBBERIES, Tolerance(version="rule 1"), override)))
    assert made == {
        "Judgement": "Red",
        "Rule": "Green at or better than the aim, amber within 5% of it, red beyond.",
        "Rule version": "rule 1",
        "Period": "April to September 2008",
        "Result": "2,336 robberies",
        "State of the result": "final",
        "Trajectory to date": "2,317",
        "Method of the trajectory": "last year's profile",
        "Target": "4,704",
        "Same period last year": "2,414",
        "Arithmetic": "0.8% over",
        "By the rule": "Amber",
        "Override": "Recount (K Lee, 14 Oct 2008)",
    }
    survey = dict(rag_words.rows(judge(of_survey(850), LastYear())))
    assert survey["Interval of the result"] == "from 82.7% to 87.1%"
    assert survey["Target"] == "85%"
    assert "Trajectory to date" not in survey
    assert survey["Rule"].endswith("(Metropolitan Police 2011).")
    assert rag_words.rows(judge(Facts(None, None, "lower"), Tolerance(1, "points"))) == [
        ("Judgement", "No target"),
        ("Rule", "Green at or better than the aim, amber within 1 point of it, red beyond."),
    ]


def test_every_state_has_a_word_and_a_shape_of_its_own() -> None:
    assert len({look.word for look in rag.LOOKS.values()}) == len(rag.LOOKS)
    assert len({look.shape for look in rag.LOOKS.values()}) == len(rag.LOOKS)


# What holds for any figures

figures = st.decimals(-1000, 1000, places=2)
rules = st.builds(Tolerance, st.decimals(0, 50, places=1), st.sampled_from(["relative", "points"])) | st.just(
    LastYear()
)


@given(figures, figures, st.none() | figures, rules)
def test_turning_everything_over_changes_no_colour(actual: Any, aim: Any, last: Any, rule: rag.ColourRule) -> None:
    facts = Facts(actual, aim, "lower", last_year=last)
    over = Facts(-actual, -aim, "higher", last_year=None if last is None else -last)
    assert judge(facts, rule).state == judge(over, rule).state


@given(figures, figures, rules)
def test_green_is_at_or_better_than_the_aim_and_nothing_else(actual: Any, aim: Any, rule: rag.ColourRule) -> None:
    made = judge(Facts(actual, aim, "lower", last_year=0), rule)
    assert (made.state == "green") == (exact(actual) <= exact(aim))
    assert rag_words.sentence(made).startswith(f"{made.look.word}: ")


@given(figures, figures, st.decimals(0, 50, places=1), st.decimals(0, 50, places=1))
def test_a_wider_tolerance_is_never_harder(actual: Any, aim: Any, one: Any, other: Any) -> None:
    order = ["red", "amber", "green"]
    narrow, wide = (judge(Facts(actual, aim, "higher"), Tolerance(size)).state for size in sorted((one, other)))
    assert order.index(wide) >= order.index(narrow)


def test_a_result_that_is_not_its_aim_is_not_said_to_be_it() -> None:
    facts = Facts(
        Fraction(823, 3668) * 100, Fraction("22.38"), "higher", "%", "April to September 2008", method="straight"
    )
    assert said(facts).startswith("Green: 22.44% April to September 2008 against a trajectory of 22.38% (straight)")
    counted = Facts(1496, Fraction("1495.7"), "lower", "crimes", "April to September 2008", method="straight")
    assert "1,496 crimes April to September 2008 against a trajectory of 1,495.7 (straight)" in said(counted)
    assert "22.4% April 2008 against a target of 22.4%" in said(Facts(22.4, 22.4, "higher", "%", "April 2008"))


@pytest.mark.parametrize(
    ("actual", "aim", "unit", "figures"),
    [
        (33, 34, "%", ("33.0%", "34.0%")),
        (Decimal("94.05"), 95, "%", ("94.1%", "95.0%")),
        (Decimal("22.44"), Decimal("22.41"), "%", ("22.44%", "22.41%")),
        (Fraction(139, 3), 46, "%", ("46.3%", "46.0%")),
        (5, 4, "percentage points", ("5.0", "4.0")),
        (2336, 2317, "robberies", ("2,336", "2,317")),
    ],
)
def test_shares_in_a_column_have_one_decimal_or_as_many_as_tell_them_from_their_aim(
    actual: Any, aim: Any, unit: str, figures: tuple[str, str]
) -> None:
    facts = Facts(actual, aim, "higher", unit)
    assert (rag_words.figure(facts, actual), rag_words.figure(facts, aim)) == figures
    assert rag_words.figure(facts, None) == ""


def test_a_share_that_was_stated_keeps_its_own_decimals_in_a_column() -> None:
    facts = Facts(30, Decimal("22.35"), "higher", "%")
    assert rag_words.figure(facts, facts.aim, stated=True) == "22.35%"
    assert rag_words.figure(facts, facts.aim) == "22.4%"
