"""What became of each answer, kept with its receipt and read as a text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits import deciding, outcomes, receiving, taking
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.returns.definition import Identity
from spp_desktop.returns.placement import read_identity
from spp_desktop.store import receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, of, received, sent, set_cells

AT = "2008-10-14T09:30:00+00:00"
RECEIPT = Receipt("r", "", "e", "crime.xlsx", "ab12", "Insp. Smith", AT, "rosa")
STATUS = Outcome(
    "change", "s", "k", "1.01", "status", "Status", "", "On track", "", "accept", "On track", "", AT, "rosa", "rev"
)
SAID = Identity("p", "e", "status", "r", "ACC Crime", 2008, "A small plan", "Q2")


@pytest.fixture
def summer_time(zone: Callable[[str], None]) -> None:
    """London's clock, an hour ahead of UTC in October 2008."""
    zone("GMT0BST,M3.5.0/1,M10.5.0/2")


@given(st.lists(st.builds(Outcome, *[st.text()] * 9, st.sampled_from(["accept", "reject"]), *[st.text()] * 5)))
def test_what_is_written_is_read_again(found: list[Outcome]) -> None:
    assert outcomes.read(outcomes.written(found)) == found


@pytest.mark.parametrize("kept", ["", "[]", "nonsense", "{}", '["text"]', '[{"kind": "change"}]', "3"])
def test_what_cannot_be_understood_is_nothing(kept: str) -> None:
    assert outcomes.read(kept) == []


@pytest.mark.usefixtures("summer_time")
@pytest.mark.parametrize(
    ("state", "closed", "said"),
    [
        ("open", "", "State: in review"),
        ("applied", AT, "State: taken in, 14 Oct 2008 10:30"),
        ("superseded", AT, "State: replaced by a later version, 14 Oct 2008 10:30"),
        ("set aside", AT, "State: set aside, 14 Oct 2008 10:30"),
    ],
)
def test_the_head_of_a_receipt(state: str, closed: str, said: str) -> None:
    receipt = replace(RECEIPT, state=state, closed_at=closed)  # type: ignore[arg-type]  # a state is a text here
    assert outcomes.receipt_text(receipt, SAID).splitlines() == [
        "Receipt for crime.xlsx",
        "Return: Status return 2008-2009 Q2, ACC Crime",
        "Sent by: Insp. Smith",
        "Received: 14 Oct 2008 10:30 by rosa",
        said,
        "Times: local time",
        "File (SHA-256): ab12",
        "",
        "Accepted: 0",
        "",
        "Refused: 0",
    ]


def test_of_the_whole_plan_and_from_nobody_known() -> None:
    text = outcomes.receipt_text(replace(RECEIPT, sender=""), Identity("p", "e", "census", "r"))
    assert "Return: census\nSent by: not said\n" in text


@pytest.mark.usefixtures("summer_time")
@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (STATUS, "  1.01 Status: returned “On track”, was empty (change; 14 Oct 2008 10:30, rosa)"),
        (
            replace(STATUS, was="At risk", taken="Complete", reason="they rang"),
            "  1.01 Status: returned “On track”, was “At risk”, taken in as “Complete” "
            "(change; 14 Oct 2008 10:30, rosa; reason: they rang)",
        ),
        (
            replace(STATUS, returned="", taken="", was="On track", revision="undone"),
            "  1.01 Status: returned empty, was “On track” (change; 14 Oct 2008 10:30, rosa; undone since)",
        ),
        (
            replace(STATUS, kind="new row", ref="", field="", column="", returned="Build it", taken="Build it"),
            "  new row: returned “Build it” (new row; 14 Oct 2008 10:30, rosa)",
        ),
        (
            replace(STATUS, kind="conflict", verdict="reject", taken="", revision="", was="At risk", reason="old"),
            "  1.01 Status: returned “On track”, was “At risk” (conflict; 14 Oct 2008 10:30, rosa; reason: old)",
        ),
    ],
)
def test_a_line_of_a_receipt(outcome: Outcome, said: str) -> None:
    receipt = replace(RECEIPT, state="applied", outcome=outcomes.written([outcome]))
    lines = outcomes.receipt_text(receipt, SAID, ["undone"]).splitlines()
    assert said in lines
    assert lines[lines.index(said) - 1] == ("Accepted: 1" if outcome.verdict == "accept" else "Refused: 1")


def test_the_receipt_of_a_file_that_was_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    set_cells(workspace, forecast=date(2009, 1, 1))
    path = tmp_path / "crime.xlsx"
    sent(workspace, path)
    set_cells(workspace, percent=20)
    with Filled(path) as book:
        book.put("1.01", status="on track", percent=0.5, forecast="[clear]", reason="=1")
        book.put_at(30, ref="1.09", text="Something new")
    review = receiving.review(workspace, path)
    review = deciding.decided(workspace, review, [of(review, "percent")], "accept", value="45", reason="they rang")
    review = deciding.decided(workspace, review, [of(review, "reason")], "reject", reason="a formula")
    new = [one for one in review.differences if one.kind == "new row"]
    review = deciding.decided(workspace, review, new, "accept")
    taking.apply(workspace, [review])
    (receipt,) = workspace.read_beside(receipts.every)
    identity = read_identity(receipt.identity)
    assert identity is not None
    taken = {
        one.field: (one.kind, one.issued, one.returned, one.was, one.taken) for one in outcomes.read(receipt.outcome)
    }
    assert taken == {
        "status": ("change", "", "On track", "", "On track"),
        "percent": ("conflict", "", "50%", "20%", "45%"),
        "forecast": ("change", "01/01/2009", "", "01/01/2009", ""),
        "reason": ("question", "", "=", "", ""),
        "": ("new row", "", "Something new", "", "Something new"),
    }
    text = outcomes.receipt_text(receipt, identity)
    assert "Accepted: 4\n" in text
    assert "  1.01 % complete: returned “50%”, was “20%”, taken in as “45%” (conflict; " in text
    assert "  1.09 new row: returned “Something new” (new row; " in text
    assert "Refused: 1\n  1.01 Reason: returned “=”, was empty (question; " in text
    assert "reason: a formula)" in text


def test_a_receipt_says_what_was_undone_since(workspace: Workspace, tmp_path: Path) -> None:
    sent(workspace, tmp_path / "crime.xlsx")
    taking.apply(workspace, [received(workspace, tmp_path / "crime.xlsx", a101={"status": "On track"})])
    (receipt,) = workspace.read_beside(receipts.every)
    assert "undone since" not in outcomes.text_of(workspace, receipt)
    workspace.undo()
    assert "undone since" in outcomes.text_of(workspace, receipt)
