"""A grid's table as it is printed and saved: the columns and rows that are shown, in their order, with whole texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from spp_desktop.plan.kinds import Option
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.arrangement import Group
from spp_desktop.ui.grid.columns import AMONG, GridColumn
from spp_desktop.ui.grid.head_painter import paint_head
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.printed_table import FEW, PrintedCell, PrintedColumn, PrintedHead, PrintedRow, PrintedTable

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

SHAPE, GAP = 11.0, 5.0
MOST_TOLD = 60
"""The most rows that are told in words."""
_BAR = 260.0
"""The room of a head's bar with its counts, in pixels."""


def table_drawing(
    model: TableModel,
    shown: Sequence[int],
    title: str,
    notes: Sequence[str],
    numbers: "Callable[[], list[PlainSheet]] | None" = None,
) -> Drawing:
    """The drawing of a table.

    Args:
        model: the table.
        shown: the indices of the columns that are shown, in their order.
        title: what it is called.
        notes: what must be known of it.
        numbers: gives the table as sheets.
    """
    known = [*notes, *_left_out(model)]
    columns = [model.columns[at] for at in shown]

    def lay_out_rows() -> PrintedTable:
        """The table with its lines, as they stand now."""
        cells = _PrintedCells(columns, theme.palette_of(dark=False))
        rows = list(cells.lines(model))
        return PrintedTable(title, known, cells.columns(), rows, repeated=_names(columns))

    words = _words(model, columns, title, known)
    upright = len(columns) <= FEW
    drawn = Drawing(title, words, lambda canvas: lay_out_rows().lay_out(canvas), upright=upright, numbers=numbers)
    return replace(drawn, keys=_keys(model))


def _keys(model: TableModel) -> frozenset[str] | None:
    """The rows of the plan that a table's lines are, and those they name; ``None`` where lines may tell of any row."""
    from spp_desktop.store.registered import RegisterRow  # late: the first look at a plan does without what it loads

    lines = [row for row in map(model.row_at, range(model.rowCount())) if row is not None]
    if not all(isinstance(row, ActivityRow | RegisterRow) for row in lines):
        return None
    named = (value for row in lines if isinstance(row, RegisterRow) for value in row.values.values())
    return frozenset([*(row.key for row in lines), *(value for value in named if isinstance(value, str))])


def _names(columns: Sequence[GridColumn]) -> int:
    """How many columns stand on every page, if the table is too wide for one: those that stay in view on screen."""
    return max((at for at, column in enumerate(columns[:AMONG]) if column.frozen), default=0) + 1


def _left_out(model: TableModel) -> Iterator[str]:
    """The sentences that say which rows are not shown, and why."""
    arrangement, unwritten = model.arrangement, len(model.unwritten())
    limits = [f'"{arrangement.filter_text}"'] if arrangement.filter_text else []
    limits += [
        f"{model.columns[model.column_of(field)].title}: {', '.join(sorted(texts))}"
        for field, texts in arrangement.chosen.items()
    ]
    matching = model.matching() - unwritten
    if limits:
        yield f"Filtered by {'; '.join(limits)}: {matching:,} of {len(model.own_rows) - unwritten:,} rows."
    folded = sum(len(group.rows) for at in model.heads() if (group := model.group_at(at)) and group.folded)
    if folded:
        yield f"{folded:,} rows in folded groups are not shown."


def _words(model: TableModel, columns: Sequence[GridColumn], title: str, notes: Sequence[str]) -> str:
    """The table in sentences: what it is called, its columns, and its first rows."""
    rows = [row for _, row in _rows(model)]
    sentences = [f"{title}.", *notes, f"A table of {len(rows):,} rows. Columns: {', '.join(c.title for c in columns)}."]
    for row in rows[:MOST_TOLD]:
        texts = (" ".join(column.show(row).split()) for column in columns)
        sentences.append("; ".join(filter(None, texts)) + ".")
    if len(rows) > MOST_TOLD:
        sentences.append(f"{len(rows) - MOST_TOLD:,} more rows.")
    return " ".join(sentences)


def _rows(model: TableModel) -> Iterator[tuple[int, Any]]:
    """The rows that are shown, each with its line; not the lines in which new rows are typed."""
    unwritten = set(model.unwritten())
    for at in range(model.rowCount()):
        row = None if at in unwritten else model.row_at(at)
        if row is not None:
            yield at, row


class _PrintedCells:
    """Makes the cells of a table as they are printed."""

    def __init__(self, columns: Sequence[GridColumn], palette: QPalette) -> None:
        self._columns, self._palette = columns, palette
        self._trial = QImage(1, 1, QImage.Format.Format_RGB32)
        self._alone: set[str] = set()

    def columns(self) -> list[PrintedColumn]:
        """The columns, once their cells are made."""
        return [
            PrintedColumn(
                column.title, column.align == "right", column.width - 10.0 if column.field in self._alone else 0
            )
            for column in self._columns
        ]

    def lines(self, model: TableModel) -> Iterator[PrintedRow | PrintedHead]:
        """The rows and the heads that are shown."""
        unwritten = set(model.unwritten())
        for at in range(model.rowCount()):
            head, row = model.group_at(at), model.row_at(at)
            if head is not None:
                yield self._head(head)
            elif at not in unwritten:
                yield [self._cell(column, row) for column in self._columns]

    def _head(self, head: Group) -> PrintedHead:
        option = QStyleOptionViewItem()
        option.palette = self._palette

        def paint(painter: QPainter, box: QRectF, size: int) -> None:
            """Paint the cell with letters of a size."""
            option.font = lettering.letters(size)
            option.fontMetrics = QFontMetrics(option.font)
            painter.setFont(option.font)
            paint_head(painter, box.toRect(), head, option, current=False)

        wide = lettering.metrics(bold=True).horizontalAdvance(f"{head.title}  {head.note}")
        return PrintedHead(head.words, paint, wide + 60 + (_BAR if head.parts else 0.0))

    def _cell(self, column: GridColumn, row: Any) -> PrintedCell:
        mark = column.marked(row)
        text = column.show(row) if mark is None else f"{column.show(row)} ({mark.word})".strip()
        alert = mark is not None or (column.alert is not None and column.alert(row))
        quiet = column.quiet is not None and column.quiet(row)
        role = (
            QPalette.ColorRole.BrightText
            if alert
            else QPalette.ColorRole.PlaceholderText
            if quiet
            else QPalette.ColorRole.Text
        )
        status = column.kind.option(column.get(row))
        if status is not None and status.shape:
            return PrintedCell(text, role, partial(_paint_shape, status, self._palette), SHAPE + GAP)
        if column.picture is None:
            return PrintedCell(text, role)
        left = self._left_for_text(column, row)
        paint = partial(_paint_picture, column, row, self._palette)
        if left is not None:
            return PrintedCell(text, role, paint, left)
        self._alone.add(column.field)
        return PrintedCell("", role, paint)

    def _left_for_text(self, column: GridColumn, row: Any) -> float | None:
        """How far from the left the text begins beside a cell's picture; ``None`` if it has no room."""
        assert column.picture is not None
        painter = QPainter(self._trial)
        painter.setFont(lettering.letters())
        box = QRectF(0, 0, column.width, 30).toRect()
        left = column.picture(painter, box, row, self._palette)
        painter.end()
        return float(left.left()) if left.width() > 0 else None


def _paint_shape(status: Option, palette: QPalette, painter: QPainter, box: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.left() + SHAPE / 2, box.top() + painter.fontMetrics().height() / 2)
    colour = theme.status_colour(status.colour, status.dark_colour, palette)
    painter.fillPath(theme.shape_path(status.shape, SHAPE), colour)


def _paint_picture(column: GridColumn, row: Any, palette: QPalette, painter: QPainter, box: QRectF) -> None:
    assert column.picture is not None
    column.picture(painter, box.toRect(), row, palette)
