"""What people seldom do to a return, found by the machine of random deeds, held fast by values."""

from datetime import date
from pathlib import Path

import pytest

from spp_desktop.edits import deciding, delivery, receiving, taking
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import ENDS, KEY, Filled, activity, found, received, reports, sent, set_cells, set_owners


@pytest.fixture
def path(workspace: Workspace, tmp_path: Path) -> Path:
    """The status return of ACC Crime, who leads 1.01 and 2.01."""
    target = tmp_path / "crime.xlsx"
    sent(workspace, target)
    return target


def test_the_columns_behind_the_reference_sorted_alone_are_asked_about(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        sheet, (first, second) = book.sheet(), book.rows()
        for column in range(KEY + 2, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value
    review = receiving.review(workspace, path)
    assert [(one.kind, one.ref, one.waits) for one in review.differences if one.kind in ("match", "change")] == [
        ("match", "1.01", False),
        ("match", "2.01", False),
        ("change", "2.01", True),
    ]
    assert review.differences[0].remark == (
        "Its words are not those that went out beside its hidden key, as when only some columns are sorted. "
        "By that key it is 1.01, “Do what 1.01 says”; confirm it."
    )
    assert taking.apply(workspace, [review]).accepted == 0
    assert activity(workspace, "2.01").status == ""


def test_a_reference_typed_over_is_only_a_request(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        book.put("1.01", ref="9.99")
    review = receiving.review(workspace, path)
    assert found(review) == [("request", "9.99", "ref", "9.99"), ("change", "9.99", "status", "On track")]


def test_a_new_row_is_added_once_however_often_its_file_is_received(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        new = book.rows("Milestones")[-1] + 1
        book.put_at(new, "Milestones", ref="1.01", title="A second step")
        book.put("1.01", owners="ACC Security")
    review = receiving.review(workspace, path)
    (row,) = [one for one in review.differences if one.kind == "new row"]
    review = deciding.decided(workspace, review, [row], "accept")
    assert taking.apply(workspace, [review]).left == 1
    again = receiving.review(workspace, path)
    assert [one.kind for one in again.differences] == ["request"]
    assert taking.apply(workspace, [again]).accepted == 0
    workspace.undo()
    assert deciding.accepted(receiving.review(workspace, path)) == [row]


def test_a_blank_typed_in_the_place_of_an_answer_is_refused(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    sent(workspace, path)
    review = received(workspace, path, r101={"percent": 0.5})
    with pytest.raises(RuleBroken, match=r"Type what is meant, or \[clear\] to empty it"):
        deciding.decided(workspace, review, review.differences, "accept", value="   ")
    assert not receiving.review(workspace, path).decisions


def test_a_key_left_beside_a_new_row_is_not_believed(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        sheet, row = book.sheet("Milestones"), book.row("First step of 1.01", "Milestones")
        new = book.rows("Milestones")[-1] + 1
        for column in range(KEY + 1, sheet.max_column + 1):
            sheet.cell(new, column).value, sheet.cell(row, column).value = sheet.cell(row, column).value, None
        book.put_at(row, "Milestones", ref="1.01", title="A second step", done_on=date(2008, 9, 1))
    review = receiving.review(workspace, path)
    assert [(one.kind, one.field, one.waits) for one in review.differences if one.kind in ("match", "change")] == [
        ("match", "", False),
        ("change", "done_on", True),
        ("match", "", False),
    ]
    assert deciding.accepted(review) == []


def test_what_the_lead_of_then_reports_is_held_against_what_they_report_now(
    workspace: Workspace, tmp_path: Path
) -> None:
    sent(workspace, tmp_path / "all.xlsx", owner="")
    set_owners(workspace, "ACC Security")
    crime = next(post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Crime")
    workspace.edit("report", delivery.report, activity(workspace).key, ENDS, crime, done="By telephone")
    review = received(workspace, tmp_path / "all.xlsx", r101={"done": "By letter"})
    (one,) = review.differences
    assert (one.kind, one.field, one.now, one.lead) == ("conflict", "done", "By telephone", "ACC Crime")
    assert deciding.accepted(review) == []
    taking.apply(workspace, [deciding.decided(workspace, review, [one], "accept")])
    assert [row[1::2] for row in reports(workspace)] == [("ACC Crime", "By letter")]


def test_a_reason_that_cannot_be_read_is_none(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="Deferred", reason="#REF!")
        book.sheet().cell(book.row("1.01"), book.headings()[1]["reason"]).data_type = "e"
    review = receiving.review(workspace, path)
    assert [(one.kind, one.field) for one in review.differences] == [("question", "status"), ("question", "reason")]
    assert "asks for a reason" in review.differences[0].remark
    assert deciding.accepted(review) == []
