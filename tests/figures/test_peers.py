"""Most similar forces: the mean of rates, ranks with ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.figures import counts, peers
from tests.figures.vectors import VECTORS, all_near, near

WORKED = VECTORS["similar_forces"]
RATES = {
    name: Fraction(crimes * 1000, people)
    for name, (crimes, people) in zip("ABCD", WORKED["crimes_population"], strict=True)
}


def test_the_worked_group() -> None:
    standing = peers.standing("ABCD"[WORKED["own_index"]], RATES, "lower")
    assert standing
    assert all_near(RATES.values(), WORKED["rates"])
    assert near(standing.average, WORKED["mean_of_rates"])
    assert near(counts.pooled(WORKED["crimes_population"], 1000), WORKED["pooled"])
    assert not near(standing.average, WORKED["pooled"])
    assert near(standing.gap_percent, WORKED["gap_pct_of_mean"])
    assert (standing.rank, standing.words, standing.rate) == (WORKED["rank_lower_better"], "3rd of 4", Fraction("12.4"))


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    rates = {"A": 10.1, "B": 9, "C": 10.1, "D": 11, "E": None}
    ranks = {name: standing.words for name in rates if (standing := peers.standing(name, rates, "lower"))}
    assert ranks == {"A": "equal 2nd of 4", "B": "1st of 4", "C": "equal 2nd of 4", "D": "4th of 4"}
    other = peers.standing("D", rates, "higher")
    assert other
    assert (other.words, other.missing) == ("1st of 4", ("E",))


def test_what_cannot_be_compared_says_so() -> None:
    assert peers.standing("A", {"A": None, "B": 2}, "lower") is None
    with pytest.raises(ValueError, match="F is not in the group"):
        peers.standing("F", RATES, "lower")
    with pytest.raises(ValueError, match="cannot be ranked"):
        peers.standing("A", RATES, "neutral")
    nought = peers.standing("A", {"A": 0, "B": 0}, "lower")
    assert nought
    assert (nought.gap_percent, nought.words) == (None, "equal 1st of 2")


def test_ranks_as_people_say_them() -> None:
    assert [peers.ordinal(rank) for rank in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "111th"]
    )


@given(st.data(), st.dictionaries(st.text(min_size=1), st.integers(0, 9), min_size=1, max_size=8))
def test_a_standing_does_not_hang_on_the_order(data: st.DataObject, rates: dict[str, int]) -> None:
    mixed = dict(data.draw(st.permutations(list(rates.items()))))
    for force in rates:
        assert peers.standing(force, mixed, "lower") == peers.standing(force, rates, "lower")
