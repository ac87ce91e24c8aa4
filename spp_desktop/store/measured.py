"""Named reads of results and of their restatements; each gives plain rows."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select, text
from sqlmodel import SQLModel

import spp_desktop.store.content  # noqa: F401 - every kind of row is declared
from spp_desktop.figures.scale import SCALED, Scale, scale_of
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, Restatement, Result
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store.plain import RestatementRow, ResultRow

FORCE = ""
"""The key of the force as a whole, where that of an area could stand."""


def results(connection: Connection, indicator: str | None = None, area: str | None = None) -> list[ResultRow]:
    """Results, by indicator, area, population and period.

    Args:
        connection: The plan.
        indicator: The key of an indicator; ``None`` for all.
        area: The key of an area, "" for the force; ``None`` for the force and all areas.
    """
    query = in_order(select(_RESULT))
    if indicator is not None:
        query = query.where(_RESULT.c.indicator_id == indicator)
    if area is not None:
        query = query.where(area == _AREA)
    return [_row(r) for r in connection.execute(query)]


def results_of_periods(
    connection: Connection, periods: Sequence[tuple[date, date]], indicators: Sequence[str], area: str | None
) -> list[ResultRow]:
    """Results of periods, in the order of their index.

    Args:
        connection: The plan.
        periods: (first day, last day) of each period. A result is given if its first day is that of one of them and its
            last day that of one of them.
        indicators: The keys of the indicators.
        area: The key of an area, "" for the force; ``None`` for the force and all areas.
    """
    c = _RESULT.c
    firsts, lasts = ([period[n] for period in periods] for n in (0, 1))
    query = select(_RESULT).where(c.indicator_id.in_(indicators), c.period_from.in_(firsts), c.period_to.in_(lasts))
    if area is not None:
        query = query.where(area == _AREA)
    return [_row(r) for r in connection.execute(in_order(query))]


def populations(connection: Connection, indicators: Sequence[str], area: str | None) -> dict[str, list[str]]:
    """The populations that each indicator has results of.

    Args:
        connection: The plan.
        indicators: The keys of the indicators.
        area: The key of an area, "" for the force; ``None`` for the force and all areas.

    Returns:
        The populations in alphabetical order, by key of indicator.
    """
    c = _RESULT.c
    query = select(c.indicator_id, c.population).where(c.indicator_id.in_(indicators)).distinct()
    if area is not None:
        query = query.where(area == _AREA)
    by_indicator: dict[str, list[str]] = {}
    for indicator, population in sorted(connection.execute(query)):
        by_indicator.setdefault(indicator, []).append(population)
    return by_indicator


def results_at(connection: Connection, places: Collection[tuple[str, str, str, date, date]]) -> list[dict[str, Any]]:
    """The rows of results at places, in one read; rows around these places are given too.

    Args:
        connection: The plan.
        places: The key of an indicator, the key of an area ("" for the force), a population, and the first and last day
            of a period.
    """
    if not places:
        return []
    c = _RESULT.c
    indicators, areas = {place[0] for place in places}, {place[1] for place in places}
    first, last = min(place[3] for place in places), max(place[4] for place in places)
    query = select(_RESULT).where(
        c.indicator_id.in_(indicators), _AREA.in_(areas), c.period_from >= first, c.period_to <= last
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def keys_about(connection: Connection, indicator: str) -> set[str]:
    """The keys of an indicator and of the rows that are a part of it; only the force's results are among these."""
    keys = {indicator}
    for model in kinds_of_row().values():
        if model.part_of == "indicator_id":
            table = SQLModel.metadata.tables[str(model.__tablename__)]
            query = select(table.c.id).where(table.c.indicator_id == indicator)
            keys |= set(connection.execute(query.where(_AREA == FORCE) if table is _RESULT else query).scalars())
    return keys


def percentages(connection: Connection, indicators: Collection[str] | None = None) -> set[str]:
    """The keys of the indicators whose values are percentages, among those given; without, among all."""
    i = SQLModel.metadata.tables[str(Indicator.__tablename__)]
    share = i.c.measure.in_(("percentage", "survey")) | i.c.unit.startswith("%", autoescape=True)
    query = select(i.c.id).where(share)
    return set(connection.execute(query if indicators is None else query.where(i.c.id.in_(indicators))).scalars())


def scales(connection: Connection) -> dict[str, Scale]:
    """The scales of the indicators whose results are steps of one, by their keys."""
    i = SQLModel.metadata.tables[str(Indicator.__tablename__)]
    query = select(i.c.id, i.c.measure, i.c.grades).where(i.c.measure.in_(sorted(SCALED)))
    known = {row.id: scale_of(row.measure, row.grades) for row in connection.execute(query)}
    return {key: scale for key, scale in known.items() if scale is not None}


def restatements(connection: Connection, indicator: str | None = None, area: str | None = None) -> list[RestatementRow]:
    """Restatements of final figures, the newest first, with those of indicators and areas that were removed.

    Args:
        connection: The plan.
        indicator: The key of an indicator; ``None`` for all.
        area: The key of an area, "" for the force; ``None`` for the force and all areas.
    """
    r, i, a = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (Restatement, Indicator, Area))
    query = (
        select(r, i.c.ref, i.c.title, a.c.title.label("area"))
        .outerjoin(i, i.c.id == r.c.indicator_id)
        .outerjoin(a, a.c.id == r.c.area_id)
        .order_by(r.c.made_on.desc(), text("restatement.rowid DESC"))
    )
    if indicator is not None:
        query = query.where(r.c.indicator_id == indicator)
    if area is not None:
        query = query.where(func.ifnull(r.c.area_id, "") == area, r.c.area_was == "")
    names = ("population", "period_from", "period_to", "before", "after", "made_on", "author", "reason")
    return [
        RestatementRow(
            row.id,
            row.indicator_id,
            row.ref or row.ref_was,
            row.title or row.title_was,
            row.area_id,
            row.area or row.area_was,
            *(getattr(row, name) for name in names),
        )
        for row in connection.execute(query)
    ]


def bare(connection: Connection, indicators: list[str], area: str | None) -> Iterator[tuple[Any, ...]]:
    """Results as the database keeps them, with days as texts, in the order of their index.

    Args:
        connection: The plan.
        indicators: The keys of the indicators.
        area: The key of an area, "" for the force; ``None`` for the force and all areas.

    Yields:
        The key of the indicator, the key of the area ("" for the force), population, first day, last day, value,
        numerator, denominator, sample size, design effect and state.
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
    """A query of results, sorted as their index is: the force before its areas, the oldest first."""
    c = _RESULT.c
    return query.order_by(c.indicator_id, _AREA, c.population, c.period_from, c.period_to)


def _row(r: Row[Any]) -> ResultRow:
    return ResultRow(
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


_RESULT: Any = SQLModel.metadata.tables[str(Result.__tablename__)]
_AREA: Any = func.ifnull(_RESULT.c.area_id, literal_column("''"))
"""The area as the index of results has it, so that the index is used."""
