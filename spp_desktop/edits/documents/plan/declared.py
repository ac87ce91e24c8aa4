"""The strategic policing plan: its parts, as its table of contents lists them."""

from collections.abc import Iterator

from spp_desktop.edits.documents.before_printing import before_printing, sentences
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan.appendices import appendices, beside
from spp_desktop.edits.documents.plan.consultation import LAW, consultation, law
from spp_desktop.edits.documents.plan.contents import contents
from spp_desktop.edits.documents.plan.delivery import delivery
from spp_desktop.edits.documents.plan.national import national_priorities
from spp_desktop.edits.documents.plan.performance import performance
from spp_desktop.edits.documents.plan.priorities import priorities
from spp_desktop.edits.documents.plan.sections import PlanSections, front, narrative
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import restated_parts
from spp_desktop.edits.documents.reports.turned import from_to_tables
from spp_desktop.plan.posts import Body
from spp_desktop.store import queries


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    """The plan's title, and the bodies whose plan it is."""
    bodies = (row.title for row in plan.read(queries.register, Body) if row.kind != "partner")
    return plan.plan.title, ", ".join(bodies)


def _lacking(plan: DocumentPlan) -> Iterator[str]:
    return iter(sentences(before_printing(plan)))


def _in_order(plan: DocumentPlan) -> list[str]:
    return plan.reading(PlanSections).in_order([part.name for part in PLAN.parts])


PLAN = DocumentKind(
    name="plan",
    title="The strategic policing plan",
    about="The whole plan as it is published: its sections, priorities, delivery plan, performance plan, appendices.",
    heading=_heading,
    parts=(
        DocumentPart("front", "What stands before the sections", front),
        DocumentPart("contents", "Table of contents", contents),
        DocumentPart("sections", "Narrative sections", narrative),
        DocumentPart("priorities", "Priorities", priorities),
        DocumentPart("delivery", "Delivery plan", delivery),
        DocumentPart("performance", "Performance plan", performance),
        DocumentPart("appendices", "Appendices", appendices),
        DocumentPart("consultation", "Consultation: who was asked, what they said, what was done", consultation),
        DocumentPart("national", "National priorities and agreements", national_priorities),
        DocumentPart("law", LAW, law),
        DocumentPart("registers", "Registers beside the appendices: risks, budget, decisions", beside),
        DocumentPart("restatements", restated_parts.TITLE, restated_parts.restatements),
        DocumentPart("from-to", "From-to table: what became of what was planned before", from_to_tables),
    ),
    cover=True,
    lacking=_lacking,
    in_order=_in_order,
)
