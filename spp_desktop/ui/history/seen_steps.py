"""The steps that are in the table of the history: the newest, older ones as far as they are asked for, what was found.

What a step changed stays so: each line is read once. Of a history that goes on only what is new is read.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from spp_desktop.store import history, naming
from spp_desktop.store.history import Revision
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.history.columns import StepRow

AT_FIRST = 200
"""The newest steps, which are read when the history is opened."""
MOST_MORE = 4_000
"""The most steps that are read at a time when the end of those shown comes into view; at first as many as there are."""


class SeenSteps:
    """The lines of the history as far as they have been read.

    Attributes:
        rows: the newest steps without a gap, the newest first.
        found: older ones that were sought and found, the newest first.
        whole: whether there are none before ``rows``.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.rows: list[StepRow] = []
        self.found: list[StepRow] = []
        self.whole = False

    def every(self) -> list[StepRow]:
        """All that are in the table."""
        return [*self.rows, *self.found]

    def below(self) -> int:
        """The number before which steps have not been read without a gap."""
        return self.rows[-1].step.n if self.rows else history.LAST

    def read_newer(self) -> bool:
        """Read what came since; all anew if the history is another than it was. Returns whether it was so."""
        newest = self.rows[0].step if self.rows else None
        if newest is None or self._workspace.read_beside(history.revision_numbered, newest.n) != newest:
            self.rows, self.found, self.whole = [], [], False
            self.read_older(AT_FIRST)
            return True
        self.rows[:0] = self._workspace.read_beside(_lines_after, newest.n)
        return False

    def read_older(self, most: int = 0) -> None:
        """Read so many steps before those that were read; by default as many as there are, within bounds."""
        most = most or min(MOST_MORE, max(AT_FIRST, len(self.rows)))
        older = self._workspace.read_beside(lines_before, self.below(), most)
        self.rows += older
        self.whole = len(older) < most
        self.found = [row for row in self.found if row.step.n < self.below()]

    def read_all(self) -> None:
        """Read all of them."""
        while not self.whole:
            self.read_older(MOST_MORE)

    def read_to(self, key: str) -> None:
        """Read as far as the step of this id, if the history has it."""
        step = self._workspace.read_beside(history.revision_named, key)
        while step is not None and step.n < self.below() and not self.whole:
            self.read_older(MOST_MORE)

    def keep(self, older: Iterable[StepRow]) -> bool:
        """Have older steps in the table that were found. Returns whether any of them was not there."""
        known = {row.step.n for row in self.found}
        new = [row for row in older if row.step.n not in known and row.step.n < self.below()]
        self.found = sorted([*self.found, *new], key=lambda row: -row.step.n)
        return bool(new)


def lines_before(plan: sqlite3.Connection, n: int, most: int) -> list[StepRow]:
    """The lines of so many of the last steps before a number, the newest first."""
    return _lines(plan, history.steps_before(plan, n, most))


def bare_lines_before(plan: sqlite3.Connection, n: int, most: int) -> list[StepRow]:
    """The same without what the steps changed, which is quicker."""
    return [StepRow(step.id, step, 0) for step in history.steps_before(plan, n, most)]


def _lines_after(plan: sqlite3.Connection, n: int) -> list[StepRow]:
    steps = [step for step in history.revisions(plan, n) if step.kind != "beside"]
    return _lines(plan, history.readable(steps)[::-1])


def _lines(plan: sqlite3.Connection, steps: Sequence[Revision]) -> list[StepRow]:
    if not steps:
        return []
    after, until = steps[-1].n - 1, steps[0].n
    numbers = history.numbers_of_changes(plan, after, until)
    tables = history.tables_of_revisions(plan, after, until)
    return [
        StepRow(
            step.id,
            step,
            numbers.get(step.n, 0),
            tuple(dict.fromkeys(naming.word_of(name).singular for name in tables.get(step.n, ()))),
        )
        for step in steps
    ]
