"""How the timeline is painted: lanes, their names and the dates above. Each paints only what is in view.

Each is given its box, in pixels, and the *place*: the transform from a day (its ordinal) and a lane (its number) to the
point where they are painted.
"""

from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPixmap, QStaticText, QTransform

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.ui.common import theme
from spp_desktop.ui.delivery.lane_moving import DraggedDate
from spp_desktop.ui.delivery.lane_shapes import (
    MARK,
    Tones,
    paint_agreed_first,
    paint_bar,
    paint_mark,
    paint_need,
    paint_slip,
    tones,
)

STAMP = 18.0
"""The width of a milestone in pixels, with its rim."""
NAME_LEFT, MOST_NAMES = 26, 2_000
"""The left edge of names in pixels; and how many laid-out names are kept."""
TICK_ROOM = 76
"""The least pixels between two dates of the axis, so that "Apr 2008" fits."""
BEYOND = 100_000.0
"""Pixels from which a place is as good as any further one: no system draws well at millions."""


class Lanes:
    """What paints the bars, milestones and today's line of the lanes in view.

    ``painted`` are the numbers of lanes and of milestones in the last frame; ``moving`` is a date on its way.
    """

    def __init__(self, palette: QPalette) -> None:
        self.chart = charts.timeline([], [], [], date.today())
        self.selected: int | None = None
        self.moving: DraggedDate | None = None
        self.palette = palette
        self.painted = (0, 0)
        self._stamps: dict[tuple[str, float, bool], QPixmap] = {}
        self._known_tones: dict[charts.Colours, Tones] = {}

    def recolour(self, palette: QPalette) -> None:
        """Paint in the colours of another palette from now on."""
        self.palette = palette
        self._stamps.clear()
        self._known_tones.clear()

    def between(self, top: float, bottom: float) -> range:
        """The numbers of the lanes of which a part is between two heights, given in lanes."""
        return range(max(0, int(top)), min(len(self.chart.lanes), int(bottom) + 1))

    def paint(self, painter: QPainter, area: QRectF, place: QTransform, due: QRectF) -> None:
        """Paint the lanes in view, as far as they are due to be painted."""
        view = place.inverted()[0].mapRect(area)
        painter.setClipRect(area)
        self._paint_grid(painter, place, view, area)
        every, due = self.between(view.top(), view.bottom()), place.inverted()[0].mapRect(due)
        shown = range(max(every.start, int(due.top())), min(every.stop, int(due.bottom()) + 1))
        edges = [round(place.map(QPointF(0, row)).y()) for row in range(shown.start, shown.stop + 1)]
        marks = sum(
            self._paint_lane(painter, place, row, QRectF(area.left(), top, area.width(), bottom - top))
            for row, top, bottom in zip(shown, edges, edges[1:], strict=False)
        )
        painter.setPen(QPen(self.palette.color(QPalette.ColorRole.Midlight), 1))
        painter.drawLines([QLineF(area.left(), y - 1, area.right(), y - 1) for y in edges[1:]])
        self._paint_needs(painter, place, every)
        self._paint_today(painter, place, area)
        if self.moving is not None:
            self._paint_moving(painter, place, area, self.moving)
        self.painted = (len(shown), marks)

    def _paint_grid(self, painter: QPainter, place: QTransform, view: QRectF, area: QRectF) -> None:
        for tick in visible_ticks(view.left(), view.right(), area.width()):
            x = round(place.map(QPointF(tick.day.toordinal(), 0)).x()) + 0.5
            role = QPalette.ColorRole.Mid if tick.strong else QPalette.ColorRole.Midlight
            painter.setPen(QPen(self.palette.color(role), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_lane(self, painter: QPainter, place: QTransform, row: int, area: QRectF) -> int:
        """Paint one lane in its area. Returns the number of its milestones in view."""
        lane, middle = self.chart.lanes[row], area.center().y()
        if row == self.selected:
            painter.fillRect(area, selection_colour(self.palette))
        paint_bar(painter, lane, lambda day, after: day_x(place, day, after=after), middle, self._tones(lane.colours))
        self._paint_agreed_first(painter, place, lane, middle)
        marks = self._paint_marks(painter, place, lane, middle, area)
        words = ", ".join(filter(None, ("late" * lane.late, lane.before)))
        if words and lane.furthest is not None:
            right = day_x(place, lane.furthest, after=True) + 2
            painter.setPen(self.palette.color(QPalette.ColorRole.BrightText))
            painter.drawText(QPointF(right + 6, middle + QFontMetricsF(painter.font()).ascent() / 2 - 1), words)
        return marks

    def _paint_agreed_first(self, painter: QPainter, place: QTransform, lane: charts.Lane, middle: float) -> None:
        """Paint the days that were agreed first, of the lane and of its milestones, where others are agreed now."""
        colour = self.palette.color(QPalette.ColorRole.PlaceholderText)
        for first, day, after in charts.moved_days(lane):
            begin, end = day_x(place, first, after=after), day_x(place, day, after=after)
            paint_agreed_first(painter, QPointF(begin, middle), QPointF(end, middle), colour)

    def _paint_needs(self, painter: QPainter, place: QTransform, shown: range) -> None:
        """Paint what depends on what, where one of the two is in view: from the end of what is needed."""
        for own, other in self.chart.needs:
            lane, needed = self.chart.lanes[own], self.chart.lanes[other]
            begin = lane.waits_until
            if needed.end is None or begin is None or not (own in shown or other in shown):
                continue
            end = QPointF(day_x(place, needed.end, after=True), place.map(QPointF(0, other + 0.5)).y())
            role = QPalette.ColorRole.BrightText if lane.contradicts else QPalette.ColorRole.PlaceholderText
            start = QPointF(day_x(place, begin), place.map(QPointF(0, own + 0.5)).y())
            paint_need(painter, end, start, self.palette.color(role))

    def _paint_moving(self, painter: QPainter, place: QTransform, area: QRectF, moving: DraggedDate) -> None:
        """Paint a line on the day to which a date is on its way, and beside it in words what it would say."""
        x, middle = day_x(place, moving.day), place.map(QPointF(0, moving.row + 0.5)).y()
        accent, page = (self.palette.color(role) for role in (QPalette.ColorRole.Accent, QPalette.ColorRole.Base))
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        words, metrics = moving.words(), QFontMetricsF(painter.font())
        wide, high = metrics.horizontalAdvance(words) + 12, metrics.height() + 4
        left = x + 6 if x + 6 + wide <= area.right() else x - 6 - wide
        flag = QRectF(max(left, area.left()), min(max(middle - high / 2, area.top()), area.bottom() - high), wide, high)
        painter.fillRect(flag, accent)
        painter.setPen(page)
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, words)

    def _tones(self, colours: charts.Colours) -> Tones:
        """The colours of a status, worked out once."""
        known = self._known_tones.get(colours)
        if known is None:
            known = self._known_tones[colours] = tones(colours, self.palette)
        return known

    def _paint_marks(self, painter: QPainter, place: QTransform, lane: charts.Lane, middle: float, area: QRectF) -> int:
        """Paint the milestones in view. Returns their number."""
        scale, shift, top, painted = place.m11(), place.m31() + place.m11() / 2, middle - STAMP / 2, 0
        left, right = area.left() - MARK, area.right() + MARK
        ratio = painter.device().devicePixelRatioF()
        for mark in lane.marks:
            x = mark.day.toordinal() * scale + shift
            end = x if mark.slips_to is None else day_x(place, mark.slips_to)
            if end < left or x > right:
                continue
            if mark.slips_to is not None:
                paint_slip(painter, mark, QPointF(x, middle), QPointF(end, middle), self.palette)
                hollow = self._stamp(mark.state, ratio, hollow=True)
                painter.drawPixmap(QPointF(end - STAMP / 2, top), hollow)
            painter.drawPixmap(QPointF(x - STAMP / 2, top), self._stamp(mark.state, ratio))
            painted += 1
        return painted

    def _stamp(self, state: charts.MarkState, ratio: float, *, hollow: bool = False) -> QPixmap:
        """A milestone's shape on a rim of the page's colour, or its outline on the day that it slips to.

        Each picture is drawn once for each screen.
        """
        stamp = self._stamps.get((state, ratio, hollow))
        if stamp is None:
            stamp = QPixmap(round(STAMP * ratio), round(STAMP * ratio))
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(stamp)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_mark(painter, QPointF(STAMP / 2, STAMP / 2), state, self.palette, hollow=hollow)
            painter.end()
            self._stamps[state, ratio, hollow] = stamp
        return stamp

    def _paint_today(self, painter: QPainter, place: QTransform, area: QRectF) -> None:
        x = day_x(place, self.chart.today)
        painter.setPen(QPen(self.palette.color(QPalette.ColorRole.Link), 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


class LaneNames:
    """The names of the lanes in view, each with its status's shape, at the left of the lanes."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._badges: dict[tuple[str, int, float], QPixmap] = {}
        self._words: dict[tuple[str, str, float], tuple[QStaticText, QStaticText, float]] = {}

    def forget(self) -> None:
        """Lay all names out anew, since the font is another one."""
        self._words.clear()

    def paint(self, painter: QPainter, area: QRectF, place: QTransform, due: QRectF) -> None:
        """Paint the names of the lanes in view, as far as they are due to be painted."""
        palette = self._lanes.palette
        painter.setClipRect(area)
        fonts = painter.font(), QFont(painter.font())
        fonts[1].setBold(True)
        high, begin = place.m22(), place.m32()
        top, bottom = max(area.top(), due.top()), min(area.bottom(), due.bottom())
        shown = self._lanes.between((top - begin) / high, (bottom - begin) / high)
        for row in shown:
            box = QRectF(area.left(), begin + row * high, area.width(), high)
            self._paint_name(painter, self._lanes.chart.lanes[row], box, fonts, chosen=row == self._lanes.selected)
        edges = [round(begin + (row + 1) * high) - 1 for row in shown]
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 1))
        painter.drawLines([QLineF(area.left(), y, area.right(), y) for y in edges])
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawLine(QPointF(area.right() - 0.5, area.top()), QPointF(area.right() - 0.5, area.bottom()))

    def _paint_name(
        self, painter: QPainter, lane: charts.Lane, box: QRectF, fonts: tuple[QFont, QFont], *, chosen: bool
    ) -> None:
        palette, (plain, bold) = self._lanes.palette, fonts
        if chosen:
            painter.fillRect(box, selection_colour(palette))
        middle = box.center().y()
        badge = self._badge(lane, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left() + 13 - STAMP / 2, middle - STAMP / 2), badge)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        ref, words, room = self._laid_out(lane, box.width() - NAME_LEFT - 6, plain, bold)
        top = middle - words.size().height() / 2
        painter.setFont(bold)
        painter.drawStaticText(QPointF(box.left() + NAME_LEFT, top), ref)
        painter.setFont(plain)
        painter.drawStaticText(QPointF(box.left() + NAME_LEFT + room, top), words)

    def _badge(self, lane: charts.Lane, ratio: float) -> QPixmap:
        """The shape of a lane's status, drawn once for each status, palette and screen."""
        colour = theme.status_colour(*lane.colours, self._lanes.palette)
        badge = self._badges.get((lane.shape, colour.rgb(), ratio))
        if badge is None:
            badge = QPixmap(round(STAMP * ratio), round(STAMP * ratio))
            badge.setDevicePixelRatio(ratio)
            badge.fill(Qt.GlobalColor.transparent)
            painter = QPainter(badge)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(theme.shape_path(lane.shape).translated(STAMP / 2, STAMP / 2), colour)
            painter.end()
            self._badges[lane.shape, colour.rgb(), ratio] = badge
        return badge

    def _laid_out(
        self, lane: charts.Lane, width: float, plain: QFont, bold: QFont
    ) -> tuple[QStaticText, QStaticText, float]:
        """A lane's reference, its words cut to the room that is left, and the width of the reference; laid out once."""
        known = self._words.get((lane.ref, lane.label, width))
        if known is None:
            if len(self._words) > MOST_NAMES:
                self._words.clear()
            room = QFontMetricsF(bold).horizontalAdvance(lane.ref) + 8
            short = QFontMetricsF(plain).elidedText(lane.label, Qt.TextElideMode.ElideRight, width - room)
            known = (plain_text(lane.ref), plain_text(short), room)
            self._words[lane.ref, lane.label, width] = known
        return known


class Dates:
    """The dates above the lanes, in words. Today's flag has a line of its own."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    def paint(self, painter: QPainter, area: QRectF, place: QTransform) -> None:
        """Paint the months, quarters or years in view, and today."""
        palette = self._lanes.palette
        a_day, begin = place.m11(), place.m31()
        painter.setClipRect(area)
        line = area.adjusted(0, area.height() / 2, 0, 0)
        for tick in visible_ticks((area.left() - begin) / a_day, (area.right() - begin) / a_day, area.width()):
            x = round(begin + tick.day.toordinal() * a_day)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawLine(QPointF(x + 0.5, line.top()), QPointF(x + 0.5, line.bottom()))
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            words = QRectF(x + 4, line.top(), area.width(), line.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tick.label)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
        self._paint_today(painter, area, day_x(place, self._lanes.chart.today))

    def _paint_today(self, painter: QPainter, area: QRectF, x: float) -> None:
        if not area.left() <= x <= area.right():
            return
        palette = self._lanes.palette
        words = f"Today, {short_day(self._lanes.chart.today)}"
        room = QFontMetricsF(painter.font()).horizontalAdvance(words) + 12
        left = min(max(x - room / 2, area.left()), area.right() - room)
        flag = QRectF(left, area.top(), room, area.height() / 2 - 1)
        painter.fillRect(flag, palette.color(QPalette.ColorRole.Link))
        painter.setPen(palette.color(QPalette.ColorRole.Base))
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, words)


def day_x(place: QTransform, day: date, *, after: bool = False) -> float:
    """The x of a day's middle, or, ``after`` it, of its end. A day far out of view has its place not that far away."""
    return min(max(place.map(QPointF(day.toordinal() + (1.0 if after else 0.5), 0)).x(), -BEYOND), BEYOND)


def visible_ticks(first: float, last: float, width: float) -> list[charts.Tick]:
    """The dates that fit on an axis ``width`` pixels wide, from one ordinal day to another."""
    begin, end = max(int(first), 1), min(max(int(last), 1), date.max.toordinal())
    return charts.ticks(date.fromordinal(begin), date.fromordinal(end), int(width // TICK_ROOM))


def plain_text(words: str) -> QStaticText:
    """A text that is laid out once and painted often."""
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return text


def faint(colour: QColor, alpha: int) -> QColor:
    """A colour made transparent; ``alpha`` is 0 to 255."""
    thin = QColor(colour)
    thin.setAlpha(alpha)
    return thin


def selection_colour(palette: QPalette) -> QColor:
    """The background of a chosen lane: light enough for every status to be seen on it."""
    return faint(palette.color(QPalette.ColorRole.Accent), 60 if not theme.is_dark(palette) else 70)
