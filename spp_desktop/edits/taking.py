"""What is accepted from returned workbooks, put into the plan by the verbs of each kind of row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import delivery, performance, result_rows
from spp_desktop.edits.rows import Cells
from spp_desktop.returns.definition import Source, Value

Setter = Callable[[Session, Cells], None]

SETTERS: Mapping[Source, Setter] = {
    "activities": delivery.set_cells,
    "milestones": delivery.set_milestones,
    "indicators": performance.set_cells,
}
"""The verb that sets cells of the rows that a listing holds."""


@dataclass(frozen=True)
class Report:
    """What a post says of an activity at the end of a period: columns of its update. ``post`` is a post's key."""

    activity: str
    on: date
    post: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class NewRow:
    """A row that a return proposes: an activity or a milestone, with its columns. ``report`` is what it says of it."""

    source: Source
    values: Mapping[str, Any]
    report: Report | None = None


@dataclass(frozen=True)
class Taken:
    """All that is accepted, from however many files. ``results`` are by month, then by the key of a row of a return."""

    cells: Mapping[Source, Cells]
    reports: tuple[Report, ...] = ()
    rows: tuple[NewRow, ...] = ()
    results: Mapping[date, Mapping[str, Mapping[str, Value]]] = field(default_factory=dict)


def take_in(session: Session, taken: Taken) -> None:
    """Put what was accepted into the plan.

    Raises:
        RuleBroken: at the first value that breaks a rule; the caller rolls all of it back.
    """
    for source, cells in taken.cells.items():
        SETTERS[source](session, cells)
    for report in taken.reports:
        delivery.report(session, report.activity, report.on, report.post, **report.values)
    for month, answered in taken.results.items():
        result_rows.take(session, month, answered)
    for row in taken.rows:
        if row.source == "milestones":
            delivery.add_milestone(session, **row.values)
            continue
        key = delivery.add_activity(session, **row.values)
        if row.report is not None:
            delivery.report(session, key, row.report.on, row.report.post, **row.report.values)
