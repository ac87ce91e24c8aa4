"""Reads one indicator in the force and in all areas: its judged series, areas without results, populations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, literal_column, select
from sqlmodel import SQLModel

from spp_desktop.figures.areas.table import AreaTable, Basis, Population, area_table
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.results import Area, AreaPopulation, Result
from spp_desktop.store import judged, measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow


@dataclass(frozen=True)
class ByArea:
    """An indicator in the force and in the areas.

    Attributes:
        indicator: The indicator.
        force: The indicator judged for the force.
        areas: The indicator judged for each area that has results of it, in the plan's order.
        kinds: The titles of the plan's areas by key, by kind of area; kinds and areas are in the plan's order.
        populations: Populations by key of area, "" for the force.
    """

    indicator: IndicatorRow
    force: Judged
    areas: tuple[Judged, ...]
    kinds: Mapping[str, Mapping[str, str]]
    populations: Mapping[str, Population]

    def kinds_with_results(self) -> list[str]:
        """The kinds of areas of which one has results, in the plan's order."""
        keys = {judged_area.series.area_key for judged_area in self.areas}
        return [kind for kind, titles in self.kinds.items() if keys & titles.keys()]

    def table(self, basis: Basis, kind: str = "") -> AreaTable:
        """The areas of a kind, side by side and ranked; if it has no results, of the first kind that has."""
        kinds = self.kinds_with_results()
        titles = self.kinds[kind] if kind in kinds else self.kinds[kinds[0]] if kinds else {}
        areas = [judged_area for judged_area in self.areas if judged_area.series.area_key in titles]
        measured_keys = {judged_area.series.area_key for judged_area in areas}
        without = [title for key, title in titles.items() if key not in measured_keys]
        people = {key: size for key, size in self.populations.items() if not key or key in titles}
        return area_table(self.force, areas, basis, people, without)


def by_area(connection: Connection, as_at: date, indicator: str) -> ByArea | None:
    """An indicator judged on a day in the force and in each area; ``None`` if the plan has no such indicator."""
    rows = queries.indicators(connection, indicator)
    if not rows:
        return None
    force, *areas = judged.judged(connection, as_at, judged.Scope(indicator, None))
    kinds: dict[str, dict[str, str]] = {}
    for area in queries.register(connection, Area):
        kinds.setdefault(area.kind, {})[area.id] = area.title
    return ByArea(rows[0], force, tuple(areas), kinds, populations(connection, rows[0].rated_by, force.year))


def populations(connection: Connection, counted: str, year: int) -> dict[str, Population]:
    """Populations by key of area ("" for the force).

    Each is that of the financial year or, failing that, of the latest year before it: the figures of a year are often
    rated by the population known when it began.

    Args:
        connection: The plan.
        counted: What the population counts: people or households.
        year: The financial year, by its first calendar year.
    """
    table = SQLModel.metadata.tables[str(AreaPopulation.__tablename__)]
    query = (
        select(table.c.area_id, table.c.year, table.c.number)
        .where(table.c.counted == counted, table.c.year <= year)
        .order_by(table.c.year)
    )
    return {
        row.area_id or measured.FORCE: Population(row.number, row.year, counted) for row in connection.execute(query)
    }


def measured_in_areas(connection: Connection) -> set[str]:
    """The keys of indicators that have results of an area; each takes one look into the index."""
    result, indicator = (SQLModel.metadata.tables[name] for name in (str(Result.__tablename__), "indicator"))
    area = func.ifnull(result.c.area_id, literal_column("''"))
    has_results = select(1).where(result.c.indicator_id == indicator.c.id, area > literal_column("''")).exists()
    return set(connection.execute(select(indicator.c.id).where(has_results)).scalars())
