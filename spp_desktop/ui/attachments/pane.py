"""The files and pages that belong to a row: a part of the side panel of every page."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import attachments
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import attached
from spp_desktop.store.attached import AttachedRow, FileFacts
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.attachments.beside import PanelWithFiles
from spp_desktop.ui.common.files import ask_open
from spp_desktop.ui.common.signals import Changed, PlanSignals

ANY = "All files (*)"
MOST_LINES, LEAST_LINES = 8, 2
_ROW = Qt.ItemDataRole.UserRole


class AttachmentList(QTreeWidget):
    """The attachments of a row.

    Signals:
        opened, noted: an attachment that the person wants to open, or to say something of.
        removed: those that the person wants to take away.
    """

    opened = Signal(object)
    noted = Signal(object)
    removed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setAccessibleName("Files and pages that belong to this row")
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWhatsThis("Enter or a double click opens a file, F2 notes something of it, Delete takes it away.")
        self.itemDoubleClicked.connect(lambda item, _: self.opened.emit(item.data(0, _ROW)))

    def chosen(self) -> list[AttachedRow]:
        """The attachments that are selected."""
        return [item.data(0, _ROW) for item in self.selectedItems()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, note, remove."""
        rows = self.chosen()
        if rows and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(rows[0])
        elif rows and event.key() == Qt.Key.Key_F2:
            self.noted.emit(rows[0])
        elif rows and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(rows)
        else:
            super().keyPressEvent(event)


class AttachmentsPane(QWidget):
    """The files and pages that belong to a row, to be added, opened, looked at again and taken away.

    Signals:
        refused: why something is not done, or how the files stand; "" once there is nothing to say.
    """

    refused = Signal(str)

    def __init__(self, signals: PlanSignals, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._signals, self._today, self._key, self._of = signals, today, "", ""
        self.heading = QLabel("<b>Files</b>")
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        self.list = AttachmentList()
        self.file_button, self.link_button = QPushButton("Add file…"), QPushButton("Add link…")
        self.open_button, self.look_button = QPushButton("Open"), QPushButton("Look again")
        self.beside = PanelWithFiles(self)
        self._lay_out()
        self.file_button.clicked.connect(self.add_file)
        self.link_button.clicked.connect(self.add_link)
        self.open_button.clicked.connect(lambda: self.open(self._first()))
        self.look_button.clicked.connect(self.look_again)
        self.list.opened.connect(self.open)
        self.list.noted.connect(self.note)
        self.list.removed.connect(self.remove)
        self.beside.ended.connect(self._ended)
        signals.changed.connect(self._changed)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.file_button, self.link_button, self.open_button, self.look_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    # Showing a row

    def show_row(self, key: str, of: str = "") -> None:
        """Show what is attached to a row; for no key, nothing. ``of`` names the row, where that is not plain."""
        self._key, self._of = key, of
        locked = self._signals.workspace.read_only or not key
        self.file_button.setDisabled(locked)
        self.link_button.setDisabled(locked)
        rows = self._signals.read(attached.attached, key) if key else []
        chosen = {row.key for row in self.list.chosen()}
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(self.list, [f"{row.title}{f' — {row.note}' if row.note else ''}"])
            item.setToolTip(0, row.place)
            item.setData(0, _ROW, row)
            item.setSelected(row.key in chosen)
        self.list.setVisible(bool(rows))
        lines = min(max(len(rows), LEAST_LINES), MOST_LINES)
        self.list.setFixedHeight(lines * (self.list.fontMetrics().lineSpacing() + 4) + 6)
        self.open_button.setDisabled(not rows)
        self.look_button.setDisabled(not rows)
        of = f" of {escape(of)}" if of else ""
        self.heading.setText(f"<b>Files</b>{of} · {len(rows) or 'None attached yet.'}")

    def count(self) -> int:
        """The number of attachments."""
        return self.list.topLevelItemCount()

    def _changed(self, changed: Changed) -> None:
        if self._key and (not changed.rows or Attachment.__tablename__ in changed.rows):
            self.show_row(self._key, self._of)

    def _rows(self) -> list[AttachedRow]:
        """What is selected, or else all."""
        items = [self.list.topLevelItem(n) for n in range(self.count())]
        return self.list.chosen() or [item.data(0, _ROW) for item in items if item is not None]

    def _first(self) -> AttachedRow:
        return self._rows()[0]

    # What the person does

    def add_file(self) -> None:
        """Ask for a file, look at it beside the window, and attach it."""
        plan = self._signals.workspace.path
        path = ask_open(self, "Add a file", ANY, plan.parent)
        if path is not None and self._key:
            self.refused.emit(f"Looking at {path.name}…")
            work = partial(attached.read_facts, path, self.beside.go_on)
            self.beside.begin((self._key, path, attached.place_of_file(path, plan)), work)

    def add_link(self) -> None:
        """Ask for an address, and attach it."""
        text, given = QInputDialog.getText(self, "Add a link", "Address (https://…) or path on a share:")
        if given and text.strip():
            self._tried("add a link", attachments.attach_link, self._key, text)

    def open(self, row: AttachedRow) -> None:
        """Have the system open a file or page; what runs when it is opened is not, but where it lies is said."""
        plan = self._signals.workspace.path
        if row.is_page:
            QDesktopServices.openUrl(QUrl(row.place))
        elif attached.runs(row.place):
            self.refused.emit(f"{row.title} may run when it is opened, so it is not opened from here: {row.place}")
        else:
            self.beside.begin(row, attached.file_at(row.place, plan).exists)

    def look_again(self) -> None:
        """Look beside the window whether the files are there, and hold what they held."""
        plan, rows = self._signals.workspace.path, self._rows()
        self.refused.emit("Looking at the files…")

        def look() -> object:
            """How each stands."""
            return [attached.in_words(row, attached.look_at(row, plan, self.beside.go_on)) for row in rows]

        self.beside.begin(rows, look)

    def note(self, row: AttachedRow) -> None:
        """Ask what is to be said of an attachment."""
        if self._signals.workspace.read_only:
            return
        text, given = QInputDialog.getText(self, "Note", f"Note on {row.title}:", text=row.note)
        if given:
            self._tried(f"note something of {row.title}", attachments.set_note, row.key, text.strip())

    def remove(self, rows: Sequence[AttachedRow]) -> None:
        """Take attachments away; undo brings them back."""
        if not self._signals.workspace.read_only:
            what = rows[0].title if len(rows) == 1 else Attachment.word.counted(len(rows))
            self._tried(f"remove {what}", attachments.remove_attachments, [row.key for row in rows])

    def _ended(self, asked: object, result: object) -> None:
        """Attach what was looked at, or say how the files stand."""
        if isinstance(asked, tuple):
            key, path, place = asked
            if isinstance(result, FileFacts):
                self._tried(f"add {path.name}", attachments.attach_file, key, place, result, self._today())
            else:
                self.refused.emit(f"{path.name} cannot be read, so it is not attached. Nothing was changed.")
        elif isinstance(asked, AttachedRow):
            if result is True:
                path = attached.file_at(asked.place, self._signals.workspace.path)
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
            self.refused.emit("" if result is True else attached.in_words(asked, "missing"))
        elif isinstance(result, list):
            self.refused.emit("\n".join(map(str, result)))

    def _tried(self, label: str, verb: Callable[..., Any], *args: Any) -> None:
        try:
            self._signals.edit(label, verb, *args)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
        else:
            self.refused.emit("")
