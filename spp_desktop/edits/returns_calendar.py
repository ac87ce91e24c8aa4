"""The calendar of returns: what is due when, and how far each is on its way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from spp_desktop.edits import known_returns
from spp_desktop.edits.submissions import About
from spp_desktop.plan.identity import nearest_year, years_kept
from spp_desktop.plan.periods import PERIODS, period_bounds, time_name, year_of
from spp_desktop.plan.submissions import SubmissionStep
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_days import due_day
from spp_desktop.returns.due_rules import SPANS
from spp_desktop.store import closed_years, queries, submitted
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.workspace import Workspace

RoundState = Literal["to prepare", "prepared", "checked", "signed", "sent", "not yet"]
"""How far a return is: nothing was done yet, the last step that was taken, or its period has not ended."""

_AT_ANY_TIME = "on completion"

FAR = date.max
"""What stands for the day of what is due at no set time."""


@dataclass(frozen=True)
class Round:
    """One return of one period: when it is due, and how far it is on its way out.

    Attributes:
        about: which return, for what time.
        when: that time, as a person writes it.
        ends: the last day of the period.
        due: the day by which it is due; ``None`` where nothing says it.
        rule: how that day was come to, in words.
        standing: the latest submission, or what is to become one; ``None`` if nothing was done yet.
        earlier: the submissions before that, the oldest first.
    """

    about: About
    when: str
    ends: date
    due: date | None
    rule: str
    standing: SubmissionRow | None = None
    earlier: tuple[SubmissionRow, ...] = ()

    @property
    def key(self) -> str:
        """By which it is found again."""
        return " ".join(str(part) for part in self.about.key)

    def state(self, today: date) -> RoundState:
        """How far it is."""
        if self.standing is not None and self.standing.latest is not None:
            return self.standing.latest
        runs = today <= self.ends and (self.due is None or self.due > self.ends)  # a plan is due before its year begins
        return "not yet" if runs and self.about.often != _AT_ANY_TIME else "to prepare"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.standing is None or not self.standing.sent

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been sent, and was not."""
        return self.is_open and self.due is not None and self.due < today

    def was_late(self) -> bool:
        """Whether the first that was sent of it went after the day it was due."""
        first = next((row for row in (*self.earlier, self.standing) if row is not None and row.sent), None)
        return first is not None and first.sent_on is not None and self.due is not None and first.sent_on > self.due

    def done(self, step: SubmissionStep) -> tuple[date, str] | None:
        """When a step was taken and by whom; ``None`` if it was not."""
        return None if self.standing is None else self.standing.taken(step)


def rounds(workspace: Workspace) -> list[Round]:
    """All returns of all periods in which they are asked for: what is to be sent next comes first, what was sent last.

    What is sent on completion stands there for the year that runs, so that it can be begun. What was sent of returns,
    or for times, that are asked for no more stands there, too; of a closed year only what was begun.
    """
    plan = workspace.read(queries.plan)
    runs = nearest_year(plan, year_of(plan.today()))
    sent: dict[tuple[str, str, int | None, str], list[SubmissionRow]] = {}
    for row in workspace.read(submitted.submissions):
        sent.setdefault(row.about, []).append(row)
    made = [
        _with(each, sent)
        for definition in workspace.read(known_returns.every)
        for year in years_kept(plan)
        if definition.asked_in(year)
        for each in rounds_of(definition, year, at_any_time=year == runs)
    ]
    closed = workspace.read(closed_years.years_closed)
    made = [each for each in made if each.about.year not in closed or each.standing is not None]
    made += [_of_old(several) for several in sent.values()]
    return sorted(made, key=_place)


def rounds_of(definition: Return, year: int, *, at_any_time: bool = False) -> Iterator[Round]:
    """The rounds of a return in a year, without what was done of them.

    Args:
        definition: The return.
        year: The first calendar year of the year.
        at_any_time: Whether what is sent on completion has a round, which is due on no day.
    """
    for often in definition.frequencies:
        if often == _AT_ANY_TIME:
            if at_any_time:
                about = About(definition.id, definition.title, often, year)
                yield Round(about, time_name(year, ""), period_bounds(year, "")[1], None, "when it is complete")
            continue
        for period in PERIODS.get(SPANS[often], ("",)):
            first, last = period_bounds(year, period)
            due = due_day(definition.due, first, last) if definition.due is not None else None
            rule = definition.due.in_words() if definition.due is not None else ""
            about = About(definition.id, definition.title, often, year, period)
            yield Round(about, time_name(year, period), last, due, rule)


def _with(each: Round, sent: dict[tuple[str, str, int | None, str], list[SubmissionRow]]) -> Round:
    several = sent.pop(each.about.key, [])
    return Round(each.about, each.when, each.ends, each.due, each.rule, *_latest(several))


def _of_old(several: list[SubmissionRow]) -> Round:
    """What was done of a return that the calendar does not ask for: at no set time, or not any more."""
    latest = several[-1]
    about = About(latest.return_id, latest.title, latest.often, latest.year, latest.period)
    ends = FAR if latest.year is None else period_bounds(latest.year, latest.period)[1]
    return Round(about, time_name(latest.year, latest.period), ends, None, "", *_latest(several))


def _latest(several: list[SubmissionRow]) -> tuple[SubmissionRow | None, tuple[SubmissionRow, ...]]:
    """What is on its way out or else was sent last, and what was sent before; by their numbers."""
    return (several[-1], tuple(several[:-1])) if several else (None, ())


def _place(each: Round) -> tuple[bool, date, date, str]:
    return not each.is_open, each.due or FAR, each.ends, each.about.title


def next_due(all_rounds: list[Round], today: date) -> Mapping[str, int]:
    """How many are overdue, and due within two weeks, by these words; for a line about the calendar."""
    waiting = [each for each in all_rounds if each.is_open and each.due is not None]
    overdue = sum(each.is_overdue(today) for each in waiting)
    soon = sum(0 <= (each.due - today).days <= _SOON for each in waiting if each.due is not None)
    return {"overdue": overdue, "due in two weeks": soon}


_SOON = 14
