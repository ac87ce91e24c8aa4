"""A list of what was found, gone through by keys while letters are typed in the box above it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


def walk(hits: QListWidget, event: QEvent) -> bool:
    """Move among what was found, where an event of the box above is a key that does so; whether it was one."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    by = _MOVES.get(Qt.Key(event.key()))
    if by is None:
        return False
    hits.setCurrentRow(min(max(hits.currentRow() + by, 0), hits.count() - 1))
    return True
