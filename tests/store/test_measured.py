"""The reads of results: only the rows asked for, found by an index however many results a plan has."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event

from spp_desktop.edits import results, rows
from spp_desktop.plan.results import Area
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace

APRIL, MAY = (date(2008, 4, 1), date(2008, 4, 30)), (date(2008, 5, 1), date(2008, 5, 31))
FIRST_QUARTER = (date(2008, 4, 1), date(2008, 6, 30))
READS: tuple[Callable[[Connection, str], Any], ...] = (
    lambda connection, key: measured.results(connection, key, ""),
    lambda connection, key: measured.results_of_periods(connection, [APRIL], [key], ""),
    lambda connection, key: measured.results_of_periods(connection, [APRIL], [key], None),
    lambda connection, key: measured.populations(connection, [key], ""),
    lambda connection, key: measured.results_at(connection, [(key, "", "", *APRIL)]),
    lambda connection, key: measured.restatements(connection, key, ""),
    measured.keys_about,
)


@pytest.mark.parametrize("read", READS)
def test_a_read_looks_through_no_other_results(workspace: Workspace, read: Callable[[Connection, str], Any]) -> None:
    def plans(connection: Connection) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            asked.append((statement, values))

        event.listen(connection, "before_cursor_execute", note)
        read(connection, "x")
        event.remove(connection, "before_cursor_execute", note)
        return [
            str(row[3])
            for statement, values in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    steps = workspace.read(plans)
    assert steps
    assert not [step for step in steps if step.startswith(("SCAN result", "SCAN restatement", "SCAN r "))]


def test_results_of_periods_and_populations(workspace: Workspace) -> None:
    (indicator,) = workspace.read(queries.indicators)
    area = workspace.edit("add an area", rows.add, Area, title="East")
    entries = [
        {"indicator_id": indicator.key, "area_id": place, "population": who, "value": n, **_days(days)}
        for n, (place, who, days) in enumerate(
            [(None, "", APRIL), (None, "", MAY), (area, "", APRIL), (None, "BME", APRIL), (None, "", FIRST_QUARTER)]
        )
    ]
    workspace.edit("enter", results.enter, entries)

    def values(*args: Any) -> list[float | None]:
        return [row.value for row in workspace.read(measured.results_of_periods, *args)]

    assert values([APRIL], [indicator.key], "") == [0, 3]
    assert values([APRIL], [indicator.key], None) == [0, 3, 2]
    assert values([APRIL, MAY], [indicator.key], area) == [2]
    assert values([FIRST_QUARTER], [indicator.key], "") == [4]
    assert workspace.read(measured.populations, [indicator.key], "") == {indicator.key: ["", "BME"]}
    assert workspace.read(measured.populations, [indicator.key], area) == {indicator.key: [""]}


def test_what_is_about_an_indicator_leaves_the_results_of_areas_out(workspace: Workspace) -> None:
    (indicator,) = workspace.read(queries.indicators)
    area = workspace.edit("add an area", rows.add, Area, title="East")
    entries = [
        {"indicator_id": indicator.key, "area_id": place, "value": 1.0, **_days(APRIL)} for place in (None, area)
    ]
    workspace.edit("enter", results.enter, entries)
    (force,) = workspace.read(measured.results, indicator.key, "")
    assert workspace.read(measured.keys_about, indicator.key) == {
        indicator.key,
        force.key,
        *(target.key for target in indicator.targets.values()),
    }


def _days(days: tuple[date, date]) -> dict[str, date]:
    return {"period_from": days[0], "period_to": days[1]}
