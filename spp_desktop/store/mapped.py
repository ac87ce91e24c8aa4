"""The rows of a plan gathered into the map of its golden thread."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from spp_desktop.figures.charts.thread_map import MapColumn, MapLink, MapRow, ThreadMap, thread_map
from spp_desktop.plan.links import LEVELS, LINK_KINDS, NATIONAL, SECTION, joins
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.spoken import spoken
from spp_desktop.plan.words import listed
from spp_desktop.store import gaps, queries, threads
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.plain import Node
from spp_desktop.store.threads import LinkedRow
from spp_desktop.store.turned import CARRIED

TITLE = "What serves what"
_MAPPED = ("activity", "indicator")
REGISTERS, NAMED_AT_MOST = "risks and other registers", 2
"""What a column is headed with that holds rows of more tables than this. Of registers only what is linked is shown."""


def read(connection: Connection) -> ThreadMap:
    """The map of the whole plan: priorities, what stands below them, activities, indicators, and rows of registers.

    All that is made here stays.
    """
    with waiting_collector():
        return _read(connection)


def _read(connection: Connection) -> ThreadMap:
    plan = queries.plan(connection)
    registers = tuple(name for name in joins().tables if name in _registers())
    tree = queries.priority_tree(connection)
    rows = threads.rows(connection, None, (*LEVELS, *_MAPPED, *registers))
    lacking = {key: kind.lacks for kind in gaps.GAP_KINDS for key in gaps.keys(connection, kind)}
    homes = {**threads.homes(connection), **{key: top.key for top in tree for key in _below(top)}}
    depths = {key: depth for top in tree for key, depth in _depths(top, -1)}
    words = {name: kinds_of_row()[name].word.singular for name in joins().tables}
    links, earlier = _links(connection), _earlier(connection, rows)
    linked = {(begins, leads) for _, begins, leads in links}
    links += [(threads.HOME, *pair) for pair in threads.lower_homes(connection) if pair not in linked]
    begun = {begins for _, begins, _ in links}
    near = begun | {leads for _, _, leads in links}
    drawn_near = {key for _, *ends in links if rows.keys() >= set(ends) for key in ends}

    def column(tables: Sequence[str]) -> MapColumn:
        """A column of these tables' rows, with how much of it is covered."""
        several = tuple(
            MapRow(
                row.key, row.table, words[row.table], row.ref, _told(row, earlier.get(row.key, ())),
                lacking.get(row.key, ""), max(depths.get(row.key, 0), 0), homes.get(row.key, ""),
            )
            for row in rows.values() if row.table in tables and (row.year is None or row.year >= plan.first_year)
        )  # fmt: skip
        coverage = _coverage(tables, several, near if set(tables) <= set(LEVELS) else begun)
        if tables == registers:
            several = tuple(row for row in several if row.key in drawn_near)
        words_of = [kinds_of_row()[name].word.plural for name in tables]
        title = listed(words_of) if len(tables) <= NAMED_AT_MOST else REGISTERS
        return MapColumn(title[0].upper() + title[1:], coverage, several)

    below = _levels_below({row.table for row in rows.values()})
    columns = [column([LEVELS[0]]), *([column(below)] if below else []), *(column([name]) for name in _MAPPED)]
    if registers:
        columns.append(column(registers))
    drawn = {LEVELS[0], *below, *_MAPPED}
    notes = [plan.illustrative, *(f"{kind.title}. {kind.about}" for kind in gaps.GAP_KINDS if kind.table in drawn)]
    return thread_map(f"{plan.title}: {TITLE.lower()}", columns, links, [note for note in notes if note])


def _levels_below(present: Collection[str]) -> tuple[str, ...]:
    """The tables below the top level that the plan has a level for, or rows in."""
    words = spoken()
    has = {"theme": len(words.headings) > 1, "commitment": words.sentence is not None}
    return tuple(name for name in LEVELS[1:] if has[name] or name in present)


def _registers() -> set[str]:
    """The tables of registers whose rows can be linked."""
    return set(joins().tables) - {*LEVELS, *_MAPPED, "milestone", NATIONAL, SECTION}


def _links(connection: Connection) -> list[MapLink]:
    """The links of the thread; those of milestones are their activities'."""
    names = {kind.name for kind in LINK_KINDS if kind.upward}
    query = (
        "SELECT milestone.id, activity_id FROM milestone JOIN link ON from_id = milestone.id UNION "
        "SELECT milestone.id, activity_id FROM milestone JOIN link ON to_id = milestone.id"
    )
    whole: Mapping[str, str] = dict(connection.exec_driver_sql(query).all())
    cursor: Any = connection.exec_driver_sql("SELECT kind, from_id, to_id FROM link").cursor
    read: list[MapLink] = cursor.fetchall()
    if not whole:
        return [link for link in read if link[0] in names]
    return [(kind, whole.get(begins, begins), whole.get(leads, leads)) for kind, begins, leads in read if kind in names]


def _earlier(connection: Connection, rows: Mapping[str, LinkedRow]) -> dict[str, list[LinkedRow]]:
    """The rows that rows of the map came from, by the keys of what came of them: lineage is told, not drawn."""
    earlier: dict[str, list[LinkedRow]] = defaultdict(list)
    query = "SELECT from_id, to_id FROM link WHERE kind = ?"
    for new, old in connection.exec_driver_sql(query, (CARRIED,)):
        if new in rows and old in rows:
            earlier[new].append(rows[old])
    return earlier


def _told(row: LinkedRow, earlier: Sequence[LinkedRow]) -> str:
    """The words of a row on a line, behind what it came from: "from 3.04 of 2008-2009: Train all constables"."""
    text = " ".join(row.text.split())
    names = [f"{old.ref} of {year_name(old.year)}" if old.year is not None else old.ref for old in earlier]
    return f"from {listed(names)}: {text}" if names else text


def _below(node: Node) -> list[str]:
    return [key for child in node.children for key in (child.key, *_below(child))]


def _depths(node: Node, depth: int) -> list[tuple[str, int]]:
    return [(node.key, depth), *(pair for child in node.children for pair in _depths(child, depth + 1))]


def _coverage(tables: Sequence[str], rows: Sequence[MapRow], linked: set[str]) -> str:
    """How much of a column is covered: how many have no gap, or, of kinds that have none, how many are linked.

    A row of the levels is linked by what leads to it, too; one of what is done or may happen by what it begins.
    """
    kinds = [kind for kind in gaps.GAP_KINDS if kind.table in tables]
    if not kinds:
        return f"{sum(row.key in linked for row in rows):,} of {len(rows):,} linked"
    kind = kinds[0]
    own = [row for row in rows if row.table == kind.table]
    return f"{sum(not row.gap for row in own):,} of {len(own):,} {kind.covered}"
