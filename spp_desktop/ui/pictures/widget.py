"""What all widgets that draw a picture share: the right click, the words for screen readers, and the layout."""

from abc import abstractmethod
from collections.abc import Callable

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
from spp_desktop.ui.pictures.pictured import Pictured

_ANEW = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class PictureWidget(QWidget, Pictured):
    """A picture on a background of its own; a right click offers what can be done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._actions = picture_actions(self, self.drawing)

    def actions_here(self) -> list[QAction]:
        """The actions that a right click offers."""
        return self._actions

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        menu.popup(event.globalPos())


class PointedAt(QWidget):
    """A widget that says what is under the pointer, and shows whether it has the keyboard."""

    @abstractmethod
    def words_at(self, at: QPoint) -> str:
        """The words for what lies at a point; "" for nothing."""

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it no longer has the keyboard."""
        super().focusOutEvent(event)
        self.update()


class DescribedWhenAsked(QWidget):
    """A widget whose description takes long to make: it is made when a screen reader runs, or somebody asks."""

    _description: Callable[[], str] | None = None

    def describe_by(self, words: Callable[[], str]) -> None:
        """Have this give the description from now on; at once, where a screen reader runs."""
        self._description = words
        if QAccessible.isActive():
            self.accessibleDescription()

    def accessibleDescription(self) -> str:
        """The description as it is now."""
        words, self._description = self._description, None
        if words is not None:
            super().setAccessibleDescription(words())
        return super().accessibleDescription()

    def setAccessibleDescription(self, description: str) -> None:
        """Be described by these words, whatever was to describe it."""
        self._description = None
        super().setAccessibleDescription(description)

    def event(self, event: QEvent) -> bool:
        """Have the description ready before the keyboard comes here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Show):
            self.accessibleDescription()
        return super().event(event)


class LaidOutPicture(PictureWidget, PointedAt):
    """A picture as high as all its parts, which are laid out again when its width or its font changes."""

    WIDE = 360
    """The width it asks for, in pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @abstractmethod
    def lay_out(self) -> None:
        """Lay everything out in the present width."""

    def sizeHint(self) -> QSize:
        """The height of all its parts."""
        return QSize(self.WIDE, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out again if its width has changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font's size, and the light or dark palette."""
        super().changeEvent(event)
        if event.type() in _ANEW:
            self.lay_out()


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something about a widget, if one is running."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
