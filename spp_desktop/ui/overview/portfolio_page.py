"""The page My portfolio: what a post has to answer in the period in view, filled in one pass by keys alone."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPalette, QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import answers, delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.periods import month_of_year, year_of
from spp_desktop.plan.reporting import MONTHS_APART
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.monitored import PeriodRow
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.delivery.columns import columns as delivery_columns
from spp_desktop.ui.delivery.columns import label
from spp_desktop.ui.delivery.moved_dates import MovedDates
from spp_desktop.ui.delivery.plan_lists import PlanLists
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog
from spp_desktop.ui.monitoring.report_pane import ReportPane
from spp_desktop.ui.monitoring.reporting import CARRY_KEYS, NONE_OPEN, PROPOSED_KEYS, TABLES, Reporting, called
from spp_desktop.ui.monitoring.row_actions import carry_action, page_action, proposal_action
from spp_desktop.ui.monitoring.sign_off import SignedRow, SignOff
from spp_desktop.ui.overview.portfolio_rows import ASKED, PortfolioLine, columns, told_of

NEXT_KEYS = "F7"
"""The key that goes to the next activity that is not answered."""
TEXTS = ("done", "next")
"""The columns that are said for a period; all others are the activity's own."""
HINT = (
    f"{NEXT_KEYS} next unanswered  ·  {CARRY_KEYS} carry the last period's text forward  ·  "
    f"{PROPOSED_KEYS} take the proposed status"
)
NO_PERIOD = (
    "No reporting period has been opened yet.\n\nIn a period it is said how each activity stands, and signed off."
)
ALL_ANSWERED = "All that is shown is answered: submit it (Alt+S)."


class AnswerPanel(PanelArea):
    """One activity of a portfolio: what it is, when it is due, why it stands so, and what is said of it."""

    def __init__(self, pane: ReportPane, signals: PlanSignals) -> None:
        super().__init__()
        self._signals = signals
        self.pane = pane
        self.head, self.text, self.dates = QLabel(wordWrap=True), QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.head.setTextFormat(Qt.TextFormat.RichText)
        self.reason = KeptText("Reason for the status")
        self.reason.setPlaceholderText("Why the status is what it is")
        self.reason.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 14)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        for widget in (self.head, self.text, self.dates, _label("Reason", self.reason), self.reason, self.pane):
            box.addWidget(widget)
        box.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.setAccessibleName("What is said of the activity")
        self.setFocusProxy(self.reason)  # where F6 leads, and a status that asks for a reason
        self.pane.refused.connect(self.say)
        self.reason.refused.connect(self.say)

    def show_line(self, line: PortfolioLine | None, locked: str) -> None:
        """Show an activity as it stands, and what is said of it."""
        row = line.row if line else None
        self.head.setText(
            f"<b>{escape(row.ref)}</b> &nbsp; {escape(row.priority)}" if row else "Choose an activity to answer it."
        )
        self.text.setText(row.text if row else "")
        self.dates.setText(told_of(line) if line else "")
        write = None if locked or row is None else lambda typed, row=row: self._write(row, typed)
        self.reason.load(row.key if row else "", row.reason if row else "", write)
        self.reason.setEnabled(row is not None)
        self.pane.show_row(row)

    def commit_pending(self) -> bool:
        """Keep what is being typed. Returns whether the plan now has all of it."""
        kept = self.reason.keep_all()
        return self.pane.commit_pending() and kept

    def _write(self, row: ActivityRow, text: str) -> None:
        self._signals.edit(f"change reason of {called([row.ref])}", delivery.set_cells, [(row.key, "reason", text)])


class PortfolioPage(TablePage):
    """The activities of a post, or of everybody, in the period in view: what is unanswered, overdue, due next, joint.

    Signals:
        went: the kind and the key of an item that the person wants to see.
        asked: a ``plan_window.Job`` that the window is to do.
    """

    went = Signal(str, str)
    asked = Signal(object)
    words = PageTexts(
        "Filter: words, asked:overdue, owner:crime…", "Filter activities", "Show what is sai&d", Activity.word
    )
    tables = TABLES | {
        "plan", "activity", "activity_owner", "status", "post", "priority", "role", "post_in_role", "post_holder",
    }  # fmt: skip
    panel: AnswerPanel

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(signals, parent)
        self._stale = False
        self._led_to = ""
        self.reporting = Reporting(signals)
        self.lists = PlanLists(signals)
        self._moved = MovedDates(self, signals, Activity)
        self._sign_off = SignOff(self, self.reporting)
        today = self.reporting.today
        made = columns(delivery_columns(self.lists, today), lambda _: self.reporting.locked)
        self._of_delivery = delivery_columns(self.lists, today)
        self.model = TableModel(made, self._commit, parent=self)
        self.grid = GridView(self.model, "Activities of the portfolio", Activity.word.singular, rows=False)
        self.grid.share_width(("text", "done", "next"))
        self.panel = AnswerPanel(ReportPane(self.reporting), signals)
        self.period, self.which = QComboBox(), QComboBox()
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.submit, self.accept = QPushButton("&Submit…"), QPushButton("&Accept…")
        self.hint = QLabel(HINT, wordWrap=True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.next_row = page_action(self, "&Next unanswered", NEXT_KEYS, self.go_to_next)
        self.carry = carry_action(self, self.reporting, self.grid.selected_keys, self.say)
        self.take_proposed = proposal_action(self, signals, self.grid.selected_keys, self.say)
        self._lay_out()
        self.period.activated.connect(self._period_chosen)
        self.which.activated.connect(self._narrow)
        self.submit.clicked.connect(self.submit_all)
        self.accept.clicked.connect(self.accept_all)
        self.grid.doubleClicked.connect(self._open)
        self.refresh()

    def _lay_out(self) -> None:
        beside: list[QWidget] = []
        for title, chooser in (("Per&iod", self.period), ("&Which", self.which)):
            name = QLabel(title)
            name.setBuddy(chooser)
            beside += [name, chooser]
        self.submit.setToolTip("Submit all that is answered, as the owner; one alone is submitted in the panel")
        self.accept.setToolTip("Accept all that is submitted, as the planning officer")
        self.build(beside, (self.accept, self.submit), panel_width=340)
        self.under_table.addWidget(self.hint)

    # What the window asks

    def refresh(self) -> None:
        """Read the plan again."""
        self._stale = False
        self.lock(self.submit, self.accept)
        self.lists.refresh()
        self.reporting.refresh()
        self._fill_periods()
        self.model.set_rows(self._lines())
        self._fill_which()
        self._show_panel()

    def _lines(self) -> list[PortfolioLine]:
        period = self.reporting.period
        if period is None:
            return []
        now, before = self.reporting.reports()
        year, today = year_of(period.starts), self.reporting.today()
        self.lists.year = year
        return [
            PortfolioLine(row, now.get(row.key), before.get(row.key), today, expected=is_expected(row, period))
            for row in self.signals.read(queries.activities, year)
        ]

    def commit_pending(self) -> bool:
        """Keep what is being typed, in the table and in the panel. Returns whether the plan now has all of it."""
        kept = super().commit_pending()
        return self.panel.commit_pending() and kept

    def actions(self) -> list[QAction]:
        """The page's actions, for the menus."""
        return [self.next_row, self.carry, self.take_proposed, *super().actions()]

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was changed while nobody saw this page."""
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def _plan_changed(self, changed: Changed) -> None:
        """Read the plan again; while nobody sees the page, when it is seen next."""
        if self.isVisible():
            super()._plan_changed(changed)
        else:
            self._stale = True

    def summary(self) -> str:
        """How many activities there are, and how many of them wait for an answer, for the status bar."""
        waiting = sum(line.waits for line in self.model.own_rows)
        return super().summary() + (f", {waiting:,} unanswered" if waiting else "")

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        _, notes = super().titled()
        of = self.signals.portfolio.shown
        return f"Portfolio of {of.title if of else 'everybody'}: {self.reporting.words()}", notes

    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left."""
        return super().save_state()

    def confine(self) -> None:
        """Show only the rows of the portfolio that the window is confined to, or all again."""
        super().confine()
        self._fill_which()

    # What the person does

    def go_to_next(self) -> None:
        """Keep what is being typed, and go to the status of the next activity that is not answered.

        That is the one that the person has come to by another way, as Return goes down; from one that these keys led
        to they go on.
        """
        if not self.commit_pending():
            return
        shown = self.model.visible_keys()
        waiting = {line.key for line in self.model.rows if line.waits}
        current = self.grid.current()
        at = 0
        if current is not None and current[0].key in shown:
            been_there = current[0].key == self._led_to or current[1].field == "status_id"
            at = shown.index(current[0].key) + been_there
        following = next((key for key in [*shown[at:], *shown[:at]] if key in waiting), None)
        if following is None:
            self.say(ALL_ANSWERED)
            return
        self.say("")
        self._led_to = following
        self.grid.setFocus()
        self.grid.select(following, "status_id")

    def submit_all(self) -> None:
        """Ask whether all that is answered is to be submitted, and submit it."""
        self.commit_pending()
        shown = self._shown()
        answered = [line for line in shown if line.answered]
        if not answered:
            self.say("Nothing that is shown is answered and not submitted yet.")
            return
        waiting, carried = sum(line.waits for line in shown), sum(line.carried for line in answered)
        details = [
            f"What is not answered stays so: {Activity.word.counted(waiting)}." * bool(waiting),
            f"Only carried forward: the text of {Activity.word.counted(carried)}." * bool(carried),
        ]
        detail = " ".join(filter(None, details))
        self.say(self._sign_off.submit([_signed(line) for line in answered], self._whose_words(), detail))

    def accept_all(self) -> None:
        """Ask whether all that is submitted is to be accepted, and accept it."""
        submitted = [line for line in self._shown() if line.state == "submitted"]
        if not submitted:
            self.say("Nothing that is shown has been submitted and not accepted yet.")
            return
        detail = "The name and the day are kept. One can still be sent back."
        self.say(self._sign_off.accept([_signed(line) for line in submitted], self._whose_words(), detail))

    def _open(self) -> None:
        """Show an activity on its own page, where what was double-clicked is not typed here."""
        cell = self.grid.current()
        if cell is not None and not cell[1].editable:
            self.went.emit("activity", cell[0].key)

    # What the table page asks

    def row_selected(self, key: str) -> None:
        """Show another activity in the panel."""
        del key
        self._show_panel()

    def arranged(self) -> None:
        """Say why no activity is shown, if there is none."""
        none = self.reporting.period is None
        if none:
            self.empty_text.setText(NO_PERIOD)
        elif not self.model.rows:
            self.empty_text.setText(f"The year of {self._title()} has no activities yet.")
        else:
            self.empty_text.setText(f"No activity matches “{self.model.arrangement.filter_text}”.")
        self.empty_button.setText("Open a period" if none else "Clear the filter" if self.model.rows else "Go there")
        self.submit.setDisabled(bool(self.reporting.locked))
        self.accept.setDisabled(bool(self.reporting.locked))

    def begin(self) -> None:
        """Go to where the first period is opened, or activities are written."""
        if self.reporting.period is None:
            self.asked.emit(lambda window: PeriodsDialog(self.signals, window).open())
        else:
            self.page_wanted.emit("delivery")

    # How it is done

    def _commit(self, cells: list[CellChange]) -> None:
        """Keep cells: the activities' own as such, the texts as said for the period; all as one step."""
        own = [cell for cell in cells if cell[1] not in TEXTS]
        said_now = [(key, name, str(value or "")) for key, name, value in cells if name in TEXTS]
        if said_now and self.reporting.period is None:
            raise RuleBroken("period", NONE_OPEN)
        words = label(own, self._of_delivery, [line.row for line in self.model.rows]) if own else ""
        if said_now:
            of = called(self._refs([key for key, _, _ in cells]))
            words = f"{words} and write on it" if own else f"write on {of} for {self._title()}"
        reasoned = self._moved.with_reason(own)
        if reasoned is not None:
            self.signals.edit(words, answers.set_answers, self._key(), reasoned, said_now)

    def _refs(self, keys: Sequence[str]) -> list[str]:
        refs = {line.key: line.row.ref for line in self.model.rows}
        return [refs[key] for key in dict.fromkeys(keys)]

    def _shown(self) -> list[PortfolioLine]:
        shown = set(self.model.visible_keys())
        return [line for line in self.model.rows if line.key in shown]

    def _show_panel(self) -> None:
        line = self.current()
        self.panel.show_line(line if isinstance(line, PortfolioLine) else None, self.model.locked)

    def _key(self) -> str:
        return self.reporting.period.key if self.reporting.period is not None else ""

    def _title(self) -> str:
        return self.reporting.period.title if self.reporting.period is not None else ""

    def _whose_words(self) -> str:
        of = self.signals.portfolio.shown
        return f" of {of.title}" if of is not None else ""

    def _fill_periods(self) -> None:
        """Offer the periods that were opened, the one in view chosen."""
        known = [each for each in self.reporting.periods if each.state != "planned"]
        self.period.clear()
        for each in known:
            self.period.addItem(f"{each.title} ({each.state})", each.key)
        if self.reporting.period is not None:
            self.period.setCurrentIndex(self.period.findData(self.reporting.period.key))
        self.period.setEnabled(bool(known))

    def _period_chosen(self) -> None:
        self.reporting.choose(str(self.period.currentData() or ""))
        self.refresh()

    def _fill_which(self) -> None:
        """Offer what the lines can be narrowed to, with how many there are of each."""
        counts: Mapping[str, int] = {word: sum(word in line.asked() for line in self.model.own_rows) for word in ASKED}
        chosen = self.which.currentData() or ""
        self.which.clear()
        self.which.addItem(f"All {len(self.model.own_rows):,}", "")
        for word, title in ASKED.items():
            self.which.addItem(f"{title}: {counts[word]:,}", word)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))

    def _narrow(self) -> None:
        word = self.which.currentData()
        self.filter.setText(f"asked:{word}" if word else "")


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label


def _signed(line: PortfolioLine) -> SignedRow:
    """A line as it is signed off."""
    return SignedRow(line.key, line.row.ref, line.row.text, "text carried forward" if line.carried else "")


def is_expected(row: ActivityRow, period: PeriodRow) -> bool:
    """Whether an activity is reported on in a period: a half-yearly one in the second quarter and the last."""
    return (month_of_year(period.ends) + 1) % MONTHS_APART.get(row.reported or "", 1) == 0
