"""The annual delivery plan: the year's activities as a table, the whole activity beside it, the picture under it."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import delivery
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.plain import OWNERS
from spp_desktop.store.problems import NotKept
from spp_desktop.ui import grid_header
from spp_desktop.ui.grid_view import GridView
from spp_desktop.ui.signals import Changed, PlanSignals
from spp_desktop.ui.table_model import Cell, TableModel
from spp_desktop.ui.tabs.activity_panel import ActivityPanel
from spp_desktop.ui.tabs.delivery_columns import columns, label, summary
from spp_desktop.ui.tabs.delivery_deeds import DeliveryDeeds
from spp_desktop.ui.tabs.plan_lists import PlanLists

GROUPS: tuple[tuple[str, str | None], ...] = (
    ("Priority", "priority_id"), ("Owner", OWNERS), ("Status", "status_id"), ("Nothing", None),
)  # fmt: skip
SHOWN_TABLES = {
    "activity", "activity_owner", "activity_link", "activity_update", "milestone", "status", "post", "priority",
}  # fmt: skip


class DeliveryTab(QWidget):
    """One year's activities.

    Signals:
        selected: the key of the activity the person is in.
        visible_changed: the keys of the activities shown, from top to bottom.
    """

    selected = Signal(str)
    visible_changed = Signal(list)

    def __init__(
        self, signals: PlanSignals, year: int, today: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.signals = signals
        self.year = year
        self._today = today
        self.lists = PlanLists(signals)
        self.model = TableModel(
            columns(self.lists, self.today), self._commit, summary(self.lists, self.today), parent=self
        )
        self.grid = GridView(self.model, "Activities of the annual delivery plan", "activity")
        self.panel = ActivityPanel(signals, self.lists)
        self.filter = QLineEdit()
        self.group = QComboBox()
        self.chips = QHBoxLayout()
        self.sentence = QLabel()
        self.picture = QWidget()
        self._empty_text = QLabel()
        self._empty_button = QPushButton()
        self._lay_out()
        self._actions = self._make_actions()
        self.does = DeliveryDeeds(self)
        self._connect()
        self.model.arrangement.grouping = GROUPS[0][1]
        self.refresh()

    def today(self) -> date:
        """The day on which things are late or not."""
        return self._today or date.today()

    # Laying out

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 8, 8, 8)
        page.setSpacing(6)
        page.addLayout(self._toolbar())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty_page())
        table = QWidget()
        under = QVBoxLayout(table)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(4)
        under.addWidget(self.stack, 1)
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName("Why the last change was not kept")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.hide()
        under.addWidget(self.sentence)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.addWidget(table)
        self.beside.addWidget(self.panel)
        self.beside.setStretchFactor(0, 1)
        self.beside.setSizes([880, 360])
        self.beside.setCollapsible(0, False)
        self.above = QSplitter(Qt.Orientation.Vertical)
        self.above.addWidget(self.beside)
        self.above.addWidget(self.picture)
        self.above.setStretchFactor(0, 1)
        self.above.setCollapsible(0, False)
        self.picture.hide()
        page.addWidget(self.above, 1)

    def _toolbar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.filter.setPlaceholderText("Filter: words, owner:crime, status:late, priority:harm…")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter activities")
        self.filter.setMaximumWidth(380)
        for title, field in GROUPS:
            self.group.addItem(title, field)
        by = QLabel("&Group by")
        by.setBuddy(self.group)
        self.add = QPushButton("&Add activity")
        self.add.setToolTip("Add an activity behind this one (Ctrl++)")
        bar.addWidget(self.filter, 2)
        bar.addWidget(by)
        bar.addWidget(self.group)
        bar.addLayout(self.chips)
        bar.addStretch(1)
        bar.addWidget(self.add)
        return bar

    def _empty_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_text.setWordWrap(True)
        self._empty_button.clicked.connect(self._empty_clicked)
        box.addStretch(1)
        box.addWidget(self._empty_text)
        box.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        return page

    def _make_actions(self) -> list[QAction]:
        made = []
        for text, keys, widget in (
            ("Show the whole &activity", "F4", self.panel),
            ("Show the ti&meline", "Shift+F4", self.picture),
        ):
            action = QAction(text, self, checkable=True, checked=widget is self.panel)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.toggled.connect(widget.setVisible)
            self.addAction(action)
            made.append(action)
        self.show_panel, self.show_picture = made
        return made

    def _connect(self) -> None:
        self.signals.changed.connect(self._plan_changed)
        self.filter.textChanged.connect(self.model.set_filter)
        self.filter.returnPressed.connect(self.grid.setFocus)
        self.filter.installEventFilter(self)
        self.group.activated.connect(lambda: self.model.group_by(self.group.currentData()))
        self.add.clicked.connect(self.grid.does.insert_row)
        self.model.refused.connect(self.say)
        self.model.arranged.connect(self._arranged)
        self.grid.selected.connect(self._selected)
        self.grid.insert_asked.connect(self.does.insert)
        self.grid.duplicate_asked.connect(self.does.duplicate)
        self.grid.delete_asked.connect(self.does.delete)
        self.panel.go_to.connect(self.select)
        self.panel.refused.connect(self.say)

    # What the window asks

    def set_year(self, year: int) -> None:
        """Show another financial year, by its first calendar year."""
        self.year = year
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
        read_only = self.signals.workspace.read_only
        self.model.locked = "This plan is open for reading only; nothing can be changed here." if read_only else ""
        self.add.setDisabled(read_only)
        self.add.setToolTip(self.model.locked or "Add an activity behind this one (Ctrl++)")
        self.grid.set_deeds()
        self.lists.refresh()
        self.model.set_rows(self.signals.read(queries.activities, self.year))
        self.panel.show_activity(self._current())

    def select(self, key: str) -> bool:
        """Go to an activity, clearing the filter if it hides it. Says whether this year has it."""
        if self.grid.select(key):
            return True
        if all(row.key != key for row in self.model.rows):
            return False
        self.clear_filter()
        return self.grid.select(key)

    def visible_keys(self) -> list[str]:
        """The keys of the activities shown, from top to bottom."""
        return self.model.visible_keys()

    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def commit_pending(self) -> None:
        """Keep what is being typed, if anything is."""
        self.grid.commit_pending()
        self.panel.commit_pending()

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        self.grid.set_deeds()
        return [*self.grid.deeds.values(), *self._actions]

    def summary(self) -> str:
        """The count for the status bar."""
        count, shown = len(self.model.rows), self.model.matching()
        late = sum(row.late(self.today()) for row in self.model.rows)
        said = f"{count} {'activity' if count == 1 else 'activities'}"
        return said + (f", {shown} shown" if shown != count else "") + (f", {late} late" if late else "")

    def save_state(self) -> dict[str, Any]:
        """How the tab is left."""
        return {
            "grid": grid_header.save_state(self.grid),
            "beside": self.beside.sizes(),
            "above": self.above.sizes(),
            "panel": self.show_panel.isChecked(),
            "picture": self.show_picture.isChecked(),
            "panel lists": self.panel.save_state(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as the tab was left."""
        if not state:
            return
        grid_header.restore_state(self.grid, state.get("grid", {}))
        self.filter.blockSignals(True)
        self.filter.setText(self.model.arrangement.filter_text)
        self.filter.blockSignals(False)
        self.group.setCurrentIndex(max(self.group.findData(self.model.arrangement.grouping), 0))
        for splitter, name in ((self.beside, "beside"), (self.above, "above")):
            if len(state.get(name, ())) == splitter.count() and any(state[name]):
                splitter.setSizes([int(size) for size in state[name]])
        self.show_panel.setChecked(bool(state.get("panel", True)))
        self.show_picture.setChecked(bool(state.get("picture", True)))
        self.panel.restore_state(state.get("panel lists", {}))

    # What the person does

    def clear_filter(self) -> None:
        """Show all activities."""
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.model.show_all()

    def say(self, sentence: str) -> None:
        """Say something under the table; nothing takes it away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def edit(self, what: str, verb: Any, *args: Any, **values: Any) -> Any:
        """Edit the plan; a refusal is said under the table."""
        try:
            done = self.signals.edit(what, verb, *args, **values)
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))
            return None
        self.say("")
        return done

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Esc empties the filter box, Down goes to the table."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a key press is a QKeyEvent
            if key == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if key == Qt.Key.Key_Down:
                self.grid.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _commit(self, cells: list[Cell]) -> None:
        self.signals.edit(label(cells, self.model.columns, self.model.rows), delivery.set_cells, cells)

    # What follows

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or SHOWN_TABLES & changed.rows.keys():
            self.refresh()

    def _selected(self, key: str) -> None:
        self.panel.show_activity(self._current())
        self.selected.emit(key)

    def _current(self) -> Any:
        here = self.grid.current()
        return here[0] if here else None

    def _arranged(self) -> None:
        self._show_chips()
        nothing = not self.model.rows
        self.stack.setCurrentIndex(1 if nothing or not self.model.matching() else 0)
        if nothing:
            self._empty_text.setText(f"No activities in {year_name(self.year)} yet.")
        else:
            self._empty_text.setText(f"No activity matches {self._filter_words()}.")
        self._empty_button.setText("Add an activity" if nothing else "Clear filter")
        self._empty_button.setDisabled(nothing and bool(self.model.locked))
        self.visible_changed.emit(self.visible_keys())

    def _filter_words(self) -> str:
        arrangement = self.model.arrangement
        chosen = [" or ".join(sorted(texts)) for texts in arrangement.chosen.values()]
        return " and ".join([f"“{arrangement.filter_text}”"] * bool(arrangement.filter_text) + chosen)

    def _empty_clicked(self) -> None:
        if self.model.rows:
            self.clear_filter()
            self.grid.setFocus()
        else:
            self.does.insert("")

    def _show_chips(self) -> None:
        while (item := self.chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for field, texts in self.model.arrangement.chosen.items():
            chip = QToolButton()
            said = ", ".join(sorted(texts)) if len(texts) <= 2 else f"{len(texts)} of {self._title(field)}"  # noqa: PLR2004 - two are read at a glance
            chip.setText(f"{said[:40]}  ×")  # noqa: RUF001 - the cross that takes it away
            chip.setToolTip(f"Show all again, not only {', '.join(sorted(texts))}")
            chip.setAccessibleName(f"Take away filter {said}")
            chip.clicked.connect(lambda _on=False, field=field: self.model.choose(field, None))
            self.chips.addWidget(chip)

    def _title(self, field: str) -> str:
        return self.model.columns[self.model.column_of(field)].title.lower()
