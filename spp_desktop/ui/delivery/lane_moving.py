"""Dates moved on the timeline: what is taken hold of, and the day that it would have."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.kinds.days import short_day

GRIP = 14.0
"""The pixels beside the end of a bar in which it is taken hold of: more than those of a milestone that stands there."""
HOW = "Drag to the day now expected; with Shift, to another day agreed."


@dataclass(frozen=True, slots=True)
class DraggedDate:
    """A date on its way to another day.

    Attributes:
        row: The number of its lane.
        table: "activity" or "milestone".
        key: The key of the activity or milestone.
        name: What it is called: the reference of the activity, or the milestone's title.
        column: "forecast", or "due" for the day that was agreed.
        was: The day from which it is moved.
        day: The day on which it would be.
    """

    row: int
    table: str
    key: str
    name: str
    column: str
    was: date
    day: date

    def to(self, day: date) -> "DraggedDate":
        """The same, on its way to another day."""
        return replace(self, day=day)

    def by(self, days: int) -> "DraggedDate":
        """The same, so many days later."""
        return replace(self, day=self.day + timedelta(days))

    def words(self) -> str:
        """What it would say: "1.05 now expected 14 May 2009, 28 days later"."""
        verb = "now expected" if self.column == "forecast" else "due"
        days = (self.day - self.was).days
        apart = f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"
        return f"{self.name} {verb} {short_day(self.day)}" + (f", {apart}" if days else "")


def of_lane(chart: charts.Timeline, row: int, *, agreed: bool) -> DraggedDate | None:
    """The end of a lane's bar, taken hold of; ``None`` where it has none, or is finished.

    It is the day now expected that is moved, which leaves the one agreed where it was; or else, ``agreed``, that one.
    """
    lane = chart.lanes[row]
    if lane.end is None or lane.finished:
        return None
    was = lane.end if agreed else lane.slips_to or lane.end
    return DraggedDate(row, "activity", lane.key, lane.ref, "due" if agreed else "forecast", was, was)


def of_mark(row: int, mark: charts.MilestoneMark, *, agreed: bool) -> DraggedDate | None:
    """A milestone, taken hold of; ``None`` where it is done."""
    if mark.state == "done":
        return None
    was = mark.day if agreed else mark.slips_to or mark.day
    return DraggedDate(row, "milestone", mark.key, f"“{mark.title}”", "due" if agreed else "forecast", was, was)
