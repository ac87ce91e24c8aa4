"""Who may do what on a hub: database roles let in as planning officers, staff officers or readers.

A staff officer stands for posts of the plan. Which, a table of the hub says that only planning officers write.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from spp_desktop.hub.doors import KEEPER
from spp_desktop.hub.exchanging import met
from spp_desktop.hub.making import schema_of
from spp_desktop.hub.problems import HubRefused

if TYPE_CHECKING:
    from spp_desktop.hub.reaching import HubConnection
    from spp_desktop.store.workspace import Workspace

HubRole = Literal["planning officer", "staff officer", "reader"]
"""A planning officer may change all; a staff officer what is of activities of his own posts; a reader nothing."""

HUB_ROLES: dict[str, HubRole] = {"officer": "planning officer", "staff": "staff officer", "reader": "reader"}
"""The roles by the ends of the names of PostgreSQL's groups."""


class HubMember(NamedTuple):
    """Somebody who is let in: a database role, what it is, for which posts it stands, under which name it signs."""

    name: str
    role: HubRole
    posts: tuple[str, ...]
    author: str


def let_in(
    workspace: "Workspace", name: str, role: HubRole, *, posts: Sequence[str] = (), author: str = "", address: str = ""
) -> str:
    """Let a database role in, or change what it is, and give a sentence that says so.

    Args:
        workspace: The plan.
        name: The database role; the database administrator has made it.
        role: What it is from now on.
        posts: The titles of the posts that a staff officer stands for.
        author: The log-in name that a staff officer's steps are to be signed with; "" for any.
        address: Of the hub, if it is not known here.

    Raises:
        HubRefused: if a post is not in the plan on the hub, or this person may not do that.
    """
    if role == "staff officer" and not posts:
        raise HubRefused("failed", "Say for which posts of the plan a staff officer stands. Nothing was changed.")
    with met(workspace, address) as meeting:
        keys = _keys_of(meeting.connection, posts if role == "staff officer" else ())
        part = next(end for end, known in HUB_ROLES.items() if known == role)
        meeting.connection.execute("SELECT let_in(%s, %s, %s, %s)", (name, part, keys, author))
    return f"“{name}” is a {role} of {meeting.place} now{' for ' + ', '.join(posts) if keys else ''}."


def put_out(workspace: "Workspace", name: str, *, address: str = "") -> str:
    """Take a database role's part in a hub away, and give a sentence that says so.

    Raises:
        HubRefused: if this person may not do that.
    """
    with met(workspace, address) as meeting:
        meeting.connection.execute("SELECT put_out(%s)", (name,))
    return f"“{name}” has no part in {meeting.place} any more. What was sent under that name stays in the history."


def every(workspace: "Workspace", address: str = "") -> list[HubMember]:
    """Everybody who is let in, by name.

    Raises:
        HubRefused: if the hub cannot be asked.
    """
    query = """SELECT DISTINCT member.rolname, right(grp.rolname, -length(%s)) FROM pg_auth_members AS part
        JOIN pg_roles AS grp ON grp.oid = part.roleid JOIN pg_roles AS member ON member.oid = part.member
        WHERE grp.rolname = ANY (%s) AND member.rolname <> %s AND pg_has_role(member.oid, grp.oid, 'USAGE')
        ORDER BY 1, 2"""
    with met(workspace, address) as meeting:
        schema = schema_of(meeting.plan)
        groups = [f"{schema}_{end}" for end in HUB_ROLES]
        rows = meeting.connection.execute(query, (f"{schema}_", groups, f"{schema}_{KEEPER}")).fetchall()
        titles = "SELECT role, title, author FROM hub_member JOIN post ON post.id = post_id ORDER BY title"
        standing = meeting.connection.execute(titles).fetchall()
    return [
        HubMember(
            name,
            HUB_ROLES[end],
            tuple(title for role, title, _ in standing if role == name),
            next((author for role, _, author in standing if role == name), ""),
        )
        for name, end in rows
    ]


def _keys_of(connection: "HubConnection", titles: Sequence[str]) -> list[str]:
    """The keys of posts by their titles, as the plan on the hub has them.

    Raises:
        HubRefused: if there is none of a title.
    """
    known: dict[str, str] = dict(connection.execute("SELECT title, id FROM post").fetchall())
    for title in titles:
        if title not in known:
            sentence = f"The plan on the hub has no post “{title}”. Nothing was changed; send it first."
            raise HubRefused("failed", sentence)
    return [known[title] for title in titles]
