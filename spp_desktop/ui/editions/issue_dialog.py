"""Issue an edition…: what it is called, who approved it, and the documents that leave with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.documents import forms
from spp_desktop.edits import edition_restatements
from spp_desktop.edits import editions as issuing
from spp_desktop.edits.documents import edition_files
from spp_desktop.edits.documents.edition_files import EditionDocument, EditionFiles
from spp_desktop.edits.editions import LeavingFile, NewEdition
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store import locks, queries, versions
from spp_desktop.store.overview.reader import file_reader
from spp_desktop.store.problems import NotKept
from spp_desktop.store.versions import VersionRow
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.folder_field import FolderField
from spp_desktop.ui.common.jobs import JobProgress, ProgressStrip
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.documents.jobs import ended_by_cancel
from spp_desktop.ui.editions.columns import SHORT
from spp_desktop.ui.editions.panel import restated_told, said_since
from spp_desktop.ui.grid.fields import DayField

LEFT = "edition issued"
"""The name under which is remembered what was chosen."""
ABOUT = (
    "An edition is the plan as it stands now, with a number. Nothing of it changes any more: what changes in the plan "
    "afterwards is listed as restated."
)
RETURNS = "Returns that were sent since, and are recorded with it:"
MOST_RESTATED = 20
MAKING = "Making the documents of the edition"
STOPPED = "You stopped it. No file was written, and no edition issued."
MOVED = "The plan has changed while its documents were made, so no edition is issued. They lie in {folder}."
_WIDTH, _HEIGHT, _EDGE, _LEFT = 1020, 540, 40, 480


class IssueEditionDialog(QDialog):
    """Asks what an edition is, makes its documents beside the window, and issues it as one step.

    Attributes:
        outcome: what was done, in a sentence; "" where nothing was.
    """

    def __init__(self, view: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._signals = view, view.signals
        self._running: JobProgress | None = None
        self._revision, self.outcome = "", ""
        self.finished.connect(self.deleteLater)
        self.number = issuing.next_number(view.signals.workspace)
        self.setWindowTitle(f"Issue edition {self.number}")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        today = view.signals.read(queries.plan).today()
        self.called, self.who, self.approved, self.note = (QLineEdit(self) for _ in range(4))
        self.day = DayField(self, "Issued on", Day(lambda: year_of(today)))
        self.day.put(today)
        self.documents = QListWidget(self)
        self.forms = {form.ending: QCheckBox(form.title, self) for form in forms.FORMS}
        self.place, self.choose = FolderField(self), QPushButton("C&hoose…", self)
        self.report = QTextEdit(self, readOnly=True, acceptRichText=False)
        self.strip = ProgressStrip(view.jobs, self)
        self.issue_button, self.close_button = QPushButton("&Issue the edition", self), QPushButton("Close", self)
        self.folder_button = QPushButton("Open the &folder", self)
        self._offered = self._signals.read(edition_files.offered)
        self._lay_out()
        self._fill()
        self._connect()
        self.look_over()

    # What is asked

    def ticked(self) -> list[EditionDocument]:
        """The documents that leave with it."""
        return [
            each
            for at, each in enumerate(self._offered)
            if self.documents.item(at).checkState() == Qt.CheckState.Checked
        ]

    def asked(self) -> NewEdition:
        """What is said of the edition, but for its files.

        Raises:
            RuleBroken: if its day is none, or nobody is named.
        """
        if not self.who.text().strip():
            raise RuleBroken("issued_by", "Say who issues the edition: a name, or a post.")
        version = issuing.version_issued(self._signals.workspace)
        return NewEdition(
            self.day.day(), self.who.text(), self.approved.text(), self.called.text(), self.note.text(),
            version_id=version.key if version else None, revision=self._signals.workspace.revision(),
        )  # fmt: skip

    # What is done

    def issue(self) -> None:
        """Make the documents beside the window, and issue the edition once they are there."""
        try:
            asked = self.asked()
        except RuleBroken as refusal:
            self._refuse(str(refusal))
            return
        self._view.leave(LEFT, self._state())
        self._revision = asked.revision
        documents = self.ticked()
        if not documents:
            self._done(asked, [])
            return
        edition = asked.title.strip() or issuing.usual_title(self.number)
        files = EditionFiles(documents, self._forms(), asked.issued_on, edition)
        self._running = self._view.jobs.run(
            partial(_made, self._signals.workspace.path, self.place.folder(), files),
            partial(self._done, asked),
            self._refuse,
            MAKING,
            lambda: self._refuse(STOPPED),
        )
        self._ready()

    def _done(self, asked: NewEdition, files: list[LeavingFile]) -> None:
        """Issue the edition with the files that were made, and the returns that were sent since the last one."""
        self._running = None
        workspace, folder = self._signals.workspace, self.place.folder()
        if workspace.revision() != self._revision:
            self._refuse(MOVED.format(folder=folder))
            return
        leaving = [*files, *issuing.returns_leaving(workspace)]
        try:
            issued = replace(asked, files=leaving)
            number = self._signals.edit(f"issue edition {self.number}", issuing.issue, issued)
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
            return
        recorded.record_files(workspace, self._revision, [folder / file.file_name for file in files], asked.issued_on)
        self.outcome = f"Edition {number} is issued."
        told = [self.outcome]
        told += [f"{counted(len(files), 'file')} written to {folder}." if files else "No file left with it."]
        told += ["\n".join(f"{file.file_name}  {file.file_hash[:SHORT]}…" for file in leaving)]
        self.report.setPlainText("\n\n".join(filter(None, told)))
        self.issue_button.hide()
        self.asking.setEnabled(False)
        self.folder_button.setVisible(bool(files))
        self.close_button.show()
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def _refuse(self, sentence: str) -> None:
        self._running = None
        self.report.setPlainText(sentence)
        self._ready()
        self.report.setFocus()

    def reject(self) -> None:
        """Stop what is being made, or close if nothing is."""
        if self._running is not None:
            self._running.cancel()
        elif self.outcome:
            self.accept()
        else:
            super().reject()

    def open_folder(self) -> None:
        """Show the folder with the files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.place.folder())))

    # What is shown

    def look_over(self) -> None:
        """Say what is to be known before it goes out: what is restated, what leaves with it, what readers will miss."""
        workspace = self._signals.workspace
        with busy():
            version = issuing.version_issued(self._signals.workspace)
            told = [ABOUT, self._stands(version), issuing.nothing_new(workspace), *_restated(workspace)]
            sent = issuing.returns_leaving(workspace)
            if sent:
                told.append("\n".join([RETURNS, *(each.title for each in sent)]))
            missed = edition_files.missed(workspace, self.ticked(), date.today())
            if missed:
                told += ["What readers will miss:", *missed]
        self.report.setPlainText("\n\n".join(filter(None, told)))
        self._ready()

    def _stands(self, version: VersionRow | None) -> str:
        """Which version of the plan it is, or why it is none."""
        newest = next(reversed(self._signals.read(versions.versions)), None)
        if version is not None:
            return f"It is version {version.number} of the plan ({version.state})."
        if newest is None:
            return "The plan has no version yet. Move it on to a state first, to have the edition be that version."
        return (
            f"The newest version is {newest.number} ({newest.state}). {said_since(self._signals, newest)} "
            "The edition is none of the plan's versions: move the plan on first, to have it be one."
        )

    def _ready(self) -> None:
        """Let issue it, when nothing is being made."""
        idle = self._running is None
        documents = bool(self.ticked())
        filled = not documents or (self.place.is_filled() and bool(self._forms()))
        self.issue_button.setEnabled(idle and filled)
        self.asking.setEnabled(idle and not self.outcome)
        self.close_button.setVisible(idle)
        for part in (self.place, self.choose, *self.forms.values()):
            part.setEnabled(documents)

    def _forms(self) -> list[forms.DocumentForm]:
        return [form for form in forms.FORMS if self.forms[form.ending].isChecked()]

    def _state(self) -> dict[str, Any]:
        return {
            "documents": [each.key for each in self.ticked()],
            "forms": [form.ending for form in self._forms()],
            "issued by": self.who.text(),
            "approved by": self.approved.text(),
        }

    def _fill(self) -> None:
        """Offer what was chosen the last time, else what is usual: the plan, as PDF."""
        left: Mapping[str, Any] = self._view.left(LEFT)
        self.called.setPlaceholderText(issuing.usual_title(self.number))
        self.who.setText(str(left.get("issued by") or locks.author()))
        self.approved.setText(str(left.get("approved by", "")))
        chosen = left.get("documents", [self._offered[0].key])
        for each in self._offered:
            item = QListWidgetItem(each.title, self.documents)
            item.setToolTip(each.kind.about)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.key in chosen else Qt.CheckState.Unchecked)
        self.documents.setCurrentRow(0)
        for ending, tick in self.forms.items():
            tick.setChecked(ending in left.get("forms", [forms.FORMS[0].ending]))
        self.place.setText(str(self._signals.workspace.path.parent / f"Edition {self.number}"))

    def _connect(self) -> None:
        self.documents.itemChanged.connect(self.look_over)
        self.choose.clicked.connect(lambda: self.place.choose("Where the files of the edition go"))
        self.place.textChanged.connect(self._ready)
        for tick in self.forms.values():
            tick.toggled.connect(self._ready)
        self.issue_button.clicked.connect(self.issue)
        self.folder_button.clicked.connect(self.open_folder)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.report.setAccessibleName("Before it goes out, and what was done")
        self.report.setTabChangesFocus(True)
        self.documents.setAccessibleName("Documents that leave with it")
        self.asking = QWidget(self)
        self.asking.setLayout(self._fields())
        self.asking.setFixedWidth(_LEFT)
        buttons = QDialogButtonBox(self)
        for button in (self.folder_button, self.issue_button, self.close_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.issue_button.setDefault(True)
        self.choose.setAutoDefault(False)
        self.folder_button.hide()
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.asking)
        beside.addWidget(self.report, 1)
        below = QHBoxLayout()
        below.addWidget(self.strip)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(beside, 1)
        column.addLayout(below)
        self.called.setFocus()

    def _fields(self) -> QFormLayout:
        into, ticks = QWidget(self), QHBoxLayout()
        into.setFocusProxy(self.place)
        self.place.setAccessibleName("To folder")
        where = QHBoxLayout(into)
        where.setContentsMargins(0, 0, 0, 0)
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        for tick in self.forms.values():
            ticks.addWidget(tick)
        ticks.addStretch(1)
        papers = QLabel("&Documents", self)
        papers.setBuddy(self.documents)
        papers.setAlignment(Qt.AlignmentFlag.AlignTop)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Called", self.called)
        form.addRow("Issued o&n", self.day)
        form.addRow("Issued &by", self.who)
        form.addRow("&Approved by", self.approved)
        form.addRow("N&ote", self.note)
        form.addRow(papers, self.documents)
        form.addRow("As", ticks)
        form.addRow("&To folder", into)
        return form


def _restated(workspace: Workspace) -> list[str]:
    """What has changed of what the last edition holds, in sentences; the most that is listed is ``MOST_RESTATED``."""
    last, changed = edition_restatements.since_last(workspace)
    if last is None or not changed.restated:
        return list(changed.unknown)
    told = [f"Restated since edition {last.number}: {len(changed.restated):,}."]
    told += [restated_told(each) for each in changed.restated[:MOST_RESTATED]]
    more = len(changed.restated) - MOST_RESTATED
    told += [f"{more:,} more are listed in History > Restatements."] if more > 0 else []
    silent = sum(not each.account.reason for each in changed.restated)
    told += [f"{silent:,} of them {'has' if silent == 1 else 'have'} no reason yet."] if silent else []
    return [*told, *changed.unknown]


def _made(path: Path, folder: Path, files: EditionFiles, tell: JobProgress) -> list[LeavingFile]:
    """The documents of an edition, made of the plan in a file, beside the window."""
    with ended_by_cancel(tell, MAKING), file_reader(path) as reader:
        return edition_files.write(reader, folder, files, tell, tell.on_cancel)
