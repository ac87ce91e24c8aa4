"""``spp import-results``: what would come in is said, and comes in with --apply alone."""

import csv
import hashlib
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import importing_results, rows
from spp_desktop.plan.results import Area
from spp_desktop.returns.column_mapping import ColumnMapping
from spp_desktop.store import measured
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp

pytestmark = pytest.mark.usefixtures("read_here")

NAME = "Corporate performance extract"
MAPPING = ColumnMapping((("ocu", "area"), ("month", "month"), ("recorded", "value")), indicator="R1", state="final")
HEADINGS = ["Analyst", "Month", "OCU", "Recorded"]
GOOD = [["AJ", "Apr-08", "Northtown", "120"], ["AJ", "Apr-08", "Force", "200"]]


@pytest.fixture
def plan(workspace: Workspace, plan_path: Path) -> Path:
    workspace.edit("set up", _set_up, as_kind="built")
    workspace.close()
    return plan_path


def _set_up(session: Session) -> None:
    rows.add(session, Area, title="Northtown")
    importing_results.keep_mapping(session, NAME, MAPPING)


def extract(folder: Path, *table: list[str], headings: list[str] = HEADINGS) -> Path:
    path = folder / "extract.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *table])
    return path


def checksum(plan: Path) -> str:
    return hashlib.sha256(plan.read_bytes()).hexdigest()


def held(plan: Path) -> set[tuple[str | None, float | None]]:
    with Workspace.open(plan, read_only=True) as workspace:
        return {(row.area_key and "area", row.value) for row in workspace.read(measured.results)}


def test_without_apply_it_only_says_what_would_come_in(plan: Path, tmp_path: Path) -> None:
    before = checksum(plan)
    said = spp("import-results", plan, extract(tmp_path, *GOOD), "--mapping", NAME)
    assert said.status == DONE, said.err
    assert "New results: 2" in said.out
    assert said.out.endswith("Nothing was changed.\n")
    assert checksum(plan) == before


def test_with_apply_it_comes_in_as_one_step(plan: Path, tmp_path: Path) -> None:
    said = spp("import-results", plan, extract(tmp_path, *GOOD), "--apply")
    assert said.status == DONE, said.err
    assert "Took in 2 results from extract.csv (2 new)." in said.out
    assert held(plan) >= {("area", 120.0), (None, 200.0)}
    with Workspace.open(plan) as workspace:
        assert workspace.undo_label == "import 2 results from extract.csv"
    again = spp("import-results", plan, extract(tmp_path, *GOOD), "--apply", "--json")
    assert again.data["counts"]["same"] == 2


def test_what_is_left_out_is_named_and_ends_with_1(plan: Path, tmp_path: Path) -> None:
    file = extract(tmp_path, *GOOD, ["AJ", "Apr-08", "Westville", "7"], ["AJ", "May-08", "Force", "x"])
    said = spp("import-results", plan, file)
    assert said.status == ASK
    assert "Left out: area “Westville” is not in the plan: 1 (first in D4)" in said.out
    assert "D5: “x” is not a number" in said.out
    added = spp("import-results", plan, file, "--apply", "--add-areas")
    assert added.status == ASK
    assert "1 area added; 1 row left out" in added.out


def test_final_figures_change_with_a_reason_only(plan: Path, tmp_path: Path) -> None:
    assert spp("import-results", plan, extract(tmp_path, *GOOD), "--apply").status == DONE
    other = extract(tmp_path, ["AJ", "Apr-08", "Force", "201"])
    assert spp("import-results", plan, other, "--apply").status == ASK
    assert (None, 200.0) in held(plan)
    said = spp("import-results", plan, other, "--apply", "--reason", "One was recorded late")
    assert said.status == DONE
    assert (None, 201.0) in held(plan)
    with Workspace.open(plan, read_only=True) as workspace:
        assert [row.reason for row in workspace.read(measured.restatements)] == ["One was recorded late"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--mapping", "Other"], f"No columns are kept under the name “Other”. Those that are kept: {NAME}."),
        (["--sheet", "Data"], "has no sheet “Data”"),
    ],
)
def test_what_is_not_there_is_refused(plan: Path, tmp_path: Path, words: list[str], said: str) -> None:
    before = checksum(plan)
    found = spp("import-results", plan, extract(tmp_path, *GOOD), *words, "--apply")
    assert found.status == REFUSED
    assert said in found.err
    assert checksum(plan) == before


def test_other_headings_are_refused(plan: Path, tmp_path: Path) -> None:
    found = spp("import-results", plan, extract(tmp_path, ["1", "2"], headings=["A", "B"]), "--mapping", NAME)
    assert found.status == REFUSED
    assert f"does not have the columns of “{NAME}”" in found.err


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"PK\x03\x04 cut off", b"\0\1\2"])
def test_a_file_that_is_none_leaves_the_plan_as_it_was(plan: Path, tmp_path: Path, content: bytes) -> None:
    before = checksum(plan)
    path = tmp_path / "extract.xls"
    path.write_bytes(content)
    found = spp("import-results", plan, path, "--apply")
    assert found.status == REFUSED
    assert found.err.strip()
    assert "Traceback" not in found.err
    assert checksum(plan) == before


def test_columns_are_said_once_and_kept_under_a_name(plan: Path, tmp_path: Path) -> None:
    first = extract(tmp_path, ["R1", "Apr-08", "Northtown", "120"], headings=["KPI", "When", "Where", "How many"])
    told = (
        "--column",
        "KPI=indicator",
        "--column",
        "when=month",
        "--column",
        "Where=area",
        "--column",
        "How many=value",
    )
    before = checksum(plan)
    said = spp("import-results", plan, first, *told, "--mapping", "Another extract")
    assert (said.status, checksum(plan)) == (DONE, before), said.err
    assert "kpi = Indicator; when = Month; where = Area; how many = Result" in said.out
    assert spp("import-results", plan, first, *told, "--mapping", "Another extract", "--apply").status == DONE
    following = extract(tmp_path, ["9", "Northtown", "R1", "May-08"], headings=["How many", "Where", "KPI", "When"])
    again = spp("import-results", plan, following, "--apply")
    assert again.status == DONE, again.err
    assert "columns as in “Another extract”" in again.out
    assert held(plan) >= {("area", 120.0), ("area", 9.0)}


def test_headings_are_gone_by_where_that_is_asked_for(plan: Path, tmp_path: Path) -> None:
    wide = extract(tmp_path, ["Northtown", "7", "8"], headings=["OCU", "Apr-08", "May-08"])
    said = spp("import-results", plan, wide, "--guess", "--indicator", "R1", "--apply")
    assert said.status == DONE, said.err
    assert "ocu = Area; months across" in said.out
    assert held(plan) >= {("area", 7.0), ("area", 8.0)}
    with Workspace.open(plan, read_only=True) as workspace:
        assert list(workspace.read(importing_results.mappings)) == [NAME]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            ("--column", "Nobody=value"),
            "“Nobody=value” names no column and what it holds. Headings: Analyst, Month, OCU",
        ),
        (("--column", "Recorded=figure"), "“Recorded=figure” names no column and what it holds."),
        (("--column", "Recorded=value"), "extract.csv: Choose the indicator that all rows are of"),
        (("--guess", "--sheet", "May"), "extract.csv has no sheet “May” with rows."),
    ],
)
def test_columns_that_say_too_little_are_refused(
    plan: Path, tmp_path: Path, told: tuple[str, ...], sentence: str
) -> None:
    before = checksum(plan)
    said = spp("import-results", plan, extract(tmp_path, *GOOD), *told, "--apply")
    assert (said.status, checksum(plan)) == (REFUSED, before)
    assert said.err.startswith(sentence)
