"""Cells kept as they were painted: one that is painted again and looks as before is copied and not drawn anew."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.table_model import TableModel

MOST_PIXELS = 2_000_000
"""So many pixels are kept, about three tables of a usual window, four bytes each; or two tables where that is more."""
MOST_SEEN = 10_000
"""So many looks of cells are remembered at most that were painted once."""

_CellLook = tuple[int, ...]
"""What a picture of a cell was made for: its place in the table, its size, its state, and the pixels' scale."""


class KeptCells(QObject):
    """The pictures of a grid's cells, until anything of its rows changes, or the day: what is late is told by it."""

    def __init__(self, model: TableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._pictures: dict[_CellLook, QPixmap] = {}
        self._seen: set[_CellLook] = set()
        self._pixels, self._most = 0, MOST_PIXELS
        self._day = date.today()
        self._otherwise = model.otherwise
        for changes in (model.dataChanged, model.modelReset, model.layoutChanged, model.arranged, model.renewed):
            changes.connect(self.forget)

    def forget(self) -> None:
        """Have every cell drawn anew: its words, or the letters that they are written in, may be others."""
        self._pictures.clear()
        self._seen.clear()
        self._pixels = 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, draw: Callable[[QPainter], None]
    ) -> None:
        """Paint a cell as it was painted before, else by ``draw``; what comes a second time is kept for the third.

        A cell that does not begin and end with whole pixels, as half of them at 150 %, is drawn each time.
        """
        rect, at = option.rect, painter.deviceTransform()
        scale = at.m11()
        if scale != 1.0 and not _fits(rect, scale, at.dx(), at.dy()):
            draw(painter)
            return
        wide, high = rect.width(), rect.height()
        look = (index.row(), index.column(), wide, high, option.state.value, int(1000 * scale))
        picture = self._pictures.get(look)
        if picture is None:
            if look not in self._seen:
                if len(self._seen) > MOST_SEEN:
                    self._seen.clear()
                self._seen.add(look)
                draw(painter)
                return
            picture = self._drawn(painter, rect, scale, draw)
            self._keep(look, picture)
        painter.drawPixmap(rect.topLeft(), picture)

    def look_about(self, table: QWidget) -> None:
        """Forget what was kept on another day, and from before cells were compared with another state.

        Args:
            table: where the cells are painted next: the larger it is, the more of them are kept.
        """
        pixels = table.width() * table.height() * table.devicePixelRatioF() ** 2
        self._most = max(MOST_PIXELS, round(2 * pixels))
        day = date.today()
        if day != self._day or self._model.otherwise is not self._otherwise:
            self._day, self._otherwise = day, self._model.otherwise
            self.forget()

    def _keep(self, look: _CellLook, picture: QPixmap) -> None:
        self._pictures[look] = picture
        self._pixels += picture.width() * picture.height()
        while self._pixels > self._most:
            oldest = self._pictures.pop(next(iter(self._pictures)))
            self._pixels -= oldest.width() * oldest.height()

    @staticmethod
    def _drawn(painter: QPainter, rect: QRect, scale: float, draw: Callable[[QPainter], None]) -> QPixmap:
        picture = QPixmap(round(rect.width() * scale), round(rect.height() * scale))
        picture.setDevicePixelRatio(scale)
        on_picture = QPainter(picture)
        on_picture.setFont(painter.font())
        on_picture.setRenderHints(painter.renderHints())
        on_picture.translate(-rect.topLeft())
        draw(on_picture)
        on_picture.end()
        return picture


def _fits(rect: QRect, scale: float, across: float, down: float) -> bool:
    """Whether a cell begins and ends with whole pixels where it is painted."""
    places = (rect.x() * scale + across, rect.y() * scale + down, rect.width() * scale, rect.height() * scale)
    return all(float(place).is_integer() for place in places)
