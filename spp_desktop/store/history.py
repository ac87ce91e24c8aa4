"""Revisions: every change to a plan, in the order they were made, chained by hashes and only ever added to.

A revision is one step that a person took. It names its parent and the sitting that made it, so that two
copies of a plan have a common ancestor; nothing in it depends on a local row number or on clock order.
Each of its changes is a row added, a row removed (both with the whole row as JSON) or one cell set (with
its value before and after, in SQLite's own storage types: dates are ISO texts).

A step that turns another round says so in one row, which names that step: see ``store.by_reference``. What its changes
are is read from there, in the view ``step_change``, in which it reads as if it had been recorded in full.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from spp_desktop.store import moved, whole_rows
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.recording import BESIDE, recorded_tables

if TYPE_CHECKING:
    from sqlalchemy import Table

RevisionKind = Literal["edit", "import", "undo", "redo", "built", "brought in", "beside", "expunged", "merged"]
"""What made a revision. A "built" one is the ground a sample stands on: it is not undone, nor is what came before it.
What a newer version of the program "brought in" is not undone either, and is not in the way of what is. What is kept
"beside" the content (which files went out and came in, and what was decided about them) is sealed like any step, but is
none: it changes nothing of what the plan says, and no undo takes it back. By an "expunged" one a word was removed from
the plan and its whole history for good: see ``store.expunged``. By a "merged" one another copy came in: see
``store.merging``."""

SEALS = "revision"
"""What the history names as the table where it tells of seals of its own steps."""

OF_MERGE = "action = 'merged' OR action = 'decided' OR action = 'waiting'"
"""SQL for whether a row of ``change`` is a mark of a merge. An index stands on it: of three in a list behind ``IN``,
SQLite would make a table with each row that is written, which takes as long as writing the row."""

LAST = 2**63 - 1
"""A local number that no revision has: all are before it."""

Action = Literal["add", "set", "remove"]
StoredRow = dict[str, Any]
"""A row by its columns, in SQLite's own storage types."""

SCHEMA = (
    """CREATE TABLE revision (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL)""",
    """CREATE TABLE change (
        n INTEGER PRIMARY KEY, revision INTEGER NOT NULL, action TEXT NOT NULL, row_table TEXT NOT NULL,
        row_id TEXT NOT NULL, cell TEXT NOT NULL, before, after)""",
    "CREATE INDEX change_of_revision ON change (revision)",
    "CREATE INDEX change_of_row ON change (row_id)",
    "CREATE INDEX change_by_reference ON change (revision) WHERE action = 'turned'",
    """CREATE VIEW step_change (n, revision, action, row_table, row_id, cell, before, after) AS
        SELECT n, revision, action, row_table, row_id, cell, before, after FROM change
            WHERE action IN ('add', 'set', 'remove')
        UNION ALL SELECT
            CAST(mark.n - 1 - made.n + (SELECT min(n) FROM change WHERE revision = made.revision) AS INTEGER),
            mark.revision,
            CAST(CASE made.action WHEN 'add' THEN 'remove' WHEN 'remove' THEN 'add' ELSE 'set' END AS TEXT),
            made.row_table, made.row_id, made.cell, made.after, made.before
            FROM change AS mark JOIN revision AS turned ON turned.id = mark.row_id
            JOIN change AS made ON made.revision = turned.n
            WHERE mark.action = 'turned' AND mark.cell = 'back' AND made.action IN ('add', 'set', 'remove')
        UNION ALL SELECT
            CAST(mark.n - 1 + made.n - (SELECT max(n) FROM change WHERE revision = made.revision) AS INTEGER),
            mark.revision, made.action, made.row_table, made.row_id, made.cell, made.before, made.after
            FROM change AS mark JOIN revision AS turned ON turned.id = mark.row_id
            JOIN change AS made ON made.revision = turned.n
            WHERE mark.action = 'turned' AND mark.cell = 'again' AND made.action IN ('add', 'set', 'remove')""",
    *(
        f"CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END"
        for table in ("revision", "change")
        for verb, past in (("UPDATE", "changed"), ("DELETE", "removed"))
    ),
)
"""The tables of the history, and the view in which the changes of every step are read.

A row of ``change`` is a change, or a mark that says something of its whole step. Of a step that turns another round it
is "turned": ``row_id`` is the id of the step whose changes they are, ``cell`` is "back" or "again", ``after`` how many
they are. Its ``n`` leaves numbers free below it, for its changes in their order: the last first, where they go back.
The arms of the view have columns of the same sort, so that SQLite searches each by whatever is asked for.
"""


class Revision(NamedTuple):
    """One step in a plan's history. ``at`` is an ISO time in UTC; ``reverses`` names the step it undid or redid."""

    n: int
    id: str
    parent: str | None
    sitting: str
    at: str
    author: str
    label: str
    kind: RevisionKind
    reverses: str | None
    hash: str


@dataclass(frozen=True)
class RecordedChange:
    """One change of a revision. ``before`` and ``after`` are one cell's values, or whole rows as ``StoredRow``."""

    action: Action
    table: str
    row: str
    cell: str
    before: Any
    after: Any


CHANGES = "SELECT action, row_table, row_id, cell, before, after, n FROM step_change"
"""The changes as they are read, to be followed by which of them; with what they are put in order by."""


def cell_of_row(action: Literal["add", "remove"], column: str) -> str:
    """SQL for a cell of the row that a change added or removed, whole; NULL of any other change, which has no such row.

    SQLite looks at what is asked of a change in an order of its own, and takes an action that is asked for besides as
    known: where a row is asked for by this, it is asked for by nothing else of its action.
    """
    side = "after" if action == "add" else "before"
    return f"CASE action WHEN '{action}' THEN json_extract({side}, '$.{column}') END"


def changes(connection: sqlite3.Connection, revision: int, skip: int = 0, most: int = -1) -> Iterator[RecordedChange]:
    """The changes of one revision in the order they were made.

    Args:
        connection: Of the plan.
        revision: Its local number.
        skip: How many of its first changes are left out.
        most: How many are given; below 0, all.
    """
    # In the order in which they are kept, so that the first of a million are there at once: the view would sort them.
    query = """SELECT revision.n, cell FROM change JOIN revision ON revision.id = row_id
        WHERE change.revision = ? AND action = 'turned'"""
    number, way = connection.execute(query, (revision,)).fetchone() or (revision, "again")
    columns, order = _KEPT[way]
    query = f"""SELECT {columns} FROM change WHERE revision = ? AND action IN ('add', 'set', 'remove')
        ORDER BY n {order} LIMIT ? OFFSET ?"""
    yield from read(connection.execute(query, (number, most, skip)))


_KEPT = {
    "again": ("action, row_table, row_id, cell, before, after", "ASC"),
    "back": (
        "CASE action WHEN 'add' THEN 'remove' WHEN 'remove' THEN 'add' ELSE action END, "
        "row_table, row_id, cell, after, before",
        "DESC",
    ),
}
"""The columns of changes as they are kept, and their order, by the way in which a step makes them."""


def changes_after(
    connection: sqlite3.Connection, revision: int, tables: Collection[str] = ()
) -> Iterator[RecordedChange]:
    """The changes made after a revision, the latest first: those of some tables, or of all."""
    of_tables = " AND row_table IN (SELECT value FROM json_each(?))" if tables else ""
    query = f"{CHANGES} WHERE revision > ?{of_tables} ORDER BY n DESC"
    yield from read(connection.execute(query, (revision, json.dumps(list(tables))) if tables else (revision,)))


def changes_turned(connection: sqlite3.Connection, key: str, way: str) -> Iterator[RecordedChange]:
    """The changes of a step, by its id, as they are made where it is turned "back" or "again"; the latest first."""
    columns, order = _KEPT[way]
    query = f"""SELECT {columns} FROM change WHERE revision = (SELECT n FROM revision WHERE id = ?)
        AND action IN ('add', 'set', 'remove') ORDER BY n {"ASC" if order == "DESC" else "DESC"}"""
    yield from read(connection.execute(query, (key,)))


def changes_of_tables(
    connection: sqlite3.Connection, tables: Iterable[str], after: int
) -> Iterator[tuple[int, RecordedChange]]:
    """The changes of rows of some tables after a revision, each with its revision's local number, the oldest first."""
    among = ", ".join(_among(table) for table in tables)
    query = CHANGES.replace("SELECT ", "SELECT revision, ")
    rows = connection.execute(f"{query} WHERE revision > ? AND row_table IN ({among}) ORDER BY n", (after,))
    for number, *change in rows.fetchall():
        yield from ((number, each) for each in read([tuple(change)]))


def numbers_of_changes(connection: sqlite3.Connection, after: int = 0, until: int = LAST) -> dict[int, int]:
    """How many changes each revision after a local number made, by its own number; found without reading them.

    ``until`` is the local number of the last that is asked about.

    The changes of a revision are all written in one transaction, so that their numbers follow one another: from the
    first and the last, both at an end of the index by revision, it is known how many there are. One that turns another
    round says it itself; the marks of one that merged another copy are no changes of its own.
    """
    first, last = (f"(SELECT {end}(n) FROM change WHERE revision = step.n)" for end in ("min", "max"))
    own_count = "(SELECT after FROM change WHERE revision = step.n AND action = 'turned')"
    marks = f"(SELECT count(*) FROM change WHERE revision = step.n AND ({OF_MERGE}))"
    counted = f"coalesce({own_count}, {last} - {first} + 1 - {marks}, 0)"
    query = f"SELECT n, {counted} FROM revision AS step WHERE n BETWEEN ? AND ?"
    return dict(connection.execute(query, (after + 1, until)).fetchall())


def tables_of_revisions(
    connection: sqlite3.Connection, after: int = 0, until: int = LAST
) -> dict[int, tuple[str, ...]]:
    """The tables whose rows each revision after a local number, and up to another, changed, by its own number."""
    query = (
        "SELECT DISTINCT revision, row_table FROM step_change WHERE revision > ? AND revision <= ? "
        "ORDER BY revision, row_table"
    )
    tables: dict[int, dict[str, None]] = defaultdict(dict)
    for revision, table in connection.execute(query, (after, until)):
        tables[revision][moved.table_now(table)] = None
    return {revision: tuple(names) for revision, names in tables.items()}


def read(rows: Iterable[tuple[Any, ...]]) -> Iterator[RecordedChange]:
    """Rows of the table of changes, as changes; of rows that have moved, as changes of where they are now."""
    for action, table, row, cell, before, after, *_ in rows:
        if action != "set":
            whole_before, whole_after = (whole_rows.read(table, side) for side in (before, after))
            yield RecordedChange(action, moved.table_now(table), row, cell, whole_before, whole_after)
        elif table not in moved.MOVED:
            yield RecordedChange(action, table, row, cell, before, after)
        elif cell in moved.MOVED[table].cells:
            there, now = moved.MOVED[table].cells[cell]
            yield RecordedChange(action, moved.table_now(table), row, there, now(before), now(after))


_REVISION = "SELECT n, id, parent, sitting, at, author, label, kind, reverses, hash FROM revision"


def revisions(connection: sqlite3.Connection, after: int = 0) -> list[Revision]:
    """All revisions after a local number, the oldest first."""
    return [Revision(*row) for row in connection.execute(f"{_REVISION} WHERE n > ? ORDER BY n", (after,))]


def last_revisions(connection: sqlite3.Connection, most: int) -> list[Revision]:
    """So many of the last revisions, or all if there are fewer; the oldest first."""
    rows = connection.execute(f"{_REVISION} ORDER BY n DESC LIMIT ?", (most,)).fetchall()
    return [Revision(*row) for row in reversed(rows)]


def revision_named(connection: sqlite3.Connection, key: str) -> Revision | None:
    """The revision of this id, if the plan has it."""
    row = connection.execute(f"{_REVISION} WHERE id = ?", (key,)).fetchone()
    return Revision(*row) if row else None


def revision_numbered(connection: sqlite3.Connection, n: int) -> Revision | None:
    """The revision of this local number, if the plan has it."""
    row = connection.execute(f"{_REVISION} WHERE n = ?", (n,)).fetchone()
    return Revision(*row) if row else None


def plan_key(connection: sqlite3.Connection) -> str:
    """The key of the plan's own row, which all copies of a plan have; "" where there is none."""
    row = connection.execute('SELECT id FROM "plan"').fetchone()
    return str(row[0]) if row else ""


def steps(connection: sqlite3.Connection) -> list[Revision]:
    """The revisions that are steps, the oldest first: not those of what is kept beside the content."""
    return [revision for revision in revisions(connection) if revision.kind != "beside"]


def last_steps(connection: sqlite3.Connection, most: int) -> list[Revision]:
    """So many of the last steps, or all if there are fewer; the oldest first."""
    return steps_before(connection, LAST, most)[::-1]


def steps_before(connection: sqlite3.Connection, n: int, most: int) -> list[Revision]:
    """So many of the last steps before a local number, the newest first."""
    query = f"{_REVISION} WHERE kind <> 'beside' AND n < ? ORDER BY n DESC LIMIT ?"
    return readable(Revision(*row) for row in connection.execute(query, (n, most)))


def readable(steps: Iterable[Revision]) -> list[Revision]:
    """Steps that are to be shown.

    Raises:
        TypeError: if one of them holds what is no text where there must be text.
    """
    shown = list(steps)
    for step in shown:
        if not all(isinstance(text, str) for text in (step.id, step.at, step.author, step.label, step.kind)):
            raise TypeError(f"step {step.n} of its history is damaged")
    return shown


def latest(connection: sqlite3.Connection) -> Revision | None:
    """The newest step."""
    row = connection.execute(f"{_REVISION} WHERE kind <> 'beside' ORDER BY n DESC LIMIT 1").fetchone()
    return Revision(*row) if row else None


def latest_until(connection: sqlite3.Connection, n: int) -> Revision | None:
    """The newest step that is not after a local number."""
    row = connection.execute(f"{_REVISION} WHERE kind <> 'beside' AND n <= ? ORDER BY n DESC LIMIT 1", (n,)).fetchone()
    return Revision(*row) if row else None


def steps_after(connection: sqlite3.Connection, n: int) -> int:
    """How many steps come after a local number."""
    query = "SELECT count(*) FROM revision WHERE kind <> 'beside' AND n > ?"
    return int(connection.execute(query, (n,)).fetchone()[0])


_OF_ROWS = "row_id IN (SELECT value FROM json_each(?))"


def steps_of_rows(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Revision]:
    """The revisions that changed any of these rows, the newest first."""
    query = f"{_REVISION} WHERE n IN (SELECT revision FROM step_change WHERE {_OF_ROWS}) ORDER BY n DESC"
    return readable(Revision(*row) for row in connection.execute(query, (json.dumps(list(keys)),)))


def row_history(connection: sqlite3.Connection, keys: Iterable[str]) -> list[tuple[Revision, RecordedChange]]:
    """What happened to these rows, the newest revision first, its changes in the order they were made."""
    wanted = list(keys)
    steps = {step.n: step for step in steps_of_rows(connection, wanted)}
    query = f"{CHANGES.replace('SELECT ', 'SELECT revision, ')} WHERE {_OF_ROWS} ORDER BY revision DESC, n"
    rows = connection.execute(query, (json.dumps(wanted),)).fetchall()
    return [(steps[row[0]], change) for row in rows for change in read([row[1:]])]


def renamed_since(connection: sqlite3.Connection, table: str, cell: str, revision: str) -> dict[str, str]:
    """The keys of the rows of a table whose cell has changed since a revision, by what stood in it then."""
    query = (
        "SELECT before, row_id FROM step_change WHERE row_table = ? AND action = 'set' AND cell = ? "
        "AND revision > (SELECT n FROM revision WHERE id = ?) ORDER BY n"
    )
    then: dict[str, str] = {}
    for before, key in connection.execute(query, (table, cell, revision)):
        if key not in then.values():
            then[str(before)] = key
    return then


def last_known(connection: sqlite3.Connection, table: str, key: str) -> StoredRow | None:
    """A row as it is now; one that is gone, as it was when it was removed; ``None`` if it was never there."""
    if table not in known_tables():
        return None
    now = current_row(connection, table, key)
    if now is not None:
        return now
    query = (
        f"{CHANGES} WHERE row_id = ? AND row_table IN ({_among(table)}) AND action = 'remove' ORDER BY n DESC LIMIT 1"
    )
    removed = next(read(connection.execute(query, (key,))), None)
    return None if removed is None else removed.before


def table_of(connection: sqlite3.Connection, key: object) -> str:
    """The table of the row that has, or had, this key, by the history; empty if it knows none of that key."""
    row = connection.execute("SELECT row_table FROM step_change WHERE row_id = ? LIMIT 1", (key,)).fetchone()
    return moved.table_now(row[0]) if row is not None and isinstance(row[0], str) else ""


def _among(table: str) -> str:
    """The names of a table in the history, as SQL lists them."""
    return ", ".join(f"'{name}'" for name in moved.tables_then(known_table(table)))


def cells_changed_since(
    connection: sqlite3.Connection, table: str, revision: str
) -> Iterator[tuple[Revision, StoredRow, str]]:
    """The cells of a table that have changed since a revision: the latest step that did, the row and the column.

    The oldest first; a row that was added or removed as a whole has "" for its column. A row that is gone is as it was
    when it was removed.
    """
    then = revision_named(connection, revision)
    after = then.n if then else 0
    steps = {step.n: step for step in revisions(connection, after)}
    query = (
        "SELECT row_id, ifnull(cell, ''), max(revision) AS latest FROM step_change "
        f"WHERE row_table IN ({_among(table)}) AND revision > ? GROUP BY row_id, ifnull(cell, '') ORDER BY latest"
    )
    for key, cell, latest_step in connection.execute(query, (after,)).fetchall():
        row = last_known(connection, table, key)
        if row is not None:
            yield steps[latest_step], row, cell


def current_row(connection: sqlite3.Connection, table: str, key: str) -> StoredRow | None:
    """A row as it is now, in storage types, or ``None``."""
    cursor = connection.execute(f'SELECT * FROM "{known_table(table)}" WHERE id = ?', (key,))
    row = cursor.fetchone()
    return None if row is None else dict(zip((d[0] for d in cursor.description), row, strict=True))


def known_table(table: str) -> str:
    """The table's name, if it is one of the plan's: history is data, and data never names a table for us."""
    if table not in known_tables():
        raise UndoRefused(f"This plan's history speaks of “{table}”, which this version does not know.")
    return table


def tables_now(connection: sqlite3.Connection) -> dict[str, dict[str, StoredRow]]:
    """Every row of the plan as it is now: by table, then by key."""
    return {table.name: dict(_rows(connection, table)) for table in recorded_tables()}


def _rows(connection: sqlite3.Connection, table: "Table") -> Iterator[tuple[str, StoredRow]]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    for row in connection.execute(f'SELECT {columns} FROM "{table.name}"'):
        cells = dict(zip(names, row, strict=True))
        yield cells["id"], cells


def rows_as_at(connection: sqlite3.Connection, revision: int) -> dict[str, dict[str, StoredRow | None]]:
    """The rows that were changed after a revision, as they were when it had just been made: by table, then by key.

    ``None`` stands for a row that was not there.
    """
    tables: dict[str, dict[str, StoredRow | None]] = defaultdict(dict)
    cells_then: dict[tuple[str, str], StoredRow] = {}
    query = "SELECT action, row_table, row_id, cell, before, NULL, n FROM step_change WHERE revision > ? ORDER BY n"
    for recorded in connection.execute(query, (revision,)):
        action, table, key = recorded[0], moved.table_now(recorded[1]), recorded[2]
        if key in tables[table] or table in BESIDE or table == SEALS:
            continue  # what became of it first says whether it was there
        if action == "add":
            tables[known_table(table)][key] = None
            continue
        for change in read([recorded]):
            if action == "remove":
                tables[known_table(table)][key] = {**change.before, **cells_then.pop((table, key), {})}
            else:
                cells_then.setdefault((table, key), {}).setdefault(change.cell, change.before)
    for (table, key), cells in cells_then.items():
        now = current_row(connection, table, key)
        tables[table][key] = None if now is None else {**now, **cells}
    return {table: rows for table, rows in tables.items() if rows}


def tables_as_at(connection: sqlite3.Connection, revision: int) -> dict[str, dict[str, StoredRow]]:
    """Every row of the plan as it was when a revision had just been made, by walking back from now."""
    tables = tables_now(connection)
    for name, rows in rows_as_at(connection, revision).items():
        for key, cells in rows.items():
            if cells is None:
                tables[name].pop(key, None)
            else:
                tables[name][key] = cells
    return tables


def replay(connection: sqlite3.Connection) -> dict[str, dict[str, StoredRow]]:
    """Every row of the plan as the history alone says it is."""
    tables: dict[str, dict[str, StoredRow]] = defaultdict(dict)
    for change in read(connection.execute(f"{CHANGES} ORDER BY n")):
        rows = tables[change.table]
        if change.action == "add":
            rows[change.row] = change.after
        elif change.action == "remove":
            rows.pop(change.row, None)
        elif change.row in rows:
            rows[change.row][change.cell] = change.after
    return dict(tables)


Agreement = Literal["same", "agreed", "clean", "conflict"]


def compare(issued: Any, returned: Any, now: Any) -> Agreement:
    """What became of one cell: as issued, as it came back, as the plan holds it now.

    "same": nothing was answered. "agreed": the plan already says what came back. "clean": only the return
    changed it. "conflict": both did, differently.
    """
    if returned == issued:
        return "same"
    if returned == now:
        return "agreed"
    return "clean" if now == issued else "conflict"


def tables_ever_changed(connection: sqlite3.Connection) -> set[str]:
    """The tables of which some step has changed a row."""
    return {moved.table_now(name) for (name,) in connection.execute("SELECT DISTINCT row_table FROM step_change")}


def brought_in(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The rows, by table and key, that a newer version of the program brought in."""
    steps = "SELECT n FROM revision WHERE kind = 'brought in'"
    query = f"SELECT row_table, row_id FROM step_change WHERE action = 'add' AND revision IN ({steps})"
    return {(moved.table_now(table), key) for table, key in connection.execute(query)}
