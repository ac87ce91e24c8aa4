"""The days of a plan as events of a calendar, and what a calendar keeps of them that takes them in again."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spp_desktop.edits import calendar_events, chasing, declaring, delivery, issuing, registers, submissions
from spp_desktop.edits.declaring import Declaration
from spp_desktop.edits.submissions import About
from spp_desktop.plan.posts import Post
from spp_desktop.returns import calendar_file
from spp_desktop.returns.calendar_file import CalendarEvent
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import exports, queries
from spp_desktop.store.checking import check_file
from spp_desktop.store.workspace import Workspace
from tests.calendar_reader import standing, taken_in
from tests.depth import depth
from tests.edits.filling import activity, milestone, sent, set_cells, set_owners, set_status

CRIME, SECURITY = "ACC Crime", "ACC Security"


def shown(workspace: Workspace, post: str = "") -> list[tuple[str, str]]:
    """The days and titles of what is not a return."""
    return [
        (f"{event.day}", event.title)
        for event in calendar_events.events(workspace, post)
        if not event.cancelled and "Status return" not in event.title
    ]


def cancelled(workspace: Workspace, post: str = "") -> list[str]:
    return [event.title for event in calendar_events.events(workspace, post) if event.cancelled]


def save(workspace: Workspace, folder: Path, post: str = "") -> bytes:
    events = calendar_events.events(workspace, post)
    content = calendar_file.written("Dates", events)
    calendar_file.write(folder / "dates.ics", content)
    calendar_events.record(workspace, post, folder / "dates.ics", events)
    return content


def test_a_post_sees_what_it_owns_alone_or_with_others(workspace: Workspace) -> None:
    set_cells(workspace, due=date(2009, 3, 31))
    set_cells(workspace, "1.02", due=date(2009, 1, 31), forecast=date(2009, 2, 28))
    crime = [
        ("2008-07-01", "Milestone: 1.01 First step of 1.01"),
        ("2008-07-01", "Milestone: 2.01 First step of 2.01"),
        ("2009-03-31", "Due: 1.01 Do what 1.01 says"),
    ]
    security = [("2008-08-01", "Milestone: 1.02 First step of 1.02"), ("2009-01-31", "Due: 1.02 Do what 1.02 says")]
    assert shown(workspace, CRIME) == crime
    assert shown(workspace, SECURITY) == security
    everything = shown(workspace)
    assert [(day, title) for day, title in everything if not title.startswith("To be sent: ")] == sorted(
        crime + security
    )
    set_owners(workspace, CRIME, SECURITY)
    assert shown(workspace, SECURITY) == sorted([crime[0], crime[2], *security])


def test_returns_that_are_to_leave_the_house_are_for_all_and_done_once_sent(workspace: Workspace) -> None:
    def april() -> CalendarEvent:
        return next(e for e in calendar_events.events(workspace) if e.title.endswith("Monthly results April 2008"))

    before = april()
    assert (before.title, before.day, before.done) == (
        "To be sent: Monthly results April 2008",
        date(2008, 5, 14),
        False,
    )
    assert before.text.startswith("Due 14 days after the period ends.\n")
    about = About("monthly-results", "Monthly results", "monthly", 2008, "M01")
    file = submissions.file_sent(workspace, about)
    workspace.edit("send", submissions.send, about, date(2008, 5, 12), "A. Clerk", file)
    after = april()
    assert (after.title, after.done, after.uid) == ("Sent: Monthly results April 2008", True, before.uid)
    assert after.sequence > before.sequence
    assert not any("Monthly results" in title for _, title in shown(workspace, CRIME))


def test_what_an_event_says(workspace: Workspace) -> None:
    set_cells(workspace, due=date(2009, 1, 31), forecast=date(2009, 2, 28))
    event = next(event for event in calendar_events.events(workspace) if event.title.startswith("Due: 1.01"))
    assert event.text.splitlines() == [
        "Do what 1.01 says",
        "Priority: Serious harm",
        "Owners: ACC Crime",
        "Due on 31 January 2009. Now expected on 28 February 2009.",
        "A small plan",
    ]
    assert event.uid == f"{activity(workspace).key}@{workspace.read(queries.plan).id}"
    set_cells(workspace, due=None)
    event = next(event for event in calendar_events.events(workspace) if event.title.startswith("Due: 1.01"))
    assert (event.day, event.text.splitlines()[3]) == (date(2009, 2, 28), "Now expected on 28 February 2009.")


def test_what_is_done_stays_and_says_so(workspace: Workspace) -> None:
    set_cells(workspace, due=date(2009, 3, 31))
    workspace.edit("done", delivery.set_milestone, milestone(workspace).key, done_on=date(2008, 6, 30))
    set_status(workspace, "Withdrawn", "2.01")
    set_status(workspace, "Complete")
    crime = [event for event in calendar_events.events(workspace, CRIME) if "Status return" not in event.title]
    assert [(event.title, event.done) for event in crime] == [
        ("Done: 1.01 First step of 1.01", True),
        ("Withdrawn: 2.01 First step of 2.01", True),
        ("Complete: 1.01 Do what 1.01 says", True),
    ]
    assert "Done on 30 June 2008" in crime[0].text


def returns(workspace: Workspace, post: str) -> dict[str, CalendarEvent]:
    events = calendar_events.events(workspace, post)
    return {event.title: event for event in events if "Status return" in event.title}


def test_returns_stand_on_their_usual_day_and_then_on_the_day_that_was_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    usual = returns(workspace, CRIME)
    assert [(title, f"{event.day}") for title, event in usual.items()] == [
        ("Return due: Status return 2008-2009 Q1", "2008-07-14"),
        ("Return due: Status return 2008-2009 Q2", "2008-10-14"),
        ("Return due: Status return 2008-2009 Q3", "2009-01-14"),
        ("Return due: Status return 2008-2009 Q4", "2009-04-14"),
    ]
    second = usual["Return due: Status return 2008-2009 Q2"]
    issuing.issue(
        workspace, STATUS_RETURN, tmp_path / "a.xlsx", owner=CRIME, year=2008, period="Q2", due=date(2008, 10, 20)
    )
    said = returns(workspace, CRIME)["Return due: Status return 2008-2009 Q2"]
    assert (said.uid, said.day, said.sequence > second.sequence) == (second.uid, date(2008, 10, 20), True)
    assert returns(workspace, SECURITY)["Return due: Status return 2008-2009 Q2"].day == date(2008, 10, 14)
    assert said.uid != returns(workspace, SECURITY)["Return due: Status return 2008-2009 Q2"].uid
    everyone = returns(workspace, "")["Return due: Status return 2008-2009 Q2"]
    assert (everyone.day, everyone.text.splitlines()[0]) == (
        date(2008, 10, 20),
        "Asked for by 20 October 2008: ACC Crime",
    )


def test_what_was_removed_is_cancelled_where_a_calendar_showed_it(workspace: Workspace, tmp_path: Path) -> None:
    set_cells(workspace, due=date(2009, 3, 31))
    workspace.edit("delete", delivery.remove_milestone, milestone(workspace, "2.01").key)
    assert cancelled(workspace) == []  # nobody has a calendar yet
    save(workspace, tmp_path)
    assert cancelled(workspace) == []
    workspace.edit("delete", delivery.remove_activities, [activity(workspace).key])
    gone = ["Milestone: First step of 1.01", "Due: 1.01 Do what 1.01 says"]
    assert cancelled(workspace) == gone
    assert cancelled(workspace, CRIME) == []  # no calendar of that post was saved
    save(workspace, tmp_path)
    assert cancelled(workspace) == gone  # also for those who take in every second one
    workspace.undo()
    assert cancelled(workspace) == []


def test_a_declared_return_that_is_removed_is_struck_from_the_calendar(workspace: Workspace, tmp_path: Path) -> None:
    declared = Declaration("Risks", "risk", ("ref", "text"), ("text",), often="yearly", due=(5, "days"))
    workspace.edit("declare", declaring.declare, declared)
    unseen = workspace.edit("declare", declaring.declare, replace(declared, title="Other risks"))
    workspace.edit("remove", declaring.remove, unseen)
    kept = taken_in({}, save(workspace, tmp_path))
    workspace.edit("remove", declaring.remove, next(iter(workspace.read(declaring.declarations))))
    struck = [event.title for event in calendar_events.events(workspace) if event.cancelled]
    assert struck == [f"To be sent: Risks {year}" for year in ("2008-2009", "2009-2010", "2010-2011")]
    now = standing(taken_in(kept, save(workspace, tmp_path)))
    assert len(standing(kept)) == len(now) + 3


@pytest.mark.parametrize("post", ["", CRIME])
def test_what_lost_its_day_or_went_to_another_post_is_cancelled(
    workspace: Workspace, tmp_path: Path, post: str
) -> None:
    set_cells(workspace, due=date(2009, 3, 31))
    save(workspace, tmp_path, post)
    set_cells(workspace, due=None)
    assert cancelled(workspace, post) == ["Due: 1.01 Do what 1.01 says"]
    set_owners(workspace, SECURITY, ref="2.01")
    moved = ["Milestone: First step of 2.01"] if post else []
    assert cancelled(workspace, post) == [*moved, "Due: 1.01 Do what 1.01 says"]
    (row,) = [row for row in workspace.read(queries.register, Post) if row.title == CRIME]
    workspace.edit("rename", registers.set_cells, Post, [(row.id, "title", "ACC (Crime)")])
    renamed = "ACC (Crime)" if post else ""
    assert cancelled(workspace, renamed) == [*moved, "Due: 1.01 Do what 1.01 says"]


def test_a_calendar_is_no_return_that_anybody_answers(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, tmp_path)
    assert chasing.sent(workspace, date(2008, 10, 1)) == []
    assert workspace.read_beside(exports.every) == []
    report = check_file(workspace.path)
    assert report.ok
    assert "No returns were sent out from it and no files received." in report.lines
    sent(workspace, tmp_path / "crime.xlsx")
    assert len(chasing.sent(workspace, date(2008, 10, 1))) == 1


def test_the_same_plan_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    first = save(workspace, tmp_path)
    assert save(workspace, tmp_path) == first
    with Workspace.open(workspace.path, read_only=True) as again:
        assert calendar_file.written("Dates", calendar_events.events(again)) == first


DEEDS: Mapping[str, Callable[[Workspace, date], object]] = {
    "due": lambda workspace, day: _moved(workspace, "due", day),
    "forecast": lambda workspace, day: _moved(workspace, "forecast", day),
    "no due": lambda workspace, _: _moved(workspace, "due", None),
    "step due": lambda workspace, day: _step(workspace, due=day),
    "step without a day": lambda workspace, _: _step(workspace, due=None),
    "step done": lambda workspace, day: _step(workspace, done_on=day),
    "step removed": lambda workspace, _: workspace.edit("x", delivery.remove_milestones, _steps(workspace)),
    "new step": lambda workspace, day: workspace.edit(
        "x", delivery.add_milestone, activity(workspace).key, f"New {day:%d}", due=day
    ),
    "complete": lambda workspace, _: set_status(workspace, "Complete"),
    "security": lambda workspace, _: set_owners(workspace, SECURITY),
    "both": lambda workspace, _: set_owners(workspace, SECURITY, CRIME),
    "crime": lambda workspace, _: set_owners(workspace, CRIME),
    "renamed": lambda workspace, day: set_cells(workspace, text=f"Do it by {day:%d}"),
    "undo": lambda workspace, _: workspace.undo(),
}


def _steps(workspace: Workspace) -> list[str]:
    key = activity(workspace).key
    return [row.key for row in workspace.read(queries.milestones) if row.activity_key == key][:1]


def _step(workspace: Workspace, **values: Any) -> None:
    cells = [(key, name, value) for key in _steps(workspace) for name, value in values.items()]
    workspace.edit("x", delivery.set_milestones, cells, reason=WHY)


def _moved(workspace: Workspace, name: str, day: date | None) -> None:
    workspace.edit("x", delivery.set_cells, [(activity(workspace).key, name, day)], reason=WHY)


WHY = "The supplier is late"
"""Why a date moves: a second move asks for a reason."""
DEED = st.tuples(st.sampled_from([*DEEDS, "save", "save", "save"]), st.dates(date(2008, 4, 1), date(2009, 3, 31)))


A_DAY = date(2008, 10, 1)


@settings(max_examples=depth(6, 150))
@example(deeds=[("save", A_DAY), ("step without a day", A_DAY), ("step removed", A_DAY)], post=CRIME)
@example(deeds=[("due", A_DAY), ("due", date(2008, 11, 1)), ("save", A_DAY), ("due", A_DAY)], post="")
@given(deeds=st.lists(DEED, max_size=12), post=st.sampled_from(["", CRIME, SECURITY]))
def test_a_calendar_that_takes_each_in_shows_what_the_plan_says(
    small_plan: Path, deeds: list[tuple[str, date]], post: str
) -> None:
    """Whatever is done between: nothing stands twice or stays that is gone, and a later version is known as one."""
    kept: dict[str, dict[str, str]] = {}
    with TemporaryDirectory() as folder:
        plan = shutil.copyfile(small_plan, Path(folder) / "plan.plan")
        with Workspace.open(plan) as workspace:
            for deed, day in [*deeds, ("save", date(2008, 4, 1))]:
                if deed != "save":
                    DEEDS[deed](workspace, day)
                    continue
                content = save(workspace, Path(folder), post)
                before, kept = kept, taken_in(kept, content)
                for uid, event in kept.items():
                    was = before.get(uid, event)
                    assert was == event or int(was["SEQUENCE"]) < int(event["SEQUENCE"])
                assert standing(kept) == standing(taken_in({}, content))
