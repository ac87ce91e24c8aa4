"""What stands elsewhere and says how the sealed chain of a plan was: its copies, and files that left it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spp_desktop.plan.words import counted
from spp_desktop.store import chain, clock, expunged, history
from spp_desktop.store.history import RecordedChange, Revision, StoredRow
from spp_desktop.store.merging import record
from spp_desktop.store.naming import plain, row_named, row_of, shown, step_named

MOST_DIFFERENCES = 10
"""Differences between two steps, and missing steps, that are told one by one."""


@dataclass(frozen=True)
class Witness:
    """What a file elsewhere says of a plan's chain.

    Attributes:
        name: what the file is called in a sentence: "crime.xlsx", "the earlier version of 1 Oct 2026 09:30".
        plan: the key of the plan that it is of.
        seals: the seals of the revisions that it knows, by their numbers: of a copy all, of another file its head.
        before: those that revisions had before words were removed for good.
        removed: when that was done last, and by whom, as part of a sentence; empty if it never was.
        brought: those of steps that merges brought along.
    """

    name: str
    plan: str
    seals: Mapping[int, str]
    before: expunged.SealsBefore = field(default_factory=dict)
    removed: str = ""
    brought: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def had(self, n: int, seal: str) -> bool:
        """Whether a revision has a seal, or had it before words were removed, or was brought along with it."""
        return self.seals.get(n) == seal or seal in self.before.get(n, ()) or seal in self.brought.get(n, ())


def witness_of(connection: sqlite3.Connection, name: str) -> Witness | None:
    """A copy of a plan as a witness; ``None`` for one without a history, or with views in place of its tables."""
    query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('plan', 'revision', 'change')"
    if connection.execute(query).fetchone() != (3,):
        return None
    plan = history.plan_key(connection)
    revisions = connection.execute("SELECT n, hash, sitting FROM revision ORDER BY n").fetchall()
    if revisions and revisions[-1][2] == chain.NO_SITTING:
        revisions.pop()  # it may have been made in memory only, of a plan that went on otherwise
    seals = {n: seal for n, seal, _ in revisions}
    if not plan or not seals:
        return None
    told = [f"by {each.step.author}, {clock.time_in_words(each.step.at)}" for each in expunged.every(connection)]
    brought = record.seals_brought(connection) if _brings_along(connection) else {}
    return Witness(name, plan, seals, expunged.seals_before(connection), "".join(told[-1:]), brought)


def _brings_along(connection: sqlite3.Connection) -> bool:
    """Whether a copy is of a form in which merges bring steps along."""
    query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'merged_revision'"
    return connection.execute(query).fetchone() is not None


@dataclass(frozen=True)
class Testimony:
    """A witness held against a plan.

    Attributes:
        witness: the witness.
        other: the first revision known to it that the plan has otherwise; 0 if there is none.
        beyond: how many revisions known to it the plan does not have any more.
        last: the last revision known to it.
        rewritten: whether it knows revisions as they were before a word was removed for good, or otherwise than here.
    """

    witness: Witness
    other: int
    beyond: int
    last: int
    rewritten: bool = False

    @classmethod
    def of(cls, here: Witness, witness: Witness) -> "Testimony":
        """A witness held against a plan."""
        both = {n: seal for n, seal in witness.seals.items() if n in here.seals}
        other = next((n for n, seal in both.items() if not here.had(n, seal)), 0)
        last, ends = max(witness.seals), max(here.seals, default=0)
        rewritten = any(seal in here.before.get(n, ()) for n, seal in both.items())
        beyond = 0 if other or here.had(last, witness.seals[last]) else max(0, last - ends)
        return cls(witness, other, beyond, last, rewritten)

    @property
    def fits(self) -> bool:
        """Whether the plan still has all that the witness knows."""
        return not self.other and not self.beyond

    def sentence(self, here: Witness, others: Sequence["Testimony"]) -> str:
        """What it comes to, for a person; ``others`` narrow down where the plan was written anew."""
        name = self.witness.name
        if self.fits:
            known = f" A word was removed from it for good since ({here.removed})." if self.rewritten else ""
            return f"The history is still the one that {name} left at step {self.last}.{known}"
        ends = max(here.seals, default=0)
        if self.beyond:
            gone = f"{counted(self.beyond, 'step')} {'was' if self.beyond == 1 else 'were'} cut off"
            return (
                f"The history ends at step {ends}, but had come to step {self.last} in {name}: {gone}, or the plan is "
                "an older copy."
            )
        fitting = [n for each in others for n, seal in each.witness.seals.items() if here.had(n, seal)]
        since = max((n for n in fitting if n < self.other), default=0)
        if since + 1 == self.other:
            return f"The history is another from step {self.other} on than in {name}: {_WHY_OTHER}."
        return (
            f"The history is another than the one that {name} left at step {self.last}: {_WHY_OTHER}. "
            f"The first step that differs is between step {since + 1} and step {self.other}."
        )


_WHY_OTHER = "it was written anew since, or goes on from an older copy"


def missing(copy: sqlite3.Connection, after: int) -> Iterator[str]:
    """The steps that a copy holds after a number and that the plan does not have any more, in sentences."""
    steps = [step for step in history.steps(copy) if step.n > after]
    for step in steps[:MOST_DIFFERENCES]:
        yield f"Missing here is {step_named(step)}."
    if len(steps) > MOST_DIFFERENCES:
        yield f"Missing here are {len(steps) - MOST_DIFFERENCES} more steps, the last of them {step_named(steps[-1])}."


def differences(here: sqlite3.Connection, copy: sqlite3.Connection, n: int) -> Iterator[str]:
    """What is different between a step here and the step of the same number in a copy, in sentences."""
    ours, theirs = (next((step for step in history.revisions(each, n - 1)), None) for each in (here, copy))
    if ours is None or theirs is None:
        return
    yield f"Here it is {step_named(ours)}; there it was {step_named(theirs)}."
    if ours.id == theirs.id:
        yield from _other_changes(here, copy, ours)


def _other_changes(here: sqlite3.Connection, copy: sqlite3.Connection, step: Revision) -> Iterator[str]:
    """The changes of a step that the copy has otherwise."""
    ours, theirs = ({_place(change): change for change in history.changes(each, step.n)} for each in (here, copy))
    told = 0
    for place in sorted(ours.keys() | theirs.keys()):
        for sentence in _other_cells(here, ours.get(place), theirs.get(place)):
            told += 1
            if told > MOST_DIFFERENCES:
                yield "There are more differences in this step."
                return
            yield sentence


def _place(change: RecordedChange) -> tuple[str, str, str, str]:
    return change.table, change.row, change.action, change.cell


def _other_cells(here: sqlite3.Connection, ours: RecordedChange | None, theirs: RecordedChange | None) -> Iterator[str]:
    """How a change is another than in the copy."""
    known = ours or theirs
    if known is None:
        return
    name = row_named(here, known.table, _cells(known) or row_of(here, known.table, known.row) or {"id": known.row})
    if ours is None or theirs is None:
        where = "only there" if ours is None else "only here"
        yield f"A change of the {name} stands {where}."
    elif known.action == "set":
        pairs = {known.cell: (ours.after, theirs.after)}
        if ours.before != theirs.before and ours.after == theirs.after:
            pairs = {known.cell: (ours.before, theirs.before)}
        yield from _told(name, pairs)
    else:
        after, before = _cells(ours), _cells(theirs)
        yield from _told(name, {cell: (after.get(cell), before.get(cell)) for cell in {**before, **after}})


def _cells(change: RecordedChange) -> StoredRow:
    """The whole row of a change that added or removed one; nothing of one that set a cell."""
    row = change.after or change.before
    return row if change.action != "set" and isinstance(row, dict) else {}


def _told(name: str, pairs: Mapping[str, tuple[object, object]]) -> Iterator[str]:
    for cell, (now, then) in pairs.items():
        if now != then:
            yield f"In the {name} the {plain(cell)} is {shown(now)} here; it was {shown(then)} there."
