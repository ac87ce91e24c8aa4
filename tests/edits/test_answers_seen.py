"""Every answer of a return is seen: what stands beside it, what it is taken for, and what is said of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from spp_desktop.edits import chasing, deciding, delivery, issuing, performance, receiving, registers, reviewing, taking
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.posts import Post
from spp_desktop.returns import placement
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.protective import marking_in
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import exports, locks, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, activity, found, of, received, sent

LONG = "x" * 4001


@pytest.fixture
def path(workspace: Workspace, tmp_path: Path) -> Path:
    sent(workspace, tmp_path / "crime.xlsx")
    return tmp_path / "crime.xlsx"


def _head(book: Filled, field: str, text: str | None) -> None:
    top, columns = book.headings()
    book.sheet().cell(top, columns[field]).value = text


def _asides(review: Review) -> list[tuple[str, str]]:
    return [(each.where, each.remark) for each in review.differences if each.kind == "aside"]


@pytest.mark.parametrize("heading", ["Status:", "STATUS *", "Status (RAG)", "Statuss"])
def test_a_heading_touched_by_hand_is_known_in_its_place(workspace: Workspace, path: Path, heading: str) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        _head(book, "status", heading)
    review = receiving.review(workspace, path)
    assert found(review) == [("change", "1.01", "status", "On track")]
    assert review.notices == (f"The heading “{heading}” was taken for “Status”.",)


@pytest.mark.parametrize("heading", ["RAG", None])
def test_a_heading_that_says_something_else_is_asked_about(
    workspace: Workspace, path: Path, heading: str | None
) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        _head(book, "status", heading)
    review = receiving.review(workspace, path)
    assert found(review) == [("question", "1.01", "status", "On track")]
    assert "was taken for “Status” by its place" in of(review, "status").remark
    review = deciding.decided(workspace, review, review.differences, "accept")
    taking.apply(workspace, [review])
    assert activity(workspace).status == "On track"


def test_a_column_that_is_gone_is_never_found_in_a_place_that_another_has() -> None:
    """Whatever column is deleted, and whichever is moved to its place, no answer of one is taken for the other's."""
    columns = STATUS_RETURN.listings[1].columns_for((2008,))
    for gone in columns:
        left = [column for column in columns if column is not gone]
        for order in (left, left[::-1], [*left[1:], left[0]]):
            row = {place: column.title for place, column in enumerate(order, 2)}
            texts = [(place, fold(text)) for place, text in row.items()]
            headed = placement.headings(placement.known_headings(columns), texts)
            touched = placement.touched_headings(columns, row, headed)
            assert not headed.keys() & (touched.sure.keys() | touched.doubtful.keys()), f"{gone.title} among {order}"


def test_what_stands_on_an_answer_is_asked_about_and_what_stands_elsewhere_is_told(
    workspace: Workspace, path: Path
) -> None:
    with Filled(path) as book:
        sheet, (_, columns) = book.sheet(), book.headings()
        row = book.row("1.01")
        book.put("1.01", status="On track", done="Done", next=LONG, reason="SECRET: from a source")
        sheet.cell(row, columns["status"]).comment = Comment("Only till March", "Jones")
        sheet.cell(row, columns["done"]).font = Font(strike=True)
        sheet.cell(row, columns["text"]).comment = Comment("Wrong words", "Jones")
        sheet.cell(row, max(columns.values()) + 2).value = "ring me"
    review = receiving.review(workspace, path)
    asked = {each.field: each for each in review.differences if each.kind == "question"}
    assert {name: each.usable for name, each in asked.items()} == {
        "status": True,
        "done": True,
        "next": False,
        "reason": True,
    }
    assert "A comment stands on it: “Only till March”." in asked["status"].remark
    assert asked["done"].remark == "It is struck out, in whole or in part; is it still meant?"
    assert "at most 4,000 characters, and this has 4,001" in asked["next"].remark
    assert "It bears the marking “SECRET”" in asked["reason"].remark
    letters = {name: sheet.cell(row, place).coordinate for name, place in columns.items()}
    assert {each.where for each in asked.values()} == {f"Activities!{letters[name]}" for name in asked}
    assert _asides(review) == [
        (f"Activities!{sheet.cell(row, max(columns.values()) + 2).coordinate}",
         "Beside the table stands “ring me”, which was not read."),
        (f"Activities!{letters['text']}", "A comment stands here: “Wrong words”."),
    ]  # fmt: skip


def test_an_answer_merged_over_rows_is_asked_about_in_each(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        column, row = book.headings()[1]["done"], book.row("1.01")
        book.put("1.01", done="All on hold")
        book.sheet().merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    review = receiving.review(workspace, path)
    assert [each[0] for each in found(review)] == ["change", "question"]
    assert {each.returned for each in review.differences} == {"All on hold"}
    kept = receiving.gone_on_with(workspace, _kept(workspace, review))
    assert found(kept) == found(review)


def _kept(workspace: Workspace, review: Review) -> str:
    refused = deciding.decided(workspace, review, review.differences[:1], "reject")
    assert refused.receipt is not None
    return refused.receipt.id


def test_a_row_of_totals_is_no_new_row(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(book.rows()[-1] + 1, ref="Total", percent=0.5)
    review = receiving.review(workspace, path)
    assert review.differences == ()
    assert "holds totals, and was not read" in review.notices[0]


def test_a_share_pasted_as_its_number_is_no_question_where_it_is_what_went_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.edit("set", delivery.set_cells, [(activity(workspace).key, "percent", 100)])
    sent(workspace, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        cell = book.sheet().cell(book.row("1.01"), book.headings()[1]["percent"])
        cell.value, cell.number_format = 1, "General"
    assert receiving.review(workspace, tmp_path / "crime.xlsx").differences == ()


def test_two_copies_with_different_rows_filled_ask_nothing_of_each_other(
    workspace: Workspace, path: Path, tmp_path: Path
) -> None:
    for name, answers in (("a.xlsx", {"1.01": "On track"}), ("b.xlsx", {"2.01": "Complete"})):
        with Filled(path, tmp_path / name) as book:
            for ref, status in answers.items():
                book.put(ref, status=status)
    together = reviewing.together([receiving.review(workspace, tmp_path / name) for name in ("a.xlsx", "b.xlsx")])
    assert [found(review) for review in together] == [
        [("change", "1.01", "status", "On track")],
        [("change", "2.01", "status", "Complete")],
    ]


def _pasted(path: Path, target: Path, fields: tuple[str, ...]) -> None:
    """The table's values alone, of some columns, in a new workbook."""
    with Filled(path) as book:
        top, columns = book.headings()
        rows: list[list[Any]] = [[book.sheet().cell(row, columns[name]).value for name in fields]
                                 for row in (top, *book.rows())]  # fmt: skip
    bare = Workbook()
    for row in rows:
        bare.worksheets[0].append(row)
    bare.save(target)


def test_five_columns_of_eleven_are_enough_and_the_headings_say_which_return_it_is(
    workspace: Workspace, path: Path, tmp_path: Path
) -> None:
    with Filled(path) as book:
        book.put("1.01", done="Trained 40")
    issuing.issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx", year=2008)
    _pasted(path, tmp_path / "pasted.xlsx", ("ref", "text", "status", "done", "next"))
    review = receiving.review(workspace, tmp_path / "pasted.xlsx")
    assert review.definition.id == "status"
    assert of(review, "done").returned == "Trained 40"


def test_a_table_of_figures_is_told_where_such_tables_go_in(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("Area", "April", "May"), ("North", 1, 2), ("South", 3, 4), ("West", 5, 6)):
        book.worksheets[0].append(row)
    book.save(tmp_path / "figures.xlsx")
    with pytest.raises(ReturnRefused, match="spp import-results"):
        receiving.review(workspace, tmp_path / "figures.xlsx")


def test_a_conflict_says_who_changed_the_plan_and_when(workspace: Workspace, path: Path) -> None:
    workspace.edit("bring it on", delivery.set_cells, [(activity(workspace).key, "percent", 30)])
    conflict = of(received(workspace, path, a101={"percent": 0.5}), "percent")
    assert conflict.kind == "conflict"
    who = locks.author()
    assert f"{who[:1].upper()}{who[1:]} changed it there on " in conflict.remark
    assert "(bring it on)." in conflict.remark


def test_a_conflict_over_what_a_post_reports_says_who_changed_it(workspace: Workspace, path: Path) -> None:
    lead = next(post for post in workspace.read(queries.register, Post) if post.title == "ACC Crime")
    key, ends = activity(workspace).key, date(2008, 9, 30)
    workspace.edit("write it down", delivery.report, key, ends, lead.id, done="Trained 30")
    conflict = of(received(workspace, path, a101={"done": "Trained 40"}), "done")
    assert conflict.kind == "conflict"
    assert "(write it down)." in conflict.remark


def test_a_conflict_over_a_target_says_who_changed_it(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "targets.xlsx"
    issuing.issue(workspace, PERFORMANCE_PLAN, path)
    indicator = next(row for row in workspace.read(queries.indicators) if 2008 in row.targets)
    workspace.edit("agree it anew", performance.set_cells, [(indicator.key, "target:2008", "3%")], "Agreed")
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        book.put(indicator.ref, **{"target:2008": "7%"})
    conflict = of(receiving.review(workspace, path), "target:2008", indicator.ref)
    assert conflict.kind == "conflict"
    assert "(agree it anew)." in conflict.remark


def test_reminders_go_to_a_renamed_post_by_its_present_name(workspace: Workspace, tmp_path: Path) -> None:
    due = date(2008, 10, 14)
    path = tmp_path / "crime.xlsx"
    issuing.issue(workspace, STATUS_RETURN, path, owner="ACC Crime", year=2008, period="Q2", due=due)
    post = next(each for each in workspace.read(queries.register, Post) if each.title == "ACC Crime")
    workspace.edit("rename", registers.set_cells, Post, [(post.id, "title", "ACC Investigations")])
    (issue,) = chasing.sent(workspace, date(2008, 10, 20))
    assert (issue.owner, chasing.chasing_mail(issue).to) == ("ACC Investigations", "ACC Investigations")
    assert [export.owner for export in workspace.read_beside(exports.every)] == ["ACC Crime"]


def test_a_reference_that_was_removed_is_not_given_again(workspace: Workspace) -> None:
    first = activity(workspace)
    add: dict[str, Any] = {"year": 2008, "priority_id": first.priority_key}
    key = workspace.edit("add", delivery.add_activity, text="Last", **add)
    ref = next(row.ref for row in workspace.read(queries.activities, 2008) if row.key == key)
    workspace.edit("remove", delivery.remove_activities, [key])
    again = workspace.edit("add", delivery.add_activity, text="Next", **add)
    rows = {row.key: row.ref for row in workspace.read(queries.activities, 2008)}
    assert int(rows[again].partition(".")[2]) == int(ref.partition(".")[2]) + 1
    workspace.undo()
    third = workspace.edit("add", delivery.add_activity, text="Next", **add)
    assert {row.key: row.ref for row in workspace.read(queries.activities, 2008)}[third] == rows[again]


@pytest.mark.parametrize(("years", "title"), [((2008,), "1-year target"), ((2008, 2009, 2010, 2011), "4-year target")])
def test_the_target_over_the_plan_is_called_by_its_years(years: tuple[int, ...], title: str) -> None:
    assert title in [column.title for column in PERFORMANCE_PLAN.listings[0].columns_for(years)]


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("RESTRICTED: names", "RESTRICTED"),
        ("It is OFFICIAL-SENSITIVE now", "OFFICIAL-SENSITIVE"),
        ("Access is restricted", ""),
        ("Not protectively marked", ""),
    ],
)
def test_a_marking_that_the_plan_does_not_bear(text: str, marking: str) -> None:
    assert marking_in(text, "NOT PROTECTIVELY MARKED") == marking


def test_headings_beside_each_other_that_were_both_renamed_are_known_by_their_places(
    workspace: Workspace, path: Path
) -> None:
    with Filled(path) as book:
        book.put("1.01", reason="Because", done="All of it")
        _head(book, "reason", "Why?")
        _head(book, "done", "This quarter")
    review = receiving.review(workspace, path)
    assert found(review) == [("question", "1.01", "reason", "Because"), ("question", "1.01", "done", "All of it")]
    assert len(review.notices) == 2


def test_the_last_column_deleted_is_not_taken_for_one_without_a_heading(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        _, columns = book.headings()
        book.put("1.01", status="On track")
        book.sheet().delete_cols(columns["next"])
    review = receiving.review(workspace, path)
    assert found(review)[0] == ("change", "1.01", "status", "On track")
    assert _asides(review) == [("Activities", "The column “What is next” is not in the file.")]
    assert review.notices == ()
