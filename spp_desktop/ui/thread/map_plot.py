"""The map of the golden thread laid out in a width, and painted row by row, on screen as on paper."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from spp_desktop.figures.charts.thread_map import MapNode, ThreadMap
from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures.drawing import shortened
from spp_desktop.ui.pictures.ink import Ink

PAD, BETWEEN, STEP, INNER = 8.0, 44.0, 10.0, 5.0
"""The room at the edges, between columns, by which a row stands in below another, and within a row; in pixels."""
MOST_OF_ONE = 60
"""The most links of one row that are drawn where it is not the chosen one."""
FAR = 80
"""The most lines of rows across which the link of a row that is not chosen is drawn whole."""
GAP_SHAPE = "diamond"
GAP_COLOURS = ("#b42318", "#ff7b72")
"""What marks a gap beside its word: its shape, and its colours on white and on dark."""


def part_between(line: QLineF, top: float, bottom: float) -> QLineF:
    """The part of a line between two heights; a level line is whole."""
    if line.dy() == 0 or (top <= min(line.y1(), line.y2()) and max(line.y1(), line.y2()) <= bottom):
        return line
    ends = sorted(min(max((height - line.y1()) / line.dy(), 0.0), 1.0) for height in (top, bottom))
    return QLineF(line.pointAt(ends[0]), line.pointAt(ends[1]))


class MapPlot:
    """Where everything on a map lies, and how it is painted.

    Attributes:
        shown: the map.
        row: how high a row is.
        near: the nodes that each node is linked to.

    Args:
        shown: the map.
        left: where its left edge is.
        width: how wide it is.
        font: the letters of its rows.
        near: the nodes that each node is linked to, where they are known already.
    """

    def __init__(
        self, shown: ThreadMap, left: float, width: float, font: QFont, near: Mapping[int, Sequence[int]] | None = None
    ) -> None:
        self.shown, self.near = shown, shown.linked() if near is None else near
        self._font, self._metrics = font, QFontMetricsF(font)
        self.row = float(round(self._metrics.lineSpacing() + 8))
        count = max(len(shown.heads), 1)
        self._left, self._wide = left, max((width - (count - 1) * BETWEEN) / count, 1.0)
        self._columns: list[list[int]] = [[] for _ in shown.heads]
        for number, node in enumerate(shown.nodes):
            self._columns[node.column].append(number)
        self._lines = [[shown.nodes[number].line for number in column] for column in self._columns]
        self._cut: dict[int, str] = {}
        edges = [self.column_box(column) for column in range(count)]
        self._begin = [edges[node.column].left() + node.row.depth * STEP for node in shown.nodes]
        self._end = [edges[node.column].right() for node in shown.nodes]

    @property
    def height(self) -> float:
        """How high all rows are."""
        return self.shown.lines * self.row

    def column_box(self, column: int) -> QRectF:
        """Where a column lies, of no height."""
        return QRectF(self._left + column * (self._wide + BETWEEN), 0, self._wide, 0)

    def box(self, number: int) -> QRectF:
        """Where a node lies, below the top of the first row."""
        begin = self._begin[number]
        return QRectF(begin, self.shown.nodes[number].line * self.row + 2, self._end[number] - begin, self.row - 4)

    def node_at(self, at: QPointF) -> int | None:
        """The node at a point; ``None`` if there is none."""
        line = int(at.y() // self.row)
        for column in range(len(self._columns)):
            box = self.column_box(column)
            if box.left() <= at.x() <= box.right():
                number = self.on_line(column, line)
                return number if number is not None and self.box(number).contains(at) else None
        return None

    def on_line(self, column: int, line: int) -> int | None:
        """The node of a column on a line; ``None`` if there is none."""
        lines = self._lines[column]
        at = bisect_left(lines, line)
        return self._columns[column][at] if at < len(lines) and lines[at] == line else None

    def nearest(self, column: int, line: int) -> int | None:
        """The node of a column that is nearest to a line; ``None`` if the column is empty."""
        lines = self._lines[column]
        if not lines:
            return None
        at = min(bisect_left(lines, line), len(lines) - 1)
        if at and line - lines[at - 1] < lines[at] - line:
            at -= 1
        return self._columns[column][at]

    def stepped(self, number: int, by: int) -> int:
        """The node so many rows below one in its column, or the last one that way."""
        numbers = self._columns[self.shown.nodes[number].column]
        at = bisect_left(numbers, number) + by
        return numbers[min(max(at, 0), len(numbers) - 1)]

    def end(self, number: int, *, last: bool) -> int:
        """The first or the last node of the column in which one stands."""
        return self._columns[self.shown.nodes[number].column][-1 if last else 0]

    def between(self, top: float, bottom: float) -> list[int]:
        """The nodes that lie between two heights."""
        first, last = int(top // self.row), int(bottom // self.row)
        return [
            number
            for numbers, lines in zip(self._columns, self._lines, strict=True)
            for number in numbers[bisect_left(lines, first) : bisect_left(lines, last + 1)]
        ]

    def line(self, begins: int, leads: int) -> QLineF:
        """The line between two nodes, from the edge of one that is nearer to the other."""
        first, second = self.shown.nodes[begins], self.shown.nodes[leads]
        heights = (first.line + 0.5) * self.row, (second.line + 0.5) * self.row
        from_end = first.column <= second.column
        to_end = second.column <= first.column
        return QLineF(
            (self._end if from_end else self._begin)[begins], heights[0],
            (self._end if to_end else self._begin)[leads], heights[1],
        )  # fmt: skip

    def links_of(self, numbers: Iterable[int], shown: Collection[int], area: QRectF) -> list[QLineF]:
        """The lines of nodes, as far as they lie in an area; of one that has very many, only those to others shown."""
        lines: list[QLineF] = []
        for number in numbers:
            near: Sequence[int] = self.near.get(number, ())
            if len(near) > MOST_OF_ONE:
                near = [other for other in near if other in shown]
            lines += [self._drawn(number, other) for other in near if other > number or other not in shown]
        return [part_between(line, area.top(), area.bottom()) for line in lines]

    def _drawn(self, number: int, other: int) -> QLineF:
        """The line from a node to another; where that is far away, only its beginning, which says up or down."""
        line = self.line(number, other)
        lines = self.shown.nodes[other].line - self.shown.nodes[number].line
        if abs(lines) <= FAR:
            return line
        way = 1 if line.x2() >= line.x1() else -1
        return QLineF(
            line.x1(), line.y1(), line.x1() + way * BETWEEN / 3, line.y1() + self.row * (1 if lines > 0 else -1)
        )

    # Painting

    def paint_links(self, painter: QPainter, lines: Sequence[QLineF], colour: QColor, width: float) -> None:
        """Paint lines in a colour."""
        painter.setPen(QPen(colour, width))
        painter.drawLines(list(lines))

    def paint_chosen(self, painter: QPainter, ink: Ink, number: int, area: QRectF) -> None:
        """Paint the lines of the chosen node strongly, as far as they lie in an area; thinly where they are many."""
        top, bottom = area.top() - self.row, area.bottom() + self.row
        whole = [self.line(number, other) for other in self.near.get(number, ())]
        lines = [part for line in whole if not (part := part_between(line, top, bottom)).isNull()]
        few = len(lines) <= MOST_OF_ONE
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=few)
        self.paint_links(painter, lines, ink.accent, 2 if few else 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def paint_node(self, painter: QPainter, ink: Ink, number: int, *, strong: bool, current: bool) -> None:
        """Paint a node: its reference and words, and its gap as a shape and a word."""
        node, box = self.shown.nodes[number], self.box(number)
        colour = QColor(GAP_COLOURS[ink.dark])
        edge = ink.accent if current or strong else colour if node.row.gap else ink.rule
        pen = QPen(edge, 2 if current else 1)
        if node.row.gap and not current:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ink.paper)
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = box.center().y() + (self._metrics.ascent() - self._metrics.descent()) / 2
        right = box.right() - INNER
        if node.row.gap:
            right = self._paint_gap(painter, colour, node, QPointF(right, middle))
        painter.setPen(ink.text)
        text = self._cut.get(number)
        if text is None:  # each is cut to its room once
            words = f"{node.row.ref}  {node.row.text}"
            text = self._cut[number] = shortened(words, right - box.left() - INNER, self._metrics)
        painter.drawText(QPointF(box.left() + INNER, middle), text)

    def _paint_gap(self, painter: QPainter, colour: QColor, node: MapNode, end: QPointF) -> float:
        """Paint what a node lacks, its word ending at a point. Returns where the room for the node's own words ends."""
        size = self._metrics.ascent() * 0.7
        word = shortened(node.row.gap, self._wide * 0.5, self._metrics)
        left, middle = end.x() - self._metrics.horizontalAdvance(word), end.y()
        painter.setPen(colour)
        painter.drawText(QPointF(left, middle), word)
        painter.save()
        painter.translate(left - size, middle - self._metrics.ascent() * 0.4)
        painter.fillPath(theme.shape_path(GAP_SHAPE, size), colour)
        painter.restore()
        return left - 2 * size

    def paint_head(self, painter: QPainter, ink: Ink, column: int, top: float) -> None:
        """Paint the heading of a column, and below it how much of it is covered."""
        title, coverage = self.shown.heads[column]
        bold = QFont(self._font)
        bold.setBold(True)
        box, measures = self.column_box(column), QFontMetricsF(bold)
        painter.setFont(bold)
        painter.setPen(ink.text)
        painter.drawText(QPointF(box.left(), top + measures.ascent()), shortened(title, box.width(), measures))
        painter.setFont(self._font)
        painter.setPen(ink.quiet)
        below = top + measures.lineSpacing() + self._metrics.ascent()
        painter.drawText(QPointF(box.left(), below), shortened(coverage, box.width(), self._metrics))

    @property
    def head_height(self) -> float:
        """How high the headings are."""
        return 2 * self._metrics.lineSpacing() + INNER
