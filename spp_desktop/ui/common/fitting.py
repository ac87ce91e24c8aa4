"""Keeps windows on the screen: no larger than it is, and not partly off it; what needs more room is scrolled."""

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from spp_desktop.ui.common.plan_window import PlanWindow

FRAME = QMargins(4, 32, 4, 4)
"""The pixels that a window's own frame and title take around it, at most, where the system has not said yet."""


UNSEEN = ("offscreen", "minimal")
"""The platforms of Qt that show nothing."""
LARGE = 10_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Fitting(QObject):
    """What is alike in all dialogs: they fit on the screen, and know F1 and Enter.

    Each fits the screen when it is shown, answers F1 as the window does, and has Enter press the button in which the
    person is, for which a dialog would take its default button. A question's buttons are left to it: there Enter
    means what is harmless (``question.ask``).
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the dialog as it is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            fit(watched)
        asks = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1
        if asks and isinstance(watched, QDialog) and (window := _window_of(watched)) is not None:
            window.explain()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            button = watched.focusWidget() if isinstance(watched, QDialog) else None
            if isinstance(button, QPushButton) and not isinstance(watched, QMessageBox) and not event.isAutoRepeat():
                button.click()
                return True
        return super().eventFilter(watched, event)


def _window_of(dialog: QDialog) -> PlanWindow | None:
    """The window that a dialog stands in front of."""
    above = dialog.parentWidget()
    while above is not None and not isinstance(above, PlanWindow):
        above = above.parentWidget()
    return above


def room(window: QWidget) -> QRect:
    """The part of the screen that a window may take, in points; a window that no one sees may take any.

    Not by ``window.screen()``: PySide takes what that gives for a part of the window, and the screen goes with it.
    """
    unseen = QGuiApplication.platformName() in UNSEEN or window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    if unseen:
        return QRect(0, 0, LARGE, LARGE)
    screen = QGuiApplication.screenAt(window.mapToGlobal(window.rect().center()))
    return (screen or QGuiApplication.primaryScreen()).availableGeometry()


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
