"""A register declared on the fly goes out with the status return of its owner, and comes back, without a line more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import deciding, issuing, outcomes, receiving, registers, taking
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan import registers as declared
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.page import page
from spp_desktop.returns.placement import HELP
from spp_desktop.returns.preview import preview
from spp_desktop.store import receipts
from tests.edits.filling import QUARTER, YEAR
from tests.edits.findings_sent import CRIME, ESTATES, SECURITY, SHEET, Sent, sent_findings


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Sent]:
    with sent_findings(tmp_path) as made:
        yield made


def _only(review: Review) -> Difference:
    (difference,) = review.differences
    return difference


def _kinds(review: Review) -> list[tuple[str, str, str, object]]:
    return [(each.kind, each.ref, each.field, each.returned) for each in review.differences]


# Going out


def test_it_goes_to_its_owner_and_adds_no_sheet_where_a_post_has_none(sent: Sent) -> None:
    assert load_workbook(sent.issue()).sheetnames[:-1] == [HELP, "Activities", "Milestones", SHEET]
    assert load_workbook(sent.issue(SECURITY)).sheetnames[:-1] == [HELP, "Activities", "Milestones"]
    assert load_workbook(sent.issue("")).sheetnames[:-1] == [HELP, "Activities", "Milestones", SHEET]
    assert [row.values["ref"] for row in sent.content().tables[-1]] == ["F1", "1.01"]
    assert [row.values["ref"] for row in sent.content("").tables[-1]] == ["F1", "1.01", "F2"], "by inspection"


def test_a_post_that_has_nothing_else_is_sent_it_too(sent: Sent) -> None:
    assert sent.plan.read(issuing.recipients, sent.definition, YEAR) == [CRIME, SECURITY, ESTATES]
    assert sent.plan.read(issuing.recipients, STATUS_RETURN, YEAR) == [CRIME, SECURITY]
    content = sent.content(ESTATES)
    assert [len(table) for table in content.tables if table] == [1]
    assert issuing.counted(sent.definition, content) == "0 activities, 0 milestones, 1 finding"
    sent.issue(ESTATES)


def test_what_is_finished_is_sent_to_nobody(sent: Sent) -> None:
    path = sent.issue()
    finished = sent.register.finished[1][0]
    sent.set(state=finished)
    assert [row.values["ref"] for row in sent.content().tables[-1]] == ["1.01"]
    assert f"Left out: those whose state is {finished}" in page(sent.definition)
    with sent.filled(path) as book:
        book.put("F1", SHEET, due=date(2009, 2, 1))
    review = receiving.review(sent.plan, path)
    assert _kinds(review) == [("change", "F1", "due", date(2009, 2, 1))], "what went out before is still taken in"
    taking.apply(sent.plan, [review])
    assert sent.finding()["due"] == date(2009, 2, 1)
    with sent.filled(path := sent.issue()) as book:
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, ref="F7", text="Look into F1")
    assert "The plan has these words already, as F1." in _only(receiving.review(sent.plan, path)).remark


def test_a_post_whose_rows_are_all_finished_is_sent_nothing(sent: Sent) -> None:
    values = [(sent.keys["F2"], "state", sent.register.finished[1][0])]
    sent.plan.edit("close", registers.set_cells, sent.register.model, values)
    assert sent.plan.read(issuing.recipients, sent.definition, YEAR) == [CRIME, SECURITY]


def test_every_column_of_every_return_says_what_to_write() -> None:
    silent = [
        (definition.id, listing.title, column.title)
        for definition in every_return()
        for listing in definition.listings
        for column in listing.columns
        if not column.help
    ]
    assert silent == []


def test_its_columns_are_those_of_the_declaration(sent: Sent) -> None:
    path = sent.issue()
    table = preview(sent.definition, sent.content())[-1]
    assert [heading.title for heading in table.headings] == [
        "Reference", "Shortcoming", "Owner", "State", "Due", "Weight", "Urgency", "Reason",
    ]  # fmt: skip
    assert [heading.title for heading in table.headings if heading.is_open] == ["State", "Due", "Reason"]
    assert table.rows[0] == ("F1", "Look into F1", CRIME, "open", "31/12/2008", "1", "2 low", "")
    assert (table.listed, len(table.rows)) == (2, 4)
    sheet: Any = load_workbook(path)[SHEET]
    rules = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert any("$1:$" in str(formula) for formula in rules), "the state is chosen from a list"
    named = [rule.formula[0] for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert all("needs_reason" in formula for formula in named)
    assert len(named) == 2
    assert "Needed for closed." in {rule.prompt for rule in sheet.data_validations.dataValidation}


def test_the_page_and_the_mail_tell_of_it(sent: Sent) -> None:
    text = page(sent.definition)
    about = "What an inspectorate found, and what is done about it. Left out: those whose state is closed."
    assert f"## {SHEET}\n\n{about} Below them stand 2 empty rows" in text
    assert "| Due | the lead owner | a date |" in text
    mail = issuing.covering_mail(sent.definition, sent.content(), Path("crime.xlsx"))
    assert "(1 activity, 0 milestones, 2 findings)" in mail.body
    mail = issuing.covering_mail(sent.definition, sent.content(SECURITY), Path("security.xlsx"))
    assert "(1 activity, 0 milestones)" in mail.body


# Coming back


def test_an_untouched_file_says_nothing(sent: Sent) -> None:
    for owner in (CRIME, SECURITY, ESTATES, ""):
        review = receiving.review(sent.plan, sent.issue(owner))
        assert (review.differences, review.left_empty, review.notices) == ((), (), ())


def test_what_is_answered_is_taken_in_as_one_step_and_undone(sent: Sent) -> None:
    path = sent.issue()
    review = sent.answered(path, state="closed", due="31 Jan 2009", reason="It was seen to")
    assert _kinds(review) == [
        ("change", "F1", "state", "closed"),
        ("change", "F1", "due", date(2009, 1, 31)),
        ("change", "F1", "reason", "It was seen to"),
    ]
    assert taking.apply(sent.plan, [review]) == Applied(3, 0, 0)
    assert sent.plan.history()[0].label == "take in 3 changes from ACC Crime.xlsx"
    row = sent.finding()
    assert (row["state"], row["due"], row["reason"]) == ("closed", date(2009, 1, 31), "It was seen to")
    assert receiving.review(sent.plan, path).differences == ()
    sent.plan.undo()
    row = sent.finding()
    assert (row["state"], row["due"], row["reason"]) == ("open", date(2008, 12, 31), "")
    assert len(receiving.review(sent.plan, path).differences) == 3


def test_a_state_that_asks_for_a_reason_is_a_question_without_one(sent: Sent) -> None:
    review = sent.answered(sent.issue(), state="closed")
    assert _kinds(review) == [("question", "F1", "state", "closed")]
    assert _only(review).remark.startswith("“closed” asks for a reason, and none is given.")
    assert _kinds(sent.answered(sent.issue(), state="in hand")) == [("change", "F1", "state", "in hand")]


def test_a_reason_is_asked_for_by_its_own_list_only(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put("Do it: ACC Crime", status="Withdrawn", reason="No longer wanted")
        book.put("F1", SHEET, state="in hand")
    assert {each.kind for each in receiving.review(sent.plan, path).differences} == {"change"}


def test_a_conflict_is_decided_and_its_receipt_says_so(sent: Sent) -> None:
    path = sent.issue()
    sent.set(state="in hand")
    review = sent.answered(path, state="closed", reason="It was seen to")
    conflict, _ = review.differences
    assert (conflict.kind, conflict.now, conflict.lead) == ("conflict", "in hand", CRIME)
    assert conflict.subject == f"finding|{sent.keys['F1']}|state"
    review = deciding.decided(sent.plan, review, [conflict], "accept")
    assert taking.apply(sent.plan, [review]) == Applied(2, 0, 0)
    assert sent.finding()["state"] == "closed"
    (receipt,) = sent.plan.read_beside(receipts.every)
    text = outcomes.text_of(sent.plan, receipt)
    assert "F1 State: returned “closed”, was “in hand”" in text


def test_a_conflict_that_is_refused_leaves_the_plan(sent: Sent) -> None:
    path = sent.issue()
    sent.set(due=date(2009, 3, 1))
    review = sent.answered(path, due="1/2/2009")
    review = deciding.decided(sent.plan, review, review.differences, "reject", reason="agreed by telephone")
    assert taking.apply(sent.plan, [review]) == Applied(0, 1, 0)
    assert sent.finding()["due"] == date(2009, 3, 1)


def test_what_is_not_open_is_a_request_and_what_is_worked_out_is_not_looked_at(sent: Sent) -> None:
    review = sent.answered(sent.issue(), owner_id=SECURITY, text="Look harder", urgency="10 high", weight=5)
    assert {(each.kind, each.field) for each in review.differences} == {
        ("request", "owner_id"), ("request", "text"), ("request", "weight"),
    }  # fmt: skip
    review = deciding.decided(sent.plan, review, review.differences, "accept")
    taking.apply(sent.plan, [review])
    row = sent.finding()
    posts = {post.id: post.title for post in sent.plan.read(_posts)}
    assert (posts[row["owner_id"]], row["text"], row["weight"]) == (SECURITY, "Look harder", 5)


def _posts(connection: Any) -> list[Any]:
    return list(connection.exec_driver_sql("SELECT id, title FROM post"))


def test_a_post_that_is_called_otherwise_since_is_known_again(sent: Sent) -> None:
    path = sent.issue()
    (key,) = [post.id for post in sent.plan.read(_posts) if post.title == CRIME]
    sent.plan.edit("rename", registers.change, Post, key, title="ACC Crime and Justice")
    review = sent.answered(path, state="in hand")
    assert (_only(review).kind, review.identity.owner, review.notices) == ("change", "ACC Crime and Justice", ())


def test_a_row_that_does_not_come_back_changes_nothing(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.delete("F1", SHEET)
    assert [(each.kind, each.ref) for each in receiving.review(sent.plan, path).differences] == [("not returned", "F1")]


def test_a_row_that_is_gone_cannot_be_answered(sent: Sent) -> None:
    path = sent.issue()
    sent.plan.edit("remove", registers.remove, sent.register.model, sent.keys["F1"])
    assert (_only(sent.answered(path, state="in hand")).remark) == "This row is no longer in the plan."


# New rows


REFUSALS = (r"Add it in the plan itself", r"It says nothing of what it is")


def test_a_new_row_is_proposed_and_belongs_to_the_post_that_answers(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, ref="F9", text="Look into F9", state="in hand", weight=3)
    review = receiving.review(sent.plan, path)
    new = _only(review)
    assert (new.kind, new.ref, new.usable, new.remark) == ("new row", "F9", True, "A row that did not go out.")
    taking.apply(sent.plan, [deciding.decided(sent.plan, review, [new], "accept")])
    row = sent.finding("F9")
    posts = {post.id: post.title for post in sent.plan.read(_posts)}
    assert (row["text"], row["state"], row["weight"], posts[row["owner_id"]]) == ("Look into F9", "in hand", 3, CRIME)
    assert receiving.review(sent.plan, path).differences == ()
    sent.plan.undo()
    assert [each.ref for each in receiving.review(sent.plan, path).differences] == ["F9"]


def test_a_new_row_without_its_reference_is_added_in_the_plan_itself(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, text="Look into something")
        book.put_at(book.rows(SHEET)[-1] + 2, SHEET, ref="F8")
    review = receiving.review(sent.plan, path)
    for new, why in zip(
        review.differences, (r"Add it in the plan itself", r"It says nothing of what it is"), strict=True
    ):
        with pytest.raises(RuleBroken, match=why):
            deciding.decided(sent.plan, review, [new], "accept")


def test_a_reference_that_is_taken_is_named_and_waits_alone(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, ref="F2", text="Another of that number")
        book.put("F1", SHEET, state="in hand")
    review = receiving.review(sent.plan, path)
    new = next(each for each in review.differences if each.kind == "new row")
    review = deciding.decided(sent.plan, review, [new], "accept")
    done = taking.apply(sent.plan, [review])
    (kept_back,) = done.kept_back
    assert "There is already a finding with this reference" in kept_back.why
    assert (done.accepted, done.left) == (1, 1)
    assert sent.finding()["state"] == "in hand"


def test_words_that_the_plan_has_already_are_named(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, ref="F7", text="look into f2")
    assert "The plan has these words already, as F2." in _only(receiving.review(sent.plan, path)).remark


# Sheets that are not there


def test_a_return_that_went_out_before_the_register_did_misses_no_sheet(sent: Sent) -> None:
    path = sent.issue(definition=STATUS_RETURN)
    review = receiving.review(sent.plan, path)
    assert (review.differences, review.notices) == ((), ())


def test_a_sheet_that_was_taken_out_is_told_of(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        del book.book[SHEET]
    review = receiving.review(sent.plan, path)
    assert _only(review).remark == f"The table “{SHEET}” is not in the file; nothing of it was returned."


def test_a_register_that_is_no_longer_declared_is_a_sheet_that_was_not_read(sent: Sent) -> None:
    path = sent.issue()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declared, "REGISTERS", declared.REGISTERS[:-1])
        review = receiving.review(sent.plan, path)
    assert (review.differences, review.notices) == ((), (f"The sheet “{SHEET}” was not read.",))


def test_a_blank_form_has_no_sheet_of_it(sent: Sent) -> None:
    content = issuing.blank(sent.plan, sent.definition, CRIME, year=YEAR, period=QUARTER)
    assert [table.title for table in preview(sent.definition, content)] == ["Activities", "Milestones"]


def test_a_file_that_lost_what_it_says_of_itself_is_known_by_its_rows(sent: Sent) -> None:
    with sent.filled(path := sent.issue(ESTATES)) as book:
        book.put("F2", SHEET, state="in hand")
        book.strip()
    review = receiving.review(sent.plan, path)
    assert _kinds(review) == [("change", "F2", "state", "in hand")]
    assert review.identity.owner == ESTATES
