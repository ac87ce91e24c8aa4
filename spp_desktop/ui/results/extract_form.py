"""What is chosen of an extract besides its columns: where its table is, and what holds of all its rows."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from spp_desktop.edits.extract_names import THE_FORCE
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area
from spp_desktop.returns.column_mapping import AS_TITLED, ColumnMapping
from spp_desktop.returns.extract_reading import tables_of
from spp_desktop.returns.sheet_tables import DEEPEST
from spp_desktop.store import queries
from spp_desktop.ui.common.elided_label import ElidedLabel
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.extract_desk import ExtractDesk
from spp_desktop.ui.results.import_parts import sheet_titles

SHORTEST = 12
"""The letters that a chooser has room for at the least, so that all stand on a small screen at 150%."""
MOST_OF_TITLE = 40
"""Letters of a table's title that stand beside the row of its headings."""
NEW = "(new: choose below)"
BY_COLUMN = "(the column says which)"
CHOOSE = "(choose)"
PERIOD_BY_COLUMN = "(the columns say it)"
TIMES: Sequence[tuple[str, float]] = (
    ("as they stand", 1.0), ("thousands", 1000.0), ("millions", 1e6), ("shares of 1", 100.0),
)  # fmt: skip


class ExtractForm(QWidget):
    """The choices above the columns.

    Signals:
        changed: something that holds of all rows was chosen; ``mapping`` gives it.
    """

    changed = Signal()

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._titled = ""
        self._heading_rows: list[tuple[int, int]] = []
        self.file, self.choose = ElidedLabel(self), QPushButton("&File…", self)
        self.sheets, self.mappings = QComboBox(self), QComboBox(self)
        self.headings, self.heading_depth = QComboBox(self), QComboBox(self)
        self.indicator, self.area = QComboBox(self), QComboBox(self)
        self.state, self.times = QComboBox(self), QComboBox(self)
        self.force, self.population, self.period = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.rows = QPushButton("Ro&ws…", self)
        self.rows.setAutoDefault(False)
        self.sums = QCheckBox("Add rows &together", self)
        self.blanks = QCheckBox("&Blanks as above", self)
        self._areas = [row.title for row in signals.read(queries.register, Area)]
        self._fill()
        self._lay_out()
        for box in (self.indicator, self.area, self.state, self.times):
            box.activated.connect(self.changed)
        for line in (self.force, self.population, self.period):
            line.editingFinished.connect(self.changed)
        for tick in (self.sums, self.blanks):
            tick.toggled.connect(self.changed)

    def mapping(self, chosen: ColumnMapping) -> ColumnMapping:
        """A mapping with what is chosen here."""
        typed = self.period.text().strip()
        return replace(
            chosen,
            indicator=str(self.indicator.currentData()) if self.indicator.isEnabled() else chosen.indicator,
            area=str(self.area.currentData()) if self.area.isEnabled() else chosen.area,
            state=self.state.currentData(),
            times=float(self.times.currentData()),
            force=self.force.text().strip(),
            population=self.population.text().strip(),
            period=chosen.period if typed == self._titled else typed,
            sums=self.sums.isChecked(),
            blanks=self.blanks.isChecked(),
        )

    def heading_rows(self) -> tuple[int, int]:
        """The place of the last row of headings that is chosen, and how many they are."""
        return self._heading_rows[self.headings.currentIndex()]

    def show_file(self, desk: ExtractDesk) -> None:
        """Show what can be chosen of a file, and what is."""
        assert desk.look is not None
        boxes = (self.sheets, self.headings, self.mappings, self.heading_depth)
        blocked = [QSignalBlocker(box) for box in boxes]
        self.sheets.clear()
        self.sheets.addItems(sheet_titles(desk.look.sheets))
        self.sheets.setCurrentIndex(desk.place)
        self.sheets.setEnabled(len(desk.look.sheets) > 1)
        self._show_headings(desk)
        self.mappings.setCurrentIndex(max(0, self.mappings.findData(desk.title)))
        del blocked

    def _show_headings(self, desk: ExtractDesk) -> None:
        """The tables of the sheet by the rows of their headings, then all its rows."""
        table, numbers = desk.reading.table, desk.sheet.numbers
        self.headings.clear()
        tables = {(known.at, known.depth): known for known in tables_of(desk.sheet)}
        listed = {(table.at, table.depth): table} | tables
        for (at, depth), known in listed.items():
            title = known.above[-1] if known.above and len(tables) > 1 else ""
            begins = f"{numbers[at - depth + 1]}\N{EN DASH}" if depth > 1 else ""
            self.headings.addItem(f"{begins}{numbers[at]} {title[:MOST_OF_TITLE]}".strip())
        others = [(at, 1) for at in range(len(numbers)) if (at, 1) not in listed]
        self.headings.addItems([str(numbers[at]) for at, _ in others])
        self._heading_rows = [*listed, *others]
        self.headings.setCurrentIndex(self._heading_rows.index((table.at, table.depth)))
        self.heading_depth.setCurrentIndex(table.depth - 1)

    def show_mapping(self, desk: ExtractDesk) -> None:
        """Show what holds of all rows, as it is chosen."""
        mapping, whole = desk.mapping, desk.reading.whole
        boxes = (self.indicator, self.area, self.state, self.times, self.sums, self.blanks)
        blocked = [QSignalBlocker(box) for box in boxes]
        by_column = mapping.has("indicator", "of indicator")
        self.indicator.setItemText(0, BY_COLUMN if by_column else CHOOSE)
        self.indicator.setCurrentIndex(0 if by_column else max(0, self.indicator.findData(mapping.indicator)))
        self.indicator.setEnabled(not by_column)
        self._show_areas(mapping, whole.area)
        self.state.setCurrentIndex(self.state.findData(mapping.state))
        if self.times.findData(mapping.times) < 0:
            self.times.addItem(f"times {mapping.times:g}", mapping.times)
        self.times.setCurrentIndex(self.times.findData(mapping.times))
        self.force.setText(mapping.force)
        self.force.setEnabled(mapping.has("area", "of area"))
        self.population.setText(mapping.population)
        self._titled = whole.period if mapping.period == AS_TITLED else mapping.period
        self.period.setText(self._titled)
        only = [f"{name} is {' or '.join(texts)}" for name, texts in mapping.only]
        self.rows.setText("Only some ro&ws…" if only else "All ro&ws…")
        self.rows.setToolTip(
            f"Read only rows in which {', and '.join(only)}" if only else "Choose only some of the rows"
        )
        self.sums.setChecked(mapping.sums)
        self.blanks.setChecked(mapping.blanks)
        del blocked

    def _show_areas(self, mapping: ColumnMapping, titled: str) -> None:
        by_column = mapping.has("area", "of area")
        self.area.clear()
        self.area.addItem(BY_COLUMN if by_column else CHOOSE, "")
        if titled:
            self.area.addItem(f"{titled} (as the titles say)", AS_TITLED)
        self.area.addItem("The force", THE_FORCE)
        for title in self._areas:
            self.area.addItem(title, title)
        chosen = "" if by_column else mapping.area
        if chosen and self.area.findData(chosen) < 0:
            self.area.addItem(chosen, chosen)
        self.area.setCurrentIndex(max(0, self.area.findData(chosen)))
        self.area.setEnabled(not by_column)

    def set_kept(self, names: Sequence[str]) -> None:
        """Offer the mappings that are kept."""
        self.mappings.addItem(NEW, "")
        for name in names:
            self.mappings.addItem(name, name)

    def _fill(self) -> None:
        self.indicator.addItem(CHOOSE, "")
        for row in sorted(self._signals.read(queries.register, Indicator), key=lambda row: row.ref):
            self.indicator.addItem(f"{row.ref}  {row.title}", row.ref)
        for state in ("provisional", "final"):
            self.state.addItem(state, state)
        for title, times in TIMES:
            self.times.addItem(title, times)
        for depth in range(1, DEEPEST + 1):
            self.heading_depth.addItem(f"{depth} row{'s' if depth > 1 else ''}")
        self.force.setToolTip("What the force as a whole is called in the column of areas")
        self.population.setPlaceholderText("(its own)")
        self.period.setPlaceholderText(PERIOD_BY_COLUMN)
        self.period.setToolTip("The period of all rows, such as 2008/09 or April 2008; or the year of their months")
        self.sums.setToolTip("Add up several rows of one figure; without a column of results each row counts one")
        self.blanks.setToolTip("A blank cell of an area, indicator or period says the same as the one above it")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.choose, 0, 0)
        grid.addWidget(self.file, 0, 1)
        rows = QWidget(self)
        beside = QHBoxLayout(rows)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.headings, 1)
        beside.addWidget(self.heading_depth)
        self.heading_depth.setAccessibleName("How many rows the headings have")
        fields: tuple[tuple[str, QWidget, QWidget, int, int], ...] = (
            ("&Sheet", self.sheets, self.sheets, 0, 1),
            ("&Headings to row", self.headings, rows, 0, 2),
            ("Columns &as in", self.mappings, self.mappings, 1, 0),
            ("In&dicator", self.indicator, self.indicator, 1, 1),
            ("Ar&ea", self.area, self.area, 1, 2),
            ("&Population", self.population, self.population, 2, 0),
            ("Peri&od", self.period, self.period, 2, 1),
            ("The force is &called", self.force, self.force, 2, 2),
            ("Fi&gures are", self.state, self.state, 3, 0),
            ("in u&nits", self.times, self.times, 3, 1),
        )
        for title, field, widget, row, place in fields:
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title.replace("&", ""))
            grid.addWidget(label, row, 2 * place)
            grid.addWidget(widget, row, 2 * place + 1)
        ticks = QHBoxLayout()
        ticks.addWidget(self.rows)
        ticks.addWidget(self.sums)
        ticks.addWidget(self.blanks)
        grid.addLayout(ticks, 3, 4, 1, 2)
        for place in (1, 3, 5):
            grid.setColumnStretch(place, 1)
        for chooser in (self.sheets, self.mappings, self.indicator, self.area, self.headings):
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(SHORTEST if chooser is not self.headings else 5)
