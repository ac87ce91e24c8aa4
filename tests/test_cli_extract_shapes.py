"""``spp import-results`` says all that the window lets choose: each shape of table comes in by its options alone."""

import csv
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import results
from spp_desktop.plan.performance import Indicator
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.depth import NIGHTLY
from tests.extracts.shapes import FOLDER, SHAPES, Shape, in_words, set_up

pytestmark = pytest.mark.usefixtures("read_here")

CHOICES: Mapping[tuple[str, str | None], tuple[str, ...]] = {
    ("where", "area"): ("--column", "Where=area"),
    ("month", "year"): ("--column", "Month=year"),
    ("2005", "across"): ("--across", "calendar year"),
    ("2008-m12", None): ("--column", "2008-M12=unused"),
}
"""How the command line says what is chosen above a column."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shapes") / "plan.plan"
    with Workspace.create(path, "Plan", 2008) as workspace:
        workspace.edit("set up", set_up)
    return path


@pytest.fixture
def plan(made: Path, plan_path: Path) -> Path:
    return shutil.copyfile(made, plan_path)


def held(plan: Path, state: str = "provisional") -> set[str]:
    with Workspace.open(plan, read_only=True) as workspace:
        return in_words(workspace, state)


def written(folder: Path, *table: list[str]) -> Path:
    path = folder / "extract.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table)
    return path


def options(shape: Shape) -> list[str]:
    words = ["--guess"]
    for choice in shape.columns.items():
        words += CHOICES[choice]
    words += ["--indicator", shape.indicator] if shape.indicator else []
    words += ["--sum"] if shape.chosen.get("sums") else []
    words += ["--state", shape.chosen["state"]] if "state" in shape.chosen else []
    return words + (["--add-areas"] if shape.add_areas else [])


def each_way_once() -> tuple[Shape, ...]:
    """A shape for each way in which the command is called and answers; by night all of them.

    That each shape is read as it is meant is held by ``tests/edits/test_extract_shapes.py``.
    """
    ways = {(shape.asks, *options(shape), bool(shape.unused)): shape for shape in SHAPES}
    return SHAPES if NIGHTLY else tuple(ways.values())


@pytest.mark.parametrize("shape", each_way_once(), ids=lambda shape: shape.file)
def test_a_table_comes_in_by_what_is_said_of_it(plan: Path, shape: Shape) -> None:
    file = FOLDER / shape.file
    if shape.asks:
        bare = Shape(shape.file, indicator=shape.indicator)
        refused = spp("import-results", plan, file, *options(bare), "--apply")
        assert refused.status == REFUSED
        assert shape.asks in refused.err
        assert held(plan) == set()
    said = spp("import-results", plan, file, *options(shape), "--mapping", "Kept", "--apply")
    assert said.status in (DONE, ASK), said.err
    assert held(plan, shape.chosen.get("state", "provisional")) == shape.words
    for heading in shape.unused:
        assert heading in said.out
    again = spp("import-results", plan, file, "--mapping", "Kept", "--json")
    assert again.data["counts"]["new"] == again.data["counts"]["changed"] == 0
    assert again.data["counts"]["same"] == len(shape.words)


OF_FORCE, FORCE = "--column Place=unused --area Force", "Force April 2008 12"
TITLED = (["Crimes of April to June 2008"], ["Place", "Kind", "How many"], ["Northtown", "Burglary", "12"])


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("--column Place=area --period 'Q1 2008-09' --indicator PI06", "Northtown Q1 2008-2009 12"),
        ("--column Place=unused --area Southtown --period 2007/08 --indicator PI06", "Southtown 2007-2008 12"),
        (f"{OF_FORCE} --period Apr-08 --indicator PI07", "PI07 Force April 2008 12"),
        ("--column Place=area --column Kind=indicator --period Apr-08", "Northtown April 2008 12"),
        (f"{OF_FORCE} --period Apr-08 --indicator PI06 --times 1000", "Force April 2008 12000"),
        (
            "--column Place=unused --area Force --period Apr-08 --indicator PI06 --state final",
            "Force April 2008 12 final",
        ),
        (
            "--column Place=unused --area Force --period Apr-08 --indicator PI06 --population adults",
            "Force April 2008 12",
        ),
        (
            "--column Place=area --means Northtown=Southtown --period Apr-08 --indicator PI06",
            "Southtown April 2008 12",
        ),
        ("--column Place=area --only Kind=Burglary --period Apr-08 --indicator PI06", "Northtown April 2008 12"),
        (
            "--column Kind=area --force Burglary --column Place=unused --period Apr-08 --indicator PI06",
            "Force April 2008 12",
        ),
    ],
)
def test_each_option_says_what_the_window_lets_choose(plan: Path, tmp_path: Path, words: str, came: str) -> None:
    chosen = ("--headings", "2", *shlex.split(words), "--column", "How many=value")
    said = spp("import-results", plan, written(tmp_path, *TITLED), *chosen, "--apply")
    assert said.status == DONE, said.err
    assert held(plan) == {came}


def test_rows_are_chosen_added_up_and_blanks_filled_by_options(plan: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        ["Place", "When", "Part", "How many"],
        ["Northtown", "Apr-08", "a", "1"],
        ["", "", "b", "2"],
        ["", "", "c", "4"],
        ["", "May-08", "a", "8"],
    )
    words = ("--column", "Place=area", "--column", "When=month", "--column", "How many=value", "--indicator", "PI06")
    chosen = ("--only", "Part=a", "--only", "Part=b", "--sum", "--blanks-as-above", "--mapping", "Parts")
    assert spp("import-results", plan, file, *words, *chosen, "--apply").status == DONE
    assert held(plan) == {"Northtown April 2008 3", "Northtown May 2008 8"}
    again = spp("import-results", plan, file, "--json")
    assert (again.data["mapping"], again.data["counts"]["same"]) == ("Parts", 2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--across", "decade"], "“decade” is nothing that stands across"),
        (["--only", "Kind"], "“Kind” lacks a part: write it as HEADING=TEXT."),
        (["--only", "Nothing=x"], "“Nothing=x” names no column."),
        (["--state", "done", "--guess"], "“done” is no state of figures: write provisional or final."),
        (["--headings", "9"], "has nothing in row 9 among its first rows"),
        (["--guess", "--indicator", "PI06"], ""),
        (["--headings", "2", "--guess", "--indicator", "PI06", "--area", "Nowhere", "--period", "Apr-08"], "Nowhere"),
        (["--headings", "2", "--guess", "--indicator", "PI99", "--period", "Apr-08", "--area", "Force"], "PI99"),
        (["--headings", "2", "--guess", "--indicator", "PI06", "--period", "2008-09", "--area", "Force"], "2008/09"),
    ],
)
def test_what_names_nothing_is_refused_with_a_sentence(
    plan: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    table = [["Crimes"], ["Where from", "Kind", "How many"], ["A place", "Burglary", "12"]]
    said = spp("import-results", plan, written(tmp_path, *table), *words, "--apply")
    assert said.status == REFUSED, said.out
    assert sentence in said.err
    assert held(plan) == set()


def test_what_is_unlikely_is_told_and_comes_in_where_it_is_meant(plan: Path, tmp_path: Path) -> None:
    months = [["Area", "Month", "Count"], *(["Force", f"{month}-08", "20000"] for month in ("Apr", "May", "Jun"))]
    file = written(tmp_path, *months, ["Force", "Jul-08", "100"], ["Force", "Aug-08", "-5"], ["Force", "Sep-08", "3.7"])
    said = spp("import-results", plan, file, "--guess", "--indicator", "PI06", "--apply")
    assert said.status == ASK
    assert "It is far from what it was before (20,000 recorded crimes). Is it meant?" in said.out
    assert "is below 0, which recorded crimes cannot be" in said.out
    assert "3.7 is no whole number, and recorded crimes are counted whole" in said.out
    expected = {f"Force {month} 2008 20000" for month in ("April", "May", "June")}
    assert held(plan) == expected
    meant = spp("import-results", plan, file, "--guess", "--indicator", "PI06", "--unlikely", "--apply")
    assert meant.status == ASK
    assert held(plan) == expected | {"Force July 2008 100"}


def test_a_sheet_is_read_where_it_is_named(plan: Path) -> None:
    words = ("--guess", "--indicator", "PI06", "--apply")
    file = FOLDER / "superseded_and_hidden_sheets.xlsx"
    assert spp("import-results", plan, file, "--sheet", "Working", *words).status == DONE
    assert held(plan) == {"Northtown April 2008 5", "Southtown April 2008 6"}
    assert spp("import-results", plan, file, *words).status == DONE
    assert held(plan) == {"Northtown April 2008 120", "Southtown April 2008 80"}


def test_a_final_figure_stays_without_a_reason(plan: Path, tmp_path: Path) -> None:
    with Workspace.open(plan) as workspace:
        workspace.edit("enter", _enter)
    file = written(tmp_path, ["Area", "Month", "Count"], ["Force", "Apr-08", "210"])
    words = ("--guess", "--indicator", "PI06", "--apply")
    assert spp("import-results", plan, file, *words).status == ASK
    assert held(plan, "final") == {"Force April 2008 200"}
    assert spp("import-results", plan, file, *words, "--reason", "Late records").status == DONE
    assert held(plan, "revised") == {"Force April 2008 210"}


def _enter(session: Session) -> None:
    key = next(row.id for row in queries.register(session.connection(), Indicator) if row.ref == "PI06")
    april = {"indicator_id": key, "period_from": "01/04/2008", "period_to": "30/04/2008"}
    results.enter(session, [{**april, "value": 200, "state": "final"}])
