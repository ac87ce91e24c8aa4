"""What becomes of answers that are taken in: reports of a quarter, new rows, joint owners, corrected versions."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import deciding, delivery, outcomes, receiving, registers, reviewing, taking
from spp_desktop.edits.issuing import issue
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.store import queries, receipts
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import (
    ENDS,
    Filled,
    activity,
    found,
    milestone,
    of,
    only,
    received,
    reports,
    sent,
    set_cells,
    set_owners,
    set_status,
)


@pytest.fixture
def path(crime_return: Path) -> Path:
    return crime_return


# Reports


def test_what_was_done_is_a_report_at_the_quarters_end_with_the_status(workspace: Workspace, path: Path) -> None:
    review = received(
        workspace, path, a101={"status": "On track", "done": "Trained 40", "next": "Train 60"}, a201={"percent": 0.5}
    )
    taking.apply(workspace, [review])
    assert reports(workspace) == [(ENDS, "ACC Crime", "On track", "Trained 40", "Train 60")]
    assert reports(workspace, "2.01") == []
    assert activity(workspace, "2.01").percent == 50
    assert receiving.review(workspace, path).differences == ()


def test_a_status_alone_is_kept_as_how_it_stood(workspace: Workspace, path: Path) -> None:
    taking.apply(workspace, [received(workspace, path, a101={"status": "Complete"})])
    assert reports(workspace) == [(ENDS, "ACC Crime", "Complete", "", "")]


def test_a_second_report_of_the_day_adds_to_the_first(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    taking.apply(workspace, [received(workspace, path, a101={"done": "Trained 40", "next": "Train 60"})])
    sent(workspace, tmp_path / "again.xlsx")
    review = received(workspace, tmp_path / "again.xlsx", a101={"status": "Complete", "next": "[clear]"})
    assert found(review) == [("change", "1.01", "status", "Complete"), ("change", "1.01", "next", None)]
    taking.apply(workspace, [review])
    assert reports(workspace) == [(ENDS, "ACC Crime", "Complete", "Trained 40", "")]
    sent(workspace, tmp_path / "q3.xlsx", quarter="Q3")
    with Filled(tmp_path / "q3.xlsx") as book:
        row, (_, columns) = book.row("1.01"), book.headings()
        assert book.sheet().cell(row, columns["done"]).value is None
        assert book.sheet().cell(row, columns["status"]).value == "Complete"


def test_the_whole_plans_return_reports_for_the_lead(workspace: Workspace, tmp_path: Path) -> None:
    set_owners(workspace, "ACC Security", "ACC Crime")
    sent(workspace, tmp_path / "all.xlsx", "")
    taking.apply(workspace, [received(workspace, tmp_path / "all.xlsx", a101={"done": "Trained 40"})])
    assert reports(workspace) == [(ENDS, "ACC Security", "", "Trained 40", "")]


def test_a_report_of_a_post_renamed_since_is_that_posts(workspace: Workspace, path: Path) -> None:
    (key,) = [post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Crime"]
    workspace.edit("rename", registers.change, Post, key, title="ACC Crime and Justice")
    review = received(workspace, path, a101={"done": "Trained 40"})
    taking.apply(workspace, [review])
    assert reports(workspace) == [(ENDS, "ACC Crime and Justice", "", "Trained 40", "")]
    assert receiving.review(workspace, path).differences == ()


def test_a_return_of_the_year_keeps_no_report(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", status="On track", owners="ACC Security; ACC Crime", reason="[clear]")
    taking.apply(workspace, [receiving.review(workspace, tmp_path / "plan.xlsx")])
    row = activity(workspace)
    assert (row.status, row.owners, reports(workspace)) == ("On track", ("ACC Security", "ACC Crime"), [])


# Every kind of cell


def test_requests_milestones_and_targets(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", owners="ACC Security", due=date(2009, 3, 31), text="Do it better")
        book.put("First step of 1.01", "Milestones", forecast=date(2008, 9, 1), title="One step")
    issue(workspace, PERFORMANCE_PLAN, tmp_path / "performance.xlsx")
    with Filled(tmp_path / "performance.xlsx", definition=PERFORMANCE_PLAN) as book:
        book.sheet().cell(book.row("R1"), book.headings()[1]["target:2008"]).value = 0.05
    reviews = [receiving.review(workspace, one) for one in (path, tmp_path / "performance.xlsx")]
    assert taking.apply(workspace, reviews) == Applied(1, 0, 6)
    reviews = [receiving.review(workspace, one) for one in (path, tmp_path / "performance.xlsx")]
    reviews[0] = deciding.decided(workspace, reviews[0], reviews[0].differences, "accept")
    assert taking.apply(workspace, reviews) == Applied(5, 0, 0)
    row, step = activity(workspace), milestone(workspace)
    assert (row.owners, row.due, row.text) == (("ACC Security",), date(2009, 3, 31), "Do it better")
    assert (step.title, step.forecast) == ("One step", date(2008, 9, 1))
    assert workspace.read(queries.indicators)[0].targets[2008].stated == "5%"
    assert workspace.history()[1].label == "take in 1 change from 2 files"


def test_the_priority_as_a_request(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", priority="Local policing", owners="[clear]")
    review = receiving.review(workspace, tmp_path / "plan.xlsx")
    assert found(review)[0] == ("request", "1.01", "priority", "Local policing")
    taking.apply(workspace, [deciding.decided(workspace, review, review.differences, "accept")])
    assert (activity(workspace).priority, activity(workspace).owners) == ("Local policing", ())


# New rows


def test_a_new_activity_is_added_with_all_that_was_said_of_it(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, ref="2.09", text="Something new", status="on track", percent=0, due="31/03/2009", done="Began")
        book.put_at(31, ref="9.01", text="Something else", owners="ACC Security; ACC Crime")
    review = receiving.review(workspace, path)
    first, second = review.differences
    assert deciding.accepted(review) == []
    review = deciding.decided(workspace, review, [first], "accept")
    with pytest.raises(RuleBroken, match=r"^9\.01: Say which priority it belongs to\.$"):
        deciding.decided(workspace, review, [second], "accept")
    with pytest.raises(RuleBroken, match=r"“Nothing” is not a priority of the plan"):
        deciding.decided(workspace, review, [second], "accept", value="Nothing")
    review = deciding.decided(workspace, review, [second], "accept", value="serious harm ")
    assert taking.apply(workspace, [review]) == Applied(2, 0, 0)
    new, other = activity(workspace, "2.02"), activity(workspace, "1.03")
    assert (new.text, new.status, new.percent, new.due) == ("Something new", "On track", 0, date(2009, 3, 31))
    assert (new.owners, new.priority, new.year) == (("ACC Crime",), "Local policing", 2008)
    assert reports(workspace, "2.02") == [(ENDS, "ACC Crime", "On track", "Began", "")]
    assert (other.owners, other.priority) == (("ACC Security", "ACC Crime"), "Serious harm")
    assert receiving.review(workspace, path).differences == ()
    (receipt,) = workspace.read_beside(receipts.every)
    assert [(one.returned, one.taken) for one in outcomes.read(receipt.outcome)] == [
        ("Something new", "Something new"),
        ("Something else", "Something else"),
    ]


def test_a_new_row_that_says_nothing_of_what_it_is(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, ref="2.09", status="On track")
    review = receiving.review(workspace, path)
    with pytest.raises(RuleBroken, match="It says nothing of what it is"):
        deciding.decided(workspace, review, review.differences, "accept", value="Serious harm")


def test_a_new_activity_of_the_year_has_the_priority_that_it_names(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx", owner="ACC Crime", year=2008)
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put_at(30, ref="1.09", text="Something new", priority="Local policing")
    (key,) = [post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Crime"]
    workspace.edit("disown", delivery.set_owners, activity(workspace, "2.01").key, [])
    workspace.edit("disown", delivery.set_owners, activity(workspace).key, [])
    workspace.edit("remove", registers.remove, Post, key)
    review = receiving.review(workspace, tmp_path / "plan.xlsx")
    taking.apply(workspace, [deciding.decided(workspace, review, review.differences, "accept")])
    new = activity(workspace, "2.02")
    assert (new.text, new.priority, new.owners) == ("Something new", "Local policing", ())


def test_a_new_milestone_is_added_to_its_activity(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, "Milestones", ref="1.01", title="Second step", due=date(2009, 1, 31), done_on="1/2/2009")
        book.put_at(31, "Milestones", ref="7.77", title="Of no activity")
    review = receiving.review(workspace, path)
    first, second = review.differences
    with pytest.raises(RuleBroken, match=r"^7\.77: Add it in the plan itself, or refuse it\.$"):
        deciding.decided(workspace, review, [second], "accept")
    review = deciding.decided(workspace, review, [first], "accept")
    taking.apply(workspace, [deciding.decided(workspace, review, [second], "reject", reason="whose?")])
    steps = [row for row in workspace.read(queries.milestones) if row.title == "Second step"]
    assert [(row.activity_key, row.due, row.done_on) for row in steps] == [
        (activity(workspace).key, date(2009, 1, 31), date(2009, 2, 1))
    ]


# Joint owners


def test_the_leads_answer_counts_and_each_reports_for_itself(workspace: Workspace, tmp_path: Path) -> None:
    set_owners(workspace, "ACC Crime", "ACC Security")
    answers: dict[str, dict[str, Any]] = {
        "ACC Crime": {"status": "Complete", "done": "Trained 40"},
        "ACC Security": {"status": "At risk", "done": "Waited", "percent": 1.0},
    }
    reviews = []
    for owner, said in answers.items():
        sent(workspace, tmp_path / f"{owner}.xlsx", owner)
        reviews.append(received(workspace, tmp_path / f"{owner}.xlsx", a101=said))
    reviews = reviewing.together(reviews)
    assert taking.apply(workspace, reviews) == Applied(3, 0, 2)
    assert (activity(workspace).status, activity(workspace).percent) == ("Complete", None)
    assert sorted(reports(workspace)) == [
        (ENDS, "ACC Crime", "Complete", "Trained 40", ""),
        (ENDS, "ACC Security", "Complete", "Waited", ""),
    ]
    states = {one.sender: one.state for one in workspace.read_beside(receipts.every)}
    assert states == {"ACC Crime": "applied", "ACC Security": "open"}
    again = receiving.review(workspace, tmp_path / "ACC Security.xlsx")
    assert found(again) == [("disagreement", "1.01", "status", "At risk"), ("disagreement", "1.01", "percent", 100)]
    again = deciding.decided(workspace, again, [of(again, "percent")], "accept")
    again = deciding.decided(workspace, again, [of(again, "status")], "reject", reason="the lead says otherwise")
    assert taking.apply(workspace, [again]) == Applied(1, 1, 0)
    assert (activity(workspace).status, activity(workspace).percent) == ("Complete", 100)


def test_a_joint_owners_answer_and_the_leads_cannot_both_be_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    set_owners(workspace, "ACC Crime", "ACC Security")
    reviews = []
    for owner, status in (("ACC Crime", "Complete"), ("ACC Security", "On track")):
        sent(workspace, tmp_path / f"{owner}.xlsx", owner)
        reviews.append(received(workspace, tmp_path / f"{owner}.xlsx", a101={"status": status}))
    reviews[1] = deciding.decided(workspace, reviews[1], reviews[1].differences, "accept")
    applied = taking.apply(workspace, reviews)
    assert (applied.accepted, applied.left) == (0, 2)
    for kept_back in applied.kept_back:
        assert "“Complete” in ACC Crime.xlsx and “On track” in ACC Security.xlsx" in kept_back.why


# Corrected versions


def _version(workspace: Workspace, path: Path, name: str, **answers: Any) -> Review:
    """A later version of a file, with these answers changed in 1.01."""
    target = path.with_name(name)
    with Filled(path, target) as book:
        book.put("1.01", **answers)
        book.book.properties.title = name  # two that are saved in one second would be the same file
    return receiving.review(workspace, target)


def test_a_second_version_is_held_against_the_first(workspace: Workspace, tmp_path: Path) -> None:
    set_status(workspace, "On track")
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    first = received(workspace, path, a101={"status": "Complete", "percent": 1.0, "done": "All", "next": "None"})
    first = deciding.decided(workspace, first, [of(first, "next")], "reject", reason="say more")
    taking.apply(workspace, [first])
    second = _version(workspace, path, "second.xlsx", status="On track", percent=0.9)
    assert [(one.kind, one.field, one.returned) for one in second.differences] == [
        ("question", "status", "On track"),
        ("change", "percent", 90),
        ("question", "next", "None"),
    ]
    assert of(second, "status").remark == (
        "An earlier version of this return said otherwise, and was taken in. Take that back?"
    )
    assert of(second, "next").remark == "The same answer was refused before: say more."
    second = deciding.decided(workspace, second, [of(second, "status"), of(second, "next")], "accept")
    assert taking.apply(workspace, [second]) == Applied(3, 0, 0)
    row = activity(workspace)
    assert (row.status, row.percent) == ("On track", 90)
    assert reports(workspace) == [(ENDS, "ACC Crime", "On track", "All", "None")]
    for name in ("crime.xlsx", "second.xlsx"):
        assert receiving.review(workspace, path.with_name(name)).differences == ()


def test_another_copy_with_other_rows_takes_nothing_back(workspace: Workspace, tmp_path: Path) -> None:
    set_status(workspace, "On track")
    path, other = tmp_path / "crime.xlsx", tmp_path / "deputy.xlsx"
    sent(workspace, path)
    with Filled(path, other) as book:
        book.put("2.01", done="Deputy's")
    taking.apply(workspace, [received(workspace, path, a101={"status": "Complete", "percent": 1.0})])
    copy = receiving.review(workspace, other)
    assert found(copy) == [("change", "2.01", "done", "Deputy's")]
    taking.apply(workspace, [copy])
    assert activity(workspace).status == "Complete"
    assert receiving.review(workspace, other).differences == ()


def test_an_open_file_does_not_give_way_to_a_copy_with_other_rows(workspace: Workspace, tmp_path: Path) -> None:
    path, other, corrected = (tmp_path / f"{name}.xlsx" for name in ("crime", "deputy", "corrected"))
    sent(workspace, path)
    with Filled(path, other) as book:
        book.put("2.01", done="Deputy's")
    with Filled(path, corrected) as book:
        book.put("1.01", percent=0.6)
        book.put("2.01", done="Deputy's")
    first = taking.apply(workspace, [received(workspace, path, a101={"percent": "most of it"})])
    assert (first.accepted, first.left) == (0, 1)
    taking.apply(workspace, [receiving.review(workspace, other)])
    assert found(receiving.review(workspace, path)) == [("question", "1.01", "percent", "most of it")]
    states = {receipt.file_name: receipt.state for receipt in workspace.read_beside(receipts.every)}
    assert states == {"crime.xlsx": "open", "deputy.xlsx": "applied"}
    taking.apply(workspace, [receiving.review(workspace, corrected)])
    states = {receipt.file_name: receipt.state for receipt in workspace.read_beside(receipts.every)}
    assert states == {"crime.xlsx": "superseded", "deputy.xlsx": "applied", "corrected.xlsx": "applied"}


def test_two_copies_taken_in_at_once_both_keep_what_is_left(workspace: Workspace, tmp_path: Path) -> None:
    path, other = tmp_path / "crime.xlsx", tmp_path / "deputy.xlsx"
    sent(workspace, path)
    with Filled(path, other) as book:
        book.put("2.01", done="Deputy's", percent="some")
    reviews = [received(workspace, path, a101={"percent": "most of it"}), receiving.review(workspace, other)]
    assert taking.apply(workspace, reviewing.together(reviews)).left == 2
    assert {receipt.state for receipt in workspace.read_beside(receipts.every)} == {"open"}


def test_a_clear_after_a_first_version_is_asked_and_a_blank_is_not(workspace: Workspace, path: Path) -> None:
    taking.apply(workspace, [received(workspace, path, a101={"percent": 0.5})])
    one = only(_version(workspace, path, "second.xlsx", percent="[clear]"))
    assert (one.kind, one.returned, one.now, one.usable) == ("question", None, 50, True)
    assert one.remark.endswith("Take that back?")
    assert _version(workspace, path, "third.xlsx", percent=None).differences == ()


def test_what_was_typed_in_the_place_of_an_answer_is_not_asked_again(workspace: Workspace, path: Path) -> None:
    first = received(workspace, path, a101={"percent": 0.5, "forecast": "end of Q3"})
    first = deciding.decided(workspace, first, [of(first, "percent")], "accept", value="45%")
    first = deciding.decided(workspace, first, [of(first, "forecast")], "accept", value="31/12/2008")
    taking.apply(workspace, [first])
    assert (activity(workspace).percent, activity(workspace).forecast) == (45, date(2008, 12, 31))
    assert _version(workspace, path, "second.xlsx", reason=None).differences == ()
    second = _version(workspace, path, "third.xlsx", percent=0.6)
    assert (only(second).kind, only(second).now, only(second).returned) == ("change", 45, 60)


def test_a_second_version_where_the_plan_has_moved_is_a_conflict(workspace: Workspace, path: Path) -> None:
    taking.apply(workspace, [received(workspace, path, a101={"percent": 0.5})])
    set_cells(workspace, percent=55)
    assert _version(workspace, path, "second.xlsx", reason=None).differences == ()
    assert only(_version(workspace, path, "third.xlsx", percent=0.6)).kind == "conflict"


def test_a_first_version_that_was_undone_is_no_ground(workspace: Workspace, path: Path) -> None:
    taking.apply(workspace, [received(workspace, path, a101={"percent": 0.5})])
    workspace.undo()
    one = only(_version(workspace, path, "second.xlsx", percent=0.6))
    assert (one.kind, one.now) == ("change", None)
    workspace.redo()
    one = only(receiving.review(workspace, path.with_name("second.xlsx")))
    assert (one.kind, one.now) == ("change", 50)


def test_a_question_that_was_refused_is_asked_with_the_reason(workspace: Workspace, path: Path) -> None:
    first = received(workspace, path, a101={"forecast": "tbc"})
    taking.apply(workspace, [deciding.decided(workspace, first, first.differences, "reject")])
    one = only(_version(workspace, path, "second.xlsx", reason=None))
    assert one.remark.endswith("The same answer was refused before: no reason was given.")
