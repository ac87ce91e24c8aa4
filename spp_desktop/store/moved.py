"""Rows that have moved: tables of older forms of the file whose rows are now in another table, under their own keys.

The sealed history goes on speaking of the tables as they were, and is never rewritten. It is read as if their rows had
always stood where they stand now, so that every step can still be told, undone, done again and looked back at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_SAME = "same activity"
"""What a link between activities was called that nobody had called anything else."""


@dataclass(frozen=True)
class MovedTable:
    """A table of older forms.

    Attributes:
        into: the table that holds its rows now.
        row: what a row is there, by its columns, given as it was.
        cells: the columns that a cell of it stands in now, with how its value is read; others have gone.
        sql: what moves its rows, in a file.
    """

    into: str
    row: Callable[[Mapping[str, Any]], dict[str, Any]]
    cells: Mapping[str, tuple[str, Callable[[Any], Any]]]
    sql: str


def _note(kind: Any) -> Any:
    """What was said of a link between activities, beyond that there was one."""
    return "" if kind == _SAME else kind


def _activity_link(row: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"from_id": row.get("activity_id"), "to_id": row.get("other_id")}
    return {"id": row.get("id"), "kind": "same as", **ends, "note": _note(row.get("kind", ""))}


def _risk_link(row: Mapping[str, Any]) -> dict[str, Any]:
    to = next(filter(None, (row.get(f"{table}_id") for table in ("priority", "activity", "indicator"))), None)
    return {"id": row.get("id"), "kind": "threatens", "from_id": row.get("risk_id"), "to_id": to, "note": ""}


MOVED: Mapping[str, MovedTable] = {
    "activity_link": MovedTable(
        "link",
        _activity_link,
        {"activity_id": ("from_id", str), "other_id": ("to_id", str), "kind": ("note", _note)},
        "INSERT OR IGNORE INTO link (id, kind, from_id, to_id, note) SELECT id, 'same as', activity_id, other_id, "
        f"iif(kind = '{_SAME}', '', kind) FROM activity_link ORDER BY rowid",
    ),
    "risk_link": MovedTable(
        "link",
        _risk_link,
        {"risk_id": ("from_id", str)},
        "INSERT OR IGNORE INTO link (id, kind, from_id, to_id, note) SELECT id, 'threatens', risk_id, "
        "coalesce(priority_id, activity_id, indicator_id), '' FROM risk_link ORDER BY rowid",
    ),
}
"""The tables that older forms had, by name. What moves their rows is frozen with the form that does it."""


def table_now(table: str) -> str:
    """The table that holds the rows of a table now."""
    return MOVED[table].into if table in MOVED else table


def tables_then(table: str) -> tuple[str, ...]:
    """The names under which the history may speak of rows of a table."""
    return (table, *(old for old, moved in MOVED.items() if moved.into == table))
