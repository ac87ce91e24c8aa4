"""A finished Excel workbook, read for the check. openpyxl reads the cells; what it drops is looked for in the package.

It reads what this program has just written, and no file of anybody else.
"""

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.returns.publication.seen import SeenBook, SeenCell, SeenLook, SeenPlace, SeenSheet, SeenTable
from spp_desktop.returns.words import unescape

_CODE = ("vbaProject.bin", "activeX", "macrosheets")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN = {"pic": "a picture", "graphicFrame": "a chart"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HEADING = re.compile(r"(?:heading|headline) (\d)", re.IGNORECASE)


def seen(path: Path) -> SeenBook:
    """What stands in the workbook at a path."""
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it drops drawings: they are looked for below
        book = load_workbook(file)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = [_SheetPart(archive, name) for name in _sheet_parts(archive)]
    own = book.properties
    reader = _Looks()
    return SeenBook(
        form="xlsx",
        name=path.name,
        sheets=tuple(_sheet(sheet, part, reader) for sheet, part in zip(book.worksheets, parts, strict=True)),
        first=book.worksheets.index(book.active) if book.active in book.worksheets else -1,
        title=own.title or "",
        language=own.language or "",
        author=own.creator or "",
        keywords=own.keywords or "",
        code=tuple(name for name in names if any(code in name for code in _CODE)),
    )


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The parts of the sheets in their order, as this program's own workbooks name them."""
    matches = (re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name) for name in archive.namelist())
    return [match[0] for match in sorted(filter(None, matches), key=lambda match: int(match[1]))]


class _SheetPart:
    """The part of a sheet, with what is drawn on it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.root = ET.fromstring(archive.read(name))  # noqa: S314 - it was just written
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        self.drawn: list[str] = []
        if relations in archive.namelist():
            for relation in ET.fromstring(archive.read(relations)):  # noqa: S314 - the same
                target = relation.get("Target", "")
                if relation.get("Type", "").endswith("/drawing"):
                    inside = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('../')}"
                    root = ET.fromstring(archive.read(inside))  # noqa: S314 - the same
                    self.drawn += [element.tag.removeprefix(_DRAWING) for element in root.iter()]

    def beside(self) -> list[str]:
        """What is on the sheet besides cells and pictures."""
        words = ["a text box"] * ("sp" in self.drawn)
        words += ["controls or comments"] * (self.root.find(f"{_MAIN}legacyDrawing") is not None)
        around = self.root.find(f"{_MAIN}headerFooter")
        return words + ["a header or footer"] * (around is not None and bool("".join(around.itertext()).strip()))

    def pictures(self) -> list[str]:
        """The pictures and charts on the sheet, and the one behind its cells."""
        behind = ["a picture behind it"] * (self.root.find(f"{_MAIN}picture") is not None)
        return [words for tag, words in _DRAWN.items() if tag in self.drawn] + behind


def _sheet(sheet: Worksheet, part: _SheetPart, looks: "_Looks") -> SeenSheet:
    own: Any = sheet
    view = own.sheet_view
    cells = {
        (cell.row, cell.column): looks.cell(cell)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is not None and str(cell.value).strip()
    }
    dimensions = {
        column_index_from_string(letter): dimension for letter, dimension in own.column_dimensions.items() if letter
    }
    hidden = [f"column {letter}" for letter, dimension in own.column_dimensions.items() if dimension.hidden]
    hidden += [f"row {row}" for row, dimension in own.row_dimensions.items() if dimension.hidden]
    hidden += ["the sheet"] if sheet.sheet_state != "visible" else []
    painted = [
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is None and cell.has_style and cell.fill.fill_type is not None
    ]
    return SeenSheet(
        sheet.title,
        cells,
        tuple(map(_table, own.tables.values())),
        tuple(map(str, own.merged_cells.ranges)),
        tuple(hidden),
        frozen=view.pane is not None,
        filtered=bool(own.auto_filter.ref),
        beside=tuple(part.beside()),
        pictures=tuple(part.pictures()),
        painted=tuple(painted),
        widths={place: dimension.width for place, dimension in dimensions.items() if dimension.customWidth},
        heights={row: dimension.height for row, dimension in own.row_dimensions.items() if dimension.height},
        cursor=view.selection[0].activeCell if view.selection else "",
        zoom=int(view.zoomScale or 100),
    )


def _table(table: Any) -> SeenTable:
    left, top, right, bottom = range_boundaries(table.ref)
    first: SeenPlace = (int(top or 1), int(left or 1))
    last: SeenPlace = (int(bottom or 1), int(right or 1))
    style = table.tableStyleInfo
    return SeenTable(
        table.displayName,
        first,
        last,
        headed=table.headerRowCount in (None, 1),
        filtered=table.autoFilter is not None,
        striped=style is not None and bool(style.name) and bool(style.showRowStripes or style.showColumnStripes),
    )


class _Looks:
    """How cells look, each look worked out once."""

    def __init__(self) -> None:
        self._known: dict[Any, SeenLook] = {}

    def cell(self, cell: Cell) -> SeenCell:
        """A cell as it is seen."""
        styled: Any = cell
        key = tuple(styled._style)  # noqa: SLF001 - what holds all of a look
        if key not in self._known:
            self._known[key] = _look(cell)
        link = cell.hyperlink
        to = str(link.location or link.target or "") if link else ""
        if cell.data_type == "f":
            return SeenCell(str(cell.value), "formula", self._known[key], to)
        if cell.is_date:
            value: Any = cell.value
            return SeenCell(in_words(value), "day", self._known[key], to)
        if cell.data_type == "n":
            return SeenCell(_figure(cell), "number", self._known[key], to)
        return SeenCell(unescape(str(cell.value)), "text", self._known[key], to)


def _figure(cell: Cell) -> str:
    """A number as its cell shows it."""
    form = str(cell.number_format)
    value: Any = cell.value
    places = len(re.match(r"0*", form.partition(".")[2])[0])  # type: ignore[index]
    return f"{value:,.{places}f}" if "," in form else f"{value:.{places}f}" if form != "General" else f"{value}"


def _look(cell: Cell) -> SeenLook:
    font, side, fill, edges = cell.font, cell.alignment, cell.fill, cell.border
    lines = (edges.left, edges.right, edges.top, edges.bottom)
    match = _HEADING.fullmatch(str(cell.style))
    colour = font.color
    return SeenLook(
        str(font.name or ""),
        float(font.sz or 0),
        bool(font.i),
        font.u is not None,
        any(line is not None and line.style for line in lines),
        fill.fill_type is not None,
        bool(side.textRotation),
        bool(side.wrap_text),
        "" if colour is None or (colour.type == "auto" and colour.auto) else f"{colour.type} {colour.value}",
        int(match[1]) if match else 0,
        str(side.horizontal or ""),
    )
