"""Named read of national priorities and agreements against the plan: which of its rows serve which of their items."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.asked_by_law import CONTENTS
from spp_desktop.plan.frameworks import Framework, FrameworkItem, FrameworkKind
from spp_desktop.plan.identity import Plan, goes_on, years_of
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.periods import year_name, years_name
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.results import Area
from spp_desktop.store import queries
from spp_desktop.store.asked import DOUBT, ITEM, READ

Against = Literal["priorities", "indicators"]
"""Against what of the plan the items are held."""

USUAL: frozenset[FrameworkKind] = frozenset({"priorities", "agreements", "requirement", "local agreement"})
"""The kinds of framework that are shown unless one is asked for: national indicators are many."""

TABLES = frozenset({"framework", ITEM, "link", "priority", "indicator", "indicator_group", "target", "area", "plan"})
"""The tables of a plan that the matrix is made of."""


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A row of the plan that can serve an item: a column of the matrix.

    Attributes:
        key: its key.
        ref: what heads the column: "PI01"; of a priority its place, "P3".
        title: its words.
        targets: of an indicator, its targets as they are stated: "2008-2009 4%, over the plan 11%"; "" for none.
    """

    key: str
    ref: str
    title: str
    targets: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An item of a framework: a row of the matrix.

    Attributes:
        key: its key.
        framework: what it is an item of, with its area and its years where it has them.
        code, title, target, source: as the plan has them.
        doubt: how far it is known, in words that say so by themselves; ``is_read`` whether that is no doubt.
        served_by: the keys of the columns that serve it.
        elsewhere: how many other rows of the plan serve it: themes, activities, or the other side of the matrix.
    """

    key: str
    framework: str
    code: str
    title: str
    target: str
    source: str
    doubt: str
    is_read: bool
    served_by: frozenset[str]
    elsewhere: int

    @property
    def gap(self) -> str:
        """That nothing of the plan serves it, in a word; "" where something does."""
        return "" if self.served_by or self.elsewhere else "nothing"


@dataclass(frozen=True, slots=True)
class NationalMatrix:
    """The items of frameworks against rows of the plan."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[OwnColumn, ...]

    @property
    def unserved(self) -> tuple[MatrixRow, ...]:
        """The items that nothing of the plan serves."""
        return tuple(row for row in self.rows if row.gap)

    @property
    def for_none(self) -> tuple[OwnColumn, ...]:
        """The rows of the plan that serve none of the items."""
        serving = frozenset[str]().union(*(row.served_by for row in self.rows))
        return tuple(column for column in self.columns if column.key not in serving)


def frameworks(connection: Connection) -> list[tuple[str, str]]:
    """The keys and titles of the frameworks that can be held against the plan, in the plan's order."""
    known = queries.register(connection, Framework)
    return [(row.id, row.title) for row in known if row.kind != CONTENTS]


def matrix(connection: Connection, against: Against = "priorities", framework: str = "") -> NationalMatrix:
    """The items of one framework, or of all national priorities and agreements, against the plan.

    Args:
        connection: Of the plan.
        against: Whether against its priorities, or its indicators with their targets.
        framework: The key of the framework; "" for those of the kinds in ``USUAL``.
    """
    columns = _priorities(connection) if against == "priorities" else _indicators(connection)
    keys = {column.key for column in columns}
    serving = _serving(connection)
    items = queries.register(connection, FrameworkItem)
    rows = [
        _row(item, title, serving[item.id], keys)
        for key, title in _framework_titles(connection, framework).items()
        for item in items
        if item.framework_id == key
    ]
    return NationalMatrix(tuple(rows), tuple(columns))


def _row(item: Any, framework: str, serving: AbstractSet[str], columns: AbstractSet[str]) -> MatrixRow:
    """A line of the matrix, of an item and the rows that serve it."""
    return MatrixRow(
        key=item.id,
        framework=framework,
        code=item.code,
        title=item.title,
        target=item.target,
        source=item.source,
        doubt=DOUBT[READ if item.verified else item.evidence],
        is_read=item.verified or item.evidence == READ,
        served_by=frozenset(serving & columns),
        elsewhere=len(serving - columns),
    )


def links_between(connection: Connection, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The keys of the links by which rows of the plan serve items: by the keys of the row and the item."""
    link = SQLModel.metadata.tables[str(RowLink.__tablename__)]
    wanted = {key for pair in pairs for key in pair}
    query = select(link.c.id, link.c.from_id, link.c.to_id).where(link.c.from_id.in_(wanted), link.c.to_id.in_(wanted))
    return {(row.from_id, row.to_id): row.id for row in connection.execute(query)}


def _framework_titles(connection: Connection, framework: str) -> Mapping[str, str]:
    """What the frameworks that are shown are called, by their keys."""
    areas = {row.id: row.title for row in queries.register(connection, Area)}
    titles = {}
    for row in queries.register(connection, Framework):
        if (row.id == framework) if framework else cast("FrameworkKind", row.kind) in USUAL:
            years = "" if row.first_year is None else years_name(row.first_year, row.years or 1)
            besides = (areas.get(row.area_id or "", ""), years)
            more = ", ".join(part for part in besides if part and part not in row.title)
            titles[row.id] = f"{row.title} ({more})" if more else row.title
    return titles


def _priorities(connection: Connection) -> list[OwnColumn]:
    """The priorities that still go on in the plan's own years, each called by its place."""
    first = _first_year(connection)
    rows = [row for row in queries.register(connection, Priority) if goes_on(row.last_year, first)]
    return [OwnColumn(row.id, f"P{place}", row.title) for place, row in enumerate(rows, 1)]


def _indicators(connection: Connection) -> list[OwnColumn]:
    """The indicators that still go on in the plan's own years, with their targets."""
    first = _first_year(connection)
    return [
        OwnColumn(
            row.key,
            row.ref,
            row.title,
            ", ".join(
                f"{'over the plan' if year is None else year_name(year)} {target.stated}"
                for year, target in row.targets.items()
            ),
        )
        for row in queries.indicators(connection)
        if goes_on(row.last_year, first)
    ]


def _first_year(connection: Connection) -> int:
    plan: Plan = queries.plan(connection)
    return years_of(plan)[0]


def _serving(connection: Connection) -> defaultdict[str, set[str]]:
    """The keys of the rows that are linked to each item of a framework."""
    link, item = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (RowLink, FrameworkItem))
    serving: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(link.c.from_id, link.c.to_id).join(item, item.c.id == link.c.to_id)):
        serving[row.to_id].add(row.from_id)
    return serving
