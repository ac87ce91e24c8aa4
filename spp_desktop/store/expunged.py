"""Words that were removed from a plan for good: the steps that say so, and the seals that its history had before.

Such a step is sealed like any other. It holds no word, only one change: of the seals from the first step that was
rewritten on. By them a file that left before is still known as one that did.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spp_desktop.store.history import CHANGES, SEALS, Revision, revisions

SealsBefore = Mapping[int, frozenset[str]]
"""The seals that steps had before words were removed from the history, by their numbers."""

KIND: Literal["expunged"] = "expunged"


@dataclass(frozen=True)
class Resealed:
    """What one such step says of the history.

    Attributes:
        step: the step.
        first: the number of the first step that was sealed anew.
        seals: the seals that it and those behind it had until then; the last was the head.
        head: the seal of the last of them since.
    """

    step: Revision
    first: int
    seals: Sequence[str]
    head: str

    @property
    def last(self) -> int:
        """The number of the step that was the head."""
        return self.first + len(self.seals) - 1


def texts_of(first: int, seals: Sequence[str], head: str) -> tuple[str, str]:
    """What the one change of such a step holds: before and after."""
    return json.dumps({"first": first, "seals": list(seals)}), json.dumps({"head": head})


def every(connection: sqlite3.Connection) -> list[Resealed]:
    """All such steps, the oldest first; none that was tampered with so that it cannot be read."""
    known = []
    for step in revisions_of_kind(connection):
        for change in connection.execute(f"{CHANGES} WHERE revision = ? AND row_table = ?", (step.n, SEALS)):
            try:
                before, after = json.loads(change[4]), json.loads(change[5])
                known.append(Resealed(step, int(before["first"]), tuple(map(str, before["seals"])), str(after["head"])))
            except (ValueError, TypeError, LookupError):
                continue
    return known


def revisions_of_kind(connection: sqlite3.Connection) -> list[Revision]:
    """The steps by which words were removed."""
    query = "SELECT n FROM revision WHERE kind = ? ORDER BY n"
    return [revisions(connection, n - 1)[0] for (n,) in connection.execute(query, (KIND,)).fetchall()]


def seals_before(connection: sqlite3.Connection) -> SealsBefore:
    """The seals that the steps of a plan had before words were removed from its history."""
    seals: dict[int, set[str]] = defaultdict(set)
    for resealed in every(connection):
        for n, seal in enumerate(resealed.seals, resealed.first):
            seals[n].add(seal)
    return {n: frozenset(several) for n, several in seals.items()}


def had_seal(connection: sqlite3.Connection, step: Revision, seal: str) -> bool:
    """Whether a step has a seal, or had it before words were removed from the history."""
    return seal == step.hash or seal in seals_before(connection).get(step.n, ())
