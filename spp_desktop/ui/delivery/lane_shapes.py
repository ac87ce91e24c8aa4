"""The bar of an activity and the marks of its milestones, painted alike on the screen and on paper."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.ui.common import theme

BAR, THIN = 10.0, 3.0
"""The heights in pixels of a bar whose start is stated, and of a bar that begins with its year."""
ARROW = 4.0
"""The size of the head of an arrow, in pixels."""
MARK = 12.0
"""The width of a milestone's shape in pixels, without its rim."""

Tones = tuple[QColor, QColor, QColor]
DayPlace = Callable[[date, bool], float]
"""Gives the x of a day's middle, or, if it is true, of its end."""


def tones(colours: charts.Colours, palette: QPalette) -> Tones:
    """The colours of a status for the due date, for the bar and for the days that it slips by."""
    full, page = theme.status_colour(*colours, palette), palette.color(QPalette.ColorRole.Base)
    return full, theme.blend(page, full, 0.59), theme.blend(page, full, 0.27)


def paint_bar(painter: QPainter, lane: charts.Lane, place: DayPlace, middle: float, colours: Tones) -> None:
    """Paint the bar up to its due date, and the days that it slips by lighter."""
    if lane.begin is None or lane.end is None:
        return
    full, half, light = colours
    begin, end = place(lane.begin, False), place(lane.end, True)
    height = BAR if lane.start_stated else THIN
    painter.fillRect(QRectF(begin, middle - height / 2, end - begin, height), half)
    if lane.slips_to is not None:
        to = place(lane.slips_to, True)
        painter.fillRect(QRectF(end, middle - BAR / 2, to - end, BAR), light)
        painter.fillRect(QRectF(to - 1, middle - BAR / 2, 1, BAR), full)
    painter.fillRect(QRectF(end - 3, middle - BAR / 2 - 2, 3, BAR + 4), full)


def paint_agreed_first(painter: QPainter, begin: QPointF, end: QPointF, colour: QColor) -> None:
    """Paint the day that was agreed first, ``begin``, and the way to that which is agreed now: below the bar."""
    painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
    below = QPointF(0, BAR / 2 + 3)
    painter.drawLine(begin + below, end + below)
    painter.setPen(QPen(colour, 1.5))
    painter.drawLine(begin - QPointF(0, BAR / 2 + 1), begin + below)


def paint_mark(
    painter: QPainter, at: QPointF, state: charts.MarkState, palette: QPalette, *, hollow: bool = False
) -> None:
    """Paint a milestone's shape on a rim of the page's colour, or its outline on the day that it slips to."""
    shape, colours = charts.MARK_LOOKS[state]
    colour, page = theme.status_colour(*colours, palette), palette.color(QPalette.ColorRole.Base)
    path = theme.shape_path("diamond" if hollow else shape, MARK - 3 if hollow else MARK).translated(at)
    painter.setPen(QPen(colour, 1.5) if hollow else QPen(page, 3))
    painter.setBrush(page if hollow else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    if not hollow:
        painter.fillPath(path, colour)


def paint_slip(painter: QPainter, mark: charts.MilestoneMark, begin: QPointF, end: QPointF, palette: QPalette) -> None:
    """Paint the line from the day when a milestone is due to the day when it is now expected."""
    colour = theme.status_colour(*charts.MARK_LOOKS[mark.state][1], palette)
    painter.fillRect(QRectF(begin.x(), begin.y() - 0.5, end.x() - begin.x(), 1), colour)


def paint_need(painter: QPainter, end: QPointF, start: QPointF, colour: QColor) -> None:
    """Paint that work waits for other work: a line from the end of that one to its start, with the head of an arrow."""
    painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
    painter.drawLine(end, start)
    paint_head(painter, start, colour, down=start.y() >= end.y())


def paint_head(painter: QPainter, start: QPointF, colour: QColor, *, down: bool) -> None:
    """Paint the head of an arrow that comes from above, pointing ``down``, or else from below."""
    back = ARROW if down else -ARROW
    painter.setPen(QPen(colour, 1))
    painter.drawLine(start, start + QPointF(-ARROW, -back))
    painter.drawLine(start, start + QPointF(ARROW, -back))
