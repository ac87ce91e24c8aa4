"""What each remaining year must be for the target over the plan to be met."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.judging.judged import judge
from spp_desktop.figures.judging.remaining_years import RemainingYears, remaining_years
from spp_desktop.plan.performance import TargetKind
from tests.figures.results_made import LAST_YEAR, OCTOBER, SO_FAR, aims, by_month, made

YEARS = (2008, 2009, 2010)


def worked(
    text: str = "10%", kind: TargetKind = "change over plan", on: date = OCTOBER, **whole_years: Any
) -> RemainingYears | None:
    """Robberies with a target over the plan; by default of 10% less than the 4,900 of the year before it."""
    results = [*by_month(2007, LAST_YEAR), *by_month(2008, SO_FAR)]
    for name, months in whole_years.items():
        year = int(name.removeprefix("y"))
        results = [row for row in results if row.first < date(year, 4, 1)] + by_month(year, months)
    return remaining_years(judge(made(results, targets=aims("lower", kind, plan=text), over=YEARS), on))


def test_a_change_asks_the_same_of_each_year_that_is_left() -> None:
    needed = worked()
    assert needed is not None
    assert needed.aim == 4410
    assert needed.sentence == (
        "The target over the plan, 10%, comes to 4,410 robberies. 2007-2008 came to 4,900 robberies. To reach it takes "
        "4,731 in 2008-2009, 4,568 in 2009-2010 and 4,410 in 2010-2011, 3.45% less each year."
    )


def test_what_was_missed_is_made_up_by_the_years_that_are_left() -> None:
    needed = worked(on=date(2009, 4, 30), y2008=[400] * 12)
    assert needed is not None
    assert list(needed.levels) == [2009, 2010]
    assert needed.change == pytest.approx(100 * ((4410 / 4800) ** 0.5 - 1))


def test_a_level_is_gone_to_in_equal_steps() -> None:
    needed = worked("at most 4000", "ceiling")
    assert needed is not None
    assert needed.levels == {2008: 4600, 2009: 4300, 2010: 4000}
    assert needed.change is None


def test_a_year_behind_without_results_is_named_and_not_counted_on() -> None:
    needed = worked(on=date(2009, 4, 30))
    assert needed is not None
    assert "2008-2009 has no whole year of results." in needed.sentence
    assert list(needed.levels) == [2009, 2010]


def test_what_is_reached_is_to_be_kept() -> None:
    needed = worked(on=date(2009, 4, 30), y2008=[300] * 12)
    assert needed is not None
    assert needed.sentence.endswith("It is reached already, and has to be kept.")


def test_when_the_years_are_over_nothing_is_asked() -> None:
    needed = worked(on=date(2011, 4, 30), y2008=[400] * 12, y2009=[390] * 12, y2010=[380] * 12)
    assert needed is not None
    assert needed.levels == {}
    assert needed.sentence.endswith("2010-2011 came to 4,560 robberies. No year is left.")


def test_without_the_figure_that_it_is_a_change_of_it_cannot_be_said() -> None:
    needed = remaining_years(judge(made(targets=aims("lower", "change over plan", plan="10%"), over=YEARS), OCTOBER))
    assert needed is not None
    assert needed.sentence == "10% is a change of 2007-2008, which has no whole year of results."
    needed = remaining_years(judge(made(targets=aims("lower", "ceiling", plan="at most 40"), over=YEARS), OCTOBER))
    assert needed is not None
    assert needed.sentence == "The target over the plan is at most 40. No whole year has results yet."


def test_what_has_no_number_is_not_worked_out() -> None:
    assert worked("reduce", "reduce") is None
    assert remaining_years(judge(made(by_month(2007, LAST_YEAR), over=YEARS), OCTOBER)) is None


@given(st.integers(1, 99), st.integers(100, 10**6), st.integers(1, 2))
def test_the_years_come_to_the_aim(less: int, month: int, done: int) -> None:
    """Each year that is left makes the same change, the last one comes to the aim exactly."""
    whole: dict[str, Any] = {f"y{2007 + n}": [month] * 12 for n in range(1, done + 1)}
    needed = worked(f"{less}%", on=date(2008 + done, 4, 30), **whole)
    assert needed is not None
    assert needed.aim is not None
    levels = [Fraction(12 * month), *needed.levels.values()]
    if needed.levels and needed.change is not None and needed.change < 0:
        steps = [float(after / before) for before, after in pairwise(levels)]
        assert steps == pytest.approx([1 + needed.change / 100] * len(steps))
        assert levels[-1] == needed.aim
