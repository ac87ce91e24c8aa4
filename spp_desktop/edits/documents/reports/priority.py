"""One priority: what it promises, how what serves it stands, what measures it and what threatens it."""

from collections.abc import Collection, Iterator
from functools import cached_property

from spp_desktop.documents.blocks import Bullets, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.notes import PlanNotes
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import shared_parts as shared
from spp_desktop.edits.documents.reports.keys import key_blocks
from spp_desktop.edits.documents.reports.report_plan import of_plan
from spp_desktop.edits.documents.reports.shared_parts import ConfinedPlan
from spp_desktop.edits.documents.reports.turned import carried
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.words import capital
from spp_desktop.store import queries, threads
from spp_desktop.store.plain import Node


class PriorityPlan(ConfinedPlan):
    """A plan as the report of a priority reads it."""

    @cached_property
    def node(self) -> Node | None:
        """The priority asked for with all that stands below it; the first, if none is named; ``None`` if none is."""
        tree = self.plan.read(queries.priority_tree)
        wanted = self.plan.asked.priority
        return next((node for node in tree if node.key == wanted or not wanted), None)

    @cached_property
    def keys(self) -> Collection[str]:
        """The keys of its own rows, of what serves or measures them, and of what threatens or concerns any of these."""
        if self.node is None:
            return frozenset()
        own = set(_below(self.node))
        own |= {row.key for row in self.every_activity if row.priority_key == self.node.key or own & set(row.serves)}
        own |= {step.key for key in list(own) for step in self.milestones.get(key, ())}
        own |= {key for key, row in self.rows.items() if own & set(row.serves)}
        kinds = sorted({register.linked_as for register in REGISTERS if register.links})
        links = self.plan.read(threads.links_between, kinds)
        return frozenset(own | {key for _, _, key, other in links if other in own})


def _below(node: Node) -> Iterator[str]:
    yield node.key
    for child in node.children:
        yield from _below(child)


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    node = plan.reading(PriorityPlan).node
    return (capital(Priority.word.singular) if node is None else node.text), plan.plan.title


def _inside(plan: DocumentPlan) -> Collection[str]:
    return plan.reading(PriorityPlan).keys


def _promise(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    node = plan.reading(PriorityPlan).node
    if node is None:
        yield Paragraph(line(f"The plan has no {Priority.word.plural} yet."))
        return
    if node.narrative or node.children:
        yield DocumentHeading(line("What it promises"))
        yield from _told(plan.reading(PlanNotes), node, 2)


def _told(notes: PlanNotes, node: Node, level: int) -> Iterator[DocumentBlock]:
    """The narrative of a row of the plan's levels, its sentences, and the rows below it."""
    yield from notes.blocks(node.key, node.narrative)
    sentences = [child for child in node.children if child.kind == "commitment"]
    if sentences:
        yield Bullets(tuple(notes.words(child.key, child.text) for child in sentences))
    for child in node.children:
        if child.kind != "commitment":
            yield DocumentHeading((*line(child.text), *notes.marks(child.key, besides=child.narrative)), level)
            yield from _told(notes, child, level + 1)


def _summary(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(PriorityPlan)
    every = reading.own_activities
    if reading.node is None or not (every or reading.own_indicators):
        return
    yield DocumentHeading(line("Summary"))
    needing = sum(each.in_need(reading.stands_on) for each in every)
    red = sum(each.judgement.state == "red" for each in reading.own_indicators)
    amber = sum(each.judgement.state == "amber" for each in reading.own_indicators)
    parts = []
    if every:
        parts.append(f"{needing:,} of {Activity.word.counted(len(every))} of the year that serve it need attention.")
    if reading.own_indicators:
        parts.append(f"Of {len(reading.own_indicators):,} indicators {red:,} are red and {amber:,} amber.")
    yield Paragraph(line(" ".join(parts)), lead=True)


def _activities(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(PriorityPlan)
    if reading.node is not None:
        yield from shared.activities(reading)


PRIORITY = DocumentKind(
    "priority",
    "One priority",
    "What a priority promises, how the activities that serve it stand, what measures it and what threatens it.",
    _heading,
    (
        DocumentPart("summary", "Summary", _summary),
        DocumentPart("promise", "What it promises", _promise),
        DocumentPart("indicators", "Indicators", of_plan(PriorityPlan, shared.indicators_told)),
        DocumentPart("overdue", "Overdue", of_plan(PriorityPlan, shared.overdue)),
        DocumentPart("due", "Due next", of_plan(PriorityPlan, shared.due_next)),
        DocumentPart("activities", "Activities", _activities),
        DocumentPart("carried", "Carried forward", of_plan(PriorityPlan, carried)),
        DocumentPart("moved", "What moved", of_plan(PriorityPlan, shared.moved)),
        DocumentPart("registers", "Risks and other registers", of_plan(PriorityPlan, shared.registers)),
        DocumentPart("key", "Key", of_plan(PriorityPlan, key_blocks)),
    ),
    asks=("priority",),
    lacking=of_plan(PriorityPlan, shared.lacking),
    inside=_inside,
)
"""One priority."""
