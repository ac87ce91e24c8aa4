"""Read a form back…: what a filled form says, held against the plan, and taken in as one step."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.forms import kept_forms, read_back
from spp_desktop.edits.forms.read_back import CellFate, FormReading
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.files import FORMS, ask_open
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.import_parts import fit_import, outline, say, show_lines

TITLES = ("What becomes of it", "Cell", "What it is", "Now", "In the form", "Note")
FATES: dict[CellFate, str] = {
    "left": "Left out", "differs": "Differs", "new": "New", "same": "As in the plan", "blank": "Blank",
}  # fmt: skip
COUNTED: dict[CellFate, str] = {
    "left": "left out", "differs": "different", "new": "new", "same": "as in the plan", "blank": "blank",
}  # fmt: skip
NOTHING_YET = (
    "Choose a filled form and the mapping by which it was filled. Nothing is changed before you press Take in."
)
NO_MAPPING = "No mapping of a form is kept yet. Make one with Returns, Fill a form… first."


class ReadFormDialog(QDialog):
    """Shows what a filled form says that the plan does not, and takes it in."""

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self.kept = signals.read(kept_forms.kept_forms)
        self.form: FormBook | None = None
        self.reading: FormReading | None = None
        self.outcome, self.busy = "", False
        self._folder = signals.workspace.path.parent
        self.setWindowTitle("Read a form back")
        fit_import(self)
        self.choose, self.file = QPushButton("&Form…", self), QLabel("No form is open", self)
        self.mappings, self.years = QComboBox(self), QComboBox(self)
        self.report = QTableWidget(0, len(TITLES), self)
        self.notice = QLabel(NOTHING_YET if self.kept else NO_MAPPING, self, wordWrap=True)
        self.unlikely = QCheckBox("Take in figures that are &hardly meant, too", self)
        self.reason = QLineEdit(self)
        self.take_button, self.cancel_button = QPushButton("&Take in", self), QPushButton("Cancel", self)
        for name in self.kept:
            self.mappings.addItem(name, name)
        for each in years_of(signals.read(queries.plan)):
            self.years.addItem(year_name(each), each)
        self.years.setCurrentIndex(max(self.years.findData(year), 0))
        self._lay_out()
        self.choose.clicked.connect(self.choose_file)
        self.mappings.activated.connect(self._hold)
        self.years.activated.connect(self._hold)
        self.unlikely.toggled.connect(self._show_state)
        self.reason.textChanged.connect(self._show_state)
        self.take_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)
        self._show_state()
        self.choose.setFocus()

    def choose_file(self) -> None:
        """Ask for a filled form, and read it."""
        path = ask_open(self, "The filled form", FORMS, self._folder)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a form, beside the window."""
        self._folder, self.busy = path.parent, True
        self.file.setText(path.name)
        self._say(f"Reading {path.name}…", plain=True)

        def work(progress: JobProgress) -> FormBook:
            """Read the form, beside the window."""
            progress(f"Reading {path.name}")
            return open_form(path)

        def done(form: FormBook) -> None:
            """Show the form that was read."""
            self.form, self.busy = form, False
            self.file.setText(form.name)
            self._hold()

        self._jobs.run(work, done, self._refused, f"Reading {path.name}", lambda: self._refused("You stopped it."))
        self._show_state()

    def take(self) -> None:
        """Take in what differs."""
        if self.reading is None:
            return
        changes = self.reading.proposed(unlikely=self.unlikely.isChecked())
        try:
            self._signals.edit(
                self.reading.label(), read_back.take, changes, self.reason.text().strip(), as_kind="import"
            )
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            self._say(str(refusal))
            if isinstance(refusal, RuleBroken) and refusal.field == "reason":
                self.reason.setFocus()
            return
        self.outcome = (
            f"Took in {counted(len(changes), 'cell')} of {self.reading.name}. Undo takes it back in one step."
        )
        self.accept()

    def _refused(self, sentence: str) -> None:
        self.busy = False
        self._say(sentence)
        self._show_state()

    def _hold(self) -> None:
        """Hold the form against the plan, and show what differs."""
        name = str(self.mappings.currentData() or "")
        if self.form is None or name not in self.kept:
            return
        mapping = self.kept[name].of_year(int(self.years.currentData()))
        self.reading = self._signals.read(read_back.read_back, self.form, mapping)
        changes = sorted(self.reading.changes, key=lambda change: list(FATES).index(change.fate))
        lines = [
            (
                (FATES[each.fate], each.where, each.title, each.now, each.then, each.why),
                each.fate == "left" or each.unlikely,
            )
            for each in changes
        ]
        lines += [
            (("Not placed", each.cell.called, each.cell.holds, "", "", each.why), True)
            for each in self.reading.unplaced
        ]
        show_lines(self.report, lines)
        counts = [f"{self.reading.count(fate)} {words}" for fate, words in COUNTED.items() if self.reading.count(fate)]
        self._say(" ".join([f"{', '.join(counts) or 'No cell was found'}.", *self.reading.notices]), plain=True)
        self._show_state()

    def _show_state(self) -> None:
        reading = self.reading
        changes = reading.proposed(unlikely=self.unlikely.isChecked()) if reading is not None else []
        self.unlikely.setVisible(reading is not None and any(change.unlikely for change in reading.changes))
        self.take_button.setText(f"&Take in {counted(len(changes), 'cell')}" if changes else "&Take in")
        able = bool(changes) and not self.busy and not self._signals.workspace.read_only
        lacking = any(change.final for change in changes) and not self.reason.text().strip()
        self.reason.setPlaceholderText(
            "Final figures would change: say why" if lacking else "Why final figures and targets change"
        )
        self.take_button.setEnabled(able and not lacking)
        self.take_button.setDefault(self.take_button.isEnabled())

    def _say(self, sentence: str, *, plain: bool = False) -> None:
        say(self.notice, sentence, read_only=self._signals.workspace.read_only, plain=plain)

    def _lay_out(self) -> None:
        dress(self.report, "What the form says", TITLES, stretch=5)
        outline(self.unlikely)
        self.reason.setAccessibleName("Reason")
        for button in (self.choose, self.cancel_button):
            button.setAutoDefault(False)
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addWidget(self.file, 1)
        for text, box in (("&Mapping", self.mappings), ("&Year", self.years)):
            label = QLabel(text, self)
            label.setBuddy(box)
            above.addWidget(label)
            above.addWidget(box)
        below = QHBoxLayout()
        label = QLabel("&Reason", self)
        label.setBuddy(self.reason)
        below.addWidget(label)
        below.addWidget(self.reason, 1)
        below.addWidget(self.take_button)
        below.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.report, 1)
        column.addWidget(self.notice)
        column.addWidget(self.unlikely)
        column.addLayout(below)
