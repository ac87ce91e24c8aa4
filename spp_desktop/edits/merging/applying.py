"""A merge taken into the plan as one step, with the copy's records of returns, and the receipt of it."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from sqlmodel import Session

from spp_desktop.edits import outcomes
from spp_desktop.edits.merging import merge_receipts, typed_dates
from spp_desktop.edits.merging.deciding import receipt_of
from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.edits.merging.wording import MergeLine, MergeWords
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import returns_brought
from spp_desktop.store.merging.applying import take_clear, take_in
from spp_desktop.store.merging.items import Merge, MergeChoice, MergeDecision, MergeItem, MergeRefused
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

_EVERY = 100
"""Questions after which is told how many are written down."""
MOST_TOLD = 500
"""Rows that come in by themselves and that a receipt names; the step of the history has all of them."""


@dataclass(frozen=True)
class MergeReceipt:
    """What became of a copy.

    Attributes:
        sentence: it in a sentence.
        left: how many questions are left; the copy is not merged then, only what is clear of it taken in.
        waiting: how many restatements wait.
        revision: the id of the step; "" where there was nothing to take in.
        receipt: the receipt; ``None`` where there was nothing to take in.
    """

    sentence: str
    left: int
    waiting: int
    revision: str = ""
    receipt: Receipt | None = None

    def sentence_later(self) -> str:
        """The sentence as it is once other steps have followed: undo takes them back first."""
        return self.sentence.replace(_UNDONE, "")


def apply(
    workspace: Workspace, review: MergeReview, rest: MergeChoice | None = None, heard: Moved = unheard
) -> MergeReceipt:
    """Take a copy into the plan, as one step, and keep its receipt. An earlier version of the plan is kept first.

    Where something is left that nobody decided, only what is clear is taken in, as an ordinary step: the copy's own
    steps come along, and it is merged, once all is decided. What was decided until then is kept. What was typed in the
    place of both sides comes in with the merge itself: as an ordinary step it would be one side's, and asked again.

    Args:
        workspace: The plan.
        review: The copy.
        rest: Whose stands where nothing was decided; ``None`` leaves that as it is here, to be decided another day.
        heard: Hears how far it is; what it raises ends it, and nothing is changed then.

    Raises:
        RuleBroken: if the plan has changed since the copy was held against it, or something that was chosen cannot
            stand; NotKept: if it cannot be written. Nothing is changed then.
    """
    decisions: Decisions = review.decisions
    if rest is not None:
        decisions = {**{item.subject: MergeDecision(rest) for item in review.undecided}, **decisions}
    left = sum(item.subject not in decisions for item in review.merge.asked)
    waiting, name = len(review.merge.waiting), review.copy.name
    before = workspace.revision()
    closing = _WrittenDown(workspace, review, decisions, heard)
    workspace.back_up(f"before merging {name}")
    try:
        if left:
            label = f"take in what is clear of {name}"
            sides = {key: made for key, made in decisions.items() if not made.value}
            workspace.edit(label, _taken, take_clear, review, sides, heard, as_kind="import", heard=heard)
        else:
            made = take_in, review, decisions, heard
            workspace.edit(f"merge {name}", _taken, *made, as_kind="merged", beside=closing.write, heard=heard)
    except (MergeRefused, UndoRefused) as refused:
        raise RuleBroken("", str(refused)) from refused
    revision = workspace.revision()
    if revision == before:
        sentence = f"{name} holds nothing that {review.merge.ours} does not."
        return MergeReceipt(_LEFT.format(counted(left, "question")) if left else sentence, left, waiting)
    if left:
        sentence = f"What is clear of {name} was taken in as one step{_UNDONE}. "
        return MergeReceipt(sentence + _LEFT.format(counted(left, "question")), left, waiting, revision)
    sentence = f"{name} was merged as one step{_UNDONE}."
    if waiting:
        waits = "waits" if waiting == 1 else "wait"
        sentence += f" {counted(waiting, 'restatement')} {waits} for what is locked or closed."
    return MergeReceipt(sentence, left, waiting, revision, closing.receipt)


_FATES: dict[MergeChoice, outcomes.Fate] = {"theirs": "accept", "ours": "reject"}
_UNDONE = ", which undo takes back"
_LEFT = "To be decided before it is merged: {}."


def _taken(
    session: Session,
    take: Callable[[sqlite3.Connection, Merge, Decisions, Moved], object],
    review: MergeReview,
    decisions: Decisions,
    moved: Moved,
) -> None:
    raw = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    with typed_dates.moves_kept(session, review, decisions):
        take(raw, review.merge, decisions, moved)


class _WrittenDown:
    """What is written down with a merge: the records of returns of the copy, and the receipt."""

    def __init__(self, workspace: Workspace, review: MergeReview, decisions: Decisions, heard: Moved) -> None:
        self._heard = heard
        self._words = MergeWords(workspace, review.copy)
        self._review, self._decisions = review, decisions
        self.receipt = now = receipt_of(review)
        if review.receipt is not None:  # a colleague may have gone on in the file since it was begun
            self.receipt = replace(review.receipt, file_hash=now.file_hash, sender=now.sender)

    def write(self, connection: sqlite3.Connection, step: Revision) -> None:
        """Write it beside the step."""
        returns_brought.bring(self._review.copy.connection, connection)
        if self._review.receipt is None:
            receipts.add(connection, self.receipt, b"")
            made = self._review.made.values()  # what was decided before in a merge that was undone
            receipts.decide(connection, [replace(each, receipt=self.receipt.id) for each in made])
        else:
            receipts.set_file(connection, self.receipt.id, self.receipt.file_hash, self.receipt.sender)
        outcome = merge_receipts.written(self._review.merge.counts, self._outcomes(step))
        receipts.close(connection, self.receipt.id, "applied", clock.now(), step.id, outcome)

    def _outcomes(self, step: Revision) -> Iterator[Outcome]:
        merge = self._review.merge
        for n, item in enumerate(merge.asked):
            if n % _EVERY == 0:
                self._heard("Writing the receipt", n, len(merge.asked))
            decision = self._decisions.get(item.subject)
            fate: outcomes.Fate = "wait" if decision is None else _FATES[decision.choice]
            line = self._words.line(item)
            if decision is not None and decision.value:
                typed = self._words.line(replace(item, theirs={**(item.ours or {}), **decision.value})).theirs
                yield self._outcome(item, line, "typed", step, typed)
            else:
                yield self._outcome(item, line, fate, step)
        for item in merge.waiting:
            yield self._outcome(item, self._words.line(item), "wait", step)
        for item in merge.clean[:MOST_TOLD]:
            yield self._outcome(item, self._words.line(item), "accept", step)

    def _outcome(
        self, item: MergeItem, line: MergeLine, verdict: outcomes.Fate, step: Revision, typed: str = ""
    ) -> Outcome:
        """What became of an item."""
        made = self._review.made.get(item.subject)
        at, author = (made.at, made.author) if made is not None else (step.at, locks.author())
        reason = made.reason if made is not None else ""
        by = f"; in the copy by {line.theirs_by}" if line.theirs_by else ""
        kind = f"{item.question or item.fate}{by}"
        taken = line.theirs if verdict == "accept" else typed
        return Outcome(
            kind, item.subject, item.key, line.row, "|".join(item.cells), line.cell, line.base, line.theirs, line.ours,
            verdict, taken, reason, at, author, step.id,
        )  # fmt: skip
