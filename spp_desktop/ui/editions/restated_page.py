"""The page of restatements: what editions hold and is another now, with old, new, why and who approved it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import edition_restatements
from spp_desktop.edits.edition_restatements import EditionRestatement, EditionRestatements, WhyRestated
from spp_desktop.plan.editions import ExplainedChange, PlannedRevision
from spp_desktop.plan.kinds import Choice, Day, Long, Option
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import Word, listed
from spp_desktop.store import queries
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.editions.panel import what_of
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView

NOTHING = "Nothing that an edition holds has changed since it was issued."
CHOOSE = "Choose a restatement to read all of it."
UNPLANNED = "not announced"
REASON, APPROVED, APPROVED_ON, PLANNED = "reason", "approved_by", "approved_on", "planned_id"
KNOWN = "The plan's history says that it was announced: the planned revision is linked to the row."


@dataclass(frozen=True)
class RestatedRow:
    """A line: a text or figure that editions hold and that is another now.

    Attributes:
        told: what it was and is, and what is said of it.
        approved_on: when it was approved, where a person said that.
        planned_id: the key of the revision announced ahead, where a person named one.
    """

    told: EditionRestatement
    approved_on: date | None = None
    planned_id: str | None = None

    @property
    def key(self) -> str:
        """By which it is found again."""
        return " ".join((*self.told.place, *map(str, self.told.editions)))

    @property
    def reason(self) -> str:
        """Why it was made."""
        return self.told.account.reason

    @property
    def approved_by(self) -> str:
        """Who approved it."""
        return self.told.account.approved_by

    @property
    def planned(self) -> str:
        """The revision announced ahead that it is."""
        return self.told.account.planned or UNPLANNED

    def why(self, **typed: Any) -> WhyRestated:
        """What is said of it, but for what is typed now: cells by their names."""
        before = WhyRestated(self.reason, self.approved_by, self.approved_on, self.planned_id)
        texts = {name: value or "" for name, value in typed.items() if name in {REASON, APPROVED}}
        cells: dict[str, Any] = {**typed, **texts}
        return replace(before, **cells)


def _known_as_planned(row: RestatedRow) -> str:
    """Why the planned revision of a restatement cannot be chosen: the plan's history knows which it is."""
    return KNOWN if row.told.planned and row.planned_id is None else ""


def _columns(announced: Callable[[], Sequence[Option]]) -> list[GridColumn]:
    return [
        GridColumn("editions", "Editions", 76, value=lambda row: listed(map(str, row.told.editions)), name="edition",
                   sort=lambda row: row.told.editions, about="The editions that hold it as it was"),
        GridColumn("row", "Of what", 160, value=lambda row: row.told.row, frozen=True, name="of"),
        GridColumn("what", "Text or figure", 110, value=lambda row: what_of(row.told)),
        GridColumn("old", "Was", 150, Long(), value=lambda row: row.told.old, about="What those editions hold"),
        GridColumn("new", "Is", 150, Long(), value=lambda row: row.told.new, about="What stands there now"),
        GridColumn(PLANNED, "Announced", 110, Choice(announced), editable=True, name="announced",
                   text=lambda row: row.planned, quiet=lambda row: row.planned == UNPLANNED,
                   why=_known_as_planned,
                   about="The planned revision that it is: known by its links, or else chosen here"),
        GridColumn(REASON, "Why", 200, Long(), editable=True, name="why",
                   about="Why it was changed; it is printed in the next edition: typed here"),
        GridColumn(APPROVED, "Approved by", 120, editable=True, name="approved", about="Who approved it: typed here"),
        GridColumn(APPROVED_ON, "Approved on", 104, Day(), editable=True, align="right", shown=False, name="on"),
        GridColumn("when", "Changed", 130, value=lambda row: row.told.when, sort=lambda row: row.told.step.n,
                   shown=False),
        GridColumn("who", "Changed by", 110, value=lambda row: row.told.step.author, name="by", shown=False),
    ]  # fmt: skip


class RestatementPanel(PanelArea):
    """One restatement in whole sentences: what it was, what it is, by whom, why, and who approved it."""

    def __init__(self) -> None:
        super().__init__()
        page = QWidget()
        self.title, self.was, self.now, self.account = words(bold=True), words(), words(), words(quiet=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.title, self.was, self.now, self.account):
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setAccessibleName("Restatement")

    def show_row(self, row: RestatedRow | None) -> None:
        """Show a restatement; for ``None``, that one can be chosen."""
        self.title.setText(f"{row.told.row}: {what_of(row.told)}" if row else CHOOSE)
        self.was.setText(f"Was: {row.told.old or 'nothing'}" if row else "")
        self.now.setText(f"Is: {row.told.new or 'nothing'}" if row else "")
        self.account.setText("\n".join(_account(row)) if row else "")


def _account(row: RestatedRow) -> list[str]:
    numbers = listed(map(str, row.told.editions))
    holding = f"Edition {numbers} holds" if len(row.told.editions) == 1 else f"Editions {numbers} hold"
    approved = f"Approved by {row.approved_by}." if row.approved_by else "Nobody is said to have approved it."
    announced = f"Announced ahead: {row.told.account.planned}." if row.told.planned else "It was not announced ahead."
    return [
        f"{holding} it as it was.",
        f"Changed by {row.told.step.author}, {row.told.when}: {row.told.step.label}.",
        f"Why: {row.reason}" if row.reason else "Nothing says why yet: type it in the table.",
        approved,
        announced,
    ]


class RestatedPage(TablePage):
    """The page of restatements of editions.

    Signals:
        went: the kind and the key of an item that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, edition:2, why:…", "Filter restatements", "Show &all of one",
        Word("restatement", "restatements"),
    )  # fmt: skip
    tables = frozenset(kinds_of_row())
    panel: RestatementPanel

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._stale, self._unknown = True, ""
        self._announced: Sequence[Option] = ()
        self.model = TableModel(_columns(lambda: self._announced), self._commit, parent=self)
        self.grid = GridView(self.model, "Restatements of what editions hold", "restatement", rows=False)
        self.grid.share_width(("old", "new", REASON))
        self.panel = RestatementPanel()
        self.open_row = QPushButton("&Open")
        self.open_row.setToolTip("Show what it is about on its own page")
        self.build((), (self.open_row,), panel_width=290)
        self.open_row.clicked.connect(self._open)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._read_if_seen)

    # What the window asks

    def refresh(self) -> None:
        """Look again, now or when it is next seen."""
        self._stale = True
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was done while something else was shown."""
        super().showEvent(event)
        self._read_if_seen()

    # What the table page asks

    def arranged(self) -> None:
        """Say why nothing is shown."""
        nothing = not self.model.rows
        self.empty_text.setText((self._unknown or NOTHING) if nothing else "No restatement matches the filter.")
        self.empty_button.setText("Clear the filter")
        self.empty_button.setVisible(not nothing)
        self.panel.setVisible(not nothing and self.show_panel.isChecked())

    def begin(self) -> None:
        """Nothing is begun here: a restatement is a change of what an edition holds."""

    def stands_for(self, row: Any) -> Collection[str]:
        """The row that was changed."""
        return (row.told.key,)

    def row_selected(self, key: str) -> None:
        """Show another restatement in the panel."""
        del key
        self.panel.show_row(self.current())

    # How it is done

    def _open(self) -> None:
        row: RestatedRow | None = self.current()
        if row is not None:
            self.went.emit(row.told.table, row.told.key)

    def _commit(self, changes: list[CellChange]) -> None:
        """Keep why restatements were made and who approved them, all as one step."""
        typed: dict[str, dict[str, Any]] = {}
        for key, field, value in changes:
            typed.setdefault(key, {})[field] = value
        explained = {self.row(key).told.place: self.row(key).why(**cells) for key, cells in typed.items()}
        of = listed(dict.fromkeys(self.row(key).told.row for key in typed))
        self.signals.edit(f"say why {of} was restated", edition_restatements.explain_each, explained)

    def _read_if_seen(self) -> None:
        if self._stale and self.isVisible() and not self.signals.stopped:
            self._read()

    def _read(self) -> None:
        self._stale = False
        with busy():
            changed: EditionRestatements = edition_restatements.restatements(self.signals.workspace)
        planned = self.signals.read(queries.register, PlannedRevision)
        self._announced = [Option(row.id, row.title) for row in planned]
        explained = {row.id: row for row in self.signals.read(queries.register, ExplainedChange)}
        self._unknown = " ".join(changed.unknown)
        self.model.set_rows([_row(each, explained.get(each.account.explained)) for each in changed.restated])
        if self.current() is None and self.model.rows:
            self.grid.select(self.model.rows[0].key)
        self.lock()
        self.say(self._unknown if self.model.rows else "")
        self.panel.show_row(self.current())
        self.summary_changed.emit()


def _row(told: EditionRestatement, explained: Any) -> RestatedRow:
    if explained is None:
        return RestatedRow(told)
    return RestatedRow(told, explained.approved_on, explained.planned_id)
