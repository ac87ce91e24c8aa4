"""Final figures that go with what is removed: an area, an indicator or a group of them. Each leaves a restatement."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, or_
from sqlmodel import SQLModel

from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, Restatement, Result, written
from spp_desktop.plan.revising import SETTLED, restates
from spp_desktop.plan.rows import Row, check, new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.store import dependents, locks, measured

_PLACE = ("indicator_id", "area_id", "population", "period_from", "period_to")
_FIGURE = Word("final figure", "final figures")


class LostFinal(NamedTuple):
    """A final figure that would go: whose it is, over which period, and as it is written. ``area`` is "" for the force.

    ``columns`` say where it is, as a restatement names it.
    """

    ref: str
    title: str
    area: str
    period_from: date
    period_to: date
    figure: str
    columns: Mapping[str, Any]


def lost_finals(connection: Connection, model: type[Row], keys: Collection[str]) -> list[LostFinal]:
    """The final figures that would go with rows of a table, by indicator, area and period."""
    going = dependents.going_with(connection, model, *keys)
    lost = _lost(connection, going)
    indicators, areas = (_named(connection, kind) for kind in (Indicator, Area))
    percent = measured.percentages(connection, {row["indicator_id"] for row in lost})
    finals = []
    for row in lost:
        ref, title = indicators[row["indicator_id"]]
        area = areas[row["area_id"]][0] if row["area_id"] else ""
        figure = written(row, percent=row["indicator_id"] in percent)
        place = {name: row[name] for name in _PLACE}
        finals.append(LostFinal(ref, title, area, row["period_from"], row["period_to"], figure, place))
    return finals


def leave_restatements(connection: Connection, model: type[Row], keys: Collection[str], reason: str) -> None:
    """Leave a restatement of each final figure that goes with rows; call it before they are removed.

    Restatements that are there already take the names of what goes, and stay.

    Raises:
        RuleBroken: if a final figure goes and there is no reason.
    """
    going = dependents.going_with(connection, model, *keys)
    if not (going.get(_name(Indicator)) or going.get(_name(Area))):
        return
    lost = lost_finals(connection, model, keys)
    if lost and not reason.strip():
        goes = f"{_FIGURE.counted(len(lost))} {'goes' if len(lost) == 1 else 'go'}"
        raise RuleBroken("reason", f"{goes} with this, and a final figure only goes for a reason. Say why.")
    if lost:
        why = check(Restatement, {"reason": reason, "author": locks.author(), "made_on": date.today()})
        made = [{"id": new_key(), **final.columns, "before": final.figure, "after": "", **why} for final in lost]
        connection.execute(_table(Restatement).insert(), made)
    _name_restatements(connection, going)


def _lost(connection: Connection, going: Mapping[str, Collection[str]]) -> list[dict[str, Any]]:
    """The rows of the results that go and had been given out."""
    table = _table(Result)
    whose = [
        table.c[column].in_(keys)
        for kind, column in ((Indicator, "indicator_id"), (Area, "area_id"))
        if (keys := going.get(_name(kind)))
    ]
    if not whose:
        return []
    query = measured.in_order(table.select().where(or_(*whose), table.c.state.in_(SETTLED)))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in rows if restates(row, None)]


def _name_restatements(connection: Connection, going: Mapping[str, Collection[str]]) -> None:
    """Write into restatements what the indicators and areas that go are called."""
    table = _table(Restatement)
    for kind, column, names in (
        (Indicator, "indicator_id", ("ref_was", "title_was")),
        (Area, "area_id", ("area_was",)),
    ):
        known = _named(connection, kind)
        cells = [
            {"gone": key, **dict(zip(names, known[key], strict=True))} for key in going.get(_name(kind), ())
        ]  # fmt: skip
        if cells:
            statement = table.update().where(table.c[column] == bindparam("gone"))
            connection.execute(statement.values({name: bindparam(name) for name in names}), cells)


def _named(connection: Connection, kind: type[Row]) -> dict[str, tuple[str, ...]]:
    """What rows are called, by key."""
    table = _table(kind)
    query = table.select().with_only_columns(table.c.id, *(table.c[name] for name in kind.called_by))
    return {row[0]: tuple(row[1:]) for row in connection.execute(query)}


def _name(kind: type[Row]) -> str:
    return str(kind.__tablename__)


def _table(kind: type[Row]) -> Table:
    return SQLModel.metadata.tables[_name(kind)]
