"""Checks the sealed chain of a plan's file: its seals, its end, and that the plan holds what the chain says."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from spp_desktop.plan.words import counted
from spp_desktop.store import chain, history
from spp_desktop.store.history import Revision, StoredRow
from spp_desktop.store.naming import plain, row_named, shown, step_named
from spp_desktop.store.recording import tables_beside

Tables = Mapping[str, Mapping[str, StoredRow]]
"""Rows by table, then by key."""


def broken_chain(connection: sqlite3.Connection, looked_at: Callable[[int], object] = int) -> Iterator[str]:
    """Faults of the history: the first step that does not fit its seal, and changes that belong to no step.

    Args:
        connection: Of the plan.
        looked_at: Called with the number of each step before it is looked at.
    """
    before: Revision | None = None
    for step in history.revisions(connection):
        looked_at(step.n)
        if step.parent != (before.id if before else None):
            yield f"The history is broken before {step_named(step)}: a step was taken out or put in."
            break
        if chain.seal(connection, step) != step.hash:
            yield f"The history is not as it was written, from {step_named(step)} on: its seal does not fit."
            break
        before = step
    query = "SELECT count(*) FROM change WHERE revision NOT IN (SELECT n FROM revision)"
    (loose,) = connection.execute(query).fetchone()
    if loose:
        yield f"The history holds {counted(loose, 'change')} that belong to no step."


def broken_end(connection: sqlite3.Connection) -> Iterator[str]:
    """Whether the history ends as the file itself says that it ends: quickly found, and without reading it."""
    last, head = chain.newest(connection), chain.head(connection)
    if last == head:
        return
    if head is None:
        yield "The file does not say with which step its history ends: that was taken out by another program."
    elif last is None or last.n < head.n:
        gone = counted(head.n - (last.n if last else 0), "step")
        yield f"The end of the history was cut off: {gone}, the last of them {step_named(head)}."
    else:
        yield f"The history does not end with {step_named(head)}, as the file says it does: it was written anew."


def unlike_history(connection: sqlite3.Connection, content: Tables, present: Collection[str]) -> Iterator[str]:
    """Rows that differ from what the history says they are: those of the content, then what is kept beside it.

    Args:
        connection: Of the plan.
        content: The rows of the content, of the tables that could be read.
        present: The names of the tables that the file has as this program makes them.
    """
    by_history = history.replay(connection)
    for table, rows in content.items():
        for row, past in _pairs(rows, by_history.get(table, {})):
            yield from _unlike(row, past, row_named(connection, table, past or row or {}))
    files = {key: receipt.get("file_name") for key, receipt in by_history.get("receipt", {}).items()}
    for kept in tables_beside(connection):
        if kept.name not in present:
            continue
        query = f'SELECT {kept.row_key("kept")}, {kept.whole_row("kept")} FROM main."{kept.name}" AS kept'
        rows = {str(key): json.loads(row) for key, row in connection.execute(query)}
        for row, past in _pairs(rows, by_history.get(kept.name, {})):
            yield from _unlike(row, past, _record_named(kept.name, past or row or {}, files))


def _pairs(
    rows: Mapping[str, StoredRow], recorded: Mapping[str, StoredRow]
) -> Iterator[tuple[StoredRow | None, StoredRow | None]]:
    """Each row as the file holds it, and as the history says it is; in the order of their keys."""
    return ((rows.get(key), recorded.get(key)) for key in sorted(set(recorded) | set(rows)))


def _unlike(row: StoredRow | None, past: StoredRow | None, name: str) -> Iterator[str]:
    """How a row differs from what the history says it is."""
    if row is None and past is not None:
        yield f"The {name} is missing: the history says that it is in the plan."
    elif row is not None and past is None:
        yield f"The {name} is not in the history: it was added by another program."
    elif row is not None and past is not None:
        for cell in past:
            if past[cell] != row.get(cell):
                difference = f"the history says {shown(past[cell])}, the file holds {shown(row.get(cell))}"
                yield f"In the {name} the {_CALLED.get(cell) or plain(cell)} is not what was written: {difference}."


_CALLED = {
    "rows": "number of rows",
    "at": "time",
    "closed_at": "time of closing",
    "file_hash": "fingerprint of the file",
}
"""Columns that are called by more than their names."""


def _record_named(table: str, cells: StoredRow, files: Mapping[str, Any]) -> str:
    """What a record beside the content is called, with the names of files by the keys of their records."""
    if table == "export":
        return f"record that the file {shown(cells.get('file_name'))} was sent out"
    if table == "receipt":
        return f"receipt of the file {shown(cells.get('file_name'))}"
    of_file = files.get(str(cells.get("receipt"))) or "that is gone"
    return f"decision about {shown(cells.get('subject'))} of the file {shown(of_file)}"
