"""Steps of the hub taken into a plan: as they are, or, where the plan has steps of its own, with those as one merge.

The hub has one line of steps. A plan that went on by itself meanwhile is taken back to where the two parted, the steps
of the hub are added as they are, and what the plan's own steps come to is merged into that as one step, which brings
them along. So the next push sends that step alone, and nobody sends what others did.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from spp_desktop.hub import remembered, sending
from spp_desktop.hub.exchanging import BEFORE_PULL, met
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.words import counted
from spp_desktop.store import appended, as_at, beside, chain, recording, steps
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import applying
from spp_desktop.store.merging.comparing import compare
from spp_desktop.store.merging.guarding import guarded
from spp_desktop.store.merging.items import Merge, MergeRefused
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.merging.sides import FileSide
from spp_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class PullReview:
    """The steps of the hub that a plan does not have, before anything is taken in.

    Attributes:
        plan: the key of the plan.
        address: of the hub.
        place: where the hub is, in words.
        common: the newest step that both have.
        made: the steps of the hub after it.
        newest: the newest step of the plan.
        merge: what the plan's own steps come to, held against the hub's: "ours" is the hub; ``None`` where it has none.
    """

    plan: str
    address: str
    place: str
    common: Revision
    made: MadeElsewhere
    newest: Revision
    merge: Merge | None

    @property
    def sentence(self) -> str:
        """It in a sentence: how much would come in, what is asked."""
        coming = len(self.made.revisions)
        if self.merge is None:
            return f"{counted(coming, 'step')} of {self.place} can be taken in."
        asked = len(self.merge.asked)
        own = self.newest.n - self.common.n
        question = f"{counted(asked, 'question')} {'is' if asked == 1 else 'are'} to be decided first."
        return (
            f"{counted(coming, 'step')} of {self.place} and {counted(own, 'step')} of this plan that are not there: "
            + (question if asked else "nothing is in conflict.")
        )


def review(workspace: Workspace, address: str = "", moved: Moved = unheard, *, as_one: bool = False) -> PullReview:
    """What the hub has that a plan does not have, held against what the plan has by itself; nothing is changed.

    Args:
        workspace: The plan.
        address: Of the hub, if it is not known here.
        moved: Hears how far it is.
        as_one: Whether the plan's own steps are to become one even if the hub has no newer ones.

    Raises:
        HubRefused: if the hub cannot be reached or asked; PlanRefused: if its steps are not as they were sealed.
    """
    moved("Asking the hub", 0, 1)
    with met(workspace, address) as meeting:
        newest = workspace.read_beside(chain.newest)
        assert newest is not None  # what has a step in common has one
        with waiting_collector():
            made = sending.read(meeting.connection, meeting.common)
    common, merge = meeting.common, None
    if newest.n > common.n and (made.revisions or as_one):
        moved("Holding the steps of both against each other", 0, len(made.revisions))
        merge = workspace.read_beside(_held_against, common, made, meeting.place, workspace.path.name)
    return PullReview(meeting.plan, meeting.address, meeting.place, common, made, newest, merge)


def pull(workspace: Workspace, address: str = "", moved: Moved = unheard) -> str:
    """Take in the steps of the hub that a plan does not have, and give a sentence that says so.

    The steps that the plan has by itself become one. Where something is in conflict, nothing is taken in: that is
    decided by ``review`` and ``take``.

    Raises:
        HubRefused: if the hub cannot be reached, or something is in conflict; and as ``take``.
    """
    return take(workspace, review(workspace, address, moved), {}, moved)


def take(workspace: Workspace, reviewed: PullReview, decisions: Decisions, moved: Moved = unheard) -> str:
    """Take in what was reviewed, with what was decided, and give a sentence that says so.

    Raises:
        HubRefused: if something is not decided, or the plan has changed since; PlanRefused, NotKept, UndoRefused: if it
            could not be taken in. The plan is as it was then.
    """
    if workspace.read_beside(chain.newest) != reviewed.newest:
        sentence = f"{workspace.path.name} has changed since this was looked at. Nothing was changed; look again."
        raise HubRefused("newer steps", sentence)
    if reviewed.merge is not None and any(item.subject not in decisions for item in reviewed.merge.asked):
        raise HubRefused("conflict", f"{reviewed.sentence} Nothing was changed.")
    coming = len(reviewed.made.revisions)
    if reviewed.merge is None and not coming:
        remembered.remember(reviewed.plan, reviewed.address, workspace.path)
        return f"There is nothing to take in: this plan has every step of {reviewed.place}."
    moved("Taking in steps", 0, coming)
    told = f"{counted(coming, 'step')} of {reviewed.place} {'was' if coming == 1 else 'were'} taken in."
    if reviewed.merge is None:
        workspace.append(reviewed.made, BEFORE_PULL)
        remembered.remember(reviewed.plan, reviewed.address, workspace.path, reviewed.made.revisions[-1].n)
        return told
    workspace.back_up(BEFORE_PULL)
    name = workspace.path.name
    workspace.exchange(lambda plan, sitting: _merged(plan, sitting, reviewed, decisions, name), "nothing is taken in")
    if coming:
        remembered.remember(reviewed.plan, reviewed.address, workspace.path, reviewed.made.revisions[-1].n)
    return f"{told} What this plan has by itself is one step now: send it."


def _held_against(plan: sqlite3.Connection, common: Revision, made: MadeElsewhere, hub: str, name: str) -> Merge:
    """The plan's own steps held against the hub's."""
    with _as_hub_has_it(plan, common, made) as copy:
        return _compared(copy, plan, hub, name)


def _compared(copy: sqlite3.Connection, plan: sqlite3.Connection, hub: str, name: str) -> Merge:
    """A plan held against a copy of it that is as the hub has it.

    Raises:
        HubRefused: if the two cannot be merged; says why.
    """
    try:
        return guarded(copy, compare(FileSide(copy, hub), FileSide(plan, name)))
    except MergeRefused as refusal:
        raise HubRefused("altered", str(refusal)) from None


@contextmanager
def _as_hub_has_it(plan: sqlite3.Connection, common: Revision, made: MadeElsewhere) -> Iterator[sqlite3.Connection]:
    """A copy of a plan in memory as the hub has it: taken back to a step, with the hub's steps after it."""
    copy = as_at.rows_then(plan, common.n)
    try:
        appended.append_alone(copy, made)
        yield copy
    finally:
        copy.close()


@contextmanager
def _merged(
    plan: sqlite3.Connection, sitting: str, reviewed: PullReview, decisions: Decisions, name: str
) -> Iterator[tuple[sqlite3.Connection, None]]:
    """A copy of a plan as the hub has it, with what the plan's own steps come to as one step more."""
    with _as_hub_has_it(plan, reviewed.common, reviewed.made) as copy:
        merge = _compared(copy, plan, reviewed.place, name)
        copy.execute("PRAGMA query_only=OFF")
        recording.start_recording(copy)
        copy.execute("BEGIN")
        copy.execute("PRAGMA defer_foreign_keys=ON")
        _one_step(copy, sitting, merge, decisions)
        _own_records(copy, plan, sitting, reviewed.common)
        copy.execute("COMMIT")
        yield copy, None


def _one_step(copy: sqlite3.Connection, sitting: str, merge: Merge, decisions: Decisions) -> None:
    """Merge what the plan's own steps come to, as one step."""
    newest = chain.newest(copy)
    copy.execute("INSERT INTO recording VALUES (?)", ((newest.n if newest else 0) + 1,))
    applying.take_in(copy, merge, decisions)
    label = f"merge {counted(len(merge.coming), 'step')} of {merge.theirs}"
    steps.close(copy, newest, sitting=sitting, label=label, kind="merged", reverses=None)
    copy.execute("DELETE FROM recording")


def _own_records(copy: sqlite3.Connection, plan: sqlite3.Connection, sitting: str, common: Revision) -> None:
    """Keep the records of files that went out or came in as the plan's own steps left them, in a revision of theirs."""
    newest = chain.newest(copy)
    copy.execute("INSERT INTO recording_beside VALUES (?)", ((newest.n if newest else 0) + 1,))
    for table in recording.tables_beside(copy):
        query = "SELECT DISTINCT row_id FROM change WHERE revision > ? AND row_table = ?"
        for (key,) in plan.execute(query, (common.n, table.name)).fetchall():
            of_row = f'FROM "{table.name}" AS row WHERE {table.row_key("row")} = ?'
            row = plan.execute(f"SELECT * {of_row}", (key,)).fetchone()
            there = copy.execute(f"SELECT * {of_row}", (key,)).fetchone()
            if row == there:
                continue
            copy.execute(f"DELETE {of_row}", (key,))
            if row is not None:
                copy.execute(f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(row))})', row)
    steps.close(copy, newest, sitting=sitting, label=beside.LABEL, kind="beside", reverses=None)
    copy.execute("DELETE FROM recording_beside")
