"""Import results…: somebody's extract, which column is what, what would come in, and then all of it in one step."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import import_report
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, Result
from spp_desktop.store import queries
from spp_desktop.ui.common.files import EXTRACTS, ask_open
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.column_choices import ROWS_SHOWN, ColumnChoices
from spp_desktop.ui.results.extract_desk import ExtractDesk

WIDTH, HEIGHT, MARGIN = 1180, 660, 40
SHORTEST = 15
"""The letters that a chooser has room for at the least, so that all stand on a small screen at 150%."""
TITLES = ("What", "Number", "Where, and why")
NEW = "(new: choose below)"
BY_COLUMN = "(the column says which)"
READ_ONLY = "This plan is open for reading only: you can see what would come in, and nothing can be taken in."
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
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH, room.width() - MARGIN), min(HEIGHT, room.height() - MARGIN))
        self.file = QLabel(self)
        self.choose = QPushButton("&File…", self)
        self.sheets, self.mappings = QComboBox(self), QComboBox(self)
        self.headings = QComboBox(self)
        self.indicator, self.state = QComboBox(self), QComboBox(self)
        self.force, self.population = QLineEdit(self), QLineEdit(self)
        self.columns = ColumnChoices(self)
        self.report = QTableWidget(0, len(TITLES), self)
        self.areas = QCheckBox(self)
        self.reason = QLineEdit(self)
        self.name = QLineEdit(self)
        self.notice = QLabel(self, wordWrap=True)
        self.doing, self.bar = QLabel(self), QProgressBar(self)
        self.count_button, self.import_button = QPushButton("Co&unt", self), QPushButton("&Import", self)
        self.cancel_button = QPushButton("Cancel", self)
        self._fill()
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
        """Something else was chosen: what was counted says nothing any more."""
        mapping = replace(
            self.columns.mapping(),
            indicator=str(self.indicator.currentData() if self.indicator.isEnabled() else self.desk.mapping.indicator),
            state=self.state.currentData(),
            force=self.force.text().strip(),
            population=self.population.text().strip(),
        )
        if mapping != self.desk.mapping:
            self.desk.change(mapping)
            self.columns.show_mapping(mapping)
            self._show_fields()
            self._show_state()

    def _looked(self) -> None:
        """Show what a file holds, and count at once where its columns are known."""
        desk = self.desk
        assert desk.look is not None
        with QSignalBlocker(self.sheets), QSignalBlocker(self.headings), QSignalBlocker(self.mappings):
            self.sheets.clear()
            self.sheets.addItems([sheet.title or "(the only one)" for sheet in desk.look.sheets])
            self.sheets.setCurrentIndex(desk.place)
            self.sheets.setEnabled(len(desk.look.sheets) > 1)
            self.headings.clear()
            self.headings.addItems([str(number) for number in desk.sheet.numbers])
            self.headings.setCurrentIndex(desk.at)
            self.mappings.setCurrentIndex(max(0, self.mappings.findData(desk.title)))
        self.name.setText(desk.title)
        self._say(" ".join(desk.look.notices))
        self._show_columns()
        self._show_state()
        if desk.title and not desk.lacks():
            self.count()
        elif self.columns.choices:
            self.columns.choices[0].setFocus()

    # What is shown

    def _show_columns(self) -> None:
        desk = self.desk
        below = slice(desk.at, desk.at + 1 + ROWS_SHOWN)
        self.columns.show_rows(desk.mapping, desk.headings, desk.sheet.rows[below], desk.sheet.numbers[below])
        self._show_fields()

    def _show_fields(self) -> None:
        """What holds of all rows, as it is chosen."""
        desk = self.desk
        by_column = desk.mapping.has("indicator")
        with QSignalBlocker(self.indicator), QSignalBlocker(self.state):
            self.indicator.setItemText(0, BY_COLUMN if by_column else "(choose)")
            self.indicator.setCurrentIndex(0 if by_column else max(0, self.indicator.findData(desk.mapping.indicator)))
            self.state.setCurrentIndex(self.state.findData(desk.mapping.state))
        self.indicator.setEnabled(not by_column)
        self.force.setText(desk.mapping.force)
        self.force.setEnabled(desk.mapping.has("area"))
        self.population.setText(desk.mapping.population)

    def _counted(self) -> None:
        desk = self.desk
        assert desk.incoming is not None
        assert desk.counts is not None
        lines = import_report.lines(desk.incoming, desk.counts)
        self.report.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate((line.what, f"{line.number:,}", line.where)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if line.asks and column == 0:
                    item.setForeground(self.palette().color(QPalette.ColorRole.BrightText))
                self.report.setItem(row, column, item)
        unknown = import_report.to_add(desk.incoming)
        named = ", ".join(unknown[:MOST_AREAS_NAMED]) + (" and others" if len(unknown) > MOST_AREAS_NAMED else "")
        self.areas.setText(f"&Add {Area.word.counted(len(unknown))} to the plan: {named}")
        self.areas.setVisible(bool(unknown))
        self._show_state()
        if self.import_button.isEnabled() and not self.areas.hasFocus():
            self.import_button.setFocus()

    def _show_state(self, *, working: bool = False) -> None:
        """Buttons and fields as they can be used now."""
        desk, busy = self.desk, working or self.desk.busy
        ready = desk.look is not None and not busy
        counts = desk.counts
        lacks = desk.lacks() if ready else ""
        for widget in (self.asking, self.columns, self.choose, self.name):
            widget.setEnabled(not busy)
        self.count_button.setEnabled(ready and not lacks and counts is None)
        if lacks:
            self._say(lacks)
        elif ready and counts is None and self.notice.text() in ("", self._lacked, COUNT):
            self._say(COUNT)
        self._lacked = lacks
        if counts is None:
            self.report.setRowCount(0)
            self.areas.hide()
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
        said = " ".join(filter(None, (sentence, READ_ONLY if self._signals.workspace.read_only else "")))
        plain = said in ("", COUNT)
        self.notice.setForegroundRole(QPalette.ColorRole.WindowText if plain else QPalette.ColorRole.BrightText)
        self.notice.setText(said)
        self.notice.setVisible(bool(said))

    def _let_go(self) -> None:
        self.desk.close()
        self.deleteLater()

    # Laying out

    def _fill(self) -> None:
        self.mappings.addItem(NEW, "")
        for title in self.desk.kept:
            self.mappings.addItem(title, title)
        self.indicator.addItem("(choose)", "")
        for one in sorted(self._signals.read(queries.register, Indicator), key=lambda row: row.ref):
            self.indicator.addItem(f"{one.ref}  {one.title}", one.ref)
        self.state.addItem("provisional", "provisional")
        self.state.addItem("final", "final")
        self.force.setToolTip("What the force as a whole is called in the column of areas")
        self.population.setPlaceholderText("(its own)")
        self.name.setPlaceholderText("such as Corporate performance extract")

    def _connect(self) -> None:
        desk = self.desk
        desk.looked.connect(self._looked)
        desk.counted.connect(self._counted)
        desk.moved.connect(self._moved)
        desk.refused.connect(self._refused)
        self.choose.clicked.connect(self.choose_file)
        self.sheets.activated.connect(desk.choose_sheet)
        self.headings.activated.connect(desk.choose_headings)
        self.mappings.activated.connect(lambda _: desk.choose_mapping(self.mappings.currentData()))
        self.columns.chosen.connect(self._changed)
        self.indicator.activated.connect(self._changed)
        self.state.activated.connect(self._changed)
        self.force.editingFinished.connect(self._changed)
        self.population.editingFinished.connect(self._changed)
        self.areas.toggled.connect(desk.add_areas)
        self.reason.textChanged.connect(self._say_button)
        self.count_button.clicked.connect(self.count)
        self.import_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        dress(self.report, "What would come in", TITLES, stretch=2)
        self.bar.setAccessibleName("Progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        palette = self.areas.palette()  # the outline of a tick box is drawn from the window's colour, too dark on dark
        palette.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.Dark))
        self.areas.setPalette(palette)
        for button in (self.choose, self.cancel_button):
            button.setAutoDefault(False)
        self.asking = self._question()
        self.reason_row, self.reason_label = QWidget(self), QLabel(self)
        self.reason_label.setBuddy(self.reason)
        reason = QHBoxLayout(self.reason_row)
        reason.setContentsMargins(0, 0, 0, 0)
        reason.addWidget(self.reason_label)
        reason.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.asking)
        column.addWidget(self.columns, 5)
        column.addWidget(self.report, 4)
        column.addWidget(self.areas)
        column.addWidget(self.reason_row)
        doing = QHBoxLayout()
        doing.addWidget(self.notice, 1)
        doing.addWidget(self.doing)
        doing.addWidget(self.bar)
        column.addLayout(doing)
        column.addLayout(self._below())

    def _question(self) -> QWidget:
        part = QWidget(self)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.addWidget(self.choose, 0, 0)
        grid.addWidget(self.file, 0, 1)
        fields: tuple[tuple[str, QWidget, int, int], ...] = (
            ("&Sheet", self.sheets, 0, 1), ("&Headings in row", self.headings, 0, 2),
            ("Columns &as in", self.mappings, 1, 0), ("In&dicator", self.indicator, 1, 1),
            ("The f&orce is called", self.force, 1, 2), ("&Population", self.population, 2, 0),
            ("Fi&gures are", self.state, 2, 1),
        )  # fmt: skip
        for said, field, row, place in fields:
            label = QLabel(said)
            label.setBuddy(field)
            field.setAccessibleName(said.replace("&", ""))
            grid.addWidget(label, row, 2 * place)
            grid.addWidget(field, row, 2 * place + 1)
        for place in (1, 3, 5):
            grid.setColumnStretch(place, 1)
        for chooser in (self.sheets, self.mappings, self.indicator):
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(SHORTEST)
        return part

    def _below(self) -> QHBoxLayout:
        label = QLabel("&Keep these columns as")
        label.setBuddy(self.name)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.count_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.ActionRole)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.name, 1)
        row.addStretch(1)
        row.addWidget(buttons)
        return row
