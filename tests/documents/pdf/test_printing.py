"""Documents as PDF: the same bytes each time, refused in a sentence, and nothing that is typed breaks one."""

import pytest

from spp_desktop.documents.blocks import Document, DocumentBlock, DocumentFigure, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.documents.numbering import numbered
from spp_desktop.documents.pdf import UnprintableDocument, rendered
from spp_desktop.documents.pdf.letters import printable
from spp_desktop.documents.picture import VectorPicture

PLAN_SIGNS = "Tŷ £12.4m ≥ 4% \u2013 • “a” Ŵ"


def made_of(*blocks: DocumentBlock) -> bytes:
    return rendered(numbered(Document("Plan", "Force", blocks)))


def test_a_document_is_always_the_same_bytes() -> None:
    assert made_of(Paragraph(line("Cŵn a thŷ"))) == made_of(Paragraph(line("Cŵn a thŷ")))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("office #first *x* $y$", "office #first *x* $y$"),
        (PLAN_SIGNS, PLAN_SIGNS),
        ("w\u0302", "ŵ"),
        ("a\ud800\x00\x07\u202eb\tc\r\nd", "ab c\nd"),
        ("\U0001f600 中", "[grinning face] [cjk unified ideograph-4e2d]"),
    ],
)
def test_what_the_letters_lack_is_named_or_left_out(typed: str, printed: str) -> None:
    assert printable(typed) == printed
    assert made_of(Paragraph(line(typed))).startswith(b"%PDF-1.7")


def test_what_cannot_be_printed_is_refused_by_its_name() -> None:
    figure = DocumentFigure(line("Crime by month"), VectorPicture("Nothing", 0, 0, ()), "An empty picture")
    with pytest.raises(UnprintableDocument, match="Figure 1, “Crime by month”, cannot be printed"):
        made_of(Paragraph(line("Words")), figure)
