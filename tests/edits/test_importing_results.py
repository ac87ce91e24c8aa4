"""Extracts taken in: what is counted comes in, as one step, by the rules of every other way; and nothing else does."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import Session

from spp_desktop.edits import extract_names, importing_results, results, rows
from spp_desktop.edits.importing_results import Counts, NamedColumns, Taken
from spp_desktop.edits.incoming import Incoming
from spp_desktop.edits.incoming_parts import FINAL
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.results import Area, Result, check_result
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import extract_reading
from spp_desktop.returns.column_mapping import ColumnMapping, Role
from spp_desktop.returns.mapped import Extract, look_at
from spp_desktop.store import measured, step_size
from spp_desktop.store.changed import Changed
from spp_desktop.store.workspace import Workspace
from tests.depth import depth

LONG = [
    ["OCU", "Month", "Recorded", "Detected"],
    ["Northtown", "Apr-08", "120", "30"],
    ["S1", "Apr-08", "80", "20"],
    ["Force", "Apr-08", "200", "50"],
    ["Northtown", "May-08", "110", "31"],
]
MAPPING = ColumnMapping(
    (("ocu", "area"), ("month", "month"), ("recorded", "denominator"), ("detected", "numerator")), indicator="R1"
)


@pytest.fixture
def keys(workspace: Workspace) -> dict[str, str]:
    """The plan with two areas and a second indicator: the keys of all."""
    return workspace.edit("set up", _set_up, as_kind="built")


def _set_up(session: Session) -> dict[str, str]:
    group = rows.add(session, IndicatorGroup, title="Others")
    found = {
        "S7": rows.add(
            session,
            Indicator,
            ref="S7",
            group_id=group,
            title="Satisfaction",
            polarity="higher",
            population="whole community",
        ),
        "Northtown": rows.add(session, Area, title="Northtown", code="N1", position=1.0),
        "Southtown": rows.add(session, Area, title="Southtown", code="S1", position=2.0),
    }
    found["R1"] = session.connection().exec_driver_sql("SELECT id FROM indicator WHERE ref = 'R1'").scalar_one()
    return found


def _written(path: Path, table: list[list[Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table)
    return path


def _gathered(workspace: Workspace, path: Path, mapping: ColumnMapping | None = None) -> Incoming:
    look = look_at(path)
    reading = extract_reading.proposed(look, workspace.read(extract_names.plan_names))
    reading = reading if mapping is None else replace(reading, mapping=mapping)
    chosen = reading.chosen(workspace.read(extract_names.first_year))
    names = workspace.read(extract_names.keys_by_name, chosen.mapping)
    return importing_results.gather(Extract(path), chosen, names, several_sheets=False)


class _Came:
    """An extract held against the plan."""

    def __init__(self, workspace: Workspace, path: Path, mapping: ColumnMapping | None = None) -> None:
        self.workspace = workspace
        self.incoming = _gathered(workspace, path, mapping)
        self.counts = self.weigh()

    def weigh(self) -> Counts:
        return self.workspace.read(importing_results.weigh, self.incoming)

    def take(self, reason: str = "", progress: Any = None, columns: NamedColumns | None = None) -> Taken:
        more = (reason, progress) if progress else (reason,)
        label = importing_results.label(self.incoming, reason, columns)
        take = importing_results.take
        return self.workspace.edit(label, take, self.incoming, *more, columns=columns, as_kind="import")

    def close(self) -> None:
        self.incoming.close()


@pytest.fixture
def came(workspace: Workspace, keys: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Holds a table against the plan, as a file with separators."""
    made: list[_Came] = []

    def one(table: list[list[Any]], mapping: ColumnMapping | None = MAPPING) -> _Came:
        made.append(_Came(workspace, _written(tmp_path / f"extract{len(made)}.csv", table), mapping))
        return made[-1]

    yield one
    for each in made:
        each.close()


def _content(workspace: Workspace) -> list[str]:
    with closing(sqlite3.connect(workspace.path)) as copy:
        return list(copy.iterdump())


def _held(workspace: Workspace) -> set[tuple[Any, ...]]:
    return {
        (
            r.indicator_key,
            r.area_key,
            r.population,
            r.period_from,
            r.period_to,
            r.value,
            r.numerator,
            r.denominator,
            r.state,
        )
        for r in workspace.read(measured.results)
    }


def test_what_is_counted_comes_in_as_one_step_and_undo_takes_it_back(
    workspace: Workspace, keys: Any, came: Any
) -> None:
    before = _held(workspace)
    one = came(LONG)
    assert (one.counts.new, one.counts.left_out, one.counts.rows) == (4, 0, 4)
    steps = len(workspace.history())
    assert one.take() == Taken(4, 0, 0, 0)
    assert len(workspace.history()) == steps + 1
    assert workspace.history()[0].kind == "import"
    assert workspace.undo_label == "import 4 results from extract0.csv"
    april, may = (date(2008, 4, 1), date(2008, 4, 30)), (date(2008, 5, 1), date(2008, 5, 31))
    r1 = keys["R1"]
    assert _held(workspace) - before == {
        (r1, keys["Northtown"], "", *april, None, 30.0, 120.0, "provisional"),
        (r1, keys["Southtown"], "", *april, None, 20.0, 80.0, "provisional"),
        (r1, None, "", *april, None, 50.0, 200.0, "provisional"),
        (r1, keys["Northtown"], "", *may, None, 31.0, 110.0, "provisional"),
    }
    workspace.undo()
    assert _held(workspace) == before
    workspace.redo()
    assert len(_held(workspace)) == len(before) + 4


def test_the_same_file_again_changes_nothing(workspace: Workspace, came: Any) -> None:
    came(LONG).take()
    steps = len(workspace.history())
    again = came(LONG)
    assert (again.counts.new, again.counts.changed, again.counts.same) == (0, 0, 4)
    assert again.take() == Taken(0, 0, 0, 0)
    assert len(workspace.history()) == steps


def test_provisional_figures_change(workspace: Workspace, came: Any) -> None:
    came(LONG).take()
    again = came([LONG[0], ["Northtown", "Apr-08", "121", "30"], ["Southtown", "Apr-08", "80", "20"]])
    assert (again.counts.changed, again.counts.same) == (1, 1)
    assert again.take() == Taken(0, 1, 0, 0)
    changes = workspace.changes_of(workspace.history()[0])
    assert [(c.action, c.cell, c.before, c.after) for c in changes] == [("set", "denominator", 120.0, 121.0)]


def test_final_figures_change_with_a_reason_only(workspace: Workspace, keys: Any, came: Any) -> None:
    final = ColumnMapping(**{**MAPPING.__dict__, "state": "final"})
    came(LONG, final).take()
    again = came([LONG[0], ["Northtown", "Apr-08", "121", "30"], ["Southtown", "Jun-08", "5", "1"]])
    assert (again.counts.final, again.counts.new) == (1, 1)
    assert again.incoming.places(FINAL) == ["D2"]
    assert again.take() == Taken(1, 0, 0, 0)
    assert workspace.read(measured.restatements) == []
    third = came([LONG[0], ["Northtown", "Apr-08", "121", "30"]])
    assert third.take("Two crimes were recorded late") == Taken(0, 0, 1, 0)
    (told,) = workspace.read(measured.restatements)
    assert (told.before, told.after, told.reason) == ("30 of 120", "30 of 121", "Two crimes were recorded late")
    assert {
        r.state for r in workspace.read(measured.results, keys["R1"], keys["Northtown"]) if r.period_from.month == 4
    } == {"revised"}


def test_it_comes_to_what_typing_it_comes_to(workspace: Workspace, keys: Any, came: Any) -> None:
    """The same figures entered by the grid's verb leave the same results and restatements."""
    came(LONG, ColumnMapping(**{**MAPPING.__dict__, "state": "final"})).take()
    came([LONG[0], ["Northtown", "Apr-08", "121", "30"], ["Southtown", "Jun-08", "5", "1"]]).take("late")
    by_file = _held(workspace), [(r.before, r.after) for r in workspace.read(measured.restatements)]
    workspace.undo()
    workspace.undo()
    areas = {"Northtown": keys["Northtown"], "S1": keys["Southtown"], "Force": None, "Southtown": keys["Southtown"]}
    months = {"Apr-08": (4, 30), "May-08": (5, 31), "Jun-08": (6, 30)}

    def entry(row: list[str], **more: str) -> dict[str, Any]:
        month, last = months[row[1]]
        place = {"indicator_id": keys["R1"], "area_id": areas[row[0]], "population": ""}
        days = {"period_from": date(2008, month, 1), "period_to": date(2008, month, last)}
        return {**place, **days, "numerator": row[3], "denominator": row[2], **more}

    workspace.edit("type", results.enter, [entry(row, state="final") for row in LONG[1:]])
    later = [
        entry(row, state="provisional")
        for row in (["Northtown", "Apr-08", "121", "30"], ["Southtown", "Jun-08", "5", "1"])
    ]
    workspace.edit("type again", results.enter, later, "late")
    assert by_file == (_held(workspace), [(r.before, r.after) for r in workspace.read(measured.restatements)])


def test_unknown_areas_are_listed_and_may_be_added(workspace: Workspace, came: Any) -> None:
    one = came([*LONG, ["Westville", "Apr-08", "7", "1"], ["westville ", "May-08", "8", "2"]])
    assert (one.counts.new, one.counts.unknown) == (4, 2)
    assert [(u.name, u.rows, u.place) for u in one.incoming.unknown("area")] == [("Westville", 2, "D6")]
    one.incoming.add_areas(wanted=True)
    assert importing_results.counts(one.incoming).new == 6
    assert one.take() == Taken(6, 0, 0, 1)
    assert (
        workspace.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM area WHERE title = 'Westville'").scalar()) == 1
    )
    workspace.undo()
    assert (
        workspace.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM area WHERE title = 'Westville'").scalar()) == 0
    )


def test_unknown_indicators_are_listed(came: Any) -> None:
    table = [
        ["Indicator", "OCU", "Month", "Result"],
        ["R1", "Force", "Apr-08", "5"],
        ["Robbery", "Force", "Apr-08", "6"],
    ]
    one = came(table, None)
    assert (one.counts.new, one.counts.unknown) == (1, 1)
    assert [(u.name, u.rows) for u in one.incoming.unknown("indicator")] == [("Robbery", 1)]


def test_two_rows_for_one_result_are_left_out_and_named(came: Any) -> None:
    one = came([*LONG, ["N1", "April 2008", "99", "3"], ["Southtown", "2008-04", "80", "20"]])
    assert (one.counts.new, one.counts.twice, one.counts.repeated) == (3, 2, 1)
    assert one.incoming.twins() == ["D2 and D6"]
    assert one.take().added == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Northtown", "Apr-08", "12x", "3"], "C2: “12x” is not a number"),
        (["Northtown", "Apr", "12", "3"], "B2: “Apr” is not a month"),
        (["", "Apr-08", "12", "3"], "A2: There is a figure, but no area."),
        (["Northtown", "", "12", "3"], "B2: There is a figure, but no month."),
        (["Northtown", "Apr-08", "12", ""], "D2: Only half of the result"),
        (["Northtown", "Apr-08", "0", "0"], "C2: What it is counted of must be above 0."),
        (["Northtown", "Apr-80", "5", "1"], "B2: 01/04/2080 to 30/04/2080 is far from the years"),
        (["Northtown", "Apr-08", "1e999", "3"], "C2: “1e999” is too large"),
        (["Northtown", "Apr-08", "nan", "3"], "C2: “nan” is not a number"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_cell(came: Any, row: list[str], said: str) -> None:
    one = came([LONG[0], row, LONG[2]])
    assert (one.counts.new, one.counts.unread) == (1, 1)
    assert one.incoming.tally.named[0].startswith(said)


def test_rows_without_figures_are_counted(came: Any) -> None:
    one = came([*LONG, ["Northtown", "Jun-08", "", ""], ["Source: illustrative", "", "", ""]])
    assert (one.counts.new, one.counts.empty, one.counts.rows) == (4, 2, 6)


def test_months_across(workspace: Workspace, keys: Any, came: Any) -> None:
    table = [
        ["Illustrative figures"],
        ["OCU", "Apr-08", "May-08", "Total 2008"],
        ["Northtown", "1,200", "soon", "3"],
        ["S1", "", "7%", "4"],
    ]
    one = came(table, ColumnMapping((("ocu", "area"),), across="month", indicator="S7"))
    assert (one.counts.new, one.counts.unread) == (2, 1)
    assert one.incoming.tally.named[0].startswith("C3: “soon” is not a number")
    one.take()
    found = {(r.area_key, r.period_from.month, r.value) for r in workspace.read(measured.results, keys["S7"])}
    assert found == {(keys["Northtown"], 4, 1200.0), (keys["Southtown"], 5, 7.0)}


def test_the_indicators_own_population_needs_no_name(workspace: Workspace, keys: Any, came: Any) -> None:
    table = [
        ["Population", "Quarter", "Result", "Answers"],
        ["Whole community", "Q1 2008-09", "81.5", "400"],
        ["BME", "Q1 2008-09", "78", "120"],
    ]
    one = came(
        table,
        ColumnMapping(
            (("population", "population"), ("quarter", "quarter"), ("result", "value"), ("answers", "sample_size")),
            indicator="S7",
            area="Force",
        ),
    )
    one.take()
    found = {(r.population, r.value, r.sample_size, r.period_to) for r in workspace.read(measured.results, keys["S7"])}
    assert found == {("", 81.5, 400.0, date(2008, 6, 30)), ("BME", 78.0, 120.0, date(2008, 6, 30))}


def test_of_very_many_rows_listeners_hear_that_anything_may_have_changed(
    workspace: Workspace, came: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Changed] = []
    workspace.listen(heard.append)
    one = came(LONG)
    monkeypatch.setattr(step_size, "MOST_TOLD", 3)
    one.take()
    workspace.undo()
    workspace.edit("add", rows.add, Area, title="Westville")
    assert [bool(changed.rows) for changed in heard] == [False, False, True]


def test_a_population_has_a_name_that_can_be_kept(came: Any) -> None:
    table = [["Population", "Month", "Result"], ["x" * 101, "Apr-08", "5"], ["x" * 100, "Apr-08", "5"]]
    roles: tuple[tuple[str, Role], ...] = (("population", "population"), ("month", "month"), ("result", "value"))
    mapping = ColumnMapping(roles, indicator="S7", area="Force")
    one = came(table, mapping)
    assert (one.counts.new, one.counts.unread) == (1, 1)
    assert "is too long for the name of a population" in one.incoming.tally.named[0]


def test_a_workbook_comes_in_like_text(workspace: Workspace, keys: Any, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in (
        ["OCU", "Month", "Result"],
        ["Northtown", date(2008, 4, 1), 0.25],
        ["Southtown", date(2008, 4, 30), "#N/A"],
        ["Force", date(2008, 5, 1), 12],
    ):
        sheet.append(row)
    sheet["C2"].number_format = "0%"
    book.create_sheet("Notes").append(["nothing"])
    book.save(tmp_path / "x.xlsx")
    one = _Came(
        workspace,
        tmp_path / "x.xlsx",
        ColumnMapping((("ocu", "area"), ("month", "month"), ("result", "value")), indicator="S7"),
    )
    try:
        assert (one.counts.new, one.counts.unread) == (2, 1)
        assert "#N/A" in one.incoming.tally.named[0]
        one.take()
    finally:
        one.close()
    assert {r.value for r in workspace.read(measured.results, keys["S7"])} == {25.0, 12.0}


def test_what_is_stopped_leaves_the_plan_as_it_was(workspace: Workspace, came: Any) -> None:
    one = came([*LONG, ["Westville", "Apr-08", "7", "1"]])
    one.incoming.add_areas(wanted=True)
    before = _content(workspace)

    class Stop(Exception):
        pass

    def progress(_what: str, done: int, _total: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        one.take(progress=progress)
    assert _content(workspace) == before
    assert one.take() == Taken(5, 0, 0, 1), "what was stopped can be begun again"


def test_what_was_counted_before_the_plan_changed_is_refused(workspace: Workspace, keys: Any, came: Any) -> None:
    one = came(LONG)
    workspace.edit("retitle", rows.change, Area, keys["Northtown"], title="North town")
    before = _content(workspace)
    with pytest.raises(RuleBroken, match="changed since"):
        one.take()
    assert _content(workspace) == before
    assert one.weigh().new == 4
    assert one.take().added == 4


def test_an_area_that_cannot_be_added_is_refused_in_a_sentence(workspace: Workspace, came: Any) -> None:
    one = came([LONG[0], ["W" * 101, "Apr-08", "7", "1"]])
    one.incoming.add_areas(wanted=True)
    before = _content(workspace)
    with pytest.raises(RuleBroken, match="100 characters"):
        one.take()
    assert _content(workspace) == before


def test_mappings_are_kept_by_name(workspace: Workspace) -> None:
    workspace.edit("keep", importing_results.keep_mapping, "Extract", MAPPING)
    other = ColumnMapping((("ocu", "area"),), across="month", indicator="R1")
    workspace.edit("keep", importing_results.keep_mapping, "Wide", other)
    workspace.edit("keep", importing_results.keep_mapping, "Extract", other)
    assert workspace.read(importing_results.mappings) == {"Extract": other, "Wide": other}
    workspace.edit("forget", importing_results.remove_mapping, "Wide")
    assert list(workspace.read(importing_results.mappings)) == ["Extract"]


def test_the_columns_are_kept_in_the_step_that_brings_the_results_in(workspace: Workspace, came: Any) -> None:
    steps, before = len(workspace.history()), _held(workspace)
    assert came(LONG).take(columns=NamedColumns("Extract", MAPPING)).added == 4
    assert len(workspace.history()) == steps + 1
    assert workspace.undo_label == "import 4 results from extract0.csv"
    assert list(workspace.read(importing_results.mappings)) == ["Extract"]
    workspace.undo()
    assert (_held(workspace), workspace.read(importing_results.mappings)) == (before, {})
    workspace.redo()
    assert list(workspace.read(importing_results.mappings)) == ["Extract"]
    assert len(_held(workspace)) == len(before) + 4


def test_columns_that_bring_nothing_new_in_are_kept_all_the_same(workspace: Workspace, came: Any) -> None:
    came(LONG).take()
    assert came(LONG).take(columns=NamedColumns("Extract", MAPPING)) == Taken(0, 0, 0, 0)
    assert workspace.undo_label == "keep the columns of “Extract”"
    assert list(workspace.read(importing_results.mappings)) == ["Extract"]


def test_a_name_that_cannot_be_kept_keeps_the_results_out(workspace: Workspace, came: Any) -> None:
    before, steps = _held(workspace), len(workspace.history())
    with pytest.raises(RuleBroken):
        came(LONG).take(columns=NamedColumns("W" * 500, MAPPING))
    assert (_held(workspace), len(workspace.history())) == (before, steps)


FIGURE = st.one_of(
    st.just(""), st.integers(-5, 5000).map(str), st.floats(0, 1e6).map(lambda x: f"{x:.3f}"), st.just("x")
)
ROW = st.tuples(
    st.sampled_from(["Northtown", "S1", "force", "", "Nowhere"]),
    st.sampled_from(["Apr-08", "2008-05", "June 2008", "2008-09", "Q1", ""]),
    FIGURE,
    FIGURE,
)


@settings(max_examples=depth(12, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.lists(ROW, max_size=12))
def test_every_row_is_counted_once_and_what_comes_in_keeps_the_rules(
    workspace: Workspace, keys: Any, tmp_path: Path, table: list[tuple[str, ...]]
) -> None:
    one = _Came(workspace, _written(tmp_path / "any.csv", [LONG[0], *map(list, table)]), MAPPING)
    try:
        found = one.counts
        assert (
            sum((found.new, found.changed, found.same, found.final, found.repeated, found.left_out, found.empty))
            == found.rows
        )
        before = len(workspace.read(measured.results))
        taken = one.take()
        assert (taken.added, taken.changed) == (found.new, found.changed)
        after = workspace.read(measured.results)
        assert len(after) == before + taken.added
        for result in after:
            values = {
                name: getattr(result, name)
                for name in (
                    "value",
                    "numerator",
                    "denominator",
                    "sample_size",
                    "design_effect",
                    "state",
                    "period_from",
                    "period_to",
                    "population",
                )
            }
            check_result(check(Result, values))
        if taken.added or taken.changed:
            workspace.undo()
    finally:
        one.close()
