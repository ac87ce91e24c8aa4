"""How a group's head is painted: its title, the note on its rows, and a thin bar of their statuses."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.arrangement import Group, StatusShare

BAR_WIDTH, BAR_HEIGHT, GAP, SHAPE = 110, 6, 8, 10


def paint_head(painter: QPainter, rect: QRect, head: Group, option: QStyleOptionViewItem, *, current: bool) -> None:
    """Paint a head over the whole width of the table, whichever of its cells is being drawn.

    Args:
        painter: paints on the table.
        rect: the head's room, across the whole table.
        head: the head.
        option: its font and palette.
        current: whether the person is in it.
    """
    palette = option.palette
    painter.fillRect(rect, palette.color(QPalette.ColorRole.Button))
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
    _paint_arrow(painter, rect, folded=head.folded)
    bold = QFont(option.font)
    bold.setBold(True)
    words = QFontMetrics(bold).horizontalAdvance(f"{head.title}  {head.note}") + 40
    right = _paint_parts(painter, rect, head, option, room=rect.width() - words)
    room = QRect(rect.left() + 24, rect.top(), right - rect.left() - 24, rect.height())
    note = f"  {head.note}" if head.note else ""
    note_width = QFontMetrics(option.font).horizontalAdvance(note) + 4
    title_room = max(room.width() - note_width, room.width() // 2)  # of a long note the end is left out
    title = QFontMetrics(bold).elidedText(head.title, Qt.TextElideMode.ElideRight, title_room)
    painter.setFont(bold)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), title)
    painter.setFont(option.font)
    room.setLeft(room.left() + QFontMetrics(bold).horizontalAdvance(title))
    note = option.fontMetrics.elidedText(note, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), note)
    if current:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _paint_arrow(painter: QPainter, rect: QRect, *, folded: bool) -> None:
    x, y = rect.left() + 12.0, rect.center().y() + 0.5
    points = ((-3, -5), (3, 0), (-3, 5)) if folded else ((-5, -3), (5, -3), (0, 3))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
    painter.restore()


def _paint_parts(painter: QPainter, rect: QRect, head: Group, option: QStyleOptionViewItem, *, room: int) -> int:
    """Paint the bar at the right end, and before it each status with its count if they fit into ``room`` pixels.

    Returns:
        Where the two begin, in pixels from the left.

    """
    if not head.parts:
        return rect.right()
    left = rect.right() - BAR_WIDTH - GAP
    _paint_bar(painter, QRectF(left, rect.center().y() - BAR_HEIGHT / 2 + 1, BAR_WIDTH, BAR_HEIGHT), head.parts, option)
    metrics = option.fontMetrics
    for words in (True, False):
        texts = [f"{part.count} {part.title}" if words else str(part.count) for part in head.parts]
        width = sum(metrics.horizontalAdvance(text) + SHAPE + 4 + 2 * GAP for text in texts)
        if width + BAR_WIDTH + GAP < room:
            x = left - width
            for part, text in zip(head.parts, texts, strict=True):
                x = _paint_part(painter, QRect(x, rect.top(), 0, rect.height()), part, text, option)
            return left - width - GAP
    return left - GAP


def _paint_part(painter: QPainter, rect: QRect, part: StatusShare, text: str, option: QStyleOptionViewItem) -> int:
    """Paint the shape and count of one status. Returns where the next begins, in pixels from the left."""
    x = rect.left()
    if part.shape:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x + SHAPE / 2, rect.center().y() + 0.5)
        colour = theme.status_colour(part.colour, part.dark_colour, option.palette)
        painter.fillPath(theme.shape_path(part.shape, SHAPE), colour)
        painter.restore()
    width = option.fontMetrics.horizontalAdvance(text)
    painter.drawText(
        QRect(x + SHAPE + 4, rect.top(), width + 2, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), text
    )
    return x + SHAPE + 4 + width + 2 * GAP


def _paint_bar(painter: QPainter, rect: QRectF, parts: tuple[StatusShare, ...], option: QStyleOptionViewItem) -> None:
    total = sum(part.count for part in parts)
    x = rect.left()
    for part in parts:
        width = rect.width() * part.count / total
        colour = (
            theme.status_colour(part.colour, part.dark_colour, option.palette)
            if part.colour
            else option.palette.color(QPalette.ColorRole.Mid)
        )
        painter.fillRect(QRectF(x, rect.top(), max(width - 1, 1), rect.height()), colour)
        x += width
