"""The changes of a step put back, or made again: in portions, and in each as many at once as are alike.

Where many at once are not all as the step says, each is made by itself, which tells what is in the way, or makes what
only looks otherwise, such as a row that was recorded before its table had all its columns.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from spp_desktop.store import history, moved
from spp_desktop.store.by_reference import Turning, Way
from spp_desktop.store.history import Action, RecordedChange
from spp_desktop.store.known_tables import known_tables
from spp_desktop.store.problems import UndoRefused

AT_ONCE = 500
"""Changes that are made together at most: between two such portions a window lives on."""

TOLD: Mapping[Way, str] = {"back": "Putting back", "again": "Making again"}


@dataclass(frozen=True)
class Run:
    """Changes that follow one another and are alike.

    Attributes:
        table: the table whose rows they are of, as the history calls it.
        action: what is done to them now: an added row that is put back is removed.
        first, last: the lowest and the highest local number of them.
    """

    table: str
    action: Action
    first: int
    last: int


def runs(connection: sqlite3.Connection, made: Turning) -> Iterator[Run]:
    """The changes of a step in the order in which they are to be made, those together that are alike."""
    at = made.last if made.way == "back" else made.first
    while (run := _run(connection, made, at)) is not None:
        yield run
        at = run.first - 1 if made.way == "back" else run.last + 1


def _run(connection: sqlite3.Connection, made: Turning, at: int) -> Run | None:
    """The next changes that are alike."""
    back = made.way == "back"
    order = "DESC" if back else "ASC"
    ends = (made.first, at) if back else (at, made.last)
    query = f"""SELECT n, action, row_table FROM change NOT INDEXED WHERE n BETWEEN ? AND ? AND revision = ?
        AND action IN ('add', 'set', 'remove') ORDER BY n {order} LIMIT 1"""
    row = connection.execute(query, (*ends, made.step.n)).fetchone()
    if row is None:
        return None
    n, action, table = row
    first, last = (max(made.first, n - AT_ONCE + 1), n) if back else (n, min(made.last, n + AT_ONCE - 1))
    query = f"""SELECT n FROM change NOT INDEXED WHERE n BETWEEN ? AND ?
        AND (action <> ? OR row_table <> ?) ORDER BY n {order} LIMIT 1"""
    other = connection.execute(query, (first, last, action, table)).fetchone()
    if other is not None:
        first, last = (other[0] + 1, last) if back else (first, other[0] - 1)
    elif action == "set":
        first, last = _by_whole_rows(connection, first, last, back=back)
    return Run(table, _BACK[action] if back else action, first, last)


_BACK: Mapping[Action, Action] = {"add": "remove", "remove": "add", "set": "set"}


def _by_whole_rows(connection: sqlite3.Connection, first: int, last: int, *, back: bool) -> tuple[int, int]:
    """Where changes of cells end so that those of one row are together, which may need each other."""
    query = f"""SELECT n FROM change NOT INDEXED WHERE n BETWEEN ? AND ? AND row_id <>
        (SELECT row_id FROM change WHERE n = ?) ORDER BY n {"ASC" if back else "DESC"} LIMIT 1"""
    other = connection.execute(query, (first, last, first if back else last)).fetchone()
    if other is None:
        return first, last
    return (other[0], last) if back else (first, other[0])


def rows_of(connection: sqlite3.Connection, run: Run) -> list[str]:
    """The keys of the rows that changes are of."""
    return [
        key for (key,) in connection.execute(f"SELECT row_id FROM {_IN_RUN} WHERE {_OF_RUN}", (run.first, run.last))
    ]


def make(connection: sqlite3.Connection, made: Turning, run: Run, label: str) -> None:
    """Make changes that are alike, having seen that the plan still holds what they begin with.

    Args:
        connection: Of the plan; changes of their table are not recorded on it.
        made: Whose changes they are.
        run: The changes.
        label: What the step is called that is put back or made again.

    Raises:
        UndoRefused: if one cannot be made; says what has changed since.
    """
    if run.table in moved.MOVED or not _AT_ONCE[run.action](connection, made, run, label):
        for changes in _by_row(history.read(_in_full(connection, made, run))):
            _make_one(connection, changes, label)


# As many at once as are alike: each says whether they were made, and has changed nothing where they were not


_IN_RUN = "change NOT INDEXED"
_OF_RUN = "change.n BETWEEN ? AND ?"


def _columns(table: str) -> list[str]:
    """The columns of a table of the content."""
    return [column.name for column in known_tables()[table].columns]


def _recorded(side: str, column: str) -> str:
    """SQL for a cell of a row that the history keeps whole."""
    return f"json_extract(change.{side}, '$.{column}')"


def _unbroken(side: str) -> str:
    """SQL for whether SQLite reads each text of a recorded row to its end, and not only to a zero in it."""
    return f"instr(change.{side}, '\\u0000') = 0"


def _remove(connection: sqlite3.Connection, made: Turning, run: Run, label: str) -> bool:
    """Remove rows that are as the step left them."""
    side = "after" if made.way == "back" else "before"
    same = " AND ".join(f'row."{name}" IS {_recorded(side, name)}' for name in _columns(run.table))
    query = f"""SELECT count(*), count(row.id) FROM {_IN_RUN}
        LEFT JOIN main."{run.table}" AS row ON row.id = change.row_id AND {same} AND {_unbroken(side)}
        WHERE {_OF_RUN}"""
    several, as_left = connection.execute(query, (run.first, run.last)).fetchone()
    if as_left < several:
        return False
    with _all_or_none(connection, run, several, label):
        if _names_itself(run.table):  # a row that is named goes after those that name it
            keys = connection.execute(f"SELECT row_id {_from_run(made)}", (run.first, run.last)).fetchall()
            connection.executemany(f'DELETE FROM main."{run.table}" WHERE id = ?', keys)
        else:
            keys_of_run = f"SELECT row_id FROM {_IN_RUN} WHERE {_OF_RUN}"
            connection.execute(f'DELETE FROM main."{run.table}" WHERE id IN ({keys_of_run})', (run.first, run.last))
    return True


def _names_itself(table: str) -> bool:
    """Whether rows of a table may name others of the same table."""
    return any(key.column.table.name == table for key in known_tables()[table].foreign_keys)


def _from_run(made: Turning) -> str:
    """Where the changes of a run are read, in the order in which they are made."""
    return f"FROM {_IN_RUN} WHERE {_OF_RUN} ORDER BY change.n {'DESC' if made.way == 'back' else 'ASC'}"


def _add(connection: sqlite3.Connection, made: Turning, run: Run, label: str) -> bool:
    """Add rows again as they were: those are read by Python of which SQLite has not read each cell to its end."""
    side = "before" if made.way == "back" else "after"
    names, ends = _columns(run.table), (run.first, run.last)
    first = connection.execute(f"SELECT {side} FROM change WHERE n = ?", (run.first,)).fetchone()[0]
    if set(json.loads(first)) != set(names):  # all rows of a step were recorded by the same program
        return False
    columns = ", ".join(f'"{name}"' for name in names)
    into = f'INSERT INTO main."{run.table}" ({columns})'
    changed = connection.total_changes
    connection.execute("SAVEPOINT adding")
    with suppress(sqlite3.IntegrityError):
        cells = ", ".join(_recorded(side, name) for name in names)
        connection.execute(f"{into} SELECT {cells} {_from_run(made)}", ends)
    query = f"""SELECT count(*), count(row.id) FROM {_IN_RUN} LEFT JOIN main."{run.table}" AS row
        ON row.id = change.row_id AND {_unbroken(side)} AND {_to_the_last_digit(run.table, side)} WHERE {_OF_RUN}"""
    several, well_read = connection.execute(query, ends).fetchone()
    if not connection.total_changes - changed == several == well_read:
        connection.execute("ROLLBACK TO adding")
        texts = connection.execute(f"SELECT {side} {_from_run(made)}", ends).fetchall()
        rows = (json.loads(text) for (text,) in texts)
        values = ", ".join("?" * len(names))
        with _all_or_none(connection, run, several, label):
            connection.executemany(f"{into} VALUES ({values})", [tuple(map(row.__getitem__, names)) for row in rows])
    connection.execute("RELEASE adding")
    return True


def _to_the_last_digit(table: str, side: str) -> str:
    """SQL for whether a row has each number of a recorded one: a whole one, or one that would be recorded so.

    Python gives back each number that is recorded to its last digit: not every build of SQLite does.
    """
    from sqlalchemy import Float  # late: a plan is read without what it needs

    names = (column.name for column in known_tables()[table].columns if isinstance(column.type, Float))
    return (
        " AND ".join(
            f"""CASE WHEN ifnull(row."{name}" = CAST(row."{name}" AS INTEGER), 1) THEN 1
            ELSE instr(change.{side}, '"{name}":' || quote(row."{name}") || ',') END"""
            for name in names
        )
        or "1"
    )


@contextmanager
def _all_or_none(connection: sqlite3.Connection, run: Run, several: int, label: str) -> Iterator[None]:
    """Within it, so many rows are changed and no others.

    Raises:
        UndoRefused: if others are changed with them, or what hangs on one stays, as what a locked period says does.
    """
    changed = connection.total_changes
    try:
        yield
    except sqlite3.IntegrityError:
        raise _changed_since(label, run.table) from None
    if connection.total_changes - changed != several:
        raise _changed_since(label, run.table)


def _set(connection: sqlite3.Connection, made: Turning, run: Run, _label: str) -> bool:
    """Set the cells of rows that hold what they begin with."""
    changes = _in_full(connection, made, run)
    rows = [list(of_row) for _, of_row in groupby(changes, itemgetter(_ROW))]
    changed = connection.total_changes
    connection.execute("SAVEPOINT setting")
    for cells, alike in groupby(rows, lambda of_row: tuple(change[_CELL] for change in of_row)):
        wanted = ", ".join(f'"{cell}" = ?' for cell in cells)
        begun = " AND ".join(f'"{cell}" IS ?' for cell in cells)
        connection.executemany(
            f'UPDATE main."{run.table}" SET {wanted} WHERE id = ? AND {begun}',
            [
                (*(change[_AFTER] for change in of_row), of_row[0][_ROW], *(change[_BEFORE] for change in of_row))
                for of_row in alike
            ],
        )
    all_set = connection.total_changes - changed == len(rows)
    if not all_set:
        connection.execute("ROLLBACK TO setting")
    connection.execute("RELEASE setting")
    return all_set


_ROW, _CELL, _BEFORE, _AFTER = 2, 3, 4, 5
"""Where a change has its row, its cell, and what that holds, among its columns."""

_AT_ONCE = {"remove": _remove, "add": _add, "set": _set}


# One after the other


def _in_full(connection: sqlite3.Connection, made: Turning, run: Run) -> list[tuple[Any, ...]]:
    """Changes that are alike, each as it is to be made, in their order."""
    sides = "after, before" if made.way == "back" else "before, after"
    query = f"SELECT row_table, row_id, cell, {sides} {_from_run(made)}"
    return [(run.action, *change) for change in connection.execute(query, (run.first, run.last)).fetchall()]


def _by_row(changes: Iterable[RecordedChange]) -> Iterator[list[RecordedChange]]:
    """Changes in their order, those together that set cells of one row one after another: they may need each other."""
    for (_, _, action), several in groupby(changes, attrgetter("table", "row", "action")):
        of_row = list(several)
        yield from [of_row] if action == "set" else ([change] for change in of_row)


def _make_one(connection: sqlite3.Connection, changes: Sequence[RecordedChange], label: str) -> None:
    """Make changes of one row, having seen that the plan holds what they begin with."""
    change = changes[0]
    table = history.known_table(change.table)
    if change.action == "add":
        names = ", ".join(f'"{name}"' for name in change.after)
        marks = ", ".join("?" * len(change.after))
        values = tuple(change.after.values())
        try:
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        except sqlite3.IntegrityError:
            raise _changed_since(label, change.cell or change.table) from None
        return
    row = history.current_row(connection, table, change.row)
    if change.action == "remove":
        if row != change.before:
            raise _changed_since(label, change.cell or change.table)
        changed = connection.total_changes
        try:
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.row,))
        except sqlite3.IntegrityError:  # what hangs on it stays, as what was said for a locked period does
            raise _changed_since(label, change.cell or change.table) from None
        if connection.total_changes - changed > 1:  # the database took other rows along
            raise _changed_since(label, change.cell or change.table)
    else:
        _set_cells(connection, table, row, changes, label)


def _set_cells(
    connection: sqlite3.Connection,
    table: str,
    row: Mapping[str, Any] | None,
    changes: Sequence[RecordedChange],
    label: str,
) -> None:
    """Set cells of a row, all of them at once: by themselves they might break a rule of the row."""
    cells: dict[str, Any] = {}
    for change in changes:
        if row is None or {**row, **cells}.get(change.cell) != change.before:
            raise _changed_since(label, change.cell or change.table)
        cells[change.cell] = change.after
    wanted = ", ".join(f'"{name}" = ?' for name in cells)
    connection.execute(f'UPDATE "{table}" SET {wanted} WHERE id = ?', (*cells.values(), changes[0].row))


def _changed_since(label: str, what: str) -> UndoRefused:
    from spp_desktop.store.naming import plain  # late: a plan is read without what it needs

    return UndoRefused(
        f"“{label}” cannot be undone by itself: its {plain(what)} has changed since. Undo the later change first."
    )
