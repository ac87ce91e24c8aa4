"""Milestones as they are kept: a period with its last day, and a status that agrees with the day it was done on."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from spp_desktop.plan.delivery import Milestone, Status
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.day_or_period import apart

DAYS = ("due", "forecast")
"""The columns of a milestone that may stand for a period, each with a column beside it that says of which."""


def as_kept(session: Session, values: Mapping[str, Any], before: Milestone | None = None) -> dict[str, Any]:
    """A milestone's cells as its columns keep them, with what goes with them.

    A status that says that all was done gives the day on which it was, today, where there is none; a day on which it
    was done gives a status that says so, where it has one that says that work goes on.

    Args:
        session: the session of the revision.
        values: the cells that are set.
        before: the milestone as it was; ``None`` for a new one.
    """
    kept = dict(values)
    for name in DAYS:
        if name in kept:
            kept[name], kept[f"{name}_within"] = apart(kept[name])
    percent = kept.get("percent")
    if isinstance(percent, str):
        kept["percent"] = percent.strip().removesuffix("%") or None
    if kept.get("status_id") or kept.get("done_on"):
        _agree(session, kept, before)
    return kept


def _agree(session: Session, kept: dict[str, Any], before: Milestone | None) -> None:
    statuses = {status.id: status for status in session.exec(select(Status).order_by(col(Status.position)))}
    complete = [key for key, status in statuses.items() if status.finished and not status.needs_reason]
    done_before = None if before is None else before.done_on
    if kept.get("status_id") in complete and not kept.get("done_on", done_before):
        kept["done_on"] = session.exec(select(Plan)).one().today()
    standing = None if before is None else statuses.get(before.status_id or "")
    goes_on = standing is not None and not standing.finished
    if kept.get("done_on") and "status_id" not in kept and goes_on and complete:
        kept["status_id"] = complete[0]
