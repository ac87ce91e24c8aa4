"""Statuses that ask for a reason: what stands otherwise than the plan's rule has it, and what always asks for a note.

Read before cells are set, or before a report is submitted, so that a window can ask once for all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken, no_reason
from spp_desktop.plan.words import listed
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, MilestoneRow, Proposal, StatusRow
from spp_desktop.store.proposed import StatusRule

_FEW = 20
"""Activities that are read one by one; where there are more, all are read at once."""

_ALL = 100
_GOES_BY = ("percent", "start", "due", "forecast")
"""What the plan's rule goes by in an activity."""


@dataclass(frozen=True)
class AskedStatus:
    """A status that asks for a reason: of which activity, what it was, what it is, and why it is asked.

    ``proposed`` is what the plan's rule proposes; "" where the status asks for a note by itself.
    """

    key: str
    ref: str
    before: str
    status: str
    proposed: str
    sentence: str


def statuses_asking(connection: Connection, cells: rows.CellValues) -> list[AskedStatus]:
    """The statuses that cells would set, and that would ask for a reason which nobody has given.

    One that says that all is done, beside less than 100%, is not asked about: its per cent is, by a mark of its own.

    Args:
        connection: Of the plan.
        cells: (activity key, column, value) as they would be set; what cannot be read asks nothing.
    """
    wanted = {key: values for key, values in rows.by_row(cells).items() if values.get("status_id")}
    return _asking(connection, wanted)


def statuses_unexplained(connection: Connection, keys: Collection[str]) -> list[AskedStatus]:
    """The statuses of activities that ask for a reason, as they stand."""
    return _asking(connection, {key: {} for key in keys})


def told_of_returned(connection: Connection, answers: Mapping[str, Mapping[str, Any]]) -> str:
    """What is said of statuses that came back without a reason and are not the rule's; "" where there are none.

    Args:
        connection: Of the plan.
        answers: What came back, by the keys of the activities and by field; statuses by their titles.
    """
    keys = {row.title: row.key for row in queries.statuses(connection)}
    wanted = {
        key: {**cells, "status_id": keys[cells["status"]]}
        for key, cells in answers.items()
        if cells.get("status") in keys
    }
    asked = [each for each in _asking(connection, wanted) if each.proposed]
    if not asked:
        return ""
    several = "A status is" if len(asked) == 1 else f"{len(asked)} statuses are"
    told = [f"{each.ref} {each.status} (proposed: {each.proposed})" for each in asked[:_FEW]]
    more = [f"{len(asked) - _FEW} more"] if len(asked) > _FEW else []
    return f"{several} not what the plan's rule proposes, and no reason came: {listed([*told, *more])}."


def _steps(connection: Connection, activity: str | None = None) -> dict[str, list[MilestoneRow]]:
    """The milestones of activities, by the key of the activity."""
    steps: dict[str, list[MilestoneRow]] = defaultdict(list)
    for step in queries.milestones(connection, None, activity):
        steps[step.activity_key].append(step)
    return steps


def _asking(connection: Connection, wanted: Mapping[str, Mapping[str, Any]]) -> list[AskedStatus]:
    """The statuses that would ask, of activities in which these columns are set."""
    if not wanted:
        return []
    rule, today = StatusRule.of(connection), queries.plan(connection).today()
    known = {row.key: row for row in rule.listed}
    steps = _steps(connection, next(iter(wanted)) if len(wanted) == 1 else None)
    asking = []
    for before in _rows(connection, list(wanted)):
        values = wanted[before.key]
        row = _as_set(before, values, known)
        if values and row.status_key == before.status_key:
            continue
        asked = _asked(before, row, known, rule.proposal(row, steps[row.key], today))
        if asked is not None:
            asking.append(asked)
    return asking


def _rows(connection: Connection, keys: list[str]) -> list[ActivityRow]:
    if len(keys) <= _FEW:
        return [row for key in keys for row in queries.activities(connection, None, key, counted=False)]
    wanted = set(keys)
    return [row for row in queries.activities(connection, counted=False) if row.key in wanted]


def _as_set(row: ActivityRow, values: Mapping[str, Any], known: Mapping[str, StatusRow]) -> ActivityRow:
    """An activity as it would stand."""
    percent = values.get("percent")
    given = {name: values[name] for name in _GOES_BY if name in values}
    if isinstance(percent, str):
        given["percent"] = percent.strip().removesuffix("%")
    try:
        given = check(Activity, given)
    except RuleBroken:
        given = {}
    status = known.get(str(values.get("status_id") or row.status_key or ""))
    standing: dict[str, Any] = {"reason": str(values.get("reason", row.reason) or ""), **given}
    if status is not None:
        standing |= {"status_key": status.key, "status": status.title, "finished": status.finished}
    return row._replace(**standing)


def _asked(
    before: ActivityRow, row: ActivityRow, known: Mapping[str, StatusRow], proposal: Proposal | None
) -> AskedStatus | None:
    """What is asked of an activity as it would stand; ``None`` where nothing is."""
    status = known.get(row.status_key or "")
    if status is None or row.reason.strip():
        return None
    if status.needs_reason:
        return AskedStatus(row.key, row.ref, before.status, row.status, "", no_reason(row.status))
    done_by_words = status.finished and (row.percent or 0) < _ALL
    if proposal is None or done_by_words or not proposal.unexplained(row):
        return None
    return AskedStatus(row.key, row.ref, before.status, row.status, proposal.status, proposal.unexplained(row))
