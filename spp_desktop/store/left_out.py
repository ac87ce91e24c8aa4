"""A plan as it would be without some of its rows: a copy in memory, for what is made of it and must not hold them.

What stands below the rows, hangs on them, links to them or remembers them goes too, and what the history tells of all
these. The copy
is read like any plan, and is gone when it was read.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.plan.rows import hanging_on_any, kinds_of_row
from spp_desktop.store import database, statements
from spp_desktop.store.overview.reader import FileReader, PlanReader


@contextmanager
def without(reader: PlanReader, keys: Collection[str]) -> Iterator[PlanReader]:
    """A reader of a plan in which there are no rows of these keys."""
    copy = reader.read_beside(database.in_memory)
    engine = statements.engine_on(copy)
    try:
        _take_out(copy, keys)
        yield FileReader(copy, engine)
    finally:
        engine.dispose()
        copy.close()


def _take_out(copy: sqlite3.Connection, keys: Collection[str]) -> None:
    before = _keys(copy)
    copy.execute("BEGIN")
    for table in _tables():
        _delete(copy, table, "id", keys)
    gone = before - _keys(copy)
    for model in hanging_on_any():
        for column in model.names_any:
            _delete(copy, str(model.__tablename__), column, gone)
    for model in kinds_of_row().values():
        for column in model.remembers:
            _delete(copy, str(model.__tablename__), column, gone)
    gone = before - _keys(copy)
    for (trigger,) in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'change'"):
        copy.execute(f'DROP TRIGGER "{trigger}"')
    _delete(copy, "change", "row_id", gone)
    copy.execute("COMMIT")
    copy.execute("PRAGMA query_only=ON")


def _delete(copy: sqlite3.Connection, table: str, column: str, keys: Collection[str]) -> None:
    asked = json.dumps(list(keys))
    copy.execute(f'DELETE FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))', (asked,))


def _tables() -> list[str]:
    """The tables of rows, those first whose rows name rows of the others."""
    own = kinds_of_row()
    return [table.name for table in reversed(SQLModel.metadata.sorted_tables) if table.name in own]


def _keys(copy: sqlite3.Connection) -> set[str]:
    """The keys of all rows."""
    return {key for table in _tables() for (key,) in copy.execute(f'SELECT id FROM "{table}"')}
