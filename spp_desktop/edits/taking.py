"""What is accepted of returned workbooks, taken into the plan from all of them as one step, and their receipts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection as Raw

from spp_desktop.edits import outcomes
from spp_desktop.edits.deciding import accepted, answer, column_of, decision_behind, undecided, verdict
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.gathering import Accepted, AcceptedDifference, clashing, gathered, take_in
from spp_desktop.edits.giving_way import giving_way
from spp_desktop.edits.keeping import add, receipt_of
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.return_rows import facts, keys_by_title, listed
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.source import IssueScope, KeysByTitle
from spp_desktop.edits.trying import KeptBack, breaking, kept_back_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.returns.definition import PlanFacts
from spp_desktop.returns.values import shown
from spp_desktop.store import clock, receipts
from spp_desktop.store.history import Revision
from spp_desktop.store.receipts import Receipt, ReceiptState, Verdict
from spp_desktop.store.workspace import Workspace

CHANGE = Word("change", "changes")


@dataclass(frozen=True)
class Applied:
    """What became of some files.

    Attributes:
        accepted: how much was taken in.
        refused: how much was refused.
        left: how much is left for a person to decide, with what was kept back.
        kept_back: what was accepted and not taken in, because it breaks a rule of the plan.
    """

    accepted: int
    refused: int
    left: int
    kept_back: tuple[KeptBack, ...] = ()


def apply(workspace: Workspace, reviews: Sequence[Review]) -> Applied:
    """Take in what is accepted of some files, as one revision, and keep their receipts.

    What breaks a rule of the plan is kept back, and asked about when the file is looked at again; all else is taken in.
    So are two different answers for one cell, and what names something that the plan has no more. An earlier version of
    the plan is kept first.

    Raises:
        RuleBroken: if the plan has changed since the files were held against it; NotKept: if it cannot be written.
            Nothing is changed then.
    """
    plan = workspace.read(facts, *(review.definition for review in reviews))
    reviews = [review for review in reviews if review.receipt is None or review.receipt.state == "open"]
    _demand_unmoved(workspace, plan, reviews)
    listings = [listing for review in reviews for listing in review.definition.listings]
    keys, (chosen, kept_back) = workspace.read(keys_by_title, listings), _chosen(plan, reviews)
    clashes = clashing(keys, chosen)
    kept_back += [kept_back_of(chosen[n], why) for n, why in sorted(clashes.items())]
    accepted_all = len(chosen) + len(kept_back) - len(clashes)
    chosen = [choice for n, choice in enumerate(chosen) if n not in clashes]
    if chosen:
        workspace.back_up(f"before taking in {_files(reviews)}")
    kept_back = _taken_in(workspace, plan, reviews, keys, chosen, kept_back)
    closing_all = [_Closing.of(workspace, review, plan, kept_back) for review in reviews]
    refused = sum(outcome.verdict == "reject" for closing in closing_all for outcome in closing.done)
    left = sum(len(undecided(review)) for review in reviews) + len(kept_back)
    return Applied(accepted_all - len(kept_back), refused, left, tuple(kept_back))


def _files(reviews: Sequence[Review]) -> str:
    return reviews[0].file if len(reviews) == 1 else f"{len(reviews)} files"


def _taken_in(  # noqa: PLR0917 - all that one step is made of
    workspace: Workspace,
    plan: PlanFacts,
    reviews: Sequence[Review],
    keys: KeysByTitle,
    chosen: Sequence[AcceptedDifference],
    kept_back: Sequence[KeptBack],
) -> list[KeptBack]:
    """Take in all that can be, with the receipts of the files, and give all that had to be kept back."""
    try:
        _write(workspace, plan, reviews, gathered(keys, chosen), len(chosen), kept_back)
    except RuleBroken:
        broken = breaking(workspace, keys, chosen)
        if not broken:
            raise
        fit = [choice for n, choice in enumerate(chosen) if n not in broken]
        kept_back = [*kept_back, *(kept_back_of(chosen[n], why) for n, why in sorted(broken.items()))]
        _write(workspace, plan, reviews, gathered(keys, fit), len(fit), kept_back)
    return list(kept_back)


def _write(  # noqa: PLR0917 - all that one step is made of
    workspace: Workspace,
    plan: PlanFacts,
    reviews: Sequence[Review],
    accepted_values: Accepted,
    count: int,
    kept_back: Sequence[KeptBack],
) -> None:
    """Take in what is accepted as one step, with the receipts of the files; the receipts alone where nothing is."""
    closing_all = [_Closing.of(workspace, review, plan, kept_back) for review in reviews]
    before = workspace.revision()
    if count:
        label = f"take in {CHANGE.counted(count)} from {_files(reviews)}"
        beside = partial(_close, closing_all)
        workspace.edit(label, take_in, accepted_values, as_kind="import", beside=beside)
    if reviews and workspace.revision() == before:  # nothing accepted, or nothing that the plan did not hold already
        workspace.write_beside(partial(_close, closing_all), None)


@dataclass(frozen=True)
class _Closing:
    """What is written down with a file when it is applied: what became of its differences now, and in earlier steps."""

    review: Review
    receipt: Receipt
    done: list[Outcome]
    earlier: list[Outcome]
    giving_way: list[Receipt]

    @classmethod
    def of(cls, workspace: Workspace, review: Review, plan: PlanFacts, kept_back: Sequence[KeptBack]) -> "_Closing":
        """What is to be written down with a file."""
        why = {each.subject: each.why for each in kept_back if each.file == review.called}
        done = [_waiting(each, why.get(each.subject, "")) for each in _outcomes(review, plan)]
        receipt = review.receipt or receipt_of(review)
        again, asked = {outcome.subject for outcome in done}, {each.subject for each in undecided(review)}
        before = outcomes.read(receipt.outcome)
        stands = {"", *workspace.standing(outcome.revision for outcome in before)}
        earlier = []
        for outcome in before:
            waits_no_more = outcome.verdict == "wait" and outcome.subject not in asked
            if outcome.revision in stands and outcome.subject not in again and not waits_no_more:
                earlier.append(outcome)
        give_way = [] if review.receipt else giving_way(workspace, review)
        return cls(review, receipt, done, earlier, give_way)


def _close(closing_all: Sequence[_Closing], connection: Raw, revision: Revision | None) -> None:
    """Write down with each file what has become of what it says."""
    made = revision.id if revision else ""
    for closing in closing_all:
        receipt = closing.receipt
        left = bool(undecided(closing.review)) or any(each.verdict == "wait" for each in closing.done)
        if closing.review.receipt is None:
            add(connection, closing.review, receipt, closing.giving_way)
        receipts.undecide(connection, receipt.id, [each.subject for each in closing.done if each.verdict == "wait"])
        done = [replace(each, revision=made if each.verdict == "accept" else "") for each in closing.done]
        state: ReceiptState = "open" if left else "applied"
        written = outcomes.written(closing.earlier + done)
        receipts.close(connection, receipt.id, state, "" if left else clock.now(), made or receipt.revision, written)


def _waiting(outcome: Outcome, why: str) -> Outcome:
    """An outcome, as kept back where it breaks a rule."""
    return replace(outcome, verdict="wait", taken="", reason=why) if why and outcome.verdict == "accept" else outcome


def _outcomes(review: Review, plan: PlanFacts) -> list[Outcome]:
    """What becomes of each difference that is decided, if what is accepted is taken in now."""
    return [
        _outcome(review, difference, plan, given)
        for difference in review.differences
        if difference.kind != "match" and (given := verdict(review, difference)) is not None
    ]


def _outcome(review: Review, difference: Difference, plan: PlanFacts, given: Verdict) -> Outcome:
    decision = decision_behind(review, difference, given)
    column = column_of(review, difference, plan)
    taken = ""
    if given == "accept":
        value = answer(review, difference, plan, decision.value).value
        taken = shown(column, value) if column else difference.text
    return Outcome(
        difference.kind,
        difference.subject,
        difference.key,
        difference.ref,
        difference.field,
        difference.column,
        difference.issued_text,
        difference.returned_text or difference.text * (not difference.field),
        difference.now_text,
        given,
        taken,
        decision.reason,
        decision.at,
        decision.author,
    )


def _demand_unmoved(workspace: Workspace, plan: PlanFacts, reviews: Sequence[Review]) -> None:
    """See that the plan still holds what it held when the files were held against it."""
    for review in reviews:
        for listing in review.definition.listings:
            cells = [each for each in accepted(review) if each.source == source_of(listing) and each.field]
            if not cells:
                continue
            leads = {cell.key: cell.lead for cell in cells}
            scope = replace(IssueScope.of(review.identity), everyone=True, leads=leads)
            now = workspace.read(listed, listing, plan, scope)
            for cell in cells:
                if cell.key not in now or now[cell.key].values.get(cell.field) != cell.now:
                    raise RuleBroken(
                        cell.field,
                        f"The {cell.column.lower()} of {cell.ref} has changed in the plan since {review.called} was "
                        "read. Read the file again; nothing was taken in.",
                    )


def _chosen(plan: PlanFacts, reviews: Sequence[Review]) -> tuple[list[AcceptedDifference], list[KeptBack]]:
    """What is accepted of some files, each with the value that is to stand in the plan; and what has none any more."""
    chosen, kept_back = [], []
    for review in reviews:
        for difference in accepted(review):
            decision = review.decisions.get(difference.subject)
            wanted = answer(review, difference, plan, decision.value if decision else "")
            choice = AcceptedDifference(review, difference, wanted.value)
            if wanted.doubt:
                kept_back.append(kept_back_of(choice, wanted.doubt))
            else:
                chosen.append(choice)
    return chosen, kept_back
