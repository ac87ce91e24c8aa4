"""Tables of a Word document: a head that every page repeats, their caption and sense told to who cannot see."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from spp_desktop.documents.blocks import DocumentColumn, DocumentTable, TableGroup
from spp_desktop.documents.inline import Line, TextChange, change_of, plain_words
from spp_desktop.documents.pdf.widths import column_widths, is_tall
from spp_desktop.documents.word.letters import width_of
from spp_desktop.documents.word.lines import WordLines
from spp_desktop.documents.word.markup import paragraph, w
from spp_desktop.documents.word.styles import GROUND, TABLE, TABLE_SIZE
from spp_desktop.documents.word.tracked import mark, of_paragraph


def table(shown: DocumentTable, width: float, lines: WordLines) -> str:
    """A table without its caption.

    Args:
        shown: what it shows.
        width: how wide it is, in points.
        lines: writes its cells.
    """
    widths = _widths(shown, width)
    caption = plain_words(shown.caption)
    headings = ", ".join(plain_words(column.heading) for column in shown.columns)
    properties = w(
        "tblPr",
        w("tblStyle", val=TABLE),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="06A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=caption),
        w("tblDescription", val=f"Columns: {headings}. Rows: {len(shown.rows)}."),
    )
    grid = w("tblGrid", *(w("gridCol", w=each) for each in widths))
    change = change_of(column.heading for column in shown.columns)
    head = [_heading(column, lines, *of_paragraph(change, lines.bookmarks.ids)) for column in shown.columns]
    rows = [_row(head, widths, w("cantSplit") + w("tblHeader") + _of_row(change, lines))]
    for group in shown.groups:
        rows += _group(group, shown.columns, widths, lines)
    return w("tbl", properties, grid, *rows)


def _widths(shown: DocumentTable, width: float) -> list[int]:
    """The widths of columns in twentieths of a point, which together are that of the table."""
    columns = column_widths(shown, TABLE_SIZE, width_of)
    scale = width * 20 / sum(columns)
    return [round(end * scale) - round(start * scale) for start, end in pairwise(accumulate(columns, initial=0.0))]


def _heading(column: DocumentColumn, lines: WordLines, *properties: str) -> str:
    right = (w("jc", val="right"),) if column.align == "number" else ()
    return paragraph("TableHeading", lines.runs(column.heading), *right, *properties)


def _group(
    group: TableGroup, columns: Sequence[DocumentColumn], widths: Sequence[int], lines: WordLines
) -> Iterator[str]:
    if group.title:
        spanned = w(
            "tcPr",
            w("tcW", w=sum(widths), type="dxa"),
            w("gridSpan", val=len(widths)) if len(widths) > 1 else "",
            w("shd", val="clear", color="auto", fill=GROUND),
        )
        title = paragraph("TableGroup", lines.runs(group.title), *lines.paragraph_mark(group.title))
        gone = _of_row(change_of([group.title]), lines)
        yield w("tr", w("trPr", w("cantSplit"), gone), w("tc", spanned, title))
    points = [width / 20 for width in widths]
    for place, row in enumerate(group.rows, 1):
        alone = (w("keepNext"),) if place == 1 < len(group.rows) else ()  # no heading leaves its page with one row
        change = change_of(row)
        cells = [
            _cell(cell, column, lines, *alone, *of_paragraph(change, lines.bookmarks.ids))
            for cell, column in zip(row, columns, strict=True)
        ]
        uncut = "" if is_tall(row, points) else w("cantSplit")
        yield _row(cells, widths, uncut + _of_row(change, lines))


def _cell(text: Line, column: DocumentColumn, lines: WordLines, *properties: str) -> str:
    return paragraph("TableNumber" if column.align == "number" else "TableText", lines.runs(text), *properties)


def _of_row(change: TextChange | None, lines: WordLines) -> str:
    """The property by which a row itself was put in or taken out; its last paragraphs never are without it."""
    return mark(change, lines.bookmarks.ids) if change else ""


def _row(cells: Sequence[str], widths: Sequence[int], properties: str) -> str:
    """A row; one that no page break may cut says so in its properties."""
    filled = (
        w("tc", w("tcPr", w("tcW", w=width, type="dxa")), cell) for cell, width in zip(cells, widths, strict=True)
    )
    return w("tr", w("trPr", properties), *filled)
