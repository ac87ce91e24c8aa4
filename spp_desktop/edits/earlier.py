"""What was received before: this very file, other versions of the same return, and what was decided about them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spp_desktop.edits import outcomes
from spp_desktop.edits.as_issued import Recognised
from spp_desktop.edits.comparing import EarlierVersions
from spp_desktop.edits.differences import Difference, joined
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.edits.return_rows import listed, read_by
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.source import RowSource
from spp_desktop.returns.definition import Listing, PlanFacts, ReturnRow
from spp_desktop.returns.values import read_typed
from spp_desktop.store import clock, past, receipts
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Earlier:
    """What the plan's records say of a file and of the other versions of the same return.

    Attributes:
        receipt: the receipt under which this very file is kept, open again if what it changed was undone.
        decisions: what was decided about this very file, by subject.
        versions: what was received of the same return, the oldest first; this very file may be among them.
        standing: the revisions among those that took something in, as far as they were not undone.
        answers: what this file says, as ``comparing.answered`` gives it.
    """

    receipt: Receipt | None
    decisions: Mapping[str, Decision]
    versions: Sequence[Receipt]
    standing: frozenset[str]
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def notices(self) -> list[str]:
        """What is said of a file that was set aside, and is looked at again."""
        if self.receipt is None or self.receipt.state != "set aside":
            return []
        return [f"This file was set aside on {clock.local_day(self.receipt.closed_at):%d/%m/%Y}; it is open again."]

    @property
    def added(self) -> set[str]:
        """The subjects of the rows that this very file proposed, and that the plan was given."""
        proposed = [each for each in outcomes.read(self.receipt.outcome if self.receipt else "") if not each.field]
        return {
            outcome.subject
            for outcome in proposed
            if outcome.kind == "new row" and outcome.verdict == "accept" and self._stands(outcome)
        }

    @property
    def kept_back(self) -> dict[str, str]:
        """What was accepted of this very file and broke a rule of the plan, by subject: which rule, in a sentence."""
        known = outcomes.read(self.receipt.outcome if self.receipt else "")
        return {outcome.subject: outcome.reason for outcome in known if outcome.verdict == "wait"}

    def of_table(self, listing: Listing, plan: PlanFacts) -> EarlierVersions:
        """What earlier versions came to in one table, as far as it still stands in the plan."""
        columns = listing.columns_ever(plan)
        versions = EarlierVersions({}, {}, {}, set())
        corrected = {receipt.id for receipt in self.versions if self._corrects(receipt)}
        for receipt, outcome in self._outcomes(listing):
            column = columns.get(outcome.field)
            if column is None:
                continue
            place = outcome.key, outcome.field
            if outcome.verdict == "reject":
                if self.receipt is None or receipt.id != self.receipt.id:
                    versions.refused[(*place, outcome.returned)] = outcome.reason
            elif outcome.verdict == "accept" and self._stands(outcome):
                versions.taken[place] = read_typed(column, outcome.taken, plan).value
                versions.answered[place] = outcome.returned
                (versions.corrected.add if receipt.id in corrected else versions.corrected.discard)(place)
        return versions

    def _outcomes(self, listing: Listing) -> Iterator[tuple[Receipt, Outcome]]:
        """What became of each thing that any version said in one table."""
        beginning = f"{listing.source}|"
        for receipt in self.versions:
            for outcome in outcomes.read(receipt.outcome):
                if outcome.subject.startswith(beginning):
                    yield receipt, outcome

    def _corrects(self, version: Receipt) -> bool:
        """Whether this file is a version that was received before with something changed in it.

        It then says again something of what was taken in of that; or it says nothing else at all.
        """
        if self.receipt is not None and version.id == self.receipt.id:
            return True
        taken = [each for each in outcomes.read(version.outcome) if each.verdict == "accept" and self._stands(each)]
        return not self.answers or any(self.answers.get(each.subject) == each.returned for each in taken)

    def _stands(self, outcome: Outcome) -> bool:
        return not outcome.revision or outcome.revision in self.standing


def received_before(workspace: Workspace, file_hash: str, export: str) -> Earlier:
    """What the plan's records say of a file, by its hash, and of the other versions of the export that it answers."""
    same_file, versions = workspace.read_beside(_receipts, file_hash, export)
    taken = {each.revision for version in (*same_file, *versions) for each in outcomes.read(version.outcome)}
    standing = frozenset(workspace.standing(taken))
    receipt = next(iter(same_file), None)
    if receipt is not None and receipt.state == "applied" and not _taken_by(receipt) <= standing:
        receipt = replace(receipt, state="open")
    decisions = {} if receipt is None else workspace.read_beside(receipts.decisions, receipt.id)
    return Earlier(receipt, decisions, versions, standing)


def _receipts(connection: sqlite3.Connection, file_hash: str, export: str) -> tuple[list[Receipt], list[Receipt]]:
    return receipts.by_hash(connection, file_hash), receipts.of_export(connection, export)


def _taken_by(receipt: Receipt) -> set[str]:
    """The revisions that took something in of a file."""
    return {outcome.revision for outcome in outcomes.read(receipt.outcome) if outcome.revision}


def still_decided(
    workspace: Workspace,
    plan: PlanFacts,
    recognised: Recognised,
    decisions: Mapping[str, Decision],
    differences: Sequence[Difference],
) -> tuple[Mapping[str, Decision], list[Difference]]:
    """The decisions that hold: what was accepted before the plan changed in that very cell is asked again."""
    history = workspace.history()
    listings = {source_of(listing): listing for listing in recognised.definition.listings}
    leads = {difference.key: difference.lead for difference in differences if difference.field}
    scope = replace(recognised.scope, leads=leads)
    known: dict[tuple[str, RowSource], Mapping[str, ReturnRow]] = {}
    again: dict[str, Difference] = {}
    for difference in differences:
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
    return kept, [again.get(difference.subject, difference) for difference in differences]
