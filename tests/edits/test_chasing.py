"""Who was sent a return, who has answered and who is late; the mails to those who have not."""

from datetime import date, timedelta
from pathlib import Path

from spp_desktop.edits import chasing, deciding, issuing, keeping, receiving, taking
from spp_desktop.edits.chasing import Sent
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import exports, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, received

DUE = date(2008, 10, 14)
BEFORE, AFTER = DUE, DUE + timedelta(days=1)


def _sent(workspace: Workspace, path: Path, owner: str = "ACC Crime", period: str = "Q2") -> None:
    issuing.issue(workspace, STATUS_RETURN, path, owner=owner, year=2008, period=period, due=DUE)


def _one(workspace: Workspace, today: date = BEFORE) -> Sent:
    (one,) = chasing.sent(workspace, today)
    return one


def test_every_state_of_an_issue(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    _sent(workspace, path)
    one = _one(workspace)
    assert (one.title, one.when, one.owner, one.rows, one.file) == (
        "Status return",
        "2008-2009 Q2",
        "ACC Crime",
        4,
        "crime.xlsx",
    )
    assert (one.due, one.answered, one.receipt, one.state, one.replaced) == (DUE, None, None, "sent", False)
    assert _one(workspace, AFTER).state == "late"
    review = received(workspace, path, a101={"status": "On track", "forecast": "tbc"})
    review = keeping.keep(workspace, review)
    assert (_one(workspace, AFTER).state, _one(workspace).answered) == ("in review", one.sent)
    keeping.set_aside(workspace, review)
    assert _one(workspace, AFTER).state == "set aside"
    review = receiving.review(workspace, path)
    taking.apply(workspace, [review])
    assert _one(workspace).state == "in review"
    review = receiving.review(workspace, path)
    taking.apply(workspace, [deciding.decided(workspace, review, review.differences, "reject")])
    assert _one(workspace).state == "answered"
    workspace.undo()
    assert _one(workspace).state == "taken back"
    workspace.redo()
    assert _one(workspace).state == "answered"


def test_the_latest_file_counts(workspace: Workspace, tmp_path: Path) -> None:
    path, again = tmp_path / "crime.xlsx", tmp_path / "again.xlsx"
    _sent(workspace, path)
    first = keeping.keep(workspace, received(workspace, path, a101={"status": "On track"}))
    with Filled(path, again) as book:
        book.put("1.01", status="Complete")
    taking.apply(workspace, [receiving.review(workspace, again)])
    held = _one(workspace).receipt
    assert held is not None
    assert (held.file_name, _one(workspace).state) == ("again.xlsx", "answered")
    assert first.receipt is not None
    assert {one.state for one in workspace.read_beside(receipts.every)} == {"superseded", "applied"}


def test_the_latest_first_and_those_of_one_time_by_post(workspace: Workspace, tmp_path: Path) -> None:
    for place, (owner, period) in enumerate((("S", "Q1"), ("C", "Q1"), ("S", "Q2"), ("C", "Q2"), ("S", "Q2"))):
        _sent(workspace, tmp_path / f"{place}.xlsx", {"S": "ACC Security", "C": "ACC Crime"}[owner], period)
    found = chasing.sent(workspace, BEFORE)
    assert [(one.when[-2:], one.owner[-5:], one.file, one.replaced) for one in found] == [
        ("Q2", "Crime", "3.xlsx", False),
        ("Q2", "urity", "4.xlsx", False),
        ("Q2", "urity", "2.xlsx", True),
        ("Q1", "Crime", "1.xlsx", False),
        ("Q1", "urity", "0.xlsx", False),
    ]


def test_who_is_chased(workspace: Workspace, tmp_path: Path) -> None:
    _sent(workspace, tmp_path / "first.xlsx")
    _sent(workspace, tmp_path / "crime.xlsx")
    _sent(workspace, tmp_path / "security.xlsx", "ACC Security")
    issuing.issue(workspace, PERFORMANCE_PLAN, tmp_path / "performance.xlsx")
    keeping.keep(workspace, receiving.review(workspace, tmp_path / "security.xlsx"))
    (one,) = chasing.to_chase(chasing.sent(workspace, BEFORE))
    assert (one.owner, one.file) == ("ACC Crime", "crime.xlsx")
    mail = chasing.chasing_mail(one)
    assert (mail.to, mail.subject) == ("ACC Crime", "Reminder: Status return 2008-2009 Q2")
    assert "The status return for 2008-2009 Q2 is due on 14/10/2008, and we have not had it back yet." in mail.body
    assert f"It went out on {one.sent:%d/%m/%Y} as “crime.xlsx” (4 rows)." in mail.body
    (late,) = chasing.to_chase(chasing.sent(workspace, AFTER))
    assert "was due on 14/10/2008" in chasing.chasing_mail(late).body


def test_a_return_that_this_version_does_not_know_is_listed_by_its_name(workspace: Workspace) -> None:
    export = Export("e", "r", "census", "", None, 3, "c.xlsx", "", "2008-10-01T12:00:00+00:00", "me")
    workspace.write_beside(exports.record, export)
    assert (_one(workspace).title, _one(workspace).when, _one(workspace).sent) == ("census", "", date(2008, 10, 1))
    assert chasing.to_chase(chasing.sent(workspace, AFTER)) == []


def test_the_mail_about_rows_that_are_missing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    _sent(workspace, path)
    review = receiving.review(workspace, path)
    assert chasing.missing_mail(review) is None
    with Filled(path) as book:
        book.delete("2.01")
    review = receiving.review(workspace, path)
    mail = chasing.missing_mail(review)
    assert mail is not None
    assert (mail.to, mail.subject) == ("ACC Crime", "Status return 2008-2009 Q2: rows that were not returned")
    assert "(“crime.xlsx”). This row was not in it:\n\n  2.01  Do what 2.01 says\n" in mail.body
    taking.apply(workspace, [review])
    (receipt,) = workspace.read_beside(receipts.every)
    assert chasing.missing_mail_of(workspace, receipt.id) == mail
    with Filled(path) as book:
        book.delete("First step of 1.01", "Milestones")
    several = chasing.missing_mail(receiving.review(workspace, path))
    assert several is not None
    assert "These rows were not in it:\n\n  2.01  Do what 2.01 says\n  1.01  First step of 1.01\n" in several.body
