"""The parts of a document, ticked and put in order by a person."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart

_NAME = Qt.ItemDataRole.UserRole
TIP = "Space prints a part or leaves it out; Alt+Up and Alt+Down move it."


class PartsList(QListWidget):
    """The list: Space ticks a part, Alt+Up and Alt+Down move it.

    Signals:
        arranged: other parts are ticked, or they stand in another order.
    """

    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parts of the document")
        self.setAccessibleDescription(TIP)
        self.setToolTip(TIP)
        self.itemChanged.connect(lambda _item: self.arranged.emit())
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self, lambda by=by: self.move_part(by))
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_parts(self, kind: DocumentKind, names: Sequence[str] = ()) -> None:
        """Show the parts of a document: those named first, ticked and in that order; without names all, ticked."""
        known = [part for part in map(kind.part_named, names) if part is not None]
        wanted = known or list(kind.parts)
        with QSignalBlocker(self):
            self.clear()
            for part in (*wanted, *(part for part in kind.parts if part not in wanted)):
                self.addItem(_item(part, ticked=part in wanted))
            self.setCurrentRow(0)

    def names(self) -> tuple[str, ...]:
        """The names of the parts that are ticked, in their order."""
        items = [self.item(at) for at in range(self.count())]
        return tuple(str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def move_part(self, by: int) -> None:
        """Move the part that is chosen up (-1) or down (1); the keyboard stays on it."""
        at, to = self.currentRow(), self.currentRow() + by
        if at >= 0 and 0 <= to < self.count():
            with QSignalBlocker(self):
                self.insertItem(to, self.takeItem(at))
                self.setCurrentRow(to)
            self.arranged.emit()


def _item(part: DocumentPart, *, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(part.title)
    item.setData(_NAME, part.name)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item
