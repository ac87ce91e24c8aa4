"""The desk at which conflicts with the hub are reviewed: as a copy that is merged, with the hub for the copy."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.plan.words import counted
from spp_desktop.store import clock, locks
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.merging.items import MergeDecision, MergeItem
from spp_desktop.store.receipts import Decision, Verdict
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.merging.merge_desk import MergeDesk
from spp_desktop.ui.merging.merge_lines import MergeLines, MergePart, MergeParts
from spp_desktop.ui.merging.merge_looks import WORDS
from spp_desktop.ui.sharing.at_hub import HubPull

_PARTS = MergeParts(
    MergePart("To decide", "changed here and on the hub; once all is decided, the steps are taken in"),
    MergePart("Closed", "stays as the hub has it"),
    MergePart("Only here", "what this plan has by itself: it stays, and goes to the hub when you send"),
)

HUB_WORDS = replace(
    WORDS,
    title="Steps of the hub held against this plan",
    headings=("Decision", "Kind", "What", "As both knew it", "Here", "On the hub", "Remark"),
    filters=tuple(
        replace(each, about=about)
        for each, about in zip(
            WORDS.filters,
            (
                "All in which the hub and this plan differ",
                "What waits for your decision",
                "Rows that only this plan has: they stay",
                "What only this plan changed: it stays",
                "Rows that only this plan removed: they stay so",
                "What stays as it is",
                "Where the hub's will stand",
                "Where ours will stand",
                "Where another value will stand, which you typed",
            ),
            strict=True,
        )
    ),
    states_shown="As both knew it, here, on the hub",
)
"""What the review of conflicts with the hub calls things."""


class PullDesk(MergeDesk):
    """The steps of the hub under review. What is decided is kept on this computer until it is applied.

    Args:
        workspace: The plan.
        pulled: What was fetched, with something in conflict.
        made: What was decided before, by subject.
        keep: Is told what is decided, each time.
    """

    words = HUB_WORDS
    types_dates = False
    """What is taken in from a hub keeps no moves of dates but those that either side has kept."""

    def __init__(
        self,
        workspace: Workspace,
        pulled: HubPull,
        made: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], object],
    ) -> None:
        assert pulled.merge is not None  # something is in conflict
        assert pulled.copy is not None
        asked = {item.subject for item in pulled.merge.asked}
        known = {key: _decision(key, choice) for key, choice in made.items() if key in asked}
        review = MergeReview(pulled.copy, pulled.merge, None, known)
        self.pulled, self._keep = pulled, keep
        super().__init__(workspace, review, MergeLines(workspace, review, _PARTS, pulled.pull.sentence))

    @property
    def called(self) -> str:
        """The title of the screen."""
        return f"Take in from {self.pulled.pull.place}"

    def _kept(self, asked: Sequence[MergeItem], made: MergeDecision | None, reason: str) -> MergeReview:
        subjects = [item.subject for item in asked]
        known = {key: each for key, each in self.review.made.items() if key not in subjects}
        if made is not None:
            choice = json.dumps(made.value, ensure_ascii=False) if made.value else made.choice
            known |= {subject: _decision(subject, choice, reason) for subject in subjects}
        self._keep({key: each.value or _CHOICES[each.verdict] for key, each in known.items()})
        return replace(self.review, made=known)

    def state_words(self) -> str:
        """What would be left if the screen was closed now."""
        kept = len(self.review.made)
        decided = f"{counted(kept, 'decision')} {'is' if kept == 1 else 'are'} kept on this computer. " if kept else ""
        return f"{decided}Nothing is taken in until you apply."

    def left_words(self) -> str:
        """How much is left to decide."""
        return f"{self.left:,} left to decide first" if self.left else ""

    def apply_words(self) -> tuple[str, bool]:
        """The words on Apply."""
        return f"&Apply: take in {counted(len(self.pulled.pull.made.revisions), 'step')}", not self.left

    def apply(self, heard: Moved = unheard) -> Any:
        """What was decided, as the hub takes it; whoever opened the screen takes the steps in."""
        del heard
        return self.pulled.decided(self.review.decisions)


_CHOICES: Mapping[Verdict, str] = {"accept": "theirs", "reject": "ours"}


def _decision(subject: str, choice: str, reason: str = "") -> Decision:
    """A decision as it is kept: whose stands, or the cells that were typed, as a text."""
    typed = "" if choice in _CHOICES.values() else choice
    verdict: Verdict = "accept" if choice == "theirs" else "reject"
    return Decision("", subject, verdict, typed, reason, clock.now(), locks.author())
