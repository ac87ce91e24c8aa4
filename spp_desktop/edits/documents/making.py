"""A document made of a plan: its parts put together, with its cover and what stands on each page."""

from collections.abc import Callable, Iterator, Sequence

from spp_desktop.documents.blocks import Document, DocumentBlock, Furniture
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.overview.reader import PlanReader

PartTold = Callable[[str, int, int], None]
"""Is told what is made next, its place from 0, and how many there are; it may raise to stop."""


def _untold(_title: str, _place: int, _count: int) -> None:
    pass


def made(reader: PlanReader, kind: DocumentKind, asked: DocumentAsk, tell: PartTold = _untold) -> NumberedDocument:
    """A document of a plan, with its numbers.

    Args:
        reader: reads the plan.
        kind: which document.
        asked: what is asked of it.
        tell: is told of each part before it is made.
    """
    plan = DocumentPlan(reader, asked)
    title, subtitle = kind.heading(plan)
    blocks = tuple(_blocks(plan, _parts(kind, asked.parts), tell))
    document = Document(
        title=title,
        subtitle=subtitle,
        author=plan.plan.force,
        facts=tuple(_facts(plan, kind)),
        furniture=Furniture(head=title, foot=_foot(plan, kind)),
        blocks=blocks,
        notes=plan.notes,
        illustrative=plan.plan.illustrative,
        cover=kind.cover,
    )
    return numbered(document)


def _parts(kind: DocumentKind, names: Sequence[str]) -> list[DocumentPart]:
    """The parts that are wanted, in the order in which they are wanted."""
    wanted = [kind.part_named(name) for name in names] if names else kind.parts
    return [part for part in wanted if part is not None]


def _blocks(plan: DocumentPlan, parts: Sequence[DocumentPart], tell: PartTold) -> Iterator[DocumentBlock]:
    for place, part in enumerate(parts):
        tell(part.title, place, len(parts))
        yield from part.blocks(plan)


def lacking(reader: PlanReader, kind: DocumentKind, asked: DocumentAsk) -> list[str]:
    """What readers of a document will miss, in sentences, to be listed before it is printed."""
    return list(kind.lacking(DocumentPlan(reader, asked)))


def _foot(plan: DocumentPlan, kind: DocumentKind) -> str:
    """What stands at the foot of each page: of when it is, and which edition."""
    edition = f"{plan.asked.edition}. " if plan.asked.edition else ""
    return f"{edition}Data to {short_day(kind.data_to(plan))}. Printed {short_day(plan.asked.printed)}."


def _facts(plan: DocumentPlan, kind: DocumentKind) -> Iterator[tuple[str, str]]:
    yield from kind.facts(plan)
    if plan.asked.edition:
        yield "Edition", plan.asked.edition
    if plan.asked.seen_by:
        yield "Seen by", plan.asked.seen_by
    yield "Data to", short_day(kind.data_to(plan))
    yield "Printed", short_day(plan.asked.printed)
