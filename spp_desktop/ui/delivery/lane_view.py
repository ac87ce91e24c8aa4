"""The timeline as something to move about in, and to move dates in: wheel, drag and keys."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.figures.charts import timeline as charts
from spp_desktop.ui.delivery import lane_moving
from spp_desktop.ui.delivery.lane_moving import GRIP, HOW, DraggedDate
from spp_desktop.ui.delivery.lane_plot import Dates, LaneNames, Lanes
from spp_desktop.ui.delivery.lane_shapes import MARK
from spp_desktop.ui.pictures.widget import DescribedWhenAsked, PointedAt

FEWEST_DAYS, MOST_DAYS = 45.0, 366.0 * 30
STEP, PAN = 1.25, 0.1
"""The factor of one zoom step, and the part of the view that one step of the arrows moves it by."""
NAME_SHARE, FEWEST_NAMES = 0.28, 26
"""The part of the width that names take, and the least characters that they take."""
WHEEL_NOTCH = 120.0
LANES_A_NOTCH = 3
WEEK = 7
EDGE = 1
"""The pixels around all of it in which nothing is painted but the frame that shows the keyboard."""


class LaneView(DescribedWhenAsked, PointedAt):
    """The lanes of a timeline, to be panned, zoomed and chosen. Only time is zoomed; rows keep their height.

    The end of a bar and the mark of a milestone are dragged to another day, where ``may_move`` is set.

    Signals:
        chosen: the key of a lane that the person clicked on or moved to.
        moved: other lanes or days are in view now.
        date_moved: a date was moved; it holds its table, its key, its column and the day (``DraggedDate``).
    """

    chosen = Signal(str)
    moved = Signal()
    date_moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = Lanes(QApplication.palette())
        self._names, self._dates = LaneNames(self.lanes), Dates(self.lanes)
        self.first_day, self.last_day, self.top = 0.0, 365.0, 0.0
        self.fitted = True
        self.may_move = False
        self._pressed: tuple[QPointF, float, float] | None = None
        self._dragging = False
        self._grip: DraggedDate | None = None
        self._rows: dict[str, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.WheelFocus)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._colour()

    # Where everything lies

    @property
    def row_height(self) -> float:
        """How high a lane is, in pixels."""
        return float(self.fontMetrics().height() + 10)

    def days_area(self) -> QRectF:
        """The part in which the days of the lanes are painted; names are at its left, dates above it."""
        metrics = self.fontMetrics()
        names = int(max(metrics.averageCharWidth() * FEWEST_NAMES, self.width() * NAME_SHARE))
        return QRectF(self.rect().adjusted(EDGE + names, EDGE + 2 * metrics.height() + 6, -EDGE, -EDGE))

    def _place(self) -> QTransform:
        """From a day and a lane to the point at which they are painted."""
        area, high = self.days_area(), self.row_height
        a_day = max(area.width(), 1.0) / (self.last_day - self.first_day)
        return QTransform(a_day, 0, 0, high, area.left() - self.first_day * a_day, area.top() - self.top * high)

    def minimumSizeHint(self) -> QSize:
        """Room for the dates and a lane."""
        return QSize(68, 68)

    def sizeHint(self) -> QSize:
        """As wide as half a window, and some lanes."""
        return QSize(600, 240)

    # What is shown

    def set_chart(self, chart: charts.Timeline) -> None:
        """Show other lanes, and keep the person's place if it is still there."""
        key = self.selected_key()
        self.lanes.moving = None
        self.lanes.chart, self._rows = chart, None
        self.lanes.selected = self._row_of(key)
        if self.fitted:
            self.fit_days()
        else:
            self._apply()

    def fit_days(self) -> None:
        """Show all dates."""
        chart = self.lanes.chart
        self.first_day, self.last_day = float(chart.first.toordinal()), float(chart.last.toordinal() + 1)
        margin = (self.last_day - self.first_day) * 0.01
        self.first_day, self.last_day = self.first_day - margin, self.last_day + 5 * margin
        self.fitted = True
        self._apply()

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Show ``factor`` times as many days; the day ``about``, or else the middle one, stays in its place."""
        span = self.last_day - self.first_day
        factor = min(max(factor, FEWEST_DAYS / span), MOST_DAYS / span)
        anchor = (self.first_day + self.last_day) / 2 if about is None else about
        self.first_day = anchor - (anchor - self.first_day) * factor
        self.last_day = anchor + (self.last_day - anchor) * factor
        self.fitted = False
        self._apply()

    def pan(self, days: float, lanes: float = 0.0) -> None:
        """Move to later days and lower lanes."""
        self.first_day += days
        self.last_day += days
        self.top += lanes
        self.fitted = self.fitted and not days
        self._apply()

    def scroll_to(self, top: float) -> None:
        """Show the lanes from this one on."""
        self.top = top
        self._apply()

    def rows_in_view(self) -> float:
        """The number of lanes that fit into the view."""
        return max(self.days_area().height(), 1.0) / self.row_height

    def _apply(self) -> None:
        rows, chart = self.rows_in_view(), self.lanes.chart
        self.top = min(max(self.top, 0.0), max(len(chart.lanes) - rows, 0.0))
        span, first, last = self.last_day - self.first_day, chart.first.toordinal(), chart.last.toordinal()
        self.first_day = min(max(self.first_day, first - span * 0.9), last - span * 0.1)
        self.last_day = self.first_day + span
        self.update()
        self.moved.emit()

    # What is chosen

    def selected_key(self) -> str | None:
        """The key of the lane that is chosen."""
        row = self.lanes.selected
        return self.lanes.chart.lanes[row].key if row is not None else None

    def select(self, key: str | None) -> None:
        """Show a lane as chosen and bring it into view; ``None``, or a key that has no lane, chooses nothing."""
        before, self.lanes.selected = self.lanes.selected, self._row_of(key)
        row, top = self.lanes.selected, self.top
        if row is not None:
            last = self.top + self.rows_in_view() - 1
            self.top = row if row < self.top else self.top + max(row - last, 0.0)
        if self.top != top:
            self._apply()
        elif row != before:
            for other in (before, row):
                self._update_lane(other)

    def _update_lane(self, row: int | None) -> None:
        """Have one lane painted again, over the whole width."""
        if row is not None:
            area = self.days_area()
            top = area.top() + (row - self.top) * self.row_height
            self.update(QRectF(0, top - 1, self.width(), self.row_height + 2).toAlignedRect())

    def _row_of(self, key: str | None) -> int | None:
        if key is None:
            return None
        if self._rows is None:
            self._rows = {lane.key: n for n, lane in enumerate(self.lanes.chart.lanes)}
        return self._rows.get(key)

    def lane_of(self, key: str | None) -> charts.Lane | None:
        """The lane of an activity; ``None`` if it has none here."""
        row = self._row_of(key)
        return None if row is None else self.lanes.chart.lanes[row]

    def _choose(self, row: int) -> None:
        if self.lanes.chart.lanes:
            key = self.lanes.chart.lanes[min(max(row, 0), len(self.lanes.chart.lanes) - 1)].key
            self.select(key)
            self.chosen.emit(key)

    # Where things are

    def place_of(self, at: QPointF) -> QPointF:
        """The day (x) and the lane (y) at a point."""
        return self._place().inverted()[0].map(at)

    def point_of(self, row: int, day: date) -> QPoint:
        """The point at which a lane has a day."""
        return self._place().map(QPointF(day.toordinal() + 0.5, row + 0.5)).toPoint()

    def row_at(self, at: QPointF) -> int | None:
        """The index of the lane at a point; its name counts too."""
        inside = self.days_area()
        row = int(self.place_of(at).y())
        return row if inside.top() <= at.y() <= inside.bottom() and 0 <= row < len(self.lanes.chart.lanes) else None

    def words_at(self, at: QPoint) -> str:
        """The words for a point: those of a milestone if there is one, else those of the lane; and what is dragged."""
        row = self.row_at(QPointF(at))
        if row is None:
            return ""
        lane = self.lanes.chart.lanes[row]
        near = [mark for mark in lane.marks if abs(self.point_of(row, mark.day).x() - at.x()) <= MARK * 0.7]
        words = [f"{mark.title}\n{mark.words}" for mark in near]
        how = [HOW] if self.grip_at(QPointF(at)) is not None else []
        return "\n\n".join([*words, f"{lane.words()}\n{lane.label}", *how])

    # Dates moved

    def grip_at(self, at: QPointF, *, agreed: bool = False) -> DraggedDate | None:
        """What is taken hold of at a point: a milestone, or the end of a bar; ``None`` for neither."""
        row = self.row_at(at) if self.may_move else None
        if row is None or at.x() < self.days_area().left():
            return None
        lane = self.lanes.chart.lanes[row]
        for mark in lane.marks:
            day = mark.day if agreed else mark.slips_to or mark.day
            if abs(self.point_of(row, day).x() - at.x()) <= MARK * 0.7:
                return lane_moving.of_mark(row, mark, agreed=agreed)
        moving = lane_moving.of_lane(self.lanes.chart, row, agreed=agreed)
        return moving if moving is not None and abs(self.point_of(row, moving.was).x() - at.x()) <= GRIP else None

    def _move_to(self, moving: DraggedDate | None) -> None:
        """Show a date on its way; ``None`` leaves it where it was."""
        self.lanes.moving = moving
        self.update()

    def _move_by(self, days: int) -> None:
        """Take hold of the end of the chosen lane's bar, or take it further."""
        row, moving = self.lanes.selected, self.lanes.moving
        if moving is None and row is not None and self.may_move:
            moving = lane_moving.of_lane(self.lanes.chart, row, agreed=False)
        if moving is not None:
            self._move_to(moving.by(days))
            self.setAccessibleDescription(moving.by(days).words())

    def _keep_moved(self) -> None:
        """Tell of a date that was moved."""
        moving = self.lanes.moving
        self._move_to(None)
        if moving is not None and moving.day != moving.was:
            self.date_moved.emit(moving)

    # Mouse and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many lanes as there is room for now."""
        super().resizeEvent(event)
        self._apply()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag; a date is taken hold of, with Shift that which was agreed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (event.position(), self.first_day, self.top)
            self._dragging = False
            agreed = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._grip = self.grip_at(event.position(), agreed=agreed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a date, or else the view."""
        if self._pressed is None:
            over = self.grip_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
            return
        begin, first_day, top = self._pressed
        moved = event.position() - begin
        if not self._dragging and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragging = True
        if self._grip is not None:
            days = round(self.place_of(event.position()).x() - self.place_of(begin).x())
            self._move_to(self._grip.by(days))
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        a_day = (self.last_day - self.first_day) / max(self.days_area().width(), 1.0)
        self.pan(first_day - moved.x() * a_day - self.first_day, top - moved.y() / self.row_height - self.top)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or choose the lane clicked on."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self.unsetCursor()
        row = self.row_at(event.position())
        if self._dragging and self._grip is not None:
            self._keep_moved()
        elif not self._dragging and row is not None:
            self._choose(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click of two as a click."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lanes; with Ctrl zoom about the pointer, with Shift (or sideways) move in time."""
        event.accept()
        notches, across = event.angleDelta().y() / WHEEL_NOTCH, event.angleDelta().x() / WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP**-notches, self.place_of(event.position()).x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or across:
            self.pan(-(notches + across) * PAN * (self.last_day - self.first_day))
        else:
            self.pan(0, -notches * LANES_A_NOTCH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in time by Left and Right, choose a lane by Up and Down, zoom by + and -, show all dates by Home.

        Shift+Left and Shift+Right move the end of the chosen bar by a day, with Ctrl by a week; Enter keeps that.
        """
        if self._moving_key(event):
            event.accept()
            return
        span, row = self.last_day - self.first_day, self.lanes.selected
        page = max(int(self.rows_in_view()) - 1, 1)
        at = int(self.top) if row is None else row
        steps = {
            Qt.Key.Key_Left: lambda: self.pan(-span * PAN),
            Qt.Key.Key_Right: lambda: self.pan(span * PAN),
            Qt.Key.Key_Up: lambda: self._choose(at - (row is not None)),
            Qt.Key.Key_Down: lambda: self._choose(at + (row is not None)),
            Qt.Key.Key_PageUp: lambda: self._choose(at - page),
            Qt.Key.Key_PageDown: lambda: self._choose(at + page),
            Qt.Key.Key_Plus: lambda: self.zoom(1 / STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(1 / STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(STEP),
            Qt.Key.Key_Home: self.fit_days,
        }
        step = steps.get(Qt.Key(event.key()))
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        event.setAccepted(step is not None and plain)
        if step is not None and plain:
            step()

    def _moving_key(self, event: QKeyEvent) -> bool:
        """Whether a key moved a date, kept it or left it where it was."""
        key, moving = Qt.Key(event.key()), self.lanes.moving
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shifted and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            week = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._move_by((1 if key == Qt.Key.Key_Right else -1) * (WEEK if week else 1))
            return True
        if moving is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep_moved()
            return True
        if moving is not None and key == Qt.Key.Key_Escape:
            self._grip = self._pressed = None
            self._move_to(None)
            return True
        return False

    # Looks

    def changeEvent(self, event: QEvent) -> None:
        """Follow the light or dark palette, and the size of the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        elif event.type() == QEvent.Type.FontChange:
            self._names.forget()
            self._apply()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the timeline no longer has the keyboard; a date that was moved by keys is kept."""
        super().focusOutEvent(event)
        if self._pressed is None:
            self._keep_moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes, their names and the dates, and a frame if it has the keyboard."""
        painter, area, place = QPainter(self), self.days_area(), self._place()
        across = QRectF(event.rect())
        self.lanes.paint(painter, area, place, across)
        self._names.paint(painter, QRectF(EDGE, area.top(), area.left() - EDGE, area.height()), place, across)
        self._dates.paint(painter, QRectF(area.left(), EDGE, area.width(), area.top() - EDGE), place)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _colour(self) -> None:
        self.lanes.recolour(self.palette())
        self.update()
