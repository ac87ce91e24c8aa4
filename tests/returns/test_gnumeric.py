"""Gnumeric really opens and saves a return: what comes back differs in what was edited, and in nothing else."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from spp_desktop.edits import receiving
from spp_desktop.returns.catalogue import return_named
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night
from tests.returns.filled_in import TRIED, check_found, fill_in, issue, rules_tried, sent_and_filled_in, sent_with_texts

pytestmark = [
    pytest.mark.skipif(shutil.which("ssconvert") is None, reason="Gnumeric is not installed"),
    pytest.mark.usefixtures("read_here"),
]

FORMS = ("xlsx", pytest.param("ods", marks=by_night))


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


def _saved(path: Path, form: str) -> Path:
    """A workbook as Gnumeric saves it in a form."""
    saved = path.with_name(f"{path.stem} saved.{form}")
    subprocess.run(["ssconvert", str(path), str(saved)], check=True, capture_output=True, timeout=120)
    return saved


@pytest.mark.parametrize("form", FORMS)
def test_exactly_what_was_edited_is_found(form: str, at_work: Workspace, tmp_path: Path) -> None:
    for path in sent_and_filled_in(at_work, tmp_path):
        check_found(at_work, path, _saved(path, form))


@pytest.mark.parametrize("form", FORMS)
def test_the_words_that_ask_for_a_reason_are_no_part_of_the_answer(
    form: str, at_work: Workspace, tmp_path: Path
) -> None:
    definition, path = return_named("status"), tmp_path / "return.xlsx"
    assert definition is not None
    issue(at_work, definition, path)
    fill_in(path, {("Activities", "Status", "1.01"): "Off track"})
    (asked,) = receiving.review(at_work, _saved(path, form)).differences
    assert (asked.ref, asked.field, asked.returned_text) == ("1.01", "status", "Off track")


@pytest.mark.parametrize("form", FORMS)
def test_texts_like_formulas_stay_what_they_were(form: str, workspace: Workspace, tmp_path: Path) -> None:
    paths = sent_with_texts(workspace, tmp_path)
    assert [receiving.review(workspace, _saved(path, form)).differences for path in paths] == [()] * len(paths)


def test_what_is_typed_is_asked_about_only_where_it_is_no_answer(at_work: Workspace, tmp_path: Path) -> None:
    definition, path = return_named("status"), tmp_path / "return.xlsx"
    assert definition is not None
    issue(at_work, definition, path)
    rules_tried(path, tmp_path / "tried.xlsx")
    rows = _saved(tmp_path / "tried.xlsx", "csv").read_text(encoding="utf-8").splitlines()
    assert [row.endswith("TRUE") for row in rows] == [taken for _, _, taken in TRIED]
