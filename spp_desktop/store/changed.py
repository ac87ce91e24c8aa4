"""What listeners are told of a change to the plan: what it was; and of a long one, how far it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

BESIDE = "returns"
"""What ``Changed.rows`` names, without keys, when what is kept beside the content may say something else now."""

Moved = Callable[[str, int, int], None]
"""Hears how far long work is: what is being done, how much of it, and of how much (0: nobody knows).

What it raises ends the work, and nothing is changed then."""


def unheard(_what: str, _done: int, _total: int) -> None:
    """Nobody hears how far it is."""


Waits = Callable[[Callable[[], object]], object]
"""Does what SQLite does alone, and long, and comes back once it is done: a window lives on meanwhile."""


LARGE = 5_000
"""Rows that are changed from which on a change is a large one: it is waited for."""


def at_once(work: Callable[[], object]) -> None:
    """Do something here and now."""
    work()


@dataclass(frozen=True)
class Changed:
    """What a revision changed: row keys by table name. No rows at all means that everything may have changed.

    What is written beside the content alone is no revision: no label, the kind "beside", and only ``BESIDE`` in rows.
    """

    label: str
    kind: str
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
