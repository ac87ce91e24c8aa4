"""Public edition…: when, on what terms and where to; what will be in it; made beside the window, with its notices."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.documents.public import edition
from spp_desktop.edits.documents.public.edition import EditionAsk, EditionMade
from spp_desktop.edits.documents.public.index_page import INDEX
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.publication.publication import LICENCES, licence_named
from spp_desktop.store import disclosed, markings
from spp_desktop.store.as_at import moment_of
from spp_desktop.store.overview.reader import file_reader
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.folder_field import FolderField
from spp_desktop.ui.common.jobs import JobProgress, ProgressStrip
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.documents.jobs import ended_by_cancel
from spp_desktop.ui.documents.small_numbers_dialog import SmallNumbersDialog
from spp_desktop.ui.grid.fields import DayField

LEFT = "public edition"
"""The name under which is remembered what was chosen."""

ABOUT = (
    "It holds what was released on the page Public, and nothing else: a web page and a PDF, workbooks, data for "
    "programs, and a page that lists them with what is withheld and why. Small numbers of persons are hidden as "
    "“Small numbers…” says, over all of it together."
)
OF_NOW = "A public edition is made of the plan as it is now. Go back to now, and make it there."
MAKING = "Making the public edition"
STOPPED = "You stopped it. Nothing was written."
_WIDTH, _HEIGHT, _EDGE = 820, 560, 40


class EditionDialog(QDialog):
    """Asks what a public edition needs, makes it beside the window, and says what a person should know of it."""

    def __init__(self, view: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._signals = view, view.signals
        self._running: JobProgress | None = None
        self._revision = ""
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Public edition")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.day = DayField(self, "Released on", Day(lambda: year_of(date.today())))
        self.licence, self.marking, self.contact = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.place, self.choose = FolderField(self), QPushButton("C&hoose…", self)
        self.leave_out = QCheckBox("Lea&ve out what is marked higher", self)
        self.as_changed = QCheckBox("&With what changed since it was released, as it is now", self)
        self.overwrite = QCheckBox("&Replace an earlier edition in this folder", self)
        self.report = QTextEdit(self, readOnly=True, acceptRichText=False)
        self.strip = ProgressStrip(view.jobs, self)
        self.make_button, self.see_button = QPushButton("&Make the edition", self), QPushButton("&Open its page", self)
        self.decide_button, self.close_button = QPushButton("What is &public", self), QPushButton("Close", self)
        self.numbers_button = QPushButton("&Small numbers…", self)
        self._lay_out()
        self._fill()
        self._connect()
        self._ready()

    def asked(self) -> EditionAsk:
        """What is asked of the edition.

        Raises:
            RuleBroken: if the day is none.
        """
        return EditionAsk(
            day=self.day.day(),
            licence=licence_named(str(self.licence.currentData())),
            contact=self.contact.text().strip(),
            marking=str(self.marking.currentData() or ""),
            leave_out=self.leave_out.isChecked(),
            as_changed=self.as_changed.isChecked(),
            overwrite=self.overwrite.isChecked(),
        )

    def choose_place(self) -> None:
        """Ask for the folder."""
        self.place.choose("Where the edition goes")

    def make(self) -> None:
        """Make the edition beside the window."""
        try:
            asked = self.asked()
        except RuleBroken as refusal:
            self.report.setPlainText(str(refusal))
            return
        self._view.leave(LEFT, self._state())
        workspace = self._signals.workspace
        self._revision = workspace.revision()
        self._running = self._view.jobs.run(
            partial(_made, workspace.path, self.place.folder(), asked),
            partial(self._done, asked),
            self._failed,
            MAKING,
            lambda: self._failed(STOPPED),
        )
        self._ready()

    def reject(self) -> None:
        """Stop what is being made, or close if nothing is."""
        if self._running is not None:
            self._running.cancel()
        else:
            super().reject()

    def decide(self) -> None:
        """Leave for the page on which rows and columns are released and withheld."""
        self._view.show_page("public")
        self.accept()

    def say_of_numbers(self) -> None:
        """Ask how small numbers of persons are shown."""
        SmallNumbersDialog(self._signals, self).exec()

    def see(self) -> None:
        """Show the page that lists the files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.place.folder() / INDEX)))

    def _done(self, asked: EditionAsk, done: EditionMade) -> None:
        self._running = None
        recorded.record_files(self._signals.workspace, self._revision, done.files, asked.day, done.rows)
        folder = self.place.folder()
        files = [str(path.relative_to(folder)) for path in done.files]
        lines = [f"{counted(len(files), 'file')} written to {folder}.", "", *done.notices, "" if done.notices else None]
        self.report.setPlainText("\n".join([line for line in lines if line is not None] + files))
        self.see_button.show()
        self._ready()
        self.report.setFocus()

    def _failed(self, sentence: str) -> None:
        self._running = None
        self.report.setPlainText(sentence)
        self._ready()
        self.report.setFocus()

    def _ready(self) -> None:
        """Let make an edition, when none is being made."""
        idle = self._running is None
        self.make_button.setEnabled(idle and self.place.is_filled())
        self.asking.setEnabled(idle)
        self.decide_button.setEnabled(idle)
        self.numbers_button.setEnabled(idle)
        self.close_button.setVisible(idle)

    def _state(self) -> dict[str, Any]:
        return {
            "licence": self.licence.currentData(),
            "contact": self.contact.text(),
            "marking": self.marking.currentData(),
            "folder": self.place.text(),
        }

    def _fill(self) -> None:
        """Offer what was chosen the last time, else what is usual; say what will be in it."""
        left: Mapping[str, Any] = self._view.left(LEFT)
        for licence in LICENCES:
            self.licence.addItem(licence.title, licence.name)
        for title in self._signals.read(markings.markings).titles:
            self.marking.addItem(title, title)
        for box, name in ((self.licence, "licence"), (self.marking, "marking")):
            box.setCurrentIndex(max(box.findData(left.get(name)), 0))
        self.contact.setText(str(left.get("contact", "")))
        self.contact.setPlaceholderText("Planning Department, planning@example.org, 0121 000 0000")
        self.place.setText(str(left.get("folder") or self._signals.workspace.path.parent / "Public edition"))
        self.day.put(date.today())
        words = (ABOUT, self._stands(), recorded.last(self._signals.workspace))
        self.report.setPlainText("\n\n".join(filter(None, words)))

    def _stands(self) -> str:
        """How many rows and columns are released and withheld, and what has changed since."""
        rows = self._signals.read(disclosed.disclosures)
        released = [row for row in rows if row.released]
        if not released:
            return "Nothing is released yet: go to “What is public”, and release what may be read by everybody."
        columns = sum(bool(row.item.column) for row in released)
        withheld, changed = len(rows) - len(released), len(self._signals.read(disclosed.changed_since_release))
        words = f"Released: {counted(len(released) - columns, 'row')} and {counted(columns, 'column')}."
        words += f" Withheld with a reason: {withheld:,}." if withheld else ""
        return words + (f" Changed since being released: {changed:,}." if changed else "")

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_place)
        self.place.textChanged.connect(self._ready)
        self.make_button.clicked.connect(self.make)
        self.see_button.clicked.connect(self.see)
        self.decide_button.clicked.connect(self.decide)
        self.numbers_button.clicked.connect(self.say_of_numbers)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.report.setAccessibleName("What will be in it, and what was made")
        self.report.setTabChangesFocus(True)
        self.asking = QWidget(self)
        self.asking.setLayout(self._fields())
        buttons = QDialogButtonBox(self)
        for button in (self.decide_button, self.numbers_button, self.see_button, self.make_button, self.close_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.make_button.setDefault(True)
        self.choose.setAutoDefault(False)
        self.see_button.hide()
        below = QHBoxLayout()
        below.addWidget(self.strip)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.asking)
        column.addWidget(self.report, 1)
        column.addLayout(below)
        self.make_button.setFocus()

    def _fields(self) -> QFormLayout:
        label = QLabel("&Folder", self)
        label.setBuddy(self.place)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Released o&n", self.day)
        form.addRow("&Licence", self.licence)
        form.addRow("&Contact", self.contact)
        form.addRow("Mar&king", self.marking)
        form.addRow(label, where)
        for tick in (self.leave_out, self.as_changed, self.overwrite):
            form.addRow("", tick)
        return form


def _made(path: Path, folder: Path, asked: EditionAsk, tell: JobProgress) -> EditionMade:
    """The edition made of the plan in a file, beside the window."""
    with ended_by_cancel(tell, MAKING), file_reader(path) as reader:
        return edition.make(reader, folder, asked, tell, tell.on_cancel)


def public_edition(window: PlanWindow) -> None:
    """Make a public edition of the plan that is open."""
    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    if moment_of(view.signals.workspace) is not None:
        view.say(OF_NOW)
    else:
        EditionDialog(view, window).exec()
