"""Named reads of results, and of all that is said about them, each giving plain rows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlmodel import SQLModel

from spp_desktop.plan.results import Result
from spp_desktop.store.plain import ResultRow

FORCE = ""
"""The key by which the force as a whole is asked for, where an area could be."""


def results(connection: Connection, indicator: str | None = None, area: str | None = None) -> list[ResultRow]:
    """Results by indicator, area, population and period: of one indicator or all, of one area, the force or all."""
    query = in_order(select(_RESULT))
    if indicator is not None:
        query = query.where(_RESULT.c.indicator_id == indicator)
    if area is not None:
        query = query.where(area == _AREA)
    return [
        ResultRow(
            r.id,
            r.indicator_id,
            r.area_id,
            r.population,
            r.period_from,
            r.period_to,
            r.value,
            r.numerator,
            r.denominator,
            r.sample_size,
            r.design_effect,
            r.state,
        )
        for r in connection.execute(query)
    ]


def bare(connection: Connection, indicators: list[str], area: str | None) -> Iterator[tuple[Any, ...]]:
    """Results as the database keeps them, days as texts: indicator, area ("" for the force), population, then the rest.

    Of these indicators, by their keys, in the order of the index; of one area, the force (""), or with ``None`` all.
    """
    marks = ", ".join("?" * len(indicators))
    where, values = ("", ()) if area is None else (" AND ifnull(area_id, '') = ?", (area,))
    query = f"""SELECT indicator_id, ifnull(area_id, ''), population, period_from, period_to,
        value, numerator, denominator, sample_size, design_effect, state
        FROM result WHERE indicator_id IN ({marks}){where}
        ORDER BY indicator_id, ifnull(area_id, ''), population, period_from, period_to"""
    cursor: Any = connection.exec_driver_sql(query, (*indicators, *values)).cursor
    yield from cursor


def in_order(query: Select[Any]) -> Select[Any]:
    """A query of results in the order of their index: the force before its areas, the oldest first."""
    c = _RESULT.c
    return query.order_by(c.indicator_id, _AREA, c.population, c.period_from, c.period_to)


_RESULT: Any = SQLModel.metadata.tables[str(Result.__tablename__)]
_AREA: Any = func.ifnull(_RESULT.c.area_id, "")
"""As the index of results has it, so that it serves."""
