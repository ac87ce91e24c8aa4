"""The annual delivery plan as published tables: activities, and their milestones."""

from collections.abc import Sequence
from datetime import date

from spp_desktop.edits.publishing.common import YEAR, PlanRead
from spp_desktop.plan.kinds.day_or_period import apart
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.words import capital
from spp_desktop.returns.publication.publication import ForeignKey, PublishedColumn, PublishedTable, PublishedValue
from spp_desktop.store import queries

ACTIVITIES, MILESTONES = "delivery_plan", "milestones"
_OF_ACTIVITY = ("year", "activity_reference")
_HOME = "What it stands under within that, if not straight under it."
_WITHIN = "What the day is the last day of, where it stands for a whole month, quarter or year."


def activities(read: PlanRead) -> PublishedTable:
    """The activities of all years."""
    columns = (
        YEAR,
        PublishedColumn(
            "reference", "Reference", about="The activity's reference, which a year has once.", required=True
        ),
        PublishedColumn("activity", "Activity", wide=True, required=True),
        PublishedColumn("priority", capital(Priority.word.singular)),
        PublishedColumn("stands_under", "Stands under", wide=True, blank="z", about=_HOME),
        PublishedColumn("owners", "Owners", several=True, about="The posts that own it, the lead first."),
        PublishedColumn("status", "Status"),
        PublishedColumn("percent_complete", "Complete", "integer", "%"),
        PublishedColumn("start", "Start", "date"),
        PublishedColumn("due", "Due", "date", about="The date agreed."),
        PublishedColumn("forecast", "Forecast", "date", about="The date now expected, where it is another."),
        PublishedColumn("reason", "Reason", wide=True, about="Why the status is what it is."),
        PublishedColumn("budget", "Budget", "number", "£"),
        PublishedColumn("notes", "Notes", wide=True),
    )
    rows: list[Sequence[PublishedValue]] = [
        (
            year_name(row.year), row.ref, row.text, row.priority,
            row.home if row.home_key != row.priority_key else None, row.owners, row.status, row.percent, row.start,
            row.due, row.forecast, row.reason, row.budget, row.notes,
        )
        for row in queries.activities(read.connection)
    ]  # fmt: skip
    about = "The activities of the annual delivery plan: who owns each, how it stands, and when it is due."
    title = read.title("Annual delivery plan")
    return PublishedTable(ACTIVITIES, title, "Delivery plan", about, columns, rows, ("year", "reference"))


def milestones(read: PlanRead) -> PublishedTable:
    """The milestones of all activities, numbered within each."""
    columns = (
        YEAR,
        PublishedColumn(
            "activity_reference", "Activity reference", about="The activity that it is a step of.", required=True
        ),
        PublishedColumn("number", "Number", "integer", about="Its number among those of the activity.", required=True),
        PublishedColumn("milestone", "Milestone", wide=True, required=True),
        PublishedColumn("due", "Due", "date", about="The date agreed."),
        PublishedColumn("due_within", "Due within", about=_WITHIN, blank="z"),
        PublishedColumn("forecast", "Forecast", "date", about="The date now expected, where it is another."),
        PublishedColumn("forecast_within", "Forecast within", about=_WITHIN, blank="z"),
        PublishedColumn("done_on", "Done on", "date"),
        PublishedColumn(
            "owner", "Owner", about="The post that answers for it, where that is not the activity's owners."
        ),
        PublishedColumn("status", "Status"),
        PublishedColumn("percent_complete", "Complete", "integer", "%"),
    )
    known = {row.key: (row.year, row.ref) for row in queries.activities(read.connection, counted=False)}
    numbers: dict[str, int] = {}
    rows: list[Sequence[PublishedValue]] = []
    for row in queries.milestones(read.connection):
        year, ref = known[row.activity_key]
        numbers[row.activity_key] = number = numbers.get(row.activity_key, 0) + 1
        due, forecast = _apart(row.due), _apart(row.forecast)
        rows.append(
            (year_name(year), ref, number, row.title, *due, *forecast, row.done_on, row.owner, row.status, row.percent)
        )
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    about = "The milestones of the activities of the annual delivery plan."
    link = ForeignKey(_OF_ACTIVITY, ACTIVITIES, ("year", "reference"))
    title = read.title("Milestones of the annual delivery plan")
    return PublishedTable(MILESTONES, title, "Milestones", about, columns, rows, (*_OF_ACTIVITY, "number"), (link,))


def _apart(day: date | None) -> tuple[date | None, str | None]:
    """A day, and of what it is the last."""
    return apart(day)
