"""What a rate is counted by: the population of its area and year that the plan's list has, where a result says none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import performance, results, rows
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area, AreaPopulation
from spp_desktop.store.judged import Scope, judged
from spp_desktop.store.rated import NOBODY, PopulationNumbers
from spp_desktop.store.workspace import Workspace

KNOWN = PopulationNumbers({("people", ""): [(2007, 2_000.0), (2009, 3_000.0)], ("households", "a"): [(2008, 40.0)]})


@pytest.mark.parametrize(
    ("counted", "area", "day", "number"),
    [
        ("people", "", date(2007, 3, 31), None),
        ("people", "", date(2007, 4, 1), 2_000),
        ("people", "", date(2009, 3, 31), 2_000),
        ("people", "", date(2009, 4, 1), 3_000),
        ("people", "", date(2030, 4, 1), 3_000),
        ("people", "a", date(2008, 4, 1), None),
        ("households", "", date(2008, 4, 1), None),
        ("households", "a", date(2008, 4, 1), 40),
    ],
)
def test_it_is_that_of_the_year_or_of_the_latest_before(
    counted: str, area: str, day: date, number: float | None
) -> None:
    assert KNOWN.number(counted, area, day) == number
    assert NOBODY.number(counted, area, day) is None


@given(st.sets(st.integers(1995, 2020), min_size=1), st.integers(1990, 2030))
def test_no_later_year_is_ever_taken(years: set[int], asked: int) -> None:
    number = PopulationNumbers({("people", ""): [(year, float(year)) for year in sorted(years)]}).number(
        "people", "", date(asked, 4, 1)
    )
    before = [year for year in years if year <= asked]
    assert number == (max(before) if before else None)


def test_a_rate_is_judged_by_the_populations_of_its_area(workspace: Workspace) -> None:
    keys: dict[str, str] = {}

    def set_up(session: Session) -> None:
        group = performance.add_group(session, "Crime")
        keys["rate"] = performance.add_indicator(
            *(session, group, "Burglary"), polarity="lower", measure="rate", unit="per 1,000 households"
        )
        performance.set_indicator(session, keys["rate"], rated_by="households", per=1000)
        keys["north"] = rows.add(session, Area, title="North")
        for area, number in ((None, 1_000_000), (keys["north"], 100_000)):
            rows.add(session, AreaPopulation, area_id=area, counted="households", year=2008, number=number)
        rows.add(session, AreaPopulation, counted="people", year=2008, number=7)
        april, may = (
            {"indicator_id": keys["rate"], "period_from": first, "period_to": month_end(first)}
            for first in (date(2008, 4, 1), date(2008, 5, 1))
        )
        results.enter(session, [{**april, "numerator": 1200}, {**april, "numerator": 150, "area_id": keys["north"]}])
        results.enter(session, [{**may, "numerator": 1200, "denominator": 500_000}])
        results.enter(session, [{**may, "value": 3, "area_id": keys["north"]}])

    workspace.edit("set up", set_up, as_kind="built")
    found = workspace.read(judged, date(2008, 6, 1), Scope(keys["rate"], None))
    readings = {one.series.area: [(reading.value, reading.of) for reading in one.series.readings] for one in found}
    assert readings == {"": [(1.2, 1_000_000), (2.4, 500_000)], "North": [(1.5, 100_000), (3, None)]}
