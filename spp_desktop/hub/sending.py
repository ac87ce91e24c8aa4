"""Steps of a plan's history in the form in which they are sent to its hub, and read from there."""

import json
import sqlite3
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from spp_desktop.hub.problems import HubRefused
from spp_desktop.store import chain
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import record
from spp_desktop.store.merging.record import MERGED, BroughtStep, RawChange
from spp_desktop.store.recording import fingerprint

if TYPE_CHECKING:
    from spp_desktop.hub.reaching import HubConnection, HubCursor

_REVISION = "n, id, parent, sitting, at, author, label, kind, reverses, hash"
EACH = 500
"""Steps after which is told how far it is."""
AT_ONCE = 1_000
"""Steps whose changes are asked for at once."""


def changes_of(plan: sqlite3.Connection, after: int) -> Iterator[tuple[int, RawChange]]:
    """The changes of the revisions after a local number, each with its revision's, in the order they were made."""
    query = "SELECT revision, action, row_table, row_id, cell, before, after FROM change WHERE revision > ? ORDER BY n"
    yield from ((number, (action, *rest)) for number, action, *rest in plan.execute(query, (after,)))


def lines_of(changes: Iterable[tuple[int | str, RawChange]]) -> Iterator[tuple[Any, ...]]:
    """Changes, each with its step's number or id, as rows of a hub's own tables: numbered within the step, as JSON."""
    for step, of_step in groupby(changes, key=itemgetter(0)):
        for place, (_, (*change, was, now)) in enumerate(of_step, 1):
            yield (step, place, *change, json.dumps(was, default=repr), json.dumps(now, default=repr))


def brought_of(plan: sqlite3.Connection) -> Iterator[tuple[int, int, Revision]]:
    """The steps that merges brought along, each with its merge's number and its place among those."""
    for merge, several in groupby(record.brought(plan), key=lambda each: each.merge):
        for place, each in enumerate(several, 1):
            yield merge, place, each.step


def files_of(plan: sqlite3.Connection, after: int = 0) -> Generator[bytes, None, None]:
    """The contents of the files that came back, of those whose records the revisions after a local number touched."""
    query = (
        "SELECT content FROM receipt WHERE id IN "
        "(SELECT row_id FROM change WHERE revision > ? AND row_table = 'receipt')"
    )
    yield from (bytes(content) for (content,) in plan.execute(query, (after,)) if content is not None)


class SealedStep(NamedTuple):
    """A step as a hub takes it: what is sealed of it, its seal, and the lines of its changes."""

    statement: str
    hash: str
    lines: list[str]


def sealed_steps(
    plan: sqlite3.Connection, before: Revision, revisions: Sequence[Revision]
) -> Generator[tuple[SealedStep, list[SealedStep]], None, None]:
    """Revisions that follow on one, each with the steps that it brought along if it is a merge."""
    seal = before.hash
    seals = record.every_seal(plan) if any(revision.kind == MERGED for revision in revisions) else {}
    grouped = groupby(changes_of(plan, before.n), key=itemgetter(0))
    number, changes = next(grouped, (-1, iter(())))
    for revision in revisions:
        lines = []
        if number == revision.n:
            lines = [chain.line_of(change) for _, change in changes]
            number, changes = next(grouped, (-1, iter(())))
        along = list(_along(plan, revision.n, seals)) if revision.kind == MERGED else []
        yield SealedStep(chain.statement_of(seal, revision), revision.hash, lines), along
        seal = revision.hash


def _along(plan: sqlite3.Connection, merge: int, seals: Mapping[str, str]) -> Iterator[SealedStep]:
    """The steps that a merge brought along; ``seals`` are those of all steps that the plan holds."""
    steps = [each.step for each in record.brought(plan, merge)]
    lines: dict[str, list[str]] = {}
    for key, change in record.brought_changes(plan, [step.id for step in steps]):
        lines.setdefault(key, []).append(chain.line_of(change))
    for step in steps:
        yield SealedStep(chain.statement_of(seals.get(step.parent or "", ""), step), step.hash, lines.get(step.id, []))


def read(connection: "HubConnection", after: Revision | None) -> MadeElsewhere:
    """The steps of a hub after one, or all of them.

    Raises:
        HubRefused: if their changes cannot be read; PlanRefused: if they are not as they were sealed.
    """
    made, known = MadeElsewhere(after), after.n if after is not None else 0
    with connection.pipeline():  # while some are looked at, the server looks for the next
        query = f"SELECT {_REVISION} FROM revision WHERE n > {known:d} ORDER BY n"
        rows = connection.execute(query.encode()).fetchall()
        parts = [rows[place : place + AT_ONCE] for place in range(0, len(rows), AT_ONCE)]
        between = (f"revision BETWEEN {part[0][0]:d} AND {part[-1][0]:d}" for part in parts)
        asked = deque(_asked_changes(connection, "change", of_part) for of_part in between)
        for part in parts:  # what was taken in of an answer is let go
            made.add((Revision(*row) for row in part), _changes(asked.popleft()))
    receipts = (each for several in made.changes.values() for each in several if each[1] == "receipt")
    names = [name for action, _, _, cell, _, now in receipts for name in _named_in(action, cell, now)]
    made.files = _files(connection, names)
    made.brought, made.brought_changes = _brought(connection, known)
    return made


def _brought(connection: "HubConnection", after: int) -> tuple[list[BroughtStep], dict[str, Sequence[RawChange]]]:
    """The steps that merges after a number brought along, and what they wrote."""
    query = f"SELECT merge, k, {_REVISION.removeprefix('n, ')} FROM merged_revision WHERE merge > {after:d}"
    rows = connection.execute(f"{query} ORDER BY merge, k".encode()).fetchall()
    brought = [BroughtStep(Revision(*row[1:]), row[0]) for row in rows]
    if not brought:
        return [], {}
    of_merges = f"revision IN (SELECT id FROM merged_revision WHERE merge > {after:d})"
    written = _changes(_asked_changes(connection, "merged_change", of_merges))
    return brought, {each.step.id: () for each in brought} | written


def _asked_changes(connection: "HubConnection", table: str, where: str) -> "HubCursor":
    """Ask for changes of a hub's own table: of each step its number or id, and all of its changes as one JSON."""
    named = " || ',' || ".join(f"to_json({column})" for column in ("action", "row_table", "row_id", "cell"))
    every = f"string_agg('[' || {named} || ',' || before || ',' || after || ']', ',' ORDER BY k)"
    query = f"SELECT revision, '[' || {every} || ']' FROM {table} WHERE {where} GROUP BY revision ORDER BY revision"
    return connection.execute(query.encode())


def _changes(written: "HubCursor") -> dict[Any, Sequence[RawChange]]:
    """Changes that were asked for, by their step's number or id, in their order.

    Raises:
        HubRefused: if they cannot be read.
    """
    rows = written.fetchall()
    try:
        several = json.loads(f"[{','.join(changes for _, changes in rows)}]")  # all at once, which is far quicker
    except ValueError as problem:
        raise HubRefused(
            "altered",
            f"The hub holds changes that cannot be read ({problem}), so nothing was taken in and this plan is as it "
            "was. Show this to whoever looks after the hub.",
        ) from problem
    return {step: changes for (step, _), changes in zip(rows, several, strict=True)}


def _named_in(action: str, cell: str, now: Any) -> Iterator[str]:
    """The fingerprints of files that a change of a receipt names."""
    if action == "add":
        now = json.loads(now).get("content")
    elif cell != "content":
        return
    if isinstance(now, str):
        yield now


def _files(connection: "HubConnection", wanted: Iterable[str]) -> dict[str, bytes]:
    """The contents of files by their fingerprints; what was replaced since is there no more, and is not needed."""
    query = "SELECT content FROM hub_file WHERE hash = ANY (%s)"
    contents = [bytes(content) for (content,) in connection.execute(query, (list(wanted),))]
    return {str(fingerprint(content)): content for content in contents}
