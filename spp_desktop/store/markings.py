"""Protective markings of rows: which each bears, the highest of what is inside something, and what is too high for it.

A row bears its own marking or that of what stands above it, whichever is higher; where neither has one, that of the
plan. Rows are named by their keys, which no two rows of any tables share.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection

from spp_desktop.plan.markings import Marking
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import naming, queries

MOST_NAMED = 12
"""Rows that are named in a sentence, at most."""

_COLUMN = "marking_id"
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class TooHigh:
    """A row that bears a higher marking than is wanted."""

    key: str
    marking: str


@dataclass(frozen=True)
class PlanMarkings:
    """The markings of a plan, as they are now.

    Attributes:
        titles: the plan's list, the least first.
        own: the plan's own; "" for none. One that is not on the list, as in a plan seen as at a moment before it had
            one, counts as higher than all.
        ranks: for each row that bears a marking, or stands below one that does, the place of the highest on the list.
    """

    titles: tuple[str, ...] = ()
    own: str = ""
    ranks: Mapping[str, int] = field(default_factory=dict)

    def rank(self, title: str) -> int:
        """How high a marking is: its place on the list, -1 for none, above all others for one that is not listed."""
        if not title:
            return -1
        return self.titles.index(title) if title in self.titles else len(self.titles)

    def of(self, key: str) -> str:
        """The marking that a row bears; "" for none."""
        rank = self.ranks.get(key)
        return self.own if rank is None else self.titles[rank]

    def highest(self, keys: Iterable[str] | None = None) -> str:
        """The marking of something with these rows inside: the highest of theirs and the plan's own; "" for none.

        Args:
            keys: The rows; ``None`` for all of the plan.
        """
        borne = self.ranks.values() if keys is None else (self.ranks[key] for key in keys if key in self.ranks)
        rank = max(borne, default=-1)
        return self.titles[rank] if rank > self.rank(self.own) else self.own

    def higher_than(self, level: str, keys: Iterable[str]) -> tuple[TooHigh, ...]:
        """Those of these rows that bear a higher marking than a level, in their order.

        Args:
            level: A title of the list; "" is lower than all.
            keys: The rows.
        """
        least = self.rank(level)
        return tuple(TooHigh(key, self.of(key)) for key in keys if self.rank(self.of(key)) > least)

    def demand_plan_no_higher(self, level: str) -> None:
        """See that something of the plan can bear a marking although the plan itself has one.

        Raises:
            RuleBroken: if the plan is marked higher.
        """
        if self.rank(self.own) > self.rank(level):
            raise RuleBroken(
                "marking",
                f"The plan itself is marked {self.own}, which is higher than {level}. Nothing was made. Choose "
                f"{self.own}, or change the marking of the plan.",
            )


class MarkingTooLow(RuleBroken):
    """Something was to be made at a lower marking than its content; the text names what is too high.

    Attributes:
        level: the marking that was wanted.
        rows: the rows that bear a higher one; made without these, it could be made.
    """

    def __init__(self, level: str, rows: Collection[TooHigh], named: Iterable[str]) -> None:
        wanted = f"be marked {level}" if level else "bear no marking"
        super().__init__(
            "marking",
            f"This is to {wanted}, but {counted(len(rows), 'row')} inside {'is' if len(rows) == 1 else 'are'} marked "
            f"higher: {listed(named)}. Nothing was made. Leave out what is too high, or choose a higher marking.",
        )
        self.level, self.rows = level, tuple(rows)


def keys_in(name: str) -> tuple[str, ...]:
    """The keys of rows in the name that a return gives a row: that of an indicator and that of its area, say."""
    return tuple(_KEY.findall(name))


def keys_of(connection: Connection, tables: Iterable[str]) -> list[str]:
    """The keys of all rows of some tables."""
    return [key for table in tables for (key,) in connection.exec_driver_sql(f'SELECT id FROM "{table}"')]


def markings(connection: Connection) -> PlanMarkings:
    """The markings of a plan."""
    rows = queries.register(connection, Marking)
    places = {row.id: n for n, row in enumerate(rows)}
    marked: dict[str, dict[str, int]] = {}
    queries_of = (
        f"SELECT '{table}', id, {_COLUMN} FROM \"{table}\" WHERE {_COLUMN} IS NOT NULL"
        for table in sorted(marked_tables())
    )
    for table, key, marking in connection.exec_driver_sql(" UNION ALL ".join(queries_of)):
        if marking in places:
            marked.setdefault(table, {})[key] = places[marking]
    ranks = _handed_down(connection, marked)
    return PlanMarkings(tuple(row.title for row in rows), queries.plan(connection).marking, ranks)


def demand_no_higher(connection: Connection, level: str, keys: Iterable[str]) -> None:
    """See that something with these rows inside can bear a marking.

    Raises:
        MarkingTooLow: if rows inside bear a higher one; names them.
    """
    high = markings(connection).higher_than(level, keys)
    if high:
        raise MarkingTooLow(level, high, named(connection, high))


def named(connection: Connection, rows: Collection[TooHigh], most: int = MOST_NAMED) -> list[str]:
    """What rows are called, each with its marking: "activity “1.05” (SECRET)"; behind so many, how many others."""
    shown = list(rows)[:most]
    called = _called(connection, [row.key for row in shown])
    words = [f"{called.get(row.key, 'a row that is gone')} ({row.marking or 'not marked'})" for row in shown]
    return words + ([counted(len(rows) - most, "other")] if len(rows) > most else [])


def _called(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    raw: Any = connection.connection.driver_connection
    asked, names = json.dumps(list(keys)), {}
    for table in kinds_of_row():
        query = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for (key,) in raw.execute(query, (asked,)).fetchall():
            names[key] = naming.row_named(raw, table, naming.row_of(raw, table, key) or {})
    return names


def marked_tables() -> frozenset[str]:
    """The tables whose rows can bear a marking of their own."""
    return frozenset(name for name, model in kinds_of_row().items() if _COLUMN in model.model_fields)


def _handed_down(connection: Connection, marked: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The ranks of marked rows, by table, and of all below them: each the highest of its own and what is above it."""
    ranks = {key: rank for keys in marked.values() for key, rank in keys.items()}
    above = [place for table, model in kinds_of_row().items() for place in _columns_above(table, model)]
    handing = marked
    while handing:
        given: dict[str, dict[str, int]] = {}
        every = {key: rank for keys in handing.values() for key, rank in keys.items()}
        for table, column, outer in above:
            own = handing.get(outer, {}) if outer else every  # what hangs on rows of any table names none
            query = f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
            for key, key_above in connection.exec_driver_sql(query, (json.dumps(list(own)),)) if own else ():
                rank = max(own[key_above], given.get(table, {}).get(key, -1))
                if rank > ranks.get(key, -1):
                    given.setdefault(table, {})[key] = rank
        for keys in given.values():
            ranks |= keys
        handing = given
    return ranks


@cache
def _columns_above(table: str, model: type[Row]) -> tuple[tuple[str, str, str], ...]:
    """The columns in which a row names what it stands under: an activity its priority, theme and commitment.

    Each with the row's own table, and that of the row it names; "" where that may be of any.
    """
    names = (model.part_of, model.or_of, *model.falls_to, *model.falls_to.values(), *naming.above_itself(table))
    return tuple((table, name, naming.table_named_by(table, name)) for name in dict.fromkeys(names) if name)
