"""A copy of a plan, turned back to a step: everything that was done after it is taken back.

That is so of the rows, of what is kept beside them, and of the history, which ends with that step.
"""

import sqlite3

from spp_desktop.store import chain, history, recording
from spp_desktop.store.history import StoredRow
from spp_desktop.store.recording import tables_beside


def to(copy: sqlite3.Connection, revision: int) -> None:
    """Turn a copy back, in one transaction, to what the plan was when a revision had just been made.

    Args:
        copy: A connection to a copy of the plan, with foreign keys off and no triggers of its own.
        revision: The local number of the revision.
    """
    copy.execute("BEGIN")
    for table, rows in history.rows_as_at(copy, revision).items():
        _put(copy, table, rows)
    _put_beside(copy, revision)
    _end_history(copy, revision)
    copy.execute("COMMIT")


def _put(copy: sqlite3.Connection, table: str, rows: dict[str, StoredRow | None]) -> None:
    """Have rows of a table be as they are given, by key; ``None`` stands for a row that is not there.

    A row keeps its place in the table, by which rows are read that have no other order.
    """
    columns = [row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * (len(columns) + 1))
    coming = [(_place(copy, table, key), *map(cells.get, columns)) for key, cells in rows.items() if cells is not None]
    copy.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(key,) for key in rows])
    coming.sort(key=lambda row: row[0] is None)  # who has no place gets none that is another's
    copy.executemany(f'INSERT INTO "{table}" (rowid, {names}) VALUES ({marks})', coming)


def _place(copy: sqlite3.Connection, table: str, key: str) -> int | None:
    """SQLite's own number of a row, if it is there."""
    row = copy.execute(f'SELECT rowid FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return None if row is None else int(row[0])


def _put_beside(copy: sqlite3.Connection, revision: int) -> None:
    """Take back what was kept beside the content after a revision, the latest first: exports, receipts, decisions.

    Of a file that is kept the history knows the fingerprint alone: it stays what it is, for no file is ever replaced.
    """
    tables = {table.name: table for table in tables_beside(copy)}
    for change in history.changes_after(copy, revision, tables=recording.BESIDE):
        table = tables[change.table]
        of_row = f"{table.row_key('row')} = ?"
        if change.action == "add":
            copy.execute(f'DELETE FROM "{table.name}" AS row WHERE {of_row}', (change.row,))
        elif change.action == "remove":
            names, marks = ", ".join(f'"{name}"' for name in change.before), ", ".join("?" * len(change.before))
            copy.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(change.before.values()))
        elif dict(table.columns).get(change.cell) == "plain":
            query = f'UPDATE "{table.name}" AS row SET "{change.cell}" = ? WHERE {of_row}'
            copy.execute(query, (change.before, change.row))


def _end_history(copy: sqlite3.Connection, revision: int) -> None:
    """Cut the history off behind a revision, which is its head then."""
    tables = "'revision', 'change', 'merged_revision', 'merged_change'"
    query = f"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ({tables})"
    triggers = copy.execute(query).fetchall()
    for name, _ in triggers:
        copy.execute(f'DROP TRIGGER "{name}"')
    copy.execute("DELETE FROM change WHERE revision > ?", (revision,))
    copy.execute("DELETE FROM revision WHERE n > ?", (revision,))
    copy.execute("DELETE FROM merged_revision WHERE merge > ?", (revision,))
    copy.execute("DELETE FROM merged_change WHERE revision NOT IN (SELECT id FROM merged_revision)")
    for _, sql in triggers:
        copy.execute(sql)
    last = chain.newest(copy)
    if last is not None:
        chain.make_head(copy, last)
