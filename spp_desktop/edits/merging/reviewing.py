"""Another copy of the plan, opened to be merged, and held against the plan. Nothing of either is changed."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from spp_desktop.plan.words import counted, listed
from spp_desktop.store import database, locks, opening, receipts
from spp_desktop.store.losses import UNFIT_HISTORY, damage_told
from spp_desktop.store.merging.comparing import compare
from spp_desktop.store.merging.guarding import guarded
from spp_desktop.store.merging.items import Merge, MergeDecision, MergeItem, MergeRefused
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.receipts import Decision, Receipt
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class OtherCopy:
    """Another copy of the plan as it was when it was opened, in memory: nobody changes it, and its file is left alone.

    Attributes:
        path: its file.
        file_hash: the SHA-256 of the file, in hexadecimal.
        connection: to it, for reading.
        notices: sentences about it, such as that its file was made by an older version.
    """

    path: Path
    file_hash: str
    connection: sqlite3.Connection
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name


@contextmanager
def opened(workspace: Workspace, path: Path) -> Iterator[OtherCopy]:
    """Another copy of a plan, open to be merged into it.

    Raises:
        MergeRefused: if it is the plan's own file; PlanRefused: if it is no plan, damaged, newer than this program, or
            cannot be reached.
    """
    path = path.absolute()
    if path.exists() and workspace.path.exists() and path.samefile(workspace.path):
        raise MergeRefused(f"{path.name} is the plan that is open. Choose another copy of it.")
    file = opening.open_file(path, read_only=True)
    with closing(file.raw):
        connection = database.in_memory(file.raw)
    with closing(connection):
        connection.execute("PRAGMA query_only=ON")
        notices = (*file.notices, *_open_elsewhere(path))
        yield OtherCopy(path, hashlib.sha256(path.read_bytes()).hexdigest(), connection, notices)


def _open_elsewhere(path: Path) -> Iterator[str]:
    """A sentence on who has the copy open just now."""
    holder = locks.holder_of(path)
    if holder is not None and not holder.gone():
        who = holder.in_words()
        yield (
            f"{who[:1].upper()}{who[1:]} has {path.name} open. It is seen here as it is now; what is changed there "
            "from now on comes with the next merge."
        )


@dataclass(frozen=True)
class MergeReview:
    """A copy held against the plan, with what was decided so far.

    Attributes:
        copy: the copy.
        merge: what comes in, what is asked, what waits.
        receipt: the receipt under which decisions are kept, once one was made.
        made: what was decided so far, by subject.
    """

    copy: OtherCopy
    merge: Merge
    receipt: Receipt | None = None
    made: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def decisions(self) -> Decisions:
        """What was decided, as merging takes it."""
        return {key: decision_in(each) for key, each in self.made.items()}

    @property
    def undecided(self) -> tuple[MergeItem, ...]:
        """What a person has still to decide."""
        return tuple(item for item in self.merge.asked if item.subject not in self.made)

    @property
    def summary(self) -> str:
        """What there is, counted: "3 rows are new there, 2 changed, none removed; 1 question; 12 steps come along."."""
        counts = self.merge.counts
        if self.merge.is_nothing and not self.merge.waiting:
            return f"{self.copy.name} holds nothing that {self.merge.ours} does not."
        rows = listed(
            f"{counted(number, 'row')} {what}"
            for number, what in ((counts.new, "new"), (counts.changed, "changed"), (counts.removed, "removed"))
            if number
        )
        parts = [
            f"{rows} in {self.copy.name} alone" if rows else f"nothing changed in {self.copy.name} alone",
            f"{counted(counts.asked, 'question')} to decide" if counts.asked else "nothing to decide",
            f"{counted(counts.same, 'row')} changed alike in both" if counts.same else "",
            f"{counted(counts.waiting, 'restatement')} proposed for what is locked or closed" if counts.waiting else "",
            f"{counted(counts.steps, 'step')} to come along",
        ]
        sentence = "; ".join(filter(None, parts))
        return f"{sentence[0].upper()}{sentence[1:]}."


def decision_in(kept: Decision) -> MergeDecision:
    """A decision as merging takes it: whose stands, and what was typed in the place of both."""
    typed = json.loads(kept.value) if kept.value else {}
    return MergeDecision("theirs" if kept.verdict == "accept" else "ours", typed)


def held_against(workspace: Workspace, copy: OtherCopy) -> MergeReview:
    """Hold a copy against the plan, with what was decided about it so far.

    Raises:
        MergeRefused: if the two cannot be merged; says why and what can be done.
    """
    plan = workspace.read_beside(lambda raw: raw)
    with damage_told(copy.path, UNFIT_HISTORY):  # the plan itself was looked over when it was opened
        merge = _compared(plan, workspace.path.name, copy)
    return decisions_kept(workspace, MergeReview(copy, merge))


def _compared(plan: sqlite3.Connection, name: str, copy: OtherCopy) -> Merge:
    return guarded(plan, compare(FileSide(plan, name), FileSide(copy.connection, copy.name)))


def decisions_kept(workspace: Workspace, review: MergeReview) -> MergeReview:
    """A review with the decisions that were kept when it was left: those about what still stands as it stood then.

    So are those of a merge that was undone since.
    """
    kept = workspace.read_beside(receipts.of_export, receipts.MERGE)[::-1]
    before = next((each for each in kept if each.file_name == review.copy.name and each.state != "set aside"), None)
    if before is None or (before.state == "applied" and workspace.standing({before.revision})):
        return review
    asked = {item.subject for item in review.merge.asked}
    known = workspace.read_beside(receipts.decisions, before.id)
    made = {key: each for key, each in known.items() if key in asked}
    return MergeReview(review.copy, review.merge, before if before.state == "open" else None, made)
