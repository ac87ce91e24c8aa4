"""The steps of a history: closing one, and which of them still stand."""

import json
import sqlite3
from collections.abc import Iterable

from spp_desktop.store import chain, clock, locks
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import Revision, RevisionKind


def close(
    connection: sqlite3.Connection,
    newest: Revision | None,
    *,
    sitting: str,
    label: str,
    kind: RevisionKind,
    reverses: str | None,
    heard: Moved = unheard,
) -> Revision | None:
    """Seal and add the revision of the changes recorded since the newest one; ``None`` if there are none.

    ``heard`` is as in ``chain.seal``.
    """
    from spp_desktop.plan.rows import new_key  # late: a plan is read without

    n = (newest.n if newest else 0) + 1
    if connection.execute("SELECT 1 FROM change WHERE revision = ? LIMIT 1", (n,)).fetchone() is None:
        return None
    unsealed = (
        n,
        new_key(),
        newest.id if newest else None,
        sitting,
        clock.now(),
        locks.author(),
        label,
        kind,
        reverses,
    )
    made = Revision(*unsealed, hash=chain.seal(connection, Revision(*unsealed, hash=""), heard))
    chain.add(connection, made)
    return made


def standing(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """Those of these steps that the plan has and that have not been undone or put back.

    A step that undoes another may be undone in its turn, which lets the first one stand again. Only what came after
    the first of them, and turned a step round, is read.
    """
    asked = json.dumps(sorted(set(keys)))
    query = (
        "SELECT n, id, kind, reverses FROM revision WHERE id IN (SELECT value FROM json_each(?)) AND kind <> 'beside'"
    )
    known = {key: (n, kind, reverses) for n, key, kind, reverses in connection.execute(query, (asked,))}
    stands = dict.fromkeys(known, True)
    query = "SELECT n, id, kind, reverses FROM revision WHERE n > ? AND reverses IS NOT NULL ORDER BY n"
    first = min((n for n, _, _ in known.values()), default=0)
    for n, key, kind, reverses in connection.execute(query, (first,)) if known else ():
        known[key] = (n, kind, reverses)
        altered, now = key, True
        while altered:
            stands[altered] = now
            now = now if known[altered][1] == "redo" else not now
            before = known[altered][2] or ""
            # Only an earlier step can be undone; a history that says otherwise was tampered with.
            altered = before if before in known and known[before][0] < known[altered][0] else ""
    return {key for key in json.loads(asked) if stands.get(key)}
