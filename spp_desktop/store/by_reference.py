"""Steps that turn another round, recorded by naming it: what their changes are is read in the view ``step_change``.

Such a step holds one mark in place of its changes: the id of the step that it turns round, whether that goes back or is
made again, and how many changes that is. Always a step with changes of its own is named: to undo a step that put
another back is to make that one again. The mark is sealed as changes are, and the step that it names is sealed before.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from spp_desktop.store import history, recording
from spp_desktop.store.history import Revision
from spp_desktop.store.recording import RECORDING

TURNED = "turned"
"""What the mark of such a step is, among the actions."""

Way = Literal["back", "again"]
"""How the changes of a step are made: each put back, the last first; or as they were made, in their order."""

_OTHER: dict[Way, Way] = {"back": "again", "again": "back"}


@dataclass(frozen=True)
class Turning:
    """A step with changes of its own, and which way they are made.

    Attributes:
        step: the step.
        way: which way.
        changes: how many they are.
        first, last: the local numbers of the first and the last of them; 0 where it has none.
    """

    step: Revision
    way: Way
    changes: int
    first: int
    last: int


def turning(connection: sqlite3.Connection, revision: Revision, way: Way) -> Turning:
    """Whose changes are made when a step is put back, or made again.

    Raises:
        LookupError: if the step names one that the history does not have.
    """
    query = "SELECT row_id, cell FROM change WHERE revision = ? AND action = 'turned'"
    mark = connection.execute(query, (revision.n,)).fetchone()
    step = revision
    if mark is not None:
        named = history.revision_named(connection, mark[0])
        if named is None or named.n >= revision.n:
            raise LookupError(f"the step that “{revision.label}” turns round")
        step, way = named, way if mark[1] == "again" else _OTHER[way]
    # Each by itself, at an end of the index: both at once would be looked for in all of it.
    first, last = (
        connection.execute(f"SELECT ifnull({end}(n), 0) FROM change WHERE revision = ?", (step.n,)).fetchone()[0]
        for end in ("min", "max")
    )
    return Turning(step, way, history.numbers_of_changes(connection, step.n - 1, step.n).get(step.n, 0), first, last)


@contextmanager
def recorded(connection: sqlite3.Connection, made: Turning) -> Iterator[Callable[[str], None]]:
    """Record what is changed within it as the changes of a step, by one mark: whoever changes it sees that it is so.

    It gives what is called before the first change of each table. A change of any other table has no number to be
    recorded under meanwhile, and fails.
    """
    (number,) = connection.execute(f"SELECT revision FROM {RECORDING['content']}").fetchone()
    connection.execute(f"DELETE FROM {RECORDING['content']}")
    aside: set[str] = set()

    def begin(table: str) -> None:
        """Record what is changed of a table no more, since the mark says it."""
        if table not in aside:
            recording.lay_aside(connection, table)
            aside.add(table)

    yield begin
    for table in aside:
        recording.lay_again(connection, table)
    connection.execute(f"INSERT INTO {RECORDING['content']} VALUES (?)", (number,))
    if made.last:  # of a step that only marks something, too: it is turned round all the same
        (newest,) = connection.execute("SELECT max(n) FROM change").fetchone()
        connection.execute(
            "INSERT INTO change (n, revision, action, row_table, row_id, cell, before, after) "
            f"VALUES (?, ?, '{TURNED}', 'revision', ?, ?, NULL, ?)",
            (newest + made.last - made.first + 2, number, made.step.id, made.way, made.changes),
        )
