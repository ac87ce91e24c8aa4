"""The table of contents of the plan's document."""

from collections.abc import Iterator

from spp_desktop.documents.blocks import Bullets, Contents, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.plan.appendices import empty
from spp_desktop.edits.documents.plan.sections import PlanSections
from spp_desktop.edits.documents.plan_read import DocumentPlan

CONTENTS = "Contents"
ELSEWHERE = "Appendices of the plan that are not in this document:"


def contents(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The contents, worked out from the headings, under the plan's own heading; its own list of them is not printed.

    Appendices that the plan names and that hold nothing are listed below.
    """
    rows = plan.reading(PlanSections).by_part.get("contents", [])
    yield DocumentHeading(line(rows[0].title if rows else CONTENTS), key="contents", in_contents=False, new_page=True)
    yield Contents()
    left = empty(plan)
    if left:
        yield Paragraph(line(ELSEWHERE))
        yield Bullets(tuple(line(title) for title in left))
