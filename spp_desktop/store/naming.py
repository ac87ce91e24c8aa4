"""What the report of a check calls things: a row, a cell's value, a step of the history."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from spp_desktop.store import clock
from spp_desktop.store.history import Cells, Revision

_LONGEST = 60
_NAMED_BY = ("ref", "title", "name", "code", "text", "force")
_TOLD_APART_BY = ("stated", "reported_on", "period_from", "period_to", "starts_on", "year")
"""Of a row that has no name of its own: what tells it apart from the others of what it belongs to."""


def step_named(step: Revision) -> str:
    """A step of the history: its number, its words, who took it and when."""
    at = str(step.at)
    at = clock.told(at) if clock.moment(at) else f"“{at}”"
    return f"step {step.n} “{step.label}” (by {step.author}, {at})"


def row_named(connection: sqlite3.Connection, table: str, row: Cells) -> str:
    """A row as a person knows it: "activity “3.04”", "activity owner of activity “3.04”"."""
    name = _first(row, _NAMED_BY)
    if name is not None:
        return f"{plain(table)} {shown(name)}"
    name = _first(row, _TOLD_APART_BY)
    for column, value in row.items():
        if column.endswith("_id") and column != "parent_id" and value is not None:
            parent = "activity" if column == "other_id" else column.removesuffix("_id")
            above = _cells(connection, parent, value)
            if above:
                own = f" {shown(name)}" if name is not None else ""
                return f"{plain(table)}{own} of {row_named(connection, parent, above)}"
    return f"{plain(table)} {shown(name if name is not None else row.get('id'))}"


def _first(row: Cells, columns: Iterable[str]) -> Any:
    """The first of these columns in which something stands."""
    return next((row[column] for column in columns if row.get(column) not in (None, "")), None)


def _cells(connection: sqlite3.Connection, table: str, key: Any) -> Cells | None:
    """A row that another one belongs to, if it can be read; a view that stands in for a table is left alone."""
    try:
        query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?"
        if connection.execute(query, (table,)).fetchone() == (0,):
            return None
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,))
        row = cursor.fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else dict(zip((d[0] for d in cursor.description), row, strict=True))


def shown(value: Any) -> str:
    """A cell's value as a sentence shows it."""
    if value is None:
        return "nothing"
    if isinstance(value, bytes):
        return f"{counted(len(value), 'raw byte')}"
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def plain(name: str) -> str:
    """A table's or column's name as a sentence says it: "activity owner"."""
    return name.removesuffix("_id").replace("_", " ")


def counted(count: int, what: str) -> str:
    """A number of things: "1 step", "1,204 steps"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
