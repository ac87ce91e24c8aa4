"""The list behind a number of the overview: its rows, and how the one that is chosen came to what it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Day
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import Word
from spp_desktop.store import queries
from spp_desktop.store.overview.tallies import RowBehind, RowsBehind
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.priorities.row_lists import RowHistory

COUNTED = "These rows are counted, not typed: open one (Enter) to change it."
NONE = "Nothing is counted here."
BACK = "Alt+Left"
HISTORY = frozenset({"step", "finding", "round", "issue"})
"""Kinds of rows that have no history of their own."""


@dataclass(frozen=True)
class ListedRow:
    """A line: a row behind a number."""

    behind: RowBehind

    @property
    def key(self) -> str:
        """By which it is found again."""
        return f"{self.behind.kind} {self.behind.key}"


class RowPanel(QWidget):
    """A row whole: what it says, why it is counted, and what was done to it, the newest first."""

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self.heading, self.about, self.words, self.told = (QLabel(wordWrap=True) for _ in range(4))
        for label in (self.heading, self.about, self.words, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = self.heading.font()
        bold.setBold(True)
        self.heading.setFont(bold)
        self.told.setFont(bold)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.told.setText("How it came to this")
        self.history = RowHistory(signals)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for widget in (self.heading, self.about, self.words, self.told):
            column.addWidget(widget)
        column.addWidget(self.history, 1)
        column.addStretch(0)

    def show_row(self, row: RowBehind | None) -> None:
        """Show a row; for ``None``, that one can be chosen."""
        self.heading.setText(f"{row.ref} {row.text}".strip() if row else "Choose a row to see how it came to this.")
        day = short_day(row.day) if row is not None and row.day is not None else ""
        self.about.setText(" · ".join(filter(None, (row.owner, row.state, day))) if row else "")
        self.words.setText(row.words[:1].upper() + row.words[1:] if row else "")
        for label in (self.about, self.words):
            label.setVisible(bool(label.text()))
        has_history = row is not None and row.kind not in HISTORY
        self.told.setVisible(has_history)
        self.history.setVisible(has_history)
        if row is not None and has_history:
            self.history.show_row(row.key)


class RowsPage(TablePage):
    """The rows behind a number.

    Signals:
        left: the person goes back to the numbers.
        opened: the ``RowBehind`` that the person wants to see on its own page.
    """

    left = Signal()
    opened = Signal(object)
    words = PageTexts(
        "Filter: words, owner:crime", "Filter the rows behind the number", "Show how it &came to this",
        Word("row", "rows"),
    )  # fmt: skip
    tables = frozenset()
    panel: RowPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.title = QLabel()
        self.model = TableModel(_columns(), parent=self)
        self.model.locked = COUNTED
        self.grid = OpeningGrid(self.model, "Rows behind the number", "row", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("text", "words"))
        self.panel = RowPanel(signals)
        self.back, self.open_row = QPushButton("&Back to the numbers"), QPushButton("&Open")
        self.back.setToolTip("Back to the number that was opened (Escape)")
        self.open_row.setToolTip("Show it on its own page (Enter)")
        self.build((), (self.open_row,), panel_width=400)
        self._lay_out()
        self.go_back = QAction("Back to the &numbers", self, shortcut=QKeySequence(BACK))
        self.go_back.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.go_back)
        self.go_back.triggered.connect(self.left)
        self.back.clicked.connect(self.left)
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.open_row.clicked.connect(self._open)

    def _lay_out(self) -> None:
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.back)
        above.addWidget(self.title, 1)
        self.page.insertLayout(0, above)
        self.page.setContentsMargins(0, 0, 0, 0)

    # What is shown

    def show_rows(self, title: str, rows: RowsBehind, note: str = "") -> None:
        """Show the rows behind another number.

        Args:
            title: what the number counts.
            rows: the rows.
            note: what must be known of it.
        """
        self.title.setText(f"{title} ({len(rows):,})")
        self.title.setToolTip(note)
        self.model.set_rows([ListedRow(row) for row in rows])
        for field in ("ref", "owner", "state", "day", "words"):
            column = self.model.column_of(field)
            self.grid.setColumnHidden(column, not any(self.model.columns[column].show(row) for row in self.model.rows))
        self.panel.show_row(self.row_in())

    def refresh(self) -> None:
        """What is shown is given: nothing is read here."""

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        return self.title.text(), [note for note in (plan.title, self.title.toolTip(), plan.illustrative) if note]

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.go_back, *super().actions()]

    def row_in(self) -> RowBehind | None:
        """The row that the person is in."""
        row = self.current()
        return row.behind if isinstance(row, ListedRow) else None

    # What the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        row = self.row_in()
        if row is not None:
            self.opened.emit(row)

    def _plan_changed(self, changed: Changed) -> None:
        """The overview reads again what is shown here."""

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The rows of the plan that a line is about."""
        return tuple(row.behind.stands_for)

    def row_selected(self, key: str) -> None:
        """Show another row in the panel."""
        del key
        self.panel.show_row(self.row_in())

    def arranged(self) -> None:
        """Say that nothing is counted, or that no row matches."""
        filtered = bool(self.model.rows)
        self.empty_text.setText(f"No row holds “{self.filter.text()}”." if filtered else NONE)
        self.empty_button.setText("Clear the filter" if filtered else "Back to the numbers")
        self.panel.show_row(self.row_in())

    def begin(self) -> None:
        """Go back to the numbers."""
        self.left.emit()


def _columns() -> list[GridColumn]:
    day = Day()
    return [
        GridColumn("ref", "Ref", 84, value=lambda r: r.behind.ref),
        GridColumn("text", "What", 320, value=lambda r: " ".join(r.behind.text.split())),
        GridColumn("owner", "Owner", 140, value=lambda r: r.behind.owner, about="Who answers for it, the lead first"),
        GridColumn("state", "How it stands", 112, value=lambda r: r.behind.state, name="state"),
        GridColumn("day", "Day", 92, day, align="right", value=lambda r: r.behind.day,
                   about="When it is due, or when something happened to it"),
        GridColumn("words", "Why it is here", 300, value=lambda r: r.behind.words, name="why"),
    ]  # fmt: skip
