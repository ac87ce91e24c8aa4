"""A document as a declaration that reads like its table of contents: its parts, and what each of them says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from spp_desktop.documents.blocks import DocumentBlock
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.spoken import texts_of_program

DocumentChoice = Literal["period", "owner", "priority", "indicator"]
"""What a person chooses of a document before it is made."""


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
    """

    name: str
    title: str
    about: str
    heading: Callable[[DocumentPlan], tuple[str, str]]
    parts: tuple[DocumentPart, ...]
    asks: tuple[DocumentChoice, ...] = ()
    cover: bool = False

    def part_named(self, name: str) -> DocumentPart | None:
        """The part of a name; ``None`` if there is none."""
        return next((part for part in self.parts if part.name == name), None)
