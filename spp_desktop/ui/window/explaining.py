"""What F1 says of the place where a person is: what it is, and what may be typed there."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from spp_desktop.plan.kinds import Choice
from spp_desktop.ui.common.style import without_keys
from spp_desktop.ui.grid.grid import Grid

MOST_NAMED = 12
"""The most entries of a list that are named one by one."""


class Explanation(NamedTuple):
    """What a place is called, and sentences about it."""

    title: str
    sentences: tuple[str, ...]


def explained(widget: QWidget | None) -> Explanation:
    """What is to be said of a widget, or of the nearest one around it that has something to say."""
    inner = ""
    while widget is not None:
        title = name_of(widget)
        sentences = tuple(dict.fromkeys(filter(None, _sentences(widget))))
        if isinstance(widget, Grid) or (sentences and (title or inner)):
            return _of_cell(widget) if isinstance(widget, Grid) else Explanation(inner or title, sentences)
        inner = inner or title
        if widget.isWindow():
            break
        widget = widget.parentWidget()
    return Explanation(inner or "This window", ("Tab and F6 go to the next part; F1 there says what it is.",))


def name_of(widget: QWidget) -> str:
    """What a widget is called: by its name for screen readers, else by its own words, its label, or its title."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return without_keys(widget.text())
    if isinstance(widget, QTabBar):
        return without_keys(widget.tabText(widget.currentIndex()))
    buddy = next((label for label in _around(widget) if label.buddy() is widget), None)
    if buddy is not None:
        return without_keys(buddy.text()).rstrip(":")
    return widget.windowTitle() if widget.isWindow() else ""


def _around(widget: QWidget) -> Iterator[QLabel]:
    parent = widget.parentWidget()
    yield from parent.findChildren(QLabel) if parent is not None else ()


def _sentences(widget: QWidget) -> Iterator[str]:
    yield widget.whatsThis()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield f"Such as: {hint.removeprefix('Such as: ')}" if (hint := widget.placeholderText()) else ""
        yield "It is only read here." if widget.isReadOnly() else "Any text."
    elif isinstance(widget, QComboBox):
        yield "Alt+Down opens the list; typing finds an entry."
    elif isinstance(widget, QAbstractSpinBox):
        yield "Type it, or step with the arrow keys."
    elif isinstance(widget, QAbstractButton):
        in_dialog = isinstance(widget.window(), QDialog)
        by_enter = isinstance(widget, QPushButton) and (in_dialog or widget.autoDefault() or widget.isDefault())
        presses = "Space or Enter presses it." if by_enter else "Space presses it."
        yield presses if not widget.isCheckable() else "Space turns it on or off."
    elif isinstance(widget, QAbstractItemView):
        yield "The arrow keys go through the rows; Enter opens the one chosen."


def _of_cell(grid: Grid) -> Explanation:
    """What a column of a table is, and what may be typed in its cells."""
    here = grid.current()
    if here is None:
        return Explanation(grid.accessibleName(), ("The arrow keys go through the rows. Space folds a heading.",))
    row, column = here
    why = grid.why_not(column, row)
    kind = column.kind
    sentences = [f"{column.about.rstrip('.')}." if column.about else ""]
    if why:
        sentences.append(why)
    else:
        takes = kind.takes.format(choices="entries")
        sentences.append(f"Type {takes}. Enter keeps it, Escape gives it up; F2 goes on from what is there.")
        if isinstance(kind, Choice):
            titles = [option.title for option in kind.options()]
            more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
            sentences.append(f"The list has: {', '.join(titles[:MOST_NAMED])}{more}. Alt+Down opens it.")
    mark = column.marked(row)
    if mark is not None:
        sentences.append(mark.sentence)
    return Explanation(f"{column.title}, in {grid.accessibleName()}", tuple(filter(None, sentences)))


def keys_of(actions: list[QAction]) -> list[tuple[str, str]]:
    """What actions do and the keys that do it, of those that have keys."""
    return [
        (without_keys(action.text()).rstrip("…"), " or ".join(keys.toString() for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts() and action.text()
    ]
