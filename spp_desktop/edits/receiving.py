"""A workbook that came back, held against the plan: as issued, as returned, as it is now. Nothing is changed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from spp_desktop.edits import outcomes
from spp_desktop.edits.comparing import Known, differences, words_of
from spp_desktop.edits.differences import EMPTY, Difference, summary
from spp_desktop.edits.recognising import Recognised, recognised
from spp_desktop.edits.result_checks import looked_over
from spp_desktop.edits.return_rows import Scope, facts, lines, read_by
from spp_desktop.returns.answers import Table, missing, read_rows
from spp_desktop.returns.definition import RESULTS, Identity, Line, PlanFacts, Return, Source, Value
from spp_desktop.returns.intake import Received, begin, from_kept
from spp_desktop.returns.placement import HELP, address
from spp_desktop.returns.scan import LIMITS
from spp_desktop.returns.values import read_typed
from spp_desktop.store import clock, past, queries, receipts
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Review:
    """What a workbook that came in says, held against the plan.

    Attributes:
        received: what was read.
        definition: which return it is.
        identity: which issue of it, by the plan's own record.
        differences: all that a person should see.
        left_empty: cells that were emptied, which is no answer.
        notices: sentences on the file as a whole.
        summary: what was found, counted.
        receipt: the receipt under which the file is kept, if it is.
        decisions: what was decided about it so far, by subject.
    """

    received: Received
    definition: Return
    identity: Identity
    differences: tuple[Difference, ...]
    left_empty: tuple[Difference, ...]
    notices: tuple[str, ...]
    summary: str
    receipt: Receipt | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's name."""
        return self.received.name

    @property
    def clean(self) -> tuple[Difference, ...]:
        """The differences that ask no decision of a person."""
        return tuple(one for one in self.differences if not one.asks)


def review(workspace: Workspace, path: Path, password: str = "") -> Review:
    """Read a workbook and hold it against the plan. Changes nothing.

    Raises:
        ReturnRefused: with a sentence, if it cannot be read or is no return of this plan; ``PasswordNeeded`` if it is
            protected and the password is missing or wrong.
    """
    reading = begin(path, LIMITS, password)
    plan = workspace.read(facts)  # while the file is read
    return _held_against(workspace, plan, reading.received())


def held_against(workspace: Workspace, received: Received) -> Review:
    """A workbook that was read, held against the plan as issued and as it is now.

    Raises:
        ReturnRefused: if it is no return of this plan.
    """
    return _held_against(workspace, workspace.read(facts), received)


def _held_against(workspace: Workspace, plan: PlanFacts, received: Received) -> Review:
    found = recognised(workspace, plan, received)
    receipt = _kept(workspace, received)
    if receipt is not None and receipt.state in ("applied", "superseded"):
        return _seen_before(received, found, receipt)
    all_differences: list[Difference] = []
    notices = [*found.notices, *_reopened(receipt)]
    for listing in (one for one in found.definition.listings if not one.only_tells):
        table = next((one for one in found.tables if one.listing is listing), None)
        if table is None:
            notices.append(f"The table “{listing.title}” is not in the file; nothing of it was returned.")
            continue
        notices += [f"The column “{column.title}” is not in the file." for column in missing(table, plan)]
        rows = read_rows(table, _as_listed(plan, found), found.identity.export, found.rows.issued[listing.title])
        known = _known(workspace, plan, found, table, receipt)
        if any(row.key is None for row in rows):
            parents = workspace.read(_parents, listing.source, found.identity.year)
            known = replace(known, parents=parents, there=words_of(listing, workspace.read(lines, listing, plan)))
        those = differences(table, rows, known)
        if listing.source in RESULTS:
            those = looked_over(those, known.now)
        all_differences += _hidden_said(those, table)
    notices += [*_not_read(found, received), *_not_over(workspace, found)]
    decisions = workspace.read_beside(receipts.decisions, receipt.id) if receipt else {}
    kept, all_differences = _still_decided(workspace, plan, found, decisions, all_differences)
    added = _added(workspace, receipt)
    all_differences = [one for one in all_differences if one.kind != "new row" or one.subject not in added]
    return Review(
        received,
        found.definition,
        replace(found.identity, owner=found.owner),
        tuple(one for one in all_differences if one.kind != "no answer"),
        tuple(one for one in all_differences if one.kind == "no answer"),
        (*received.notices, *notices),
        summary(all_differences),
        None if receipt is None else replace(receipt, state="open"),
        kept,
    )


def gone_on_with(workspace: Workspace, receipt: str) -> Review:
    """The review of a file that is kept, remade from what was read of it.

    Raises:
        ReturnRefused: if it is no return of this plan any more; KeyError: if there is no such receipt; ValueError: if
            what is kept of it is damaged.
    """
    return held_against(workspace, from_kept(workspace.read_beside(receipts.content, receipt)))


def together(reviews: Sequence[Review]) -> list[Review]:
    """Several files seen as one: where a joint owner answers otherwise than the lead, both answers are shown.

    Where they agree there is nothing to decide but the lead's answer. Two versions of one return that answer otherwise
    are asked about; the same file twice is seen once.
    """
    once: dict[str, Review] = {}
    for review in reviews:
        once.setdefault(review.received.file_hash, review)
    reviews = [_beside_versions(review, list(once.values())) for review in once.values()]
    leading = {
        (review.identity.when, one.subject): (review, one)
        for review in reviews
        for one in review.differences
        if one.kind not in ("disagreement", "not returned", "match")
    }
    return [_beside_lead(review, leading) for review in reviews]


def _beside_versions(review: Review, reviews: Sequence[Review]) -> Review:
    """A review with what another version of the same return says otherwise made a question."""
    others = [
        (other.file, {one.subject: one for one in other.differences})
        for other in reviews
        if other.identity.export == review.identity.export and other.received.file_hash != review.received.file_hash
    ]
    return replace(review, differences=tuple(_asked_which(one, others) for one in review.differences))


def _asked_which(one: Difference, others: Sequence[tuple[str, Mapping[str, Difference]]]) -> Difference:
    if one.kind != "change":
        return one
    for file, known in others:
        other = known.get(one.subject)
        if other is None or other.returned != one.returned:
            says = f"“{other.returned_text or EMPTY}”" if other else "nothing new here"
            return replace(one, kind="question", remark=f"Another version, {file}, says {says}. {one.remark}".strip())
    return one


def _beside_lead(review: Review, leading: Mapping[tuple[str, str], tuple[Review, Difference]]) -> Review:
    kept = []
    for one in review.differences:
        lead = leading.get((review.identity.when, one.subject))
        if one.kind != "disagreement" or lead is None or one.subject in review.decisions:
            kept.append(one)
        elif lead[1].returned != one.returned:
            said = f"{lead[0].identity.owner} leads, and answers “{lead[1].returned_text or 'empty'}”, which counts."
            kept.append(replace(one, remark=said))
    return replace(review, differences=tuple(kept), summary=summary([*kept, *review.left_empty]))


# What was received before


def _kept(workspace: Workspace, received: Received) -> Receipt | None:
    """The receipt under which this very file is kept, open again if what it changed was undone."""
    found = next(iter(workspace.read_beside(receipts.by_hash, received.file_hash)), None)
    if found is None or found.state != "applied":
        return found
    taken = {one.revision for one in outcomes.read(found.outcome) if one.revision}
    return found if all(map(workspace.stands, taken)) else replace(found, state="open")


def _added(workspace: Workspace, receipt: Receipt | None) -> set[str]:
    """The rows that this very file proposed, and that the plan was given."""
    taken = [one for one in outcomes.read(receipt.outcome if receipt else "") if one.kind == "new row"]
    return {one.subject for one in taken if one.verdict == "accept" and workspace.stands(one.revision)}


def _reopened(receipt: Receipt | None) -> list[str]:
    """What is said of a file that was set aside, and is looked at again."""
    if receipt is None or receipt.state != "set aside":
        return []
    return [f"This file was set aside on {clock.local_day(receipt.closed_at):%d/%m/%Y}; it is open again."]


def _still_decided(
    workspace: Workspace,
    plan: PlanFacts,
    found: Recognised,
    decisions: Mapping[str, Decision],
    differences: list[Difference],
) -> tuple[Mapping[str, Decision], list[Difference]]:
    """The decisions that hold: what was accepted before the plan changed in that very cell is asked again."""
    history = workspace.history()
    listings = {listing.source: listing for listing in found.definition.listings}
    leads = {one.key: one.lead for one in differences if one.field}
    scope = replace(Scope.of(found.identity), owner=found.owner, everyone=True, leads=leads)
    known: dict[tuple[str, Source], Mapping[str, Line]] = {}
    again: dict[str, Difference] = {}
    for one in differences:
        said = decisions.get(one.subject)
        if said is None or said.verdict == "reject" or not one.field or one.gone:
            continue
        then = next((step.id for step in history if step.at <= said.at), "")
        if then == history[0].id:
            continue
        if (then, one.source) not in known:
            listing = listings[one.source]
            changed = workspace.read_beside(past.since, then)
            rows = changed is not None and workspace.read_beside(
                past.read, changed, read_by([listing]), lines, listing, plan, scope
            )
            known[then, one.source] = rows or {}
        was = known[then, one.source].get(one.key)
        if was is None or was.values.get(one.field) != one.now:
            remark = f"It was accepted before the plan changed here; decide again. {one.remark}".strip()
            again[one.subject] = replace(one, remark=remark)
    kept = {key: said for key, said in decisions.items() if key not in again}
    return kept, [again.get(one.subject, one) for one in differences]


def _seen_before(received: Received, found: Recognised, receipt: Receipt) -> Review:
    """A file with which everything has been done already."""
    when = f"{clock.local_day(receipt.at):%d/%m/%Y}"
    said = {
        "applied": f"{received.name} was received on {when} and taken in; there is nothing left to decide.",
        "superseded": f"{received.name} was received on {when}; a later version has taken its place.",
    }[receipt.state]
    identity = replace(found.identity, owner=found.owner)
    return Review(received, found.definition, identity, (), (), (*received.notices, said), summary(()), receipt)


def _as_listed(plan: PlanFacts, found: Recognised) -> PlanFacts:
    """What a file's cells were chosen from: the plan's lists, and what they called otherwise when it went out."""
    lists = {name: (*plan.lists[name], *names) for name, names in found.rows.renamed.items()}
    return replace(plan, lists={**plan.lists, **lists})


def _known(workspace: Workspace, plan: PlanFacts, found: Recognised, table: Table, own: Receipt | None) -> Known:
    """What the answers of one table are held against, with what earlier versions of the file came to."""
    listing = table.listing
    columns = {column.field: column for column in listing.columns_for(plan.years)}
    base: dict[tuple[str, str], Value] = {}
    answered: dict[tuple[str, str], str] = {}
    refused = {}
    stands: dict[str, bool] = {"": True}
    for receipt in workspace.read_beside(receipts.of_export, found.identity.export):
        for one in outcomes.read(receipt.outcome):
            if not one.subject.startswith(f"{listing.source}|") or one.field not in columns:
                continue
            if one.revision not in stands:
                stands[one.revision] = workspace.stands(one.revision)
            if one.verdict == "reject":
                if own is None or receipt.id != own.id:
                    refused[one.key, one.field, one.returned] = one.reason
            elif stands[one.revision]:
                base[one.key, one.field] = read_typed(columns[one.field], one.taken, plan).value
                answered[one.key, one.field] = one.returned
    issued, owner = found.rows.issued[listing.title], found.identity.owner
    now = found.rows.now.get(listing.title, {})
    others = issued.keys() - now.keys()
    if others:
        scope = replace(Scope.of(found.identity), owner=found.owner, everyone=True, leads=found.leads(issued))
        now = {**now, **workspace.read(lines, listing, plan, scope, others)}
    reasons = {column.reason_for: column.field for column in columns.values() if column.reason_for}
    return Known(plan, owner, issued, now, reasons, {}, base, answered, refused, found.rows.renamed)


def _parents(connection: Connection, source: Source, year: int | None) -> dict[str, str]:
    """What a new row would belong to, by what its reference says."""
    if source == "milestones":
        return {row.ref: row.key for row in queries.activities(connection, year, counted=False)}
    if source == "activities":
        listed = queries.activities(connection, year, counted=False)
        return {row.ref.partition(".")[0]: row.priority for row in listed}
    return {}


# What is said of the file


def _hidden_said(found: list[Difference], table: Table) -> list[Difference]:
    """The differences of one table, with a remark on those in rows that a filter hid."""
    hidden = {f"{table.sheet.title}!{address(row, min(table.columns))}" for row in table.sheet.hidden_rows}
    said = "It stands in a hidden row."
    return [
        replace(one, remark=" ".join(filter(None, (one.remark, said)))) if one.place in hidden else one for one in found
    ]


def _not_read(found: Recognised, received: Received) -> list[str]:
    read = {table.sheet.title for table in found.tables}
    return [f"The sheet “{sheet.title}” was not read." for sheet in received.sheets if sheet.title not in {HELP, *read}]


def _not_over(workspace: Workspace, found: Recognised) -> list[str]:
    """What is said of results of a month that is not over on the plan's day."""
    ends, today = Scope.of(found.identity).ends, workspace.read(queries.plan).today()
    if found.definition.span != "month" or ends is None or ends < today:
        return []
    return [f"{found.identity.when} is not over yet: what it says may still change."]
