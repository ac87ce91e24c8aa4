"""What has changed of an activity after what was said of it for a period was accepted: found in the history."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from spp_desktop.store import history, monitored

_CELLS = {"activity": monitored.REPORTED, "activity_report": (*monitored.REPORTED, "done", "next")}
"""The cells whose changes are told, by table: how the activity stands now, and what was said for the period."""


@dataclass(frozen=True, slots=True)
class ChangedAfter:
    """A cell that is another than when it was accepted.

    Attributes:
        activity_key: of which activity.
        table: "activity" where it is how that stands now, "activity_report" where what was said was mended.
        cell: the column.
        before, after: what it said when it was accepted, and what it says now; a status by its key.
        revision: the step that changed it last.
    """

    activity_key: str
    table: str
    cell: str
    before: Any
    after: Any
    revision: history.Revision


def changed_since_accepted(connection: Connection, period: str, activity: str | None = None) -> list[ChangedAfter]:
    """What has changed of activities since they were accepted for a period, in the order of the reports.

    What was changed and is again as it was then is not among it.

    Args:
        connection: Of the plan.
        period: The period.
        activity: Of which activity; ``None`` for all.
    """
    raw: Any = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return [
        changed
        for report in monitored.reports(connection, period, activity)
        if report.accepted_on is not None
        for changed in _of_report(raw, report)
    ]


def _of_report(raw: sqlite3.Connection, report: monitored.ReportRow) -> Iterator[ChangedAfter]:
    told = history.row_history(raw, [report.key, report.activity_key])
    accepted = max((step.n for step, change in told if _accepts(change)), default=None)
    if accepted is None:
        return
    net: dict[tuple[str, str], tuple[Any, Any, history.Revision]] = {}
    for step, change in sorted(told, key=lambda each: each[0].n):
        place = change.table, change.cell
        if step.n > accepted and change.action == "set" and change.cell in _CELLS.get(change.table, ()):
            before = net[place][0] if place in net else change.before
            net[place] = before, change.after, step
    for (table, cell), (before, after, step) in net.items():
        if before != after:
            yield ChangedAfter(report.activity_key, table, cell, before, after, step)


def _accepts(change: history.RecordedChange) -> bool:
    """Whether a change says that something is accepted."""
    if change.table != "activity_report":
        return False
    if change.action == "add":
        return change.after.get("accepted_on") is not None
    return change.action == "set" and change.cell == "accepted_on" and change.after is not None
