"""A force among those most similar to it, as HM Inspectorate of Constabulary compares them.

The average of a group is the mean of its forces' rates, own force included: each force counts as much as another. A
group is of one year, for groups change, and being in another's group does not put it in one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.plan.performance import Polarity


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a force stands in its group.

    Attributes:
        force: whose standing this is.
        rate: its own rate.
        average: the mean of the rates.
        gap_percent: how far its rate is from the average, of the average; ``None`` where that is nought.
        rank: 1 is best; forces with one rate share a rank, and the next rank is left out.
        shared: whether another force has the same rank.
        of: the forces with a rate.
        missing: forces of the group without one, in the order given.
    """

    force: str
    rate: Fraction
    average: Fraction
    gap_percent: float | None
    rank: int
    shared: bool
    of: int
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """The rank in words: "3rd of 4", "equal 2nd of 8"."""
        return f"{'equal ' if self.shared else ''}{ordinal(self.rank)} of {self.of}"


def standing(force: str, rates: Mapping[str, GivenNumber | None], better: Polarity) -> Standing | None:
    """Where a force stands among the forces of its group, its own rate among theirs; ``None`` where it has none.

    Raises:
        ValueError: with a sentence, where the force is not in the group, or neither way is better.
    """
    if force not in rates:
        raise ValueError(f"{force} is not in the group that it is compared with.")
    if better == "neutral":
        raise ValueError("Forces cannot be ranked where neither higher nor lower is better.")
    known = {name: exact(rate) for name, rate in rates.items() if rate is not None}
    own = known.get(force)
    if own is None:
        return None
    average = sum(known.values(), Fraction()) / len(known)
    return Standing(
        force=force,
        rate=own,
        average=average,
        gap_percent=float(100 * (own - average) / average) if average else None,
        rank=1 + sum(rate < own if better == "lower" else rate > own for rate in known.values()),
        shared=list(known.values()).count(own) > 1,
        of=len(known),
        missing=tuple(name for name, rate in rates.items() if rate is None),
    )


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(rank: int) -> str:
    """A rank as people say it: "1st", "2nd", "11th"."""
    return f"{rank}{'th' if rank % 100 in {11, 12, 13} else _ENDINGS.get(rank % 10, 'th')}"
