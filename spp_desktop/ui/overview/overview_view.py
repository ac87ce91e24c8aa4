"""The overview on the screen: its numbers are gone about by the arrow keys or the mouse, and each opens its list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from spp_desktop.ui.overview.overview_drawing import overview_drawing
from spp_desktop.ui.overview.plot import CLOSE, OverviewPlot, OverviewStop, PartShown
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.widget import LaidOutPicture, announce

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet, PlainValue

PAD = 10
CLOSER = ((3, CLOSE), (2, CLOSE))
"""The rows that a part names, and the room about a line, where all is to be seen at once."""
HELP = (
    "Arrows go from number to number, Page Up and Page Down from part to part, Enter opens the list behind a number "
    "or the row that is named, Escape comes back."
)


class OverviewView(LaidOutPicture):
    """Shows the parts of the overview.

    Signals:
        opened: the ``OverviewStop`` that the person wants to see the rows of.
        moved: the ``QRect`` of the number that the person is at.
    """

    WIDE = 900

    opened = Signal(object)
    moved = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parts: Sequence[PartShown] = ()
        self.plot: OverviewPlot | None = None
        self.at: int | None = None
        self._under: int | None = None
        self._title = "Overview"
        self._notes: tuple[str, ...] = ()
        super().__init__(parent)
        self.setWhatsThis(HELP)
        self.setMouseTracking(True)

    # What is shown

    def set_parts(self, title: str, notes: Sequence[str], parts: Sequence[PartShown]) -> None:
        """Show other numbers. The one that the person is at stays so, if it is still there.

        Args:
            title: what it is called.
            notes: what must be known of it where it is printed.
            parts: the parts in their order.
        """
        self._title, self._notes, self.parts = title, tuple(notes), parts
        self.setAccessibleName(title)
        self.lay_out()
        for action in self.actions_here():
            action.setEnabled(bool(parts))

    def stop(self) -> OverviewStop | None:
        """The number or row that the person is at."""
        return self.plot.stops[self.at] if self.plot is not None and self.at is not None else None

    def select(self, place: Sequence[str]) -> bool:
        """Go to a number by its part, line and column. Returns whether it is shown."""
        at = self.plot.number_of(place) if self.plot is not None else None
        if at is not None:
            self._choose(at)
        return at is not None

    def lay_out(self) -> None:
        """Lay everything out in the present width."""
        before = self.stop()
        self.plot = self._laid_out()
        self.at = self.plot.number_of(before.place) if before is not None else None
        if self.at is None and before is not None and self.plot.stops:
            self.at = 0
        self._under = None
        self.setMinimumHeight(round(self.plot.height + 2 * PAD))
        self.updateGeometry()
        self.update()

    def _laid_out(self) -> OverviewPlot:
        """The parts with as much room about them as lets all be seen at once; where nothing does, with the most."""
        above = self.parentWidget()
        room = above.height() - 2 * PAD if above is not None else 0
        plots = [OverviewPlot(self.parts, max(self.width() - 2 * PAD, 1), self.font())]
        for named, pad in CLOSER:
            if plots[-1].height <= room:
                return plots[-1]
            plots.append(OverviewPlot(self.parts, max(self.width() - 2 * PAD, 1), self.font(), named=named, pad=pad))
        return plots[-1] if plots[-1].height <= room else plots[0]

    def drawing(self) -> Drawing | None:
        """The overview as it is printed and saved."""
        return overview_drawing(self._title, self._notes, self.parts, self._numbers) if self.parts else None

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        rows: list[list[PlainValue]] = [["Part", "Of", "What", "Number"]]
        rows += [
            [shown.part.title, line.title, head.title, len(cell)]
            for shown in self.parts
            for line in shown.table.lines
            for head, cell in zip(shown.table.heads, line.cells, strict=True)
        ]
        return [PlainSheet(self._title, list(self._notes), rows)]

    # What the person does

    def _choose(self, at: int) -> None:
        """Go to a number, and have a screen reader say what it counts."""
        assert self.plot is not None
        self.at = at
        stop = self.plot.stops[at]
        self.setAccessibleDescription(stop.words)
        announce(self, stop.words)
        self.moved.emit(stop.box.translated(PAD, PAD).toRect())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from number to number and from part to part; open what is there."""
        plot = self.plot
        if plot is None or not plot.stops or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        at, last = self.at or 0, len(plot.stops) - 1
        steps: dict[Qt.Key, Callable[[], int]] = {
            Qt.Key.Key_Left: lambda: plot.beside(at, -1, 0),
            Qt.Key.Key_Right: lambda: plot.beside(at, 1, 0),
            Qt.Key.Key_Up: lambda: plot.beside(at, 0, -1),
            Qt.Key.Key_Down: lambda: plot.beside(at, 0, 1),
            Qt.Key.Key_PageUp: lambda: plot.part_beside(at, -1),
            Qt.Key.Key_PageDown: lambda: plot.part_beside(at, 1),
            Qt.Key.Key_Home: lambda: 0,
            Qt.Key.Key_End: lambda: last,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._choose(0 if self.at is None else steps[key]())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and (stop := self.stop()) is not None:
            self.opened.emit(stop)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the number clicked on."""
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._choose(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the number clicked on."""
        at, stop = self._at(event.position()), self.stop()
        if event.button() == Qt.MouseButton.LeftButton and at is not None and at == self.at and stop is not None:
            self.opened.emit(stop)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that what is under the pointer can be opened."""
        under = self._at(event.position())
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.ArrowCursor if under is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._under = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first number, where the person is at none."""
        super().focusInEvent(event)
        if self.at is None and self.plot is not None and self.plot.stops:
            self._choose(0)

    def words_at(self, at: QPoint) -> str:
        """What the number at a point counts."""
        number = self._at(QPointF(at))
        return self.plot.stops[number].words if self.plot is not None and number is not None else ""

    def _at(self, point: QPointF) -> int | None:
        return self.plot.at(point - QPointF(PAD, PAD)) if self.plot is not None else None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """PaintedThing all parts, with what is under the pointer and where the person is."""
        del event
        plot = self.plot
        if plot is None:
            return
        painter, ink = QPainter(self), Ink.of(self.palette())
        painter.translate(PAD, PAD)
        if self._under is not None:
            painter.fillRect(plot.stops[self._under].box, self.palette().color(QPalette.ColorRole.AlternateBase))
        if self.at is not None and self.hasFocus():
            box = plot.stops[self.at].box
            painter.fillRect(box, self.palette().color(QPalette.ColorRole.Highlight))
            painter.setPen(QPen(ink.accent, 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        plot.paint(painter, ink)
        painter.end()
