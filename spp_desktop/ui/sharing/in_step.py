"""The line of the status bar that says when a plan was last in step with its hub, and what is not sent yet."""

from spp_desktop.hub import remembered
from spp_desktop.plan.words import counted
from spp_desktop.store import chain, clock, history
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.workspace import Workspace


def key_of(workspace: Workspace) -> str:
    """The key of a plan, by which its hub is remembered; "" where it has none."""
    return workspace.read_beside(history.plan_key)


def in_step(workspace: Workspace) -> str:
    """When a plan was last in step with its hub, and how much is not sent; "" for a plan of which no hub is known."""
    try:
        known = remembered.of(key_of(workspace))
        newest = workspace.read_beside(chain.newest)
    except PlanRefused:
        return ""
    if known is None:
        return ""
    last = known.last_in_step(workspace.path)
    if last is None:
        return "Not in step with the hub yet"
    unsent = (newest.n if newest else 0) - last.n
    if unsent > 0:
        return f"{counted(unsent, 'step')} not sent to the hub yet (in step on {clock.local_time(last.at)})"
    return f"In step with the hub on {clock.local_time(last.at)}"
