"""What is worked out once for all renderers: numbers of headings, tables, figures and notes, references, the contents.

A note is numbered where its first mark is printed; later marks of it share the number. Tables and figures are counted
through the document, each kind by itself.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

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
from spp_desktop.documents.inline import (
    ChangedWords,
    Inline,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    after_changes,
    change_of,
    every_part,
    line,
    plain_words,
)

UNTITLED = "(without a title)"
"""What stands where a title has nothing that is seen."""
_CALLED: Mapping[type, str] = {DocumentTable: "Table", DocumentFigure: "Figure"}


class BrokenDocument(ValueError):
    """A document refers to a note or a place that is not in it, or names two things alike. Its words say which."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents: number ("" for none), words without note marks, level, and the place's key."""

    number: str
    text: Line
    level: int
    key: str


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A note as it is printed: its number from 1, its key and its words, and how many marks lead to it.

    A mark in its own words is no mark there, since Word knows no notes of notes: it is the number of a note that the
    document marks elsewhere, else what that note says.
    """

    number: int
    key: str
    text: Line
    marks: int


@dataclass(frozen=True, slots=True)
class NumberedDocument:
    """A document with all that is counted in it.

    Attributes:
        document: the document; each heading, table and figure in it has a key, each reference its words. A heading's
            ``printed_number`` is its number, its ``level`` at most one below that of the heading before it.
        captions: what stands before the captions of tables and figures, by their keys: "Table 3"; "" of those gone.
        notes: the notes that have marks, in printed order.
        contents: the headings that the table of contents may list.
    """

    document: Document
    captions: Mapping[str, str]
    notes: tuple[NumberedNote, ...]
    contents: tuple[ContentsEntry, ...]

    @property
    def blocks(self) -> tuple[DocumentBlock, ...]:
        """The blocks of the document."""
        return self.document.blocks

    def number_of(self, note: str) -> int:
        """The number of a note, by its key."""
        return next(each.number for each in self.notes if each.key == note)

    def entries(self, contents: Contents) -> tuple[ContentsEntry, ...]:
        """What a table of contents lists."""
        return tuple(entry for entry in self.contents if entry.level <= contents.levels)


def numbered(document: Document) -> NumberedDocument:
    """A document with its numbers worked out.

    Raises:
        BrokenDocument: if it refers to what is not in it, or two of its places have one key.
    """
    document = replace(document, title=document.title if _is_seen(document.title) else UNTITLED)
    blocks = tuple(_keyed(document.blocks))
    names = dict(_names(blocks))
    whole = replace(document, blocks=tuple(_each_line(block, names) for block in blocks))
    marks = Counter(part.note for text in lines_of(whole) for part in every_part(text) if isinstance(part, NoteMark))
    for note in marks:
        if note not in document.notes:
            raise BrokenDocument(f"A mark names the note “{note}”, which the document does not have.")
    numbers = {key: number for number, key in enumerate(marks, 1)}
    notes = tuple(
        NumberedNote(number, key, _named(_unmarked(document, key, numbers), names), marks[key])
        for key, number in numbers.items()
    )
    captions = {block.key: names[block.key] for block in blocks if isinstance(block, DocumentTable | DocumentFigure)}
    return NumberedDocument(whole, captions, notes, tuple(_contents(whole)))


def _unmarked(document: Document, note: str, numbers: Mapping[str, int]) -> Line:
    """The words of a note, in which marks of notes are words."""
    return line(*(_mark_in_words(document, part, numbers) for part in document.notes[note]))


def _mark_in_words(document: Document, part: Inline, numbers: Mapping[str, int]) -> Inline:
    if isinstance(part, ChangedWords):
        return replace(part, parts=tuple(_mark_in_words(document, each, numbers) for each in part.parts))
    if not isinstance(part, NoteMark):
        return part
    if part.note in numbers:
        return PrintedWords(f"[{numbers[part.note]}]")
    return PrintedWords(f"({plain_words(document.notes.get(part.note, ()))})")


def lines_of(document: Document) -> Iterator[Line]:
    """Every line of a document in the order in which it is printed, captions before what they head."""
    for block in document.blocks:
        yield from lines_of_block(block)


def lines_of_block(block: DocumentBlock) -> Iterator[Line]:
    """Every line of a block in the order in which it is printed."""
    match block:
        case DocumentHeading(text=text) | Paragraph(text=text):
            yield text
        case Bullets(items=items):
            yield from items
        case DocumentTable():
            yield block.caption
            yield from (column.heading for column in block.columns)
            for group in block.groups:
                yield group.title
                yield from (cell for row in group.rows for cell in row)
        case DocumentFigure(caption=caption, numbers=numbers):
            yield caption
            if numbers is not None:
                yield from lines_of_block(numbers)
        case Contents():
            pass


def _keyed(blocks: tuple[DocumentBlock, ...]) -> Iterator[DocumentBlock]:
    """Blocks of which each heading, table and figure has a key, each heading its number and no level left out above."""
    seen: set[str] = set()
    counted: list[int] = []
    level = 0
    for place, block in enumerate(blocks, 1):
        made = block
        if isinstance(made, DocumentHeading):
            number, level = made.printed_number, min(made.level, level + 1)
            if made.numbered and not number:
                counted = [*counted[:level], *[0] * (level - len(counted))]
                counted[level - 1] += 1
                number = ".".join(map(str, counted))
            text = made.text if _is_seen(plain_words(made.text)) else line(UNTITLED, *made.text)
            made = replace(made, key=made.key or f"place-{place}", level=level, printed_number=number, text=text)
        elif isinstance(made, DocumentTable | DocumentFigure):
            made = replace(made, key=made.key or f"place-{place}")
        if isinstance(made, DocumentHeading | DocumentTable | DocumentFigure):
            if made.key in seen:
                raise BrokenDocument(f"Two places of the document have the key “{made.key}”.")
            seen.add(made.key)
        yield made


def _is_seen(text: str) -> bool:
    """Whether anything of a text is seen where it is printed: a title must be, for a screen reader to say it."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in text)


def _names(blocks: tuple[DocumentBlock, ...]) -> Iterator[tuple[str, str]]:
    """What references to places are called, by the keys of the places."""
    counts: Counter[type] = Counter()
    for block in blocks:
        match block:
            case DocumentHeading(key=key, printed_number=number):
                yield key, f"section {number}" if number else plain_words(block.text)
            case DocumentTable(key=key, caption=caption) | DocumentFigure(key=key, caption=caption):
                gone = change_of([caption])
                if gone is not None and gone.kind == "deleted":
                    yield key, ""  # what is no longer there has no number
                    continue
                counts[type(block)] += 1
                yield key, f"{_CALLED[type(block)]} {counts[type(block)]}"
            case _:
                pass


def _named(text: Line, names: Mapping[str, str]) -> Line:
    """A line in which each reference is the words that it stands for."""
    return tuple(_named_part(part, names) for part in text)


def _named_part(part: Inline, names: Mapping[str, str]) -> Inline:
    if isinstance(part, ChangedWords):
        return replace(part, parts=_named(part.parts, names))
    return _reference(part, names) if isinstance(part, PlaceReference) else part


def _reference(part: PlaceReference, names: Mapping[str, str]) -> Inline:
    if part.key not in names:
        raise BrokenDocument(f"A reference leads to “{part.key}”, which the document does not have.")
    return replace(part, words=names[part.key])


def _each_line(block: DocumentBlock, names: Mapping[str, str]) -> DocumentBlock:
    """A block with every line's references named."""
    match block:
        case DocumentHeading() | Paragraph():
            return replace(block, text=_named(block.text, names))
        case Bullets():
            return replace(block, items=tuple(_named(item, names) for item in block.items))
        case DocumentTable():
            return _each_cell(block, names)
        case DocumentFigure():
            numbers = None if block.numbers is None else _each_cell(block.numbers, names)
            return replace(block, caption=_named(block.caption, names), numbers=numbers)
        case Contents():
            return block


def _each_cell(table: DocumentTable, names: Mapping[str, str]) -> DocumentTable:
    return replace(
        table,
        caption=_named(table.caption, names),
        columns=tuple(replace(column, heading=_named(column.heading, names)) for column in table.columns),
        groups=tuple(
            replace(
                group,
                title=_named(group.title, names),
                rows=tuple(tuple(_named(cell, names) for cell in row) for row in group.rows),
            )
            for group in table.groups
        ),
    )


def _contents(document: Document) -> Iterator[ContentsEntry]:
    for block in document.blocks:
        if isinstance(block, DocumentHeading) and block.in_contents and after_changes(block.text):
            text = line(*(part for part in after_changes(block.text) if not isinstance(part, NoteMark)))
            yield ContentsEntry(block.printed_number, text, block.level, block.key)
