"""Named reads of the golden thread: what rows of the plan are linked to, and how a person calls those rows.

Rows of the plan's levels have no reference of their own. They are called by their place: "P3" is the third priority,
"P3.2" the second of what stands below it, "P3.2.5" the fifth below that.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.links import LEVELS, LINK_KINDS, LinkKind, RowLink, joins, kind_called
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import queries
from spp_desktop.store.held_reads import given_again
from spp_desktop.store.plain import Node

PLACE = "P"
"""What the reference of a row of the plan's levels begins with, before its place."""

DEPENDS = "depends on"
"""The kind of link by which what is done waits for something else that is done."""

HOME = "serves"
"""The kind of link that an activity's home counts as, without one being kept."""

_AT_HOME_IN = "coalesce(theme_id, commitment_id, priority_id)"
"""The key of an activity's home, as SQL says it."""

TITLE_AT_MOST = 80
"""The most characters of what a home is called."""


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A row that can be linked, as a person knows it.

    Attributes:
        key, table: its key, and the table that it is in.
        ref: its reference; of a milestone, that of its activity with its number; empty where it has none.
        text: its words.
        year: the first calendar year of the year of the plan that it is for; ``None`` if it is for none.
    """

    key: str
    table: str
    ref: str
    text: str
    year: int | None = None

    @property
    def title(self) -> str:
        """What it is called where it is chosen: "P3.2 Road safety"."""
        return f"{self.ref} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A link as it is seen from one of its rows.

    Attributes:
        key: the key of the link; empty for the home of an activity, which is a link without being kept.
        kind: its kind.
        onward: whether it is seen from the row that it begins at.
        row: the row at its other end.
        note: what is said of it.
    """

    key: str
    kind: LinkKind
    onward: bool
    row: LinkedRow
    note: str = ""

    @property
    def words(self) -> str:
        """How it is read from this row: "serves", "is served by"."""
        return self.kind.name if self.onward else self.kind.back

    @property
    def up(self) -> bool:
        """Whether it leads to what this row is for."""
        return self.kind.upward and self.onward

    @property
    def down(self) -> bool:
        """Whether it leads to what is for this row."""
        return self.kind.upward and not self.onward


@given_again
def places(connection: Connection) -> dict[str, str]:
    """The references of the rows of the plan's levels, by key, in the order of the tree."""
    return dict(_places(queries.priority_tree(connection), PLACE))


def _places(nodes: Iterable[Node], above: str) -> Iterator[tuple[str, str]]:
    for number, node in enumerate(nodes, 1):
        ref = f"{above}{number}"
        yield node.key, ref
        yield from _places(node.children, f"{ref}.")


@given_again
def rows(
    connection: Connection, keys: Collection[str] | None = None, tables: Collection[str] | None = None
) -> dict[str, LinkedRow]:
    """Rows that can be linked, by key: the plan's levels first and in their order, then what is done, then the others.

    Args:
        connection: Of the plan.
        keys: Which rows; ``None`` for all.
        tables: Of which tables; ``None`` for all.
    """
    wanted = None if keys is None else set(keys)
    asked = None if wanted is None else json.dumps(sorted(wanted))
    read: dict[str, LinkedRow] = {}
    for name in joins().tables:
        if wanted is not None and len(read) == len(wanted):
            break  # keys are one row's each, whatever its table
        if tables is None or name in tables:
            read |= {row.key: row for row in _rows_of(connection, name, asked)}
    if read.keys() and {row.table for row in read.values()} & set(LEVELS):
        order = places(connection)
        levels = {key: read[key] for key in order if key in read}
        read = {key: _with_ref(row, order[key]) for key, row in levels.items()} | {
            key: row for key, row in read.items() if key not in levels
        }
    return read


def several_years(connection: Connection, refs: Collection[str]) -> frozenset[str]:
    """Those of some references of activities that are references in more than one year."""
    query = (
        """SELECT ref FROM activity WHERE ref IN (SELECT value FROM json_each(?)) GROUP BY ref HAVING count(*) > 1"""
    )
    return frozenset(ref for (ref,) in connection.exec_driver_sql(query, (json.dumps(list(refs)),)))


def _with_ref(row: LinkedRow, ref: str) -> LinkedRow:
    return LinkedRow(row.key, row.table, ref, row.text, row.year)


@given_again
def _rows_of(connection: Connection, name: str, asked: str | None) -> list[LinkedRow]:
    where = " WHERE row.id IN (SELECT value FROM json_each(?))" if asked is not None else ""
    rows_read = _MILESTONES if name == Milestone.__tablename__ else _query_of(name)
    cells = () if asked is None else (asked,)
    query = f"{rows_read.begin}{where} ORDER BY {rows_read.order}"
    read = connection.exec_driver_sql(query, cells)
    return [LinkedRow(key, name, str(ref), str(text), year) for key, ref, text, year in read]


class _RowsRead(NamedTuple):
    """SQL that reads rows that can be linked: what stands before its WHERE, and their order."""

    begin: str
    order: str


_MILESTONES = _RowsRead(
    """SELECT row.id, activity.ref || '/' || (
        SELECT count(*) FROM milestone AS before
        WHERE before.activity_id = row.activity_id AND (before.position, before.id) <= (row.position, row.id)
    ), row.title, activity.year FROM milestone AS row JOIN activity ON activity.id = row.activity_id""",
    "activity.year, activity.ref, row.position, row.id",
)


def _query_of(name: str) -> _RowsRead:
    """What reads the rows of a table with their references, as far as they have one, their words and their year."""
    model = kinds_of_row()[name]
    *refs, text = model.called_by
    ref = f'row."{refs[0]}"' if refs else "''"
    year = f'row."{model.planned_in}"' if model.planned_in else "NULL"
    by_ref = [f"length({ref}), {ref}"] if refs else []
    first = [f'row."{model.planned_in}", {ref}'] if model.planned_in else by_ref
    order = ", ".join([*first, *(["row.position"] if "position" in model.model_fields else []), "row.id"])
    return _RowsRead(f'SELECT row.id, {ref}, row."{text}", {year} FROM "{name}" AS row', order)


Seen = Literal["up", "down", "any"]
"""Which links of a row are looked at: those to what it is for, those to what is for it, or all."""


def links_of(connection: Connection, key: str) -> list[ThreadLink]:
    """What a row is linked to, an activity's home among it: by kind, what it leads to before what leads to it."""
    return links_of_all(connection, {key: "any"}).get(key, [])


def links_of_all(connection: Connection, keys: Mapping[str, Seen]) -> dict[str, list[ThreadLink]]:
    """What rows are linked to, by the keys of the rows; rows that are linked to nothing are left out.

    The activities at home in a priority are not among what serves it: they are counted by ``at_home``.

    Args:
        connection: Of the plan.
        keys: The rows, with which of their links are looked at.
    """
    kept = [each for seen in ("up", "down", "any") for each in _kept(connection, keys, seen)]
    others = rows(connection, {other for *_, other, _ in kept})
    linked: dict[str, list[ThreadLink]] = defaultdict(list)
    for own, key, kind, onward, other, note in kept:
        if other in others:
            linked[own].append(ThreadLink(key, kind, onward, others[other], note))
    place = {key: n for n, key in enumerate(others)}
    kinds = {kind.name: n for n, kind in enumerate(LINK_KINDS)}
    for several in linked.values():
        several.sort(key=lambda link: (kinds[link.kind.name], not link.onward, place[link.row.key]))
    return dict(linked)


def _kept(
    connection: Connection, keys: Mapping[str, Seen], seen: Seen
) -> Iterator[tuple[str, str, LinkKind, bool, str, str]]:
    """Links of rows, seen from those: the own key, the link's, its kind, whether onward, the other key, its note."""
    own_keys = [key for key, which in keys.items() if which == seen]
    if not own_keys:
        return
    upward = f"kind IN ({_among(kind.name for kind in LINK_KINDS if kind.upward)})" if seen != "any" else "true"
    parts = []
    if seen != "down":
        parts += [
            f"SELECT from_id, id, kind, 1, to_id, note FROM link WHERE from_id IN asked AND {upward}",
            f"SELECT id, '', '{HOME}', 1, {_AT_HOME_IN}, '' FROM activity WHERE id IN asked",
        ]
    if seen != "up":
        parts.append(f"SELECT to_id, id, kind, 0, from_id, note FROM link WHERE to_id IN asked AND {upward}")
    query = f"WITH asked AS MATERIALIZED (SELECT value FROM json_each(?)) {' UNION ALL '.join(parts)}"
    there = set()
    for own, key, name, onward, other, note in connection.exec_driver_sql(query, (json.dumps(own_keys),)):
        kind = kind_called(name)
        if kind is not None and (key or (own, other) not in there):
            there.add((own, other))
            yield own, key, kind, bool(onward), other, note


def at_home(connection: Connection, key: str) -> int:
    """How many activities stand under a row of the plan's levels, or under what stands under that."""
    query = """
        WITH RECURSIVE within(id) AS (
            VALUES (?) UNION SELECT theme.id FROM theme JOIN within ON theme.parent_id = within.id
        ) SELECT count(*) FROM activity LEFT JOIN commitment ON commitment.id = commitment_id
        WHERE activity.priority_id IN within OR activity.theme_id IN within OR commitment_id IN within
        OR commitment.theme_id IN within"""
    return int(connection.exec_driver_sql(query, (key,)).scalar_one())


def _among(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def links_between(connection: Connection, names: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """All links of some kinds: each one's key, its kind, and the keys of the rows it begins at and leads to."""
    table = SQLModel.metadata.tables[str(RowLink.__tablename__)]
    query = select(table.c.id, table.c.kind, table.c.from_id, table.c.to_id).where(table.c.kind.in_(names))
    return [tuple(row) for row in connection.execute(query)]


def needs(connection: Connection) -> list[tuple[str, str]]:
    """Which activity depends on which other, by itself or by a milestone of either: the one that depends first."""
    steps: Mapping[str, str] = dict(connection.exec_driver_sql("SELECT id, activity_id FROM milestone").all())
    kept = links_between(connection, (DEPENDS,))
    pairs = [(steps.get(key, key), steps.get(other, other)) for _, _, key, other in kept]
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def homes(connection: Connection) -> Mapping[str, str]:
    """The priority that each activity stands under, by its own key."""
    table: Any = SQLModel.metadata.tables[str(Activity.__tablename__)]
    return dict(connection.execute(select(table.c.id, table.c.priority_id)).all())


def lower_homes(connection: Connection) -> list[tuple[str, str]]:
    """The activities whose home is below their priority, each with that home, by their keys."""
    query = f"SELECT id, {_AT_HOME_IN} FROM activity WHERE theme_id IS NOT NULL OR commitment_id IS NOT NULL"
    return [(key, home) for key, home in connection.exec_driver_sql(query)]


def home_titles(connection: Connection, tables: Collection[str] = LEVELS) -> dict[str, str]:
    """What rows of the plan's levels are called as homes, by key and in the order of the tree: "P1.2 Road safety"."""
    titles = {}
    for key, row in rows(connection, None, tables).items():
        title = f"{row.ref} {' '.join(row.text.split())}"
        titles[key] = title if len(title) <= TITLE_AT_MOST else f"{title[: TITLE_AT_MOST - 1].rstrip()}…"
    return titles
