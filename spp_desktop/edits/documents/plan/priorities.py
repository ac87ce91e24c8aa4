"""The priorities of a plan as its document prints them: their list, and each with what stands below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from spp_desktop.documents.blocks import Bullets, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import Line, PrintedWords, line
from spp_desktop.edits.documents.plan.sections import PlanSections
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.priorities import PriorityAlias
from spp_desktop.plan.spoken import USUAL, spoken
from spp_desktop.plan.words import capital
from spp_desktop.store import queries
from spp_desktop.store.plain import Node

WE_WILL = "We will"


@dataclass
class Spellings:
    """What each priority is called at the places of the document, where the plan spells it in another way there."""

    plan: DocumentPlan

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], str]:
        rows = self.plan.read(queries.register, PriorityAlias)
        return {(row.priority_id, row.printed_in.strip().casefold()): row.title for row in rows}

    def title(self, key: str, usual: str, place: str) -> str:
        """A priority's title at a place: "section 6", "section 5, heading"."""
        return self._known.get((key, place), usual)


def priorities(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The list of the priorities, and each with its narrative, its themes and their commitments."""
    tree = plan.read(partial(queries.priority_tree, own=True))
    sections, spellings = plan.reading(PlanSections), plan.reading(Spellings)
    begin, rest = sections.begin("priorities", capital(spoken().headings[0].plural))
    number = sections.number("priorities")
    if not tree and not number:
        return
    yield from begin
    if tree:
        yield Bullets(tuple(_listed(sections, row) for row in tree), keys=tuple(row.key for row in tree))
    for row in tree:
        title = spellings.title(row.key, row.text, f"section {number}, heading")
        yield from _headed(sections, row, title, level=2)
    yield from rest


def _listed(sections: PlanSections, row: Node) -> Line:
    return (PrintedWords(row.text, strong=True), *sections.notes.marks(row.key, besides=row.narrative))


def _headed(sections: PlanSections, row: Node, title: str, level: int) -> Iterator[DocumentBlock]:
    """A heading of the plan with all that stands below it."""
    notes = sections.notes
    words = (*line(title), *notes.marks(row.key, besides=row.narrative))
    yield DocumentHeading(words, level, f"row-{row.key}", row=row.key)
    yield from notes.blocks(row.key, row.narrative)
    promised = [child for child in row.children if child.kind == "commitment"]
    if promised:
        if lead := _lead(promised):
            yield Paragraph(line(lead))
        items = tuple(notes.words(child.key, child.text) for child in promised)
        yield Bullets(items, keys=tuple(child.key for child in promised))
    for child in row.children:
        if child.kind != "commitment":
            yield from _headed(sections, child, child.text, level + 1)


def _lead(promised: list[Node]) -> str:
    """What stands above sentences of the plan; "" where they begin with it themselves."""
    if any(child.text.startswith("We ") for child in promised):
        return ""
    word = spoken().sentence
    return f"{WE_WILL}:" if word is None or word == USUAL[2] else f"{capital(word.plural)}:"
