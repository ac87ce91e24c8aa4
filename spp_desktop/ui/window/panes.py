"""Going from pane to pane of a page by F6: out of a table, in which Tab goes from cell to cell, and back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def step(panes: Sequence[QWidget]) -> None:
    """Move the keyboard to the next pane, or to the first if no pane has it."""
    seen = [pane for pane in panes if _first(pane) is not None]
    focused = QApplication.focusWidget()
    at = next((n for n, pane in enumerate(seen) if focused and (focused is pane or pane.isAncestorOf(focused))), -1)
    if seen and (place := _first(seen[(at + 1) % len(seen)])) is not None:
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that can take the keyboard."""
    place: QWidget | None = pane
    while place is not None:
        inside = place is pane or pane.isAncestorOf(place)
        if inside and place.isVisible() and place.isEnabled() and place.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return place
        place = place.nextInFocusChain()
        if place is pane:
            break
    return None
