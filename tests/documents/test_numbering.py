"""Numbers of headings, tables and notes, worked out once for all renderers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from spp_desktop.documents.inline import NoteMark, PlaceReference, line, plain_words, strong
from spp_desktop.documents.numbering import BrokenDocument, lines_of, numbered


def document(*blocks: DocumentBlock, notes: tuple[str, ...] = ()) -> Document:
    return Document("Plan", "Force", blocks, notes={key: line(f"What {key} says") for key in notes})


def table(key: str, *cells: str) -> DocumentTable:
    return DocumentTable(
        line("Targets"), (DocumentColumn(line("Indicator")),), (TableGroup(tuple((line(c),) for c in cells)),), key
    )


def test_headings_are_counted_among_their_level() -> None:
    levels = (1, 2, 2, 1, 2, 3)
    made = numbered(document(*(DocumentHeading(line("H"), level, numbered=True) for level in levels)))
    assert [entry.number for entry in made.contents] == ["1", "1.1", "1.2", "2", "2.1", "2.1.1"]
    assert [entry.level for entry in made.entries(Contents(levels=2))] == [1, 2, 2, 1, 2]


def test_no_level_is_left_out_on_the_way_down() -> None:
    made = numbered(document(*(DocumentHeading(line("H"), level, numbered=True) for level in (2, 3, 1, 3))))
    assert [(entry.level, entry.number) for entry in made.contents] == [(1, "1"), (2, "1.1"), (1, "2"), (2, "2.1")]


def test_references_are_words_wherever_they_stand() -> None:
    made = numbered(
        document(
            DocumentHeading(line("Ways"), numbered=True, key="ways"),
            Paragraph(line("See ", PlaceReference("aims"), " in ", PlaceReference("ways"), ".")),
            table("aims"),
        )
    )
    assert "See Table 1 in section 1." in [plain_words(text) for text in lines_of(made.document)]


@given(st.lists(st.sampled_from("abc"), max_size=8))
def test_a_note_has_one_number_in_printed_order(marks: list[str]) -> None:
    made = numbered(document(*(Paragraph(line("x", NoteMark(mark))) for mark in marks), notes=("a", "b", "c")))
    first = list(dict.fromkeys(marks))
    assert [note.key for note in made.notes] == first
    assert [note.number for note in made.notes] == list(range(1, len(first) + 1))
    assert [note.marks for note in made.notes] == [marks.count(key) for key in first]


def test_a_note_in_a_note_is_words() -> None:
    notes = {
        "a": line("See ", NoteMark("b"), " ", NoteMark("a"), " ", NoteMark("c")),
        "b": line("The rules"),
        "c": line("Elsewhere", NoteMark("a")),
    }
    text = Paragraph(line("x", NoteMark("a"), NoteMark("b")))
    made = numbered(Document("Plan", "Force", (text,), notes=notes))
    assert [(note.number, plain_words(note.text)) for note in made.notes] == [
        (1, "See [2] [1] (Elsewhere)"),
        (2, "The rules"),
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph(line(NoteMark("nowhere"))),),
        (Paragraph(line(PlaceReference("nowhere"))),),
        (table("twice"), table("twice")),
    ],
)
def test_what_leads_nowhere_is_no_document(blocks: tuple[DocumentBlock, ...]) -> None:
    with pytest.raises(BrokenDocument):
        numbered(document(*blocks))


def test_bold_words_are_words() -> None:
    assert plain_words((*strong("We will"), *line(" listen"))) == "We will listen"
