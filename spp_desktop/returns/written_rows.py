"""The rows of a workbook's tables as the text of their sheets, put into a workbook that openpyxl has made of the rest.

A table has a hundred times the cells that stand around it. To make an object of each, and then an element of each
object, is nearly all of what writing a large workbook takes; what a cell says and how it looks is in most cells the
same as in many others, and is put into words once. ECMA-376 part 1, 18.3 (sheets) and 18.18.11 (kinds of cells).
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape as in_xml

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns.looks import height_of
from spp_desktop.returns.placement import address
from spp_desktop.returns.words import clean, escape

_AT_ONCE = 500
"""Rows that are packed at a time."""
_END = b"</sheetData>"
_DAY_0, _LEAP_DAY = date(1899, 12, 30), 60
_EXTENT = re.compile(rb'<dimension ref="[^"]*"')


class WrittenRows:
    """The rows of a sheet's table, from its first on.

    Args:
        sheet: The sheet, which has everything else.
        first: The number of the first row.
        columns: How many columns the sheet has, from its first on.
    """

    def __init__(self, sheet: Worksheet, first: int, columns: int) -> None:
        self.sheet = sheet
        self.texts: list[str] = []
        self._row = self._first = first
        self._letters = [address(1, place)[:-1] for place in range(1, columns + 1)]

    def add(self, cells: Iterable[str], lines: float | None) -> None:
        """The next row: what ``text_cell`` and the like give for each column, high enough for so many lines."""
        row, self._row = self._row, self._row + 1
        high = "" if lines is None else f' ht="{height_of(lines):g}"'
        told = [f'<c r="{letters}{row}"{cell}' for letters, cell in zip(self._letters, cells, strict=True) if cell]
        self.texts.append(f'<row r="{row}"{high}>{"".join(told)}</row>')

    @property
    def extent(self) -> str:
        """The cells of the sheet, from the first to the last."""
        return f"A1:{self._letters[-1]}{max(self._row - 1, self._first)}"


def text_cell(text: str, look: int = 0) -> str:
    """A cell with a text that stays a text, whatever it begins with; ``look`` is the number of its style."""
    return f' s="{look}" t="inlineStr"><is><t xml:space="preserve">{in_xml(escape(clean(text)))}</t></is></c>'


def value_cell(value: float | date | None, look: int) -> str:
    """A cell with a number, a day, yes or no, or nothing."""
    if value is None:
        return f' s="{look}"/>'
    if isinstance(value, bool):
        return f' s="{look}" t="b"><v>{value:d}</v></c>'
    return f' s="{look}"><v>{_serial(value) if isinstance(value, date) else value!r}</v></c>'


def _serial(day: date) -> int:
    """The number of a day in a workbook, in which a 29 February 1900 is counted that there never was."""
    days = (day - _DAY_0).days
    return days - (0 < days <= _LEAP_DAY)


def save(book: Workbook, tables: Iterable[WrittenRows], target: Path | BinaryIO) -> None:
    """Put a workbook with the rows of its tables into a file.

    Raises:
        OSError: if it cannot be written.
    """
    packed, order = BytesIO(), [id(sheet) for sheet in book.worksheets]
    book.save(packed)
    parts = {f"xl/worksheets/sheet{order.index(id(table.sheet)) + 1}.xml": table for table in tables}
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for info in made.infolist():
            _copy(made.read(info), info.filename, parts, whole)


def _copy(content: bytes, name: str, parts: Mapping[str, WrittenRows], whole: zipfile.ZipFile) -> None:
    """Put a part into the file; that of a sheet with its rows behind those that it has."""
    table = parts.get(name)
    if table is None:
        whole.writestr(name, content)
        return
    above, end, below = content.partition(_END)
    with whole.open(name, "w") as part:
        part.write(_EXTENT.sub(f'<dimension ref="{table.extent}"'.encode(), above, count=1))
        for first in range(0, len(table.texts), _AT_ONCE):
            part.write("".join(table.texts[first : first + _AT_ONCE]).encode())
        part.write(end + below)
