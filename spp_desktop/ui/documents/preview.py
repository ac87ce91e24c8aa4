"""The pages of a document as they will be printed, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

WAITING = "The pages are being made…"


class DocumentPreview(QWidget):
    """A page as large as there is room; PgUp, PgDown, Home and End turn the pages, and so does the wheel.

    Attributes:
        at: the index of the page that is shown.
        words: what is shown while there are no pages.

    Signals:
        turned: another page is shown, or words in the place of pages.
    """

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[bytes] = ()
        self.at = 0
        self.words = WAITING
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, 240)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def sizeHint(self) -> QSize:
        """Room for an upright page that can just be read."""
        return QSize(460, 560)

    def count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show other pages, each as a PNG; the number of the page that is shown stays, where there is one."""
        self._pages = pages  # as they came: a thousand of them take gigabytes as pictures
        self.turn_to(min(self.at, max(len(pages) - 1, 0)))

    def say(self, words: str) -> None:
        """Show words in the place of pages."""
        self.words, self._pages = words, ()
        self._tell()
        self.update()

    def turn_to(self, at: int) -> None:
        """Show a page by its index; the nearest there is."""
        self.at = min(max(at, 0), max(self.count() - 1, 0))
        self._tell()
        self.update()

    def where(self) -> str:
        """Which page of how many is shown, in words."""
        return f"Page {self.at + 1:,} of {self.count():,}" if self._pages else self.words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages."""
        places = {
            Qt.Key.Key_PageUp: self.at - 1,
            Qt.Key.Key_PageDown: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.turn_to(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the pages."""
        if event.angleDelta().y():
            self.turn_to(self.at + (1 if event.angleDelta().y() < 0 else -1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page in the middle, as it is on paper whatever the colours of the window are."""
        painter = QPainter(self)
        edge = self.rect().adjusted(0, 0, -1, -1)
        if self._pages:
            edge = self._paint_page(painter, QImage.fromData(self._pages[self.at]))
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
        colour = self.palette().highlight() if self.hasFocus() else self.palette().mid()
        painter.setPen(QPen(colour.color(), 2 if self.hasFocus() else 1))
        painter.drawRect(edge)
        painter.end()

    def _paint_page(self, painter: QPainter, page: QImage) -> QRect:
        """Paint a page in the middle, as large as there is room. Returns where."""
        sharp = self.devicePixelRatioF()
        room = (self.size() - QSize(4, 4)) * sharp
        size = page.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = page.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(sharp)
        shown = size / sharp
        place = QRect(QPoint((self.width() - shown.width()) // 2, (self.height() - shown.height()) // 2), shown)
        painter.drawImage(place.topLeft(), drawn)
        return place.adjusted(-1, -1, 0, 0)

    def _tell(self) -> None:
        """Tell screen readers which page is shown."""
        self.setAccessibleName("The document as it will be printed")
        self.setAccessibleDescription(self.where())
        self.turned.emit()
