"""Named reads of portfolios: the rows of the plan that a post answers for, alone, with others, or in a role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import Row
from spp_desktop.plan.words import listed
from spp_desktop.store import owned_then

APPENDICES = "Appendices"
"""The tab of the appendices."""

NAMED: tuple[type[Row], ...] = (
    *(Activity, Indicator),
    *(register.model for register in REGISTERS if register.owner and register.page and register.page.tab != APPENDICES),
)
"""The kinds of row that are counted apart from all others: those that stand with the plan and in no appendix."""

OWNED_BY = frozenset(
    {
        *(str(model.__tablename__) for model in (ActivityOwner, Milestone, Post, PostInRole)),
        *(register.name for register in REGISTERS if register.owner),
    }
)
"""The tables that say which rows a post answers for."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a post answers for.

    Attributes:
        post, title: the key of the post, and what it is called.
        keys: the keys of its rows, of whatever kind; also the post's own key and title, for what names the post.
        counts: the number of its rows that stand by themselves, by table: no milestones, which belong to activities.
        joint: how many of its activities other posts own with it.
    """

    post: str
    title: str
    keys: frozenset[str]
    counts: Mapping[str, int]
    joint: int

    @property
    def words(self) -> str:
        """Its counts in words: "22 activities (4 joint), 3 indicators, 2 risks and 7 rows of other registers"."""
        counted = [model.word.counted(n) for model in NAMED if (n := self.counts.get(str(model.__tablename__), 0))]
        if self.joint:
            counted[0] += f" ({self.joint:,} joint)"
        rest = sum(self.counts.values()) - sum(self.counts.get(str(model.__tablename__), 0) for model in NAMED)
        if rest:
            counted.append(f"{rest:,} {'row' if rest == 1 else 'rows'} of other registers")
        return listed(counted) or "nothing yet"


def posts(connection: Connection) -> list[tuple[str, str]]:
    """The keys and titles of all posts, in the plan's order."""
    p = _table(Post)
    rows = connection.execute(select(p.c.id, p.c.title).order_by(p.c.position, p.c.title))
    return [(key, title) for key, title in rows]


def portfolio(connection: Connection, post: str, on: date | None = None) -> Portfolio | None:
    """What a post answers for; ``None`` if the plan has no such post.

    Args:
        connection: Of the plan.
        post: The key of the post.
        on: The day on which it answered for it; ``None`` for today. What was handed over since is with whom it was.
    """
    title = dict(posts(connection)).get(post)
    if title is None:
        return None
    keys = _owned(connection, post) | _in_roles(connection, post)
    if on is not None:
        gone, come = owned_then.moved_since(connection, post, on)
        keys = keys - come | gone
    m = _table(Milestone)
    steps = connection.execute(select(m.c.id, m.c.activity_id)).all()
    keys |= {activity for step, activity in steps if step in keys}
    standing: tuple[type[Row], ...] = (Activity, Indicator, *(register.model for register in REGISTERS))
    of_each = {str(model.__tablename__): _among(connection, model, keys) for model in standing}
    counts = {table: len(rows) for table, rows in of_each.items() if rows}
    joint = _joint(connection, of_each[str(Activity.__tablename__)])
    return Portfolio(post, title, frozenset(keys | {post, title}), counts, joint)


def _owned(connection: Connection, post: str) -> set[str]:
    """The keys of the rows that name a post as the one that owns them."""
    o, m = _table(ActivityOwner), _table(Milestone)
    named = [select(o.c.activity_id).where(o.c.post_id == post), select(m.c.id).where(m.c.owner_id == post)]
    for register in REGISTERS:
        if register.owner:
            table = _table(register.model)
            named.append(select(table.c.id).where(table.c[register.owner] == post))
    return {key for query in named for key in connection.execute(query).scalars()}


def _in_roles(connection: Connection, post: str) -> set[str]:
    """The keys of the rows to which a post stands in any role."""
    r = _table(PostInRole)
    return set(connection.execute(select(r.c.row_id).where(r.c.post_id == post)).scalars())


def _among(connection: Connection, model: type[Row], keys: Iterable[str]) -> set[str]:
    """Those of the keys that are of rows of a table."""
    table, wanted = _table(model), set(keys)
    return {key for key in connection.execute(select(table.c.id)).scalars() if key in wanted}


def _joint(connection: Connection, activities: set[str]) -> int:
    """How many of these activities more than one post owns."""
    o = _table(ActivityOwner)
    owners: dict[str, int] = {}
    for key in connection.execute(select(o.c.activity_id)).scalars():
        owners[key] = owners.get(key, 0) + 1
    return sum(owners.get(key, 0) > 1 for key in activities)


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
