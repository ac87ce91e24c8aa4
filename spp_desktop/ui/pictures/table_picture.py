"""A table as a picture: whole, under its title, with what is printed beneath it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView, QWidget

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

LARGEST = 16_000
"""The most pixels in either direction: a longer table is cut, as it is on paper."""
EDGE = 10
_WRAPPED = Qt.TextFlag.TextWordWrap


class TablePicture(QWidget):
    """The picture of a table that is saved or printed; this widget is never shown itself.

    Attributes:
        table: the table.
    """

    def __init__(
        self,
        table: QTableView,
        numbers: Callable[[], "list[PlainSheet]"],
        left_out: Callable[[], Sequence[int]] = tuple,
    ) -> None:
        """Make the picture of a table.

        Args:
            table: The table.
            numbers: Gives the table as sheets; the first has its title and notes.
            left_out: Gives the lines that are not painted.
        """
        super().__init__(table.parentWidget())
        self.table = table
        self._numbers = numbers
        self._left_out = left_out
        self._title, self._notes = "", ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def fit(self) -> None:
        """Take the table's title and notes as they are now, and make room for all of it."""
        sheets = self._numbers()
        self._title = sheets[0].title if sheets else ""
        self._notes = "\n".join(sheets[0].notes) if sheets else ""
        self.setAccessibleDescription(f"{self._title}. {self._notes}")
        with self._whole():
            size = self.table.size()
        wide = size.width() + 2 * EDGE
        self.resize(
            wide,
            size.height() + self._tall(self._letters(bold=True), self._title, wide) + self._beneath(wide) + 2 * EDGE,
        )

    def draw(self, painter: QPainter) -> None:
        """Paint the title, the whole table and the notes. A table does not paint itself truly within a widget's own."""
        wide = self.width() - 2 * EDGE
        tall = self._tall(self._letters(bold=True), self._title, self.width())
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(self.palette().text().color())
        painter.setFont(self._letters(bold=True))
        painter.drawText(QRect(EDGE, EDGE, wide, tall), _WRAPPED, self._title)
        with self._whole():
            painter.save()
            painter.translate(EDGE, EDGE + tall)
            self.table.render(painter, QPoint())
            painter.restore()
            top = EDGE + tall + self.table.height() + EDGE // 2
        painter.setFont(self._letters(bold=False))
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(QRect(EDGE, top, wide, self._beneath(self.width())), _WRAPPED, self._notes)

    def _letters(self, *, bold: bool) -> QFont:
        """The font, sized in pixels: paper has more of them to an inch, and there the whole picture is enlarged."""
        font = QFont(self.font())
        font.setPixelSize(QFontInfo(font).pixelSize())
        font.setBold(bold)
        return font

    def _tall(self, font: QFont, words: str, wide: int) -> int:
        box = QFontMetrics(font).boundingRect(QRect(0, 0, wide - 2 * EDGE, LARGEST), _WRAPPED, words)
        return box.height() + EDGE // 2 if words else 0

    def _beneath(self, wide: int) -> int:
        return self._tall(self._letters(bold=False), self._notes, wide) + EDGE // 2

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Show all rows and columns, without scroll bars or a chosen cell; afterwards the table is as it was."""
        table = self.table
        bars, left_out = (table.horizontalScrollBar(), table.verticalScrollBar()), self._left_out()
        size, policies = table.size(), (table.horizontalScrollBarPolicy(), table.verticalScrollBarPolicy())
        places = [bar.value() for bar in bars]
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for line in left_out:
            table.setRowHidden(line, True)
        across, down, frame = table.horizontalHeader(), table.verticalHeader(), 2 * table.frameWidth()
        beside = 0 if down.isHidden() else down.width()
        tall = down.length() + max(across.height(), across.sizeHint().height())
        table.resize(min(across.length() + beside + frame, LARGEST), min(tall + frame, LARGEST))
        chosen = table.selectionModel()
        selected, current = chosen.selection(), chosen.currentIndex()
        # No signal is sent, so that the person stays where they are.
        chosen.blockSignals(True)
        chosen.clear()
        try:
            yield
        finally:
            for line in left_out:
                table.setRowHidden(line, False)
            chosen.select(selected, QItemSelectionModel.SelectionFlag.Select)
            chosen.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
            chosen.blockSignals(False)
            table.resize(size)
            table.setHorizontalScrollBarPolicy(policies[0])
            table.setVerticalScrollBarPolicy(policies[1])
            for bar, place in zip(bars, places, strict=True):
                bar.setValue(place)
