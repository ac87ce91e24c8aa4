"""One indicator in all areas, side by side: their figures, their places among each other, and what they make together.

A place is 1 for the best; areas with one figure share a place, and the next is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from spp_desktop.figures.exact import Number, exact, shown
from spp_desktop.figures.judging import Judged
from spp_desktop.figures.peers import ordinal
from spp_desktop.figures.series import Reading, together, total

Basis = Literal["figure", "per 1,000", "change on last year", "against its aim"]
"""What areas are ranked by. Counts of areas of different sizes say little beside each other; the others do."""

BASES: Mapping[Basis, str] = {
    "figure": "the figure itself",
    "per 1,000": "the figure for every 1,000 of its population",
    "change on last year": "the change on the same period of last year, in per cent",
    "against its aim": "how far it is from where it should be, in per cent of that",
}
_THOUSAND, _PERCENT = 1000, 100


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area among the others.

    Attributes:
        judged: all that is said of it by itself.
        figure: for the year so far.
        ranked_by: what it is ranked by; ``None`` where that is not known.
        rank: its place, 1 for the best; ``None`` without one.
        shared: whether another area has the same place.
    """

    judged: Judged
    figure: Fraction | None
    ranked_by: Fraction | None
    rank: int | None
    shared: bool

    @property
    def place(self) -> str:
        """Its place in words: "3rd", "equal 2nd"; "" without one."""
        return "" if self.rank is None else f"{'equal ' if self.shared else ''}{ordinal(self.rank)}"


@dataclass(frozen=True, slots=True)
class AreaTable:
    """All areas of one indicator.

    Attributes:
        rows: the areas in the order of their places, those without one last, in the plan's order.
        force: the force by its own figures.
        basis: what they are ranked by.
        together: what the areas come to, added or pooled; ``None`` where figures cannot be put together.
        notes: sentences to be printed beneath.
    """

    rows: tuple[AreaRow, ...]
    force: Judged
    basis: Basis
    together: Fraction | None
    notes: tuple[str, ...]


def area_table(
    force: Judged, areas: Sequence[Judged], basis: Basis, populations: Mapping[str, Number] | None = None
) -> AreaTable:
    """The areas of one indicator beside each other.

    Args:
        force: The indicator judged for the force.
        areas: The same for each area, in the plan's order.
        basis: What to rank by.
        populations: By area's key, how many its figure is of, where it is ranked per 1,000.
    """
    people = populations or {}
    by = [_BY[basis](one, people) for one in areas]
    known = [value for value in by if value is not None]
    better = force.series.indicator.polarity
    rows = []
    for one, value in zip(areas, by, strict=True):
        rank = None
        if value is not None and better != "neutral":
            rank = 1 + sum(_is_better(other, value, basis, better) for other in known)
        rows.append(AreaRow(one, _figure(one, people), value, rank, rank is not None and by.count(value) > 1))
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0))
    pooled = _pooled(force, areas)
    return AreaTable(tuple(rows), force, basis, pooled, tuple(_notes(force, areas, rows, basis, pooled)))


def _is_better(other: Fraction, value: Fraction, basis: Basis, better: str) -> bool:
    if basis == "against its aim":
        return other < value
    return other < value if better == "lower" else other > value


def _figure(one: Judged, _: Mapping[str, Number]) -> Fraction | None:
    actual = one.judgement.facts.actual
    return None if actual is None else exact(actual)


def _per_thousand(one: Judged, people: Mapping[str, Number]) -> Fraction | None:
    actual, of = _figure(one, people), people.get(one.series.area_key)
    return None if actual is None or not of else actual * _THOUSAND / exact(of)


def _change(one: Judged, _: Mapping[str, Number]) -> Fraction | None:
    return None if one.change is None or one.change.percent is None else exact(one.change.percent)


def _against(one: Judged, _: Mapping[str, Number]) -> Fraction | None:
    off, aim = one.judgement.off, one.judgement.facts.aim
    return None if off is None or not aim else off * _PERCENT / abs(exact(aim))


_BY: Mapping[Basis, Callable[[Judged, Mapping[str, Number]], Fraction | None]] = {
    "figure": _figure,
    "per 1,000": _per_thousand,
    "change on last year": _change,
    "against its aim": _against,
}


def _pooled(force: Judged, areas: Sequence[Judged]) -> Fraction | None:
    """The areas' figures for the force's own period put together: counts added, rates and shares pooled."""
    indicator = force.series.indicator
    periods = {(one.first, one.last) for one in force.used}
    used = [[reading for reading in one.used if (reading.first, reading.last) in periods] for one in areas]
    if not used or any(len(those) != len(periods) for those in used) or indicator.measure == "level":
        return None
    every: list[Reading] = [reading for those in used for reading in those]
    if indicator.measure != "rate":
        return together(indicator.measure, indicator.per, every)
    if not all(reading.of for reading in every):
        return None
    # Months of one area add up over one population; areas add both up.
    people = total([reading.of or 0 for reading in every]) / len(periods)
    return total([reading.counted or 0 for reading in every]) * exact(indicator.per) / people


def _notes(
    force: Judged, areas: Sequence[Judged], rows: Sequence[AreaRow], basis: Basis, pooled: Fraction | None
) -> list[str]:
    said = [f"Ranked by {BASES[basis]}; 1st is best."]
    without = sum(row.rank is None for row in rows)
    if force.series.indicator.polarity == "neutral":
        said = ["Not ranked: neither higher nor lower is better."]
    elif without:
        said.append(f"{without} {'area has' if without == 1 else 'areas have'} no place, for lack of figures.")
    if basis == "figure" and force.series.indicator.measure == "count":
        said.append("Counts of areas of different sizes: a larger area has more of everything.")
    own = force.judgement.facts.actual
    if pooled is not None and own is not None and exact(own) != pooled:
        said.append(
            f"The areas come to {shown(pooled, 1)} together, and the force's own figure is {shown(exact(own), 1)}."
        )
    elif pooled is None and areas:
        said.append("The areas have not all the force's periods, so they are not put together.")
    return said
