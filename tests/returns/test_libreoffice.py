"""LibreOffice really opens and saves a return: what comes back differs in what was edited, and in nothing else."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import receiving
from spp_desktop.returns.catalogue import return_named
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night
from tests.returns.filled_in import TRIED, check_found, fill_in, issue, rules_tried, sent_and_filled_in, sent_with_texts

pytestmark = [
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.usefixtures("read_here"),
]

Save = Callable[[list[Path], str], list[Path]]
FORMS = ("xlsx", pytest.param("ods", marks=by_night))
SECONDS = 500


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


@pytest.mark.parametrize("form", FORMS)
def test_exactly_what_was_edited_is_found(form: str, at_work: Workspace, save: Save, tmp_path: Path) -> None:
    paths = sent_and_filled_in(at_work, tmp_path)
    for path, saved in zip(paths, save(paths, form), strict=True):
        check_found(at_work, path, saved)


@pytest.mark.parametrize("form", FORMS)
def test_texts_like_formulas_stay_what_they_were(form: str, workspace: Workspace, save: Save, tmp_path: Path) -> None:
    paths = sent_with_texts(workspace, tmp_path)
    assert [receiving.review(workspace, saved).differences for saved in save(paths, form)] == [()] * len(paths)


def test_what_is_typed_is_asked_about_only_where_it_is_no_answer(
    at_work: Workspace, save: Save, tmp_path: Path
) -> None:
    definition, path = return_named("status"), tmp_path / "return.xlsx"
    assert definition is not None
    issue(at_work, definition, path)
    rules_tried(path, tmp_path / "tried.xlsx")
    (saved,) = save([tmp_path / "tried.xlsx"], "csv")
    rows = saved.read_text(encoding="utf-8").splitlines()
    assert [row.endswith("TRUE") for row in rows] == [taken for _, _, taken in TRIED]


def test_what_makes_it_pleasant_survives(at_work: Workspace, save: Save, tmp_path: Path) -> None:
    definition = return_named("status")
    assert definition is not None
    path = tmp_path / "return.xlsx"
    issue(at_work, definition, path)
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
    issue(at_work, definition, path)
    at_risk, off_track = ("Activities", "Status", "1.01"), ("Activities", "Status", "1.03")
    fill_in(path, {at_risk: "At risk", off_track: "Off track", ("Activities", "Reason", "1.03"): "Costs"})
    (printed,) = save([path], "pdf")
    said = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "At risk: why?" in said
    assert said.count(": why?") == 1


def _asked(sheet: Any) -> set[tuple[str, str]]:
    """The messages of a sheet's rules, each with where it stands."""
    return {(str(rule.sqref), rule.prompt or rule.error) for rule in sheet.data_validations.dataValidation}
