"""What widgets that draw a picture have in common: the right click, words for those who hear it, places anew."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from spp_desktop.ui.pictures.menu import picture_actions

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import Sheet

_ANEW = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class PictureWidget(QWidget):
    """A picture on a page of its own colour that offers by right click what can be done with it.

    ``name`` gives what it shows, ``numbers`` the sheets of the numbers behind it.
    """

    def __init__(
        self, name: Callable[[], str], numbers: Callable[[], "list[Sheet]"] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._actions = picture_actions(self, name, numbers)

    def actions_here(self) -> list[QAction]:
        """What the right click offers."""
        return self._actions

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        menu.popup(event.globalPos())


class PointedAt(QWidget):
    """A widget that says what is under the pointer, and shows whether keys come to it."""

    @abstractmethod
    def words_at(self, at: QPoint) -> str:
        """What is to be said of what lies there; "" for nothing."""

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys come here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()


class LaidOutPicture(PictureWidget, PointedAt):
    """A picture as high as all of it, whose parts get their places anew with its width and its letters."""

    WIDE = 360
    """The width it asks for."""

    def __init__(
        self, name: Callable[[], str], numbers: Callable[[], "list[Sheet]"] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, numbers, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @abstractmethod
    def lay_out(self) -> None:
        """Give everything its place in this width."""

    def sizeHint(self) -> QSize:
        """As high as all of it."""
        return QSize(self.WIDE, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out anew where it is wider or narrower."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters, and the light or dark palette."""
        super().changeEvent(event)
        if event.type() in _ANEW:
            self.lay_out()


def announce(widget: QWidget, words: str) -> None:
    """Say something to those who hear a widget, if anybody does."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
