"""A text that is written into the plan when the person leaves it, and that never loses what was typed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept

Write = Callable[[str], object]


class KeptText(QPlainTextEdit):
    """A text. Leaving it, or Ctrl+Enter, keeps it; Escape puts back what the plan has.

    A ``one_line`` text has no line breaks, though it may be shown on several lines, and Enter alone keeps it.

    A text that the plan refuses stays here under its key, even while another is shown, and ``refused`` says why.

    Signals:
        refused: a sentence; nothing when all that was typed is kept.
    """

    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._key = ""
        self._text = ""
        self._write: Write | None = None
        self._unkept: dict[str, tuple[str, Write, str]] = {}
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def load(self, key: str, text: str, write: Write | None) -> None:
        """Keep the text shown before, and show another. A text that was refused earlier is shown as it was typed.

        Args:
            key: whose text it is.
            text: what the plan has.
            write: keeps a new text; ``None`` where it may only be read.
        """
        if key == self._key and (text == self._text or self.changed()):
            self._text, self._write = text, write
            return
        self.keep()
        typed, _, why = self._unkept.get(key, (text, None, ""))
        at = self.textCursor().position() if key == self._key else 0
        self._key, self._text, self._write = key, text, write
        self.setPlainText(typed)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(typed)))
        self.setTextCursor(cursor)
        self.setReadOnly(write is None)
        self.refused.emit(why)

    def changed(self) -> bool:
        """Whether what is shown is not what the plan has."""
        return self._write is not None and self.toPlainText() != self._text

    def keep(self) -> bool:
        """Write what was typed, if anything was. Returns whether the plan now has it."""
        if self._write is None or not self.changed():
            if self._unkept.pop(self._key, None):
                self.refused.emit("")
            return True
        if self._one_line and "\n" in self.toPlainText():
            self.setPlainText(" ".join(self.toPlainText().split()))
        typed, write, key = self.toPlainText(), self._write, self._key
        before, self._text = self._text, typed
        try:
            write(typed)
        except (RuleBroken, NotKept) as refusal:
            self._text = before
            self._unkept[key] = (typed, write, str(refusal))
            self.refused.emit(str(refusal))
            return False
        if self._unkept.pop(key, None):
            self.refused.emit("")
        return True

    def keep_all(self) -> bool:
        """Write all that is not kept yet, even what was refused earlier. Returns whether the plan now has all of it."""
        self.keep()
        for key, (typed, write, _) in list(self._unkept.items()):
            if key == self._key:
                continue
            try:
                write(typed)
            except (RuleBroken, NotKept) as refusal:
                self._unkept[key] = (typed, write, str(refusal))
            else:
                del self._unkept[key]
        return not self._unkept

    def forget(self, key: str) -> None:
        """Forget what was typed for something that is no longer in the plan."""
        self._unkept.pop(key, None)
        if key == self._key:
            self._key, self._write = "", None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed, unless only a menu has opened over it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the plan where nothing was typed that it could take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.document().isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, and Enter in a single line; Escape gives up."""
        keeps = self._one_line or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if keeps and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape and self.changed():
            self.setPlainText(self._text)
            self._unkept.pop(self._key, None)
            self.refused.emit("")
        else:
            super().keyPressEvent(event)
