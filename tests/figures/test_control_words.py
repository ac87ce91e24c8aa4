"""Control charts in words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.control import chart as control
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart, ControlRebase, Settings
from spp_desktop.plan.periods import months

DAYS = months(date(2008, 4, 1), date(2011, 3, 31))
SWING = [35, 65] * 6


def chart_of(values: list[Any], **settings: Any) -> Chart:
    return control.chart(DAYS[: len(values)], values, Settings(**settings))


def test_the_variation_is_said_with_its_month_and_rule() -> None:
    assert control_words.variation(chart_of([*SWING, 200], fix_after=12, better="lower")) == (
        "Apr 2009: Special cause of concerning nature: higher values (above the upper limit)."
    )
    assert control_words.variation(chart_of([*SWING, 50, None])) == "Apr 2009: Common cause: no significant change."
    assert control_words.variation(chart_of([4, 4])) == "May 2008: there are no limits to see a change by."
    assert control_words.variation(chart_of([None])) == "There is no result to chart."


@pytest.mark.parametrize(
    ("values", "settings", "sentence"),
    [
        ([*SWING, 50], {"target": 50}, "Target 50: Hit or miss: the process will meet"),
        ([*SWING, 50], {"target": -99.5}, "Target \N{MINUS SIGN}99.5: The process will consistently meet the target"),
        ([*SWING, 50], {"target": 999}, "Target 999: The process will consistently fail the target"),
        ([*SWING, 50], {}, "No assurance: there is no target."),
        ([*SWING, 50], {"target": 50, "better": "neutral"}, "No assurance: neither higher nor lower is better."),
        ([4] * 14, {"target": 4}, "No assurance: there are no limits to hold the target against."),
        (SWING, {"target": 50}, "No assurance: there are fewer than 13 points."),
    ],
)
def test_the_assurance_is_said_or_why_there_is_none(values: list[Any], settings: dict[str, Any], sentence: str) -> None:
    assert control_words.assurance(chart_of(values, **settings)).startswith(sentence)


@pytest.mark.parametrize(
    ("unit", "target", "mean"),
    [
        ("%", "Target 14%: ", "Mean 50%, limits \N{MINUS SIGN}29.8% to 129.8%."),
        ("crimes a month", "Target 14 crimes a month: ", "Mean 50 crimes a month, limits \N{MINUS SIGN}29.8 to 129.8."),
    ],
)
def test_targets_means_and_limits_have_the_unit_of_the_results(unit: str, target: str, mean: str) -> None:
    made = chart_of([*SWING, 50], fix_after=12, target=14)
    assert control_words.assurance(made, unit).startswith(f"{target}Hit or miss")
    heard = control_words.describe(made, "detections", unit)
    assert mean in heard
    assert target in heard


def test_a_green_that_is_hit_or_miss_is_remarked_on() -> None:
    miss, fail, sure = (chart_of([*SWING, 50], target=target) for target in (50, 999, -99))
    assert "hit or miss" in control_words.remark("green", miss)
    assert "cannot be relied on" in control_words.remark("green", fail)
    assert control_words.remark("green", sure) == control_words.remark("amber", miss) == ""
    assert control_words.remark("green", chart_of(SWING, target=50)) == "", "a trial assures nothing"


def test_what_is_printed_under_a_chart() -> None:
    made = chart_of(
        [*SWING, None, None, *([7] * 3), 5],
        rebases=(
            ControlRebase(DAYS[14], "New recording rules", "Kim Lee"),
            ControlRebase(date(2008, 5, 2), "A typing error", ""),
        ),
    )
    assert control_words.notes(made) == [
        "Mean and limits at 2.66 mean moving ranges, ranges of 3.267 times their mean or more left out once.",
        "Begun anew from Jun 2009: New recording rules (Kim Lee).",
        "There is no point of 2008-05-02 to begin anew from: A typing error.",
        "From Apr 2008: trial limits, from only 12 points; 13 are needed.",
        "From Jun 2009: trial limits, from only 4 points; 13 are needed.",
        "2 months have no result; a gap ends runs and trends.",
    ]


def test_settings_are_printed() -> None:
    (note,) = control_words.notes(chart_of([*SWING, 50], fix_after=12.5, screened=False, beyond_counts=True))
    assert note == (
        "Mean and limits at 2.66 mean moving ranges, fixed from the first 12 points, no range left out; "
        "points beyond the limits count towards two of three."
    )


def test_series_without_limits_say_why() -> None:
    assert control_words.notes(chart_of([4] * 14))[1:] == ["From Apr 2008: no variation."]
    assert control_words.notes(chart_of([4] * 7 + [9] * 7))[1:] == [
        "From Apr 2008: no variation but the steps that no limits are made of."
    ]
    assert control_words.notes(chart_of([4, None, 5]))[1:] == [
        "From Apr 2008: too few neighbouring months for limits.",
        "1 month has no result; a gap ends runs and trends.",
    ]
    assert "only 2 points;" in control_words.notes(chart_of([4, 5]))[1]


def test_a_chart_for_those_who_hear_it() -> None:
    sentences = control_words.describe(chart_of([*SWING, 200], fix_after=12, target=60), "robberies")
    assert sentences == (
        "Control chart of robberies, Apr 2008 to Apr 2009: 13 results. Mean 50, limits \N{MINUS SIGN}29.8 to 129.8. "
        "1 point signals a special cause. Apr 2009: Special cause of improving nature: higher values (above the upper "
        "limit). Target 60: Hit or miss: the process will meet the target in some months and not in others. Mean and "
        "limits at 2.66 mean moving ranges, fixed from the first 12 points, ranges of 3.267 times their mean or more "
        "left out once."
    )
    assert "Mean" not in control_words.describe(chart_of([None]), "robberies").split("Mean and limits")[0]
    assert "Mean 5. No points signal" in control_words.describe(chart_of([5]), "robberies")


def test_the_numbers_behind_a_chart() -> None:
    heading, *rows = control_words.table(chart_of([*SWING, 200, None], fix_after=12))
    assert heading == control_words.HEADINGS
    assert rows[12][:3] == (date(2009, 4, 1), 200.0, 50.0)
    assert rows[12][7:] == ("above the upper limit", "Improvement")
    assert rows[13][1] is None
    assert rows[13][7:] == ("", "")
    assert control_words.table(chart_of([5]))[1][3:7] == (None,) * 4


def test_everything_has_its_words() -> None:
    shapes = {look.shape for look in control_words.POINTS.values()}
    assert len(shapes) == 4, "the two neutral ones differ by where they are"
    assert all(words for _, words in control_words.ICON_WORDS.values())
    assert all(len(letter) == 1 for letter, _ in control_words.ASSURANCE_WORDS.values())


@given(st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=36), st.none() | st.integers(0, 9))
def test_any_chart_can_be_said(values: list[Any], target: int | None) -> None:
    made = chart_of(values, target=target)
    assert control_words.describe(made, "robberies").endswith(".")
    assert len(control_words.table(made)) == len(values) + 1
