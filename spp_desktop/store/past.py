"""The plan as it was at a revision, read by the same named reads as the plan now."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from spp_desktop.store.history import Cells

P = ParamSpec("P")
T = TypeVar("T")


def read(
    tables: Mapping[str, Mapping[str, Cells]],
    query: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What a named read gives of these tables, as ``Workspace.as_at`` gives them."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as raw:
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        SQLModel.metadata.create_all(engine)
        for name, rows in tables.items():
            _fill(raw, name, rows)
        with engine.connect() as connection:
            found = query(connection, *args, **kwargs)
        engine.dispose()
        return found


def _fill(raw: sqlite3.Connection, name: str, rows: Mapping[str, Cells]) -> None:
    columns = [column.name for column in SQLModel.metadata.tables[name].columns]
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    values = ([cells.get(column) for column in columns] for cells in rows.values())
    raw.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', values)
    raw.commit()
