"""What is said of activities for a reporting period: typed, carried forward, submitted, accepted or sent back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, select

from spp_desktop.edits import reporting_periods, rows
from spp_desktop.plan.delivery import Activity, ActivityOwner
from spp_desktop.plan.monitoring import ActivityReport, ReportingPeriod
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored
from spp_desktop.store.locks import author

TEXTS = ("done", "next")
"""What is typed for a period: what was done, and what is next."""


def set_texts(session: Session, period: str, cells: rows.CellValues) -> None:
    """Set what is said of any activities for a period: (activity key, "done" or "next", text).

    A row is made for an activity that has none yet. A text that is changed is no longer one that was only carried.

    Raises:
        RuleBroken: if the period is locked or was not opened, or a text is too long; nothing is then changed.
    """
    _demand_answerable(session, period)
    for activity, values in rows.by_row(cells).items():
        set_report(session, period, activity, **values)


def set_report(session: Session, period: str, activity: str, **values: Any) -> str:
    """Set columns of what is said of an activity for a period, and give the key of its row; one is made where none is.

    Raises:
        RuleBroken: if the period is locked, or of another year than the activity, or a value breaks a rule.
    """
    of = rows.get(session, ReportingPeriod, period)
    reporting_periods.demand_unlocked(of)
    row = _row(session, period, activity)
    if row is None:
        _demand_of_its_year(of, rows.get(session, Activity, activity))
        return rows.add(session, ActivityReport, activity_id=activity, period_id=period, **values)
    if any(name in TEXTS and value != getattr(row, name) for name, value in values.items()):
        values = {"carried": False, **values}
    rows.change(session, ActivityReport, row.id, **values)
    return row.id


def carry_forward(session: Session, period: str, activities: Iterable[str]) -> int:
    """Say for a period what was said for the one before, where nothing is said yet; give for how many activities.

    What is only carried forward is kept as such until it is changed.

    Raises:
        RuleBroken: if the period is locked or was not opened.
    """
    _demand_answerable(session, period)
    known = monitored.periods(session.connection())
    this = next(row for row in known if row.key == period)
    before = [row for row in known if row.ends < this.starts]
    earlier = {row.key: monitored.reports_by_activity(session.connection(), row.key) for row in before[-1:]}
    now = monitored.reports_by_activity(session.connection(), period)
    carried = 0
    for activity in dict.fromkeys(activities):
        before_it = earlier[before[-1].key].get(activity) if before else None
        texts = {name: getattr(before_it, name) for name in TEXTS} if before_it is not None else {}
        standing = now.get(activity)
        if any(texts.values()) and (standing is None or not (standing.done or standing.next)):
            set_report(session, period, activity, **texts, carried=True)
            carried += 1
    return carried


def submit(session: Session, period: str, activities: Collection[str], by: str = "") -> int:
    """Submit what is said of activities, with their status, %, forecast and reason as they stand; give how many.

    What was accepted already stays as it is.

    Args:
        session: The session of the revision.
        period: The period.
        activities: The activities.
        by: Who submits; whoever signs the step where nobody is named.

    Raises:
        RuleBroken: if the period is locked or was not opened.
    """
    _demand_answerable(session, period)
    signed = {"submitted_on": reporting_periods.today(session), "submitted_by": by.strip() or author()}
    submitted = 0
    for activity in rows.get_all(session, Activity, list(activities)):
        row = _row(session, period, activity.id)
        if row is None or row.accepted_on is None:
            cells = {name: getattr(activity, name) for name in monitored.REPORTED}
            set_report(session, period, activity.id, **cells, **signed)
            submitted += 1
    return submitted


def accept(session: Session, period: str, activities: Collection[str], by: str = "") -> None:
    """Accept what was submitted of activities.

    Raises:
        RuleBroken: if the period is locked, or of one of them nothing was submitted; says of which. None is then
            accepted.
    """
    today, who = reporting_periods.today(session), by.strip() or author()
    for activity, row in _submitted(session, period, activities, "accepted").items():
        on = max(today, row.submitted_on or today)  # a plan may be shown as at a day of before
        set_report(session, period, activity, accepted_on=on, accepted_by=who)


def send_back(session: Session, period: str, activities: Collection[str], remark: str, by: str = "") -> None:
    """Send what was submitted of activities back to their owners, with a remark: it is to be submitted again.

    Raises:
        RuleBroken: without a remark; if the period is locked, or of one of them nothing was submitted.
    """
    if not remark.strip():
        raise RuleBroken("remark", "Say what is to be changed: it goes back with that remark.")
    signed = {
        "returned_on": reporting_periods.today(session), "returned_by": by.strip() or author(),
        "remark": remark.strip(), "submitted_on": None, "submitted_by": "", "accepted_on": None, "accepted_by": "",
    }  # fmt: skip
    for activity in _submitted(session, period, activities, "sent back"):
        set_report(session, period, activity, **signed)


def take_back_acceptance(session: Session, period: str, activities: Collection[str]) -> None:
    """Say that what was accepted is only submitted.

    Raises:
        RuleBroken: if the period is locked.
    """
    for activity, row in _submitted(session, period, activities, "taken back").items():
        if row.accepted_on is not None:
            set_report(session, period, activity, accepted_on=None, accepted_by="")


def take_answer(session: Session, activity: str, ends: date, post: str | None, texts: Mapping[str, Any]) -> None:
    """Keep what a return answered of an activity in the row of the reporting period in which its own ends: submitted.

    Of an activity that several posts own the lead's answer is what is said for the period; what the others answer
    stands in the log of the activity. Of a plan without such a period nothing more is kept.

    Args:
        session: The session of the revision.
        activity: The activity, whose cells hold what was answered already.
        ends: The last day of what the return is about.
        post: Who answers, where that is known.
        texts: What was done and what is next, as far as either was answered.

    Raises:
        RuleBroken: if the period is locked; says how it is reopened.
    """
    period = monitored.period_of_day(monitored.periods(session.connection()), ends)
    owners = select(ActivityOwner).where(ActivityOwner.activity_id == activity)
    lead = next((row.post_id for row in session.exec(owners) if row.role == "lead"), None)
    if period is None or (post is not None and lead is not None and post != lead):
        return
    who = None if post is None else session.get(Post, post)
    own = rows.get(session, Activity, activity)
    cells = {name: getattr(own, name) for name in monitored.REPORTED}
    signed = {
        "submitted_on": reporting_periods.today(session), "submitted_by": author() if who is None else who.title,
        "accepted_on": None, "accepted_by": "",
    }  # fmt: skip
    set_report(session, period.key, activity, **cells, **texts, **signed)


def _submitted(session: Session, period: str, activities: Collection[str], deed: str) -> Mapping[str, ActivityReport]:
    """The rows of activities, all of them submitted."""
    submitted_rows = {}
    for activity in rows.get_all(session, Activity, list(activities)):
        row = _row(session, period, activity.id)
        if row is None or row.submitted_on is None:
            raise RuleBroken("submitted_on", f"Nothing of {activity.ref} was submitted, so nothing is {deed}.")
        submitted_rows[activity.id] = row
    return submitted_rows


def _row(session: Session, period: str, activity: str) -> ActivityReport | None:
    query = select(ActivityReport).where(ActivityReport.period_id == period, ActivityReport.activity_id == activity)
    return session.exec(query).first()


def _demand_of_its_year(period: ReportingPeriod, activity: Activity) -> None:
    """See that an activity is reported on in a period of its own year: no other tells of it.

    Raises:
        RuleBroken: if not.
    """
    if not year_of(period.starts) <= activity.year <= year_of(period.ends):
        raise RuleBroken(
            "period_id",
            f"{activity.ref} is of {year_name(activity.year)}, and {period.title} is not in that year. Report on it in "
            "a reporting period of its own year.",
        )


def _demand_answerable(session: Session, period: str) -> None:
    """See that a period may be answered: it was opened, and is not locked.

    Raises:
        RuleBroken: if not.
    """
    row = rows.get(session, ReportingPeriod, period)
    reporting_periods.demand_unlocked(row)
    if row.state == "planned":
        raise RuleBroken("state", f"{row.title} has not been opened yet. Open it first: Plan > Reporting periods….")
