"""Pages that stand and pages that lie across, by turns."""

from spp_desktop.documents.blocks import DocumentBlock, DocumentColumn, DocumentHeading, DocumentTable, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.documents.page_runs import page_runs

H, P = DocumentHeading(line("Delivery plan")), Paragraph(line("What is done, by when."))
WIDE = DocumentTable(line("Delivery plan"), (DocumentColumn(line("Activity")),), (), across=True)
NARROW = DocumentTable(line("Posts"), (DocumentColumn(line("Post")),), ())


def runs(*blocks: DocumentBlock) -> list[tuple[bool, int]]:
    return [(run.across, len(run.blocks)) for run in page_runs(blocks)]


def test_what_leads_to_a_wide_table_lies_across_with_it() -> None:
    assert runs(P, H, H, P, P, WIDE, P) == [(False, 1), (True, 5), (False, 1)]


def test_a_wide_table_far_from_its_heading_lies_across_alone() -> None:
    assert runs(H, P, P, P, P, WIDE) == [(False, 5), (True, 1)]
    assert runs(H, NARROW, P, WIDE, WIDE) == [(False, 3), (True, 2)]
    assert runs() == []
