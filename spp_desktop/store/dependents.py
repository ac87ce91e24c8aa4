"""What depends on rows that are to go: what goes with them, what stays without them, what keeps them; in words.

All of it is read from the links between the tables: a link says what becomes of a row when the row it names goes. A row
without a name, which only joins another to the one it names, counts as that other: an activity's owner as the activity.
Links, which no column of the plan's tables can hold, are looked up beside them. A post in a role counts as the row to
which it stands in that role.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, distinct, func, or_, select
from sqlmodel import SQLModel

from spp_desktop.plan.links import RowLink, borne_by, joins
from spp_desktop.plan.rows import Row, hanging_on_any, kinds_of_row, title_of
from spp_desktop.plan.words import listed
from spp_desktop.store.naming import own_name

When = Literal["CASCADE", "SET NULL", "RESTRICT"]
"""What becomes of a row that names one which goes: it goes too, it stays and names none, or it keeps that one."""

_HOLDING: tuple[When, ...] = ("CASCADE", "RESTRICT")
_LINK = str(RowLink.__tablename__)


def hangs_on(connection: Connection, model: type[Row], *keys: str) -> dict[str, int]:
    """How many rows of each table would go with these rows, by the table's name."""
    counts, going = _going(connection, _table(model), keys)
    gone = json.dumps(_linkable(going))
    for hanging in hanging_on_any():
        name, asked = str(hanging.__tablename__), "IN (SELECT value FROM asked)"
        named = " OR ".join(f"{column} {asked}" for column in hanging.names_any)
        query = f"WITH asked AS (SELECT value FROM json_each(?)) SELECT count(*) FROM {name} WHERE {named}"
        (count,) = connection.exec_driver_sql(query, (gone,)).one()
        counts |= {name: count} if count else {}
    return counts


def going_with(connection: Connection, model: type[Row], *keys: str) -> dict[str, Collection[str]]:
    """The keys of these rows and of those that would go with them, by the table's name.

    Rows on which nothing can depend, such as results, are not among them: there may be very many.
    """
    _, going = _going(connection, _table(model), keys)
    return {table.name: gone for table, gone in going.items() if gone}


def _links_of(connection: Connection, going: Mapping[Table, Collection[str]]) -> list[tuple[str, str]]:
    """The links of rows that would go: the keys of the rows that each begins at and leads to."""
    keys = json.dumps(_linkable(going))
    of_them = "IN (SELECT value FROM json_each(?))"
    query = f"SELECT id, from_id, to_id FROM {_LINK} WHERE from_id {of_them} OR to_id {of_them}"
    return [(row[1], row[2]) for row in connection.exec_driver_sql(query, (keys, keys))]


def _linkable(going: Mapping[Table, Collection[str]]) -> list[str]:
    """The keys of the rows that would go and can be linked, or have attachments and posts in roles."""
    tables = set(borne_by())
    return [key for table, gone in going.items() if table.name in tables for key in gone]


def _tables_of(connection: Connection, keys: Collection[str]) -> Iterator[str]:
    """The tables of rows that can be linked, one for each of these keys that the plan has."""
    for name in joins().tables:
        query = f'SELECT count(*) FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))'
        (count,) = connection.exec_driver_sql(query, (json.dumps(list(keys)),)).one()
        yield from repeat(name, count)


def refers_to(connection: Connection, model: type[Row], *keys: str) -> dict[str, int]:
    """How many rows of each table name one of these rows and would stay without it, by the table's name."""
    joining = [link for link in _links_to(_table(model), "CASCADE") if link.joins]
    emptied = [link for link in _links_to(_table(model), "SET NULL") if not link.falls_to]
    counts = Counter(_users(connection, [*emptied, *joining], keys))
    _, going = _going(connection, _table(model), keys)
    gone = {key for several in going.values() for key in several}
    left = {begun for begun, _ in _links_of(connection, going)} - gone
    counts.update(table_of_row for table_of_row in _tables_of(connection, left))
    return dict(counts)


def falling_back(connection: Connection, model: type[Row], *keys: str) -> dict[tuple[str, str], int]:
    """How many rows would stand elsewhere once these rows, and what goes with them, have gone.

    Each number is by the name of their table, and by the column that says where they stand then.
    """
    _, going = _going(connection, _table(model), keys)
    counts: Counter[tuple[str, str]] = Counter()
    for table, gone in going.items():
        for link in (link for link in _links_to(table, "SET NULL") if link.falls_to):
            own = link.table.c.id.not_in(list(going.get(link.table, ())))
            falling = _count(connection, link.table, func.count(), and_(link.column.in_(list(gone)), own))
            counts.update({(link.table.name, link.falls_to): falling} if falling else {})
    return dict(counts)


def needed_by(connection: Connection, model: type[Row], *keys: str) -> dict[str, int]:
    """How many rows of each table keep these rows, or what would go with them, from being removed."""
    _, going = _going(connection, _table(model), keys)
    counts: Counter[str] = Counter()
    for table, gone in going.items():
        counts.update(_users(connection, _links_to(table, "RESTRICT"), gone))
    return dict(counts)


def lost_with(connection: Connection, model: type[Row], *keys: str) -> str:
    """What would go with these rows: "2 milestones and 1,204 results"; empty if nothing of any worth would."""
    kinds = kinds_of_row()
    counts = hangs_on(connection, model, *keys)
    return in_words({name: count for name, count in counts.items() if kinds[name].called_by})


def left_without(connection: Connection, model: type[Row], *keys: str) -> str:
    """What would stay without these rows: "1 indicator refers to it and stays without it."; empty if nothing would.

    What falls back to something above is said too: "2 activities then stand under the priority."
    """
    falling = [
        f"{in_words({name: count})} then {'stands' if count == 1 else 'stand'} under the "
        f"{title_of(kinds_of_row()[name], column)}."
        for (name, column), count in falling_back(connection, model, *keys).items()
    ]
    counts = refers_to(connection, model, *keys)
    if not counts:
        return " ".join(falling)
    it = "it" if len(keys) == 1 else "them"
    refer, stay = ("refers", "stays") if sum(counts.values()) == 1 else ("refer", "stay")
    return " ".join([*falling, f"{in_words(counts)} {refer} to {it} and {stay} without {it}."])


def why_kept(connection: Connection, model: type[Row], key: str) -> str:
    """Why a row may not go: "“ACC Crime” is used by 2 activities, so it stays. …"; empty if nothing keeps it."""
    counts = needed_by(connection, model, key)
    if not counts:
        return ""
    cells = connection.execute(select(_table(model)).where(_table(model).c.id == key)).mappings().one()
    name = own_name(model, dict(cells))
    what = f"“{name}”" if name else f"This {model.word.singular}"
    return f"{what} is used by {in_words(counts)}, so it stays. Give them another one first."


def in_words(counts: Mapping[str, int]) -> str:
    """How many rows of which tables: "2 milestones, 1 update and 3 links", in the order in which kinds are declared."""
    return listed(model.word.counted(counts[name]) for name, model in kinds_of_row().items() if counts.get(name))


@dataclass(frozen=True)
class _LinkColumn:
    """A column by which rows of a table name rows of another."""

    table: Table
    column: Column[Any]

    @property
    def outer(self) -> Column[Any]:
        """The column that names what these rows are a part of, which is this one for rows that are a part of none."""
        part_of = kinds_of_row()[self.table.name].part_of
        return self.table.c[part_of] if part_of else self.column

    @property
    def falls_to(self) -> str:
        """The column that says where its rows stand once what they name here has gone; "" if none does."""
        return kinds_of_row()[self.table.name].falls_to.get(self.column.name, "")

    @property
    def joins(self) -> bool:
        """Whether its rows only join something else to what they name here."""
        return self.outer is not self.column and not kinds_of_row()[self.table.name].called_by

    @property
    def hangs_on_any(self) -> bool:
        """Whether its rows only join what they name here to a row of any kind, as posts in roles do."""
        return kinds_of_row()[self.table.name].one_cell is not None


def _links_to(table: Table, when: When) -> list[_LinkColumn]:
    """The columns that name rows of a table, of rows with which this is done when such a row goes."""
    return [
        _LinkColumn(child, link.parent)
        for child in SQLModel.metadata.sorted_tables
        for link in child.foreign_keys
        if link.column.table is table and link.ondelete == when
    ]


def _going(
    connection: Connection, table: Table, keys: Iterable[str]
) -> tuple[dict[str, int], Mapping[Table, Collection[str]]]:
    """The rows that would go with some: how many, by table; and the keys of those on which anything can depend.

    Rows on which nothing can depend, such as results, are counted and not read: there may be very many.
    """
    counts: Counter[str] = Counter()
    linkable = set(borne_by())
    met: dict[Table, set[str]] = defaultdict(set, {table: set(keys)})
    counted: dict[Table, list[ColumnElement[bool]]] = defaultdict(list)
    waiting = [(table, list(met[table]))]
    while waiting:
        above, gone = waiting.pop(0)
        for link in _links_to(above, "CASCADE"):
            if link.table.name not in linkable and not any(_links_to(link.table, when) for when in _HOLDING):
                counted[link.table].append(link.column.in_(gone))
                continue
            named = connection.execute(select(link.table.c.id).where(link.column.in_(gone))).scalars()
            more = [key for key in named if key not in met[link.table]]
            if more:
                met[link.table].update(more)
                counts[link.table.name] += len(more)
                waiting.append((link.table, more))
    for child, ways in counted.items():
        counts[child.name] = _count(connection, child, func.count(), or_(*ways))
    return {name: count for name, count in counts.items() if count}, met


def _users(connection: Connection, links: Iterable[_LinkColumn], keys: Collection[str]) -> dict[str, int]:
    """How many rows name one of these by these links, by table; those that only join count as what they join."""
    counts: Counter[str] = Counter()
    for link in links:
        if link.hangs_on_any:
            named = select(link.outer).where(link.column.in_(list(keys))).distinct()
            counts.update(_tables_of(connection, connection.execute(named).scalars().all()))
            continue
        if link.joins:
            (outer,) = link.outer.foreign_keys
            name, what = outer.column.table.name, func.count(distinct(link.outer))
        else:
            name, what = link.table.name, func.count()
        counts[name] += _count(connection, link.table, what, link.column.in_(list(keys)))
    return {name: count for name, count in counts.items() if count}


def _count(connection: Connection, table: Table, what: Any, where: ColumnElement[bool]) -> int:
    return int(connection.execute(select(what).select_from(table).where(where)).scalar_one())


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
