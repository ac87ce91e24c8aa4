"""What a step of the history changed, in words: which cell of what, from what to what.

Only the rows that the changes speak of are looked up, each by its key, so that it takes no longer in a large plan.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from sqlmodel import SQLModel

from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.rows import Row, kinds_of_row, title_of
from spp_desktop.store import history, naming
from spp_desktop.store.history import RecordedChange

GONE = "one that is gone"
_UNTOLD = ("id", "position")


@dataclass(frozen=True)
class ChangeInWords:
    """One change of a cell. ``before`` and ``after`` are empty where there was nothing.

    Attributes:
        row: what row it is in: "activity 3.04", "milestone “First draft” of 3.04".
        cell: the column, as a person calls it.
        before: what stood there.
        after: what stands there since.
    """

    row: str
    cell: str
    before: str
    after: str


def of_step(connection: sqlite3.Connection, revision: int, skip: int = 0, most: int = -1) -> list[ChangeInWords]:
    """What a step changed: a line for each cell that was set, or that a row held which was added or removed.

    Rows are called what they are called now; one that is gone, what it was called last.

    Args:
        connection: Of the plan.
        revision: The step's local number.
        skip: How many of its first changes are left out.
        most: How many changes are told; below 0, all.
    """
    words = Wording(connection)
    return [line for change in history.changes(connection, revision, skip, most) for line in words.of_change(change)]


def texts_of_steps(
    connection: sqlite3.Connection, revisions: Iterable[int], most: int, enough: Callable[[], bool]
) -> dict[int, str]:
    """The words of what steps changed, by the steps' local numbers: what a step is found by.

    Args:
        connection: Of the plan.
        revisions: The steps' local numbers.
        most: How many changes of a step are told.
        enough: Asked behind each step: whether to leave the rest for another time.
    """
    words, texts = Wording(connection), {}
    for revision in revisions:
        lines = [line for each in history.changes(connection, revision, 0, most) for line in words.of_change(each)]
        texts[revision] = "\n".join(f"{line.row} {line.cell} {line.before} {line.after}" for line in lines)
        if enough():
            break
    return texts


class Wording:
    """Says changes in words. Each row that they speak of is looked up once, in the first of the plans that knows it."""

    def __init__(self, *plans: sqlite3.Connection) -> None:
        self._models: Mapping[str, type[Row]] = kinds_of_row()
        self._named = cache(partial(_first_of, plans, naming.table_named))
        self._known = cache(partial(_first_of, plans, history.last_known))

    def row_of(self, change: RecordedChange) -> str:
        """What the row is called that a change is of."""
        whole = change.after or change.before if change.action != "set" else None
        cells: Mapping[str, Any] = whole or self._known(change.table, change.row) or {}
        return self._row(change.table, cells)

    def of_change(self, change: RecordedChange) -> list[ChangeInWords]:
        """A change in words: one for a cell, and one for each column of a row that came or went."""
        table, whole = change.table, change.action != "set"
        if table == history.SEALS:
            return [ChangeInWords("history", "seals", "as files that left before know them", "sealed anew")]
        cells: Mapping[str, Any] = (change.after or change.before or {}) if whole else {}
        model, known = self._models.get(table), self._known(table, change.row) or cells
        if whole and model is not None and model.one_cell is not None:
            return [self._in_cell(table, model.one_cell, cells, added=change.action == "add")]
        row = self._row(table, known)
        if not whole:
            if change.cell == "position":
                return [ChangeInWords(row, "place in its list", "", "moved")]
            return [self._cell(row, table, change.cell, change.before, change.after)]
        added = change.action == "add"
        lines = [
            self._cell(row, table, name, None if added else value, value if added else None)
            for name, value in cells.items()
            if name not in _UNTOLD and value not in (None, "")
        ]
        return lines or [ChangeInWords(row, "row", "" if added else "there", "there" if added else "")]

    def _in_cell(
        self, table: str, one_cell: tuple[str, str], cells: Mapping[str, Any], *, added: bool
    ) -> ChangeInWords:
        """A row that is no more than a value in one cell of another: "portfolio holder of activity 1.05"."""
        named, valued = one_cell
        column = self._models[table].part_of
        outer = self._named(table, column, str(cells.get(column)))
        row = self._row(outer, self._known(outer, str(cells[column])) or {}) if outer else GONE
        name, value = (self._value(table, cell, cells.get(cell)) for cell in (named, valued))
        return ChangeInWords(row, name[:1].lower() + name[1:], "" if added else value, value if added else "")

    def _cell(self, row: str, table: str, cell: str, before: Any, after: Any) -> ChangeInWords:
        model = self._models.get(table)
        title = title_of(model, cell) if model and cell in model.model_fields else naming.plain(cell)
        return ChangeInWords(row, title, self._value(table, cell, before), self._value(table, cell, after))

    def _row(self, table: str, cells: Mapping[str, Any]) -> str:
        """What a row is called, with its kind and what it is a part of."""
        model = self._models.get(table)
        word = model.word.singular if model else naming.plain(table)
        name, whole = self._name(table, cells), self._part_of(table, cells)
        if whole:
            return f"{word} “{name}” of {whole}" if name else f"{word} of {whole}"
        return f"{word} {name}".strip()

    def _value(self, table: str, cell: str, value: Any) -> str:
        """A cell's value as a person reads it; of a cell that names a row, that row's name."""
        if value is None:
            return ""
        if other := self._named(table, cell, str(value)) if self._names_a_row(table, cell) else "":
            cells = self._known(other, str(value)) or {}
            return self._name(other, cells) or self._part_of(other, cells) or GONE
        model = self._models.get(table)
        if model is None or cell not in model.model_fields:
            return str(value)
        try:
            return kind_of(model, cell).typed(_unpacked(table, cell, value)) or str(value)
        except (ValueError, TypeError, AttributeError):
            return str(value)  # a history that was tampered with may hold anything

    def _names_a_row(self, table: str, cell: str) -> bool:
        """Whether a cell holds the key of another row."""
        model = self._models.get(table)
        return bool(
            naming.table_named_by(table, cell) or (model is not None and cell in (*model.names_any, *model.remembers))
        )

    def _name(self, table: str, cells: Mapping[str, Any]) -> str:
        """A row's own name, as a person reads it."""
        model = self._models.get(table)
        column = naming.naming_column(model, cells) if model else ""
        return naming.short(self._value(table, column, cells[column])) if column else ""

    def _part_of(self, table: str, cells: Mapping[str, Any]) -> str:
        """The name of the row that a row is a part of; empty if it is part of none."""
        model = self._models.get(table)
        column = model.above(cells) if model else ""
        return self._value(table, column, cells[column]) if column else ""


def _first_of(plans: Sequence[sqlite3.Connection], look: Callable[..., Any], *asked: str) -> Any:
    """What the first of several plans says that says anything."""
    return next(filter(None, (look(plan, *asked) for plan in plans)), None)


def _unpacked(table: str, cell: str, value: Any) -> Any:
    """A value of SQLite's own types as the plan's rows hold it: days and truths are kept as texts and numbers."""
    kind = SQLModel.metadata.tables[table].columns[cell].type.python_type
    return _UNPACKED[kind](value) if kind in _UNPACKED else value


_UNPACKED: Mapping[type, Callable[[Any], Any]] = {date: date.fromisoformat, bool: bool}
