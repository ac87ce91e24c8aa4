"""Import plan…: a plan that exists as somebody's table, what would come in, and then all of it in one step."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.plan_in import kept_columns, taking
from spp_desktop.edits.plan_in.proposal import PlanProposal, propose
from spp_desktop.edits.plan_in.proposed_rows import EntryFate
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.mapped import FileLook
from spp_desktop.returns.plan_tables import reading as plan_reading
from spp_desktop.returns.plan_tables.columns import roles
from spp_desktop.returns.plan_tables.entries import sayings
from spp_desktop.returns.plan_tables.reading import PlanReading
from spp_desktop.returns.plan_tables.said_times import year_said
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.files import PLAN_TABLES, ask_open
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.column_choices import ColumnChoices, ColumnOffer, ShownRows
from spp_desktop.ui.results.import_parts import fit_import, keep_row, outline, say, show_lines
from spp_desktop.ui.results.pasted_table import table_of
from spp_desktop.ui.results.plan_form import PlanTableForm
from spp_desktop.ui.results.plan_questions import PlanQuestionsDialog

TITLES = ("What becomes of it", "What it is", "Reference", "Words", "Where, and why")
NOTHING_YET = (
    "Choose a file, or copy a table in Word or Excel and paste it. Nothing is changed before you press Import."
)
FATES: dict[EntryFate, str] = {
    "new": "New", "same": "Already there", "differs": "There, and differs", "left": "Left out",
}  # fmt: skip
_WIDEST = 520
"""Pixels of the widest column of what would come in, but for the words."""
_ORDER: tuple[EntryFate, ...] = ("left", "differs", "new", "same")


class ImportPlanDialog(QDialog):
    """Asks what the columns of a table hold, shows what would come in, asks what is in doubt, and takes it in."""

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self.kept = signals.read(kept_columns.kept_columns)
        self.reading: PlanReading | None = None
        self.proposal: PlanProposal | None = None
        self.outcome = ""
        self.busy = False
        self._folder = signals.workspace.path.parent
        self._answers: dict[str, str] = {}
        self.setWindowTitle("Import plan")
        fit_import(self)
        self.form = PlanTableForm(signals, year, list(self.kept), self)
        self.columns = ColumnChoices(self)
        self.report = QTableWidget(0, len(TITLES), self)
        self.notice = QLabel(self, wordWrap=True)
        self.update_tick = QCheckBox("&Change what is there already and differs", self)
        self.why_label, self.why = QLabel("&Why", self), QLineEdit(self)
        self.questions = QPushButton("&Questions…", self)
        self.name = QLineEdit(self)
        self.import_button, self.cancel_button = QPushButton("&Import", self), QPushButton("Cancel", self)
        self._lay_out()
        self._connect()
        self._say(NOTHING_YET, plain=True)
        self._show_state()
        self.form.choose.setFocus()

    # What is done

    def choose_file(self) -> None:
        """Ask for a file, and read it."""
        path = ask_open(self, "Import plan", PLAN_TABLES, self._folder)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read all of a file, beside the window."""
        self._folder, self.busy = path.parent, True
        self.form.file.setText(path.name)
        self._say(f"Reading {path.name}…", plain=True)

        def work(progress: JobProgress) -> FileLook:
            """Read the file, beside the window."""
            progress(f"Reading {path.name}")
            return plan_reading.whole(path)

        self._jobs.run(
            work, self._looked, self._refused, f"Reading {path.name}", lambda: self._refused("You stopped it.")
        )
        self._show_state()

    def paste(self) -> None:
        """Take the table that was copied in another program."""
        block = table_of(QGuiApplication.clipboard().mimeData())
        if not block:
            self._say("No table was copied. Select one in Word or Excel, copy it, and paste again.")
            return
        self.form.file.setText(plan_reading.PASTED)
        self._looked(plan_reading.pasted(block))

    def ask(self) -> None:
        """Ask what is in doubt."""
        if self.proposal is None:
            return
        dialog = PlanQuestionsDialog(self.proposal.questions, self)
        if dialog.exec():
            self._answers |= dialog.answers()
            self._hold()
        dialog.deleteLater()

    def take(self) -> None:
        """Take in what is shown."""
        coming = self._coming()
        if coming is None or self.proposal is None or self.reading is None:
            return
        update, name, why = self._updates(), self.name.text().strip(), self.why.text().strip()
        known = not name or self.kept.get(name) == self.reading.columns
        columns = None if known else taking.NamedPlanColumns(name, self.reading.columns)
        what = taking.counted(coming, "new", *(("differs",) if update else ()))
        label, take = taking.label(coming, update=update), taking.take
        try:
            self._signals.edit(label, take, self.proposal, update=update, reason=why, columns=columns, as_kind="import")
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            self._say(str(refusal))
            return
        self.outcome = f"Took in {what} from {self.proposal.name}. Undo takes it back in one step."
        self.accept()

    # What is chosen

    def _looked(self, look: FileLook) -> None:
        self.busy, self._answers = False, {}
        if self.isVisible() or self.reading is None:
            self._read_as(plan_reading.proposed(look, self.kept), anew=True)

    def _refused(self, sentence: str) -> None:
        self.busy = False
        self._say(sentence)
        self._show_state()

    def _read_as(self, reading: PlanReading, *, anew: bool = False) -> None:
        """Read the table in another way."""
        self.reading = reading
        self.form.show_reading(reading)
        if anew:
            table, sheet = reading.table, reading.sheet
            self.columns.show_rows(ShownRows(table.at, table.depth, table.headings, sheet.rows, sheet.numbers))
            self.name.setText(reading.title)
        chosen, titles = reading.columns.places(reading.table.headings), list(roles().items())
        offers = [ColumnOffer(titles, chosen.get(n)) for n in range(len(reading.table.headings))]
        self.columns.show_offers(offers)
        if anew:
            self.columns.fit()
        self._hold()

    def _choose_sheet(self, place: int) -> None:
        if self.reading is not None:
            look = self.reading.look
            self._read_as(plan_reading.on_sheet(look, look.sheets[place]), anew=True)

    def _choose_headings(self) -> None:
        if self.reading is not None:
            at, depth = self.form.headings.currentIndex(), self.form.heading_depth.currentIndex() + 1
            at = max(at, depth - 1)
            self._read_as(plan_reading.at_rows(self.reading.look, self.reading.sheet, at, depth), anew=True)

    def _choose_mapping(self) -> None:
        if self.reading is not None:
            name = str(self.form.mappings.currentData())
            kept = {name: self.kept[name]} if name else {}
            self._read_as(plan_reading.proposed(self.reading.look, kept, self.reading.sheet.title), anew=True)

    def _choose_column(self, place: int, role: str | None) -> None:
        if self.reading is not None:
            columns = self.reading.columns.with_role(self.reading.table.headings, place, role)
            self._read_as(self.reading.changed(columns))

    def _changed(self) -> None:
        if self.reading is not None:
            self._read_as(self.reading.changed(self.form.columns(self.reading.columns)))

    # What is shown

    def _hold(self) -> None:
        """Hold the table against the plan, and show what would come in."""
        assert self.reading is not None
        self.proposal = None
        lacks = self.reading.columns.lacks()
        if not lacks:
            told = sayings(self.reading)
            self.form.propose_year(year_said(told.entries, self.form.offered_years))
            name, year = self.reading.look.name, self.form.year
            self.proposal = self._signals.read(propose, name, told, year, self._answers)
        self._show_rows()
        open_ = len(self.proposal.undecided) if self.proposal else 0
        if lacks:
            self._say(lacks)
        elif open_:
            self._say(f"{counted(open_, 'question')} must be answered before anything comes in: press Questions.")
        else:
            self._say(" ".join(self.reading.look.notices), plain=True)
        self._show_state()
        if open_:
            self.questions.setFocus()
        elif self.import_button.isEnabled() and not self._choosing():
            self.import_button.setFocus()

    def _choosing(self) -> bool:
        """Whether a person is at the choices above the columns."""
        focus = self.focusWidget()
        return bool(self.columns.isAncestorOf(focus))

    def _updates(self) -> bool:
        """Whether what is there and differs is changed."""
        return self.update_tick.isChecked() and not self.update_tick.isHidden()

    def _coming(self) -> PlanProposal | None:
        """What would come in by what is chosen: dates that move again only with a reason."""
        proposal = self.proposal
        return proposal.with_reason(self.why.text()) if proposal and self._updates() else proposal

    def _show_why(self) -> None:
        """Show what becomes of what asks for a reason, as far as one is given."""
        self._show_rows()
        self._show_state()

    def _show_rows(self) -> None:
        lines: list[tuple[tuple[str, ...], bool]] = []
        proposal = self._coming()
        if proposal is not None:
            shown = {row.entry.place for row in proposal.rows if row.fate == "left"}
            told = [text for text in proposal.left if text.partition(":")[0] not in shown]
            lines = [((FATES["left"], "", "", "", sentence), True) for sentence in told]
            for row in sorted(proposal.rows, key=lambda row: _ORDER.index(row.fate)):
                what, entry = row.model.word.singular, row.entry
                where = f"{entry.place}{f': {row.why}' if row.why else ''}"
                lines.append(((FATES[row.fate], what, entry.ref, entry.words, where), row.fate == "left"))
        show_lines(self.report, lines)

    def _show_state(self) -> None:
        """Buttons and fields as they can be used now."""
        proposal = self.proposal
        differs = proposal.count("differs") if proposal else 0
        self.update_tick.setVisible(bool(differs))
        self.update_tick.setText(
            f"&Change {counted(differs, 'row')} that {'is' if differs == 1 else 'are'} there and differ"
        )
        whys = len(proposal.asks_why) if proposal and self._updates() else 0
        for shown in (self.why_label, self.why):
            shown.setVisible(bool(whys))
        several = "changes that asks" if whys == 1 else "change that ask"
        self.why_label.setText(f"&Why {counted(whys, 'cell')} {several} for a reason")
        asked = len(proposal.questions) if proposal else 0
        self.questions.setVisible(bool(asked))
        self.questions.setText(f"&Questions ({asked})…")
        fates = ("new", *(("differs",) if self._updates() else ()))
        coming = self._coming()
        what = taking.counted(coming, *fates) if coming else ""
        self.import_button.setText(f"&Import {what}" if what else "&Import")
        can = bool(what) and proposal is not None and not proposal.undecided and not self.busy
        self.import_button.setEnabled(can and not self._signals.workspace.read_only)
        self.import_button.setDefault(self.import_button.isEnabled())
        for widget in (self.columns, self.report, self.name):
            widget.setEnabled(self.reading is not None and not self.busy)

    def _say(self, sentence: str, *, plain: bool = False) -> None:
        say(self.notice, sentence, read_only=self._signals.workspace.read_only, plain=plain)

    # Laying out

    def _connect(self) -> None:
        form = self.form
        form.choose.clicked.connect(self.choose_file)
        form.paste.clicked.connect(self.paste)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self.paste)
        form.sheets.activated.connect(self._choose_sheet)
        form.headings.activated.connect(self._choose_headings)
        form.heading_depth.activated.connect(self._choose_headings)
        form.mappings.activated.connect(self._choose_mapping)
        form.changed.connect(self._changed)
        self.columns.chosen.connect(self._choose_column)
        self.questions.clicked.connect(self.ask)
        self.update_tick.toggled.connect(self._show_why)
        self.why.textChanged.connect(self._show_why)
        self.import_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        dress(self.report, "What would come in", TITLES, stretch=3)
        self.report.horizontalHeader().setMaximumSectionSize(_WIDEST)
        self.name.setPlaceholderText("such as Delivery plan in Word")
        self.why.setPlaceholderText("The board agreed new dates; without a reason they stay as they are")
        self.why_label.setBuddy(self.why)
        outline(self.update_tick, self.form.together)
        for button in (self.questions, self.cancel_button):
            button.setAutoDefault(False)
        asked = QHBoxLayout()
        asked.addWidget(self.notice, 1)
        asked.addWidget(self.update_tick)
        asked.addWidget(self.questions)
        whys = QHBoxLayout()
        whys.addWidget(self.why_label)
        whys.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self.columns, 4)
        column.addWidget(self.report, 5)
        column.addLayout(asked)
        column.addLayout(whys)
        column.addLayout(keep_row(self.name, self.import_button, self.cancel_button))
