"""The page of the from-to table: what became of each row at a year's end, or where the plan was replaced in a year."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits.turning import by_hand
from spp_desktop.plan.identity import nearest_year
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.plan.words import Word, capital
from spp_desktop.store import queries
from spp_desktop.store.naming import word_of
from spp_desktop.store.turned import FATES, FromToRow, from_to
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.turning.from_to_columns import KIND, columns, summary
from spp_desktop.ui.turning.from_to_dialog import FromToDialog
from spp_desktop.ui.turning.lineage_pane import LineagePane

KEYS = "Ctrl+J"
"""The key that makes a line, as it links rows elsewhere."""
LISTED = "The from-to table is a record: a line is made by “New line…”, or when a year is rolled over."
EMPTY = (
    "Nothing is said yet of what became of rows.\n\nA line comes from Plan > Roll over, or is made here where the plan "
    "is replaced in the middle of a year."
)
CHOOSE = "Choose a line to see the whole of it."


class FromToPanel(PanelArea):
    """One line: what the row was, what became of it and why, who decided it, and its whole lineage.

    Attributes:
        lineage: what the row came from and what came of it; Enter goes there.
    """

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        page = QWidget()
        self.title, self.text, self.told = (QLabel(wordWrap=True) for _ in range(3))
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.lineage = LineagePane(signals)
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.title, self.text, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        column.addWidget(self.lineage)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setAccessibleName("What became of the row")

    def show_line(self, row: FromToRow | None) -> None:
        """Show a line; for ``None``, that one can be chosen."""
        self.title.setText(
            CHOOSE if row is None else f"{capital(word_of(row.table).called(row.ref))}, {year_name(row.year)}"
        )
        self.text.setText("" if row is None else row.text)
        self.told.setText("" if row is None else _told(row))
        self.lineage.show_row("" if row is None else row.row_key)


class FromToPage(TablePage):
    """All lines of the from-to table, by kind of row, of one year or of all.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, fate:split, year:2008", "Filter the from-to table", "Show the &whole line",
        Word("line", "lines"),
    )  # fmt: skip
    tables = frozenset({"from_to", "link", "priority", "theme", "commitment", "activity", "indicator", "level"})
    panel: FromToPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._all: list[FromToRow] = []
        self.model = TableModel(columns(), summary=summary, parent=self)
        self.model.locked = LISTED
        self.grid = OpeningGrid(self.model, "What became of each row", "line", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("text", "becomes", "reason"))
        self.panel = FromToPanel(signals)
        self.year = QComboBox()
        self.new, self.withdraw = QPushButton("&New line…"), QPushButton("&Take back")
        self.new.setToolTip(f"Say what became of a row where the plan is replaced in the middle of a year ({KEYS})")
        self.new_line = QAction("&New line…", self)
        self.new_line.setShortcut(KEYS)
        self.new_line.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.new_line.triggered.connect(self.make)
        self.addAction(self.new_line)
        self.withdraw.setToolTip("Take the chosen lines away, and the links of what came of their rows")
        name = QLabel("&Left in")
        name.setBuddy(self.year)
        self.build((name, self.year), (self.new, self.withdraw), panel_width=320)
        self.year.activated.connect(self._show)
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.new.clicked.connect(self.make)
        self.withdraw.clicked.connect(self._withdraw)
        self.panel.lineage.went.connect(self.went)
        self.model.arrangement.grouping = KIND
        self.refresh()

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self.new.setDisabled(self.signals.workspace.read_only)
        self.new_line.setDisabled(self.signals.workspace.read_only)
        self._all = self.signals.read(from_to)
        chosen = self.year.currentData()
        self.year.clear()
        self.year.addItem("All years", None)
        for year in sorted({row.year for row in self._all}, reverse=True):
            self.year.addItem(year_name(year), year)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0))
        self._show()

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.new_line, *super().actions()]

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan, year = self.signals.read(queries.plan), self.year.currentData()
        of = "" if year is None else f", {year_name(year)}"
        return f"{plan.title}: from-to table{of}", [plan.illustrative] if plan.illustrative else []

    # What the person does

    def line(self) -> FromToRow | None:
        """The line that the person is in."""
        row = self.current()
        return row if isinstance(row, FromToRow) else None

    def make(self) -> None:
        """Ask what became of a row, and go to the line that was made of it."""
        if self.signals.workspace.read_only:
            return
        plan = self.signals.read(queries.plan)
        year = nearest_year(plan, year_of(plan.today()))
        dialog = FromToDialog(self.signals, year, parent=self)
        dialog.accepted.connect(lambda: self.select(dialog.line))
        dialog.open()

    def _open(self) -> None:
        row = self.line()
        if row is not None and row.became:
            self.went.emit(row.became[0].table, row.became[0].key)
        elif row is not None:
            self.went.emit(row.table, row.row_key)

    def _withdraw(self) -> None:
        chosen = [row for key in self.grid.selected_keys() if (row := self.row(key)) is not None]
        if chosen:
            label = f"take back what became of {self.words.word.counted(len(chosen))}"
            self.edit(label, by_hand.take_back, [row.key for row in chosen])

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The row that a line is about, and what came of it."""
        return (row.row_key, *(other.key for other in row.became))

    def row_selected(self, key: str) -> None:
        """Show another line in the panel."""
        del key
        self.say("")
        self._show_panel()

    def arranged(self) -> None:
        """Say that there is no line yet, or that none matches."""
        none = not self.model.rows
        self.empty_text.setText(EMPTY if none else f"No line holds “{self.filter.text()}”.")
        self.empty_button.setText("New line…" if none else "Clear the filter")
        self.empty_button.setDisabled(none and self.signals.workspace.read_only)
        self._show_panel()

    def begin(self) -> None:
        """Make the first line."""
        self.make()

    # How it is done

    def _show(self) -> None:
        year = self.year.currentData()
        self.model.set_rows([row for row in self._all if year is None or row.year == year])
        if self.line() is None and self.model.rows:
            self.grid.select(self.model.rows[0].key)
        self._show_panel()
        self.summary_changed.emit()

    def _show_panel(self) -> None:
        row = self.line()
        self.panel.show_line(row)
        self.withdraw.setEnabled(row is not None and not self.signals.workspace.read_only)


def _told(row: FromToRow) -> str:
    """What became of a row, in sentences."""
    decided = f"Decided by {row.decided_by}" if row.decided_by else "Decided"
    on = f" on {in_words(row.decided_on)}" if row.decided_on else ""
    done = f"Done on {in_words(row.applied_on)}." if row.applied_on else "It is done when the year is rolled over."
    figures = [
        f"Target of the next year: {row.target}." * bool(row.target),
        f"Baseline: {row.baseline}." * bool(row.baseline),
    ]
    parts = (
        f"{FATES[row.fate].title}.",
        f"{row.reason.rstrip('.')}." * bool(row.reason),
        *figures,
        f"{decided}{on}.",
        done,
    )
    return " ".join(filter(None, parts))
