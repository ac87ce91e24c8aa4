"""The sealed chain: what is kept in it, how it ends, and what a careless or a careful hand leaves behind."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import chain, checking, exports, history, receipts, recording
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.tampering import cut_off, send

Harm = Callable[..., None]

CAME = Receipt("r1", "{}", "x1", "back.xlsx", "h1", "", "2008-10-02", "me")
SAID = Decision("r1", "activity/percent", "accept", "40", "", "2008-10-04", "planner")


def test_the_head_goes_with_the_history(workspace: Workspace) -> None:
    for step in ("A", "B"):
        workspace.edit("retitle", sql, f"UPDATE plan SET title = '{step}'")
        assert workspace.read_beside(chain.head) == workspace.read_beside(chain.newest)
    send(workspace)
    head = workspace.read_beside(chain.head)
    assert head is not None
    assert (head.n, head.kind) == (5, "beside")
    workspace.undo()
    assert workspace.read_beside(chain.head) == workspace.read_beside(chain.newest) != head


def test_what_is_written_beside_is_recorded_whole(workspace: Workspace) -> None:
    send(workspace)
    workspace.write_beside(receipts.add, CAME, b"[1]")
    workspace.write_beside(receipts.decide, [SAID])
    workspace.write_beside(receipts.decide, [replace(SAID, value="50")])
    workspace.write_beside(receipts.set_sender, "r1", "Crime office")
    workspace.write_beside(receipts.undecide, "r1", [SAID.subject])
    made = workspace.read_beside(history.revisions)[2:]
    assert {step.kind for step in made} == {"beside"}
    told = [(each.action, each.table, each.row, each.cell) for step in made for each in workspace.changes_of(step)]
    decision = "r1|activity/percent"
    assert told == [
        ("add", "export", "x1", ""),
        ("add", "receipt", "r1", ""),
        ("add", "decision", decision, ""),
        ("remove", "decision", decision, ""),
        ("add", "decision", decision, ""),
        ("set", "receipt", "r1", "sender"),
        ("remove", "decision", decision, ""),
    ]
    (kept,) = workspace.changes_of(made[1])
    (packed,) = workspace.read_beside(lambda raw: raw.execute("SELECT content FROM receipt").fetchone())
    assert kept.after["content"] == recording.fingerprint(packed)
    workspace.close()
    report = checking.check_file(workspace.path)
    assert report.ok, report.lines


def test_what_changes_nothing_beside_is_not_in_the_chain(workspace: Workspace) -> None:
    before = workspace.read_beside(chain.newest)
    workspace.write_beside(receipts.undecide, "r1", ["nothing"])
    assert workspace.read_beside(chain.newest) == before


@pytest.mark.parametrize("statement", ["DELETE FROM export", "UPDATE export SET owner = 'Nobody'"])
def test_a_verb_cannot_touch_what_is_kept_beside(workspace: Workspace, statement: str) -> None:
    sent = send(workspace)
    with pytest.raises(RuleBroken):
        workspace.edit("tidy up", sql, statement)
    assert workspace.read_beside(exports.every) == [sent]
    assert workspace.read_beside(chain.head) == workspace.read_beside(chain.newest)


def test_undo_passes_over_what_is_kept_beside(workspace: Workspace) -> None:
    workspace.edit("retitle", sql, "UPDATE plan SET title = 'B'")
    sent = send(workspace)
    assert workspace.undo_label == "retitle"
    workspace.undo()
    workspace.write_beside(receipts.add, CAME, b"[]")
    assert [workspace.undo_label, workspace.redo_label] == [None, "retitle"]
    workspace.redo()
    assert (workspace.read_beside(exports.every), workspace.read_beside(receipts.every)) == ([sent], [CAME])
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert again.undo_label == "retitle"
        assert [step.kind for step in again.history()] == ["redo", "undo", "edit", "built", "built"]
    assert checking.check_file(workspace.path).ok


def test_the_plan_as_it_was_before_records_were_kept(workspace: Workspace) -> None:
    before = workspace.revision()
    content = workspace.as_at(before)
    send(workspace)
    assert workspace.revision() == before
    assert workspace.as_at(before) == content
    workspace.edit("retitle", sql, "UPDATE plan SET title = 'B'")
    assert workspace.as_at(before) == content


def test_a_last_step_cut_off_with_its_content_is_found(closed: Path) -> None:
    cut_off(closed, "UPDATE plan SET force = ''")
    report = checking.check_file(closed)
    assert not report.ok
    sentence = "The end of the history was cut off: 1 step, the last of them step 3 “retitle the plan” (by "
    assert any(line.startswith(sentence) for line in report.lines), report.lines


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM head", "The file does not say with which step its history ends"),
        ("UPDATE head SET hash = 'x'", "The history does not end with step 3 “retitle the plan”"),
        ("UPDATE head SET n = 2, label = 'another'", "The history does not end with step 2 “another”"),
    ],
)
def test_a_head_that_does_not_fit_is_found(closed: Path, harm: Harm, statement: str, sentence: str) -> None:
    harm(closed, statement)
    report = checking.check_file(closed)
    assert report.lines[0] == "plan.plan: 1 thing is wrong."
    assert any(line.startswith(sentence) for line in report.lines), report.lines


@given(st.none() | st.binary(max_size=50) | st.text(max_size=50) | st.integers() | st.floats())
def test_anything_that_a_cell_holds_has_a_fingerprint(content: object) -> None:
    made = recording.fingerprint(content)
    assert (made is None) == (content is None)
    assert made is None or (len(made) == 64 and made == recording.fingerprint(content))
