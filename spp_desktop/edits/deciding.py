"""What a person decides about returned workbooks, and the one step that takes in what was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection as Raw

from spp_desktop.edits import outcomes
from spp_desktop.edits.differences import PARENTS, Difference
from spp_desktop.edits.gathering import Chosen, gathered
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.receiving import Review
from spp_desktop.edits.return_rows import UNSET, Scope, facts, lines, references
from spp_desktop.edits.taking import take_in
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Column, Listing, PlanFacts
from spp_desktop.returns.intake import kept
from spp_desktop.returns.placement import identity_text
from spp_desktop.returns.values import CLEAR, Answer, read_typed, shown
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.history import Revision
from spp_desktop.store.receipts import Decision, Receipt, ReceiptState, Verdict
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Applied:
    """What became of some files: how much was accepted and refused, and how much is left for a person to decide."""

    accepted: int
    refused: int
    left: int


# Deciding


def verdict(review: Review, one: Difference) -> Verdict | None:
    """What is to be done with a difference: what was decided, else to accept what asks no decision, else nothing yet.

    What was answered in a row that is known by its words waits until that row is confirmed; it is
    refused with the row.
    """
    decided = review.decisions.get(one.subject)
    row = _row_decided(review, one)
    if row is not None and row.verdict == "reject":
        return "reject"
    if one.waits and row is None:
        return "reject" if decided is not None and decided.verdict == "reject" else None
    if decided is not None:
        return decided.verdict
    return "accept" if one.kind == "change" else None


def _row_decided(review: Review, one: Difference) -> Decision | None:
    """What was decided about the row that a difference waits for."""
    return review.decisions.get(one.row_subject) if one.waits else None


def undecided(review: Review) -> list[Difference]:
    """What a person has still to decide."""
    return [one for one in review.differences if one.decidable and verdict(review, one) is None]


def accepted(review: Review) -> list[Difference]:
    """What would be taken in."""
    return [one for one in review.differences if one.kind != "match" and verdict(review, one) == "accept"]


def answer(review: Review, one: Difference, plan: PlanFacts, typed: str = "") -> Answer:
    """What would be put into the plan: what was typed in the place of the answer, else the answer itself.

    It has a doubt, a sentence, if it cannot be taken in so.
    """
    if one.kind == "new row":
        return _parent_named(review, one, plan, typed)
    stays = _stays(review, one)
    if stays:
        return Answer(one.returned, stays, typed=typed or one.returned_text)
    if not typed:
        said = "" if one.usable else "This answer cannot be taken in as it is; type what is meant, or refuse it."
        return Answer(one.returned, said, typed=one.returned_text)
    column = column_of(review, one, plan)
    if column is None:
        return Answer(doubt="There is nothing to type here.")
    found = read_typed(column, typed, plan)
    return Answer(doubt=f"Type what is meant, or {CLEAR} to empty it.", typed=typed) if found.blank else found


def _stays(review: Review, one: Difference) -> str:
    """Why nothing can be taken in for a difference, whatever is typed; empty if something can."""
    if one.gone:
        return "This row is no longer in the plan; refuse it."
    if one.field in UNSET[one.source]:
        return "A return cannot change this; change it in the plan itself, or refuse it."
    if one.waits and _row_decided(review, one) is None:
        return f"Confirm first that this row is {one.ref}."
    return ""


def _parent_named(review: Review, one: Difference, plan: PlanFacts, typed: str) -> Answer:
    parent, values = PARENTS.get(one.source, ""), dict(one.row)
    if not values.get(_listing(review, one).text):
        return Answer(values.get(parent), "It says nothing of what it is; refuse it, or add it in the plan itself.")
    if parent == "priority" and typed:
        known = next((title for title in plan.lists["priorities"] if title.casefold() == typed.strip().casefold()), "")
        return Answer(known, "" if known else f"“{typed}” is not a priority of the plan.", typed=typed)
    if one.usable:
        return Answer(values.get(parent))
    asks = "Say which priority it belongs to." if parent == "priority" else "Add it in the plan itself, or refuse it."
    return Answer(values.get(parent), asks)


def column_of(review: Review, one: Difference, plan: PlanFacts) -> Column | None:
    """The column that a difference is about; ``None`` if it is about a whole row."""
    columns = _listing(review, one).columns_for(plan.years)
    return next((column for column in columns if column.field == one.field), None)


def _listing(review: Review, one: Difference) -> Listing:
    return next(found for found in review.definition.listings if found.source == one.source)


def decided(
    workspace: Workspace,
    review: Review,
    those: Sequence[Difference],
    said: Verdict | None,
    *,
    value: str = "",
    reason: str = "",
) -> Review:
    """The review with a decision made about some differences, or taken back; it is kept at once with the file.

    Raises:
        RuleBroken: with a sentence, if something is to be accepted that cannot be taken in so; NotKept: if the decision
            cannot be kept. Nothing is decided then.
    """
    plan = workspace.read(facts)
    those = [one for one in those if one.decidable]
    if not those:
        return review
    if said == "accept":
        _demand_usable(review, those, plan, value)
    review = keep(workspace, review)
    assert review.receipt is not None
    subjects = [one.subject for one in those]
    decisions = {key: one for key, one in review.decisions.items() if key not in subjects}
    if said is None:
        workspace.write_beside(receipts.undecide, review.receipt.id, subjects)
    else:
        made = [_decision(review.receipt.id, subject, said, value, reason) for subject in subjects]
        workspace.write_beside(receipts.decide, made)
        decisions |= {one.subject: one for one in made}
    return replace(review, decisions=decisions)


def _demand_usable(review: Review, those: Sequence[Difference], plan: PlanFacts, value: str) -> None:
    """See that all of these can be accepted, once the rows among them are confirmed."""
    confirmed = {one.subject: _decision("", one.subject, "accept") for one in those if one.kind == "match"}
    review = replace(review, decisions={**review.decisions, **confirmed})
    for one in those:
        doubt = answer(review, one, plan, value).doubt
        if doubt:
            raise RuleBroken(one.field, f"{' '.join(filter(None, (one.ref, one.column)))}: {doubt}")


def _decision(receipt: str, subject: str, said: Verdict, value: str = "", reason: str = "") -> Decision:
    return Decision(receipt, subject, said, value, reason, clock.now(), locks.author())


def keep(workspace: Workspace, review: Review, sender: str = "") -> Review:
    """The review with its file kept in the plan, so that it can be gone on with later and without the file.

    An earlier version of the same return that is still open gives way to it. A file that was closed is open again.

    Raises:
        NotKept: if it cannot be kept.
    """
    receipt = review.receipt
    if receipt is None:
        found = workspace.read_beside(receipts.by_hash, review.received.file_hash)
        receipt = next((one for one in found if one.state == "open"), None)
    if receipt is None:
        receipt = _receipt(review, sender)
        workspace.write_beside(_add, receipt, kept(review.received))
        return replace(review, receipt=receipt)
    stored = workspace.read_beside(receipts.find, receipt.id)
    if receipt.state == "open" and stored is not None and stored.state != "open":
        workspace.write_beside(_open_again, stored)
    decisions = workspace.read_beside(receipts.decisions, receipt.id) if review.receipt is None else {}
    return replace(review, receipt=receipt, decisions={**decisions, **review.decisions})


def _receipt(review: Review, sender: str = "") -> Receipt:
    received, said = review.received, review.identity
    who = sender or said.owner or received.modified_by
    return Receipt(
        new_key(), identity_text(said), said.export, received.name, received.file_hash, who, clock.now(), locks.author()
    )


def _add(connection: Raw, receipt: Receipt, content: bytes) -> None:
    _give_way(connection, receipt)
    receipts.add(connection, receipt, content)


def _open_again(connection: Raw, receipt: Receipt) -> None:
    _give_way(connection, receipt)
    receipts.close(connection, receipt.id, "open", "", receipt.revision, receipt.outcome)


def _give_way(connection: Raw, receipt: Receipt) -> None:
    """Close what is open of the same export, which a file takes the place of."""
    for earlier in receipts.of_export(connection, receipt.export):
        if earlier.state == "open" and earlier.id != receipt.id:
            receipts.close(connection, earlier.id, "superseded", clock.now(), earlier.revision, earlier.outcome)


def set_aside(workspace: Workspace, review: Review) -> None:
    """Close a file that is kept without taking anything in.

    Raises:
        NotKept: if that cannot be kept.
    """
    if review.receipt is not None:
        one = review.receipt
        workspace.write_beside(receipts.close, one.id, "set aside", clock.now(), one.revision, one.outcome)


# Applying


def apply(workspace: Workspace, reviews: Sequence[Review]) -> Applied:
    """Take in what is accepted of some files, as one revision, and keep their receipts.

    An earlier version of the plan is kept first.

    Raises:
        RuleBroken: if a value may not stand there, two files would put different values into one cell, or the plan has
            changed since the files were held against it; NotKept: if it cannot be written. Nothing is changed then.
    """
    plan = workspace.read(facts)
    reviews = [one for one in reviews if one.receipt is None or one.receipt.state == "open"]
    _demand_unmoved(workspace, plan, reviews)
    taken = gathered(workspace.read(references), _chosen(plan, reviews))
    count = sum(len(accepted(review)) for review in reviews)
    left = sum(len(undecided(review)) for review in reviews)
    closing_all = [_Closing.of(workspace, review, plan) for review in reviews]
    refused = sum(one.verdict == "reject" for closing in closing_all for one in closing.done)
    before = workspace.revision()
    if count:
        files = reviews[0].file if len(reviews) == 1 else f"{len(reviews)} files"
        workspace.back_up(f"before taking in {files}")
        label = f"take in {count} change{'' if count == 1 else 's'} from {files}"
        workspace.edit(label, take_in, taken, as_kind="import", beside=partial(_close, closing_all))
    if reviews and workspace.revision() == before:  # nothing accepted, or nothing that the plan did not hold already
        workspace.write_beside(partial(_close, closing_all), None)
    return Applied(count, refused, left)


@dataclass(frozen=True)
class _Closing:
    """What is written down with a file when it is applied: what became of its differences now, and in earlier steps."""

    review: Review
    receipt: Receipt
    done: list[Outcome]
    earlier: list[Outcome]

    @classmethod
    def of(cls, workspace: Workspace, review: Review, plan: PlanFacts) -> "_Closing":
        """What is to be written down with a file."""
        done = _outcomes(review, plan)
        receipt = review.receipt or _receipt(review)
        again = {one.subject for one in done}
        stands = {"": True}
        earlier = []
        for one in outcomes.read(receipt.outcome):
            if one.revision not in stands:
                stands[one.revision] = workspace.stands(one.revision)
            if stands[one.revision] and one.subject not in again:
                earlier.append(one)
        return cls(review, receipt, done, earlier)


def _close(closing_all: Sequence[_Closing], connection: Raw, revision: Revision | None) -> None:
    """Write down with each file what has become of what it says."""
    made = revision.id if revision else ""
    for closing in closing_all:
        receipt, left = closing.receipt, bool(undecided(closing.review))
        if closing.review.receipt is None:
            _add(connection, receipt, kept(closing.review.received))
        done = [replace(one, revision=made if one.verdict == "accept" else "") for one in closing.done]
        state: ReceiptState = "open" if left else "applied"
        written = outcomes.written(closing.earlier + done)
        receipts.close(connection, receipt.id, state, "" if left else clock.now(), made or receipt.revision, written)


def _outcomes(review: Review, plan: PlanFacts) -> list[Outcome]:
    """What becomes of each difference that is decided, if what is accepted is taken in now."""
    return [
        _outcome(review, one, plan, said)
        for one in review.differences
        if one.kind != "match" and (said := verdict(review, one)) is not None
    ]


def _outcome(review: Review, one: Difference, plan: PlanFacts, said: Verdict) -> Outcome:
    own, row = review.decisions.get(one.subject), _row_decided(review, one)
    decision = next((held for held in (own, row) if held and held.verdict == said), None)
    decision = decision or _decision("", one.subject, said)
    column = column_of(review, one, plan)
    taken = ""
    if said == "accept":
        value = answer(review, one, plan, decision.value).value
        taken = shown(column, value) if column else one.text
    return Outcome(
        one.kind,
        one.subject,
        one.key,
        one.ref,
        one.field,
        one.column,
        one.issued_text,
        one.returned_text or one.text * (not one.field),
        one.now_text,
        said,
        taken,
        decision.reason,
        decision.at,
        decision.author,
    )


def _demand_unmoved(workspace: Workspace, plan: PlanFacts, reviews: Sequence[Review]) -> None:
    """See that the plan still holds what it held when the files were held against it."""
    for review in reviews:
        for listing in review.definition.listings:
            those = [one for one in accepted(review) if one.source == listing.source and one.field]
            if not those:
                continue
            leads = {one.key: one.lead for one in those}
            scope = replace(Scope.of(review.identity), everyone=True, leads=leads)
            now = workspace.read(lines, listing, plan, scope)
            for one in those:
                if one.key not in now or now[one.key].values.get(one.field) != one.now:
                    raise RuleBroken(
                        one.field,
                        f"The {one.column.lower()} of {one.ref} has changed in the plan since {review.file} was read. "
                        "Read the file again; nothing was taken in.",
                    )


def _chosen(plan: PlanFacts, reviews: Sequence[Review]) -> list[Chosen]:
    """What is accepted of some files, each with the value that is to stand in the plan."""
    found = []
    for review in reviews:
        for one in accepted(review):
            decision = review.decisions.get(one.subject)
            said = answer(review, one, plan, decision.value if decision else "")
            if said.doubt:
                raise RuleBroken(one.field, f"{' '.join(filter(None, (one.ref, one.column)))}: {said.doubt}")
            found.append(Chosen(review, one, said.value))
    return found
