"""Every document of the worked sample as PDF: it breaks no rule, and is read as the document says."""

from datetime import date
from io import BytesIO
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from spp_desktop.documents.pdf import rendered
from spp_desktop.edits.documents.every import DOCUMENTS
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.store.workspace import Workspace
from tests.depth import NIGHTLY
from tests.documents.pdf.pdf_read import TaggedPdf
from tests.documents.pdf.reading import read_from, said_by
from tests.documents.pdf.ua_rules import broken_rules

BY_DAY = {"plan", "priority"}
"""The documents that are looked at in each run; the others by night."""


@pytest.mark.parametrize(
    "kind", [kind for kind in DOCUMENTS if NIGHTLY or kind.name in BY_DAY], ids=lambda kind: kind.name
)
def test_a_document_is_accessible_as_pdf(worked: Path, kind: DocumentKind) -> None:
    with Workspace.open(worked, read_only=True) as plan:
        document = made(plan, kind, DocumentAsk(date(2008, 10, 31)))
    written = rendered(document)
    pdf = TaggedPdf(PdfReader(BytesIO(written)))
    assert broken_rules(pdf) == {}
    assert [failure.message for failure in page.validate_pdf_bytes(written, profile="ua1").failures] == []
    assert read_from(pdf) == said_by(document)
