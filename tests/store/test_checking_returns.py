"""What a check says of the returns sent out and received."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spp_desktop.store import checking, exports, history, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace

Harm = Callable[..., None]


@pytest.fixture
def traffic(workspace: Workspace) -> Path:
    """The small plan, from which two returns went out; one came back twice and was decided upon."""
    now = workspace.revision()
    sent = Export("x1", now, "status", "ACC Crime", 2008, 2, "crime.xlsx", "h", "2008-10-01", "me", "Q2", "2008-10-10")
    came = Receipt("r1", "{}", "x1", "crime back.xlsx", "h1", "", "2008-10-02", "me", "superseded", "2008-10-03")
    workspace.write_beside(exports.record, sent)
    workspace.write_beside(exports.record, replace(sent, id="x2", file_name="security.xlsx"))
    workspace.write_beside(receipts.add, came, b"[]")
    workspace.write_beside(receipts.add, replace(came, id="r2", state="applied", revision=now), b"[1]")
    workspace.write_beside(receipts.decide, [Decision("r2", s, "accept", "", "", "", "me") for s in "ab"])
    workspace.close()
    return workspace.path


def test_returns_are_counted(traffic: Path, harm: Harm) -> None:
    report = checking.check_file(traffic)
    assert report.ok, report.lines
    assert "2 returns were sent out from it and 2 files received." in report.lines
    with Workspace.open(traffic) as workspace:
        workspace.write_beside(receipts.close, "r1", "open", "", "", "")
    report = checking.check_file(traffic)
    assert report.ok, report.lines
    sentence = "2 returns were sent out from it and 2 files received, of which 1 is still to be reviewed."
    assert sentence in report.lines


def test_a_plan_without_any(closed: Path) -> None:
    assert "No returns were sent out from it and no files received." in checking.check_file(closed).lines


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "DELETE FROM receipt WHERE id='r2'",
            "2 decisions belong to a received file that is not in the plan (“r2”).",
        ),
        (
            "UPDATE receipt SET revision='gone' WHERE id='r2'",
            "The file “crime back.xlsx” was taken in by a step that is not in the history.",
        ),
        (
            "UPDATE export SET revision='gone' WHERE id='x2'",
            "The file “security.xlsx” was sent out at a step that is not in the history.",
        ),
        (
            "UPDATE receipt SET content=x'789c' WHERE id='r1'",
            "What the file “crime back.xlsx” held when it was received cannot be read: "
            "it is cut short, or far too large.",
        ),
        (
            "UPDATE receipt SET content='words' WHERE id='r1'",
            "What the file “crime back.xlsx” held when it was received cannot be read: its packing is damaged",
        ),
        (
            "UPDATE receipt SET state='lost' WHERE id='r1'",
            "The file “crime back.xlsx”, which was received, stands as “lost”, which this program does not know.",
        ),
        (
            "UPDATE decision SET verdict='perhaps' WHERE subject='a'",
            "In the file “crime back.xlsx” something was decided as “perhaps”, which this program does not know.",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(traffic: Path, harm: Harm, statement: str, sentence: str) -> None:
    harm(traffic, statement)
    report = checking.check_file(traffic)
    assert not report.ok
    assert any(line.startswith(sentence) for line in report.lines), report.lines
    with Workspace.open(traffic) as workspace:
        assert not workspace.read_only


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE export SET rows=3 WHERE id='x1'",
            "In the record that the file “crime.xlsx” was sent out the number of rows is not what was written: "
            "the history says “2”, the file holds “3”.",
        ),
        (
            "DELETE FROM export WHERE id='x2'",
            "The record that the file “security.xlsx” was sent out is missing: "
            "the history says that it is in the plan.",
        ),
        (
            "INSERT INTO export SELECT 'x3', revision, return_id, owner, year, rows, 'other.xlsx', file_hash, at, "
            "author, period, due FROM export WHERE id='x2'",
            "The record that the file “other.xlsx” was sent out is not in the history: "
            "it was added by another program.",
        ),
        (
            "UPDATE receipt SET state='open' WHERE id='r1'",
            "In the receipt of the file “crime back.xlsx” the state is not what was written: the history says "
            "“superseded”, the file holds “open”.",
        ),
        (
            "UPDATE receipt SET content=(SELECT content FROM receipt WHERE id='r2') WHERE id='r1'",
            "In the receipt of the file “crime back.xlsx” the content is not what was written: the history says ",
        ),
        (
            "UPDATE decision SET reason='because' WHERE subject='a'",
            "In the decision about “a” of the file “crime back.xlsx” the reason is not what was written: "
            "the history says “”, the file holds “because”.",
        ),
        (
            "DELETE FROM decision WHERE subject='b'",
            "The decision about “b” of the file “crime back.xlsx” is missing: the history says that it is in the plan.",
        ),
    ],
)
def test_a_record_that_was_changed_is_found_and_named(traffic: Path, harm: Harm, statement: str, sentence: str) -> None:
    harm(traffic, statement)
    report = checking.check_file(traffic)
    assert report.lines[0] == "plan.plan: 1 thing is wrong."
    assert any(line.startswith(sentence) for line in report.lines), report.lines


def test_records_are_sealed_and_are_no_steps(traffic: Path, harm: Harm) -> None:
    with Workspace.open(traffic) as workspace:
        assert [step.label for step in workspace.history()] == ["set up a small plan", "begin the plan"]
        assert [step.kind for step in workspace.read_beside(history.revisions)][2:] == ["beside"] * 5
        assert workspace.undo_label is None
    harm(
        traffic,
        "DROP TRIGGER change_is_never_changed",
        "UPDATE change SET after = replace(after, '\"rows\":2', '\"rows\":3') WHERE row_id = 'x1'",
        "UPDATE export SET rows=3 WHERE id='x1'",
        "CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change "
        "BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END",
    )
    report = checking.check_file(traffic)
    assert not report.ok
    assert any("from step 3 “keep the records of returns”" in line for line in report.lines), report.lines


@pytest.mark.parametrize("table", ["export", "receipt", "decision"])
def test_a_record_that_is_missing(traffic: Path, harm: Harm, table: str) -> None:
    harm(traffic, f"DROP TABLE {table}")
    lines = checking.check_file(traffic).lines
    assert f"Its table “{table}” is missing." in lines
    assert "Its history holds 2 steps" in lines[-1]


def test_a_damaged_page_of_what_came_back(traffic: Path, workspace: Workspace) -> None:
    content = bytearray(traffic.read_bytes())
    at = content.index(b"crime back.xlsx")
    page = at - at % 4096
    content[page : page + 64] = b"\xff" * 64
    traffic.write_bytes(bytes(content))
    report = checking.check_file(traffic)
    assert not report.ok
    assert any("damaged" in line for line in report.lines)
