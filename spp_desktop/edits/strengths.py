"""The strength of the workforce begun for the next day on which it is counted: 31 March or 30 September."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import true
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.appendices.people import Strength

_DAYS = ((3, 31), (9, 30))
"""Months and days on which police forces count their people, as ``returns.catalogue.workforce`` says."""


def next_count(day: date) -> date:
    """The next day on which people are counted, behind a day."""
    days = [date(year, *of_year) for year in (day.year, day.year + 1) for of_year in _DAYS]
    return next(each for each in days if each > day)


def carry_on(session: Session, keys: Sequence[str]) -> list[str]:
    """Begin rows for the next count: the groups and what is budgeted go along, and no figure that is to be counted.

    A row that is there already stays as it is.

    Returns:
        The keys of the rows that were added.
    """
    query = select(Strength).where(col(Strength.id).in_(keys))
    added = []
    for row in session.exec(query.order_by(col(Strength.position), col(Strength.id))).all():
        place = {"group_id": row.group_id, "counted_in": row.counted_in, "counted_on": next_count(row.counted_on)}
        there = select(Strength.id).where(*(col(getattr(Strength, name)) == value for name, value in place.items()))
        if session.exec(there).first() is None:
            added.append(rows.add_placed(session, Strength, true(), None, budgeted=row.budgeted, **place))
    return added
