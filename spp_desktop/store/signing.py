"""Named read of who signs off what is said of activities, where the plan's own roles say it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.roles import NamedRole, PostInRole

Signing = Literal["submits", "accepts"]
"""What is done with a report when it is signed off; the column of a role that says so."""


@dataclass(frozen=True)
class Signatory:
    """A post that signs for an activity by its role, and who holds it."""

    role: str
    post: str
    holders: tuple[str, ...]

    @property
    def words(self) -> str:
        """The post with who holds it: "ACC Crime (A. Jones)"."""
        return f"{self.post} ({', '.join(self.holders)})" if self.holders else self.post

    def is_named(self, name: str) -> bool:
        """Whether a name may be this one's: that of the post, or of whoever holds it, be it a log-in name.

        Where nobody knows who holds the post, any name may be.
        """
        return not self.holders or any(_alike(name, known) for known in (self.post, *self.holders))


def signatories(
    connection: Connection, signing: Signing, activities: Collection[str], day: date
) -> Mapping[str, tuple[Signatory, ...]]:
    """Who signs for each of some activities, by key; those for which the plan's roles name nobody are missing.

    A post stands in the role to the activity itself, or else to its priority. Whoever accepts for any row of the
    plan accepts for those that name nobody.
    """
    role, standing, post = (_table(model) for model in (NamedRole, PostInRole, Post))
    query = (
        select(standing.c.row_id, role.c.title, post.c.id, post.c.title)
        .join(role, role.c.id == standing.c.role_id)
        .join(post, post.c.id == standing.c.post_id)
        .where(role.c[signing])
        .order_by(role.c.position, standing.c.position, standing.c.id)
    )
    standing_rows = connection.execute(query).all()
    if not standing_rows:
        return {}
    names = _held(connection, day)
    by_row: dict[str, list[Signatory]] = {}
    for row_id, title, post_id, post_title in standing_rows:
        by_row.setdefault(row_id, []).append(Signatory(title, post_title, names.get(post_id, ())))
    anybody = [each for named in by_row.values() for each in named] if signing == "accepts" else []
    of = _table(Activity)
    above = connection.execute(select(of.c.id, of.c.priority_id).where(of.c.id.in_(list(activities))))
    signing_for = {key: by_row.get(key) or by_row.get(priority) or anybody for key, priority in above}
    return {key: tuple(dict.fromkeys(named)) for key, named in signing_for.items() if named}


def _held(connection: Connection, day: date) -> Mapping[str, tuple[str, ...]]:
    """The names of those who hold each post on a day."""
    h = _table(PostHolder)
    query = select(h.c.post_id, h.c.name).where(
        (h.c.held_from <= day) | h.c.held_from.is_(None), (h.c.held_to >= day) | h.c.held_to.is_(None)
    )
    names: dict[str, tuple[str, ...]] = {}
    for post, name in connection.execute(query.order_by(h.c.position, h.c.id)):
        names[post] = (*names.get(post, ()), name)
    return names


def _alike(name: str, known: str) -> bool:
    """Whether two names may be one person's: "jsmith" is J. Smith, and so is "smithj"."""
    own, other = _letters(name), _letters(known)
    words = [_letters(word) for word in known.split() if _letters(word)]
    log_ins = {words[0][:1] + words[-1], words[-1] + words[0][:1], words[0] + words[-1]} if len(words) > 1 else set()
    return own == other or own in log_ins


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, caseless(text)))


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
