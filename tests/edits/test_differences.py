"""What a return that came back asks of a person: as issued, as returned, as it is now, by values."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import delivery, performance, receiving, registers
from spp_desktop.edits.issuing import issue
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.definition import Return
from spp_desktop.returns.file_forms import ENDINGS
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import (
    Filled,
    activity,
    found,
    milestone,
    of,
    only,
    received,
    sent,
    set_cells,
    set_owners,
    set_status,
)

STEP = "First step of 1.01"


@pytest.fixture
def path(crime_return: Path) -> Path:
    """The status return of ACC Crime, who leads 1.01 and 2.01."""
    return crime_return


def _status(workspace: Workspace, title: str) -> str:
    return next(status.key for status in workspace.read(queries.statuses) if status.title == title)


@pytest.mark.parametrize(
    ("definition", "sample"),
    [
        *((definition, "worked") for definition in every_return()),
        *((definition, "published") for definition in every_return() if not definition.stands_for),
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_the_untouched_file_says_no_changes(
    definition: Return, sample: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with Workspace.open(request.getfixturevalue(sample)) as workspace:
        period = {"month": "M06", "quarter": "Q2", "half": "H1"}.get(definition.span, "")
        path = tmp_path / f"out{ENDINGS[definition.form]}"
        content = issue(workspace, definition, path, period=period)
        review = receiving.review(workspace, path)
    assert content.rows >= (0 if definition.stands_for else 22)
    assert (review.summary, review.differences, review.left_empty, review.notices) == ("No changes.", (), (), ())


def test_ordinary_answers_come_back_as_those_changes(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", status="on track", percent=0.5, forecast=date(2009, 3, 1), done="=1+1", next="Train staff")
        book.sheet().cell(book.row("1.01"), book.headings()[1]["done"]).data_type = "s"
        book.put(STEP, "Milestones", done_on=date(2008, 7, 30))
    review = receiving.review(workspace, path)
    assert found(review) == [
        ("change", "1.01", "status", "On track"),
        ("change", "1.01", "percent", 50),
        ("change", "1.01", "forecast", date(2009, 3, 1)),
        ("change", "1.01", "done", "=1+1"),
        ("change", "1.01", "next", "Train staff"),
        ("change", "1.01", "done_on", date(2008, 7, 30)),
    ]
    assert review.summary == "6 changes."
    assert review.clean == review.differences
    assert of(review, "status").sentence == "1.01 Status: On track (was empty). “on track” was read as On track."
    assert of(review, "done_on").sentence == f"1.01 “{STEP}” Actual date: 30/07/2008 (was empty)."


def test_an_emptied_cell_is_no_answer_and_a_word_clears(workspace: Workspace, tmp_path: Path) -> None:
    set_cells(workspace, percent=20, reason="why", forecast=date(2009, 1, 1))
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    review = received(workspace, path, a101={"percent": None, "reason": "[clear]", "forecast": " "})
    assert found(review) == [("change", "1.01", "reason", None)]
    assert review.summary == "1 change, 2 cells left empty."
    assert [(one.field, one.kind, one.decidable) for one in review.left_empty] == [
        ("percent", "no answer", False),
        ("forecast", "no answer", False),
    ]


def test_what_may_not_be_empty_is_not_cleared(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", text="[clear]")
    one = only(receiving.review(workspace, tmp_path / "plan.xlsx"))
    assert (one.kind, one.usable, one.remark) == ("question", False, "“Activity” may not be empty.")


def test_what_has_moved_on_since_is_a_conflict_and_the_same_answer_is_none(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20, reason="agreed")
    review = received(workspace, path, a101={"percent": 0.5, "reason": "agreed"})
    one = only(review)
    assert (one.kind, one.issued, one.returned, one.now, one.asks) == ("conflict", None, 50, 20, True)
    assert one.sentence.startswith(
        "1.01 % complete: 50% (was empty); the plan now holds 20%. The plan has changed since this went out. "
    )
    assert "changed it there on" in one.sentence
    assert review.clean == ()


def test_what_moved_on_where_nothing_was_answered_says_nothing(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    assert receiving.review(workspace, path).differences == ()


def test_a_question_says_that_the_plan_has_moved_too(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, percent=20)
    one = only(received(workspace, path, a101={"percent": "about half"}))
    assert one.kind == "question"
    assert one.remark.endswith("The plan has changed since this went out, and now holds 20%.")


def test_a_change_to_a_locked_cell_is_a_request(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put("1.01", text="Do it better", due=date(2009, 9, 30))
        book.put(STEP, "Milestones", ref="7.77")
    review = receiving.review(workspace, path)
    assert found(review) == [
        ("request", "1.01", "text", "Do it better"),
        ("request", "1.01", "due", date(2009, 9, 30)),
        ("request", "7.77", "ref", "7.77"),
    ]
    assert [one.usable for one in review.differences] == [True, True, False]


def test_what_only_tells_something_is_not_looked_at(workspace: Workspace, path: Path) -> None:
    assert received(workspace, path, a101={"changed": "nonsense"}).differences == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("=A1", "formula whose result is not in the file"),
        ("#REF!", "the error #REF!"),
        ("30/02/2009", "is not a day of the calendar"),
        ("end of Q3", "is not a date"),
        (date(2044, 1, 1), "far from the years of the plan"),
    ],
)
def test_what_cannot_be_read_is_a_question(workspace: Workspace, path: Path, typed: object, said: str) -> None:
    one = only(received(workspace, path, a101={"forecast": typed}))
    assert (one.kind, one.asks) == ("question", True)
    assert said in one.remark


def test_a_status_that_asks_for_a_reason(workspace: Workspace, path: Path) -> None:
    one = only(received(workspace, path, a101={"status": "Off track"}))
    assert (one.kind, one.usable) == ("question", True)
    assert one.remark == "“Off track” asks for a reason, and none is given. Ask for it, or take it in as it is."
    review = received(workspace, path, a101={"reason": "The contractor left"})
    assert [one.kind for one in review.differences] == ["change", "change"]


def test_a_reason_that_the_plan_holds_is_one_unless_it_is_cleared(workspace: Workspace, tmp_path: Path) -> None:
    set_cells(workspace, reason="The contractor left")
    sent(workspace, tmp_path / "crime.xlsx")
    assert only(received(workspace, tmp_path / "crime.xlsx", a101={"status": "Off track"})).kind == "change"
    review = received(workspace, tmp_path / "crime.xlsx", a101={"reason": "[clear]"})
    assert [one.kind for one in review.differences] == ["question", "change"]


def test_a_reason_taken_from_a_status_that_asks_for_one(workspace: Workspace, tmp_path: Path) -> None:
    key = next(row.status_key for row in workspace.read(queries.activities) if row.ref == "1.01")
    off = next(status.key for status in workspace.read(queries.statuses) if status.title == "Off track")
    assert key != off
    set_cells(workspace, reason="The contractor left", status_id=off)
    sent(workspace, tmp_path / "crime.xlsx")
    one = only(received(workspace, tmp_path / "crime.xlsx", a101={"reason": "[clear]"}))
    assert (one.kind, one.remark) == ("question", "“Off track” asks for a reason, and this takes it away.")


def test_a_conflict_says_that_the_reason_is_missing(workspace: Workspace, path: Path) -> None:
    set_status(workspace, "At risk")
    one = only(received(workspace, path, a101={"status": "Off track"}))
    assert one.kind == "conflict"
    assert "asks for a reason" in one.remark


def test_a_row_twice_is_a_question_only_if_the_answers_differ(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.copy("1.01")
    assert receiving.review(workspace, path).differences == ()
    with Filled(path) as book:
        book.put("1.01", status="On track", percent=0.2)
        book.copy("1.01", status="At risk")
    review = receiving.review(workspace, path)
    assert found(review)[0] == ("duplicate", "1.01", "status", "On track")
    one = of(review, "status")
    assert (one.answers, one.returned_text, one.usable) == (("On track", "At risk"), "On track / At risk", False)
    assert "Activities!G7 and Activities!G9" in one.remark
    assert [one.kind for one in review.differences] == ["duplicate", "change"]


def test_of_a_row_twice_an_untouched_one_counts_as_an_answer(workspace: Workspace, tmp_path: Path) -> None:
    set_status(workspace, "On track")
    sent(workspace, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        book.copy("1.01", status="Complete")
    assert only(receiving.review(workspace, tmp_path / "crime.xlsx")).answers == ("On track", "Complete")


def test_a_new_activity_is_proposed_with_its_priority_guessed(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, ref="2.09", text="Something new", status="On track", due="31/03/2009", forecast="end of Q3")
    review = receiving.review(workspace, path)
    one = only(review)
    assert (one.kind, one.ref, one.key, one.usable) == ("new row", "2.09", "", True)
    values = dict(one.row)
    assert (values["text"], values["status"], values["due"]) == ("Something new", "On track", date(2009, 3, 31))
    assert values["priority"] == activity(workspace, "2.01").priority
    assert one.remark == "A row that did not go out. Not understood, and left out: Forecast date “end of Q3”."
    assert one.sentence.startswith("2.09 Something new: A row")
    assert review.summary == "1 new row."


def test_a_new_row_of_which_nothing_tells_the_priority(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, ref="9.09", text="Something new")
        book.put_at(31, text="No reference")
        book.put_at(32, ref="2.08", status="On track")
    review = receiving.review(workspace, path)
    assert [(one.kind, one.usable) for one in review.differences] == [("new row", False)] * 3


def test_a_new_milestone_belongs_to_the_activity_of_its_reference(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, "Milestones", ref="1.01", title="Second step", due=date(2009, 1, 31))
        book.put_at(31, "Milestones", ref="1.09", title="Of no activity")
        book.put_at(32, "Milestones", ref="1.01", due=date(2009, 1, 31))
    first, second, third = receiving.review(workspace, path).differences
    assert (first.kind, first.usable) == ("new row", True)
    assert dict(first.row)["activity_id"] == activity(workspace).key
    assert [second.usable, third.usable] == [False, False]


def test_a_new_row_with_words_that_the_plan_has_says_so(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.put_at(30, ref="1.02", text="do what 1.02 SAYS", done="Theirs, not ours")
        book.put_at(30, "Milestones", ref="1.02", title="First step of 1.02")
        book.put_at(31, "Milestones", ref="1.01", title="First step of 1.02")
    remarks = [one.remark for one in receiving.review(workspace, path).differences]
    assert remarks == [
        "A row that did not go out. The plan has these words already, as 1.02.",
        "A row that did not go out. The plan has these words already, as 1.02.",
        "A row that did not go out.",
    ]


def test_a_new_indicator_is_not_added_from_a_return(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, PERFORMANCE_PLAN, tmp_path / "performance.xlsx")
    with Filled(tmp_path / "performance.xlsx", definition=PERFORMANCE_PLAN) as book:
        book.put_at(30, ref="R9", title="Something new")
    one = only(receiving.review(workspace, tmp_path / "performance.xlsx"))
    assert (one.kind, one.usable) == ("new row", False)


def test_a_missing_row_is_not_returned(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.delete("2.01")
        book.delete(STEP, "Milestones")
    review = receiving.review(workspace, path)
    assert [(one.kind, one.ref, one.decidable) for one in review.differences] == [
        ("not returned", "2.01", False),
        ("not returned", "1.01", False),
    ]
    assert review.summary == "2 rows not returned."


def test_keys_left_behind_by_sorting_are_asked_about(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        first, second = book.rows()
        sheet = book.sheet()
        for column in range(2, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value
        book.put("2.01", status="On track")
    review = receiving.review(workspace, path)
    assert found(review) == [
        ("match", "2.01", "", None),
        ("change", "2.01", "status", "On track"),
        ("match", "1.01", "", None),
    ]
    assert "as when only some columns are sorted" in review.differences[0].remark
    assert of(review, "status", "2.01").key == activity(workspace, "2.01").key
    assert [one.asks for one in review.differences] == [True] * 3
    assert review.clean == ()


def test_a_row_beside_the_key_of_another_and_not_in_the_plan(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.copy("1.01", ref="1.07", text="Made from a copy")
    one = only(receiving.review(workspace, path))
    assert (one.kind, one.usable) == ("new row", True)
    assert one.remark == (
        "This row stands beside the hidden key of another row, and its words are not among those that went out."
    )


def test_a_row_that_lost_its_key_is_asked_about(workspace: Workspace, path: Path) -> None:
    with Filled(path) as book:
        book.sheet().cell(book.row("1.01"), 1).value = None
        book.put("1.01", status="On track")
    match, status = receiving.review(workspace, path).differences
    assert (match.kind, match.ref, match.usable) == ("match", "1.01", True)
    assert match.remark.startswith("This row has no hidden key.")
    assert (status.kind, status.waits, status.row_subject) == ("change", True, match.subject)


def test_words_that_were_changed_keep_their_row(workspace: Workspace, tmp_path: Path) -> None:
    issue(workspace, DELIVERY_PLAN, tmp_path / "plan.xlsx")
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", text="Do it better")
        book.put("1.02", ref="1.05")
    review = receiving.review(workspace, tmp_path / "plan.xlsx")
    assert found(review) == [("change", "1.01", "text", "Do it better"), ("request", "1.05", "ref", "1.05")]


def test_a_reference_that_changed_in_the_plan_is_no_difference(workspace: Workspace, path: Path) -> None:
    set_cells(workspace, ref="1.09")
    one = only(received(workspace, path, a101={"percent": 0.5}))
    assert (one.kind, one.field, one.key) == ("change", "percent", activity(workspace, "1.09").key)


def test_an_activity_removed_since(workspace: Workspace, path: Path) -> None:
    workspace.edit("remove", delivery.remove_activities, [activity(workspace).key])
    assert receiving.review(workspace, path).differences == ()
    review = received(workspace, path, a101={"status": "On track", "forecast": date(2044, 1, 1), "percent": "half"})
    assert [(one.kind, one.remark, one.usable, one.gone) for one in review.differences] == [
        ("question", "This row is no longer in the plan.", False, True)
    ] * 3
    with Filled(path) as book:
        book.delete("1.01")
    assert receiving.review(workspace, path).differences == ()


def test_an_owner_who_changed_since_is_said(workspace: Workspace, path: Path) -> None:
    set_owners(workspace, "ACC Security")
    review = received(workspace, path, a101={"status": "On track", "done": "Trained 40"})
    assert [(one.kind, one.field, one.remark) for one in review.differences] == [
        ("change", "status", "ACC Security leads it now."),
        ("change", "done", ""),
    ]
    set_owners(workspace)
    assert of(receiving.review(workspace, path), "status").remark == "No post leads it now."


def test_a_status_renamed_since_is_no_change_and_no_conflict(workspace: Workspace, tmp_path: Path) -> None:
    set_status(workspace, "On track")
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    for old, new in (("On track", "On course"), ("At risk", "Needs attention")):
        workspace.edit("rename", registers.change, Status, _status(workspace, old), title=new)
    assert receiving.review(workspace, path).differences == ()
    one = only(received(workspace, path, a101={"status": "At risk", "reason": None}))
    assert (one.kind, one.issued_text, one.returned, one.now) == (
        "question",
        "On track",
        "Needs attention",
        "On course",
    )
    assert one.remark.startswith("“At risk” is now called Needs attention. “Needs attention” asks for a reason")
    one = of(received(workspace, path, a101={"status": "Needs attention", "reason": "why"}), "status")
    assert (one.kind, one.returned, one.remark) == ("change", "Needs attention", "")


def test_a_status_removed_since_is_a_question(workspace: Workspace, path: Path) -> None:
    workspace.edit("remove", registers.remove, Status, _status(workspace, "Deferred"))
    one = only(received(workspace, path, a101={"status": "Deferred"}))
    assert (one.kind, one.usable) == ("question", False)
    assert "is not one of" in one.remark


def test_a_post_renamed_since_answers_under_its_new_name(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    (key,) = [post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Crime"]
    workspace.edit("rename", registers.change, Post, key, title="ACC Crime and Justice")
    assert receiving.review(workspace, path).differences == ()
    review = received(workspace, path, a101={"status": "On track"})
    assert review.identity.owner == "ACC Crime and Justice"
    assert (only(review).kind, only(review).lead, only(review).remark) == ("change", "ACC Crime and Justice", "")


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        ({"status": "At risk", "reason": "Late"}, [("disagreement", "status"), ("disagreement", "reason")]),
        ({"done": "Ours", "next": "More"}, [("change", "done"), ("change", "next")]),
        ({"status": "ask crime"}, [("question", "status")]),
    ],
)
def test_a_joint_owner(
    workspace: Workspace, tmp_path: Path, answers: Mapping[str, Any], kinds: list[tuple[str, str]]
) -> None:
    set_owners(workspace, "ACC Crime", "ACC Security")
    path = tmp_path / "security.xlsx"
    content = sent(workspace, path, "ACC Security")
    assert [line.values["ref"] for line in content.tables[0]] == ["1.01", "1.02"]
    review = received(workspace, path, a101=answers, a102={"status": "On track"})
    assert [(one.kind, one.field) for one in review.differences] == [*kinds, ("change", "status")]
    assert all("ACC Crime leads, and their answer counts." in one.remark for one in review.differences[:1]) != (
        kinds[0][0] == "change"
    )


def test_a_joint_owners_milestone(workspace: Workspace, tmp_path: Path) -> None:
    set_owners(workspace, "ACC Crime", "ACC Security")
    sent(workspace, tmp_path / "security.xlsx", "ACC Security")
    with Filled(tmp_path / "security.xlsx") as book:
        book.put(STEP, "Milestones", done_on=date(2008, 8, 1))
    assert only(receiving.review(workspace, tmp_path / "security.xlsx")).kind == "disagreement"
    workspace.edit("done", delivery.set_milestone, milestone(workspace).key, done_on=date(2008, 8, 1))
    assert receiving.review(workspace, tmp_path / "security.xlsx").differences == ()


def test_targets_come_back_as_stated(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "performance.xlsx"
    key = workspace.read(queries.indicators)[0].key
    workspace.edit("aim", performance.set_cells, [(key, "target:2009", "4.5%"), (key, "target:plan", "11%")])
    issue(workspace, PERFORMANCE_PLAN, path)
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        row, (_, columns) = book.row("R1"), book.headings()
        assert book.sheet().cell(row, columns["target:2008"]).value == 0.04
        answers: Any = {"unit": "n", "target:2008": 0.05, "target:2009": "[clear]", "target:2010": "Benchmark"}
        book.put("R1", **answers)
    assert found(receiving.review(workspace, path)) == [
        ("change", "R1", "unit", "n"),
        ("change", "R1", "target:2008", "5%"),
        ("change", "R1", "target:2009", None),
        ("change", "R1", "target:2010", "Benchmark"),
    ]
