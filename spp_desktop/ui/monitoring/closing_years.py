"""What closes and reopens a year: the line of years in the dialog of reporting periods, and the question why."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from spp_desktop.edits import closed_years as closing
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import closed_years, queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said

KEPT = "Nothing that belongs to it can be changed afterwards, unless it is reopened with a reason."
TABLES = frozenset({"closed_year", "plan", "reporting_period"})
"""The tables that say how years stand."""


def ask_to_reopen(signals: PlanSignals, year: int, parent: QWidget) -> None:
    """Ask why a closed year is reopened, and let what belongs to it change again."""
    name = year_name(year)

    def reopen(answer: Said) -> None:
        """Reopen it for the reason given."""
        signals.edit(f"reopen {name}", closing.reopen_year, year, answer.words)

    about = f"{name} is closed. Your name, the day and the reason are kept with it."
    dialog = ReasonDialog(ReasonAsked("Reopen a year", about, "Reason", "&Reopen"), reopen, parent)
    dialog.words.setFocus()
    dialog.open()


class YearsLine(QWidget):
    """A line of the years that are kept: how the chosen one stands, and what closes or reopens it.

    Args:
        signals: the plan.
        say: says why something was not done; "" takes the sentence away.
        parent: what it stands in.
    """

    def __init__(self, signals: PlanSignals, say: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._say = signals, say
        self.year, self.state = QComboBox(), QLabel()
        self.year.setAccessibleName("Year to be closed or reopened")
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_it, self.reopen_it = QPushButton("Clos&e the year…"), QPushButton("Reo&pen the year…")
        label = QLabel("&Year")
        label.setBuddy(self.year)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget, share in ((label, 0), (self.year, 0), (self.state, 1), (self.close_it, 0), (self.reopen_it, 0)):
            row.addWidget(widget, share)
        for button, does in ((self.close_it, self.close_year), (self.reopen_it, self.reopen)):
            button.setAutoDefault(False)
            button.clicked.connect(does)
        self.year.currentIndexChanged.connect(self._show)
        signals.changed.connect(self._plan_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the years again; the first that is over and not closed is chosen at first."""
        read = self._signals.read
        years, chosen = years_kept(read(queries.plan)), self.year.currentData()
        if chosen not in years:
            closed = read(closed_years.years_closed)
            chosen = next((year for year in years if year not in closed), years[-1])
        self.year.blockSignals(True)
        self.year.clear()
        for year in years:
            self.year.addItem(year_name(year), year)
        self.year.setCurrentIndex(self.year.findData(chosen))
        self.year.blockSignals(False)
        self._show()

    def choose(self, year: int) -> None:
        """Go to a year, by its first calendar year."""
        self.year.setCurrentIndex(max(self.year.findData(year), 0))

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or TABLES & changed.rows.keys():
            self.refresh()

    def _show(self) -> None:
        year, read = int(self.year.currentData()), self._signals.read
        known = read(closed_years.every).get(year)
        why, free = read(closing.why_not, year), not self._signals.workspace.read_only
        closed = known is not None and known.closed
        words = closed_years.in_words(known)
        self.state.setText(words[:1].upper() + words[1:] + ("" if closed or not why else f". {why}"))
        self.state.setToolTip(self.state.text())
        self.close_it.setEnabled(free and not why)
        self.reopen_it.setEnabled(free and closed)

    def close_year(self) -> None:
        """Ask whether the year is to stand as it is, and close it."""
        year = int(self.year.currentData())
        has_periods = self._signals.read(closing.has_periods, year)
        detail = KEPT if has_periods else f"{closing.NO_PERIODS.format(year_name(year))} {KEPT}"
        if ask(self, f"Close {year_name(year)}?", "Close", detail=detail):
            verb = partial(closing.close_year, without_periods=not has_periods)
            try:
                self._signals.edit(f"close {year_name(year)}", verb, year)
            except (RuleBroken, NotKept) as refusal:
                self._say(str(refusal))
            else:
                self._say("")

    def reopen(self) -> None:
        """Ask why the year is reopened."""
        ask_to_reopen(self._signals, int(self.year.currentData()), self)
