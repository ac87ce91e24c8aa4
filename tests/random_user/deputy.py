"""Somebody else who works in a copy of the plan, so that there is something to merge."""

import shutil
from contextlib import suppress

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.random_user import words
from tests.random_user.person import Person

MOST = 3
"""Copies that lie about at most: a further one replaces an earlier one."""
REMOVED = 0.2
"""How often a row is removed in a copy rather than changed."""


def work_in_a_copy(person: Person) -> str:
    """Copy the plan as it is in its file, and change some of what it holds; the copy can be merged later."""
    person.view.commit_pending()
    copy = person.plan.parent / "files" / f"deputy {person.chance.randrange(MOST)}.plan"
    shutil.copyfile(person.plan, copy)
    with Workspace.open(copy) as plan:
        for _ in range(person.chance.randint(1, 4)):
            _change(person, plan)
    return f"a deputy worked in {copy.name}"


def _change(person: Person, plan: Workspace) -> None:
    kind = person.chance.choice((Activity, Activity, Milestone))
    there = plan.read(queries.register, kind)
    if not there:
        return
    key = person.chance.choice(there).id
    with suppress(RuleBroken):  # what may not be written there is refused, as in the window
        if person.chance.random() < REMOVED:
            plan.edit("remove a row", rows.remove, kind, key)
        elif kind is Activity:
            plan.edit("write", rows.change, kind, key, text=words.cell(person.chance))
        else:
            plan.edit("write", rows.change, kind, key, title=words.cell(person.chance))


def merge_a_copy(person: Person) -> str:
    """Merge one of the copies; the dialogs that open are gone on in as all others are."""
    person.window.actions_by_name["merge_copy"].trigger()
    return "merged a copy"
