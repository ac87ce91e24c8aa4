"""The steps of a history: closing one, and which of them still stand."""

import sqlite3
from collections.abc import Iterable

from spp_desktop.store import chain, clock, locks
from spp_desktop.store.history import Revision, RevisionKind


def close(
    connection: sqlite3.Connection,
    newest: Revision | None,
    *,
    sitting: str,
    label: str,
    kind: RevisionKind,
    reverses: str | None,
) -> Revision | None:
    """Seal and add the revision of the changes recorded since the newest one; ``None`` if there are none."""
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
    made = Revision(*unsealed, hash=chain.seal(connection, Revision(*unsealed, hash="")))
    chain.add(connection, made)
    return made


def standing(steps: Iterable[Revision]) -> set[str]:
    """The ids of the steps that have not been undone or put back, given all of a history, the oldest first.

    A step that undoes another may be undone in its turn, which lets the first one stand again.
    """
    known: dict[str, Revision] = {}
    stands: dict[str, bool] = {}
    for step in steps:
        known[step.id] = step
        altered: Revision | None = step
        now = True
        while altered is not None:
            stands[altered.id] = now
            now = now if altered.kind == "redo" else not now
            before = known.get(altered.reverses or "")
            # Only an earlier step can be undone; a history that says otherwise was tampered with.
            altered = before if before is not None and before.n < altered.n else None
    return {key for key, now in stands.items() if now}
