"""Surveys: intervals by worked values, and what an interval may be said to mean."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import survey
from spp_desktop.figures.survey import Interval, Sample
from tests.figures.vectors import VECTORS, all_near, near


def of(said_so: int, asked: int) -> Sample:
    return Sample(said_so / asked, asked)


def test_the_point_of_the_normal_distribution() -> None:
    assert near(survey.Z95, VECTORS["z95"])


@pytest.mark.parametrize("row", VECTORS["wilson"], ids=lambda row: f"{row['x']}/{row['n']}")
def test_wilson(row: dict[str, Any]) -> None:
    interval = survey.wilson(of(row["x"], row["n"]))
    assert all_near((interval.low, interval.high), (row["low"], row["high"]))
    assert interval.low <= interval.value <= interval.high


@pytest.mark.parametrize("row", VECTORS["wilson_deff"], ids=lambda row: f"deff {row['deff']}")
def test_wilson_with_a_design_effect(row: dict[str, Any]) -> None:
    sample = Sample(row["p"], row["n"], row["deff"])
    interval = survey.wilson(sample)
    assert near(sample.effective_size, row["n_eff"])
    assert all_near((interval.low, interval.high), (row["low"], row["high"]))


def test_a_factor_is_the_root_of_an_effect() -> None:
    assert near(survey.design_effect(1.3), 1.69)


def test_weights_cost_size() -> None:
    worked = VECTORS["kish"]
    assert worked["weights"] == "60 of 1, 30 of 2, 10 of 0.5"
    assert all_near(survey.effect_of_weights([1] * 60 + [2] * 30 + [0.5] * 10), (worked["n_eff"], worked["deff"]))
    with pytest.raises(ValueError, match="weights above 0"):
        survey.effect_of_weights([])


@pytest.mark.parametrize("row", VECTORS["newcombe"], ids=lambda row: f"{row['x1']}/{row['n1']} {row['x2']}/{row['n2']}")
def test_newcombe(row: dict[str, Any]) -> None:
    interval = survey.gap(of(row["x1"], row["n1"]), of(row["x2"], row["n2"]))
    assert all_near((interval.value, interval.low, interval.high), (row["diff"], row["low"], row["high"]))


@pytest.mark.parametrize("row", VECTORS["two_proportion_z"], ids=lambda row: f"{row['x1']}/{row['n1']}")
def test_the_pooled_test_of_a_gap(row: dict[str, Any]) -> None:
    z_and_p = survey.gap_test(of(row["x1"], row["n1"]), of(row["x2"], row["n2"]))
    assert z_and_p
    assert all_near(z_and_p, (row["z"], row["p"]))


def test_where_all_say_the_same_only_the_interval_judges() -> None:
    nobody = of(0, 10), of(0, 20)
    assert survey.gap_test(*nobody) is None
    assert not survey.is_real(survey.gap(*nobody))
    assert survey.gap_test(of(10, 10), of(20, 20)) is None


def test_a_gap_is_real_if_its_interval_leaves_nought_out() -> None:
    assert survey.is_real(survey.gap(of(56, 70), of(48, 80)))
    assert survey.is_real(survey.gap(of(48, 80), of(56, 70)))
    assert not survey.is_real(survey.gap(of(5, 56), of(0, 29)))
    assert not survey.is_real(Interval(0.1, 0.0, 0.2)), "an end on nought"


@pytest.mark.parametrize(
    ("low", "high", "better", "verdict"),
    [
        (0.85, 0.9, "higher", "met"),
        (0.8, 0.85, "higher", "too close to call"),
        (0.8, 0.8499, "higher", "missed"),
        (0.8, 0.85, "lower", "met"),
        (0.85, 0.9, "lower", "too close to call"),
        (0.8501, 0.9, "lower", "missed"),
    ],
)
def test_a_target_is_met_or_missed_only_by_the_whole_interval(
    low: float, high: float, better: Any, verdict: str
) -> None:
    assert survey.against(Interval(0.85, low, high), 0.85, better) == verdict


def test_85_of_100_against_85_is_too_close_to_call() -> None:
    assert survey.against(survey.wilson(of(850, 1000)), 0.85, "higher") == "too close to call"
    with pytest.raises(ValueError, match="neither higher nor lower"):
        survey.against(Interval(0.5, 0.4, 0.6), 0.5, "neutral")


def test_one_target_for_two_groups_is_three_judgements() -> None:
    judgements = survey.groups(of(1780, 2000), of(324, 400), 0.85)
    assert (judgements.first, judgements.second, judgements.gap_is_real) == ("met", "missed", True)
    assert near(judgements.gap.value, 0.08)


def test_a_gap_as_reports_print_it() -> None:
    assert survey.give_or_take(survey.gap(of(1720, 2000), of(324, 400))) == "5.0 ± 4.4"


@pytest.mark.parametrize(
    ("share", "size", "effect"), [(1.1, 9, 1), (-0.1, 9, 1), (0.5, 0, 1), (0.5, 9, 0), (math.nan, 9, 1)]
)
def test_what_is_no_sample_is_refused(share: float, size: float, effect: float) -> None:
    with pytest.raises(ValueError, match=r"survey|design effect"):
        Sample(share, size, effect)


samples = st.builds(
    lambda asked, part, effect: Sample(round(asked * part) / asked, asked, effect),
    st.integers(1, 5000),
    st.floats(0, 1),
    st.floats(0.5, 4),
)


@given(samples)
def test_an_interval_holds_the_share_and_stays_between_none_and_all(sample: Sample) -> None:
    interval = survey.wilson(sample)
    assert 0 <= interval.low <= sample.share <= interval.high <= 1
    turned = survey.wilson(Sample(1 - sample.share, sample.size, sample.design_effect))
    assert math.isclose(turned.low, 1 - interval.high, abs_tol=1e-12)


@given(samples, st.floats(1, 4))
def test_a_larger_design_effect_only_widens(sample: Sample, more: float) -> None:
    interval, wider = (
        survey.wilson(sample),
        survey.wilson(Sample(sample.share, sample.size, sample.design_effect * more)),
    )
    assert wider.low <= interval.low + 1e-12
    assert wider.high >= interval.high - 1e-12


@given(samples, samples)
def test_the_gap_the_other_way_is_turned_over(first: Sample, second: Sample) -> None:
    interval, turned = survey.gap(first, second), survey.gap(second, first)
    assert math.isclose(interval.low, -turned.high, abs_tol=1e-12)
    assert interval.low <= interval.value <= interval.high
    assert survey.is_real(interval) == survey.is_real(turned)


@given(samples, st.floats(0, 1))
def test_the_other_direction_turns_met_and_missed(sample: Sample, target: float) -> None:
    interval = survey.wilson(sample)
    verdicts = {survey.against(interval, target, "higher"), survey.against(interval, target, "lower")}
    assert verdicts in ({"met", "missed"}, {"too close to call"}, {"met", "too close to call"})
