"""The parts of the overview, as data: a part is one entry of ``PARTS``, on screen, on paper and on the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.edits.overview import returning
from spp_desktop.plan.spoken import texts_of_program
from spp_desktop.store.checks.every import CheckedFinding
from spp_desktop.store.overview import changed, checking, dates, indicators, slips, statuses
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.reader import file_reader
from spp_desktop.store.overview.tallies import OverviewAsk, TallyTable


@texts_of_program("title")
@dataclass(frozen=True)
class OverviewPart:
    """A part of the overview.

    Attributes:
        name: by which a program knows it; it never changes.
        title: what stands above it.
        read: gathers it.
        wide: whether it takes the width of two others where there is room.
        beside: whether it can be read from the plan's file beside the window; otherwise it takes no time worth that.
    """

    name: str
    title: str
    read: Callable[[OverviewPlan], TallyTable]
    wide: bool = False
    beside: bool = True


PARTS: tuple[OverviewPart, ...] = (
    OverviewPart("by priority", "Activities by priority", statuses.by_priority, wide=True),
    OverviewPart("by owner", "Activities by owner (lead)", statuses.by_owner, wide=True),
    OverviewPart("by rule", "Statuses against the plan's rule", statuses.against_rule),
    OverviewPart("indicators", "Indicators on and off target", indicators.by_colour),
    OverviewPart("overdue", "Overdue", dates.overdue),
    OverviewPart("due", "Due next", dates.due_soon),
    OverviewPart("slipped", "Slipped this period", slips.of_period),
    OverviewPart("changed", "Changed since", changed.changed),
    OverviewPart("returns", "Returns outstanding", returning.outstanding, beside=False),
    OverviewPart("checks", "What the checks find", checking.by_severity),
)
"""Every part, in the order in which they stand until a person chooses another."""


def read_beside(
    path: Path,
    asked: OverviewAsk,
    findings: Sequence[CheckedFinding] | None,
    parts: Sequence[OverviewPart],
    tell: Callable[[str, int, int], None],
) -> dict[str, TallyTable]:
    """What parts say, by their names, read from the plan's file: for a job beside the window.

    Args:
        path: The plan's file.
        asked: What the overview is to be of.
        findings: What the checks find; ``None`` while they have not looked.
        parts: The parts; those that cannot be read so are left out.
        tell: Is told of each before it is read: its title, its place, and how many there are. It may raise to stop.

    Raises:
        PlanRefused: if the file cannot be read.
    """
    own = [part for part in parts if part.beside]
    tables: dict[str, TallyTable] = {}
    with file_reader(path) as reader:
        plan = OverviewPlan(reader, asked, findings)
        for place, part in enumerate(own):
            tell(part.title, place, len(own))
            tables[part.name] = part.read(plan)
    return tables


def part_named(name: str) -> OverviewPart | None:
    """The part of a name; ``None`` if there is none."""
    return next((part for part in PARTS if part.name == name), None)
