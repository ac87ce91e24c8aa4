"""What a person does with posts in roles: says who answers for rows of the plan beside those that lead them."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import bindparam, select
from sqlmodel import Session, SQLModel, col

from spp_desktop.plan.posts import Post
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.link_faults import tables_of

InRoles = Mapping[str, Mapping[str, Sequence[str]]]
"""Posts by the row that they stand to and the name of the role's cell: "role:KEY"."""


def apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Sequence[str]]]:
    """The cells of a row that are its own columns, and those that are posts in roles."""
    own = {name: value for name, value in values.items() if not role_of(name)}
    return own, {name: value or () for name, value in values.items() if role_of(name)}


def set_in_roles(session: Session, cells: InRoles) -> None:
    """Make these posts, in this order, those that stand in roles to rows; other roles of the rows stay as they are.

    Raises:
        RuleBroken: if a row, a role or a post is no longer in the plan; nothing is then changed.
    """
    cells = {key: wanted for key, wanted in cells.items() if wanted}
    if not cells:
        return
    session.flush()
    _demand_there(session, cells)
    table = SQLModel.metadata.tables[str(PostInRole.__tablename__)]
    query = select(table).where(table.c.row_id.in_(cells))
    standing = {(r.row_id, r.role_id, r.post_id): r for r in session.connection().execute(query)}
    wanted = {
        (key, role_of(name), post): float(place)
        for key, of_row in cells.items()
        for name, posts in of_row.items()
        for place, post in enumerate(dict.fromkeys(posts))
    }
    asked = {(key, role_of(name)) for key, of_row in cells.items() for name in of_row}
    connection = session.connection()
    gone = [{"key": row.id} for at, row in standing.items() if at[:2] in asked and at not in wanted]
    if gone:
        connection.execute(table.delete().where(table.c.id == bindparam("key")), gone)
    moved = [
        {"key": row.id, "place": wanted[at]}
        for at, row in standing.items()
        if at in wanted and row.position != wanted[at]
    ]
    if moved:
        placing = table.update().where(table.c.id == bindparam("key"))
        connection.execute(placing.values(position=bindparam("place")), moved)
    added = [
        {"id": new_key(), "row_id": row, "role_id": role, "post_id": post, "position": place}
        for (row, role, post), place in wanted.items()
        if (row, role, post) not in standing
    ]
    if added:
        connection.execute(table.insert(), added)
    session.expire_all()


def copy_roles(session: Session, key: str, copy: str) -> None:
    """Let the posts that stand in roles to a row stand in them to a copy of it, too."""
    table = SQLModel.metadata.tables[str(PostInRole.__tablename__)]
    rows = session.connection().execute(select(table).where(table.c.row_id == key)).all()
    copies = [{**row._asdict(), "id": new_key(), "row_id": copy} for row in rows]
    if copies:
        session.flush()
        session.connection().execute(table.insert(), copies)


def _demand_there(session: Session, cells: InRoles) -> None:
    """See that the rows, the roles and the posts are in the plan."""
    raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    names = {name for of_row in cells.values() for name in of_row}
    roles, posts = (set(session.scalars(select(col(model.id)))) for model in (NamedRole, Post))
    gone = next((name for name in sorted(names) if role_of(name) not in roles), "")
    if gone:
        raise RuleBroken(gone, "This role is no longer in the plan's list of roles. Nothing was kept.")
    if cells.keys() - tables_of(raw, cells).keys():
        raise RuleBroken(min(names), "A row that posts are to answer for is no longer in the plan. Nothing was kept.")
    for of_row in cells.values():
        for name, wanted in of_row.items():
            if not posts.issuperset(wanted):
                raise RuleBroken(name, "A post that was chosen is no longer in the plan. Choose another.")
