"""Named reads of who owned rows on a day: what a post owns from a day on, and who had a row before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone, OwnerRole
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_end, year_start
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.plan.turning import EarlierOwner
from spp_desktop.store.registered import titles


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """A row that a post owns, and in which way.

    Attributes:
        table, key: the row.
        words: what it is called.
        owned_as: "lead" or "joint".
        role: the key of the named role in which the post stands to it; "" where it owns it.
        role_title: what that role is called.
        since: the first day of the year that it is a row of; ``None`` for one of no year.
    """

    table: str
    key: str
    words: str
    owned_as: OwnerRole = "lead"
    role: str = ""
    role_title: str = ""
    since: date | None = None

    @property
    def way(self) -> str:
        """In which way it is owned, in words."""
        return self.role_title or ("joint owner" if self.owned_as == "joint" else "owner")


@dataclass(frozen=True, slots=True)
class OwnerBefore:
    """A post, ``title``, that owned a row until a day: see ``plan.turning.EarlierOwner``."""

    post: str
    title: str
    owned_as: OwnerRole
    role: str
    role_title: str
    until: date
    reason: str
    author: str


def owned_from(connection: Connection, post: str, on: date) -> list[OwnedRow]:
    """What a post owns, or stands to in a role, from a day on: nothing of years that ended before it.

    Rows of registers that are finished stay with whom they were, and are left out.
    """
    years = _years(connection)
    every = (*_owned(connection, post, years), *_in_roles(connection, post, years))
    return [row for row in every if row.key not in years or year_end(years[row.key]) >= on]


def before(connection: Connection, keys: Sequence[str] | None = None) -> dict[str, list[OwnerBefore]]:
    """Who owned rows before, by the row, the earliest first: of some rows, or all."""
    e, p, r = (_table(model) for model in (EarlierOwner, Post, NamedRole))
    query = (
        select(e, p.c.title.label("post"), r.c.title.label("role_title"))
        .join(p, p.c.id == e.c.post_id)
        .outerjoin(r, r.c.id == e.c.role_id)
        .order_by(e.c.row_id, e.c.until, e.c.position, e.c.id)
    )
    if keys is not None:
        query = query.where(e.c.row_id.in_(keys))
    owners: dict[str, list[OwnerBefore]] = defaultdict(list)
    for row in connection.execute(query):
        owner = OwnerBefore(
            row.post_id, row.post, row.owned_as, row.role_id or "", row.role_title or "", row.until, row.reason,
            row.author,
        )  # fmt: skip
        owners[row.row_id].append(owner)
    return dict(owners)


def before_words(owners: Iterable[OwnerBefore]) -> str:
    """Who owned a row before, in a line: "ACC Crime until 30 Sep 2009 (portfolios were arranged anew)"."""
    return "; ".join(
        f"{owner.title}{f' as {owner.role_title}' if owner.role_title else ''} until {short_day(owner.until)} "
        f"({owner.reason.rstrip('.')})"
        for owner in owners
    )


def moved_since(connection: Connection, post: str, day: date) -> tuple[set[str], set[str]]:
    """The rows that a post owned on a day and has handed over since, and those that came to it only after that day.

    What it owns today is its own of that day, but for the latter.
    """
    gone: set[str] = set()
    ways: dict[str, set[str]] = defaultdict(set)
    for row in (*_owned(connection, post, {}), *_in_roles(connection, post, {})):
        ways[row.key].add(row.role or row.owned_as)
    come: set[str] = set()
    for key, owners in before(connection).items():
        then: dict[str, OwnerBefore] = {}
        for owner in owners:
            if owner.until >= day:
                then.setdefault(owner.role or owner.owned_as, owner)
        if any(owner.post == post for owner in then.values()):
            gone.add(key)
        elif then and ways[key] <= then.keys():
            come.add(key)
    return gone, come


def _owned(connection: Connection, post: str, years: dict[str, int]) -> Iterator[OwnedRow]:
    """The rows that name a post as one that owns them: activities, milestones, then those of registers."""
    o, m = _table(ActivityOwner), _table(Milestone)
    roles = dict(connection.execute(select(o.c.activity_id, o.c.role).where(o.c.post_id == post)).all())
    for key, words in titles(connection, Activity).items():
        if key in roles:
            yield OwnedRow("activity", key, words, roles[key], since=_since(years, key))
    steps = set(connection.execute(select(m.c.id).where(m.c.owner_id == post)).scalars())
    for key, words in titles(connection, Milestone).items():
        if key in steps:
            yield OwnedRow("milestone", key, words, since=_since(years, key))
    for register in REGISTERS:
        if not register.owner:
            continue
        table, (column, ended) = _table(register.model), register.finished
        query = select(table.c.id).where(table.c[register.owner] == post)
        if column:
            query = query.where(table.c[column].is_(None) | table.c[column].not_in(ended))
        keys = set(connection.execute(query).scalars())
        known = titles(connection, register.model) if keys else {}
        yield from (OwnedRow(register.name, key, words) for key, words in known.items() if key in keys)


def _in_roles(connection: Connection, post: str, years: dict[str, int]) -> Iterator[OwnedRow]:
    """The rows to which a post stands in a role."""
    s, r = _table(PostInRole), _table(NamedRole)
    query = select(s.c.row_id, r.c.id, r.c.title).join(r, r.c.id == s.c.role_id).where(s.c.post_id == post)
    standing = connection.execute(query.order_by(r.c.position, s.c.position, s.c.id)).all()
    named = _named(connection, {key for key, *_ in standing})
    for key, role, title in standing:
        if key in named:
            table, words = named[key]
            yield OwnedRow(table, key, words, role=role, role_title=title, since=_since(years, key))


def _named(connection: Connection, keys: set[str]) -> dict[str, tuple[str, str]]:
    """The tables of rows, and what each is called."""
    named: dict[str, tuple[str, str]] = {}
    for table, model in kinds_of_row().items() if keys else ():
        query = select(_table(model).c.id)
        there = keys.intersection(connection.execute(query).scalars())
        if there:
            called = titles(connection, model)
            named |= {key: (table, called[key]) for key in there}
    return named


def _years(connection: Connection) -> dict[str, int]:
    """The year of each activity and of each milestone, by their keys."""
    a, m = _table(Activity), _table(Milestone)
    years = {key: int(year) for key, year in connection.execute(select(a.c.id, a.c.year))}
    steps = connection.execute(select(m.c.id, m.c.activity_id)).all()
    return years | {key: years[activity] for key, activity in steps}


def _since(years: dict[str, int], key: str) -> date | None:
    return year_start(years[key]) if key in years else None


def _table(model: type[Row]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
