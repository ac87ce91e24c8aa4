"""The page of what may be public: what was released and what is withheld, by whom, and what changed since."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import disclosures
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.releasable import parts, releasable_tables
from spp_desktop.plan.words import Word, counted
from spp_desktop.store import locks, queries
from spp_desktop.store.disclosed import DisclosureRow
from spp_desktop.store.public_items import UNDECIDED, PublicItemRow, public_items
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.public.columns import KIND, columns, summary, told
from spp_desktop.ui.public.decide_dialog import DecideDialog

LISTED = "What can be public is listed, not typed: it is released or withheld by the buttons above."
NOTHING = "Nothing is released or withheld yet. Untick “Only what is decided” to see all that can be."
EMPTY = "The plan holds nothing yet that could be public."
CHOOSE = "Choose an item to see what was decided of it."


class PublicPanel(PanelArea):
    """One item: what was decided of it, by whom, and each change since its release."""

    def __init__(self) -> None:
        super().__init__()
        page = QWidget()
        self.title, self.decision, self.changes = (QLabel(wordWrap=True) for _ in range(3))
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.changes.setAccessibleName("What has changed since it was released")
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.title, self.decision, self.changes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setAccessibleName("What was decided")

    def show_row(self, row: PublicItemRow | None) -> None:
        """Show an item; for ``None``, that one can be chosen."""
        self.title.setText(CHOOSE if row is None else row.title)
        self.decision.setText("" if row is None else _decision(row))
        lines = [] if row is None else told(row)
        self.changes.setText("\n".join(["Changed since:", *lines]) if lines else "")


class PublicPage(TablePage):
    """All that can be public, by kind, with what was decided of it.

    Signals:
        went: the kind and the key of an item that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, public:released, changed:…", "Filter what can be public", "&Show what was decided",
        Word("item", "items"),
    )  # fmt: skip
    tables = frozenset({
        *releasable_tables(), *parts(), "disclosure", "marking", "plan", "level",
    }) - {"result"}  # fmt: skip
    panel: PublicPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, shown: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._shown = frozenset(shown)
        self._all: list[PublicItemRow] = []
        self._stale = False
        self._day = signals.read(queries.plan).today()
        self.model = TableModel(columns(self.today), summary=summary, parent=self)
        self.model.locked = LISTED
        self.grid = OpeningGrid(self.model, "What can be public", "item", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.set_lines(1)
        self.grid.share_width(("title", "reason"))
        self.panel = PublicPanel()
        self.decided = QCheckBox("Only what is &decided")
        self.open_row, self.release = QPushButton("&Open"), QPushButton("Re&lease…")
        self.withhold, self.withdraw = QPushButton("&Withhold…"), QPushButton("&Take back")
        self.open_row.setToolTip("Show the row on its own page (Enter)")
        self.release.setToolTip("Release what is selected to the public, as it stands now")
        self.withhold.setToolTip("Withhold what is selected from the public, with a reason")
        self.withdraw.setToolTip("Take back what was decided of what is selected")
        self.build((self.decided,), (self.open_row, self.release, self.withhold, self.withdraw), panel_width=260)
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.open_row.clicked.connect(self._open)
        self.release.clicked.connect(self._release)
        self.withhold.clicked.connect(self._withhold)
        self.withdraw.clicked.connect(self._withdraw)
        self.decided.toggled.connect(self._show)
        self.model.arrangement.grouping = KIND
        self.refresh()

    def today(self) -> date:
        """The day by which what is withheld is to be looked at again, or not yet."""
        return self._day

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self._stale = False
        self._day = self.signals.read(queries.plan).today()
        self._all = self.signals.read(public_items)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what was changed while nobody saw this page."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _plan_changed(self, changed: Changed) -> None:
        """Read the plan again; while nobody sees the page, leave it for later: to read all of it takes long."""
        self._stale = self._stale or not changed.rows or bool(self.tables & changed.rows.keys())
        if self._stale and self.isVisible():
            self.refresh()

    def show_item(self, kind: str, key: str) -> bool:
        """Show what a decision is about."""
        if kind == "disclosure":
            key = next((row.key for row in self._all if row.decision is not None and row.decision.key == key), key)
        return self.select(key)

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        return f"{plan.title}: what is public", [plan.illustrative] if plan.illustrative else []

    # What the person does

    def row_in(self) -> PublicItemRow | None:
        """The item that the person is in."""
        row = self.current()
        return row if isinstance(row, PublicItemRow) else None

    def chosen(self) -> list[PublicItemRow]:
        """The items selected; where none is, the one that the person is in."""
        rows = [row for key in self.grid.selected_keys() if (row := self.row(key)) is not None]
        row = self.row_in()
        return rows or ([row] if row else [])

    def _open(self) -> None:
        row = self.row_in()
        if row is not None and row.item.table in self._shown and row.item.key is not None:
            self.went.emit(row.item.table, row.item.key)

    def _release(self) -> None:
        rows = self.chosen()

        def decide(dialog: DecideDialog) -> None:
            """Release them, in whose name and as of which day the dialog says."""
            items = [row.item for row in rows]
            label = f"release {counted(len(rows), 'item')} to the public"
            self.signals.edit(label, disclosures.release, items, dialog.by.text(), dialog.on.day())

        self._ask(rows, decide, withhold=False)

    def _withhold(self) -> None:
        rows = self.chosen()

        def decide(dialog: DecideDialog) -> None:
            """Withhold them, for the reason that the dialog says."""
            self.signals.edit(
                f"withhold {counted(len(rows), 'item')} from the public",
                disclosures.withhold,
                [row.item for row in rows],
                dialog.reason.text(),
                dialog.by.text(),
                dialog.on.day(),
                look_again=dialog.look_again(),
                paragraph=dialog.paragraph.currentData(),
            )

        self._ask(rows, decide, withhold=True)

    def _ask(self, rows: Sequence[PublicItemRow], decide: Callable[[DecideDialog], None], *, withhold: bool) -> None:
        if rows and not self.signals.workspace.read_only:
            DecideDialog(rows, decide, by=self._by(), today=self.today(), withhold=withhold, parent=self).open()

    def _by(self) -> str:
        """Who decided last; the person's own log-in name before the first."""
        decided = [row.decision for row in self._all if row.decision is not None]
        latest = max(decided, key=lambda row: row.decided_on, default=None)
        return locks.author() if latest is None else latest.decided_by

    def _withdraw(self) -> None:
        items = [row.item for row in self.chosen() if row.decision is not None]
        if items:
            label = f"take back what was decided of {counted(len(items), 'item')}"
            self.edit(label, disclosures.withdraw, items)

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """The row that an item is; a column is nobody's."""
        return (row.item.key,) if row.item.key is not None else ()

    def row_selected(self, key: str) -> None:
        """Show another item in the panel."""
        del key
        self.say("")
        self._show_panel()

    def arranged(self) -> None:
        """Say that nothing is decided yet, or that nothing matches."""
        if self.model.rows:
            words, button = f"No item holds “{self.filter.text()}”.", "Clear the filter"
        else:
            words, button = (NOTHING, "Show all") if self._all else (EMPTY, "")
        self.empty_text.setText(words)
        self.empty_button.setText(button)
        self.empty_button.setVisible(bool(button))
        self._show_panel()

    def begin(self) -> None:
        """Show what nobody has decided of."""
        self.decided.setChecked(False)

    # How it is done

    def _show(self) -> None:
        only = self.decided.isChecked()
        self.model.set_rows([row for row in self._all if not only or row.state != UNDECIDED])
        if self.row_in() is None and self.model.rows:
            self.grid.select(self.model.rows[0].key)
        self._show_panel()
        self.summary_changed.emit()

    def _show_panel(self) -> None:
        row = self.row_in()
        self.panel.show_row(row)
        free = row is not None and not self.signals.workspace.read_only
        self.open_row.setEnabled(row is not None and row.item.key is not None and row.item.table in self._shown)
        self.release.setEnabled(free)
        self.withhold.setEnabled(free)
        self.withdraw.setEnabled(free and any(each.decision is not None for each in self.chosen()))


def _decision(row: PublicItemRow) -> str:
    """What was decided of an item, in sentences."""
    marked = f"It is marked {row.marking}." if row.marking else ""
    return " ".join(filter(None, (_of(row.decision) if row.decision else f"{row.state.capitalize()}.", marked)))


def _of(decision: DisclosureRow) -> str:
    when = f"by {decision.decided_by} on {in_words(decision.decided_on)}"
    if decision.released:
        return f"Released {when}."
    sentences = (
        f"Withheld {when}: {decision.reason.rstrip('.')}.",
        f"It is to be looked at again on {in_words(decision.look_again)}." if decision.look_again else "",
        f"Paragraph {decision.paragraph} of Schedule 12A." if decision.paragraph else "",
    )
    return " ".join(filter(None, sentences))
