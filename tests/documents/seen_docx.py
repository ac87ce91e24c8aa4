"""What a Word file holds, read by itself: headings, tables, notes and figures as plain values to compare."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True)
class SeenTable:
    """A table: its caption and description for who does not see it, its head (rows that are repeated), its other rows.

    A row merged over all columns, the heading of a group, has one cell.
    """

    caption: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SeenDocx:
    """A Word file: its parts by name, and the paragraphs of its text with their styles, those of tables among them."""

    parts: dict[str, bytes]
    body: Element

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """Style and words of each paragraph."""
        return [(style(each), words(each)) for each in self.body.iter(f"{W}p")]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of each heading; a number that Word counts is not among its words."""
        return [(int(name[-1]), text) for name, text in self.paragraphs if name[:-1] in {"Heading", "UnlistedHeading"}]

    @property
    def tables(self) -> list[SeenTable]:
        """Each table."""
        return list(map(_table, self.body.iter(f"{W}tbl")))

    @property
    def notes(self) -> dict[int, str]:
        """The words of the notes, by their ids, which are their numbers."""
        notes = self.part("word/footnotes.xml").iter(f"{W}footnote")
        return {int(each.attrib[f"{W}id"]): words(each).strip() for each in notes if f"{W}type" not in each.attrib}

    @property
    def note_marks(self) -> list[int]:
        """The numbers at the marks of notes in their order, those of notes that are marked again among them."""
        marks = (each for each in self.body.iter(f"{W}r") if _run_style(each) == "FootnoteReference")
        return [number for each in marks for number in _numbers(each)]

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Title and alternative text of each picture."""
        return [(each.attrib.get("title", ""), each.attrib["descr"]) for each in self.body.iter(f"{DRAWING}docPr")]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Instruction and result of each field but the table of contents, which holds others."""
        return [each for each in _fields(self.body) if not each[0].startswith("TOC")]

    def part(self, name: str) -> Element:
        """A part of the file."""
        return ET.fromstring(self.parts[name])


def seen(content: bytes) -> SeenDocx:
    """What a Word file holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = ET.fromstring(parts["word/document.xml"]).find(f"{W}body")
    assert body is not None
    return SeenDocx(parts, body)


def shown_headings(found: SeenDocx) -> list[tuple[int, str, str]]:
    """Level, number and words of each heading, its number as Word works it out; "" where it counts none."""
    counting = _Counting(found.part("word/styles.xml"), found.part("word/numbering.xml"))
    shown = []
    for paragraph in found.body.iter(f"{W}p"):
        name = style(paragraph)
        if name[:-1] in {"Heading", "UnlistedHeading"}:
            shown.append((int(name[-1]), counting.number(paragraph), words(paragraph)))
    return shown


@dataclass
class _Counting:
    """Counts headings as Word does: a level begins anew below the one above it, and where an override says so."""

    styles: Element
    lists: Element
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def number(self, paragraph: Element) -> str:
        number = paragraph.find(f"{W}pPr/{W}numPr")
        if number is None:
            styles = self.styles.iter(f"{W}style")
            own = next(each for each in styles if each.attrib[f"{W}styleId"] == style(paragraph))
            number = own.find(f"{W}pPr/{W}numPr")
        if number is None or _value(number, "numId") == "0":
            return ""
        return self._count(_value(number, "numId"), int(_value(number, "ilvl")))

    def _count(self, use: str, level: int) -> str:
        told = next(each for each in self.lists.iter(f"{W}num") if each.attrib[f"{W}numId"] == use)
        kind = _value(told, "abstractNumId")
        count = self.counts.setdefault(kind, [0] * 9)
        start = told.find(f"{W}lvlOverride/{W}startOverride")
        begins = use not in self.begun and start is not None and level == 0
        count[level] = int(start.attrib[f"{W}val"]) if begins and start is not None else count[level] + 1
        self.begun.add(use)
        count[level + 1 :] = [0] * (8 - level)
        levels = next(
            each.findall(f"{W}lvl")
            for each in self.lists.iter(f"{W}abstractNum")
            if each.attrib[f"{W}abstractNumId"] == kind
        )
        first = chr(64 + count[0]) if _value(levels[0], "numFmt") == "upperLetter" else str(count[0])
        values = [first, *map(str, count[1:])]
        return re.sub(r"%(\d)", lambda at: str(values[int(at[1]) - 1]), _value(levels[level], "lvlText"))


def _value(element: Element, name: str) -> str:
    found: Element | None = element.find(f"{W}{name}")
    assert found is not None
    return found.attrib[f"{W}val"]


def style(paragraph: Element) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.attrib[f"{W}val"]


def words(element: Element) -> str:
    """The words in an element, as they are shown, without the marks of notes."""
    runs = (each for each in element.iter(f"{W}r") if _run_style(each) != "FootnoteReference")
    return "".join(_letters(child) for each in runs for child in each)


def _numbers(mark: Element) -> Iterator[int]:
    """The number of a note that a run marks; the code of a field has none."""
    yield from (int(each.attrib[f"{W}id"]) for each in mark.iter(f"{W}footnoteReference"))
    yield from (int(each.text or "") for each in mark.iter(f"{W}t"))


def _run_style(run: Element) -> str:
    found = run.find(f"{W}rPr/{W}rStyle")
    return "" if found is None else found.attrib[f"{W}val"]


def _letters(element: Element) -> str:
    if element.tag == f"{W}br" and f"{W}type" not in element.attrib:
        return "\n"
    return "\t" if element.tag == f"{W}tab" else (element.text or "") if element.tag == f"{W}t" else ""


def _table(table: Element) -> SeenTable:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    rows = list(table.iter(f"{W}tr"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    cells = [tuple(words(cell) for cell in row.iter(f"{W}tc")) for row in rows]
    return SeenTable(
        "" if caption is None else caption.attrib[f"{W}val"],
        tuple(row for row, head in zip(cells, heads, strict=True) if head),
        tuple(row for row, head in zip(cells, heads, strict=True) if not head),
    )


def _fields(body: Element) -> Iterator[tuple[str, str]]:
    """Each field, inner ones before those around them."""
    open_fields: list[list[str]] = []
    for run in body.iter(f"{W}r"):
        for child in run:
            kind = child.attrib.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(["", ""])
            elif kind == "end":
                instruction, result = open_fields.pop()
                yield instruction.strip(), result
            elif child.tag == f"{W}instrText":
                open_fields[-1][0] += child.text or ""
            elif child.tag == f"{W}t" and open_fields:
                open_fields[-1][1] += child.text or ""
    assert not open_fields
