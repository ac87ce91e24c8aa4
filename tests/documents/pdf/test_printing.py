"""Documents as PDF: the same bytes each time, refused in a sentence, and nothing that is typed breaks one."""

import re
from importlib.resources import files
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Furniture,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import PlaceReference, line
from spp_desktop.documents.numbering import numbered
from spp_desktop.documents.pdf import UnprintableDocument, pages, printing, rendered
from spp_desktop.documents.pdf.letters import printable, width_of
from spp_desktop.documents.pdf.widths import ACROSS, UPRIGHT, broken_to, column_widths, is_tall, shortened
from spp_desktop.documents.picture import Label, VectorPicture
from spp_desktop.documents.typeset.apart import BlockRefused
from spp_desktop.documents.typeset.process import BESIDE
from tests.documents.contrasts import contrast
from tests.documents.pdf.pdf_read import TaggedPdf
from tests.documents.pdf.sample import sample
from tests.documents.pdf.ua_rules import broken_rules

PLAN_SIGNS = "Tŷ £12.4m ≥ 4% \u2013 • “a” Ŵ"


def made_of(*blocks: DocumentBlock) -> bytes:
    return rendered(numbered(Document("Plan", "Force", blocks)))


def test_a_document_is_always_the_same_bytes() -> None:
    assert made_of(Paragraph(line("Cŵn a thŷ"))) == made_of(Paragraph(line("Cŵn a thŷ")))


def tagged(pdf: bytes) -> TaggedPdf:
    return TaggedPdf(PdfReader(BytesIO(pdf)))


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


def test_pages_are_pictures() -> None:
    assert [page[:4] for page in pages(sample(Paragraph(line("Words"))))] == [b"\x89PNG"] * 2
    assert len(pages(sample(Paragraph(line("Words")), cover=False), 50)) == 1


def test_what_cannot_be_printed_is_refused_by_its_name() -> None:
    figure = DocumentFigure(line("Crime by month"), VectorPicture("Nothing", 0, 0, ()), "An empty picture")
    leading = Paragraph(line("See ", PlaceReference("end")))
    with pytest.raises(UnprintableDocument, match="Figure 1, “Crime by month”, cannot be printed"):
        made_of(leading, figure, DocumentHeading(line("End"), key="end"))


def test_a_group_without_rows_is_printed() -> None:
    empty, full = TableGroup((), line("Nothing")), TableGroup(((line("1"), line("2")),), line("One"))
    for groups in ((empty, full), (full, empty), (empty,), ()):
        table = DocumentTable(line("Of groups"), (DocumentColumn(line("a")), DocumentColumn(line("b"))), groups)
        pdf = tagged(made_of(table))
        assert broken_rules(pdf) == {}
        assert len([each for each in pdf.elements if each.tag == "TR"]) == 1 + len(groups) + (full in groups)


@pytest.mark.parametrize(
    ("block", "named"),
    [
        (DocumentHeading(line("Ways")), "the heading “Ways”"),
        (Paragraph(line("it " * 40)), "the paragraph “" + "it " * 19 + "it…”"),
        (Bullets((line("Listen"),)), "the list “Listen”"),
        (Bullets(()), "the list “”"),
        (DocumentTable(line("Targets"), (DocumentColumn(line("a")),), ()), "Table 1, “Targets”,"),
        (Contents(), "the table of contents"),
        (None, "what stands beside the text"),
    ],
)
def test_what_is_refused_has_a_name(block: DocumentBlock | None, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_asked: object, _stoppable: object) -> list[bytes]:
        raise BlockRefused(BESIDE if block is None else 1, "it breaks")

    monkeypatch.setattr(printing, "files_apart", refuse)
    words = f"The PDF was not made: {named} cannot be printed (it breaks). Nothing was written."
    with pytest.raises(UnprintableDocument, match=re.escape(words)):
        made_of(Paragraph(line("Words")), *([block] if block else []))


def test_a_process_that_fails_or_is_ended_ends_nothing_else() -> None:
    with pytest.raises(UnprintableDocument, match="the document as a whole cannot be printed"):
        pages(sample(), stoppable=lambda end: end())


@given(st.text(max_size=12), st.text(max_size=12))
@example("\ufeff", "\u2028")
@example("0\xad", "co\xadop \xad\xad")
@settings(max_examples=8)
def test_any_text_is_printed(text: str, other: str) -> None:
    rows = ((line("Ref"), line(text)), (line(other), ()))
    table = DocumentTable(
        line("All", other), (DocumentColumn(line("a")), DocumentColumn(line("b"))), (TableGroup(rows),)
    )
    figure = DocumentFigure(line(text), VectorPicture("Any", 90, 20, (Label(1, 10, text),)), f"Says {other}")
    blocks = (DocumentHeading(line(text)), Paragraph(line(text)), Bullets((line(other),)), table, figure)
    made = Document(text, other, blocks, furniture=Furniture(text, other, text))
    pdf = tagged(rendered(numbered(made)))
    assert broken_rules(pdf) == {}
    read = [pdf.words_of(each) for each in pdf.elements if each.tag == "TD"]
    assert ["".join(each.split()) for each in read] == ["".join(printable(text).split()), ""]


def test_a_word_that_never_ends_leaves_room_for_the_others() -> None:
    row = (line("Ref"), *(line("n" * 900) for _ in range(5)))
    widths = column_widths(DocumentTable(line("c"), (DocumentColumn(line("a")),) * 6, (TableGroup((row,)),)))
    assert sum(widths) == pytest.approx(UPRIGHT)
    assert widths[0] >= width_of("Ref", 12)
    assert is_tall(row, widths)


@given(st.lists(st.tuples(st.floats(0, 9), st.integers(1, 40)), min_size=1, max_size=9), st.booleans())
def test_no_word_is_wider_than_its_column(columns: list[tuple[float, int]], across: bool) -> None:
    row = tuple(line("n" * letters) for _, letters in columns)
    table = DocumentTable(
        line("c"), tuple(DocumentColumn(line("a"), share) for share, _ in columns), (TableGroup((row,)),), across=across
    )
    widths, whole = column_widths(table), ACROSS if across else UPRIGHT
    assert sum(widths) == pytest.approx(whole)
    needed = [width_of("n" * letters, 12) + 10 for _, letters in columns]
    if sum(needed) < whole:
        assert all(width >= least - 0.001 for width, least in zip(widths, needed, strict=True))
        assert [
            broken_to("n" * letters, width, bold=False) for (_, letters), width in zip(columns, widths, strict=True)
        ] == ["n" * letters for _, letters in columns]
    printed = [
        max(broken_to("n" * letters, width, bold=False).split("\u200b"), key=len)
        for (_, letters), width in zip(columns, widths, strict=True)
    ]
    assert all(width_of(word, 12) + 10 <= max(width, 17) for word, width in zip(printed, widths, strict=True))


def test_the_head_of_a_page_is_one_line() -> None:
    assert shortened("Policing Plan", 100) == "Policing Plan"
    cut = shortened("The Strategic Policing Plan of a Force with a Long Name", 100)
    assert cut == "The Strategic Policin…"
    assert width_of(cut, 10) <= 100
    assert shortened("Plan", 1) == ""


def test_every_colour_of_letters_can_be_read_on_paper() -> None:
    template = (files("resources") / "documents" / "page.typ").read_text(encoding="utf-8")
    colours = dict(re.findall(r'#let (\w+) = rgb\("(#\w{6})"\)', template))
    assert set(colours) == {"ink", "quiet", "accent", "rule", "ground"}
    for name in ("ink", "quiet", "accent"):
        assert min(contrast(colours[name], paper) for paper in ("#ffffff", colours["ground"])) >= 4.5
