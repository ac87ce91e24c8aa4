"""What a person decides about files received, and the one step that takes in what was accepted."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import deciding, delivery, keeping, outcomes, receiving, registers, taking
from spp_desktop.edits.issuing import issue
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store import backups, queries, receipts
from spp_desktop.store.problems import NotKept
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, activity, found, of, only, received, sent, set_cells, set_status


@pytest.fixture
def path(crime_return: Path) -> Path:
    return crime_return


def _receipt(workspace: Workspace) -> Receipt:
    (one,) = workspace.read_beside(receipts.every)
    return one


def _written(workspace: Workspace) -> list[Outcome]:
    return outcomes.read(_receipt(workspace).outcome)


def _again(workspace: Workspace, review: Review) -> Review:
    assert review.receipt is not None
    return receiving.gone_on_with(workspace, review.receipt.id)


# Deciding


def test_a_clean_change_is_accepted_unless_it_is_refused(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track", "percent": 0.5})
    assert deciding.undecided(review) == []
    assert deciding.accepted(review) == list(review.differences)
    review = deciding.decided(workspace, review, [of(review, "status")], "reject", reason="not so")
    assert deciding.accepted(review) == [of(review, "percent")]
    assert deciding.undecided(review) == []
    review = deciding.decided(workspace, review, [of(review, "status")], None)
    assert len(deciding.accepted(review)) == 2
    assert (review.decisions, _again(workspace, review).decisions) == ({}, {})


def test_everything_else_waits_for_a_person(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    review = received(workspace, path, a101={"percent": 0.5, "forecast": "tbc", "due": date(2009, 1, 1)})
    assert [one.kind for one in review.differences] == ["request", "conflict", "question"]
    assert deciding.undecided(review) == list(review.differences)
    assert deciding.accepted(review) == []


def test_a_decision_is_kept_at_once_and_the_plan_stays(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    before = workspace.revision()
    review = received(workspace, path, a101={"percent": 0.5})
    review = deciding.decided(workspace, review, review.differences, "accept", value="45", reason="rang them")
    assert (workspace.revision(), activity(workspace).percent) == (before, 20)
    (decision,) = _again(workspace, review).decisions.values()
    assert (decision.verdict, decision.value, decision.reason) == ("accept", "45", "rang them")
    assert _receipt(workspace).state == "open"
    assert taking.apply(workspace, [review]) == Applied(1, 0, 0)
    assert activity(workspace).percent == 45


def test_of_several_that_are_accepted_none_is_if_one_cannot_be(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"percent": 0.5, "forecast": "tbc"})
    with pytest.raises(RuleBroken, match=r"^1\.01 Forecast date: This answer cannot be taken in as it is; type what"):
        deciding.decided(workspace, review, review.differences, "accept")
    with pytest.raises(RuleBroken, match=r"“about half” is not a percentage"):
        deciding.decided(workspace, review, [of(review, "percent")], "accept", value="about half")
    assert workspace.read_beside(receipts.every) == []
    review = deciding.decided(workspace, review, [of(review, "forecast")], "accept", value="31/3/2009")
    assert deciding.undecided(review) == []
    taking.apply(workspace, [review])
    assert (activity(workspace).percent, activity(workspace).forecast) == (50, date(2009, 3, 31))


def test_nothing_to_decide_keeps_nothing(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.delete("2.01")
    review = receiving.review(workspace, path)
    assert deciding.decided(workspace, review, review.differences, "accept") is review
    assert workspace.read_beside(receipts.every) == []


def test_a_row_that_is_known_by_its_words_is_confirmed_first(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    with Filled(path) as book:
        book.sheet().cell(book.row("1.01"), 1).value = None
        book.put("1.01", status="On track", percent=0.5)
    review = receiving.review(workspace, path)
    match, status, percent = review.differences
    assert deciding.undecided(review) == [match, status, percent]
    with pytest.raises(RuleBroken, match=r"^1\.01 % complete: Confirm first that this row is 1\.01\.$"):
        deciding.decided(workspace, review, [percent], "accept")
    confirmed = deciding.decided(workspace, review, [match], "accept")
    assert deciding.accepted(confirmed) == [status]
    assert deciding.undecided(confirmed) == [percent]
    both = deciding.decided(workspace, review, [match, percent], "accept")
    assert deciding.accepted(both) == [status, percent]
    taken_back = deciding.decided(workspace, both, [match], None)
    assert deciding.accepted(taken_back) == []
    assert deciding.undecided(taken_back) == [match, status, percent]
    refused = deciding.decided(workspace, both, [match], "reject", reason="another row")
    assert deciding.undecided(refused) == []
    assert taking.apply(workspace, [refused]) == Applied(0, 2, 0)
    assert [(one.field, one.verdict, one.reason) for one in _written(workspace)] == [
        ("status", "reject", "another row"),
        ("percent", "reject", "another row"),
    ]


def test_a_confirmed_row_goes_in(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.strip_keys()
    with Filled(path) as book:
        book.put("1.01", status="On track")
    review = receiving.review(workspace, path)
    matches = [one for one in review.differences if one.kind == "match"]
    review = deciding.decided(workspace, review, matches, "accept")
    assert taking.apply(workspace, [review]) == Applied(1, 0, 0)
    assert activity(workspace).status == "On track"


def test_nothing_is_taken_in_for_a_row_that_is_gone_or_a_cell_that_no_return_sets(
    workspace: Workspace, path: Path
) -> None:
    with Filled(path) as book:
        book.put("First step of 1.01", "Milestones", ref="7.77")
        book.put("2.01", status="On track")
    workspace.edit("remove", delivery.remove_activities, [activity(workspace, "2.01").key])
    review = receiving.review(workspace, path)
    plan = workspace.read(facts, review.definition)
    gone, moved = review.differences
    for typed in ("", "On track"):
        assert deciding.answer(review, gone, plan, typed).doubt == "This row is no longer in the plan; refuse it."
        assert deciding.answer(review, moved, plan, typed).doubt.startswith("A return cannot change this;")
    match = replace(moved, kind="match", field="", usable=True)
    assert deciding.answer(review, match, plan, "typed").doubt == "There is nothing to type here."


def test_an_answer_given_twice_is_settled_by_typing_it(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="On track")
        book.copy("1.01", status="Complete")
    review = receiving.review(workspace, path)
    one = only(review)
    with pytest.raises(RuleBroken, match="cannot be taken in as it is"):
        deciding.decided(workspace, review, [one], "accept")
    review = deciding.decided(workspace, review, [one], "accept", value=one.answers[1])
    taking.apply(workspace, [review])
    assert activity(workspace).status == "Complete"
    assert [(held.returned, held.taken) for held in _written(workspace)] == [("On track / Complete", "Complete")]


# Keeping


def test_keep_for_later_keeps_it_once(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"forecast": "tbc"})
    kept = keeping.keep(workspace, review, "Inspector Smith")
    assert keeping.keep(workspace, kept) == kept
    assert keeping.keep(workspace, review).receipt == kept.receipt  # the file read again meanwhile
    assert (_receipt(workspace).sender, _receipt(workspace).file_name) == ("Inspector Smith", "crime.xlsx")
    first = deciding.decided(workspace, kept, kept.differences, "reject", reason="asked")
    second = keeping.keep(workspace, review)
    assert second.decisions == first.decisions


def test_without_a_sender_it_is_the_post_or_who_saved_it(workspace: Workspace, tmp_path: Path, path: Path) -> None:
    assert keeping.keep(workspace, receiving.review(workspace, path)).receipt.sender == "ACC Crime"  # type: ignore[union-attr]  # it is kept
    sent(workspace, tmp_path / "all.xlsx", "")
    with Filled(tmp_path / "all.xlsx") as book:
        book.book.properties.lastModifiedBy = "S. Officer"
    review = keeping.keep(workspace, receiving.review(workspace, tmp_path / "all.xlsx"))
    assert review.receipt is not None
    assert review.receipt.sender == review.received.modified_by


def test_a_later_version_takes_the_place_of_one_that_is_open(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    first = keeping.keep(workspace, received(workspace, path, a101={"status": "On track"}))
    with Filled(path, tmp_path / "again.xlsx") as book:
        book.put("1.01", percent=0.5)
    second = keeping.keep(workspace, receiving.review(workspace, tmp_path / "again.xlsx"))
    states = {one.file_name: one.state for one in workspace.read_beside(receipts.every)}
    assert states == {"crime.xlsx": "superseded", "again.xlsx": "open"}
    again = receiving.review(workspace, path)
    assert (again.differences, again.notices[0].endswith("a later version has taken its place.")) == ((), True)
    assert taking.apply(workspace, [again, second]) == Applied(2, 0, 0)
    assert [one.state for one in workspace.read_beside(receipts.every)] == ["applied", "superseded"]
    assert first.receipt is not None


def test_a_plan_open_for_reading_keeps_no_decision(workspace: Workspace, path: Path) -> None:
    with Workspace.open(workspace.path, read_only=True) as reading:
        review = received(reading, path, a101={"status": "On track"})
        with pytest.raises(NotKept):
            deciding.decided(reading, review, review.differences, "accept")


def test_set_aside(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track"})
    keeping.set_aside(workspace, review)
    assert workspace.read_beside(receipts.every) == []
    keeping.set_aside(workspace, keeping.keep(workspace, review))
    assert _receipt(workspace).state == "set aside"
    again = receiving.review(workspace, path)
    assert taking.apply(workspace, [again]) == Applied(1, 0, 0)
    assert (_receipt(workspace).state, activity(workspace).status) == ("applied", "On track")


# What is refused


def assert_refused(workspace: Workspace, reviews: list[Review], said: str) -> None:
    """Nothing at all is changed by an apply that is refused."""
    before, kept = workspace.revision(), workspace.read_beside(receipts.every)
    with pytest.raises(RuleBroken, match=said):
        taking.apply(workspace, reviews)
    assert (workspace.revision(), workspace.read_beside(receipts.every)) == (before, kept)


def test_a_plan_that_moved_between_review_and_apply(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"percent": 0.5})
    set_cells(workspace, percent=20)
    assert_refused(
        workspace,
        [review],
        r"^The % complete of 1\.01 has changed in the plan since crime\.xlsx was read\. Read the file again; "
        "nothing was taken in",
    )
    workspace.edit("remove", delivery.remove_activities, [activity(workspace).key])
    assert_refused(workspace, [review], "Read the file again")


def test_a_status_that_left_the_list_between_review_and_apply(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "Deferred", "reason": "why"})
    (key,) = [status.key for status in workspace.read(queries.statuses) if status.title == "Deferred"]
    workspace.edit("rename", registers.change, Status, key, title="Put off")
    (kept_back,) = taking.apply(workspace, [review]).kept_back
    assert kept_back.why == "“Deferred” is no longer in the plan's list. Choose another, or refuse it."
    assert activity(workspace).reason == "why", "all else is taken in"
    again = receiving.review(workspace, path)
    again = deciding.decided(workspace, again, [of(again, "status")], "accept")
    assert taking.apply(workspace, [again]).accepted == 1
    assert activity(workspace).status == "Put off"


def test_an_answer_typed_before_the_list_changed(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "nonsense"})
    review = deciding.decided(workspace, review, review.differences, "accept", value="Deferred")
    (key,) = [status.key for status in workspace.read(queries.statuses) if status.title == "Deferred"]
    workspace.edit("remove", registers.remove, Status, key)
    applied = taking.apply(workspace, [_again(workspace, review)])
    assert (applied.accepted, applied.left) == (0, 1)
    assert applied.kept_back[0].sentence.startswith("crime.xlsx, Activities!G7 (1.01 Status): “Deferred” is not one of")


@pytest.mark.parametrize("answers", [{"percent": 0.5}, {"done": "Ours"}, {"forecast": date(2009, 1, 1)}], ids=str)
def test_two_files_with_different_answers_for_one_cell(
    workspace: Workspace, path: Path, tmp_path: Path, answers: dict[str, Any]
) -> None:
    with Filled(path, tmp_path / "again.xlsx") as book:
        book.put("1.01", percent=0.6, done="Theirs", forecast=date(2009, 2, 2))
    reviews = [
        received(workspace, path, a101=answers),
        receiving.review(workspace, tmp_path / "again.xlsx"),
    ]
    before = activity(workspace)
    applied = taking.apply(workspace, reviews)
    assert (applied.accepted, applied.left) == (2, 2), "all else is taken in"
    assert [each.file for each in applied.kept_back] == ["crime.xlsx", "again.xlsx"]
    assert all(each.why.startswith("Two different answers are accepted: “") for each in applied.kept_back)
    (field,) = answers
    assert getattr(activity(workspace), field, None) == getattr(before, field, None)
    first = receiving.review(workspace, path)
    (left,) = first.differences
    assert (left.kind, left.field, left.remark.startswith("Two different answers")) == ("question", field, True)
    first = deciding.decided(workspace, first, first.differences, "reject", reason="the other holds")
    second = receiving.review(workspace, tmp_path / "again.xlsx")
    second = deciding.decided(workspace, second, second.differences, "accept")
    assert taking.apply(workspace, [first, second]) == Applied(1, 1, 0)


def test_a_text_longer_than_the_plan_keeps_is_asked_about_on_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", text="x" * 2001, percent=0.5)
    review = receiving.review(workspace, tmp_path / "plan.xlsx")
    long = of(review, "text")
    assert (long.kind, long.usable) == ("question", False)
    assert long.remark == "Activity may have at most 2,000 characters, and this has 2,001. Shorten it."
    assert taking.apply(workspace, [review]) == Applied(1, 0, 1)
    assert activity(workspace).percent == 50


def test_what_breaks_a_rule_is_named_and_only_it_waits(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", ref="2.01", percent=0.5)
        book.put("1.02", percent=0.2)
    review = receiving.review(workspace, tmp_path / "plan.xlsx")
    changed = [each for each in review.differences if each.field == "ref"]
    review = deciding.decided(workspace, review, changed, "accept")
    done = taking.apply(workspace, [review])
    (kept_back,) = done.kept_back
    assert (done.accepted, done.left) == (2, 1)
    assert kept_back.sentence.startswith("plan.xlsx, Delivery plan!B7 (2.01 Ref): ")
    assert "already has an activity 2.01" in kept_back.why
    again = receiving.gone_on_with(workspace, _receipt(workspace).id)
    (asked,) = again.differences
    assert (asked.field, "already has an activity 2.01" in asked.remark) == ("ref", True)
    assert deciding.undecided(again) == [asked]


# Applying


def test_what_is_accepted_is_one_step_undone_in_one(workspace: Workspace, path: Path) -> None:
    before = workspace.revision()
    review = received(workspace, path, a101={"status": "On track", "percent": 0.5}, a201={"forecast": "tbc"})
    review = deciding.decided(workspace, review, [of(review, "percent")], "reject", reason="not so")
    assert taking.apply(workspace, [review]) == Applied(accepted=1, refused=1, left=1)
    step, earlier = workspace.history()[:2]
    assert (step.label, step.kind, earlier.id) == ("take in 1 change from crime.xlsx", "import", before)
    assert any("before taking in crime.xlsx" in version.reason for version in backups.earlier_versions(workspace.path))
    workspace.undo()
    assert activity(workspace).status == ""


def test_with_some_left_the_file_stays_open_for_the_rest(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track", "forecast": "tbc", "percent": 0.5})
    review = deciding.decided(workspace, review, [of(review, "percent")], "reject", reason="not so")
    taking.apply(workspace, [review])
    assert (_receipt(workspace).state, _receipt(workspace).closed_at) == ("open", "")
    again = receiving.gone_on_with(workspace, _receipt(workspace).id)
    assert found(again) == [("change", "1.01", "percent", 50), ("question", "1.01", "forecast", "tbc")]
    assert of(again, "percent").remark == ""
    again = deciding.decided(workspace, again, [of(again, "forecast")], "accept", value="31/03/2009")
    assert taking.apply(workspace, [again]) == Applied(1, 1, 0)
    assert _receipt(workspace).state == "applied"
    assert [(one.field, one.verdict, one.taken) for one in _written(workspace)] == [
        ("status", "accept", "On track"),
        ("percent", "reject", ""),
        ("forecast", "accept", "31/03/2009"),
    ]
    assert len({one.revision for one in _written(workspace)}) == 3


def test_an_untouched_file_leaves_its_receipt_and_nothing_else(workspace: Workspace, path: Path) -> None:
    before = workspace.revision()
    assert taking.apply(workspace, [receiving.review(workspace, path)]) == Applied(0, 0, 0)
    assert (workspace.revision(), _receipt(workspace).state, _written(workspace)) == (before, "applied", [])
    assert taking.apply(workspace, []) == Applied(0, 0, 0)


def test_what_the_plan_holds_already_closes_the_file_without_a_step(workspace: Workspace, path: Path) -> None:
    set_status(workspace, "Complete")
    before = workspace.revision()
    review = received(workspace, path, a101={"percent": "tbc", "status": "On track"})
    review = deciding.decided(workspace, review, [of(review, "status")], "accept", value="Complete")
    review = deciding.decided(workspace, review, [of(review, "percent")], "accept", value="[clear]")
    taking.apply(workspace, [review])
    assert (workspace.history()[1].id, activity(workspace).status) == (before, "Complete")
    assert _receipt(workspace).state == "applied"
    assert receiving.review(workspace, path).differences == ()
    assert [(one.field, one.taken) for one in _written(workspace)] == [("status", "Complete"), ("percent", "")]


def test_a_file_that_is_done_with_stays_as_it_is(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track", "percent": 0.5})
    review = deciding.decided(workspace, review, [of(review, "percent")], "reject", reason="not so")
    taking.apply(workspace, [review])
    held = workspace.read_beside(receipts.every)
    assert taking.apply(workspace, [receiving.review(workspace, path)]) == Applied(0, 0, 0)
    assert workspace.read_beside(receipts.every) == held


def test_undone_and_taken_in_again(workspace: Workspace, path: Path) -> None:
    review = received(workspace, path, a101={"status": "On track", "percent": 0.5})
    review = deciding.decided(workspace, review, [of(review, "percent")], "reject", reason="not so")
    taking.apply(workspace, [review])
    workspace.undo()
    again = receiving.review(workspace, path)
    assert deciding.accepted(again) == [of(again, "status")]
    assert taking.apply(workspace, [again]) == Applied(1, 1, 0)
    assert activity(workspace).status == "On track"
    assert receiving.review(workspace, path).differences == ()
    assert [(one.field, workspace.stands(one.revision)) for one in _written(workspace)] == [
        ("status", True),
        ("percent", False),
    ]
