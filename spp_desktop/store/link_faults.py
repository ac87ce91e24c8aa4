"""What is wrong with links of a plan: those that lead nowhere, join what cannot be joined, or go round in a ring."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from spp_desktop.plan.links import Joins, LinkKind, borne_by, joins, kind_called
from spp_desktop.plan.rows import Row
from spp_desktop.store.naming import name_of, row_of, shown, word_of

MOST_IN_RING = 6
"""Rows of a ring that are named in a sentence."""


class KeptLink(NamedTuple):
    """A link as the file keeps it."""

    key: str
    kind: str
    from_key: str
    to_key: str


def faults(connection: sqlite3.Connection, only: Collection[str] | None = None) -> Iterator[str]:
    """What is wrong with links, in sentences.

    Args:
        connection: Of the plan.
        only: The keys of the links that are looked at; ``None`` for all.
    """
    known = joins()
    links = [KeptLink(*row) for row in _read(connection, only)]
    tables = tables_of(connection, {key for link in links for key in (link.from_key, link.to_key)})
    for link in links:
        yield from _of_one(connection, link, tables, known)
    for name in sorted({link.kind for link in links}):
        kind = kind_called(name)
        if kind is not None and kind.ordered:
            begun = None if only is None else {link.from_key for link in links if link.kind == name}
            yield from _rings(connection, kind, begun)


def strays(connection: sqlite3.Connection, model: type[Row], only: Collection[str] | None = None) -> Iterator[str]:
    """The attachments, posts in roles and the like that hang on a row which is not in the plan, in sentences.

    Args:
        connection: Of the plan.
        model: Which kind of row it is that hangs on others.
        only: The keys of those that are looked at; ``None`` for all.
    """
    (column,), name = model.names_any, str(model.__tablename__)
    which = "" if only is None else " AND id IN (SELECT value FROM json_each(?))"
    query = f'SELECT id, "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL{which} ORDER BY rowid'
    rows = connection.execute(query, () if only is None else (json.dumps(list(only)),)).fetchall()
    known = tables_of(connection, {above for _, above in rows})
    for key, above in rows:
        if above not in known:
            what = row_called(connection, name, key)
            yield f"The {what} belongs to a row that is not in the plan (it holds {shown(above)})."


def tables_of(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, str]:
    """The tables of rows on which something can hang, by key, of those that the plan has."""
    parts = [f"SELECT id, '{table}' FROM \"{table}\" WHERE id IN (SELECT value FROM asked)" for table in borne_by()]
    query = f"WITH asked AS MATERIALIZED (SELECT value FROM json_each(?)) {' UNION ALL '.join(parts)}"
    return dict(connection.execute(query, (json.dumps(list(keys)),)).fetchall())


def row_called(connection: sqlite3.Connection, table: str, key: str) -> str:
    """A row as a sentence names it: "activity “1.05”"."""
    name = name_of(table, row_of(connection, table, key) or {})
    return f"{word_of(table).singular} {shown(name)}" if name else word_of(table).singular


def _read(connection: sqlite3.Connection, only: Collection[str] | None) -> list[tuple[str, str, str, str]]:
    query = "SELECT id, kind, from_id, to_id FROM link"
    if only is None:
        return connection.execute(f"{query} ORDER BY rowid").fetchall()
    asked = json.dumps(list(only))
    return connection.execute(f"{query} WHERE id IN (SELECT value FROM json_each(?))", (asked,)).fetchall()


def _of_one(connection: sqlite3.Connection, link: KeptLink, tables: Mapping[str, str], known: Joins) -> Iterator[str]:
    """What is wrong with a link by itself."""
    ends = (link.from_key, link.to_key)
    kind = kind_called(link.kind)
    there = [row_called(connection, tables[key], key) for key in ends if key in tables]
    if len(there) < len(ends):
        stays = f" of the {there[0]}" if there else ""
        gone = next(key for key in ends if key not in tables)
        yield f"A link {shown(link.kind)}{stays} leads to a row that is not in the plan (it holds {shown(gone)})."
    elif kind is None:
        yield f"The {there[0]} is linked to the {there[1]} as {shown(link.kind)}, which this program does not know."
    elif kind not in known.between(tables[link.from_key], tables[link.to_key]):
        yield cannot(kind, tables[link.from_key], tables[link.to_key], there)


def cannot(kind: LinkKind, table: str, other: str, called: Collection[str]) -> str:
    """The sentence about two rows that cannot be linked so."""
    first, second = called
    this, that = word_of(table).with_article, word_of(other).with_article
    fits = joins().between(table, other)
    instead = f" It can only be: “{'”, “'.join(each.name for each in fits)}”." if fits else ""
    return f"The {first} cannot be linked to the {second} as “{kind.name}”: {this} has no such link to {that}.{instead}"


def _rings(connection: sqlite3.Connection, kind: LinkKind, begun: Collection[str] | None) -> Iterator[str]:
    """The rings that links of a kind make: each is told once, by a row of it; only those through the rows begun at."""
    onward: dict[str, list[str]] = defaultdict(list)
    for key, other in connection.execute("SELECT from_id, to_id FROM link WHERE kind = ? ORDER BY rowid", (kind.name,)):
        onward[key].append(other)
    done: set[str] = set()
    for start in list(onward) if begun is None else begun:
        ring = _ring_from(start, onward, done)
        if ring:
            tables = tables_of(connection, ring)
            names = [row_called(connection, tables[key], key) if key in tables else "row that is gone" for key in ring]
            most = names if len(names) <= MOST_IN_RING else [*names[: MOST_IN_RING - 1], "…", names[-1]]
            yield f"Links “{kind.name}” go round in a ring: the {f' {kind.name} the '.join(most)}."


def _ring_from(start: str, onward: Mapping[str, list[str]], done: set[str]) -> list[str]:
    """A ring of links that is met on the way from a row, its first row once more at its end; empty if there is none.

    Rows from which no ring is met, or only one that was met before, are put into ``done``.
    """
    path, ways, place = [start], [iter(onward.get(start, ()))], {start: 0}
    if start in done:
        return []
    while path:
        other = next(ways[-1], None)
        if other is None:
            ways.pop()
            gone = path.pop()
            del place[gone]
            done.add(gone)
        elif other in place:
            done.update(path)
            return [*path[place[other] :], other]
        elif other not in done:
            place[other] = len(path)
            path.append(other)
            ways.append(iter(onward.get(other, ())))
    return []
