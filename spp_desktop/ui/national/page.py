"""The page of national priorities: a matrix of them and of agreements against the plan."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from spp_desktop.edits import national as national_edits
from spp_desktop.edits.national import ServingCell
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import Word, counted, listed
from spp_desktop.store import national, queries
from spp_desktop.store.asked import ITEM
from spp_desktop.store.national import Against, MatrixRow, NationalMatrix
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.national.columns import SERVES, columns, head
from spp_desktop.ui.thread.pane import LinksPane

EMPTY = (
    "This plan has no national priorities or agreements to be held against.\n\n"
    "Write them in Plan > Lists…: a framework says of which kind it is, its items what it asks for."
)
NO_FRAMEWORK = "All national priorities and agreements"
AGAINST: Sequence[tuple[str, Against, str]] = (
    ("Our priorities", "priorities", "priority"), ("Our indicators and targets", "indicators", "indicator"),
)  # fmt: skip
"""What the items are held against: its words, its name, and the table of the rows."""


class MatrixGrid(GridView):
    """A table in which Space puts and takes the mark of the cell that the person is in."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put or take the mark by Space."""
        column = self.currentIndex().column()
        marks = column >= 0 and self.table.columns[column].field.startswith(SERVES)
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and marks and self.current() is not None:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class MatrixPanel(QWidget):
    """An item whole: its words and target, where they were read, and all that is linked to it."""

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self.heading, self.text, self.source = words(bold=True), words(), words()
        self.links = LinksPane(signals)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.heading, self.text, self.source):
            column.addWidget(label)
        column.addWidget(self.links, 1)
        column.addStretch(0)

    def show_item(self, row: MatrixRow | None) -> None:
        """Show an item; for ``None``, that one can be chosen."""
        self.heading.setText(f"{row.framework}, {row.code}" if row else "Choose an item to see what serves it.")
        target = f"\nTarget: {row.target}" if row and row.target else ""
        self.text.setText(f"{row.title}{target}" if row else "")
        doubt = f"{row.doubt[:1].upper()}{row.doubt[1:]}" if row else ""
        self.source.setText(f"{doubt}. Source: {row.source or 'none is named'}" if row else "")
        self.links.setVisible(row is not None)
        self.links.show_row(ITEM if row else "", row.key if row else "")


class NationalPage(TablePage):
    """National priorities and agreements, one a line, against the plan's priorities or indicators across.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, gap:nothing, evidence:unverified…", "Filter national priorities", "Show the whole &item",
        Word("item", "items"),
    )  # fmt: skip
    tables = national.TABLES
    panel: MatrixPanel
    grid: MatrixGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.matrix = NationalMatrix((), ())
        self.against, self.framework = QComboBox(), QComboBox()
        for title, name, _ in AGAINST:
            self.against.addItem(in_words_of_plan(title), name)
        self.model = TableModel(columns(signals.read(national.matrix).columns), self._commit, head, self)
        self.model.arrangement.grouping = "framework"
        self.grid = MatrixGrid(self.model, "National priorities against the plan", "item", rows=False)
        self.grid.set_lines(2)
        self.panel = MatrixPanel(signals)
        self.columns_key, self.gaps = QLabel(wordWrap=True), QLabel(wordWrap=True)
        by, of = QLabel("A&gainst"), QLabel("&Of")
        by.setBuddy(self.against)
        of.setBuddy(self.framework)
        self.build((by, self.against, of, self.framework), (), panel_width=320)
        for label in (self.gaps, self.columns_key):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.under_table.addWidget(label)
        self.columns_key.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.gaps.setAccessibleName("Gaps")
        self.columns_key.setAccessibleName("What heads the columns")
        self.against.activated.connect(self.refresh)
        self.framework.activated.connect(self.refresh)
        self.grid.toggled.connect(self._toggle)
        self.panel.links.went.connect(self.went)
        self.panel.links.refused.connect(self.say)
        self.refresh()

    # What the window asks

    def refresh(self) -> None:
        """Read again what serves what."""
        self.lock()
        self._offer_frameworks()
        self.matrix = self.signals.read(national.matrix, self.against.currentData(), self.framework.currentData())
        made = columns(self.matrix.columns)
        rows = list(self.matrix.rows)
        if [column.field for column in made] != [column.field for column in self.model.columns]:
            self.model.set_columns(made, rows)
            self.grid.header.reset_columns()
            self.model.group_by("framework")
        else:
            self.model.set_rows(rows)
        if self.item() is None and rows:
            self.grid.select(rows[0].key)
        self._tell_gaps()
        self.panel.show_item(self.item())

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        notes = (plan.illustrative, self.gaps.text(), self.columns_key.text())
        return f"{plan.title}: national priorities", [note for note in notes if note]

    def item(self) -> MatrixRow | None:
        """The item that the person is in."""
        row = self.current()
        return row if isinstance(row, MatrixRow) else None

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The rows of the plan that serve an item."""
        return frozenset(row.served_by)

    def row_selected(self, key: str) -> None:
        """Show another item in the panel."""
        del key
        self.say("")
        self.panel.show_item(self.item())

    def arranged(self) -> None:
        """Say why no item is shown."""
        nothing = not self.model.rows
        self.empty_text.setText(EMPTY if nothing else f"No item holds “{self.filter.text()}”.")
        self.empty_button.setText("Clear the filter")
        self.empty_button.setVisible(not nothing)

    def begin(self) -> None:
        """Nothing is begun here: frameworks are written in the plan's lists."""

    # What the person does

    def _toggle(self) -> None:
        """Put the mark of the cell that the person is in, or take it."""
        row, field = self.item(), self.model.columns[self.grid.currentIndex().column()].field
        if row is not None and not self.model.locked:
            self._commit([(row.key, field, field.removeprefix(SERVES) not in row.served_by)])

    def _commit(self, cells: list[CellChange]) -> None:
        """Link and part what was marked and unmarked, as one step."""
        changed = [ServingCell(key, field.removeprefix(SERVES), bool(value)) for key, field, value in cells]
        codes = {row.key: row.code for row in self.matrix.rows}
        named = listed(dict.fromkeys(codes[cell.item] for cell in changed))
        table = AGAINST[self.against.currentIndex()][2]
        what = f"say what serves {named if len(changed) < _MOST_NAMED else counted(len(changed), 'item')}"
        self.signals.edit(what, national_edits.set_serving, table, changed)

    def _offer_frameworks(self) -> None:
        """Offer the plan's frameworks, leaving chosen what is."""
        known = [(NO_FRAMEWORK, ""), *((title, key) for key, title in self.signals.read(national.frameworks))]
        if known != [(self.framework.itemText(n), self.framework.itemData(n)) for n in range(self.framework.count())]:
            chosen = self.framework.currentData()
            self.framework.clear()
            for title, key in known:
                self.framework.addItem(title, key)
            self.framework.setCurrentIndex(max(self.framework.findData(chosen), 0))

    def _tell_gaps(self) -> None:
        """Say in words what the empty lines and columns are, and what heads the columns."""
        unserved = listed(row.code for row in self.matrix.unserved)
        for_none = listed(column.ref for column in self.matrix.for_none)
        told = [
            f"Nothing of the plan serves {unserved}." if unserved else "",
            f"{for_none} serve{'s' if len(self.matrix.for_none) == 1 else ''} none of these." if for_none else "",
        ]
        self.gaps.setText(" ".join(filter(None, told)) if self.matrix.rows else "")
        by_priority = self.against.currentData() == "priorities"
        key = "   ".join(f"{column.ref} {column.title}" for column in self.matrix.columns) if by_priority else ""
        self.columns_key.setText(key if self.matrix.rows else "")
        for label in (self.gaps, self.columns_key):
            label.setVisible(bool(label.text()))


_MOST_NAMED = 4
"""From so many cells on, a step is called by their number."""
