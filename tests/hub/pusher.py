"""A program that works on a copy of a plan and sends what it does to the hub, until it is killed: a step, a push.

Where the hub has newer steps it takes them in first; where the line is cut off it tries again, as a person does.
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
    """Push until the hub has all of it."""
    while True:
        try:
            exchanging.push(plan, address)
        except HubRefused as refusal:
            if refusal.kind == "newer steps":
                pull_if_reached(plan, address)
            elif refusal.kind != "cut off":
                raise
        else:
            return


def pull_if_reached(plan: Workspace, address: str) -> None:
    """Take in what is new, if the hub can be asked just now."""
    try:
        pulling.pull(plan, address)
    except HubRefused as refusal:
        if refusal.kind not in ("newer steps", "cut off"):
            raise


def titles_of(plan: Workspace, name: str) -> list[str]:
    """The milestones of a plan that somebody added."""
    query = "SELECT title FROM milestone WHERE title LIKE ? || ' %'"
    return [title for (title,) in plan.read_beside(lambda raw: raw.execute(query, (name,)).fetchall())]


def main(path: str, address: str, name: str, activity: str, number: int) -> None:
    """Add so many milestones, named by who adds them and a number, those counted that are there; push each."""
    with Workspace.open(Path(path), take_over=True) as plan:
        push_until_in(plan, address)
        for each in range(len(titles_of(plan, name)), number):
            plan.edit(f"add {name} {each}", add, activity, f"{name} {each}")
            push_until_in(plan, address)


if __name__ == "__main__":
    _, place, hub, who, what, many = sys.argv
    main(place, hub, who, what, int(many))
