"""Like against like."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures.comparison import Break, break_words, breaks_between, rolling_year, same_period
from tests.figures.vectors import VECTORS, near

LAST = VECTORS["trajectory"]["last_year"]
WORKED = VECTORS["ytd"]


def test_the_same_months_of_last_year() -> None:
    sums = same_period(WORKED["this_year"], LAST)
    assert sums
    assert (sums.now, sums.before, sums.change) == (WORKED["ytd"], WORKED["same_period_last_year"], WORKED["change"])
    assert near(sums.percent, WORKED["change_pct"])
    assert (sums.months, sums.left_out) == ((0, 1, 2, 3, 4, 5), ())


def test_a_month_missing_in_either_year_leaves_both_sides() -> None:
    sums = same_period([1, None, 3, 4, None, None], [10, 20, None, 40, 50, 60])
    assert sums
    assert [sums.now, sums.before] == [5, 50]
    assert (sums.months, sums.left_out) == ((0, 3), (1, 2))
    assert same_period([1, None], [None, 2]) is None
    assert same_period([], LAST) is None


def test_no_percentage_of_nought() -> None:
    sums = same_period([1, 2], [0, 0])
    assert sums
    assert sums.change == 3
    assert sums.percent is None


def test_twelve_months_against_the_twelve_before() -> None:
    sums = rolling_year([99, *LAST, *range(12)])
    assert sums
    assert [sums.now, sums.before, len(sums.months)] == [66, 4900, 12]
    assert rolling_year([*LAST, *range(11)]) is None


def test_a_comparison_across_a_break_says_so() -> None:
    clarified = Break(date(2008, 4, 1), "Grievous bodily harm clarified.")
    anew = Break(date(2009, 4, 1), "")
    assert breaks_between(date(2007, 4, 1), date(2009, 4, 30), [anew, clarified]) == [clarified, anew]
    assert breaks_between(date(2008, 4, 1), date(2009, 3, 31), [anew, clarified]) == []
    assert breaks_between(date(2008, 3, 1), date(2008, 4, 1), [anew, clarified]) == [clarified]
    assert break_words(clarified) == (
        "Counted in another way from 1 Apr 2008 (Grievous bodily harm clarified): what came before cannot be compared."
    )
    assert break_words(anew) == "Counted in another way from 1 Apr 2009: what came before cannot be compared."


figure = st.none() | st.integers(0, 99)


@given(st.lists(st.tuples(figure, figure), max_size=12))
def test_only_months_with_both_count(pairs: list[tuple[Any, Any]]) -> None:
    sums = same_period([now for now, _ in pairs], [before for _, before in pairs])
    both = [(now, before) for now, before in pairs if now is not None and before is not None]
    assert (sums is None) == (not both)
    if sums:
        assert (sums.now, sums.before) == (sum(now for now, _ in both), sum(before for _, before in both))
