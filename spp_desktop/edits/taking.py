"""What is accepted of returned workbooks, taken into the plan from all of them as one step, and their receipts."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection as Raw

from sqlmodel import Session

from spp_desktop.edits import outcomes
from spp_desktop.edits.deciding import accepted, answer, column_of, decision_behind, demanded, undecided, verdict
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.keeping import add, receipt_of
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.return_rows import facts, keys_by_title, listed
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.listed import POSTS
from spp_desktop.edits.sources.source import AcceptedCell, IssueScope, KeysByTitle, NewRow, RowSource
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.returns.definition import PlanFacts, Value
from spp_desktop.returns.values import shown
from spp_desktop.store import clock, receipts
from spp_desktop.store.history import Revision
from spp_desktop.store.receipts import Receipt, ReceiptState, Verdict
from spp_desktop.store.workspace import Workspace

CHANGE = Word("change", "changes")


@dataclass(frozen=True)
class Applied:
    """What became of some files: how much was accepted and refused, and how much is left for a person to decide."""

    accepted: int
    refused: int
    left: int


@dataclass(frozen=True)
class AcceptedDifference:
    """One difference that is accepted, and the value that is to stand in the plan; of a new row, where it belongs."""

    review: Review
    difference: Difference
    value: Value


@dataclass(frozen=True)
class Accepted:
    """All that is accepted, from however many files, by kind of row."""

    cells: Mapping[RowSource, Sequence[AcceptedCell]]
    rows: Sequence[tuple[RowSource, NewRow]]


def apply(workspace: Workspace, reviews: Sequence[Review]) -> Applied:
    """Take in what is accepted of some files, as one revision, and keep their receipts.

    An earlier version of the plan is kept first.

    Raises:
        RuleBroken: if a value may not stand there, two files would put different values into one cell, or the plan has
            changed since the files were held against it; NotKept: if it cannot be written. Nothing is changed then.
    """
    plan = workspace.read(facts)
    reviews = [review for review in reviews if review.receipt is None or review.receipt.state == "open"]
    _demand_unmoved(workspace, plan, reviews)
    listings = [listing for review in reviews for listing in review.definition.listings]
    taken = gathered(workspace.read(keys_by_title, listings), _chosen(plan, reviews))
    count = sum(len(accepted(review)) for review in reviews)
    left = sum(len(undecided(review)) for review in reviews)
    closing_all = [_Closing.of(workspace, review, plan) for review in reviews]
    refused = sum(outcome.verdict == "reject" for closing in closing_all for outcome in closing.done)
    before = workspace.revision()
    if count:
        files = reviews[0].file if len(reviews) == 1 else f"{len(reviews)} files"
        workspace.back_up(f"before taking in {files}")
        label = f"take in {CHANGE.counted(count)} from {files}"
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
        receipt = review.receipt or receipt_of(review)
        again = {outcome.subject for outcome in done}
        stands = {"": True}
        earlier = []
        for outcome in outcomes.read(receipt.outcome):
            if outcome.revision not in stands:
                stands[outcome.revision] = workspace.stands(outcome.revision)
            if stands[outcome.revision] and outcome.subject not in again:
                earlier.append(outcome)
        return cls(review, receipt, done, earlier)


def _close(closing_all: Sequence[_Closing], connection: Raw, revision: Revision | None) -> None:
    """Write down with each file what has become of what it says."""
    made = revision.id if revision else ""
    for closing in closing_all:
        receipt, left = closing.receipt, bool(undecided(closing.review))
        if closing.review.receipt is None:
            add(connection, closing.review, receipt)
        done = [replace(each, revision=made if each.verdict == "accept" else "") for each in closing.done]
        state: ReceiptState = "open" if left else "applied"
        written = outcomes.written(closing.earlier + done)
        receipts.close(connection, receipt.id, state, "" if left else clock.now(), made or receipt.revision, written)


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
                        f"The {cell.column.lower()} of {cell.ref} has changed in the plan since {review.file} was "
                        "read. Read the file again; nothing was taken in.",
                    )


def _chosen(plan: PlanFacts, reviews: Sequence[Review]) -> list[AcceptedDifference]:
    """What is accepted of some files, each with the value that is to stand in the plan."""
    chosen = []
    for review in reviews:
        for difference in accepted(review):
            decision = review.decisions.get(difference.subject)
            value = demanded(review, difference, plan, decision.value if decision else "")
            chosen.append(AcceptedDifference(review, difference, value))
    return chosen


def gathered(keys: KeysByTitle, chosen: Sequence[AcceptedDifference]) -> Accepted:
    """All that is accepted, as the kinds of row take it. ``keys`` are those of the titles that cells name.

    Raises:
        RuleBroken: if two answers would put different values into one place, or one names what the plan has no more.
    """
    cells: dict[RowSource, list[AcceptedCell]] = {}
    first: dict[tuple[RowSource, Hashable], AcceptedDifference] = {}
    rows = []
    for choice in chosen:
        source = choice.difference.source
        if choice.difference.kind == "new row":
            rows.append((source, _new_row(choice, keys)))
            continue
        cell = _cell(choice, keys)
        _demand_same(first.setdefault((source, source.place_of(cell)), choice), choice)
        cells.setdefault(source, []).append(cell)
    return Accepted(cells, rows)


def take_in(session: Session, accepted: Accepted) -> None:
    """Put what was accepted into the plan.

    Raises:
        RuleBroken: at the first value that breaks a rule; the caller rolls all of it back.
    """
    for source, cells in accepted.cells.items():
        source.take(session, cells)
    for source, row in accepted.rows:
        source.add(session, row)


def _demand_same(first: AcceptedDifference, second: AcceptedDifference) -> None:
    if first.value == second.value:
        return
    earlier, later = first.difference, second.difference
    raise RuleBroken(
        later.field,
        f"Two different answers are accepted for the {later.column.lower()} of {later.ref}: "
        f"“{earlier.returned_text}” in {first.review.file} and “{later.returned_text}” in {second.review.file}. "
        "Refuse one of them; nothing was taken in.",
    )


def _cell(choice: AcceptedDifference, keys: KeysByTitle) -> AcceptedCell:
    difference = choice.difference
    column, value = difference.source.stored(keys, difference.field, choice.value)
    scope, post = IssueScope.of(choice.review.identity), _post(choice, keys)
    return AcceptedCell(difference.key, difference.field, column, value, scope, post)


def _post(choice: AcceptedDifference, keys: KeysByTitle) -> str | None:
    """The key of the post that answers: the one the return went to, or else the row's lead."""
    return keys[POSTS.name].get(choice.review.identity.owner or choice.difference.lead)


def _new_row(choice: AcceptedDifference, keys: KeysByTitle) -> NewRow:
    """A proposed row with its columns as the plan keeps them, and where a person said that it belongs."""
    source, values = choice.difference.source, dict(choice.difference.row)
    if source.parent is not None:
        values[source.parent.field] = choice.value
    columns = dict(source.stored(keys, name, value) for name, value in values.items() if value is not None)
    return NewRow(columns, IssueScope.of(choice.review.identity), _post(choice, keys))
