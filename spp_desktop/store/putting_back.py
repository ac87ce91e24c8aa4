"""Makes differences between two states of a plan on the first of them, so that it becomes the second.

Each is made as one ordinary change of a row, in an order in which none is in another's way: what SQLite refuses now is
tried again once the others are made. Two rows that change names with one another are taken out of each other's way.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlmodel import SQLModel

from spp_desktop.plan.rows import hanging_on_any, new_key
from spp_desktop.store import closed_years, history, locked_periods, naming, recording
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.state_differences import RowDifference

_FAR = 1_000_000
"""How far below any number of a plan one stands that is out of the way for a moment."""


_GUARDED = {locked_periods.SIGN: locked_periods.LOCKED, closed_years.SIGN: closed_years.CLOSED}
"""What is said where a guard of the plan refuses a change, by what the guard says."""


def put(plan: sqlite3.Connection, differences: Sequence[RowDifference]) -> None:
    """Make differences on a plan, within a transaction whose foreign keys are looked at in the end.

    Raises:
        UndoRefused: if a row is not as the differences say it was, or cannot become what they say; says which. The
            caller rolls back.
    """
    putting = _Putting(plan)
    for difference in differences:
        putting.demand_as_it_was(difference)
    closed_years.demand_not_reopened(plan, (each.key for each in differences if each.table == "closed_year"))
    locked_periods.demand_not_reopened(plan, (each.key for each in differences if each.table == "reporting_period"))
    pending = in_order(differences)
    while pending:
        left = [each for each in pending if not putting.make(each)]
        if len(left) == len(pending) and not putting.make_room(left):
            raise putting.refusal(left[0])
        pending = left


def in_order(differences: Iterable[RowDifference]) -> list[RowDifference]:
    """Differences as they are best made: what is set may free what is removed, which makes room for what is added.

    What hangs on rows goes before they do and comes after them, so that undo, the other way round, finds it so.
    """
    place = {table.name: n for n, table in enumerate(recording.recorded_tables())}
    place |= {str(model.__tablename__): len(place) for model in hanging_on_any()}
    ways = {"changed": (0, 1), "removed": (1, -1), "added": (2, 1)}
    return sorted(differences, key=lambda each: (ways[each.fate][0], ways[each.fate][1] * place[each.table]))


class _Putting:
    """Makes one difference after the other on a plan."""

    def __init__(self, plan: sqlite3.Connection) -> None:
        self._plan = plan
        self._aside: set[tuple[str, str, str]] = set()
        self._why = ""
        self._letting_go = False

    def demand_as_it_was(self, difference: RowDifference) -> None:
        """See that a row is still what the difference says it was.

        Raises:
            UndoRefused: if it is not; says which.
        """
        now = history.current_row(self._plan, difference.table, difference.key)
        change = difference.changes[0]
        if difference.fate == "changed":
            same = now is not None and all(now[each.cell] == each.before for each in difference.changes)
        else:
            same = now == change.before
        if not same:
            raise UndoRefused(
                f"The {_named(self._plan, difference)} has been changed since this was looked at. Nothing was changed "
                "now; look at it again."
            )

    def make(self, difference: RowDifference) -> bool:
        """Make a difference, if that can be done just now."""
        if not self._finds_what_it_names(difference):
            return False
        try:
            if difference.fate == "changed":
                self._set(difference, {change.cell: change.after for change in difference.changes})
            elif difference.fate == "added":
                row = difference.changes[0].after
                names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
                self._plan.execute(f'INSERT INTO "{difference.table}" ({names}) VALUES ({marks})', tuple(row.values()))
            elif self._takes_along(difference):
                return False
            else:
                self._plan.execute(f'DELETE FROM "{difference.table}" WHERE id = ?', (difference.key,))
        except sqlite3.IntegrityError as problem:
            self._why = str(problem)
            return False
        return True

    def _set(self, difference: RowDifference, cells: Mapping[str, Any]) -> None:
        wanted = ", ".join(f'"{name}" = ?' for name in cells)
        query = f'UPDATE "{difference.table}" SET {wanted} WHERE id = ?'
        self._plan.execute(query, (*cells.values(), difference.key))

    def _finds_what_it_names(self, difference: RowDifference) -> bool:
        """Whether the rows are there that a row is to name."""
        for change in difference.changes:
            cells = {change.cell: change.after} if change.action == "set" else change.after or {}
            for column, value in cells.items():
                outer = naming.table_named_by(difference.table, column) if value is not None else ""
                if outer and value != difference.key and history.current_row(self._plan, outer, value) is None:
                    self._why = ""
                    return False
        return True

    def _takes_along(self, difference: RowDifference) -> bool:
        """Whether rows would go, or name nothing, with a row that goes: they are to do so by themselves first."""
        for table, column, when in self._held_by.get(difference.table, ()):
            if when == "SET NULL" and self._letting_go:
                continue
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1'
            if self._plan.execute(query, (difference.key,)).fetchone() is not None:
                self._why = ""
                return True
        return False

    @cached_property
    def _held_by(self) -> Mapping[str, Sequence[tuple[str, str, str]]]:
        """The columns that name rows of a table, and what becomes of their own rows when those go."""
        holders: dict[str, list[tuple[str, str, str]]] = {}
        for table in SQLModel.metadata.sorted_tables:
            for link in table.foreign_keys:
                holders.setdefault(link.column.table.name, []).append(
                    (table.name, link.parent.name, str(link.ondelete))
                )
        return holders

    def make_room(self, stuck: Iterable[RowDifference]) -> bool:
        """Make way for differences that are in each other's way, and say whether it was made.

        Of two rows that change names with one another, one gets another name first. What stays and only names a row
        that goes names nothing then, if there is no other way.
        """
        for difference in stuck:
            for change in difference.changes if difference.fate == "changed" else ():
                place = (difference.table, difference.key, change.cell)
                if change.cell in self._singular(difference.table) and place not in self._aside:
                    self._aside.add(place)
                    aside = new_key() if isinstance(change.before, str) else -_FAR - len(self._aside)
                    try:
                        self._set(difference, {change.cell: aside})
                    except sqlite3.IntegrityError:
                        continue
                    return True
        let_go, self._letting_go = self._letting_go, True
        return not let_go

    def _singular(self, table: str) -> set[str]:
        """The columns of a table of which no two rows may hold the same, alone or together."""
        indexes = self._plan.execute(f'PRAGMA index_list("{table}")').fetchall()
        unique = [row[1] for row in indexes if row[2] and row[3] != "pk"]
        return {row[2] for name in unique for row in self._plan.execute(f'PRAGMA index_info("{name}")')}

    def refusal(self, difference: RowDifference) -> UndoRefused:
        """Why a difference cannot be made, in a sentence."""
        if self._why in _GUARDED:
            return UndoRefused(_GUARDED[self._why])
        rule, _, where = self._why.partition(" constraint failed: ")
        if rule == "UNIQUE" and "." in where:
            cells = " and ".join(naming.plain(each.rpartition(".")[2]) for each in where.split(", "))
            why = f"another one has its {cells} now"
        elif difference.fate == "removed":
            why = "something that stays hangs on it"
        else:
            why = "it would break a rule of the plan as it is now"
        return UndoRefused(
            f"The {_named(self._plan, difference)} cannot be as it was then by itself: {why}. Nothing was changed; "
            "restore what it hangs together with, too, or the whole plan."
        )


def _named(plan: sqlite3.Connection, difference: RowDifference) -> str:
    """What the row of a difference is called."""
    change = difference.changes[0]
    row = change.after or change.before if difference.fate != "changed" else None
    known = row or history.current_row(plan, difference.table, difference.key) or {"id": difference.key}
    return naming.row_named(plan, difference.table, known)
