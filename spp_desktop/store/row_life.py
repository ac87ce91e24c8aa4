"""The life of one row of the plan: every change of it and of what hangs on it, and how it stood at a moment."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import history, lives
from spp_desktop.store.changes_in_words import ChangeInWords, Wording
from spp_desktop.store.history import RecordedChange, Revision, StoredRow


@dataclass(frozen=True)
class LifeLine:
    """One change in the life of a row: the step that made it, and the change in words."""

    step: Revision
    change: ChangeInWords


@dataclass(frozen=True)
class CellThen:
    """A cell of a row, or of what hangs on it, at two moments.

    Attributes:
        row: what the row is called.
        cell: the column's title.
        then: what stood there.
        now: what stands there now.
        key: the key of the row.
        column: the column; "" of a row that was added or removed.
        since: the latest step since then that changed it; ``None`` if none did.
    """

    row: str
    cell: str
    then: str
    now: str
    key: str
    column: str
    since: Revision | None

    @property
    def differs(self) -> bool:
        """Whether it is another now."""
        return self.then != self.now


def life(plan: sqlite3.Connection, key: str) -> list[LifeLine]:
    """Every change of a row and of what hangs or hung on it, the latest step first."""
    words = Wording(plan)
    changes = history.row_history(plan, lives.hanging_ever(plan, key))
    return [LifeLine(step, line) for step, change in changes for line in words.of_change(change)]


def then_and_now(plan: sqlite3.Connection, then: sqlite3.Connection, key: str, moment: int) -> list[CellThen]:
    """The cells of a row and of what hangs on it at a moment and now; the row's own first, with those that are alike.

    Args:
        plan: The plan.
        then: It as it stood at the moment.
        key: The key of the row.
        moment: The local number of the last revision that is in the moment.
    """
    words = _SidesInWords(Wording(then, plan), plan, moment)
    lines: list[CellThen] = []
    for below in lives.hanging_ever(plan, key):
        name = history.table_of(plan, below)
        before, now = (history.current_row(state, name, below) for state in (then, plan))
        cells = words.cells(name, below, before, now)
        lines += cells if below == key else [cell for cell in cells if cell.differs]
    return lines


class _SidesInWords:
    """Says the cells of a row at two moments."""

    def __init__(self, words: Wording, plan: sqlite3.Connection, moment: int) -> None:
        self._words, self._plan, self._moment = words, plan, moment

    def cells(self, table: str, key: str, before: StoredRow | None, now: StoredRow | None) -> Iterator[CellThen]:
        """The cells that stood or stand in a row."""
        if before is None and now is None:
            return
        if before is None or now is None or kinds_of_row()[table].one_cell is not None:
            yield from self._whole(table, key, before, now)
            return
        for column in before:
            if column in ("id", "position"):
                continue
            change = RecordedChange("set", table, key, column, before[column], now[column])
            (line,) = self._words.of_change(change)
            if line.before or line.after:
                since = self._since(key, column) if before[column] != now[column] else None
                yield CellThen(line.row, line.cell, line.before, line.after, key, column, since)

    def _whole(self, table: str, key: str, before: StoredRow | None, now: StoredRow | None) -> Iterator[CellThen]:
        change = RecordedChange("remove" if now is None else "add", table, key, "", before, now)
        if before is not None and now is not None:
            told = self._words.of_change(change)
            lines = [ChangeInWords(line.row, line.cell, line.after, line.after) for line in told]
        else:
            lines = self._words.of_change(change)
        for line in lines:
            yield CellThen(line.row, line.cell, line.before, line.after, key, "", self._since(key, ""))

    def _since(self, key: str, column: str) -> Revision | None:
        """The latest step since the moment that changed a cell, or added or removed the row."""
        query = """SELECT max(revision) FROM step_change
            WHERE row_id = ? AND ifnull(cell, '') IN (?, '') AND revision > ?"""
        (n,) = self._plan.execute(query, (key, column, self._moment)).fetchone()
        return None if n is None else history.revision_numbered(self._plan, n)
