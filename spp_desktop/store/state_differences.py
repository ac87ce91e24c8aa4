"""What differs between two states of a plan: rows added, removed and changed from one to the other, and in words.

A state is any plan that can be read: as it is now, as it stood at a moment (``store.as_at``), an earlier version, a
copy. Rows are known by their keys, so that what was renamed or moved is one row that changed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Table

from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import changes_in_words, history, recording
from spp_desktop.store.changes_in_words import ChangeInWords
from spp_desktop.store.history import RecordedChange, current_row
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.store.step_places import CELLS

RowFate = Literal["added", "removed", "changed"]
"""What became of a row from the first state to the second."""


@dataclass(frozen=True)
class RowDifference:
    """A row that is not in two states what it is in the other.

    Attributes:
        table: its table.
        key: its key.
        fate: what became of it from the first state to the second.
        changes: what makes the first state's row the second's: one whole row added or removed, or the cells set.
    """

    table: str
    key: str
    fate: RowFate
    changes: tuple[RecordedChange, ...]


def compare(first: sqlite3.Connection, second: sqlite3.Connection) -> list[RowDifference]:
    """What differs between two states of one plan, table by table: made on the first, it gives the second.

    Raises:
        NoSuchMoment: if they are not states of one plan.
    """
    if history.plan_key(first) != history.plan_key(second):
        raise NoSuchMoment("These are two different plans, of which no row is the other's.")
    return [each for table in recording.recorded_tables() for each in _of_table(table, first, second)]


def _of_table(table: Table, first: sqlite3.Connection, second: sqlite3.Connection) -> Iterator[RowDifference]:
    names = ["id", *(column.name for column in table.columns if column.name != "id")]
    query = f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)} FROM "{table.name}" ORDER BY rowid'
    before: dict[str, tuple[Any, ...]] = {row[0]: row for row in first.execute(query)}
    for row in second.execute(query):
        was = before.pop(row[0], None)
        if was == row:
            continue
        yield _added(table.name, names, row) if was is None else _changed(table.name, names, was, row)
    for row in before.values():
        whole = dict(zip(names, row, strict=True))
        change = RecordedChange("remove", table.name, row[0], "", whole, None)
        yield RowDifference(table.name, row[0], "removed", (change,))


def _added(table: str, names: Sequence[str], row: tuple[Any, ...]) -> RowDifference:
    whole = dict(zip(names, row, strict=True))
    return RowDifference(table, row[0], "added", (RecordedChange("add", table, row[0], "", None, whole),))


def _changed(table: str, names: Sequence[str], was: tuple[Any, ...], row: tuple[Any, ...]) -> RowDifference:
    cells = zip(names, was, row, strict=True)
    changes = [RecordedChange("set", table, row[0], name, old, new) for name, old, new in cells if old != new]
    return RowDifference(table, row[0], "changed", tuple(changes))


class DifferenceWords:
    """Says differences between two states in words. What a row is called in the second state goes first."""

    def __init__(self, first: sqlite3.Connection, second: sqlite3.Connection) -> None:
        self._words = changes_in_words.Wording(second, first)

    def of(self, difference: RowDifference) -> list[ChangeInWords]:
        """A line for each cell that differs; of a row that is only in one of the states, for each of its cells."""
        return [line for change in difference.changes for line in self._words.of_change(change)]

    def name(self, difference: RowDifference) -> str:
        """What the row is called: "activity 3.04", "milestone “First draft” of 3.04"."""
        return self._words.row_of(difference.changes[0])


def cells_otherwise(first: sqlite3.Connection, second: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What stands in the second state in cells of the first, where that is something else, by row and cell.

    A row that is gone in the second is told in the cell by which it is called. What is one cell of another row, such as
    an owner of an activity, is told there.
    """
    words, cells = DifferenceWords(first, second), dict[tuple[str, str], str]()
    for difference in compare(first, second):
        model = kinds_of_row()[difference.table]
        change = difference.changes[0]
        row = change.before or change.after if difference.fate != "changed" else None
        if difference.table in CELLS:
            row = row or current_row(second, difference.table, difference.key) or {}
            cells[row[model.part_of], CELLS[difference.table]] = "other posts"
        elif difference.fate == "removed":
            cells[difference.key, next(iter(model.called_by), "")] = "gone"
        elif difference.fate == "changed":
            lines = zip(difference.changes, words.of(difference), strict=False)
            cells |= {(difference.key, each.cell): line.after or "nothing" for each, line in lines}
    return cells
