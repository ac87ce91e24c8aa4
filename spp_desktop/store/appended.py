"""Revisions that were made elsewhere, added to a plan as they are: same ids, same seals, and what they changed.

Each seal is worked out anew before anything is believed. What the revisions changed is then made by sets: a row that
was touched often is written once, as the last of them left it. Nothing is recorded meanwhile, since it is already; no
row takes others along, since what went with it was recorded too.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spp_desktop.store import chain, database, history
from spp_desktop.store.by_reference import TURNED
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.history import SEALS, RecordedChange, Revision, StoredRow
from spp_desktop.store.losses import UNFIT_HISTORY
from spp_desktop.store.merging import record
from spp_desktop.store.merging.record import BroughtStep, RawChange
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.recording import recorded_tables, tables_beside

_REVISION = f"INSERT INTO revision VALUES ({', '.join('?' * len(Revision._fields))})"
_CHANGE = "INSERT INTO change (revision, action, row_table, row_id, cell, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)"
_MARK = """INSERT INTO change (n, revision, action, row_table, row_id, cell, before, after)
    SELECT max(n) + 1 + (SELECT ifnull(max(n) - min(n) + 1, 0) FROM change
        WHERE revision = (SELECT n FROM revision WHERE id = ?4)), ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM change"""

_CHANGES = frozenset({"add", "set", "remove", TURNED})
"""What changes rows."""


@dataclass
class MadeElsewhere:
    """Revisions that follow on one another, as they were recorded: none that is not as it was sealed is let in.

    Attributes:
        after: the revision that the first of them follows on; ``None`` for a plan's own first.
        revisions: the oldest first.
        changes: of each, by its number, in the order they were made.
        files: the contents of files that rows hold, by their fingerprints.
        brought: the steps that merges among them brought along, in their order.
        brought_changes: what those wrote, by the id of the step.
    """

    after: Revision | None
    revisions: list[Revision] = field(default_factory=list, init=False)
    changes: dict[int, Sequence[RawChange]] = field(default_factory=dict, init=False)
    files: Mapping[str, bytes] = field(default_factory=dict, init=False)
    brought: Sequence[BroughtStep] = field(default=(), init=False)
    brought_changes: Mapping[str, Sequence[RawChange]] = field(default_factory=dict, init=False)

    def add(self, revisions: Iterable[Revision], changes: Mapping[int, Sequence[RawChange]]) -> None:
        """Add the next revisions, with their changes by their numbers.

        Raises:
            PlanRefused: if they do not follow on the last, or are not as they were sealed; says which.
        """
        before = self.revisions[-1] if self.revisions else self.after
        for revision in revisions:
            parent, n, seal = (before.id, before.n, before.hash) if before is not None else (None, 0, "")
            written = changes.get(revision.n, ())
            follows = (revision.parent, revision.n) == (parent, n + 1)
            if not follows or chain.sealed(seal, revision, written) != revision.hash:
                raise _not_as_sealed(revision)
            self.revisions.append(revision)
            self.changes[revision.n] = written
            before = revision


def _not_as_sealed(step: Revision) -> PlanRefused:
    return PlanRefused(
        "altered",
        f"Step {step.n} (“{step.label}”, by {step.author}) is not as it was sealed: it was changed on its way or where "
        "it was kept. Nothing was taken in, and this plan is as it was; show this to whoever looks after the hub.",
    )


def append_alone(connection: sqlite3.Connection, made: MadeElsewhere) -> None:
    """Add revisions to a plan on a connection that records nothing, in a transaction of their own.

    Raises:
        PlanRefused: as ``append``; the plan is as it was then.
    """
    (room,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    connection.execute("PRAGMA cache_size=-65536")  # kilobytes: what is written waits for the end, and is written once
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        with waiting_collector(), database.transaction(connection):
            append(connection, made)
    finally:
        connection.execute(f"PRAGMA cache_size={room:d}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA query_only=ON")


def append(connection: sqlite3.Connection, made: MadeElsewhere) -> None:
    """Add revisions to a plan, and make what they changed: within a transaction without foreign keys or recording.

    Raises:
        PlanRefused: if they do not follow on the plan's newest, hold what is not known here, or leave a row that
            belongs to none. The caller rolls back.
    """
    if not made.revisions:
        return
    if chain.newest(connection) != made.after:
        raise PlanRefused(
            "altered", "These steps do not follow on the newest of this plan. Nothing was taken in; look again."
        )
    try:
        connection.executemany(_REVISION, map(tuple, made.revisions))  # which sqlite3 takes in far quicker
        _keep_changes(connection, made)
        chain.make_head(connection, made.revisions[-1])
        _bring_along(connection, made)
        _make_changes(connection, made)
    except UNFIT_HISTORY as problem:
        raise PlanRefused(
            "altered",
            f"These steps hold what this program does not know ({problem}), so nothing was taken in and this plan is "
            "as it was. Show this to whoever looks after the hub.",
        ) from problem
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise PlanRefused(
            "altered",
            "These steps would leave a row that belongs to another which is not there, so nothing was taken in and "
            "this plan is as it was. Check its file, and show what that says to whoever looks after the hub.",
        )


def _keep_changes(connection: sqlite3.Connection, made: MadeElsewhere) -> None:
    """Keep the changes as rows of the plan's own table, which SQLite numbers as if they had been made here.

    The mark of a step that turns another round leaves as many numbers free as that one has from its first to its last.
    """
    rows = ((revision, *change) for revision, changes in made.changes.items() for change in changes)
    for is_mark, several in itertools.groupby(rows, lambda row: row[1] == TURNED):
        connection.executemany(_MARK if is_mark else _CHANGE, several)


def _bring_along(connection: sqlite3.Connection, made: MadeElsewhere) -> None:
    """Keep what merges brought along, once each of those steps is known to be as it was sealed.

    Raises:
        PlanRefused: if one is not; says which.
    """
    seals = record.every_seal(connection) if made.brought else {}
    seals |= {each.step.id: each.step.hash for each in made.brought}
    coming: dict[int, list[Revision]] = {}
    for each in made.brought:
        parent, changes = seals.get(each.step.parent or "", ""), made.brought_changes.get(each.step.id)
        if changes is not None and chain.sealed(parent, each.step, changes) != each.step.hash:
            raise _not_as_sealed(each.step)
        coming.setdefault(each.merge, []).append(each.step)
    for merge, steps in coming.items():
        record.keep(connection, merge, steps, made.brought_changes)


def _make_changes(connection: sqlite3.Connection, made: MadeElsewhere) -> None:
    """Make in the rows of a plan what was changed by revisions that its history holds already, each row once."""
    keys: dict[str, Sequence[str]] = {table.name: ("id",) for table in recorded_tables()}
    keys |= {table.name: tuple(table.key) for table in tables_beside(connection)}
    for table, rows in _left_by(connection, made).items():
        _write(connection, table, keys[table], rows, made.files)


@dataclass
class _Left:
    """What changes left of a row: which cells they set; whether the row was added, and is there."""

    cells: StoredRow
    added: bool = False
    removed: bool = False


def _left_by(connection: sqlite3.Connection, made: MadeElsewhere) -> Mapping[str, Mapping[str, _Left]]:
    """What changes left of each row, by table, then by key: read from the last of them."""
    tables: dict[str, dict[str, _Left]] = {}
    for change in _last_of(connection, made):
        if change.table == SEALS:
            continue
        left = tables.setdefault(change.table, {}).setdefault(change.row, _Left({}))
        if left.removed or left.added:
            continue  # what came later says all of the row
        if change.action == "remove":
            left.removed = True
        elif change.action == "add":
            left.cells, left.added = {**change.after, **left.cells}, True
        else:
            left.cells.setdefault(change.cell, change.after)
    return tables


def _last_of(connection: sqlite3.Connection, made: MadeElsewhere) -> Iterator[RecordedChange]:
    """The last change of each cell, and of each row as a whole, the latest first; for a mark those that it stands for.

    What is marked twice in the same way was left the same by both. The marks of a merge change nothing: what they
    settle is among its changes, or stood before.
    """
    of_all = itertools.chain.from_iterable(made.changes.values())
    every = [change for change in of_all if change[0] in _CHANGES]
    last = {(table, row, cell): number for number, (_, table, row, cell, *_) in enumerate(every)}
    for number in sorted(last.values(), reverse=True):
        change = every[number]
        if change[0] == TURNED:
            yield from history.changes_turned(connection, change[2], change[3])
        else:
            yield from history.read([change])


def _write(
    connection: sqlite3.Connection,
    table: str,
    key: Sequence[str],
    rows: Mapping[str, _Left],
    files: Mapping[str, bytes],
) -> None:
    """Write rows of a table as they were left: all that were there are taken out first, so that none is in the way."""
    named = " || '|' || ".join(f'"{column}"' for column in key)
    among = f"{named} IN (SELECT value FROM json_each(?))"
    listed = json.dumps(list(rows))
    cursor = connection.execute(f'SELECT {named}, rowid, * FROM "{table}" WHERE {among}', (listed,))
    columns = [column[0] for column in cursor.description][1:]
    there = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in cursor}
    connection.execute(f'DELETE FROM "{table}" WHERE {among}', (listed,))
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    written = _written(there, rows, columns, files if table == "receipt" else {})
    connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', written)


def _written(
    there: Mapping[str, StoredRow], rows: Mapping[str, _Left], columns: Sequence[str], files: Mapping[str, bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows that are to be written: one that was there keeps its place in the table, before others are given one."""
    for key, left in sorted(rows.items(), key=lambda each: each[0] not in there):
        was = there.get(key, {})
        if left.removed and not left.added:
            continue
        cells = {**({"rowid": was["rowid"]} if was else {}), **(was if not left.added else {}), **left.cells}
        yield tuple(_filed(cells.get(column), files) for column in columns)


def _filed(cell: Any, files: Mapping[str, bytes]) -> Any:
    """A cell as it is kept: for the fingerprint of a file, the file."""
    return files.get(cell, cell) if files and isinstance(cell, str) else cell
