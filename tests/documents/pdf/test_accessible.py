"""The PDF is held against rules of PDF/UA-1, and each rule is shown to find a file that breaks it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import page
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, NameObject, StreamObject, TextStringObject

from spp_desktop.documents.blocks import Bullets, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.documents.pdf import rendered
from tests.documents.pdf.pdf_read import Element, TaggedPdf
from tests.documents.pdf.reading import read_from, said_by
from tests.documents.pdf.sample import MARKING, activities, sample
from tests.documents.pdf.ua_rules import RULES, broken_rules


@pytest.fixture(scope="module")
def made() -> bytes:
    return rendered(sample())


@pytest.fixture(scope="module")
def pdf(made: bytes) -> TaggedPdf:
    return TaggedPdf(PdfReader(BytesIO(made)))


def test_the_document_breaks_no_rule(pdf: TaggedPdf) -> None:
    assert broken_rules(pdf) == {}
    assert broken_rules(TaggedPdf(PdfWriter(clone_from=pdf.file))) == {}  # as those are that are broken below


def test_an_independent_checker_finds_nothing(made: bytes) -> None:
    """It knows 104 of the 106 rules that veraPDF has of PDF/UA-1."""
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []
    assert not page.is_pdf_compliant_bytes(
        made.replace(b"/DisplayDocTitle true", b"/DisplayDocTitle null"), profile="ua1"
    )


def first(pdf: TaggedPdf, *tags: str) -> Element:
    return next(each for each in pdf.elements if each.tag in tags)


def _retag(tag: str, as_tag: str) -> Callable[[TaggedPdf], object]:
    return lambda pdf: first(pdf, tag).entries.update({NameObject("/S"): NameObject(f"/{as_tag}")})


def _without(tag: str, name: str) -> Callable[[TaggedPdf], object]:
    return lambda pdf: first(pdf, tag).entries.pop(name)


def _metadata_without(words: bytes) -> Callable[[TaggedPdf], object]:
    def broken(pdf: TaggedPdf) -> None:
        stream = pdf.root["/Metadata"].get_object()
        stream.set_data(stream.get_data().replace(words, b""))

    return broken


def _drawn_with(further: bytes) -> Callable[[TaggedPdf], object]:
    """The first page draws something more."""

    def broken(pdf: TaggedPdf) -> None:
        content = StreamObject()
        content.set_data(pdf.pages[0].get_contents().get_data() + further)
        pdf.pages[0][NameObject("/Contents")] = pdf.file._add_object(content)

    return broken


def _of_font(name: str) -> Callable[[TaggedPdf], object]:
    def broken(pdf: TaggedPdf) -> None:
        font = pdf.fonts[0]
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        (font if name in font else described).pop(name)

    return broken


def _twice_in_the_tree(pdf: TaggedPdf) -> None:
    kids = first(pdf, "H1").entries["/K"]
    kids.append(kids[0])


def _lost_from_the_tree(pdf: TaggedPdf) -> None:
    first(pdf, "H1").entries.pop("/K")


def _another_parent(pdf: TaggedPdf) -> None:
    numbers = pdf.root["/StructTreeRoot"].get_object()["/ParentTree"].get_object()["/Nums"].get_object()
    parents = numbers[1].get_object()
    parents[0], parents[1] = parents[1], parents[0]


def _headers_of_nobody(pdf: TaggedPdf) -> None:
    cell = first(pdf, "TD")
    cell.entries["/A"][0].get_object()[NameObject("/Headers")] = ArrayObject([TextStringObject("U9x9y9")])


def _headers_of_rows_alone(pdf: TaggedPdf) -> None:
    headers = first(pdf, "TD").entries["/A"][0].get_object()["/Headers"]
    del headers[0]


BREAKS: dict[str, list[Callable[[TaggedPdf], object]]] = {
    "says_what_it_is": [_metadata_without(b"<pdfuaid:part>1</pdfuaid:part>")],
    "has_a_title": [
        _metadata_without(b"Policing Plan"),
        lambda pdf: pdf.root["/ViewerPreferences"].update({NameObject("/DisplayDocTitle"): BooleanObject(False)}),
    ],
    "has_a_language": [lambda pdf: pdf.root.pop("/Lang")],
    "is_marked": [
        lambda pdf: pdf.root.pop("/MarkInfo"),
        lambda pdf: pdf.root.pop("/StructTreeRoot"),
        _retag("P", "Paragraph"),
    ],
    "tags_all_content": [
        _drawn_with(b" 0 0 10 10 re f"),
        _drawn_with(b" /Artifact BMC /P <</MCID 99>> BDC 0 0 10 10 re f EMC EMC"),
    ],
    "has_a_whole_tree": [_twice_in_the_tree, _lost_from_the_tree, _another_parent],
    "nests_headings": [_retag("H2", "H3"), _retag("H1", "P")],
    "has_bookmarks": [lambda pdf: pdf.root["/Outlines"].get_object().pop("/First")],
    "describes_figures": [_without("Figure", "/Alt")],
    "builds_tables": [
        _retag("TD", "P"),
        _headers_of_nobody,
        _headers_of_rows_alone,
        lambda pdf: first(pdf, "TR").children[0].entries["/A"][0].get_object().pop("/Scope"),
        lambda pdf: [each for each in pdf.elements if each.tag == "TR"][2].entries["/K"].pop(),
        lambda pdf: first(pdf, "Table").entries["/K"].pop(0),
        lambda pdf: next(e for e in pdf.elements if e.attribute("/Scope") == "/Row").entries.update(
            {NameObject("/S"): NameObject("/TD")}
        ),
    ],
    "repeats_no_name": [lambda pdf: first(pdf, "TH").entries.update({NameObject("/ID"): TextStringObject("U1x1y0")})],
    "builds_lists": [_retag("L", "P"), _retag("LBody", "P")],
    "describes_links": [
        lambda pdf: next(p for p in pdf.pages if "/Annots" in p)["/Annots"][0].get_object().pop("/Contents"),
        _retag("Link", "Span"),
        lambda pdf: next(p for p in pdf.pages if "/Annots" in p)["/Annots"][0].get_object().update(
            {NameObject("/Subtype"): NameObject("/Text")}
        ),
    ],
    "goes_by_the_tree": [lambda pdf: pdf.pages[0].pop("/Tabs")],
    "embeds_fonts": [_of_font("/FontFile2")],
    "names_letters": [_of_font("/ToUnicode")],
}  # fmt: skip


def test_each_rule_has_a_file_that_breaks_it() -> None:
    assert list(BREAKS) == [rule.__name__ for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_what_breaks_it(made: bytes, rule: Callable[..., Any]) -> None:
    for breaks in BREAKS[rule.__name__]:
        changed = PdfWriter(clone_from=PdfReader(BytesIO(made)))
        breaks(TaggedPdf(changed))
        assert list(rule(TaggedPdf(changed)))


def test_what_is_read_is_what_the_document_says_in_its_order(pdf: TaggedPdf) -> None:
    assert read_from(pdf) == said_by(sample())


def test_each_page_is_marked_at_head_and_foot_and_numbered(pdf: TaggedPdf) -> None:
    count = len(pdf.pages)
    for n in range(count):
        beside = "".join(each.words for each in pdf.drawn if each.page == n and each.artifact)
        assert beside.count(MARKING) == 2
        assert (f"Page {n + 1} of {count}" in beside) is (n > 0)
    assert pdf.file.metadata
    assert pdf.file.metadata["/Keywords"] == MARKING


def test_a_table_that_lies_across_has_its_heading_on_its_page(pdf: TaggedPdf) -> None:
    lying = [n for n, page in enumerate(pdf.pages) if page.mediabox.width > page.mediabox.height]
    on_them = "".join(words for (n, _), words in pdf.words_at.items() if n in lying)
    assert on_them.startswith("1.1 AcrossWhat is wide.Table 2: Activities")


def test_no_page_is_empty_and_what_leads_to_a_list_or_table_stands_with_it() -> None:
    filling = Paragraph(line("x\n" * 38))
    parts = (
        *(DocumentHeading(line("A"), new_page=True), activities("a", 2, across=True)),
        *(DocumentHeading(line("B"), new_page=True), activities("b", 2, across=True)),
        *(DocumentHeading(line("C"), new_page=True), filling, Paragraph(line("We will:")), Bullets((line("Listen"),))),
        *(DocumentHeading(line("D"), new_page=True), filling, Paragraph(line("Of these:")), activities("d", 1)),
    )
    pdf = TaggedPdf(PdfReader(BytesIO(rendered(sample(*parts, cover=False)))))
    pages = ["".join(words for (n, _), words in pdf.words_at.items() if n == page) for page in range(len(pdf.pages))]
    assert all(pages)
    begun = [page[:9] for page in pages]
    assert begun[1:] == ["ATable 1:", "BTable 2:", "Cxxxxxxxx", "We will:•", "Dxxxxxxxx", "Of these:"]


def test_no_row_of_a_long_table_is_lost_or_doubled_at_the_end_of_a_page() -> None:
    pdf = TaggedPdf(PdfReader(BytesIO(rendered(sample(activities("all", 60), cover=False)))))
    assert broken_rules(pdf) == {}
    assert len(pdf.pages) > 5
    rows = [pdf.words_of(row.children[0]) for row in pdf.elements if row.tag == "TR"]
    refs = [[f"{group}.{n:03}" for n in range(1, 61)] for group in (1, 2)]
    assert rows == ["Ref", "Priority 1: Safety", *refs[0], "Priority 2: Safety", *refs[1]]
    with_rows = sorted({page for cell in pdf.elements if cell.tag == "TD" for page, _ in cell.marked})
    assert [each.page for each in pdf.drawn if each.artifact and each.words == "Ref"] == with_rows[1:]


def test_only_the_letters_of_the_program_are_used(pdf: TaggedPdf) -> None:
    names = {str(font["/BaseFont"]).partition("+")[2] for font in pdf.fonts}
    assert names == {"SourceSans3-Regular", "SourceSans3-SemiBold"}
