"""The page of the plan's way: its versions and editions from the first to the last, and all of the chosen one."""

from collections import Counter
from collections.abc import Collection
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from spp_desktop.edits import edition_restatements
from spp_desktop.edits.edition_restatements import EditionRestatements
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import Word
from spp_desktop.store import editions, moments, versions
from spp_desktop.store.as_at import plan_now
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.editions import jobs
from spp_desktop.ui.editions.columns import WayRow, columns, in_order
from spp_desktop.ui.editions.panel import WayPanel, restated_counted, restated_told, said_since
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.history.compare_dialog import CompareDialog

RECORD = "Versions and editions are a record: the plan is moved on, or an edition issued, and nothing is typed here."
NOTHING = "The plan has no version and no edition yet. Move it on to its first state, such as Draft, to begin."


class EditionsPage(TablePage):
    """The page of versions and editions.

    Args:
        signals: the plan.
        work: runs what takes long beside the window.
        shown: the kinds of items that pages show.
        parent: the window.

    Signals:
        went: the kind and the key of an item that the person wants to see.
        asked: a ``plan_window.Job`` that the window is to do.
        went_then: the ``store.moments.Moment`` at which the person wants to see the whole plan.
    """

    went = Signal(str, str)
    asked = Signal(object)
    went_then = Signal(object)
    words = PageTexts(
        "Filter: words, a name, the hash of a file", "Filter versions and editions", "Show &all of one",
        Word("version or edition", "versions and editions"),
    )  # fmt: skip
    tables = frozenset(kinds_of_row())
    panel: WayPanel
    grid: OpeningGrid

    def __init__(
        self, signals: PlanSignals, work: Jobs, shown: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(signals, parent)
        self._jobs, self._shown = work, shown
        self._stale, self._restated = True, EditionRestatements(())
        self.model = TableModel(columns(), parent=self)
        self.model.locked = RECORD
        self.grid = OpeningGrid(self.model, "The plan's way: versions and editions", "version or edition", rows=False)
        self.grid.set_lines(1)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("title", "note"))
        self.panel = WayPanel(signals)
        self.move_button, self.move_action = self._offer("&Move the plan on…", jobs.move_on)
        self.issue_button, self.issue_action = self._offer("&Issue an edition…", jobs.issue_edition)
        self.build((), (self.move_button, self.issue_button), panel_width=360)
        self.see_action = QAction("&See the plan as it stood then", self)
        self.see_action.triggered.connect(self.see)
        for signal, does in (
            (self.grid.opened, self.see), (self.grid.doubleClicked, self.see), (self.panel.see, self.see),
            (self.panel.compare, self.compare), (self.panel.publish, self.publish),
        ):  # fmt: skip
            signal.connect(does)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._read_if_seen)

    def _offer(self, text: str, job: Any) -> tuple[QPushButton, QAction]:
        """A button for what the window does, and the same for the Edit menu."""
        button, action = QPushButton(text), QAction(text.replace("&", ""), self)
        button.clicked.connect(lambda: self.asked.emit(job))
        action.triggered.connect(lambda: self.asked.emit(job))
        return button, action

    # What the window asks

    def refresh(self) -> None:
        """Read the versions and editions again, now or when they are next seen."""
        self._stale = True
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was done while something else was shown."""
        super().showEvent(event)
        self._read_if_seen()

    def select(self, key: str) -> bool:
        """Go to a version or an edition by its key."""
        if self._stale:
            self._read()
        return super().select(key)

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.see_action, self.move_action, self.issue_action, *super().actions()]

    # What the person does

    def see(self) -> None:
        """Show the whole plan as the current version or edition has it, for reading only."""
        moment = self._moment()
        if moment is not None:
            self.went_then.emit(moment)

    def compare(self) -> None:
        """Hold the current version or edition against another."""
        moment = self._moment()
        if moment is not None:
            dialog = CompareDialog(plan_now(self.signals.workspace), self._jobs, self._shown, moment, self.window())
            dialog.went.connect(self.went)
            dialog.exec()

    def publish(self) -> None:
        """Make a document of the plan as the current version or edition has it."""
        moment = self._moment()
        if moment is not None:
            self.asked.emit(partial(jobs.publish_as_of, moment=moment))

    # What the table page asks

    def arranged(self) -> None:
        """Say why nothing is shown."""
        nothing = not self.model.rows
        self.empty_text.setText(NOTHING if nothing else "No version or edition matches the filter.")
        self.empty_button.setText("Move the plan on…" if nothing else "Clear the filter")
        self.empty_button.setEnabled(not (nothing and self.signals.workspace.read_only))
        self.panel.setVisible(not nothing and self.show_panel.isChecked())

    def begin(self) -> None:
        """Move the plan on to its first state."""
        self.asked.emit(jobs.move_on)

    def stands_for(self, row: Any) -> Collection[str]:
        """They are of the whole plan."""
        del row
        return ()

    def row_selected(self, key: str) -> None:
        """Show another version or edition in the panel."""
        del key
        self._show()

    # How it is done

    def _moment(self) -> Moment | None:
        """The moment as of which the current line stands; why there is none is said below."""
        row: WayRow | None = self.current()
        if row is None:
            return None
        try:
            moment = self.signals.workspace.read_beside(moments.read_moment, row.named)
        except NoSuchMoment as refusal:
            self.say(str(refusal))
            return None
        self.say("")
        return moment

    def _read_if_seen(self) -> None:
        if self._stale and self.isVisible() and not self.signals.stopped:
            self._read()

    def _read(self) -> None:
        """Read the plan's way. A person who was at its last line is at the last one again."""
        self._stale = False
        last = self.model.rows[-1].key if self.model.rows else ""
        follows = self.current() is None or self.current().key == last
        read = self.signals.read
        with busy():
            self._restated = edition_restatements.restatements(self.signals.workspace)
        counts = Counter(number for each in self._restated.restated for number in each.editions)
        rows = in_order(read(versions.versions), read(editions.editions), read(editions.files), counts)
        self.model.set_rows(rows)
        if rows and follows:
            self.grid.select(rows[-1].key)
        self.lock(self.move_button, self.issue_button, self.move_action, self.issue_action)
        self.model.locked = RECORD
        self._show()
        self.summary_changed.emit()

    def _show(self) -> None:
        row: WayRow | None = self.current()
        if row is None or not row.is_edition:
            self.panel.show_row(row, said_since(self.signals, row.stands) if row is not None else "")
        else:
            since = [restated_told(each) for each in self._restated.restated if row.stands.number in each.editions]
            self.panel.show_row(row, restated_counted(since), since)
