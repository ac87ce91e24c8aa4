"""The plan's tables as they are published: all that a person sees of each, in columns that programs can rely on."""

from datetime import date
from pathlib import Path

import pytest

from spp_desktop.edits import performance, results
from spp_desktop.edits.publishing import registers as published_registers
from spp_desktop.edits.publishing import tables
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.returns.publication import writing
from spp_desktop.returns.publication.publication import LICENCES, Publication, PublishedTable, PublishedValue
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace
from tests.conftest import sample

TODAY = date(2008, 11, 3)


@pytest.fixture(scope="module")
def at_work(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, dict[str, int]]:
    """Everything of the worked sample, and how many rows of each kind it has."""
    path = sample(samples, "worked", tmp_path_factory.mktemp("worked"))
    with Workspace.open(path, read_only=True) as workspace:
        names = [each.name for each in workspace.read(tables.publishable)]
        counts = {**workspace.read(queries.counts), "result": len(workspace.read(measured.results))}
        return workspace.read(tables.read_publication, names, TODAY, LICENCES[0], " Planning "), counts


def table_of(publication: Publication, name: str) -> PublishedTable:
    return next(table for table in publication.tables if table.name == name)


def row_of(table: PublishedTable, **key: PublishedValue) -> dict[str, PublishedValue]:
    rows = [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]
    (found,) = [row for row in rows if key.items() <= row.items()]
    return found


def test_what_holds_something_can_be_published_and_lists_are_not_ticked(workspace: Workspace) -> None:
    known = workspace.read(tables.publishable)
    assert [each.name for each in known if each.usual] == ["delivery-plan", "performance-plan"]
    assert {"post", "status", "level"} <= {each.name for each in known if not each.usual}
    assert all(each.count for each in known)


def test_every_register_that_holds_something_is_there(at_work: tuple[Publication, dict[str, int]]) -> None:
    publication, counts = at_work
    names = {table.name for table in publication.tables}
    assert names == {
        "delivery_plan", "milestones", "performance_plan", "indicators", "targets", "results",
        "what_the_law_asks", "national_priorities", *(register.name for register in REGISTERS if counts[register.name]),
    }  # fmt: skip
    for table in publication.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert len({column.whole_heading.casefold() for column in table.columns}) == len(table.columns)
        assert "marking" not in [column.name for column in table.columns] or table.name == "marking"
        keys = [tuple(row[table.place(name)] for name in table.key) for row in table.rows]
        assert len(set(keys)) == len(keys), table.name
        assert all(part not in (None, "") for key in keys for part in key), table.name
        assert table.title.endswith(": Strategic Policing Plan 2008-2011, West Midlands Police")


def test_a_column_holds_one_type(at_work: tuple[Publication, dict[str, int]]) -> None:
    types = {"string": (str, tuple), "number": (int, float), "integer": (int,), "boolean": (bool,), "date": (date,)}
    for table in at_work[0].tables:
        for place, column in enumerate(table.columns):
            values = [row[place] for row in table.rows if row[place] is not None]
            assert all(isinstance(value, types[column.datatype]) for value in values), (table.name, column.name)
            assert column.datatype == "boolean" or not any(isinstance(value, bool) for value in values)


def test_what_names_another_table_finds_it(at_work: tuple[Publication, dict[str, int]]) -> None:
    links = [(table, link) for table in at_work[0].tables for link in table.links]
    assert {(table.name, link.table) for table, link in links} >= {
        ("milestones", "delivery_plan"), ("targets", "indicators"), ("results", "indicators"),
        ("strength", "workforce_group"),
    }  # fmt: skip
    for table, link in links:
        other = table_of(at_work[0], link.table)
        there = {tuple(row[other.place(name)] for name in link.there) for row in other.rows}
        assert {tuple(row[table.place(name)] for name in link.columns) for row in table.rows} <= there


def test_activities_milestones_and_targets_say_what_the_plan_says(at_work: tuple[Publication, dict[str, int]]) -> None:
    publication, counts = at_work
    activities = table_of(publication, "delivery_plan")
    assert len(activities.rows) == counts["activity"]
    first = row_of(activities, year="2008-2009", reference="1.02")
    assert (first["status"], first["percent_complete"], first["due"]) == ("Deferred", 15, date(2009, 3, 10))
    assert first["owners"] == ("ACC Crime",)
    assert first["stands_under"] is None, "it stands straight under its priority"
    assert len(table_of(publication, "milestones").rows) == counts["milestone"]
    target = row_of(table_of(publication, "targets"), reference="PI01", period="over the plan")
    assert (target["target"], target["value"], target["kind"]) == ("11%", 11, "% change over the plan")
    plan = row_of(table_of(publication, "performance_plan"), reference="PI01")
    assert [plan[f"target_{year}"] for year in (2008, 2009, 2010)] == ["4%", "4%", "4%"]
    assert plan["target_over_plan"] == "11%"


def test_results_have_their_state_in_a_column_of_its_own(at_work: tuple[Publication, dict[str, int]]) -> None:
    publication, counts = at_work
    results = table_of(publication, "results")
    assert len(results.rows) == counts["result"]
    row = row_of(results, reference="PI04", area="West Midlands Police", population="All", period="May 2006")
    assert (row["counted"], row["counted_of"], row["result"], row["unit"]) == (108, 251, 43.03, "%")
    assert row["state"] == "Final"
    assert {value[results.place("state")] for value in results.rows} == {"Final", "Provisional"}
    violence = next(at for at, row in enumerate(results.rows) if row[0] == "PI01")
    assert results.notes[violence, 1] == (
        "Defined or counted in another way from 1 April 2008: The counting rules for grievous bodily harm were "
        "clarified in April 2008. What came before cannot be compared with what came after.",
    )


def test_registers_have_units_years_and_what_is_worked_out(at_work: tuple[Publication, dict[str, int]]) -> None:
    gains = table_of(at_work[0], "efficiency_gain")
    columns = {column.name: column for column in gains.columns}
    assert columns["planned_2008"].whole_heading == "2008-2009: planned (£)"
    assert columns["planned_sum"].whole_heading == "Planned, all years (£)"
    row = row_of(gains, ref="E1")
    assert (row["planned_2008"], row["planned_sum"], row["group"]) == (4_200_000, 13_200_000, "Territorial policing")
    items = table_of(at_work[0], "framework_item")
    assert {row[items.place("verified")] for row in items.rows} <= {"Verified", "Unverified"}
    risk = row_of(table_of(at_work[0], "risk"), ref="R1")
    assert str(risk["score"]).split()[0].isdecimal(), "the words of a score come along"


def test_what_was_said_and_what_the_law_asks_name_the_rows_they_are_linked_to(
    at_work: tuple[Publication, dict[str, int]],
) -> None:
    row = row_of(table_of(at_work[0], "consultation_finding"), text="Burglary and robbery worry us most.")
    assert (row["number"], row["answer"]) == (611, "changed")
    assert row["bears_on"] == "P2 To protect our communities from serious acquisitive crime"
    row = row_of(table_of(at_work[0], "what_the_law_asks"), reference="PP6")
    assert (row["answered"], row["where"], row["evidence"]) == (True, "Findings of inspections", "Read in its source")


def test_a_table_without_a_key_of_its_own_numbers_its_rows() -> None:
    assert published_registers.key_of(register_of("strength")) == ("group_id", "counted_on", "counted_in")
    assert published_registers.key_of(register_of("risk")) == ("ref",)
    assert published_registers.key_of(register_of("post_holder")) == ()


def test_a_grade_has_its_name(workspace: Workspace) -> None:
    (indicator,) = workspace.read(queries.indicators)
    workspace.edit("g", performance.set_indicator, indicator.key, measure="grade", grades="Good; Poor")
    month = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}
    workspace.edit("r", results.enter, [{"indicator_id": indicator.key, "area_id": None, "value": 2.0, **month}])
    published = workspace.read(tables.read_publication, ["results"], TODAY, LICENCES[0], "")
    row = row_of(published.tables[0], reference="R1")
    assert (row["grade"], row["result"], row["area"], row["period"]) == ("Good", 2, "The whole area", "April 2008")


def test_all_of_a_plan_keeps_every_rule(at_work: tuple[Publication, dict[str, int]], tmp_path: Path) -> None:
    usual = Publication(**{**vars(at_work[0]), "tables": tuple(t for t in at_work[0].tables if t.name != "results")})
    done = writing.write(usual, tmp_path, ("xlsx", "ods", "csv"))
    assert [(name, answer.rule.number, answer.where) for name, answer in done.failures()] == []
    csvw = pytest.importorskip("csvw", reason="the validator of CSVW is not installed")
    assert csvw.CSVW(str(done.files[-1]), validate=True).is_valid
