"""One indicator in the force and in all areas, read together: judged series, areas without any, populations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, literal_column, select
from sqlmodel import SQLModel

from spp_desktop.figures.areas.table import AreaTable, Basis, Population, area_table
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.results import Area, AreaPopulation, Result
from spp_desktop.store import judged, measured, queries
from spp_desktop.store.plain import IndicatorRow


@dataclass(frozen=True)
class ByArea:
    """An indicator as it stands in the force and in the areas.

    Attributes:
        indicator: the indicator.
        force: judged for the force.
        areas: the same of each area that has results of it, in the plan's order.
        kinds: the plan's areas by their kind, as titles by key, each in the plan's order.
        populations: by area's key, "" for the force, how many a figure is of.
    """

    indicator: IndicatorRow
    force: Judged
    areas: tuple[Judged, ...]
    kinds: Mapping[str, Mapping[str, str]]
    populations: Mapping[str, Population]

    def kinds_there(self) -> list[str]:
        """The kinds of areas that have results, in the plan's order: areas of one kind stand beside each other."""
        keys = {one.series.area_key for one in self.areas}
        return [kind for kind, titles in self.kinds.items() if keys & titles.keys()]

    def table(self, basis: Basis, kind: str = "") -> AreaTable:
        """The areas of a kind beside each other; without a kind, of the first that has results."""
        there = self.kinds_there()
        titles = self.kinds[kind] if kind in there else self.kinds[there[0]] if there else {}
        areas = [one for one in self.areas if one.series.area_key in titles]
        known = {one.series.area_key for one in areas}
        without = [title for key, title in titles.items() if key not in known]
        people = {key: one for key, one in self.populations.items() if not key or key in titles}
        return area_table(self.force, areas, basis, people, without)


def by_area(connection: Connection, as_at: date, indicator: str) -> ByArea | None:
    """An indicator in the force and in the areas, judged once; ``None`` where the plan has no such indicator."""
    rows = queries.indicators(connection, indicator)
    if not rows:
        return None
    force, *areas = judged.judged(connection, as_at, judged.Scope(indicator, None))
    kinds: dict[str, dict[str, str]] = {}
    for area in queries.register(connection, Area):
        kinds.setdefault(area.kind, {})[area.id] = area.title
    return ByArea(rows[0], force, tuple(areas), kinds, populations(connection, rows[0].rated_by, force.year))


def populations(connection: Connection, counted: str, year: int) -> dict[str, Population]:
    """How many people or households there are, by area's key ("" for the force).

    Those of the financial year, else of the latest before it: figures of a year are often rated by what was known when
    it began.
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
    """The indicators that have results of any area: by their keys, each found by one look into the index."""
    result, indicator = (SQLModel.metadata.tables[name] for name in (str(Result.__tablename__), "indicator"))
    area = func.ifnull(result.c.area_id, literal_column("''"))
    there = select(1).where(result.c.indicator_id == indicator.c.id, area > literal_column("''")).exists()
    return set(connection.execute(select(indicator.c.id).where(there)).scalars())
