"""The published plan at work: made-up milestones, statuses, updates and results as at 31 October 2008."""

from spp_desktop.store.workspace import Workspace


def work(workspace: Workspace) -> None:
    """Add made-up progress to the published plan."""
