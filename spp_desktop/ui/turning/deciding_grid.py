"""The table of a year's end: a letter decides what becomes of the chosen rows, where no letters are typed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.turning.fate_panel import LETTERS
from spp_desktop.ui.turning.year_end_lines import TYPED

DEEDS: Mapping[str, str] = {
    **{letter: fate for fate, letter in LETTERS.items()},
    " ": "proposed",
    "U": "back",
    "N": "next",
    "P": "previous",
}
"""What a letter asks for."""


class DecidingGrid(GridView):
    """The table: a letter decides where none is typed.

    Signals:
        deed: what a key asks for: one of what can become of a row, "proposed", "back", "edit", "next" or "previous".
    """

    deed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means, where the person is in no column in which letters are typed."""
        current = self.current()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if current is None or current[1].field in TYPED or not plain:
            super().keyPressEvent(event)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        back = event.key() == Qt.Key.Key_Backspace
        deed = "edit" if enter else "back" if back else DEEDS.get(event.text().upper(), "")
        if deed:
            self.deed.emit(deed)
        elif event.text().isprintable() and event.text():
            event.accept()  # a letter that means nothing here is typed nowhere
        else:
            super().keyPressEvent(event)
