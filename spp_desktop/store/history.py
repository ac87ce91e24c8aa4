"""Revisions: every change to a plan, recorded by triggers, chained by hashes, and able to be undone.

A revision is one step that a person took. It names its parent and the sitting that made it, so that two
copies of a plan have a common ancestor; nothing in it depends on a local row number or on clock order.
Each of its changes is a row added, a row removed (both with the whole row as JSON) or one cell set (with
its value before and after, in SQLite's own storage types: dates are ISO texts).
"""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Float, MetaData, Table
from sqlmodel import SQLModel

from spp_desktop.plan import delivery, frameworks, identity, judging, performance, posts, priorities, results
from spp_desktop.store import whole_rows
from spp_desktop.store.problems import UndoRefused

CONTENT = (identity, posts, frameworks, priorities, delivery, judging, performance, results)
"""The modules of the plan's tables: SQLModel knows only tables that have been imported."""

Kind = Literal["edit", "import", "undo", "redo", "built"]
"""What made a revision. A "built" one is the ground a sample stands on, and is not undone."""

Action = Literal["add", "set", "remove"]
Cells = dict[str, Any]

SCHEMA = (
    """CREATE TABLE revision (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent TEXT, sitting TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, reverses TEXT, hash TEXT NOT NULL)""",
    """CREATE TABLE change (
        n INTEGER PRIMARY KEY, revision INTEGER NOT NULL, action TEXT NOT NULL, row_table TEXT NOT NULL,
        row_id TEXT NOT NULL, cell TEXT NOT NULL, before, after)""",
    "CREATE INDEX change_of_revision ON change (revision)",
    "CREATE INDEX change_of_row ON change (row_id)",
    *(
        f"CREATE TRIGGER {table}_is_never_{past} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END"
        for table in ("revision", "change")
        for verb, past in (("UPDATE", "changed"), ("DELETE", "removed"))
    ),
)


@dataclass(frozen=True)
class Revision:
    """One step in a plan's history. ``at`` is an ISO time in UTC; ``reverses`` names the step it undid or redid."""

    n: int
    id: str
    parent: str | None
    sitting: str
    at: str
    author: str
    label: str
    kind: Kind
    reverses: str | None
    hash: str


@dataclass(frozen=True)
class Change:
    """One change of a revision. ``before`` and ``after`` are one cell's values, or whole rows as ``Cells``."""

    action: Action
    table: str
    row: str
    cell: str
    before: Any
    after: Any


def recorded_tables(metadata: MetaData = SQLModel.metadata) -> list[Table]:
    """The tables of the plan's content, parents before children."""
    return list(metadata.sorted_tables)


def start_recording(connection: sqlite3.Connection) -> None:
    """Lay the temporary triggers that record every change made on this connection.

    Outside a revision they have no number to record under, so that an unrecorded write fails.
    """
    connection.execute("CREATE TEMP TABLE recording (revision INTEGER)")
    for table in recorded_tables():
        for statement in _triggers(table):
            connection.execute(statement)


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


def changes(connection: sqlite3.Connection, revision: int) -> Iterator[Change]:
    """The changes of one revision in the order they were made."""
    yield from _changes(connection, "revision = ? ORDER BY n", revision)


def changes_after(connection: sqlite3.Connection, revision: int) -> Iterator[Change]:
    """The changes made after a revision, the latest first."""
    yield from _changes(connection, "revision > ? ORDER BY n DESC", revision)


def _changes(connection: sqlite3.Connection, where: str, *values: Any) -> Iterator[Change]:
    query = f"SELECT action, row_table, row_id, cell, before, after FROM change WHERE {where}"
    for action, table, row, cell, before, after in connection.execute(query, values):
        if action != "set":
            before, after = (whole_rows.read(table, side) for side in (before, after))  # noqa: PLW2901
        yield Change(action, table, row, cell, before, after)


_REVISION = "SELECT n, id, parent, sitting, at, author, label, kind, reverses, hash FROM revision"


def revisions(connection: sqlite3.Connection, after: int = 0) -> list[Revision]:
    """All revisions after a local number, the oldest first."""
    return [Revision(*row) for row in connection.execute(f"{_REVISION} WHERE n > ? ORDER BY n", (after,))]


def revision_named(connection: sqlite3.Connection, key: str) -> Revision | None:
    """The revision of this id, if the plan has it."""
    row = connection.execute(f"{_REVISION} WHERE id = ?", (key,)).fetchone()
    return Revision(*row) if row else None


def latest(connection: sqlite3.Connection) -> Revision | None:
    """The newest revision."""
    row = connection.execute(f"{_REVISION} ORDER BY n DESC LIMIT 1").fetchone()
    return Revision(*row) if row else None


def row_history(connection: sqlite3.Connection, keys: Iterable[str]) -> list[tuple[Revision, Change]]:
    """What happened to these rows, the newest first."""
    wanted = list(keys)
    marks = ",".join("?" * len(wanted))
    numbers = [
        n
        for (n,) in connection.execute(
            f"SELECT DISTINCT revision FROM change WHERE row_id IN ({marks}) ORDER BY revision DESC",
            wanted,
        )
    ]
    found = []
    for n in numbers:
        revision = Revision(*connection.execute(f"{_REVISION} WHERE n = ?", (n,)).fetchone())
        those = _changes(connection, f"row_id IN ({marks}) AND revision = ? ORDER BY n", *wanted, n)
        found += [(revision, change) for change in those]
    return found


def seal(connection: sqlite3.Connection, revision: Revision) -> str:
    """The hash of a revision: of its parent's hash, of all it says of itself, and of each of its changes."""
    parent = connection.execute("SELECT hash FROM revision WHERE id = ?", (revision.parent,)).fetchone()
    said = [
        parent[0] if parent else "",
        revision.id,
        revision.parent,
        revision.sitting,
        revision.at,
        revision.author,
        revision.label,
        revision.kind,
        revision.reverses,
    ]
    digest = hashlib.sha256(json.dumps(said).encode())
    query = "SELECT action, row_table, row_id, cell, before, after FROM change WHERE revision = ? ORDER BY n"
    for change in connection.execute(query, (revision.n,)):
        digest.update(json.dumps(change, default=repr).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def add(connection: sqlite3.Connection, revision: Revision) -> None:
    """Write a revision whose changes are recorded and whose hash is sealed."""
    connection.execute(
        "INSERT INTO revision (n, id, parent, sitting, at, author, label, kind, reverses, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.n,
            revision.id,
            revision.parent,
            revision.sitting,
            revision.at,
            revision.author,
            revision.label,
            revision.kind,
            revision.reverses,
            revision.hash,
        ),
    )


def undo_stacks(steps: Iterable[Revision]) -> tuple[list[Revision], list[Revision]]:
    """What can be undone and what can be redone, the next one last in each list."""
    undone: list[Revision] = []
    done: list[Revision] = []
    for step in steps:
        if step.kind == "built":
            done, undone = [], []
        elif step.kind == "undo":
            undone += [done.pop()] if done else []
        elif step.kind == "redo":
            done += [undone.pop()] if undone else []
        else:
            done.append(step)
            undone = []
    return done, undone


def reverse(connection: sqlite3.Connection, revision: Revision) -> None:
    """Put back what a revision changed, the last change first.

    Raises:
        UndoRefused: if something it changed has changed since; says what. The caller rolls back.
    """
    for change in _changes(connection, "revision = ? ORDER BY n DESC", revision.n):
        _put_back(connection, change, revision)


def repeat(connection: sqlite3.Connection, revision: Revision) -> None:
    """Make a revision's changes again, as they were made.

    Raises:
        UndoRefused: if something it changed is no longer as it was before; says what.
    """
    swapped: dict[Action, Action] = {"add": "remove", "remove": "add", "set": "set"}
    for change in changes(connection, revision.n):
        back = Change(swapped[change.action], change.table, change.row, change.cell, change.after, change.before)
        _put_back(connection, back, revision)


def _put_back(connection: sqlite3.Connection, change: Change, revision: Revision) -> None:
    """Turn one change around, having seen that the plan still holds what the change left."""
    table = _known(change.table)
    if change.action == "remove":
        names = ", ".join(f'"{name}"' for name in change.before)
        marks = ", ".join("?" * len(change.before))
        values = tuple(change.before.values())
        try:
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        except sqlite3.IntegrityError:
            raise _changed_since(revision, change) from None
        return
    found = current_row(connection, table, change.row)
    if change.action == "add":
        if found != change.after:
            raise _changed_since(revision, change)
        held = connection.total_changes
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.row,))
        # One row and its record: more means that the database took other rows along.
        if connection.total_changes - held > 2:  # noqa: PLR2004
            raise _changed_since(revision, change)
    else:
        if found is None or found.get(change.cell) != change.after:
            raise _changed_since(revision, change)
        connection.execute(f'UPDATE "{table}" SET "{change.cell}" = ? WHERE id = ?', (change.before, change.row))


def current_row(connection: sqlite3.Connection, table: str, key: str) -> Cells | None:
    """A row as it is now, in storage types, or ``None``."""
    cursor = connection.execute(f'SELECT * FROM "{_known(table)}" WHERE id = ?', (key,))
    row = cursor.fetchone()
    return None if row is None else dict(zip((d[0] for d in cursor.description), row, strict=True))


def _known(table: str) -> str:
    """The table's name, if it is one of the plan's: history is data, and data never names a table for us."""
    if table not in SQLModel.metadata.tables:
        raise UndoRefused(f"This plan's history speaks of “{table}”, which this version does not know.")
    return table


def _changed_since(revision: Revision, change: Change) -> UndoRefused:
    what = change.cell.removesuffix("_id").replace("_", " ") or change.table.replace("_", " ")
    return UndoRefused(
        f"“{revision.label}” cannot be undone by itself: its {what} has changed since. Undo the later change first."
    )


def tables_now(connection: sqlite3.Connection) -> dict[str, dict[str, Cells]]:
    """Every row of the plan as it is now: by table, then by key."""
    return {table.name: dict(_rows(connection, table)) for table in recorded_tables()}


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[tuple[str, Cells]]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    for row in connection.execute(f'SELECT {columns} FROM "{table.name}"'):
        cells = dict(zip(names, row, strict=True))
        yield cells["id"], cells


def rows_as_at(connection: sqlite3.Connection, revision: int) -> dict[str, dict[str, Cells | None]]:
    """The rows that were changed after a revision, as they were when it had just been made: by table, then by key.

    ``None`` stands for a row that was not there.
    """
    tables: dict[str, dict[str, Cells | None]] = defaultdict(dict)
    for change in changes_after(connection, revision):
        rows = tables[_known(change.table)]
        if change.row not in rows:
            rows[change.row] = current_row(connection, change.table, change.row)
        row = rows[change.row]
        if change.action == "add":
            rows[change.row] = None
        elif change.action == "remove":
            rows[change.row] = change.before
        elif row is not None:
            row[change.cell] = change.before
    return dict(tables)


def tables_as_at(connection: sqlite3.Connection, revision: int) -> dict[str, dict[str, Cells]]:
    """Every row of the plan as it was when a revision had just been made, by walking back from now."""
    tables = tables_now(connection)
    for name, rows in rows_as_at(connection, revision).items():
        for key, cells in rows.items():
            if cells is None:
                tables[name].pop(key, None)
            else:
                tables[name][key] = cells
    return tables


def replay(connection: sqlite3.Connection) -> dict[str, dict[str, Cells]]:
    """Every row of the plan as the history alone says it is."""
    tables: dict[str, dict[str, Cells]] = defaultdict(dict)
    for change in _changes(connection, "1 ORDER BY n"):
        rows = tables[change.table]
        if change.action == "add":
            rows[change.row] = change.after
        elif change.action == "remove":
            rows.pop(change.row, None)
        elif change.row in rows:
            rows[change.row][change.cell] = change.after
    return dict(tables)


Outcome = Literal["same", "agreed", "clean", "conflict"]


def compare(issued: Any, returned: Any, now: Any) -> Outcome:
    """What became of one cell: as issued, as it came back, as the plan holds it now.

    "same": nothing was answered. "agreed": the plan already says what came back. "clean": only the return
    changed it. "conflict": both did, differently.
    """
    if returned == issued:
        return "same"
    if returned == now:
        return "agreed"
    return "clean" if now == issued else "conflict"


MOST_TOLD = 20_000
"""Rows of one step that listeners are told one by one."""


def touched(connection: sqlite3.Connection, revision: int) -> Mapping[str, frozenset[str]]:
    """The keys of the rows that a revision touched, by table; none at all where there are too many to be told."""
    rows: dict[str, set[str]] = defaultdict(set)
    query = "SELECT row_table, row_id FROM change WHERE revision = ?"
    for told, (table, key) in enumerate(connection.execute(query, (revision,))):
        if told == MOST_TOLD:
            return {}
        rows[table].add(key)
    return {table: frozenset(keys) for table, keys in rows.items()}


def tables_ever_changed(connection: sqlite3.Connection) -> set[str]:
    """The tables of which some step has changed a row."""
    return {name for (name,) in connection.execute("SELECT DISTINCT row_table FROM change")}
