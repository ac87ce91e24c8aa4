"""A table whose rows are found, not typed: Enter opens one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spp_desktop.ui.grid.view import GridView


class OpeningGrid(GridView):
    """A table in which Enter opens the row that the person is in.

    Signals:
        opened: the person wants to see that row.
    """

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row by Enter."""
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if opens and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.current() is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
