"""Rows of a register in the review, beside activities that may have their references."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spp_desktop.edits import receiving
from spp_desktop.ui.review.lines import ReviewListing, RowHead
from spp_desktop.ui.review.returned_lines import subject
from spp_desktop.ui.review.returns_desk import ReturnsDesk
from tests.edits.findings_sent import SHEET, Sent, sent_findings


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Sent]:
    with sent_findings(tmp_path) as made:
        yield made


def test_a_row_is_seen_under_its_own_reference_and_not_under_an_activitys(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put("Do it: ACC Crime", percent=0.5)
        book.put("1.01", SHEET, state="in hand")
        book.put_at(book.rows(SHEET)[-1] + 1, SHEET, ref="F9", text="Look into F9")
    desk = ReturnsDesk(sent.plan, [receiving.review(sent.plan, path)])
    heads = [(line.ref, line.text) for line in ReviewListing(desk).lines() if isinstance(line, RowHead)]
    assert heads == [("1.01", "Do it: ACC Crime"), ("1.01", "Look into 1.01"), ("F9", "Look into F9")]
    assert [subject(desk, n) for n in range(3)] == ["% complete", "State", "Whole finding"]
    assert [desk.choices(n) for n in range(3)] == [(), ("open", "in hand", "closed"), ()]
    assert [desk.can_type(n) for n in range(3)] == [True, True, False]


def test_it_is_decided_and_applied_at_the_desk(sent: Sent) -> None:
    with sent.filled(path := sent.issue()) as book:
        book.put("F1", SHEET, state="closed")
    desk = ReturnsDesk(sent.plan, [receiving.review(sent.plan, path)])
    assert desk.states == ["to decide"]
    desk.accept([0], "in hand")
    assert desk.apply().accepted == 1
    assert sent.finding()["state"] == "in hand"
