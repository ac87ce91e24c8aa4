"""Which issue a file is that came back, what is said of the file, and several files seen as one. Nothing is changed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from spp_desktop.edits import deciding, delivery, issuing, keeping, receiving, reviewing, taking
from spp_desktop.edits.issuing import issue
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.intake import one_after_another
from spp_desktop.returns.mail.enclosed import MailHead
from spp_desktop.returns.placement import MARK, META, identity_text
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.workbook import write
from spp_desktop.store import exports, queries, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, found, of, received, sent, set_cells, set_owners


@pytest.fixture
def path(crime_return: Path) -> Path:
    return crime_return


@contextmanager
def _untouched(workspace: Workspace) -> Iterator[None]:
    held = workspace.path.read_bytes()
    yield
    assert workspace.path.read_bytes() == held


def _say(path: Path, **values: object) -> None:
    """Alter what a file says about itself."""
    book: Any = load_workbook(path)
    cell = book[META]["B1"]
    cell.value = json.dumps({**json.loads(cell.value), **values})
    del book.custom_doc_props["spp return"]
    book.save(path)


def assert_refused(workspace: Workspace, path: Path, said: str) -> None:
    with _untouched(workspace), pytest.raises(ReturnRefused, match=said):
        receiving.review(workspace, path)


def test_what_came_by_mail_is_named_with_its_mail(workspace: Workspace, path: Path) -> None:
    second = path.with_name("second.xlsx")
    second.write_bytes(path.read_bytes())
    both = [
        received(workspace, file, a101={"status": said}) for file, said in ((path, "On track"), (second, "At risk"))
    ]
    for n, review in enumerate(both):
        both[n] = replace(review, received=replace(review.received, name="Q2.xlsx", mail=MailHead(f"{n}.eml")))
    first, _ = reviewing.together(both)
    assert of(first, "status").remark.startswith("Another version, Q2.xlsx (in 1.eml), says “At risk”.")


def test_a_review_leaves_the_plan_byte_for_byte(workspace: Workspace, path: Path) -> None:
    with _untouched(workspace):
        review = received(workspace, path, a101={"status": "On track"})
    assert (review.file, len(review.differences), review.receipt) == ("crime.xlsx", 1, None)
    assert review.identity.when == "2008-2009 Q2"


# Which issue it is


def test_the_hidden_sheet_stripped_is_known_by_its_keys(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    sent(workspace, tmp_path / "later.xlsx", quarter="Q3")
    issue(workspace, PERFORMANCE_PLAN, tmp_path / "performance.xlsx")
    with Filled(path) as book:
        book.strip()
        book.put("1.01", status="On track")
    review = receiving.review(workspace, path)
    assert found(review) == [("change", "1.01", "status", "On track")]
    assert (review.identity.period, review.identity.owner) == ("Q2", "ACC Crime")
    assert review.notices == (
        "The file no longer says which return it is. By the keys of its rows it is the 2008-2009 Q2 status return "
        f"of ACC Crime that went out on {date.today():%d/%m/%Y}.",
    )


def test_without_keys_it_is_known_by_its_words_each_of_which_is_asked(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    with Filled(path) as book:
        book.strip_keys()
    with Filled(path) as book:
        book.put("1.01", status="On track")
    review = receiving.review(workspace, path)
    assert [one.kind for one in review.differences] == ["match", "change", "match", "match", "match"]
    assert review.clean == ()
    assert "By the words of its rows, each of which is to be confirmed, it is the" in review.notices[0]


def test_visible_cells_pasted_into_a_new_workbook(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
    held, pasted = load_workbook(path), Workbook()
    sheet = pasted.worksheets[0]
    for row in held["Activities"].iter_rows(min_row=5, min_col=2, values_only=True):
        sheet.append(list(row))
    pasted.save(path)
    review = receiving.review(workspace, path)
    assert [(one.kind, one.field) for one in review.differences] == [("match", ""), ("change", "status"), ("match", "")]
    assert "The table “Milestones” is not in the file; nothing of it was returned." in review.notices


def test_the_plans_own_record_is_believed(workspace: Workspace, tmp_path: Path) -> None:
    first = workspace.history()[0].id
    set_cells(workspace, percent=20)
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    _say(path, revision=first, owner="ACC Security")
    review = receiving.review(workspace, path)
    assert (review.differences, review.identity.owner) == ((), "ACC Crime")
    assert review.notices == ("What the file says about itself was altered; the plan's own record was used instead.",)


def test_an_issue_of_which_the_plan_has_no_record(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    with Workspace.open(workspace.path, read_only=True) as reading:
        sent(reading, path)
        assert reading.read_beside(exports.every) == []
    review = received(workspace, path, a101={"status": "On track"})
    assert found(review) == [("change", "1.01", "status", "On track")]
    assert review.notices == (
        "The plan has no record that this was sent out; what the file says about itself was used.",
    )
    with Workspace.open(workspace.path, read_only=True) as reading:
        assert len(receiving.review(reading, path).clean) == 1


@pytest.mark.parametrize("wrong", [{"period": "Q9"}, {"period": ""}, {"year": 99999}, {"year": None}])
def test_what_no_return_can_say_of_its_time_is_refused(workspace: Workspace, path: Path, wrong: dict[str, Any]) -> None:
    _say(path, export="of nobody", **wrong)
    assert_refused(workspace, path, "not a return made from this plan")


def test_a_return_that_this_version_does_not_know(workspace: Workspace, path: Path) -> None:
    _say(path, export="of nobody", return_id="census")
    assert_refused(workspace, path, "a return “census”, which this version does not know")


def test_files_that_are_not_ours_are_refused(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Ref", "Activity", "Owners", "Due", "Status", "% complete", "Forecast date", "Reason"])
    book.worksheets[0].append(["7.01", "Of another plan"])
    book.save(tmp_path / "other.xlsx")
    assert_refused(workspace, tmp_path / "other.xlsx", "not a return made from this plan")
    (tmp_path / "text.xlsx").write_text("not a workbook")
    assert_refused(workspace, tmp_path / "text.xlsx", "not an Excel workbook")
    with Filled(path) as filled:
        for title in ("Activities", "Milestones"):
            filled.sheet(title).delete_rows(filled.headings(title)[0])
    assert_refused(workspace, path, "not a return made from this plan")


def test_a_file_of_another_plan_is_refused_by_name(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "other.plan", "Another plan", 2008) as other:
        assert_refused(other, path, "another plan “A small plan”")


def test_a_file_of_a_copy_gone_its_own_way_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    workspace.save_copy(tmp_path / "copy.plan")
    with Workspace.open(tmp_path / "copy.plan") as copy:
        set_cells(copy, percent=20)
        sent(copy, tmp_path / "copy.xlsx")
    assert_refused(workspace, tmp_path / "copy.xlsx", "copy of this plan that has gone its own way")


def test_a_record_of_a_state_that_the_plan_never_had_is_passed_over(workspace: Workspace, path: Path) -> None:
    lost = Export("e", "no such revision", "status", "ACC Crime", 2008, 4, "c.xlsx", "", "2030-01-01", "me", "Q2")
    workspace.write_beside(exports.record, lost)
    with Filled(path) as book:
        book.strip()
    assert receiving.review(workspace, path).differences == ()
    _say_again(path, "e", "no such revision")
    assert_refused(workspace, path, "copy of this plan that has gone its own way")


def _say_again(path: Path, export: str, revision: str) -> None:
    """Put back what a file says about itself, as another issue."""
    book: Any = load_workbook(path)
    said = Identity("", export, "status", revision, "ACC Crime", 2008, "", "Q2")
    with Workspace.open(path.with_name("plan.plan"), read_only=True) as reading:
        said = replace(said, plan=reading.read(queries.plan).id)
    sheet = book.create_sheet(META)
    sheet["A1"], sheet["B1"] = MARK, identity_text(said)
    book.save(path)


def test_a_blank_form_comes_back_with_rows_to_be_added(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    content = issuing.blank(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q2")
    write(STATUS_RETURN, content, path)
    issuing.record(workspace, content, path)
    assert receiving.review(workspace, path).differences == ()
    with Filled(path) as book:
        top, _ = book.headings()
        book.put_at(top + 1, ref="1.01", text="Do what 1.01 says", status="Complete")
        book.put_at(top + 2, ref="1.09", text="Something new")
    first, second = receiving.review(workspace, path).differences
    assert (first.kind, second.kind) == ("new row", "new row")
    assert first.remark == "A row that did not go out. The plan has these words already, as 1.01."
    assert second.remark == "A row that did not go out."


# What is said of the file


def test_whole_rows_sorted_columns_moved_and_sheets_added(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        top, _ = book.headings()
        sheet = book.sheet()
        rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]
        sheet.delete_rows(1, 60)
        for place, held in enumerate([rows[0], *rows[:0:-1]], 12):
            for column, value in enumerate([*held[4:], "note", *held[:4]], 3):
                sheet.cell(place, column, value)
        sheet.title = "Mine"
        book.book.create_sheet("Notes", 0)["A1"] = "see the other sheet"
    review = receiving.review(workspace, path)
    assert found(review) == [("change", "1.01", "status", "On track"), ("aside", "", "", None)]
    assert "The column “note” is none of this return, so its 2 cells were not read" in review.differences[1].remark
    assert review.notices == ("The sheet “Notes” was not read.",)


def test_a_missing_column_and_a_missing_table_are_said(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.sheet().delete_cols(book.headings()[1]["status"])
        del book.book["Milestones"]
    review = receiving.review(workspace, path)
    assert [(each.kind, each.remark) for each in review.differences] == [
        ("aside", "The column “Status” is not in the file."),
        ("aside", "The table “Milestones” is not in the file; nothing of it was returned."),
    ]
    assert review.differences[0].sentence == "Activities Status: The column “Status” is not in the file."
    assert review.notices == ()


def test_an_answer_in_a_hidden_row_is_said(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track", percent=0.1)
        book.put("2.01", status="at risk", reason="Late")
        book.sheet().row_dimensions[book.row("2.01")].hidden = True
    review = receiving.review(workspace, path)
    assert of(review, "status").remark == ""
    assert of(review, "status", "2.01").remark == "“at risk” was read as At risk. It stands in a hidden row."


def test_both_tables_on_one_sheet_and_headings_that_are_repeated(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        book.put("First step of 2.01", "Milestones", done_on=date(2008, 8, 8))
        sheet, steps = book.sheet(), book.sheet("Milestones")
        sheet.delete_rows(30, 100)
        top, _ = book.headings()
        sheet.append([cell.value for cell in sheet[top]])
        for row in range(book.headings("Milestones")[0], steps.max_row + 1):
            sheet.append([cell.value for cell in steps[row]])
        del book.book["Milestones"]
    review = receiving.review(workspace, path)
    assert found(review) == [
        ("change", "1.01", "status", "On track"),
        ("change", "2.01", "done_on", date(2008, 8, 8)),
    ]
    assert review.notices == ()


def test_rows_copied_from_another_issue_are_asked_about(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    set_cells(workspace, percent=20)
    sent(workspace, tmp_path / "later.xlsx", quarter="Q3")
    earlier = Filled(path)
    with Filled(tmp_path / "later.xlsx") as book:
        row = book.row("1.01")
        for cell in earlier.sheet()[earlier.row("1.01")]:
            book.sheet().cell(row, cell.column or 0).value = cell.value
        book.put("1.01", percent=0.1)
    match, percent = receiving.review(workspace, tmp_path / "later.xlsx").differences
    assert (match.kind, match.ref, match.usable) == ("match", "1.01", True)
    assert match.remark.startswith("This row was copied from another issue of this return, and what it says may be old")
    assert (percent.kind, percent.waits, percent.returned) == ("change", True, 10)


def test_words_of_two_rows_beside_one_key_are_asked_about(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", text="Do what 2.01 says", status="On track")
    match, text, status = receiving.review(workspace, path).differences
    assert (match.kind, text.kind, status.kind, status.waits) == ("match", "request", "change", True)
    assert match.remark == (
        "Its words are not those that went out beside its hidden key, as when only some columns are sorted. "
        "By that key it is 1.01, “Do what 1.01 says”; confirm it."
    )


# What was received before


def test_the_same_file_again_has_nothing_left_to_decide(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track"})
    taking.apply(workspace, [review])
    again = receiving.review(workspace, path)
    assert (again.differences, again.left_empty, again.summary) == ((), (), "No changes.")
    assert "was received on" in again.notices[0]
    assert again.notices[0].endswith("and taken in; there is nothing left to decide.")
    assert again.receipt is not None
    assert again.receipt.state == "applied"


def test_undone_it_is_open_again_and_redone_it_is_not(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track"})
    taking.apply(workspace, [review])
    workspace.undo()
    again = receiving.review(workspace, path)
    assert found(again) == [("change", "1.01", "status", "On track")]
    assert again.receipt is not None
    assert again.receipt.state == "open"
    workspace.redo()
    assert receiving.review(workspace, path).differences == ()


def test_a_file_that_was_set_aside_is_open_again_when_it_is_read_again(workspace: Workspace, path: Path) -> None:
    review = keeping.keep(workspace, received(workspace, path, a101={"status": "On track"}))
    keeping.set_aside(workspace, review)
    again = receiving.review(workspace, path)
    assert found(again) == [("change", "1.01", "status", "On track")]
    assert "This file was set aside on" in again.notices[0]
    (receipt,) = workspace.read_beside(receipts.every)
    assert receipt.state == "set aside"
    deciding.decided(workspace, again, again.differences, "reject", reason="no")
    (receipt,) = workspace.read_beside(receipts.every)
    assert (receipt.state, receipt.closed_at) == ("open", "")


def test_a_review_is_gone_on_with_without_the_file(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track", "percent": "tbc"})
    review = deciding.decided(workspace, review, [of(review, "percent")], "reject", reason="not said")
    assert review.receipt is not None
    path.unlink()
    where, workspace_again = workspace.path, review.receipt.id
    workspace.close()
    with Workspace.open(where) as opened:
        again = receiving.gone_on_with(opened, workspace_again)
        assert again.differences == review.differences
        assert {key: said.reason for key, said in again.decisions.items()} == {
            of(review, "percent").subject: "not said"
        }
        with pytest.raises(KeyError):
            receiving.gone_on_with(opened, "no such receipt")


def test_what_was_accepted_before_the_plan_changed_there_is_asked_again(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"percent": 0.5, "done": "Ours"}, a201={"percent": 0.3})
    review = deciding.decided(workspace, review, review.differences, "accept")
    set_cells(workspace, "2.01", reason="something else")
    set_cells(workspace, percent=20)
    assert review.receipt is not None
    again = receiving.gone_on_with(workspace, review.receipt.id)
    assert found(again)[0] == ("conflict", "1.01", "percent", 50)
    assert of(again, "percent").remark.startswith("It was accepted before the plan changed here; decide again.")
    assert deciding.undecided(again) == [of(again, "percent")]
    assert len(deciding.accepted(again)) == 2
    again = deciding.decided(workspace, again, [of(again, "percent")], "accept")
    assert deciding.undecided(receiving.gone_on_with(workspace, review.receipt.id)) == []


# Several files


@pytest.fixture
def joint(workspace: Workspace, tmp_path: Path) -> tuple[Path, Path]:
    """The returns of ACC Crime, who leads 1.01, and of ACC Security, who owns it with them."""
    set_owners(workspace, "ACC Crime", "ACC Security")
    both = tmp_path / "crime.xlsx", tmp_path / "security.xlsx"
    for path, owner in zip(both, ("ACC Crime", "ACC Security"), strict=True):
        sent(workspace, path, owner)
    return both


def test_the_leads_answer_stands_beside_the_joint_owners(workspace: Workspace, joint: tuple[Path, Path]) -> None:
    lead = received(workspace, joint[0], a101={"status": "Complete", "percent": 1.0, "next": "More"})
    other = received(workspace, joint[1], a101={"status": "At risk", "percent": "100%", "reason": "why"})
    assert lead.summary == "3 changes."
    first, second = reviewing.together([lead, other])
    assert found(first) == found(lead)
    assert found(second) == [
        ("disagreement", "1.01", "status", "At risk"),
        ("disagreement", "1.01", "reason", "why"),
    ]
    assert of(second, "status").remark == "ACC Crime leads, and answers “Complete”, which counts."
    assert of(second, "reason").remark == "ACC Crime leads, and their answer counts."


def test_where_they_agree_there_is_nothing_beside_the_leads_answer(
    workspace: Workspace, joint: tuple[Path, Path]
) -> None:
    reviews = [received(workspace, path, a101={"status": "Complete", "done": "Ours"}) for path in joint]
    first, second = reviewing.together(reviews)
    assert found(first) == [("change", "1.01", "status", "Complete"), ("change", "1.01", "done", "Ours")]
    assert found(second) == [("change", "1.01", "done", "Ours")]
    assert second.summary == "1 change."
    assert [found(one) for one in reviewing.together([first, second])] == [found(first), found(second)]


def test_two_versions_of_one_return_are_asked_about_and_one_file_is_seen_once(
    workspace: Workspace, path: Path, tmp_path: Path
) -> None:
    first = received(workspace, path, a101={"status": "On track", "percent": 0.5}, a201={"done": "Ours"})
    with Filled(path, tmp_path / "again.xlsx") as book:
        book.put("1.01", status="Complete")
        book.put("2.01", done=None)
    second = receiving.review(workspace, tmp_path / "again.xlsx")
    one, other = reviewing.together([first, second, first])
    assert [(held.kind, held.field) for held in one.differences] == [
        ("question", "status"),
        ("change", "percent"),
        ("change", "done"),
    ]
    assert of(one, "status").remark == "Another version, again.xlsx, says “Complete”."
    assert not of(one, "done", "2.01").remark  # a cell that nobody touched is no other version
    assert [(held.kind, held.field) for held in other.differences] == [("question", "status"), ("question", "percent")]
    assert of(other, "percent").remark == "“Complete” does not go with 50%. Is it meant?"
    assert (one.summary, other.summary) == ("2 changes, 1 question.", "2 questions.")


def test_the_year_and_the_whole_plan_come_back_too(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx", owner="ACC Crime", year=2008)
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", owners="acc security; ACC Crime", due=date(2009, 3, 31))
    assert found(receiving.review(workspace, tmp_path / "plan.xlsx")) == [
        ("change", "1.01", "owners", ("ACC Security", "ACC Crime")),
        ("change", "1.01", "due", date(2009, 3, 31)),
    ]
    posts = [post.title for post in workspace.read(queries.register, Post)]
    assert posts == ["ACC Crime", "ACC Security"]


def test_files_read_one_after_another_are_reviewed_as_each_alone(workspace: Workspace, tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.xlsx" for n in range(4)]
    issue(workspace, DELIVERY_PLAN, paths[0], year=2008)
    issue(workspace, STATUS_RETURN, paths[1], owner="ACC Crime", year=2008, period="Q2")
    paths[2].write_bytes(b"PK\x03\x04 cut off")
    workspace.edit("look again", delivery.set_cells, [(workspace.read(queries.activities)[0].key, "reason", "Again.")])
    issue(workspace, DELIVERY_PLAN, paths[3], year=2008)
    alone, together = list[object](), list[object]()
    for path in paths:
        try:
            alone.append(receiving.review(workspace, path))
        except ReturnRefused as refused:
            alone.append(str(refused))
    with workspace.holding():
        for path, reading in one_after_another(paths):
            try:
                together.append(receiving.reviewed(workspace, reading))
            except ReturnRefused as refused:
                together.append(str(refused))
            assert path == paths[len(together) - 1]
    assert together == alone
    one, _ = next(given_up := one_after_another(paths[:2]))
    given_up.close()  # what was begun ahead is stopped
    assert one == paths[0]
