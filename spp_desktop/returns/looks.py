"""How the cells of a return look. Each look is made once for a sheet: making one for each cell is most of the work.

What is filled in is told three ways, of which colour is the least: a box around the cell, the words above its heading,
and a white ground.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns.words import clean, escape

FONT, SIZE = "Calibri", 10
INK, QUIET, LOCKED, HEAD, NOTE, PAPER = "FF1B1F24", "FF57606A", "FFEEF0F3", "FF17365D", "FF9A3412", "FFFFFFFF"
_LINE, _FAINT, _REFERENCE = "FF6B7785", "FFB8C0C9", "FFD5DCE4"
"""Colours, each opaque: Gnumeric draws no line in a colour of which nothing is said, and openpyxl then says nothing."""


def around(side: Side) -> Border:
    """A border with the same line on every side."""
    return Border(left=side, right=side, top=side, bottom=side)


BOX = around(Side(style="thin", color=_LINE))
RULED = around(Side(style="hair", color=_FAINT))
_STRONG = Side(style="medium", color=HEAD)

WHITE, GREY = PatternFill(), PatternFill("solid", fgColor=LOCKED)
DARK, PALE = PatternFill("solid", fgColor=HEAD), PatternFill("solid", fgColor=_REFERENCE)

_LIKE_FORMULA = tuple("=+-@'\t")


def font(size: float = SIZE, color: str = INK, *, bold: bool = False) -> Font:
    """The sheet's font."""
    return Font(name=FONT, size=size, color=color, bold=bold)


BODY, BOLD, FAINT = font(), font(bold=True), font(color=QUIET)


def wrapped(side: str = "left", *, wrap: bool = True) -> Alignment:
    """From the top of the cell, in as many lines as it takes, or in one that is cut."""
    return Alignment(wrap_text=wrap, vertical="top", horizontal=side)


def below_rule(border: Border) -> Border:
    """A border with a strong rule above."""
    return Border(left=border.left, right=border.right, top=_STRONG, bottom=border.bottom)


@dataclass(frozen=True)
class CellLook:
    """All of how a cell looks."""

    font: Font
    fill: PatternFill
    border: Border
    alignment: Alignment
    form: str = "General"
    unlocked: bool = False


class Looks:
    """The looks of one sheet's cells, each made when it is first asked for."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def give(self, cell: Cell, key: Hashable, make: Callable[[], CellLook]) -> None:
        """Give a cell the look that is known by a key, whatever it looked like before."""
        known = (key, quoted := _quoted(cell))
        if known not in self._known:
            self._known[known] = _made(cell, make(), quoted=quoted)
        styled: Any = cell  # the stubs do not know what holds all of a look
        styled._style = self._known[known]  # noqa: SLF001 - as is done to copy a look; nobody alters it later

    def number(self, sheet: Worksheet, key: Hashable, make: Callable[[], CellLook], *, quoted: bool) -> int:
        """The number of the style that is known by a key, in the workbook of a sheet.

        ``quoted``: of a text that begins as a formula does.
        """
        known = key, quoted
        if known not in self._known:
            cell = Cell(sheet, 1, 1)  # which the sheet does not know of
            _made(cell, make(), quoted=quoted)
            self._known[known] = cell.style_id
        number: int = self._known[known]
        return number


def _made(cell: Cell, look: CellLook, *, quoted: bool) -> Any:
    cell.font, cell.fill, cell.border, cell.alignment = look.font, look.fill, look.border, look.alignment
    cell.number_format = look.form
    cell.protection = Protection(locked=not look.unlocked)
    cell.quotePrefix = quoted
    styled: Any = cell
    return styled._style  # noqa: SLF001 - see above


def _quoted(cell: Cell) -> bool:
    return cell.data_type == "s" and like_formula(str(cell.value))


def like_formula(text: str) -> bool:
    """Whether a text begins as a formula does, and is to be kept from being taken for one."""
    return text.startswith(_LIKE_FORMULA)


PITCH, SPACE = 13.0, 3.0
"""Points that a line takes, and those around the lines of a cell."""

MOST_HEIGHT = 400.0
"""Points that a row may be high; Excel shows no more than 409."""


_LETTERS, _CAPITAL = 1.15, 0.3
"""Average letters to a digit of the sheet's font, by which columns are measured; what a capital is wider than one."""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide."""
    most = width * _LETTERS
    count = 0
    for part in text.split("\n"):
        count, used = count + 1, 0.0
        for word in part.split(" ") if len(part) > most / (1 + _CAPITAL) else ():
            wide = len(word) + _CAPITAL * sum(map(str.isupper, word))
            if used and used + wide > most:
                count, used = count + 1, 0.0
            used += wide + 1
            count += int(wide // most)
    return count


class _Growing(RowDimension):
    """The height of a row that nobody has set: it grows when more is typed into the row."""

    customHeight = False


def set_height(sheet: Worksheet, row: int, lines: float) -> None:
    """Make a row high enough for so many lines, and let it grow."""
    sheet.row_dimensions[row] = _Growing(sheet, index=row, ht=height_of(lines))


def height_of(lines: float) -> float:
    """The points that a row of so many lines is high."""
    return min(MOST_HEIGHT, lines * PITCH + SPACE)


def at(sheet: Worksheet, row: int, place: int) -> Cell:
    """The cell at a row and column; a merged one has no value of its own."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever it begins with."""
    cell.value = escape(clean(text))
    cell.data_type = "s"
    if _quoted(cell):
        cell.quotePrefix = True
