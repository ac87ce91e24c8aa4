"""The page of the overview: where a plan stands, in numbers, and the list behind each."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from spp_desktop.edits.overview.parts import PARTS, OverviewPart, part_named, read_beside
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store import queries
from spp_desktop.store.as_at import moment_of
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk, RowBehind, TallyTable, confined
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.common.style import label_of_plan
from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.grid.fields import DayField
from spp_desktop.ui.overview.arrange_dialog import ArrangeDialog
from spp_desktop.ui.overview.kept_checks import KeptChecks
from spp_desktop.ui.overview.overview_view import OverviewView
from spp_desktop.ui.overview.plot import OverviewStop, PartShown
from spp_desktop.ui.overview.rows_page import RowsPage

ARRANGE_KEYS = "Ctrl+Shift+O"
NOTHING = (
    "Nothing to count yet. Here stands how the plan does: its activities by status, its indicators against their "
    "targets, what is overdue and what is due. Write the priorities first, or take in a plan that exists by Plan > "
    "Import plan…."
)
SHOWN_WITH: Mapping[str, str] = {"milestone": "activity", "target": "targets"}
"""The kind of item as which rows are shown that stand with another."""
PAGES_OF: Mapping[str, str] = {
    "step": "history", "gone": "history", "finding": "checks", "issue": "returns", "round": "calendar",
}  # fmt: skip
"""The page of rows that are no items of the plan, by their kind."""
LARGE = 2000
"""Activities from which a plan is counted beside the window: below that it takes no longer than a page to be drawn."""
CHECKS = "checks"
"""The part that says what the checks find."""
NUMBERS, ROWS, EMPTY = range(3)
"""What the page shows: its places in the stack."""


class OverviewPage(WindowPage):
    """The numbers of a plan.

    Signals:
        went: the kind and the key of an item that the person wants to see.
        turned: the name of a page, and the key of the row of it that the person wants to see.
    """

    went = Signal(str, str)
    turned = Signal(str, str)

    def __init__(
        self, signals: PlanSignals, jobs: Jobs, kept: KeptChecks, year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.signals, self.jobs, self.kept, self.year = signals, jobs, kept, year
        self._running: JobProgress | None = None
        self._order: list[str] = [part.name for part in PARTS]
        self._hidden: list[str] = []
        self._since: date | None = None
        self._opened: OverviewStop | None = None
        self._tables: Mapping[str, TallyTable] = {}
        self._stale = True
        self.view, self.area, self.rows = OverviewView(), QScrollArea(), RowsPage(signals)
        self.since = DayField(self, "Changes since", Day(lambda: self.year))
        self.about, self.refused = QLabel(), QLabel()
        self.arrange_button = QPushButton("&Arrange…")
        self.empty_button = QPushButton(label_of_plan("Write the priorities first"), autoDefault=True)
        self.stack = QStackedWidget()
        self.arrange_parts = QAction("A&rrange the overview…", self, shortcut=QKeySequence(ARRANGE_KEYS))
        self.arrange_parts.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.arrange_parts)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.since.setMaximumWidth(110)
        self.refused.setForegroundRole(QPalette.ColorRole.BrightText)
        self.refused.hide()
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.arrange_button.setToolTip(f"Choose which parts are shown, and in what order ({ARRANGE_KEYS})")
        label = QLabel("&Changes since")
        label.setBuddy(self.since)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        beside: tuple[QWidget, ...] = (label, self.since, self.refused, self.about)
        for widget in beside:
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.arrange_button)
        self.area.setWidget(self.view)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        numbers = QWidget()
        inside = QVBoxLayout(numbers)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(bar)
        inside.addWidget(self.area, 1)
        for widget in (numbers, self.rows, self._empty_page()):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.stack)
        self.setFocusProxy(self.view)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        words = QLabel(in_words_of_plan(NOTHING), wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(560)
        box = QVBoxLayout(page)
        box.addStretch(1)
        middle = QHBoxLayout()  # not by its alignment, which gives the words the height that a wider label has
        middle.addStretch()
        middle.addWidget(words)
        middle.addStretch()
        box.addLayout(middle)
        box.addSpacing(8)
        box.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        return page

    def _connect(self) -> None:
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._show_stop)
        self.rows.left.connect(self.back)
        self.rows.opened.connect(self._go)
        self.rows.summary_changed.connect(self.summary_changed)
        self.since.editingFinished.connect(self._take_since)
        self.arrange_button.clicked.connect(self.arrange)
        self.arrange_parts.triggered.connect(self.arrange)
        self.empty_button.clicked.connect(lambda: self.page_wanted.emit("priorities"))
        self._later.timeout.connect(self._read_if_seen)
        self.kept.looked.connect(self._take_findings)
        self.kept.failed.connect(self._refuse)
        self.signals.changed.connect(self._plan_changed)
        self.signals.portfolio.turned.connect(self.refresh)
        self.signals.portfolio.counted.connect(self.refresh)

    # What the window asks

    def set_year(self, year: int) -> None:
        """Count the activities of another financial year, by its first calendar year."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        """Count again, now or when it is next seen."""
        self._stale = True
        self._later.start()

    def select(self, key: str) -> bool:
        """Go to the first number of a part, by the part's name. Returns whether it is shown."""
        self._read_if_stale()
        stops = self.view.plot.stops if self.view.plot is not None else []
        first = next((stop for stop in stops if stop.part == key), None)
        return first is not None and self.view.select(first.place)

    def focus_filter(self) -> None:
        """Put the cursor into the filter of the list, or into the day since which changes are counted."""
        if self.stack.currentIndex() == ROWS:
            self.rows.focus_filter()
        else:
            self.since.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.since.selectAll()

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next cell of the list that holds what is sought, or the one before."""
        if self.stack.currentIndex() == ROWS:
            self.rows.find_next(back=back)
        else:
            self.focus_filter()

    def panes(self) -> Sequence[QWidget]:
        """The numbers and what is above them; of the list behind one, its own."""
        if self.stack.currentIndex() == ROWS:
            return self.rows.panes()
        return self.stack, self.since

    def row_keys(self) -> Sequence[str]:
        """The row that is named where the person is, or the only one behind the number; of a list, its line's."""
        if self.stack.currentIndex() == ROWS:
            return self.rows.row_keys()
        stop = self.view.stop()
        only = stop.rows[0] if stop is not None and len(stop.rows) == 1 else None
        row = (stop.row or only) if stop is not None else None
        return tuple(filter(None, (row.key, row.part_of, *row.about))) if row is not None else ()

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        stop = self.view.stop()
        return {
            "order": self._order,
            "hidden": self._hidden,
            "since": self._since.isoformat() if self._since is not None else "",
            "at": list(stop.place) if stop is not None else [],
            "rows": self.rows.save_state(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left; parts that were not there then stand at the end."""
        known = [str(name) for name in state.get("order", ()) if part_named(str(name)) is not None]
        self._order = [*known, *(part.name for part in PARTS if part.name not in known)]
        self._hidden = [str(name) for name in state.get("hidden", ()) if str(name) in self._order]
        self._since = date.fromisoformat(state["since"]) if state.get("since") else None
        rows = state.get("rows", {})  # how the table was arranged, and not what was shown in it
        grid = {name: value for name, value in rows.get("grid", {}).items() if name in {"columns", "lines"}}
        self.rows.restore_state({**rows, "grid": grid} if rows else {})
        self._read()
        self.view.select(state.get("at", ()))

    def actions(self) -> list[QAction]:
        """What can be done here, for the menus."""
        return [self.arrange_parts, *self.rows.actions(), *self.view.actions_here()]

    def selection(self) -> str:
        """What is selected in the list."""
        return self.rows.selection() if self.stack.currentIndex() == ROWS else ""

    def summary(self) -> str:
        """What the number counts that the person is at, for the status bar; of a list, how many rows."""
        if self.stack.currentIndex() == ROWS:
            return self.rows.summary()
        stop = self.view.stop()
        return stop.words if stop is not None and self.stack.currentIndex() == NUMBERS else ""

    # What the person does

    def parts(self) -> list[OverviewPart]:
        """The parts that are shown, in the person's order."""
        return [part for name in self._order if name not in self._hidden and (part := part_named(name)) is not None]

    def arrange(self) -> None:
        """Ask which parts are shown, and in what order."""
        dialog = ArrangeDialog(self._order, self._hidden, self.window())
        if dialog.exec():
            self._order, self._hidden = dialog.order(), dialog.hidden()
            self._read()
        dialog.deleteLater()

    def back(self) -> None:
        """Go back from a list to the number that was opened."""
        self._opened = None
        self.setFocusProxy(self.view)
        self.stack.setCurrentIndex(NUMBERS)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.summary_changed.emit()

    def _open(self, stop: OverviewStop) -> None:
        if stop.row is not None:
            self._go(stop.row)
            return
        self._opened = stop
        self.rows.clear_filter()
        self._show_rows(stop)
        self.stack.setCurrentIndex(ROWS)
        self.setFocusProxy(self.rows)
        if stop.rows:
            self.rows.select(self.rows.first_row())
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.summary_changed.emit()

    def _show_rows(self, stop: OverviewStop) -> None:
        notes = [shown.table.note for shown in self.view.parts if shown.part.name == stop.part]
        self.rows.show_rows(stop.title, stop.rows, "".join(notes))

    def _go(self, row: RowBehind) -> None:
        """Show a row where it stands."""
        key = row.part_of or row.key
        if row.kind in PAGES_OF:
            self.turned.emit(PAGES_OF[row.kind], key)
        else:
            self.went.emit(SHOWN_WITH.get(row.kind, row.kind), key)

    def _take_since(self) -> None:
        """Count what changed since the day that is typed; nothing typed means the running period."""
        text = self.since.text().strip()
        day = self.since.kind.read(text) if text else None
        if text and not isinstance(day, date):
            self._refuse(day.sentence if day is not None else "")
            return
        self._refuse("")
        if day != self._since:
            self._since = day if isinstance(day, date) else None
            self._read()

    def _refuse(self, sentence: str) -> None:
        self.refused.setText(sentence)
        self.refused.setVisible(bool(sentence))
        self.about.setVisible(not sentence)

    # How it is done

    def showEvent(self, event: QShowEvent) -> None:
        """Count what changed while something else was shown."""
        super().showEvent(event)
        self._read_if_stale()
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        """Have the checks look, once the numbers are painted."""
        if self.isVisible() and not self.signals.stopped and any(part.name == CHECKS for part in self.parts()):
            self.kept.look()

    def _plan_changed(self, changed: Changed) -> None:
        del changed
        self.refresh()

    def _read_if_seen(self) -> None:
        if self.isVisible() and not self.signals.stopped:
            self._read_if_stale()
            self._look()

    def _read_if_stale(self) -> None:
        if self._stale:
            self._read()

    def _read(self) -> None:
        """Count: at once where the plan is small, otherwise beside the window."""
        self._stale = False
        if self._running is not None:
            self._running.cancel()
            self._running = None
        small = self.signals.read(queries.counts)["activity"] < LARGE
        if small or moment_of(self.signals.workspace) is not None:  # what is seen as at a moment has no file
            self._show({})
            return
        path, parts = self.signals.workspace.path, self.parts()
        asked, findings = OverviewAsk(self.year, self._since), self.kept.checked
        self._running = self.jobs.run(
            lambda tell: read_beside(path, asked, findings, parts, partial(_told, tell)),
            self._show, self._refuse, "Counting",
        )  # fmt: skip

    def _show(self, tables: Mapping[str, TallyTable]) -> None:
        """Show what the parts say: as it was read beside the window, or as it is read now."""
        self._running = None
        plan = OverviewPlan(self.signals.workspace, OverviewAsk(self.year, self._since), self.kept.checked)
        of = self.signals.portfolio.shown
        shown = [PartShown(part, tables.get(part.name) or part.read(plan)) for part in self.parts()]
        self._tables = {each.part.name: each.table for each in shown}
        if of is not None:
            shown = [PartShown(each.part, confined(each.table, self.signals.portfolio.holds)) for each in shown]
        if not self.since.hasFocus():
            self.since.put(plan.since)
        about = f"As at {short_day(plan.today)} · activities of {year_name(self.year)} · period {plan.period.title}"
        self.about.setText(about)
        title = f"{plan.plan.title}: overview, as at {short_day(plan.today)}"
        whose = f"Only what is {of.title}'s: {of.words} in the whole plan." if of is not None else ""
        self.view.set_parts(title, [note for note in (whose, about, plan.plan.illustrative) if note], shown)
        self._follow()
        self.summary_changed.emit()

    def _take_findings(self) -> None:
        """Show what the checks find now; the other parts stay as they were counted."""
        if self._stale or self._running is not None:
            self.refresh()
        else:
            self._show({name: table for name, table in self._tables.items() if name != CHECKS})

    def _follow(self) -> None:
        """Show again what was shown, with what it counts now."""
        opened = self._opened
        if opened is not None and self.view.plot is not None:
            at = self.view.plot.number_of(opened.place)
            if at is not None:
                self._opened = self.view.plot.stops[at]
                self._show_rows(self._opened)
                return
            self.back()
        holds = self.signals.read(queries.counts)
        empty = not holds["activity"] and not holds["indicator"]
        self.stack.setCurrentIndex(EMPTY if empty else NUMBERS)
        self.setFocusProxy(self.empty_button if empty else self.view)

    def _show_stop(self, box: QRect) -> None:
        self.area.ensureVisible(box.center().x(), box.center().y(), 0, box.height() + 8)
        self.summary_changed.emit()


def _told(tell: JobProgress, title: str, done: int, total: int) -> None:
    tell(f"Counting: {title}", done, total)
