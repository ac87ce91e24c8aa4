"""What the plan calls things, for an extract that names them: its indicators, its areas, its force."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from spp_desktop.edits.result_checks import MeasuredAs
from spp_desktop.figures.scale import scale_of
from spp_desktop.plan.identity import Plan, years_kept
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area
from spp_desktop.returns.column_mapping import ColumnMapping
from spp_desktop.returns.whole_table import PlanNames
from spp_desktop.store import queries
from spp_desktop.store.measured import FORCE

THE_FORCE = "Force"
"""What the force as a whole can always be called, as an area that all rows are of."""


@dataclass(frozen=True)
class KeysByName:
    """The keys of the plan's indicators and areas by each name, folded; "" is the key of the force.

    Args:
        indicators: Keys by reference, by title, and by what stands for one in the file.
        areas: Keys by title, by code, by what the force is called, and by what stands for one in the file.
        populations: Each indicator's own population, which needs no name, by key.
        indicator: The key of the one indicator that all rows are of; "" where rows say it.
        population: Whose results they are where no row says it.
        area: The key of the one area that all rows are of, the force's too; ``None`` where rows say it.
        measured: How results of each indicator are made, by key.
        today: The day at which the plan stands.
        lacks: What the mapping names and the plan no longer has, as a sentence; "" if nothing.
    """

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    populations: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""
    population: str = ""
    area: str | None = None
    measured: Mapping[str, MeasuredAs] = field(default_factory=dict)
    today: date = date.max
    lacks: str = ""


def keys_by_name(connection: Connection, mapping: ColumnMapping) -> KeysByName:
    """What the plan calls its indicators and areas for a mapping of a file, as far as a name is that of one thing."""
    indicators, areas = queries.register(connection, Indicator), queries.register(connection, Area)
    by_ref = {fold(row.ref): row.id for row in indicators}
    by_indicator = {**_single((row.title, row.id) for row in indicators), **by_ref}
    by_area = {
        **_force(connection, mapping),
        **_single((row.code, row.id) for row in areas),
        **{fold(row.title): row.id for row in areas},
    }
    alone = "" if mapping.has("indicator", "of indicator") else mapping.indicator
    whole = None if mapping.has("area", "of area") else mapping.area
    lacks = (
        [f"There is no indicator {alone} in this plan. Choose another."] if alone and fold(alone) not in by_ref else []
    )
    lacks += (
        [f"There is no area “{whole}” in this plan. Choose another."] if whole and fold(whole) not in by_area else []
    )
    for text, meant in mapping.means:
        for known, names in ((by_ref, by_indicator), (by_area, by_area)):
            if fold(meant) in known:
                names[fold(text)] = known[fold(meant)]
                break
        else:
            lacks.append(f"“{text}” is to mean {meant}, which is no indicator or area of this plan.")
    return KeysByName(
        by_indicator,
        by_area,
        {row.id: row.population for row in indicators},
        by_ref.get(fold(alone), ""),
        mapping.population,
        None if whole is None else by_area.get(fold(whole), FORCE),
        {row.id: MeasuredAs(row.measure, row.unit, scale_of(row.measure, row.grades)) for row in indicators},
        queries.plan(connection).today(),
        next(iter(lacks), ""),
    )


def plan_names(connection: Connection) -> PlanNames:
    """What the plan calls its areas, indicators and force, to know them in a table before it is read."""
    indicators, areas = queries.register(connection, Indicator), queries.register(connection, Area)
    force: Plan = queries.plan(connection)
    return PlanNames(
        {fold(name): row.title for row in areas for name in (row.code, row.title) if name},
        {fold(name): row.ref for row in indicators for name in (row.title, row.ref)},
        force.force,
    )


def first_year(connection: Connection) -> int:
    """The first year of those that the file keeps, from which periods may not be far away."""
    return years_kept(queries.plan(connection))[0]


def _force(connection: Connection, mapping: ColumnMapping) -> dict[str, str]:
    """What the force as a whole is called: in the file, and in the plan."""
    plan: Plan = queries.plan(connection)
    return {fold(name): FORCE for name in (THE_FORCE, mapping.force, plan.force) if name.strip()}


def _single(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys by folded names, without those that are names of several or no name at all."""
    listed = [(fold(name), key) for name, key in named]
    several = Counter(name for name, _ in listed)
    return {name: key for name, key in listed if name and several[name] == 1}
