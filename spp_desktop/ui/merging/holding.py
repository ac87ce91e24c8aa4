"""A copy of the plan opened and held against it beside the window; what it comes to is reviewed then."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.edits.merging import reviewing
from spp_desktop.edits.merging.reviewing import MergeReview, OtherCopy
from spp_desktop.store import opening
from spp_desktop.store.merging.comparing import compare
from spp_desktop.store.merging.guarding import guarded
from spp_desktop.store.merging.items import Merge
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class HeldCopy:
    """A copy of the plan, held against it. It stays open until ``close``.

    Attributes:
        copy: the copy.
        merge: what the two differ in.
    """

    copy: OtherCopy
    merge: Merge
    _opened: ExitStack

    def review(self, workspace: Workspace) -> MergeReview:
        """It to be reviewed, with what was decided about it before."""
        return reviewing.decisions_kept(workspace, MergeReview(self.copy, self.merge))

    def close(self) -> None:
        """Let go of the copy."""
        self._opened.close()


def hold(workspace: Workspace, path: Path, moved: Callable[[str], object]) -> HeldCopy:
    """Open another copy of a plan and hold it against the plan, by connections of its own.

    Args:
        workspace: The plan that is open; only where its file is.
        path: The copy.
        moved: Is told what is being done.

    Raises:
        MergeRefused: if the two cannot be merged; PlanRefused: if one of them cannot be read.
    """
    with ExitStack() as opened:
        moved(f"Reading {path.name}")
        copy = opened.enter_context(reviewing.opened(workspace, path))
        moved(f"Holding {path.name} against the plan")
        with closing(opening.open_file(workspace.path, read_only=True).raw) as plan:
            ours, theirs = FileSide(plan, workspace.path.name), FileSide(copy.connection, copy.name)
            merge = guarded(plan, compare(ours, theirs))
        moved(f"Looking through what {path.name} has")
        return HeldCopy(copy, merge, opened.pop_all())
