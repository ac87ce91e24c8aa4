"""From-to entries as they are kept: what was decided of rows of a year, and what is still open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row
from sqlmodel import SQLModel

from spp_desktop.plan.turning import FromTo, WhatBecomes

FATE_WORDS: dict[WhatBecomes, str] = {
    "kept": "carried forward",
    "changed": "changed",
    "merged": "merged",
    "split": "split",
    "closed": "complete",
    "dropped": "dropped",
}
"""What each is called where a person reads or chooses it, of what is done in a year."""

GOES_ON: frozenset[WhatBecomes] = frozenset({"kept", "changed"})
"""What becomes of a row that is still one row afterwards, so that others can be merged with it."""

ASKS_WHY: frozenset[WhatBecomes] = frozenset({"merged", "split", "dropped"})
"""What becomes of a row only for a reason."""


@dataclass(frozen=True, slots=True)
class DecidedFate:
    """A from-to entry. ``texts`` and ``refs`` are those of what follows, in order; else as ``plan.turning.FromTo``."""

    key: str
    table: str
    row_key: str
    title: str
    year: int
    fate: WhatBecomes
    reason: str
    texts: tuple[str, ...]
    refs: tuple[str, ...]
    due: date | None
    into: str | None
    target: str
    baseline: str
    decided_by: str
    decided_on: date | None
    applied_on: date | None


def fates(connection: Connection, year: int | None = None) -> list[DecidedFate]:
    """All from-to entries, or those of a year, in the order in which they were decided."""
    table = SQLModel.metadata.tables[str(FromTo.__tablename__)]
    query = table.select().order_by(table.c.year, table.c.applied_on.is_(None), table.c.applied_on, table.c.decided_on)
    if year is not None:
        query = query.where(table.c.year == year)
    return [_fate(row) for row in connection.execute(query)]


def open_fates(connection: Connection, year: int) -> dict[str, DecidedFate]:
    """What is decided of rows of a year and was not done yet, by the keys of the rows."""
    return {fate.row_key: fate for fate in fates(connection, year) if fate.applied_on is None}


def gone_within(connection: Connection, year: int) -> dict[str, DecidedFate]:
    """What became of rows for which nothing is left to be decided: they left the plan in a year, or with it."""
    done = [fate for fate in fates(connection, year) if fate.applied_on is not None]
    last = {fate.row_key: fate for fate in done}
    return {key: fate for key, fate in last.items() if fate.fate not in GOES_ON}


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a cell that holds one thing a line, those that are empty left out."""
    return tuple(line for part in text.splitlines() if (line := " ".join(part.split())))


def _fate(row: Row[Any]) -> DecidedFate:
    return DecidedFate(
        row.id, row.row_table, row.row_id, row.title, row.year, row.fate, row.reason, lines_of(row.texts),
        lines_of(row.refs), row.due, row.into_id, row.target, row.baseline, row.decided_by, row.decided_on,
        row.applied_on,
    )  # fmt: skip
