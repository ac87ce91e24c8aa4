"""Two states of a document as one: with its changes made it is the second, without them the first, in Word too."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from spp_desktop.documents import html, word
from spp_desktop.documents.blocks import (
    Bullets,
    Document,
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.excerpt import LEFT_OUT, excerpt
from spp_desktop.documents.inline import (
    ChangedWords,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    WebLink,
    after_changes,
    before_changes,
    line,
    plain_words,
)
from spp_desktop.documents.marking_up import ChangeSigned, marked_up
from spp_desktop.documents.numbering import lines_of, lines_of_block, numbered
from tests.documents.every_block import every_block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNED = ChangeSigned("Amy <Smith>", "2008-09-20T13:00:00")

WORDS = st.lists(
    st.sampled_from(["we", "will", "patrol", "each", "street", "30", "May.", "£2m"]), min_size=1, max_size=9
)
TEXTS = WORDS.map(" ".join)
LINES = st.builds(
    lambda text, bold, rest: line(text, *([PrintedWords(f" {bold}", strong=True)] if bold else ()), *rest),
    TEXTS,
    st.sampled_from(["", "at once"]),
    st.lists(st.sampled_from([NoteMark("a"), NoteMark("b"), WebLink("see", "https://example.org/a")]), max_size=1),
)


@st.composite
def tables(draw: st.DrawFn) -> DocumentTable:
    rows = draw(st.dictionaries(st.sampled_from("pqrs"), st.tuples(LINES, st.one_of(st.just(()), LINES)), max_size=3))
    group = TableGroup(tuple(rows.values()), draw(st.one_of(st.just(()), LINES)), tuple(rows))
    columns = DocumentColumn(line("Activity"), 3), DocumentColumn(line("Due"))
    return DocumentTable(draw(LINES), columns, (group,))


BULLETS = st.lists(LINES, min_size=1, max_size=3).map(lambda items: Bullets(tuple(items)))
BETWEEN = st.lists(st.one_of(st.builds(Paragraph, LINES), BULLETS), max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks: list[DocumentBlock] = []
    for key in draw(st.lists(st.sampled_from("xyz"), unique=True, max_size=2)):
        blocks += [DocumentHeading(draw(LINES), key=key), *draw(BETWEEN)]
        blocks += [replace(table, key=f"table {key}") for table in draw(st.lists(tables(), max_size=1))]
    notes = {"a": line("Subject to funding."), "b": line("As counted in May.")}
    return Document("Plan", "Force", tuple(blocks), notes=notes)


def made(before: Document, after: Document) -> Document:
    return marked_up(numbered(before), numbered(after), lambda _row, _before, _after: SIGNED)


def words(document: Document, kept: Callable[[Line], Line]) -> list[str]:
    return [text for text in (plain_words(kept(each)) for each in lines_of(document)) if text]


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
@given(documents(), documents())
def test_word_gives_the_new_text_where_all_is_accepted_and_the_old_where_all_is_rejected(
    before: Document, after: Document
) -> None:
    marked = made(before, after)
    assert words(marked, after_changes) == words(after, tuple)
    assert words(marked, before_changes) == words(before, tuple)
    written = word.rendered(numbered(marked))
    for state, accepted in ((after, True), (before, False)):
        left = done(written, accepted=accepted)
        assert shown(left) == shown(parsed(word.rendered(numbered(state))))
        assert notes_of(written, left) == {plain_words(note.text) for note in numbered(state).notes}


def test_each_change_is_numbered_once_and_says_who_and_when() -> None:
    before = Document("Plan", "Force", (Paragraph(line("We patrol each street in May.")), Paragraph(line("Gone now."))))
    after = Document("Plan", "Force", (Paragraph(line("We patrol each street in June.")),))
    changes = [each for each in parsed(word.rendered(numbered(made(before, after)))).iter() if each.tag in CHANGES]
    assert len({each.get(f"{W}id") for each in changes}) == len(changes) == 4
    assert {each.get(f"{W}author") for each in changes} == {"Amy <Smith>"}
    assert {each.get(f"{W}date") for each in changes} == {"2008-09-20T13:00:00Z"}


def test_a_row_is_known_by_its_key_and_a_column_that_comes_is_marked() -> None:
    columns = DocumentColumn(line("Activity"), 3), DocumentColumn(line("Due"))
    rows = (line("1.01 Ask the council"),), (line("1.02 Train officers"),)
    early = DocumentTable(line("Activities"), columns[:1], (TableGroup(rows, keys=("p", "q")),), "t")
    late = TableGroup(((line("9.09 Ask nobody"), line("May")),), keys=("q",))
    document = made(
        Document("Plan", "Force", (early,)),
        Document("Plan", "Force", (replace(early, columns=columns, groups=(late,)),)),
    )
    (table,) = document.blocks
    assert isinstance(table, DocumentTable)
    assert isinstance(table.columns[1].heading[0], ChangedWords)
    (group,) = table.groups
    assert group.keys == ("p", "q")
    assert [[part.change.kind for part in row[0] if isinstance(part, ChangedWords)] for row in group.rows] == [
        ["deleted"],
        ["deleted", "inserted"],
    ]


def test_what_is_gone_leads_nowhere_and_has_no_number() -> None:
    table = DocumentTable(line("Money"), (DocumentColumn(line("Year")),), (TableGroup(((line("2008"),),)),), "money")
    before = Document("Plan", "F", (Paragraph(line("As in ", PlaceReference("money"), " below.")), table))
    kept = replace(table, key="other", caption=line("Officers in post"))
    both = numbered(made(replace(before, blocks=(*before.blocks, kept)), Document("Plan", "F", (kept,))))
    assert both.captions == {"gone money": "", "other": "Table 1"}
    assert "As in Table 1 below." in plain_words(next(lines_of(both.document)))


def test_every_kind_of_block_is_as_it_is_later() -> None:
    whole = every_block()
    fewer = replace(whole, blocks=tuple(block for n, block in enumerate(whole.blocks) if n % 3))
    for before, after in ((whole, fewer), (fewer, whole), (whole, whole)):
        marked = made(before, after)
        assert words(marked, after_changes) == words(numbered(after).document, after_changes)
        assert numbered(marked).contents == numbered(after).contents


def test_a_number_that_changes_is_marked_with_its_heading() -> None:
    before, after = (
        Document("Plan", "F", (DocumentHeading(line("Our aims for each town"), key="x", printed_number=number),))
        for number in "34"
    )
    (heading,) = numbered(made(before, after)).blocks
    assert isinstance(heading, DocumentHeading)
    assert (heading.printed_number, plain_words(heading.text)) == ("", "34 Our aims for each town")


def test_an_excerpt_has_what_changed_between_its_neighbours_below_its_headings() -> None:
    texts = ["First one.", "Second one.", "We patrol each street in May.", "Fourth one.", "Fifth.", "Sixth.", "Seven."]
    blocks: list[DocumentBlock] = [DocumentHeading(line("Aims"), key="x"), *(Paragraph(line(text)) for text in texts)]
    after: list[DocumentBlock] = [
        DocumentHeading(line("Other"), key="y"),
        *blocks[:3],
        Paragraph(line("We patrol each street in June.")),
    ]
    after += [*blocks[4:7], Paragraph(line("Sevens are new."))]
    marked = made(Document("Plan", "F", tuple(blocks)), Document("Plan", "F", tuple(after)))
    shown_blocks = [plain_words(words) for block in excerpt(marked.blocks) for words in lines_of_block(block)]
    assert shown_blocks == [
        "Other", "Aims", LEFT_OUT, "Second one.", "We patrol each street in MayJune.", "Fourth one.", LEFT_OUT,
        "Sixth.", "Seven.", "Sevens are new.",
    ]  # fmt: skip


def test_a_page_says_what_was_put_in_and_taken_out_in_words_too() -> None:
    before, after = (
        Document("Plan", "Force", (Paragraph(line(f"We will patrol each street by {month}.")),))
        for month in ("May", "June")
    )
    page = html.rendered(numbered(made(before, after))).decode()
    text = " ".join(re.sub("<[^>]+>", "", page.partition("<main>")[2]).split())
    assert "We will patrol each street by [taken out: May][put in: June]." in text
    assert '<ins title="Put in by Amy &lt;Smith&gt; 2008-09-20" datetime="2008-09-20T13:00:00">' in page


# Word's own way with changes (ECMA-376, part 1, 17.13.5), done to the XML.

CHANGES = {f"{W}ins", f"{W}del"}


def parsed(content: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ET.fromstring(archive.read("word/document.xml"))


def done(content: bytes, *, accepted: bool) -> ET.Element:
    """The document with all its changes accepted, or rejected."""
    gone, document = f"{W}{'del' if accepted else 'ins'}", parsed(content)
    for parent in list(document.iter()):
        for child in [each for each in parent if _goes(each, gone)]:
            left = [each for each in child if each.tag in {f"{W}r", f"{W}hyperlink"} and each.find(gone) is None]
            assert not left or child.tag != f"{W}p", "what is left of it would join the next paragraph"
            parent.remove(child)
    for parent in list(document.iter()):
        for child in [each for each in parent if each.tag == f"{W}tbl" and each.find(f"{W}tr") is None]:
            parent.remove(child)
    return document


def _goes(element: ET.Element, gone: str) -> bool:
    """Whether an element goes with the changes: runs in one, a paragraph or a row that is one itself."""
    marks = {f"{W}p": f"{W}pPr/{W}rPr/{gone}", f"{W}tr": f"{W}trPr/{gone}"}
    return element.tag == gone or (element.tag in marks and element.find(marks[element.tag]) is not None)


def shown(document: ET.Element) -> list[str]:
    """What is read, paragraph by paragraph; a table that lost its number has none in the other state, either."""
    texts = ("".join(map(_text, _runs(paragraph))) for paragraph in document.iter(f"{W}p"))
    return [text for text in (re.sub(r"^Table \d+: ", "", text) for text in texts) if text]


def notes_of(content: bytes, left: ET.Element) -> set[str]:
    """What the notes say that are still marked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = {note.get(f"{W}id"): note for note in ET.fromstring(archive.read("word/footnotes.xml"))}
    marked = (notes[mark.get(f"{W}id")] for mark in left.iter(f"{W}footnoteReference"))
    return {"".join(map(_text, note.iter(f"{W}r"))).strip() for note in marked}


def _runs(paragraph: ET.Element) -> Iterator[ET.Element]:
    return paragraph.iter(f"{W}r")


def _text(run: ET.Element) -> str:
    if run.find(f"{W}rPr/{W}rStyle[@{W}val='FootnoteReference']") is not None:
        return ""
    texts = (each.text or "" for each in run if each.tag in {f"{W}t", f"{W}delText"})
    return "".join(texts)
