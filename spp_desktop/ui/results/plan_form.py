"""What is chosen of a plan's table besides its columns: where it is, of which year it is, what its rows stand under."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import Priority
from spp_desktop.returns.plan_tables.columns import AS_TITLED, PlanColumns
from spp_desktop.returns.plan_tables.reading import PlanReading
from spp_desktop.returns.sheet_tables import DEEPEST
from spp_desktop.store import queries
from spp_desktop.ui.common.elided_label import ElidedLabel
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.import_parts import sheet_titles

AS_ROWS, AS_HEADED = "(as the rows say)", "(what heads each table)"
NEW = "(new: choose below)"
_ROWS_OFFERED, _SHORTEST = 60, 10


class PlanTableForm(QWidget):
    """The choices above the columns.

    Signals:
        changed: something that holds of all rows was chosen.
    """

    changed = Signal()

    def __init__(self, signals: PlanSignals, year: int, kept: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = ElidedLabel(self)
        self.choose, self.paste = QPushButton("&File…", self), QPushButton("&Paste", self)
        self.sheets, self.headings, self.heading_depth = QComboBox(self), QComboBox(self), QComboBox(self)
        self.mappings, self.years, self.under = QComboBox(self), QComboBox(self), QComboBox(self)
        self.together = QCheckBox("All &tables alike", self)
        self.together.setToolTip("Read all tables of the file that have these columns, one after the other")
        self.under.setEditable(True)
        self._year_chosen = False
        self._fill(signals, year, kept)
        self._lay_out()
        self.years.activated.connect(self._choose_year)
        self.under.activated.connect(self.changed)
        line = self.under.lineEdit()
        assert line is not None
        line.editingFinished.connect(self.changed)
        self.together.toggled.connect(self.changed)

    @property
    def year(self) -> int:
        """The year of the activities, by its first calendar year."""
        return int(self.years.currentData())

    @property
    def offered_years(self) -> list[int]:
        """The years of the plan, by their first calendar years."""
        return [int(self.years.itemData(n)) for n in range(self.years.count())]

    def propose_year(self, year: int | None) -> None:
        """Show the year that a table's days say, until a person has chosen one."""
        if year is not None and not self._year_chosen:
            self.years.setCurrentIndex(self.years.findData(year))

    def _choose_year(self) -> None:
        self._year_chosen = True
        self.changed.emit()

    def columns(self, chosen: PlanColumns) -> PlanColumns:
        """A choice of columns with what is chosen here."""
        text = self.under.currentText().strip()
        under = {AS_ROWS: "", AS_HEADED: AS_TITLED}.get(text, text)
        return replace(chosen, under=under, together=self.together.isChecked())

    def show_reading(self, reading: PlanReading) -> None:
        """Show what can be chosen of a file, and what is."""
        boxes = (self.sheets, self.headings, self.heading_depth, self.mappings, self.under, self.together)
        blocked = [QSignalBlocker(box) for box in boxes]
        sheets = reading.look.sheets
        self.sheets.clear()
        self.sheets.addItems(sheet_titles(sheets))
        self.sheets.setCurrentIndex(sheets.index(reading.sheet))
        self.sheets.setEnabled(len(sheets) > 1)
        self.headings.clear()
        self.headings.addItems(
            [str(number) for number in reading.sheet.numbers[: max(_ROWS_OFFERED, reading.table.at + 1)]]
        )
        self.headings.setCurrentIndex(reading.table.at)
        self.heading_depth.setCurrentIndex(reading.table.depth - 1)
        self.mappings.setCurrentIndex(max(0, self.mappings.findData(reading.title)))
        under = reading.columns.under
        self.under.setCurrentText({"": AS_ROWS, AS_TITLED: AS_HEADED}.get(under, under))
        self.together.setChecked(reading.columns.together)
        self.together.setEnabled(len(sheets) > 1)
        del blocked

    def _fill(self, signals: PlanSignals, year: int, kept: Sequence[str]) -> None:
        for own in years_kept(signals.read(queries.plan)):
            self.years.addItem(year_name(own), own)
        self.years.setCurrentIndex(max(0, self.years.findData(year)))
        self.mappings.addItem(NEW, "")
        for name in kept:
            self.mappings.addItem(name, name)
        self.under.addItems([AS_ROWS, AS_HEADED, *(row.title for row in signals.read(queries.register, Priority))])
        for depth in range(1, DEEPEST + 1):
            self.heading_depth.addItem(f"{depth} row{'s' if depth > 1 else ''}")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        fields: tuple[tuple[str, QComboBox, int, int], ...] = (
            ("&Sheet", self.sheets, 0, 3),
            ("&Headings to row", self.headings, 0, 5),
            ("Columns &as in", self.mappings, 1, 0),
            ("&Year", self.years, 1, 3),
            ("Rows stand &under", self.under, 1, 5),
        )
        grid.addWidget(self.choose, 0, 0)
        grid.addWidget(self.paste, 0, 1)
        grid.addWidget(self.file, 0, 2)
        for title, box, row, place in fields:
            label = QLabel(title)
            label.setBuddy(box)
            box.setAccessibleName(title.replace("&", ""))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_SHORTEST if box is not self.headings else 4)
            grid.addWidget(label, row, place)
            grid.addWidget(box, row, place + 1, 1, 2 if place == 0 else 1)
        self.heading_depth.setAccessibleName("How many rows the headings have")
        grid.addWidget(self.heading_depth, 0, 7)
        grid.addWidget(self.together, 1, 7)
        for place in (2, 4, 6):
            grid.setColumnStretch(place, 1)
        for button in (self.choose, self.paste):
            button.setAutoDefault(False)
