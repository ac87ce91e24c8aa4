"""The dialog that publishes the plan's tables: which, when, on what terms, where to; and what the check says."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.publishing import recorded, tables
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.publication import writing
from spp_desktop.returns.publication.publication import LICENCES, Publication, licence_named
from spp_desktop.returns.publication.writing import FileForm, Published
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.folder_field import FolderField
from spp_desktop.ui.common.jobs import JobProgress, ProgressStrip
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.grid.fields import DayField
from spp_desktop.ui.returned.ticked_table import TickedTable

LEFT = "publish tables"
"""The name under which is remembered what was chosen."""

TITLES = ("Table", "Rows")
WORKBOOK, DATA = "Accessible workbook", "Machine-readable tables"
BEFORE = (
    f"“{WORKBOOK}” writes .ods and .xlsx, with a check of the finished files against each rule for accessible "
    f"spreadsheets. “{DATA}” writes a CSV file for each table and what is in them as CSVW metadata. What was written, "
    "and what the check says, will stand here."
)
STOPPED = "You stopped it. Files that were whole by then stay; nothing half is left."
_WIDTH, _HEIGHT, _EDGE = 1080, 600, 40
_DAY_ROOM = 52
"""The pixels beside a day for its button and its frame."""


class PublishTablesDialog(QDialog):
    """Asks what is published, when, on what terms and where to; writes it beside the window; then shows the check."""

    def __init__(self, view: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._signals = view, view.signals
        self._progress: JobProgress | None = None
        self._publication: Publication | None = None
        self._revision = ""
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Publish tables")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self._known = self._signals.read(tables.publishable)
        self.day = DayField(self, "Published on", Day(lambda: year_of(date.today())))
        self.licence, self.contact = QComboBox(self), QLineEdit(self)
        self.place, self.choose = FolderField(self), QPushButton("C&hoose…", self)
        self.tables = TickedTable("Tables", TITLES, 0, self)
        self.report = QTextEdit(self, readOnly=True, acceptRichText=False)
        self.notice = QLabel(self, wordWrap=True)
        self.strip = ProgressStrip(view.jobs, self)
        self.workbook_button, self.data_button = QPushButton("Accessible &workbook", self), QPushButton(self)
        self.folder_button, self.close_button = QPushButton("&Open the folder", self), QPushButton("Close", self)
        self._fill()
        self._lay_out()
        self._connect()
        self._count()

    # What is asked

    def chosen(self) -> list[str]:
        """The names of what is ticked."""
        return [self._known[n].name for n in self.tables.chosen()]

    def choose_place(self) -> None:
        """Ask for the folder."""
        self.place.choose("Where to publish the tables")

    # What is done

    def write(self, forms: Sequence[FileForm]) -> None:
        """Write what is chosen in some forms, after asking once whether to replace what is there."""
        try:
            day = self.day.day()
        except RuleBroken as refusal:
            self._say(str(refusal))
            return
        with busy():
            publication = self._signals.read(
                tables.read_publication,
                self.chosen(),
                day,
                licence_named(str(self.licence.currentData())),
                self.contact.text(),
            )
        self._publication, self._revision = publication, self._signals.workspace.revision()
        folder = self.place.folder()
        paths = writing.paths(publication, folder, forms)
        if sentence := next(filter(None, map(file_names.unfit, paths)), None):
            self._say(sentence)
            return
        existing = [path.name for path in paths if path.exists()]
        files = counted(len(existing), "file")
        if existing and not ask(self, f"Replace {files} in {folder}?", "Replace", detail="\n".join(existing)):
            return
        self._say("")
        self._view.leave(LEFT, self._state())
        title = f"Writing the {DATA.lower() if 'csv' in forms else WORKBOOK.lower()}"
        self._progress = self._view.jobs.run(
            partial(_written, publication, folder, forms, self._signals.workspace.head()),
            self._done,
            self._failed,
            title,
            lambda: self._failed(STOPPED),
        )
        self._count()

    def reject(self) -> None:
        """Stop the writing, or close if nothing is being written."""
        if self._progress is not None:
            self._progress.cancel()
        else:
            super().reject()

    def open_folder(self) -> None:
        """Show where the files are."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.place.folder())))

    def _done(self, done: Published) -> None:
        """Say what was written, and what the check says."""
        self._progress = None
        folder = self.place.folder()
        if self._publication is not None:
            recorded.record(self._signals.workspace, self._publication, self._revision, done.files)
        lines = [f"{counted(len(done.files), 'file')} written to {folder}."]
        lines += [str(path.relative_to(folder)) for path in done.files]
        self.report.setPlainText("\n".join([*lines, "", *done.lines()]))
        self.folder_button.show()
        self._say("" if not done.failures() else "A workbook breaks a rule; the report says which, and where.")
        self._count()
        self.report.setFocus()

    def _failed(self, sentence: str) -> None:
        self._progress = None
        self._say(sentence)
        self._count()

    # What is shown

    def _count(self) -> None:
        """Let write what is ticked, when nothing is being written."""
        ready = bool(self.chosen()) and self.place.is_filled() and self._progress is None
        for button in (self.workbook_button, self.data_button):
            button.setEnabled(ready)
        self.asking.setEnabled(self._progress is None)
        self.close_button.setHidden(self._progress is not None)

    def _say(self, sentence: str) -> None:
        marking = self._signals.read(tables.marking_of, self.chosen())
        marked = f"This is marked “{marking}”: that stands on the cover, above each table and in the files' names."
        self.notice.setText("\n".join(filter(None, (sentence, marked if marking else ""))))
        self.notice.setVisible(bool(self.notice.text()))

    def _state(self) -> dict[str, Any]:
        return {
            "licence": self.licence.currentData(),
            "contact": self.contact.text(),
            "folder": self.place.text(),
            "tables": self.chosen(),
        }

    def _fill(self) -> None:
        """Offer what was chosen the last time, else what is usual."""
        before: Mapping[str, Any] = self._view.left(LEFT)
        for licence in LICENCES:
            self.licence.addItem(licence.title, licence.name)
        self.licence.setCurrentIndex(max(self.licence.findData(before.get("licence")), 0))
        self.contact.setText(str(before.get("contact", "")))
        self.contact.setPlaceholderText("Planning Department, planning@example.org, 0121 000 0000")
        self.place.setText(str(before.get("folder") or self._signals.workspace.path.parent / "Published tables"))
        self.day.put(date.today())
        ticked = before.get("tables")
        lines = [
            (each.usual if not isinstance(ticked, list) else each.name in ticked, (each.title, f"{each.count:,}"))
            for each in self._known
        ]
        self.tables.fill(lines, numbers=1)

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_place)
        self.place.textChanged.connect(self._count)
        self.tables.ticked.connect(self._count)
        self.workbook_button.clicked.connect(lambda: self.write(writing.WORKBOOKS))
        self.data_button.clicked.connect(lambda: self.write(("csv",)))
        self.folder_button.clicked.connect(self.open_folder)
        self.close_button.clicked.connect(self.reject)

    # Laying out

    def _lay_out(self) -> None:
        self.day.setFixedWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + _DAY_ROOM)
        self.report.setAccessibleName("What was written, and what the check says")
        self.report.setTabChangesFocus(True)
        self.report.setPlainText("\n\n".join(filter(None, (BEFORE, recorded.last(self._signals.workspace)))))
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self._say("")
        self.data_button.setText("&Machine-readable tables")
        self.workbook_button.setDefault(True)
        for button in (self.choose, self.data_button, self.folder_button):
            button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        buttons = QDialogButtonBox(self)
        for button in (self.folder_button, self.workbook_button, self.data_button, self.close_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.folder_button.hide()
        self.asking = QWidget(self)
        self.asking.setLayout(self._form())
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.tables)
        splitter.addWidget(self.report)
        splitter.setSizes([400, 640])
        splitter.setChildrenCollapsible(False)
        below = QHBoxLayout()
        below.addWidget(self.strip)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.asking)
        column.addWidget(splitter, 1)
        column.addWidget(self.notice)
        column.addLayout(below)
        self.tables.setFocus()

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        places: tuple[tuple[str, QWidget, int, int, int], ...] = (
            ("&Published on", self.day, 0, 0, 1),
            ("&Licence", self.licence, 0, 2, 3),
            ("&Contact", self.contact, 1, 0, 5),
            ("&Folder", self.place, 2, 0, 4),
        )
        for title, field, row, column, wide in places:
            label = QLabel(title)
            label.setBuddy(field)
            form.addWidget(label, row, column)
            form.addWidget(field, row, column + 1, 1, wide)
        form.addWidget(self.choose, 2, 5)
        form.setColumnStretch(4, 1)
        return form


def _written(
    publication: Publication, folder: Path, forms: Sequence[FileForm], head: str, progress: JobProgress
) -> Published:
    """Write a publication, beside the window."""
    return writing.write(publication, folder, forms, head, progress)


def publish_tables(window: PlanWindow) -> None:
    """Publish tables of the plan that is open."""
    view = window.plan_view
    if view is not None:
        view.commit_pending()
        PublishTablesDialog(view, window).exec()
