"""Lineage: what a row of the plan came from and what became of it, over however many years, splits and merges."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, literal_column, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity, Milestone, Status
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.turning import FromTo, WhatBecomes
from spp_desktop.store import threads
from spp_desktop.store.threads import LinkedRow
from spp_desktop.store.turned import CARRIED

_LINKS, _ENTRIES = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (RowLink, FromTo))


@dataclass(frozen=True, slots=True)
class LineageRow:
    """A row in the lineage of another.

    Attributes:
        row: the row as a person knows it, with the year that it is of.
        away: how many turns it is away: below 0 of what a row came from, 0 of itself, above 0 of what came of it.
        near: the keys of the rows of the lineage from which it came, or, of those before, that came of it.
        status: of an activity or milestone, its status: that at the end of its year, once that is over.
        fate: what became of it; ``None`` where nothing is decided.
        reason: why.
        decided_by, decided_on: who decided that, and when.
        done_on: since when it is so; ``None`` while it is only decided.
    """

    row: LinkedRow
    away: int
    near: tuple[str, ...] = ()
    status: str = ""
    fate: WhatBecomes | None = None
    reason: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a row came from, the earliest first; itself; and what became of it, the nearest first."""

    before: tuple[LineageRow, ...]
    own: LineageRow
    after: tuple[LineageRow, ...]

    @property
    def rows(self) -> tuple[LineageRow, ...]:
        """All of them, the earliest first."""
        return (*self.before, self.own, *self.after)


def lineage(connection: Connection, key: str) -> Lineage | None:
    """The lineage of a row; ``None`` if it is no longer in the plan, or can come of no other."""
    return lineages(connection, [key]).get(key)


def lineages(connection: Connection, keys: Collection[str]) -> dict[str, Lineage]:
    """The lineages of rows, by their keys; of a row of which nothing came, and that came of none, it is the row alone.

    A row is in a lineage once, where it is nearest: no lineage goes round in a ring.
    """
    came_from, became = _carried(connection)
    found_rows = {key: (_reached(key, came_from), _reached(key, became)) for key in keys}
    every = set(keys) | {key for pair in found_rows.values() for reached in pair for key in reached}
    known, entries = threads.rows(connection, every), _entries(connection, every)
    statuses = _statuses(connection, every)
    place = {key: n for n, key in enumerate(known)}

    def told(key: str, away: int, near: Collection[str] = ()) -> LineageRow:
        """A row as the lineage tells of it."""
        entry = entries.get(key)
        told_of = {} if entry is None else {
            "fate": entry.fate, "reason": entry.reason, "decided_by": entry.decided_by,
            "decided_on": entry.decided_on, "done_on": entry.applied_on,
        }  # fmt: skip
        return LineageRow(
            known[key], away, tuple(sorted(near, key=place.__getitem__)), statuses.get(key, ""), **told_of
        )

    def part(reached: Mapping[str, _Reached], sign: int) -> Iterator[LineageRow]:
        """The rows on one side, the earliest first."""
        there = [key for key in reached if key in known]
        for key in sorted(there, key=lambda key: (sign * reached[key].away, place[key])):
            yield told(key, sign * reached[key].away, [near for near in reached[key].near if near in known])

    return {
        key: Lineage(tuple(part(before, -1)), told(key, 0), tuple(part(after, 1)))
        for key, (before, after) in found_rows.items()
        if key in known
    }


@dataclass(slots=True)
class _Reached:
    """How far a row is, and from which rows it was reached."""

    away: int
    near: list[str]


def _reached(key: str, onward: Mapping[str, Collection[str]]) -> dict[str, _Reached]:
    """The rows that are met on the way from a row, each once, where it is nearest; never the row itself."""
    reached: dict[str, _Reached] = {}
    ends, away = [key], 0
    while ends:
        away += 1
        following: list[str] = []
        for end in ends:
            for other in onward.get(end, ()):
                if other == key:
                    continue
                if other not in reached:
                    reached[other] = _Reached(away, [])
                    following.append(other)
                if reached[other].away == away:
                    reached[other].near.append(end)
        ends = following
    return reached


def _carried(connection: Connection) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What rows came from, and what came of rows, by their keys."""
    came_from: dict[str, list[str]] = defaultdict(list)
    became: dict[str, list[str]] = defaultdict(list)
    query = select(_LINKS.c.from_id, _LINKS.c.to_id).where(_LINKS.c.kind == CARRIED).order_by(literal_column("rowid"))
    for new, old in connection.execute(query):
        came_from[new].append(old)
        became[old].append(new)
    return came_from, became


def _entries(connection: Connection, keys: Collection[str]) -> dict[str, Any]:
    """What became of rows, by their keys: what was done last, or what is decided since."""
    entries = _ENTRIES
    query = select(entries).where(entries.c.row_id.in_(_many(keys)))
    last = query.order_by(entries.c.year, entries.c.applied_on.is_(None), entries.c.applied_on)
    return {row.row_id: row for row in connection.execute(last)}


def _statuses(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """The statuses of activities and milestones, by their keys."""
    status = SQLModel.metadata.tables[str(Status.__tablename__)]
    titles: dict[str, str] = {}
    for model in (Activity, Milestone):
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        query = select(table.c.id, status.c.title).join(status, status.c.id == table.c.status_id)
        titles |= dict(connection.execute(query.where(table.c.id.in_(_many(keys)))).all())
    return titles


def _many(keys: Collection[str]) -> Any:
    """Keys as a subquery: SQLite takes any number of them as one text."""
    return select(literal_column("value")).select_from(func.json_each(json.dumps(sorted(keys))))
