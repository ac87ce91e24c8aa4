"""Recording: temporary triggers, made from the tables of the plan, that write down every change to what it holds.

They see what is done by bulk statements and by the database itself as well as what is done a row at a time. A row
added or removed is recorded whole, as JSON; of a row changed, each cell that is another, with its value before and
after, in SQLite's own storage types. Of a file that is kept, its fingerprint is recorded.

Beside them stand triggers that take a link away with either of its rows, and with a row its attachments and the posts
in its roles, which no foreign key can hold on to. They go
first, so that the history names the link before the row: turned round, the row is there again before the link. Other
programs do not have them: what one of them removes leaves links that the check of the file names. Others refuse a
change of what was said for a locked period (``store.locked_periods``) or belongs to a closed year (``closed_years``).
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from spp_desktop.store.known_tables import known_tables

if TYPE_CHECKING:  # a plan is read through SQLite alone until a table is needed
    from sqlalchemy import Table as DeclaredTable

BESIDE = ("export", "receipt", "decision")
"""The tables of what is kept beside the content: which files went out, which came in, what was decided about them."""

RECORDING = {"content": "recording", "beside": "recording_beside"}
"""The temporary tables that hold the number of the revision to which changes of each sort belong just now, if any."""


def recorded_tables() -> "list[DeclaredTable]":
    """The tables of the plan's content, parents before children."""
    known = known_tables()
    from sqlmodel import SQLModel  # late: a history is read without

    return [known[table.name] for table in SQLModel.metadata.sorted_tables]


def start_recording(connection: sqlite3.Connection) -> None:
    """Lay the temporary triggers that record every change made on this connection.

    Outside a revision they have no number to record under, so that an unrecorded write fails.
    """
    from spp_desktop.plan import links  # late: a plan is read without
    from spp_desktop.store import closed_years, locked_periods

    connection.execute("SAVEPOINT all_of_it")
    try:
        for recording in RECORDING.values():
            connection.execute(f"CREATE TEMP TABLE {recording} (revision INTEGER)")
        for table in recorded_tables():
            for statement in _recording_of(table):
                connection.execute(statement)
        for beside in tables_beside(connection):
            for statement in _triggers(beside):
                connection.execute(statement)
        for name in links.borne_by():
            connection.execute(_unlinking(name))
        for statement in (*locked_periods.guards(), *closed_years.guards()):
            connection.execute(statement)
    except BaseException:
        connection.execute("ROLLBACK TO all_of_it")
        raise
    finally:
        connection.execute("RELEASE all_of_it")


def stop_recording(connection: sqlite3.Connection) -> None:
    """Take away what ``start_recording`` laid, so that what was recorded elsewhere can be written as it was."""
    for (name,) in connection.execute("SELECT name FROM sqlite_temp_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER temp."{name}"')
    for recording in RECORDING.values():
        connection.execute(f"DROP TABLE IF EXISTS temp.{recording}")


def _unlinking(table: str) -> str:
    """The trigger that takes away the links of a row of a table, and what else hangs on it, before the row goes."""
    from spp_desktop.plan.rows import hanging_on_any  # late: a plan is read without

    taking = (
        f"DELETE FROM {model.__tablename__} WHERE {column} = OLD.id;"
        for model in hanging_on_any()
        for column in model.names_any
    )
    return f'CREATE TEMP TRIGGER "unlink_{table}" BEFORE DELETE ON main."{table}" BEGIN {" ".join(taking)} END'


def fingerprint(content: object) -> str | None:
    """The SHA-256 of what a cell holds, in hexadecimal; of a text, of its UTF-8."""
    if content is None:
        return None
    raw = content if isinstance(content, bytes) else str(content).encode("utf-8", "surrogatepass")
    return hashlib.sha256(raw).hexdigest()


ColumnSort = Literal["plain", "float", "file"]


@dataclass(frozen=True)
class RecordedTable:
    """A table whose changes are recorded.

    Attributes:
        name: its name.
        columns: its columns, with how the values of each are recorded.
        key: the columns that make up the key of a row.
        beside: whether it is kept beside the content.
    """

    name: str
    columns: Sequence[tuple[str, ColumnSort]]
    key: Sequence[str] = ("id",)
    beside: bool = False

    def row_key(self, side: str) -> str:
        """SQL for the key of a row, as the history names the row."""
        return " || '|' || ".join(f'{side}."{column}"' for column in self.key)

    def cell(self, side: str, column: str, sort: ColumnSort) -> str:
        """SQL for what is recorded of a cell."""
        value = f'{side}."{column}"'
        return f"fingerprint({value})" if sort == "file" else value

    def whole_row(self, side: str) -> str:
        """SQL for a row as JSON. ``quote`` keeps every digit of a number, which ``json_object`` would round.

        A number without end has no difference from itself, and is no JSON: newer SQLite would write it as 9.0e+999.
        """
        pairs = []
        for column, sort in self.columns:
            value = self.cell(side, column, sort)
            if sort == "float":
                number = f"iif({value} - {value} IS NULL, 'without end', quote({value}))"
                value = f"json(iif({value} IS NULL, 'null', {number}))"
            pairs.append(f"'{column}', {value}")
        return f"json_object({', '.join(pairs)})"


def _declared(table: "DeclaredTable") -> RecordedTable:
    """A table of the content."""
    from sqlalchemy import Float  # late: a plan is read without

    sorts: list[tuple[str, ColumnSort]] = [
        (column.name, "float" if isinstance(column.type, Float) else "plain") for column in table.columns
    ]
    return RecordedTable(table.name, sorts)


@cache
def whole_row(table: str, side: str) -> str:
    """SQL for a row of a table of the content as the history records it, whole."""
    return _declared(known_tables()[table]).whole_row(side)


def lay_aside(connection: sqlite3.Connection, table: str) -> None:
    """Take away the triggers that record the changes of a table of the content, until ``lay_again``.

    Both belong to one transaction: where it is taken back, the triggers are there.
    """
    for deed in ("add", "remove", "set"):
        connection.execute(f'DROP TRIGGER temp."record_{table}_{deed}"')


def lay_again(connection: sqlite3.Connection, table: str) -> None:
    """Lay the triggers again that record the changes of a table of the content."""
    for statement in _recording_of(known_tables()[table]):
        connection.execute(statement)


@cache
def _recording_of(table: "DeclaredTable") -> tuple[str, ...]:
    """The triggers of a table of the content, put into words once: every plan that is opened is given the same."""
    return tuple(_triggers(_declared(table)))


def tables_beside(connection: sqlite3.Connection) -> list[RecordedTable]:
    """The tables of what is kept beside the content, as the file has them; the connection learns ``fingerprint``."""
    connection.create_function("fingerprint", 1, fingerprint, deterministic=True)
    tables = []
    for name in BESIDE:
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        sorts: list[tuple[str, ColumnSort]] = [(row[1], "file" if row[2] == "BLOB" else "plain") for row in columns]
        key = [row[1] for row in sorted((row for row in columns if row[5]), key=lambda row: int(row[5]))]
        tables.append(RecordedTable(name, sorts, key, beside=True))
    return tables


def _triggers(table: RecordedTable) -> Iterator[str]:
    """The three triggers of one table."""
    into = "INSERT INTO change (revision, action, row_table, row_id, cell, before, after)"
    now = f"(SELECT revision FROM {RECORDING['beside' if table.beside else 'content']})"
    head = f'CREATE TEMP TRIGGER "record_{table.name}'
    new, old = (table.whole_row(side) for side in ("NEW", "OLD"))
    yield (
        f"""{head}_add" AFTER INSERT ON main."{table.name}" BEGIN
        {into} VALUES ({now}, 'add', '{table.name}', {table.row_key("NEW")}, '', NULL, {new}); END"""
    )
    yield (
        f"""{head}_remove" AFTER DELETE ON main."{table.name}" BEGIN
        {into} VALUES ({now}, 'remove', '{table.name}', {table.row_key("OLD")}, '', {old}, NULL); END"""
    )
    # One statement for all cells: laying a trigger takes as long as its text is. The + keeps a value of whatever type.
    cells = "\nUNION ALL ".join(
        f"""SELECT '{column}', +{table.cell("OLD", column, sort)}, +{table.cell("NEW", column, sort)}
        WHERE OLD."{column}" IS NOT NEW."{column}\""""
        for column, sort in table.columns
    )
    yield (
        f"""{head}_set" AFTER UPDATE ON main."{table.name}" BEGIN
        {into} SELECT {now}, 'set', '{table.name}', {table.row_key("OLD")}, * FROM ({cells}); END"""
    )
