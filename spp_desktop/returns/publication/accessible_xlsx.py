"""An accessible workbook as an Excel file: the sheets of ``sheets`` as they are, in letters that each program knows."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.kinds.kind import GENERAL
from spp_desktop.returns import looks
from spp_desktop.returns.chain_head import PROPERTY
from spp_desktop.returns.looks import WHITE, CellLook, Looks, at, lines_of, put_text, set_height
from spp_desktop.returns.placement import address
from spp_desktop.returns.publication.publication import Publication, RowDone
from spp_desktop.returns.publication.sheets import LANGUAGE, AccessibleSheet, LineLook, SheetValue
from spp_desktop.returns.words import clean

FONT, SIZE = "Arial", 12
SIZES: dict[LineLook, float] = {"title": 16, "heading": 14, "text": SIZE}
STYLES: dict[LineLook, str] = {"title": "Heading 1", "heading": "Heading 2"}
COVER_WIDTH = 100
PITCH = 16.0
"""Points that a line of such letters takes."""

_BUILT_IN: dict[LineLook, int] = {"title": 16, "heading": 17}
"""The numbers by which programs know the styles of headings (ECMA-376 18.8.7)."""
_BODY, _BOLD, _LINKED = Font(name=FONT, sz=SIZE), Font(name=FONT, sz=SIZE, b=True), Font(name=FONT, sz=SIZE, u="single")
"""Nothing is said of their colour: so each person's own settings of contrast are kept."""


def build(publication: Publication, sheets: Sequence[AccessibleSheet], head: str, row_done: RowDone) -> Workbook:
    """The workbook; ``head`` is the head of the plan's sealed chain, or ""."""
    book = Workbook()
    book.remove(book.worksheets[0])
    made: Any = book  # the stubs do not know the styles that a workbook begins with
    made._fonts = IndexedList([_BODY])  # noqa: SLF001 - what all cells begin with says a colour, and has no other door
    made._named_styles["Normal"].font = _BODY  # noqa: SLF001 - the same
    for look, name in STYLES.items():
        font = Font(name=FONT, sz=SIZES[look], b=True)
        book.add_named_style(NamedStyle(name=name, font=font, border=Border(), builtinId=_BUILT_IN[look]))
    for sheet in sheets:
        _SheetWriter(book.create_sheet(sheet.name), sheet).fill(row_done)
    book.active = 0
    own = book.properties
    own.title, own.language = clean(sheets[0].lines[0].text), LANGUAGE
    own.creator = clean(publication.force) or "SPP Desktop"
    own.keywords = clean("; ".join(filter(None, (publication.force, publication.period, publication.title))))
    own.category = clean(publication.marking) or None
    if head:
        made.custom_doc_props.append(StringProperty(name=PROPERTY, value=head))
    return book


class _SheetWriter:
    """A sheet as it is being written."""

    def __init__(self, place: Worksheet, sheet: AccessibleSheet) -> None:
        self._place, self._sheet, self._looks = place, sheet, Looks()

    def fill(self, row_done: RowDone) -> None:
        """Put all that there is on the empty sheet."""
        place = self._place
        self._put_lines()
        if self._sheet.table:
            self._put_headings()
            for row, values in enumerate(self._sheet.rows, self._sheet.head_row + 1):
                self._put_row(row, values)
                row_done()
            self._put_links()
            self._mark_table()
            place.print_title_rows = f"{self._sheet.head_row}:{self._sheet.head_row}"
        place.sheet_view.zoomScale = 100
        place.page_setup.orientation, place.page_setup.paperSize = "landscape", place.PAPERSIZE_A4
        place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1, 0
        place.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def _put_lines(self) -> None:
        """What stands in column A: on the cover broken within it, elsewhere running on over the empty cells beside."""
        if self._sheet.wrapped:
            self._place.column_dimensions["A"].width = COVER_WIDTH
        for row, line in enumerate(self._sheet.lines, 1):
            cell = at(self._place, row, 1)
            put_text(cell, line.text)
            if line.look in STYLES:
                cell.style = STYLES[line.look]
            cell.alignment = Alignment(wrap_text=self._sheet.wrapped or None, vertical="top", horizontal="left")
            pitch = PITCH * SIZES[line.look] / SIZE
            lines = lines_of(line.text, COVER_WIDTH * SIZE / SIZES[line.look]) if self._sheet.wrapped else 1
            self._set_height(row, [lines * pitch / PITCH])

    def _put_headings(self) -> None:
        columns, row = self._sheet.columns, self._sheet.head_row
        for number, column in enumerate(columns, 1):
            cell = at(self._place, row, number)
            put_text(cell, column.heading)
            cell.font, cell.alignment = _BOLD, _beside(column.side)
            self._place.column_dimensions[cell.column_letter].width = column.width
        self._set_height(row, [lines_of(column.heading, column.width * 0.9) for column in columns])

    def _put_row(self, row: int, values: Sequence[SheetValue]) -> None:
        lines = [1]
        for number, (column, value) in enumerate(zip(self._sheet.columns, values, strict=True), 1):
            cell, form = at(self._place, row, number), GENERAL
            if isinstance(value, str):
                put_text(cell, value)
                lines.append(lines_of(value, column.width))
            else:
                cell.value, form = value
            font = _LINKED if self._sheet.links and number == 1 else _BODY
            key = (column.side, form, font is _LINKED)
            self._looks.give(cell, key, partial(_look, column.side, form, font))
        self._set_height(row, lines)

    def _set_height(self, row: int, lines: Sequence[float]) -> None:
        set_height(self._place, row, max(lines) * PITCH / looks.PITCH)

    def _put_links(self) -> None:
        for row, name in enumerate(self._sheet.links, self._sheet.head_row + 1):
            cell: Cell = at(self._place, row, 1)
            quoted = name.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1", display=name)
            put_text(cell, name)

    def _mark_table(self) -> None:
        sheet = self._sheet
        end = address(sheet.head_row + len(sheet.rows), len(sheet.columns))
        marked = Table(displayName=sheet.table, name=sheet.table, ref=f"{address(sheet.head_row, 1)}:{end}")
        # Columns that are named here get no buttons of a filter.
        marked.tableColumns = [
            TableColumn(id=number, name=column.heading) for number, column in enumerate(sheet.columns, 1)
        ]
        self._place.add_table(marked)


def _look(side: str, form: str, font: Font) -> CellLook:
    return CellLook(font, WHITE, Border(), _beside(side), form)


def _beside(side: str) -> Alignment:
    """Wrapped, from the top; what stands at the right keeps some room from what begins in the next column."""
    return Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(side == "right"))
