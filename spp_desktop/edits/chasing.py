"""Who was sent a return, who has answered and who is late; and the text of a mail to those who have not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from spp_desktop.edits import outcomes
from spp_desktop.edits.issuing import Mail
from spp_desktop.edits.receiving import held_against
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.periods import time_name
from spp_desktop.returns.catalogue import return_named
from spp_desktop.returns.intake import from_kept
from spp_desktop.store import clock, exports, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

State = Literal["sent", "late", "in review", "answered", "taken back", "set aside"]
"""Sent and not due yet; not answered though due; received, with something left to decide; taken in; taken in and undone
since; received and set aside."""


@dataclass(frozen=True)
class Sent:
    """One issue of a return and what has become of it.

    Attributes:
        key: the export's id.
        title: what the return is called.
        when: the time it is about: "2008-2009 Q2".
        owner: the post it went to; empty for the whole plan.
        sent: the day it went out.
        due: the day an answer is due, if one was said.
        answered: the day the latest file came back, if one did.
        state: how it stands.
        rows: how many rows it listed.
        file: the file that went out.
        receipt: the latest receipt, if a file came back.
        replaced: whether it was sent again later, for the same post and time.
    """

    key: str
    return_id: str
    title: str
    when: str
    owner: str
    sent: date
    due: date | None
    answered: date | None
    state: State
    rows: int
    file: str
    receipt: Receipt | None
    replaced: bool


def sent(workspace: Workspace, today: date) -> list[Sent]:
    """Every issue of a return, the latest first; those of one return and time together, by post."""
    back: dict[str, Receipt] = {}
    for receipt in workspace.read_beside(receipts.every):
        if receipt.state != "superseded":
            back.setdefault(receipt.export, receipt)
    groups: dict[tuple[object, ...], list[Sent]] = {}
    seen: set[tuple[object, ...]] = set()
    for one in workspace.read_beside(exports.every):
        group = one.return_id, one.year, one.period
        replaced = (*group, one.owner) in seen
        groups.setdefault(group, []).append(_sent(workspace, one, back.get(one.id), today, replaced=replaced))
        seen.add((*group, one.owner))
    return [one for group in groups.values() for one in sorted(group, key=lambda one: one.owner)]


def _sent(workspace: Workspace, one: Export, receipt: Receipt | None, today: date, *, replaced: bool) -> Sent:
    definition = return_named(one.return_id)
    due = date.fromisoformat(one.due) if one.due else None
    return Sent(
        one.id,
        one.return_id,
        definition.title if definition else one.return_id,
        time_name(one.year, one.period),
        one.owner,
        clock.local_day(one.at),
        due,
        clock.local_day(receipt.at) if receipt else None,
        _state(workspace, receipt, due, today),
        one.rows,
        one.file_name,
        receipt,
        replaced,
    )


def _state(workspace: Workspace, receipt: Receipt | None, due: date | None, today: date) -> State:
    if receipt is None:
        return "late" if due is not None and due < today else "sent"
    if receipt.state == "set aside":
        return "set aside"
    taken = {one.revision for one in outcomes.read(receipt.outcome) if one.revision}
    if receipt.state == "applied":
        return "answered" if all(map(workspace.stands, taken)) else "taken back"
    return "in review"


def to_chase(found: Sequence[Sent]) -> list[Sent]:
    """Those who have not answered the latest that they were sent."""
    return [one for one in found if one.state in ("sent", "late") and one.due is not None and not one.replaced]


def chasing_mail(one: Sent) -> Mail:
    """The mail to a post that has not answered."""
    when = f"was due on {one.due:%d/%m/%Y}" if one.state == "late" else f"is due on {one.due:%d/%m/%Y}"
    body = "\n".join(
        (
            f"To the office of {one.owner or 'the owners'}",
            "",
            f"The {one.title.lower()} for {one.when} {when}, and we have not had it back yet.",
            f"It went out on {one.sent:%d/%m/%Y} as “{one.file}” ({one.rows} rows). Please fill it in and send it "
            "back; if the file is lost, answer this mail and we will send it again.",
        )
    )
    return Mail(one.owner, f"Reminder: {one.title} {one.when}", body)


def missing_mail(review: Review) -> Mail | None:
    """The mail to a post about rows that were not in what it returned; ``None`` if none are missing."""
    missing = [one for one in review.differences if one.kind == "not returned"]
    if not missing:
        return None
    said, title = review.identity, review.definition.title
    rows = [f"  {one.ref}  {one.text}" for one in missing]
    several = "These rows were" if len(rows) > 1 else "This row was"
    body = "\n".join(
        (
            f"To the office of {said.owner or 'the owners'}",
            "",
            f"Thank you for the {title.lower()} for {said.when} (“{review.file}”). {several} not in it:",
            "",
            *rows,
            "",
            "Please send the answers to these. Nothing in the plan was changed for them.",
        )
    )
    return Mail(said.owner, f"{title} {said.when}: rows that were not returned", body)


def missing_mail_of(workspace: Workspace, receipt: str) -> Mail | None:
    """The mail about rows that are missing from a file received, also from one that was taken in since.

    Raises:
        ReturnRefused: if the file is no return of this plan any more; KeyError: if there is no such receipt;
            ValueError: if what is kept of it is damaged.
    """
    received = from_kept(workspace.read_beside(receipts.content, receipt))
    return missing_mail(held_against(workspace, replace(received, file_hash="")))
