"""What editions hold and is another now: found in one pass over the history since the earliest of them.

No edition is read as a whole: of each cell, what the history first says stood there before a change behind an edition
is what that edition holds. What was changed and changed back, or undone, is again what it was.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from spp_desktop.plan.held_by_editions import GONE, HELD, HeldTable
from spp_desktop.store import history, naming, whole_rows
from spp_desktop.store.editions import EditionRow
from spp_desktop.store.history import StoredRow


class RowEvent(NamedTuple):
    """What a revision did to a row: "add", "set" or "remove". ``before`` is a cell's value, or the whole row."""

    revision: int
    action: str
    cell: str
    before: Any


@dataclass(frozen=True)
class ChangedCell:
    """A cell that an edition holds otherwise than the plan does now, or a row that came or went as a whole.

    Attributes:
        table: its table.
        key: the key of its row.
        column: the column; of a figure that is made of several, the one by which it is called; "" for a whole row.
        before: the row as the editions hold it; ``None`` where it came later.
        now: the row as it is now; ``None`` where it is gone.
        editions: the numbers of the editions that hold it so, in their order.
        revision: the local number of the latest revision that changed it.
    """

    table: str
    key: str
    column: str
    before: StoredRow | None
    now: StoredRow | None
    editions: tuple[int, ...]
    revision: int


@dataclass(frozen=True)
class _EditionMark:
    """An edition, and the local number of the revision as of which it stands."""

    edition: EditionRow
    revision: int

    @property
    def years(self) -> range:
        """The years that it is of."""
        return range(self.edition.first_year, self.edition.first_year + self.edition.years)


def changed_since(plan: sqlite3.Connection, editions: Sequence[EditionRow]) -> list[ChangedCell]:
    """What these editions hold and is another now, in the order in which it was last changed.

    An edition whose step the history does not have holds nothing that can be told.
    """
    marks = []
    for edition in editions:
        step = history.revision_named(plan, edition.revision)
        if step is not None:
            marks.append(_EditionMark(edition, step.n))
    if not marks:
        return []
    changes = _Pass(plan, sorted(marks, key=lambda mark: mark.revision))
    return sorted(changes.cells(), key=lambda cell: (cell.revision, cell.editions))


class _Pass:
    """One pass over what happened since the earliest of some editions."""

    def __init__(self, plan: sqlite3.Connection, marks: Sequence[_EditionMark]) -> None:
        self._plan, self._marks = plan, marks
        self._events: dict[tuple[str, str], list[RowEvent]] = defaultdict(list)
        for row, event in _events(plan, marks[0].revision):
            self._events[row].append(event)

    def cells(self) -> Iterator[ChangedCell]:
        """What is another now."""
        for (table, key), events in self._events.items():
            kind = HELD[table]
            if not kind.with_new and all(event.action == "add" for event in events):
                continue  # it came later
            yield from self._of_row(kind, key, events)

    def _of_row(self, kind: HeldTable, key: str, events: Sequence[RowEvent]) -> Iterator[ChangedCell]:
        now = history.current_row(self._plan, kind.table, key)
        told: dict[tuple[str, str], list[int]] = {}
        rows: dict[tuple[str, str], StoredRow | None] = {}
        for mark, before in zip(self._marks, self._states(events, now), strict=True):
            for column in self._columns(kind, mark, before, now):
                sign = column, json.dumps(before, sort_keys=True) if column == GONE else _sign(kind, column, before)
                told.setdefault(sign, []).append(mark.edition.number)
                rows.setdefault(sign, before)
        for sign, numbers in told.items():
            column = sign[0]
            revision = _latest(kind, events, column)
            yield ChangedCell(kind.table, key, column, rows[sign], now, tuple(sorted(numbers)), revision)

    def _states(self, events: Sequence[RowEvent], now: StoredRow | None) -> list[StoredRow | None]:
        """The row as each edition holds it, in the order of the editions."""
        states: list[StoredRow | None] = []
        waiting, state = list(events), now
        for mark in reversed(self._marks):
            while waiting and waiting[-1].revision > mark.revision:
                state = _without(waiting.pop(), state)
            states.append(state)
        return states[::-1]

    def _columns(
        self, kind: HeldTable, mark: _EditionMark, before: StoredRow | None, now: StoredRow | None
    ) -> Iterator[str]:
        """The columns in which an edition holds a row otherwise than it is now."""
        if before is None:
            if now is not None and kind.with_new and self._is_of(kind, mark, now):
                yield GONE
        elif now is None:
            if not self._went_along(kind, before):
                yield GONE
        elif before is not now:
            columns = list(differing(kind, before, now))
            yield from columns[:1] and [GONE] if kind.joined else columns

    def _is_of(self, kind: HeldTable, mark: _EditionMark, now: StoredRow) -> bool:
        """Whether a row that came later is of one that an edition holds, and of one of its years."""
        year = now.get(kind.model.planned_in) if kind.model.planned_in else None
        if year is not None and year not in mark.years:
            return False
        column = kind.model.above(now)
        outer = naming.table_named(self._plan, kind.table, column, now[column]) if column else ""
        return bool(outer) and self._was_there(outer, str(now[column]), mark.revision)

    def _was_there(self, table: str, key: str, revision: int) -> bool:
        """Whether a row was there when a revision had just been made."""
        for event in self._events.get((table, key), ()):
            if event.revision > revision and event.action != "set":
                return event.action == "remove"
        return history.current_row(self._plan, table, key) is not None

    def _went_along(self, kind: HeldTable, before: StoredRow) -> bool:
        """Whether a row that is gone went with what it is a part of, which is told instead."""
        for column in filter(None, (kind.model.part_of, kind.model.or_of, *_above(kind))):
            if before.get(column) is None:
                continue
            outer = naming.table_named(self._plan, kind.table, column, before[column])
            if outer in HELD and history.current_row(self._plan, outer, str(before[column])) is None:
                return True
        return False


def _above(kind: HeldTable) -> Iterator[str]:
    """The columns that name rows with which a row goes: an activity goes with its priority."""
    for link in SQLModel.metadata.tables[kind.table].foreign_keys:
        if link.ondelete == "CASCADE":
            yield link.parent.name


def _events(plan: sqlite3.Connection, after: int) -> Iterator[tuple[tuple[str, str], RowEvent]]:
    """What happened to the rows that editions hold after a revision, the oldest first; other cells are left out."""
    query = """SELECT revision, action, row_table, row_id, cell, CASE action WHEN 'add' THEN NULL ELSE before END
        FROM step_change WHERE revision > ? AND row_table IN (SELECT value FROM json_each(?)) ORDER BY n"""
    for revision, action, table, key, cell, before in plan.execute(query, (after, json.dumps(list(HELD)))):
        if action == "remove":
            yield (table, key), RowEvent(revision, action, "", whole_rows.read(table, before))
        else:
            yield (table, key), RowEvent(revision, action, cell, before)


def _without(event: RowEvent, state: StoredRow | None) -> StoredRow | None:
    """A row as it was before something happened to it."""
    if event.action == "add":
        return None
    if event.action == "remove":
        return dict(event.before)
    return None if state is None else {**state, event.cell: event.before}


def differing(kind: HeldTable, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """The columns in which a row is another than an edition holds it; a figure goes by its own column."""
    for column in kind.columns:
        if before[column] != now[column] and (before[column] not in (None, "") or column not in kind.grown):
            yield column
    if kind.figure is not None and kind.figure.of(before) != kind.figure.of(now):
        yield kind.figure.column


def _sign(kind: HeldTable, column: str, before: StoredRow | None) -> str:
    """What two editions have in common that hold the same in a column."""
    assert before is not None
    is_figure = kind.figure is not None and kind.figure.column == column
    return repr(kind.figure.of(before) if kind.figure and is_figure else before[column])


def _latest(kind: HeldTable, events: Sequence[RowEvent], column: str) -> int:
    """The latest revision that changed a cell, or that added or removed the row."""
    is_figure = kind.figure is not None and kind.figure.column == column
    for event in reversed(events):
        if event.action != "set" or (column != GONE and (event.cell == column or is_figure)):
            return int(event.revision)
    return int(events[-1].revision)
