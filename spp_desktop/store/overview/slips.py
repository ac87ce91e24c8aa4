"""What slipped in the period that runs: dates of activities and milestones that were moved to a later day, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import counted
from spp_desktop.store import slipped
from spp_desktop.store.monitored import MoveRow
from spp_desktop.store.overview.plan import OverviewPlan, behind, behind_milestone
from spp_desktop.store.overview.tallies import ONE, RowBehind, RowsBehind, TallyTable, listed_lines
from spp_desktop.store.slipped import SlippedRow

NAMES = {"due": "due date", "forecast": "expected date"}
"""The dates that move, as they are told."""
LATER = ("Activities later", "Milestones later")


@dataclass(frozen=True)
class SlipOfPeriod:
    """A row whose dates moved since the period began, by how many days in all, and the moves themselves."""

    row: SlippedRow
    days: int
    moves: Sequence[MoveRow]


def of_period(plan: OverviewPlan) -> TallyTable:
    """What moved to a later day since the period began, the farthest first: how often, and whether it is said why."""
    period = plan.period
    known = plan.reader.read(slipped.slipped, None, period.first)
    slips = later_in(known, period.first)
    told = {slip.row.key: _behind(plan, slip) for slip in slips}

    def rows(chosen: Iterable[SlipOfPeriod]) -> RowsBehind:
        """Slips as they are listed."""
        return tuple(told[slip.row.key] for slip in chosen)

    lines = [
        (LATER[0], rows(slip for slip in slips if slip.row.table == "activity")),
        (LATER[1], rows(slip for slip in slips if slip.row.table == "milestone")),
        ("Not for the first time", rows(slip for slip in slips if slip.row.slip.times > 1)),
        ("Without a reason", rows(slip for slip in slips if not all(move.reason for move in slip.moves))),
    ]
    shown = [(title, behind_it) for title, behind_it in lines if behind_it or title in LATER]
    return TallyTable(
        ONE, listed_lines(*shown), f"{period.title}: moved from {short_day(period.first)} on.", rows(slips)
    )


def later_in(rows: Iterable[SlippedRow], first: date, last: date = date.max) -> list[SlipOfPeriod]:
    """What the moves between two days made later, the farthest first."""
    slips = [_of(row, [move for move in row.moves if first <= move.moved_on <= last]) for row in rows]
    return sorted((slip for slip in slips if slip.days > 0), key=lambda slip: -slip.days)


def _of(row: SlippedRow, own: Sequence[MoveRow]) -> SlipOfPeriod:
    """By how many days some moves make a row later than what stood before them."""
    last = next((move.now for move in reversed(own) if move.now is not None), None)
    return SlipOfPeriod(row, (last - own[0].was).days if last is not None else 0, own)


def _behind(plan: OverviewPlan, slip: SlipOfPeriod) -> RowBehind:
    """A slip as it is listed: every move of the period with its reason, and how the row has slipped in all."""
    words = " · ".join(filter(None, (*map(_told, slip.moves), slip.row.slip.sentence)))
    if slip.row.table == "activity":
        return behind(plan.by_key[slip.row.key], words, slip.row.slip.expected)
    return behind_milestone(plan, plan.steps[slip.row.key], words, slip.row.slip.expected)


def _told(move: MoveRow) -> str:
    to = "taken away" if move.now is None else f"now {short_day(move.now)}"
    far = "" if move.days is None else f", {counted(abs(move.days), 'day')} {'later' if move.days > 0 else 'earlier'}"
    why = f": {move.reason}" if move.reason else ", no reason given"
    by = f"{move.moved_by}, {short_day(move.moved_on)}"
    return f"{NAMES[move.which]} was {short_day(move.was)}, {to}{far}; {by}{why}"
