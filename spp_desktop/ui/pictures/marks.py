"""Small pictures that stand in cells: the colour against target, the two icons of a control chart, a sparkline.

None of them says anything by colour alone. Each colour has a shape of its own. A special cause of concern is a filled
circle, one of improvement a ring, and one where neither way is better a dotted ring; the letter says which way it went.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from spp_desktop.figures.control.chart import Assurance, Chart, Icon, PointType, point_type
from spp_desktop.figures.control.words import ASSURANCE_WORDS, ICON_WORDS, POINTS
from spp_desktop.figures.rag.colours import Look
from spp_desktop.ui.common import theme

Box = QRect | QRectF

_LETTER = 0.66
"""The height of the letter in a circle, as a part of the circle's height."""
_RING = 0.12
"""The thickness of a ring, as a part of the circle's height."""
_DARK_INK, _LIGHT_INK = "#1b1f24", "#ffffff"
_ON_DISC = (_LIGHT_INK, _DARK_INK)
_TEXT = (_DARK_INK, "#e6edf3")
_GREY = ("#6e7681", "#a6a6a6")
_BETWEEN = ("#e8eaed", "#262c33")
"""The colour between the limits of a sparkline: whole, for a printer's driver makes a bitmap of what is half seen."""
_CONCERN = POINTS["special_cause_concern"].colours
_IMPROVEMENT = POINTS["special_cause_improvement"].colours
_NEUTRAL = POINTS["special_cause_neutral_high"].colours


def paint_look(painter: QPainter, rect: Box, look: Look, dark: bool) -> None:
    """Paint the shape of a state in its colour, as large as fits, in the middle of the rectangle."""
    circle = _square(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(circle.center())
    painter.fillPath(theme.shape_path(look.shape, circle.width()), QColor(look.colours[dark]))
    painter.restore()


def paint_variation(painter: QPainter, rect: Box, icon: Icon | None, dark: bool) -> None:
    """Paint the variation icon, if any: a grey ring with a wave for common cause, else a circle with H or L."""
    if icon is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    circle = _square(rect)
    if icon == "common_cause":
        _ring(painter, circle, _GREY[dark], thin=True)
        _wave(painter, circle, _GREY[dark])
    else:
        nature, letter = icon.split("_")[0], ICON_WORDS[icon][0]
        if nature == "concern":
            _disc(painter, circle, _CONCERN[dark])
        else:
            colours = _IMPROVEMENT if nature == "improvement" else _NEUTRAL
            _ring(painter, circle, colours[dark], dotted=nature == "neutral")
        _letter(painter, circle, letter, _ON_DISC[dark] if nature == "concern" else _TEXT[dark])
    painter.restore()


def paint_assurance(painter: QPainter, rect: Box, assurance: Assurance | None, dark: bool) -> None:
    """Paint the assurance icon: P in a blue ring, F on an orange disc, ? in a thin grey ring; nothing for ``None``."""
    if assurance is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    circle = _square(rect)
    if assurance == "consistent_fail":
        _disc(painter, circle, _CONCERN[dark])
    elif assurance == "consistent_pass":
        _ring(painter, circle, _IMPROVEMENT[dark])
    else:
        _ring(painter, circle, _GREY[dark], thin=True)
    ink = _ON_DISC[dark] if assurance == "consistent_fail" else _TEXT[dark]
    _letter(painter, circle, ASSURANCE_WORDS[assurance][0], ink)
    painter.restore()


def _paint_point(painter: QPainter, at: QPointF, kind: PointType, size: float, dark: bool) -> None:
    look = POINTS[kind]
    painter.fillPath(theme.shape_path(look.shape, size).translated(at), QColor(look.colours[dark]))


_MOST_IN_LINE = 60
"""The most values that a small line shows, the latest: more stand closer together than can be seen."""


def paint_sparkline(painter: QPainter, rect: Box, chart: Chart, dark: bool, line_colour: QColor) -> None:
    """Paint the latest values of a control chart as a line between the last limits, broken where a month is missing.

    Points of special cause have their shape and colour; a dot marks the latest value.

    Args:
        painter: paints on the cell.
        rect: the room for it, in pixels.
        chart: the control chart.
        dark: whether the background is dark.
        line_colour: the colour of the line and of ordinary points.
    """
    values, rules = chart.values[-_MOST_IN_LINE:], chart.rules[-_MOST_IN_LINE:]
    left_out = len(chart.values) - len(values)
    known = [float(value) for value in values if value is not None]
    box = QRectF(rect).adjusted(3.5, 3.5, -3.5, -3.5)
    if not known or box.width() <= 0 or box.height() <= 0:
        return
    ending = chart.segments[-1]
    edges = (ending.limits.lower, ending.limits.upper) if ending.limits else ()
    low, high = min(*known, *edges, known[0]), max(*known, *edges, known[0])
    across, up = box.width() / max(len(values) - 1, 1), box.height() / ((high - low) or 1.0)
    middle = 0.0 if high > low else box.height() / 2

    left, bottom = box.left(), box.bottom() - middle

    def place(at: int, value: float) -> QPointF:
        return QPointF(left + at * across, bottom - (value - low) * up)

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    begin, end = max(ending.start - left_out, 0), len(values) - 1
    if ending.limits:
        box = QRectF(place(begin, ending.limits.upper), place(end, ending.limits.lower))
        painter.fillRect(box, QColor(_BETWEEN[dark]))
    places = [
        None if value is None else QPointF(left + at * across, bottom - (float(value) - low) * up)
        for at, value in enumerate(values)
    ]
    painter.setPen(QPen(line_colour, 1.2))
    for part in _unbroken(places):
        painter.drawPolyline(QPolygonF(part if len(part) > 1 else [part[0], part[0] + QPointF(0.5, 0)]))
    size = min(max(1.7 * across, 3.4), 5.5)  # what is special stands out, and from its neighbours
    for at, (spot, rule) in enumerate(zip(places, rules, strict=True)):
        if spot is not None and (rule != "none" or at + left_out == chart.latest):
            kind = point_type(rule, chart.settings.better)
            _paint_point(painter, spot, kind, 4.0 if rule == "none" else size, dark)
    painter.restore()


def _unbroken(places: list[QPointF | None]) -> list[list[QPointF]]:
    """The stretches of a line between missing places."""
    parts: list[list[QPointF]] = [[]]
    for place in places:
        if place is None:
            parts.append([])
        else:
            parts[-1].append(place)
    return [part for part in parts if part]


def _square(rect: Box) -> QRectF:
    """The largest square in the middle of a rectangle."""
    box = QRectF(rect)
    size = min(box.width(), box.height())
    return QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)


def _disc(painter: QPainter, circle: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(circle)


def _ring(painter: QPainter, circle: QRectF, colour: str, *, thin: bool = False, dotted: bool = False) -> None:
    width = max(circle.width() * _RING * (0.5 if thin else 1.0), 1.0)
    pen = QPen(QColor(colour), width)
    if dotted:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.0, 0.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle.adjusted(width / 2, width / 2, -width / 2, -width / 2))


def _wave(painter: QPainter, circle: QRectF, colour: str) -> None:
    """Paint a line up, down and up again about the middle: the usual variation."""
    width, middle, rise = circle.width(), circle.center(), circle.width() * 0.11
    spots = [QPointF(middle.x() + (at - 2) * width * 0.14, middle.y() + (0, -rise, 0, rise, 0)[at]) for at in range(5)]
    painter.setPen(
        QPen(
            QColor(colour),
            max(width * 0.09, 1.0),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.drawPolyline(QPolygonF(spots))


def _letter(painter: QPainter, circle: QRectF, letter: str, colour: str) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(round(circle.height() * _LETTER), 1))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, letter)
