"""The notes of the plan, one of which is picked to be marked in a narrative; or a new one, typed in the same box."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
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

from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.plan.priorities import Note, NoteUse
from spp_desktop.store import queries
from spp_desktop.ui.common.hit_list import walk
from spp_desktop.ui.common.signals import PlanSignals

NEW = "New note: {}"
SAID = "Type words of a note, or a new note. Enter takes the one chosen, Down and Up choose."


@dataclass(frozen=True, slots=True)
class PickedNote:
    """What was picked: the key of a note of the plan, or the text of a new one."""

    key: str
    text: str


class NotePicker(QDialog):
    """Finds a note by its words or its number. Enter takes the one chosen; ``picked`` is it then.

    Args:
        signals: the plan.
        here: the keys of the notes that the row prints already; they stand first.
        parent: the window.
    """

    def __init__(self, signals: PlanSignals, here: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.picked: PickedNote | None = None
        self._known = _notes(signals, here)
        self.box, self.hits = QLineEdit(), QListWidget()
        self.take_button, self.cancel = QPushButton("&Put the mark"), QPushButton("Cancel")
        self.setWindowTitle("Mark a note")
        self.resize(560, 380)
        self._lay_out()
        self.box.textChanged.connect(self._look)
        self.hits.itemDoubleClicked.connect(lambda _: self.take())
        self.take_button.clicked.connect(self.take)
        self.cancel.clicked.connect(self.reject)
        self.box.installEventFilter(self)
        self._look("")
        self.box.setFocus()

    def take(self) -> None:
        """Take the note that is chosen, if one is."""
        item = self.hits.currentItem()
        if item is not None:
            self.picked = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the notes, and take one by Enter, while words are typed."""
        if watched is self.box and walk(self.hits, event):
            return True
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.box and pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.box.setPlaceholderText("Words of a note, its number, or a new note")
        self.box.setAccessibleName("Find a note, or type a new one")
        self.box.setClearButtonEnabled(True)
        self.hits.setAccessibleName("Notes")
        self.hits.setWordWrap(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        how = QLabel(SAID, wordWrap=True)
        how.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for button in (self.take_button, self.cancel):
            button.setAutoDefault(False)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.take_button)
        below.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (self.box, self.hits, how):
            column.addWidget(widget)
        column.addLayout(below)

    def _look(self, text: str) -> None:
        """List the notes that hold the words, and last a new one of them."""
        self.hits.clear()
        words = caseless(text).split()
        for shown, note in self._known:
            if all(word in caseless(shown) for word in words):
                self._add(shown, note)
        if text.strip():
            self._add(NEW.format(text.strip()), PickedNote("", text.strip()))
        self.hits.setCurrentRow(0)
        self.take_button.setEnabled(self.hits.count() > 0)

    def _add(self, shown: str, note: PickedNote) -> None:
        item = QListWidgetItem(shown, self.hits)
        item.setData(Qt.ItemDataRole.UserRole, note)
        item.setToolTip(note.text)


def _notes(signals: PlanSignals, here: Sequence[str]) -> list[tuple[str, PickedNote]]:
    """Every note as it is listed, with its numbers; those that the row prints already first."""
    numbers: dict[str, list[int]] = {}
    for use in signals.read(queries.register, NoteUse):
        if use.number is not None:
            numbers.setdefault(use.note_id, []).append(use.number)
    rows = sorted(signals.read(queries.register, Note), key=lambda row: row.id not in here)
    return [
        (f"{', '.join(map(str, sorted(numbers.get(row.id, []))))}  {row.text}".strip(), PickedNote(row.id, row.text))
        for row in rows
    ]
