"""How a year may end and what is needed, in values and words; a series against its own past."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.comparison import Break
from spp_desktop.figures.judging.judged import judge
from spp_desktop.figures.judging.outlook import compared, outlook
from spp_desktop.figures.judging.series import Series
from tests.figures.results_made import LAST_YEAR, OCTOBER, SO_FAR, aims, by_month, by_quarter, made, over, robberies
from tests.figures.vectors import VECTORS, all_near

DETECTIONS = list(zip((90, 88, 86, 90, 92, 94), SO_FAR, strict=True))


def seen(series: Series, as_at: date = OCTOBER) -> Any:
    """The outlook, its exact numbers to be compared with plain ones."""
    return outlook(judge(series, as_at))


def detections(this: Any = DETECTIONS, better: str = "higher", **more: Any) -> Series:
    last = [(value // 5, value) for value in LAST_YEAR]
    held = {"numerator": "detections", "denominator": "crimes", "targets": aims("higher", y2008="23%"), **more}
    return made([*by_month(2007, last), *by_month(2008, this)], measure="percentage", unit="%", polarity=better, **held)


# To the year's end


def test_the_worked_year() -> None:
    found = seen(robberies())
    assert found.lines() == [
        "Straight: 4,672 by 31 March 2009 (4,538 to 4,806), which meets 4,704.",
        "Last year's profile: 4,742 by 31 March 2009 (4,605 to 4,879), which misses 4,704 by 0.8%.",
        "Rest as last year: 4,822 by 31 March 2009 (4,684 to 4,960), which misses 4,704 by 2.5%.",
        "Each of the 6 months left must be 394.7 or less.",
        "By last year's profile: October 433.4, November 447.7, December 409.6, January 362, February 342.9, "
        "March 372.4 or less.",
    ]
    worked = VECTORS["projection"]
    values = [one.value for one in found.projections]
    assert all_near(values, [worked["linear"], worked["seasonal"], worked["ytd_plus_last_year_rest"]])
    assert all_near(found.needed.by_month, worked["required_seasonal"])
    assert (found.ends, found.target, found.unit) == (date(2009, 3, 31), 4704, "robberies")


def test_a_method_that_cannot_be_used_says_why() -> None:
    series = made(by_month(2008, SO_FAR), targets=aims(y2008="4704", kind="level"))
    assert seen(series).lines()[1:3] == [
        "Last year's profile: cannot be used. There are no results of last year.",
        "Rest as last year: cannot be used. There are no results of last year.",
    ]
    assert seen(series).lines()[3:] == ["Each of the 6 months left must be 394.7 or less."]


@pytest.mark.parametrize(
    ("values", "better", "target", "last"),
    [
        ([500, 500], "lower", "900", "There is already 100 more than the target of 900."),
        ([500, 400], "lower", "900", "Each of the 10 months left must be 0 or less."),
        ([500, 400], "higher", "900", "The target of 900 has been reached."),
        ([1] * 11, "higher", "15", "The one month left must be 4 or more."),
        ([1, None, 1], "higher", "14", "Each of the 10 months without a result must be 1.2 or more."),
    ],
)
def test_what_is_needed(values: list[Any], better: str, target: str, last: str) -> None:
    series = made(by_month(2008, values), polarity=better, targets=aims(better, "level", y2008=target))
    assert seen(series, date(2009, 3, 31)).lines()[-1] == last


def test_without_a_target_or_a_direction_only_the_year_s_end_is_said() -> None:
    for series in (robberies(targets={}), robberies(polarity="neutral")):
        lines = seen(series).lines()
        assert lines[0] == "Straight: 4,672 by 31 March 2009 (4,538 to 4,806)."
        assert len(lines) == 3


def test_quarters() -> None:
    series = made(
        [*by_quarter(2007, [1193, 1221, 1355, 1131]), *by_quarter(2008, [1149, 1187])], targets=aims(y2008="4%")
    )
    found = seen(series)
    assert found.lines()[1].startswith("Last year's profile: 4,742 by 31 March 2009")
    assert found.lines()[3:] == [
        "Each of the 2 quarters left must be 1,184 or less.",
        "By last year's profile: Q3 1,290.7, Q4 1,077.3 or less.",
    ]


def test_a_percentage_is_projected_from_its_parts() -> None:
    found = seen(detections())
    assert found.needed_rate is not None
    assert float(found.needed_rate.more) == pytest.approx(550.58, abs=0.01)
    assert float(found.needed_rate.rate or 0) == pytest.approx(22.887, abs=0.001)
    assert found.lines()[0].startswith("Straight: 23.1% by 31 March 2009 (")
    assert found.lines()[0].endswith("which meets 23%.")
    assert found.lines()[-1] == "23% needs at least 551 more detections: 22.9% of the crimes to come."


def test_a_percentage_that_is_there_already_or_misses() -> None:
    enough = seen(detections([(398, 398), *DETECTIONS[1:]]))
    assert enough.lines()[-1] == "23% needs at least 243 more detections: 10.1% of the crimes to come."
    many = seen(detections([(380, 398)] * 6))
    assert many.lines()[-1] == "The detections so far are enough for 23% of the crimes expected by the year's end."
    bad = seen(detections([(380, 398)] * 6, better="lower", targets=aims("lower", "level", y2008="23")))
    assert (
        bad.lines()[-1] == "The detections so far are already more than 23% of the crimes expected by the year's end."
    )
    assert bad.lines()[0].endswith("which misses 23% by 72.5 points.")
    low = seen(detections(DETECTIONS, better="lower", targets=aims("lower", "level", y2008="23")))
    assert low.lines()[-1] == "23% needs at most 550 more detections: 22.9% of the crimes to come."
    assert seen(detections(targets={})).needed_rate is None


def test_the_first_year_of_a_percentage_goes_straight() -> None:
    series = detections()
    first = replace(series, readings=series.readings[12:])
    assert seen(first).needed_rate is not None
    assert seen(first).lines()[-1].endswith("22.9% of the crimes to come.")


def test_a_rate_has_the_range_of_its_events() -> None:
    rates = by_month(2008, [(50, 100_000)] * 6)
    series = made([one._replace(value=0.5) for one in rates], measure="rate", unit="crimes per 1,000", per=1000)
    found = seen(series)
    assert found.lines()[0] == "Straight: 6 by 31 March 2009 (5.52 to 6.48)."
    bare = replace(series, readings=tuple(one._replace(counted=None, of=None) for one in series.readings))
    assert seen(bare).lines()[0] == "Straight: 6 by 31 March 2009."
    mixed = replace(series, readings=(series.readings[0]._replace(of=None), *series.readings[1:]))
    assert seen(mixed).projections[0].low is None


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (made(by_month(2008, [5]), measure="level"), "does not add up over the year"),
        (made(by_quarter(2008, [85], size=100), measure="survey"), "does not add up over the year"),
        (replace(robberies(targets=aims(y2008="3rd")), peers={2007: {"": 1}}), "does not add up over the year"),
        (made(by_month(2007, SO_FAR), targets=aims(y2008="4%")), "2008-2009 has no result yet"),
        (made([over(date(2008, 4, 1), date(2008, 9, 30), 5)]), "the result is of a longer period"),
        (made(by_month(2008, [20, 21]), measure="percentage"), "do not say what the percentage is made of"),
    ],
)
def test_what_is_not_projected_says_why(series: Series, said: str) -> None:
    found = seen(series)
    assert said in found.remark
    assert found.lines() == [found.remark]
    assert found.projections == ()


def test_a_whole_year_needs_no_projection() -> None:
    series = made(by_month(2008, LAST_YEAR))
    assert seen(series, date(2009, 3, 31)).lines() == ["2008-2009 has all its results."]


def test_a_hair_s_breadth_is_said_to_be_one() -> None:
    series = made(by_month(2008, [50] * 6), targets=aims(y2008="599.9", kind="level"))
    assert seen(series).lines()[0].endswith("which misses 599.9 by less than 0.1%.")
    thousands = made(by_month(2008, [500] * 6), targets=aims(y2008="4704.48", kind="level"))
    assert seen(thousands).lines()[0].endswith("which misses 4,704 by 27.5%.")
    nought = made(by_month(2008, [100] * 6), targets=aims(y2008="0", kind="level"))
    assert seen(nought).lines()[0].endswith("which misses 0 by 1,200.")


@given(st.lists(st.integers(0, 600), min_size=1, max_size=11), st.integers(1, 9000))
def test_what_is_needed_makes_the_target(values: list[int], target: int) -> None:
    series = made(by_month(2008, values), targets=aims(y2008=str(target), kind="level"))
    found = seen(series, date(2009, 3, 31))
    assert found.needed is not None
    assert found.needed.each is not None
    assert sum(values) + found.needed.each * (12 - len(values)) == target
    assert found.meets(found.projections[0].value or 0) == (12 * sum(values) <= target * len(values))


# Compared


def test_the_same_period_and_twelve_months() -> None:
    before = [value + 5 for value in LAST_YEAR]
    series = replace(robberies(), readings=(*by_month(2006, before), *robberies().readings))
    same, rolling = compared(judge(series, OCTOBER))
    assert same.sentence == (
        "April to September 2008 after April to September 2007: no clear change: 2,336 after 2,414, down 3.2%; "
        "such a difference can well be chance."
    )
    assert rolling.sentence == (
        "October 2007 to September 2008 after October 2006 to September 2007: no clear change: 4,822 after 4,930, "
        "down 2.2%; such a difference can well be chance."
    )
    assert (same.against, rolling.against) == ("the same period of last year", "the twelve months before")


def test_a_break_and_months_left_out_are_said() -> None:
    hole = [*LAST_YEAR[:2], None, *LAST_YEAR[3:]]
    series = made(
        [*by_month(2006, LAST_YEAR), *by_month(2007, hole), *by_month(2008, SO_FAR)],
        {"breaks": (Break(date(2008, 4, 1), "Counted anew"),)},
    )
    same, rolling = compared(judge(series, OCTOBER))
    assert "1 month is left out on both sides: one of the two years has no result for it." in same.sentence
    assert same.left_out == rolling.left_out == 1
    assert same.sentence.endswith("what came before cannot be compared.")
    assert rolling.breaks == same.breaks == series.breaks
    two = replace(series, readings=tuple(one for one in series.readings if one.first != date(2007, 7, 1)))
    assert "2 months are left out on both sides" in compared(judge(two, OCTOBER))[0].sentence


def test_pooled_percentages_are_compared_in_points() -> None:
    series = detections()
    before = by_month(2006, [(value // 5, value) for value in LAST_YEAR])
    same, rolling = compared(judge(replace(series, readings=(*before, *series.readings)), OCTOBER))
    assert same.sentence.endswith("up, which is better: 23.1% after 19.9%, up 3.2 points.")
    assert rolling.change is not None
    assert rolling.change.chance is None


def test_where_there_is_nothing_to_compare() -> None:
    same, rolling = compared(judge(made(by_month(2008, SO_FAR)), OCTOBER))
    assert same.sentence == "There is no result of the same period of last year."
    assert rolling.sentence == "There are fewer than two years of months to compare."
    level = made([*by_month(2006, LAST_YEAR), *by_month(2007, LAST_YEAR)], measure="level")
    assert (
        compared(judge(level, date(2008, 3, 31)))[1].sentence == "Twelve months of this figure cannot be put together."
    )
    apart = made([*by_month(2006, LAST_YEAR[:1]), *by_month(2008, SO_FAR)])
    assert compared(judge(apart, OCTOBER))[1].sentence == "No month has a result in both years."
