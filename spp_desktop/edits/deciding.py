"""What a person decides about the differences in returned workbooks, kept as it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spp_desktop.edits.differences import Difference, joined
from spp_desktop.edits.keeping import keep
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.every import source_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Listing, PlanFacts, ReturnColumn, Value
from spp_desktop.returns.values import CLEAR, Answer, read_typed
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.receipts import Decision, Verdict
from spp_desktop.store.workspace import Workspace


def verdict(review: Review, difference: Difference) -> Verdict | None:
    """What is to be done with a difference: what was decided, else to accept what asks no decision, else nothing yet.

    What was answered in a row that is known by its words waits until that row is confirmed; it is
    refused with the row.
    """
    decision = review.decisions.get(difference.subject)
    row = _row_decided(review, difference)
    if row is not None and row.verdict == "reject":
        return "reject"
    if difference.waits and row is None:
        return "reject" if decision is not None and decision.verdict == "reject" else None
    if decision is not None:
        return decision.verdict
    return "accept" if difference.kind == "change" else None


def _row_decided(review: Review, difference: Difference) -> Decision | None:
    """What was decided about the row that a difference waits for."""
    return review.decisions.get(difference.row_subject) if difference.waits else None


def undecided(review: Review) -> list[Difference]:
    """What a person has still to decide."""
    return [each for each in review.differences if each.decidable and verdict(review, each) is None]


def accepted(review: Review) -> list[Difference]:
    """What would be taken in."""
    return [each for each in review.differences if each.kind != "match" and verdict(review, each) == "accept"]


def answer(review: Review, difference: Difference, plan: PlanFacts, typed: str = "") -> Answer:
    """What would be put into the plan: what was typed in the place of the answer, else the answer itself.

    It has a doubt, a sentence, if it cannot be taken in so.
    """
    if difference.kind == "new row":
        return _parent_named(review, difference, plan, typed)
    stays = _stays(review, difference)
    if stays:
        return Answer(difference.returned, stays, typed=typed or difference.returned_text)
    if not typed:
        cannot = "This answer cannot be taken in as it is; type what is meant, or refuse it."
        doubt = "" if difference.usable else cannot
        return Answer(difference.returned, doubt, typed=difference.returned_text)
    column = column_of(review, difference, plan)
    if column is None:
        return Answer(doubt="There is nothing to type here.")
    read = read_typed(column, typed, replace(plan, year=review.identity.year))
    return Answer(doubt=f"Type what is meant, or {CLEAR} to empty it.", typed=typed) if read.blank else read


def _stays(review: Review, difference: Difference) -> str:
    """Why nothing can be taken in for a difference, whatever is typed; empty if something can."""
    if difference.gone:
        return "This row is no longer in the plan; refuse it."
    if difference.field in difference.source.unset:
        return "A return cannot change this; change it in the plan itself, or refuse it."
    if difference.waits and _row_decided(review, difference) is None:
        return f"Confirm first that this row is {difference.ref}."
    return ""


def _parent_named(review: Review, difference: Difference, plan: PlanFacts, typed: str) -> Answer:
    """What a new row would be a part of, if that is known or named; ``None`` for one that is a part of nothing."""
    parent, values = difference.source.parent, dict(difference.row)
    belongs = values.get(parent.field) if parent else None
    if not values.get(listing_of(review, difference).text):
        return Answer(belongs, "It says nothing of what it is; refuse it, or add it in the plan itself.")
    if parent and parent.choices and typed:
        titles = (title for title in plan.lists[parent.choices] if title.casefold() == typed.strip().casefold())
        known = next(titles, "")
        doubt = "" if known else f"“{typed}” is not {parent.word.with_article} of the plan."
        return Answer(known, doubt, typed=typed)
    if difference.usable:
        return Answer(belongs)
    if parent and parent.choices:
        return Answer(belongs, f"Say which {parent.word.singular} it belongs to.")
    return Answer(belongs, "Add it in the plan itself, or refuse it.")


def column_of(review: Review, difference: Difference, plan: PlanFacts) -> ReturnColumn | None:
    """The column that a difference is about; ``None`` if it is about a whole row."""
    return listing_of(review, difference).columns_ever(plan).get(difference.field)


def listing_of(review: Review, difference: Difference) -> Listing:
    """The listing in which a difference stands."""
    return next(listing for listing in review.definition.listings if source_of(listing) == difference.source)


def decided(
    workspace: Workspace,
    review: Review,
    differences: Sequence[Difference],
    wanted: Verdict | None,
    *,
    value: str = "",
    reason: str = "",
) -> Review:
    """The review with a decision made about some differences, or taken back; it is kept at once with the file.

    Args:
        workspace: The plan.
        review: The file.
        differences: What is decided about.
        wanted: What is to be done with them; ``None`` takes back what was decided.
        value: What was typed in the place of the answer.
        reason: Why something is refused.

    Raises:
        RuleBroken: with a sentence, if something is to be accepted that cannot be taken in so; NotKept: if the decision
            cannot be kept. Nothing is decided then.
    """
    plan = workspace.read(facts, review.definition)
    differences = [difference for difference in differences if difference.decidable]
    if not differences:
        return review
    if wanted == "accept":
        _demand_usable(workspace, review, differences, plan, value)
    review = keep(workspace, review)
    assert review.receipt is not None
    subjects = [difference.subject for difference in differences]
    decisions = {key: decision for key, decision in review.decisions.items() if key not in subjects}
    if wanted is None:
        workspace.write_beside(receipts.undecide, review.receipt.id, subjects)
    else:
        made = [_decision(review.receipt.id, subject, wanted, value, reason) for subject in subjects]
        workspace.write_beside(receipts.decide, made)
        decisions |= {decision.subject: decision for decision in made}
    return replace(review, decisions=decisions)


def _demand_usable(
    workspace: Workspace, review: Review, differences: Sequence[Difference], plan: PlanFacts, value: str
) -> None:
    """See that all of these can be accepted, once the rows among them are confirmed."""
    matches = [difference.subject for difference in differences if difference.kind == "match"]
    confirmed = {subject: _decision("", subject, "accept") for subject in matches}
    review = replace(review, decisions={**review.decisions, **confirmed})
    values = {difference: demanded(review, difference, plan, value) for difference in differences}
    for difference in differences:
        if difference.key and difference.field:
            _demand_beside(workspace, review, plan, difference, values)


def _demand_beside(
    workspace: Workspace, review: Review, plan: PlanFacts, difference: Difference, values: Mapping[Difference, Value]
) -> None:
    """See that a cell can be accepted beside the other cells of its row that are."""
    row = difference.source, difference.key
    cells = {}
    for other in accepted(review):
        if (other.source, other.key) == row and other.field:
            decision = review.decisions.get(other.subject)
            cells[other.field] = answer(review, other, plan, decision.value if decision else "").value
    cells |= {each.field: value for each, value in values.items() if (each.source, each.key) == row}
    field, why = workspace.read(difference.source.refusal, difference.key, cells)
    if why and field == difference.field:
        raise RuleBroken(field, f"{joined(difference.ref, difference.column)}: {why}")


def demanded(review: Review, difference: Difference, plan: PlanFacts, typed: str = "") -> Value:
    """The value of an answer that is to be taken in, or of what was typed in its place.

    Raises:
        RuleBroken: with a sentence, if it cannot be taken in so.
    """
    wanted = answer(review, difference, plan, typed)
    if wanted.doubt:
        raise RuleBroken(difference.field, f"{joined(difference.ref, difference.column)}: {wanted.doubt}")
    return wanted.value


def decision_behind(review: Review, difference: Difference, given: Verdict) -> Decision:
    """The decision by which a verdict was given: about the cell itself, about its row, or none that a person made."""
    own, row = review.decisions.get(difference.subject), _row_decided(review, difference)
    made = next((decision for decision in (own, row) if decision and decision.verdict == given), None)
    return made or _decision("", difference.subject, given)


def _decision(receipt: str, subject: str, verdict: Verdict, value: str = "", reason: str = "") -> Decision:
    return Decision(receipt, subject, verdict, value, reason, clock.now(), locks.author())
