"""No small count can be worked out from what is printed: looked at by means that know nothing of how it was hidden."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.figures.balanced_moves import CountSum
from spp_desktop.figures.small_numbers import CountCell, CountRule, CountsShown, PersonCount, protected
from tests.depth import depth

UNDER_5 = CountRule("suppress", limit=5)
TO_5 = CountRule("round", base=5)

Place = tuple[int | str, ...]
ALL = "all"


def _with_margins(
    inner: Mapping[tuple[int, ...], int], sizes: tuple[int, ...]
) -> tuple[dict[str, int], list[CountSum]]:
    """A table of any number of dimensions with all its totals, and the sums among its cells."""

    def name(place: Place) -> str:
        return " ".join(map(str, place))

    cells: dict[str, int] = {}
    sums: list[CountSum] = []
    for place in product(*([*range(size), ALL] for size in sizes)):
        within = product(*(range(size) if at == ALL else [at] for at, size in zip(place, sizes, strict=True)))
        cells[name(place)] = sum(inner[each] for each in within)
        for side, at in enumerate(place):
            if at == ALL:
                parts = tuple(name((*place[:side], part, *place[side + 1 :])) for part in range(sizes[side]))
                sums.append(CountSum(name(place), parts))
    return cells, sums


@st.composite
def _tables(draw: st.DrawFn, sizes: tuple[int, ...], most: int) -> tuple[dict[str, int], list[CountSum]]:
    places = list(product(*map(range, sizes)))
    values = draw(st.lists(st.integers(0, most), min_size=len(places), max_size=len(places)))
    return _with_margins(dict(zip(places, values, strict=True)), sizes)


def _shown(cells: Mapping[str, int], sums: list[CountSum], rule: CountRule) -> CountsShown:
    return protected([CountCell(key, value, rule, worth=1 + value) for key, value in cells.items()], sums)


# What a reader can work out


def _readings(value: PersonCount | None, most: int, rule: CountRule) -> list[int]:
    """What a count may be that is printed so; ``None`` is [c]."""
    if value is None:
        return list(range(rule.least_hidden, most + 1))
    return [each for each in range(most + 1) if rule.rounded(each) == value] if rule.method == "round" else [int(value)]


def _is_in(key: str, total: str) -> bool:
    return all(above in (own, ALL) for above, own in zip(total.split(), key.split(), strict=True))


def _ways_to_fill(shown: CountsShown, most: int, rule: CountRule) -> Iterator[dict[str, int]]:
    """Every state of the counts that a reader must think possible; no unknown one above a bound."""
    may = {key: _readings(value, most, rule) for key, value in shown.shown.items()}
    keys = [key for key in may if ALL not in key]
    totals = [key for key in may if ALL in key]
    above = {key: [each for each in totals if _is_in(key, each)] for key in keys}
    worked = dict.fromkeys(totals, 0)
    state: dict[str, int] = {}

    def fill(at: int) -> Iterator[dict[str, int]]:
        if at == len(keys):
            if all(worked[key] in may[key] or (shown.shown[key] is None and worked[key] > most) for key in totals):
                yield {**state, **worked}
            return
        key = keys[at]
        for value in may[key]:
            for total in above[key]:
                worked[total] += value
            if all(shown.shown[total] is None or worked[total] <= max(may[total]) for total in above[key]):
                state[key] = value
                yield from fill(at + 1)
            for total in above[key]:
                worked[total] -= value

    return fill(0)


def _worked_out(shown: CountsShown, sums: list[CountSum]) -> set[str]:
    """The hidden counts that follow from the printed ones by adding and taking away, by Gauss's elimination."""
    hidden = [key for key, value in shown.shown.items() if value is None]
    rows = [[Fraction({each.total: 1}.get(key, -1 if key in each.parts else 0)) for key in hidden] for each in sums]
    done, found = 0, set()
    for column in range(len(hidden)):
        at = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if at is None:
            continue
        rows[done], rows[at] = rows[at], rows[done]
        own = [value / rows[done][column] for value in rows[done]]
        rows = [
            own if row == done else [a - values[column] * b for a, b in zip(values, own, strict=True)]
            for row, values in enumerate(rows)
        ]
        done += 1
    for values in rows[:done]:
        named = [key for key, value in zip(hidden, values, strict=True) if value]
        if len(named) == 1:
            found.add(named[0])
    return found


@given(_tables((2, 3), 6))
@settings(max_examples=depth(4, 40))
def test_a_reader_who_tries_every_table_cannot_tell_a_small_count(table: tuple[dict[str, int], list[CountSum]]) -> None:
    cells, sums = table
    shown = _shown(cells, sums, UNDER_5)
    possible: dict[str, set[int]] = {key: set() for key in cells}
    for state in _ways_to_fill(shown, 9, UNDER_5):
        for key, value in state.items():
            possible[key].add(value)
    assert not shown.unprotected
    for key, value in cells.items():
        assert value in possible[key]  # what is so must look possible, or nothing was tried
        if 0 < value < 5:
            assert shown.shown[key] is None
            assert max(possible[key]) >= 5
        if shown.shown[key] is None:
            assert len(possible[key]) > 1
    assert all(shown.shown[key] == 0 for key, value in cells.items() if value == 0)


@given(_tables((3, 3, 2), 20))
@settings(max_examples=10)
def test_no_hidden_count_follows_from_what_is_printed(table: tuple[dict[str, int], list[CountSum]]) -> None:
    cells, sums = table
    shown = _shown(cells, sums, UNDER_5)
    assert not shown.unprotected
    assert _worked_out(shown, sums) == set()
    for key, move in shown.moves.items():
        assert key in move
        for each in sums:
            assert move.get(each.total, 0) == sum(move.get(part, 0) for part in each.parts)


@given(_tables((2, 2), 9))
@settings(max_examples=25)
def test_rounded_counts_do_not_give_a_small_one_back(table: tuple[dict[str, int], list[CountSum]]) -> None:
    cells, sums = table
    shown = _shown(cells, sums, TO_5)
    possible: dict[str, set[int]] = {key: set() for key in cells}
    for state in _ways_to_fill(shown, 40, TO_5):
        for key, value in state.items():
            possible[key].add(value)
    for key, value in cells.items():
        assert (shown.shown[key] or 0) % 5 == 0
        if 0 < value < 5 and key not in shown.unprotected:
            assert len(possible[key]) > 1


# One thing after the other


def _cells(*given: tuple[str, PersonCount], rule: CountRule | None = UNDER_5) -> list[CountCell]:
    return [CountCell(key, value, rule, worth=int(value) + 1) for key, value in given]


def test_one_small_area_takes_another_with_it_and_the_least_valuable() -> None:
    cells = _cells(("north", 3), ("south", 40), ("east", 25), ("force", 68))
    shown = protected(cells, [CountSum("force", ("north", "south", "east"))])
    assert shown.shown == {"north": None, "south": 40, "east": None, "force": 68}
    assert (set(shown.small), set(shown.beside)) == ({"north"}, {"east"})


def test_nought_stays_and_hides_nothing() -> None:
    shown = protected(_cells(("a", 0), ("b", 12), ("all", 12)), [CountSum("all", ("a", "b"))])
    assert shown.shown == {"a": 0, "b": 12, "all": 12}


def test_nought_is_hidden_where_it_is_said_to_be() -> None:
    rule = CountRule("suppress", limit=3, zero_stays=False)
    shown = protected(_cells(("a", 0), ("b", 12), ("all", 12), rule=rule), [CountSum("all", ("a", "b"))])
    assert shown.shown["a"] is None
    assert None in (shown.shown["b"], shown.shown["all"])


def test_two_small_ones_that_a_total_gives_away_take_a_third() -> None:
    cells = _cells(("a", 1), ("b", 2), ("c", 50), ("all", 53))
    shown = protected(cells, [CountSum("all", ("a", "b", "c"))])
    assert shown.shown["c"] is None  # 3 less at least 1 is at most 2: both would be known to be small


def test_the_quarter_is_hidden_in_the_year_to_date_too() -> None:
    """The first half year less the first quarter is a small second quarter that no table prints."""
    cells = [CountCell("q1", 30, UNDER_5), CountCell("q2", 2, UNDER_5, printed=False), CountCell("half", 32, UNDER_5)]
    shown = protected(cells, [CountSum("half", ("q1", "q2"))])
    assert [key for key, value in shown.shown.items() if value is None] in (["q1"], ["half"])
    assert "q2" not in shown.shown


def test_an_exception_is_shown_and_cannot_be_what_hides_another() -> None:
    cells = [*_cells(("a", 3), ("c", 40), ("all", 45)), CountCell("b", 2, UNDER_5, fixed=True)]
    shown = protected(cells, [CountSum("all", ("a", "b", "c"))])
    assert (shown.shown["b"], shown.shown["a"], shown.shown["c"]) == (2, None, None)


def test_what_must_be_shown_may_leave_a_count_without_protection() -> None:
    cells = [*_cells(("a", 3)), CountCell("b", 40, fixed=True), CountCell("all", 43, fixed=True)]
    assert protected(cells, [CountSum("all", ("a", "b"))]).unprotected == ("a",)


def test_a_count_that_is_printed_twice_is_one() -> None:
    twice = [CountCell("a", 30, UNDER_5, printed=False), CountCell("a", 30, UNDER_5, worth=7)]
    assert protected(twice, []).shown == {"a": 30}
    with pytest.raises(ValueError, match="two values"):
        protected([*twice, CountCell("a", 31, UNDER_5)], [])


def test_a_sum_of_counts_that_are_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="“b”"):
        protected(_cells(("a", 30), ("all", 31)), [CountSum("all", ("a", "b"))])


def test_a_sum_that_names_a_count_twice_says_nothing() -> None:
    shown = protected(
        _cells(("a", 3), ("b", 9)), [CountSum("a", ("a",)), CountSum("b", ("a", "a")), CountSum("b", ("b",))]
    )
    assert shown.shown == {"a": None, "b": 9}


def test_where_the_search_is_given_up_the_totals_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spp_desktop.figures.balanced_moves.MOST_STATES", 1)
    cells, sums = _with_margins({(0, 0): 3, (0, 1): 20, (1, 0): 30, (1, 1): 40}, (2, 2))
    shown = _shown(cells, sums, UNDER_5)
    assert {key for key, value in shown.shown.items() if value is None} == {"0 0", "0 all", "all 0", "all all"}
    fixed = [CountCell(key, value, UNDER_5, fixed=key != "0 0") for key, value in cells.items()]
    assert protected(fixed, sums).unprotected == ("0 0",)
