"""The reporting period that a page is about, and all that a person does with what is said of activities for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from spp_desktop.edits import answers, reports
from spp_desktop.edits.rows import CellValues
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored, queries
from spp_desktop.store.monitored import PeriodRow, ReportRow
from spp_desktop.ui.common.signals import PlanSignals

TABLES = frozenset({"reporting_period", "activity_report", "date_move", "delivery_rule"})
"""The tables whose changes it reads."""
NONE_OPEN = "No reporting period has been opened yet."
LOCKED = "This period is locked. It can be changed once it is reopened with a reason, in Plan > Reporting periods…."
PLANNED = "This period has not been opened yet."
CARRY_KEYS = "Ctrl+Shift+V"
"""The keys that carry the text of the period before forward."""
PROPOSED_KEYS = "Ctrl+Shift+Y"
"""The keys that take the status which the plan's rule proposes."""
READ_ONLY = "This plan is open for reading only."

TextCell = tuple[str, str, str]
"""A text that is said for a period: the key of the activity, "done" or "next", and the words."""


class Reporting:
    """The reporting period in view: the one that is open, unless a person chooses another.

    Args:
        signals: the plan.

    Attributes:
        periods: all periods, the earliest first.
        period: the one in view; ``None`` where none has been opened yet.
    """

    def __init__(self, signals: PlanSignals) -> None:
        self.signals = signals
        self._chosen = ""
        self._year: int | None = None
        self.periods: list[PeriodRow] = []
        self.period: PeriodRow | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the periods again."""
        self.periods = self.signals.read(monitored.periods)
        chosen = next((each for each in self.periods if each.key == self._chosen), None)
        offered = [each for each in self.periods if self._year is None or each.is_of(self._year)]
        self.period = chosen or in_view(offered, self.today())

    def look_at_year(self, year: int | None) -> None:
        """Look only at periods of a year, by its first calendar year: those in which its activities are reported on."""
        self._year = year
        self.refresh()

    def choose(self, key: str) -> None:
        """Look at another period; for "" at the one that is open."""
        self._chosen = key
        self.refresh()

    def today(self) -> date:
        """The plan's day."""
        return self.signals.read(queries.plan).today()

    @property
    def locked(self) -> str:
        """Why nothing can be said for the period; "" where it can."""
        if self.signals.workspace.read_only:
            return READ_ONLY
        if self.period is None:
            return NONE_OPEN
        return {"locked": LOCKED, "planned": PLANNED}.get(self.period.state, "")

    def words(self) -> str:
        """The period, its days and its state: "2008-09 Q3, 1 Oct 2008 to 31 Dec 2008: open"."""
        period = self.period
        if period is None:
            return NONE_OPEN
        return f"{period.title}, {short_day(period.starts)} to {short_day(period.ends)}: {period.state}"

    def reports(self) -> tuple[dict[str, ReportRow], dict[str, ReportRow]]:
        """What is said for the period, and what was said latest before it, each by the key of the activity."""
        if self.period is None:
            return {}, {}
        earlier = {each.key for each in self.periods if each.starts < self.period.starts}
        every = self.signals.read(monitored.reports)
        now = {each.activity_key: each for each in every if each.period_key == self.period.key}
        before = {each.activity_key: each for each in every if each.period_key in earlier and (each.done or each.next)}
        return now, before

    # What a person does; each is one step of the plan, and may be refused in a sentence

    def write(self, cells: Sequence[TextCell], of: str) -> None:
        """Say something of activities for the period. ``of`` names them in the label of the step."""
        self._do(f"write on {of} for {self.title()}", reports.set_texts, list(cells))

    def carry_forward(self, keys: Sequence[str]) -> int:
        """Carry the text of the period before forward. Returns for how many activities there was one."""
        of = Activity.word.counted(len(keys))
        return int(self._do(f"carry the text of {of} forward", reports.carry_forward, list(keys)))

    def submit(self, keys: Sequence[str], of: str, by: str = "", reasons: CellValues = ()) -> None:
        """Submit what is said of activities for the period, as their owner, with reasons of their statuses."""
        self._do(f"submit {of} for {self.title()}", answers.submit_explained, list(keys), by, list(reasons))

    def accept(self, keys: Sequence[str], of: str, by: str = "") -> None:
        """Accept what was submitted, as the planning officer."""
        self._do(f"accept {of} for {self.title()}", reports.accept, list(keys), by)

    def send_back(self, key: str, remark: str, of: str) -> None:
        """Send back what was submitted, with a remark."""
        self._do(f"send {of} back", reports.send_back, [key], remark)

    def _do(self, label: str, verb: Any, *args: Any) -> Any:
        if self.period is None:
            raise RuleBroken("period", NONE_OPEN)
        return self.signals.edit(label, verb, self.period.key, *args)

    def title(self) -> str:
        """What the period is called; "" where there is none."""
        return self.period.title if self.period is not None else ""


def in_view(periods: Sequence[PeriodRow], day: date) -> PeriodRow | None:
    """The period that is answered now; where none is open, the latest that was opened and has begun, if any was."""
    begun = [each for each in periods if each.state != "planned" and each.starts <= day]
    return monitored.period_asked(periods, day) or next(iter(begun[-1:]), None)


def called(refs: Sequence[str]) -> str:
    """Activities in the label of a step: "activity 1.05", "22 activities"."""
    return Activity.word.called(refs[0], len(refs)) if refs else Activity.word.counted(0)
