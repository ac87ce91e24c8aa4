"""Small numbers of persons kept from being read, or worked out, over everything that is published together.

All counts of an edition are cells of one set, whichever table, chart or sentence prints them; a count that is printed
twice is one cell. What a reader can add up or take away are sums among them: areas and the force, quarters and the year
to date. A small count is shown as [c], and with it as many others as it takes that a reader cannot rule out that it is
as large as the rule's limit or larger. That the range which a reader can work out must be wide enough is the rule of
Hundepool and others, *Handbook on Statistical Disclosure Control* (second edition 2024), for tables protected by
suppression; how wide is ours. It is proved for each small count by a balanced move: another state of all counts, with
the same numbers printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf
from typing import Literal

from spp_desktop.figures.balanced_moves import BalancedMove, CountSum, SumNetwork, cheapest_move

PersonCount = int | Fraction
"""How many there are: whole persons, or full-time equivalents."""


@dataclass(frozen=True, slots=True)
class CountRule:
    """How small counts of persons are shown.

    Attributes:
        method: whether a small one is shown as [c], or each is rounded to a multiple of ``base``.
        limit: what is below it is small. Of rounded counts those below ``base`` are.
        base: what counts are rounded to, halves upwards.
        zero_stays: whether nought is no small count, and is shown.
    """

    method: Literal["suppress", "round"] = "suppress"
    limit: int = 5
    base: int = 5
    zero_stays: bool = True

    def is_small(self, value: PersonCount) -> bool:
        """Whether a count is too small to be read."""
        if self.method == "round":
            return 0 < value < self.base
        return value < self.limit and (value != 0 or not self.zero_stays)

    @property
    def least_hidden(self) -> int:
        """What a reader knows a hidden count to be at least: 1 where each nought is shown."""
        return int(self.method == "suppress" and self.zero_stays)

    @property
    def margin(self) -> int:
        """How much higher each small count may be for all that a reader can work out."""
        return 1 if self.method == "round" else max(1, self.limit - self.least_hidden)

    def rounded(self, value: PersonCount) -> int:
        """A count as it is shown by a rule that rounds."""
        return self.base * floor(Fraction(value) / self.base + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class CountCell:
    """A count.

    Attributes:
        key: by which outputs and sums name it.
        value: the count.
        rule: how it is shown if it is small; ``None`` for one that counts no persons.
        printed: whether any output prints it; one that none does can still be found by taking away.
        fixed: whether it must be shown as it is: an exception that a person made, or it is public already.
        worth: what a reader loses if it is hidden for another one's sake, beside those of other counts.
    """

    key: str
    value: PersonCount
    rule: CountRule | None = None
    printed: bool = True
    fixed: bool = False
    worth: int = 1

    @property
    def is_small(self) -> bool:
        """Whether it is to be kept from being read."""
        return self.rule is not None and not self.fixed and self.rule.is_small(self.value)

    @property
    def least_hidden(self) -> int:
        """What a reader knows it to be at least, if it is shown as [c]."""
        return self.rule.least_hidden if self.rule else 1


@dataclass(frozen=True, slots=True)
class CountsShown:
    """How counts are shown.

    Attributes:
        shown: what is printed of each, by its key; ``None`` is [c].
        small: the counts that are hidden because they are small.
        beside: the counts that are hidden so that those cannot be worked out.
        moves: for each small count the balanced move that proves that it cannot be.
        unprotected: the small counts that can be worked out whatever is hidden, because others must be shown.
    """

    shown: Mapping[str, PersonCount | None]
    small: frozenset[str]
    beside: frozenset[str]
    moves: Mapping[str, BalancedMove]
    unprotected: tuple[str, ...]


def protected(cells: Iterable[CountCell], sums: Iterable[CountSum]) -> CountsShown:
    """How the counts of an edition are shown, so that no small one can be read or worked out.

    For c counts of which s are small it takes at most s searches of ``MOST_STATES`` states, each of which looks at the
    counts that stand in a sum with one of its own.

    Raises:
        ValueError: if one count is given twice with two values, or a sum names a count that is not given.
    """
    hiding = _Hiding(_by_key(cells), SumNetwork.of(sums))
    for key in hiding.network.sums_of:
        if key not in hiding.cells:
            raise ValueError(f"A sum names the count “{key}”, which is not there.")
    small = sorted((cell for cell in hiding.cells.values() if cell.is_small), key=lambda cell: (cell.value, cell.key))
    hiding.hidden |= {cell.key for cell in small if cell.printed and cell.rule and cell.rule.method == "suppress"}
    own = frozenset(hiding.hidden)
    for cell in small:
        hiding.protect(cell)
    shown = {key: hiding.printed(cell) for key, cell in hiding.cells.items() if cell.printed}
    return CountsShown(shown, own, frozenset(hiding.hidden) - own, hiding.moves, tuple(hiding.unprotected))


def _by_key(cells: Iterable[CountCell]) -> dict[str, CountCell]:
    """The counts by their keys. One that is printed anywhere is printed; one that is fixed anywhere is fixed."""
    made: dict[str, CountCell] = {}
    for cell in cells:
        other = made.get(cell.key)
        if other is None:
            made[cell.key] = cell
            continue
        if (other.value, other.rule) != (cell.value, cell.rule):
            raise ValueError(f"The count “{cell.key}” is given twice, with two values or rules.")
        made[cell.key] = CountCell(
            cell.key,
            cell.value,
            cell.rule,
            cell.printed or other.printed,
            cell.fixed or other.fixed,
            max(cell.worth, other.worth),
        )
    return made


@dataclass
class _Hiding:
    """Counts as they are being hidden."""

    cells: dict[str, CountCell]
    network: SumNetwork
    hidden: set[str] = field(default_factory=set)
    moves: dict[str, BalancedMove] = field(default_factory=dict)
    unprotected: list[str] = field(default_factory=list)

    def protect(self, cell: CountCell) -> None:
        """Hide as many other counts as it takes that a small one cannot be worked out."""
        assert cell.rule is not None
        margin = cell.rule.margin
        for way in self._ways(cell, margin):
            move = cheapest_move(self.network, cell.key, way, lambda key, its: self._price(key, its, margin))
            if move is not None:
                self.moves[cell.key] = move
                self.hidden |= {key for key, its in move.items() if self._room(self.cells[key], its) < margin}
                return
        self.unprotected.append(cell.key)

    def _ways(self, cell: CountCell, margin: int) -> list[int]:
        """The ways in which a small count may be another: up; of rounded ones down as well, or up if it is hidden."""
        assert cell.rule is not None
        if cell.rule.method == "suppress" or not cell.printed:
            return [1]
        return [*(way for way in (1, -1) if self._room(cell, way) >= margin), 1]

    def _price(self, key: str, way: int, margin: int) -> int | None:
        """What it costs to let a count move as far as the margin; see ``balanced_moves.Price``."""
        cell = self.cells[key]
        if self._room(cell, way) >= margin:
            return 0
        if not self._can_be_hidden(cell) or _room_hidden(cell, way) < margin:
            return None
        return max(1, cell.worth)

    def _can_be_hidden(self, cell: CountCell) -> bool:
        return cell.printed and not cell.fixed and (cell.value != 0 or cell.least_hidden == 0)

    def _room(self, cell: CountCell, way: int) -> float:
        """How far a count could be up or down from what it is, for all that is printed of it."""
        if cell.key in self.hidden:
            return _room_hidden(cell, way)
        if cell.fixed:
            return 0
        if not cell.printed:
            return inf if way > 0 else floor(cell.value)
        if cell.rule is None or cell.rule.method == "suppress":
            return 0
        middle, half = cell.rule.rounded(cell.value), Fraction(cell.rule.base, 2)
        return ceil(middle + half - cell.value) - 1 if way > 0 else floor(cell.value - max(middle - half, Fraction(0)))

    def printed(self, cell: CountCell) -> PersonCount | None:
        """What is printed of a count; ``None`` is [c]."""
        if cell.key in self.hidden:
            return None
        if cell.rule is None or cell.fixed or cell.rule.method == "suppress":
            return cell.value
        return cell.rule.rounded(cell.value)


def _room_hidden(cell: CountCell, way: int) -> float:
    return inf if way > 0 else floor(cell.value - cell.least_hidden)
