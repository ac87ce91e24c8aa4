"""Rules that a list of the plan keeps as a whole, whichever verb changes it. One more is a line in ``LIST_RULES``."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import levels, markings
from spp_desktop.plan.levels import Level
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.rows import Row


@dataclass(frozen=True)
class ListRules:
    """What holds of all rows of a list together.

    Attributes:
        watch: looks at the list before it is changed, and gives what looks at it afterwards and raises ``RuleBroken``.
        place: the row behind which a new one of these columns comes where nobody says it; ``None`` for the last place.
    """

    watch: Callable[[Session], Callable[[], None]]
    place: Callable[[Session, Mapping[str, Any]], str | None]


LIST_RULES: Mapping[type[Row], ListRules] = {
    Level: ListRules(levels.watch, levels.place),
    Marking: ListRules(markings.watch, lambda _, __: None),
}
"""The rules of those lists that have any."""


@contextmanager
def kept(session: Session, model: type[Row]) -> Iterator[None]:
    """See that a list keeps its rules through a change of it.

    Raises:
        RuleBroken: if it would not; says why.
    """
    rules = LIST_RULES.get(model)
    if rules is None:
        yield
        return
    demand = rules.watch(session)
    yield
    session.flush()
    demand()


def place_of(session: Session, model: type[Row], values: Mapping[str, Any]) -> str | None:
    """The row of a list behind which a new one comes where nobody says it; ``None`` for the last place."""
    rules = LIST_RULES.get(model)
    return None if rules is None else rules.place(session, values)
