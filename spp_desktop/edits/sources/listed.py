"""The lists of the plan whose titles cells of returns are chosen from, and the references that cells name rows by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection

from spp_desktop.edits.sources.source import NameList
from spp_desktop.plan.delivery import Activity, Status
from spp_desktop.plan.links import LEVELS, joins
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.results import Area
from spp_desktop.plan.role_names import in_role, role_of
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.returns.definition import Choices
from spp_desktop.store import in_roles, queries, threads
from spp_desktop.store.references import References


@dataclass(frozen=True)
class ServedList(NameList):
    """All that rows of a kind can be for, each called by its reference: "P3.2". ``model`` is that kind."""

    @property
    def name(self) -> str:
        """What columns of returns call the list."""
        return f"what {self.model.word.plural} serve"

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose rows they can be for."""
        known = joins()
        return tuple(name for name in known.tables if known.upward(str(self.model.__tablename__), name) is not None)

    @property
    def models(self) -> tuple[type[Row], ...]:
        """The tables that ``titles`` reads."""
        kinds = kinds_of_row()
        return tuple(kinds[name] for name in self.tables)

    def titles(self, connection: Connection) -> dict[str, str]:
        """The reference of each row, by its key."""
        rows = threads.rows(connection, None, self.tables)
        named = References(rows.values())
        return {key: named.ref(row) for key, row in rows.items() if row.ref}

    def choices(self, connection: Connection) -> Choices:
        """What cells are chosen from."""
        return Choices(tuple(self.titles(connection).values()))

    def served(self, connection: Connection, fields: Collection[str], field: str) -> dict[str, tuple[str, ...]]:
        """The references of what rows are for, by their keys; none where nobody asks for the field."""
        if field not in fields:
            return {}
        titles = self.titles(connection)
        above = queries.served(connection, str(self.model.__tablename__))
        return {key: tuple(titles[other] for other in others if other in titles) for key, others in above.items()}


class HomeList(NameList):
    """All that activities can stand under, each called by its place in the plan: "P1.2"."""

    @property
    def name(self) -> str:
        """What columns of returns call the list."""
        return "what activities stand under"

    @property
    def models(self) -> tuple[type[Row], ...]:
        """The tables that ``titles`` reads."""
        kinds = kinds_of_row()
        return tuple(kinds[name] for name in LEVELS)

    def titles(self, connection: Connection) -> dict[str, str]:
        """The place of each row, by its key."""
        return {key: row.ref for key, row in threads.rows(connection, None, LEVELS).items() if row.ref}

    def choices(self, connection: Connection) -> Choices:
        """What cells are chosen from."""
        return Choices(tuple(self.titles(connection).values()))


@dataclass(frozen=True)
class PostsAnswering:
    """The posts that stand in roles to rows of a table, by their titles.

    Attributes:
        standing: by the rows' keys, then by the name of the role's cell.
    """

    standing: Mapping[str, Mapping[str, tuple[str, ...]]]

    @classmethod
    def read(cls, connection: Connection, table: str, fields: Collection[str] = (), role: str = "") -> Self:
        """Those of a role, or of the roles whose cells are among some fields; none is read where none is asked for."""
        if not role and not any(map(role_of, fields)):
            return cls({})
        titles = POSTS.titles(connection)
        rows = in_roles.in_roles(connection, table, role=role)
        return cls(
            {
                key: {name: tuple([titles[post] for post in posts if post in titles]) for name, posts in of_row.items()}
                for key, of_row in rows.items()
            }
        )

    def of(self, key: str, role: str) -> tuple[str, ...]:
        """The posts that stand in a role to a row."""
        return self.standing.get(key, {}).get(in_role(role), ())


POSTS, AREAS = NameList(Post), NameList(Area)
STATUSES = NameList(Status, asking="needs_reason")
PRIORITIES = NameList(Priority)
SERVED_BY_ACTIVITIES = ServedList(Activity)
HOMES = HomeList(Activity)
SERVED_BY_INDICATORS = ServedList(Indicator)
