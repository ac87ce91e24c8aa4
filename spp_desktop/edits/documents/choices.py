"""What can be chosen of a document before it is made: periods, posts, priorities, indicators, states of the plan."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from spp_desktop.edits.documents.kinds import DocumentChoice
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import quarter_end, quarter_name, quarter_of, quarter_start, year_name, year_of
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import moments, moments_offered, monitored, portfolios, queries
from spp_desktop.store.overview.tallies import CountedTime


class Offered(NamedTuple):
    """Something that can be chosen: its key, and what it is called."""

    key: str
    title: str


class PeriodOffered(NamedTuple):
    """A period that can be chosen: its key, and its days with what it is called."""

    key: str
    time: CountedTime


def periods(connection: Connection) -> list[PeriodOffered]:
    """The periods of which a report can be made, the latest first: those that have begun.

    They are the plan's reporting periods; where it has none, the quarters of all years kept, keyed by their first day.
    """
    own = queries.plan(connection)
    today = own.today()
    known = [
        PeriodOffered(row.key, CountedTime(row.starts, row.ends, row.title)) for row in monitored.periods(connection)
    ]
    if not known:
        quarters = [(year, at) for year in years_kept(own) for at in range(1, 5)]
        known = [_quarter(year, at) for year, at in quarters]
    begun = [each for each in known if each.time.first <= today]
    return begun[::-1] or known[:1] or [_quarter(year_of(today), quarter_of(today))]


def _quarter(year: int, at: int) -> PeriodOffered:
    first = quarter_start(year, at)
    return PeriodOffered(
        first.isoformat(), CountedTime(first, quarter_end(year, at), f"{year_name(year)} {quarter_name(at)}")
    )


def period_of(connection: Connection, key: str) -> PeriodOffered:
    """The period of a key; without one the period that is answered now, else the latest that is over, else the first.

    Raises:
        KeyError: if the plan has no period of this key.
    """
    known = periods(connection)
    if key:
        return {each.key: each for each in known}[key]
    today = queries.plan(connection).today()
    asked = monitored.period_asked(monitored.periods(connection), today)
    wanted = [each for each in known if asked is not None and each.key == asked.key]
    return next(iter(wanted or [each for each in known if each.time.last < today] or known))


def _periods(connection: Connection) -> list[Offered]:
    return [Offered(each.key, each.time.title) for each in periods(connection)]


def _posts(connection: Connection) -> list[Offered]:
    return [Offered(key, title) for key, title in portfolios.posts(connection)]


def _priorities(connection: Connection) -> list[Offered]:
    return [Offered(row.id, row.title) for row in queries.register(connection, Priority)]


def _indicators(connection: Connection) -> list[Offered]:
    return [Offered(row.key, f"{row.ref} {row.title}".strip()) for row in queries.indicators(connection)]


def _states(connection: Connection) -> list[Offered]:
    """The earlier states of the plan, each by its name as states are named, the latest first."""
    raw: Any = connection.connection.driver_connection
    return [
        Offered(each.step or each.day.isoformat(), f"{short_day(each.day)}: {each.what}")
        for each in moments_offered.offered(raw)
    ]


def usual_state(connection: Connection) -> str:
    """The name of the state against which the plan is held unless another is asked for.

    It is the latest edition; without one the latest end of a period; else the earliest day, or, where all was done
    today, what was before the last step.
    """
    known = _states(connection)
    for words in (": edition ", ": end of "):
        if fitting := [each.key for each in known if words in each.title]:
            return fitting[0]
    return known[-1].key if known else moments.NOW


OFFERED: Mapping[DocumentChoice, Callable[[Connection], list[Offered]]] = {
    "period": _periods,
    "owner": _posts,
    "priority": _priorities,
    "indicator": _indicators,
    "since": _states,
}
"""What there is to choose from, of each kind of choice."""
