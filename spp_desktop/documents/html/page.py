"""A document as one page of HTML, drawn block by block; it has no script, and asks nothing of any other place."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    Document,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.html.lines import LineDrawing, id_of, mark_id, unmarked, with_breaks
from spp_desktop.documents.html.styles import style_sheet
from spp_desktop.documents.html.tables import TableDrawing
from spp_desktop.documents.numbering import ContentsEntry, NumberedDocument
from spp_desktop.documents.page_runs import page_runs
from spp_desktop.documents.svg import escaped, svg_in_page

DEEPEST = 6
"""HTML has headings of six levels; deeper ones say theirs."""


def rendered(document: NumberedDocument) -> bytes:
    """A document as an HTML file; the same document always gives the same bytes."""
    drawing = _PageDrawing(document)
    body = "".join(drawing.body())
    style = style_sheet(document.document, drawing.tables.styles)
    return f"{_head(document.document, style)}{body}</html>\n".encode()


def _head(document: Document, style: str) -> str:
    """What stands before the page: its title and language, and that nothing but its own style sheet may be loaded."""
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = ": ".join(filter(None, (document.title, document.subtitle)))
    marking = document.furniture.marking
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="author" content="{escaped(document.author)}">\n'
        + (f'<meta name="marking" content="{escaped(marking)}">\n' if marking else "")
        + f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n"
    )


class _PageDrawing:
    """Draws the blocks of a document; what is counted on the way is kept in its lines and tables."""

    def __init__(self, document: NumberedDocument) -> None:
        self._numbered = document
        self._document = document.document
        self._lines = LineDrawing(document)
        self.tables = TableDrawing(self._lines)

    def body(self) -> Iterator[str]:
        """The parts of the page in the order in which they are read."""
        document, marking = self._document, _marking(self._document)
        beside = any(isinstance(block, Contents) for block in document.blocks)
        yield f'<body class="{"beside" if beside else "alone"}{" marked" if marking else ""}">\n'
        yield f'<a class="skip" href="#{self._begins()}">Skip to the text</a>\n'
        yield f"<header>{marking}<p>{escaped(document.author)}</p></header>\n<main>\n"
        yield _cover(document)
        yield from self._runs()
        yield from self._notes()
        yield f"</main>\n<footer><p>{escaped(document.furniture.foot)}</p>{marking}</footer>\n</body>\n"

    def _begins(self) -> str:
        """The id of the first heading behind the contents."""
        blocks = self._document.blocks
        after = next((place for place, block in enumerate(blocks) if isinstance(block, Contents)), 0)
        headings = (block.key for block in blocks[after:] if isinstance(block, DocumentHeading))
        return next(map(id_of, headings), "title")

    def _runs(self) -> Iterator[str]:
        """The blocks, those together whose pages lie across when they are printed."""
        for run in page_runs(self._document.blocks):
            drawn = "".join(self._blocks(run.blocks))
            yield f'<div class="across">\n{drawn}</div>\n' if run.across else drawn

    def _blocks(self, blocks: Sequence[DocumentBlock]) -> Iterator[str]:
        """Each block; a heading just above the table of contents stands in it."""
        heading = None
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            if isinstance(block, DocumentHeading) and isinstance(after, Contents):
                heading = block
            elif heading is not None and isinstance(block, Contents):
                yield self._contents(block, heading)
                heading = None
            else:
                yield self._block(block)

    def _block(self, block: DocumentBlock) -> str:
        match block:
            case DocumentHeading():
                return self._heading(block)
            case Paragraph(text=text, lead=lead):
                return f"<p{' class=lead' if lead else ''}>{self._lines.drawn(text)}</p>\n"
            case Bullets(items=items, ordered=ordered):
                return _list("ol" if ordered else "ul", [self._lines.drawn(item) for item in items])
            case DocumentTable():
                return self.tables.drawn(block, id_of(block.key), self._numbered.captions[block.key])
            case DocumentFigure():
                return self._figure(block)
            case Contents():
                return self._contents(block, None)

    def _heading(self, heading: DocumentHeading) -> str:
        level = heading.level + 1
        tag = f"h{min(level, DEEPEST)}"
        deeper = f' aria-level="{level}"' if level > DEEPEST else ""
        page = " class=new-page" if heading.new_page else ""
        return f'<{tag} id="{id_of(heading.key)}"{deeper}{page}>{self._titled(heading)}</{tag}>\n'

    def _titled(self, heading: DocumentHeading) -> str:
        return _counted(heading.printed_number) + self._lines.drawn(heading.text)

    def _figure(self, figure: DocumentFigure) -> str:
        place, called = id_of(figure.key), self._numbered.captions[figure.key]
        caption = self.tables.caption(figure.caption, called)
        numbers = ""
        if figure.numbers is not None:
            table = self.tables.drawn(figure.numbers, f"{place}-numbers")
            numbers = f"<details open><summary>The numbers of {called}</summary>\n{table}</details>"
        return (
            f'<figure id="{place}"><figcaption>{caption}</figcaption>\n'
            f"{svg_in_page(figure.picture, figure.alternative, place)}\n{numbers}</figure>\n"
        )

    def _contents(self, contents: Contents, heading: DocumentHeading | None) -> str:
        """The table of contents: lists in a list, each place a link."""
        entries = self._entries(self._numbered.entries(contents))
        if heading is None:
            return f'<nav aria-label="Contents">\n{entries}</nav>\n' if entries else ""
        head = self._heading(heading)
        return f'<nav aria-labelledby="{id_of(heading.key)}">\n{head}{entries}</nav>\n' if entries else head

    def _entries(self, entries: Sequence[ContentsEntry]) -> str:
        if not entries:
            return ""
        starts = [place for place, entry in enumerate(entries) if entry.level <= entries[0].level]
        items = []
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
            entry = entries[start]
            words = _counted(entry.number) + unmarked(entry.text)
            items.append(f'<a href="#{id_of(entry.key)}">{words}</a>{self._entries(entries[start + 1 : end])}')
        return _list("ul", items)

    def _notes(self) -> Iterator[str]:
        """The notes at the end, each with links back to its marks."""
        if not self._numbered.notes:
            return
        yield '<section class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2>\n<ol>\n'
        for note in self._numbered.notes:
            words = self._lines.drawn(note.text)
            yield f'<li id="note-{note.number}">{words} {self._back(note.number)}</li>\n'
        yield "</ol></section>\n"

    def _back(self, number: int) -> str:
        marks = self._lines.marks_of(number)
        links = (
            f'<a href="#{mark_id(number, mark)}" aria-label="Back to '
            f'{f"place {mark} of " if len(marks) > 1 else ""}note {number}">↑{mark if len(marks) > 1 else ""}</a>'
            for mark in marks
        )
        return f'<span class="back">{" ".join(links)}</span>'


def _marking(document: Document) -> str:
    marking = document.furniture.marking
    return f'<p class="marking">{escaped(marking)}</p>' if marking else ""


def _cover(document: Document) -> str:
    """The title of the document, and what is to be known of it before it is read."""
    facts = "".join(
        f"<div><dt>{escaped(name)}</dt><dd>{with_breaks(value)}</dd></div>" for name, value in document.facts
    )
    return (
        f'<div class="title{" cover" if document.cover else ""}"><h1 id="title">{escaped(document.title)}</h1>'
        + (f'<p class="subtitle">{escaped(document.subtitle)}</p>' if document.subtitle else "")
        + (f'<p class="illustrative">{with_breaks(document.illustrative)}</p>' if document.illustrative else "")
        + (f"<dl>{facts}</dl>" if facts else "")
        + "</div>\n"
    )


def _counted(number: str) -> str:
    return f'<span class="count">{escaped(number)}</span> ' if number else ""


def _list(tag: str, items: Sequence[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>\n" if items else ""
