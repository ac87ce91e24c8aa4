"""What came back, what was decided about it, and that it is kept or lost together with the revision that took it in."""

import os
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import checking, dump, exports, history, queries, receipts
from spp_desktop.store.changed import BESIDE, Changed
from spp_desktop.store.exports import Export
from spp_desktop.store.history import Revision
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import fill, sql

Harm = Callable[..., None]

ONE = Receipt("r1", '{"year": 2008}', "x1", "a.xlsx", "h1", "Crime office", "2008-10-02T10:00:00+00:00", "planner")
TWO = replace(ONE, id="r2", file_hash="h2", at="2008-10-03T10:00:00+00:00", sender="")
AGAIN = replace(ONE, id="r3", at="2008-10-03T10:00:00+00:00")
OTHER = replace(ONE, id="r4", export="x2", at="2008-10-01T10:00:00+00:00")

YES = Decision("r1", "activity/percent", "accept", "40", "", "2008-10-04", "planner")
NO = Decision("r1", "activity/status", "reject", "", "Not what was agreed", "2008-10-04", "planner")


def keep(workspace: Workspace, *them: Receipt) -> None:
    for receipt in them:
        workspace.write_beside(receipts.add, receipt, receipt.id.encode() * 1000)


def first(workspace: Workspace) -> str:
    return workspace.read(queries.activities)[0].key


def applied(workspace: Workspace, *, percent: int = 40) -> str:
    """Take in ``r1``, as its review does, and give the revision."""

    def finish(connection: sqlite3.Connection, made: Revision) -> None:
        receipts.close(connection, "r1", "applied", made.at, made.id, '{"accepted": 1}')

    workspace.edit("take in", rows.change, Activity, first(workspace), percent=percent, as_kind="import", beside=finish)
    return workspace.revision()


def beside_of(workspace: Workspace) -> object:
    """All that is kept beside the content."""
    return [workspace._raw.execute(f"SELECT * FROM {table}").fetchall() for table in ("export", "receipt", "decision")]


def test_what_came_back_is_found_again(workspace: Workspace) -> None:
    assert workspace.read_beside(receipts.every) == []
    keep(workspace, ONE, TWO, AGAIN, OTHER)
    assert workspace.read_beside(receipts.every) == [AGAIN, TWO, ONE, OTHER]
    assert workspace.read_beside(receipts.by_hash, "h1") == [AGAIN, ONE, OTHER]
    assert workspace.read_beside(receipts.by_hash, "h9") == []
    assert workspace.read_beside(receipts.of_export, "x1") == [ONE, TWO, AGAIN]
    assert workspace.read_beside(receipts.find, "r2") == TWO
    assert workspace.read_beside(receipts.find, "r9") is None
    workspace.close()
    with Workspace.open(workspace.path, read_only=True) as reader:
        assert reader.read_beside(receipts.every) == [AGAIN, TWO, ONE, OTHER]
        assert reader.read_beside(receipts.content, "r4") == b"r4" * 1000
        with pytest.raises(NotKept, match="not kept"):
            reader.write_beside(receipts.set_sender, "r1", "me")


def test_the_same_receipt_is_not_kept_twice(workspace: Workspace) -> None:
    keep(workspace, ONE)
    with pytest.raises(RuleBroken):
        keep(workspace, replace(ONE, sender="Somebody else"))
    assert workspace.read_beside(receipts.every) == [ONE]


def test_the_state_of_a_receipt(workspace: Workspace) -> None:
    keep(workspace, ONE, TWO)
    workspace.write_beside(receipts.close, "r1", "superseded", "2008-10-05", "", '{"by": "r2"}')
    workspace.write_beside(receipts.set_sender, "r2", "The ACC's office")
    closed = replace(ONE, state="superseded", closed_at="2008-10-05", outcome='{"by": "r2"}')
    assert workspace.read_beside(receipts.every) == [replace(TWO, sender="The ACC's office"), closed]
    workspace.write_beside(receipts.close, "r1", "open", "", "", "")
    assert workspace.read_beside(receipts.find, "r1") == ONE
    with pytest.raises(KeyError):
        workspace.write_beside(receipts.close, "r9", "applied", "", "", "")
    with pytest.raises(KeyError):
        workspace.write_beside(receipts.set_sender, "r9", "")
    with pytest.raises(KeyError):
        workspace.read_beside(receipts.content, "r9")


def test_decisions_are_kept_each_in_the_place_of_the_last(workspace: Workspace) -> None:
    keep(workspace, ONE, TWO)
    workspace.write_beside(receipts.decide, [YES, NO])
    elsewhere = replace(YES, receipt="r2", verdict="reject")
    workspace.write_beside(receipts.decide, [elsewhere])
    assert workspace.read_beside(receipts.decisions, "r1") == {YES.subject: YES, NO.subject: NO}
    changed = replace(YES, value="", verdict="reject", reason="Too much", at="2008-10-06")
    workspace.write_beside(receipts.decide, [changed])
    assert workspace.read_beside(receipts.decisions, "r1") == {YES.subject: changed, NO.subject: NO}
    workspace.write_beside(receipts.undecide, "r1", [YES.subject, "no such thing"])
    assert workspace.read_beside(receipts.decisions, "r1") == {NO.subject: NO}
    assert workspace.read_beside(receipts.decisions, "r2") == {YES.subject: elsewhere}
    assert workspace.read_beside(receipts.decisions, "r9") == {}


def test_decisions_outlast_the_sitting_and_the_receipts_end(workspace: Workspace) -> None:
    keep(workspace, ONE)
    workspace.write_beside(receipts.decide, [YES, NO])
    applied(workspace)
    workspace.close()
    with Workspace.open(workspace.path) as opened:
        assert opened.read_beside(receipts.decisions, "r1") == {YES.subject: YES, NO.subject: NO}


@given(st.binary(max_size=5000) | st.binary(max_size=50).map(lambda some: some * 10_000))
def test_content_comes_out_as_it_went_in(packed: bytes) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in receipts.SCHEMA:
            connection.execute(statement)
        receipts.add(connection, ONE, packed)
        assert receipts.content(connection, "r1") == packed
        assert receipts.every(connection) == [ONE]


def test_content_that_is_too_large(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(workspace, ONE)
    monkeypatch.setattr(receipts, "MOST_CONTENT", 1999)
    with pytest.raises(PlanRefused, match="far too large"):
        workspace.read_beside(receipts.content, "r1")
    with pytest.raises(ValueError, match="may have 1,999 bytes"):
        keep(workspace, TWO)
    monkeypatch.setattr(receipts, "MOST_CONTENT", 2000)
    assert workspace.read_beside(receipts.content, "r1") == b"r1" * 1000


@pytest.mark.parametrize("packed", ["x'00'", "x''", "'text'", "substr(content, 1, length(content) - 5)"])
def test_content_that_cannot_be_unpacked(workspace: Workspace, harm: Harm, packed: str) -> None:
    keep(workspace, ONE)
    workspace.close()
    harm(workspace.path, f"UPDATE receipt SET content = {packed}")
    with Workspace.open(workspace.path) as opened:
        assert opened.read_beside(receipts.every) == [ONE]
        with pytest.raises(PlanRefused) as caught:
            opened.read_beside(receipts.content, "r1")
    assert caught.value.kind == "damaged"


def test_what_was_issued_for_one_period(workspace: Workspace) -> None:
    crime = Export("x1", "v", "status", "ACC Crime", 2008, 2, "a.xlsx", "h", "2008-10-01", "me", "Q2", "2008-10-10")
    them = [
        crime,
        replace(crime, id="x2", owner="ACC Security", at="2008-10-02"),
        replace(crime, id="x3", period="Q1"),
        replace(crime, id="x4", year=2009),
        replace(crime, id="x5", return_id="delivery-plan"),
        Export("x6", "v", "status", "", None, 9, "b.xlsx", "h", "2008-10-01", "me"),
    ]
    for export in them:
        workspace.write_beside(exports.record, export)
    assert workspace.read_beside(exports.issued, "status", 2008, "Q2") == [them[1], crime]
    assert workspace.read_beside(exports.issued, "status", None, "") == [them[5]]
    assert (them[5].period, them[5].due) == ("", "")
    assert workspace.read_beside(exports.issued, "status", 2008, "") == []
    assert workspace.read_beside(exports.find, "x1") == crime


def test_writing_beside_is_told_and_is_no_step(workspace: Workspace) -> None:
    workspace.edit("reword", rows.change, Activity, first(workspace), text="Do it")
    workspace.undo()
    before = workspace.read_beside(history.tables_now), workspace.revision(), workspace.redo_label
    content = workspace.read(dump.content)
    heard: list[Changed] = []
    workspace.listen(heard.append)
    keep(workspace, ONE)
    assert heard == [Changed("", "beside", {BESIDE: frozenset()})]
    assert (workspace.read_beside(history.tables_now), workspace.revision(), workspace.redo_label) == before
    with pytest.raises(RuleBroken):
        keep(workspace, ONE)
    assert len(heard) == 1
    assert workspace.read(dump.content) == content


def test_a_revision_and_its_receipt_are_kept_together(workspace: Workspace) -> None:
    keep(workspace, ONE)
    heard: list[Changed] = []
    workspace.listen(heard.append)
    made = applied(workspace)
    (receipt,) = workspace.read_beside(receipts.every)
    assert (receipt.state, receipt.revision, receipt.outcome) == ("applied", made, '{"accepted": 1}')
    assert workspace.history()[0].at == receipt.closed_at
    assert heard == [Changed("take in", "import", {"activity": frozenset({first(workspace)}), BESIDE: frozenset()})]
    assert workspace.undo_label == "take in"
    workspace.close()
    report = checking.check_file(workspace.path)
    assert report.ok, report.lines


def test_nothing_is_written_beside_where_there_is_no_revision(workspace: Workspace) -> None:
    keep(workspace, ONE)
    applied(workspace)
    before = beside_of(workspace)
    heard: list[Changed] = []
    workspace.listen(heard.append)
    applied(workspace)
    assert heard == []
    assert beside_of(workspace) == before


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (None, ValueError),
        ("INSERT INTO decision SELECT * FROM nowhere", NotKept),
        ("UPDATE activity SET percent = 1", RuleBroken),
        ("UPDATE revision SET label = 'x'", RuleBroken),
    ],
    ids=["raises", "fails", "changes the content", "changes the history"],
)
def test_what_goes_wrong_beside_takes_the_revision_along(
    workspace: Workspace, statement: str | None, expected: type[Exception]
) -> None:
    keep(workspace, ONE)
    workspace.edit("before", rows.change, Activity, first(workspace), percent=10)
    before = workspace.read_beside(history.tables_now), beside_of(workspace), workspace.history()
    heard: list[Changed] = []
    workspace.listen(heard.append)

    def finish(connection: sqlite3.Connection, made: Revision) -> None:
        receipts.close(connection, "r1", "applied", made.at, made.id, "")
        if statement is None:
            raise ValueError("on purpose")
        connection.execute(statement)

    with pytest.raises(expected):
        workspace.edit("take in", rows.change, Activity, first(workspace), percent=40, beside=finish)
    assert (workspace.read_beside(history.tables_now), beside_of(workspace), workspace.history()) == before
    assert heard == []
    assert (workspace.undo_label, workspace.redo_label) == ("before", None)
    applied(workspace)
    assert workspace.read(queries.activities)[0].percent == 40
    workspace.undo()
    assert workspace.read(queries.activities)[0].percent == 10
    workspace.close()
    assert checking.check_file(workspace.path).ok


def test_a_disk_that_fills_up_beside(small_disk: Path, closed: Path) -> None:
    path = small_disk / "plan.plan"
    path.write_bytes(closed.read_bytes())
    with Workspace.open(path) as workspace:
        keep(workspace, ONE)
        workspace.edit("begin", sql, "UPDATE plan SET title='B'")
        block = fill(small_disk, 50_000)
        before = workspace.read_beside(history.tables_now), beside_of(workspace), workspace.revision()

        def finish(connection: sqlite3.Connection, made: Revision) -> None:
            receipts.close(connection, "r1", "applied", made.at, made.id, os.urandom(200_000).hex())

        with pytest.raises(NotKept) as caught:
            workspace.edit("take in", rows.change, Activity, first(workspace), percent=40, beside=finish)
        assert caught.value.kind == "full"
        assert (workspace.read_beside(history.tables_now), beside_of(workspace), workspace.revision()) == before
        assert workspace.undo_label == "begin"
        block.unlink()
        applied(workspace)
    assert checking.check_file(path).ok


def test_whether_a_step_stands(workspace: Workspace) -> None:
    keep(workspace, ONE)
    assert not workspace.stands("no such step")
    assert not workspace.stands("")
    built = workspace.revision()
    took = applied(workspace)
    assert workspace.stands(took)
    assert workspace.stands(built)
    heard: list[Changed] = []
    workspace.listen(heard.append)
    workspace.undo()
    assert not workspace.stands(took)
    assert BESIDE in heard[-1].rows
    workspace.redo()
    assert workspace.stands(took)
    assert BESIDE in heard[-1].rows
    workspace.revert(took)
    put_back = workspace.revision()
    assert BESIDE in heard[-1].rows
    assert not workspace.stands(took)
    workspace.undo()
    assert workspace.stands(took)
    assert not workspace.stands(put_back)
    workspace.redo()
    assert not workspace.stands(took)
    workspace.revert(put_back)
    assert workspace.stands(took)
    workspace.edit("go on", rows.change, Activity, first(workspace), percent=50)
    assert BESIDE not in heard[-1].rows
    assert workspace.stands(took)
    workspace.close()
    with Workspace.open(workspace.path) as opened:
        assert opened.stands(took)
        assert not opened.stands(put_back)


def test_an_undone_step_stays_undone_when_others_follow(workspace: Workspace) -> None:
    keep(workspace, ONE)
    took = applied(workspace)
    workspace.undo()
    workspace.edit("go on", sql, "UPDATE plan SET title='B'")
    later = workspace.revision()
    workspace.undo()
    assert [workspace.stands(step) for step in (took, later)] == [False, False]
    workspace.redo()
    assert [workspace.stands(step) for step in (took, later)] == [False, True]


def test_an_earlier_version_holds_what_came_back(workspace: Workspace) -> None:
    keep(workspace, ONE)
    workspace.write_beside(receipts.decide, [YES])
    kept = workspace.back_up("asked for")
    applied(workspace)
    with Workspace.open(kept, read_only=True) as earlier:
        assert earlier.read_beside(receipts.every) == [ONE]
        assert earlier.read_beside(receipts.decisions, "r1") == {YES.subject: YES}


def test_packing_is_worth_it(workspace: Workspace) -> None:
    keep(workspace, ONE)
    (packed,) = workspace._raw.execute("SELECT content FROM receipt").fetchone()
    assert len(packed) < 200
    assert zlib.decompress(packed) == receipts.content(workspace._raw, "r1")
