"""What a person decides about returned workbooks, and the one step that takes in what was accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from sqlite3 import Connection as Raw
from typing import Any

from spp_desktop.edits import outcomes
from spp_desktop.edits.differences import PARENTS, Difference
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.receiving import Review
from spp_desktop.edits.return_rows import REPORTED, Scope, facts, lines, references, stored
from spp_desktop.edits.taking import NewRow, Report, Taken, take_in
from spp_desktop.plan.rows import new_key
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Column, PlanFacts, Source, Value
from spp_desktop.returns.intake import kept
from spp_desktop.returns.placement import identity_text
from spp_desktop.returns.values import Answer, read_typed, shown
from spp_desktop.store import locks, receipts
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

    What was answered in a row that is known by its words only waits until that row is confirmed.
    """
    decided = review.decisions.get(one.subject)
    if decided is not None:
        return decided.verdict
    if one.kind != "change":
        return None
    if not one.waits:
        return "accept"
    row = review.decisions.get(one.row_subject)
    return None if row is None else row.verdict


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
        return _parent_named(one, plan, typed)
    if not typed:
        said = "" if one.usable else "This answer cannot be taken in as it is; type what is meant, or refuse it."
        return Answer(one.returned, said, typed=one.returned_text)
    column = column_of(review, one, plan)
    return Answer(doubt="There is nothing to type here.") if column is None else read_typed(column, typed, plan)


def _parent_named(one: Difference, plan: PlanFacts, typed: str) -> Answer:
    parent = PARENTS.get(one.source, "")
    if parent == "priority" and typed:
        known = next((title for title in plan.lists["priorities"] if title.casefold() == typed.strip().casefold()), "")
        return Answer(known, "" if known else f"“{typed}” is not a priority of the plan.", typed=typed)
    value = dict(one.row).get(parent)
    if one.usable:
        return Answer(value)
    asks = "Say which priority it belongs to." if parent == "priority" else "Add it in the plan itself, or refuse it."
    return Answer(value, asks)


def column_of(review: Review, one: Difference, plan: PlanFacts) -> Column | None:
    """The column that a difference is about; ``None`` if it is about a whole row."""
    listing = next(found for found in review.definition.listings if found.source == one.source)
    return next((column for column in listing.columns_for(plan.years) if column.field == one.field), None)


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
    for one in those:
        doubt = answer(review, one, plan, value).doubt if said == "accept" else ""
        if doubt:
            raise RuleBroken(one.field, f"{one.ref} {one.column}: {doubt}".replace(" :", ":"))
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


def _decision(receipt: str, subject: str, said: Verdict, value: str = "", reason: str = "") -> Decision:
    return Decision(receipt, subject, said, value, reason, _now(), locks.author())


def keep(workspace: Workspace, review: Review, sender: str = "") -> Review:
    """The review with its file kept in the plan, so that it can be gone on with later and without the file.

    An earlier version of the same return that is still open gives way to it.

    Raises:
        NotKept: if it cannot be kept.
    """
    if review.receipt is not None:
        return review
    receipt = _receipt(review, sender)
    workspace.write_beside(_add, receipt, kept(review.received))
    return replace(review, receipt=receipt)


def _receipt(review: Review, sender: str = "") -> Receipt:
    received, said = review.received, review.identity
    who = sender or said.owner or received.modified_by
    return Receipt(
        new_key(), identity_text(said), said.export, received.name, received.file_hash, who, _now(), locks.author()
    )


def _add(connection: Raw, receipt: Receipt, content: bytes) -> None:
    for earlier in receipts.of_export(connection, receipt.export):
        if earlier.state == "open":
            receipts.close(connection, earlier.id, "superseded", receipt.at, earlier.revision, earlier.outcome)
    receipts.add(connection, receipt, content)


def set_aside(workspace: Workspace, review: Review) -> None:
    """Close a file that is kept without taking anything in.

    Raises:
        NotKept: if that cannot be kept.
    """
    if review.receipt is not None:
        one = review.receipt
        workspace.write_beside(receipts.close, one.id, "set aside", _now(), one.revision, one.outcome)


# Applying


def apply(workspace: Workspace, reviews: Sequence[Review]) -> Applied:
    """Take in what is accepted of some files, as one revision, and keep their receipts.

    An earlier version of the plan is kept first.

    Raises:
        RuleBroken: if a value may not stand there, two files would put different values into one cell, or the plan has
            changed since the files were held against it; NotKept: if it cannot be written. Nothing is changed then.
    """
    plan = workspace.read(facts)
    _demand_unmoved(workspace, plan, reviews)
    taken = _taken(workspace, plan, reviews)
    count = sum(len(accepted(review)) for review in reviews)
    refused = sum(verdict(review, one) == "reject" for review in reviews for one in review.differences)
    left = sum(len(undecided(review)) for review in reviews)
    those = [(review, review.receipt or _receipt(review)) for review in reviews]
    closing = partial(_close, [(r, receipt, _outcomes(r, plan)) for r, receipt in those])
    before = workspace.revision()
    if count:
        files = reviews[0].file if len(reviews) == 1 else f"{len(reviews)} files"
        workspace.back_up(f"before taking in {files}")
        label = f"take in {count} change{'' if count == 1 else 's'} from {files}"
        workspace.edit(label, take_in, taken, as_kind="import", beside=closing)
    if workspace.revision() == before:  # nothing accepted, or nothing that the plan did not hold already
        workspace.write_beside(closing, None)
    return Applied(count, refused, left)


def _close(
    those: Sequence[tuple[Review, Receipt, Sequence[Outcome]]], connection: Raw, revision: Revision | None
) -> None:
    """Write down with each file what has become of what it says."""
    for review, receipt, found in those:
        if review.receipt is None:
            _add(connection, receipt, kept(review.received))
        made = revision.id if revision else ""
        done = [replace(one, revision=made if one.verdict == "accept" else "") for one in found]
        earlier = [one for one in outcomes.read(receipt.outcome) if one.verdict == "accept"]
        state: ReceiptState = "open" if undecided(review) else "applied"
        receipts.close(
            connection, receipt.id, state, _now(), made or receipt.revision, outcomes.written(earlier + done)
        )


def _outcomes(review: Review, plan: PlanFacts) -> list[Outcome]:
    """What becomes of each difference that is decided, if what is accepted is taken in now."""
    found = []
    for one in review.differences:
        said = verdict(review, one)
        if said is None or one.kind == "match":
            continue
        decision = review.decisions.get(one.subject) or _decision("", one.subject, said)
        value = answer(review, one, plan, decision.value).value if said == "accept" else None
        column = column_of(review, one, plan)
        taken = shown(column, value) if column else one.text
        found.append(
            Outcome(
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
                taken if said == "accept" else "",
                decision.reason,
                decision.at,
                decision.author,
            )
        )
    return found


def _demand_unmoved(workspace: Workspace, plan: PlanFacts, reviews: Sequence[Review]) -> None:
    """See that the plan still holds what it held when the files were held against it."""
    for review in reviews:
        for listing in review.definition.listings:
            those = [one for one in accepted(review) if one.source == listing.source and one.field]
            if not those:
                continue
            now = workspace.read(lines, listing, plan, replace(Scope.of(review.identity), everyone=True))
            for one in those:
                if one.key not in now or now[one.key].values.get(one.field) != one.now:
                    raise RuleBroken(
                        one.field,
                        f"The {one.column.lower()} of {one.ref} has changed in the plan since {review.file} was read. "
                        "Read the file again; nothing was taken in.",
                    )


def _taken(workspace: Workspace, plan: PlanFacts, reviews: Sequence[Review]) -> Taken:
    """What is accepted of some files, as the verbs of the plan take it."""
    known = workspace.read(references)
    cells: dict[tuple[Source, str, str], tuple[Value, Difference]] = {}
    reports: dict[tuple[str, Any, str | None], dict[str, Any]] = {}
    rows = []
    for review in reviews:
        for one in accepted(review):
            decision = review.decisions.get(one.subject)
            found = answer(review, one, plan, decision.value if decision else "")
            if found.doubt and not (one.usable and not (decision and decision.value)):
                raise RuleBroken(one.field, f"{one.ref} {one.column}: {found.doubt}")
            if one.kind == "new row":
                rows.append(_new_row(review, one, found.value, known))
                continue
            report = _report(review, one, known)
            if report is not None:
                reports.setdefault(report, {})
            if one.field in REPORTED and report is not None:
                reports[report][one.field] = found.value or ""
                continue
            place = one.source, one.key, one.field
            if place in cells and cells[place][0] != found.value:
                raise RuleBroken(
                    one.field,
                    f"Two different answers are accepted for the {one.column.lower()} of {one.ref}: "
                    f"“{cells[place][1].returned_text}” and “{one.returned_text}”. Refuse one of them.",
                )
            cells[place] = found.value, one
    return Taken(
        _by_source(cells, known),
        tuple(Report(activity, on, post, values) for (activity, on, post), values in reports.items()),
        tuple(rows),
    )


def _by_source(
    cells: Mapping[tuple[Source, str, str], tuple[Value, Difference]], known: Mapping[str, Any]
) -> dict[Source, list[tuple[str, str, Any]]]:
    found: dict[Source, list[tuple[str, str, Any]]] = {}
    for (source, key, field), (value, _) in cells.items():
        found.setdefault(source, []).append((key, *stored(known, field, value)))
    return found


_STAMPED = ("status", *REPORTED)
"""What makes a report: how the activity stood at the end of the period is kept with what was said of it."""


def _report(review: Review, one: Difference, known: Mapping[str, Any]) -> tuple[str, Any, str | None] | None:
    """Of which activity, day and post an answer is a report; ``None`` if it is none."""
    ends = Scope.of(review.identity).ends
    if one.source != "activities" or one.field not in _STAMPED or ends is None:
        return None
    return one.key, ends, _post(review, one, known)


def _post(review: Review, one: Difference, known: Mapping[str, Any]) -> str | None:
    """The key of the post that answers: the one the return went to, or else the row's lead."""
    title = review.identity.owner or one.lead
    post: str | None = known["owners"][1].get(title)
    return post


def _new_row(review: Review, one: Difference, parent: Value, known: Mapping[str, Any]) -> NewRow:
    """A proposed row with its columns as the verbs take them."""
    values = dict(one.row)
    if one.source == "milestones":
        said_of = {name: values[name] for name in ("title", "due", "forecast", "done_on") if values.get(name)}
        return NewRow(one.source, {"activity_id": parent, **said_of})
    said = {name: values.pop(name) for name in REPORTED if values.get(name)}
    named = values.pop("owners", None)
    owners = named if isinstance(named, tuple) else (review.identity.owner,)
    columns: dict[str, Any] = dict(
        stored(known, name, value) for name, value in values.items() if name in _NEW_ACTIVITY and value
    )
    columns["priority_id"] = known["priority"][1][str(parent)]
    columns["owners"] = [known["owners"][1][title] for title in owners if title in known["owners"][1]]
    columns["year"] = review.identity.year
    ends = Scope.of(review.identity).ends
    report = Report("", ends, _post(review, one, known), said) if ends and said else None
    return NewRow(one.source, columns, report)


_NEW_ACTIVITY = ("text", "status", "percent", "start", "due", "forecast", "reason")


def _now() -> str:
    return datetime.now(UTC).isoformat()
