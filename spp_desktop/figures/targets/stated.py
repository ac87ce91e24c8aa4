"""A target as it was stated, what it is set for, and how it is shown as people write it.

A target stays as it was stated; what is kept beside it only serves arithmetic. ``reading.read`` makes it from words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.figures.targets.units import is_per_cent
from spp_desktop.plan.performance import Every, Measure, Polarity, TargetKind
from spp_desktop.plan.periods import year_end

STAR = "*"
"""Printed behind a target whose indicator is a local priority."""

_SHARES: frozenset[Measure] = frozenset({"percentage", "survey"})


class StatedTarget(Protocol):
    """A target as it stands in the plan: its kind, the words it was stated in, and the number in them, if any."""

    @property
    def kind(self) -> TargetKind: ...  # noqa: D102 - the class says it
    @property
    def stated(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def value(self) -> float | None: ...  # noqa: D102 - the class says it


class JudgedTarget(StatedTarget, Protocol):
    """A target with all that it is judged by: see ``Stated``."""

    @property
    def upper(self) -> float | None: ...  # noqa: D102 - Stated says it
    @property
    def strict(self) -> bool: ...  # noqa: D102 - Stated says it
    @property
    def every(self) -> Every: ...  # noqa: D102 - Stated says it
    @property
    def base_year(self) -> int | None: ...  # noqa: D102 - Stated says it
    @property
    def due(self) -> date | None: ...  # noqa: D102 - Stated says it


@dataclass(frozen=True)
class Stated:
    """A target as it was stated, without the star.

    Attributes:
        stated: its words.
        value: its number; ``None`` where it has none. In a change in per cent it is how much better: 4 for "4%",
            "-4%" and "4% reduction" where less is better; otherwise a minus counts. Of a range it is the lower end.
        kind: how it is expressed.
        star: whether a star stood behind it.
        upper: the upper end of a range.
        strict: whether the number itself misses it, as 8 does "under 8".
        every: what an amount is of: 100 a month.
        base_year: the first calendar year of the financial year that it is a change of, where that is not the one
            before.
        due: the day from which it is to be so.
    """

    stated: str
    value: float | None
    kind: TargetKind
    star: bool
    upper: float | None = None
    strict: bool = False
    every: Every = "year"
    base_year: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Subject:
    """What a target is set for, as far as that says what its words mean.

    Attributes:
        polarity: which way is better.
        unit: what a result counts; "" where that is not known.
        measure: how results are made; ``None`` where that is not known.
        per: what a rate is by, such as 1,000.
        grades: the indicator's own scale, the worst first; yes and no are one.
        usual: the kind of target that stands there, or in a year beside it.
        year: the first calendar year of the financial year that it is for; ``None`` where that is not known.
        over_plan: whether it is for the whole plan.
        years: the first calendar years of the plan.
    """

    polarity: Polarity = "higher"
    unit: str = ""
    measure: Measure | None = None
    per: float | None = None
    grades: tuple[str, ...] = ()
    usual: TargetKind | None = None
    year: int | None = None
    over_plan: bool = False
    years: tuple[int, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether results are so many per cent."""
        return self.measure in _SHARES or is_per_cent(self.unit)

    @property
    def is_number(self) -> bool:
        """Whether results are surely no per cent."""
        return not self.is_share and (bool(self.unit) or self.measure in {"count", "rate"})

    @property
    def last_day(self) -> date | None:
        """The last day of its year, or of the plan; ``None`` where that is not known."""
        if self.year is not None:
            return year_end(self.year)
        return year_end(max(self.years)) if self.over_plan and self.years else None

    @property
    def change(self) -> TargetKind:
        """What a change in per cent is of where nothing is said."""
        over = self.over_plan or (self.usual == "change over plan" and self.year is None)
        return "change over plan" if over else "change on previous year"


ANYTHING = Subject()
"""An indicator of which nothing is known but that more of it is better."""


class Unclear(ValueError):
    """What was written is no target, or may be several.

    Attributes:
        kinds: what may be meant, what is most likely first; empty where it is to be written in another way.
    """

    def __init__(self, sentence: str, kinds: Sequence[TargetKind] = ()) -> None:
        super().__init__(sentence)
        self.kinds = tuple(kinds)


def show(stated: str, star: bool) -> str:
    """A target as people write it, with its star: "4% *"."""
    return f"{stated} {STAR}" if star else stated


def with_kind(stated: str, kind: TargetKind) -> str:
    """A target with its kind behind it, as ``reading.read`` takes it: "22% [Level]"."""
    return f"{stated} [{KINDS[kind].title}]"
