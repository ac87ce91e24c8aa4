"""What differs between two states of the plan, as a list and as marked-up text: moments, earlier versions, files."""

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import astuple
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.documents import forms
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.edits.documents.changes.declared import CHANGES
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import backups, clock, moments, moments_offered, states, step_places
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NoSuchMoment, PlanRefused
from spp_desktop.store.state_differences import DifferenceWords, RowDifference, compare
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import LEFT_IT, ask_open, ask_save
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.jobs import JobProgress, Jobs, ProgressStrip
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.documents.jobs import written
from spp_desktop.ui.history.marked_view import MarkedView
from spp_desktop.ui.history.moment_list import words_of
from spp_desktop.ui.pictures.picture_files import file_name

TITLES = ("", "Of what", "Cell", "First", "Second")
FATES = {"added": "new", "removed": "gone", "changed": "changed"}
NOW = "Now"
MOST_SHOWN = 5_000
"""The most cells that are listed."""
_WIDTH, _HEIGHT, _EDGE = 1100, 600, 40
SAME = "Both are the same moment. Choose another one above."
_LONGEST_TIP = 2_000
STOPPED = "You stopped it. No file was written."


class CompareDialog(QDialog):
    """Two states chosen from what is offered, and what differs between them.

    Args:
        plan: the plan as it is now.
        jobs: runs what takes long beside the window.
        kinds: the kinds of items that pages show.
        first: the moment that is the first state; ``None`` for the latest end of a period, or before the last step.
        parent: the window.

    Signals:
        went: the kind and the key of an item that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(
        self,
        plan: Workspace,
        jobs: Jobs,
        kinds: Collection[str] = (),
        first: Moment | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan, self._kinds, self._jobs = plan, kinds, jobs
        self._marked: NumberedDocument | None = None
        self._writing: JobProgress | None = None
        self._differences: list[tuple[RowDifference, int]] = []
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Compare two moments")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.first, self.second = QComboBox(), QComboBox()
        self.filter = QLineEdit(placeholderText="Narrow: a reference, a word", clearButtonEnabled=True)
        self.list = QTableWidget(0, len(TITLES))
        self.text, self.views = MarkedView(), QTabWidget()
        self.notice = QLabel(wordWrap=True)
        self.strip = ProgressStrip(jobs, self)
        self.save_button, self.go_button = QPushButton("&Save as…"), QPushButton("&Go there")
        self._fill_choices(first)
        self._lay_out()
        for choice in (self.first, self.second):
            choice.activated.connect(self.compare)
        self.filter.textChanged.connect(self._narrow)
        self.views.currentChanged.connect(lambda _at: self._show_text())
        self.save_button.clicked.connect(self.save)
        self.list.itemActivated.connect(lambda item: self._go(item.row()))
        self.compare()

    def _fill_choices(self, first: Moment | None) -> None:
        """Offer the moments and the earlier versions, each with its name as states are named."""
        offered = self._plan.read_beside(moments_offered.offered)
        names = [(words_of(each), each.step or each.day.isoformat()) for each in offered]
        if first is not None:
            names.insert(0, (first.words, first.last.id))
        versions = [
            (f"{clock.time_in_words(each.at)} · earlier version: {each.reason}", str(each.path))
            for each in backups.earlier_versions(self._plan.path, counted=False)
        ]
        for choice in (self.first, self.second):
            for text, name in [(NOW, moments.NOW), *names, *versions]:
                choice.addItem(text, name)
            choice.addItem("A file…", "")
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(24)
        before = max(len(names) - 1, 0) if all("after step" in text for text, _ in names) else 0
        ends = next((n for n, (text, _) in enumerate(names, 1) if "end of" in text), before)
        self.first.setCurrentIndex(ends if first is None else 1)
        self.second.setCurrentIndex(0)

    def _lay_out(self) -> None:
        self.first.setAccessibleName("First state")
        self.second.setAccessibleName("Second state")
        dress(self.list, "What differs", TITLES, None)
        narrow(self.list, {0: 74, 1: 220, 2: 130, 3: 260})
        self.filter.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)
        above = QGridLayout()
        for place, (text, widget) in enumerate(
            (("&From", self.first), ("&To", self.second), ("Only &rows with", self.filter))
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            above.addWidget(label, 0, 2 * place)
            above.addWidget(widget, 0, 2 * place + 1)
            above.setColumnStretch(2 * place + 1, 1)
        self.views.addTab(self.list, "&List")
        self.views.addTab(self.text, "Te&xt, marked up")
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.setAutoDefault(False)
        buttons.addButton(self.go_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.go_button.clicked.connect(lambda: self._go(self.list.currentRow()))
        self.go_button.setAutoDefault(False)
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.views, 1)
        column.addWidget(self.notice)
        below = QHBoxLayout()
        below.addWidget(self.strip)
        below.addWidget(buttons, 1)
        column.addLayout(below)

    def compare(self) -> None:
        """List what differs between the two states that are chosen, and show it in the text if that is looked at."""
        self._marked = None
        if not (self._named(self.first) and self._named(self.second)):
            return
        if self.first.currentData() == self.second.currentData():
            self._differences = []
            self.list.setRowCount(0)
            self.notice.setText(SAME)
            self._show_text()
            return
        try:
            with busy(), ExitStack() as stack:
                chosen = (self.first.currentData(), self.second.currentData())
                first, second = (stack.enter_context(states.state(self._plan, name)).connection for name in chosen)
                self._list(compare(first, second), DifferenceWords(first, second))
                self._show_text()
        except (NoSuchMoment, PlanRefused) as refusal:
            self._differences = []
            self.list.setRowCount(0)
            self.notice.setText(str(refusal))
            self._show_text()

    def _show_text(self) -> None:
        """Show the text with what changed marked, where that is looked at."""
        reading = self.views.currentWidget() is self.text
        for of_list in (self.filter, self.go_button):
            of_list.setEnabled(not reading)
        if reading:
            self.text.show_document(self._document())
        self.save_button.setEnabled(bool(self._differences) and self._writing is None)

    def _document(self) -> NumberedDocument | None:
        """What changed between the two states, as a document; made when it is first asked for."""
        if self._marked is None and self._differences:
            ask = DocumentAsk(date.today(), since=self.first.currentData(), until=self.second.currentData())
            try:
                with busy():
                    self._marked = made(self._plan, CHANGES, ask)
            except (NoSuchMoment, PlanRefused) as refusal:
                self.notice.setText(str(refusal))
        return self._marked

    def save(self) -> None:
        """Ask for a file, and write there beside the window what changed: the list and the marked-up text."""
        document = self._document()
        if document is None:
            return
        offered = sorted(forms.FORMS, key=lambda form: form.ending != ".docx")  # changes that Word tracks come first
        kinds = ";;".join(f"{form.title} (*{form.ending})" for form in offered)
        marking = document.document.furniture.marking
        start = self._plan.path.parent / file_name(document.document.title, offered[0].ending, marking)
        path = ask_save(self, "Save what changed", kinds, start)
        form = None if path is None else forms.form_of(path)
        if path is None or form is None:
            return
        revision = self._plan.revision()
        self._writing = self._jobs.run(
            partial(written, document, form, path),
            partial(self._written, revision),
            self._ended,
            f"Writing {path.name}",
            partial(self._ended, STOPPED),
        )
        self.save_button.setEnabled(False)

    def _written(self, revision: str, path: Path) -> None:
        recorded.record_files(self._plan, revision, [path], date.today())
        self._ended(f"{path.name} was written to {path.parent}.")

    def _ended(self, sentence: str) -> None:
        self._writing = None
        self.notice.setText(sentence)
        self.save_button.setEnabled(bool(self._differences))

    def reject(self) -> None:
        """Stop what is being written, or close if nothing is."""
        if self._writing is not None:
            self._writing.cancel()
            return
        super().reject()

    def _named(self, choice: QComboBox) -> bool:
        """Whether a choice has a state; where it is a file, it is asked for first."""
        if choice.currentData():
            return True
        file = ask_open(self, "A copy of the plan, or a file that left it", LEFT_IT, self._plan.path.parent)
        if file is None:
            choice.setCurrentIndex(0)
            return False
        choice.insertItem(1, Path(file).name, str(file))
        choice.setCurrentIndex(1)
        return True

    def _list(self, differences: list[RowDifference], words: DifferenceWords) -> None:
        lines = []
        for difference in differences:
            told = words.of(difference)
            lines += [(difference, (FATES[difference.fate], *astuple(line))) for line in told]
            if len(lines) > MOST_SHOWN:
                break
        self._differences = [(difference, n) for n, (difference, _) in enumerate(lines[:MOST_SHOWN])]
        self.list.setRowCount(len(self._differences))
        for row, (_, texts) in enumerate(lines[:MOST_SHOWN]):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text[:_LONGEST_TIP])
                self.list.setItem(row, column, item)
        if lines:
            self.list.setCurrentCell(0, 0)
        fates = {fate: sum(each.fate == fate for each in differences) for fate in FATES}
        counts = listed([f"{counted(count, 'row')} {FATES[fate]}" for fate, count in fates.items() if count])
        more = f" The first {MOST_SHOWN:,} cells are listed." if len(lines) > MOST_SHOWN else ""
        self.notice.setText(f"{counts[:1].upper()}{counts[1:]}.{more}" if counts else "Nothing differs.")
        self._narrow(self.filter.text())

    def _narrow(self, text: str) -> None:
        wanted = caseless(text).split()
        for row in range(self.list.rowCount()):
            items = [self.list.item(row, column) for column in range(len(TITLES))]
            texts = caseless(" ".join(item.text() for item in items if item is not None))
            self.list.setRowHidden(row, not all(word in texts for word in wanted))

    def _go(self, row: int) -> None:
        """Go to the item that a line is about, where the plan has it now and a page shows it."""
        if not 0 <= row < len(self._differences):
            return
        difference = self._differences[row][0]
        place = self._plan.read_beside(step_places.place_of_row, difference.table, difference.key, self._kinds)
        if place is None or difference.fate == "removed":
            self.notice.setText("No page shows this row now.")
            return
        self.went.emit(place.kind, place.key)
        self.accept()
