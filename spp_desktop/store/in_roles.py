"""Named reads of who answers for rows beside those that lead: the posts in roles, and who holds a post on a day."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.posts import PostHolder
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.store.held_reads import given_again
from spp_desktop.store.plain import PostsInRoles, RoleRow


def roles(connection: Connection) -> list[RoleRow]:
    """The plan's own list of roles, in its order."""
    r = SQLModel.metadata.tables[str(NamedRole.__tablename__)]
    rows = connection.execute(select(r.c.id, r.c.title, r.c.chased, r.c.meaning).order_by(r.c.position, r.c.id))
    return [RoleRow(key, title, bool(chased), meaning) for key, title, chased, meaning in rows]


@given_again
def in_roles(
    connection: Connection, table: str, keys: Collection[str] | None = None, role: str = ""
) -> dict[str, PostsInRoles]:
    """The posts that stand in roles to rows of a table, by the rows' keys; read in one statement.

    Args:
        connection: Of the plan.
        table: The table.
        keys: Which rows; ``None`` for all.
        role: The key of the one role that is asked for; "" for all.
    """
    asked = [("row_id", json.dumps(list(keys)))] if keys is not None else []
    asked += [("role_id", json.dumps([role]))] if role else []
    which = "".join(f" AND {column} IN (SELECT value FROM json_each(?))" for column, _ in asked)
    query = (
        f"SELECT row_id, role_id, post_id FROM {PostInRole.__tablename__} AS standing "
        f'WHERE EXISTS (SELECT 1 FROM "{table}" AS own WHERE own.id = row_id){which} '
        "ORDER BY standing.position, standing.id"
    )
    standing: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row, role_key, post in connection.exec_driver_sql(query, tuple(values for _, values in asked)):
        name = in_role(role_key)
        standing[row][name] = (*standing[row].get(name, ()), post)
    return dict(standing)


def holders(connection: Connection, day: date) -> Mapping[str, str]:
    """Who holds each post on a day, by the post's key: "J. Smith since 01/05/2025"; several have a comma between."""
    h = SQLModel.metadata.tables[str(PostHolder.__tablename__)]
    query = (
        select(h.c.post_id, h.c.name, h.c.held_from)
        .where((h.c.held_from <= day) | h.c.held_from.is_(None), (h.c.held_to >= day) | h.c.held_to.is_(None))
        .order_by(h.c.held_from, h.c.position, h.c.id)
    )
    named: dict[str, list[str]] = defaultdict(list)
    for post, name, since in connection.execute(query):
        named[post].append(f"{name} since {since:%d/%m/%Y}" if since is not None else name)
    return {post: ", ".join(names) for post, names in named.items()}
