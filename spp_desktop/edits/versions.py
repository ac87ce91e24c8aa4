"""A plan's way: moved on to the next state, dated and signed. Each time is a numbered version, never changed after.

Undo takes a version back like any step; its number is not given again.
"""

import sqlite3
from datetime import date
from typing import cast

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.editions import PlanVersion, StateOfPlan
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import history, versions

NOBODY = "Say who signed it: a name, or a post."


def move_on(
    session: Session, state: str, dated: date, signed_by: str, *, post: str | None = None, note: str = ""
) -> int:
    """Move the plan on to a state as it stands at the newest step, and give the number of the version that this is.

    Who may do it is the plan's own list. Names are no logins, so that it is not enforced: where it is signed for
    another post than the list has, the version's note says so.

    Args:
        session: The session of the revision.
        state: The key of the state.
        dated: The day on which it came to it.
        signed_by: Who signed that.
        post: The key of the post for which it was signed; ``None`` for none.
        note: What is to be said of it.

    Raises:
        RuleBroken: if nobody is named, the day is before that of the version before, or a row is gone.
    """
    if not signed_by.strip():
        raise RuleBroken("signed_by", NOBODY)
    rows.get(session, StateOfPlan, state)
    signed_as = rows.get(session, Post, post).title if post else ""
    connection = session.connection()
    before = versions.versions(connection)
    if before and dated < before[-1].dated:
        raise RuleBroken(
            "dated",
            f"Version {before[-1].number} ({before[-1].state}) is dated {in_words(before[-1].dated)}; one that follows "
            f"it cannot be dated {in_words(dated)}.",
        )
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    newest = history.latest(raw)
    assert newest is not None  # a plan begins with a step
    own = next(each for each in versions.states(connection) if each.key == state)
    otherwise = versions.signed_otherwise(own, post, signed_as)
    number = versions.highest_number(raw) + 1
    rows.add(
        session, PlanVersion, number=number, state_id=state, dated=dated, signed_by=signed_by.strip(),
        post_id=post, note=" ".join(filter(None, (note.strip(), otherwise))), revision=newest.id,
    )  # fmt: skip
    return number
