"""The page of the plan's history: every step, what each changed, and how one is undone."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QPushButton, QWidget

from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.store import history, moments, step_places
from spp_desktop.store.history import Revision
from spp_desktop.store.problems import NotKept, UndoRefused
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.jobs import Cancelled
from spp_desktop.ui.common.long_step import LongStep
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.arrangement import Arrangement
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.history.changes import ChangesPanel
from spp_desktop.ui.history.columns import GROUPS, StepRow, columns
from spp_desktop.ui.history.seen_steps import SeenSteps
from spp_desktop.ui.history.step_words import StepWords
from spp_desktop.ui.returned.receipt import ReceiptDialog, of_step

RECORD = "The history is a record; nothing is typed here."
SHARES = (3, 2)
"""The shares of the page's height: for the steps, and for what the chosen one changed."""
_WHOLE = ("activity", "indicator", "priority", "theme", "commitment")
"""The kinds of rows whose history is told of what hangs on them."""
NO_RECEIPT = "This step took no file in that the plan has a receipt of."


class HistoryPage(TablePage):
    """The page of the steps, the newest first, and below them what the chosen one changed.

    Signals:
        asked: the ``store.moments.Moment`` at which the person wants to see the whole plan.
    """

    asked = Signal(object)

    words = PageTexts(
        "Filter: words of a step, a cell it changed, a name, a day",
        "Filter the history",
        "Show what a step &changed",
        Word("step", "steps"),
    )
    tables = frozenset(kinds_of_row())
    panel: ChangesPanel

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._stale = False
        self.group = QComboBox()
        self.seen = SeenSteps(signals.workspace)
        self.searched = StepWords(signals, self.seen, self._passing, self)
        self.model = TableModel(columns(self.searched.of), parent=self)
        self.model.locked = RECORD
        self.grid = GridView(self.model, "Steps, the newest first", "step", rows=False)
        self.grid.set_lines(1)
        self.grid.set_deeds()
        self.grid.header.setSectionResizeMode(self.model.column_of("label"), QHeaderView.ResizeMode.Stretch)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.panel = ChangesPanel(signals.workspace)
        self.undo_button, self.undo_action = self._offer("&Undo this step", self.undo_chosen)
        self.receipt_button, self.receipt_action = self._offer("Re&ceipt…", self.show_receipt)
        for title, field in GROUPS:
            self.group.addItem(title, field)
        self.group.activated.connect(lambda: self.model.group_by(self.group.currentData()))
        by = QLabel("Group &by")
        by.setBuddy(self.group)
        self.undo_button.setToolTip("Put back what it changed, as a new step; what was done since stays")
        self.see_button, self.see_action = self._offer("&See the plan then", self._see_then)
        self.see_button.setToolTip("Show the whole plan as it stood behind this step, for reading only")
        self.build((by, self.group), (self.see_button, self.receipt_button, self.undo_button), panel_width=0)
        self.beside.setOrientation(Qt.Orientation.Vertical)
        for part, share in enumerate(SHARES):
            self.beside.setStretchFactor(part, share)
        self.beside.setSizes([share * self.height() for share in SHARES])
        self._read()
        self.filter.textChanged.connect(self._seek)
        self.searched.read.connect(self._sought)
        self.grid.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _offer(self, text: str, does: Callable[[], None]) -> tuple[QPushButton, QAction]:
        """Make a button, and the same deed for the Edit menu."""
        button, action = QPushButton(text), QAction(text, self)
        button.clicked.connect(does)
        action.triggered.connect(does)
        return button, action

    # What the window asks

    def refresh(self) -> None:
        """Read the steps again, now or when they are next seen."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was done while something else was shown."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def select(self, key: str) -> bool:
        """Go to a step by its id, having read as far. Returns whether the plan's history has it."""
        if self._stale:
            self._read()
        if self.row(key) is None:
            self.seen.read_to(key)
            self._extend()
        return super().select(key)

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.undo_action, self.see_action, self.receipt_action, *super().actions()]

    def row_keys(self) -> Sequence[str]:
        """The row that the chosen step changed first, and what that is a part of."""
        step = self.step()
        return () if step is None else self.signals.workspace.read_beside(_rows_of, step.n)

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        return {**super().save_state(), "group": self.group.currentData()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left."""
        super().restore_state(state)
        at = self.group.findData(state.get("group"))
        if at > 0:
            self.group.setCurrentIndex(at)
            self.model.group_by(self.group.currentData())

    def summary(self) -> str:
        """How many steps there are, or are shown so far, for the status bar."""
        if self.seen.whole:
            return super().summary()
        if self.model.arrangement.filter_text.strip():
            return f"{self.words.word.counted(self.model.matching())} found" + (
                "" if self.searched.whole() else " so far"
            )
        return f"the newest {self.words.word.counted(len(self.seen.rows))}; older ones come as you go down"

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        title, notes = super().titled()
        return title, notes if self.seen.whole else [f"Not all steps: {self.summary()}.", *notes]

    # What the person does

    def undo_chosen(self) -> None:
        """Put back what the chosen step changed, as a new step, or say why that is impossible."""
        step = self.step()
        if step is None:
            return
        try:
            with LongStep(self.window(), "Put back") as heard:
                self.signals.workspace.revert(step.id, heard)
        except Cancelled:
            self.say("You stopped it. The plan is as it was.")
        except (UndoRefused, NotKept, RuleBroken) as refusal:
            self.say(str(refusal))
        else:
            self.say("")
            self.select(self.signals.workspace.revision())

    def show_receipt(self) -> None:
        """Show the receipts of the files that the chosen step took in."""
        step = self.step()
        receipts = of_step(self.signals.workspace, step.id) if step is not None else []
        if receipts:
            ReceiptDialog(self.signals.workspace, receipts, self).exec()
        else:
            self.say(NO_RECEIPT)

    def _see_then(self) -> None:
        """Ask the window to show the whole plan as it stood when the chosen step had just been made."""
        step = self.step()
        if step is not None:
            self.asked.emit(moments.of_step(step))

    def step(self) -> Revision | None:
        """The step that is chosen."""
        return None if self.current() is None else self.current().step

    # What the table page asks

    def arranged(self) -> None:
        """Choose the first step shown if the chosen one is hidden, and say why if none is shown.

        What is sorted, grouped or chosen by a column is so among all steps, which are read for it.
        """
        arrangement = self.model.arrangement
        if not self.seen.whole and (arrangement.sorting or arrangement.grouping or arrangement.chosen):
            with busy():
                self.seen.read_all()
                self._extend()
            return
        yet = "" if self.searched.whole() else " so far; what steps changed is still being looked through"
        self.empty_text.setText(f"No step holds “{self.filter.text()}”{yet}.")
        self.empty_button.setText("Clear the filter")
        if self.current() is None and (shown := self.model.visible_keys()):
            self.grid.select(shown[0])
        self.say("")
        self._show()

    def begin(self) -> None:
        """Do nothing: every plan has a first step."""

    def stands_for(self, row: Any) -> Collection[str]:
        """Every step is shown: nobody's rows alone were changed by it."""
        del row
        return ()

    def row_selected(self, key: str) -> None:
        """Show what another step changed."""
        del key
        self.say("")
        self._show()

    # How it is done

    def _read(self) -> None:
        """Read the steps. A person who was at the newest is at the newest again."""
        self._stale = False
        newest = self.model.rows[0].key if self.model.rows else ""
        follows = self.current() is not None and self.current().key == newest
        if self.seen.read_newer():
            self.searched.forget()
        self.model.set_rows(self.seen.every())
        if follows:
            self.grid.select(self.model.rows[0].key)
        if self.model.arrangement.filter_text.strip():
            self.searched.go_on()

    def _extend(self) -> None:
        """Have older steps in the table too, where they belong: they are not new."""
        bar = self.grid.verticalScrollBar()
        at = bar.value()
        self.model.set_columns(self.model.columns, self.seen.every())
        bar.setValue(at)

    def _scrolled(self, at: int) -> None:
        """Read on once the end of the steps shown comes into view."""
        if 0 < at == self.grid.verticalScrollBar().maximum():
            QTimer.singleShot(0, self, self._read_on)

    def _read_on(self) -> None:
        if self.model.arrangement.filter_text.strip():
            self.searched.seek_more()
        elif not self.seen.whole:
            self.seen.read_older()
            self._extend()

    def _seek(self, text: str) -> None:
        """Look through what steps changed, and through older steps, while there is something to find."""
        if text.strip():
            self.searched.seek()
            return
        had = bool(self.seen.found)
        self.searched.stop()
        if had:
            self._extend()

    def _sought(self) -> None:
        """Filter again by what has been read and found since."""
        if not self.model.arrangement.filter_text:
            return
        if len(self.model.rows) != len(self.seen.rows) + len(self.seen.found):
            self._extend()
        else:
            self.model.words_changed()

    def _passing(self, rows: Sequence[StepRow]) -> list[StepRow]:
        """Those of some steps that hold what is typed in the filter."""
        sought = Arrangement(self.model.columns, rows, filter_text=self.model.arrangement.filter_text)
        return [rows[n] for n in sought.passed()]

    def _show(self) -> None:
        """Show what the chosen step changed, and offer what can be done with it."""
        self.panel.show_step(self.current())
        step = self.step()
        self.panel.setVisible(step is not None and self.show_panel.isChecked())
        taken_in = step is not None and step.kind in ("import", "merged")
        self.receipt_button.setVisible(taken_in)
        self.receipt_action.setEnabled(taken_in)
        self.see_button.setEnabled(step is not None)
        self.see_action.setEnabled(step is not None)
        may = (
            step is not None
            and step.kind not in ("built", "brought in", "expunged")
            and not self.signals.workspace.read_only
        )
        self.undo_button.setEnabled(may)
        self.undo_action.setEnabled(may)


def _rows_of(plan: sqlite3.Connection, revision: int) -> list[str]:
    """The keys of the row that a step changed first, the widest of which it is a part first."""
    change = next(iter(history.changes(plan, revision, 0, 1)), None)
    if change is None:
        return []
    place = step_places.place_of(plan, revision, _WHOLE)
    return [change.row] if place is None else [place.key, change.row]
