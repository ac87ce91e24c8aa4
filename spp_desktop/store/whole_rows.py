"""Rows as the history recorded them, read with every column that their tables have now."""

import json
from ast import literal_eval
from functools import cache
from typing import TYPE_CHECKING, Any

from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.moved import MOVED

if TYPE_CHECKING:
    from sqlalchemy import Column, Table


def read(table: str, recorded: str | None) -> dict[str, Any] | None:
    """A recorded row, whole: one that was written before a column was there holds what rows held in it at first.

    One of a table whose rows have moved is as it stands where they are now.
    """
    if recorded is None:
        return None
    if table in MOVED:
        return MOVED[table].row(json.loads(recorded))
    known = known_tables().get(table)
    return {**({} if known is None else first_cells(known)), **json.loads(recorded)}


@cache
def first_cells(table: "Table") -> dict[str, Any]:
    """What rows made before a column was there hold in it, for each column: see ``plan.rows.at_first``."""
    return {column.name: _first_cell(column) for column in table.columns}


def _first_cell(column: "Column[Any]") -> Any:
    from sqlalchemy import Float  # late: a plan is read without

    default: Any = column.server_default
    if default is None:
        return None
    value = literal_eval(str(default.arg))
    return float(value) if isinstance(column.type, Float) else value
