"""Control charts against the published cases, against the rules as written, and by what must hold for any series."""

import json
import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spp_desktop.figures.control import case as control_case
from spp_desktop.figures.control import chart as control
from spp_desktop.figures.control.chart import ControlRebase, Settings
from spp_desktop.figures.exact import GivenNumber
from spp_desktop.plan.periods import month_end, months
from tests.figures import control_by_hand

CASES = json.loads((Path(__file__).parent / "spc" / "cases.json").read_text(encoding="utf-8"))["cases"]
QUIRKS = {case["id"] for case in CASES if case["quirk"]}
START = date(2008, 4, 1)
DAYS = months(START, date(2018, 3, 31))


def chart_of(values: list[Any], settings: Settings | None = None) -> control.Chart:
    return control.chart(DAYS[: len(values)], values, settings)


def same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, float) or (isinstance(theirs, int) and not isinstance(theirs, bool)):
        return ours is not None and math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)
    return bool(ours == theirs)


# The published cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_case_matches_point_by_point(case: dict[str, Any]) -> None:
    ours, expected = control_case.outcome(case), case["expected"]
    assert len(ours["points"]) == len(expected["points"])
    for point, wanted in zip(ours["points"], expected["points"], strict=True):
        assert point.keys() == wanted.keys()
        wrong = {name: (point[name], wanted[name]) for name in wanted if not same(point[name], wanted[name])}
        assert not wrong, point["date"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_case_matches_in_its_summary(case: dict[str, Any]) -> None:
    ours, expected = control_case.outcome(case), case["expected"]
    parts = {name for name in expected if name != "points"}
    if case["id"] in QUIRKS:
        parts -= {"assurance_type", "assurance_icon"}
        assert ours["assurance_type"] is None, "a target cannot be held against limits that there are none of"
    assert {name: ours[name] for name in parts} == {name: expected[name] for name in parts}


def test_the_points_that_change_if_those_beyond_count_are_the_published_ones() -> None:
    changed = []
    for case in CASES:
        settings = control_case.settings_of(case)
        other = Settings(**{name: getattr(settings, name) for name in settings.__slots__} | {"beyond_counts": True})
        days = [date.fromisoformat(day) for day in case["dates"]]
        was, now = (control.chart(days, case["values"], each_way) for each_way in (settings, other))
        changed += [
            (case["id"], day.isoformat(), *rules, kind.kind)
            for day, *rules, kind in zip(days, was.rules, now.rules, now.points(), strict=True)
            if rules[0] != rules[1]
        ]
    assert changed == [("P16", "2021-12-01", "run_high", "two_of_three_high", "special_cause_improvement")]


def test_a_case_that_has_no_chart_says_so() -> None:
    case = {"dates": ["2008-04-01"] * 2, "values": [1, 2]}
    assert control_case.outcome(case) == {
        "error": True,
        "message": "A control chart has one value for each day; 2008-04-01 comes twice.",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"options": {"improvement_direction": "sideways"}}, "“sideways” is no direction"),
        ({"options": {"target": "high"}}, "“high” is not a number"),
        ({"options": {"fix_after_n_points": "12"}}, "“12” is not a number"),
        ({"options": {"rebase": "2008-04-01"}}, "a list of dates"),
        ({"options": {"rebase": ["April"]}}, "texts such as 2008-04-01"),
        ({"dates": None}, "a list of dates"),
        ({"dates": [20080401]}, "texts such as 2008-04-01"),
        ({"values": {}}, "a list of values"),
        ({"values": [1, 2]}, "as many values"),
    ],
)
def test_a_case_that_is_none_says_so(change: dict[str, Any], message: str) -> None:
    good = {"dates": ["2008-04-01"], "values": [1]}
    assert not control_case.outcome(good)["error"]
    outcome = control_case.outcome(good | change)
    assert outcome["error"]
    assert message in outcome["message"]


# The limits as written


def test_the_published_check_of_screening() -> None:
    values = [1, 2, 1, 2, 10] + [1, 2] * 6 + [1]
    screened, unscreened = chart_of(values).segments[0], chart_of(values, Settings(screened=False)).segments[0]
    assert screened.limits
    assert unscreened.limits
    assert [round(line, 2) for line in (screened.limits.upper, screened.mean or 0, screened.limits.lower)] == [
        4.6,
        1.94,
        -0.72,
    ]
    assert [round(line, 2) for line in (unscreened.limits.upper, unscreened.limits.lower)] == [6.95, -3.06]


def test_a_moving_range_on_the_cut_is_left_out() -> None:
    """Four ranges of 1000 on average, one of them exactly 3267."""
    on = chart_of([0, 3267, 3511, 3755, 4000]).segments[0].limits
    assert on
    assert math.isclose(on.upper - on.lower, 2 * 2.66 * 733 / 3)
    below = chart_of([0, 3266, 3511, 3755, 4000]).segments[0].limits
    assert below
    assert math.isclose(below.upper - below.lower, 2 * 2.66 * 1000)


SWING = [35, 65] * 6
"""A base with a mean of 50 and a mean moving range of 30: warning limits ± 53.2, process limits ± 79.8."""


@pytest.mark.parametrize("number", [float, Decimal, Fraction])
@pytest.mark.parametrize(
    ("text", "zone"), [("129.8", "W"), ("129.81", "B"), ("103.2", "a"), ("103.21", "W"), ("50", "m"), ("-29.8", "w")]
)
def test_a_value_on_a_limit_is_not_beyond_it(number: Any, text: str, zone: str) -> None:
    made = chart_of([*SWING, number(text)], Settings(fix_after=12))
    assert made.zones[-1] == zone
    assert (made.rules[-1] == "beyond_upper") == (zone == "B")


BASE = [9, 4, 4, 1, 1, 7, 7, 1, 5, 1, 6, 2]
"""A base of which 10 lies just beyond the warning limit, 9.965, and 13 just beyond the process limit, 12.947."""


def test_a_value_just_beyond_a_limit_is_beyond_it() -> None:
    made = chart_of([*BASE, 10, 13], Settings(fix_after=12, screened=False))
    assert made.zones[-2:] == "WB"


@pytest.mark.parametrize("beyond_counts", [False, True])
def test_two_of_three_in_every_pattern_of_three(beyond_counts: bool) -> None:
    settings = Settings(fix_after=12, beyond_counts=beyond_counts)
    for three in product([None, 140, 110, 55, 50, 45, -10, -40], repeat=3):
        values = [*SWING, 50, *three, 50]
        assert list(chart_of(values, settings).rules) == control_by_hand.rules(values, settings), three


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    def assured(target: GivenNumber, better: Any = "higher") -> control.Assurance | None:
        return chart_of([*SWING, 50], Settings(target=target, fix_after=12, better=better)).assurance

    assert (assured(129.8), assured(Decimal("-29.8"))) == ("inconsistent", "inconsistent")
    assert (assured(129.9), assured(-29.9)) == ("consistent_fail", "consistent_pass")
    assert (assured(129.9, "lower"), assured(-29.9, "lower")) == ("consistent_pass", "consistent_fail")
    assert assured(129.9, "neutral") is None


def test_a_value_on_the_mean_in_decimals_breaks_a_run() -> None:
    """The mean is 0.3 only in decimals; in binary the fourth point would lie off it."""
    values = [0.4, 0.4, 0.4, 0.3, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2]
    assert sum(values) / len(values) != 0.3
    made = chart_of(values)
    assert (made.segments[0].mean, made.zones[3], made.points()[3].side) == (0.3, "m", 0)
    assert "run_high" not in made.rules


def test_limits_are_never_cut() -> None:
    limits = chart_of([0, 90, 5, 80]).segments[0].limits
    assert limits
    assert limits.lower < 0
    assert limits.upper > 100


# The rules


def test_a_trend_goes_the_way_of_its_own_steps() -> None:
    wide = [0, 100] * 6

    def rules(*values: int) -> tuple[str, ...]:
        return chart_of([*wide, *values], Settings(fix_after=12)).rules[12:]

    assert rules(*range(41, 48), *range(41, 48)) == ("trend_up",) * 14, "also the last point before the drop"
    assert rules(*range(41, 48), *range(46, 40, -1)) == ("trend_up",) * 6 + ("trend_down",) * 7
    assert rules(*range(41, 47)) == ("none",) * 6, "the step from the base goes the other way"


def test_a_tie_or_a_gap_ends_a_trend() -> None:
    tied = chart_of([1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11])
    assert not {"trend_up", "trend_down"} & set(tied.rules)
    assert "trend_up" not in chart_of([1, 2, 3, None, 5, 6, 7, 8]).rules
    assert chart_of([None] * 9).rules == ("none",) * 9


def test_missing_months_never_break_the_chart() -> None:
    made = chart_of([None, 50, None, 52, None, None, 51, 53, None])
    segment = made.segments[0]
    assert (segment.known, segment.mean) == (4, 51.5)
    assert segment.limits
    assert math.isclose(segment.limits.upper, 51.5 + 2.66 * 2), "only 51 to 53 are neighbours"
    assert (made.latest, made.days[made.latest or 0]) == (7, date(2008, 11, 1))


def test_the_latest_known_point_is_the_one_that_is_shown() -> None:
    settings = Settings(fix_after=12)
    assert chart_of([*SWING, 200], settings).variation_icon == "improvement_high"
    assert chart_of([*SWING, 200, None], settings).variation_icon == "improvement_high"
    assert chart_of([*SWING, 200, 50], settings).variation_icon == "common_cause"
    assert chart_of([None, None]).variation == "common_cause"


def test_flat_series_have_no_limits_to_judge_by() -> None:
    constant = chart_of([4] * 14, Settings(target=4))
    step = chart_of([4] * 9 + [9] * 9, Settings(target=4))
    for made in (constant, step):
        assert made.segments[0].limits is None
        assert made.segments[0].flat
        assert (made.assurance, made.variation_icon) == (None, None)
    assert set(constant.rules) == {"none"}
    assert step.rules == ("run_low",) * 9 + ("run_high",) * 9, "a run needs no limits"
    unscreened = chart_of([4] * 14, Settings(target=4, screened=False))
    assert unscreened.segments[0].limits == (4, 4, 4, 4)
    assert unscreened.assurance == "inconsistent"
    assert unscreened.points()[0].outside is False


def test_a_series_with_no_neighbours_has_a_mean_and_no_limits() -> None:
    single = chart_of([23], Settings(target=25))
    assert (single.segments[0].mean, single.segments[0].limits, single.segments[0].flat, single.assurance) == (
        23,
        None,
        False,
        None,
    )
    base = chart_of([None] * 12 + [5, 6], Settings(fix_after=12, target=5))
    assert (base.zones, base.segments[0].mean, base.assurance) == ("." * 12 + "??", None, None)
    assert base.points()[-1].side is None


# Settings


def test_a_rebase_begins_a_part_that_nothing_crosses() -> None:
    values = [1, 9] * 7 + [101, 109] * 7
    there = ControlRebase(DAYS[14], "New recording rules", "Kim Lee")
    made = chart_of(values, Settings(rebases=(there,)))
    assert [(part.number, part.start, part.stop, part.mean) for part in made.segments] == [
        (0, 0, 14, 5),
        (1, 14, 28, 105),
    ]
    assert set(made.rules) == {"none"}
    assert not made.ignored
    assert {"beyond_lower", "beyond_upper"} <= set(chart_of(values).rules)


def test_a_rebase_on_the_first_day_counts_from_one_and_one_elsewhere_is_named() -> None:
    first, nowhere = ControlRebase(DAYS[0], "", ""), ControlRebase(date(2008, 5, 2), "", "")
    made = chart_of([1, 2, 3], Settings(rebases=(first, nowhere)))
    assert [part.number for part in made.segments] == [1]
    assert made.ignored == (nowhere,)


def test_a_fixed_baseline_alone_makes_the_limits() -> None:
    whole = chart_of([*SWING, 500, 900], Settings(fix_after=12))
    assert whole.segments[0].limits == chart_of(SWING).segments[0].limits
    assert whole.segments[0].limits == chart_of([*SWING, 500], Settings(fix_after=12.5)).segments[0].limits
    assert chart_of(SWING, Settings(fix_after=99)).segments == chart_of(SWING).segments


@pytest.mark.parametrize("points", [11, 0, -1, math.nan])
def test_a_baseline_of_fewer_than_twelve_is_refused(points: float) -> None:
    with pytest.raises(ValueError, match="at least 12"):
        chart_of(SWING, Settings(fix_after=points))


def test_fewer_than_thirteen_points_are_a_trial() -> None:
    twelve, thirteen = (chart_of([*range(40, 40 + many)], Settings(target=41)) for many in (12, 13))
    assert (twelve.segments[0].short, twelve.segments[0].trial, twelve.assurance_icon) == (True, True, None)
    assert twelve.assurance == "consistent_pass"
    assert (thirteen.segments[0].short, thirteen.segments[0].trial) == (False, False)
    assert thirteen.assurance_icon == thirteen.assurance
    gaps = chart_of([*range(40, 52), None]).segments[0]
    assert (gaps.short, gaps.trial) == (False, True), "a missing month is no point to judge by"


@pytest.mark.parametrize(
    ("days", "values", "sentence"),
    [
        ([], [], "needs a series"),
        (DAYS[:2], [1], "needs a series"),
        ([DAYS[1], DAYS[0], DAYS[1]], [1, 2, 3], "2008-05-01 comes twice"),
        (DAYS[:2], [1, "two"], "“two” is not a number"),
        (DAYS[:2], [1, math.inf], "is not a number"),
    ],
)
def test_what_is_no_series_is_refused_in_a_sentence(days: Any, values: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        control.chart(days, values)


# Months


def test_results_by_month_are_a_series_with_its_gaps() -> None:
    rows = [(day, month_end(day), value) for day, value in ((DAYS[3], 4), (DAYS[0], 1), (DAYS[1], 2))]
    assert control.monthly(rows) == (DAYS[:4], [1, 2, None, 4])
    assert control.monthly([]) == ([], [])


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2008, 4, 1), date(2008, 6, 30)),  # a quarter
        (date(2008, 4, 1), date(2009, 3, 31)),  # a rolling year
        (date(2008, 4, 1), date(2009, 4, 30)),  # the same month, a year on
        (date(2008, 4, 1), date(2008, 4, 29)),
        (date(2008, 4, 2), date(2008, 4, 30)),
    ],
)
def test_rolling_cumulative_and_longer_periods_have_no_chart(first: date, last: date) -> None:
    with pytest.raises(ValueError, match="single months"):
        control.monthly([(first, last, 1)])


def test_a_month_comes_once() -> None:
    with pytest.raises(ValueError, match="2008-04 comes twice"):
        control.monthly([(DAYS[0], date(2008, 4, 30), 1)] * 2)


# What holds for any series

figures = st.decimals(-500, 500, places=1)
series = st.lists(st.none() | figures, min_size=1, max_size=45)
whole_series = st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=45)
ways = st.sampled_from(["higher", "lower", "neutral"])


def settings_for(size: int) -> st.SearchStrategy[Settings]:
    return st.builds(
        Settings,
        better=ways,
        target=st.none() | st.integers(0, 12),
        rebases=st.lists(st.sampled_from(DAYS[:size]), max_size=3).map(
            lambda days: tuple(ControlRebase(day, "", "") for day in days)
        ),
        fix_after=st.none() | st.integers(12, 20),
        screened=st.booleans(),
        beyond_counts=st.booleans(),
    )


@given(st.data(), whole_series | series)
def test_the_rules_are_those_a_person_would_apply(data: st.DataObject, values: list[Any]) -> None:
    settings = data.draw(settings_for(len(values)))
    made = chart_of(values, settings)
    edges = sorted({0, *(DAYS.index(rebase.first) for rebase in settings.rebases)})
    expected: list[str] = []
    for start, stop in zip(edges, [*edges[1:], len(values)], strict=True):
        expected += control_by_hand.rules(values[start:stop], settings)
    assert list(made.rules) == expected
    assert [point.rule for point in made.points()] == expected
    assert len(made.zones) == len(values)


@given(st.lists(st.sampled_from([None, 140, 110, 55, 50, 45, -10, -40]), max_size=20), st.booleans())
def test_the_rules_hold_for_every_pattern_of_zones(values: list[Any], beyond_counts: bool) -> None:
    settings = Settings(fix_after=12, beyond_counts=beyond_counts)
    assert list(chart_of([*SWING, *values], settings).rules) == control_by_hand.rules([*SWING, *values], settings)


@given(series, st.decimals(-1000, 1000, places=2))
def test_shifting_all_values_shifts_the_limits(values: list[Any], shift: Decimal) -> None:
    made, moved = chart_of(values), chart_of([None if value is None else value + shift for value in values])
    assert (made.rules, made.zones) == (moved.rules, moved.zones)
    for ours, theirs in zip(made.segments, moved.segments, strict=True):
        assert (ours.limits is None) == (theirs.limits is None)
        for limit, shifted in zip(ours.limits or (), theirs.limits or (), strict=True):
            assert math.isclose(limit + float(shift), shifted, rel_tol=1e-9, abs_tol=1e-9)


@given(series, st.none() | figures)
def test_reversing_the_direction_swaps_improvement_and_concern(values: list[Any], target: Decimal | None) -> None:
    up, down = (chart_of(values, Settings(better=way, target=target)) for way in ("higher", "lower"))
    swapped = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
        "consistent_pass": "consistent_fail",
        "consistent_fail": "consistent_pass",
    }
    assert up.rules == down.rules
    assert [swapped.get(point.kind, point.kind) for point in up.points()] == [point.kind for point in down.points()]
    assert swapped.get(up.assurance or "", up.assurance) == down.assurance


@given(series)
def test_turning_a_series_over_turns_its_rules_over(values: list[Any]) -> None:
    made, over = chart_of(values), chart_of([None if value is None else -value for value in values])
    turned = str.maketrans("BWauwb", "bwuaWB")
    assert made.zones.translate(turned) == over.zones


@given(st.data(), series)
def test_the_order_of_entry_does_not_matter(data: st.DataObject, values: list[Any]) -> None:
    pairs = data.draw(st.permutations(list(zip(DAYS, values, strict=False))))
    mixed = control.chart([day for day, _ in pairs], [value for _, value in pairs])
    assert mixed == chart_of(values)


@given(series)
def test_a_float_is_the_decimal_it_is_written_as(values: list[Any]) -> None:
    floats = chart_of([None if value is None else float(value) for value in values])
    assert (floats.rules, floats.segments) == ((made := chart_of(values)).rules, made.segments)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_any_finite_series_has_a_chart(values: list[float]) -> None:
    assume(any(values))
    made = chart_of(values, Settings(target=0))
    assert len(made.points()) == len(values)
