"""A document made of a plan: its parts put together, with its cover and what stands on each page."""

from collections.abc import Callable, Collection, Iterator, Sequence

from spp_desktop.documents.blocks import Document, DocumentBlock, Furniture
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.edits.documents.states_read import plan_read
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import markings
from spp_desktop.store.markings import MarkingTooLow
from spp_desktop.store.overview.reader import PlanReader

PartTold = Callable[[str, int, int], None]
"""Is told what is made next, its place from 0, and how many there are; it may raise to stop."""


def untold(_title: str, _place: int, _count: int) -> None:
    """Nobody is told."""


def made(reader: PlanReader, kind: DocumentKind, asked: DocumentAsk, tell: PartTold = untold) -> NumberedDocument:
    """A document of a plan, with its numbers.

    Args:
        reader: reads the plan.
        kind: which document.
        asked: what is asked of it.
        tell: is told of each part before it is made.

    Raises:
        MarkingTooLow: if something inside is marked higher than it may be; RuleBroken: if the plan itself is;
        NoSuchMoment, PlanRefused: if a state that it is of is not there, or cannot be read.
    """
    left: list[str] = []
    while True:
        with plan_read(reader, kind, asked, left) as plan:
            high = _too_high(plan, kind.inside(plan))
            if plan.earlier is not None:
                high += _too_high(plan.earlier, None)
            if not high:
                document = _document(plan, kind, tell)
                high = _too_high(plan, plan.notes)  # which notes are marked in it is known once it is made
                if not high:
                    return numbered(document)
        left += high


def _too_high(plan: DocumentPlan, keys: Collection[str] | None) -> list[str]:
    """The keys of those of these rows (``None``: of all) that are marked higher than the document may be.

    Raises:
        MarkingTooLow: if there are any, and they are not to be left out.
    """
    level = plan.asked.at_most
    if not level:
        return []
    known = plan.read(markings.markings)
    known.demand_plan_no_higher(level)
    high = known.higher_than(level, known.ranks if keys is None else keys)
    if high and not plan.asked.leave_out:
        raise MarkingTooLow(level, high, plan.read(markings.named, high))
    return [row.key for row in high]


def _document(plan: DocumentPlan, kind: DocumentKind, tell: PartTold) -> Document:
    asked = plan.asked
    title, subtitle = kind.heading(plan)
    blocks = tuple(_blocks(plan, _parts(kind, asked.parts or kind.in_order(plan)), tell))
    inside = kind.inside(plan)
    known = plan.read(markings.markings)
    marking = known.highest(None if inside is None else {*inside, *plan.notes})
    if plan.earlier is not None:
        marking = max(marking, plan.earlier.read(markings.markings).highest(), key=known.rank)
    return Document(
        title=title,
        subtitle=subtitle,
        author=plan.plan.force,
        facts=tuple(_facts(plan, kind)),
        furniture=Furniture(marking, head=title, foot=_foot(plan, kind)),
        blocks=blocks,
        notes=plan.notes,
        illustrative=plan.plan.illustrative,
        cover=kind.cover,
    )


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
    if kind.one_page:
        return
    yield "Data to", short_day(kind.data_to(plan))
    yield "Printed", short_day(plan.asked.printed)
