"""The page of the annual delivery plan: the year's activities as a table, the whole of one, and the timeline."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSplitter, QWidget

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store import planned, queries, reached
from spp_desktop.store.plain import OWNERS, STANDS_UNDER, ActivityRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.style import label_of_plan
from spp_desktop.ui.delivery.columns import columns, label, summary
from spp_desktop.ui.delivery.deeds import DeliveryDeeds
from spp_desktop.ui.delivery.lane_moving import DraggedDate
from spp_desktop.ui.delivery.moved_dates import MovedDates
from spp_desktop.ui.delivery.panel import ActivityPanel
from spp_desktop.ui.delivery.plan_lists import PlanLists
from spp_desktop.ui.delivery.status_reasons import StatusReasons
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.begun import BegunTable
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.grid.filter_box import Chips
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.grid.table_page import PageTexts, TablePage, restore_sizes
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.monitoring.reporting import TABLES as MONITORED
from spp_desktop.ui.monitoring.row_actions import carry_action, proposal_action
from spp_desktop.ui.thread.pane import Linkable, link_action

GROUPS: tuple[tuple[str, str | None], ...] = (
    ("Priority", "priority_id"), ("Owner", OWNERS), ("Status", "status_id"), ("Stands under", STANDS_UNDER),
    ("Nothing", None),
)  # fmt: skip


NO_PRIORITIES = "\n\nEach activity serves a priority, and this plan has none yet."


class DeliveryPage(TablePage):
    """The page of one year's activities.

    Signals:
        visible_changed: other activities are shown, or in another order.
        renewed: the keys of activities that alone read otherwise; what is shown, and its order, is as it was.
        read_anew: the plan was read again as a whole.
        went: the table and the key of a linked row that the person wants to see.
    """

    visible_changed = Signal()
    renewed = Signal(frozenset)
    read_anew = Signal()
    went = Signal(str, str)
    words = PageTexts(
        "Filter: words, owner:crime, status:late, priority:harm…",
        "Filter activities",
        "Show the whole &activity",
        Activity.word,
    )
    tables = frozenset({
        "plan", "activity", "activity_owner", "link", "activity_update", "milestone", "status", "post",
        "priority", "theme", "commitment", "framework_item", "role", "post_in_role", "post_holder",
        "attachment", "marking", *MONITORED,
    })  # fmt: skip
    model: BegunTable
    panel: ActivityPanel

    def __init__(
        self,
        signals: PlanSignals,
        year: int,
        today: date | None = None,
        parent: QWidget | None = None,
        priority: Callable[[], str] = str,
    ) -> None:
        super().__init__(signals, parent)
        self._moved = MovedDates(self, signals, Activity)
        self._statuses = StatusReasons(self, signals)
        self.year = year
        self._today = today
        self.lists = PlanLists(signals)
        self.lists.year = year
        self.model = BegunTable(
            columns(self.lists, self.today), self._commit, summary(self.lists, self.today), parent=self
        )
        self.grid = GridView(self.model, "Activities of the annual delivery plan", Activity.word.singular)
        self.panel = ActivityPanel(signals, self.lists, self.today)
        self.group = QComboBox()
        self.chips = Chips(self.model)
        self.add = QPushButton("&Add activity")
        self.picture = QWidget()
        self.model.arrangement.grouping = GROUPS[0][1]
        self._lay_out()
        self.does = DeliveryDeeds(self, self.model, self.lists, lambda: self.year, priority)
        self.group.activated.connect(lambda: self.model.group_by(self.group.currentData()))
        self.link_rows = link_action(self, signals, self._linkable)
        self.carry = carry_action(self, self.panel.reporting, self._plan_keys, self.say)
        self.take_proposed = proposal_action(self, signals, self._plan_keys, self.say)
        self.add.clicked.connect(self.grid.does.insert_row)
        self.grid.insert_asked.connect(self.does.insert)
        self.grid.duplicate_asked.connect(self.does.duplicate)
        self.grid.delete_asked.connect(self.does.delete)
        self.panel.went.connect(self.went)
        self.refresh()

    def today(self) -> date:
        """The day from which it is judged what is late: the plan's own, as it stands now."""
        return self._today or self.lists.plan.today()

    def _fill_groups(self) -> None:
        """Offer what the rows can stand under: also the posts in each role."""
        roles = [(role.title, in_role(role.key)) for role in self.lists.roles]
        offered = [*GROUPS[:2], *roles, *GROUPS[2:]]
        if offered == [(self.group.itemText(n), self.group.itemData(n)) for n in range(self.group.count())]:
            return
        self.group.clear()
        for title, field in offered:
            self.group.addItem(in_words_of_plan(title), field)
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))

    def _lay_out(self) -> None:
        self._fill_groups()
        by = QLabel("&Group by")
        by.setBuddy(self.group)
        self.build((by, self.group, self.chips), (self.add,), panel_width=360)
        self.above = QSplitter(Qt.Orientation.Vertical)
        self.page.replaceWidget(self.beside, self.above)
        self.page.setStretchFactor(self.above, 1)
        self.above.addWidget(self.beside)
        self.above.addWidget(self.picture)
        self.above.setStretchFactor(0, 1)
        self.above.setCollapsible(0, False)
        self.show_picture = self.folding("Show the ti&meline", "Shift+F4", self.picture)
        self.show_picture.setChecked(False)

    # What the window asks

    def set_year(self, year: int) -> None:
        """Show another financial year, by its first calendar year."""
        self.year = self.lists.year = year
        self.model.arrangement.late_comers.clear()
        self.refresh()
        self.model.arrangement.late_comers.clear()

    def set_picture(self, widget: QWidget) -> None:
        """Put the timeline under the table."""
        self.above.replaceWidget(1, widget)
        self.picture.deleteLater()
        self.picture = widget
        self.show_picture.toggled.disconnect()
        self.show_picture.toggled.connect(widget.setVisible)
        self.show_picture.setChecked(True)
        widget.show()
        self.above.setSizes([420, 190])

    def refresh(self) -> None:
        """Read the plan again."""
        self.lock(self.add)
        self.add.setToolTip(self.model.locked or "Add an activity behind this one (Ctrl++)")
        self.lists.refresh()
        self._take_columns()
        self.read_anew.emit()
        self.model.set_rows(self.signals.read(queries.activities, self.year))
        self.follow()

    def _plan_changed(self, changed: Changed) -> None:
        """Read again the activities that read otherwise; all, where it is not known which do."""
        seen = {table: keys for table, keys in changed.rows.items() if table in self.tables}
        if changed.rows and not seen:
            return
        keys = self.signals.workspace.read_beside(reached.activities, seen) if seen else None
        if keys is None or not self._renew(keys):
            self.refresh()

    def _renew(self, keys: frozenset[str]) -> bool:
        """Read some activities again. Returns whether that was all; not, where one came, went, or has another place."""
        known = {key for key in keys if self.model.row_of(key) is not None}
        rows = self.signals.read(queries.activities, self.year, keys=keys)
        if known != {row.key for row in rows} or not self._in_order(known):
            return False
        self.lists.renew(keys)
        self.renewed.emit(keys)
        self.model.renew_rows(rows)
        self.follow()
        return True

    def _in_order(self, keys: Collection[str]) -> bool:
        """Whether activities still stand between those that the table has before and behind them."""
        if self.model.has_begun():
            return False
        pairs = [pair for key in keys for pair in self.model.neighbours(key)]
        places = self.signals.workspace.read_beside(reached.places, {key for pair in pairs for key in pair})
        return all(places[first] <= places[second] for first, second in pairs)

    def _take_columns(self) -> None:
        """Show a column for each role that the plan has now."""
        made = columns(self.lists, self.today)
        if [(c.field, c.title, c.about) for c in made] == [(c.field, c.title, c.about) for c in self.model.columns]:
            return
        left = grid_state.save_state(self.grid)
        if self.model.column_of(str(self.model.arrangement.grouping)) >= 0:
            fields = {column.field for column in made}
            grouping = self.model.arrangement.grouping
            left["group"] = self.model.arrangement.grouping = grouping if grouping in fields else GROUPS[0][1]
        self.model.set_columns(made, self.model.rows)
        self.grid.header.reset_columns()
        grid_state.restore_state(self.grid, left)
        self._fill_groups()
        self.panel.take_columns(made)

    def current(self) -> ActivityRow | None:
        """The current activity; ``None`` if there is none, or it is not in the plan yet."""
        row: ActivityRow | None = super().current()
        return None if row is None or is_new(row.key) else row

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        _, notes = super().titled()
        return f"Annual delivery plan {year_name(self.year)}, as at {short_day(self.today())}", notes

    def visible_keys(self) -> list[str]:
        """The keys of the activities shown, from top to bottom."""
        return self.model.visible_keys()

    def commit_pending(self) -> bool:
        """Keep what is being typed, in the table and in the panel. Returns whether the plan now has all of it."""
        kept = super().commit_pending()
        return self.panel.commit_pending() and kept

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.link_rows, self.carry, self.take_proposed, *super().actions(), self.show_picture]

    def summary(self) -> str:
        """The number of activities, for the status bar."""
        today = self.today()
        late = sum([row.late(today) for row in self.model.own_rows])
        return super().summary() + (f", {late} late" if late else "")

    def panes(self) -> Sequence[QWidget]:
        """The parts of the page that F6 goes through; the timeline comes behind the panel."""
        table, panel, choosing = super().panes()
        return table, panel, self.picture, choosing

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        return super().save_state() | {
            "above": self.above.sizes(),
            "picture": self.show_picture.isChecked(),
            "panel lists": self.panel.save_state(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        super().restore_state(state)
        if not state:
            return
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))
        restore_sizes(self.above, state.get("above", ()))
        self.show_picture.setChecked(bool(state.get("picture", True)))
        self.panel.restore_state(state.get("panel lists", {}))

    def move_date(self, moved: DraggedDate) -> None:
        """Keep a date that was moved on the timeline. It goes the way of one that is typed."""
        cells = [(moved.key, moved.column, moved.day)]
        if moved.table == Activity.__tablename__:
            self._tried(lambda: self._commit(cells))
            return
        reasoned = MovedDates(self, self.signals, Milestone).with_reason(cells)
        if reasoned is not None:
            self.edit(f"move milestone {moved.name} to {short_day(moved.day)}", delivery.set_milestones, reasoned)

    def _tried(self, change: Callable[[], None]) -> None:
        """Change the plan, or say beneath the table why that was refused."""
        try:
            change()
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))

    def say_too_early(self, moved: Sequence[str]) -> None:
        """Say what is planned too early now that the dates of some activities are others."""
        if moved:
            self.say(self.signals.read(planned.warning, moved, self.today()))

    def _commit(self, cells: list[CellChange]) -> None:
        dated = self._moved.with_reason(cells)
        reasoned = None if dated is None else self._statuses.with_reason(dated)
        if reasoned is None:
            return
        rows = [row for key in {key for key, _, _ in cells} if (row := self.model.row_of(key)) is not None]
        self.signals.edit(label(cells, self.model.columns, rows), delivery.set_cells, reasoned)
        self.say_too_early([key for key, field, _ in cells if field in planned.DATES])

    # What the table page asks

    def row_selected(self, key: str) -> None:
        """Show another activity in the panel."""
        del key
        with self.signals.workspace.holding():
            self.panel.show_activity(self.current())

    def arranged(self) -> None:
        """Say why no activity is shown, if there is none."""
        nothing, first = not self.model.rows, not self.lists.priorities
        if nothing:
            self.empty_text.setText(
                f"No activities in {year_name(self.year)} yet.{in_words_of_plan(NO_PRIORITIES) if first else ''}"
            )
        else:
            self.empty_text.setText(f"No activity matches {self._filter_words()}.")
        add = label_of_plan("Write the priorities first") if first else "Add an activity"
        self.empty_button.setText(add if nothing else "Clear filter")
        self.empty_button.setDisabled(nothing and bool(self.model.locked))
        self.visible_changed.emit()

    def begin(self) -> None:
        """Add the first activity, or go to where its priority is written."""
        if self.lists.priorities:
            self.does.insert("")
        else:
            self.page_wanted.emit("priorities")

    def _linkable(self) -> Linkable | None:
        """The activities chosen, to be linked."""
        keys = self._plan_keys()
        return Linkable("activity", keys, self.year) if keys else None

    def _plan_keys(self) -> list[str]:
        """The keys of the activities chosen that are in the plan."""
        return [key for key in self.grid.selected_keys() if not is_new(key)]

    def _filter_words(self) -> str:
        arrangement = self.model.arrangement
        chosen = [" or ".join(sorted(texts)) for texts in arrangement.chosen.values()]
        return " and ".join([f"“{arrangement.filter_text}”"] * bool(arrangement.filter_text) + chosen)
