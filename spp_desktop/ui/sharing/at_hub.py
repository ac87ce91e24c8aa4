"""What is done at the hub beside the window, by a connection of its own to the plan: looked, sent, fetched."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from spp_desktop.edits.merging.reviewing import OtherCopy
from spp_desktop.hub import exchanging, making, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.hub.pulling import PullReview
from spp_desktop.store import appended, as_at
from spp_desktop.store.changed import Moved
from spp_desktop.store.merging.items import Merge, MergeChoice, MergeDecision, MergeItem, MergeQuestion
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.workspace import Workspace

T = TypeVar("T")

_TURNED: Mapping[str, MergeQuestion] = {"removed here": "removed there", "removed there": "removed here"}
_OTHER: Mapping[MergeChoice, MergeChoice] = {"ours": "theirs", "theirs": "ours"}


class HubCopy(OtherCopy):
    """The plan as its hub has it, in memory."""

    @property
    def name(self) -> str:
        """Where it is, in words."""
        return str(self.path)


@dataclass(frozen=True)
class HubPull:
    """The steps of the hub that a plan does not have, to be reviewed as a copy is that is merged.

    Attributes:
        pull: what was fetched.
        merge: what is in conflict and what only this plan has, with this plan for ours; ``None`` where the plan has
            nothing by itself.
        copy: the plan as the hub has it; ``None`` there too.
        subjects: of what is asked, what the hub calls it.
    """

    pull: PullReview
    merge: Merge | None = None
    copy: HubCopy | None = None
    subjects: Mapping[str, str] | None = None

    def close(self) -> None:
        """Let go of the copy."""
        if self.copy is not None:
            self.copy.connection.close()

    def decided(self, decisions: Decisions) -> Decisions:
        """What was decided, as the hub takes it: there the hub's is "ours"."""
        known = self.subjects or {}
        return {known[key]: MergeDecision(_OTHER[made.choice], made.value) for key, made in decisions.items()}


class LookedAt(NamedTuple):
    """What came of asking a hub, in words; or that there is none, and that one can be made."""

    sentence: str
    can_make: bool = False


def _unless_to_be_made(deed: Callable[[], T]) -> T | LookedAt:
    """What came of a deed at a hub; or that there is no hub, and that this person can make one."""
    try:
        return deed()
    except HubRefused as refusal:
        if refusal.kind != "can be made":
            raise
        return LookedAt(str(refusal), can_make=True)


def look(plan: Path, address: str, moved: Moved) -> LookedAt:
    """How a plan and its hub stand to one another, with what to do, and as whom this person is there.

    Raises:
        HubRefused: if the hub cannot be reached or asked; as the others here.
    """
    moved("Asking the hub", 0, 0)
    with Workspace.open(plan, read_only=True) as own:
        status = _unless_to_be_made(lambda: exchanging.status(own, address))
    if isinstance(status, LookedAt):
        return status
    return LookedAt(f"{status.sentence()} Newest step there: {status.last}. You are there as {status.role}.")


def make(plan: Path, address: str, moved: Moved) -> str:
    """Make the hub of a plan; gives a sentence."""
    with Workspace.open(plan, read_only=True) as own:
        return making.init(own, address, moved)


def send(plan: Path, address: str, moved: Moved) -> LookedAt:
    """Send what the hub does not have."""
    moved("Asking the hub", 0, 0)
    with Workspace.open(plan, read_only=True) as own:
        sent = _unless_to_be_made(lambda: exchanging.push(own, address, moved))
    return sent if isinstance(sent, LookedAt) else LookedAt(sent)


def fetched(plan: Path, address: str, moved: Moved) -> HubPull | LookedAt:
    """What the hub has that the plan does not have; nothing is changed."""
    with Workspace.open(plan, read_only=True) as own:
        pull = _unless_to_be_made(lambda: pulling.review(own, address, moved))
        if isinstance(pull, LookedAt):
            return pull
        if pull.merge is None or not pull.merge.asked:
            return HubPull(pull)
        with ExitStack() as opened:
            there = own.read_beside(as_at.rows_then, pull.common.n)
            opened.enter_context(closing(there))
            appended.append_alone(there, pull.made)
            opened.pop_all()
    return _to_be_reviewed(pull, pull.merge, there)


def _to_be_reviewed(pull: PullReview, merge: Merge, there: sqlite3.Connection) -> HubPull:
    asked = [(_turned(item), item.subject) for item in merge.asked]
    seen = replace(
        merge,
        ours=merge.theirs,
        theirs=merge.ours,
        clean=tuple(map(_turned, merge.clean)),
        asked=tuple(turned for turned, _ in asked),
        waiting=tuple(map(_turned, merge.waiting)),
    )
    copy = HubCopy(Path(pull.place), "", there)
    return HubPull(pull, seen, copy, {turned.subject: subject for turned, subject in asked})


def _turned(item: MergeItem) -> MergeItem:
    """An item with the sides the other way round: this plan has what the hub calls theirs."""
    theirs = item.rival if item.ours is None and item.rival is not None else item.ours
    return replace(
        item,
        ours=item.theirs,
        theirs=theirs,
        ours_by=item.theirs_by,
        theirs_by=item.ours_by,
        question=_TURNED.get(item.question, item.question),
        along=tuple(map(_turned, item.along)),
    )
