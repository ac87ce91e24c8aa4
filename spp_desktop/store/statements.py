"""SQLAlchemy on connections that are there already: what it works out of a statement or a table serves all of them.

A plan is opened again and again, and read as it was in memory; each such connection would otherwise have every
statement and every table put into words anew.
"""

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import Engine, Table, create_engine
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.util import LRUCache

_MOST = 1000
"""How many statements are kept in words; the least used go first."""


@cache
def _first() -> Engine:
    """The engine whose knowledge of SQLite all others share, on a file in memory; it has asked SQLite its version."""
    engine = create_engine(
        "sqlite+pysqlite://",
        poolclass=StaticPool,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        execution_options={"compiled_cache": LRUCache(_MOST)},
    )
    engine.connect().close()
    return engine


def engine_on(connection: sqlite3.Connection) -> Engine:
    """SQLAlchemy on this one connection, which begins and ends no transaction by itself."""
    first = _first()
    raw: Any = connection  # SQLAlchemy's own type of a connection asks for more than any driver has
    pool = StaticPool(lambda: raw, reset_on_return=None, dialect=first.dialect)
    return Engine(pool, first.dialect, first.url, execution_options=first.get_execution_options())


@cache
def table_made(table: Table) -> str:
    """The statement that makes a table."""
    return str(CreateTable(table).compile(dialect=_first().dialect)).strip()


@cache
def indexes_made(table: Table) -> tuple[str, ...]:
    """The statements that make the indexes of a table, by name."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    return tuple(str(CreateIndex(index).compile(dialect=_first().dialect)).strip() for index in indexes)
