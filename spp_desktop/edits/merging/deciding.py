"""What a person decides about what is asked in a merge, kept as it is made; left and gone on with on another day."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.plan.rows import new_key
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.merging.items import MergeChoice, MergeItem
from spp_desktop.store.receipts import Decision, Receipt, Verdict
from spp_desktop.store.workspace import Workspace

_VERDICTS: dict[MergeChoice, Verdict] = {"theirs": "accept", "ours": "reject"}


def decided(
    workspace: Workspace,
    review: MergeReview,
    items: Sequence[MergeItem],
    choice: MergeChoice | None,
    reason: str = "",
    *,
    typed: Mapping[str, Any] | None = None,
) -> MergeReview:
    """The review with a decision made about some items, or taken back; it is kept at once.

    Args:
        workspace: The plan.
        review: The copy.
        items: What is decided about; what is not asked is left out.
        choice: Whose stands; ``None`` takes back what was decided.
        reason: Why, in the person's words.
        typed: Cells that were typed in the place of both sides, as ``typed_cells.decided`` gives them.

    Raises:
        NotKept: if the decision cannot be kept. Nothing is decided then.
    """
    subjects = [item.subject for item in items if item.question]
    if not subjects:
        return review
    review = _kept(workspace, review)
    assert review.receipt is not None  # it was just kept
    made = {key: decision for key, decision in review.made.items() if key not in subjects}
    if choice is None:
        workspace.write_beside(receipts.undecide, review.receipt.id, subjects)
        return replace(review, made=made)
    now, who = clock.now(), locks.author()
    verdict, value = _VERDICTS[choice], json.dumps(typed, ensure_ascii=False) if typed else ""
    decisions = [Decision(review.receipt.id, subject, verdict, value, reason, now, who) for subject in subjects]
    workspace.write_beside(receipts.decide, decisions)
    return replace(review, made={**made, **{decision.subject: decision for decision in decisions}})


def receipt_of(review: MergeReview) -> Receipt:
    """A new receipt of a copy, open."""
    last = review.merge.their_newest
    copy = review.copy
    sender = last.author if last is not None else ""
    return Receipt(
        new_key(), receipts.MERGE, receipts.MERGE, copy.name, copy.file_hash, sender, clock.now(), locks.author()
    )


def _kept(workspace: Workspace, review: MergeReview) -> MergeReview:
    """The review with a receipt in the plan under which its decisions are kept."""
    if review.receipt is not None:
        return review
    receipt = receipt_of(review)
    workspace.write_beside(_begin, receipt, [replace(each, receipt=receipt.id) for each in review.made.values()])
    return replace(review, receipt=receipt)


def _begin(plan: sqlite3.Connection, receipt: Receipt, made: Sequence[Decision]) -> None:
    """Keep a receipt, with what was decided before in a merge that was undone."""
    receipts.add(plan, receipt, b"")
    receipts.decide(plan, made)


def set_aside(workspace: Workspace, review: MergeReview) -> None:
    """Let go of what was decided about a copy, without taking anything in.

    Raises:
        NotKept: if that cannot be kept.
    """
    if review.receipt is not None:
        workspace.write_beside(receipts.close, review.receipt.id, "set aside", clock.now(), "", "")
