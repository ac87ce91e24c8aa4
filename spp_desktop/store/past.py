"""The plan as it was at a revision, read by the same named reads as the plan now."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from spp_desktop.store import history
from spp_desktop.store.history import Cells

P = ParamSpec("P")
T = TypeVar("T")


def read(
    plan: sqlite3.Connection,
    revision: str,
    tables: Iterable[Table],
    query: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | None:
    """What a named read gave when a revision had just been made; ``None`` if the plan has no such revision.

    ``tables`` are those that it reads; it finds the others empty.
    """
    step = history.revision_named(plan, revision)
    if step is None:
        return None
    changed = history.rows_as_at(plan, step.n)
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as raw:
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        SQLModel.metadata.create_all(engine)
        for table in tables:
            _fill(raw, table, _rows(plan, table, changed.get(table.name, {})))
        with engine.connect() as connection:
            found = query(connection, *args, **kwargs)
        engine.dispose()
        return found


def _rows(plan: sqlite3.Connection, table: Table, changed: Mapping[str, Cells | None]) -> Iterator[Any]:
    """A table's rows as they were: those of now, but for the changed ones."""
    names = [column.name for column in table.columns]
    key = names.index("id")
    columns = ", ".join(f'"{name}"' for name in names)
    for row in plan.execute(f'SELECT {columns} FROM "{table.name}"'):
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
