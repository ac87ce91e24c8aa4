"""What is accepted and breaks a rule of the plan, found by trying it row by row; nothing of a trial is kept."""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from spp_desktop.edits.gathering import Accepted, AcceptedDifference, gathered, take_in
from spp_desktop.edits.sources.source import KeysByTitle
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.database import by_itself
from spp_desktop.store.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class KeptBack:
    """What was accepted and breaks a rule of the plan: which file, where in it, what it is about, and which rule."""

    file: str
    subject: str
    where: str
    about: str
    why: str

    @property
    def sentence(self) -> str:
        """All of it: "crime.xlsx, Activities!K7 (1.01 Status): It may not be empty."."""
        return f"{self.file}, {self.where} ({self.about}): {self.why}"


def kept_back_of(choice: AcceptedDifference, why: str) -> KeptBack:
    """What was accepted, as kept back for a rule."""
    difference = choice.difference
    about = " ".join(filter(None, (difference.ref, difference.column or difference.source.word.singular)))
    return KeptBack(choice.review.called, difference.subject, difference.where, about, why)


class _Tried(Exception):
    """The end of a trial, by which nothing of it is kept."""


def tried(workspace: Workspace, label: str, verb: Callable[[Session], T]) -> T:
    """What a verb gives that is run on the plan; nothing of what it does is kept. It raises what the verb raises."""
    given: list[T] = []

    def trial(session: Session) -> None:
        """Run it, and end."""
        given.append(verb(session))
        raise _Tried

    with suppress(_Tried):
        workspace.edit(label, trial)
    return given[0]


def breaking(workspace: Workspace, keys: KeysByTitle, chosen: Sequence[AcceptedDifference]) -> dict[int, str]:
    """Which of what is accepted breaks a rule of the plan, by its place, and which rule: tried row by row."""
    broken: dict[int, str] = {}

    def trial(session: Session) -> None:
        """Make the changes row by row, and note which rows cannot be."""
        for places in _by_row(chosen):
            problem = _problem(session, gathered(keys, [chosen[n] for n in places]))
            if problem is None:
                continue
            named = [n for n in places if _names(chosen[n], keys, problem)] or places
            others = [n for n in places if n not in named]
            if others and _problem(session, gathered(keys, [chosen[n] for n in others])) is not None:
                named = places
            broken.update(dict.fromkeys(named, str(problem)))

    tried(workspace, "try what is accepted", trial)
    return broken


def _by_row(chosen: Sequence[AcceptedDifference]) -> list[list[int]]:
    """The places of what is accepted, those of one row of the plan together; each new row by itself."""
    rows: dict[Hashable, list[int]] = {}
    for n, choice in enumerate(chosen):
        difference = choice.difference
        row: Hashable = (difference.source, difference.key) if difference.key else n
        rows.setdefault(row, []).append(n)
    return list(rows.values())


def _problem(session: Session, accepted_values: Accepted) -> RuleBroken | None:
    """The rule that some values break; what keeps all rules stays for those that are tried after it."""
    try:
        with by_itself(session):
            take_in(session, accepted_values)
            session.flush()
    except RuleBroken as problem:
        return problem
    return None


def _names(choice: AcceptedDifference, keys: KeysByTitle, problem: RuleBroken) -> bool:
    """Whether a rule names the column of a cell."""
    difference = choice.difference
    if not difference.field:
        return True
    return problem.field in (difference.field, difference.source.stored(keys, difference.field, choice.value)[0])
