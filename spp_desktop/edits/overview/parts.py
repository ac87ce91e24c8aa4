"""The parts of the overview, as data: a part is one entry of ``PARTS``, on screen, on paper and on the command line."""

from collections.abc import Callable
from dataclasses import dataclass

from spp_desktop.edits.overview import returning
from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.store.overview import changed, checking, dates, indicators, statuses
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import TallyTable


@texts_of_program("title")
@dataclass(frozen=True)
class OverviewPart:
    """A part of the overview.

    Attributes:
        name: by which a program knows it; it never changes.
        title: what stands above it.
        read: gathers it.
        wide: whether it takes the width of two others where there is room.
    """

    name: str
    title: str
    read: Callable[[OverviewPlan], TallyTable]
    wide: bool = False


PARTS: tuple[OverviewPart, ...] = (
    OverviewPart("by priority", "Activities by priority", statuses.by_priority, wide=True),
    OverviewPart("by owner", "Activities by owner (lead)", statuses.by_owner, wide=True),
    OverviewPart("indicators", "Indicators on and off target", indicators.by_colour),
    OverviewPart("overdue", "Overdue", dates.overdue),
    OverviewPart("due", "Due next", dates.due_soon),
    OverviewPart("changed", "Changed since", changed.changed),
    OverviewPart("returns", "Returns outstanding", returning.outstanding),
    OverviewPart("checks", "What the checks find", checking.by_severity),
)
"""Every part, in the order in which they stand until a person chooses another."""


def part_named(name: str) -> OverviewPart | None:
    """The part of a name; ``None`` if there is none."""
    return next((part for part in PARTS if part.name == name), None)
