"""What is planned before the work that it depends on, read from the plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from spp_desktop.figures.knock_on import Work, put_off
from spp_desktop.plan.words import listed
from spp_desktop.store import queries, threads

DATES = frozenset({"start", "due", "forecast"})
"""The columns of an activity by whose change others may be planned too early."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """An activity that is planned before one it depends on: how it is planned, and how it would be if put off."""

    ref: str
    planned: Work
    later: Work


def too_early(connection: Connection, moved: Collection[str], today: date) -> Mapping[str, TooEarly]:
    """What is planned too early now that some activities have moved, by its key.

    It depends on one of them, or on another that would have to be put off.

    Args:
        connection: the plan.
        moved: the keys of the activities whose dates were moved.
        today: the day that counts as today: what was to start before it has begun.
    """
    needs = threads.needs(connection)
    if not {other for _, other in needs} & set(moved):
        return {}
    activities = {row.key: row for row in queries.activities(connection, counted=False)}
    works = {
        key: Work(row.start, row.due, row.forecast, bool(row.percent) or (row.start or today) < today, row.finished)
        for key, row in activities.items()
    }
    later = put_off(works, needs, moved)
    return {key: TooEarly(activities[key].ref, works[key], work) for key, work in later.items()}


def warning(connection: Connection, moved: Collection[str], today: date) -> str:
    """The sentence where something is planned before an activity that was moved and that it needs; "" for nothing."""
    refs = sorted(early.ref for early in too_early(connection, moved, today).values())
    if not refs:
        return ""
    verb = "depends on this and is" if len(refs) == 1 else "depend on this and are"
    return f"{listed(refs)} {verb} planned too early for it now: the arrow between them is red on the timeline."
