"""Read a form back…: what a filled form says, held against the plan, and taken in as one step."""

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.forms import read_back
from spp_desktop.edits.forms.read_back import CellFate, FormReading
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.forms.form_dialog import FormDialog
from spp_desktop.ui.results.import_parts import outline, show_lines

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


class ReadFormDialog(FormDialog):
    """Shows what a filled form says that the plan does not, and takes it in."""

    asks, takes_in = "The filled form", True

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, parent: QWidget | None = None) -> None:
        super().__init__(signals, jobs, year, "Read a form back", parent)
        self.form: FormBook | None = None
        self.reading: FormReading | None = None
        self.report = QTableWidget(0, len(TITLES), self)
        self.notice.setText(NOTHING_YET if self.kept else NO_MAPPING)
        self.unlikely = QCheckBox("Take in figures that are &hardly meant, too", self)
        self.reason = QLineEdit(self)
        self.take_button, self.cancel_button = QPushButton("&Take in", self), QPushButton("Cancel", self)
        for name in self.kept:
            self.mappings.addItem(name, name)
        self._lay_out()
        self.mappings.activated.connect(self._hold)
        self.years.activated.connect(self._hold)
        self.report.currentCellChanged.connect(self._say_note)
        self.unlikely.toggled.connect(self.show_state)
        self.reason.textChanged.connect(self.show_state)
        self.take_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)
        self.show_state()
        self.choose.setFocus()

    def show_form(self, form: FormBook) -> None:
        """Hold a form that was read against the plan."""
        self.form = form
        self._hold()

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
            self.say(str(refusal))
            if isinstance(refusal, RuleBroken) and refusal.field == "reason":
                self.reason.setFocus()
            return
        self.outcome = (
            f"Took in {counted(len(changes), 'cell')} of {self.reading.name}. Undo takes it back in one step."
        )
        self.accept()

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
        self.say(" ".join([f"{', '.join(counts) or 'No cell was found'}.", *self.reading.notices]), plain=True)
        self.show_state()

    def _say_note(self, row: int) -> None:
        """Say the whole of what is to be said of the line that is chosen, where the person is among the lines."""
        note = self.report.item(row, len(TITLES) - 1)
        if self.report.hasFocus() and note is not None and note.text():
            self.say(note.text(), plain=True)

    def show_state(self) -> None:
        """Let what differs be taken in, once a reason is there where one is needed."""
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

    def _lay_out(self) -> None:
        dress(self.report, "What the form says", TITLES, stretch=5)
        narrow(self.report, {2: 270, 3: 140, 4: 140})
        outline(self.unlikely)
        self.reason.setAccessibleName("Reason")
        self.cancel_button.setAutoDefault(False)
        below = QHBoxLayout()
        label = QLabel("&Reason", self)
        label.setBuddy(self.reason)
        below.addWidget(label)
        below.addWidget(self.reason, 1)
        below.addWidget(self.take_button)
        below.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(self.head())
        column.addWidget(self.report, 1)
        column.addWidget(self.notice)
        column.addWidget(self.unlikely)
        column.addLayout(below)
