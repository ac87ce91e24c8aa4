"""A portfolio handed over: what a post owns moves to another post from a day on; what is past stays with whom it was.

Rows of years that ended before that day are left alone, and of the others it is kept until when the earlier post had
them, so that each day knows its owner.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from spp_desktop.edits import delivery, rows
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import EarlierOwner
from spp_desktop.store import owned_then, queries
from spp_desktop.store.locks import author
from spp_desktop.store.owned_then import OwnedRow

SAME = "It is handed over to the post that has it already. Choose another."
NO_REASON = "Say why the portfolio moves: the reason is kept with each row."
_DAY = timedelta(days=1)


def hand_over(  # noqa: PLR0917 - from whom, to whom, when and why
    session: Session,
    post: str,
    to: str,
    on: date,
    reason: str,
    keys: Collection[str] | None = None,
) -> int:
    """Hand over what a post owns from a day on, and give the number of rows.

    Args:
        session: The session of the revision.
        post: The key of the post that has it.
        to: The key of the post that is to have it.
        on: The first day on which it is the other's.
        reason: Why.
        keys: Which of its rows; ``None`` for all.

    Raises:
        RuleBroken: if the two are one, no reason is given, a row is gone, the day is still to come and a row is one
            that the post owns today, or a row was another post's on that day.
    """
    if post == to:
        raise RuleBroken("to", SAME)
    if not reason.strip():
        raise RuleBroken("reason", NO_REASON)
    for key in (post, to):
        rows.get(session, Post, key)
    owned = owned_then.owned_from(session.connection(), post, on)
    owned = [row for row in owned if keys is None or row.key in keys]
    demand_the_day_has_come(owned, on, queries.plan(session.connection()).today())
    demand_it_was_theirs(session.connection(), owned, on)
    for row in owned:
        _move(session, row, post, to)
        if row.since is None or row.since < on:
            values = {"owned_as": row.owned_as, "role_id": row.role or None, "until": on - _DAY}
            rows.add(
                session, EarlierOwner, row_id=row.key, post_id=post, reason=reason.strip(), author=author(), **values
            )
    return len(owned)


def demand_the_day_has_come(owned: Sequence[OwnedRow], on: date, today: date) -> None:
    """See that nothing is handed over ahead of its day: the plan says who owns a row, not who will.

    Rows of years that begin on that day or after it are nobody's yet, and can be handed over before.

    Raises:
        RuleBroken: for the field "on", with what to do.
    """
    early = next((row for row in owned if on > today and (row.since is None or row.since < on)), None)
    if early is not None:
        raise RuleBroken(
            "on",
            f"{early.words} is owned today, and {in_words(on)} is still to come. Hand it over on that day, or leave it "
            "out: only what belongs to a year that begins by then can be handed over before.",
        )


def demand_it_was_theirs(connection: Connection, owned: Sequence[OwnedRow], on: date) -> None:
    """See that nothing is handed over from a day on which it was still another post's: who had it then is kept.

    Raises:
        RuleBroken: for the field "on", with what to do.
    """
    before = owned_then.before(connection, [row.key for row in owned])
    for row in owned:
        for owner in before.get(row.key, ()):
            if (owner.owned_as, owner.role) == (row.owned_as, row.role) and owner.until >= on:
                raise RuleBroken(
                    "on",
                    f"{row.words} was {owner.title}'s until {in_words(owner.until)}. Hand it over from a later day, or "
                    "leave it out.",
                )


def _move(session: Session, row: OwnedRow, post: str, to: str) -> None:
    """Put one post in the place of another."""
    if row.role:
        _move_role(session, row, post, to)
    elif row.table == str(Activity.__tablename__):
        delivery.set_owners(session, row.key, [to if each == post else each for each in _owners(session, row.key)])
    elif row.table == str(Milestone.__tablename__):
        rows.change(session, Milestone, row.key, owner_id=to)
    else:
        register = next(each for each in REGISTERS if each.name == row.table)
        rows.change(session, register.model, row.key, **{register.owner: to})


def _owners(session: Session, activity: str) -> Sequence[str]:
    """The owners of an activity, the lead first."""
    query = select(ActivityOwner.post_id).where(ActivityOwner.activity_id == activity)
    return session.exec(query.order_by(col(ActivityOwner.role).desc(), col(ActivityOwner.position))).all()


def _move_role(session: Session, row: OwnedRow, post: str, to: str) -> None:
    """Put a post in the place of another in a role; where it stands there already, the other only goes."""
    query = select(PostInRole).where(PostInRole.row_id == row.key, PostInRole.role_id == row.role)
    standing = {each.post_id: each.id for each in session.exec(query)}
    if to in standing:
        rows.remove(session, PostInRole, standing[post])
    else:
        rows.change(session, PostInRole, standing[post], post_id=to)
