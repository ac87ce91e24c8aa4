"""A return goes out and comes back: exactly what was changed in it is found, and only what is accepted is applied."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.edits import delivery, performance, returns
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.returns import Review
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.definition import Return
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import backups, exports, queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace

Change = Callable[[Worksheet], None]
HEADINGS = 6
KEY, REF, TEXT, OWNERS, STATUS, PERCENT, DUE, REASON = "A", "B", "D", "E", "F", "G", "I", "K"


@pytest.fixture
def issued(workspace: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "return.xlsx"
    returns.issue(workspace, DELIVERY_PLAN, path)
    return path


def _fill(path: Path, change: Change) -> None:
    """What a person does to a workbook, done by openpyxl."""
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def _put(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return change


def _found(review: Review) -> list[tuple[str, str, str, object]]:
    return [(one.kind, one.ref, one.field, one.returned) for one in review.differences]


def _activity(workspace: Workspace, ref: str) -> ActivityRow:
    (found,) = [row for row in workspace.read(queries.activities) if row.ref == ref]
    return found


@pytest.mark.parametrize("definition", RETURNS, ids=lambda one: one.id)
@pytest.mark.parametrize("sample", ["published", "worked"])
def test_the_untouched_file_says_no_changes(
    definition: Return, sample: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with Workspace.open(request.getfixturevalue(sample)) as workspace:
        content = returns.issue(workspace, definition, tmp_path / "out.xlsx")
        review = returns.review(workspace, tmp_path / "out.xlsx")
    assert content.rows in (22, 111)
    assert (review.summary, review.differences, review.notices) == ("No changes.", (), ())


def test_three_edits_come_back_as_those_three(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="On track", G8=0.5, K9="=1+1"))
    _fill(issued, lambda sheet: setattr(sheet["K9"], "data_type", "s"))
    review = returns.review(workspace, issued)
    assert _found(review) == [
        ("change", "1.01", "status", "On track"),
        ("change", "1.02", "percent", 50),
        ("change", "2.01", "reason", "=1+1"),
    ]
    assert review.summary == "3 changes."
    assert review.differences[0].sentence == "1.01 Status: On track (was empty)."
    assert review.clean == review.differences
    assert not review.undecided


def test_what_is_accepted_is_one_step_and_the_rest_is_left(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="on track", E7="ACC Security; ACC Crime", I7=date(2009, 3, 31), G8=0.5))
    review = returns.review(workspace, issued)
    before = workspace.revision()
    chosen = [one for one in review.clean if one.ref == "1.01"]
    assert returns.apply(workspace, review, chosen) == 3
    row = _activity(workspace, "1.01")
    assert (row.status, row.owners, row.due) == ("On track", ("ACC Security", "ACC Crime"), date(2009, 3, 31))
    assert _activity(workspace, "1.02").percent is None
    assert workspace.history()[0].kind == "import"
    assert workspace.history()[0].parent == before
    assert any(issued.name in version.reason for version in backups.earlier_versions(workspace.path))
    assert _found(returns.review(workspace, issued)) == [("change", "1.02", "percent", 50)]
    workspace.undo()
    assert _activity(workspace, "1.01").status == ""


def test_taking_in_twice_changes_nothing_the_second_time(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="On track"))
    review = returns.review(workspace, issued)
    returns.apply(workspace, review, review.clean)
    again = returns.review(workspace, issued)
    assert again.differences == ()
    before = workspace.revision()
    assert returns.apply(workspace, again, again.differences) == 0
    assert workspace.revision() == before


def test_what_has_moved_on_since_is_a_conflict(workspace: Workspace, issued: Path) -> None:
    row = _activity(workspace, "1.01")
    workspace.edit("report", delivery.set_cells, [(row.key, "percent", 20), (row.key, "reason", "agreed")])
    _fill(issued, _put(G7=0.5, K7="agreed"))
    review = returns.review(workspace, issued)
    assert _found(review) == [("conflict", "1.01", "percent", 50)]
    assert "the plan now holds 20%" in review.differences[0].sentence
    assert review.clean == ()
    assert returns.apply(workspace, review, review.differences) == 1
    assert _activity(workspace, "1.01").percent == 50


def test_a_change_to_a_locked_cell_is_a_request(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(C7="Local policing"))
    review = returns.review(workspace, issued)
    assert _found(review) == [("request", "1.01", "priority", "Local policing")]
    returns.apply(workspace, review, review.differences)
    assert _activity(workspace, "1.01").priority == "Local policing"


def test_an_emptied_cell_is_no_answer_and_a_word_clears(workspace: Workspace, issued: Path) -> None:
    row = _activity(workspace, "1.01")
    workspace.edit("report", delivery.set_cells, [(row.key, "percent", 20), (row.key, "reason", "why")])
    returns.issue(workspace, DELIVERY_PLAN, issued)
    _fill(issued, _put(G7=None, K7="[clear]", E7="[clear]", D8="[clear]"))
    review = returns.review(workspace, issued)
    assert _found(review) == [
        ("change", "1.01", "owners", None),
        ("change", "1.01", "reason", None),
        ("question", "1.02", "text", None),
    ]
    assert review.summary == "2 changes, 1 question, 1 cell left empty."
    assert [one.field for one in review.left_empty] == ["percent"]
    returns.apply(workspace, review, review.clean)
    row = _activity(workspace, "1.01")
    assert (row.percent, row.reason, row.owners) == (20, "", ())


def test_a_missing_row_is_not_returned_and_a_new_one_is_said(workspace: Workspace, issued: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(8)
        sheet["B20"], sheet["D20"] = "9.99", "Something new"

    _fill(issued, change)
    review = returns.review(workspace, issued)
    assert [(one.kind, one.ref) for one in review.differences] == [("new row", "9.99"), ("not returned", "1.02")]
    assert "Something new" in review.differences[0].sentence
    assert returns.apply(workspace, review, review.differences) == 0


def test_a_row_twice_is_a_question_only_if_the_answers_differ(workspace: Workspace, issued: Path) -> None:
    def copy(sheet: Worksheet) -> None:
        for column in "ABCDEFGHIJK":
            sheet[f"{column}20"] = sheet[f"{column}7"].value

    _fill(issued, copy)
    assert returns.review(workspace, issued).differences == ()
    _fill(issued, _put(F7="On track", F20="At risk"))
    (found,) = returns.review(workspace, issued).differences
    assert (found.kind, found.returned_text, found.applicable) == ("duplicate", "On track / At risk", False)


def test_whole_rows_sorted_columns_moved_and_sheets_added(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="On track"))

    def rearrange(sheet: Worksheet) -> None:
        rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADINGS)]
        sheet.delete_rows(1, 50)
        for place, held in enumerate([rows[0], *rows[:0:-1]], 12):
            for column, value in enumerate([*held[4:], "note", *held[:4]], 3):
                sheet.cell(place, column, value)
        sheet.title = "Mine"
        assert sheet.parent is not None
        sheet.parent.create_sheet("Notes", 0)["A1"] = "see the other sheet"

    _fill(issued, rearrange)
    review = returns.review(workspace, issued)
    assert _found(review) == [("change", "1.01", "status", "On track")]
    assert review.notices == ("The sheet “Notes” was not read.",)


def test_keys_left_behind_by_sorting_are_noticed(workspace: Workspace, issued: Path) -> None:
    def sort_some(sheet: Worksheet) -> None:
        for column in "BCDEFGHIJK":
            sheet[f"{column}7"].value, sheet[f"{column}8"].value = sheet[f"{column}8"].value, sheet[f"{column}7"].value
        sheet["F7"] = "On track"

    _fill(issued, sort_some)
    review = returns.review(workspace, issued)
    assert [(one.kind, one.ref) for one in review.differences] == [("question", "1.02"), ("question", "1.01")]
    assert "sorted" in review.differences[0].sentence
    assert returns.apply(workspace, review, review.differences) == 0


def test_a_row_that_lost_its_key_is_asked_about(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(A7=None, F7="On track"))
    (found,) = returns.review(workspace, issued).differences
    assert (found.kind, found.ref) == ("question", "1.01")


def test_changed_words_keep_their_row(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(D7="Do it better"))
    assert _found(returns.review(workspace, issued)) == [("change", "1.01", "text", "Do it better")]


def test_a_missing_column_is_said_and_changes_nothing(workspace: Workspace, issued: Path) -> None:
    _fill(issued, lambda sheet: sheet.delete_cols(6))
    review = returns.review(workspace, issued)
    assert review.differences == ()
    assert review.notices == ("The column “Status” is not in the file.",)


def test_a_row_removed_since_is_asked_about(workspace: Workspace, issued: Path) -> None:
    workspace.edit("remove", delivery.remove_activities, [_activity(workspace, "1.01").key])
    assert returns.review(workspace, issued).differences == ()
    _fill(issued, _put(F7="On track"))
    (found,) = returns.review(workspace, issued).differences
    assert (found.kind, found.remark) == ("question", "This row is no longer in the plan.")


def test_formulas_and_errors_are_asked_about(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="=A1", G7="#REF!", I7="30/02/2009"))
    assert [one.kind for one in returns.review(workspace, issued).differences] == ["question"] * 3


def test_the_hidden_sheet_stripped_is_known_by_its_keys(workspace: Workspace, issued: Path) -> None:
    def strip(sheet: Worksheet) -> None:
        book: Any = sheet.parent
        del book["_meta"]
        del book.custom_doc_props["spp return"]
        sheet.data_validations.dataValidation.clear()
        sheet["F7"] = "On track"

    _fill(issued, strip)
    review = returns.review(workspace, issued)
    assert _found(review) == [("change", "1.01", "status", "On track")]
    assert "recognised by the keys" in review.notices[0]


def test_the_plans_own_record_is_believed(workspace: Workspace, issued: Path) -> None:
    first = workspace.history()[0].id
    row = _activity(workspace, "1.01")
    workspace.edit("report", delivery.set_cells, [(row.key, "percent", 20)])
    returns.issue(workspace, DELIVERY_PLAN, issued)

    def alter(sheet: Worksheet) -> None:
        book: Any = sheet.parent
        meta = book["_meta"]
        meta["B1"] = str(meta["B1"].value).replace(workspace.revision(), first)

    _fill(issued, alter)
    review = returns.review(workspace, issued)
    assert review.differences == ()
    assert "altered" in review.notices[0]


def test_a_post_alone(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    content = returns.issue(workspace, DELIVERY_PLAN, path, owner="ACC Crime", year=2008)
    assert [line.values["ref"] for line in content.lines] == ["1.01", "2.01"]
    assert returns.review(workspace, path).differences == ()
    (record,) = workspace.read_beside(exports.every)
    assert (record.owner, record.year, record.rows, record.file_name) == ("ACC Crime", 2008, 2, "crime.xlsx")


def test_targets_come_back_as_stated(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "performance.xlsx"
    key = workspace.read(queries.indicators)[0].key
    workspace.edit("aim", performance.set_cells, [(key, "target:2009", "4.5%"), (key, "target:plan", "11%")])
    returns.issue(workspace, PERFORMANCE_PLAN, path)
    assert returns.review(workspace, path).differences == ()
    sheet = load_workbook(path).worksheets[0]
    places = {sheet[f"{letter}{HEADINGS}"].value: letter for letter in "BCDEFGHIJKL"}
    assert sheet[f"{places['2008-2009']}7"].value == 0.04
    edits = {
        "2008-2009": 0.05,
        "2009-2010": "[clear]",
        "2010-2011": "Benchmark & report of performance",
        "Unit": "crimes",
    }
    _fill(path, _put(**{f"{places[title]}7": value for title, value in edits.items()}))
    review = returns.review(workspace, path)
    assert len(review.clean) == 4
    returns.apply(workspace, review, review.clean)
    row = workspace.read(queries.indicators)[0]
    stated = {year: target.stated for year, target in row.targets.items()}
    assert stated == {2008: "5%", 2010: "Benchmark & report of performance", None: "11%"}
    assert row.unit == "crimes"
    assert returns.review(workspace, path).differences == ()


def _refused(workspace: Workspace, path: Path, said: str) -> None:
    held = workspace.path.read_bytes()
    with pytest.raises(ReturnRefused, match=said):
        returns.review(workspace, path)
    assert workspace.path.read_bytes() == held


def test_files_that_are_not_ours_are_refused(workspace: Workspace, issued: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Ref", "Activity", "Owners"])
    book.save(tmp_path / "other.xlsx")
    _refused(workspace, tmp_path / "other.xlsx", "not a return made from this plan")
    (tmp_path / "text.xlsx").write_text("not a workbook")
    _refused(workspace, tmp_path / "text.xlsx", "not an Excel workbook")

    def no_table(sheet: Worksheet) -> None:
        sheet.delete_rows(HEADINGS)

    _fill(issued, no_table)
    _refused(workspace, issued, "not a return made from this plan")


def test_a_file_of_another_plan_is_refused_by_name(workspace: Workspace, issued: Path, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "other.plan", "Another plan", 2008) as other:
        _refused(other, issued, "another plan “A small plan”")


def test_a_file_of_a_copy_gone_its_own_way_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    workspace.save_copy(tmp_path / "copy.plan")
    with Workspace.open(tmp_path / "copy.plan") as copy:
        row = _activity(copy, "1.01")
        copy.edit("report", delivery.set_cells, [(row.key, "percent", 20)])
        returns.issue(copy, DELIVERY_PLAN, tmp_path / "copy.xlsx")
    _refused(workspace, tmp_path / "copy.xlsx", "copy of this plan")


def test_a_plan_for_reading_still_exports_and_reviews(workspace: Workspace, issued: Path, tmp_path: Path) -> None:
    _fill(issued, _put(F7="On track"))
    with Workspace.open(workspace.path, read_only=True) as reading:
        returns.issue(reading, DELIVERY_PLAN, tmp_path / "reading.xlsx")
        assert returns.review(reading, tmp_path / "reading.xlsx").differences == ()
        assert len(returns.review(reading, issued).clean) == 1
    assert len(workspace.read_beside(exports.every)) == 1


def test_a_review_leaves_the_plan_byte_for_byte(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(F7="On track"))
    held = workspace.path.read_bytes()
    returns.review(workspace, issued)
    assert workspace.path.read_bytes() == held


def test_a_rule_broken_changes_nothing(workspace: Workspace, issued: Path) -> None:
    _fill(issued, _put(D7="x" * 2001, F7="On track"))
    review = returns.review(workspace, issued)
    before = workspace.revision()
    with pytest.raises(RuleBroken, match="at most 2000 characters"):
        returns.apply(workspace, review, review.clean)
    assert workspace.revision() == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_again_by_libreoffice(worked: Path, tmp_path: Path) -> None:
    with Workspace.open(worked) as workspace:
        found: dict[str, tuple[Difference, ...]] = {}
        for definition in RETURNS:
            path = tmp_path / f"{definition.id}.xlsx"
            returns.issue(workspace, definition, path)
            for edited in (False, True):
                if edited:
                    _fill(path, _put(K7="@cmd edited") if definition is DELIVERY_PLAN else _put(J7=0.07))
                resaved = _saved_by_libreoffice(path, tmp_path / f"{definition.id} {edited}")
                found[f"{definition.id} {edited}"] = returns.review(workspace, resaved).differences
    counts = {name: [(one.kind, one.returned_text) for one in held] for name, held in found.items()}
    assert counts == {
        "delivery-plan False": [],
        "delivery-plan True": [("change", "@cmd edited")],
        "performance-plan False": [],
        "performance-plan True": [("change", "7%")],
    }


def _saved_by_libreoffice(path: Path, folder: Path) -> Path:
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=100)
    return folder / path.name
