"""A workbook that came back, held against the plan: as issued, as returned, as it is now. Nothing is changed here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from spp_desktop.edits import outcomes
from spp_desktop.edits.differences import Difference, Known, differences, summary
from spp_desktop.edits.return_rows import Scope, facts, lines
from spp_desktop.returns.answers import Table, covered, find_tables, missing, read_rows
from spp_desktop.returns.catalogue import RETURNS, return_named
from spp_desktop.returns.definition import Identity, Line, PlanFacts, Return, Source, Value
from spp_desktop.returns.intake import Received, begin, from_kept
from spp_desktop.returns.placement import HELP, address
from spp_desktop.returns.scan import LIMITS, ReturnRefused
from spp_desktop.returns.values import read_typed
from spp_desktop.store import exports, past, queries, receipts
from spp_desktop.store.exports import Export
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace

CANDIDATES = 40
"""How many of the latest issues a file is tried against that has lost what it says of itself."""


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
    return held_against(workspace, begin(path, LIMITS, password).received())


def held_against(workspace: Workspace, received: Received) -> Review:
    """A workbook that was read, held against the plan as issued and as it is now.

    Raises:
        ReturnRefused: if it is no return of this plan.
    """
    plan = workspace.read(facts)
    found = _recognised(workspace, plan, received)
    receipt = _kept(workspace, received)
    if receipt is not None and receipt.state != "open":
        return _seen_before(received, found, receipt)
    all_differences: list[Difference] = []
    notices = list(found.notices)
    for listing in found.definition.listings:
        table = next((one for one in found.tables if one.listing is listing), None)
        if table is None:
            notices.append(f"The table “{listing.title}” is not in the file; nothing of it was returned.")
            continue
        notices += [f"The column “{column.title}” is not in the file." for column in missing(table, plan)]
        known = _known(workspace, plan, found, table)
        rows = read_rows(table, plan, found.identity.export, known.issued)
        all_differences += _hidden_said(differences(table, rows, known), table)
    notices += _not_read(found, received)
    return Review(
        received,
        found.definition,
        found.identity,
        tuple(one for one in all_differences if one.kind != "no answer"),
        tuple(one for one in all_differences if one.kind == "no answer"),
        (*received.notices, *notices),
        summary(all_differences),
        receipt,
        workspace.read_beside(receipts.decisions, receipt.id) if receipt else {},
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

    Where they agree there is nothing to decide but the lead's answer.
    """
    leading = {
        (review.identity.when, one.subject): (review, one)
        for review in reviews
        for one in review.differences
        if one.kind not in ("disagreement", "not returned", "match")
    }
    return [_beside_lead(review, leading) for review in reviews]


def _beside_lead(review: Review, leading: Mapping[tuple[str, str], tuple[Review, Difference]]) -> Review:
    kept = []
    for one in review.differences:
        lead = leading.get((review.identity.when, one.subject))
        if one.kind != "disagreement" or lead is None:
            kept.append(one)
        elif lead[1].returned != one.returned:
            said = f"{lead[0].identity.owner} leads, and answers “{lead[1].returned_text or 'empty'}”, which counts."
            kept.append(replace(one, remark=said))
    return replace(review, differences=tuple(kept), summary=summary([*kept, *review.left_empty]))


Issued = Mapping[str, Mapping[str, Line]]
"""The rows of each listing as they went out, by the listing's title, then by key."""


@dataclass(frozen=True)
class _Recognised:
    """Which issue of which return a workbook is, where its tables stand, and what is to be said about that."""

    definition: Return
    identity: Identity
    tables: list[Table]
    issued: Issued
    notices: list[str]


def _recognised(workspace: Workspace, plan: PlanFacts, received: Received) -> _Recognised:
    """Which issue a workbook is, by the plan's own record where there is one, else by what stands in it."""
    said = received.identity
    if said is None:
        return _by_content(workspace, plan, received)
    if said.plan != plan.key:
        other = f" “{said.plan_title}”" if said.plan_title else ""
        raise ReturnRefused(
            f"{received.name} belongs to another plan{other}, so nothing was taken in. Open that plan to take it in."
        )
    kept = workspace.read_beside(exports.find, said.export)
    notices = []
    if kept is not None:
        held = replace(_identity(plan, kept), plan_title=said.plan_title)
        if held != said:
            notices.append("What the file says about itself was altered; the plan's own record was used instead.")
        said = held
    definition = return_named(said.return_id)
    if definition is None:
        raise ReturnRefused(
            f"{received.name} is a return “{said.return_id}”, which this version does not know. Update it."
        )
    tables = find_tables(definition, plan, received)
    if not tables:
        raise _not_ours(received)
    issued = _issued(workspace, plan, said.revision, [(definition, Scope.of(said))])
    if issued is None:
        raise _from_another_copy(received)
    return _Recognised(definition, said, tables, issued[0], notices)


def _by_content(workspace: Workspace, plan: PlanFacts, received: Received) -> _Recognised:
    """A workbook that lost what it says of itself, known by the keys of its rows, or else by their words."""
    tables = {definition.id: find_tables(definition, plan, received) for definition in RETURNS}
    fitting = [one for one in workspace.read_beside(exports.every) if tables.get(one.return_id)][:CANDIDATES]
    best: tuple[tuple[int, int, int], Export, Issued] | None = None
    for kept, issued in _all_issued(workspace, plan, fitting):
        counts = [covered(table, kept.id, issued[table.listing.title]) for table in tables[kept.return_id]]
        sure, likely = (sum(numbers) for numbers in zip(*counts, strict=True))
        score = sure, likely, -sum(map(len, issued.values()))
        if likely and (best is None or score > best[0]):
            best = score, kept, issued
    if best is None:
        raise _not_ours(received)
    (sure, _, _), kept, issued = best
    definition = return_named(kept.return_id)
    assert definition is not None
    identity = _identity(plan, kept)
    how = "the keys of its rows" if sure else "the words of its rows, each of which is to be confirmed"
    day = f"{datetime.fromisoformat(kept.at):%d/%m/%Y}"
    name = " ".join(filter(None, (identity.when, definition.title.lower())))
    whose = f" of {kept.owner}" if kept.owner else ""
    said = f"The file no longer says which return it is. By {how} it is the {name}{whose} that went out on {day}."
    return _Recognised(definition, identity, tables[kept.return_id], issued, [said])


def _identity(plan: PlanFacts, kept: Export) -> Identity:
    return Identity(plan.key, kept.id, kept.return_id, kept.revision, kept.owner, kept.year, plan.title, kept.period)


def _all_issued(workspace: Workspace, plan: PlanFacts, kept: Sequence[Export]) -> Iterable[tuple[Export, Issued]]:
    """Each of some issues with its rows, the plan at each revision read once."""
    for revision in dict.fromkeys(one.revision for one in kept):
        those = [one for one in kept if one.revision == revision]
        asked = [(return_named(one.return_id), Scope.of(_identity(plan, one))) for one in those]
        found = _issued(workspace, plan, revision, [(known, scope) for known, scope in asked if known is not None])
        yield from zip(those, found or (), strict=False)


def _issued(
    workspace: Workspace, plan: PlanFacts, revision: str, asked: Sequence[tuple[Return, Scope]]
) -> list[Issued] | None:
    """The rows of some returns as they were at a revision; ``None`` if the plan has no such revision."""
    if revision == workspace.revision():
        return workspace.read(_rows_of, plan, asked)
    tables = workspace.as_at(revision)
    return None if tables is None else past.read(tables, _rows_of, plan, asked)


def _rows_of(connection: Connection, plan: PlanFacts, asked: Sequence[tuple[Return, Scope]]) -> list[Issued]:
    return [
        {listing.title: lines(connection, listing, plan, scope) for listing in definition.listings}
        for definition, scope in asked
    ]


def _not_ours(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} is not a return made from this plan, so nothing was taken in. "
        "Send out a return, have it filled in, and take in that file."
    )


def _from_another_copy(received: Received) -> ReturnRefused:
    return ReturnRefused(
        f"{received.name} was made from a copy of this plan that has gone its own way, so what has changed cannot "
        "be told. Take it in there, or send the return out again from this plan."
    )


# What was received before


def _kept(workspace: Workspace, received: Received) -> Receipt | None:
    """The receipt under which this very file is kept, open again if what it changed was undone."""
    found = next(iter(workspace.read_beside(receipts.by_hash, received.file_hash)), None)
    if found is None or found.state != "applied":
        return found
    taken = {one.revision for one in outcomes.read(found.outcome) if one.revision}
    return found if all(map(workspace.stands, taken)) else replace(found, state="open")


def _seen_before(received: Received, found: _Recognised, receipt: Receipt) -> Review:
    """A file with which everything has been done already."""
    when = f"{datetime.fromisoformat(receipt.at):%d/%m/%Y}"
    said = {
        "applied": f"{received.name} was received on {when} and taken in; there is nothing left to decide.",
        "superseded": f"{received.name} was received on {when}; a later version has taken its place.",
        "set aside": f"{received.name} was received on {when} and set aside.",
    }[receipt.state]
    return Review(received, found.definition, found.identity, (), (), (*received.notices, said), summary(()), receipt)


def _known(workspace: Workspace, plan: PlanFacts, found: _Recognised, table: Table) -> Known:
    """What the answers of one table are held against, with what earlier versions of the file came to."""
    listing = table.listing
    columns = {column.field: column for column in listing.columns_for(plan.years)}
    base: dict[tuple[str, str], Value] = {}
    refused = {}
    for receipt in workspace.read_beside(receipts.of_export, found.identity.export):
        for one in outcomes.read(receipt.outcome):
            if not one.subject.startswith(f"{listing.source}|") or one.field not in columns:
                continue
            if one.verdict == "reject":
                refused[one.key, one.field, one.returned] = one.reason
            elif workspace.stands(one.revision):
                base[one.key, one.field] = read_typed(columns[one.field], one.taken, plan).value
    now = workspace.read(lines, listing, plan, replace(Scope.of(found.identity), everyone=True))
    reasons = {column.reason_for: column.field for column in columns.values() if column.reason_for}
    parents = workspace.read(_parents, listing.source, found.identity.year)
    return Known(plan, found.identity.owner, found.issued[listing.title], now, reasons, parents, base, refused)


def _parents(connection: Connection, source: Source, year: int | None) -> dict[str, str]:
    """What a new row would belong to, by what its reference says."""
    if source == "milestones":
        return {row.ref: row.key for row in queries.activities(connection, year)}
    if source == "activities":
        return {row.ref.partition(".")[0]: row.priority for row in queries.activities(connection, year)}
    return {}


# What is said of the file


def _hidden_said(found: list[Difference], table: Table) -> list[Difference]:
    """The differences of one table, with a remark on those in rows that a filter hid."""
    hidden = {f"{table.sheet.title}!{address(row, min(table.columns))}" for row in table.sheet.hidden_rows}
    said = "It stands in a hidden row."
    return [
        replace(one, remark=" ".join(filter(None, (one.remark, said)))) if one.place in hidden else one for one in found
    ]


def _not_read(found: _Recognised, received: Received) -> list[str]:
    read = {table.sheet.title for table in found.tables}
    return [f"The sheet “{sheet.title}” was not read." for sheet in received.sheets if sheet.title not in {HELP, *read}]
