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
    """The first widget of a pane that can take the keyboard, in the order in which they were made.

    Not by ``nextInFocusChain``: PySide takes what that gives for a part of the widget it is asked of. So the window
    became a part of the last button in the chain, and its menus could no longer be used once that button was gone.
    """
    inside = (pane, *pane.findChildren(QWidget))
    return next((each for each in inside if _takes_keys(each)), None)


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
