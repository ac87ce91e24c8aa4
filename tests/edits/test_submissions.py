"""Submissions: the steps of a return on its way out, what is frozen once it is sent, and what is restated since."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import issuing, performance, registers, restated, results, returns_calendar, rows, submissions
from spp_desktop.edits.restated import NoFigures
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.submissions import About, SentFile
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.results import Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.submissions import Submission
from spp_desktop.returns.catalogue import return_named
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.store import checking, submitted
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.workspace import Workspace

JULY = About(MONTHLY_RESULTS.id, MONTHLY_RESULTS.title, "monthly", 2008, "M04")
AUGUST = replace(JULY, period="M05")
TARGETS = About("performance-plan", "Performance plan", "yearly", 2008)
DAY = date(2008, 8, 14)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan on 20 October 2008, with an area and final results of burglaries in July and August."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up results", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Results", position=1.0)
    values = {"title": "Burglaries", "measure": "count", "unit": "crimes", "polarity": "lower"}
    burglaries = rows.add(session, Indicator, ref="B1", group_id=group, **values)
    north = rows.add(session, Area, title="North", position=1.0)
    for month, last in ((7, 31), (8, 31)):
        for area, value in ((None, 100.0 + month), (north, 40.0)):
            period = {"period_from": date(2008, month, 1), "period_to": date(2008, month, last), "state": "final"}
            results.enter(session, [{"indicator_id": burglaries, "area_id": area, "value": value, **period}])


def send(plan: Workspace, about: About, on: date = DAY, file: SentFile | None = None) -> int:
    given_file = file or submissions.file_sent(plan, about)
    return plan.edit(f"send {about.title}", submissions.send, about, on, "A. Clerk", given_file)


def only(plan: Workspace) -> SubmissionRow:
    (row,) = plan.read(submitted.submissions)
    return row


def enter(plan: Workspace, month: int, value: float, reason: str = "", area: bool = False) -> None:
    key = next(row.id for row in plan.read(_of(Indicator)) if row.ref == "B1")
    where = plan.read(_of(Area))[0].id if area else None
    period = {"period_from": date(2008, month, 1), "period_to": date(2008, month, 31), "area_id": where}
    plan.edit("recount", results.enter, [{"indicator_id": key, "value": value, **period}], reason)


def figures_of(plan: Workspace, row: SubmissionRow) -> object:
    submission = restated.Submitted.read(plan, row, plan.read(facts))
    return submission.sheets(plan, submission.definition.listings)


def _of(model: Any) -> Any:
    from spp_desktop.store import queries

    return lambda connection: queries.register(connection, model)


def test_each_step_is_dated_and_named_and_is_one_revision(plan: Workspace) -> None:
    for step, by, on in (
        ("prepared", "A. Clerk", 11),
        ("checked", "B. Analyst", 12),
        ("signed", "Chief Constable", 13),
    ):
        plan.edit(step, submissions.take_step, JULY, step, date(2008, 8, on), by)
    assert send(plan, JULY) == 1
    row = only(plan)
    assert [row.taken(step) for step in ("prepared", "checked", "signed", "sent")] == [
        (date(2008, 8, 11), "A. Clerk"),
        (date(2008, 8, 12), "B. Analyst"),
        (date(2008, 8, 13), "Chief Constable"),
        (DAY, "A. Clerk"),
    ]
    assert (row.number, row.sent, row.latest) == (1, True, "sent")
    assert [step.label for step in plan.history()[:4]] == [f"send {JULY.title}", "signed", "checked", "prepared"]
    plan.undo()
    assert (only(plan).number, only(plan).latest) == (None, "signed")
    plan.redo()
    assert only(plan) == row
    plan.close()
    assert checking.check_file(plan.path).ok


def test_what_is_sent_is_frozen(plan: Workspace) -> None:
    send(plan, JULY)
    row = only(plan)
    for verb, args in (
        (submissions.take_back_step, (row.key, "sent")),
        (submissions.set_note, (row.key, "Late")),
    ):
        with pytest.raises(RuleBroken, match="Submission 1 was sent on 14/08/2008, and nothing of it changes any more"):
            plan.edit("change it", verb, *args)
    assert only(plan) == row


def test_what_is_prepared_after_it_was_sent_is_another(plan: Workspace) -> None:
    send(plan, JULY)
    plan.edit("prepare", submissions.take_step, JULY, "prepared", date(2008, 9, 1), "A. Clerk")
    first, second = plan.read(submitted.submissions)
    assert (first.number, second.number) == (1, None)
    assert send(plan, JULY, date(2008, 9, 2)) == 2
    assert [row.number for row in plan.read(submitted.submissions)] == [1, 2]


def test_a_number_is_not_given_again(plan: Workspace) -> None:
    assert send(plan, JULY) == 1
    plan.undo()
    assert send(plan, AUGUST) == 2
    plan.edit("prepare", submissions.take_step, JULY, "prepared", DAY, "A. Clerk")
    assert send(plan, JULY) == 3
    plan.undo()
    assert send(plan, JULY) == 4


def test_steps_that_are_taken_back(plan: Workspace) -> None:
    plan.edit("prepare", submissions.take_step, JULY, "prepared", DAY, "A. Clerk")
    plan.edit("check", submissions.take_step, JULY, "checked", DAY, "B. Analyst")
    plan.edit("note", submissions.set_note, only(plan).key, "Waits for a figure")
    plan.edit("not checked", submissions.take_back_step, only(plan).key, "checked")
    assert (only(plan).latest, only(plan).note) == ("prepared", "Waits for a figure")
    plan.edit("not prepared", submissions.take_back_step, only(plan).key, "prepared")
    assert plan.read(submitted.submissions) == []


def test_days_keep_the_order_of_the_steps_and_somebody_is_named(plan: Workspace) -> None:
    plan.edit("prepare", submissions.take_step, JULY, "prepared", DAY, "A. Clerk")
    with pytest.raises(RuleBroken, match="it is checked before it is prepared"):
        plan.edit("check", submissions.take_step, JULY, "checked", date(2008, 8, 13), "B. Analyst")
    with pytest.raises(RuleBroken, match="it is sent before it is ready to go"):
        send(plan, JULY, date(2008, 8, 1))
    with pytest.raises(RuleBroken, match="Say who did it"):
        plan.edit("check", submissions.take_step, JULY, "checked", DAY, " ")
    with pytest.raises(ValueError, match="has a number"):
        plan.edit("send", submissions.take_step, JULY, "sent", DAY, "A. Clerk")
    assert only(plan).latest == "prepared"


def test_the_file_that_was_sent_says_as_of_when_its_figures_stand(plan: Workspace, tmp_path: Path) -> None:
    definition = return_named(JULY.return_id)
    assert definition is not None
    then = plan.revision()
    issuing.issue(plan, definition, tmp_path / "July.xlsx", year=2008, period="M04")
    enter(plan, 7, 120.0, "Recounted")
    for path in (None, tmp_path / "July.xlsx"):
        file = submissions.file_sent(plan, JULY, path)
        assert (file.name, file.revision, len(file.sha256)) == ("July.xlsx", then, 64)
    (tmp_path / "theirs.pdf").write_bytes(b"theirs")
    assert submissions.file_sent(plan, JULY, tmp_path / "theirs.pdf").revision == plan.revision()
    assert submissions.file_sent(plan, AUGUST) == SentFile(revision=plan.revision())
    send(plan, JULY, file=submissions.file_sent(plan, JULY))
    change, _ = restated.restatements(plan).restated
    assert (change.differing.was, change.differing.now) == ("107", "120")


def test_a_later_change_is_a_restatement_with_the_submissions_affected(plan: Workspace) -> None:
    send(plan, JULY)
    send(plan, JULY, date(2008, 9, 1))
    send(plan, AUGUST, date(2008, 9, 1))
    assert restated.restatements(plan) == restated.Restatements(())
    enter(plan, 7, 120.0, "Two crimes were recorded late")
    found = restated.restatements(plan).restated
    figure, state, *_ = sorted(found, key=lambda each: each.differing.column)
    assert [each.submissions for each in found] == [(1, 2)] * len(found)
    assert {(each.differing.column, each.differing.was, each.differing.now) for each in found} == {
        ("Result", "107", "120"), ("State", "final", "revised"),
    }  # fmt: skip
    assert (figure.differing.text, figure.step, figure.why) == (
        "Burglaries", "recount", "Two crimes were recorded late",
    )  # fmt: skip
    assert (figure.who != "", figure.when != "", state.why) == (True, True, "Two crimes were recorded late")
    assert restated.restatements(plan, 3).restated == ()
    plan.undo()
    assert restated.restatements(plan).restated == ()


def test_a_target_that_is_changed_is_a_restatement_of_the_performance_plan(plan: Workspace) -> None:
    send(plan, TARGETS)
    key = next(row.id for row in plan.read(_of(Indicator)) if row.ref == "R1")
    period = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}
    plan.edit("enter", results.enter, [{"indicator_id": key, "value": 3.0, **period}])
    plan.edit("set a target", performance.set_target, key, 2008, "6%", reason="The grant was cut")
    (change,) = restated.restatements(plan).restated
    assert (change.differing.was, change.differing.now, change.why) == ("4%", "6%", "The grant was cut")
    plan.edit("remove", performance.remove_indicator, key, "Counted no more")
    change, *_ = restated.restatements(plan).restated
    assert (change.differing.kind, change.differing.words, change.step, change.why) == (
        "gone", "R1 Most serious violence", "remove", "Counted no more",
    )  # fmt: skip


def test_submissions_of_one_return_are_compared(plan: Workspace) -> None:
    send(plan, JULY)
    enter(plan, 7, 120.0, "Recounted")
    send(plan, JULY, date(2008, 9, 1))
    send(plan, AUGUST, date(2008, 9, 1))
    send(plan, TARGETS)
    first, second, third, targets = plan.read(submitted.submissions)
    found = [(each.column, each.was, each.now) for each in restated.compared(plan, first, second)]
    assert found == [("Result", "107", "120"), ("State", "final", "revised")]
    found = [(each.column, each.was, each.now) for each in restated.compared(plan, second, third)]
    assert found == [("Result", "120", "108"), ("State", "revised", "final")]
    with pytest.raises(NoFigures, match="only submissions of one return can be compared"):
        restated.compared(plan, first, targets)


def test_a_submission_whose_figures_cannot_be_had_is_named(plan: Workspace) -> None:
    send(plan, JULY, file=SentFile(revision="no such step"))
    send(plan, replace(JULY, return_id="another", title="Another return"))
    found = restated.restatements(plan)
    assert found.restated == ()
    assert found.unknown == (
        "The figures of submission 1 stand as of a step that is not in this plan's history.",
        "Submission 2 is of “Another return”, a return that is not known here.",
    )


def test_rules_that_other_programs_may_break_are_checked(plan: Workspace) -> None:
    with pytest.raises(RuleBroken, match="it is sent, and has no number"):
        plan.edit("break it", rows.add, Submission, return_id="x", title="x", sent_on=DAY, sent_by="A", revision="r")


_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.integers(1, 200)),
        st.tuples(st.sampled_from(["send", "prepare", "undo", "redo"]), st.just(0)),
    ),
    min_size=3,
    max_size=7,
)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_CHANGES)
def test_submissions_stand_whatever_comes_after(plan: Workspace, changes: list[tuple[str, int]]) -> None:
    """No deed but undo changes a submission; its figures are the same whenever they are read; no number comes twice."""
    known: dict[int, SubmissionRow] = {}
    before = {row.key for row in plan.read(submitted.submissions)}
    for deed, value in changes:
        if deed == "enter":
            enter(plan, 7, float(value), "Recounted")
        elif deed == "send":
            send(plan, JULY, date(2008, 9, 1))
        elif deed == "prepare":
            plan.edit("prepare", submissions.take_step, JULY, "prepared", date(2008, 8, 31), "A. Clerk")
        elif deed == "undo" and plan.undo_label in ("recount", "prepare", f"send {JULY.title}"):
            plan.undo()
        elif deed == "redo":
            plan.redo()
        rows_now = {
            row.number or 0: row for row in plan.read(submitted.submissions) if row.sent and row.key not in before
        }
        if deed in ("enter", "send", "prepare"):
            assert known.items() <= rows_now.items()
            assert max(rows_now, default=0) >= max(known, default=0)
        known |= rows_now
        known = {number: row for number, row in known.items() if number in rows_now}
    for number, row in list(known.items())[:2]:
        figures = figures_of(plan, row)
        enter(plan, 7, 500.0 + number, "Recounted")
        assert figures_of(plan, row) == figures
        assert restated.restatements(plan, number).restated


@pytest.fixture
def calendar(plan: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The plan, and no returns but the monthly results and the performance plan, whatever else there may be."""
    from spp_desktop.edits import known_returns
    from spp_desktop.returns.due_rules import DueRule

    asked = [
        replace(MONTHLY_RESULTS, frequencies=("monthly", "yearly", "on completion"), due=DueRule(10), asked_to=2009),
        replace(MONTHLY_RESULTS, id="never", frequencies=(), due=None),
    ]
    monkeypatch.setattr(known_returns, "every", lambda connection: asked)
    return plan


def test_the_calendar_says_what_is_due_when_and_how_far_it_is(calendar: Workspace) -> None:
    today = date(2008, 10, 20)
    calendar.edit("prepare", submissions.take_step, AUGUST, "prepared", date(2008, 9, 10), "A. Clerk")
    send(calendar, JULY)
    found = returns_calendar.rounds(calendar)
    assert len(found) == 2 * 13 + 1
    (at_any_time,) = [each for each in found if each.about.often == "on completion"]
    assert (at_any_time.when, at_any_time.due, at_any_time.state(today)) == ("2008-2009", None, "to prepare")
    assert len({each.key for each in found}) == len(found)
    by_period = {(each.about.year, each.about.period): each for each in found}
    july, august, september, october = (by_period[2008, f"M0{n}"] for n in (4, 5, 6, 7))
    assert [each.due for each in (july, august, september)] == [
        date(2008, 8, 14), date(2008, 9, 12), date(2008, 10, 14),
    ]  # fmt: skip
    states = [each.state(today) for each in (july, august, september, october)]
    assert states == ["sent", "prepared", "to prepare", "not yet"]
    assert [each.is_overdue(today) for each in (july, august, september, october)] == [False, True, True, False]
    assert (july.was_late(), july.when, august.done("prepared")) == (
        False, "July 2008", (date(2008, 9, 10), "A. Clerk"),
    )  # fmt: skip
    assert found[-1] is july
    days = [each.due or date.max for each in found[:-1]]
    assert days == sorted(days)
    assert by_period[2009, ""].due == date(2010, 4, 16)
    assert returns_calendar.next_due(found, today) == {"overdue": 5, "due in two weeks": 0}


def test_what_was_sent_of_what_is_asked_for_no_more_stands_in_the_calendar(calendar: Workspace) -> None:
    send(calendar, replace(JULY, often="on completion"), date(2008, 10, 1))
    send(calendar, replace(JULY, year=None, period="", often=""), date(2008, 10, 2))
    found = [each for each in returns_calendar.rounds(calendar) if not each.is_open]
    assert [(each.about.often, each.due, each.was_late()) for each in found] == [
        ("on completion", None, False), ("", None, False),
    ]  # fmt: skip
