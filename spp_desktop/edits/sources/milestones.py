"""Milestones in returns: steps of the activities that a post owns, each known by its words below its activity."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import date_moves, delivery
from spp_desktop.edits.sources import delivery_remarks, moved_again
from spp_desktop.edits.sources.activities import lead_of, listed_activities
from spp_desktop.edits.sources.listed import POSTS, STATUSES, PostsAnswering
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    IssueScope,
    NamedIn,
    NewRow,
    Parent,
    Parts,
    PlanRow,
    Remark,
    RowSource,
)
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone, Status
from spp_desktop.plan.monitoring import DateMove
from spp_desktop.plan.periods import period_bounds
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.roles import PostInRole
from spp_desktop.returns.definition import PlanFacts, Value
from spp_desktop.store import monitored, queries
from spp_desktop.store.plain import MOVED_WHY, ActivityRow, MilestoneRow

_OF_ACTIVITY = ("ref", "text")
"""What a milestone's row says of its activity."""

_BESIDE = {"due_now": 2, MOVED_WHY: 3}
"""What is neither of its activity nor a column of its own, by its place among the parts of a row."""

_NEW = ("title", "due", "forecast", "done_on", "status_id", "percent", "owner_id")


class MilestoneSource(RowSource):
    """Milestones, each with its activity."""

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The milestones of the activities that an issue lists, in the activities' order.

        For a part of a year those too that the post answers for below others' activities, itself or in the role that is
        asked; as a task none stands alone.
        """
        moved = monitored.moves(connection) if MOVED_WHY in fields else {}
        listed = {row.key for row in listed_activities(connection, scope)}
        activities = {row.key: row for row in _asked_for(connection, scope)}
        order = {key: place for place, key in enumerate(activities)}
        steps = [
            row
            for row, posts in _answering(connection, scope.listed_year, scope.role)
            if row.activity_key in listed
            or (row.activity_key in activities and scope.period and posts and scope.lists(posts))
        ]
        for row in sorted(steps, key=lambda step: order[step.activity_key]):
            activity = activities[row.activity_key]
            why = moved[row.key][-1].reason or None if row.key in moved else None
            parts = row, activity, _due_now(row, activity, scope), why
            yield PlanRow(row.key, parts, row.owner or lead_of(activity))

    def owners(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The posts that own a milestone that is asked for themselves, or stand in a role to one."""
        asked = {row.key for row in _asked_for(connection, scope)}
        answering = _answering(connection, scope.year, scope.role)
        return {post for row, posts in answering for post in posts if row.activity_key in asked}

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field: of its activity, of the milestone itself, how its day stands, or why that moved last."""
        if name in _BESIDE:
            at = _BESIDE[name]
            return lambda parts: parts[at]
        place = 1 if name in _OF_ACTIVITY else 0
        return lambda parts: getattr(parts[place], name, None)

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """What can hardly be meant of a milestone, and dates that move again without a reason."""
        own = delivery_remarks.on_milestone(returned, now, plan)
        return moved_again.beside(own, moved_again.remarks(returned, around, MOVED_WHY))

    def around(self, connection: Connection) -> Mapping[str, Any]:
        """The milestones whose dates have moved."""
        return date_moves.moved_rows(connection, Milestone)

    def refusal(self, connection: Connection, key: str, cells: Mapping[str, Value]) -> tuple[str, str]:
        """Why a date cannot be accepted without a reason."""
        return moved_again.refusal(connection, Milestone, key, cells, MOVED_WHY)

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set cells of milestones."""
        delivery.set_milestones(session, [(cell.key, cell.column, cell.value) for cell in cells])

    def add(self, session: Session, row: NewRow) -> None:
        """Add a milestone to its activity."""
        columns = {name: row.columns[name] for name in _NEW if row.columns.get(name)}
        delivery.add_milestone(session, row.columns["activity_id"], **columns)


def _answering(connection: Connection, year: int | None, role: str) -> Iterator[tuple[MilestoneRow, tuple[str, ...]]]:
    """The milestones of a year, each with the post that owns it itself, or those that stand in a role to it."""
    answering = PostsAnswering.read(connection, "milestone", role=role)
    for row in queries.milestones(connection, year):
        yield row, answering.of(row.key, role) if role else (row.owner,) * bool(row.owner)


def _asked_for(connection: Connection, scope: IssueScope) -> list[ActivityRow]:
    """The activities whose milestones are asked for, whosever they are."""
    rows = queries.activities(connection, scope.listed_year, counted=False)
    return [row for row in rows if scope.asks(row.reported)]


def _due_now(row: MilestoneRow, activity: ActivityRow, scope: IssueScope) -> str | None:
    """Whether a milestone is overdue in the quarter of an issue, or due in it, and neither it nor its activity done."""
    if scope.year is None or not scope.period or row.due is None or row.over or activity.finished:
        return None
    first, last = period_bounds(scope.year, scope.period, scope.begins)
    if row.due < first:
        return "Overdue"
    return "This quarter" if row.due <= last else None


def _activities(connection: Connection, year: int | None) -> dict[str, str]:
    """The keys of a year's activities by their references."""
    return {row.ref: row.key for row in queries.activities(connection, year, counted=False)}


MILESTONES = MilestoneSource(
    name="milestones",
    word=Milestone.word,
    models=(
        Activity,
        ActivityOwner,
        Attachment,
        Commitment,
        DateMove,
        Milestone,
        Post,
        Priority,
        Status,
        PostInRole,
        Theme,
    ),
    names={"status": NamedIn("status_id", STATUSES), "owner": NamedIn("owner_id", POSTS)},
    unset=frozenset({"ref"}),
    parent=Parent("activity_id", Activity.word, _activities, bears_ref=True),
    takes_new=True,
)
