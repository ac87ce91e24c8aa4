"""Who was sent a return, who has answered and who is late; and the text of a mail to those who have not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from spp_desktop.edits import known_returns, outcomes
from spp_desktop.edits.issuing import Mail, marked
from spp_desktop.edits.receiving import held_against
from spp_desktop.edits.return_rows import facts, listed
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.source import IssueScope
from spp_desktop.plan import file_names
from spp_desktop.plan.periods import time_name
from spp_desktop.plan.posts import Post
from spp_desktop.plan.results import Area
from spp_desktop.returns.definition import apart
from spp_desktop.returns.intake import from_kept
from spp_desktop.store import clock, exports, history, in_roles, queries, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.markings import PlanMarkings, keys_in, markings
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

NO_MARKINGS = PlanMarkings()

SentState = Literal["sent", "late", "in review", "answered", "answered in part", "taken back", "set aside"]
"""Sent and not due yet; not answered though due; received, with something left to decide; taken in; taken in, where it
went to no one post and others have still to answer; taken in and undone since; received and set aside."""


@dataclass(frozen=True)
class Sent:
    """One issue of a return and what has become of it.

    Attributes:
        key: the export's id.
        title: what the return is called.
        when: the time it is about: "2008-2009 Q2".
        owner: the post or area it went to, by the name that the plan has for it now; empty for the whole plan.
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
    state: SentState
    rows: int
    file: str
    receipt: Receipt | None
    replaced: bool


def sent(workspace: Workspace, today: date) -> list[Sent]:
    """Every issue of a return, the latest first; those of one return and time together, by post."""
    back: dict[str, list[Receipt]] = {}
    for receipt in workspace.read_beside(receipts.every):
        if receipt.state != "superseded":
            back.setdefault(receipt.export, []).append(receipt)
    names = NamesNow(workspace)
    roles = {role.key: role.title for role in workspace.read(in_roles.roles)}
    groups: dict[tuple[object, ...], list[Sent]] = {}
    seen: set[tuple[object, ...]] = set()
    for export in workspace.read_beside(exports.every):
        group = export.return_id, export.year, export.period, export.begins
        owner = names.now(export)
        replaced = (*group, owner) in seen
        issue = _sent(workspace, export, back.get(export.id, []), today, roles, replaced=replaced)
        groups.setdefault(group, []).append(replace(issue, owner=owner))
        seen.add((*group, owner))
    return [issue for group in groups.values() for issue in sorted(group, key=lambda issue: issue.owner)]


class NamesNow:
    """What the posts and areas are called now that returns went to."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._titles: dict[str, dict[str, str]] = {}
        self._then: dict[tuple[str, str], dict[str, str]] = {}

    def now(self, export: Export) -> str:
        """The present name of the post or area to which an issue went; the one of then, where that is gone."""
        model: type[Post | Area] = Area if apart(export.return_id).areas else Post
        table, revision = str(model.__tablename__), export.revision
        if table not in self._titles:
            self._titles[table] = {row.id: row.title for row in self._workspace.read(queries.register, model)}
        if (table, revision) not in self._then:
            self._then[table, revision] = self._workspace.read_beside(history.renamed_since, table, "title", revision)
        return self._titles[table].get(self._then[table, revision].get(export.owner, ""), export.owner)


def _sent(
    workspace: Workspace,
    export: Export,
    back: Sequence[Receipt],
    today: date,
    roles: Mapping[str, str],
    *,
    replaced: bool,
) -> Sent:
    receipt = next(iter(back), None)
    definition = workspace.read(known_returns.named, export.return_id, roles)
    due = date.fromisoformat(export.due) if export.due else None
    return Sent(
        export.id,
        export.return_id,
        definition.title if definition else export.return_id,
        time_name(export.year, export.period, export.begins),
        export.owner,
        clock.local_day(export.at),
        due,
        clock.local_day(receipt.at) if receipt else None,
        _state(workspace, export, back, today),
        export.rows,
        export.file_name,
        receipt,
        replaced,
    )


def _state(workspace: Workspace, export: Export, back: Sequence[Receipt], today: date) -> SentState:
    receipt, due = next(iter(back), None), date.fromisoformat(export.due) if export.due else None
    if receipt is None:
        return "late" if due is not None and due < today else "sent"
    if receipt.state == "set aside":
        return "set aside"
    taken = {outcome.revision for outcome in outcomes.read(receipt.outcome) if outcome.revision}
    if receipt.state == "applied":
        if not all(map(workspace.stands, taken)):
            return "taken back"
        return "answered" if _is_whole(workspace, export, back) else "answered in part"
    return "in review"


def _is_whole(workspace: Workspace, export: Export, back: Sequence[Receipt]) -> bool:
    """Whether nothing is left to be answered of what went to no one post, or to an area: every row has an answer."""
    definition = workspace.read(known_returns.named, export.return_id)
    if definition is None or not definition.any_year or (export.owner and not definition.to_areas):
        return True
    answered = {outcome.key for receipt in back for outcome in outcomes.read(receipt.outcome)}
    if len(answered) >= export.rows:
        return True
    plan = workspace.read(facts)
    scope = IssueScope(year=export.year, period=export.period, begins=export.begins, area=export.owner)
    return all(
        any(row.values.get(column.field) is not None for column in listing.columns if column.editable)
        for listing in definition.listings
        for row in workspace.read(listed, listing, plan, scope).values()
    )


def to_chase(issues: Sequence[Sent]) -> list[Sent]:
    """Those who have not answered the latest that they were sent."""
    return [
        issue
        for issue in issues
        if issue.state in ("sent", "late", "answered in part") and issue.due is not None and not issue.replaced
    ]


def chasing_mail(issue: Sent) -> Mail:
    """The mail to a post that has not answered."""
    when = f"was due on {issue.due:%d/%m/%Y}" if issue.state == "late" else f"is due on {issue.due:%d/%m/%Y}"
    lacking = "it back yet" if issue.state != "answered in part" else "all of it back yet"
    about = (
        to_whom(issue.return_id, issue.owner),
        "",
        f"The {issue.title.lower()} for {issue.when} {when}, and we have not had {lacking}.",
    )
    went = f"It went out on {issue.sent:%d/%m/%Y} as “{issue.file}” ({issue.rows} rows)"
    alone = (
        f"{went}. Please fill it in and send it back; if the file is lost, answer this mail and we will send it again."
    )
    again = f"{went}, and is attached again. Reply with this file, or with the one you have begun to fill in."
    return Mail(
        issue.owner,
        marked(f"Reminder: {issue.title} {issue.when}", file_names.marking_in(issue.file)),
        "\n".join((*about, alone)),
        f"Reminder - {Path(issue.file).stem}",
        issue.key,
        body_with_workbook="\n".join((*about, again)),
    )


def to_whom(return_id: str, whom: str) -> str:
    """The line of a mail that says to whom it goes."""
    return f"To {whom}" if apart(return_id).areas else f"To the office of {whom or 'the owners'}"


def missing_mail(review: Review, borne: PlanMarkings = NO_MARKINGS) -> Mail | None:
    """The mail to a post about rows that were not in what it returned; ``None`` if none are missing.

    It bears the highest marking of those rows, of what ``borne`` says.
    """
    missing = [difference for difference in review.differences if difference.kind == "not returned"]
    if not missing:
        return None
    identity, title = review.identity, review.definition.title
    rows = [f"  {difference.ref}  {difference.text}" for difference in missing]
    several = "These rows were" if len(rows) > 1 else "This row was"
    body = "\n".join(
        (
            to_whom(identity.return_id, identity.owner),
            "",
            f"Thank you for the {title.lower()} for {identity.when} (“{review.file}”). {several} not in it:",
            "",
            *rows,
            "",
            "Please send the answers to these. Nothing in the plan was changed for them.",
        )
    )
    subject = f"{title} {identity.when}: rows that were not returned"
    name = " - ".join(filter(None, ("Rows missing", f"{identity.when} {title.lower()}".strip(), identity.owner)))
    marking = borne.highest(key for difference in missing for key in keys_in(difference.key))
    return Mail(identity.owner, marked(subject, marking), body, file_names.part(name))


def missing_mail_of(workspace: Workspace, receipt: str) -> Mail | None:
    """The mail about rows that are missing from a file received, also from one that was taken in since.

    Raises:
        ReturnRefused: if the file is no return of this plan any more; KeyError: if there is no such receipt;
            ValueError: if what is kept of it is damaged.
    """
    received = from_kept(workspace.read_beside(receipts.content, receipt))
    review = held_against(workspace, replace(received, file_hash=""))
    return missing_mail(review, workspace.read(markings))
