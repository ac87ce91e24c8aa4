"""The lists below a row's narrative: the activities that serve a priority, its notes, and its history."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from spp_desktop.edits import priorities, registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import NOTE_PLACES, Commitment, Note, NoteUse, Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import attached, clock, history, queries
from spp_desktop.store.plain import ActivityRow, NoteRow
from spp_desktop.store.problems import NotKept
from spp_desktop.store.registered import titles
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.plain_table import dress_view
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.priorities.kinds import short

SERVING = frozenset({"plan", "activity", "activity_owner", "status", "post"})
"""The tables that the list of activities shows."""

_MODELS: tuple[type[Row], ...] = (Section, Priority, Theme, Commitment, Indicator)
PLACES = dict(zip(NOTE_PLACES, _MODELS, strict=True))
NOTE_HEIGHT = 72
NOT_HERE = "Not here"
"""The button by which a note is no longer printed at a place."""

Marks = tuple[NoteRow, ...]
"""The marks of one note at a place: a row for each."""


class ActivityList(QTableWidget):
    """The activities under a row of the plan's levels, those of passed years last. Enter or a double click goes to one.

    Signals:
        go_to_activity: the key of that activity.
    """

    go_to_activity = Signal(str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._signals = signals
        self._above: frozenset[str] = frozenset()
        self._read: list[ActivityRow] | None = None
        self._rows: list[ActivityRow] = []
        self.setHorizontalHeaderLabels(["Ref", "Activity", "Owner", "Status"])
        dress_view(self, "Activities under this row", stretch=1)
        self.cellDoubleClicked.connect(lambda row, _: self.go_to_activity.emit(self._rows[row].key))

    def show_under(self, keys: frozenset[str]) -> None:
        """List the activities that stand under rows of the plan's levels; for no keys, none."""
        if keys == self._above and self._read is not None:
            return
        self._above = keys
        if keys and self._read is None:
            self._read = self._signals.read(_activities)
        holds = self._signals.portfolio.holds
        self._rows = [row for row in self._read or () if row.home_key in keys and holds((row.key,))]
        first = self._signals.read(queries.plan).first_year
        times = Counter(row.ref for row in self._rows)
        lines: list[tuple[str, ...]] = []
        for row in self._rows:
            year = f" ({year_name(row.year)})" if row.year < first or times[row.ref] > 1 else ""
            lines.append((f"{row.ref}{year}", row.text, ", ".join(row.owners), row.status))
        _fill(self, lines)

    def forget(self, changed: Changed) -> None:
        """Read the activities again when they are next shown, if they have changed."""
        if not changed.rows or SERVING & changed.rows.keys():
            self._read = None

    def count(self) -> int:
        """The number of rows."""
        return len(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the activity by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self.currentRow() < len(self._rows):
            self.go_to_activity.emit(self._rows[self.currentRow()].key)
        else:
            super().keyPressEvent(event)


def _activities(connection: Connection) -> list[ActivityRow]:
    """The activities of the plan's years, and then those of years that have passed."""
    first = queries.plan(connection).first_year
    return sorted(queries.activities(connection), key=lambda row: row.year < first)


class RowHistory(QTableWidget):
    """What happened to a row: when, by whom, and from what to what."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._signals = signals
        self._shown = ("", "")
        self.setHorizontalHeaderLabels([clock.WHEN, "Who", "What", "Before"])
        dress_view(self, "History of this row", stretch=2)

    def show_row(self, key: str) -> None:
        """List the history of a row, the newest first."""
        at = self._signals.workspace.revision()
        if (key, at) == self._shown:
            return
        self._shown = (key, at)
        lines = []
        removed = self._signals.workspace.read_beside(self._signals.removed_files.of, [key])
        keys = [key, *self._signals.read(attached.keys_at, [key]), *removed]
        for step, change in self._signals.workspace.read_beside(history.row_history, keys):
            before = change.before if change.action == "set" and change.cell != "position" else ""
            lines.append((clock.local_time(step.at), step.author, step.label, str(before or "")))
        _fill(self, list(dict.fromkeys(lines)))

    def count(self) -> int:
        """The number of changes."""
        return self.rowCount()


class NoteList(QScrollArea):
    """The notes and definitions printed at a place. A note is kept once: to change it here is to change it everywhere.

    Signals:
        refused: why a text is not kept; "" once all that was typed is kept.
    """

    refused = Signal(str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._shown: tuple[str, tuple[Marks, ...]] = ("", ())
        self._texts: dict[str, KeptText] = {}
        self._unkept_notes: dict[str, KeptText] = {}
        self._place = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Notes and definitions printed here")

    def show_place(self, place: str, key: str) -> None:
        """Show the notes printed at a place, each once, however often its mark stands there."""
        marks = self._signals.read(queries.notes_at, place, key)
        rows = tuple(tuple(mark for mark in marks if mark.key == note) for note in dict.fromkeys(m.key for m in marks))
        if (key, rows) == self._shown:
            return
        if key == self._shown[0] and [row[0].key for row in rows] == [row[0].key for row in self._shown[1]]:
            for row in rows:
                self._texts[row[0].key].load(row[0].key, row[0].text, self._writer(row))
            self._shown = (key, rows)
            return
        self.commit_pending()
        self._shown, self._place = (key, rows), place
        self._build(rows)

    def count(self) -> int:
        """The number of rows."""
        return len(self._shown[1])

    def commit_pending(self) -> bool:
        """Write what is typed and not kept yet. Returns whether the plan now has all of it."""
        self._unkept_notes = {note: text for note, text in self._unkept_notes.items() if not text.keep_all()}
        left = [note for note, text in self._texts.items() if not text.keep_all()]
        return not left and not self._unkept_notes

    def _build(self, rows: tuple[Marks, ...]) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for note, text in self._texts.items():
            if text.changed():
                text.setParent(self)
                text.hide()
                self._unkept_notes[note] = text
        self._texts = {}
        if not rows:
            nothing = QLabel("No note or definition is printed here.", inside)
            nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(nothing)
        for row in rows:
            text = self._unkept_notes.pop(row[0].key) if row[0].key in self._unkept_notes else self._made(row)
            self._texts[row[0].key] = text
            column.addWidget(self._head(row, inside))
            column.addWidget(text)
            text.show()
        if not self._signals.workspace.read_only:
            self._offer_more(rows, inside, column)
        column.addStretch(1)
        if (before := self.takeWidget()) is not None:
            before.setParent(self)
            before.deleteLater()  # not at once: the keyboard may just be leaving one of its texts
        self.setWidget(inside)

    def _offer_more(self, rows: tuple[Marks, ...], inside: QWidget, column: QVBoxLayout) -> None:
        """Add a box for a new note, and a list of the plan's other notes, to be printed here too."""
        key, printed = f"new at {self._shown[0]}", {row[0].key for row in rows}
        text = self._unkept_notes.pop(key) if key in self._unkept_notes else KeptText("New note", self)
        text.load(key, "", partial(self._add, {self._place: self._shown[0]}))
        text.setPlaceholderText("Type a new note or definition here")
        text.setFixedHeight(NOTE_HEIGHT // 2)
        text.refused.connect(self.refused)
        self._texts[key] = text
        others = [row for row in self._signals.read(queries.register, Note) if row.id not in printed]
        known = QComboBox(inside)
        known.setAccessibleName("Print one of the plan's notes here")
        known.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        known.addItem("or choose a note that the plan has", "")
        for row in others:
            known.addItem(row.text, row.id)
        use = QPushButton("&Print it here", inside)
        use.setAutoDefault(False)
        use.clicked.connect(lambda: self._use(str(known.currentData())))
        choice = QHBoxLayout()
        choice.addWidget(known, 1)
        choice.addWidget(use)
        for widget in (known, use):
            widget.setVisible(bool(others))
        column.addWidget(text)
        column.addLayout(choice)
        text.show()

    def _add(self, place: dict[str, str], text: str) -> None:
        if text.strip():
            self._signals.edit(f"add note {short(text)}", priorities.add_note_at, text, **place)

    def _use(self, note: str) -> None:
        """Print a note of another place here too."""
        if not note:
            return
        try:
            self._signals.edit("print a note", priorities.use_note, note, **{self._place: self._shown[0]})
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))

    def _made(self, row: Marks) -> KeptText:
        text = KeptText(_numbered(row), self)
        text.load(row[0].key, row[0].text, self._writer(row))
        text.setFixedHeight(NOTE_HEIGHT)
        text.refused.connect(self.refused)
        return text

    def _head(self, row: Marks, parent: QWidget) -> QWidget:
        """What stands above a note: which it is, and a button by which it is no longer printed here."""
        label = self._label(row, parent)
        if self._signals.workspace.read_only:
            return label
        head, line = QWidget(parent), QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        head.setLayout(line)
        away = QPushButton(NOT_HERE, head)
        away.setAccessibleName(f"{NOT_HERE}: {_numbered(row)}")
        away.setAutoDefault(False)
        away.clicked.connect(lambda: self._take_away(row))
        line.addWidget(label, 1)
        line.addWidget(away)
        return head

    def _take_away(self, row: Marks) -> None:
        """Print a note here no longer. The note stays in the plan, for other places and in *Lists…*."""
        marks = [mark.use_key for mark in row]
        try:
            self._signals.edit(f"print {_numbered(row).lower()} no longer", registers.remove_all, NoteUse, marks)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))

    def _label(self, row: Marks, parent: QWidget) -> QLabel:
        """The label of a note: which it is, and where else it is printed."""
        printed = "; ".join(dict.fromkeys(mark.printed_in for mark in row if mark.printed_in))
        others = self._printed_also(row)
        also = f". Also printed at {'; '.join(others)}: changing it changes it everywhere." if others else "."
        label = QLabel(f"{_numbered(row)}{', printed in ' if printed else ''}{printed}{also}", parent)
        label.setWordWrap(True)
        return label

    def _printed_also(self, row: Marks) -> list[str]:
        """The other places that carry a note's mark, in words."""
        marks, places = {mark.use_key for mark in row}, []
        for use in self._signals.read(queries.register, NoteUse):
            if use.note_id != row[0].key or use.id in marks:
                continue
            place, key = next((name, key) for name in NOTE_PLACES if (key := getattr(use, name)) is not None)
            title = self._signals.read(titles, PLACES[place])[key]
            number = f" (note {use.number})" if use.number else ""
            places.append(f"{place.removesuffix('_id')} {short(title)}{number}")
        return places

    def _writer(self, row: Marks) -> Callable[[str], object] | None:
        if self._signals.workspace.read_only:
            return None
        label, key = f"edit {_numbered(row).lower()}", row[0].key

        def write(text: str) -> None:
            """Keep the text of the note."""
            self._signals.edit(label, registers.change, Note, key, text=text)

        return write


def _numbered(row: Marks) -> str:
    """The numbers that a note is printed under: "Note 1, 3, 5"."""
    return " ".join(filter(None, ("Note", ", ".join(str(mark.number) for mark in row if mark.number))))


def _fill(table: QTableWidget, lines: list[tuple[str, ...]]) -> None:
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            cell = QTableWidgetItem(" ".join(text.split()))
            cell.setToolTip(text)
            table.setItem(row, column, cell)
