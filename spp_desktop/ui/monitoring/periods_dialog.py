"""The dialog of reporting periods: which there are, how far each is answered, and what opens, closes and locks one."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import reporting_periods
from spp_desktop.plan.kinds import Choice, Day, Option
from spp_desktop.plan.monitoring import PeriodState
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored, queries
from spp_desktop.store.monitored import PeriodRow, ReportRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.monitoring.closing_years import YearsLine
from spp_desktop.ui.monitoring.reporting import LOCKED, READ_ONLY
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said

ABOUT = (
    "In a reporting period it is said how each activity stands, what was done and what is next. Open: owners answer. "
    "Closed: they have answered, and single rows may still be mended. Locked: nothing of it changes any more, unless "
    "it is reopened for a reason. A year whose periods are all locked is closed in the line at the foot."
)
STATES: tuple[Option, ...] = (
    Option("planned", "Planned", "It has not been asked about yet.", "ring", "#5b6470", "#aab2bd"),
    Option("open", "Open", "Owners answer.", "disc", "#1a7f37", "#56d364"),
    Option("closed", "Closed", "Owners have answered; single rows may still be mended.", "bars", "#9a5b00", "#e3b341"),
    Option("locked", "Locked", "Nothing of it changes any more.", "tick", "#0b5cad", "#6cb6ff"),
)
DAYS_OF_OWN = 92
"""So many days a period of the plan's own has at first."""


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A line: a period, and how many of its activities are written on, submitted and accepted."""

    period: PeriodRow
    activities: int
    written: int
    submitted: int
    accepted: int

    @property
    def key(self) -> str:
        """The key of the period."""
        return self.period.key


class PeriodsDialog(QDialog):
    """The reporting periods of a plan.

    Args:
        signals: the plan.
        parent: the window.
    """

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.signals = signals
        self.setWindowTitle("Reporting periods")
        self.resize(940, 480)
        self.about = QLabel(ABOUT, wordWrap=True)
        self.model = TableModel(_columns(), self._commit, parent=self)
        self.grid = GridView(self.model, "Reporting periods", "period", rows=False)
        self.grid.set_lines(1)
        self.grid.share_width(("reason",))
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setAccessibleName("Why the last change was not kept")
        self.years = YearsLine(signals, self.say, self)
        self.open_it, self.close_it = QPushButton("&Open it"), QPushButton("&Close it")
        self.lock_it, self.reopen_it = QPushButton("&Lock it…"), QPushButton("&Reopen it…")
        self.make, self.add, self.remove = QPushButton(), QPushButton("&Add one"), QPushButton("&Delete it")
        self._lay_out()
        for button, does in (
            (self.open_it, self.open_period), (self.close_it, self.close_period), (self.lock_it, self.lock_period),
            (self.reopen_it, self.reopen), (self.make, self.make_periods), (self.add, self.add_period),
            (self.remove, self.remove_period),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(does)
        self.model.refused.connect(self.say)
        self.grid.selected.connect(lambda _: self._show_deeds())
        signals.changed.connect(self._plan_changed)
        self.refresh()
        self._begin_at(signals.read(queries.plan).today())

    def _lay_out(self) -> None:
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        deeds = QHBoxLayout()
        for button in (self.open_it, self.close_it, self.lock_it, self.reopen_it):
            deeds.addWidget(button)
        deeds.addStretch(1)
        for button in (self.make, self.add, self.remove):
            deeds.addWidget(button)
        buttons = QDialogButtonBox()
        done = buttons.addButton("Done", QDialogButtonBox.ButtonRole.RejectRole)
        done.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.grid, 1)
        column.addWidget(self.sentence)
        column.addLayout(deeds)
        column.addWidget(self.years)
        column.addWidget(buttons)
        self.sentence.hide()
        self.grid.setFocus()

    # What is shown

    def refresh(self) -> None:
        """Read the periods again, and how far each is answered."""
        read = self.signals.read
        activities = Counter(row.year for row in read(queries.activities, counted=False))
        reports = read(monitored.reports)
        periods = read(monitored.periods)
        self.model.lock(READ_ONLY if self.signals.workspace.read_only else "")
        self.model.set_rows([_line(each, reports, sum(activities[year] for year in each.years)) for each in periods])
        rule = read(monitored.delivery_rule)
        self.make.setText(f"&Make the {rule.periods} of the plan")
        self.make.setVisible(rule.periods != "own")
        self._show_deeds()

    def period(self) -> PeriodRow | None:
        """The period that the person is in."""
        cell = self.grid.current()
        return cell[0].period if cell is not None else None

    def say(self, sentence: str) -> None:
        """Say why something was not kept; "" takes the sentence away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def reopen_period(self, key: str) -> None:
        """Go to a period by its key, and ask why it is reopened."""
        self.grid.select(key, "state")
        self.reopen()

    def _begin_at(self, today: date) -> None:
        """Begin at the period that is asked about, or in which the plan's day lies."""
        periods = [line.period for line in self.model.rows]
        at = monitored.period_asked(periods, today) or monitored.period_of_day(periods, today)
        if at is not None or periods:
            self.grid.select((at or periods[0]).key, "state")

    def _plan_changed(self, changed: Changed) -> None:
        if not changed.rows or {"reporting_period", "activity_report", "delivery_rule"} & changed.rows.keys():
            self.refresh()

    def _show_deeds(self) -> None:
        """Offer what can be done with the period in which the person is."""
        period, free = self.period(), not self.signals.workspace.read_only
        state: PeriodState | None = period.state if period is not None else None
        self.open_it.setEnabled(free and state in ("planned", "closed"))
        self.close_it.setEnabled(free and state == "open")
        self.lock_it.setEnabled(free and state in ("open", "closed"))
        self.reopen_it.setEnabled(free and state == "locked")
        self.remove.setEnabled(free and state == "planned")
        self.make.setEnabled(free)
        self.add.setEnabled(free)

    # What the person does

    def open_period(self) -> None:
        """Ask owners for answers."""
        self._with_period("open", reporting_periods.open_period)

    def close_period(self) -> None:
        """Say that owners have answered."""
        self._with_period("close", reporting_periods.close_period)

    def lock_period(self) -> None:
        """Ask whether it is to stand as it is, and lock it."""
        cell = self.grid.current()
        if cell is None:
            return
        line: PeriodLine = cell[0]
        left = line.activities - line.accepted
        detail = f"{left:,} of {line.activities:,} are not accepted. " if left else "All of it is accepted. "
        detail += "Nothing of it can be changed afterwards, unless it is reopened with a reason."
        if ask(self, f"Lock {line.period.title}?", "Lock", detail=detail):
            self._with_period("lock", reporting_periods.lock_period)

    def reopen(self) -> None:
        """Ask why it is reopened, and let it be changed again."""
        period = self.period()
        if period is None:
            return

        def reopen(answer: Said) -> None:
            """Reopen it for the reason given."""
            label = f"reopen {period.title}"
            self.signals.edit(label, reporting_periods.reopen_period, period.key, answer.words, to=answer.choice)

        choices = (
            Option("closed", "Mend single rows", "", *_look("closed")),
            Option("open", "Let owners answer again", "", *_look("open")),
        )
        about = f"{period.title} is locked. Your name, the day and the reason are kept with it."
        dialog = ReasonDialog(ReasonAsked("Reopen a period", about, "Reason", "&Reopen", choices), reopen, self)
        dialog.choices["closed"].setChecked(True)
        dialog.words.setFocus()
        dialog.open()

    def make_periods(self) -> None:
        """Make those periods of the plan's years that are not there yet."""
        made = self._tried("make the reporting periods", reporting_periods.make_periods)
        if made == []:
            self.say("All of them are there already.")
        elif made:
            self._begin_at(self.signals.read(queries.plan).today())

    def add_period(self) -> None:
        """Add a period of the plan's own behind the last, to be given its name and days in the table."""
        last = self.model.rows[-1].period if self.model.rows else None
        starts = last.ends + timedelta(1) if last else self.signals.read(queries.plan).today()
        titles = {line.period.title for line in self.model.rows}
        title = next(name for n in range(1, len(titles) + 2) if (name := f"Period {n}") not in titles)
        ends = starts + timedelta(DAYS_OF_OWN - 1)
        key = self._tried(f"add {title}", reporting_periods.add_period, title, starts, ends)
        if key:
            self.grid.setFocus()
            self.grid.select(str(key), "title")

    def remove_period(self) -> None:
        """Take away a period for which nothing was said."""
        self._with_period("delete", reporting_periods.remove_period)

    def _with_period(self, word: str, verb: Callable[..., object]) -> None:
        period = self.period()
        if period is not None:
            self._tried(f"{word} {period.title}", verb, period.key)
            self.grid.setFocus()

    def _commit(self, cells: list[CellChange]) -> None:
        titles = {line.key: line.period.title for line in self.model.rows}
        self.signals.edit(f"change {titles[cells[0][0]]}", _set_cells, cells)

    def _tried(self, label: str, verb: Callable[..., Any], *args: Any) -> Any:
        """Do something with the plan. Returns what it gives, or ``None`` where it was refused, which is then said."""
        try:
            done = self.signals.edit(label, verb, *args)
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))
            return None
        self.say("")
        return done


def _set_cells(session: Any, cells: Sequence[CellChange]) -> None:
    for key, name, value in cells:
        reporting_periods.set_period(session, key, **{name: value})


def _line(period: PeriodRow, reports: Sequence[ReportRow], activities: int) -> PeriodLine:
    own = [each for each in reports if each.period_key == period.key]
    written = sum(bool(each.done or each.next) for each in own)
    submitted = sum(each.submitted_on is not None for each in own)
    return PeriodLine(period, activities, written, submitted, sum(each.accepted_on is not None for each in own))


def _look(state: str) -> tuple[str, str, str]:
    option = next(option for option in STATES if option.value == state)
    return option.shape, option.colour, option.dark_colour


def _columns() -> list[GridColumn]:
    state = Choice(lambda: STATES)

    def own(name: str) -> Callable[[PeriodLine], Any]:
        """What gives a column of the period."""
        return lambda line: getattr(line.period, name)

    def locked(line: PeriodLine) -> str:
        """Why it cannot be typed over."""
        return LOCKED if line.period.locked else ""

    def counted(name: str, title: str, about: str) -> GridColumn:
        """How many activities are so far."""
        return GridColumn(
            name, title, 78, value=lambda r: getattr(r, name), align="right", about=about,
            text=lambda r: f"{getattr(r, name):,} of {r.activities:,}" if r.period.state != "planned" else "",
        )  # fmt: skip

    day = Day()
    return [
        GridColumn("title", "Period", 112, editable=True, value=own("title"), why=locked),
        GridColumn("starts", "From", 92, day, editable=True, align="right", value=own("starts"), why=locked),
        GridColumn("ends", "To", 92, day, editable=True, align="right", value=own("ends"), why=locked),
        GridColumn("state", "State", 86, state, value=own("state"), text=lambda r: state.show(r.period.state)),
        counted("written", "Written", "Activities of which something is said"),
        counted("submitted", "Submitted", "Activities whose owners have submitted it"),
        counted("accepted", "Accepted", "Activities of which it was accepted"),
        GridColumn("state_on", "Since", 92, day, align="right", value=own("state_on")),
        GridColumn("state_by", "By", 76, value=own("state_by")),
        GridColumn("reason", "Why reopened", 108, value=own("reason")),
    ]  # fmt: skip
