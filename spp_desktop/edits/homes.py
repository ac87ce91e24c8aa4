"""Where activities stand: each has its home at a level of the plan, and stands under the priority of that home."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store.plain import STANDS_UNDER

LEFT: Mapping[str, str | None] = {"theme_id": None, "commitment_id": None}
"""The columns of an activity that stands straight under its priority."""

_MOVED = """
    SELECT activity.id, coalesce(theme.priority_id, commitment.priority_id, above.priority_id) AS priority
    FROM activity LEFT JOIN theme ON theme.id = activity.theme_id
    LEFT JOIN commitment ON commitment.id = activity.commitment_id
    LEFT JOIN theme AS above ON above.id = commitment.theme_id
    WHERE priority <> activity.priority_id ORDER BY activity.year, activity.position, activity.ref"""


def columns_of(session: Session, key: str) -> dict[str, str | None]:
    """The columns of an activity whose home is a priority, a theme or a commitment, given by its key.

    Raises:
        RuleBroken: if that is no longer in the plan.
    """
    if session.get(Priority, key) is not None:
        return {"priority_id": key, **LEFT}
    theme, commitment = session.get(Theme, key), session.get(Commitment, key)
    if theme is not None:
        return {"priority_id": theme.priority_id, **LEFT, "theme_id": key}
    if commitment is None:
        raise RuleBroken(STANDS_UNDER, "What this is to stand under is no longer in the plan.")
    above = None if commitment.theme_id is None else session.get(Theme, commitment.theme_id)
    priority = commitment.priority_id if above is None else above.priority_id
    return {"priority_id": priority, **LEFT, "commitment_id": key}


def settle(session: Session, activity: Activity, values: dict[str, Any]) -> None:
    """Turn what is to be set of an activity's home into its columns.

    A home that is emptied is the priority. An activity that changes its priority leaves a home that is not of it.

    Raises:
        RuleBroken: if its home is no longer in the plan, or is not of the priority that is set beside it.
    """
    if STANDS_UNDER in values:
        home, priority = values.pop(STANDS_UNDER), values.get("priority_id")
        columns = columns_of(session, home or priority or activity.priority_id)
        demand_of(priority, columns)
        values.update(columns)
    elif values.get("priority_id", activity.priority_id) != activity.priority_id:
        values.update(left_for(session, activity, values["priority_id"]))


def demand_of(priority: str | None, columns: Mapping[str, str | None]) -> None:
    """See that a home is of the priority that is said beside it, if one is.

    Raises:
        RuleBroken: if it is of another.
    """
    if priority is not None and columns["priority_id"] != priority:
        raise RuleBroken(
            STANDS_UNDER,
            in_words_of_plan("What it is to stand under is of another priority. Choose one of the two."),
        )


def left_for(session: Session, activity: Activity, priority: str) -> Mapping[str, str | None]:
    """The columns of its home that an activity leaves for another priority: none if its home has moved there."""
    home = activity.theme_id or activity.commitment_id
    return {} if home and columns_of(session, home)["priority_id"] == priority else LEFT


def moved(session: Session) -> list[tuple[str, str]]:
    """The activities whose homes have come under another priority, in their order, each with that priority's key."""
    session.flush()
    return [(key, priority) for key, priority in session.connection().exec_driver_sql(_MOVED)]
