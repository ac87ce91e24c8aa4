"""What other programs keep of a return, and what comes back from them; docs/other-programs.md says it in words."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import receiving
from spp_desktop.returns.catalogue import every_return, return_named
from spp_desktop.returns.intake import take
from spp_desktop.store.workspace import Workspace
from tests.returns import other_programs
from tests.returns.filled_in import beside_answers, check_beside_answers, check_found, issue, sent_and_filled_in
from tests.returns.other_programs import EXCELJS, GNUMERIC, LIBREOFFICE, OPENPYXL, SHEETJS, OtherProgram

pytestmark = pytest.mark.usefixtures("read_here")

DOCUMENT = Path(__file__).parents[2] / "docs" / "other-programs.md"

CHANGED: Mapping[str, Mapping[str, Any]] = {
    LIBREOFFICE.name: {"hidden sheet": "hidden", "frozen": None, "corners of texts like numbers": "marked"},
    GNUMERIC.name: {
        "hidden sheet": "visible",
        "repeated on each page": None,
        "corners of texts like numbers": "marked",
    },
    OPENPYXL.name: {"corners of texts like numbers": "marked", "rows": "fixed"},
    EXCELJS.name: {
        "document property": False,
        "words where a reason is missing": ["[object Object]"],
        "corners of texts like numbers": "marked",
        "rows": "fixed",
    },
    SHEETJS.name: {
        "rules": [],
        "words where a reason is missing": [],
        "stripes where a reason is missing": 0,
        "protected": False,
        "open cells": [],
        "frozen": None,
        "fits the page": False,
        "rows": "fixed",
    },
}
"""What each program changes of what a return has, when it opens and saves it."""

PROGRAMS = (LIBREOFFICE, GNUMERIC, OPENPYXL, EXCELJS, SHEETJS)


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.name)
def program(request: pytest.FixtureRequest) -> OtherProgram:
    chosen: OtherProgram = request.param
    if not chosen.installed():
        pytest.skip(f"{chosen.name} is not installed")
    return chosen


def _saved(program: OtherProgram, paths: list[Path], folder: Path, form: str = "xlsx") -> list[Path]:
    folder.mkdir()
    return program.saves(paths, folder, form)


def _status(workspace: Workspace, path: Path) -> Path:
    definition = return_named("status")
    assert definition is not None
    issue(workspace, definition, path)
    return path


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_what_it_keeps_of_a_return(program: OtherProgram, at_work: Workspace, tmp_path: Path) -> None:
    if program.installed() != program.version:
        pytest.skip(f"docs/other-programs.md speaks of {program.name} {program.version}")
    path = _status(at_work, tmp_path / "return.xlsx")
    (saved,) = _saved(program, [path], tmp_path / "saved")
    ours, theirs = other_programs.kept(path), other_programs.kept(saved)
    if program is EXCELJS:  # it writes each rule twice, once more from row 10 on
        theirs["rules"] = [rule for rule in theirs["rules"] if not re.match(r"[A-Z]10:", rule[0])]
    assert theirs == {**ours, **CHANGED[program.name]}


def test_what_comes_back_from_it_says_what_was_typed(program: OtherProgram, at_work: Workspace, tmp_path: Path) -> None:
    if program in (LIBREOFFICE, GNUMERIC):
        pytest.skip("test_libreoffice.py and test_gnumeric.py try it in each form")
    paths = sent_and_filled_in(at_work, tmp_path)
    for path, saved in zip(paths, _saved(program, paths, tmp_path / "saved"), strict=True):
        check_found(at_work, path, saved, **({"unit": "A & <crimes>"} if program is SHEETJS else {}))


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_what_stands_beside_the_answers_comes_back_from_it(
    form: str, program: OtherProgram, at_work: Workspace, tmp_path: Path
) -> None:
    if program not in (LIBREOFFICE, GNUMERIC):
        pytest.skip("it is no program in which a person fills in a return")
    path = _status(at_work, tmp_path / "return.xlsx")
    beside_answers(path)
    (saved,) = _saved(program, [path], tmp_path / "saved", form)
    check_beside_answers(receiving.review(at_work, saved))


def test_sheetjs_gives_back_an_open_document_as_it_was(at_work: Workspace, tmp_path: Path) -> None:
    if not SHEETJS.installed():
        pytest.skip("SheetJS is not installed")
    path = _status(at_work, tmp_path / "return.xlsx")
    (saved,) = _saved(SHEETJS, [path], tmp_path / "saved", "ods")
    assert receiving.review(at_work, saved).summary == "No changes."


def test_calamine_reads_every_cell_as_it_was_written(at_work: Workspace, tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    for definition in every_return():
        if definition.form != "workbook":
            continue
        path = tmp_path / f"{definition.id}.xlsx"
        issue(at_work, definition, path)
        book = calamine.CalamineWorkbook.from_path(path)
        ours = {sheet.title: sheet.rows for sheet in take(path).sheets}
        for sheet in load_workbook(path).worksheets:
            theirs = book.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            for row, cells in ours.get(sheet.title, {}).items():
                for place, cell in cells.items():
                    value = theirs[row - 1][place - 1]
                    assert cell.value == (value.isoformat() if cell.kind == "date" else value)
        assert book.sheet_names[-1] == "_meta"


def test_the_page_tells_of_each_program_and_version() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for each in PROGRAMS:
        assert f"{each.name} {each.version}" in text
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text))
    assert len(named) > 10
    for file, test in named:
        assert f"def {test}(" in (DOCUMENT.parents[1] / file).read_text(encoding="utf-8")
