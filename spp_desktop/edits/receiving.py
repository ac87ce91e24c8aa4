"""A workbook that came back, held against the plan: as issued, as returned, as it is now. Nothing is changed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spp_desktop.edits import outcomes
from spp_desktop.edits.comparing import EarlierVersions, PlanSide, differences, words_of
from spp_desktop.edits.differences import EMPTY, Difference, joined, summary
from spp_desktop.edits.recognising import Recognised, recognised
from spp_desktop.edits.return_rows import facts, listed, read_by
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.source import RowSource, Scope
from spp_desktop.returns.answers import Table, missing, read_rows
from spp_desktop.returns.definition import Identity, PlanFacts, Return, ReturnRow
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
        return tuple(difference for difference in self.differences if not difference.asks)


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
    issue = recognised(workspace, plan, received)
    plan = replace(plan, year=issue.identity.year)
    receipt = _kept(workspace, received)
    if receipt is not None and receipt.state in ("applied", "superseded"):
        return _seen_before(received, issue, receipt)
    differing: list[Difference] = []
    notices = [*issue.notices, *_reopened(receipt)]
    for listing, table in issue.answered():
        if table is None:
            notices.append(f"The table “{listing.title}” is not in the file; nothing of it was returned.")
            continue
        notices += [f"The column “{column.title}” is not in the file." for column in missing(table, plan)]
        differing += _hidden_said(_of_table(workspace, plan, issue, table, receipt), table)
    notices += [*_not_read(issue, received), *_not_over(workspace, issue)]
    decisions = workspace.read_beside(receipts.decisions, receipt.id) if receipt else {}
    kept, differing = _still_decided(workspace, plan, issue, decisions, differing)
    added = _added(workspace, receipt)
    differing = [each for each in differing if each.kind != "new row" or each.subject not in added]
    return Review(
        received,
        issue.definition,
        replace(issue.identity, owner=issue.owner),
        tuple(each for each in differing if each.kind != "no answer"),
        tuple(each for each in differing if each.kind == "no answer"),
        (*received.notices, *notices),
        summary(differing),
        None if receipt is None else replace(receipt, state="open"),
        kept,
    )


def _of_table(
    workspace: Workspace, plan: PlanFacts, issue: Recognised, table: Table, receipt: Receipt | None
) -> list[Difference]:
    """What differs in one table."""
    issued = issue.rows.issued[table.listing.title]
    rows = read_rows(table, _as_listed(plan, issue), issue.identity.export, issued)
    known = _known(workspace, plan, issue, table, receipt)
    if any(row.key is None for row in rows):
        known = _with_parents(workspace, plan, issue, table, known)
    return differences(table, rows, known)


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
        (review.identity.when, difference.subject): (review, difference)
        for review in reviews
        for difference in review.differences
        if difference.kind not in ("disagreement", "not returned", "match")
    }
    return [_beside_lead(review, leading) for review in reviews]


def _beside_versions(review: Review, reviews: Sequence[Review]) -> Review:
    """A review with what another version of the same return says otherwise made a question."""
    others = [
        (other.file, {difference.subject: difference for difference in other.differences})
        for other in reviews
        if other.identity.export == review.identity.export and other.received.file_hash != review.received.file_hash
    ]
    return replace(review, differences=tuple(_asked_which(difference, others) for difference in review.differences))


def _asked_which(difference: Difference, others: Sequence[tuple[str, Mapping[str, Difference]]]) -> Difference:
    if difference.kind != "change":
        return difference
    for file, known in others:
        other = known.get(difference.subject)
        if other is None or other.returned != difference.returned:
            says = f"“{other.returned_text or EMPTY}”" if other else "nothing new here"
            remark = joined(f"Another version, {file}, says {says}.", difference.remark)
            return replace(difference, kind="question", remark=remark)
    return difference


def _beside_lead(review: Review, leading: Mapping[tuple[str, str], tuple[Review, Difference]]) -> Review:
    kept = []
    for difference in review.differences:
        lead = leading.get((review.identity.when, difference.subject))
        if difference.kind != "disagreement" or lead is None or difference.subject in review.decisions:
            kept.append(difference)
        elif lead[1].returned != difference.returned:
            answer = f"“{lead[1].returned_text or EMPTY}”"
            kept.append(
                replace(difference, remark=f"{lead[0].identity.owner} leads, and answers {answer}, which counts.")
            )
    return replace(review, differences=tuple(kept), summary=summary([*kept, *review.left_empty]))


# What was received before


def _kept(workspace: Workspace, received: Received) -> Receipt | None:
    """The receipt under which this very file is kept, open again if what it changed was undone."""
    receipt = next(iter(workspace.read_beside(receipts.by_hash, received.file_hash)), None)
    if receipt is None or receipt.state != "applied":
        return receipt
    taken = {outcome.revision for outcome in outcomes.read(receipt.outcome) if outcome.revision}
    return receipt if all(map(workspace.stands, taken)) else replace(receipt, state="open")


def _added(workspace: Workspace, receipt: Receipt | None) -> set[str]:
    """The rows that this very file proposed, and that the plan was given."""
    proposed = [each for each in outcomes.read(receipt.outcome if receipt else "") if each.kind == "new row"]
    return {each.subject for each in proposed if each.verdict == "accept" and workspace.stands(each.revision)}


def _reopened(receipt: Receipt | None) -> list[str]:
    """What is said of a file that was set aside, and is looked at again."""
    if receipt is None or receipt.state != "set aside":
        return []
    return [f"This file was set aside on {clock.local_day(receipt.closed_at):%d/%m/%Y}; it is open again."]


def _still_decided(
    workspace: Workspace,
    plan: PlanFacts,
    issue: Recognised,
    decisions: Mapping[str, Decision],
    differing: list[Difference],
) -> tuple[Mapping[str, Decision], list[Difference]]:
    """The decisions that hold: what was accepted before the plan changed in that very cell is asked again."""
    history = workspace.history()
    listings = {source_of(listing): listing for listing in issue.definition.listings}
    leads = {difference.key: difference.lead for difference in differing if difference.field}
    scope = replace(Scope.of(issue.identity), owner=issue.owner, everyone=True, leads=leads)
    known: dict[tuple[str, RowSource], Mapping[str, ReturnRow]] = {}
    again: dict[str, Difference] = {}
    for difference in differing:
        decision = decisions.get(difference.subject)
        if decision is None or decision.verdict == "reject" or not difference.field or difference.gone:
            continue
        then = next((step.id for step in history if step.at <= decision.at), "")
        if then == history[0].id:
            continue
        at_that_time = then, difference.source
        if at_that_time not in known:
            listing = listings[difference.source]
            changed = workspace.read_beside(past.since, then)
            rows = changed is not None and workspace.read_beside(
                past.read, changed, read_by([listing]), listed, listing, plan, scope
            )
            known[at_that_time] = rows or {}
        was = known[at_that_time].get(difference.key)
        if was is None or was.values.get(difference.field) != difference.now:
            remark = joined("It was accepted before the plan changed here; decide again.", difference.remark)
            again[difference.subject] = replace(difference, remark=remark)
    kept = {subject: decision for subject, decision in decisions.items() if subject not in again}
    return kept, [again.get(difference.subject, difference) for difference in differing]


def _seen_before(received: Received, issue: Recognised, receipt: Receipt) -> Review:
    """A file with which everything has been done already."""
    when = f"{clock.local_day(receipt.at):%d/%m/%Y}"
    notice = {
        "applied": f"{received.name} was received on {when} and taken in; there is nothing left to decide.",
        "superseded": f"{received.name} was received on {when}; a later version has taken its place.",
    }[receipt.state]
    identity = replace(issue.identity, owner=issue.owner)
    return Review(received, issue.definition, identity, (), (), (*received.notices, notice), summary(()), receipt)


# What the answers of a table are held against


def _as_listed(plan: PlanFacts, issue: Recognised) -> PlanFacts:
    """What a file's cells were chosen from: the plan's lists, and what they called otherwise when it went out."""
    lists = {name: (*plan.lists[name], *titles) for name, titles in issue.rows.renamed.items()}
    return replace(plan, lists={**plan.lists, **lists})


def _known(workspace: Workspace, plan: PlanFacts, issue: Recognised, table: Table, receipt: Receipt | None) -> PlanSide:
    """What the answers of one table are held against."""
    listing = table.listing
    issued = issue.rows.issued[listing.title]
    now = issue.rows.now.get(listing.title, {})
    others = issued.keys() - now.keys()
    if others:
        scope = replace(Scope.of(issue.identity), owner=issue.owner, everyone=True, leads=issue.leads(issued))
        now = {**now, **workspace.read(listed, listing, plan, scope, others)}
    earlier = _earlier_versions(workspace, plan, issue, table, receipt)
    return PlanSide(source_of(listing), plan, issue.identity.owner, issued, now, issue.rows.renamed, earlier)


def _with_parents(workspace: Workspace, plan: PlanFacts, issue: Recognised, table: Table, known: PlanSide) -> PlanSide:
    """The same with what tells where a new row belongs, and whether the plan has it already."""
    source, listing = known.source, table.listing
    parents = workspace.read(source.parent.known, issue.identity.year) if source.parent else {}
    return replace(known, parents=parents, there=words_of(source, listing, workspace.read(listed, listing, plan)))


def _earlier_versions(
    workspace: Workspace, plan: PlanFacts, issue: Recognised, table: Table, own: Receipt | None
) -> EarlierVersions:
    """What earlier versions of a file came to in one table, as far as it still stands in the plan."""
    columns = {column.field: column for column in table.listing.columns_for(plan.years)}
    beginning = f"{table.listing.source}|"
    earlier = EarlierVersions({}, {}, {})
    stands: dict[str, bool] = {"": True}
    for receipt in workspace.read_beside(receipts.of_export, issue.identity.export):
        for outcome in outcomes.read(receipt.outcome):
            if not outcome.subject.startswith(beginning) or outcome.field not in columns:
                continue
            place = outcome.key, outcome.field
            if outcome.revision not in stands:
                stands[outcome.revision] = workspace.stands(outcome.revision)
            if outcome.verdict == "reject":
                if own is None or receipt.id != own.id:
                    earlier.refused[(*place, outcome.returned)] = outcome.reason
            elif stands[outcome.revision]:
                earlier.taken[place] = read_typed(columns[outcome.field], outcome.taken, plan).value
                earlier.answered[place] = outcome.returned
    return earlier


# What is said of the file


def _hidden_said(differing: list[Difference], table: Table) -> list[Difference]:
    """The differences of one table, with a remark on those in rows that a filter hid."""
    hidden = {f"{table.sheet.title}!{address(row, min(table.columns))}" for row in table.sheet.hidden_rows}
    return [
        replace(difference, remark=joined(difference.remark, "It stands in a hidden row."))
        if difference.place in hidden
        else difference
        for difference in differing
    ]


def _not_read(issue: Recognised, received: Received) -> list[str]:
    read = {table.sheet.title for table in issue.tables}
    return [f"The sheet “{sheet.title}” was not read." for sheet in received.sheets if sheet.title not in {HELP, *read}]


def _not_over(workspace: Workspace, issue: Recognised) -> list[str]:
    """What is said of results of a month that is not over on the plan's day."""
    ends, today = Scope.of(issue.identity).ends, workspace.read(queries.plan).today()
    if issue.definition.span != "month" or ends is None or ends < today:
        return []
    return [f"{issue.identity.when} is not over yet: what it says may still change."]
