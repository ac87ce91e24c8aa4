"""Publish…: a document of the plan is chosen, seen as it will be printed, and saved in one of its forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.documents import forms
from spp_desktop.documents.forms import DocumentForm
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.edits.documents import choices, kept
from spp_desktop.edits.documents.every import DOCUMENTS
from spp_desktop.edits.documents.kinds import DocumentChoice, DocumentKind
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import markings
from spp_desktop.store.as_at import moment_of
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import ask_save
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.jobs import JobProgress, ProgressStrip
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.documents.jobs import MadeDocument, drawn, made_of_file, read, written
from spp_desktop.ui.documents.parts_list import PartsList
from spp_desktop.ui.documents.preview import WAITING, DocumentPreview
from spp_desktop.ui.pictures.picture_files import file_name

LEFT = "publish"
"""The name under which is remembered what was chosen."""

CHOSEN: Mapping[DocumentChoice, str] = {
    "period": "P&eriod",
    "owner": "P&ost",
    "priority": "Pr&iority",
    "indicator": "Indica&tor",
    "since": "Sin&ce",
}
"""What stands before the list of each kind of choice."""

ALL_INDICATORS = "All indicators"
AS_INSIDE = "That of what is inside"
BEFORE = "Before it goes out"
NOTHING_TICKED = "No part is ticked: tick what is to be printed."
REMOVED = "What it was made from stays, and so do the files that were made by it. Undo brings it back."
PAGES_STOPPED = "You stopped it. Choose anything to have the pages made."
STOPPED = "You stopped it. No file was written."
_WIDTH, _HEIGHT, _EDGE = 1100, 660, 40
_LEFT, _LOWEST = 400, 44
_WAIT = 250
"""The milliseconds that the preview waits for another choice before it is made."""


class PublishDialog(QDialog):
    """Asks which document, of what and as what; shows its pages; writes it beside the window."""

    def __init__(self, view: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._signals = view, view.signals
        self._making: JobProgress | None = None
        self._turn = 0  # what is made for an earlier choice, and ends late, is not shown
        self._writing: JobProgress | None = None
        self._document: NumberedDocument | None = None
        self._revision = ""
        self.written: Path | None = None
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Publish")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.document, self.form = QComboBox(self), QComboBox(self)
        self.chosen: dict[DocumentChoice, QComboBox] = {choice: QComboBox(self) for choice in CHOSEN}
        self.seen_by, self.names = QLineEdit(self), QCheckBox("People's &names beside their posts", self)
        self.marking = QComboBox(self)
        self.leave_out = QCheckBox("&Leave out what is marked higher", self)
        self.parts, self.lacking = PartsList(self), QTextEdit(self, readOnly=True, acceptRichText=False)
        self.keep_button, self.remove_button = QPushButton("&Keep as…", self), QPushButton("&Remove", self)
        self.preview, self.number = DocumentPreview(self), QLabel(self)
        self.before, self.after = QPushButton("&Previous page", self), QPushButton("Ne&xt page", self)
        self.notice = QLabel(self, wordWrap=True)
        self.strip = ProgressStrip(view.jobs, self)
        self.save_button, self.open_button = QPushButton("&Save…", self), QPushButton("Open t&he file", self)
        self.close_button = QPushButton("Close", self)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._lay_out()
        self._fill()
        self._connect()
        self._turn_to_document()

    # What is asked

    def kind(self) -> DocumentKind:
        """The document that is chosen."""
        return self._offered[self.document.currentIndex()].kind

    def asked(self) -> DocumentAsk:
        """What is asked of it."""
        keys = {
            choice: str(box.currentData() or "") for choice, box in self.chosen.items() if choice in self.kind().asks
        }
        every, names = [part.name for part in self.kind().parts], self.parts.names()
        return DocumentAsk(
            printed=date.today(),
            period=keys.get("period", ""),
            owner=keys.get("owner", ""),
            priority=keys.get("priority", ""),
            indicators=(keys["indicator"],) if keys.get("indicator") else (),
            since=keys.get("since", ""),
            parts=() if list(names) == every else names,
            with_names=self.names.isChecked(),
            seen_by=self.seen_by.text().strip(),
            at_most=str(self.marking.currentData() or ""),
            leave_out=self.leave_out.isChecked(),
        )

    # What is done

    def make(self) -> None:
        """Make the document that is asked for, beside the window, and show its pages."""
        self._timer.stop()
        self._stop_making()
        if not self.parts.names():
            self.preview.say(NOTHING_TICKED)
            self._ready()
            return
        self.preview.words = WAITING
        kind, asked, workspace = self.kind(), self.asked(), self._signals.workspace
        self._revision = workspace.revision()
        job: Callable[[JobProgress], MadeDocument]
        if moment_of(workspace) is None:
            job = partial(made_of_file, workspace.path, kind, asked)
        else:  # what is seen as at a moment has no file
            with busy():
                job = partial(drawn, *read(workspace, kind, asked))
        turn = self._turn
        self._making = self._view.jobs.run(
            job,
            partial(self._show, turn),
            partial(self._refuse, turn),
            f"Making the {kind.title.lower()}",
            partial(self._refuse, turn, PAGES_STOPPED),
        )
        self._ready()

    def save(self) -> None:
        """Ask for a file, and write the document there beside the window."""
        document, form = self._document, self._form()
        if document is None:
            return
        kinds = f"{form.title} (*{form.ending})"
        name = file_name(document.document.title, form.ending, document.document.furniture.marking)
        start = self._signals.workspace.path.parent / name
        path = ask_save(self, "Publish", kinds, start)
        if path is None:
            return
        self._view.leave(LEFT, self._state())
        self._say("")
        self._writing = self._view.jobs.run(
            partial(written, document, form, path),
            self._done,
            self._failed,
            f"Writing {path.name}",
            lambda: self._failed(STOPPED),
        )
        self._ready()

    def keep_parts(self) -> None:
        """Keep the parts, as they are ticked and stand, as a document of the plan's own; its name is asked for."""
        offered = self._offered[self.document.currentIndex()]
        title, sure = QInputDialog.getText(
            self, "Keep these parts", "Name of the document:", text=offered.title if offered.key else ""
        )
        if not sure:
            return
        try:
            key = self._signals.edit(
                f"keep document {title.strip()}", kept.keep, title, offered.kind.name, self.parts.names()
            )
        except (RuleBroken, NotKept) as refusal:
            self._say(str(refusal), wrong=True)
            return
        self._say(f"Kept as “{title.strip()}”: it is offered with the documents from now on.")
        self._offer_documents(key)
        self._turn_to_document()

    def remove_kept(self) -> None:
        """Keep the document of the plan's own that is chosen no longer."""
        offered = self._offered[self.document.currentIndex()]
        if not offered.key or not ask(self, f"Remove the document “{offered.title}”?", "Remove", detail=REMOVED):
            return
        try:
            self._signals.edit(f"remove document {offered.title}", kept.remove, offered.key)
        except (RuleBroken, NotKept) as refusal:
            self._say(str(refusal), wrong=True)
            return
        self._offer_documents(offered.kind.name)
        self._turn_to_document()

    def open_file(self) -> None:
        """Show the file in the program that opens its kind."""
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written)))

    def reject(self) -> None:
        """Stop what is being written, or close if nothing is."""
        if self._writing is not None:
            self._writing.cancel()
            return
        self._timer.stop()
        self._stop_making()
        self._view.leave(LEFT, self._state())
        super().reject()

    def _show(self, turn: int, done: MadeDocument) -> None:
        if turn != self._turn:
            return
        self._making = None
        self._document = done.document
        self.preview.show_pages(done.pages)
        self.lacking.setPlainText("\n\n".join(done.lacking))
        for widget in (self._lacking_label, self.lacking):
            widget.setVisible(bool(done.lacking))
        self._ready()

    def _refuse(self, turn: int, sentence: str) -> None:
        if turn != self._turn:
            return
        self._making = None
        self.preview.say(sentence)
        self._ready()

    def _done(self, path: Path) -> None:
        self._writing, self.written = None, path
        recorded.record_files(self._signals.workspace, self._revision, [path], date.today())
        self._say(f"{path.name} was written to {path.parent}.")
        self.open_button.show()
        self._ready()
        self.open_button.setFocus()

    def _failed(self, sentence: str) -> None:
        self._writing = None
        self._say(sentence, wrong=True)
        self._ready()

    # What is shown

    def _turn_to_document(self) -> None:
        """Offer what is chosen of the document, and its parts."""
        for choice, box in self.chosen.items():
            self._fields.setRowVisible(box, choice in self.kind().asks)
        offered = self._offered[self.document.currentIndex()]
        left = self._left_parts.get(offered.kind.name)
        self.parts.show_parts(offered.kind, offered.parts or (left if isinstance(left, list) else ()))
        self.remove_button.setEnabled(bool(offered.key))
        self.preview.at = 0
        self._later()

    def _later(self) -> None:
        """Make what is asked for now, a moment later; what was made before is not saved for it."""
        self._stop_making()
        self._ready()
        self._timer.start()

    def _stop_making(self) -> None:
        self._turn += 1
        if self._making is not None:
            self._making.cancel()
        self._making = self._document = None

    def _turned(self) -> None:
        self.number.setText(self.preview.where() if self.preview.count() else "")
        self.before.setEnabled(self.preview.at > 0)
        self.after.setEnabled(self.preview.at + 1 < self.preview.count())

    def _ready(self) -> None:
        """Let save what is made, when nothing is being written."""
        self.save_button.setEnabled(self._document is not None and self._writing is None)
        self.asking.setEnabled(self._writing is None)
        self._turned()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText if wrong else QPalette.ColorRole.WindowText)
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _form(self) -> DocumentForm:
        return forms.FORMS[self.form.currentIndex()]

    def _state(self) -> dict[str, Any]:
        """What is chosen, to be offered again."""
        if not self._offered[self.document.currentIndex()].key:
            self._left_parts[self.kind().name] = list(self.parts.names())
        return {
            "document": self.document.currentData(),
            "form": self._form().ending,
            "seen by": self.seen_by.text(),
            "names": self.names.isChecked(),
            "parts": self._left_parts,
        }

    def _fill(self) -> None:
        """Offer what was chosen the last time, else what is usual."""
        left = self._view.left(LEFT)
        parts = left.get("parts")
        self._left_parts: dict[str, Any] = dict(parts) if isinstance(parts, Mapping) else {}
        self._offer_documents()
        for form in forms.FORMS:
            self.form.addItem(f"{form.title}: {form.about}", form.ending)
        for box, name in ((self.document, "document"), (self.form, "form")):
            box.setCurrentIndex(max(box.findData(left.get(name)), 0))
        self.seen_by.setText(str(left.get("seen by", "")))
        self.seen_by.setPlaceholderText("Performance Board, 12 January 2009")
        self.names.setChecked(bool(left.get("names")))
        usual = {
            "period": self._signals.read(choices.period_of, "").key,
            "owner": getattr(self._signals.portfolio.shown, "post", ""),
            "since": self._signals.read(choices.usual_state),
        }
        self.marking.addItem(AS_INSIDE, "")
        for title in self._signals.read(markings.markings).titles:
            self.marking.addItem(f"At most {title}", title)
        for choice, box in self.chosen.items():
            if choice == "indicator":
                box.addItem(ALL_INDICATORS, "")
            for key, title in self._signals.read(choices.OFFERED[choice]):
                box.addItem(title, key)
            box.setCurrentIndex(max(box.findData(usual.get(choice, "")), 0))

    def _offer_documents(self, chosen: str = "") -> None:
        """Offer every document, those of the plan's own behind the others; one is chosen by its key."""
        own = [_Offered(each.title, each.kind, each.parts, each.key) for each in self._signals.read(kept.kept)]
        self._offered = [*(_Offered(kind.title, kind) for kind in DOCUMENTS), *own]
        with QSignalBlocker(self.document):
            self.document.clear()
            for each in self._offered:
                self.document.addItem(each.title, each.key or each.kind.name)
            self.document.setCurrentIndex(max(self.document.findData(chosen), 0))

    def _connect(self) -> None:
        later = self._later
        self._timer.timeout.connect(self.make)
        self.document.currentIndexChanged.connect(self._turn_to_document)
        for box in (self.marking, *self.chosen.values()):
            box.currentIndexChanged.connect(lambda _index: later())
        self.seen_by.textChanged.connect(later)
        for tick in (self.names, self.leave_out):
            tick.toggled.connect(lambda _on: later())
        self.marking.currentIndexChanged.connect(lambda at: self.leave_out.setEnabled(at > 0))
        self.parts.arranged.connect(later)
        self.preview.turned.connect(self._turned)
        self.keep_button.clicked.connect(self.keep_parts)
        self.remove_button.clicked.connect(self.remove_kept)
        self.before.clicked.connect(lambda: self.preview.turn_to(self.preview.at - 1))
        self.after.clicked.connect(lambda: self.preview.turn_to(self.preview.at + 1))
        self.save_button.clicked.connect(self.save)
        self.open_button.clicked.connect(self.open_file)
        self.close_button.clicked.connect(self.reject)

    # Laying out

    def _lay_out(self) -> None:
        self.asking = QWidget(self)
        self.asking.setLayout(self._choices())
        splitter = QSplitter(self)
        splitter.addWidget(self.asking)
        splitter.addWidget(self._seen())
        splitter.setSizes([_LEFT, _WIDTH - _LEFT])
        splitter.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(self)
        for button in (self.open_button, self.save_button, self.close_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.setDefault(True)
        self.open_button.hide()
        self.notice.hide()
        below = QHBoxLayout()
        below.addWidget(self.strip)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(splitter, 1)
        column.addLayout(below)
        self.document.setFocus()

    def _choices(self) -> QVBoxLayout:
        self._fields = QFormLayout()
        self._fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: Sequence[tuple[str, QWidget]] = (
            ("&Document", self.document),
            *((CHOSEN[choice], box) for choice, box in self.chosen.items()),
            ("&Form", self.form),
            ("Seen &by", self.seen_by),
            ("&Marking", self.marking),
        )
        for title, field in rows:
            self._fields.addRow(title, field)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(18)
        self._lacking_label, label = QLabel(BEFORE, self), QLabel("P&arts", self)
        self.lacking.setAccessibleName(BEFORE)
        self.lacking.setTabChangesFocus(True)
        for widget in (self._lacking_label, self.lacking):
            widget.hide()
        label.setBuddy(self.parts)
        for scrolled in (self.parts, self.lacking):
            scrolled.setMinimumHeight(_LOWEST)
        keeping = QHBoxLayout()
        for button in (self.keep_button, self.remove_button):
            button.setAutoDefault(False)
            keeping.addWidget(button)
        keeping.addStretch(1)
        self.keep_button.setToolTip("Keep these parts in this order as a document of the plan's own")
        self.remove_button.setToolTip("Keep this document of the plan's own no longer")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._fields)
        column.addWidget(self.leave_out)
        column.addWidget(self.names)
        column.addWidget(label)
        column.addWidget(self.parts, 1)
        column.addLayout(keeping)
        column.addWidget(self._lacking_label)
        column.addWidget(self.lacking, 1)
        self.leave_out.setEnabled(False)
        return column

    def _seen(self) -> QWidget:
        turning = QHBoxLayout()
        for button in (self.before, self.after):
            button.setAutoDefault(False)
        turning.addWidget(self.number, 1)
        turning.addWidget(self.before)
        turning.addWidget(self.after)
        seen = QWidget(self)
        column = QVBoxLayout(seen)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addLayout(turning)
        column.addWidget(self.notice)  # here there is room for it on the smallest screen: the preview gives way
        return seen


class _Offered(NamedTuple):
    """A document that can be chosen; one of the plan's own has a key, and parts that were kept for it."""

    title: str
    kind: DocumentKind
    parts: tuple[str, ...] = ()
    key: str = ""


def publish(window: PlanWindow) -> None:
    """Publish a document of the plan that is open."""
    view = window.plan_view
    if view is not None:
        view.commit_pending()
        PublishDialog(view, window).exec()
