"""Keeps windows on the screen: no larger than it is, and not partly off it; what needs more room is scrolled."""

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QScrollArea, QVBoxLayout, QWidget

FRAME = QMargins(4, 32, 4, 4)
"""The pixels that a window's own frame and title take around it, at most, where the system has not said yet."""


class Fitting(QObject):
    """Fits the dialog that it belongs to each time it is shown."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the dialog as it is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            fit(watched)
        return super().eventFilter(watched, event)


def room(window: QWidget) -> QRect:
    """The part of the screen that a window may take, in points."""
    return window.screen().availableGeometry()


def fit(window: QWidget) -> None:
    """Put a window, with its frame, inside its screen; of a dialog that cannot be so small, the content scrolls."""
    if window.isMaximized() or window.isFullScreen():
        return
    there = room(window).marginsRemoved(FRAME)
    if isinstance(window, QDialog) and not isinstance(window, QMessageBox):
        needed = window.minimumSizeHint().expandedTo(window.minimumSize())
        if needed.width() > there.width() or needed.height() > there.height():
            _scroll(window)
    size = window.size().boundedTo(there.size())
    if window.geometry().size() == size and there.contains(window.geometry()):
        return
    place = QRect(window.pos() if window.isVisible() else _beside(window, size), size)
    place.moveRight(min(place.right(), there.right()))
    place.moveBottom(min(place.bottom(), there.bottom()))
    place.moveLeft(max(place.left(), there.left()))
    place.moveTop(max(place.top(), there.top()))
    window.setGeometry(place)


def _beside(window: QWidget, size: QSize) -> QPoint:
    """Where a dialog opens: over the middle of the window that it belongs to."""
    parent = window.parentWidget()
    if parent is None:
        return window.pos()
    middle = parent.window().geometry().center()
    return QPoint(middle.x() - size.width() // 2, middle.y() - size.height() // 2)


def _scroll(dialog: QDialog) -> None:
    """Put all of a dialog into a part that scrolls."""
    inside = dialog.layout()
    if inside is None or dialog.findChild(QScrollArea, "all of it") is not None:
        return
    content = QWidget()
    content.setLayout(inside)
    area = QScrollArea(dialog)
    area.setObjectName("all of it")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(content)
    outside = QVBoxLayout(dialog)
    outside.setContentsMargins(0, 0, 0, 0)
    outside.addWidget(area)
    dialog.setMinimumSize(0, 0)
