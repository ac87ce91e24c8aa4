"""Balanced moves: which counts could be other than they are, together, without any sum of them becoming another.

If one count were one higher and another of the same sum one lower, the sum would be what it is. A set of such changes
that leaves every sum as it is, is a balanced move; each count in it goes up or down by one, and in each sum one change
makes up for one other. Whoever sees only what the move leaves alone cannot tell the one state from the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

BalancedMove = Mapping[str, int]
"""Which counts move, by their keys: 1 for up, -1 for down."""

Price = Callable[[str, int], int | None]
"""What it costs to let a count move up (1) or down (-1): 0 where it is free to; ``None`` where it must not."""

MOST_STATES = 500
"""How many unfinished moves are looked at for one count, before the sure one through its totals is taken."""


@dataclass(frozen=True, slots=True)
class CountSum:
    """A count that is the sum of others: keys of cells."""

    total: str
    parts: tuple[str, ...]


@dataclass
class SumNetwork:
    """Sums by the counts that stand in them.

    Attributes:
        terms: the counts of each sum, each with 1 for the total and -1 for a part.
        sums_of: for each count the numbers of the sums in which it stands, with the same.
    """

    terms: list[dict[str, int]] = field(default_factory=list)
    sums_of: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, sums: Iterable[CountSum]) -> "SumNetwork":
        """The network of some sums; one that says nothing, or the same as another, is left out."""
        made, seen = cls(), set()
        for each in sums:
            terms = {each.total: 1, **dict.fromkeys(each.parts, -1)}
            known = frozenset(terms.items())
            if known in seen or each.total in each.parts or len(set(each.parts)) != len(each.parts):
                continue
            seen.add(known)
            for key, side in terms.items():
                made.sums_of.setdefault(key, {})[len(made.terms)] = side
            made.terms.append(terms)
        return made


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """A move that leaves some sums other than they are: by how much each is off, and which are made up for already."""

    moves: dict[str, int]
    off: dict[int, int]
    settled: frozenset[int]


def cheapest_move(network: SumNetwork, start: str, way: int, price: Price) -> BalancedMove | None:
    """A balanced move in which a count goes up (``way`` 1) or down (-1); ``None`` if there is none that was found.

    Unfinished moves are gone on with by what they cost and by how many sums they leave off, the least first; so the
    first that is whole is a cheap one, though not always the cheapest. Where none is whole after ``MOST_STATES``, the
    one is taken in which the totals above the count move with it.
    """
    off = {at: side * way for at, side in network.sums_of.get(start, {}).items()}
    first = _Unfinished({start: way}, off, frozenset())
    numbers = count()
    waiting = [(len(off), len(off), next(numbers), 0, first)]
    seen: set[frozenset[tuple[str, int]]] = set()
    while waiting and len(seen) < MOST_STATES:
        _, _, _, cost, state = heappop(waiting)
        known = frozenset(state.moves.items())
        if known in seen:
            continue
        seen.add(known)
        if not state.off:
            return state.moves
        for _, more, longer in _longer(network, state, price):
            left = len(longer.off)
            heappush(waiting, (cost + more + left, left, next(numbers), cost + more, longer))
    return _through_totals(network, first, price) if waiting else None


def _longer(network: SumNetwork, state: _Unfinished, price: Price) -> list[tuple[str, int, _Unfinished]]:
    """The ways in which one of the sums that are off can be made up for: of the sum that leaves the fewest."""
    fewest: list[tuple[str, int, _Unfinished]] | None = None
    for at in state.off:
        ways = _ways(network, state, at, price)
        if fewest is None or len(ways) < len(fewest):
            fewest = ways
        if len(fewest) <= 1:
            break
    return fewest or []


def _ways(network: SumNetwork, state: _Unfinished, at: int, price: Price) -> list[tuple[str, int, _Unfinished]]:
    made = []
    for key, side in network.terms[at].items():
        way = -state.off[at] * side
        if key in state.moves or (cost := price(key, way)) is None:
            continue
        longer = _with(network, state, key, way)
        if longer is not None:
            made.append((key, cost, longer))
    return made


def _with(network: SumNetwork, state: _Unfinished, key: str, way: int) -> _Unfinished | None:
    """The move with one more count in it; ``None`` where that would upset a sum that is made up for."""
    off, settled = dict(state.off), set(state.settled)
    for at, side in network.sums_of[key].items():
        if at in settled:
            return None
        if at not in off:
            off[at] = side * way
        elif off.pop(at) + side * way == 0:
            settled.add(at)
        else:
            return None
    return _Unfinished({**state.moves, key: way}, off, frozenset(settled))


def _through_totals(network: SumNetwork, first: _Unfinished, price: Price) -> BalancedMove | None:
    """The move in which whatever a count is a part of moves with it, and of a total its first part that may."""
    state = first
    while state.off:
        at = next(iter(state.off))
        ways = _ways(network, state, at, price)
        if not ways:
            return None
        state = min(ways, key=lambda each: (network.terms[at][each[0]] != 1, each[1]))[2]
    return state.moves
