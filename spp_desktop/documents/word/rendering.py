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
from spp_desktop.documents.inline import Line, change_of, plain_words
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.page_runs import page_runs
from spp_desktop.documents.word import notes, properties, styles
from spp_desktop.documents.word.heading_numbers import CountedNumber, HeadingNumbers
from spp_desktop.documents.word.lines import WordLines, bookmarks
from spp_desktop.documents.word.lists import WordLists
from spp_desktop.documents.word.markup import field as word_field
from spp_desktop.documents.word.markup import field_ends, paragraph, root, run, w
from spp_desktop.documents.word.package import Relations, WordPackage
from spp_desktop.documents.word.pages import ACROSS, UPRIGHT, PageShape, WordPages
from spp_desktop.documents.word.pictures import drawing, pictures
from spp_desktop.documents.word.tables import table
from spp_desktop.documents.word.tracked import tracked

_BELOW_TABLE, _ABOVE_COVER = 240, 3200
"""Space between a table and what follows, and above what stands on a cover, in twentieths of a point."""


def rendered(document: NumberedDocument) -> bytes:
    """A document as a Word file (.docx), the same bytes for the same document.

    Raises:
        UnprintableDocument: if one of its pictures cannot be painted.
    """
    package = WordPackage()
    body = _Body(document, package)
    content = body.whole()
    package.document(root("document", w("body", content)))
    package.beside("styles", styles.part(document.document.language, body.lists, UPRIGHT.text_width))
    package.beside("numbering", body.lists.part())
    beside = Relations()
    noted = WordLines(document, beside, body.lines.bookmarks, body.lines.counted)
    package.beside("footnotes", notes.part(noted, body.lines.repeated), relations=beside)
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
    pictures: Iterator[bytes] = field(init=False)
    drawn: int = 0
    below_table: bool = False

    def __post_init__(self) -> None:
        counting = HeadingNumbers(self.lists)
        headings = [block for block in self.document.blocks if isinstance(block, DocumentHeading)]
        numbers = {block.key: counting.of(block) for block in headings}
        self.numbers = {key: number for key, number in numbers.items() if number is not None}
        counted = {block.key: block.printed_number for block in headings if block.key in self.numbers}
        self.pictures = iter(pictures(self.document))
        self.lines = WordLines(self.document, self.package.relations, bookmarks(self.document), counted)

    def whole(self) -> str:
        """All of the text as Office Open XML: cover, blocks, and the sections of pages upright and across."""
        pages = WordPages(self.package, self.document.document)
        written = list(self._front())
        sections = list(page_runs(self.document.blocks))
        if self.document.document.cover and sections:
            written.append(_section_end(pages.section(UPRIGHT, bare=True)))
        for place, section in enumerate(sections, 1):
            shape = ACROSS if section.across else UPRIGHT
            for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
                written += self._block(block, following, shape)
                self.below_table = isinstance(block, DocumentTable | DocumentFigure)
            if place < len(sections):
                written.append(_section_end(pages.section(shape)))
        if self.below_table:
            written.append(_section_end())  # Word ends a text with a paragraph
        last = ACROSS if sections and sections[-1].across else UPRIGHT
        return "".join(written) + pages.section(last)

    def _front(self) -> Iterator[str]:
        """What stands before the text: on a cover lower on its page, with whose the document is."""
        document = self.document.document
        lower = [w("spacing", before=_ABOVE_COVER)] if document.cover else []
        if document.cover and document.author:
            yield paragraph("Publisher", run(document.author), *lower)
            lower = []
        yield paragraph("Title", run(document.title), *lower)
        if document.subtitle:
            yield paragraph("Subtitle", run(document.subtitle))
        if document.illustrative:
            yield paragraph("Illustrative", run(document.illustrative))
        for name, fact in document.facts:
            yield paragraph("DocumentFact", run(f"{name}: ", "Strong") + run(fact))

    def _block(self, block: DocumentBlock, following: DocumentBlock | None, shape: PageShape) -> Iterator[str]:
        match block:
            case DocumentHeading():
                yield self._heading(block)
            case Paragraph():
                leading = (w("keepNext"),) if isinstance(following, Bullets) else ()
                runs = self.lines.runs(block.text)
                yield paragraph(
                    "Lead" if block.lead else "Normal",
                    runs,
                    *self._apart(),
                    *leading,
                    *self.lines.paragraph_mark(block.text),
                )
            case Bullets():
                yield from self._bullets(block)
            case DocumentTable():
                yield from self._table(block, shape)
            case DocumentFigure():
                yield from self._figure(block, shape)
            case Contents():
                yield _gallery("".join(self._contents(block)))

    def _heading(self, block: DocumentHeading) -> str:
        text = self.lines.runs(block.text)
        for place in (block.key, f"contents {block.key}"):
            text = self.lines.bookmarks.around(place, text)
        number = self.numbers.get(block.key)
        properties = [*self.lines.paragraph_mark(block.text), *([w("pageBreakBefore")] if block.new_page else ())]
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
        for place, item in enumerate(block.items):
            apart = self._apart() if place == 0 else ()
            yield paragraph(style, self.lines.runs(item), number, *apart, *self.lines.paragraph_mark(item))

    def _apart(self) -> tuple[str, ...]:
        """Space above what stands below a table, which has none of its own."""
        return (w("spacing", before=_BELOW_TABLE),) if self.below_table else ()

    def _table(self, block: DocumentTable, shape: PageShape) -> Iterator[str]:
        yield self._caption(block.key, block.caption)
        yield table(block, shape.text_width, self.lines)

    def _figure(self, block: DocumentFigure, shape: PageShape) -> Iterator[str]:
        yield self._caption(block.key, block.caption)
        relation = self.package.picture(next(self.pictures))
        self.drawn += 1
        yield paragraph("Picture", drawing(block, relation, self.drawn, shape))
        if block.numbers is not None:
            yield from self._table(block.numbers, shape)

    def _caption(self, key: str, caption: Line) -> str:
        """A caption, whose number Word counts on where a table is put in."""
        called = self.document.captions.get(key, "")
        if not called:
            return paragraph("Caption", self.lines.runs(caption), *self.lines.paragraph_mark(caption))
        kind, number = called.rsplit(" ", maxsplit=1)
        label = run(f"{kind} ") + word_field(f"SEQ {kind} \\* ARABIC", run(number))
        label = self.lines.bookmarks.around(key, label) + run(": ")
        change = change_of([caption])
        label = tracked(label, change, self.lines.bookmarks.ids) if change else label
        return paragraph("Caption", label + self.lines.runs(caption), *self.lines.paragraph_mark(caption))

    def _contents(self, block: Contents) -> Iterator[str]:
        """The table of contents: a field that is filled in, but for the pages.

        Only Word knows these; it fills them in when it prints, and when a person has it update the table. Until then no
        dots lead to where they will stand.
        """
        entries = self.document.entries(block)
        edge = round(UPRIGHT.text_width * 20)
        plain = w("tabs", w("tab", val="right", leader="none", pos=edge))
        begin, end = field_ends(f'TOC \\o "1-{block.levels}" \\h \\z')
        for place, entry in enumerate(entries, 1):
            name = self.lines.bookmarks.names[f"contents {entry.key}"]
            text = " ".join(filter(None, (entry.number, plain_words(entry.text))))
            words = w("hyperlink", run(f"{text}\t") + word_field(f"PAGEREF {name} \\h", ""), anchor=name, history=1)
            runs = (begin if place == 1 else "") + words + (end if place == len(entries) else "")
            yield paragraph(f"TOC{entry.level}", runs, plain)


def _gallery(contents: str) -> str:
    """The table of contents as Word offers it, with a button above it that updates it; "" for one without entries."""
    kind = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return w("sdt", w("sdtPr", kind), w("sdtContent", contents)) if contents else ""


def _section_end(*section: str) -> str:
    return paragraph("SectionEnd", "", *section)
