"""Holds a plan against what stands elsewhere: its earlier versions, what this machine remembers, files that left it.

Whoever writes the whole history of a plan anew can seal it anew, so that the file alone shows nothing. Each copy, and
each file that left the plan, says how far the chain had come, and with which seal.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from spp_desktop.plan.removed import may_have_been
from spp_desktop.plan.words import counted
from spp_desktop.returns.carried_head import CarriedHeads, NotHeld, carried
from spp_desktop.returns.definition import Identity
from spp_desktop.store import backups, checking_chain, clock, database, exports, heads, receipts, witnesses
from spp_desktop.store.copies import copied, reading, settled
from spp_desktop.store.naming import shown
from spp_desktop.store.problems import PlanRefused
from spp_desktop.store.witnesses import Testimony, Witness

UNREADABLE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True)
class CheckFinding:
    """A sentence on a plan, and whether it tells of a fault."""

    sentence: str
    fault: bool


@dataclass(frozen=True)
class _HeldWitness:
    """A witness with, of a copy, a connection to it."""

    testimony: Testimony
    copy: sqlite3.Connection | None = None


def known_nearby(connection: sqlite3.Connection, plan: Path) -> Iterator[CheckFinding]:
    """A plan held against its earlier versions, and against what this machine remembers of it."""
    here = witnesses.witness_of(connection, plan.name)
    if here is None:
        return
    with ExitStack() as stack:
        nearby = [*_earlier(stack, here, plan), *_remembered(here, plan)]
        wrong = [each for each in nearby if not each.testimony.fits]
        everything = [each.testimony for each in nearby]
        for each in wrong:
            yield CheckFinding(each.testimony.sentence(here, everything), fault=True)
        yield from _told_apart(connection, wrong)
    if nearby and not wrong:
        versions = sum(each.copy is not None for each in nearby)
        known = [f"that of its {counted(versions, 'earlier version')}"] if versions else []
        known += ["that which it had when it was last open here"] if len(nearby) > versions else []
        yield CheckFinding(f"Its history goes on from {' and from '.join(known)}.", fault=False)


def files_held(
    connection: sqlite3.Connection, plan: Path, files: Sequence[Path], folder: Path
) -> Iterator[CheckFinding]:
    """A plan held against files that left it: copies, returns, saved tables.

    Args:
        connection: Of the plan.
        plan: The plan's own file, whose earlier versions narrow down where it was written anew.
        files: The files.
        folder: Where copies of plans can be put to be looked at.
    """
    here = witnesses.witness_of(connection, plan.name)
    if here is None:
        return
    with ExitStack() as stack:
        nearby = [each.testimony for each in _earlier(stack, here, plan)]
        looked_at: list[tuple[Path, list[_HeldWitness], CarriedHeads]] = []
        for n, file in enumerate(files):
            try:
                looked_at.append((file, *_looked_at(stack, file, folder / f"{n}.plan", here)))
            except (*UNREADABLE, OSError, NotHeld, PlanRefused) as problem:
                yield CheckFinding(f"{file.name} cannot be held against it: {_why(problem)}", fault=True)
        everything = [*nearby, *(each.testimony for _, several, _ in looked_at for each in several)]
        for file, several, told in looked_at:
            yield from _of_file(connection, here, file, several, everything)
            if told.identity is not None and told.identity.plan == here.plan:
                yield from _of_return(connection, file, told.identity)


def _why(problem: BaseException) -> str:
    sentence = problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem)
    return f"{sentence.rstrip('.')}."


def _looked_at(stack: ExitStack, file: Path, copy: Path, here: Witness) -> tuple[list[_HeldWitness], CarriedHeads]:
    """What a file says of the chain: as a copy of the plan, or by the head that it carries."""
    with file.open("rb") as opened:
        is_plan = opened.read(len(database.MAGIC)) == database.MAGIC
    if not is_plan:
        told = carried(file)
        known = [Witness(file.name, head.plan, {head.n: head.hash}) for head in told.heads]
        return [_HeldWitness(Testimony.of(here, witness)) for witness in known], told
    database.check_header(file)
    if copied(file, copy):
        settled(copy)
    connection = stack.enter_context(reading(copy))
    witness = witnesses.witness_of(connection, file.name)
    return [_HeldWitness(Testimony.of(here, witness), connection)] if witness else [], CarriedHeads(())


def _of_file(
    connection: sqlite3.Connection,
    here: Witness,
    file: Path,
    several: Sequence[_HeldWitness],
    everything: Sequence[Testimony],
) -> Iterator[CheckFinding]:
    if not several:
        what = "it carries no head of a history. It was made by an older version or another program, or saved by one"
        yield CheckFinding(f"{file.name} cannot be held against it: {what}.", fault=True)
    for each in several:
        if each.testimony.witness.plan != here.plan:
            yield CheckFinding(f"{file.name} cannot be held against it: it is of another plan.", fault=True)
            continue
        sentence = each.testimony.sentence(here, everything)
        yield CheckFinding(sentence, fault=not each.testimony.fits)
        if each.copy is not None:
            for fault in checking_chain.broken_chain(each.copy):
                yield CheckFinding(f"{file.name} is itself not as it was written. {fault}", fault=True)
            yield from _told_apart(connection, [each])


def _told_apart(connection: sqlite3.Connection, wrong: Sequence[_HeldWitness]) -> Iterator[CheckFinding]:
    """What copies hold otherwise, or more, than the plan; of several copies, what the one that was made last does."""
    copies = [(each.copy, each.testimony) for each in wrong if each.copy is not None]
    if copies:
        copy, told = max(copies, key=lambda each: each[1].last)
        sentences = (
            witnesses.differences(connection, copy, told.other)
            if told.other
            else witnesses.missing(copy, told.last - told.beyond)
        )
        for sentence in sentences:
            yield CheckFinding(sentence, fault=False)


def _of_return(connection: sqlite3.Connection, file: Path, identity: Identity) -> Iterator[CheckFinding]:
    """What the plan's own record says of a return that went out."""
    export = exports.find(connection, identity.export)
    if export is None:
        why = "the record was taken out, or the return was written where the plan could only be read"
        yield CheckFinding(f"The plan has no record that {file.name} was sent out: {why}.", fault=True)
        return
    for what, recorded, in_file in (
        ("the return", export.return_id, identity.return_id),
        ("the post", export.owner, identity.owner),
        ("the year", export.year, identity.year),
        ("the period", export.period, identity.period),
        ("the step", export.revision, identity.revision),
    ):
        if not may_have_been(str(recorded), str(in_file)):
            differs = f"{what} is {shown(recorded)} in the record and {shown(in_file)} in the file"
            yield CheckFinding(f"The record of {file.name} is another than the file says: {differs}.", fault=True)
    on = clock.time_in_words(export.at) if clock.moment(export.at) else shown(export.at)
    file_hash = hashlib.sha256(file.read_bytes()).hexdigest()
    same = "It is that very file" if file_hash == export.file_hash else "It was filled in or saved since"
    came = receipts.by_hash(connection, file_hash)
    back = f"; as it is, it came back and is “{came[0].state}”" if came else ""
    yield CheckFinding(f"By the plan's record, {file.name} was sent out on {on}. {same}{back}.", fault=False)


def _earlier(stack: ExitStack, here: Witness, plan: Path) -> Iterator[_HeldWitness]:
    """The earlier versions of a plan, as far as they can be read and are of this very plan."""
    versions: list[backups.Version] = []
    with suppress(OSError):
        versions = backups.earlier_versions(plan, counted=False)
    for version in versions:
        if database.journals(version.path):
            continue  # it was set aside in the middle of a change
        with suppress(*UNREADABLE, OSError):
            connection = stack.enter_context(reading(version.path))
            name = f"the earlier version of {clock.time_in_words(version.at)} ({version.reason})"
            witness = witnesses.witness_of(connection, name)
            if witness is not None and witness.plan == here.plan:
                yield _HeldWitness(Testimony.of(here, witness), connection)


def _remembered(here: Witness, plan: Path) -> Iterator[_HeldWitness]:
    """What this machine remembers of a plan."""
    head = heads.remembered(plan)
    if head is not None and head.plan == here.plan:
        yield _HeldWitness(
            Testimony.of(here, Witness("the plan as it was last open here", here.plan, {head.n: head.hash}))
        )
