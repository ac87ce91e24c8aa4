"""The bar below a table or a tree in which one types what to find in it, and what to put in its place."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class Finder(Protocol):
    """Where a bar looks and replaces: the cells of a table, or the rows of a tree."""

    @property
    def locked(self) -> bool:
        """Whether nothing can be replaced."""

    def focus(self) -> None:
        """Give the keyboard to what is looked through."""

    def go(self, text: str, *, back: bool = False) -> bool:
        """Go to the next place that holds a text, or the one before. Returns whether there is one."""

    def replace(self, text: str, by: str) -> bool:
        """Replace a text where the person is. Returns whether it stood there and the change was kept."""

    def replace_all(self, text: str, by: str) -> str:
        """Replace a text everywhere, as one step. Returns what came of it, in a sentence."""


class FindBar(QWidget):
    """Find next, find the one before, replace, and replace all. It is hidden until it is asked for; Escape hides it.

    Attributes:
        sought: the line for what is to be found.
        by: the line for what is put in its place.
    """

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self.sought = self._line("Find", "Find")
        self.by = self._line("Replace with", "Replace with")
        self._remark = QLabel()
        self._remark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._next = self._button("Find &next", "F3, or Enter", self.find_next)
        self._before = self._button("Find &before", "Shift+F3", lambda: self.find_next(back=True))
        self._replace = self._button("&Replace", "Replace in this cell, and go to the next", self.replace)
        self._all = self._button("Replace &all", "In the selected cells, or in all that are shown", self.replace_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.sought, self._next, self._before, self.by, self._replace, self._all):
            row.addWidget(part)
        row.addWidget(self._remark, 1)
        self.hide()

    def ask(self, *, replace: bool) -> None:
        """Ask for what to find, and with ``replace`` for what to put in its place."""
        for part in (self.by, self._replace, self._all):
            part.setVisible(replace)
            part.setDisabled(self._finder.locked)
        self._remark.clear()
        self.show()
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sought.selectAll()

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next cell that holds what is sought, or the one before; ask where nothing is sought yet."""
        if not self.sought.text():
            self.ask(replace=False)
            return
        there = self._finder.go(self.sought.text(), back=back)
        self._remark.setText("" if there else f"Nothing shown holds “{self.sought.text()}”.")
        if not there:
            self.show()

    def replace(self) -> None:
        """Replace in this cell, if what is sought stands there, and go to the next."""
        if self.sought.text():
            self._finder.replace(self.sought.text(), self.by.text())
            self.find_next()

    def replace_all(self) -> None:
        """Replace in all cells, and say in how many. The keyboard goes to the table, where it can be undone."""
        if self.sought.text():
            self._finder.focus()
            self._remark.setText(self._finder.replace_all(self.sought.text(), self.by.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find by Enter, leave by Escape, go into the table by Down."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.by:
                self.replace()
            else:
                self.find_next(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self._finder.focus()
            return True
        return super().eventFilter(watched, event)

    def _line(self, name: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(hint)
        line.setAccessibleName(name)
        line.setMinimumWidth(110)
        line.setMaximumWidth(200)
        line.installEventFilter(self)
        return line

    def _button(self, text: str, tip: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: does())  # noqa: PLW0108 - it keeps Qt's "checked" from the method
        return button
