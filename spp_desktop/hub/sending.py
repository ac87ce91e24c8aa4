"""Steps of a plan's history in the form in which they are sent to its hub, and read from there."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spp_desktop.store import chain
from spp_desktop.store.appended import MadeElsewhere, StoredChange
from spp_desktop.store.history import Revision
from spp_desktop.store.recording import fingerprint

if TYPE_CHECKING:
    from spp_desktop.hub.reaching import HubConnection

_REVISION = "n, id, parent, sitting, at, author, label, kind, reverses, hash"
EACH = 500
"""Steps after which is told how far it is."""


def changes_of(plan: sqlite3.Connection, after: int) -> Iterator[tuple[int, StoredChange]]:
    """The changes of the revisions after a local number, each with its revision's, in the order they were made."""
    query = "SELECT revision, action, row_table, row_id, cell, before, after FROM change WHERE revision > ? ORDER BY n"
    yield from ((number, (action, *rest)) for number, action, *rest in plan.execute(query, (after,)))


def lines_of(plan: sqlite3.Connection, after: int) -> Iterator[tuple[Any, ...]]:
    """Those changes as rows of a hub's own table: each numbered within its revision, its values as JSON."""
    last, place = -1, 0
    for number, (*change, was, now) in changes_of(plan, after):
        place = place + 1 if number == last else 1
        last = number
        yield (number, place, *change, json.dumps(was, default=repr), json.dumps(now, default=repr))


def files_of(plan: sqlite3.Connection, after: int = 0) -> Iterator[bytes]:
    """The contents of the files that came back, of those whose records the revisions after a local number touched."""
    query = (
        "SELECT content FROM receipt WHERE id IN "
        "(SELECT row_id FROM change WHERE revision > ? AND row_table = 'receipt')"
    )
    yield from (bytes(content) for (content,) in plan.execute(query, (after,)) if content is not None)


def sealed_steps(
    plan: sqlite3.Connection, before: Revision, revisions: Iterable[Revision]
) -> Iterator[tuple[str, str, list[str]]]:
    """Revisions that follow on one, as the hub takes them: what is sealed of each, its seal, its changes' lines."""
    seal = before.hash
    grouped = groupby(changes_of(plan, before.n), key=itemgetter(0))
    number, changes = next(grouped, (-1, iter(())))
    for revision in revisions:
        lines = []
        if number == revision.n:
            lines = [chain.line_of(change) for _, change in changes]
            number, changes = next(grouped, (-1, iter(())))
        yield chain.statement_of(seal, revision), revision.hash, lines
        seal = revision.hash


def read(connection: "HubConnection", after: int) -> MadeElsewhere:
    """The steps of a hub after a number.

    Raises:
        PlanRefused: if the content of a file that came back is not there.
    """
    revisions = [
        Revision(int(row[0]), *row[1:])
        for row in _copied(connection, f"SELECT {_REVISION} FROM revision WHERE n > {after:d} ORDER BY n")
    ]
    changes: dict[int, list[StoredChange]] = {revision.n: [] for revision in revisions}
    query = f"""SELECT revision, action, row_table, row_id, cell, '[' || before || ',' || after || ']'
        FROM change WHERE revision > {after:d} ORDER BY revision, k"""
    files: dict[str, bytes] = {}
    for number, action, table, row, cell, values in _copied(connection, query):
        was, now = json.loads(values)
        changes[int(number)].append((action, table, row, cell, was, now))
        if table == "receipt":
            files |= dict.fromkeys(_named_in(action, cell, now), b"")
    return MadeElsewhere(revisions, changes, _files(connection, files))


def _copied(connection: "HubConnection", query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, each cell as a text, by the quickest way that PostgreSQL has."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT".encode()) as copy:
        yield from copy.rows()


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
