"""Made-up reporting periods of the sample: a quarter that is signed off and locked, one that is half answered.

What is said in them are the made-up updates; which of them were accepted, and which dates had moved before, is left to
chance, which falls the same way each time.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import reporting_periods, reports, rows
from spp_desktop.plan.monitoring import DateMove, ReportingPeriod
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, UpdateRow
from spp_desktop.store.workspace import Workspace

Rules = dict[str, Any]

_SHARE_THEN = 0.4
"""How much of its % an activity had at the end of the first quarter."""


def work(workspace: Workspace, rules: Rules) -> None:
    """Add made-up reporting periods, with what was said in them, and dates that had moved."""
    chance = Random(rules["seed"] + 1)  # noqa: S311 - a sample must come out the same each time
    workspace.edit("make the reporting periods", reporting_periods.make_periods, as_kind="built")
    year = workspace.read(queries.plan).first_year
    activities = workspace.read(queries.activities, year)
    said: dict[str, list[UpdateRow]] = {}
    for update in reversed(workspace.read(queries.updates)):
        said.setdefault(update.activity_key, []).append(update)
    workspace.edit("enter illustrative reports", _enter, activities, said, rules["periods"], chance, as_kind="built")
    workspace.edit("enter illustrative moves", _enter_moves, activities, rules["periods"], chance, as_kind="built")


def _enter(
    session: Session, activities: Sequence[ActivityRow], said: dict[str, list[UpdateRow]], words: Rules, chance: Random
) -> None:
    """The reports of the first two quarters: all of the first accepted, those of the second on their way."""
    first, second = reporting_periods.periods_in_order(session)[:2]
    statuses = {row.title: row.key for row in queries.statuses(session.connection())}
    for period, day in ((first, words["first_day"]), (second, words["second_day"])):
        for row in activities:
            update = said[row.key][0 if period is first else 1]
            cells: dict[str, Any] = {"done": update.done, "next": update.next, "status_id": statuses.get(update.status)}
            if period is first:
                cells |= _then(row, update) | _signed(row, day) | {
                    "accepted_on": day + timedelta(days=4), "accepted_by": words["accepts"],
                }  # fmt: skip
            else:
                cells |= {"percent": row.percent, "forecast": row.forecast, "reason": row.reason}
                cells |= _on_its_way(row, day, words, chance)
            reports.set_report(session, period.id, row.key, **cells)
    _state(session, first, "locked", words["first_day"] + timedelta(days=10), words["accepts"])
    _state(session, second, "open", words["opens"], words["accepts"])


def _then(row: ActivityRow, update: UpdateRow) -> dict[str, Any]:
    """How an activity stood at the end of the first quarter."""
    reason = row.reason if update.status in {"At risk", "Off track", "Withdrawn", "Deferred"} else ""
    return {"percent": 5 * round((row.percent or 0) * _SHARE_THEN / 5), "reason": reason}


def _signed(row: ActivityRow, day: date) -> dict[str, Any]:
    return {"submitted_on": day, "submitted_by": row.owners[0]}


def _on_its_way(row: ActivityRow, day: date, words: Rules, chance: Random) -> dict[str, Any]:
    """How far a report of the second quarter is: accepted, submitted, sent back, or still being written."""
    how = chance.choices(("accepted", "submitted", "sent back", "written"), words["how"])[0]
    if how == "written":
        return {}
    if how == "sent back":
        on = day + timedelta(days=2)
        return {"returned_on": on, "returned_by": words["accepts"], "remark": words["remark"]}
    accepted = {"accepted_on": day + timedelta(days=3), "accepted_by": words["accepts"]} if how == "accepted" else {}
    return {**_signed(row, day), **accepted}


def _state(session: Session, period: ReportingPeriod, state: str, on: date, by: str) -> None:
    rows.change(session, ReportingPeriod, period.id, state=state, state_on=on, state_by=by)


def _enter_moves(session: Session, activities: Sequence[ActivityRow], words: Rules, chance: Random) -> None:
    """The dates of activities that are off track had moved before: each once, some of them twice."""
    for row in activities:
        if row.status != words["moved"] or row.due is None or row.forecast is None or row.forecast <= row.due:
            continue
        between = row.due + (row.forecast - row.due) / 2
        days = [row.due, *([between] if chance.random() < words["twice"] else []), row.forecast]
        for place, (was, now) in enumerate(pairwise(days), 1):
            on = words["first_day"] if place < len(days) - 1 else words["second_day"]
            rows.add(
                session, DateMove, row_id=row.key, which="forecast", was=was, now=now, moved_on=on,
                moved_by=row.owners[0], reason=row.reason, position=float(place),
            )  # fmt: skip
