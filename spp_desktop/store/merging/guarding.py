"""What of a merge belongs to a locked period or a closed year here: it waits, as a restatement that is proposed."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from spp_desktop.store import closed_years, history
from spp_desktop.store.history import StoredRow
from spp_desktop.store.merging.hanging import naming_columns
from spp_desktop.store.merging.items import Merge, MergeItem

REPORTS, PERIODS, YEARS = "activity_report", "reporting_period", "closed_year"
_STATES = {PERIODS: "locked", YEARS: "closed"}


def guarded(plan: sqlite3.Connection, merge: Merge) -> Merge:
    """A merge with all that would change what is locked or closed here among what waits.

    Args:
        plan: The plan into which the copy is merged; it is only read.
        merge: What was found.
    """
    guard = _Guard(plan)
    if not guard.anything:
        return merge
    coming = {(item.table, item.key): item for item in merge.clean if item.fate == "new"}
    waiting = {(item.table, item.key): item for item in merge.clean if guard.refuses(item, coming)}
    going = {(item.table, item.key): item for item in merge.clean if item.fate == "removed"}
    more = waiting
    while more:  # what hangs on a row that waits waits with it, and so does what a row that waits hangs on
        keys = {key for _, key in waiting}
        named = {key for item in waiting.values() for key in _named_by(item.table, item.ours)}
        more = {
            place: item for place, item in coming.items() if not keys.isdisjoint(_named_by(item.table, item.theirs))
        } | {place: item for place, item in going.items() if place[1] in named}
        more = {place: item for place, item in more.items() if place not in waiting}
        waiting |= more
    asked = [item for item in merge.asked if guard.refuses(item, coming)]
    return replace(
        merge,
        clean=tuple(item for item in merge.clean if (item.table, item.key) not in waiting),
        asked=tuple(item for item in merge.asked if item not in asked),
        waiting=(*waiting.values(), *(replace(item, question="") for item in asked)),
    )


def _named_by(table: str, row: StoredRow | None) -> set[Any]:
    """The keys of the rows that a row names."""
    return {(row or {}).get(column.name) for column in naming_columns(table)} - {None}


class _Guard:
    """What is locked and closed in a plan."""

    def __init__(self, plan: sqlite3.Connection) -> None:
        self._plan = plan
        query = "SELECT id FROM reporting_period WHERE state = 'locked'"
        self._periods = {key for (key,) in plan.execute(query)}
        self._years = {year for (year,) in plan.execute("SELECT year FROM closed_year WHERE state = 'closed'")}
        self._belonging = closed_years.belonging()

    @property
    def anything(self) -> bool:
        """Whether anything is locked or closed."""
        return bool(self._periods or self._years)

    def refuses(self, item: MergeItem, coming: Mapping[tuple[str, str], MergeItem]) -> bool:
        """Whether a row that comes in would change what is locked or closed."""
        if item.table in _STATES:
            return self._keeps_shut(item)
        if item.table != REPORTS and item.table not in self._belonging:
            return False
        return any(self._is_shut(item.table, row, coming) for row in self._rows(item))

    def _rows(self, item: MergeItem) -> Iterator[StoredRow]:
        """The row as it is and as it would be, as far as it is there."""
        if not item.cells:
            yield from (row for row in (item.ours, item.theirs) if row is not None)
            return
        now = history.current_row(self._plan, item.table, item.key) or {}
        yield from (now, {**now, **(item.theirs or {})})

    def _keeps_shut(self, item: MergeItem) -> bool:
        """Whether a period or a year that is shut here would change without being opened for a reason."""
        now = history.current_row(self._plan, item.table, item.key)
        if now is None or now["state"] != _STATES[item.table]:
            return False
        then: Mapping[str, Any] = {**now, **(item.theirs or {})}
        return item.theirs is None or then["state"] == _STATES[item.table] or not then["reason"]

    def _is_shut(self, table: str, row: StoredRow, coming: Mapping[tuple[str, str], MergeItem]) -> bool:
        if table == REPORTS and row.get("period_id") in self._periods:
            return True
        if not self._years or table not in self._belonging:
            return False
        above = coming.get(("activity", str(row.get("activity_id"))))
        if above is not None:
            return (above.theirs or {}).get("year") in self._years
        expression = re.sub(r"\{(\w+)\}", r":\1", self._belonging[table])
        (year,) = self._plan.execute(f"SELECT CAST({expression} AS INTEGER)", row).fetchone()
        return year in self._years
