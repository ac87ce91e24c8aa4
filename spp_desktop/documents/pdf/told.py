"""A document as the template of the PDF is told of it: plain values, which it never reads as markup."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from spp_desktop.documents.blocks import (
    Bullets,
    Contents,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.colours import BADGE_COLOURS, CHANGE_COLOURS
from spp_desktop.documents.inline import (
    Badge,
    ChangedWords,
    Inline,
    Line,
    NoteMark,
    PlaceReference,
    PrintedWords,
    WebLink,
    plain_words,
)
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.documents.page_runs import page_runs
from spp_desktop.documents.pdf.letters import FAMILY, printable
from spp_desktop.documents.pdf.widths import UPRIGHT, broken_to, column_widths, height_of, is_tall, shortened
from spp_desktop.documents.svg import svg_of

TemplateValues = dict[str, Any]
"""What the template reads: texts, numbers, lists and further ones of these."""

_HEAD, _HEAD_AUTHOR = 265.0, 175.0
"""Points that the document and its body have at the head of each page, which is one line; the cover has them whole."""
_LOW = 320
"""Points up to which a table is kept on one page, and a picture with its numbers; higher ones may leave much empty."""
_SHORT = 160
"""Letters up to which a paragraph may be what leads to the list, table or figure below it, on whose page it belongs."""


def document_told(document: NumberedDocument) -> TemplateValues:
    """What the template is told of a document."""
    made = document.document
    numbers = {note.key: note.number for note in document.notes}
    told = [_block_told(block, document.captions, numbers) for block in document.blocks]
    for block, following in pairwise(told):
        block["leading"] = following["kind"] in {"bullets", "table", "figure"} and block.get("letters", 0) <= _SHORT
    each, runs = iter(told), list[TemplateValues]()
    for run in page_runs(document.blocks):
        run_told = [next(each) for _ in run.blocks]
        if run.across or runs:
            run_told[0]["new_page"] = False  # it begins a page as it is
        runs.append({"across": run.across, "blocks": run_told})
    return {
        "title": printable(made.title),
        "subtitle": printable(made.subtitle),
        "author": printable(made.author),
        "facts": [[printable(name), printable(value)] for name, value in made.facts],
        "marking": printable(made.furniture.marking),
        "head": shortened(printable(made.furniture.head), _HEAD),
        "head-author": shortened(printable(made.author), _HEAD_AUTHOR),
        "foot": printable(made.furniture.foot),
        "illustrative": printable(made.illustrative),
        "language": made.language.split("-")[:2],
        "cover": made.cover,
        "entries": {
            f"place:{entry.key}": {"number": printable(entry.number), "text": printable(plain_words(entry.text))}
            for entry in document.contents
        },
        "alone": False,
        "runs": runs,
        "notes": [{"key": note.key, "text": _line_told(note.text, numbers)} for note in document.notes],
    }


def _block_told(block: DocumentBlock, captions: Mapping[str, str], numbers: Mapping[str, int]) -> TemplateValues:
    match block:
        case DocumentHeading():
            return _heading_told(block, numbers)
        case Paragraph(text=text, lead=lead):
            letters = len(plain_words(text))
            return {"kind": "paragraph", "text": _line_told(text, numbers), "lead": lead, "letters": letters}
        case Bullets(items=items, ordered=ordered):
            return {"kind": "bullets", "items": [_line_told(item, numbers) for item in items], "ordered": ordered}
        case DocumentTable():
            return _table_told(block, captions.get(block.key, ""), numbers)
        case DocumentFigure():
            return _figure_told(block, captions[block.key], numbers)
        case Contents(levels=levels):
            return {"kind": "contents", "levels": levels}


def _heading_told(heading: DocumentHeading, numbers: Mapping[str, int]) -> TemplateValues:
    """A heading; the title has the first level, so that each stands one deeper."""
    return {
        "kind": "heading",
        "key": heading.key,
        "level": heading.level + 1,
        "number": printable(heading.printed_number),
        "text": _line_told(heading.text, numbers),
        "in_contents": heading.in_contents,
        "new_page": heading.new_page,
    }


def _table_told(table: DocumentTable, called: str, numbers: Mapping[str, int]) -> TemplateValues:
    widths = column_widths(table)

    def cells(row: Sequence[Line], *, bold: bool = False) -> list[list[TemplateValues]]:
        return [_line_told(cell, numbers, width, bold=bold) for cell, width in zip(row, widths, strict=True)]

    return {
        "kind": "table",
        "key": table.key if called else "",
        "across": table.across,
        "together": height_of(table, widths) <= _LOW,
        "caption": _caption_told(called, table.caption, numbers),
        "columns": [
            {"heading": heading, "align": column.align, "width": width}
            for column, heading, width in zip(
                table.columns, cells([column.heading for column in table.columns], bold=True), widths, strict=True
            )
        ],
        "groups": [
            {
                "title": _line_told(group.title, numbers),
                "rows": [{"cells": cells(row), "tall": is_tall(row, widths)} for row in group.rows],
            }
            for group in table.groups
        ],
    }


def _figure_told(figure: DocumentFigure, called: str, numbers: Mapping[str, int]) -> TemplateValues:
    below = None if figure.numbers is None else _table_told(figure.numbers, "", numbers)
    return {
        "kind": "figure",
        "key": figure.key,
        "caption": _caption_told(called, figure.caption, numbers),
        "picture": printable(svg_of(figure.picture, family=f"'{FAMILY}'")),
        "width": min(figure.picture.width, UPRIGHT),
        "alternative": printable(figure.alternative),
        "together": figure.picture.height <= _LOW and (below is None or below["together"]),
        "numbers": below,
    }


def _caption_told(called: str, caption: Line, numbers: Mapping[str, int]) -> list[TemplateValues]:
    return [*([{"kind": "words", "text": f"{called}: "}] if called else ()), *_line_told(caption, numbers)]


def _line_told(
    parts: Line, numbers: Mapping[str, int], width: float = UPRIGHT, *, bold: bool = False
) -> list[TemplateValues]:
    def fitted(text: str, *, strong: bool = False) -> str:
        return broken_to(printable(text), width, bold=bold or strong)

    return [_part_told(part, numbers, fitted) for part in parts]


def _part_told(part: Inline, numbers: Mapping[str, int], fitted: Callable[..., str]) -> TemplateValues:
    match part:
        case PrintedWords(text=text, strong=strong):
            return {"kind": "strong" if strong else "words", "text": fitted(text, strong=strong)}
        case Badge(word=word, colour=colour):
            painted = BADGE_COLOURS[colour]
            colours = {name: getattr(painted, name).light for name in ("ground", "letters", "edge")}
            return {"kind": "badge", "text": printable(word), "colours": colours}
        case NoteMark(note=note):
            return {"kind": "note", "key": note, "number": numbers[note]}
        case PlaceReference(key=key, words=words):
            return {"kind": "place", "key": key, "text": printable(words)}
        case ChangedWords(parts=parts, change=change):
            inside = [_part_told(each, numbers, fitted) for each in parts]
            return {"kind": change.kind, "parts": inside, "colour": CHANGE_COLOURS[change.kind].light}
        case WebLink(text=text, address=address, behind=behind):
            return {
                "kind": "web",
                "text": fitted(text),
                "address": printable(address),
                "leads": part.leads,
                "behind": fitted(behind),
            }
