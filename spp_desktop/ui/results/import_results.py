"""Import results…: somebody's extract, which column is what, what would come in, and then all of it in one step."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import import_report
from spp_desktop.edits.extract_names import THE_FORCE
from spp_desktop.edits.incoming_parts import NAME_KINDS
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, Result
from spp_desktop.plan.words import counted
from spp_desktop.returns.choosing import with_choice, with_rows
from spp_desktop.returns.column_mapping import ColumnMapping
from spp_desktop.returns.table_columns import columns_of
from spp_desktop.store import queries
from spp_desktop.ui.common.files import EXTRACTS, ask_open
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.column_choices import ColumnChoices
from spp_desktop.ui.results.extract_desk import ExtractDesk
from spp_desktop.ui.results.extract_form import ExtractForm
from spp_desktop.ui.results.import_parts import READ_ONLY, fit_import, keep_row, outline, say, show_lines
from spp_desktop.ui.results.text_choices import MeaningsDialog, RowsDialog

TITLES = ("What", "Number", "Where, and why")
COUNT = "Count reads the whole file and says what would come in. Nothing is changed by it."
MOST_AREAS_NAMED = 6


class ImportResultsDialog(QDialog):
    """Asks what the columns of a file hold, says what would come in, and takes it in.

    With a file whose headings a kept mapping knows, all that is left to do is to look and to press Import.
    """

    def __init__(self, signals: PlanSignals, jobs: Jobs, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.desk = ExtractDesk(signals, jobs, self)
        self.outcome = ""
        self._lacked = ""
        self.setWindowTitle("Import results")
        self.finished.connect(self._let_go)
        fit_import(self)
        self.form = ExtractForm(signals, self)
        self.file, self.choose = self.form.file, self.form.choose
        self.sheets, self.mappings, self.headings = self.form.sheets, self.form.mappings, self.form.headings
        self.indicator, self.state = self.form.indicator, self.form.state
        self.columns = ColumnChoices(self)
        self.report = QTableWidget(0, len(TITLES), self)
        self.areas, self.unlikely = QCheckBox(self), QCheckBox(self)
        self.names = QPushButton("Na&mes…", self)
        self.reason = QLineEdit(self)
        self.name = QLineEdit(self)
        self.notice = QLabel(self, wordWrap=True)
        self.doing, self.bar = QLabel(self), QProgressBar(self)
        self.count_button, self.import_button = QPushButton("Co&unt", self), QPushButton("&Import", self)
        self.cancel_button = QPushButton("Cancel", self)
        self.form.set_kept(list(self.desk.kept))
        self.name.setPlaceholderText("such as Corporate performance extract")
        self._lay_out()
        self._connect()
        self.read_file(path)

    # What is done

    def read_file(self, path: Path) -> None:
        """Look at a file."""
        self.file.setText(path.name)
        self.file.setToolTip(str(path))
        self.desk.open(path)
        self._show_state()

    def choose_file(self) -> None:
        """Ask for another file."""
        path = ask_open(self, "Import results", EXTRACTS, self.desk.path.parent)
        if path is not None:
            self.read_file(path)

    def count(self) -> None:
        """Read the whole file, and say what would come in."""
        self._say("")
        self.desk.count()
        self._show_state()

    def take(self) -> None:
        """Take in what was counted."""
        incoming, counts = self.desk.incoming, self.desk.counts
        if incoming is None or counts is None:
            return
        self._say("")
        self._show_state(working=True)
        taken = self.desk.take(self.reason.text().strip(), self.name.text().strip())
        self._show_state()
        if taken is not None:
            self.outcome = import_report.outcome(incoming, counts, taken)
            self.accept()

    def reject(self) -> None:
        """While something is under way, stop that; else close."""
        if self.desk.busy:
            self.desk.stop()
        else:
            super().reject()

    # What is chosen

    def _changed(self) -> None:
        """Something that holds of all rows was chosen."""
        if self.desk.look is not None:
            self._read_as(self.form.mapping(self.desk.mapping))

    def _column_chosen(self, place: int, choice: str | None) -> None:
        """Something was chosen above a column."""
        headings, year = self.desk.headings, self.desk.reading.whole.period
        self._read_as(with_choice(self.desk.mapping, headings, place, choice, year))

    def _ask_rows(self) -> None:
        """Ask which rows are meant, by what stands in their columns."""
        table, mapping = self.desk.reading.table, self.desk.mapping
        columns = {column.name: column.words for column in columns_of(table) if column.words}
        dialog = RowsDialog(columns, dict(mapping.only), self)
        if dialog.exec():
            self._read_as(with_rows(mapping, dialog.only()))
        dialog.deleteLater()

    def _ask_names(self) -> None:
        """Ask what names of the file stand for that the plan does not have."""
        incoming = self.desk.incoming
        if incoming is None:
            return
        unknown = [(name.name, kind) for kind in NAME_KINDS for name in incoming.unknown(kind)]
        indicators = [(row.ref, f"{row.ref}  {row.title}") for row in self._signals.read(queries.register, Indicator)]
        areas = [(row.title, row.title) for row in self._signals.read(queries.register, Area)]
        choices = {"indicator": indicators, "area": [(THE_FORCE, "The force"), *areas]}
        dialog = MeaningsDialog(unknown, choices, dict(self.desk.mapping.means), self)
        if dialog.exec():
            self._read_as(replace(self.desk.mapping, means=tuple(dialog.meanings().items())))
            if not self.desk.lacks():
                self.count()
        dialog.deleteLater()

    def _read_as(self, mapping: ColumnMapping) -> None:
        """Read the file in another way: what was counted says nothing any more."""
        if mapping == self.desk.mapping:
            return
        self.desk.change(mapping)
        self.columns.show_reading(self.desk.reading, self.desk.in_doubt())
        self.form.show_mapping(self.desk)
        self._show_state()

    def _looked(self) -> None:
        """Show what a file holds, and count at once where its columns are known."""
        desk = self.desk
        assert desk.look is not None
        self.form.show_file(desk)
        self.form.show_mapping(desk)
        self.columns.show_table(desk.reading, desk.in_doubt())
        self.name.setText(desk.title)
        self._say(" ".join(desk.look.notices))
        self._show_state()
        if desk.title and not desk.lacks():
            self.count()
        elif self.columns.choices:
            self.columns.choices[0].setFocus()

    # What is shown

    def _counted(self) -> None:
        desk = self.desk
        assert desk.incoming is not None
        assert desk.counts is not None
        lines = import_report.lines(desk.incoming, desk.counts)
        show_lines(self.report, [((line.what, f"{line.number:,}", line.where), line.asks) for line in lines], numbers=1)
        unknown = import_report.to_add(desk.incoming)
        named = ", ".join(unknown[:MOST_AREAS_NAMED]) + (" and others" if len(unknown) > MOST_AREAS_NAMED else "")
        self.areas.setText(f"&Add {Area.word.counted(len(unknown))} to the plan: {named}")
        self.areas.setVisible(bool(unknown))
        self.unlikely.setText(f"Take in {counted(desk.counts.unlikely, 'unlike&ly figure')} too")
        self.unlikely.setVisible(bool(desk.counts.unlikely))
        self.names.setVisible(any(desk.incoming.unknown(kind) for kind in NAME_KINDS))
        self._show_state()
        self._tell_unused()
        if self.import_button.isEnabled() and not (self.areas.hasFocus() or self.unlikely.hasFocus()):
            self.import_button.setFocus()

    def _tell_unused(self) -> None:
        """Name the columns that are not used, where nothing else is said."""
        unused = self.desk.reading.unused()
        if unused and self.notice.text() in ("", READ_ONLY):
            names = ", ".join(f"“{heading}”" for heading in unused)
            self._say(f"{'Column' if len(unused) == 1 else 'Columns'} not used: {names}.")
            self.notice.setForegroundRole(QPalette.ColorRole.WindowText)

    def _show_state(self, *, working: bool = False) -> None:
        """Buttons and fields as they can be used now."""
        desk, busy = self.desk, working or self.desk.busy
        ready = desk.look is not None and not busy
        counts = desk.counts
        lacks = desk.lacks() if ready else ""
        for widget in (self.form, self.columns, self.name):
            widget.setEnabled(not busy)
        self.count_button.setEnabled(ready and not lacks and counts is None)
        if lacks:
            self._say(lacks)
        elif ready and counts is None and self.notice.text() in ("", self._lacked, COUNT):
            self._say(COUNT)
        self._lacked = lacks
        if counts is None:
            self.report.setRowCount(0)
            for part in (self.areas, self.unlikely, self.names):
                part.hide()
            for tick in (self.areas, self.unlikely):
                with QSignalBlocker(tick):
                    tick.setChecked(False)
        final = counts.final if counts else 0
        self.reason_row.setVisible(bool(final))
        self.reason_label.setText(
            f"&Reason to change {final:,} final {'figure' if final == 1 else 'figures'} (without one they stay)"
        )
        self._say_button()
        self.bar.setVisible(busy)
        self.doing.setVisible(busy)
        self.cancel_button.setText("Stop" if busy else "Cancel")

    def _say_button(self) -> None:
        """Say on the button what pressing it will do."""
        counts = self.desk.counts
        several = counts.new + counts.changed if counts else 0
        if counts and self.reason.text().strip():
            several += counts.final
        results = f"&Import {Result.word.counted(several)}"
        self.import_button.setText(results if counts else "&Import")
        can = bool(several) and not self.desk.busy and not self._signals.workspace.read_only
        self.import_button.setEnabled(can)
        self.import_button.setDefault(can)
        self.count_button.setDefault(not can)

    def _moved(self, what: str, done: int, total: int) -> None:
        self.doing.setText(f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,} rows" if done else what)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _refused(self, sentence: str) -> None:
        self._show_state()
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        read_only = self._signals.workspace.read_only
        say(self.notice, sentence, read_only=read_only, plain=sentence in ("", COUNT) and not read_only)
        self.notice.setVisible(bool(self.notice.text()))

    def _let_go(self) -> None:
        self.desk.close()
        self.deleteLater()

    # Laying out

    def _connect(self) -> None:
        desk = self.desk
        desk.looked.connect(self._looked)
        desk.counted.connect(self._counted)
        desk.moved.connect(self._moved)
        desk.refused.connect(self._refused)
        self.choose.clicked.connect(self.choose_file)
        self.sheets.activated.connect(desk.choose_sheet)
        self.headings.activated.connect(lambda _: desk.choose_headings(*self.form.heading_rows()))
        self.form.heading_depth.activated.connect(lambda n: desk.choose_headings(self.form.heading_rows()[0], n + 1))
        self.mappings.activated.connect(lambda _: desk.choose_mapping(self.mappings.currentData()))
        self.columns.chosen.connect(self._column_chosen)
        self.form.changed.connect(self._changed)
        self.form.rows.clicked.connect(self._ask_rows)
        self.areas.toggled.connect(desk.add_areas)
        self.unlikely.toggled.connect(desk.take_unlikely)
        self.names.clicked.connect(self._ask_names)
        self.reason.textChanged.connect(self._say_button)
        self.count_button.clicked.connect(self.count)
        self.import_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        dress(self.report, "What would come in", TITLES, stretch=2)
        self.bar.setAccessibleName("Progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        outline(self.areas, self.unlikely, self.form.sums, self.form.blanks)
        for button in (self.choose, self.names, self.cancel_button):
            button.setAutoDefault(False)
        self.reason_row, self.reason_label = QWidget(self), QLabel(self)
        self.reason_label.setBuddy(self.reason)
        reason = QHBoxLayout(self.reason_row)
        reason.setContentsMargins(0, 0, 0, 0)
        reason.addWidget(self.reason_label)
        reason.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self.columns, 5)
        column.addWidget(self.report, 4)
        asked = QHBoxLayout()
        asked.addWidget(self.areas)
        asked.addWidget(self.unlikely)
        asked.addStretch(1)
        asked.addWidget(self.names)
        column.addLayout(asked)
        column.addWidget(self.reason_row)
        doing = QHBoxLayout()
        doing.addWidget(self.notice, 1)
        doing.addWidget(self.doing)
        doing.addWidget(self.bar)
        column.addLayout(doing)
        column.addLayout(keep_row(self.name, self.count_button, self.import_button, self.cancel_button))
