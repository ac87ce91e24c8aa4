"""A numbered document as a Word file: each block as what Word knows it as."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.inline import Line, plain_words
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.word import notes, properties, styles
from spp_desktop.documents.word.heading_numbers import CountedNumber, HeadingNumbers
from spp_desktop.documents.word.lines import WordLines
from spp_desktop.documents.word.lists import WordLists
from spp_desktop.documents.word.markup import field as word_field
from spp_desktop.documents.word.markup import paragraph, root, run, w
from spp_desktop.documents.word.package import Relations, WordPackage
from spp_desktop.documents.word.pages import ACROSS, UPRIGHT, PageShape, WordPages
from spp_desktop.documents.word.pictures import drawing, painted
from spp_desktop.documents.word.tables import table


def rendered(document: NumberedDocument) -> bytes:
    """A document as a Word file (.docx), the same bytes for the same document."""
    package = WordPackage()
    body = _Body(document, package)
    content = body.whole()
    package.document(root("document", w("body", content)))
    package.beside("styles", styles.part(document.document.language, body.lists, UPRIGHT.text_width))
    package.beside("numbering", body.lists.part())
    beside = Relations()
    noted = WordLines(document, beside, body.lines.bookmarks, body.lines.counted)
    package.beside("footnotes", notes.part(noted), relations=beside)
    properties.put(package, document.document)
    return package.packed()


@dataclass
class _Body:
    """Writes the text of a document, block by block."""

    document: NumberedDocument
    package: WordPackage
    lists: WordLists = field(default_factory=WordLists)
    numbers: dict[str, CountedNumber] = field(init=False)
    lines: WordLines = field(init=False)
    pictures: int = 0

    def __post_init__(self) -> None:
        counting = HeadingNumbers(self.lists)
        headings = [block for block in self.document.blocks if isinstance(block, DocumentHeading)]
        numbers = {block.key: counting.of(block) for block in headings}
        self.numbers = {key: number for key, number in numbers.items() if number is not None}
        counted = {block.key: block.printed_number for block in headings if block.key in self.numbers}
        self.lines = WordLines(self.document, self.package.relations, counted=counted)

    def whole(self) -> str:
        pages = WordPages(self.package, self.document.document.furniture)
        written = list(self._front())
        sections = list(_sections(self.document))
        if self.document.document.cover and sections:
            written.append(_section_end(pages.section(UPRIGHT)))
        for place, (shape, blocks) in enumerate(sections, 1):
            for block in blocks:
                written += self._block(block, shape)
            if place < len(sections):
                written.append(_section_end(pages.section(shape)))
        last = sections[-1][0] if sections else UPRIGHT
        return "".join(written) + pages.section(last)

    def _front(self) -> Iterator[str]:
        document = self.document.document
        yield paragraph("Title", run(document.title))
        if document.subtitle:
            yield paragraph("Subtitle", run(document.subtitle))
        if document.illustrative:
            yield paragraph("Illustrative", run(document.illustrative))
        for name, fact in document.facts:
            yield paragraph("DocumentFact", run(f"{name}: ", "Strong") + run(fact))

    def _block(self, block: DocumentBlock, shape: PageShape) -> Iterator[str]:
        match block:
            case DocumentHeading():
                yield self._heading(block)
            case Paragraph():
                yield paragraph("Lead" if block.lead else "Normal", self.lines.runs(block.text))
            case Bullets():
                yield from self._bullets(block)
            case DocumentTable():
                yield from self._table(block, shape)
            case DocumentFigure():
                yield from self._figure(block, shape)
            case Contents():
                yield from self._contents(block)

    def _heading(self, block: DocumentHeading) -> str:
        text = self.lines.runs(block.text)
        for place in (block.key, f"contents {block.key}"):
            text = self.lines.bookmarks.around(place, text)
        number = self.numbers.get(block.key)
        properties = [w("pageBreakBefore")] if block.new_page else []
        if number is None:
            text = run(f"{block.printed_number} " if block.printed_number else "") + text
            properties += [w("numPr", w("numId", val=0))] if block.level - 1 in self.lists.counted_levels else []
        elif number.list_id != self.lists.sections:
            properties.append(w("numPr", w("ilvl", val=number.level), w("numId", val=number.list_id)))
        return paragraph(styles.heading_style(block.level, listed=block.in_contents), text, *properties)

    def _bullets(self, block: Bullets) -> Iterator[str]:
        style, list_id = "ListBullet", self.lists.bullets
        if block.ordered:
            style, list_id = "ListNumber", self.lists.begin("ordered")
        number = w("numPr", w("ilvl", val=0), w("numId", val=list_id))
        for item in block.items:
            yield paragraph(style, self.lines.runs(item), number)

    def _table(self, block: DocumentTable, shape: PageShape) -> Iterator[str]:
        yield self._caption(block.key, block.caption)
        yield table(block, shape.text_width, self.lines)

    def _figure(self, block: DocumentFigure, shape: PageShape) -> Iterator[str]:
        yield self._caption(block.key, block.caption)
        self.pictures += 1
        relation = self.package.picture(painted(block.picture))
        yield paragraph("Picture", drawing(block, relation, self.pictures, shape))
        if block.numbers is not None:
            yield from self._table(block.numbers, shape)

    def _caption(self, key: str, caption: Line) -> str:
        """A caption, whose number Word counts on where a table is put in."""
        called = self.document.captions.get(key, "")
        if not called:
            return paragraph("Caption", self.lines.runs(caption))
        kind, number = called.rsplit(" ", maxsplit=1)
        label = run(f"{kind} ") + word_field(f"SEQ {kind} \\* ARABIC", run(number))
        return paragraph("Caption", self.lines.bookmarks.around(key, label) + run(": ") + self.lines.runs(caption))

    def _contents(self, block: Contents) -> Iterator[str]:
        """The table of contents: a field that is filled in, but for the pages, which only Word knows."""
        entries = self.document.entries(block)
        for place, entry in enumerate(entries):
            name = self.lines.bookmarks.name(f"contents {entry.key}")
            number = f"{entry.number} " if entry.number else ""
            words = run(f"{number}{plain_words(entry.text)}\t") + word_field(f"PAGEREF {name} \\h", "")
            line = w("hyperlink", words, anchor=name, history=1)
            if place == 0:
                begun = w("r", w("fldChar", fldCharType="begin")) + w(
                    "r", f'<w:instrText xml:space="preserve"> TOC \\o "1-{block.levels}" \\h \\z </w:instrText>'
                )
                line = begun + w("r", w("fldChar", fldCharType="separate")) + line
            if place == len(entries) - 1:
                line += w("r", w("fldChar", fldCharType="end"))
            yield paragraph(f"TOC{entry.level}", line)


def _section_end(section: str) -> str:
    return paragraph("SectionEnd", "", section)


def _sections(document: NumberedDocument) -> Iterator[tuple[PageShape, list[DocumentBlock]]]:
    """The blocks of pages that lie alike; headings right above a table across go with it."""
    shape, blocks = UPRIGHT, list[DocumentBlock]()
    for block in document.blocks:
        wanted = ACROSS if isinstance(block, DocumentTable) and block.across else UPRIGHT
        if wanted is not shape:
            along = list[DocumentBlock]()
            while wanted is ACROSS and blocks and isinstance(blocks[-1], DocumentHeading):
                along.insert(0, blocks.pop())
            if blocks:
                yield shape, blocks
            shape, blocks = wanted, along
        blocks.append(block)
    if blocks:
        yield shape, blocks
