"""Sending returns out: what each workbook holds, who gets one, the record that it went, the mail that it goes with."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits import delivery, issuing, registers
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.periods import PERIODS, period_end, period_start, period_to_report, year_of
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.workbook import NotWritten
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import activity, milestone, sent, set_cells, set_owners, set_status


def _refs(workspace: Workspace, owner: str) -> list[list[object]]:
    content = issuing.prepare(workspace, STATUS_RETURN, owner, year=2008, period="Q2")
    return [[line.values["ref"] for line in table] for table in content.tables]


def test_a_post_gets_its_activities_and_their_milestones_alone_or_with_others(workspace: Workspace) -> None:
    assert _refs(workspace, "ACC Crime") == [["1.01", "2.01"], ["1.01", "2.01"]]
    assert _refs(workspace, "ACC Security") == [["1.02"], ["1.02"]]
    set_owners(workspace, "ACC Crime", "ACC Security")
    assert _refs(workspace, "ACC Security") == [["1.01", "1.02"], ["1.01", "1.02"]]
    assert _refs(workspace, "ACC Crime") == [["1.01", "2.01"], ["1.01", "2.01"]]
    assert _refs(workspace, "") == [["1.01", "1.02", "2.01"], ["1.01", "1.02", "2.01"]]
    workspace.edit("next year", delivery.set_cells, [(activity(workspace).key, "year", 2009)])
    assert _refs(workspace, "ACC Crime") == [["2.01"], ["2.01"]]


def test_what_a_row_holds(workspace: Workspace) -> None:
    set_cells(workspace, percent=20, due=date(2009, 3, 31))
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q2", due=date(2008, 10, 14))
    line, step = content.tables[0][0], content.tables[1][0]
    assert (line.key, line.lead) == (activity(workspace).key, "ACC Crime")
    assert {name: value for name, value in line.values.items() if value is not None} == {
        "ref": "1.01",
        "text": "Do what 1.01 says",
        "owners": ("ACC Crime",),
        "due": date(2009, 3, 31),
        "percent": 20,
        "changed": "First return.",
    }
    assert (step.key, step.lead) == (milestone(workspace).key, "ACC Crime")
    assert (step.values["ref"], step.values["text"], step.values["title"], step.values["due"]) == (
        "1.01",
        "Do what 1.01 says",
        "First step of 1.01",
        date(2008, 7, 1),
    )
    assert (content.rows, content.due, content.identity.when) == (4, date(2008, 10, 14), "2008-2009 Q2")


@pytest.mark.parametrize(
    ("period", "due", "done", "said"),
    [
        ("Q1", date(2008, 7, 1), None, None),
        ("Q2", date(2008, 7, 1), None, "This quarter"),
        ("Q2", date(2008, 9, 30), None, "This quarter"),
        ("Q2", date(2008, 6, 30), None, "Overdue"),
        ("Q2", date(2008, 10, 1), None, None),
        ("Q3", date(2008, 7, 1), None, "Overdue"),
        ("Q3", date(2008, 7, 1), date(2008, 12, 1), None),
        ("Q3", None, None, None),
    ],
)
def test_milestones_that_are_overdue_or_due_in_the_quarter_are_marked(
    workspace: Workspace, period: str, due: date | None, done: date | None, said: str | None
) -> None:
    step = milestone(workspace)
    workspace.edit("move", delivery.set_milestones, [(step.key, "due", due), (step.key, "done_on", done)])
    (marked,) = [
        line.values["due_now"]
        for line in issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period=period).tables[1]
        if line.key == step.key
    ]
    assert marked == said


def test_nothing_is_due_of_what_is_complete_or_withdrawn(workspace: Workspace) -> None:
    (status,) = [row.id for row in workspace.read(queries.register, Status) if row.title == "Withdrawn"]
    set_cells(workspace, status_id=status, reason="No money")
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q3")
    (step,) = [line for line in content.tables[1] if line.key == milestone(workspace).key]
    assert step.values["due_now"] is None


def test_without_a_time_it_is_the_last_quarter_of_the_first_year(workspace: Workspace) -> None:
    said = issuing.prepare(workspace, STATUS_RETURN).identity
    assert (said.year, said.period) == (2008, "Q4")
    assert issuing.prepare(workspace, DELIVERY_PLAN).identity.year == 2008
    assert issuing.prepare(workspace, PERFORMANCE_PLAN).identity.year is None


def test_what_has_changed_since_the_quarter_before(workspace: Workspace, tmp_path: Path) -> None:
    set_status(workspace, "On track")
    sent(workspace, tmp_path / "q1.xlsx", quarter="Q1")
    sent(workspace, tmp_path / "q1 security.xlsx", "ACC Security", quarter="Q1")
    set_status(workspace, "At risk")
    set_cells(workspace, reason="Late", percent=20)
    (priority,) = [row.priority_key for row in workspace.read(queries.activities) if row.ref == "2.01"]
    workspace.edit("add", delivery.add_activity, 2008, priority, "Something new", ref="2.02")
    set_owners(workspace, "ACC Crime", ref="2.02")
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q2")
    said = {line.values["ref"]: line.values["changed"] for line in content.tables[0]}
    assert said == {
        "1.01": "Status: On track → At risk\n% complete: empty → 20%\nReason: empty → Late",
        "2.01": "No change.",
        "2.02": "New in the plan.",
    }
    again = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q1")
    assert {line.values["changed"] for line in again.tables[0]} == {"First return."}


def test_each_issue_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    told: list[tuple[int, int]] = []
    content = issuing.issue(
        workspace,
        STATUS_RETURN,
        path,
        owner="ACC Crime",
        year=2008,
        period="Q2",
        due=date(2008, 10, 14),
        progress=lambda done, of: told.append((done, of)),
    )
    (record,) = workspace.read_beside(exports.every)
    assert (record.id, record.revision) == (content.identity.export, workspace.revision())
    assert (record.return_id, record.owner, record.year, record.period) == ("status", "ACC Crime", 2008, "Q2")
    assert (record.rows, record.file_name, record.due) == (4, "crime.xlsx", "2008-10-14")
    assert record.file_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_plan_open_for_reading_makes_the_file_and_no_record(workspace: Workspace, tmp_path: Path) -> None:
    with Workspace.open(workspace.path, read_only=True) as reading:
        sent(reading, tmp_path / "crime.xlsx")
    assert (tmp_path / "crime.xlsx").exists()
    assert workspace.read_beside(exports.every) == []


def test_what_cannot_be_written_leaves_no_record(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        sent(workspace, tmp_path / "no such folder" / "crime.xlsx")
    assert workspace.read_beside(exports.every) == []


def test_the_recipients_are_the_owners_in_the_order_of_the_posts(workspace: Workspace) -> None:
    assert workspace.read(issuing.recipients, STATUS_RETURN, 2008) == ["ACC Crime", "ACC Security"]
    assert workspace.read(issuing.recipients, STATUS_RETURN, 2009) == []
    (crime,) = [post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Crime"]
    workspace.edit("move", registers.move, Post, crime, workspace.read(queries.register, Post)[1].id)
    assert workspace.read(issuing.recipients, STATUS_RETURN, 2008) == ["ACC Security", "ACC Crime"]


@pytest.mark.parametrize(
    ("today", "reported"),
    [
        (date(2008, 9, 30), ((2008, "Q1"), (2008, "M05"))),
        (date(2008, 10, 1), ((2008, "Q2"), (2008, "M06"))),
        (date(2008, 10, 31), ((2008, "Q2"), (2008, "M06"))),
        (date(2009, 1, 1), ((2008, "Q3"), (2008, "M09"))),
        (date(2009, 4, 1), ((2008, "Q4"), (2008, "M12"))),
        (date(2009, 5, 2), ((2008, "Q4"), (2009, "M01"))),
    ],
)
def test_the_quarter_and_the_month_that_ended_last(today: date, reported: tuple[tuple[int, str], ...]) -> None:
    assert (period_to_report("quarter", today), period_to_report("month", today)) == reported
    assert period_to_report("year", today) == (year_of(today), "")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["quarter", "month"]))
def test_the_period_to_report_is_over_and_the_next_is_not(today: date, span: str) -> None:
    year, period = period_to_report(span, today)
    parts = PERIODS[span]
    at = parts.index(period) + 1
    following = (year, parts[at]) if at < len(parts) else (year + 1, parts[0])
    assert period_end(year, period) < today <= period_end(*following)
    assert period_start(*following) == period_end(year, period) + timedelta(days=1)
    assert (issuing.usual_due(STATUS_RETURN, year, period) - period_end(year, period)).days == 14


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        (Identity("p", "e", "status", "r", "ACC Crime", 2008, "", "Q2"), "2008-09 Q2 status return - ACC Crime.xlsx"),
        (Identity("p", "e", "status", "r", "", 1999, "", "Q4"), "1999-00 Q4 status return.xlsx"),
        (Identity("p", "e", "status", "r", "", 2008, "", "M10"), "January 2009 status return.xlsx"),
        (Identity("p", "e", "status", "r", "A/B: “C” <x>.", 2008), "2008-09 status return - A B “C” x.xlsx"),
        (Identity("p", "e", "status", "r"), "Status return.xlsx"),
    ],
)
def test_a_file_name_tells_one_from_another(identity: Identity, name: str) -> None:
    assert issuing.file_name(STATUS_RETURN, identity) == name


@pytest.mark.parametrize("posts", [["ACC Crime", "ACC Crime."], ["ACC Crime", "acc crime"], ["..", "::"]])
def test_no_two_posts_get_one_file(posts: list[str]) -> None:
    identities = [Identity("p", "e", "status", "r", post, 2008, "", "Q2") for post in posts]
    names = [issuing.file_name(STATUS_RETURN, identity, posts) for identity in identities]
    assert len({name.casefold() for name in names}) == 2
    assert all(name.startswith("2008-09 Q2 status return - ") for name in names)


def test_the_covering_mail(workspace: Workspace) -> None:
    workspace.edit("say", registers.set_plan, illustrative="Illustrative figures")
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Security", year=2008, period="Q2", due=date(2008, 10, 3))
    mail = issuing.covering_mail(STATUS_RETURN, content, Path("security.xlsx"))
    assert (mail.to, mail.subject) == (
        "ACC Security",
        "Status return 2008-2009 Q2: A small plan - please return by Friday 3 October 2008",
    )
    assert mail.body.splitlines()[2:4] == [
        "Please find attached the status return for 2008-2009 Q2 of A small plan (1 activity, 1 milestone).",
        "Reply with this file by Friday 3 October 2008: fill in the boxed cells, save it, and attach it to your reply.",
    ]
    assert mail.body.splitlines()[-2:] == ["File: security.xlsx", "Illustrative figures"]


def test_the_covering_mail_of_a_return_without_a_time_or_a_post(workspace: Workspace) -> None:
    mail = issuing.covering_mail(PERFORMANCE_PLAN, issuing.prepare(workspace, PERFORMANCE_PLAN), Path("p.xlsx"))
    assert (mail.to, mail.subject) == ("", "Performance plan: A small plan")
    assert "the performance plan of A small plan (1 indicator)." in mail.body
