"""The page of what the law asks: each item with its source, how far it is known, and where the plan answers it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import asked_by_law, registers
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.page_names import PageOfWindow, title_of_page
from spp_desktop.plan.words import Word
from spp_desktop.store import asked, queries
from spp_desktop.store.asked import ITEM, READ, AskedItem
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.thread.pane import Linkable, LinksPane, link_action
from spp_desktop.ui.thread.picker import KEYS

NOTHING = (
    "This plan keeps no list of what the law asks it to hold.\n\n"
    "The program has one of 2008, with the source of each item. It is not complete, and what nobody has read says so."
)
NAME_A_PAGE = "Nothing answers it yet. Choose its page in the column Answered in, or link what answers it (Ctrl+J)."
IN_LISTS = "Its words, source and evidence are edited in Plan > Lists…, Framework items."


@dataclass(frozen=True)
class AskedRow:
    """A line: an item."""

    item: AskedItem

    @property
    def key(self) -> str:
        """The key of the item."""
        return self.item.key

    @property
    def answered_in(self) -> str:
        """The name of the page on which it is answered; "" for none."""
        return self.item.answered_in


class AskedPanel(QWidget):
    """An item whole: what is asked, where that was read, and what is linked to it.

    Attributes:
        links: the rows that answer it, where more can be linked.
    """

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self.heading, self.lists = words(bold=True), words(quiet=True)
        self.text, self.state, self.source = words(), words(), words()
        self.links = LinksPane(signals)
        self.lists.setText(IN_LISTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.heading, self.text, self.state, self.source, self.lists):
            column.addWidget(label)
        column.addWidget(self.links, 1)
        column.addStretch(0)
        self.show_item(None)

    def show_item(self, item: AskedItem | None) -> None:
        """Show an item; for ``None``, that one can be chosen."""
        self.heading.setText(f"{item.code}: {item.state}" if item else "Choose an item to see where it comes from.")
        self.text.setText(item.title if item else "")
        self.state.setText(_answer(item) if item else "")
        self.source.setText(f"{_known(item)}\nSource: {item.source or 'none is named'}" if item else "")
        for part in (self.text, self.state, self.source, self.lists, self.links):
            part.setVisible(item is not None)
        self.links.show_row(ITEM if item else "", item.key if item else "")


def _answer(item: AskedItem) -> str:
    return f"Answered in {item.page}." if item.holds else item.lacks


def _known(item: AskedItem) -> str:
    """How far it is known, with the day on which it was verified."""
    day = f", verified on {short_day(item.verified_on)}" if item.verified_on else ""
    return f"{item.doubt[:1].upper()}{item.doubt[1:]}{day}."


class AskedPage(TablePage):
    """What the plan is to contain, item by item.

    Signals:
        went: the table and the key of a row that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, state:not, evidence:unverified…", "Filter what the law asks", "Show the whole &item",
        Word("item", "items"),
    )  # fmt: skip
    tables = asked.TABLES
    panel: AskedPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.model = TableModel(_columns(), self._commit, _head, self)
        self.grid = OpeningGrid(self.model, "What the law asks", "item", rows=False)
        self.grid.set_lines(2)
        self.grid.set_deeds()
        self.grid.share_width(("title", "answers"))
        self.panel = AskedPanel(signals)
        self.open_row, self.link = QPushButton("G&o there"), QPushButton("&Link…")
        self.bring, self.bring_in = (
            QPushButton("&Bring in the checklist"),
            QAction("&Bring in the checklist of 2008", self),
        )
        self.open_row.setToolTip("Show where the plan answers it (Enter)")
        self.link.setToolTip(f"Find what answers it, and link it ({KEYS}); several at once")
        self.bring.setToolTip("Add the items of the checklist of 2008 that the plan does not have")
        self.link_rows = link_action(self, signals, self._chosen)
        self.build((), (self.bring, self.open_row, self.link), panel_width=360)
        self.grid.opened.connect(self.go_there)
        self.open_row.clicked.connect(self.go_there)
        self.link.clicked.connect(self.link_rows.trigger)
        self.bring.clicked.connect(self.begin)
        self.bring_in.triggered.connect(self.begin)
        self.panel.links.went.connect(self.went)
        self.panel.links.refused.connect(self.say)
        self.refresh()

    # What the window asks

    def refresh(self) -> None:
        """Read again what is asked, and what of it is answered."""
        self.lock(self.link, self.bring, self.bring_in)
        rows = [AskedRow(item) for item in self.signals.read(asked.asked)]
        self.model.arrangement.grouping = "framework" if len({row.item.framework for row in rows}) > 1 else None
        self.model.set_rows(rows)
        self.panel.show_item(self.item())

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.link_rows, self.bring_in, *super().actions()]

    def summary(self) -> str:
        """The number of items, and how many are answered, for the status bar."""
        return f"{super().summary()}, {sum(row.item.answered for row in self.model.rows):,} answered"

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        sources = dict.fromkeys(row.item.framework for row in self.model.rows)
        return f"{plan.title}: what the law asks", [note for note in (plan.illustrative, *sources) if note]

    # What the person does

    def item(self) -> AskedItem | None:
        """The item that the person is in."""
        row = self.current()
        return row.item if isinstance(row, AskedRow) else None

    def go_there(self) -> None:
        """Show the page on which the item is answered, or else the first row that answers it."""
        item = self.item()
        if item is None:
            return
        if title_of_page(item.answered_in):
            self.page_wanted.emit(item.answered_in)
        elif item.answers:
            first = item.answers[0]
            self.panel.links.tree.opened.emit(first.table, first.key)
        else:
            self.say(NAME_A_PAGE)

    def begin(self) -> None:
        """Bring in the checklist of 2008, and say what came in."""
        told = self.edit("bring in what the law of 2008 asks", asked_by_law.bring_in)
        if told is not None:
            self.say(told)

    def _chosen(self) -> Linkable | None:
        """The items chosen, to be linked to what answers them."""
        keys = self.grid.selected_keys()
        return Linkable(ITEM, keys, down=True) if keys else None

    def _commit(self, cells: list[CellChange]) -> None:
        keys = {key for key, _, _ in cells}
        what = next((row.item.code for row in self.model.rows if row.key in keys), "")
        label = f"say where {what if len(keys) == 1 else f'{len(keys)} items'} is answered"
        self.signals.edit(label.replace("items is", "items are"), registers.set_cells, FrameworkItem, cells)

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """What is asked is asked of the whole plan."""
        del row
        return ()

    def row_keys(self) -> Sequence[str]:
        """The item that the person is in."""
        item = self.item()
        return (item.key,) if item is not None else ()

    def row_selected(self, key: str) -> None:
        """Show another item in the panel."""
        del key
        self.say("")
        self.panel.show_item(self.item())

    def arranged(self) -> None:
        """Say why no item is shown."""
        nothing = not self.model.rows
        self.empty_text.setText(NOTHING if nothing else f"No item holds “{self.filter.text()}”.")
        self.empty_button.setText("Bring in the checklist of 2008" if nothing else "Clear the filter")
        self.empty_button.setDisabled(nothing and self.signals.workspace.read_only)
        self.bring.setVisible(not nothing)


def _columns() -> list[GridColumn]:
    return [
        GridColumn("code", "Ref", 64, value=lambda r: r.item.code, frozen=True, about="Its number"),
        GridColumn("title", "What is asked", 300, value=lambda r: r.item.title, frozen=True, name="asked"),
        GridColumn(
            "state", "State", 104, value=lambda r: r.item.state, alert=lambda r: not r.item.answered,
            tip=lambda r: r.item.lacks or "; ".join(r.item.where), about="Whether the plan answers it",
        ),
        GridColumn(
            "answered_in", "Answered in", 170, PageOfWindow(), editable=True, name="page",
            about="The page of the window on which the plan answers it as a whole: choose one of the list",
        ),
        GridColumn(
            "answers", "Linked to it", 220, value=lambda r: "; ".join(map(asked.row_in_words, r.item.answers)),
            about="The rows of the plan that are linked to it", name="linked",
        ),
        GridColumn(
            "evidence", "Evidence", 150, value=lambda r: r.item.doubt, quiet=lambda r: r.item.evidence == READ,
            about="How far its words are known: what is unverified is to be read in its source first",
        ),
        GridColumn("source", "Source", 200, value=lambda r: r.item.source, about="Where its words stand"),
        GridColumn(
            "verified_on", "Verified on", 92, Day(), value=lambda r: r.item.verified_on, align="right", shown=False,
            about="When somebody compared it with its source",
        ),
        GridColumn(
            "framework", "Framework", 200, value=lambda r: r.item.framework, shown=False,
            about="The framework that it is an item of",
        ),
    ]  # fmt: skip


def _head(rows: Sequence[AskedRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What the head of a framework says: how many of its items are answered."""
    return f"{sum(row.item.answered for row in rows):,} of {len(rows):,} answered", ()
