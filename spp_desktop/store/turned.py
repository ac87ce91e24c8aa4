"""Named reads of the year turned: the from-to table, each of its lines with what came of the row it is about."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, literal_column, or_, select
from sqlmodel import SQLModel

from spp_desktop.plan.links import RowLink, joins
from spp_desktop.plan.turning import FromTo, WhatBecomes
from spp_desktop.store import threads
from spp_desktop.store.threads import LinkedRow

CARRIED = "carried from"
"""The kind of link from what came of a row to that row."""


class FateWords(NamedTuple):
    """What becomes of a row, in words.

    Attributes:
        title: as a cell says it.
        verb: as a button or a menu says it.
        told: as a sentence says it of one row: "is carried forward".
        about: what it means.
    """

    title: str
    verb: str
    told: str
    about: str


FATES: Mapping[WhatBecomes, FateWords] = {
    "kept": FateWords("Kept", "Keep", "is kept", "Carried forward as it is."),
    "changed": FateWords("Changed", "Change", "is changed", "Carried forward with other words, or another date."),
    "merged": FateWords("Merged", "Merge", "is merged with another", "Carried forward as one with another row."),
    "split": FateWords("Split", "Split", "is split", "Carried forward as several rows."),
    "closed": FateWords("Closed", "Close", "is closed", "Complete: nothing of it is carried forward."),
    "dropped": FateWords("Dropped", "Drop", "is dropped", "Withdrawn: nothing of it is carried forward, for a reason."),
}
"""What can become of a row, in the order in which it is told."""


_ENTRIES = SQLModel.metadata.tables[str(FromTo.__tablename__)]
_LINKS = SQLModel.metadata.tables[str(RowLink.__tablename__)]


@dataclass(frozen=True, slots=True)
class FromToRow:
    """A line of the from-to table.

    Attributes:
        key: its key.
        table, row_key: the table and the key of the row that it is about.
        ref: the reference of that row; "" where it has none, or is no longer in the plan.
        text: the words of that row; what it was called, where it is no longer in the plan.
        year: the first calendar year of the year that it is left in.
        fate: what becomes of it.
        reason: why.
        texts, refs: the words of what follows and their references, where they are others.
        due: when what follows is due, where that was decided.
        into: the row of the same year that it is merged with.
        target, baseline: of an indicator, the next year's target as stated and last year's result in words.
        decided_by, decided_on, applied_on: who decided it and when; since when it is done, ``None`` until then.
        became: the rows that came of it, as they are called now.
    """

    key: str
    table: str
    row_key: str
    ref: str
    text: str
    year: int
    fate: WhatBecomes
    reason: str
    texts: tuple[str, ...]
    refs: tuple[str, ...]
    due: date | None
    into: LinkedRow | None
    target: str
    baseline: str
    decided_by: str
    decided_on: date | None
    applied_on: date | None
    became: tuple[LinkedRow, ...]

    @property
    def called(self) -> str:
        """What the row is called: "3.04 Develop a strategy"."""
        return f"{self.ref} {self.text}".strip()

    @property
    def becomes(self) -> str:
        """What became of it, one row a line: the rows that came of it; before it is done, the words decided."""
        if self.became:
            return "\n".join(row.title for row in self.became)
        return self.into.title if self.into is not None else "\n".join(self.texts)


def from_to(
    connection: Connection,
    year: int | None = None,
    *,
    done: bool | None = None,
    of: Collection[str] | None = None,
) -> list[FromToRow]:
    """The lines of the from-to table: levels first and in their order, then what is done, then indicators.

    Args:
        connection: Of the plan.
        year: The first calendar year of the year that rows are left in; ``None`` for all.
        done: Only those that are done, or only those that are not; ``None`` for all.
        of: Only those about rows of these keys; ``None`` for all.
    """
    asked = select(_ENTRIES).order_by(_ENTRIES.c.year)
    if year is not None:
        asked = asked.where(_ENTRIES.c.year == year)
    if done is not None:
        asked = asked.where(_ENTRIES.c.applied_on.is_not(None) if done else _ENTRIES.c.applied_on.is_(None))
    if of is not None:
        asked = asked.where(_ENTRIES.c.row_id.in_(_many(of)))
    entries = connection.execute(asked).all()
    became = carried_into(connection, {entry.row_id for entry in entries})
    keys = {entry.row_id for entry in entries} | {entry.into_id for entry in entries if entry.into_id}
    known = threads.rows(connection, keys.union(*became.values()))
    tables = {table: n for n, table in enumerate(joins().tables)}
    places = {key: n for n, key in enumerate(known)}
    rows = [_row(entry, known, became.get(entry.row_id, ())) for entry in entries]
    rows.sort(key=lambda row: (row.year, tables.get(row.table, len(tables)), places.get(row.row_key, len(places))))
    return rows


def carried_into(connection: Connection, keys: Collection[str]) -> dict[str, list[str]]:
    """The keys of the rows that came of rows, by the keys of those; rows of which nothing came are left out."""
    links = _LINKS
    asked = select(links.c.to_id, links.c.from_id).where(
        links.c.kind == CARRIED, links.c.to_id.in_(_many(keys))
    )  # fmt: skip
    into: dict[str, list[str]] = defaultdict(list)
    for before, after in connection.execute(asked):
        into[before].append(after)
    return dict(into)


def is_told_of(connection: Connection, key: str) -> bool:
    """Whether a row has any lineage: a line of the from-to table, or a link from or to what it came from or became."""
    links, entries = _LINKS.c, _ENTRIES.c
    linked = exists().where(links.kind == CARRIED, or_(links.from_id == key, links.to_id == key))
    return bool(connection.execute(select(or_(linked, exists().where(entries.row_id == key)))).scalar())


def _many(keys: Collection[str]) -> Select[tuple[str]]:
    """Keys as a subquery: SQLite takes any number of them as one text."""
    return select(literal_column("value")).select_from(func.json_each(json.dumps(sorted(keys))))


def _row(entry: Any, known: Mapping[str, LinkedRow], became: Collection[str]) -> FromToRow:
    row = known.get(entry.row_id)
    order = {key: n for n, key in enumerate(known)}
    return FromToRow(
        key=entry.id,
        table=entry.row_table,
        row_key=entry.row_id,
        ref=row.ref if row is not None else "",
        text=row.text if row is not None else entry.title,
        year=entry.year,
        fate=entry.fate,
        reason=entry.reason,
        texts=_lines(entry.texts),
        refs=_lines(entry.refs),
        due=entry.due,
        into=known.get(entry.into_id or ""),
        target=entry.target,
        baseline=entry.baseline,
        decided_by=entry.decided_by,
        decided_on=entry.decided_on,
        applied_on=entry.applied_on,
        became=tuple(known[key] for key in sorted(became, key=lambda key: order.get(key, 0)) if key in known),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.splitlines() if each.strip())
