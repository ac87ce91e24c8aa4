"""The page of the calendar of returns: what is due when, what is next, and how far each is on its way out."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLabel, QPushButton, QWidget

from spp_desktop.edits import returns_calendar, submissions
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import Word
from spp_desktop.store import queries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.submitted.columns import RoundRow, columns, rows_of
from spp_desktop.ui.submitted.declare_dialog import DeclareReturnDialog
from spp_desktop.ui.submitted.panel import RoundPanel
from spp_desktop.ui.submitted.step_dialog import StepDialog

WORKED_OUT = "What is due when follows from the returns; say with Ctrl+Return what was done of one."
NOTHING = "No return is asked for at set times in the years of this plan."
NOTHING_FOUND = "No return matches the filter."
NOTHING_OPEN = "Nothing is waiting to be sent. What was sent can be shown, too."
KEYS = "Ctrl+Return"


class CalendarPage(TablePage):
    """The page of all returns of all periods, what is to be sent next first; what was done of one, beside them."""

    words = PageTexts(
        "Filter: words, state:overdue, of:june…", "Filter the calendar", "Show the whole &return",
        Word("return", "returns"),
    )  # fmt: skip
    tables = frozenset(kinds_of_row())
    panel: RoundPanel

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._stale = True
        self.model = TableModel(columns(), parent=self)
        self.model.locked = WORKED_OUT
        self.grid = GridView(self.model, "Returns and when they are due", rows=False)
        self.grid.set_lines(1)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.panel = RoundPanel(signals)
        self.everything = QCheckBox("&What was sent, too")
        self.hint = QLabel()
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.step_button, self.step_action = QPushButton("S&tep taken…"), QAction("Ste&p taken…", self)
        self.back_button, self.back_action = QPushButton("Take &back"), QAction("Take the last step bac&k", self)
        self.step_action.setShortcut(QKeySequence(KEYS))
        self.step_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.step_action)
        self.step_button.setToolTip(f"Say that it was prepared, checked, signed or sent ({KEYS})")
        self.back_button.setToolTip("Say that the last step was not taken; what was sent stays")
        for signal, does in (
            (self.step_button.clicked, self.take_step), (self.step_action.triggered, self.take_step),
            (self.back_button.clicked, self.take_back_step), (self.back_action.triggered, self.take_back_step),
        ):  # fmt: skip
            signal.connect(does)
        self.declare_button = QPushButton("Declare a retur&n…")
        self.declare_button.setToolTip("Make a return of your own: of a list of the plan, or of results of indicators")
        self.declare_button.clicked.connect(self.declare)
        ends = (self.declare_button, self.back_button, self.step_button)
        self.build((self.everything, self.hint), ends, panel_width=340)
        self.everything.toggled.connect(self._read)
        self.grid.doubleClicked.connect(self.take_step)
        self.grid.set_deeds()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._read_if_seen)

    # What the window asks

    def refresh(self) -> None:
        """Read again how the returns stand, now or when they are next seen."""
        self._stale = True
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Show how the returns stand now."""
        super().showEvent(event)
        self._read_if_seen()

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.step_action, self.back_action, *super().actions()]

    def summary(self) -> str:
        """The number of returns, for the status bar."""
        return ", ".join(filter(None, (super().summary(), self.hint.text())))

    # What the table page asks

    def arranged(self) -> None:
        """Say why no return is shown."""
        nothing = not self.model.rows
        hidden = nothing and bool(self._rounds()) and not self.everything.isChecked()
        self.empty_text.setText(NOTHING_OPEN if hidden else NOTHING if nothing else NOTHING_FOUND)
        self.empty_button.setText("Show them" if hidden else "Clear the filter")
        self.empty_button.setVisible(hidden or not nothing)
        self.panel.setVisible(not nothing and self.show_panel.isChecked())

    def begin(self) -> None:
        """Show what was sent, too."""
        self.everything.setChecked(True)

    def row_keys(self) -> Sequence[str]:
        """What was sent last of the return, or is on its way out."""
        row = self.current()
        standing = row.each.standing if row is not None else None
        return (standing.key,) if standing is not None else ()

    def stands_for(self, row: Any) -> Collection[str]:
        """Returns leave the house for the whole plan."""
        del row
        return ()

    def row_selected(self, key: str) -> None:
        """Show another return in the panel."""
        del key
        self._show_current()

    # What the person does

    def take_step(self) -> None:
        """Ask which step of the current return was taken, and keep it."""
        row = self.current()
        if row is None or self.signals.workspace.read_only:
            return
        dialog = StepDialog(self.signals, row.each, self._today(), self)
        dialog.exec()
        if dialog.outcome:
            self._read()
            self.select(row.key)
        dialog.deleteLater()

    def declare(self) -> None:
        """Declare a return of the plan's own, or change one."""
        dialog = DeclareReturnDialog(self.signals, self)
        dialog.exec()
        if dialog.outcome:
            self._read()
        dialog.deleteLater()

    def take_back_step(self) -> None:
        """Say that the last step of the current return was not taken."""
        row = self.current()
        standing = row.each.standing if row is not None else None
        if standing is None or standing.latest is None:
            return
        name = f"{row.each.about.title} {row.each.when}"
        self.edit(f"{name}: not {standing.latest}", submissions.take_back_step, standing.key, standing.latest)

    # How it is done

    def _read_if_seen(self) -> None:
        if self._stale and self.isVisible() and not self.signals.stopped:
            self._read()

    def _rounds(self) -> list[returns_calendar.Round]:
        return returns_calendar.rounds(self.signals.workspace)

    def _read(self) -> None:
        self._stale = False
        today, rounds = self._today(), self._rounds()
        rows = rows_of(rounds, today)
        if not self.everything.isChecked():
            rows = [row for row in rows if row.each.is_open]
        self.model.set_rows(rows)
        counts = returns_calendar.next_due(rounds, today)
        self.hint.setText(", ".join(f"{count} {word}" for word, count in counts.items() if count))
        if self.current() is None and rows:
            self.grid.select(rows[0].key)
        self._show_current()
        self.lock(self.declare_button, self.step_button, self.step_action, self.back_button, self.back_action)
        self.model.locked = WORKED_OUT
        self.summary_changed.emit()

    def _show_current(self) -> None:
        row: RoundRow | None = self.current()
        self.panel.show_round(row.each if row is not None else None)

    def _today(self) -> date:
        return self.signals.read(queries.plan).today()
