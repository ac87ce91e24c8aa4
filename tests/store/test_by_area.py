"""One indicator read in the force and in all areas: what is there, what is not, and how many people there are."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area, AreaPopulation, Result
from spp_desktop.store import by_area, queries
from spp_desktop.store.workspace import Workspace

OCTOBER = date(2008, 10, 31)


def _set_up(session: Session, indicator: str) -> None:
    add = partial(rows.add, session)
    rows.change(session, Indicator, indicator, measure="count")
    keys = {
        title: add(Area, title=title, kind=kind, position=float(n))
        for n, (title, kind) in enumerate((("North", "OCU"), ("Town", "Borough"), ("South", "OCU"), ("East", "OCU")))
    }
    for month in (4, 5):
        first = date(2008, month, 1)
        for area, value in ((None, 30), ("North", 10), ("South", 20), ("Town", 5)):
            add(
                Result,
                indicator_id=indicator,
                area_id=keys.get(area or ""),
                period_from=first,
                period_to=month_end(first),
                value=float(value),
            )
    for area, counted, year, number in (
        ("North", "people", 2006, 900),
        ("North", "people", 2007, 1000),
        ("North", "people", 2009, 5000),
        ("South", "people", 2008, 2000),
        ("South", "households", 2008, 800),
        (None, "people", 2005, 2900),
        ("Town", "people", 2008, 10),
    ):
        add(AreaPopulation, area_id=keys.get(area or ""), counted=counted, year=year, number=float(number))


@pytest.fixture
def indicator(workspace: Workspace) -> str:
    key = workspace.read(queries.indicators)[0].key
    workspace.edit("list areas", _set_up, key)
    return key


def test_the_force_and_the_areas_that_have_results(workspace: Workspace, indicator: str) -> None:
    in_areas = workspace.read(by_area.by_area, OCTOBER, indicator)
    assert in_areas is not None
    assert in_areas.indicator.ref == "R1"
    assert in_areas.force.series.area == ""
    assert [judged.series.area for judged in in_areas.areas] == ["North", "Town", "South"]
    assert in_areas.kinds_with_results() == ["OCU", "Borough"]
    assert workspace.read(by_area.by_area, OCTOBER, "no such indicator") is None


def test_only_areas_of_one_kind_stand_beside_each_other(workspace: Workspace, indicator: str) -> None:
    in_areas = workspace.read(by_area.by_area, OCTOBER, indicator)
    assert in_areas is not None
    units = in_areas.table("figure")
    assert [row.judged.series.area for row in units.rows] == ["North", "South"]
    assert units.without == ("East",)
    assert units.together.figure == units.force.figures.figure == 60
    boroughs = in_areas.table("figure", "Borough")
    assert [row.judged.series.area for row in boroughs.rows] == ["Town"]
    assert boroughs.without == ()
    assert {key for key in boroughs.populations if key} == {row.judged.series.area_key for row in boroughs.rows}


def test_populations_are_the_years_or_the_latest_before_it(workspace: Workspace, indicator: str) -> None:
    areas = {row.title: row.id for row in workspace.read(queries.register, Area)}
    people = workspace.read(by_area.populations, "people", 2008)
    assert people[areas["North"]] == (1000, 2007, "people")
    assert people[areas["South"]] == (2000, 2008, "people")
    assert people[""] == (2900, 2005, "people")
    assert workspace.read(by_area.populations, "households", 2008) == {areas["South"]: (800, 2008, "households")}
    assert workspace.read(by_area.populations, "people", 2004) == {}


def test_only_indicators_with_results_of_areas_are_named(workspace: Workspace) -> None:
    key = workspace.read(queries.indicators)[0].key
    assert workspace.read(by_area.measured_in_areas) == set()
    first = date(2008, 4, 1)
    of_force: dict[str, Any] = {"indicator_id": key, "period_from": first, "period_to": month_end(first), "value": 3.0}
    workspace.edit("enter", rows.add, Result, **of_force)
    assert workspace.read(by_area.measured_in_areas) == set()
    workspace.edit("list areas", rows.add, Area, title="North")
    area = workspace.read(queries.register, Area)[0].id
    workspace.edit("enter", rows.add, Result, **of_force, area_id=area)
    assert workspace.read(by_area.measured_in_areas) == {key}


def test_a_plan_without_areas_has_a_force_alone(workspace: Workspace) -> None:
    key = workspace.read(queries.indicators)[0].key
    in_areas = workspace.read(by_area.by_area, OCTOBER, key)
    assert in_areas is not None
    assert in_areas.areas == ()
    assert in_areas.table("figure").rows == ()
