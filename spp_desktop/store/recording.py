"""Recording: temporary triggers, made from the tables of the plan, that write down every change to its content.

They see what is done by bulk statements and by the database itself as well as what is done a row at a time. A row
added or removed is recorded whole, as JSON; of a row changed, each cell that is another, with its value before and
after, in SQLite's own storage types.
"""

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Float, MetaData, Table
from sqlmodel import SQLModel

from spp_desktop.plan import delivery, frameworks, identity, judging, performance, posts, priorities, results

CONTENT = (identity, posts, frameworks, priorities, delivery, judging, performance, results)
"""The modules of the plan's tables: SQLModel knows only tables that have been imported."""


def recorded_tables(metadata: MetaData = SQLModel.metadata) -> list[Table]:
    """The tables of the plan's content, parents before children."""
    return list(metadata.sorted_tables)


def start_recording(connection: sqlite3.Connection) -> None:
    """Lay the temporary triggers that record every change made on this connection.

    Outside a revision they have no number to record under, so that an unrecorded write fails.
    """
    connection.execute("SAVEPOINT all_of_it")
    try:
        connection.execute("CREATE TEMP TABLE recording (revision INTEGER)")
        for table in recorded_tables():
            for statement in _triggers(table):
                connection.execute(statement)
    except BaseException:
        connection.execute("ROLLBACK TO all_of_it")
        raise
    finally:
        connection.execute("RELEASE all_of_it")


def _triggers(table: Table) -> Iterator[str]:
    """The three triggers of one table."""
    into = "INSERT INTO change (revision, action, row_table, row_id, cell, before, after)"
    now = "(SELECT revision FROM recording)"
    head = f'CREATE TEMP TRIGGER "record_{table.name}'
    new, old = (_whole_row(table, side) for side in ("NEW", "OLD"))
    yield (
        f"""{head}_add" AFTER INSERT ON main."{table.name}" BEGIN
        {into} VALUES ({now}, 'add', '{table.name}', NEW.id, '', NULL, {new}); END"""
    )
    yield (
        f"""{head}_remove" AFTER DELETE ON main."{table.name}" BEGIN
        {into} VALUES ({now}, 'remove', '{table.name}', OLD.id, '', {old}, NULL); END"""
    )
    cells = "\n".join(
        f"""{into} SELECT {now}, 'set', '{table.name}', OLD.id, '{column.name}', OLD."{column.name}",
        NEW."{column.name}" WHERE OLD."{column.name}" IS NOT NEW."{column.name}";"""
        for column in table.columns
    )
    yield f'{head}_set" AFTER UPDATE ON main."{table.name}" BEGIN {cells} END'


def _whole_row(table: Table, side: str) -> str:
    """SQL for a row as JSON. ``quote`` keeps every digit of a number, which ``json_object`` would round."""
    pairs = []
    for column in table.columns:
        value = f'{side}."{column.name}"'
        if isinstance(column.type, Float):
            value = f"json(iif({value} IS NULL, 'null', quote({value})))"
        pairs.append(f"'{column.name}', {value}")
    return f"json_object({', '.join(pairs)})"
