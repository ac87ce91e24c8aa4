"""A copy of the plan opened and held against it beside the window; what it comes to is reviewed then."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.edits.merging import breaches, reviewing
from spp_desktop.edits.merging.applying import MergeReceipt
from spp_desktop.edits.merging.breaches import FoundBefore, MergeMade
from spp_desktop.edits.merging.reviewing import MergeReview, OtherCopy
from spp_desktop.store.changed import Moved
from spp_desktop.store.merging.comparing import compare
from spp_desktop.store.merging.guarding import guarded
from spp_desktop.store.merging.items import Merge
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class HeldCopy:
    """A copy of the plan, held against it. It stays open until ``close``, which may be called again.

    Attributes:
        copy: the copy.
        merge: what the two differ in.
        before: what the plan's checks find before it is merged.
    """

    copy: OtherCopy
    merge: Merge
    before: FoundBefore
    _opened: ExitStack

    def review(self, workspace: Workspace) -> MergeReview:
        """It to be reviewed, with what was decided about it before."""
        return reviewing.decisions_kept(workspace, MergeReview(self.copy, self.merge))

    def close(self) -> None:
        """Let go of the copy."""
        self._opened.close()


def hold(workspace: Workspace, path: Path, moved: Moved) -> HeldCopy:
    """Open another copy of a plan and hold it against the plan, by connections of its own.

    Args:
        workspace: The plan that is open; only where its file is.
        path: The copy.
        moved: Is told what is being done.

    Raises:
        MergeRefused: if the two cannot be merged; PlanRefused: if one of them cannot be read.
    """
    with ExitStack() as opened:
        moved(f"Reading {path.name}", 0, 0)
        copy = opened.enter_context(reviewing.opened(workspace, path))
        moved(f"Holding {path.name} against the plan", 0, 0)
        with Workspace.open(workspace.path, read_only=True) as beside:
            plan = beside.read_beside(lambda raw: raw)
            ours, theirs = FileSide(plan, workspace.path.name), FileSide(copy.connection, copy.name)
            merge = guarded(plan, compare(ours, theirs))
            before = breaches.found_before(beside, moved)
        return HeldCopy(copy, merge, before, opened.pop_all())


def looked_at(
    workspace: Workspace, copy: HeldCopy, review: MergeReview, receipt: MergeReceipt, moved: Moved
) -> MergeMade:
    """What is found since a copy was merged, by a connection of its own.

    Args:
        workspace: The plan that is open; only where its file is.
        copy: The copy.
        review: It as it was reviewed.
        receipt: What became of it.
        moved: Is told what is being done.

    Raises:
        PlanRefused: if the plan cannot be read any more.
    """
    with Workspace.open(workspace.path, read_only=True) as beside:
        return breaches.looked_at(beside, review, receipt, copy.before, moved)
