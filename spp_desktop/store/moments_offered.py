"""The moments of a plan's history that are offered to be picked: ends of periods, submissions, days and steps."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import month_end, quarter_end, quarter_name, quarter_of, year_name, year_of
from spp_desktop.plan.words import counted
from spp_desktop.store import clock, history, moments
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NoSuchMoment

MOST_DAYS, MOST_TODAY = 400, 100
"""Days with changes, and steps of today, that are offered: the latest."""


@dataclass(frozen=True)
class OfferedMoment:
    """A moment that is offered.

    Attributes:
        day: its day.
        what: why it is offered: "end of Q2 2008-2009", "submission 3: Quarterly results".
        step: the id of the step that it is the moment of, or "edition 2"; "" for the end of the day.
    """

    day: date
    what: str
    step: str = ""

    def moment(self, plan: sqlite3.Connection) -> Moment:
        """The moment itself.

        Raises:
            NoSuchMoment: if the history no longer has it.
        """
        return moments.read_moment(plan, self.step) if self.step else moments.of_day(plan, self.day)


def offered(plan: sqlite3.Connection) -> list[OfferedMoment]:
    """All of them, the latest first; of one day, the ends of periods first."""
    steps = _steps_by_day(plan)
    if not steps:
        return []
    today = clock.local_now().date()
    ends = dict(_ends(plan, steps, today))
    days = {day: f"{counted(count, 'step')} that day" for day, count in sorted(steps.items())[-MOST_DAYS:]}
    told = [OfferedMoment(day, what) for day, what in ends.items()]
    told += [OfferedMoment(day, what) for day, what in days.items() if day not in ends and day < today]
    told += [*_numbered(plan), *_of_today(plan, today)]
    return sorted(told, key=lambda each: (each.day, not each.step), reverse=True)


_QUARTERS_OF_HOURS = """SELECT min(at), count(*) FROM revision WHERE kind <> 'beside'
    GROUP BY substr(at, 1, 14), CAST(substr(at, 15, 2) AS INTEGER) / 15, substr(at, -6)"""
"""A time of each quarter of an hour with steps, with the same offset as the others of it, and how many they are:
on every clock of the world, all of it is of one day."""


def _steps_by_day(plan: sqlite3.Connection) -> Counter[date]:
    """How many steps were made on each day, as the clock here has it."""
    days: Counter[date] = Counter()
    for at, count in plan.execute(_QUARTERS_OF_HOURS):
        if isinstance(at, str) and clock.moment(at):
            days[clock.local_day(at)] += count
    return days


def _ends(plan: sqlite3.Connection, days: Collection[date], today: date) -> Iterator[tuple[date, str]]:
    """The ends of quarters, of months with steps, and of the plan's own reporting periods that are over: each once.

    None behind the first end of a quarter since which no step was made: the plan is then as it is now.
    """
    names: dict[date, list[str]] = {}
    first = day = min(days)
    busy_months = {month_end(each) for each in days}
    while (end := month_end(day)) < today:
        year, quarter = year_of(end), quarter_of(end)
        if end == quarter_end(year, quarter):
            names[end] = [f"end of {quarter_name(quarter)} {year_name(year)}"]
            if end >= max(days):
                break
        elif end in busy_months:
            names[end] = [f"end of {end:%B} {end.year}"]
        day = end + timedelta(days=1)
    with suppress(sqlite3.Error):
        for title, ends in plan.execute("SELECT title, ends FROM reporting_period ORDER BY ends"):
            day = date.fromisoformat(ends)
            if first <= day < today:
                names.setdefault(day, []).append(f"end of the reporting period {title}")
    for day, told in names.items():
        yield day, ", ".join(told)


def _of_today(plan: sqlite3.Connection, today: date) -> Iterator[OfferedMoment]:
    """The moments behind steps of today, but for the last one: behind that the plan is as it is now."""
    for step in history.last_steps(plan, MOST_TODAY + 1)[:-1]:
        if clock.moment(step.at) and clock.local_day(step.at) == today:
            yield OfferedMoment(today, f"after step {step.n}: {step.label}", step.id)


_SUBMITTED = "SELECT number, title, NULL, revision, NULL FROM submission WHERE number IS NOT NULL"


def _numbered(plan: sqlite3.Connection) -> Iterator[OfferedMoment]:
    """The moments at which the figures stood that were sent, and as of which editions and versions of the plan are."""
    for kind, query in {"submission": _SUBMITTED, **moments.NUMBERED}.items():
        for number, title, day, revision, _ in plan.execute(f"{query} ORDER BY number").fetchall():
            step = history.revision_named(plan, revision)
            if step is not None and clock.moment(step.at):
                on = date.fromisoformat(day) if day else clock.local_day(step.at)
                yield OfferedMoment(on, f"{kind} {number}: {title}", f"{kind} {number}" if day else step.id)


def typed(plan: sqlite3.Connection, text: str) -> OfferedMoment | None:
    """The moment that a typed text names; ``None`` if it names none."""
    try:
        moment = moments.read_moment(plan, text)
    except NoSuchMoment:
        return None
    is_day = moment.words == short_day(moment.day)
    return OfferedMoment(moment.day, "" if is_day else moment.words, "" if is_day else moment.last.id)
