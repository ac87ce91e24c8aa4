"""LibreOffice really opens and saves a return: what comes back differs in what was edited, and in nothing else."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import delivery, issuing, receiving
from spp_desktop.returns.catalogue import every_return, return_named
from spp_desktop.returns.definition import Return
from spp_desktop.returns.placement import HEADER_ROW
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

Save = Callable[[list[Path], str], list[Path]]
FORMS = ("xlsx", pytest.param("ods", marks=by_night))
SECONDS = 500

Edits = dict[tuple[str, str, str], Any]
"""What is typed, by the sheet, the column's heading and the row's reference."""

EDITS: dict[str, Edits] = {
    "status": {
        ("Activities", "Status", "1.03"): "Complete",
        ("Activities", "What was done", "1.05"): "=not a formula; Naïve “quotes”\nand a second line",
        ("Milestones", "Actual date", "1.07"): date(2009, 1, 20),
    },
    "monthly-results": {
        ("Counts and levels", "Result", "PI01"): 236,
        ("Percentages and rates", "Counted of", "PI04"): 1234.5,
        ("Surveys", "State", "PI10"): "not available",
    },
    "delivery-plan": {
        ("Delivery plan", "% complete", "1.03"): 0.35,
        ("Delivery plan", "Due", "1.05"): date(2009, 2, 28),
        ("Delivery plan", "Reason", "1.07"): "@cmd edited",
    },
    "performance-plan": {
        ("Performance plan", "2008-2009", "PI01"): 0.045,
        ("Performance plan", "Unit", "PI02"): "_x0041_ & <crimes>",
        ("Performance plan", "Local priority", "PI03"): "No",
    },
}
FOUND = {
    "status": {
        "status": "Complete",
        "done": "=not a formula; Naïve “quotes”\nand a second line",
        "done_on": "20/01/2009",
    },
    "monthly-results": {"value": "236", "denominator": "1,234.5", "state": "not available"},
    "delivery-plan": {"percent": "35%", "due": "28/02/2009", "reason": "@cmd edited"},
    "performance-plan": {"target:2008": "4.5%", "unit": "_x0041_ & <crimes>", "local_priority": "No"},
}


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LibreOffice's own folder, so that tests can run beside each other, and beside a person's LibreOffice."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def save(profile: Path, tmp_path: Path) -> Save:
    """Open files in LibreOffice and save them in a form; it takes longer to start than to save."""

    def saved(paths: list[Path], form: str) -> list[Path]:
        folder = tmp_path / f"saved as {form}"
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", form, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return [folder / f"{path.stem}.{form}" for path in paths]

    return saved


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


def _issue(workspace: Workspace, definition: Return, path: Path) -> None:
    owner, quarter = ("ACC Crime", "Q2") if definition.span == "quarter" else ("", "")
    year = 2008 if definition.yearly else None
    issuing.issue(workspace, definition, path, owner=owner, year=year, period=quarter)


def _edit(path: Path, edits: Edits) -> None:
    book = load_workbook(path)
    for (title, heading, ref), value in edits.items():
        sheet = book[title]
        places = {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[HEADER_ROW]}
        row = next(cell.row for cell in sheet[places["Ref"]] if cell.value == ref)
        cell = sheet[f"{places[heading]}{row}"]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)


@pytest.mark.parametrize("form", FORMS)
def test_exactly_what_was_edited_is_found(form: str, at_work: Workspace, save: Save, tmp_path: Path) -> None:
    paths = []
    for definition in every_return():
        for edits in ({}, EDITS[definition.id]):
            paths.append(tmp_path / f"{definition.id} {len(edits)}.xlsx")
            _issue(at_work, definition, paths[-1])
            _edit(paths[-1], edits)
    for path, saved in zip(paths, save(paths, form), strict=True):
        name, edited = path.stem.split()
        review = receiving.review(at_work, saved)
        assert review.left_empty == ()
        if edited == "0":
            assert (review.summary, review.differences) == ("No changes.", ())
            continue
        assert {one.field: one.returned_text for one in review.differences} == FOUND[name]
        assert sorted(one.ref for one in review.differences) == sorted(ref for _, _, ref in EDITS[name])
        assert {one.kind for one in review.differences} == {"change"}


@pytest.mark.parametrize("form", FORMS)
def test_texts_like_formulas_stay_what_they_were(form: str, workspace: Workspace, save: Save, tmp_path: Path) -> None:
    texts = ("=1+1", "-2", "+44 20", "@cmd", "'quoted", "007", "1.10", "1e5", "31/03/2009", "_x0041_", "TRUE", "35%")
    rows = workspace.read(queries.activities)
    definition = return_named("delivery-plan")
    assert definition is not None
    paths = []
    for place in range(0, len(texts), len(rows)):
        said = zip(rows, texts[place:], strict=False)
        workspace.edit("say why", delivery.set_cells, [(row.key, "reason", text) for row, text in said])
        paths.append(tmp_path / f"{place}.xlsx")
        _issue(workspace, definition, paths[-1])
    assert [receiving.review(workspace, saved).differences for saved in save(paths, form)] == [()] * len(paths)


def test_what_makes_it_pleasant_survives(at_work: Workspace, save: Save, tmp_path: Path) -> None:
    definition = return_named("status")
    assert definition is not None
    path = tmp_path / "return.xlsx"
    _issue(at_work, definition, path)
    (saved,) = save([path], "xlsx")
    before, after = load_workbook(path), load_workbook(saved)
    for title in ("Activities", "Milestones"):
        one, other = before[title], after[title]
        assert other.print_title_rows == one.print_title_rows
        assert other.column_dimensions["A"].hidden
        assert other.protection.sheet
        assert _asked(other) == _asked(one)
        locked = [
            [[cell.protection.locked for cell in row] for row in sheet.iter_rows(7, 20, 2, 7)] for sheet in (one, other)
        ]
        assert locked[0] == locked[1]
    rules = [rule for ranges in after["Activities"].conditional_formatting for rule in ranges.rules]
    assert ["needs_reason" in rule.formula[0] for rule in rules] == [True, True]
    assert any(rule.dxf.numFmt and "why?" in rule.dxf.numFmt.formatCode for rule in rules)
    assert "needs_reason" in after.defined_names


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_missing_reason_is_asked_for_in_words(at_work: Workspace, save: Save, tmp_path: Path) -> None:
    definition = return_named("status")
    assert definition is not None
    path = tmp_path / "return.xlsx"
    _issue(at_work, definition, path)
    at_risk, off_track = ("Activities", "Status", "1.01"), ("Activities", "Status", "1.03")
    _edit(path, {at_risk: "At risk", off_track: "Off track", ("Activities", "Reason", "1.03"): "Costs"})
    (printed,) = save([path], "pdf")
    said = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "At risk: why?" in said
    assert said.count(": why?") == 1


def _asked(sheet: Any) -> set[tuple[str, str]]:
    """The messages of a sheet's rules, each with where it stands."""
    return {(str(rule.sqref), rule.prompt or rule.error) for rule in sheet.data_validations.dataValidation}
