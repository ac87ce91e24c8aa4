"""The page of returns: who was sent what, who has answered, who is late. From here, returns go out and come in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QWidget

from spp_desktop.edits import chasing, deciding, receiving
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import period_to_report, year_name
from spp_desktop.plan.words import Word
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import queries
from spp_desktop.store.changed import BESIDE
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.returned import jobs
from spp_desktop.ui.returned.columns import SentRow, columns, latest_period, rows_of, summary
from spp_desktop.ui.returned.panel import ReturnPanel

KEPT = "What went out and what came back is a record; nothing is typed here."
EMPTY = (
    "No return has gone out yet.\n\nIssue the status returns: one workbook for each post, all in one go, "
    "with the text of a mail to send each with.\nWhat comes back is received here, and nothing is taken in "
    "before you have looked at it."
)
NOBODY = (
    "No return has gone out yet, and there is nobody to ask: no activity has an owner.\n\nWrite the activities of the "
    "delivery plan and type who owns each; then a workbook for each post goes out from here, all in one go."
)
NOTHING_FOUND = "No return matches the filter."
LOOK_AGAIN = 200
"""The milliseconds after which the page looks again whether a dialog is still in front."""


class ReturnsPage(TablePage):
    """The page of all returns that went out, and of the posts that were left out of the latest.

    Signals:
        asked: a ``plan_window.Job`` that the window is to do.
    """

    asked = Signal(object)
    words = PageTexts(
        "Filter: words, post:crime, state:late…", "Filter returns", "Show the whole &return", Word("return", "returns")
    )
    tables = frozenset({BESIDE, "plan", "post", "activity", "activity_owner"})
    panel: ReturnPanel

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self.model = TableModel(columns(), None, summary, parent=self)
        self.model.locked = KEPT
        self.grid = GridView(self.model, "Returns that went out", rows=False)
        self.grid.set_lines(1)
        self.grid.set_deeds()
        self.panel = ReturnPanel(signals)
        self.chase = QPushButton("Cha&se…")
        self.receive = QPushButton("Receive retur&ns…")
        self.issue = QPushButton("&Issue status returns…")
        self.hint = QLabel()
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._stale = False
        self._later = QTimer(self, interval=LOOK_AGAIN, singleShot=True)
        self._later.timeout.connect(self._refresh_if_stale)
        self.build((self.hint,), (self.chase, self.receive, self.issue), panel_width=340)
        for button, job in (
            (self.chase, jobs.chase_returns),
            (self.receive, jobs.receive_returns),
            (self.issue, jobs.issue_returns),
        ):
            button.clicked.connect(lambda _on=False, job=job: self.asked.emit(job))
        self.chase.setToolTip("The texts of mails to posts that have not answered, or left rows out")
        self.receive.setToolTip(
            "Read files that came back, or mails with them (.eml, .msg; Ctrl+I); both can also be dropped on the window"
        )
        self.issue.setToolTip("Write one workbook for each post (Ctrl+Shift+I)")
        self.panel.asked.connect(self.asked)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.doubleClicked.connect(self._opened)
        self.model.arrangement.grouping = "head"
        self._read()

    # What the window asks

    def refresh(self) -> None:
        """Read again how the returns stand, once the page is seen and no dialog that changes them is in front."""
        self._stale = True
        self._refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Show how the returns stand now."""
        super().showEvent(event)
        self._refresh_if_stale()

    def summary(self) -> str:
        """The number of returns, for the status bar."""
        counted = [row for row in self.model.own_rows if not row.quiet]
        counts = [f"{n} {word}" for word, n in self._counts(counted) if n]
        return ", ".join([super().summary(), *counts])

    @staticmethod
    def _counts(rows: list[SentRow]) -> list[tuple[str, int]]:
        states = ("late", "in review", "not sent")
        return [(state, sum(row.state == state for row in rows)) for state in states]

    # What the table page asks

    def arranged(self) -> None:
        """Say why no return is shown."""
        nothing = not self.model.rows
        ready = self._ready()
        self.empty_text.setText((EMPTY if ready else NOBODY) if nothing else NOTHING_FOUND)
        issue = "Issue status returns…" if ready else "Write the delivery plan first"
        self.empty_button.setText(issue if nothing else "Clear the filter")
        self.panel.setVisible(not nothing and self.show_panel.isChecked())

    def begin(self) -> None:
        """Issue the first returns, or go to where their activities are written."""
        if self._ready():
            self.asked.emit(jobs.issue_returns)
        else:
            self.page_wanted.emit("delivery")

    def _ready(self) -> bool:
        """Whether there is an activity that somebody owns, who can be asked about it."""
        return any(row.owner_keys for row in self.signals.read(queries.activities))

    def stands_for(self, row: Any) -> Collection[str]:
        """The post that a return went to; one of the whole plan is everybody's."""
        return () if row.issue is not None and not row.issue.owner else (row.post,)

    def row_selected(self, key: str) -> None:
        """Show another return in the panel."""
        del key
        self.panel.show_return(self.current())

    # How it is done

    def _refresh_if_stale(self) -> None:
        if not self._stale or not self.isVisible() or self.signals.stopped:
            return
        if QApplication.activeModalWidget() is not None:
            self._later.start()
            return
        self._read()

    def _read(self) -> None:
        self._stale = False
        rows = rows_of(self.signals.workspace, self._today(), self._left)
        self.model.set_rows(rows)
        went = [row.issue for row in rows if row.issue]
        self.chase.setEnabled(bool(chasing.to_chase(went)) or any(issue.receipt for issue in went))
        self.hint.setText(self._not_issued() if rows else "")
        if self.current() is None and rows:
            self.grid.select(rows[0].key)
        self.panel.show_return(self.current())
        self.summary_changed.emit()

    def _not_issued(self) -> str:
        """A sentence on the quarter that ended last, if no status return for it has gone out."""
        plan = self.signals.read(queries.plan)
        year, period = period_to_report(STATUS_RETURN.span, plan.today())
        latest = latest_period(self.signals.workspace)
        if year not in years_kept(plan) or (latest is not None and latest >= (year, period)):
            return ""
        return f"Nothing has gone out for {period} of {year_name(year)} yet."

    def _today(self) -> date:
        return self.signals.read(queries.plan).today()

    def _left(self, receipt: str) -> int | None:
        """The number of differences in a receipt that wait for a person; ``None`` if it cannot be read any more."""
        try:
            review = receiving.gone_on_with(self.signals.workspace, receipt)
        except (ReturnRefused, ValueError, KeyError):
            return None
        return len(deciding.undecided(review))

    def _opened(self, *_: Any) -> None:
        """Go on with the review of the row that was double-clicked, if it is in review."""
        row = self.current()
        if row is not None and row.state in ("in review", "taken back"):
            self.panel.buttons[0].click()
