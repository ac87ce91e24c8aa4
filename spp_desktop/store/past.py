"""The plan as it was at a revision, read by the same named reads as the plan now."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import history, statements
from spp_desktop.store.history import StoredRow
from spp_desktop.store.merging import brought_then

P = ParamSpec("P")
T = TypeVar("T")


RowsThen = Mapping[str, Mapping[str, StoredRow | None]]
"""The rows that have changed since a revision, as they were then: by table, then by key."""


def since(plan: sqlite3.Connection, revision: str) -> RowsThen | None:
    """What has changed since a revision, its own or one that a merge brought along; ``None`` if it has none such."""
    step = history.revision_named(plan, revision)
    return brought_then.rows_since(plan, revision) if step is None else history.rows_as_at(plan, step.n)


def read(
    plan: sqlite3.Connection,
    changed: RowsThen,
    tables: Iterable[Table],
    query: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What a named read gave before all that has changed. ``tables`` are those that it reads."""
    return read_of(plan, changed, tables, None, query, *args, **kwargs)


def read_of(
    plan: sqlite3.Connection,
    changed: RowsThen,
    tables: Iterable[Table],
    activities: Collection[str] | None,
    query: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """The same, as if the plan had had only these activities, named by their keys."""
    tables = list(tables)
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as raw:
        for table in tables:
            raw.execute(statements.table_made(table))
            _fill(raw, table, _rows(plan, table, changed.get(table.name, {}), activities))
            for index in statements.indexes_made(table):
                raw.execute(index)
        engine = statements.engine_on(raw)
        with engine.connect() as connection:
            result = query(connection, *args, **kwargs)
        engine.dispose()
        return result


def activities_of(plan: sqlite3.Connection, changed: RowsThen) -> set[str]:
    """The activities that have changed, or anything that hangs on them."""
    activities: set[str] = set()
    for name, rows in changed.items():
        column = _of_activity(SQLModel.metadata.tables[name])
        for key, then in rows.items() if column else ():
            states = filter(None, (then, history.current_row(plan, name, key)))
            activities |= {state[column] for state in states if state[column]}
    return activities


def _of_activity(table: Table) -> str:
    """The column of a table that says to which activity a row belongs; empty if it belongs to none."""
    if table.name == Activity.__tablename__:
        return "id"
    if names_any := kinds_of_row()[table.name].names_any:
        return names_any[0]
    return "activity_id" if "activity_id" in table.columns else ""


def _rows(
    plan: sqlite3.Connection, table: Table, changed: Mapping[str, StoredRow | None], activities: Collection[str] | None
) -> Iterator[Any]:
    """A table's rows as they were: those of now, but for the changed ones."""
    names = [column.name for column in table.columns]
    key, owner = names.index("id"), _of_activity(table)
    columns = ", ".join(f'"{name}"' for name in names)
    wanted = [json.dumps(list(activities))] if owner and activities is not None else []
    where = f' WHERE "{owner}" IN (SELECT value FROM json_each(?))' if wanted else ""
    for row in plan.execute(f'SELECT {columns} FROM "{table.name}"{where}', wanted):
        if row[key] not in changed:
            yield row
    for cells in changed.values():
        if cells is not None:
            yield [cells.get(name) for name in names]


def _fill(raw: sqlite3.Connection, table: Table, rows: Iterator[Any]) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
    raw.commit()
