"""Activities in returns: how each stands, and what a post reports of it at the end of a quarter."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import date_moves, delivery, homes, reporting_periods, reports
from spp_desktop.edits.sources import delivery_remarks, moved_again
from spp_desktop.edits.sources.listed import HOMES, POSTS, PRIORITIES, SERVED_BY_ACTIVITIES, STATUSES, PostsAnswering
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    IssueScope,
    ListedIn,
    NamedIn,
    NewRow,
    Parent,
    Parts,
    PlanRow,
    Remark,
    RowSource,
)
from spp_desktop.edits.status_reasons import told_of_returned
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.reporting import MONTHS_APART
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Choices, PlanFacts, Value
from spp_desktop.store import monitored, queries
from spp_desktop.store.plain import OWNERS, SERVES, STANDS_UNDER, ActivityRow, UpdateRow

_REPORTED = ("done", "next")
"""What a post reports of an activity for a period; it is kept as an update of the activity, not in the activity."""

_STAMPED = ("status", *_REPORTED)
"""What makes a report: how the activity stood at the end of the period is kept with what was said of it."""

_STANDING = ("percent", "forecast", "reason")
"""What else is an answer for a period: it stands in the activity, and is kept with what was said of it."""

_WHY = "reason"
"""The field in which a return says why dates move, as it says why a status is what it is."""

_NEW = (
    "priority_id",
    "text",
    "status_id",
    "percent",
    "start",
    "due",
    "forecast",
    "reason",
    "reported",
    "budget",
    "notes",
)
"""The columns of an activity that a return proposes; it is given the next free reference."""


class ActivitySource(RowSource):
    """Activities, each with its owners, and what was reported of it in the period by the post, or else by its lead."""

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The activities that an issue lists, in the order of their priorities."""
        reported: dict[tuple[str, str], UpdateRow] = {}
        if not set(_REPORTED).isdisjoint(fields):
            reported = {
                (update.activity_key, update.post): update
                for update in queries.updates(connection)
                if update.reported_on == scope.ends
            }
        standing = PostsAnswering.read(connection, "activity", fields).standing
        served = SERVED_BY_ACTIVITIES.served(connection, fields, SERVES)
        places = HOMES.titles(connection) if STANDS_UNDER in fields else {}
        for row in listed_activities(connection, scope):
            post = scope.owner or scope.leads.get(row.key, lead_of(row))
            home = places.get(row.home_key)
            parts = row, reported.get((row.key, post)), served.get(row.key, ()), standing.get(row.key, {}), home
            yield PlanRow(row.key, parts, lead_of(row))

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field: of a report, of what it serves or stands under, of its roles, or of its own columns."""
        if role_of(name):
            return lambda parts: parts[3].get(name, ())
        if name == SERVES:
            return lambda parts: parts[2]
        if name == STANDS_UNDER:
            return lambda parts: parts[4]
        place = 1 if name in _REPORTED else 0
        return lambda parts: getattr(parts[place], name, None)

    def owners(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The posts that own an activity that is asked for, alone or with others, or that stand in a role to one."""
        answering = _answering(connection, scope.year, scope.role)
        return {post for row, posts in answering for post in posts if scope.asks(row.reported)}

    def left_out(self, connection: Connection, scope: IssueScope) -> Mapping[str, str]:
        """The activities of the year that are not reported in the period."""
        rows = queries.activities(connection, scope.year, counted=False)
        return {row.ref: row.reported or "" for row in rows if not scope.asks(row.reported)}

    def lists(self) -> Mapping[str, Choices]:
        """How often an activity may be reported on."""
        return {"how often": Choices(tuple(MONTHS_APART))}

    def unowned(self, connection: Connection, year: int | None, role: str = "") -> Sequence[str]:
        """The activities of a year that no post owns, or that have no post in a role, by their references."""
        return [row.ref for row, posts in _answering(connection, year, role) if not posts]

    def heads(self, connection: Connection, year: int | None) -> Mapping[str, str]:
        """The activities of a year: milestones are seen under theirs."""
        return {row.ref: row.text for row in queries.activities(connection, year, counted=False)}

    def listed_in(self, row: Mapping[str, Any], cell: str, scope: IssueScope) -> ListedIn | None:
        """What the post, or else the lead, reported at the end of the period, as an update of the activity keeps it."""
        key = str(row["activity_id"])
        reported = [name for name in _REPORTED if cell in ("", name)]
        if str(row["reported_on"]) != f"{scope.ends}" or row["post"] != (scope.owner or scope.leads.get(key)):
            return None
        return ListedIn(key, reported)

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """What can hardly be meant of an activity, and dates that move again without a reason."""
        own = delivery_remarks.on_activity(returned, now, plan)
        return moved_again.beside(own, moved_again.remarks(returned, around, _WHY))

    def around(self, connection: Connection) -> Mapping[str, Any]:
        """The activities whose dates have moved."""
        return date_moves.moved_rows(connection, Activity)

    def told_of_answers(self, connection: Connection, answers: Mapping[str, Mapping[str, Value]]) -> str:
        """Statuses that are not what the plan's rule proposes, and that came without a reason."""
        return told_of_returned(connection, answers)

    def locked(self, connection: Connection, scope: IssueScope) -> tuple[Collection[str], str]:
        """What is answered for a reporting period that is locked."""
        periods = monitored.periods(connection) if scope.period and scope.ends else ()
        period = monitored.period_of_day(periods, scope.ends) if scope.ends else None
        if period is None or period.state != "locked":
            return (), ""
        return (*_STAMPED, *_STANDING), reporting_periods.why_locked(period)

    def refusal(self, connection: Connection, key: str, cells: Mapping[str, Value]) -> tuple[str, str]:
        """Why a date cannot be accepted without a reason."""
        return moved_again.refusal(connection, Activity, key, cells, _WHY)

    def place_of(self, cell: AcceptedCell) -> Hashable:
        """The cell; of what is reported, the report too: each post has its own."""
        return (*_report(cell), cell.field) if cell.field in _REPORTED else super().place_of(cell)

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set the activities' own columns, then keep what each post reported, with how the activity stands now."""
        own = [(cell.key, cell.column, cell.value) for cell in cells if cell.field not in _REPORTED]
        if own:
            delivery.set_cells(session, own)
        updates: dict[tuple[str, date | None, str | None], dict[str, Any]] = {}
        for cell in cells:
            if cell.field in _STAMPED:
                updates.setdefault(_report(cell), {}).update(
                    {cell.field: cell.value} if cell.field in _REPORTED else {}
                )
        for (key, ends, post), values in updates.items():
            if ends is not None:
                delivery.report(session, key, ends, post, **values)
        self._answer(session, cells)

    def _answer(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Have what was answered of activities for a part of the year stand in the row of its reporting period."""
        answered: dict[tuple[str, date | None, str | None], dict[str, Any]] = {}
        for cell in cells:
            if cell.scope.period and cell.field in (*_STAMPED, *_STANDING):
                texts = {cell.field: cell.value or ""} if cell.field in _REPORTED else {}
                answered.setdefault(_report(cell), {}).update(texts)
        for (key, ends, post), texts in answered.items():
            if ends is not None:
                reports.take_answer(session, key, ends, post, texts)

    def add(self, session: Session, row: NewRow) -> None:
        """Add an activity to the year; the post that the return went to owns it where it names no other."""
        year = row.scope.year
        if year is None:
            raise RuleBroken("year", "An activity is of a year, and this return is of none. Add it in the plan itself.")
        columns = {name: row.columns[name] for name in _NEW if row.columns.get(name) is not None}
        home = row.columns.get(STANDS_UNDER)
        if home:
            homes.demand_of(columns.get("priority_id"), homes.columns_of(session, home))
        owners = row.columns.get(OWNERS) or [row.post] * (row.post is not None)
        serves = row.columns.get(SERVES) or ()
        columns |= {name: posts for name, posts in row.columns.items() if role_of(name)}
        key = delivery.add_activity(session, year=year, owners=owners, serves=serves, home=home, **columns)
        reported = {name: row.columns[name] for name in _REPORTED if row.columns.get(name)}
        if reported and row.scope.ends is not None:
            delivery.report(session, key, row.scope.ends, row.post, **reported)
            if row.scope.period:
                reports.take_answer(session, key, row.scope.ends, row.post, reported)


def listed_activities(connection: Connection, scope: IssueScope) -> Iterator[ActivityRow]:
    """The activities that an issue lists, without what hangs on them."""
    for row, posts in _answering(connection, scope.listed_year, scope.role):
        if scope.lists(posts) and scope.asks(row.reported):
            yield row


def _answering(connection: Connection, year: int | None, role: str) -> Iterator[tuple[ActivityRow, tuple[str, ...]]]:
    """The activities of a year, each with the posts that own it, or that stand in a role to it."""
    answering = PostsAnswering.read(connection, "activity", role=role)
    for row in queries.activities(connection, year, counted=False):
        yield row, answering.of(row.key, role) if role else row.owners


def lead_of(row: ActivityRow) -> str:
    """The post that leads an activity; empty if nobody owns it."""
    return row.owners[0] if row.owners else ""


def _report(cell: AcceptedCell) -> tuple[str, date | None, str | None]:
    """Of which activity, day and post an answer is a report."""
    return cell.key, cell.scope.ends, cell.post


def _priorities(connection: Connection, year: int | None) -> dict[str, str]:
    """Priorities by the beginning of their activities' references: "3" of "3.04"."""
    return {_beginning(row.ref): row.priority for row in queries.activities(connection, year, counted=False)}


def _beginning(ref: str) -> str:
    return ref.partition(".")[0]


ACTIVITIES = ActivitySource(
    name="activities",
    word=Activity.word,
    models=(Activity, ActivityOwner, ActivityUpdate, RowLink, PostInRole),
    names={
        "status": NamedIn("status_id", STATUSES),
        "priority": NamedIn("priority_id", PRIORITIES),
        "owners": NamedIn(OWNERS, POSTS),
        SERVES: NamedIn(SERVES, SERVED_BY_ACTIVITIES),
        STANDS_UNDER: NamedIn(STANDS_UNDER, HOMES),
    },
    empties={"reason": "", "notes": "", OWNERS: (), SERVES: (), "done": "", "next": ""},
    parent=Parent("priority", Priority.word, _priorities, _beginning, choices=PRIORITIES.name),
    takes_new=True,
    by_activity=True,
    kept=ActivityUpdate,
)
