"""The timeline as it is printed and saved: all its lanes with their whole names, the dates on every page, a legend."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.ui.common import theme
from spp_desktop.ui.delivery.lane_shapes import (
    MARK,
    paint_agreed_first,
    paint_bar,
    paint_head,
    paint_mark,
    paint_need,
    paint_slip,
    tones,
)
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import GAP, Band, Canvas, Drawing, Flow, lead_of, space, write

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

NAMES, BADGE = 0.34, 22.0
"""The part of the width that names take, and the room before them for the shape of the status."""
TICK_ROOM = 62.0
"""The least pixels between two dates, so that "Apr 2008" fits."""
LATE_ROOM, AFTER = 34.0, 8.0
"""The room behind the last day, for the word "late"; and the room before the first."""
LEAST_LANE, OUTSIDE = 20.0, 0.008
"""The least height of a lane, and how far outside its days the edges of the timeline are, as a part of its width."""
MILESTONES: dict[charts.MarkState, str] = {
    "done": "Milestone done", "late": "late", "slipping": "expected later than due", "ahead": "due",
}  # fmt: skip
"""What the shapes of milestones mean."""
NEEDS = "waits for"
"""What an arrow means: what it leads to waits for what it comes from."""
FARTHEST = 120
"""The most lanes that an arrow passes; one that passes more is painted in the lanes in which it begins and ends."""


def lane_drawing(
    chart: charts.Timeline, title: str, notes: Sequence[str], numbers: "Callable[[], list[PlainSheet]]"
) -> Drawing:
    """The drawing of a timeline; ``numbers`` gives the sheets of the dates behind it."""
    lanes = " ".join(f"{lane.words()}. {lane.label.rstrip('.')}." for lane in chart.lanes)
    words = f"{title}. {charts.describe(chart)} {lanes}"
    return Drawing(title, words, lambda canvas: [_Lanes(chart, canvas).part(title, notes)], numbers=numbers)


_Key = charts.Lane | charts.MarkState | Literal["need", "first"]


class _Lanes:
    """A timeline laid out on a canvas: names at the left, days across the rest.

    An arrow from one lane to another is painted by each of the lanes that it passes, since pages are cut between them.
    """

    def __init__(self, chart: charts.Timeline, canvas: Canvas) -> None:
        self._chart, self._canvas, self._ink = chart, canvas, canvas.ink
        self._line = lettering.metrics().lineSpacing()
        self._names = canvas.width * NAMES
        self._begin, self._end = self._names + AFTER, canvas.width - LATE_ROOM
        self._first, self._last = chart.first.toordinal(), chart.last.toordinal() + 1
        self._tops: tuple[float, ...] = ()
        self._needs = _passing(chart)
        self._ticks = charts.ticks(chart.first, chart.last, int((self._end - self._begin) // TICK_ROOM))

    def part(self, title: str, notes: Sequence[str]) -> Flow:
        """All of it: title, notes and legend, the dates, and a band for each lane."""
        lead = (*lead_of(title, notes, self._canvas), *self._legend())
        lanes = tuple(self._lane(row, lane) for row, lane in enumerate(self._chart.lanes))
        self._tops = tuple(accumulate((band.height for band in lanes), initial=0.0))
        return Flow(lead, (Band(2 * self._line + 6, self._paint_dates),), lanes)

    def _x(self, day: date, after: bool) -> float:
        """The x of a day's middle, or, ``after`` it, of its end; of a day that is not on the timeline, its edge."""
        share = (day.toordinal() + (1.0 if after else 0.5) - self._first) / (self._last - self._first)
        return self._begin + min(max(share, -OUTSIDE), 1 + OUTSIDE) * (self._end - self._begin)

    def _start(self, day: date) -> float:
        """The x of a day's beginning."""
        return self._x(day, after=False) - (self._x(day, after=True) - self._x(day, after=False))

    # The legend

    def _legend(self) -> Iterator[Band]:
        """The keys to the shapes in use, in lines."""
        statuses = {lane.status: lane for lane in self._chart.lanes}
        states = {mark.state for lane in self._chart.lanes for mark in lane.marks}
        keys: list[tuple[str, _Key]] = list(statuses.items())
        keys += [(words, state) for state, words in MILESTONES.items() if state in states]
        keys += [(charts.FIRST_AGREED, "first")] if any(map(charts.moved_days, self._chart.lanes)) else []
        keys += [(NEEDS, "need")] if self._needs else []
        row: list[tuple[float, str, _Key]] = []
        x = 0.0
        for words, key in keys:
            wide = MARK + GAP + lettering.metrics().horizontalAdvance(words) + 3 * GAP
            if row and x + wide > self._canvas.width:
                yield self._legend_row(row)
                row, x = [], 0.0
            row = [*row, (x, words, key)]
            x += wide
        if row:
            yield self._legend_row(row)
        yield space(GAP)

    def _legend_row(self, row: list[tuple[float, str, _Key]]) -> Band:
        def paint(painter: QPainter, box: QRectF) -> None:
            """Paint a row of keys, each with its words."""
            for x, words, key in row:
                centre = QPointF(box.left() + x + MARK / 2, box.center().y())
                self._paint_key(painter, key, centre)
                painter.setPen(self._ink.text)
                write(painter, words, QPointF(centre.x() + MARK / 2 + GAP, box.center().y() - self._line / 2))

        return Band(self._line + 3, paint, stays=True)

    def _paint_key(self, painter: QPainter, key: _Key, centre: QPointF) -> None:
        """Paint the shape of a lane's status, of a milestone's state, of a day agreed first, or of an arrow."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(key, charts.Lane):
            colour = theme.status_colour(*key.colours, self._canvas.palette)
            painter.fillPath(theme.shape_path(key.shape, 10).translated(centre), colour)
        elif key == "first":
            paint_agreed_first(painter, centre - QPointF(MARK / 2, 0), centre + QPointF(MARK / 2, 0), self._ink.quiet)
        elif key == "need":
            across = QPointF(MARK / 2, MARK / 2)
            paint_need(painter, centre - across, centre + across - QPointF(2, 1), self._ink.quiet)
        else:
            paint_mark(painter, centre, key, self._canvas.palette)

    # The dates

    def _paint_dates(self, painter: QPainter, box: QRectF) -> None:
        left, top = box.left(), box.top() + self._line + 2
        for tick in self._ticks:
            painter.setPen(self._ink.text)
            write(painter, tick.label, QPointF(left + self._start(tick.day) + 3, top))
        self._paint_days(painter, QRectF(left, top, box.width(), box.bottom() - top))
        chart = self._chart
        if chart.first <= chart.today <= chart.last:
            words, x = f"Today, {short_day(chart.today)}", left + self._x(chart.today, after=False)
            wide = lettering.metrics().horizontalAdvance(words) + 8
            flag = QRectF(min(x - wide / 2, box.right() - wide), box.top(), wide, self._line)
            painter.fillRect(flag, self._ink.accent)
            painter.setPen(self._ink.paper)
            write(painter, words, flag.topLeft() + QPointF(4, 0))
        painter.setPen(QPen(self._canvas.palette.color(QPalette.ColorRole.Dark), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_days(self, painter: QPainter, box: QRectF) -> None:
        """Paint the lines of the dates, and of today."""
        roles = QPalette.ColorRole.Midlight, QPalette.ColorRole.Mid
        for tick in self._ticks:
            painter.setPen(QPen(self._canvas.palette.color(roles[tick.strong]), 1))
            x = box.left() + self._start(tick.day)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        if self._chart.first <= self._chart.today <= self._chart.last:
            painter.setPen(QPen(self._ink.accent, 1.5))
            x = box.left() + self._x(self._chart.today, after=False)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    # The lanes

    def _lane(self, row: int, lane: charts.Lane) -> Band:
        indent = BADGE + lettering.metrics(bold=True).horizontalAdvance(lane.ref) + 8
        words = f"{lane.label} ({lane.before})" if lane.before else lane.label
        label = lettering.lines(words, max(self._names - indent, 60.0))

        def paint(painter: QPainter, box: QRectF) -> None:
            """Paint one lane: its label, its bar and its marks."""
            middle = box.center().y()
            self._paint_days(painter, box)
            self._paint_key(painter, lane, QPointF(box.left() + BADGE / 2 - 2, box.top() + 4 + self._line / 2))
            painter.setPen(self._ink.text)
            write(painter, lane.ref, QPointF(box.left() + BADGE, box.top() + 4), bold=True)
            for at, text in enumerate(label):
                write(painter, text, QPointF(box.left() + indent, box.top() + 4 + at * self._line))
            painter.translate(box.left(), 0)
            self._paint_work(painter, lane, middle)
            self._paint_needs(painter, row, box)
            painter.setPen(QPen(self._ink.rule, 1))
            painter.drawLine(QPointF(0, box.bottom()), QPointF(box.width(), box.bottom()))

        return Band(max(len(label) * self._line + 8, LEAST_LANE), paint)

    def _paint_needs(self, painter: QPainter, row: int, box: QRectF) -> None:
        """Paint the arrows that pass a lane, as far as they lie in it; their heads where they end."""
        for own, other in self._needs.get(row, ()):
            lane, needed = self._chart.lanes[own], self._chart.lanes[other]
            end = self._point(other, self._x(needed.end, after=True), row, box) if needed.end else None
            start = self._point(own, self._x(lane.waits_until, after=False), row, box) if lane.waits_until else None
            if end is None or start is None:
                continue
            role = QPalette.ColorRole.BrightText if lane.contradicts else QPalette.ColorRole.PlaceholderText
            colour, line = self._canvas.palette.color(role), QLineF(end, start)
            shares = ((edge - line.y1()) / line.dy() for edge in (box.top(), box.bottom()))
            first, last = sorted(min(max(share, 0.0), 1.0) for share in shares)
            pen = QPen(colour, 1, Qt.PenStyle.DashLine)
            pen.setDashOffset(line.length() * first)
            painter.setPen(pen)
            painter.drawLine(line.pointAt(first), line.pointAt(last))
            if own == row:
                paint_head(painter, start, colour, down=own > other)

    def _point(self, of: int, x: float, row: int, box: QRectF) -> QPointF:
        """The middle of a lane at some x, as seen from another one: as if no page were cut between them."""
        return QPointF(x, box.top() - self._tops[row] + (self._tops[of] + self._tops[of + 1]) / 2)

    def _paint_work(self, painter: QPainter, lane: charts.Lane, middle: float) -> None:
        """Paint the bar of a lane, its milestones, and whether it is late."""
        palette = self._canvas.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_bar(painter, lane, self._x, middle, tones(lane.colours, palette))
        for first, day, after in charts.moved_days(lane):
            begin, end = QPointF(self._x(first, after), middle), QPointF(self._x(day, after), middle)
            paint_agreed_first(painter, begin, end, self._ink.quiet)
        for mark in lane.marks:
            at = QPointF(self._x(mark.day, after=False), middle)
            if mark.slips_to is not None:
                end = QPointF(self._x(mark.slips_to, after=False), middle)
                paint_slip(painter, mark, at, end, palette)
                paint_mark(painter, end, mark.state, palette, hollow=True)
            paint_mark(painter, at, mark.state, palette)
        if lane.late and lane.furthest is not None:
            painter.setPen(palette.color(QPalette.ColorRole.BrightText))
            write(painter, "late", QPointF(self._x(lane.furthest, after=True) + 6, middle - self._line / 2))


def _passing(chart: charts.Timeline) -> Mapping[int, Sequence[tuple[int, int]]]:
    """The arrows that each lane has a part in, by the lane's number: the lane that waits, and the one waited for."""
    passing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for own, other in chart.needs:
        if chart.lanes[own].waits_until is None or chart.lanes[other].end is None or own == other:
            continue
        first, last = sorted((own, other))
        for row in range(first, last + 1) if last - first <= FARTHEST else (first, last):
            passing[row].append((own, other))
    return passing
