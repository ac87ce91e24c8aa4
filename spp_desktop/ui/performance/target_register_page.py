"""The page of the register of targets: each change with what it was, since when, by whom, why, and who agreed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import targets
from spp_desktop.figures.judging.remaining_years import remaining_years
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import Word, listed
from spp_desktop.store import judged, queries
from spp_desktop.store.target_changes import TargetChange, target_changes
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage

AGREED = "agreed_by"
NOTHING = (
    "No target has changed since it was in force. Once results have been judged by one, or the plan is out, each "
    "change is listed here with its reason."
)
COLUMNS = (
    GridColumn("ref", "Ref", 56, frozen=True),
    GridColumn("title", "Indicator", 250),
    GridColumn("of", "For", 110, sort=lambda row: (row.year is None, row.year or 0), about="The year that it is for"),
    GridColumn("was", "Was", 110, about="The target as it was stated before"),
    GridColumn("now", "Became", 110, about="What it became on that day"),
    GridColumn(
        "since", "Since", 92, text=lambda row: short_day(row.since), sort=lambda row: row.since, align="right",
        about="From this day on the new one judges; what ended before is judged by what it was",
    ),
    GridColumn("author", "By", 100, about="Who changed it"),
    GridColumn("reason", "Why", 260, name="why"),
    GridColumn(AGREED, "Agreed by", 140, editable=True, name="agreed", about="Who agreed to the change: typed here"),
    GridColumn("group", "Group", 160, shown=False),
)  # fmt: skip


class TargetChangePanel(PanelArea):
    """One change in whole sentences, with what each remaining year must be."""

    def __init__(self) -> None:
        super().__init__()
        page = QWidget()
        self.title, self.sentence, self.remaining = words(bold=True), words(), words()
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.title, self.sentence, self.remaining):
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setAccessibleName("The change of a target")

    def show_change(self, change: TargetChange | None, remaining: str) -> None:
        """Show a change; for ``None``, that one can be chosen."""
        self.title.setText("Choose a change to see all of it." if change is None else f"{change.ref}  {change.title}")
        self.sentence.setText("" if change is None else change.sentence)
        self.remaining.setText(remaining)


class TargetRegisterPage(TablePage):
    """Every change of a target since it was in force, the newest first.

    Signals:
        went: the kind and the key of an item that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, for:2008, agreed:…", "Filter changes", "&Show the change", Word("change", "changes")
    )
    tables = frozenset({"plan", "indicator", "indicator_group", "target", "target_version", "result"})
    panel: TargetChangePanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.model = TableModel(list(COLUMNS), self._commit, parent=self)
        self.grid = OpeningGrid(self.model, "Register of targets", "change", rows=False)
        self.grid.share_width(("title", "reason"))
        self.panel = TargetChangePanel()
        self.open_row = QPushButton("&Open")
        self.open_row.setToolTip("Show the targets of the indicator (Enter)")
        self.build((), (self.open_row,), panel_width=280)
        self.grid.opened.connect(self._open)
        self.open_row.clicked.connect(self._open)
        self.refresh()

    def refresh(self) -> None:
        """Read the plan again."""
        self.lock()
        self._take_rows()
        self._show_panel()

    def show_item(self, kind: str, key: str) -> bool:
        """Show a change, by the key of what the target was."""
        del kind
        return self.select(key)

    def row_selected(self, key: str) -> None:
        """Show another change in the panel."""
        del key
        self.say("")
        self._show_panel()

    def arranged(self) -> None:
        """Say that nothing has changed, or that nothing matches."""
        words, button = NOTHING, ""
        if self.model.rows:
            words, button = f"No change holds “{self.filter.text()}”.", "Clear the filter"
        self.empty_text.setText(words)
        self.empty_button.setText(button)
        self.empty_button.setVisible(bool(button))
        self._show_panel()

    def begin(self) -> None:
        """Nothing is begun here: targets are changed where they stand."""

    def stands_for(self, row: Any) -> tuple[str]:
        """The indicator whose target it is."""
        return (row.indicator,)

    def _take_rows(self) -> None:
        self.model.set_rows(self.signals.read(target_changes))
        if self.current() is None and self.model.rows:
            self.grid.select(self.model.rows[0].key)
        self.summary_changed.emit()

    def _commit(self, changes: list[CellChange]) -> None:
        """Keep who agreed to changes."""
        refs = listed(dict.fromkeys(self.row(key).ref for key, *_ in changes))
        agreed = {key: str(name or "") for key, _, name in changes}
        self.signals.edit(f"say who agreed to the targets of {refs}", targets.agree, agreed)

    def _open(self) -> None:
        change = self.current()
        if isinstance(change, TargetChange):
            self.went.emit("targets", change.indicator)

    def _show_panel(self) -> None:
        change = self.current()
        shown = change if isinstance(change, TargetChange) else None
        self.open_row.setEnabled(shown is not None)
        self.panel.show_change(shown, "" if shown is None else self._remaining(shown.indicator))

    def _remaining(self, indicator: str) -> str:
        """What each remaining year of an indicator must be."""
        plan = self.signals.read(queries.plan)
        (of_force,) = self.signals.read(judged.judged, plan.today(), judged.Scope(indicator))
        remaining = remaining_years(of_force)
        return "" if remaining is None else remaining.sentence
