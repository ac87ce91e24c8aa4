"""What anything in a plan's file is called: a row, by what its kind declares; a cell's value; a step of the history."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import Word, counted
from spp_desktop.store import clock
from spp_desktop.store.history import Revision, StoredRow, table_of

_LONGEST = 60


def step_named(step: Revision) -> str:
    """A step of the history: its number, its words, who took it and when."""
    at = str(step.at)
    at = clock.time_in_words(at) if clock.moment(at) else f"“{at}”"
    return f"step {step.n} “{step.label}” (by {step.author}, {at})"


def word_of(table: str) -> Word:
    """What a row of a table is called; one that this program does not know, by the name of its table."""
    model = kinds_of_row().get(table)
    return Word(plain(table), f"{plain(table)}s") if model is None else model.word


def name_of(table: str, cells: Mapping[str, Any]) -> str:
    """What tells a row from others of its kind, as its cell holds it: "3.04", "2008-05-01"; empty if nothing does."""
    model = kinds_of_row().get(table)
    return "" if model is None else own_name(model, cells)


def own_name(model: type[Row], cells: Mapping[str, Any]) -> str:
    """The same, for a row of a known kind."""
    column = naming_column(model, cells)
    return str(cells[column]) if column else ""


def naming_column(model: type[Row], cells: Mapping[str, Any]) -> str:
    """The column whose cell tells a row from others of its kind; empty if none of those that could is filled."""
    filled = (name for name in model.called_by if cells.get(name) not in (None, ""))
    return next((name for name in filled if not isinstance(cells[name], bytes)), "")


def row_named(connection: sqlite3.Connection, table: str, cells: StoredRow) -> str:
    """A row as a person knows it: "activity “3.04”", "target “4%” of indicator “PI07”".

    Args:
        connection: Of the plan, in which the row that it is a part of is looked up.
        table: The name of its table.
        cells: Its columns, as many as are known.
    """
    word, name = word_of(table).singular, _told_by(connection, table, cells)
    called = f"{word} {shown(name)}" if name else word
    above = _above(connection, table, cells)
    if above is None:
        return called if name else f"{word} {shown(cells.get('id'))}"
    outer, outer_cells = above
    if name_of(outer, outer_cells):
        return f"{called} of {word_of(outer).singular} {shown(name_of(outer, outer_cells))}"
    return f"{called} of {row_named(connection, outer, outer_cells)}"


def _told_by(connection: sqlite3.Connection, table: str, cells: StoredRow) -> str:
    """What tells a row from others of its kind; where that is another row, as a report's period, that row's name."""
    model = kinds_of_row().get(table)
    if model is None or not (column := naming_column(model, cells)):
        return ""
    outer = table_named_by(table, column)
    named = row_of(connection, outer, cells[column]) if outer else None
    return str(cells[column]) if named is None else name_of(outer, named)


def names_of(connection: sqlite3.Connection, table: str, keys: Collection[str]) -> dict[str, str]:
    """What rows of a table are called now, by key: their own names, of those that the plan holds."""
    model = kinds_of_row().get(table)
    if model is None:
        return {}
    names = ("id", *model.called_by)
    columns = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT {columns} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    rows = connection.execute(query, (json.dumps(list(keys)),))
    return {row[0]: own_name(model, dict(zip(names, row, strict=True))) for row in rows}


def row_of(connection: sqlite3.Connection, table: str, key: Any) -> StoredRow | None:
    """A row by its key, if it can be read; a view that stands in for a table is left alone."""
    try:
        query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?"
        if connection.execute(query, (table,)).fetchone() == (0,):
            return None
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,))
        row = cursor.fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else dict(zip((d[0] for d in cursor.description), row, strict=True))


def table_named_by(table: str, column: str) -> str:
    """The table whose row a column names, for a column that names one; else empty."""
    known = SQLModel.metadata.tables.get(table)
    links = known.c[column].foreign_keys if known is not None and column in known.c else ()
    return next((link.column.table.name for link in links), "")


@cache
def above_itself(table: str) -> tuple[str, ...]:
    """The columns of a table that name the row of it which a row stands under, and goes with: a theme under a theme."""
    columns = SQLModel.metadata.tables[table].columns
    return tuple(
        column.name
        for column in columns
        if any(link.column.table.name == table and link.ondelete == "CASCADE" for link in column.foreign_keys)
    )


def table_named(connection: sqlite3.Connection, table: str, column: str, key: Any) -> str:
    """The table of the row that a cell names, also where the column names rows of any; empty if that is not known."""
    model = kinds_of_row().get(table)
    if model is None or column not in (*model.names_any, *model.remembers):
        return table_named_by(table, column)
    try:
        return table_of(connection, key)
    except sqlite3.Error:
        return ""


def _above(connection: sqlite3.Connection, table: str, cells: StoredRow) -> tuple[str, StoredRow] | None:
    """The table and the cells of the row that a row is a part of, if it is of one that can be read."""
    model = kinds_of_row().get(table)
    column = model.above(cells) if model is not None else ""
    if not column:
        return None
    outer = table_named(connection, table, column, cells[column])
    outer_cells = row_of(connection, outer, cells[column])
    return None if outer_cells is None else (outer, outer_cells)


def shown(value: Any) -> str:
    """A cell's value as a sentence shows it."""
    if value is None:
        return "nothing"
    if isinstance(value, bytes):
        return counted(len(value), "raw byte")
    return f"“{short(str(value))}”"


def short(text: str) -> str:
    """A text in one line, its end left out where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def plain(name: str) -> str:
    """A table's or column's name as a sentence says it, in the words of the plan: "activity owner"."""
    return in_words_of_plan(name.removesuffix("_id").replace("_", " "))
