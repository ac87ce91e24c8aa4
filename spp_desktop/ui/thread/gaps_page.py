"""The page of gaps: what nothing measures, what nobody serves and what is for nothing, to be opened and closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.plan.periods import year_name
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import Word
from spp_desktop.store import gaps, queries
from spp_desktop.store.gaps import Gap
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.style import label_of_plan
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.thread.pane import Linkable, LinksPane, link_action
from spp_desktop.ui.thread.picker import KEYS

NONE = (
    "There are no gaps: every priority has an indicator, every commitment is served, and no indicator or activity is "
    "for nothing."
)
FOUND = "Gaps are found, not typed: a gap closes when its row is linked (Ctrl+J) or deleted."


@dataclass(frozen=True)
class GapRow:
    """A line: a gap."""

    gap: Gap

    @property
    def key(self) -> str:
        """The key of the row that has the gap; a row has at most one of its kind."""
        return self.gap.row.key


class GapPanel(QWidget):
    """What is missing of one row, and what it is linked to.

    Attributes:
        links: what it serves and what serves it, where it can be linked.
    """

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self.heading, self.text, self.about = QLabel(), QLabel(), QLabel()
        self.links = LinksPane(signals)
        for label in (self.heading, self.text, self.about):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for widget in (self.heading, self.text, self.about):
            column.addWidget(widget)
        column.addWidget(self.links, 1)
        self.show_gap(None)

    def show_gap(self, gap: Gap | None) -> None:
        """Show a gap; for ``None``, that one can be chosen."""
        self.heading.setText(f"{gap.row.ref}: {gap.kind.lacks}" if gap else "Choose a gap to see what is missing.")
        self.text.setText(gap.row.text if gap else "")
        self.about.setText(gap.kind.about if gap else "")
        self.links.setVisible(gap is not None)
        self.links.show_row(gap.row.table if gap else "", gap.row.key if gap else "", gap.row.year if gap else None)


class GapsPage(TablePage):
    """The gaps of the golden thread, by kind.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts("Filter: words, a reference", "Filter gaps", "Show what is &missing", Word("gap", "gaps"))
    tables = frozenset({"priority", "theme", "commitment", "activity", "milestone", "indicator", "link"})
    panel: GapPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.model = TableModel(_columns(), summary=_head, parent=self)
        self.model.locked = FOUND
        self.grid = OpeningGrid(self.model, "Gaps of the golden thread", "gap", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("text",))
        self.panel = GapPanel(signals)
        self.open_row, self.link = QPushButton("&Open"), QPushButton("&Link…")
        self.open_row.setToolTip("Show it on its own page (Enter)")
        self.link.setToolTip(f"Find what it serves, or what serves it, and link them ({KEYS}); several at once")
        self.link_rows = link_action(self, signals, self._chosen)
        self.build((), (self.open_row, self.link), panel_width=340)
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.open_row.clicked.connect(self._open)
        self.link.clicked.connect(self.link_rows.trigger)
        self.panel.links.went.connect(self.went)
        self.panel.links.refused.connect(self.say)
        self.model.arrangement.grouping = "kind"
        self.refresh()

    # What the window asks

    def refresh(self) -> None:
        """Find the gaps again."""
        self.link.setDisabled(self.signals.workspace.read_only)
        self.model.set_rows([GapRow(gap) for gap in self.signals.read(gaps.gaps)])
        self.panel.show_gap(self.gap())

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.link_rows, *super().actions()]

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        kinds = {row.gap.kind for row in self.model.rows}
        notes = [f"{kind.title}. {kind.about}" for kind in gaps.GAP_KINDS if kind in kinds]
        return f"{plan.title}: gaps of the golden thread", [note for note in (plan.illustrative, *notes) if note]

    # What the person does

    def gap(self) -> Gap | None:
        """The gap that the person is in."""
        row = self.current()
        return row.gap if isinstance(row, GapRow) else None

    def _chosen(self) -> Linkable | None:
        """The rows chosen that have the same gap, to be linked."""
        gap = self.gap()
        if gap is None:
            return None
        rows = [row for key in self.grid.selected_keys() if (row := self.row(key)) is not None]
        keys = [row.key for row in rows if row.gap.kind == gap.kind]
        return Linkable(gap.row.table, keys or [gap.row.key], gap.row.year, down=gap.kind.below)

    def _open(self) -> None:
        gap = self.gap()
        if gap is not None:
            self.went.emit(gap.row.table, gap.row.key)

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The row that lacks something."""
        return (row.gap.row.key,)

    def row_selected(self, key: str) -> None:
        """Show another gap in the panel."""
        del key
        self.say("")
        self.panel.show_gap(self.gap())

    def arranged(self) -> None:
        """Say that there are no gaps, or that none matches."""
        nothing = not self.model.rows
        self.empty_text.setText(in_words_of_plan(NONE) if nothing else f"No gap holds “{self.filter.text()}”.")
        self.empty_button.setText(label_of_plan("Show the priorities") if nothing else "Clear the filter")
        self.panel.show_gap(self.gap())

    def begin(self) -> None:
        """Go to the priorities, where there is nothing to list."""
        self.page_wanted.emit("priorities")


def _columns() -> list[GridColumn]:
    order = {kind: n for n, kind in enumerate(gaps.GAP_KINDS)}
    return [
        GridColumn("ref", "Ref", 72, value=lambda r: r.gap.row.ref, about="By which the row can be named"),
        GridColumn("text", "What it is about", 520, value=lambda r: " ".join(r.gap.row.text.split())),
        GridColumn(
            "kind", "Gap", 150, value=lambda r: r.gap.kind.lacks, sort=lambda r: order[r.gap.kind],
            group=lambda r: r.gap.kind.title, tip=lambda r: r.gap.kind.about, about="What is missing",
        ),
        GridColumn(
            "year", "Year", 96, value=lambda r: "" if r.gap.row.year is None else year_name(r.gap.row.year),
            about="The year of an activity", shown=False,
        ),
    ]  # fmt: skip


def _head(rows: Sequence[GapRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What the head of a kind of gap says: how many rows have it, of how many."""
    return f"{len(rows):,} of {rows[0].gap.total:,}", ()
