"""The tools of a narrative: bold, bullets, the mark of a note, and the text as it is printed; by keys as by buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from spp_desktop.edits import priorities
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.style import without_keys
from spp_desktop.ui.priorities.as_printed import AsPrinted
from spp_desktop.ui.priorities.kinds import short
from spp_desktop.ui.priorities.narrative_text import NarrativeText
from spp_desktop.ui.priorities.note_picker import NotePicker, PickedNote

BOLD_KEYS, BULLET_KEYS, NOTE_KEYS, PRINTED_KEYS = "Ctrl+B", "Ctrl+Shift+L", "Ctrl+Shift+N", "Ctrl+Shift+P"


class NarrativeTools(QWidget):
    """A line of buttons above a narrative.

    Signals:
        refused: why a note is not marked; "" once one is.
    """

    refused = Signal(str)

    def __init__(self, signals: PlanSignals, body: NarrativeText, printed: AsPrinted, parent: QWidget) -> None:
        super().__init__(parent)
        self._signals, self._body, self._printed = signals, body, printed
        self._place, self._key, self._title, self._panel = "", "", "", parent
        self.as_printed = self._action("As &printed", PRINTED_KEYS, self._follow, panel=True)
        self.as_printed.setCheckable(True)
        self._writing = [
            self._action("&Bold", BOLD_KEYS, body.toggle_bold),
            self._action("B&ullets", BULLET_KEYS, body.toggle_bullets),
            self._action("Mark a &note…", NOTE_KEYS, self.mark_note),
        ]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for action in self.actions_of_text():
            line.addWidget(self._button(action))
        printed.hide()
        body.textChanged.connect(self._follow)

    def actions_of_text(self) -> list[QAction]:
        """What can be done to the text, for the Edit menu and for finding by name."""
        return [*self._writing, self.as_printed]

    def show_row(self, place: str, key: str, title: str, *, writing: bool) -> None:
        """Serve another row.

        Args:
            place: the column of a note's use that names such a row.
            key: its key; "" for none.
            title: its heading.
            writing: whether its text may be changed.
        """
        self._place, self._key, self._title = place, key, title
        for action in self._writing:
            action.setEnabled(writing)
        self._follow()

    def mark_note(self) -> None:
        """Ask which note, and put its mark where the cursor is; a note that the row does not have is then its own."""
        here = [note.key for note in self._signals.read(queries.notes_at, self._place, self._key)]
        picker = NotePicker(self._signals, list(dict.fromkeys(here)), self.window())
        picker.exec()
        if picker.picked is not None:
            self._mark(picker.picked)
        self._body.setFocus()

    def _mark(self, note: PickedNote) -> None:
        place = {self._place: self._key}
        verb, which = (priorities.mark_note, note.key) if note.key else (priorities.mark_new_note, note.text)
        try:
            number = self._signals.edit(f"mark note {short(note.text)}", verb, which, **place)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return
        self.refused.emit("")
        self._body.mark_note(number)

    def _follow(self) -> None:
        if self._key and self.as_printed.isChecked():
            self._printed.show_text(self._key, self._title, self._body.toPlainText())

    def _action(self, title: str, keys: str, deed: Callable[[], object], *, panel: bool = False) -> QAction:
        """An action with its keys, which hold in the text, or in the whole panel."""
        action = QAction(title, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if panel else Qt.ShortcutContext.WidgetShortcut
        )
        action.triggered.connect(lambda _=False: deed())
        (self._panel if panel else self._body).addAction(action)
        return action

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setText(without_keys(action.text()))
        button.setToolTip(f"{without_keys(action.text())} ({action.shortcut().toString()})")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAutoRaise(True)
        return button
