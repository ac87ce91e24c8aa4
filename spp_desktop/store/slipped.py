"""Named read of what has slipped: activities and milestones, each with how often, how far, and every move of a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from spp_desktop.figures.slippage import Slippage, slippage
from spp_desktop.store import monitored, queries
from spp_desktop.store.monitored import MoveRow


@dataclass(frozen=True, slots=True)
class SlippedRow:
    """An activity or milestone that has slipped.

    Attributes:
        table: "activity" or "milestone".
        key: its key; ``activity_key`` that of its activity, or its own.
        ref: the reference of its activity.
        name: the words of the activity, or the title of the milestone.
        slip: how often and how far.
        moves: every move of its dates, the first one first.
    """

    table: str
    key: str
    activity_key: str
    ref: str
    name: str
    slip: Slippage
    moves: Sequence[MoveRow]

    @property
    def moved_on(self) -> date | None:
        """When a date of it was moved last."""
        return self.moves[-1].moved_on if self.moves else None

    def waiting(self, *, approved: bool) -> list[MoveRow]:
        """The moves that nobody has approved, where the plan says that the second is to be."""
        return [move for move in self.moves[1:] if not move.approved_by] if approved else []


def slipped(connection: Connection, year: int | None = None, since: date | None = None) -> list[SlippedRow]:
    """What has slipped, an activity's milestones behind it: of a year or all; only what moved on a day or after it."""
    moves = monitored.moves(connection)
    activities = queries.activities(connection, year, counted=False)
    steps: dict[str, list[SlippedRow]] = {}
    refs = {row.key: row.ref for row in activities}
    for step in queries.milestones(connection, year):
        own = moves.get(step.key, [])
        slip = slippage(step.due, step.forecast, own, step.done_on)
        row = SlippedRow("milestone", step.key, step.activity_key, refs[step.activity_key], step.title, slip, own)
        steps.setdefault(step.activity_key, []).append(row)
    every = []
    for activity in activities:
        own = moves.get(activity.key, [])
        slip = slippage(activity.due, activity.forecast, own)
        every.append(SlippedRow("activity", activity.key, activity.key, activity.ref, activity.text, slip, own))
        every += steps.get(activity.key, [])
    return [row for row in every if row.slip.slipped and (since is None or (row.moved_on or date.min) >= since)]
