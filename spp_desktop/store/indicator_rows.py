"""The rows of indicators as the named reads give them. A first look at a plan, which shows none, does without."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spp_desktop.store.plain import PostsInRoles, TargetRow

if TYPE_CHECKING:
    from spp_desktop.plan.performance import CutFrom, Measure, Polarity, TrajectoryMethod


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as its table shows it. ``group`` is the heading at the top, ``subgroup`` the one below it or "".

    ``targets`` are by first calendar year, ``None`` for the whole plan. ``notes`` are the numbers printed beside it.
    ``grades`` are the steps of its own scale as they were written, the best first. ``serves`` are the keys of what it
    measures or serves, ``marking_id`` that of the marking it bears itself. ``last_year`` is the last in which it is
    reported, ``None`` as long as it goes on.
    """

    key: str
    ref: str
    title: str
    group_key: str
    group: str
    subgroup: str
    unit: str
    polarity: "Polarity"
    population: str
    source: str
    local_priority: bool
    notes: tuple[int, ...]
    targets: dict[int | None, TargetRow]
    measure: "Measure"
    numerator: str
    denominator: str
    per: float
    rated_by: str
    trajectory: "TrajectoryMethod"
    profile_years: int
    cut_from: "CutFrom"
    rule_key: str | None
    screened: bool
    fix_after: int | None
    beyond_counts: bool
    grades: str = ""
    serves: tuple[str, ...] = ()
    roles: PostsInRoles = field(default_factory=dict, hash=False)
    marking_id: str | None = None
    last_year: int | None = None
