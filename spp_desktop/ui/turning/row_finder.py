"""A field that finds rows of the plan by words or references and takes those that a person chooses."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.plan.words import capital
from spp_desktop.store.naming import word_of
from spp_desktop.store.threads import LinkedRow
from spp_desktop.ui.common.hit_list import walk

SHOWN_AT_MOST = 40
"""The most rows that are shown; typing on narrows them."""


class RowFinder(QWidget):
    """Finds rows, and takes them: Enter takes the one chosen, Backspace in the empty field gives the last back.

    Args:
        name: what the field is called for screen readers.
        several: whether more than one row can be taken.

    Signals:
        changed: other rows are taken.
        finished: Enter was pressed where nothing is typed.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, name: str, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._rows: Sequence[LinkedRow] = ()
        self._sought: Sequence[str] = ()
        self._shown: list[LinkedRow] = []
        self.taken: list[LinkedRow] = []
        self.box, self.hits, self.told = QLineEdit(), QListWidget(), QLabel(wordWrap=True)
        self.box.setAccessibleName(name)
        self.box.setPlaceholderText("Words or a reference, then Enter")
        self.box.setClearButtonEnabled(True)
        self.hits.setAccessibleName(f"{name}: what was found")
        self.hits.setUniformItemSizes(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setMinimumHeight(4 * (self.fontMetrics().lineSpacing() + 4))
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.told, self.box, self.hits):
            column.addWidget(widget)
        self.box.textChanged.connect(self._look)
        self.hits.itemClicked.connect(lambda _: self.take())
        self.box.installEventFilter(self)
        self.setFocusProxy(self.box)
        self._tell()

    def offer(self, rows: Collection[LinkedRow]) -> None:
        """Offer these rows; those that were taken and are not among them are given back."""
        self._rows = list(rows)
        self._sought = [searched(f"{row.title} {word_of(row.table).singular}") for row in self._rows]
        keys = {row.key for row in self._rows}
        self.taken = [row for row in self.taken if row.key in keys]
        self._look(self.box.text())
        self._tell()

    def put(self, rows: Collection[LinkedRow]) -> None:
        """Take these rows, and no others."""
        self.taken = list(rows)
        self._tell()
        self.changed.emit()

    def take(self) -> bool:
        """Take the row that is chosen among what was found. Returns whether there was one."""
        at = self.hits.currentRow()
        if not 0 <= at < len(self._shown):
            return False
        row = self._shown[at]
        if not self._several:
            self.taken = []
        if row not in self.taken:
            self.taken.append(row)
        self.box.clear()
        self._tell()
        self.changed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the rows found, take one by Enter, give the last back by Backspace."""
        if watched is self.box and walk(self.hits, event):
            return True
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                if not self.take() and not self.box.text().strip():
                    self.finished.emit()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.box.text() and self.taken:
                self.put(self.taken[:-1])
                return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        words = caseless(typed).split()
        hits = [row for row, text in zip(self._rows, self._sought, strict=True) if all(word in text for word in words)]
        whole = " ".join(words)
        hits.sort(key=lambda row: (row.ref.casefold() != whole, not row.ref.casefold().startswith(whole)))
        self._shown = hits[:SHOWN_AT_MOST]
        self.hits.clear()
        for row in self._shown:
            item = QListWidgetItem(_named(row))
            item.setToolTip(row.text)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0 if self._shown and typed.strip() else -1)

    def _tell(self) -> None:
        self.told.setText("\n".join(_named(row) for row in self.taken) or "Nothing chosen yet.")


def _named(row: LinkedRow) -> str:
    """A row as it is listed: "Activity 1.05:  Train all constables"."""
    return f"{capital(word_of(row.table).singular)} {row.ref}:  {' '.join(row.text.split())}"
