"""What changed since a day: what differs now from what stood before it, by the history of the plan.

What was changed and changed back is no change. What a sample was built with, and what a newer version of the program
brought in, is none either.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import clock, history, moved, naming, queries
from spp_desktop.store.history import RecordedChange, Revision
from spp_desktop.store.overview.plan import NO_STATUS, OverviewPlan, behind, behind_milestone
from spp_desktop.store.overview.tallies import ONE, RowBehind, RowsBehind, TallyTable, listed_lines

NO_STEPS = frozenset({"built", "brought in", "beside"})
"""Kinds of revisions that nobody took as a step."""
ALWAYS = frozenset({"Statuses of activities", "Dates moved", "Steps in all"})
"""What is told also where nothing of it changed."""
DATES = {"due": "due", "forecast": "expected"}
"""The cells that hold dates of activities and milestones, as they are told."""


@dataclass
class ChangedRow:
    """What became of one row since a day.

    Attributes:
        table, key: which row.
        step: the latest step that changed it.
        cells: what stood before and what stands now, in the cells that differ.
        added, removed: whether it was not there before, and is not there now.
        last: of a row that is gone, what it held.
    """

    table: str
    key: str
    step: Revision
    cells: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    added: bool = False
    removed: bool = False
    last: Mapping[str, Any] = field(default_factory=dict)

    def take(self, change: RecordedChange, step: Revision) -> None:
        """Take one more change of it, made behind those before."""
        self.step = step
        if change.action == "set":
            self.cells[change.cell] = (self.cells.get(change.cell, (change.before,))[0], change.after)
        elif change.action == "add":
            self.added, self.removed = not self.removed, False
        else:
            self.removed, self.last = not self.added, change.before or {}
            self.added = False

    @property
    def differing(self) -> dict[str, tuple[Any, Any]]:
        """The cells that hold something else now than before."""
        return {cell: pair for cell, pair in self.cells.items() if pair[0] != pair[1]}

    @property
    def when(self) -> date | None:
        """The day of the latest step."""
        known = clock.moment(self.step.at)
        return None if known is None else known.date()

    @property
    def by(self) -> str:
        """Who took it, and when."""
        return f"{self.step.author}, {short_day(self.when)}" if self.when is not None else self.step.author


def changed(plan: OverviewPlan) -> TallyTable:
    """What changed since the day that is asked for."""
    after = plan.reader.read_beside(last_before, plan.since)
    rows = plan.reader.read_beside(rows_changed, ("activity", "milestone", "target"), after)
    told = _ToldChanges(plan)
    own = [row for row in rows if row.table != "target"]
    statuses = [row for row in own if row.table == "activity" and "status_id" in row.differing]
    lines = [
        ("Statuses of activities", _rows(told.status(row) for row in statuses)),
        ("Dates moved", _rows(told.dates(row) for row in own if DATES.keys() & row.differing.keys())),
        ("Milestones done", _rows(told.done(row) for row in own if row.differing.get("done_on", (0, None))[1])),
        ("Added", _rows(told.added(row) for row in own if row.added)),
        ("Removed", _rows(told.removed(row) for row in own if row.removed)),
        ("Targets", _rows(told.target(row) for row in rows if row.table == "target")),
        ("Indicators with other results", plan.reader.read_beside(_results, after)),
        ("Steps in all", plan.reader.read_beside(taken_after, after)),
    ]
    shown = [(title, behind_it) for title, behind_it in lines if behind_it or title in ALWAYS]
    return TallyTable(ONE, listed_lines(*shown), f"From {short_day(plan.since)} to now.")


def last_before(connection: sqlite3.Connection, day: date) -> int:
    """The local number of the last revision before a day, as the person's clock has it; 0 if there is none."""
    begins = (clock.kept_begin_of_day(day),)
    return int(connection.execute("SELECT ifnull(max(n), 0) FROM revision WHERE at < ?", begins).fetchone()[0])


class StepsTaken(Sequence[RowBehind]):
    """The steps that people took, the newest first, each put into words when it is looked at: there may be many."""

    def __init__(self, steps: Sequence[tuple[Any, ...]]) -> None:
        self._steps = steps

    def __len__(self) -> int:
        """How many they are."""
        return len(self._steps)

    @overload
    def __getitem__(self, at: int) -> RowBehind: ...
    @overload
    def __getitem__(self, at: slice) -> RowsBehind: ...
    def __getitem__(self, at: int | slice) -> RowBehind | RowsBehind:
        """One of them, or some."""
        if isinstance(at, slice):
            return StepsTaken(self._steps[at])
        made = ChangedRow("", "", Revision(*self._steps[at]))
        step, when = made.step, made.when
        return RowBehind("step", step.id, str(step.n), step.label, step.author, step.kind, when, f"by {made.by}")


def taken_after(connection: sqlite3.Connection, after: int) -> StepsTaken:
    """The steps that people took after a revision."""
    query = f"SELECT {', '.join(Revision._fields)} FROM revision WHERE n IN {_TAKEN} ORDER BY n DESC"
    return StepsTaken(connection.execute(query, (after,)).fetchall())


_TAKEN = (
    f"""(SELECT n FROM revision WHERE n > ? AND kind NOT IN ({", ".join(f"'{kind}'" for kind in sorted(NO_STEPS))}))"""
)
"""The numbers of the steps that people took after a revision, in SQL."""


def rows_changed(connection: sqlite3.Connection, tables: Collection[str], after: int) -> list[ChangedRow]:
    """The rows of some tables that differ from what they were, or came or went, by what people did after a revision.

    Of each cell that was set, only the first change and the last are read: there may be many between them.
    """
    steps: dict[int, Revision] = {}
    rows: dict[str, ChangedRow] = {}
    for number, change in _ends_of_changes(connection, tables, after):
        if number not in steps:
            step = history.revision_numbered(connection, number)
            assert step is not None
            steps[number] = step
        row = rows.setdefault(change.row, ChangedRow(change.table, change.row, steps[number]))
        row.take(change, steps[number])
    return [row for row in rows.values() if row.added or row.removed or row.differing]


def _ends_of_changes(
    connection: sqlite3.Connection, tables: Collection[str], after: int
) -> Iterator[tuple[int, RecordedChange]]:
    """Of each cell the first and the last time that it was set, and all comings and goings, the oldest first."""
    among = ", ".join(f"'{name}'" for table in tables for name in moved.tables_then(table))
    query = f"""WITH made AS MATERIALIZED (SELECT n, revision, action, row_table, row_id, cell, before, after
            FROM step_change WHERE row_table IN ({among}) AND revision IN {_TAKEN}),
        ends AS (SELECT min(n) AS n FROM made WHERE action = 'set' GROUP BY row_table, row_id, cell
            UNION SELECT max(n) FROM made WHERE action = 'set' GROUP BY row_table, row_id, cell
            UNION SELECT n FROM made WHERE action <> 'set')
        SELECT revision, action, row_table, row_id, cell, before, after FROM made WHERE n IN ends ORDER BY n"""
    for number, *change in connection.execute(query, (after,)).fetchall():
        yield from ((number, each) for each in history.read([tuple(change)]))


class _ToldChanges:
    """Says of changed rows what became of them."""

    def __init__(self, plan: OverviewPlan) -> None:
        self._plan = plan
        self._statuses = {row.key: row.title for row in plan.statuses}
        self._indicators = {row.key: row for row in plan.reader.read(queries.indicators)}
        self._targets = {row.key: row for each in self._indicators.values() for row in each.targets.values()}

    def status(self, row: ChangedRow) -> RowBehind | None:
        """An activity with the status that it had."""
        was, now = (self._statuses.get(key or "", NO_STATUS) for key in row.differing["status_id"])
        return self._of_delivery(row, f"was {was}, is {now}; {row.by}")

    def dates(self, row: ChangedRow) -> RowBehind | None:
        """An activity or milestone with the dates that it had."""
        moves = [
            f"{DATES[cell]} {_day(was)}, now {_day(now)}" for cell, (was, now) in row.differing.items() if cell in DATES
        ]
        return self._of_delivery(row, f"{'; '.join(moves)}; {row.by}")

    def done(self, row: ChangedRow) -> RowBehind | None:
        """A milestone that is done."""
        return self._of_delivery(row, f"done {_day(row.differing['done_on'][1])}; {row.by}")

    def added(self, row: ChangedRow) -> RowBehind | None:
        """An activity or milestone that was not there."""
        return self._of_delivery(row, f"added by {row.by}")

    def removed(self, row: ChangedRow) -> RowBehind:
        """An activity, milestone or target that is gone, with the step that removed it."""
        text = str(row.last.get("text") or row.last.get("title") or row.last.get("stated") or "")
        name = naming.word_of(row.table).singular
        return RowBehind(
            "gone", row.key, str(row.last.get("ref") or ""), text, "", name, row.when, f"removed by {row.by}",
            row.step.id,
        )  # fmt: skip

    def target(self, row: ChangedRow) -> RowBehind | None:
        """An indicator with what became of one of its targets."""
        if row.removed:
            return self.removed(row)
        target = self._targets.get(row.key)
        if target is None:
            return None
        indicator = self._indicators[target.indicator_key]
        was, now = row.differing.get("stated", ("", target.stated))
        words = f"added: {now}" if row.added else f"was {was}, is {now}" if was else f"{now}: read otherwise"
        return RowBehind(
            "target", row.key, indicator.ref, indicator.title, "", "", row.when, f"{words}; {row.by}", indicator.key
        )

    def _of_delivery(self, row: ChangedRow, words: str) -> RowBehind | None:
        """An activity or milestone; ``None`` for one that is gone."""
        if row.table == "activity":
            known = self._plan.by_key.get(row.key)
            return None if known is None else behind(known, words, row.when)
        milestone = self._plan.steps.get(row.key)
        return None if milestone is None else behind_milestone(self._plan, milestone, words, row.when)


_RESULTS = f"""WITH touched AS (SELECT row_id, action, before, revision FROM step_change
        WHERE revision IN {_TAKEN} AND row_table = 'result'),
    own AS (SELECT indicator_id, row_id, revision FROM touched JOIN result ON result.id = row_id
        UNION SELECT {history.cell_of_row("remove", "indicator_id")}, row_id, revision FROM touched
        WHERE action = 'remove' AND row_id NOT IN (SELECT id FROM result))
    SELECT indicator.id, ref, title, count(DISTINCT row_id), max(revision) FROM own
    JOIN indicator ON indicator.id = indicator_id GROUP BY indicator.id ORDER BY indicator.ref"""


def _results(connection: sqlite3.Connection, after: int) -> RowsBehind:
    """The indicators of which results were entered, changed or taken out, with how many."""
    rows = []
    for key, ref, title, count, number in connection.execute(_RESULTS, (after,)).fetchall():
        step = history.revision_numbered(connection, number)
        assert step is not None
        last = ChangedRow("indicator", key, step)
        words = f"{count:,} {'result' if count == 1 else 'results'}, the latest by {last.by}"
        rows.append(RowBehind("indicator", key, ref, title, "", "", last.when, words))
    return tuple(rows)


def _rows(rows: Iterable[RowBehind | None]) -> RowsBehind:
    """Those rows that are there."""
    return tuple(row for row in rows if row is not None)


def _day(value: Any) -> str:
    """A day as the history holds it, in words."""
    if value is None:
        return "nothing"
    try:
        return short_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
