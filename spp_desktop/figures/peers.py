"""A force among those most similar to it, as HM Inspectorate of Constabulary compares them.

The average of a group is the mean of the rates of its forces, own force included: all forces count alike. Groups
change, so each is for one year; and a force in whose group we are need not be in ours.
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
        force: The name of the force.
        rate: Its own rate.
        average: The mean of the rates of the group.
        gap_percent: Its rate less the average, in per cent of the average; ``None`` if the average is 0.
        rank: Its rank, 1 for the best; forces with equal rates share a rank, and the next rank is left out.
        shared: Whether another force has the same rank.
        of: The number of forces with a rate.
        missing: The forces of the group without a rate, in the order given.
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
    """Where a force stands in its group; ``None`` if it has no rate.

    Args:
        force: The name of the force.
        rates: The rates of all forces of the group by name, its own among them; ``None`` for one that is not known.
        better: Which way is better.

    Raises:
        ValueError: if the force is not in the group, or neither way is better; the message is for people.
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
