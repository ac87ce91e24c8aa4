"""The seals of steps that merges brought along: whether they fit, and made anew where a word was removed for good."""

import sqlite3
from collections.abc import Iterator

from spp_desktop.plan.words import counted
from spp_desktop.store import chain, clock
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import record
from spp_desktop.store.merging.record import MERGED


def broken_brought(connection: sqlite3.Connection) -> Iterator[str]:
    """Faults of what merges brought along: the first step that does not fit its seal, and what belongs to no merge."""
    for each in record.brought(connection):
        if _seal(connection, each.step) != each.step.hash:
            at = clock.time_in_words(each.step.at) if clock.moment(each.step.at) else each.step.at
            yield (
                f"What the merge at step {each.merge} brought along is not as it was written, from its step "
                f"“{each.step.label}” (by {each.step.author}, {at}) on: its seal does not fit."
            )
            break
    lost = """SELECT count(*) FROM merged_revision WHERE merge NOT IN (SELECT n FROM revision WHERE kind = 'merged')"""
    loose = "SELECT count(*) FROM merged_change WHERE revision NOT IN (SELECT id FROM merged_revision)"
    for query, what, belongs in ((lost, "step", "no merge"), (loose, "change", "no step that a merge brought along")):
        (number,) = connection.execute(query).fetchone()
        if number:
            yield f"The file holds {counted(number, what)} of another copy that belong to {belongs}."
    yield from _broken_marks(connection)


def _broken_marks(connection: sqlite3.Connection) -> Iterator[str]:
    """Merges whose second parent is not what came along with them."""
    for n, key, seal in connection.execute(f"{_MARKS} ORDER BY revision").fetchall():
        if _hash(connection, key) not in ("", seal):
            yield f"The merge at step {n} names the newest step of the other copy by a seal that it does not have."


_MARKS = f"SELECT revision, row_id, before FROM change WHERE action = '{MERGED}'"


def seal_anew(connection: sqlite3.Connection, merge: int) -> None:
    """Seal anew what a merge brought along, before the merge itself is.

    Args:
        connection: Of a copy of the plan in which history can be rewritten.
        merge: The local number of the merge.
    """
    for each in record.brought(connection, merge):
        marks = "SELECT n, row_id FROM merged_change WHERE action = ? AND revision = ?"
        for n, key in connection.execute(marks, (MERGED, each.step.id)).fetchall():
            _set_mark(connection, "merged_change", n, key)
        seal = _seal(connection, each.step)
        if seal != each.step.hash:
            connection.execute("UPDATE merged_revision SET hash = ? WHERE id = ?", (seal, each.step.id))
    for n, key in connection.execute(
        "SELECT n, row_id FROM change WHERE action = ? AND revision = ?", (MERGED, merge)
    ).fetchall():
        _set_mark(connection, "change", n, key)


def _set_mark(connection: sqlite3.Connection, table: str, n: int, key: str) -> None:
    """Have the mark of a merge name its second parent by the seal that this has now."""
    seal = _hash(connection, key)
    if seal:
        connection.execute(f"UPDATE {table} SET before = ? WHERE n = ?", (seal, n))


def _seal(connection: sqlite3.Connection, step: Revision) -> str:
    """The seal of a step that was brought along, by what is kept of it."""
    written = [change for _, change in record.brought_changes(connection, [step.id])]
    if not written:  # a step of the plan's own line that a merge made known again is kept there
        query = """SELECT action, row_table, row_id, cell, before, after FROM change
            WHERE revision = (SELECT n FROM revision WHERE id = ?) ORDER BY n"""
        written = connection.execute(query, (step.id,)).fetchall()
    return chain.sealed(_hash(connection, step.parent or ""), step, written)


def _hash(connection: sqlite3.Connection, key: str) -> str:
    """The seal of a step, of the plan's own line or brought along; "" if the plan does not hold it."""
    for table in ("revision", "merged_revision"):
        row = connection.execute(f"SELECT hash FROM {table} WHERE id = ?", (key,)).fetchone()
        if row is not None:
            return str(row[0])
    return ""
