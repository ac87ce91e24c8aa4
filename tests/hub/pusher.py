"""A program that works on a copy of a plan and sends what it does to the hub, until it is killed: a step, a push.

Where the hub has newer steps it takes them in first. Each step that the hub has taken is told on a line of its own.
"""

import sys
from pathlib import Path

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.hub import exchanging, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.delivery import Milestone
from spp_desktop.store.workspace import Workspace


def add(session: Session, activity: str, title: str) -> None:
    """A verb: one more milestone."""
    rows.add(session, Milestone, activity_id=activity, title=title)


def push_until_in(plan: Workspace, address: str) -> None:
    """Push, and pull first whenever somebody else was quicker."""
    while True:
        try:
            exchanging.push(plan, address)
        except HubRefused as refusal:
            if refusal.kind != "newer steps":
                raise
            pulling.pull(plan, address)
        else:
            return


def main(path: str, address: str, name: str, activity: str, numbers: range) -> None:
    """Add a milestone for each number, named by who adds it and that number, and push each."""
    with Workspace.open(Path(path), take_over=True) as plan:
        for number in numbers:
            plan.edit(f"add {name} {number}", add, activity, f"{name} {number}")
            push_until_in(plan, address)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _, where_, hub_, who, what, first, behind = sys.argv
    main(where_, hub_, who, what, range(int(first), int(behind)))
