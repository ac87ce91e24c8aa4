"""What belongs here: what a cell of a form is filled with, found by a few letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.forms.value import NamedValue
from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.ui.common.hit_list import walk

_SHOWN = 80
BY_LABELS = NamedValue("", "What the labels of each cell ask for")
"""The choice that gives each cell of a range what its own labels seem to ask for."""


class BelongsHereDialog(QDialog):
    """Asks what belongs into a cell, or into several.

    Args:
        where: The cells, as a person finds them, with their labels.
        proposed: What seems to belong there, the likeliest first.
        listed: All that may be chosen.
        by_labels: For how many cells of a range their labels say it; 0 for a single cell.
        parent: The window.
        meant: What a whole name means that is typed and not listed, such as a result of an area.
    """

    def __init__(
        self,
        where: str,
        proposed: Sequence[NamedValue],
        listed: Sequence[NamedValue],
        by_labels: int = 0,
        parent: QWidget | None = None,
        *,
        meant: Callable[[str], NamedValue | None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._proposed, self._listed = list(proposed), list(listed)
        self._sought = [searched(f"{each.title} {each.name}") for each in listed]
        self._shown: list[NamedValue] = []
        self._by_labels, self._meant = by_labels, meant
        self.setWindowTitle("What belongs here")
        self.resize(680, 460)
        self.box, self.hits = QLineEdit(self), QListWidget(self)
        self.count = QLabel(self, wordWrap=True)
        self.choose, self.cancel = QPushButton("&Put it here", self), QPushButton("Cancel", self)
        self._lay_out(where)
        self.box.textChanged.connect(self._look)
        self.box.installEventFilter(self)
        self.hits.itemDoubleClicked.connect(lambda _: self.accept())
        self.choose.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._look("")
        self.box.setFocus()

    def chosen(self) -> NamedValue | None:
        """What was chosen; ``BY_LABELS`` for what the labels of each cell ask for."""
        row = self.hits.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among what was found while the letters are typed."""
        return (watched is self.box and walk(self.hits, event)) or super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        """Show what holds all the words that are typed; before any is typed, what is proposed."""
        words = caseless(typed).split()
        hits = [
            each
            for each, sought in zip(self._listed, self._sought, strict=True)
            if all(word in sought for word in words)
        ]
        text, phrase = typed.strip(), " ".join(words).replace(":", "")
        hits.sort(key=lambda each: phrase not in caseless(each.name).replace(":", ""))
        always = [NamedValue(f"text: {text}", f"always “{text}”")] if text else []
        whole = [each for each in self._listed if each.name == text]
        if not whole and ": " in text and (named := self._meant(text)) is not None:
            whole = [named]
        several = [BY_LABELS] if self._by_labels and not words else []
        first = several + (self._proposed if not words else whole)
        self._shown = list(dict.fromkeys([*first, *hits]))[:_SHOWN] + always
        self.hits.clear()
        for each in self._shown:
            title = f"{each.title} ({self._by_labels} cells)" if each is BY_LABELS else each.title
            item = QListWidgetItem(title[:1].upper() + title[1:])
            item.setToolTip(each.name)
            if each in self._proposed or each is BY_LABELS:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0 if self._shown else -1)
        self.choose.setEnabled(bool(self._shown))
        more = f"; the first {_SHOWN} are shown" if len(hits) > _SHOWN else ""
        self.count.setText(f"{len(hits):,} found{more}. What the labels seem to ask for is bold and stands first.")

    def _lay_out(self, where: str) -> None:
        asked = QLabel(where, self, wordWrap=True)
        self.box.setPlaceholderText("A few letters of it, such as: burglary target; or a text that is always the same")
        self.box.setAccessibleName("Find what belongs here")
        self.box.setClearButtonEnabled(True)
        self.hits.setAccessibleName("What may belong here")
        self.hits.setUniformItemSizes(True)
        self.hits.setSpacing(2)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.choose.setDefault(True)
        self.cancel.setAutoDefault(False)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.choose)
        below.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (asked, self.box, self.hits, self.count):
            column.addWidget(widget)
        column.addLayout(below)
