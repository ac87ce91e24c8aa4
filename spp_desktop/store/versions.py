"""Named reads of a plan's way: its states, its versions, and what it says otherwise since one of them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.editions import PlanVersion, StateOfPlan
from spp_desktop.plan.posts import Post
from spp_desktop.store import history

SAID: Mapping[str, frozenset[str]] = {
    "section": frozenset({"number", "title", "body"}),
    "note": frozenset({"text"}),
    "priority": frozenset({"title", "narrative"}),
    "theme": frozenset({"title", "narrative", "parent_id", "priority_id"}),
    "commitment": frozenset({"text", "theme_id", "priority_id"}),
    "activity": frozenset({"year", "ref", "text", "due", "priority_id", "theme_id", "commitment_id"}),
    "milestone": frozenset({"title", "due"}),
    "indicator": frozenset({"ref", "title", "unit", "polarity", "measure", "group_id"}),
    "target": frozenset({"year", "kind", "stated", "value", "upper", "over_first", "over_years"}),
}
"""What a plan says that it will do, as columns by table. How that goes (status, forecasts, results) is none of it."""


@dataclass(frozen=True)
class StateRow:
    """A state that a plan can be in, of the plan's own list.

    Attributes:
        key: its key.
        title: what it is called.
        meaning: what that means.
        issues: whether a plan in it is out.
        post_key: the post that the list says moves a plan to it; ``None`` for anybody.
        post: what that post is called; "" for anybody.
    """

    key: str
    title: str
    meaning: str
    issues: bool
    post_key: str | None
    post: str


@dataclass(frozen=True)
class VersionRow:
    """A version: the plan as it came to a state. Its columns are those of ``plan.editions.PlanVersion``.

    Attributes:
        state, post: what they are called; ``post`` is "" where it was signed for none.
        issues: whether a plan in this state is out.
    """

    key: str
    number: int
    state_key: str
    state: str
    issues: bool
    dated: date
    signed_by: str
    post_key: str | None
    post: str
    note: str
    revision: str


def states(connection: Connection) -> list[StateRow]:
    """The states of the plan's own list, in its order."""
    s, p = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (StateOfPlan, Post))
    query = select(s.c.id, s.c.title, s.c.meaning, s.c.issues, s.c.post_id, p.c.title.label("post"))
    joined = query.select_from(s.outerjoin(p, p.c.id == s.c.post_id)).order_by(s.c.position, s.c.id)
    return [
        StateRow(key, title, meaning, bool(issues), post_key, post or "")
        for key, title, meaning, issues, post_key, post in connection.execute(joined)
    ]


def versions(connection: Connection) -> list[VersionRow]:
    """All versions, by their numbers."""
    v, s, p = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (PlanVersion, StateOfPlan, Post))
    joined = v.join(s, s.c.id == v.c.state_id).outerjoin(p, p.c.id == v.c.post_id)
    columns = (
        v.c.id, v.c.number, s.c.id, s.c.title, s.c.issues, v.c.dated, v.c.signed_by, v.c.post_id, p.c.title,
        v.c.note, v.c.revision,
    )  # fmt: skip
    query = select(*columns).select_from(joined).order_by(v.c.number)
    return [
        VersionRow(key, number, state_key, state, bool(issues), dated, signed_by, post_key, post or "", note, revision)
        for key, number, state_key, state, issues, dated, signed_by, post_key, post, note, revision in (
            connection.execute(query)
        )
    ]


def highest_number(connection: sqlite3.Connection) -> int:
    """The highest number that a version was ever given, also one that was undone; 0 before the first."""
    query = f"""SELECT ifnull(max(n), 0) FROM (
        SELECT number AS n FROM plan_version
        UNION ALL SELECT {history.cell_of_row("add", "number")} FROM step_change
            WHERE row_table = 'plan_version' AND action = 'add')"""
    return int(connection.execute(query).fetchone()[0])


def signed_otherwise(state: StateRow, post_key: str | None, post: str) -> str:
    """What is asked about, and noted, where a plan is moved on by another post than its list says; "" where it is not.

    Args:
        state: the state that it is moved on to.
        post_key: the post for which it is signed; ``None`` for none.
        post: what that is called.
    """
    if state.post_key in (None, post_key):
        return ""
    signed = f"signed as {post}" if post_key else "signed for no post"
    return f"“{state.title}” is for {state.post} to say, by the plan's own list; it is {signed}."


def said_otherwise(plan: sqlite3.Connection, revision: str) -> int:
    """How many texts and figures of what the plan says are other now than as of a step; what came or went counts once.

    What was changed and changed back does not count. A step that the plan's history does not have counts nothing.
    """
    step = history.revision_named(plan, revision)
    then: dict[tuple[str, str, str], object] = {}
    now: dict[tuple[str, str, str], object] = {}
    came, went = set[tuple[str, str]](), set[tuple[str, str]]()
    for _, change in history.changes_of_tables(plan, SAID, step.n) if step is not None else ():
        row = (change.table, change.row)
        if change.action == "set":
            if change.cell in SAID[change.table]:
                then.setdefault((*row, change.cell), change.before)
                now[*row, change.cell] = change.after
        elif change.action == "add":
            (went.discard if row in went else came.add)(row)
        else:
            (came.discard if row in came else went.add)(row)
    cells = [place for place, before in then.items() if before != now[place] and place[:2] not in came | went]
    return len(cells) + len(came) + len(went)


def first_year_as_of(plan: sqlite3.Connection, revision: str) -> int:
    """The first year of the plan as of a step, by its first calendar year."""
    query = (
        "SELECT before FROM step_change WHERE row_table = 'plan' AND cell = 'first_year' AND action = 'set' "
        "AND revision > (SELECT n FROM revision WHERE id = ?) ORDER BY n LIMIT 1"
    )
    changed = plan.execute(query, (revision,)).fetchone()
    return int((changed or plan.execute('SELECT first_year FROM "plan"').fetchone())[0])
