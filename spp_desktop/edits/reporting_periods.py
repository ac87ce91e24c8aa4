"""What a person does with reporting periods: makes, opens, closes and locks them, and reopens them with a reason."""

from datetime import date
from typing import Any, Literal

from sqlmodel import Session, SQLModel, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.identity import Plan, years_kept
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.monitoring import ActivityReport, PeriodsOf, PeriodState, ReportingPeriod
from spp_desktop.plan.periods import PERIODS, period_bounds, short_time_name, year_of
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import closed_years, monitored
from spp_desktop.store.locks import author

_PARTS: dict[PeriodsOf, str] = {"quarters": "quarter", "months": "month"}
"""What the parts of a year are called in ``plan.periods``, of those periods that the program can make."""


def make_periods(session: Session, of: PeriodsOf | None = None) -> list[str]:
    """Make the reporting periods of all years that are not closed, as far as they are not there yet; give their keys.

    Args:
        session: The session of the revision.
        of: Quarters or months; what the plan's own rule says where nothing is given. Of a plan that names its periods
            itself none are made.
    """
    connection = session.connection()
    of = of or monitored.delivery_rule(connection).periods
    if of not in _PARTS:
        return []
    standing = monitored.periods(connection)
    made = []
    closed = closed_years.years_closed(connection)
    for year in (each for each in years_kept(session.exec(select(Plan)).one()) if each not in closed):
        for part in PERIODS[_PARTS[of]]:
            starts, ends = period_bounds(year, part)
            if not any(row.starts <= ends and row.ends >= starts for row in standing):
                made.append(add_period(session, short_time_name(year, part), starts, ends))
    return made


def add_period(session: Session, title: str, starts: date, ends: date) -> str:
    """Add a reporting period of the plan's own, and give its key.

    Raises:
        RuleBroken: if it overlaps another one, ends before it begins, or one is called so already, be it in capitals.
    """
    for known in periods_in_order(session):
        if fold(known.title) == fold(title):
            raise RuleBroken("title", f"There is a reporting period {known.title} already.")
    return rows.add(session, ReportingPeriod, title=title, starts=starts, ends=ends)


def set_period(session: Session, key: str, **values: Any) -> None:
    """Set what a period is called, or its first or last day.

    Raises:
        RuleBroken: if it is locked, or would overlap another one.
    """
    demand_unlocked(rows.get(session, ReportingPeriod, key))
    rows.change(session, ReportingPeriod, key, **{name: values[name] for name in values if name not in _OF_STATE})


_OF_STATE = frozenset({"state", "state_on", "state_by", "reason"})


def remove_period(session: Session, key: str) -> None:
    """Remove a period for which nothing was said.

    Raises:
        RuleBroken: if it is locked, or anything was said for it.
    """
    demand_unlocked(rows.get(session, ReportingPeriod, key))
    rows.remove(session, ReportingPeriod, key)


def open_period(session: Session, key: str, by: str = "") -> None:
    """Ask for answers for a period; one that was closed may be answered again.

    Args:
        session: The session of the revision.
        key: The period.
        by: Who sees to it; whoever signs the step where nobody is named.

    Raises:
        RuleBroken: if it is locked.
    """
    _put_into(session, key, "open", by)


def close_period(session: Session, key: str, by: str = "") -> int:
    """Say that owners have answered, and keep a row for every activity; give how many rows were made.

    What was not submitted takes over the activity's cells as they are now, so that what was said stands.

    Raises:
        RuleBroken: if it is locked.
    """
    period = _put_into(session, key, "closed", by)
    return keep_every_activity(session, period)


def lock_period(session: Session, key: str, by: str = "") -> None:
    """Let a period stand as it is: nothing of it changes any more unless it is reopened. It is closed first.

    Raises:
        RuleBroken: if it is locked already.
    """
    period = rows.get(session, ReportingPeriod, key)
    demand_unlocked(period)
    if period.state != "closed":
        close_period(session, key, by)
    _put_into(session, key, "locked", by)


def reopen_period(
    session: Session, key: str, reason: str, by: str = "", to: Literal["closed", "open"] = "closed"
) -> None:
    """Let a locked period be changed again, for a reason that is kept.

    Args:
        session: The session of the revision.
        key: The period.
        reason: Why.
        by: Who sees to it; whoever signs the step where nobody is named.
        to: "closed", so that single rows may be mended, or "open", so that owners may answer again.

    Raises:
        RuleBroken: without a reason, or if it is not locked.
    """
    period = rows.get(session, ReportingPeriod, key)
    if period.state != "locked":
        raise RuleBroken("state", f"{period.title} is not locked, so there is nothing to reopen.")
    if not reason.strip():
        raise RuleBroken("reason", f"{period.title} is locked. Say why it is reopened.")
    rows.change(session, ReportingPeriod, key, state=to, reason=reason.strip(), **_signed(session, by))


def periods_in_order(session: Session) -> list[ReportingPeriod]:
    """All reporting periods, the earliest first."""
    return list(session.exec(select(ReportingPeriod).order_by(col(ReportingPeriod.starts))))


def demand_unlocked(period: ReportingPeriod | monitored.PeriodRow) -> None:
    """See that a period may be changed.

    Raises:
        RuleBroken: if it is locked; says how it is reopened.
    """
    if period.state == "locked":
        raise RuleBroken("period_id", why_locked(period))


def why_locked(period: ReportingPeriod | monitored.PeriodRow) -> str:
    """Why nothing of a locked period changes, and how it is reopened."""
    return (
        f"{period.title} is locked, so nothing of it changes. Reopen it first and say why: Plan > Reporting "
        "periods…, or spp periods --reopen."
    )


def today(session: Session) -> date:
    """The day by which the plan goes: that at which it is shown, or the real one."""
    return session.exec(select(Plan)).one().today()


def keep_every_activity(session: Session, period: ReportingPeriod) -> int:
    """Keep a row of a period for every activity of its years, and give how many were made.

    What was not submitted takes over the activity's cells as they are now; but once a later period has begun to be
    answered they speak of that one, so a row that took them over before stays as it is.
    """
    table = SQLModel.metadata.tables[str(ActivityReport.__tablename__)]
    years = range(year_of(period.starts), year_of(period.ends) + 1)
    session.flush()
    standing = monitored.reports_by_activity(session.connection(), period.id)
    later = [each for each in periods_in_order(session) if each.starts > period.ends and each.state != "planned"]
    new = []
    for activity in session.exec(select(Activity).where(col(Activity.year).in_(years))):
        cells = {name: getattr(activity, name) for name in monitored.REPORTED}
        known = standing.get(activity.id)
        if known is None:
            blank = ActivityReport(id=new_key(), activity_id=activity.id, period_id=period.id, **cells)
            new.append(blank.model_dump())
        elif known.submitted_on is None and not (later and monitored.took_over(known)):
            rows.change(session, ActivityReport, known.key, **cells)
    if new:
        session.connection().execute(table.insert(), new)
    return len(new)


def _put_into(session: Session, key: str, state: PeriodState, by: str) -> ReportingPeriod:
    """Put a period into a state, with the day and whoever saw to it; once locked it says no more why it was open."""
    period = rows.get(session, ReportingPeriod, key)
    demand_unlocked(period)
    values = {"state": state, **_signed(session, by)} | ({"reason": ""} if state == "locked" else {})
    rows.change(session, ReportingPeriod, key, **values)
    return period


def _signed(session: Session, by: str) -> dict[str, Any]:
    return {"state_on": today(session), "state_by": by.strip() or author()}
