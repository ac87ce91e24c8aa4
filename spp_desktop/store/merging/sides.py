"""A copy of a plan as merging sees it: its steps with their changes, and its rows as they are now."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from spp_desktop.store import history
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import record
from spp_desktop.store.merging.record import BroughtStep, RawChange


class MergeSide(Protocol):
    """One of two copies that are merged: a plan's file, or a hub.

    Attributes:
        name: what it is called in sentences: the name of its file.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - the class says it

    def plan_key(self) -> str:
        """The key of the plan that it is a copy of; "" if it holds none."""

    def line(self) -> Sequence[Revision]:
        """Its own steps, the oldest first, of whatever kind."""

    def brought(self) -> Sequence[BroughtStep]:
        """The steps that its merges brought along, in the order in which they were taken in."""

    def changes(self, steps: Sequence[str]) -> Mapping[str, Sequence[RawChange]]:
        """The changes and marks of steps by their ids, its own and brought along, as they are written and sealed.

        A step that turns another round holds the one mark that names that step.
        """

    def marks(self) -> Sequence[tuple[int, RawChange]]:
        """The marks of its own merges, but for those that name the other copy: each with the merge's local number."""

    def rows(
        self, table: str, columns: Sequence[str], values: Collection[Any], by: str = "id"
    ) -> Mapping[str, tuple[Any, ...]]:
        """Rows of a table as they are now, by key, each with the values of these columns in SQLite's storage types.

        Args:
            table: The table.
            columns: The columns that are given, in their order.
            values: Of which rows: those in whose column ``by`` one of these stands.
            by: That column.
        """

    def every(self, table: str, columns: Sequence[str]) -> Collection[tuple[Any, ...]]:
        """The values of some columns in all rows of a table."""


class FileSide:
    """A plan's file that is open, as one side of a merge.

    Args:
        connection: Of the plan; it is only read.
        name: The name of its file.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.name = name
        self._plan = connection

    def plan_key(self) -> str:
        """See ``MergeSide``, as for the methods below."""
        return history.plan_key(self._plan)

    def line(self) -> Sequence[Revision]:
        """Its own steps."""
        return history.readable(history.revisions(self._plan))

    def brought(self) -> Sequence[BroughtStep]:
        """The steps that were brought along."""
        return record.brought(self._plan)

    def changes(self, steps: Sequence[str]) -> Mapping[str, Sequence[RawChange]]:
        """What steps wrote."""
        query = """SELECT step.id, action, row_table, row_id, cell, before, after
            FROM json_each(?) AS wanted JOIN revision AS step ON step.id = wanted.value
            JOIN change ON change.revision = step.n ORDER BY step.n, change.n"""
        known: dict[str, list[RawChange]] = {}
        for row in self._plan.execute(query, (json.dumps(list(steps)),)):
            if row[0] not in known:
                known[row[0]] = []
            known[row[0]].append(row[1:])
        others = [key for key in steps if key not in known]
        for key, change in record.brought_changes(self._plan, others) if others else ():
            known.setdefault(key, []).append(change)
        return known

    def marks(self) -> Sequence[tuple[int, RawChange]]:
        """What its merges settled, asked and left waiting."""
        query = f"""SELECT revision, action, row_table, row_id, cell, before, after FROM change
            WHERE ({history.OF_MERGE}) AND action <> 'merged' ORDER BY revision, n"""
        return [(row[0], tuple(row[1:])) for row in self._plan.execute(query)]

    def rows(
        self, table: str, columns: Sequence[str], values: Collection[Any], by: str = "id"
    ) -> Mapping[str, tuple[Any, ...]]:
        """Rows as they are now."""
        names = ", ".join(f'"{name}"' for name in columns)
        query = f"""SELECT id, {names} FROM "{history.known_table(table)}"
            WHERE "{by}" IN (SELECT value FROM json_each(?))"""
        return {row[0]: row[1:] for row in self._plan.execute(query, (json.dumps(list(values)),))}

    def every(self, table: str, columns: Sequence[str]) -> Collection[tuple[Any, ...]]:
        """Some columns of all rows."""
        names = ", ".join(f'"{name}"' for name in columns)
        return self._plan.execute(f'SELECT {names} FROM "{history.known_table(table)}"').fetchall()
