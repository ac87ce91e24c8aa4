"""The performance plan: indicators by group with their targets as a table, and the whole indicator beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QPushButton, QWidget

from spp_desktop.edits import performance, target_cells
from spp_desktop.plan.identity import day_in, plan_years_in, years_of
from spp_desktop.plan.kinds import Option, Referred
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.periods import first_month
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.shorthand import MEANINGS
from spp_desktop.store import queries
from spp_desktop.ui.common.deleting import reason_to_delete
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.marking_column import marking_options
from spp_desktop.ui.grid.roles_of_plan import RolesOfPlan
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.performance import columns as performance_columns
from spp_desktop.ui.performance import judged_columns
from spp_desktop.ui.performance.indicator_measure import STAR_NOTE
from spp_desktop.ui.performance.indicator_panel import IndicatorPanel
from spp_desktop.ui.performance.new_indicator import NewIndicator, NewIndicatorDialog
from spp_desktop.ui.performance.target_changes import ask_meant, ask_reason
from spp_desktop.ui.thread.pane import Linkable, link_action
from spp_desktop.ui.thread.served import Servable

GROUP = "group_id"
"""The column of the heading that an indicator is printed under."""
EMPTY = "No indicators yet. A performance plan begins with a group, such as Reducing crime and disorder."
NOTHING_FOUND = "No indicator matches the filter."


class PerformancePage(TablePage):
    """The indicators of one plan.

    Signals:
        went: the table and the key of a linked row that the person wants to see.
    """

    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, rag:red, variation:concern, direction:worse…",
        "Filter indicators",
        "Show the whole &indicator",
        Indicator.word,
    )
    tables = frozenset({
        "plan", "indicator", "indicator_group", "target", "target_version", "note", "note_use", "framework_item",
        "result", "restatement", "area", "definition_version", "judgement_rule", "override", "rebase", "annotation",
        "peer_force", "peer_rate", "link", "role", "post_in_role", "post", "post_holder",
        "priority", "theme", "commitment", "activity", "milestone", "marking",
    })  # fmt: skip
    panel: IndicatorPanel

    def __init__(self, signals: PlanSignals, year: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._year = year
        self._groups: list[Option] = []
        self._markings: list[Option] = []
        self._asking = False
        self._served = Servable(signals, "indicator")
        self._years, self._begins = self._read_years(), first_month()
        self._posts = RolesOfPlan(signals)
        self.model = TableModel(self._columns(), self._commit, performance_columns.summary, parent=self)
        self.grid = GridView(self.model, "Indicators of the performance plan", Indicator.word.singular)
        self.grid.legend = MEANINGS
        self.panel = IndicatorPanel(signals, lambda: self.model.columns, lambda cell: self._commit([cell]))
        self.notes, self.add = QLabel(wordWrap=True), QPushButton("&Add indicator")
        self.add_group = QAction("Add &group…", self)
        self.explain = QAction("E&xplain the judgement", self)
        self.explain.setShortcut(QKeySequence("Alt+Return"))
        self.explain.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.group = QComboBox()
        by = QLabel("&Group by")
        by.setBuddy(self.group)
        self.build((by, self.group), (self.add,), panel_width=400)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.under_table.addWidget(self.notes)
        self.addActions([self.add_group, self.explain])
        self.link_rows = link_action(self, signals, self._linkable)
        self.panel.went.connect(self.went)
        self.add_group.triggered.connect(self.new_group)
        self.add.clicked.connect(self.grid.does.insert_row)
        self.grid.insert_asked.connect(self.insert)
        self.grid.duplicate_asked.connect(self.duplicate)
        self.grid.delete_asked.connect(self.delete)
        self.grid.clicked.connect(self._clicked)
        self.explain.triggered.connect(self.explain_judgement)
        self.model.arrangement.grouping = GROUP
        self._fill_groupings()
        self.group.activated.connect(lambda: self.model.group_by(self.group.currentData()))
        self.refresh()

    def _fill_groupings(self) -> None:
        """Offer what the indicators can stand under: their groups, or the posts in each role."""
        offered = [("Group", GROUP), *((role.title, in_role(role.key)) for role in self._posts.lists.roles)]
        self.group.clear()
        for title, field in (*offered, ("Nothing", None)):
            self.group.addItem(title, field)
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self.lock(self.add, self.add_group, self.empty_button)
        self.add.setToolTip(self.model.locked or "Add an indicator behind this one (Ctrl++)")
        self._served.forget()
        self._groups = [Option(key, title) for key, title in self.signals.read(queries.indicator_groups)]
        self._markings = marking_options(self.signals.read(queries.register, Marking))
        rows = self.signals.read(judged_columns.judged_rows, self._year)
        self._served.begin(key for row in rows for key in row.serves)
        self._take_rows(rows)
        self._show_notes()
        self.panel.show_indicator(self.current())

    def set_year(self, year: int) -> None:
        """Show the indicators, targets and judgements of a year: of one that has passed, as they were at its end."""
        if year != self._year and self.commit_pending():
            self._year = year
            self.refresh()

    def show_item(self, kind: str, key: str) -> bool:
        """Show an indicator; as "targets", with how its targets agree."""
        there = self.select(key)
        if kind == "targets":
            self.panel.show_targets()
        return there

    def commit_pending(self) -> bool:
        """Keep what is being typed, in the table and in the panel; whether the plan has all of it."""
        kept = super().commit_pending()
        return self.panel.commit_pending() and kept

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.link_rows, *super().actions(), self.add_group, self.explain]

    def summary(self) -> str:
        """The count for the status bar."""
        return ", ".join(filter(None, (super().summary(), judged_columns.counted(self.model.own_rows))))

    def save_state(self) -> dict[str, Any]:
        """How the page is left."""
        return super().save_state() | {"page": self.panel.pages.currentIndex()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as the page was left."""
        super().restore_state(state)
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))
        self.panel.pages.setCurrentIndex(int(state.get("page", 0)))

    # What the person does

    def insert(self, after: str) -> None:
        """Add an indicator behind one, in its group, having asked for its title and which way is better."""
        row = self.row(after)
        if row is None and not self._groups:
            self.new_group()
            return
        group = row.group_key if row else self._groups[0].value
        self._new_indicator(group, after or None)

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy indicators to the places behind them, with their targets and without their results."""
        made = [
            self.edit(f"duplicate indicator {self._ref(key)}", performance.duplicate_indicator, key) for key in keys
        ]
        if made and made[-1]:
            self.select(str(made[-1]))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete indicators, having said what hangs on them."""
        if not keys:
            return
        name = self._ref(keys[0])
        reason = reason_to_delete(self, self.signals, Indicator, keys, name)
        if reason is None:
            return
        at = self.grid.currentIndex()
        self.edit(f"delete {Indicator.word.called(name, len(keys))}", performance.remove_indicators, list(keys), reason)
        line = min(at.row(), self.model.rowCount() - 1)
        if line >= 0:
            self.grid.setCurrentIndex(self.model.index(line, at.column()))

    def explain_judgement(self) -> None:
        """Show why the indicator has its colour: the sentence, in the panel."""
        if self.current() is not None:
            self.show_panel.setChecked(True)
            self.panel.explain()

    def new_group(self) -> None:
        """Ask for the title of a new group and add it, then for its first indicator."""
        title, sure = QInputDialog.getText(self, "Add group", "Title of the group of indicators:")
        if not sure or not title.strip():
            return
        key = self.edit(f"add group {title.strip()}", performance.add_group, title)
        if key:
            self._new_indicator(str(key), None)

    def _linkable(self) -> Linkable | None:
        """The indicators chosen, to be linked."""
        keys = self.grid.selected_keys()
        return Linkable("indicator", keys) if keys else None

    # How it is done

    def _read_years(self) -> tuple[list[int], list[int]]:
        """The years of the plan in the year shown, and those outside that have targets; called by when years begin."""
        read = self.signals.read
        plan = read(queries.plan)
        years = years_of(plan) if self._year is None else plan_years_in(plan, self._year)
        return years, read(queries.years_outside, Target)

    def _columns(self) -> list[GridColumn]:
        serves = Referred(self._served.options, self._served.named, self._served.show)
        return performance_columns.columns(
            *self._years, lambda: self._groups, serves, self._posts.lists, markings=lambda: self._markings,
            usual=years_of(self.signals.read(queries.plan)),
        )  # fmt: skip

    def _take_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, under the years and roles that the plan has now."""
        years = self._read_years()
        if not self._posts.refresh() and (*years, first_month()) == (*self._years, self._begins):
            self.model.set_rows(rows)
            return
        left = grid_state.save_state(self.grid)
        self._years, self._begins = years, first_month()
        made = self._columns()
        if self.model.arrangement.grouping not in (None, *(column.field for column in made)):
            left["group"] = self.model.arrangement.grouping = GROUP
        self.model.set_columns(made, rows)
        self.grid.header.reset_columns()
        grid_state.restore_state(self.grid, left)
        self._fill_groupings()

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        day = plan.today() if self._year is None else day_in(plan, self._year)
        title = f"{plan.title}: performance plan, as at {short_day(day)}"
        texts = self._noted(lambda number: f"[note {number}]")
        star = ["Local priority: to be included in the Assessments of Policing and Community Safety as such."]
        notes = [plan.illustrative, *(star if self._starred() else ()), *texts]
        return title + (" (illustrative)" if plan.illustrative else ""), [note for note in notes if note]

    def _new_indicator(self, group: str, after: str | None) -> None:
        """Ask for a new indicator, add it, and go to it."""
        made: list[str] = []

        def add(asked: NewIndicator) -> None:
            """Add the indicator that was asked for."""
            label = f"add indicator {asked.title}"
            new = {"polarity": asked.polarity, "after": after}
            made.append(str(self.signals.edit(label, performance.add_indicator, group, asked.title, **new)))

        dialog = NewIndicatorDialog(add, self)
        dialog.exec()
        dialog.deleteLater()
        if made and self.select(made[0]):
            self.grid.setFocus()
            self.grid.select(made[0], "title")

    def _clicked(self, index: QModelIndex) -> None:
        """One click on a colour gives its reason."""
        if self.model.columns[index.column()].field == "rag" and self.model.row_at(index) is not None:
            self.explain_judgement()

    def _commit(self, cells: list[CellChange]) -> None:
        """Set cells, having asked what targets mean where their words leave it open, and why judged ones change."""
        if self._asking:
            return
        label = performance_columns.label(cells, self.model.rows, self.model.columns)
        self._asking = True
        try:
            values = self._as_meant(performance_columns.values(cells))
            changes = self.signals.read(target_cells.changed, values)
            reason = ask_reason(self, changes) if changes else ""
        finally:
            self._asking = False
        if reason is not None:
            self.signals.edit(label, performance.set_cells, values, reason)

    def _as_meant(self, cells: list[CellChange]) -> list[CellChange]:
        """Cells whose targets say what they mean, asked for where they do not.

        Raises:
            RuleBroken: with what is asked, where nobody says it, or a text is no target.
        """
        unclear = self.signals.read(target_cells.unclear, cells)
        wrong = next((target for target in unclear if not target.kinds), None)
        meant = {} if wrong or not unclear else ask_meant(self, unclear)
        if wrong or meant is None:
            refused = wrong or unclear[0]
            raise RuleBroken(refused.field, refused.sentence)
        clear = [(key, name, meant.get((key, name), value)) for key, name, value in cells]
        for refused in self.signals.read(target_cells.unclear, clear) if meant else ():
            raise RuleBroken(refused.field, refused.sentence)  # not every meaning that may be chosen fits its number
        return clear

    def _ref(self, key: str) -> str:
        row = self.row(key)
        return row.ref if row else ""

    def row_selected(self, key: str) -> None:
        """Show another indicator in the panel."""
        self.panel.show_indicator(self.row(key))

    def _show_notes(self) -> None:
        """Print the notes of all marks beneath the table, each once, and the star's where there is a star."""
        star = [STAR_NOTE] if self._starred() else []
        self.notes.setText("\n".join([*star, *self._noted(lambda n: str(n).translate(performance_columns.RAISED))]))
        self.notes.setVisible(bool(self.notes.text()))

    def _starred(self) -> bool:
        return any(row.local_priority for row in self.model.rows)

    def _noted(self, mark: Callable[[int], str]) -> list[str]:
        """The notes beside the indicators, each once, behind what ``mark`` makes of its number."""
        notes: dict[str, str] = {}
        for row in self.model.rows:
            for note in self.signals.read(queries.notes_at, "indicator_id", row.key) if row.notes else ():
                notes[note.key] = f"{mark(note.number) if note.number else ''} {note.text}".strip()
        return list(notes.values())

    def arranged(self) -> None:
        """Say why no indicator is shown, if none is."""
        empty = not self.model.rows
        self.empty_text.setText(EMPTY if empty else NOTHING_FOUND)
        self.empty_button.setText(("Add indicator" if self._groups else "Add group…") if empty else "Clear the filter")

    def begin(self) -> None:
        """Add the first indicator, or the first group."""
        self.insert("")
