"""What became of each thing that a returned workbook said: kept with its receipt, and read as a text."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from typing import Literal

from spp_desktop.edits import known_returns
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.catalogue import return_named
from spp_desktop.returns.definition import Identity, Return
from spp_desktop.returns.intake import MailHead, mail_of
from spp_desktop.returns.placement import read_identity
from spp_desktop.store import clock, in_roles, receipts
from spp_desktop.store.receipts import Receipt, Verdict
from spp_desktop.store.workspace import Workspace

Fate = Verdict | Literal["wait", "typed"]
"""What became of a difference: accepted, refused, or accepted and kept back, because it breaks a rule of the plan; of
what both copies changed also that another value was typed."""


@dataclass(frozen=True)
class Outcome:
    """What was decided about one difference, and all that was known then. Every value is a text as a person reads it.

    Attributes:
        kind: what kind of difference it was.
        subject: what it is about, as ``Difference.subject``.
        key: the plan's row.
        ref: its reference.
        field: the column, and ``column`` its heading.
        issued: what went out.
        returned: what came back.
        was: what the plan held before.
        verdict: accepted, refused, or kept back; ``reason`` then says which rule it breaks.
        taken: what was put into the plan; empty if nothing was, or if the cell was emptied.
        reason: why, in the person's words.
        at: when it was decided, an ISO time in UTC, and ``author`` by whom.
        revision: the revision that took it in; empty for what was refused.
    """

    kind: str
    subject: str
    key: str
    ref: str
    field: str
    column: str
    issued: str
    returned: str
    was: str
    verdict: Fate
    taken: str
    reason: str
    at: str
    author: str
    revision: str = ""


def written(outcomes: Iterable[Outcome]) -> str:
    """Outcomes as a receipt keeps them."""
    return json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False)


def read(kept: str) -> list[Outcome]:
    """The outcomes that a receipt keeps; none if it keeps none, or nothing that can be understood."""
    names = [column.name for column in fields(Outcome)]
    try:
        rows = json.loads(kept or "[]")
        rows = rows["each"] if isinstance(rows, dict) else rows  # a merge keeps its counts beside them
        return [Outcome(**{name: str(row[name]) for name in names}) for row in rows]  # type: ignore[arg-type]  # a verdict is a text too
    except (ValueError, KeyError, TypeError):
        return []


def text_of(workspace: Workspace, receipt: Receipt) -> str:
    """The receipt of a file that came back as a person reads it, with a word on what was undone since."""
    made = {outcome.revision for outcome in read(receipt.outcome) if outcome.revision}
    undone = list(made - workspace.standing(made))
    identity = read_identity(receipt.identity) or Identity("", "", "", "")
    mail = None
    with suppress(KeyError, ValueError):
        mail = mail_of(workspace.read_beside(receipts.content, receipt.id))
    roles = {role.key: role.title for role in workspace.read(in_roles.roles)}
    definition = workspace.read(known_returns.named, identity.return_id, roles)
    return receipt_text(receipt, identity, undone, mail, definition)


def mail_in_words(mail: MailHead) -> str:
    """The mail in which a file came, by its own word: from whom, when, and in which file."""
    sent = f"sent {clock.local_time(mail.sent_at)}" if mail.sent_at else "sent at no time that it names"
    by = f", forwarded by {mail.forwarded_by}" if mail.forwarded_by else ""
    what = f"{quoted(mail.subject)}, {mail.file}" if mail.subject else mail.file
    return f"from {mail.from_whom or 'nobody named'}, {sent}{by} ({what})"


def receipt_text(
    receipt: Receipt,
    identity: Identity,
    taken_back: Sequence[str] = (),
    mail: MailHead | None = None,
    definition: Return | None = None,
) -> str:
    """The receipt of one file as a person reads it: who sent what, and what became of each thing in it.

    Args:
        receipt: The receipt.
        identity: Which issue the file answers.
        taken_back: Revisions that were undone since.
        mail: The mail in which the file came, if it came in one.
        definition: The return that it answers; if not given, the one of the catalogue.
    """
    outcomes = read(receipt.outcome)
    what = f"Return: {' '.join(filter(None, (_title(identity, definition), identity.when)))}"
    lines = [
        f"Receipt for {receipt.file_name}",
        what + (f", {identity.owner}" if identity.owner else ""),
        f"Sent by: {receipt.sender or 'not said'}",
        *((f"Mail, as it says: {mail_in_words(mail)}",) if mail else ()),
        f"Received: {clock.local_time(receipt.at)} by {receipt.author}",
        f"State: {_STATES[receipt.state]}" + (f", {clock.local_time(receipt.closed_at)}" if receipt.closed_at else ""),
        f"Times: {clock.LOCAL}",
        f"File (SHA-256): {receipt.file_hash}",
    ]
    for title, verdict in (("Accepted", "accept"), ("Refused", "reject"), ("Kept back", "wait")):
        chosen = [outcome for outcome in outcomes if outcome.verdict == verdict]
        if verdict == "wait" and not chosen:
            continue
        lines += ["", f"{title}: {len(chosen)}"]
        lines += [_line(outcome, undone=outcome.revision in taken_back) for outcome in chosen]
    return "\n".join(lines) + "\n"


def _title(identity: Identity, definition: Return | None) -> str:
    definition = definition or return_named(identity.return_id)
    return definition.title if definition else identity.return_id


_STATES = {
    "open": "in review",
    "applied": "taken in",
    "superseded": "replaced by a later version",
    "set aside": "set aside",
}


def _line(outcome: Outcome, *, undone: bool) -> str:
    what = " ".join(filter(None, (outcome.ref, outcome.column or outcome.kind)))
    was = f", was {_quoted(outcome.was)}" if outcome.field else ""
    line = f"  {what}: returned {_quoted(outcome.returned)}{was}"
    if outcome.verdict == "accept" and outcome.taken != outcome.returned:
        line += f", taken in as {_quoted(outcome.taken)}"
    why = f"; reason: {outcome.reason}" if outcome.reason else ""
    back = "; undone since" if undone and outcome.revision else ""
    return f"{line} ({outcome.kind}; {clock.local_time(outcome.at)}, {outcome.author}{why}{back})"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "empty"
