"""Named reads of how delivery is monitored: reporting periods, what was said in each, moved dates, the plan's rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.monitoring import (
    ActivityReport,
    DateMove,
    DeliveryRule,
    MovedDate,
    PeriodState,
    ReportingPeriod,
    ReportState,
)
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rows import Row
from spp_desktop.store import queries
from spp_desktop.store.held_reads import given_again

REPORTED = ("status_id", "percent", "forecast", "reason")
"""The cells of an activity that a report takes over when it is submitted, or when its period is closed."""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A reporting period. Its columns are those of ``ReportingPeriod``."""

    key: str
    title: str
    starts: date
    ends: date
    state: PeriodState
    state_on: date | None = None
    state_by: str = ""
    reason: str = ""

    @property
    def locked(self) -> bool:
        """Whether nothing of it changes."""
        return self.state == "locked"

    def is_of(self, year: int) -> bool:
        """Whether it lies in a year, given by its first calendar year, or in part."""
        return year_of(self.starts) <= year <= year_of(self.ends)

    @property
    def years(self) -> range:
        """The first calendar years of the plan's years that it lies in."""
        return range(year_of(self.starts), year_of(self.ends) + 1)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What was said of an activity for a period. Its columns are those of ``ActivityReport``."""

    key: str
    activity_key: str
    period_key: str
    status_key: str | None
    percent: int | None
    forecast: date | None
    reason: str
    done: str
    next: str
    carried: bool
    submitted_on: date | None
    submitted_by: str
    accepted_on: date | None
    accepted_by: str
    returned_on: date | None
    returned_by: str
    remark: str

    @property
    def state(self) -> ReportState:
        """How far it is on its way to being signed off."""
        if self.accepted_on is not None:
            return "accepted"
        if self.submitted_on is not None:
            return "submitted"
        return "sent back" if self.returned_on is not None else "being written"


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A date that was moved. ``days`` is by how many it is later, below 0 earlier; ``None`` where it was taken away."""

    key: str
    row_key: str
    which: MovedDate
    was: date
    now: date | None
    moved_on: date
    moved_by: str
    reason: str
    approved_on: date | None
    approved_by: str

    @property
    def days(self) -> int | None:
        """By how many days it is later."""
        return None if self.now is None else (self.now - self.was).days


@given_again
def periods(connection: Connection) -> list[PeriodRow]:
    """All reporting periods, the earliest first."""
    table = _table(ReportingPeriod)
    return [
        PeriodRow(r.id, r.title, r.starts, r.ends, r.state, r.state_on, r.state_by, r.reason)
        for r in connection.execute(select(table).order_by(table.c.starts, table.c.title))
    ]


def period_asked(rows: Iterable[PeriodRow], today: date) -> PeriodRow | None:
    """The period that is answered now: of those that are open the latest that has begun, or else the first."""
    open_now = [row for row in rows if row.state == "open"]
    begun = [row for row in open_now if row.starts <= today]
    return begun[-1] if begun else next(iter(open_now), None)


def period_of_day(rows: Iterable[PeriodRow], day: date) -> PeriodRow | None:
    """The period that a day lies in."""
    return next((row for row in rows if row.starts <= day <= row.ends), None)


def period_named(rows: Iterable[PeriodRow], name: str) -> PeriodRow | None:
    """The period that a person names by its title, in capitals or small letters, or by its key."""
    wanted = name.strip().casefold()
    return next((row for row in rows if wanted in (row.title.casefold(), row.key)), None)


def earlier_period(rows: Sequence[PeriodRow], period: PeriodRow) -> PeriodRow | None:
    """The period before another."""
    before = [row for row in rows if row.ends < period.starts]
    return before[-1] if before else None


@given_again
def reports(connection: Connection, period: str | None = None, activity: str | None = None) -> list[ReportRow]:
    """What was said of activities, by period and then in their order: for one period, of one activity, or all."""
    table, of, at, above = (_table(model) for model in (ActivityReport, Activity, ReportingPeriod, Priority))
    query = (
        select(table)
        .join(of, of.c.id == table.c.activity_id)
        .join(at, at.c.id == table.c.period_id)
        .join(above, above.c.id == of.c.priority_id)
        .order_by(at.c.starts, of.c.year, above.c.position, of.c.position, of.c.id)
    )
    if period is not None:
        query = query.where(table.c.period_id == period)
    if activity is not None:
        query = query.where(table.c.activity_id == activity)
    return [
        ReportRow(
            r.id, r.activity_id, r.period_id, r.status_id, r.percent, r.forecast, r.reason, r.done, r.next, r.carried,
            r.submitted_on, r.submitted_by, r.accepted_on, r.accepted_by, r.returned_on, r.returned_by, r.remark,
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def reports_by_activity(connection: Connection, period: str) -> dict[str, ReportRow]:
    """What was said for a period, by the keys of the activities."""
    return {row.activity_key: row for row in reports(connection, period)}


def took_over(row: ReportRow) -> bool:
    """Whether a report holds any of the activity's cells, as they stood at some time; else only what was typed."""
    return any(value not in (None, "") for value in (row.status_key, row.percent, row.forecast, row.reason))


@given_again
def moves(connection: Connection, rows: Collection[str] | None = None) -> dict[str, list[MoveRow]]:
    """The dates that were moved, by the key of the activity or milestone, the first move first; of some rows or all."""
    table = _table(DateMove)
    query = select(table).order_by(table.c.row_id, table.c.position, table.c.moved_on, table.c.id)
    if rows is not None:
        query = query.where(table.c.row_id.in_(list(rows)))
    by_row: dict[str, list[MoveRow]] = defaultdict(list)
    for r in connection.execute(query):
        by_row[r.row_id].append(
            MoveRow(
                r.id, r.row_id, r.which, r.was, r.now, r.moved_on, r.moved_by, r.reason, r.approved_on, r.approved_by
            )
        )
    return dict(by_row)


def agreed_first(connection: Connection, rows: Collection[str] | None = None) -> dict[str, date]:
    """The day agreed first of each activity and milestone whose day agreed was moved, by its key; of some or all."""
    table = _table(DateMove)
    query = select(table.c.row_id, table.c.was).where(table.c.which == "due")
    if rows is not None:
        query = query.where(table.c.row_id.in_(list(rows)))
    latest_first = query.order_by(table.c.position.desc(), table.c.moved_on.desc(), table.c.id.desc())
    return dict(connection.execute(latest_first).all())


def delivery_rule(connection: Connection) -> DeliveryRule:
    """How the plan monitors its delivery: the first of its rules, or what is usual where it has none. Detached."""
    row = next(iter(queries.register(connection, DeliveryRule)), None)
    return DeliveryRule(title="The usual rule") if row is None else DeliveryRule(**row._asdict())


def _table(model: type[Row]) -> Any:
    return SQLModel.metadata.tables[str(model.__tablename__)]
