"""The plan as the overview reads it: each list is read once, when a part first asks for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property

from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import quarter_end, quarter_name, quarter_of, quarter_start, year_name, year_of
from spp_desktop.store import closed_years, monitored, proposed, queries
from spp_desktop.store.checks.every import CheckedFinding
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.overview.tallies import CountedTime, OverviewAsk, RowBehind, TallyMark
from spp_desktop.store.plain import ActivityRow, MilestoneRow, Proposal, StatusRow, UpdateRow

NO_STATUS = "No status"
NOBODY = "Nobody"


class OverviewPlan:
    """What there is to count.

    Attributes:
        reader: reads the plan.
        asked: what the overview is to be of.
        findings: what the checks find; ``None`` while they have not looked.
    """

    def __init__(
        self, reader: PlanReader, asked: OverviewAsk, findings: Sequence[CheckedFinding] | None = None
    ) -> None:
        self.reader, self.asked, self.findings = reader, asked, findings

    @cached_property
    def plan(self) -> Plan:
        """The plan's own row."""
        return self.reader.read(queries.plan)

    @cached_property
    def today(self) -> date:
        """The day by which late and early are judged."""
        return self.plan.today()

    @cached_property
    def period(self) -> CountedTime:
        """The reporting period that is answered now; where none is open, the quarter of the plan's years that runs."""
        asked = monitored.period_asked(self.reader.read(monitored.periods), self.today)
        if asked is not None:
            return CountedTime(asked.starts, asked.ends, asked.title)
        year, quarter = year_of(self.today), quarter_of(self.today)
        title = f"{year_name(year)} {quarter_name(quarter)}"
        return CountedTime(quarter_start(year, quarter), quarter_end(year, quarter), title)

    @property
    def since(self) -> date:
        """The day from which it is counted what changed."""
        return self.asked.since or self.period.first

    @cached_property
    def statuses(self) -> Sequence[StatusRow]:
        """The plan's own list of statuses."""
        return self.reader.read(queries.statuses)

    @cached_property
    def activities(self) -> Sequence[ActivityRow]:
        """The activities of all years, in the order of their years and priorities; what hangs on them is not read."""
        return self.reader.read(queries.activities, counted=False)

    @cached_property
    def closed(self) -> Collection[int]:
        """The years that are closed: nothing of them is waited for any more."""
        return self.reader.read(closed_years.years_closed)

    @cached_property
    def of_year(self) -> Sequence[ActivityRow]:
        """Those of the year that is asked for."""
        return [row for row in self.activities if row.year == self.asked.year]

    @cached_property
    def milestones(self) -> Sequence[MilestoneRow]:
        """The milestones of all activities."""
        return self.reader.read(queries.milestones)

    @cached_property
    def reported(self) -> dict[str, UpdateRow]:
        """What was reported last of activities, by their keys."""
        return {row.activity_key: row for row in reversed(self.reader.read(queries.updates))}

    @cached_property
    def proposals(self) -> Mapping[str, Proposal]:
        """How activities of the year stand by the plan's own rule, by their keys."""
        return self.reader.read(proposed.proposals, self.asked.year)

    @cached_property
    def steps(self) -> Mapping[str, MilestoneRow]:
        """The milestones by their keys."""
        return {row.key: row for row in self.milestones}

    @cached_property
    def by_key(self) -> dict[str, ActivityRow]:
        """The activities by their keys."""
        return {row.key: row for row in self.activities}


def mark_of(status: StatusRow) -> TallyMark:
    """How a status is drawn."""
    return TallyMark(status.shape, status.colour, status.dark_colour)


def behind(row: ActivityRow, words: str, day: date | None = None) -> RowBehind:
    """An activity as a row behind a number."""
    state = row.status or NO_STATUS
    return RowBehind("activity", row.key, row.ref, row.text, "; ".join(row.owners), state, day or row.due, words)


def behind_milestone(plan: OverviewPlan, row: MilestoneRow, words: str, day: date | None = None) -> RowBehind:
    """A milestone as a row behind a number: it is shown with its activity."""
    activity = plan.by_key[row.activity_key]
    owner = row.owner or "; ".join(activity.owners)
    text = f"Milestone: {row.title}"
    return RowBehind("milestone", row.key, activity.ref, text, owner, row.status, day or row.due, words, activity.key)


def days_words(day: date, today: date) -> str:
    """How far a day lies back or ahead: "92 days ago", "today", "in 3 days"."""
    days = (day - today).days
    if days == 0:
        return "today"
    count = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'}"
    return f"in {count}" if days > 0 else f"{count} ago"


def due_words(due: date, forecast: date | None, today: date) -> str:
    """When something is due and expected, in words."""
    words = f"due {short_day(due)}, {days_words(due, today)}"
    if forecast is None or forecast == due:
        return words
    return f"{words}; expected {short_day(forecast)}"
