"""Knock-on of dates that were moved: what depends on them moves along, where the plan says so."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.store import planned


def moved_along(session: Session, moved: Collection[str]) -> rows.CellValues:
    """The cells of the activities that move along with others; none where the plan only warns.

    Args:
        session: the session of the revision; the dates that were moved are in it.
        moved: the keys of the activities whose dates were moved.
    """
    rule = session.exec(select(DeliveryRule).order_by(col(DeliveryRule.position))).first()
    if not moved or rule is None or rule.dependencies != "move":
        return []
    session.flush()
    today = session.exec(select(Plan)).one().today()
    cells = []
    for key, early in planned.too_early(session.connection(), moved, today).items():
        for name in ("start", "forecast"):
            day = getattr(early.later, name)
            if day != getattr(early.planned, name):
                cells.append((key, name, day))
    return cells
