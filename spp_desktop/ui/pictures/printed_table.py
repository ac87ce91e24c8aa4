"""A table on paper and in pictures: whole texts, headings on every page, and no row cut that fits on a page."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QTableView

from spp_desktop.ui.common.item_models import NOWHERE
from spp_desktop.ui.pictures import column_widths, lettering
from spp_desktop.ui.pictures.column_widths import ColumnNeed
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, lead_of, write

SIZES = (12, 11, 10, 9)
"""The sizes of letters in pixels. The largest at which all columns stand on one page is taken."""
PAD_X, PAD_Y = 4.0, 3.0
FEW = 4
"""The most columns of a table that is printed upright unless a person chooses otherwise."""
PICTURE_HEIGHT = 22.0
"""The least height of a row with a picture, in pixels."""
LONGEST_WORD, LONGEST_LINE = 200.0, 460.0
"""The most that a word and a line can ask for as the width of a column, in pixels."""
KEPT_WHOLE, USUAL = 84.0, 0.9
"""A line that is not wider than this, in pixels, is not broken; a column is asked for by this share of its lines."""
LEAST_HEIGHT = 200.0
"""The least height of a page that rows are broken for, in pixels."""

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class PrintedColumn:
    """A column: its heading, whether its texts stand at the right, and the width of its pictures in pixels."""

    title: str
    right: bool = False
    picture: float = 0.0


@dataclass(frozen=True)
class PrintedCell:
    """A cell.

    Attributes:
        text: what stands in it; "" where a picture says it.
        role: the colour of its text.
        picture: paints what stands before the text, or in its place.
        indent: how far from the left the text begins, in pixels.
        bold: whether its text is bold.
    """

    text: str
    role: QPalette.ColorRole = QPalette.ColorRole.Text
    picture: Paint | None = None
    indent: float = 0.0
    bold: bool = False


@dataclass(frozen=True)
class PrintedHead:
    """The head of the rows that follow it: its words, and what paints it in letters of a size, if it has this width."""

    words: str
    paint: Callable[[QPainter, QRectF, int], None] | None = None
    width: float = 0.0


PrintedRow = Sequence[PrintedCell]


@dataclass(frozen=True)
class PrintedTable:
    """A table as plain values; ``repeated`` is how many of its first columns stand on every page, if it is too wide."""

    title: str
    notes: Sequence[str]
    columns: Sequence[PrintedColumn]
    rows: Sequence[PrintedRow | PrintedHead]
    repeated: int = 1

    def lay_out(self, canvas: Canvas) -> list[Flow]:
        """Lay it out on a canvas: in the largest letters in which all columns fit, else in parts that do."""
        size, needs = SIZES[0], self._needs(SIZES[0])
        for smaller in SIZES[1:]:
            if column_widths.fits(needs, canvas.width):
                break
            size, needs = smaller, self._needs(smaller)
        together = column_widths.sets(needs, canvas.width, self.repeated)
        return [
            self._part(canvas, size, needs, places, self._notes(places, first=not at, alone=len(together) == 1))
            for at, places in enumerate(together)
        ]

    def _notes(self, places: Sequence[int], *, first: bool, alone: bool) -> list[str]:
        """What is said above a part: the notes above the first, and which columns stand in each of several."""
        ends = self.columns[places[min(self.repeated, len(places) - 1)]].title, self.columns[places[-1]].title
        return [*(self.notes if first else ()), *(() if alone else (f"Columns {ends[0]} to {ends[1]}",))]

    def _part(
        self, canvas: Canvas, size: int, needs: Sequence[ColumnNeed], places: Sequence[int], notes: Sequence[str]
    ) -> Flow:
        widths = column_widths.shared([needs[at] for at in places], canvas.width)
        heads = all(row.width <= canvas.width for row in self.rows if isinstance(row, PrintedHead))
        made = _Rows(canvas, [self.columns[at] for at in places], widths, size, heads_painted=heads)
        bands = chain.from_iterable(
            made.head(row) if isinstance(row, PrintedHead) else made.row([row[at] for at in places])
            for row in self.rows
        )
        return Flow(lead_of(self.title, notes, canvas), made.headings(), tuple(bands))

    def _needs(self, size: int) -> list[ColumnNeed]:
        rows = [row for row in self.rows if not isinstance(row, PrintedHead)]
        return [_need(column, [row[at] for row in rows], size) for at, column in enumerate(self.columns)]


def _need(column: PrintedColumn, cells: Sequence[PrintedCell], size: int) -> ColumnNeed:
    """What a column needs for its heading and its cells."""
    heading = lettering.longest_word(column.title, size, bold=True)
    counted = Counter((line, cell.indent, cell.bold) for cell in cells for line in cell.text.splitlines() if line)
    widths = {line: _advance(line, size) for line in counted}
    words = [
        width if width <= KEPT_WHOLE else line[1] + min(_widest_word(line, size), LONGEST_WORD)
        for line, width in widths.items()
    ]
    least = max([heading, column.picture, *words]) + 2 * PAD_X + 1  # a word as wide as its room would be broken
    most = _at_share(sorted((widths[line], number) for line, number in counted.items()), USUAL)
    return ColumnNeed(least, max(least, min(most, LONGEST_LINE) + 2 * PAD_X + 1))


_Line = tuple[str, float, bool]
"""A line of a cell: its text, how far in it begins, and whether it is bold."""


def _advance(line: _Line, size: int) -> float:
    return line[1] + lettering.metrics(size, bold=line[2]).horizontalAdvance(line[0])


def _widest_word(line: _Line, size: int) -> float:
    return lettering.longest_word(line[0], size, bold=line[2])


def _at_share(widths: Sequence[tuple[float, int]], share: float) -> float:
    """The width that this share of lines is no wider than; each width has the number of its lines."""
    room = sum(number for _, number in widths) * share
    for width, number in widths:
        room -= number
        if room <= 0:
            return width
    return widths[-1][0] if widths else 0.0


def _in_size(paint: Callable[[QPainter, QRectF, int], None], size: int, painter: QPainter, box: QRectF) -> None:
    paint(painter, box, size)


class _Rows:
    """Makes the bands of a table whose columns have their widths."""

    def __init__(
        self,
        canvas: Canvas,
        columns: Sequence[PrintedColumn],
        widths: Sequence[float],
        size: int,
        *,
        heads_painted: bool,
    ) -> None:
        self._heads_painted = heads_painted
        self._canvas, self._columns, self._widths, self._size = canvas, columns, widths, size
        self._line = lettering.metrics(size).lineSpacing()
        self._rule, self._edge = canvas.ink.rule, canvas.palette.color(QPalette.ColorRole.Dark)
        room = max(canvas.height or 0.0, LEAST_HEIGHT) * 0.6 if canvas.height else float("inf")
        self._most = max(int(min(room / self._line, 10_000)), 1)

    def headings(self) -> tuple[Band, ...]:
        """The headings of the columns, above a line."""
        broken = [
            lettering.lines(column.title, width - 2 * PAD_X, self._size, bold=True)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        most = max(map(len, broken), default=1)
        ground, colour = self._canvas.palette.color(QPalette.ColorRole.Button), self._canvas.ink.text

        def paint(painter: QPainter, box: QRectF) -> None:
            """Paint the line into its box."""
            painter.fillRect(box, ground)
            painter.setPen(colour)
            for (left, width, column), texts in zip(self._across(box.left()), broken, strict=True):
                top = box.bottom() - PAD_Y - len(texts) * self._line
                self._write(painter, texts, left, width, top, right=column.right, bold=True)
            painter.setPen(QPen(self._edge, 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())

        return (Band(most * self._line + 2 * PAD_Y, paint),) if any(column.title for column in self._columns) else ()

    def head(self, head: PrintedHead) -> Iterator[Band]:
        """The head of a group, which stays with its first row."""
        if self._heads_painted and head.paint is not None:
            yield Band(2 * self._line - 4, partial(_in_size, head.paint, self._size), stays=True)
            return
        texts = lettering.lines(head.words, self._canvas.width - 2 * PAD_X, self._size, bold=True)
        ground, colour = self._canvas.palette.color(QPalette.ColorRole.Button), self._canvas.ink.text

        def paint(painter: QPainter, box: QRectF) -> None:
            """Paint the line into its box."""
            painter.fillRect(box, ground)
            painter.setPen(colour)
            self._write(painter, texts, box.left(), box.width(), box.top() + PAD_Y, bold=True)

        yield Band(len(texts) * self._line + 2 * PAD_Y, paint, stays=True)

    def row(self, cells: PrintedRow) -> Iterator[Band]:
        """A row: one band, or several if it is longer than most of a page."""
        broken = [
            lettering.lines(cell.text, width - 2 * PAD_X - cell.indent, self._size, bold=cell.bold) if cell.text else ()
            for cell, width in zip(cells, self._widths, strict=True)
        ]
        most = max(map(len, broken), default=1)
        least = PICTURE_HEIGHT if any(cell.picture for cell in cells) else self._line + 2 * PAD_Y
        for first in range(0, max(most, 1), self._most):
            texts = [lines[first : first + self._most] for lines in broken]
            high = max(max(map(len, texts), default=1) * self._line + 2 * PAD_Y, least if not first else 0.0)
            yield Band(high, self._row_painter(cells, texts, first=not first, last=first + self._most >= most))

    def _row_painter(self, cells: PrintedRow, texts: Sequence[Sequence[str]], *, first: bool, last: bool) -> Paint:
        def paint(painter: QPainter, box: QRectF) -> None:
            """Paint the line into its box."""
            for (left, width, column), cell, lines in zip(self._across(box.left()), cells, texts, strict=True):
                if cell.picture is not None and first:
                    painter.save()
                    painter.setFont(lettering.letters(self._size))
                    cell.picture(painter, QRectF(left + PAD_X, box.top() + PAD_Y, width - 2 * PAD_X, box.height() - 5))
                    painter.restore()
                painter.setPen(self._canvas.palette.color(cell.role))
                begin, room = left + cell.indent, width - cell.indent
                self._write(painter, lines, begin, room, box.top() + PAD_Y, right=column.right, bold=cell.bold)
            if last:
                painter.setPen(QPen(self._rule, 1))
                painter.drawLine(box.bottomLeft(), box.bottomRight())

        return paint

    def _write(
        self,
        painter: QPainter,
        lines: Sequence[str],
        left: float,
        width: float,
        top: float,
        *,
        right: bool = False,
        bold: bool = False,
    ) -> None:
        x = left + width - PAD_X if right else left + PAD_X
        for at, line in enumerate(lines):
            write(painter, line, QPointF(x, top + at * self._line), size=self._size, bold=bold, right=right)

    def _across(self, left: float) -> Iterator[tuple[float, float, PrintedColumn]]:
        """Of each column its left edge, its width and itself."""
        for width, column in zip(self._widths, self._columns, strict=True):
            yield left, width, column
            left += width


def plain_drawing(table: QTableView) -> Drawing | None:
    """The drawing of a table that is only read, from the texts of its model; ``None`` if it has no rows."""
    model, header = table.model(), table.horizontalHeader()
    while model.canFetchMore(NOWHERE):  # a long table has its rows only once they are scrolled to
        model.fetchMore(NOWHERE)
    across = [at for at in map(header.logicalIndex, range(header.count())) if not header.isSectionHidden(at)]
    if not model.rowCount() or not across:
        return None
    titles = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in across]
    sides = [model.index(0, at).data(Qt.ItemDataRole.TextAlignmentRole) for at in across]
    columns = [
        PrintedColumn(title, right=bool(int(side or 0) & int(Qt.AlignmentFlag.AlignRight)))
        for title, side in zip(titles, sides, strict=True)
    ]
    texts = [[str(model.index(row, at).data() or "") for at in across] for row in range(model.rowCount())]
    name = table.accessibleName()
    printed = PrintedTable(name, (), columns, [[PrintedCell(text) for text in row] for row in texts])
    words = ". ".join([name, ", ".join(titles), *("; ".join(filter(None, row)) for row in texts)])
    return Drawing(name, f"{words}.", printed.lay_out, upright=len(columns) <= FEW)
