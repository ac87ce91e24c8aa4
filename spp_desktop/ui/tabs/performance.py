"""The performance plan: indicators by group with their targets as a table, and the whole indicator beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import performance
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui import grid_header
from spp_desktop.ui.columns import Choice
from spp_desktop.ui.dialogs.question import ask
from spp_desktop.ui.grid_view import GridView
from spp_desktop.ui.signals import Changed, PlanSignals
from spp_desktop.ui.table_model import Cell, TableModel
from spp_desktop.ui.tabs import performance_columns
from spp_desktop.ui.tabs.indicator_panel import STAR_NOTE, IndicatorPanel

SHOWN_TABLES = frozenset({"plan", "indicator", "indicator_group", "target", "result", "note", "note_use"})
READ_ONLY = "This plan is open for reading only; nothing can be changed here."
EMPTY = "No indicators yet. A performance plan begins with a group, such as Reducing crime and disorder."
NOTHING_FOUND = "No indicator matches the filter."


class PerformanceTab(QWidget):
    """The indicators of one plan.

    Signals:
        selected: the key of the indicator the person is in.
    """

    selected = Signal(str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signals = signals
        self._groups: list[Choice] = []
        self._years = years_of(signals.read(queries.plan))
        known = performance_columns.columns(self._years, lambda: self._groups)
        self.model = TableModel(known, self._commit, performance_columns.summary, parent=self)
        self.grid = GridView(self.model, "Indicators of the performance plan", "indicator")
        self.panel = IndicatorPanel(signals)
        self.filter = QLineEdit()
        self.sentence, self.notes, self._empty = (QLabel(wordWrap=True) for _ in range(3))
        self.add, self._begin = QPushButton("&Add indicator"), QPushButton()
        self._lay_out()
        self.show_panel, self.add_group = self._make_actions()
        self._connect()
        self.model.arrangement.grouping = "group_id"
        self.refresh()

    # Laying out

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty_page())
        self.sentence.setAccessibleName("Why the last change was not kept")
        self.sentence.setForegroundRole(QPalette.ColorRole.BrightText)
        self.sentence.hide()
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        table = QWidget()
        under = QVBoxLayout(table)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(4)
        under.addWidget(self.stack, 1)
        under.addWidget(self.sentence)
        under.addWidget(self.notes)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.addWidget(table)
        self.beside.addWidget(self.panel)
        self.beside.setStretchFactor(0, 1)
        self.beside.setSizes([880, 400])
        self.beside.setCollapsible(0, False)
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 8, 8, 8)
        page.setSpacing(6)
        page.addLayout(self._toolbar())
        page.addWidget(self.beside, 1)

    def _toolbar(self) -> QHBoxLayout:
        self.filter.setPlaceholderText("Filter: words, unit:crimes, star:yes, population:BME…")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter indicators")
        self.filter.setMaximumWidth(380)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.filter, 2)
        bar.addStretch(1)
        bar.addWidget(self.add)
        return bar

    def _empty_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        box.addWidget(self._empty)
        box.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        return page

    def _make_actions(self) -> tuple[QAction, QAction]:
        show = QAction("Show the whole &indicator", self, checkable=True, checked=True)
        show.setShortcut(QKeySequence("F4"))
        show.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        show.toggled.connect(self.panel.setVisible)
        group = QAction("Add &group…", self)
        group.triggered.connect(self.new_group)
        self.addActions([show, group])
        return show, group

    def _connect(self) -> None:
        self.signals.changed.connect(self._plan_changed)
        self.filter.textChanged.connect(self.model.set_filter)
        self.filter.installEventFilter(self)
        self.add.clicked.connect(self.grid.does.insert_row)
        self._begin.clicked.connect(self._begin_clicked)
        self.model.refused.connect(self.say)
        self.model.arranged.connect(self._arranged)
        self.grid.selected.connect(self._selected)
        self.grid.insert_asked.connect(self.insert)
        self.grid.duplicate_asked.connect(self.duplicate)
        self.grid.delete_asked.connect(self.delete)

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        read_only = self.signals.workspace.read_only
        self.model.locked = READ_ONLY if read_only else ""
        self.add.setDisabled(read_only)
        self.add.setToolTip(self.model.locked or "Add an indicator behind this one (Ctrl++)")
        self.add_group.setDisabled(read_only)
        self._begin.setDisabled(read_only)
        self.grid.set_deeds()
        self._groups = [Choice(key, title) for key, title in self.signals.read(queries.indicator_groups)]
        self.model.set_rows(self.signals.read(queries.indicators))
        self._show_notes()
        self.panel.show_indicator(self._current())

    def select(self, key: str) -> bool:
        """Go to an indicator, clearing the filter if it hides it. Says whether the plan has it."""
        if self.grid.select(key):
            return True
        if all(row.key != key for row in self.model.rows):
            return False
        self.clear_filter()
        return self.grid.select(key)

    def clear_filter(self) -> None:
        """Show all indicators."""
        self.filter.clear()
        self.model.show_all()

    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def commit_pending(self) -> None:
        """Keep what is being typed, if anything is."""
        self.grid.commit_pending()

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        self.grid.set_deeds()
        return [*self.grid.deeds.values(), self.add_group, self.show_panel]

    def summary(self) -> str:
        """The count for the status bar."""
        count, shown = len(self.model.rows), self.model.matching()
        starred = sum(row.local_priority for row in self.model.rows)
        said = f"{count} {'indicator' if count == 1 else 'indicators'}"
        return said + (f", {shown} shown" if shown != count else "") + (f", {starred} starred" if starred else "")

    def save_state(self) -> dict[str, Any]:
        """How the tab is left."""
        return {
            "grid": grid_header.save_state(self.grid),
            "beside": self.beside.sizes(),
            "panel": self.show_panel.isChecked(),
            "page": self.panel.pages.currentIndex(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as the tab was left."""
        if not state:
            return
        grid_header.restore_state(self.grid, state.get("grid", {}))
        self.filter.blockSignals(True)
        self.filter.setText(self.model.arrangement.filter_text)
        self.filter.blockSignals(False)
        sizes = state.get("beside", ())
        if len(sizes) == self.beside.count() and any(sizes):
            self.beside.setSizes([int(size) for size in sizes])
        self.show_panel.setChecked(bool(state.get("panel", True)))
        self.panel.pages.setCurrentIndex(int(state.get("page", 0)))

    # What the person does

    def insert(self, after: str) -> None:
        """Add an indicator behind one, in its group, and begin to type its title."""
        row = self._row(after)
        if row is None and not self._groups:
            self.new_group()
            return
        group = row.group_key if row else self._groups[0].value
        key = self._edit("add an indicator", performance.add_indicator, group, "New indicator", after=after or None)
        if key and self.select(str(key)):
            self.grid.setFocus()
            self.grid.select(str(key), "title")
            self.grid.edit(self.grid.currentIndex())

    def duplicate(self, keys: Sequence[str]) -> None:
        """Copy indicators to the places behind them, with their targets and without their results."""
        made = [
            self._edit(f"duplicate indicator {self._ref(key)}", performance.duplicate_indicator, key) for key in keys
        ]
        if made and made[-1]:
            self.select(str(made[-1]))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete indicators, having said what hangs on them."""
        if not keys:
            return
        what = f"indicator {self._ref(keys[0])}" if len(keys) == 1 else f"{len(keys)} indicators"
        hanging = self._hanging(keys)
        if hanging or len(keys) > 1:
            more = f" and {'its' if len(keys) == 1 else 'their'} {' and '.join(hanging)}" if hanging else ""
            if not ask(self, f"Delete {what}{more}?", "Delete", detail="Undo brings everything back."):
                return
        at = self.grid.currentIndex()
        self._edit(f"delete {what}", performance.remove_indicators, list(keys))
        line = min(at.row(), self.model.rowCount() - 1)
        if line >= 0:
            self.grid.setCurrentIndex(self.model.index(line, at.column()))

    def new_group(self) -> None:
        """Ask for the title of a new group and add it."""
        title, sure = QInputDialog.getText(self, "Add group", "Title of the group of indicators:")
        if not sure or not title.strip():
            return
        key = self._edit(f"add group {title.strip()}", performance.add_group, title)
        if key:
            made = self._edit("add an indicator", performance.add_indicator, str(key), "New indicator")
            if made:
                self.select(str(made))

    def say(self, sentence: str) -> None:
        """Say beneath the table why something was not kept; "" when that is over."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter box, Down and Enter go into the table and Escape clears."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.grid.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.clear_filter()
                return True
        return super().eventFilter(watched, event)

    # How it is done

    def _commit(self, cells: list[Cell]) -> None:
        known = self.model.columns
        self.signals.edit(
            performance_columns.label(cells, self.model.rows, known),
            performance.set_cells,
            performance_columns.values(cells),
        )

    def _edit(self, label: str, verb: Callable[..., object], *args: Any, **values: Any) -> object:
        """Run a verb; where it is refused, say so beneath the table and give nothing."""
        try:
            made = self.signals.edit(label, verb, *args, **values)
        except (RuleBroken, NotKept) as problem:
            self.say(str(problem))
            return None
        self.say("")
        return made

    def _hanging(self, keys: Sequence[str]) -> list[str]:
        """What would go with indicators: "4 targets", "24 results"."""
        counts = {"target": 0, "result": 0}
        for key in keys:
            for table, count in self.signals.read(queries.hangs_on, Indicator, key).items():
                if table in counts:
                    counts[table] += count
        return [f"{count} {table}{'' if count == 1 else 's'}" for table, count in counts.items() if count]

    def _row(self, key: str) -> Any:
        return next((row for row in self.model.rows if row.key == key), None)

    def _ref(self, key: str) -> str:
        row = self._row(key)
        return row.ref if row else ""

    def _current(self) -> str:
        held = self.grid.current()
        return held[0].key if held else ""

    def _selected(self, key: str) -> None:
        self.panel.show_indicator(key)
        self.selected.emit(key)

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or SHOWN_TABLES & changed.rows.keys():
            self.refresh()

    def _show_notes(self) -> None:
        """Print the notes of all marks beneath the table, each once, and the star's where there is a star."""
        said: dict[str, str] = {}
        for row in self.model.rows:
            for note in self.signals.read(queries.notes_at, "indicator_id", row.key) if row.notes else ():
                said[note.key] = f"{str(note.number or '').translate(performance_columns.RAISED)} {note.text}".strip()
        star = [STAR_NOTE] if any(row.local_priority for row in self.model.rows) else []
        self.notes.setText("\n".join([*star, *said.values()]))
        self.notes.setVisible(bool(self.notes.text()))

    def _arranged(self) -> None:
        empty, hidden = not self.model.rows, not self.model.matching()
        self.stack.setCurrentIndex(1 if empty or hidden else 0)
        self._empty.setText(EMPTY if empty else NOTHING_FOUND)
        self._begin.setText(("Add indicator" if self._groups else "Add group…") if empty else "Clear the filter")

    def _begin_clicked(self) -> None:
        if self.model.rows:
            self.clear_filter()
        else:
            self.insert("")
