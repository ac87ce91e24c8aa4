"""The overview laid out in a width, and painted, on screen as on paper: parts in columns, each a small table.

Whatever a person can go to (a number, or a row that is named) is a stop with a box of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from spp_desktop.edits.overview.parts import OverviewPart
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.overview.tallies import RowBehind, RowsBehind, TallyHead, TallyLine, TallyMark, TallyTable
from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures.drawing import shortened
from spp_desktop.ui.pictures.ink import Ink

NARROWEST = 36
"""The least average characters that a column of parts has room for."""
MOST_COLUMNS, WIDE = 4, 2
"""So many columns of parts at most, and so many of them for a wide part; where there are fewer it has them all."""
BETWEEN, BELOW, INNER, PAD = 24.0, 16.0, 6.0, 3.0
"""The room between columns and between parts, at the sides of a number, and above and below a line; in pixels."""
CLOSE = 1.5
"""The room above and below a line where much has to stand on one page, in pixels."""
LEAST_TITLE = 0.22
"""The part of a wide part's width that the titles of its lines have at least."""
TITLE_LINES, HEAD_LINES = 3, 2
"""The most lines of the title of a line, and of a column."""
OTHERS = "Others"
"""The line for those that there is no room for."""


@dataclass(frozen=True)
class PartShown:
    """A part with what it says."""

    part: OverviewPart
    table: TallyTable


@dataclass(frozen=True)
class OverviewStop:
    """A place to go to: a number with the rows behind it, or a row that is named.

    Attributes:
        part: the name of its part.
        line, column: the titles of the number's line and column; of a row, "" and its key.
        title: what a list of the rows is headed with.
        rows: the rows behind it.
        row: the row that is named; ``None`` for a number.
        box: where it lies.
    """

    part: str
    line: str
    column: str
    title: str
    rows: RowsBehind
    row: RowBehind | None
    box: QRectF

    @property
    def place(self) -> tuple[str, str, str]:
        """By which it is found again."""
        return self.part, self.line, self.column

    @property
    def words(self) -> str:
        """What it says, in a sentence."""
        if self.row is None:
            return f"{self.title}: {len(self.rows):,}"
        row = self.row
        return ", ".join(filter(None, (f"{row.ref} {' '.join(row.text.split())}".strip(), row.owner, row.words)))


PaintedThing = Callable[[QPainter, Ink], None]
"""Paints one thing where it lies."""


class OverviewPlot:
    """Where all parts lie, and how they are painted.

    Attributes:
        stops: the places to go to, part by part.
        height: how high all parts are.
        left_out: what is not shown for want of room, in words.

    Args:
        parts: the parts in their order.
        width: how wide it may be.
        font: its letters.
        named: the most rows that a part names.
        lines: the most lines of a part.
        pad: the room above and below a line.
    """

    def __init__(  # noqa: PLR0917 - what is laid out, and how much room there is
        self, parts: Sequence[PartShown], width: float, font: QFont, named: int = 3, lines: int = 14, pad: float = PAD
    ) -> None:
        self.stops: list[OverviewStop] = []
        self.left_out: list[str] = []
        self._font, self._bold = QFont(font), QFont(font)
        self._bold.setBold(True)
        self._metrics, self._bold_metrics = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        self._pad = pad
        self._line = self._metrics.height() + 2 * pad
        self._named, self._most = named, lines
        self._things: list[PaintedThing] = []
        self._numbers: list[tuple[QRectF, str, bool, bool, OverviewStop]] = []
        unit = self._metrics.averageCharWidth() * NARROWEST
        columns = max(min(int((width + BETWEEN) // (unit + BETWEEN)), MOST_COLUMNS), 1)
        self._unit = (width - (columns - 1) * BETWEEN) / columns
        tops, below = [0.0] * columns, BELOW * (pad + PAD) / (2 * PAD)
        for shown in parts:
            span = 1 if not shown.part.wide else WIDE if columns == MOST_COLUMNS else columns
            at = min(range(columns - span + 1), key=lambda first: (max(tops[first : first + span]), first))
            top = max(tops[at : at + span])
            left, wide = at * (self._unit + BETWEEN), span * self._unit + (span - 1) * BETWEEN
            bottom = self._part(shown, left, top, wide)
            tops[at : at + span] = [bottom + below] * span
        self.height = max(max(tops) - below, 0.0)

    # Laying out

    def _part(self, shown: PartShown, left: float, top: float, wide: float) -> float:
        """Lay out a part. Returns where it ends."""
        table = shown.table
        self._write(shown.part.title, left, top, wide, bold=True)
        top += self._line + PAD
        self._rule(left, top - PAD / 2, wide)
        if table.note:
            self._write(table.note, left, top, wide, role="quiet")
            top += self._line
        if table.empty:
            self._write(table.empty, left, top, wide, role="quiet")
            return top + self._line
        lines = self._few(shown.part, table)
        if len(table.heads) > 1:
            return self._matrix(shown.part, table.heads, lines, left, top, wide)
        top = self._tally(shown.part, lines, left, top, wide)
        return self._rows(shown.part, table.named, left, top, wide)

    def _few(self, part: OverviewPart, table: TallyTable) -> Sequence[TallyLine]:
        """The lines that there is room for, and one for all others before the line that counts all."""
        lines = table.lines
        if len(lines) <= self._most:
            return lines
        last = lines[-1:] if len(table.heads) > 1 else ()
        kept = self._most - 1 - len(last)
        others = lines[kept : len(lines) - len(last)]
        cells = tuple(tuple(row for line in others for row in line.cells[at]) for at in range(len(table.heads)))
        self.left_out.append(f"{len(others)} lines of {part.title} as {OTHERS.lower()}")
        return (*lines[:kept], TallyLine(f"{OTHERS} ({len(others)})", cells), *last)

    def _matrix(  # noqa: PLR0917 - a table, and where it lies
        self, part: OverviewPart, heads: Sequence[TallyHead], lines: Sequence[TallyLine], left: float, top: float,
        wide: float,
    ) -> float:  # fmt: skip
        """Lay out a table of several columns of numbers, under their words and shapes."""
        words = [self._broken(head.title, HEAD_LINES, 0.0) for head in heads]
        needed = [
            max(*map(self._metrics.horizontalAdvance, each), self._widest(lines, at)) + 2 * INNER
            for at, each in enumerate(words)
        ]
        room = wide * (1 - LEAST_TITLE)
        widths = [each * min(room / sum(needed), 1.0) for each in needed]
        titles = wide - sum(widths)
        rights = [left + titles + sum(widths[: at + 1]) for at in range(len(widths))]
        top = self._heads(heads, words, rights, widths, top)
        for at, line in enumerate(lines):
            bold = at == len(lines) - 1 and len(lines) > 1
            texts = self._broken(line.title, TITLE_LINES, titles - INNER, bold=bold)
            high = self._metrics.lineSpacing() * len(texts) + 2 * self._pad
            if bold:
                self._rule(left, top, wide)
            for n, text in enumerate(texts):
                self._write(text, left, top + n * self._metrics.lineSpacing(), titles - INNER, bold=bold)
            for head, cell, right, width in zip(heads, line.cells, rights, widths, strict=True):
                box = QRectF(right - width, top, width, high)
                self._number(part, line, head, cell, box, bold=bold or head.total)
            top += high
        return top

    def _widest(self, lines: Sequence[TallyLine], at: int) -> float:
        """How wide the widest number of a column is."""
        return max(self._bold_metrics.horizontalAdvance(f"{len(line.cells[at]):,}") for line in lines)

    def _heads(
        self, heads: Sequence[TallyHead], words: Sequence[Sequence[str]], rights: Sequence[float],
        widths: Sequence[float], top: float,
    ) -> float:  # fmt: skip
        """Lay out the words of columns, each under its shape and above its numbers. Returns where they end."""
        shapes = self._size + 2 * self._pad if any(head.mark for head in heads) else 0.0
        rows = max(map(len, words))
        for head, texts, right, width in zip(heads, words, rights, widths, strict=True):
            if head.mark is not None:
                self._shape(head.mark, QPointF(right - INNER - self._size / 2, top + shapes / 2))
            first = top + shapes + (rows - len(texts)) * self._metrics.lineSpacing()
            for n, text in enumerate(texts):
                at = first + n * self._metrics.lineSpacing()
                self._write(text, right - width, at, width - INNER, role="quiet", right=True)
        return top + shapes + rows * self._metrics.lineSpacing() + PAD

    def _tally(self, part: OverviewPart, lines: Sequence[TallyLine], left: float, top: float, wide: float) -> float:
        """Lay out lines of one number each, the number before its words."""
        figures = max(self._bold_metrics.horizontalAdvance(f"{len(line.cells[0]):,}") for line in lines) + 2 * INNER
        marks = self._size + INNER if any(line.mark for line in lines) else 0.0
        for line in lines:
            box = QRectF(left, top, wide, self._line)
            self._number(part, line, TallyHead(""), line.cells[0], box, bold=bool(line.cells[0]), right=left + figures)
            if line.mark is not None:
                self._shape(line.mark, QPointF(left + figures + INNER + self._size / 2, top + self._line / 2))
            before = figures + INNER + marks
            self._write(line.title, left + before, top, wide - before)
            top += self._line
        return top

    def _rows(self, part: OverviewPart, rows: RowsBehind, left: float, top: float, wide: float) -> float:
        """Lay out the rows that are named, each with its day."""
        if len(rows) > self._named and self._named == 0:
            self.left_out.append(f"rows of {part.title}")
        for row in rows[: self._named]:
            day = short_day(row.day) if row.day is not None else ""
            days = self._metrics.horizontalAdvance(day) + INNER if day else 0.0
            text = f"{row.ref}  {row.text}".strip()
            self._write(text, left + INNER, top, wide - days - 2 * INNER, role="quiet")
            self._write(day, left, top, wide - INNER, role="quiet", right=True)
            box = QRectF(left, top, wide, self._line)
            self.stops.append(OverviewStop(part.name, "", f"{row.kind} {row.key}", part.title, (row,), row, box))
            top += self._line
        return top

    def _number(
        self, part: OverviewPart, line: TallyLine, head: TallyHead, cell: RowsBehind, box: QRectF, *, bold: bool,
        right: float | None = None,
    ) -> None:  # fmt: skip
        """Lay out a number, which is a place to go to; its right end, where that is not the box's."""
        title = f"{part.title}: {', '.join(filter(None, (line.title, head.title)))}"
        stop = OverviewStop(part.name, line.title, head.title, title, cell, None, box)
        self.stops.append(stop)
        role = "alert" if head.alert and cell else "text" if cell else "quiet"
        end = box.right() if right is None else right
        top = box.top() + (box.height() - self._line) / 2
        self._write(f"{len(cell):,}", box.left(), top, end - INNER - box.left(), bold=bold, role=role, right=True)

    # What is painted

    @property
    def _size(self) -> float:
        return self._metrics.ascent() * 0.8

    def _write(
        self, text: str, left: float, top: float, wide: float, *, bold: bool = False, role: str = "text",
        right: bool = False,
    ) -> None:  # fmt: skip
        """Have a text written on one line, cut where it is too wide."""
        metrics, font = (self._bold_metrics, self._bold) if bold else (self._metrics, self._font)
        if metrics.horizontalAdvance(text) > wide:
            text = shortened(text, wide, metrics)
        start = left + wide - metrics.horizontalAdvance(text) if right else left
        base = QPointF(start, top + self._pad + self._metrics.ascent())

        def paint(painter: QPainter, ink: Ink) -> None:
            """Write it."""
            painter.setFont(font)
            painter.setPen({"text": ink.text, "quiet": ink.quiet, "alert": _alert(ink)}[role])
            painter.drawText(base, text)

        self._things.append(paint)

    def _rule(self, left: float, y: float, wide: float) -> None:
        def paint(painter: QPainter, ink: Ink) -> None:
            """Draw the line."""
            painter.setPen(QPen(ink.rule, 1))
            painter.drawLine(QPointF(left, y), QPointF(left + wide, y))

        self._things.append(paint)

    def _shape(self, mark: TallyMark, middle: QPointF) -> None:
        path = theme.shape_path(mark.shape, self._size).translated(middle)

        def paint(painter: QPainter, ink: Ink) -> None:
            """Fill the shape."""
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(path, QColor(mark.dark_colour if ink.dark else mark.colour))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

        self._things.append(paint)

    def _broken(self, text: str, most: int, wide: float, *, bold: bool = False) -> list[str]:
        """A text in lines between words, no more than so many; the last holds all that is left."""
        metrics, lines = self._bold_metrics if bold else self._metrics, [""]
        for word in text.split():
            joined = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(joined) > wide and len(lines) < most:
                lines.append(word)
            else:
                lines[-1] = joined
        return lines

    def paint(self, painter: QPainter, ink: Ink) -> None:
        """PaintedThing all parts, from the painter's corner on."""
        for paint in self._things:
            paint(painter, ink)

    # Going about

    def at(self, point: QPointF) -> int | None:
        """The stop at a point; ``None`` for none."""
        return next((number for number, stop in enumerate(self.stops) if stop.box.contains(point)), None)

    def number_of(self, place: Sequence[str]) -> int | None:
        """The stop of a place; ``None`` where it is not shown."""
        return next((number for number, stop in enumerate(self.stops) if stop.place == tuple(place)), None)

    def beside(self, number: int, across: int, down: int) -> int:
        """The nearest stop in a direction (-1, 0 or 1 each way); the same where none lies there.

        What lies in the same row or column comes first; what lies aside counts as farther than it is.
        """
        here = self.stops[number].box

        def far(stop: OverviewStop) -> tuple[float, float]:
            """How far a stop is: as counted, and straight; without end where it lies another way."""
            box = stop.box
            ahead = _gap(here, box, across) if across else _gap(_turned(here), _turned(box), down)
            if ahead is None:
                return inf, inf
            aside = _aside(_turned(here), _turned(box)) if across else _aside(here, box)
            straight = abs(box.left() - here.left()) + abs(box.top() - here.top())
            return ahead + 4 * aside, straight

        best = min((other for other in range(len(self.stops)) if other != number), key=lambda n: far(self.stops[n]))
        return best if far(self.stops[best])[0] < inf else number

    def part_beside(self, number: int, by: int) -> int:
        """The first stop of the next part (1) or of the one before (-1), in their order."""
        names = list(dict.fromkeys(stop.part for stop in self.stops))
        at = min(max(names.index(self.stops[number].part) + by, 0), len(names) - 1)
        return next(n for n, stop in enumerate(self.stops) if stop.part == names[at])


def _alert(ink: Ink) -> QColor:
    """The colour of what is to be noticed."""
    return QColor((theme.DARK if ink.dark else theme.LIGHT)["BrightText"])


def _turned(box: QRectF) -> QRectF:
    """A box with across and down changed over."""
    return QRectF(box.top(), box.left(), box.height(), box.width())


def _gap(here: QRectF, there: QRectF, way: int) -> float | None:
    """How far one box begins beyond the other's middle, to the right (1) or left (-1); ``None`` if it does not."""
    gap = there.left() - here.right() if way > 0 else here.left() - there.right()
    return max(gap, 0.0) if gap > -1 else None


def _aside(here: QRectF, there: QRectF) -> float:
    """How far two boxes lie apart from left to right; nought where they overlap."""
    return max(there.left() - here.right(), here.left() - there.right(), 0.0)
