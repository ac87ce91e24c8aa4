"""What was decided of rows of a year: what is still open, and what has left the plan within the year already."""

from collections import defaultdict

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.store.turned import CARRIED, FromToRow, from_to

GOES_ON: frozenset[WhatBecomes] = frozenset({"kept", "changed"})
"""What becomes of a row that is still one row afterwards, so that others can be merged with it."""

ASKS_WHY: frozenset[WhatBecomes] = frozenset({"merged", "split", "dropped"})
"""What becomes of a row only for a reason."""


def open_fates(connection: Connection, year: int) -> dict[str, FromToRow]:
    """What is decided of rows of a year and was not done yet, by the keys of the rows."""
    return {fate.row_key: fate for fate in from_to(connection, year, done=False)}


def gone_within(connection: Connection, year: int) -> dict[str, FromToRow]:
    """What became of rows that have left the plan within a year, since it was replaced, by the keys of the rows.

    A row that was kept then, or changed without another taking its place, is still there.
    """
    return {fate.row_key: fate for fate in from_to(connection, year, done=True) if _left(fate)}


def followed(connection: Connection, year: int) -> dict[str, list[str]]:
    """The activities of the year after a year that come of activities of that year already, by the keys of those."""
    link, activity = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (RowLink, Activity))
    old, new = activity.alias("old"), activity.alias("new")
    query = (
        select(old.c.id, new.c.id)
        .join(link, link.c.to_id == old.c.id)
        .join(new, new.c.id == link.c.from_id)
        .where(link.c.kind == CARRIED, old.c.year == year, new.c.year == year + 1)
        .order_by(new.c.position)
    )
    several: dict[str, list[str]] = defaultdict(list)
    for before, after in connection.execute(query):
        several[before].append(after)
    return several


def _left(fate: FromToRow) -> bool:
    return fate.fate not in GOES_ON or any(row.year in {None, fate.year} for row in fate.became)
