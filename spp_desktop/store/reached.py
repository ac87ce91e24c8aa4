"""Which activities read otherwise since rows changed: those rows, and what hangs on an activity or is linked to it.

Who shows activities reads only these again. Where that cannot be told, or are very many, all are to be read.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from spp_desktop.store import history
from spp_desktop.store.known_tables import known_tables

MOST = 200
"""The most rows that are followed one by one: reading all is quicker than following more."""


def activities(connection: sqlite3.Connection, changed: Mapping[str, Collection[str]]) -> frozenset[str] | None:
    """The keys of the activities that read otherwise since a step; among them may be keys of other rows.

    Args:
        connection: to the plan, once the step is kept.
        changed: the keys of the rows that it changed, by table.

    Returns:
        The keys; ``None`` if any activity may read otherwise.
    """
    above: set[str] = set()
    columns: set[str] = set()
    for table, keys in changed.items():
        if table == "activity":
            continue
        named = _hung_by().get(table)
        if named is None or len(keys) > MOST:
            return None
        columns.update(named)
        for key in keys:
            row = history.last_known(connection, table, key) or {}
            above.update(str(row[column]) for column in named if row.get(column))
    own = set(changed.get("activity", ())) | _activities_of(connection, above)
    if len(own) > MOST or (columns and _hung_elsewhere(connection, columns)):
        return None
    own |= _activities_of(connection, _linked(connection, own))
    return frozenset(own) if len(own) <= MOST else None


def places(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """What activities are put in order by, by their keys: one with a smaller place stands before one with a larger."""
    query = (
        "SELECT own.id, own.year, above.position, above.id, own.position, own.ref "
        "FROM activity AS own JOIN priority AS above ON above.id = own.priority_id "
        "WHERE own.id IN (SELECT value FROM json_each(?))"
    )
    return {key: tuple(place) for key, *place in connection.execute(query, (json.dumps(sorted(keys)),))}


@cache
def _hung_by() -> Mapping[str, tuple[str, ...]]:
    """The columns by which rows of a table hang on an activity, on a milestone or on rows of any kind, by table."""
    from spp_desktop.plan.rows import hanging_on_any  # late: a plan is read without

    hung: dict[str, tuple[str, ...]] = {str(model.__tablename__): model.names_any for model in hanging_on_any()}
    for name, table in known_tables().items():
        above = tuple(
            column.name
            for column in table.columns
            if any(key.column.table.name in ("activity", "milestone") for key in column.foreign_keys)
        )
        if above:
            hung[name] = (*hung.get(name, ()), *above)
    return hung


def _activities_of(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """The activities of milestones; any other key as it is."""
    above = {key: history.last_known(connection, "milestone", key) for key in keys}
    return {key if row is None else str(row["activity_id"]) for key, row in above.items()}


def _linked(connection: sqlite3.Connection, keys: Collection[str]) -> set[str]:
    """What is linked to rows, in either direction."""
    listed: Any = json.dumps(sorted(keys))
    query = (
        "SELECT to_id FROM link WHERE from_id IN (SELECT value FROM json_each(?)) "
        "UNION SELECT from_id FROM link WHERE to_id IN (SELECT value FROM json_each(?))"
    )
    return {key for (key,) in connection.execute(query, (listed, listed))}


def _hung_elsewhere(connection: sqlite3.Connection, columns: Iterable[str]) -> bool:
    """Whether the newest step hung a row on another than before: on which is not followed."""
    query = (
        f"SELECT 1 FROM ({history.CHANGES} WHERE revision = (SELECT max(n) FROM revision) AND action = 'set' "
        "AND cell IN (SELECT value FROM json_each(?))) LIMIT 1"
    )
    return connection.execute(query, (json.dumps(sorted(columns)),)).fetchone() is not None
