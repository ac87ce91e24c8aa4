"""What a return says of activities and milestones that can hardly be meant is asked, in the words of the window."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import delivery, issuing, receiving, registers, reporting_periods, taking
from spp_desktop.plan.kinds import LastDay
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import monitored
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.edits.filling import Filled, activity, milestone, of, only, received, sent, set_cells, set_owners, set_status

TODAY = date(2008, 10, 20)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan as it is on a day, with an activity that is on track."""
    workspace.edit("set the day", registers.set_plan, as_at=TODAY)
    set_status(workspace, "On track")
    set_cells(workspace, start=date(2008, 5, 1), due=date(2009, 1, 31), percent=20)
    return workspace


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"status": "Complete"}, "status", "“Complete” does not go with 20%."),
        ({"status": "Complete", "percent": 0.4}, "percent", "“Complete” does not go with 40%."),
        ({"status": "Not started", "percent": 1.0}, "percent", "“Not started” does not go with 100%."),
        (
            {"forecast": date(2009, 7, 31)},
            "forecast",
            "“On track” does not go with a forecast 6 months after the due date, 31 January 2009.",
        ),
    ],
)
def test_what_can_hardly_be_meant_is_a_question_on_its_cell(
    plan: Workspace, tmp_path: Path, answers: Mapping[str, Any], field: str, sentence: str
) -> None:
    sent(plan, tmp_path / "crime.xlsx")
    review = received(plan, tmp_path / "crime.xlsx", a101=answers)
    asked = of(review, field)
    assert (asked.kind, asked.usable, asked.remark) == ("question", True, f"{sentence} Is it meant?")
    assert [each.kind for each in review.differences if each.field != field] == ["change"] * (len(answers) - 1)


@pytest.mark.parametrize(
    ("field", "day", "sentence"),
    [
        ("start", date(2009, 2, 1), "The start, 1 February 2009, is after the due date, 31 January 2009. Is it meant?"),
        ("due", date(2008, 4, 30), "The start, 1 May 2008, is after the due date, 30 April 2008. Is it meant?"),
        ("due", date(2001, 1, 31), "31/01/2001 is far from the years of the plan. Is it meant?"),
    ],
)
def test_days_of_the_delivery_plan(plan: Workspace, tmp_path: Path, field: str, day: date, sentence: str) -> None:
    answers: dict[str, Any] = {field: day}
    issuing.issue(plan, DELIVERY_PLAN, tmp_path / "plan.xlsx", year=2008)
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", **answers)
    asked = only(receiving.review(plan, tmp_path / "plan.xlsx"))
    assert (asked.kind, asked.field, asked.usable) == ("question", field, True)
    assert sentence in asked.remark


def test_the_delivery_plan_asks_for_a_reason_too(plan: Workspace, tmp_path: Path) -> None:
    issuing.issue(plan, DELIVERY_PLAN, tmp_path / "plan.xlsx", year=2008)
    with Filled(tmp_path / "plan.xlsx", definition=DELIVERY_PLAN) as book:
        book.put("1.01", status="Off track")
    asked = only(receiving.review(plan, tmp_path / "plan.xlsx"))
    assert asked.kind == "question"
    assert asked.remark.startswith("“Off track” asks for a reason, and none is given.")


def test_what_stood_before_is_not_asked_again(plan: Workspace, tmp_path: Path) -> None:
    set_status(plan, "Complete")
    sent(plan, tmp_path / "crime.xlsx")
    review = received(plan, tmp_path / "crime.xlsx", a101={"done": "All of it", "reason": "Agreed"})
    assert [each.kind for each in review.differences] == ["change", "change"]


@pytest.mark.parametrize(("day", "kind"), [(TODAY, "change"), (date(2008, 10, 21), "question")])
def test_a_milestone_done_in_the_future_is_a_question(plan: Workspace, tmp_path: Path, day: date, kind: str) -> None:
    sent(plan, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        book.put("First step of 1.01", "Milestones", done_on=day)
    asked = only(receiving.review(plan, tmp_path / "crime.xlsx"))
    assert asked.kind == kind
    assert bool(asked.remark) == (kind == "question")
    if kind == "question":
        assert (
            asked.remark == "21 October 2008 has not come yet, so that nothing can have been done on it. Is it meant?"
        )


def test_a_new_milestone_done_in_the_future_says_so(plan: Workspace, tmp_path: Path) -> None:
    sent(plan, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        place = book.rows("Milestones")[-1] + 1
        book.put_at(place, "Milestones", ref="1.01", title="A second step", done_on=date(2008, 12, 1))
    row = only(receiving.review(plan, tmp_path / "crime.xlsx"))
    assert row.kind == "new row"
    assert "1 December 2008 has not come yet" in row.remark


def test_a_new_activity_says_that_its_reason_is_missing(plan: Workspace, tmp_path: Path) -> None:
    sent(plan, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        place = book.rows()[-1] + 1
        book.put_at(place, ref="1.09", text="Something new", status="Off track", percent="100%")
    row = only(receiving.review(plan, tmp_path / "crime.xlsx"))
    assert row.kind == "new row"
    assert "“Off track” asks for a reason, and none is given." in row.remark
    assert "“Off track” does not go with 100%" in row.remark


def test_activities_without_an_owner_are_named(plan: Workspace) -> None:
    assert plan.read(issuing.unowned, STATUS_RETURN, 2008) == []
    set_owners(plan)
    assert plan.read(issuing.unowned, STATUS_RETURN, 2008) == ["1 activity has no owner and goes to nobody: 1.01."]
    set_owners(plan, ref="2.01")
    named = ["2 activities have no owner and go to nobody: 1.01, 2.01."]
    assert plan.read(issuing.unowned, STATUS_RETURN, 2008) == named
    assert plan.read(issuing.unowned, STATUS_RETURN, 2009) == []
    assert plan.read(issuing.unowned, MONTHLY_RESULTS, 2008) == []


def test_a_period_goes_out_as_it_was_meant_and_comes_back(plan: Workspace, tmp_path: Path) -> None:
    """A milestone due in a quarter stands so on the sheet; nobody who leaves it alone changes it; another comes in."""
    due, forecast = LastDay(2008, 12, 31, "quarter"), LastDay(2009, 1, 31, "month")
    plan.edit("type", delivery.set_milestones, [(milestone(plan).key, "due", due)])
    path = tmp_path / "crime.xlsx"
    sent(plan, path)
    words = milestone(plan).title
    with Filled(path) as book:
        _, columns = book.headings("Milestones")
        assert book.sheet("Milestones").cell(book.row(words, "Milestones"), columns["due"]).value == "Q3 2008-09"
        book.put(words, "Milestones", forecast="Jan 2009", status="On track", moved_why="The hall is let")
    review = receiving.review(plan, path)
    assert {each.field: each.returned for each in review.differences} == {
            "forecast": forecast, "status": "On track", "moved_why": "The hall is let",
        }  # fmt: skip
    taking.apply(plan, [review])
    now = milestone(plan)
    assert (now.due, now.forecast, now.status) == (due, forecast, "On track")
    assert [move.reason for move in plan.read(monitored.moves)[now.key]] == ["", "The hall is let"]


def test_a_second_move_and_a_locked_period_are_foreseen_and_one_reason_serves_all(
    plan: Workspace, tmp_path: Path
) -> None:
    for ref in ("1.01", "2.01"):
        set_cells(plan, ref, due=date(2009, 1, 31))
        set_cells(plan, ref, forecast=date(2009, 2, 10))
    plan.edit("make periods", reporting_periods.make_periods)
    quarter = plan.read(monitored.periods)[1]
    plan.edit("lock", reporting_periods.lock_period, quarter.key)
    sent(plan, tmp_path / "crime.xlsx")
    with Filled(tmp_path / "crime.xlsx") as book:
        book.put("1.01", forecast=date(2009, 2, 20))
        book.put("2.01", forecast=date(2009, 2, 25), reason="The supplier left")
    foreseen = spp("import", plan.path, tmp_path / "crime.xlsx", "--json")
    remarks = {(each["ref"], each["column"]): each["remark"] for each in foreseen.data["files"][0]["differences"]}
    assert remarks["1.01", "Reason"].endswith("The dates of “1.01” have moved before.")
    assert all("2008-09 Q2 is locked" in remarks[key] for key in (("2.01", "Forecast date"), ("2.01", "Reason")))
    assert "can be taken in" not in foreseen.out

    plan.edit("reopen", reporting_periods.reopen_period, quarter.key, "One was late")
    plan.close()
    told = spp("import", plan.path, tmp_path / "crime.xlsx", "--apply", "clean", "--json")
    assert (told.status, told.data["accepted"], told.data["left"]) == (1, 2, 2)
    done = spp("import", plan.path, tmp_path / "crime.xlsx", "--apply", "clean", "--reason", "Agreed by the board")
    assert done.status == 0, done.out
    with Workspace.open(plan.path, read_only=True) as again:
        moved = again.read(monitored.moves)
        reasons = {
            activity(again, ref).forecast: moved[activity(again, ref).key][-1].reason for ref in ("1.01", "2.01")
        }
    assert reasons == {date(2009, 2, 20): "Agreed by the board", date(2009, 2, 25): "The supplier left"}


def test_statuses_that_are_not_the_rules_and_come_without_a_reason_are_told(plan: Workspace, tmp_path: Path) -> None:
    set_cells(plan, percent=0)
    sent(plan, tmp_path / "crime.xlsx")
    review = received(plan, tmp_path / "crime.xlsx", a101={"status": "On track", "percent": 0.1, "done": "Begun"})
    assert review.told == ()
    set_status(plan, "Not started")
    with Filled(tmp_path / "crime.xlsx") as book:
        book.put("1.01", status="Complete", percent=1)
    assert receiving.review(plan, tmp_path / "crime.xlsx").told == (
        "A status is not what the plan's rule proposes, and no reason came: 1.01 Complete (proposed: Off track).",
    )
