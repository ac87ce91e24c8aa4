"""Letters that come from an input method, such as ŵ from a dead key, typed where no editor is open yet."""

from collections.abc import Callable

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def pass_on(
    event: QInputMethodEvent, editor: Callable[[], QWidget | None], handle: Callable[[QInputMethodEvent], None]
) -> None:
    """Have a view open its editor for a letter, and the letter stand in it.

    Qt's views pass on to the editor that they open what is being composed, and lose what comes composed at once.

    Args:
        event: what the input method sends.
        editor: gives the editor that is open.
        handle: what the view does with the event by itself.
    """
    opens = editor() is None and bool(event.commitString()) and not event.preeditString()
    handle(event)
    opened = editor()
    if opens and opened is not None:
        QApplication.sendEvent(opened.focusProxy() or opened, event)
