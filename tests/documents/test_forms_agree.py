"""A web page and a Word document of one document hold the same headings, tables, captions, notes and marks."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.documents import html, word
from spp_desktop.documents.blocks import (
    Contents,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import Badge, Line, NoteMark, PrintedWords, line
from spp_desktop.documents.numbering import numbered
from tests.documents.seen_docx import seen, shown_headings
from tests.documents.seen_html import seen_in

WORDS = st.text("aŵ7£,.%- &<", min_size=1, max_size=8).map(str.strip).filter(bool)
PARTS = st.one_of(
    WORDS.map(PrintedWords), st.builds(NoteMark, st.sampled_from("ab")), st.builds(Badge, WORDS, st.just("red"))
)
LINES = st.builds(lambda first, rest: line(first, *rest), WORDS, st.lists(PARTS, max_size=2))


@st.composite
def tables(draw: st.DrawFn) -> DocumentTable:
    columns = draw(st.lists(st.builds(DocumentColumn, LINES), min_size=1, max_size=3))
    rows = st.lists(st.tuples(*[LINES] * len(columns)), min_size=1, max_size=2).map(tuple)
    titles = st.one_of(st.just(()), LINES)
    groups = draw(st.lists(st.builds(TableGroup, rows, titles), max_size=2))
    return DocumentTable(draw(LINES), tuple(columns), tuple(groups), across=draw(st.booleans()))


HEADINGS = st.builds(DocumentHeading, LINES, st.integers(1, 3), numbered=st.booleans())
LETTERED = st.builds(DocumentHeading, LINES, st.just(1), printed_number=st.sampled_from(["A", "B", "D", "3b"]))
BLOCKS = st.lists(st.one_of(HEADINGS, LETTERED, tables(), st.builds(Paragraph, LINES), st.just(Contents())), max_size=7)


@settings(max_examples=15, deadline=None)
@given(BLOCKS, LINES)
def test_both_hold_the_same(blocks: list[DocumentBlock], note: Line) -> None:
    words = tuple(part for part in note if not isinstance(part, NoteMark))
    document = numbered(Document("Plan", "Force", tuple(blocks), notes={"a": words, "b": line("b")}))
    page, docx = seen_in(html.rendered(document)), seen(word.rendered(document))
    notes = ["Notes"] if document.notes else []
    headings = [f"{number} {text}".strip() for _, number, text in shown_headings(docx)]
    assert [*map(_spaced, headings), *notes] == [text for _, text in page.headings[1:]]
    assert [level + 1 for level, _, _ in shown_headings(docx)] == [
        level for level, _ in page.headings[1 : len(headings) + 1]
    ]
    captions = [_spaced(text) for style, text in docx.paragraphs if style == "Caption"]
    assert captions == [table.caption for table in page.tables]
    assert [[*map(_spaced, table.head[0])] for table in docx.tables] == [list(table.headings) for table in page.tables]
    rows = [[tuple(map(_spaced, row)) for row in table.rows] for table in docx.tables]
    assert rows == [
        [row for title, inside in table.groups for row in (*([(title,)] if title else ()), *inside)]
        for table in page.tables
    ]
    assert docx.note_marks == page.marks
    assert [_spaced(text) for text in docx.notes.values()] == [re.sub(r"^\d+\. ", "", text) for text in page.notes]


def _spaced(text: str) -> str:
    return " ".join(text.split())
