"""The page of one indicator in all areas: how each stands, and whether they add up to the force's figure."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from spp_desktop.figures.areas import words as area_words
from spp_desktop.figures.areas.table import BASES, AreaTable, Basis, bases
from spp_desktop.figures.charts import ranking_chart
from spp_desktop.plan.identity import day_in, goes_on
from spp_desktop.plan.results import Area
from spp_desktop.plan.shorthand import MEANINGS
from spp_desktop.store import by_area, queries
from spp_desktop.store.by_area import ByArea
from spp_desktop.ui.areas import columns as areas_columns
from spp_desktop.ui.areas.columns import FORCE, TOGETHER, AreaLine
from spp_desktop.ui.areas.panel import AreaPanel
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.performance import judged_columns
from spp_desktop.ui.pictures.menu import ask_and_save_numbers
from spp_desktop.ui.registers.dialog import RegistersDialog

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

COMPARED = "Areas are compared here; results are typed on the Results page."
NO_INDICATORS = "No indicators yet. Areas are compared by an indicator of the performance plan."
NO_AREAS = (
    "No areas yet. Areas are parts of the force that have results of their own, such as districts or command units."
    "\n\nList them under Plan > Lists… > Areas. Then type their results on the Results page, or take in a "
    "file of results."
)
NO_RESULTS = (
    "No area has a result of this indicator yet.\n\nType results on the Results page, with this indicator chosen "
    "there, or take in a file of results; or choose another indicator above."
)
NOTHING_FOUND = "No area matches the filter."
AREAS = "Areas"
"""The title of the list in which the plan keeps its areas."""


class AreasPage(TablePage):
    """One indicator in all areas, beside each other.

    Signals:
        asked: results of the indicator of this key are to be entered.
    """

    asked = Signal(str)
    words = PageTexts(
        "Filter: words, rag:red, direction:worse, variation:concern…",
        "Filter areas",
        "Show the &ranking",
        Area.word,
    )
    tables = frozenset({
        "plan", "indicator", "indicator_group", "target", "result", "area", "area_population", "definition_version",
        "judgement_rule", "override", "rebase", "annotation", "peer_force", "peer_rate",
    })  # fmt: skip
    grid: OpeningGrid
    panel: AreaPanel

    def __init__(self, signals: PlanSignals, year: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._year = year
        self._stale = True
        self._wanted: Basis | None = None
        self._by: ByArea | None = None
        self._table: AreaTable | None = None
        self._illustrative = ""
        self.model = TableModel(areas_columns.columns("count", rated=False), None, areas_columns.summary, parent=self)
        self.model.locked = COMPARED
        self.model.arrangement.grouping = "head"
        self.grid = OpeningGrid(self.model, "Areas", rows=False)
        self.grid.legend = MEANINGS
        self.grid.set_lines(1)
        self.grid.set_deeds()
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.panel = AreaPanel(self._sheets)
        self.indicator, self.basis, self.kind = (QComboBox() for _ in range(3))
        self.save = QPushButton("Save as shee&t…")
        self.remarks = QLabel(wordWrap=True)
        self.build((self._choosers(),), (self.save,), panel_width=380)
        self.under_table.addWidget(self.remarks)
        self._make_actions()
        self._connect_parts()

    def _choosers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.kind_label = QLabel("&Kind")
        for label, chooser, name, letters in (
            (QLabel("&Indicator"), self.indicator, "Which indicator", 28),
            (self.kind_label, self.kind, "Which kind of areas", 8),
            (QLabel("Rank &by"), self.basis, "What areas are ranked by", 17),
        ):
            label.setBuddy(chooser)
            chooser.setAccessibleName(name)
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(letters)
            row.addWidget(label)
            row.addWidget(chooser)
        return row

    def _make_actions(self) -> None:
        self.open_chart, self.save_numbers = QAction("Open the &chart", self), QAction("Save as shee&t…", self)
        self.grid.numbers = self._sheets
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remarks.setAccessibleName("What the areas say together")
        self.save.setToolTip("Save the numbers of this table and of the ranking as a workbook")

    def _connect_parts(self) -> None:
        self.indicator.currentIndexChanged.connect(self._read_indicator)
        self.kind.currentIndexChanged.connect(self._compare)
        self.basis.activated.connect(self._basis_chosen)
        self.grid.opened.connect(self.show_chart)
        self.grid.doubleClicked.connect(self._double_clicked)
        self.panel.chosen.connect(self.grid.select)
        self.panel.opened.connect(self.show_chart)
        self.open_chart.triggered.connect(self.show_chart)
        for deed in (self.save.clicked, self.save_numbers.triggered):
            deed.connect(self.save_as_sheet)

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again, now or when the page is next seen."""
        self._stale = True
        if self.isVisible() and not self.signals.stopped:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what changed while something else was shown."""
        super().showEvent(event)
        if self._stale and not self.signals.stopped:
            self._read()

    def set_year(self, year: int) -> None:
        """Show how areas stood in a year: in one that has passed, at its end."""
        if year != self._year:
            self._year = year
            self.refresh()

    def select(self, key: str) -> bool:
        """Go to an indicator, or to an area of the one shown. Returns whether it is there."""
        if self._stale:
            self._read()
        at = self.indicator.findData(key)
        if at >= 0:
            self.indicator.setCurrentIndex(at)
            return True
        return super().select(key)

    def show_item(self, kind: str, key: str) -> bool:
        """Show the chart of an indicator in an area; ``key`` is both keys with a space between them."""
        del kind
        indicator, area = key.split(" ")
        shown = self.select(indicator) and self.select(area)
        if shown:
            self.show_chart()
        return shown

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [*super().actions(), self.open_chart, self.save_numbers]

    def summary(self) -> str:
        """The number of areas, for the status bar."""
        areas = [line for line in self.model.rows if line.key not in {FORCE, TOGETHER}]
        counted = Area.word.counted(len(areas))
        return ", ".join(filter(None, (counted, judged_columns.counted(areas))))

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        return super().save_state() | {
            "indicator": self.indicator.currentData() or "",
            "basis": self._wanted or "",
            "kind": self.kind.currentText(),
            "page": self.panel.pages.currentIndex(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        if state.get("basis") in BASES:
            self._wanted = state["basis"]
        self._read()
        self.indicator.setCurrentIndex(max(self.indicator.findData(state.get("indicator", "")), 0))
        self.kind.setCurrentIndex(max(self.kind.findText(str(state.get("kind", ""))), 0))
        super().restore_state(state)
        self.panel.pages.setCurrentIndex(int(state.get("page", 0)))

    # What the table page asks

    def arranged(self) -> None:
        """Say why no area is shown."""
        if self.model.rows:
            self.empty_text.setText(NOTHING_FOUND)
            self.empty_button.setText("Clear the filter")
        else:
            listed = bool(self.signals.read(queries.register, Area))
            none = NO_RESULTS if listed else NO_AREAS
            self.empty_text.setText(none if self._by is not None else NO_INDICATORS)
            offered = "Enter results" if listed else "List the areas…"
            self.empty_button.setText(offered if self._by is not None else "Add indicators first")
        self.panel.setVisible(bool(self.model.rows) and self.show_panel.isChecked())

    def begin(self) -> None:
        """Enter results, or list the areas that they will be of."""
        if self._by is None:
            self.page_wanted.emit("performance")
        elif self.signals.read(queries.register, Area):
            self.asked.emit(self.indicator.currentData() or "")
            return
        dialog = RegistersDialog(self.signals, self.window())
        dialog.show_list(AREAS)
        dialog.exec()

    def row_keys(self) -> Sequence[str]:
        """The area of the line, or else the indicator that is compared."""
        return tuple(filter(None, (*super().row_keys(), self.indicator.currentData())))

    def stands_for(self, row: Any) -> Collection[str]:
        """An area is nobody's."""
        del row
        return ()

    def row_selected(self, key: str) -> None:
        """Say in the panel how another area stands."""
        line: AreaLine | None = self.row(key)
        if line is None or self._table is None:
            self.panel.show_area("", "", None)
        else:
            together = area_words.together_words(self._table)
            self.panel.show_area(line.key, line.area, line.judged, together)

    # What the person does

    def show_chart(self) -> None:
        """Show the chart of the current area; moving in the table then goes from chart to chart."""
        if self.current() is not None:
            self.show_panel.setChecked(True)
            self.panel.show_chart()

    def save_as_sheet(self) -> None:
        """Save the numbers of the table and of the ranking."""
        if self._table is not None and self._table.rows:
            ask_and_save_numbers(self, self._title(), self._sheets())

    # How it is done

    def _read(self) -> None:
        """Read the indicators, those with results of areas first, and then the chosen one."""
        self._stale = False
        self._illustrative = self.signals.read(queries.plan).illustrative
        measured = self.signals.read(by_area.measured_in_areas)
        known = self.signals.read(queries.indicators)
        going_on = [row for row in known if self._year is None or goes_on(row.last_year, self._year)]
        rows = sorted(going_on, key=lambda row: row.key not in measured)
        chosen = self.indicator.currentData()
        self.indicator.blockSignals(True)
        self.indicator.clear()
        for row in rows:
            if row.key not in measured and 0 < len(measured) == self.indicator.count():
                self.indicator.insertSeparator(len(measured))
            self.indicator.addItem(f"{row.ref}  {row.title}", row.key)
        self.indicator.setCurrentIndex(max(self.indicator.findData(chosen or ""), 0))
        self.indicator.blockSignals(False)
        self._read_indicator()

    def _read_indicator(self) -> None:
        """Read the chosen indicator in all areas. It is judged once, however it is then ranked."""
        key, plan = self.indicator.currentData(), self.signals.read(queries.plan)
        day = plan.today() if self._year is None else day_in(plan, self._year)
        self._by = self.signals.read(by_area.by_area, day, key) if key else None
        kinds = self._by.kinds_with_results() if self._by else []
        kind = self.kind.currentText()
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItems(kinds)
        self.kind.setCurrentIndex(max(self.kind.findText(kind), 0))
        self.kind.blockSignals(False)
        for part in (self.kind, self.kind_label):
            part.setVisible(len(kinds) > 1)
        self._fill_bases()
        self._compare()

    def _fill_bases(self) -> None:
        """Offer what these areas can be ranked by. The person's choice stays while it is possible."""
        offered = bases(self._by.force, self._by.populations) if self._by else []
        self.basis.clear()
        for basis in offered:
            self.basis.addItem(basis.capitalize(), basis)
            self.basis.setItemData(self.basis.count() - 1, f"By {BASES[basis]}", Qt.ItemDataRole.ToolTipRole)
        self.basis.setCurrentIndex(max(self.basis.findData(self._wanted), 0))
        self.basis.setEnabled(bool(self._by and self._by.areas))

    def _basis_chosen(self) -> None:
        self._wanted = self.basis.currentData()
        self._compare()

    def _compare(self) -> None:
        """Compare the areas, and show the lines."""
        by, current = self._by, self.current()
        self._table = by.table(self.basis.currentData(), self.kind.currentText()) if by else None
        if by is None or self._table is None:
            rows: list[AreaLine] = []
        else:
            rows = areas_columns.lines(self._table, self.kind.currentText(), by.indicator.targets)
            self.panel.show_ranking(ranking_chart.ranking_chart(self._table, self._illustrative), self._illustrative)
        self._set_rows(rows)
        self.remarks.setText(" ".join(area_words.beneath(self._table)) if rows and self._table else "")
        self.remarks.setVisible(bool(rows))
        for deed in (self.save, self.save_numbers, self.open_chart):
            deed.setEnabled(bool(rows))
        if rows and (self.current() is None or current is None):
            self.grid.select(rows[0].key)
        self.grid.scrollTo(self.grid.currentIndex())
        self.row_selected(self.current().key if self.current() else "")
        self.summary_changed.emit()

    def _set_rows(self, rows: list[AreaLine]) -> None:
        """Show these lines, in the columns for the indicator's measure."""
        if self._by is None:
            self.model.set_rows(rows)
            return
        rated = any(self._by.populations)
        columns = areas_columns.columns(self._by.indicator.measure, rated=rated)
        if [column.title for column in columns] == [column.title for column in self.model.columns]:
            self.model.set_rows(rows)
        else:
            self.model.set_columns(columns, rows)
            self.grid.header.reset_columns()

    def _sheets(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        table = self._table
        if table is None:
            return []
        chart = ranking_chart.ranking_chart(table, self._illustrative)
        return [
            PlainSheet(chart.title, chart.notes, area_words.rows(table)),
            PlainSheet(f"Ranking: {chart.title}", [chart.by], ranking_chart.numbers(chart)),
        ]

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        if self._table is None:
            return super().titled()
        chart = ranking_chart.ranking_chart(self._table, self._illustrative)
        return chart.title, chart.notes

    def _title(self) -> str:
        return f"{self._by.indicator.ref} by area" if self._by else "Areas"

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.model.row_at(index) is not None:
            self.show_chart()
