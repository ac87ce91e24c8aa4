"""A document as a declaration that reads like its table of contents: its parts, and what each of them says."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from spp_desktop.documents.blocks import DocumentBlock
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.spoken import texts_of_program

DocumentChoice = Literal["period", "owner", "priority", "indicator", "since"]
"""What a person chooses of a document before it is made."""


def _none(_plan: DocumentPlan) -> Iterator[Any]:
    """Nothing, of a document that has nothing of the kind."""
    yield from ()


def _today(plan: DocumentPlan) -> date:
    return plan.today


def _as_declared(_plan: DocumentPlan) -> Sequence[str]:
    """The order in which the parts are declared."""
    return ()


def _all_of_plan(_plan: DocumentPlan) -> None:
    """A document may tell of every row."""


@texts_of_program("title")
@dataclass(frozen=True)
class DocumentPart:
    """A part of a document.

    Attributes:
        name: by which it is kept in a person's own choice of parts; it never changes.
        title: what it is called where parts are chosen.
        blocks: gives its blocks, its heading among them; nothing where the plan has nothing to say in it.
    """

    name: str
    title: str
    blocks: Callable[[DocumentPlan], Iterator[DocumentBlock]]


@texts_of_program("title", "about")
@dataclass(frozen=True)
class DocumentKind:
    """A document that can be made of a plan.

    Attributes:
        name: its id on the command line; it never changes.
        title: what it is called.
        about: what it is for, in a sentence.
        heading: gives its title and the line below it, of a plan.
        parts: its parts, in order.
        asks: what is chosen before it is made, in the order in which it is asked for.
        cover: whether its title and facts stand on a page of their own.
        data_to: gives the day that its data run to.
        facts: what stands on its cover besides who has seen it, what its data run to and when it is printed.
        lacking: what its readers will miss, in sentences: it is listed before the document is printed.
        one_page: whether it is one page: the days of its data and of its printing stand at its foot alone.
        inside: gives the keys of the rows that it may tell of, by which it is marked; ``None`` for all of the plan.
        in_order: gives the names of its parts in the order that a plan has for them; () for the order above.
    """

    name: str
    title: str
    about: str
    heading: Callable[[DocumentPlan], tuple[str, str]]
    parts: tuple[DocumentPart, ...]
    asks: tuple[DocumentChoice, ...] = ()
    cover: bool = False
    one_page: bool = False
    data_to: Callable[[DocumentPlan], date] = _today
    facts: Callable[[DocumentPlan], Iterator[tuple[str, str]]] = _none
    lacking: Callable[[DocumentPlan], Iterator[str]] = _none
    inside: Callable[[DocumentPlan], Collection[str] | None] = _all_of_plan
    in_order: Callable[[DocumentPlan], Sequence[str]] = _as_declared

    def part_named(self, name: str) -> DocumentPart | None:
        """The part of a name; ``None`` if there is none."""
        return next((part for part in self.parts if part.name == name), None)
