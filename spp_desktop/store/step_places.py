"""Where a person sees what a step of the history changed: the item of a page that shows it, and the cell."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from spp_desktop.plan.delivery import ActivityOwner
from spp_desktop.plan.results import Result
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import history, naming
from spp_desktop.store.plain import OWNERS

LOOKED_AT = 20
"""So many changes of a step are looked at for one that a page shows."""
DEPTH = 6
"""So many times it is asked what a row is a part of."""
SHOWN_AS: Mapping[str, str] = {str(Result.__tablename__): "results"}
"""The kind of item as which rows of a table are shown, where they are not shown as what they are a part of."""
CELLS: Mapping[str, str] = {str(ActivityOwner.__tablename__): OWNERS}
"""The cell in which the rows of a table are shown, where it is one cell of what they are a part of."""


class StepPlace(NamedTuple):
    """An item that a page shows, and one of its cells; ``field`` is empty where no single cell is meant."""

    kind: str
    key: str
    field: str


def place_of(connection: sqlite3.Connection, revision: int, kinds: Collection[str]) -> StepPlace | None:
    """The place of the first change of a step that a page shows; ``None`` where no page shows any.

    Args:
        connection: Of the plan.
        revision: The step's local number.
        kinds: The kinds of items that pages show.
    """
    places = (_shown(connection, change, kinds) for change in history.changes(connection, revision, 0, LOOKED_AT))
    return next((place for place in places if place is not None), None)


def place_of_row(connection: sqlite3.Connection, table: str, key: str, kinds: Collection[str]) -> StepPlace | None:
    """The place of a row of the plan; ``None`` where no page shows it, nor what it is a part of."""
    return _shown(connection, history.RecordedChange("set", table, key, "", None, None), kinds)


def _shown(connection: sqlite3.Connection, change: history.RecordedChange, kinds: Collection[str]) -> StepPlace | None:
    table, key, field = change.table, change.row, change.cell or ""
    for _ in range(DEPTH):
        if table in kinds:
            return StepPlace(table, key, field)
        cells: Mapping[str, Any] = history.last_known(connection, table, key) or {}
        model = kinds_of_row().get(table)
        column = model.above(cells) if model is not None else ""
        outer = naming.table_named(connection, table, column, cells[column]) if column else ""
        if not outer:
            return None
        if SHOWN_AS.get(table) in kinds:
            return StepPlace(SHOWN_AS[table], str(cells[column]), "")
        table, key, field = outer, str(cells[column]), _cell_of(table, cells)
    return None


def _cell_of(table: str, cells: Mapping[str, Any]) -> str:
    """The cell of what a row is a part of in which the row is shown, if it is shown in one."""
    if table == PostInRole.__tablename__:
        return in_role(str(cells["role_id"]))
    return CELLS.get(table, "")
