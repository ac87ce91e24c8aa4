"""The text of a narrative with its marks: bold by a key, bullets that go on by Enter, and what is pasted made plain."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from spp_desktop.plan.narrative import note_mark
from spp_desktop.plan.narrative_pasted import from_html, from_text
from spp_desktop.plan.narrative_typing import TypedChange, line_after, toggle_bold, toggle_bullets
from spp_desktop.plan.words import counted
from spp_desktop.ui.common.kept_text import KeptText

OWN_HTML = 'name="qrichtext"'
"""What stands in HTML that a text box of a program such as this one puts on the clipboard: its plain text is better."""


class NarrativeText(KeptText):
    """A narrative. What is pasted from Word becomes paragraphs, bold words and bullets; pictures are left out.

    Signals:
        told: what a person is told of what was pasted; "" for nothing.
    """

    told = Signal(str)

    def toggle_bold(self) -> None:
        """Make what is selected bold, or the word where the cursor is; or plain again."""
        self._apply(toggle_bold(self.toPlainText(), *self._selected()))

    def toggle_bullets(self) -> None:
        """Make bullets of the lines that are selected, or plain lines again."""
        self._apply(toggle_bullets(self.toPlainText(), *self._selected()))

    def mark_note(self, number: int) -> None:
        """Put the mark of a note behind what is selected, or where the cursor is."""
        _, last = self._selected()
        mark = note_mark(number)
        self._apply(TypedChange(last, last, mark, last + len(mark), last + len(mark)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a bullet begins the next one; in an empty one it ends the list."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        cursor = self.textCursor()
        if is_enter and not event.modifiers() and not cursor.hasSelection() and not self.isReadOnly():
            change = line_after(self.toPlainText(), cursor.position())
            if change is not None:
                self._apply(change)
                return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: the text with its marks, so that it can be pasted anywhere and comes back as it was."""
        copied = QMimeData()
        copied.setText(self.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n"))
        return copied

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, from Word, a page or a plain text, in place of what is selected."""
        self.told.emit("")
        pictures = 0
        if source.hasHtml() and OWN_HTML not in source.html():
            pasted = from_html(source.html())
            text, pictures = pasted.text, pasted.pictures
        else:
            text = from_text(source.text())
        if pictures:
            left = "was" if pictures == 1 else "were"
            self.told.emit(f"{counted(pictures, 'picture')} {left} left out: a narrative holds words alone.")
        first, last = self._selected()
        if text:
            self._apply(TypedChange(first, last, text, first + len(text), first + len(text)))

    def _selected(self) -> tuple[int, int]:
        cursor = self.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def _apply(self, change: TypedChange) -> None:
        """Change the text, as one step of what is typed."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(change.start)
        cursor.setPosition(change.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.text)
        cursor.endEditBlock()
        cursor.setPosition(change.first)
        cursor.setPosition(change.last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
