"""What figures can hardly be, by values; and that every way in asks and refuses alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits.result_checks import (
    MORE_THAN_ALL,
    GivenFigure,
    MeasuredAs,
    Objection,
    half,
    impossible,
    looked_over,
    unlikely,
)
from spp_desktop.plan.periods import month_end

TODAY = date(2009, 3, 31)
CRIMES, SURVEY, SHARE = MeasuredAs("count", "crimes"), MeasuredAs("survey", "%"), MeasuredAs("percentage", "%")


def month(number: int, value: float | None = None, *parts: float) -> GivenFigure:
    """A result of a month of 2008-2009, April being 0."""
    first = date(2008 + (number + 3) // 12, (number + 3) % 12 + 1, 1)
    return GivenFigure(first, month_end(first), value, *parts)


def year(value: float) -> GivenFigure:
    return GivenFigure(date(2008, 4, 1), TODAY, value)


def sentences(given: Sequence[GivenFigure], others: Any = (), measured: MeasuredAs = CRIMES) -> dict[int, Objection]:
    known = {(other.first, other.last): other.value for other in others}
    return looked_over(measured, given, known, TODAY)


@pytest.mark.parametrize(
    ("measured", "given", "why"),
    [
        (CRIMES, month(0, -5), "-5 is below 0, which crimes cannot be."),
        (CRIMES, month(0, 3.7), "3.7 is no whole number, and crimes are counted whole."),
        (MeasuredAs("rate", "per 1,000"), month(0, None, -1, 50), "-1 is below 0, which per 1,000 cannot be."),
        (SURVEY, month(0, 145), "145% is more than all who were asked."),
        (SURVEY, month(0, 850), "850% is more than all who were asked."),
        (SURVEY, month(0, None, 51, 50), "51 of 50 is more than all who were asked."),
        (SURVEY, month(0, -1), "-1 is below 0, which a share cannot be."),
        (
            CRIMES,
            month(12, 250),
            "The period begins on 1 April 2009, and today is 31 March 2009: there is no result",
        ),
    ],
)
def test_what_cannot_be_says_why(measured: MeasuredAs, given: GivenFigure, why: str) -> None:
    assert impossible(measured, given, TODAY).replace("−", "-").startswith(why)  # noqa: RUF001 - a minus as it is printed
    assert sentences([given], measured=measured)[0].refused


@pytest.mark.parametrize(
    ("measured", "given"),
    [
        (CRIMES, month(0, 0)),
        (CRIMES, month(11, 250)),
        (CRIMES, month(0)),
        (MeasuredAs("count", "working days"), month(0, 3.5)),
        (MeasuredAs("count", "£ thousand"), month(0, 3.75)),
        (MeasuredAs("count", ""), month(0, 3.75)),
        (MeasuredAs("level", "points"), month(0, -5)),
        (SHARE, month(0, -5)),
        (SHARE, month(0, None, 56, 50)),
        (SURVEY, month(0, 100)),
        (SURVEY, month(0, None, 50, 50)),
    ],
)
def test_what_can_be_is_not_refused(measured: MeasuredAs, given: GivenFigure) -> None:
    assert impossible(measured, given, TODAY) == ""


@pytest.mark.parametrize(
    ("measured", "given", "around", "why"),
    [
        (CRIMES, month(0, 100), [20_000, 21_000], "It is far from what it was before (20,000 crimes). Is it meant?"),
        (CRIMES, month(0, 100), [20_000], "It is far from what it was before (20,000 crimes). Is it meant?"),
        (CRIMES, month(0, 5000), [20_000, 21_000], ""),
        (CRIMES, month(0, 3000), [20_000], ""),
        (CRIMES, month(0, 9), [1, 1], ""),
        (CRIMES, month(0, 100), [], ""),
        (SHARE, month(0, 0.48), [45, 46], "It is far from what it was before (45 %). Is it meant?"),
        (SHARE, month(0, 145), [], MORE_THAN_ALL),
        (SHARE, month(0, None, 56, 50), [], "More is counted than what it is counted of."),
        (SHARE, month(0, -5), [], "It is below 0."),
        (
            CRIMES,
            GivenFigure(date(2009, 3, 1), date(2009, 4, 30), 9),
            [],
            "The period has not ended: it ends on 30",
        ),
    ],
)
def test_what_is_hardly_meant_is_asked(measured: MeasuredAs, given: GivenFigure, around: list[float], why: str) -> None:
    said = unlikely(measured, given, around, TODAY)
    assert said.startswith(why)
    assert bool(said) == bool(why)


def test_a_figure_is_held_against_those_that_come_in_with_it_and_those_of_the_plan() -> None:
    years = [month(n, 20_000 + n) for n in range(6)]
    assert sentences(years) == {}
    assert list(sentences([*years, month(6, 100)])) == [6]
    assert list(sentences([month(6, 100)], years)) == [0]
    assert list(sentences([month(n, share) for n, share in enumerate([45, 46, 0.48, 47])], measured=SHARE)) == [2]


def test_a_year_that_is_what_its_first_six_months_come_to_is_asked() -> None:
    months = [month(n, 100 + n) for n in range(12)]
    half, whole = sum(100 + n for n in range(6)), sum(100 + n for n in range(12))
    assert sentences([year(half)], months)[0] == Objection(
        "It is what its first 6 months come to. Is it the whole?", refused=False
    )
    assert sentences([year(whole)], months) == {}
    assert sentences([year(half + 1)], months[:6]) == {}
    assert list(sentences([*months[:6], year(half)])) == [6]
    quarter = GivenFigure(date(2008, 4, 1), date(2008, 6, 30), 201)
    assert sentences([quarter], months)[0].sentence.startswith("It is what its first 2 months")


def test_a_year_that_is_far_from_its_months_is_asked() -> None:
    months = [month(n, 100) for n in range(12)]
    for figure in (100, 950, 1600):
        (objection,) = sentences([year(figure)], months).values()
        assert objection.sentence == f"It is {figure:,}, and its months come to 1,200. Is it meant?"
    assert sentences([year(1150)], months) == sentences([year(1300)], months) == {}
    assert sentences([year(2400)], months[:6]) == {}, "the other months are not known"
    assert "those of its months that are known come to 600" in sentences([year(350)], months[:6])[0].sentence
    assert sentences([year(14)], months, measured=MeasuredAs("level", "days")) == {}


def test_what_a_share_is_made_of_is_never_below_nought_and_asked_about_in_parts() -> None:
    def parts(above: float, below: float) -> GivenFigure:
        return month(0, None)._replace(numerator=above, denominator=below)

    detections = MeasuredAs("percentage", "%")
    assert sentences([parts(-2, 50)], measured=detections)[0].refused
    (objection,) = sentences([parts(2.5, 50)], measured=detections).values()
    assert objection == Objection("2.5 is no whole number. Is it what was counted?", refused=False)
    assert sentences([parts(5, 50.5)], measured=detections)[0].sentence.startswith("50.5 is no whole number")
    assert sentences([parts(20, 50)], measured=detections) == {}
    one_alone = parts(20, 50)._replace(denominator=None)
    assert sentences([one_alone], measured=detections) == {}, "the other is typed after it"
    assert half(detections, one_alone) == "What it is counted of is not there, so it makes no figure."
    assert half(MeasuredAs("rate", "per 1,000"), one_alone) == "", "by the list of populations"
    series = [parts(20 + n, 50)._replace(first=month(n, 1).first, last=month(n, 1).last) for n in range(4)]
    typo = series[3]._replace(denominator=5000)
    assert list(sentences([*series[:3], typo], measured=detections)) == [3], "one in two hundred after one in two"


def test_a_share_of_one_beside_small_percentages_is_asked() -> None:
    series = [month(n, 9 + n / 10) for n in range(4)]
    odd = sentences([*series, month(4, 0.48)], measured=SHARE)
    assert list(odd) == [4]
    assert odd[4].sentence.startswith("It is far from what it was before (9.3 %)")
    assert sentences([*series, month(4, 4.8)], measured=SHARE) == {}


def test_noughts_that_are_filled_ahead_are_asked_and_noughts_of_what_is_rare_are_not() -> None:
    months = [month(n, 9) for n in range(6)]
    ahead = [month(n, 0) for n in range(6, 12)]
    asked = sentences([*months, *ahead])
    assert list(asked) == [6, 7, 8, 9, 10, 11]
    assert asked[6].sentence == "It is one of 6 noughts at the end, after 54 before them. Are they filled ahead?"
    assert sentences([*months, *ahead[:2]]) == {}
    rare = [month(n, n % 5 == 0) for n in range(6)]
    assert sentences([*rare, *[month(n, 0) for n in range(6, 12)]]) == {}
    assert sentences([*months, *ahead[:3], month(9, 9)]) == {}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.none(), max_size=24), st.sampled_from([*"cps"]))
def test_any_series_is_looked_over_and_what_is_refused_is_impossible(values: list[float | None], which: str) -> None:
    measured = {"c": CRIMES, "p": SHARE, "s": SURVEY}[which]
    series = [month(n, value) for n, value in enumerate(values)]
    for at, objection in sentences(series, measured=measured).items():
        assert objection.refused == bool(impossible(measured, series[at], TODAY))
        assert objection.sentence
